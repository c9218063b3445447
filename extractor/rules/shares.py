"""Shares and ratios: 百分之五, 八成, 三分之一, 1/4左右, 一半, 22.8:38.8:38.4."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ..data import Interval, Quantity
from ..numerals import Numeral, parse, plain, read
from .bounds import hedged, hedged_interval, rounding
from .lexicon import Lexicon
from .patterns import BLANKS, DIGIT
from .written import ARABIC

_CN = "〇零○一二三四五六七八九十百千两"
_PER_WORD = re.compile(rf"(百|千|万)分之[{BLANKS}]?(?=[{DIGIT}{_CN}])")
_POINT = re.compile(rf"[{_CN}]+(?:点[〇零○一二三四五六七八九]+)?")
_PARTS = re.compile(rf"([{_CN}]+|[{DIGIT}]+)分之([{_CN}]+|[{DIGIT}]+)")
_SLASH = re.compile(
    rf"([1-9１-９])[/／]([{DIGIT}]{{1,3}})(?![{DIGIT}/／])(?=左右|以上|以下|强|弱|的|以内|[,，。;；、)）\n]|$)"
)
_HALF_WORD = re.compile("(?:一?半数|一半|(?<=[过逾超])半)")
_TENTHS = re.compile(
    "([一二三四五六七八九两]{1,2})成([半一二三四五六七八九]?)([多余](?![于数少额年]))?(?![立为果员功效分长都语片熟本品交年因形就人])"
)
_RATIO = re.compile(
    rf"[{DIGIT}]+(?:[.．·•・][{DIGIT}]+)?(?:[{BLANKS}]?[:：∶][{BLANKS}]?[{DIGIT}]+(?:[.．·•・][{DIGIT}]+)?){{1,4}}+(?![{DIGIT}:：])"
)
# what every share or ratio opens with: without it nothing else is tried
_GATE = re.compile(
    rf"[百千万]分之|半|[{_CN}]{{1,9}}(?:分之|成|半)|[{DIGIT}.．·•・]{{1,9}}[{BLANKS}]?(?:分之|[/／:：∶])"
)
_HUNDRED = Decimal(100)
_TEN = Decimal(10)
# what a ratio of two is counted to: 4.4:1, 106.4:100
_BASES = frozenset({Decimal(1), _HUNDRED})


def read_shares(text: str, position: int, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """Returns the share whose number starts at `position`, or the members of a ratio; empty if there is none."""
    if _GATE.match(text, position) is None:
        return ()
    for reader in (_read_per_word, _read_parts, _read_tenths, _read_half):
        share = reader(text, position, lexicon)
        if share is not None:
            return (share,)
    return _read_ratio(text, position)


def _read_per_word(text: str, position: int, lexicon: Lexicon) -> Quantity | None:
    """Returns 百分之五, 千分之三, 百分之12.5 as a percentage."""
    match = _PER_WORD.match(text, position)
    if match is None:
        return None
    number = ARABIC.match(text, match.end()) or _POINT.match(text, match.end())
    numeral = None if number is None else read(number.group())
    if number is None or numeral is None:
        return None
    numeral = numeral.times({"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}[match.group(1)])
    return _share(text, position, number.end(), (number.span(),), numeral, None, lexicon, "percent")


def _read_parts(text: str, position: int, lexicon: Lexicon) -> Quantity | None:
    """Returns 三分之一, 3分之2 or 1/4 as a percentage, with the width of `[fraction]` in `kb/hedges.toml`."""
    match = _PARTS.match(text, position)
    slash = None if match is not None else _SLASH.match(text, position)
    if match is not None:
        below, above = read(match.group(1)), read(match.group(2))
        spans = (match.span(1), match.span(2))
    elif slash is not None:
        match = slash
        above, below = read(match.group(1)), read(match.group(2))
        spans = (match.span(1), match.span(2))
    else:
        return None
    if above is None or below is None or not below.value or above.value >= below.value:
        return None
    value = (above.value * _HUNDRED / below.value).quantize(Decimal("0.01"))
    width = value * lexicon.language.fraction
    numeral = Numeral(plain(value), Decimal("0.01"), _TEN)
    interval = Interval(plain(value - width), plain(value + width))
    return _share(text, position, match.end(), spans, numeral, interval, lexicon, "fraction")


def _read_tenths(text: str, position: int, lexicon: Lexicon) -> Quantity | None:
    """Returns 八成, 七成半, 三四成 as a percentage: 八成 stands for 75 to 85."""
    match = _TENTHS.match(text, position)
    if match is None:
        return None
    digits = [read(character) for character in match.group(1)]
    values = [digit.value for digit in digits if digit is not None]
    rest = Decimal(5) if match.group(2) == "半" else (parse(match.group(2)) or Decimal(0))
    value = values[0] * _TEN + rest
    top = values[-1] * _TEN
    if len(values) == 2:
        numeral, interval = None, Interval(value, top)
    else:
        exact = bool(match.group(2)) and match.group(2) != "半"
        numeral = Numeral(value, Decimal(1) if exact else _TEN, Decimal(1) if exact else _TEN)
        half = Decimal("0.5") if exact else Decimal("2.5") if match.group(2) else Decimal(5)
        interval = Interval(value - half, value + half)
    inside = lexicon.hedges.inside[match.group(3)] if match.group(3) and numeral is not None else None
    if inside is not None and numeral is not None:
        interval = hedged(numeral, inside)
    share = _share(
        text,
        position,
        match.end(),
        (match.span(1),),
        None if inside else numeral,
        interval,
        lexicon,
        "tenths",
    )
    return share if inside is None else replace(share, value=value, hedge=share.hedge or match.group(3))


def _read_half(text: str, position: int, lexicon: Lexicon) -> Quantity | None:
    """Returns 一半 as 50 percent."""
    match = _HALF_WORD.match(text, position)
    if match is None:
        return None
    numeral = Numeral(Decimal(50), _TEN, _TEN)
    span = ((position, position + 1),)
    return _share(
        text, position, match.end(), span, numeral, Interval(Decimal(45), Decimal(55)), lexicon, "fraction"
    )


def _share(
    text: str,
    start: int,
    end: int,
    numbers: tuple[tuple[int, int], ...],
    numeral: Numeral | None,
    interval: Interval | None,
    lexicon: Lexicon,
    rule: str,
) -> Quantity:
    """Returns a share in percent with its outer hedges; `interval` defaults to the rounding of `numeral`."""
    unit_text = text[numbers[-1][1] : end] if rule == "tenths" else "%"
    if interval is None:
        assert numeral is not None
        interval = rounding(numeral, whole=False)
    before, after, begin, end, words = lexicon.hedges.around(text, start, end, "percent", text[start] == "半")
    outer = before or after
    if outer is not None:
        interval = hedged_interval(interval, outer) if numeral is None else hedged(numeral, outer)
    return Quantity(
        start=begin,
        end=end,
        text=text[begin:end],
        numbers=numbers,
        value=None if numeral is None else numeral.value,
        interval=interval,
        unit="%",
        unit_text=unit_text,
        kind="percent",
        hedge=words,
        rule=f"quantity.{rule}",
    )


def _read_ratio(text: str, position: int) -> tuple[Quantity, ...]:
    """Returns the members of 22.8:38.8:38.4, one quantity each, of kind ratio; empty if there is no ratio.

    4.4:1 and 1:15.2 are one quantity: how many on the one side come to the 1 (or 100) of the other.
    """
    match = _RATIO.match(text, position)
    if match is None:
        return ()
    rate = _read_rate(text, position, match.end())
    if rate is not None:
        return (rate,)
    members = []
    for number in ARABIC.finditer(text, position, match.end()):
        numeral = read(number.group())
        if numeral is None:
            return ()
        members.append(_ratio(text, number.start(), number.end(), (number.span(),), numeral))
    return tuple(members)


def _read_rate(text: str, start: int, end: int) -> Quantity | None:
    """Returns the ratio of two numbers [start, end) one side of which is 1 or 100; None for any other."""
    numbers = tuple(number.span() for number in ARABIC.finditer(text, start, end))
    sides = [read(text[begin:close]) for begin, close in numbers]
    if len(sides) != 2 or sides[0] is None or sides[1] is None:
        return None
    first, second = sides[0], sides[1]
    if second.value in _BASES and (first.value not in _BASES or first.value >= second.value):
        return _ratio(text, start, end, numbers, first)
    return _ratio(text, start, end, numbers, second) if first.value in _BASES else None


def _ratio(
    text: str, start: int, end: int, numbers: tuple[tuple[int, int], ...], numeral: Numeral
) -> Quantity:
    """Returns one quantity of a ratio, with the values that are printed as `numeral`."""
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        numbers=numbers,
        value=numeral.value,
        interval=rounding(numeral, whole=False),
        unit="",
        unit_text="",
        kind="ratio",
        hedge="",
        rule="quantity.ratio",
    )
