"""Records: frozen to the type checker, equal and hashed by value, no attributes but their fields."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from decimal import Decimal

import pytest

from extractor.data import Interval, Scope

EXACT = Interval(Decimal(5), Decimal(5))


def test_records_are_frozen_to_the_type_checker() -> None:
    scope = Scope("whole", "全市")
    scope.kind = "body"  # type: ignore[misc]  # mypy reports this comment as unused if it ever lets the line pass


def test_records_are_values() -> None:
    assert Interval(Decimal(5), Decimal(5)) == EXACT
    assert hash(Interval(Decimal(5), Decimal(5))) == hash(EXACT)
    assert replace(EXACT, high=None) == Interval(Decimal(5), None)
    assert copy(EXACT) == EXACT


def test_records_have_no_attributes_but_their_fields() -> None:
    with pytest.raises(AttributeError):
        EXACT.middle = Decimal(5)  # type: ignore[attr-defined]
