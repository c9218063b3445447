"""Arithmetic over intervals: a printed number stands for all the values it may have been rounded from."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from .data import Interval

_ZERO = Decimal(0)


def exactly(value: Decimal) -> Interval:
    """Returns the interval that holds `value` alone."""
    return Interval(value, value)


def meet(left: Interval, right: Interval) -> bool:
    """Returns whether some value lies in both intervals.

    Two roundings that share no more than the edge at which they part do not meet: 12.34 and 12.35.
    """
    return not (_below(left, right) or _below(right, left) or _part(left, right) or _part(right, left))


def reaches(left: Interval, right: Interval) -> bool:
    """Returns whether some value of `left` is at most some value of `right`."""
    return not _below(right, left)


def total(intervals: Iterable[Interval]) -> Interval:
    """Returns the interval of the sum; an end that is unbounded in one is unbounded in the sum."""
    low: Decimal | None = _ZERO
    high: Decimal | None = _ZERO
    low_open = high_open = False
    for interval in intervals:
        low = None if low is None or interval.low is None else low + interval.low
        high = None if high is None or interval.high is None else high + interval.high
        low_open |= interval.low_open
        high_open |= interval.high_open
    return Interval(low, high, low_open, high_open)


def negative(interval: Interval) -> Interval:
    """Returns the interval of the negated value."""
    low = None if interval.high is None else -interval.high
    high = None if interval.low is None else -interval.low
    return Interval(low, high, interval.high_open, interval.low_open)


def scaled(interval: Interval, factor: Decimal) -> Interval:
    """Returns the interval of the value times `factor`, which is above zero."""
    low = None if interval.low is None else interval.low * factor
    high = None if interval.high is None else interval.high * factor
    return Interval(low, high, interval.low_open, interval.high_open)


def quotient(left: Interval, right: Interval) -> Interval | None:
    """Returns the interval of `left` / `right`; None unless `left` is at least and `right` above zero."""
    if left.low is None or left.low < 0 or right.low is None or right.low <= 0:
        return None
    low = None if right.high is None else left.low / right.high
    high = None if left.high is None else left.high / right.low
    return Interval(
        _ZERO if low is None else low,
        high,
        left.low_open or right.high_open or low is None,
        left.high_open or right.low_open,
    )


def _below(left: Interval, right: Interval) -> bool:
    """Returns whether every value of `left` is below every value of `right`."""
    if left.high is None or right.low is None:
        return False
    return left.high < right.low or (left.high == right.low and (left.high_open or right.low_open))


def _part(left: Interval, right: Interval) -> bool:
    """Returns whether two intervals of more than one value each share an end of theirs and no more."""
    edge = left.high is not None and left.high == right.low
    return edge and left.low != left.high and right.low != right.high
