"""From a written number and its hedge to the values it may stand for."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from ..data import Interval
from ..knowledge.language import Hedge
from ..numerals import Numeral, plain

_HALF = Decimal("0.5")


def rounding(numeral: Numeral, whole: bool) -> Interval:
    """Returns the values that are printed as `numeral`.

    A count written in full is exact (`whole`), and so is a printed 0 of anything (0.00万元); every other number
    stands for what rounds to its last written place: 12.5 is [12.45, 12.55], 1.2万 is [11500, 12500].
    """
    value = numeral.value
    return Interval(value, value) if not value or (whole and numeral.step == 1) else _rounded(numeral)


@lru_cache(maxsize=4096)
def _rounded(numeral: Numeral) -> Interval:
    value, step = numeral.value, numeral.step
    return Interval(plain(value - step * _HALF), plain(value + step * _HALF))


def hedged(numeral: Numeral, hedge: Hedge) -> Interval:
    """Returns the values of `numeral` under `hedge`; the shapes and widths are those of `kb/hedges.toml`.

    An approximation says more than the printed digits do: it reaches at least to the next written
    value (5.5%左右 is [5.4, 5.6] where the print alone is [5.45, 5.55]), as long as that is within the
    hedge's share of the value, and it is never narrower than the print.
    """
    value, unit = numeral.value, numeral.round_step
    reach = max(unit * hedge.places, numeral.step)
    width = max(min(abs(value) * hedge.relative, reach), numeral.step * _HALF)
    if hedge.shape == "around":
        return Interval(plain(value - width), plain(value + width))
    if hedge.shape == "below_near":
        return Interval(plain(value - width), value)
    if hedge.shape == "more":
        return Interval(value, plain(value + unit), high_open=hedge.open)
    if hedge.shape == "above":
        return Interval(value, None, low_open=hedge.open)
    return Interval(min(Decimal(0), value), value, high_open=hedge.open)


def hedged_interval(interval: Interval, hedge: Hedge) -> Interval:
    """Returns the values of a range or vague number under `hedge`: only a one-sided hedge changes it."""
    if hedge.shape == "above":
        return Interval(interval.low, None, low_open=hedge.open)
    if hedge.shape == "below":
        return Interval(Decimal(0), interval.high, high_open=hedge.open)
    return interval
