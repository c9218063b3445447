"""Axes of charts: where a value stands, which values are marked, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

Amount = int | float | Decimal
"""A value that is drawn, never computed with: pixels need no more than a float."""

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_FINE = (1, 2, 5)
_FEW_DECADES = 2
_OVER = 1 + 1e-9
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: its label, its ends (by default those of the data), logarithmic or not, shares as percent or not."""

    label: str = ""
    low: Amount | None = None
    high: Amount | None = None
    log: bool = False
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis laid on `length` pixels: `low` stands at 0 and `high` at `length`; `marks` are the values written."""

    low: float
    high: float
    length: float
    log: bool
    percent: bool
    marks: tuple[float, ...]

    def at(self, value: Amount) -> float:
        """Returns how many pixels from the low end `value` stands; values outside are held at the ends."""
        clamped = min(max(float(value), self.low), self.high)
        if self.log:
            share = (log10(clamped) - log10(self.low)) / (log10(self.high) - log10(self.low))
        else:
            share = (clamped - self.low) / (self.high - self.low)
        return round(share * self.length, 2)

    def write(self, value: Amount) -> str:
        """Returns `value` as the axis writes it."""
        return write(value, percent=self.percent)


def write(value: Amount, *, percent: bool = False) -> str:
    """Returns a value for a reader of a chart: four digits at most behind the point, thousands apart."""
    number = float(value) * 100 if percent else float(value)
    places = 1 if percent else 4 if abs(number) < 1 else 2
    text = f"{number:,.{places}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + ("%" if percent else "")


def scale(axis: Axis, values: Iterable[Amount], length: float, count: int = 5) -> Scale:
    """Returns the axis laid on `length` pixels for `values`, with about `count` marks.

    A linear axis without a `low` of its own starts at 0, or below where values do.

    Raises:
        ValueError: the axis is logarithmic and an end is not above 0.
    """
    drawn = [float(value) for value in values]
    if axis.log:
        return _logarithmic(axis, drawn, length)
    low = float(axis.low) if axis.low is not None else min(0.0, *drawn, 0.0)
    high = float(axis.high) if axis.high is not None else max([*drawn, low, 0.0])
    if high - low < _LEAST:
        high = low + 1
    step = _step((high - low) / count)
    if axis.low is None:
        low = floor(low / step) * step
    if axis.high is None:
        high = ceil(round(high / step, 9)) * step
    first = ceil(round(low / step, 9))
    marks = tuple(round(step * index, 12) for index in range(first, floor(round(high / step, 9)) + 1))
    return Scale(low, high, length, False, axis.percent, marks)


def _step(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    return next(power * step for step in _STEPS if power * step >= rough * 0.999)


def _logarithmic(axis: Axis, drawn: list[float], length: float) -> Scale:
    ends = [*drawn, *(float(end) for end in (axis.low, axis.high) if end is not None)] or [1.0]
    if min(ends) <= 0:
        raise ValueError(f"{min(ends)} on a logarithmic axis, which starts above 0")
    grid = [digit * 10.0**decade for decade in range(-12, 16) for digit in _FINE]
    low = float(axis.low) if axis.low is not None else max(mark for mark in grid if mark <= min(ends) * _OVER)
    high = (
        float(axis.high) if axis.high is not None else min(mark for mark in grid if mark * _OVER >= max(ends))
    )
    if high <= low:
        high = low * 10
    coarse = log10(high / low) > _FEW_DECADES
    marks = tuple(
        mark for mark in (grid[::3] if coarse else grid) if low <= mark * _OVER and mark <= high * _OVER
    )
    return Scale(low, high, length, True, axis.percent, marks)
