"""Admissible formulas → the cells they name and what they come to, beside what the claim says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import NamedTuple

from ..data import CellState, Claim, Figure, Interval, Trial
from ..formulas import Formula
from ..intervals import meet
from ..intervals import scaled as times
from ..units import Units, factor

_TOTAL = "total"
_ONE = Decimal(1)
_HALF = Decimal("0.5")
_NOTHING = frozenset({CellState.BLANK, CellState.SLASH, CellState.DASH})
_ANYTHING = Interval(None, None)


def resolve(
    formula: Formula, cells: Mapping[str, Figure], columns: Sequence[str]
) -> list[tuple[int, Figure]] | None:
    """Returns the signed figures of `formula`; None where a cell it needs is in no table.

    A row id without a column stands for its `columns`; without any, for its total, or for itself in a
    table of one column.
    """
    found: list[tuple[int, Figure]] = []
    for term in formula.terms:
        if columns:
            wanted = [cells.get(f"{term.name}@{column}") for column in columns]
        else:
            wanted = [cells.get(term.name) or cells.get(f"{term.name}@{_TOTAL}")]
        for figure in wanted:
            if figure is not None:
                found.append((term.sign, figure))
            elif not term.optional:
                return None
    return found or None


def fill(
    terms: Sequence[tuple[int, Figure]], cells: Mapping[str, Figure], columns: Iterable[str]
) -> list[tuple[int, Figure]]:
    """Returns `terms` with every blank total replaced by the filled cells of its row.

    Where some total had to be replaced, the table writes its zeros as blanks, so a row that is blank
    throughout adds nothing. Terms whose totals are all filled, or rows all blank, come back as they are.
    """
    found: list[tuple[int, Figure]] = []
    replaced = False
    for sign, figure in terms:
        row, _, column = (figure.indicator or "").partition("@")
        if figure.state is not CellState.BLANK or column != _TOTAL:
            found.append((sign, figure))
            continue
        others = (cells.get(f"{row}@{name}") for name in columns)
        filled = [other for other in others if other is not None and other.value is not None]
        replaced = replaced or bool(filled)
        found.extend((sign, other) for other in filled)
    return found if replaced else list(terms)


class Sum(NamedTuple):
    """What figures come to: their ids, the value in their unit, None where one is blank, and all that it stands for."""

    figures: tuple[str, ...]
    unit: str
    value: Decimal | None
    printed: Interval


def added(
    terms: Sequence[tuple[int, Figure]], units: Units, unprinted: AbstractSet[str] = frozenset()
) -> Sum:
    """Returns what signed figures come to; a cell without a number adds nothing in tables that print no 0.

    `unprinted` are the ids of these tables. Where no cell holds a number there is no sum.
    """
    figures, unit = tuple([figure.id for _, figure in terms]), terms[0][1].unit
    value = Decimal(0)
    filled = any(figure.value is not None for _, figure in terms)
    for sign, figure in terms:
        if figure.value is not None:
            value += sign * figure.value
        elif not filled or figure.table not in unprinted or figure.state not in _NOTHING:
            return Sum(figures, unit, None, _ANYTHING)
    return Sum(figures, unit, value, printed(value, terms, units))


def attempt(claim: Claim, name: str, terms: Sequence[tuple[int, Figure]], units: Units) -> Trial:
    """Returns the trial of one formula: its value in the figures' unit and whether the claim agrees with it."""
    return tried(claim, name, added(terms, units), units)


def tried(claim: Claim, name: str, found: Sum, units: Units) -> Trial:
    """Returns the trial of a formula whose figures are added up."""
    if found.value is None:
        return Trial(name, found.figures, None, None, False)
    scale = scaled(claim, found.unit, units)
    difference = None if claim.value is None else claim.value * scale - found.value
    agrees = meet(times(claim.interval, scale), found.printed)
    return Trial(name, found.figures, found.value, difference, agrees)


def scaled(claim: Claim, unit: str, units: Units) -> Decimal:
    """Returns what one of the claim's units is in `unit`; 1 where counts of unlike names were admitted."""
    return factor(claim.unit, unit, units) or _ONE


def printed(value: Decimal, terms: Iterable[tuple[int, Figure]], units: Units) -> Interval:
    """Returns what a printed sum stands for: itself for counts, all that rounds to it for measured amounts."""
    spread = Decimal(0)
    for _, figure in terms:
        unit = units.by_id.get(figure.unit)
        if figure.value is not None and unit is not None and not unit.whole:
            exponent = figure.value.as_tuple().exponent
            if isinstance(exponent, int) and exponent < 0:
                spread += _HALF.scaleb(exponent)
    return Interval(value - spread, value + spread)
