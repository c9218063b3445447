"""Formulas over named values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.formulas import parse, parse_identity

VALUES = {"a": Decimal(5), "b.c@total": Decimal(2), "blank": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", 5),
        ("a + b.c@total", 7),
        ("a - b.c@total", 3),
        ("a+b.c@total-a", 2),
        ("a + missing?", 5),
        ("a + missing", None),
        ("a + blank", None),
        ("a + blank?", None),
        ("missing? + other?", None),
    ],
)
def test_value(text: str, value: int | None) -> None:
    expected = None if value is None else Decimal(value)
    assert parse(text).evaluate(VALUES) == expected


def test_names_keep_their_order() -> None:
    assert parse("b.c@total - a + b").names == ("b.c@total", "a", "b")


@pytest.mark.parametrize("text", ["", "a +", "a b", "3 + a", "a * b", "+ + a", "数"])
def test_no_formula(text: str) -> None:
    with pytest.raises(ValueError, match="no formula"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "left", "right", "holds"),
    [("a = b + c", 3, 3, True), ("a = b + c", 4, 3, False), ("a <= b", 3, 4, True), ("a <= b", 5, 4, False)],
)
def test_identity(text: str, left: int, right: int, holds: bool) -> None:
    identity = parse_identity(text)
    assert identity.holds(Decimal(left), Decimal(right)) is holds
    assert identity.names[0] == "a"


@pytest.mark.parametrize("text", ["a + b", "a = b = c", "a <= b = c", "= a", "a ="])
def test_no_identity(text: str) -> None:
    with pytest.raises(ValueError, match=r"no (identity|formula)"):
        parse_identity(text)


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from((1, -1)), st.integers(0, 10**6)), min_size=1
    )
)
def test_sum_of_signed_terms(terms: list[tuple[str, int, int]]) -> None:
    names = [f"{name}{number}" for number, (name, _, _) in enumerate(terms)]
    text = " ".join(
        f"{'+' if sign > 0 else '-'} {name}" for name, (_, sign, _) in zip(names, terms, strict=True)
    )
    values = {name: Decimal(value) for name, (_, _, value) in zip(names, terms, strict=True)}
    assert parse(text).evaluate(values) == sum(sign * value for _, sign, value in terms)


def test_an_identity_needs_the_names_that_are_not_optional() -> None:
    identity = parse_identity("a + b.c@total? = d")
    assert identity.names == ("a", "b.c@total", "d")
    assert identity.needed == {"a", "d"}
