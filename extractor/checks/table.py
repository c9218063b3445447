"""The table against itself: every identity of its form, and what its own labels say must add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..data import CellState, Check, Figure, Finding, Param, Reading, Severity
from ..knowledge import Knowledge
from ..knowledge.templates import TableIdentity, Template
from ..tables.ledger import Ledger
from ..tables.lines import COLUMNS
from .culprits import Trial, likeliest, superfluous_row
from .footing import check_footing
from .ledger import check_ledger

_DOUBTFUL_CELL = "table.doubtful_cell"
_HARD = frozenset({"table.identity", "table.part_exceeds"})
_ZERO = Decimal(0)


@dataclass(slots=True)
class _Form:
    """One filled-in form: its figures by indicator, the value each counts as, and which blanks count as 0.

    `first` is False for a second form of the same kind in one report; its formulas name cells by id.
    """

    first: bool = True
    figures: dict[str, Figure] = field(default_factory=dict)
    values: dict[str, Decimal | None] = field(default_factory=dict)
    blanks: set[str] = field(default_factory=set)


def check_table(
    reading: Reading, knowledge: Knowledge, ledger: Ledger | None = None
) -> tuple[list[Finding], list[Check]]:
    """Returns the findings and the checks that could be made on the tables of a report.

    An identity with a cell that is missing, blank or crossed out is not made, unless the whole table writes
    its zeros as blanks: then blanks count as 0, the finding says so, and it is for review only. The tables of a
    `ledger` are held against what the form of accounts says must agree, all others against their own labels.
    """
    findings: list[Finding] = []
    checks: list[Check] = []
    for template in _templates(reading, knowledge):
        for form in _forms(reading, template):
            _count_blanks(form, template)
            trials = list(_trials(form, template))
            checks.extend(_check(trial, form) for trial in trials)
            findings.extend(_finding(trial, trials, form, knowledge) for trial in trials if not trial.holds)
    free = [figure for figure in reading.figures if ledger is None or not ledger.kind(figure.table)]
    made = [check_footing(free, knowledge)]
    if ledger is not None:
        made.append(check_ledger(ledger, knowledge))
    for own_findings, own_checks in made:
        findings.extend(own_findings)
        checks.extend(own_checks)
    findings.extend(_doubts(reading, knowledge))
    return findings, checks


def doubtful(reading: Reading, checks: Sequence[Check]) -> frozenset[str]:
    """Returns the ids of the figures not to be relied on: recovered in doubt, or in a hard identity that fails."""
    own = {figure.id for figure in reading.figures if figure.doubt}
    failed = {name for check in checks if not check.holds and check.code in _HARD for name in check.figures}
    return frozenset(own | failed)


# ---------------------------------------------------------------- the forms of a report


def _templates(reading: Reading, knowledge: Knowledge) -> list[Template]:
    """Returns the forms whose cells the reading holds, that of the reading first."""
    names = {figure.indicator for figure in reading.figures if figure.indicator is not None}
    main = [template for template in knowledge.templates.templates if template.id == reading.template]
    known = frozenset[str]().union(*(template.named for template in main))
    others = [
        template
        for template in knowledge.templates.templates
        if template.id != reading.template
        and not names.isdisjoint(template.named - known)
        and any(
            names.issuperset(entry.formula.names) and known.isdisjoint(entry.formula.names)
            for entry in template.identities
        )
    ]
    return main + others


def _forms(reading: Reading, template: Template) -> list[_Form]:
    """Returns the forms filled in: a cell met again begins the next one."""
    forms = [_Form()]
    for figure in reading.figures:
        name = figure.indicator
        if name is None or name not in template.named:
            continue
        if name in forms[-1].figures:
            forms.append(_Form(first=False))
        forms[-1].figures[name] = figure
    return forms


def _count_blanks(form: _Form, template: Template) -> None:
    """Gives every cell the value it counts as: blanks as 0 in tables that write no 0 at all."""
    tables: dict[str, list[Figure]] = {}
    for figure in form.figures.values():
        tables.setdefault(figure.table, []).append(figure)
    blank_means_zero = {
        table
        for table, figures in tables.items()
        if any(figure.value for figure in figures) and not any(figure.value == _ZERO for figure in figures)
    }
    for name, figure in form.figures.items():
        form.values[name] = figure.value
        if figure.state is CellState.BLANK and figure.table in blank_means_zero and not figure.doubt:
            form.values[name] = _ZERO
            form.blanks.add(name)
    for entry in template.identities:
        total = entry.formula.left.names
        if entry.formula.relation == "=" and len(total) == 1 and total[0] in form.blanks:
            form.values[total[0]] = None
            form.blanks.discard(total[0])


# ---------------------------------------------------------------- identities


def _trials(form: _Form, template: Template) -> Iterator[Trial]:
    """Yields every identity whose cells exist, of alternatives the first."""
    seen: set[str] = set()
    for entry in template.identities:
        if (
            entry.formula.names[0] not in form.figures
            or entry.key in seen
            or not entry.formula.needed <= form.figures.keys()
        ):
            continue
        seen.add(entry.key)
        yield from _tried(entry, form)


def _tried(entry: TableIdentity, form: _Form) -> Iterator[Trial]:
    """Yields the identity tried; what a cell includes by its remark is not counted again where that mends it."""
    absorbed = {
        part for name in entry.formula.names if name in form.figures for part in form.figures[name].includes
    }.intersection(entry.formula.names)
    values = [form.values, {**form.values, **dict.fromkeys(absorbed, _ZERO)}] if absorbed else [form.values]
    trials = []
    for known in values:
        left, right = entry.formula.left.evaluate(known), entry.formula.right.evaluate(known)
        if left is not None and right is not None:
            trials.append(Trial(entry, left, right, entry.formula.holds(left, right)))
    yield from [trial for trial in trials if trial.holds][:1] or trials[:1]


def _cells(entry: TableIdentity, form: _Form) -> tuple[str, ...]:
    return tuple(form.figures[name].id for name in entry.formula.names if name in form.figures)


def _formula(entry: TableIdentity, form: _Form) -> str:
    if form.first:
        return entry.formula.text
    names: Mapping[str, str] = {name: figure.id for name, figure in form.figures.items()}

    def side(terms: Sequence[tuple[str, int]]) -> str:
        return " ".join(
            f"{'-' if sign < 0 else '+'} {names[name]}" for name, sign in terms if name in names
        ).removeprefix("+ ")

    left = side([(term.name, term.sign) for term in entry.formula.left.terms])
    right = side([(term.name, term.sign) for term in entry.formula.right.terms])
    return f"{left} {entry.formula.relation} {right}"


def _check(trial: Trial, form: _Form) -> Check:
    return Check(
        trial.entry.code,
        trial.holds,
        figures=_cells(trial.entry, form),
        formula=_formula(trial.entry, form),
        expected=trial.right,
        actual=trial.left,
    )


def _finding(trial: Trial, trials: Sequence[Trial], form: _Form, knowledge: Knowledge) -> Finding:
    entry = trial.entry
    names = [name for name in entry.formula.names if name in form.figures]
    blanks = [name for name in names if name in form.blanks]
    unsure = [name for name in names if form.figures[name].doubt]
    params: dict[str, Param] = {"identity": entry.key, "zh": entry.zh, "en": entry.en}
    if blanks:
        params["blanks"] = len(blanks)
    if unsure:
        params["doubtful"] = len(unsure)
    shifted = superfluous_row(trial, trials, form.values)
    sure = shifted is None and not unsure
    culprit = likeliest(trial, trials, form.values) if sure else None
    if shifted is not None:
        params["culprit_row"] = knowledge.templates.indicators[f"{shifted}@total"].zh.partition("·")[0]
        params["culprit_kind"] = "row"
    if culprit is not None:
        params["culprit"] = form.figures[culprit.name].id
        params["culprit_value"] = culprit.value
        params["culprit_kind"] = culprit.kind
    return Finding(
        entry.code,
        None,
        Severity.REVIEW if blanks or unsure else knowledge.messages.severity(entry.code),
        figures=_cells(entry, form),
        formula=_formula(entry, form),
        expected=trial.right,
        actual=trial.left,
        difference=trial.left - trial.right,
        params=params,
    )


# ---------------------------------------------------------------- cells in doubt


def _doubts(reading: Reading, knowledge: Knowledge) -> Iterator[Finding]:
    """Yields one finding for each row with cells that could be read in more than one way.

    Cells of tables of no form whose columns are open are a problem of the reading (`table.columns_open`).
    """
    rows: dict[tuple[str, int], list[Figure]] = {}
    for figure in reading.figures:
        if figure.doubt and (figure.indicator is not None or figure.doubt != COLUMNS):
            rows.setdefault((figure.table, figure.row), []).append(figure)
    for figures in rows.values():
        yield Finding(
            _DOUBTFUL_CELL,
            None,
            knowledge.messages.severity(_DOUBTFUL_CELL),
            figures=tuple(figure.id for figure in figures),
            params={"doubt": figures[0].doubt},
        )
