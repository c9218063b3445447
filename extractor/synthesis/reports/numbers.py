"""Numbers as reports write them: digits, thousands apart, full-width, Chinese numerals, rounded and hedged."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from ...data import Interval

_HAN = "零一二三四五六七八九"
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_SCALES = (("", 1), ("十", 10), ("百", 100), ("千", 1000))
MYRIAD = Decimal(10000)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a report writes its numbers: thousands apart, in full-width digits, small counts in Chinese numerals."""

    separated: bool = False
    wide: bool = False
    han: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A number as written, without its unit but with a scale, the value it stands for, and whether it is rounded.

    `interval` is what it may stand for: half a unit of the last digit each way where digits are rounded away, up to
    the next number of as many digits after 余, the number itself else.
    """

    text: str
    value: Decimal
    interval: Interval
    rounded: bool = False


def manner(draw: random.Random) -> Manner:
    """Returns how one report writes its numbers."""
    return Manner(draw.random() < 0.15, draw.random() < 0.05, draw.random() < 0.2)


def exact(value: Decimal, how: Manner) -> Written:
    """Returns a number written in full; one with decimals stands for half a unit of the last each way."""
    if how.han and value in (1, 3, 4, 5, 6, 7, 8, 9):
        return Written(han(int(value)), value, Interval(value, value))
    text = f"{value:,}" if how.separated else str(value)
    return Written(text.translate(WIDE) if how.wide else text, value, around(value))


def rate(value: Decimal) -> Written:
    """Returns a percentage without its sign."""
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    return Written(str(value), value, Interval(value - half, value + half))


def myriads(value: Decimal) -> Written | None:
    """Returns a number in 万 with two digits behind the point at most, None for one too small to write so."""
    if value < 2 * MYRIAD:
        return None
    short = (value / MYRIAD).quantize(Decimal("0.01"))
    half = Decimal(50)
    stands = short * MYRIAD
    return Written(f"{short}万", stands.quantize(Decimal(1)), Interval(stands - half, stands + half), True)


def rough(value: Decimal) -> Written | None:
    """Returns the two leading digits and 余 (1200余), None where nothing is left over."""
    if value < 100 or value != int(value):
        return None
    step = Decimal(10) ** (len(str(int(value))) - 2)
    low = (value / step).to_integral_value(ROUND_FLOOR) * step
    if low == value or int(low / step) % 10 == 0:
        return None
    return Written(f"{low}余", low, Interval(low, low + step, high_open=True), True)


def around(value: Decimal) -> Interval:
    """Returns what a number written so may stand for."""
    exponent = int(value.as_tuple().exponent)
    if exponent >= 0:
        return Interval(value, value)
    half = Decimal(5).scaleb(exponent - 1)
    return Interval(value - half, value + half)


def han(number: int) -> str:
    """Returns a number from 0 to 9999 in Chinese numerals.

    Raises:
        ValueError: the number is outside.
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not between 0 and 9999")
    if number == 0:
        return _HAN[0]
    text, gap = "", False
    for name, scale in reversed(_SCALES):
        digit = number // scale % 10
        if digit:
            text += (_HAN[0] if gap and text else "") + _HAN[digit] + name
            gap = False
        else:
            gap = True
    return text[1:] if text.startswith("一十") else text
