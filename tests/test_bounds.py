"""Intervals: when two printed numbers may stand for one value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.checks.bounds import exactly, meet
from extractor.data import Interval


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
