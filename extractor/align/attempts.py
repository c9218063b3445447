"""What the formulas of indicators come to in the cells of one report, held against the claims that may mean them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from ..data import Claim, Figure, Reading, Relation, Trial
from ..formulas import Formula
from ..knowledge import Knowledge
from .agreeing import digits
from .reference import Reference
from .targets import Index, Target
from .trials import Sum, added, attempt, fill, resolve, tried

_SUBORDINATE = "subordinate"
_ZERO_CLAIM = "zero"
_LAST_YEAR = "last_year"
_OTHER_COLUMNS = frozenset({"last_year", "cumulative"})
_OPEN_ENDED = frozenset({"as_of", "span", "unstated"})
"""Times that may mean all years together, where a column holds these."""
_CUMULATIVE = "cumulative"  # the period of a claim and of a column (历年累计) alike
_ZERO = Decimal(0)


class Attempts:
    """The trials of one report: each is made once, however many claims and candidates ask for it."""

    def __init__(self, reading: Reading, rows: Mapping[str, str], index: Index, knowledge: Knowledge) -> None:
        self._units = knowledge.language.units
        self._columns = knowledge.linking.gazetteer.columns
        self._read = index.reader.read
        self._cells = index.cells(reading, rows)
        self._over_years = index.cells(reading, rows, _CUMULATIVE)
        self._before = index.cells(reading, rows, _LAST_YEAR)
        self._unprinted = _without_zeros(reading)
        columns = self._columns.values()
        self._applicants = tuple(dict.fromkeys(column for names in columns for column in names))
        self._digits: dict[str, AbstractSet[str]] = {}
        self._tried: dict[tuple[str, str], tuple[Trial, ...]] = {}
        self._sums: dict[tuple[str, tuple[str, ...], int], Sum | None] = {}

    def elsewhere(self, claim: Claim, claimed: Reference) -> bool:
        """Says whether a claim may mean other columns than those of this year and of all applicants."""
        other = bool(self._over_years) or claim.period.kind in _OTHER_COLUMNS
        return other or bool(claimed.applicant) or bool(self._applicants_told(claim))

    def digits(self, target: Target) -> AbstractSet[str]:
        """Returns the digits of what the cells of a target come to, of all applicants."""
        if target.key not in self._digits:
            figures = target.figures + target.earlier
            values = [figure.value for figure in figures]
            for formula in target.formulas:
                terms = resolve(formula, self._cells, ())
                if terms is not None:
                    terms = fill(terms, self._cells, self._applicants)
                    values.append(sum((sign * (figure.value or _ZERO) for sign, figure in terms), _ZERO))
            self._digits[target.key] = {digits(value) for value in values if value is not None}
        return self._digits[target.key]

    def of(self, claim: Claim, claimed: Reference, target: Target) -> tuple[Trial, ...]:
        """Returns every admissible formula of `target` that the tables have cells for, in order of evidence."""
        key = claim.id, target.key
        if key not in self._tried:
            self._tried[key] = self.fresh(claim, claimed, target)
        return self._tried[key]

    def fresh(self, claim: Claim, claimed: Reference, target: Target) -> tuple[Trial, ...]:
        """Returns the same for a reference that is only one of several tried for the claim: it is not kept."""
        past = claim.period.kind == _LAST_YEAR
        if not target.formulas:
            figures = _filled(target.earlier if past else target.figures)
            fell = claim.relation is Relation.CHANGE  # 下降11.6% of a column of changes that holds -11.6
            signs = {figure.id: -1 if fell and (figure.value or _ZERO) < 0 else 1 for figure in figures}
            return tuple(
                attempt(claim, target.name, [(signs[figure.id], figure)], self._units) for figure in figures
            )
        columns = [column for name in sorted(claimed.applicant) for column in self._columns[name]]
        trials: list[Trial] = []
        cells, formulas = self._cells, target.formulas
        if past and target.before:
            formulas = tuple(dict.fromkeys((*target.before, *target.formulas)))
        elif past:
            cells = self._before
        elif target.share and claim.scope.kind == _SUBORDINATE:
            formulas = tuple(dict.fromkeys((*target.share, *target.formulas)))
        elif claim.period.kind == _CUMULATIVE and self._over_years:
            cells = self._over_years
        if claim.kind == _ZERO_CLAIM:
            formulas = (*formulas, *target.none)
        for wanted in (columns, ()) if set(columns) >= set(self._applicants) else (columns,):
            for formula in formulas:
                found = self._sum(formula, cells, tuple(wanted))
                if found is not None:
                    trials.append(tried(claim, formula.text, found, self._units))
            if trials:
                break  # of all applicants together a table without them tells the total
        if not columns and not any(trial.holds for trial in trials):
            # 企业申请中,予以公开6件、部分公开1件: of these applicants, or of all
            trials += self._tried_beside(claim, formulas, cells, self._applicants_told(claim))
        if cells is self._cells and self._over_years and claim.period.kind in _OPEN_ENDED:
            # 截至年末累计1874条: the other column may be meant
            trials += self._tried_over_years(claim, formulas, columns)
        return tuple(trials)

    def _sum(self, formula: Formula, cells: Mapping[str, Figure], columns: tuple[str, ...]) -> Sum | None:
        """Returns what a formula comes to in some of the linker's `cells`: many claims are held against it."""
        key = formula.text, columns, id(cells)
        if key not in self._sums:
            terms = resolve(formula, cells, columns)
            filled = None if terms is None else fill(terms, cells, self._applicants)
            self._sums[key] = None if filled is None else added(filled, self._units, self._unprinted)
        return self._sums[key]

    def _tried_over_years(
        self, claim: Claim, formulas: Iterable[Formula], columns: Sequence[str]
    ) -> list[Trial]:
        return self._tried_beside(claim, formulas, self._over_years, columns)

    def _tried_beside(
        self, claim: Claim, formulas: Iterable[Formula], cells: Mapping[str, Figure], columns: Sequence[str]
    ) -> list[Trial]:
        """Returns the trials of other columns than those named, as far as the claim agrees with them."""
        if not columns and cells is self._cells:
            return []
        terms = [(formula, resolve(formula, cells, columns)) for formula in formulas]
        tried = [
            attempt(claim, formula.text, found, self._units) for formula, found in terms if found is not None
        ]
        return [trial for trial in tried if trial.holds]

    def _applicants_told(self, claim: Claim) -> list[str]:
        """Returns the columns of the applicants that the nearest inherited phrase to name any names."""
        read = self._read
        for words in claim.context:
            if named := read(words).get("applicant"):
                return [column for name in sorted(named) for column in self._columns[name]]
        return []

    def answers(self, target: Target) -> bool:
        """Says whether the tables have cells for a formula of a target."""
        return any(resolve(formula, self._cells, ()) is not None for formula in target.formulas)


def _filled(figures: Sequence[Figure]) -> Sequence[Figure]:
    """Returns the figures that hold a value, or all where none does."""
    return [figure for figure in figures if figure.value is not None] or figures


def _without_zeros(reading: Reading) -> frozenset[str]:
    """Returns the tables that hold numbers and print no 0: a cell of theirs without a number stands for one."""
    filled = {figure.table for figure in reading.figures if figure.value}
    return frozenset(filled - {figure.table for figure in reading.figures if figure.value == _ZERO})
