"""A body against those below it: totals against the sums of their reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..data import Severity, Verdict
from ..data.collection import (
    FAILED,
    HELD,
    UNKNOWN,
    CollectionCheck,
    CollectionFinding,
    Exhibit,
    Member,
    Outcome,
)
from ..formulas import parse
from ..knowledge import Knowledge
from .cells import Cells, Sum, cells_of, evaluate
from .exhibits import exhibit_of_figure

_SUM = "levels.sum"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One indicator of a body beside the sum over the bodies below it."""

    name: str
    own: Sum
    below: tuple[tuple[Cells, Sum], ...]

    @property
    def total(self) -> Decimal:
        return sum((part.value for _, part in self.below), _ZERO)


def check_levels(
    upper: Member, below: Mapping[str, Member | None], knowledge: Knowledge
) -> Iterator[Outcome]:
    """Yields, indicator by indicator, whether the number of a body is the sum of those below it, in one year.

    Args:
        upper: the report of the upper body.
        below: the report of each body below it; None where it has reports of other years, and none of this one.
        knowledge: the loaded knowledge.

    Where a report is missing, the sum is unknown, not wrong. Where most indicators differ, the upper body does not
    add up the others but counts its own cases, and nothing is said.
    """
    rules = knowledge.comparison.levels
    members = [member for member in below.values() if member is not None]
    own = cells_of(upper)
    cells = [cells_of(member) for member in members]
    body, year = upper.body, upper.year or 0
    comparisons: list[_Comparison] = []
    for name in rules.indicators:
        if name not in own.by_name:
            continue  # the form has no such row
        reason = "report_missing" if len(members) < len(below) or len(below) < rules.bodies else ""
        comparison = reason or _compared(name, own, cells, knowledge)
        if isinstance(comparison, str):
            yield CollectionCheck(_SUM, UNKNOWN, body, year, comparison, name)
        elif comparison.own.value or comparison.total:
            comparisons.append(comparison)
    agreeing = sum(comparison.own.value == comparison.total for comparison in comparisons)
    adds_up = bool(comparisons) and 100 * agreeing >= rules.agreeing * len(comparisons)
    for comparison in comparisons:
        formula = f"{comparison.name} = Σ"
        if not adds_up:
            yield CollectionCheck(_SUM, UNKNOWN, body, year, "own_cases", formula)
            continue
        holds = comparison.own.value == comparison.total
        yield CollectionCheck(_SUM, HELD if holds else FAILED, body, year, "", formula)
        if not holds:
            yield _finding(comparison, upper, knowledge)


def _compared(name: str, own: Cells, cells: Sequence[Cells], knowledge: Knowledge) -> _Comparison | str:
    """Returns the two sides of a comparison; else why one of them has no value."""
    formula = parse(name)
    mine = evaluate(formula, own, knowledge.comparison)
    if isinstance(mine, str):
        return mine
    below = []
    for other in cells:
        theirs = evaluate(formula, other, knowledge.comparison)
        if isinstance(theirs, str):
            return theirs
        if {figure.unit for figure in theirs.figures} != {figure.unit for figure in mine.figures}:
            return "units_differ"
        below.append((other, theirs))
    return _Comparison(name, mine, tuple(below))


def _finding(comparison: _Comparison, upper: Member, knowledge: Knowledge) -> CollectionFinding:
    exhibits: list[Exhibit] = [exhibit_of_figure(upper, comparison.own.figures[0])]
    exhibits.extend(
        exhibit_of_figure(cells.member, figure) for cells, part in comparison.below for figure in part.figures
    )
    figures = [figure for _, part in comparison.below for figure in part.figures]
    unsound = not all(figure.sound for figure in (*comparison.own.figures, *figures))
    params: dict[str, str | int | Decimal] = {
        "body": upper.body,
        "year": upper.year or 0,
        "bodies": len(comparison.below),
    }
    if unsound:
        params["unsound"] = 1
    return CollectionFinding(
        code=_SUM,
        verdict=Verdict.MISMATCH,
        severity=Severity.REVIEW if unsound else knowledge.messages.severity(_SUM),
        body=upper.body,
        year=upper.year or 0,
        exhibits=tuple(exhibits),
        formula=f"{comparison.name} = Σ",
        expected=comparison.total,
        actual=comparison.own.value,
        difference=comparison.own.value - comparison.total,
        params=params,
    )
