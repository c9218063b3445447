"""Arithmetic over intervals, held against arithmetic over the values inside them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.data import Interval
from extractor.intervals import exactly, meet, negative, quotient, reaches, scaled, total

_VALUES = st.integers(-1000, 1000).map(Decimal)
_CLOSED = st.tuples(_VALUES, _VALUES).map(lambda ends: Interval(min(ends), max(ends)))
_POSITIVE = st.tuples(st.integers(1, 1000), st.integers(0, 1000)).map(
    lambda ends: Interval(Decimal(ends[0]), Decimal(ends[0] + ends[1]))
)


def _holds(interval: Interval, value: Decimal) -> bool:
    return meet(interval, exactly(value))


def test_an_open_end_is_not_inside() -> None:
    eighties = Interval(Decimal(80), Decimal(90), high_open=True)
    assert _holds(eighties, Decimal(80))
    assert _holds(eighties, Decimal(89))
    assert not _holds(eighties, Decimal(90))
    assert not meet(eighties, Interval(Decimal(90), None))


def test_an_unbounded_end_holds_everything_beyond() -> None:
    above = Interval(Decimal(100), None, low_open=True)
    assert _holds(above, Decimal(10**12))
    assert not _holds(above, Decimal(100))
    assert total((above, exactly(Decimal(5)))) == Interval(Decimal(105), None, low_open=True)


def test_only_an_upper_end_below_the_lower_keeps_apart() -> None:
    assert reaches(exactly(Decimal(5)), exactly(Decimal(5)))
    assert reaches(exactly(Decimal(4)), exactly(Decimal(5)))
    assert not reaches(exactly(Decimal(6)), exactly(Decimal(5)))


@given(_CLOSED, _CLOSED)
def test_meeting_is_mutual(left: Interval, right: Interval) -> None:
    assert meet(left, right) == meet(right, left)
    assert meet(left, left)


@given(_CLOSED, _CLOSED, st.sampled_from(["low", "high"]), st.sampled_from(["low", "high"]))
def test_a_sum_holds_the_sums_of_its_ends(left: Interval, right: Interval, one: str, other: str) -> None:
    summed = total((left, right))
    assert _holds(summed, getattr(left, one) + getattr(right, other))
    assert total((summed, negative(right))).low <= left.low  # type: ignore[operator]  # closed on both sides


@given(_POSITIVE, _POSITIVE, st.sampled_from(["low", "high"]), st.sampled_from(["low", "high"]))
def test_a_quotient_holds_the_quotients_of_its_ends(
    left: Interval, right: Interval, one: str, other: str
) -> None:
    ratio = quotient(left, right)
    assert ratio is not None
    assert _holds(ratio, getattr(left, one) / getattr(right, other))


def test_nothing_is_divided_by_what_may_be_zero() -> None:
    assert quotient(exactly(Decimal(1)), Interval(Decimal(0), Decimal(5))) is None
    assert quotient(exactly(Decimal(0)), exactly(Decimal(5))) == exactly(Decimal(0))


@given(_CLOSED, st.integers(1, 10_000).map(Decimal))
def test_scaling_moves_both_ends(interval: Interval, by: Decimal) -> None:
    assert interval.low is not None
    assert _holds(scaled(interval, by), interval.low * by)


def interval(low: str | None, high: str | None, low_open: bool = False, high_open: bool = False) -> Interval:
    return Interval(
        None if low is None else Decimal(low), None if high is None else Decimal(high), low_open, high_open
    )


@pytest.mark.parametrize(
    ("left", "right", "meets"),
    [
        (interval("12.335", "12.345"), interval("12.335", "12.345"), True),
        (interval("12.335", "12.345"), interval("12.345", "12.355"), False),  # 12.34 and 12.35
        (interval("12.25", "12.35"), interval("12.335", "12.345"), True),  # 12.3 and 12.34
        (interval("12.335", "12.345"), interval("12.345", "12.345"), True),  # a value that is known exactly
        (interval("80", "90", high_open=True), interval("90", "90"), False),
        (interval("80", "90", high_open=True), interval("80", "80"), True),
        (interval("100", None), interval(None, "100"), False),
        (interval("100", None), interval(None, "101"), True),
        (interval(None, None), interval("3", "3"), True),
    ],
)
def test_intervals_meet_in_more_than_an_edge(left: Interval, right: Interval, meets: bool) -> None:
    assert meet(left, right) is meets
    assert meet(right, left) is meets


@given(st.integers(-999, 999), st.integers(-999, 999))
def test_counts_meet_only_themselves(left: int, right: int) -> None:
    assert meet(exactly(Decimal(left)), exactly(Decimal(right))) is (left == right)
