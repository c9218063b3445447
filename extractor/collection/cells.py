"""The cells of a report by indicator, and why one has no value to compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..data.collection import KeptFigure, Member
from ..formulas import Formula
from ..knowledge.collection import Comparison

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one report by indicator; a form filled in twice has two a name."""

    member: Member
    by_name: Mapping[str, tuple[KeptFigure, ...]]

    def lacks(self, name: str) -> str:
        """Returns why `name` has no sure value: cell_missing, cell_empty, cell_doubtful, two_tables; else ""."""
        figures = self.by_name.get(name, ())
        if not figures:
            return "cell_missing"
        if any(figure.value is None for figure in figures):
            return "cell_empty"
        if any(figure.doubt for figure in figures):
            return "cell_doubtful"
        return "two_tables" if len({figure.value for figure in figures}) > 1 else ""

    def figure(self, name: str) -> KeptFigure:
        """Returns the cell of the indicator `name`, which it has."""
        return self.by_name[name][0]

    def value(self, name: str) -> Decimal | None:
        """Returns the value of the indicator `name`; None where `lacks` says why there is none."""
        return None if self.lacks(name) else self.figure(name).value


@dataclass(frozen=True, slots=True)
class Sum:
    """A formula worked out in one report: its value and the cells it is made of."""

    formula: Formula
    value: Decimal
    figures: tuple[KeptFigure, ...]


def cells_of(member: Member) -> Cells:
    """Returns the cells of `member` by indicator; cells of no known form have none."""
    by_name: dict[str, list[KeptFigure]] = defaultdict(list)
    for figure in member.figures:
        if figure.indicator:
            by_name[figure.indicator].append(figure)
    return Cells(member, {name: tuple(figures) for name, figures in by_name.items()})


def evaluate(formula: Formula, cells: Cells, comparison: Comparison) -> Sum | str:
    """Returns `formula` worked out in a report, or what means the same in its form; else why it cannot be."""
    reason = ""
    for candidate in (formula, *comparison.notions.get(formula.text, ())):
        lacking = next((lack for name in candidate.names if (lack := cells.lacks(name))), "")
        if not lacking:
            figures = tuple(cells.figure(name) for name in candidate.names)
            return Sum(candidate, _added(candidate, figures), figures)
        reason = reason or lacking
    return reason


def _added(formula: Formula, figures: Sequence[KeptFigure]) -> Decimal:
    return sum(
        (term.sign * (figure.value or _ZERO) for term, figure in zip(formula.terms, figures, strict=True)),
        _ZERO,
    )
