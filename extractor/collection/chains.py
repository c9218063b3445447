"""The tables of one body from year to year: what is carried over, in force, and added up over the years."""

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
    KeptFigure,
    Outcome,
    Series,
)
from ..formulas import Formula, Identity
from ..knowledge import Knowledge
from ..knowledge.collection import LAST, ONLY, Chain
from .cells import Cells, cells_of
from .exhibits import exhibit_of_figure

_TOTAL = "@total"


@dataclass(frozen=True, slots=True)
class _Trial:
    """One formula of a chain, worked out; `figures` in the order of its names."""

    row: str
    identity: Identity
    left: Decimal
    right: Decimal
    figures: tuple[KeptFigure, ...]


def check_chains(series: Series, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields what comes of every chain between the tables of a body.

    A chain over a missing year, or between forms that count otherwise, is unknown; no chain begins before
    the first report.
    """
    cells = {year: cells_of(member) for year, member in series.years.items()}
    years = list(series.years)
    for place, year in enumerate(years[1:], 1):
        failed: set[tuple[str, str]] = set()
        for chain in knowledge.comparison.chains:
            if series.years[year].template not in chain.forms:
                continue  # the form has no such rows
            if chain.gap == ONLY and years[place - 1] == year - 1:
                continue  # another chain says more
            yield from _chain(chain, series, cells, year, years[place - 1], failed, knowledge)


def _chain(
    chain: Chain,
    series: Series,
    cells: Mapping[int, Cells],
    year: int,
    before: int,
    failed: set[tuple[str, str]],
    knowledge: Knowledge,
) -> Iterator[Outcome]:
    """Yields what comes of one chain into `year`; rows that fail are added to `failed`."""
    now, last = cells[year], cells[before]
    reason = ""
    if before != year - 1 and not chain.gap:
        reason = "year_missing"
    elif last.member.template not in chain.last:
        reason = "form_changed"
    trials: list[_Trial] = []
    for row, identities in chain.lines.items():
        if chain.unless and (chain.unless, row) in failed:
            continue  # said already, and more plainly
        for identity in identities:
            if identity.left.names[0].removeprefix(LAST) not in now.by_name:
                continue  # the table has no such row
            trial = reason or _tried(row, identity, now, last)
            if isinstance(trial, str):
                yield CollectionCheck(chain.code, UNKNOWN, series.body, year, trial, identity.text)
                continue
            holds = identity.holds(trial.left, trial.right)
            status = HELD if holds else FAILED
            yield CollectionCheck(chain.code, status, series.body, year, "", identity.text)
            if not holds:
                trials.append(trial)
                failed.add((chain.id, row))
    for main, others in _grouped(trials, _parents(now.member.template, knowledge)):
        yield _finding(chain, main, others, series, now, last, knowledge)


def _tried(row: str, identity: Identity, now: Cells, last: Cells) -> _Trial | str:
    """Returns the identity worked out, or the reason why it cannot be."""
    figures = []
    for name in identity.names:
        side = last if name.startswith(LAST) else now
        lack = side.lacks(name.removeprefix(LAST))
        if lack:
            return lack
        figures.append(side.figure(name.removeprefix(LAST)))
    if len({figure.unit for figure in figures}) > 1:
        return "units_differ"
    values = {name: figure.value for name, figure in zip(identity.names, figures, strict=True)}
    left, right = identity.left.evaluate(values), identity.right.evaluate(values)
    if left is None or right is None:
        return "cell_empty"
    return _Trial(row, identity, left, right, tuple(figures))


def _grouped(trials: Sequence[_Trial], parents: Mapping[str, str]) -> Iterator[tuple[_Trial, int]]:
    """Yields the failures to tell, each with the number of others of its row, or of rows below it, that go with it."""
    rows: dict[str, list[_Trial]] = {}
    for trial in trials:
        rows.setdefault(_uppermost(trial.row, {item.row for item in trials}, parents), []).append(trial)
    for row, group in rows.items():
        own = [trial for trial in group if trial.row == row]
        total = [trial for trial in own if trial.identity.left.names[0].endswith(_TOTAL)]
        yield (total or own)[0], len(group) - 1


def _uppermost(row: str, failing: set[str], parents: Mapping[str, str]) -> str:
    top = row
    above = parents.get(row, "")
    while above:
        top = above if above in failing else top
        above = parents.get(above, "")
    return top


def _parents(template: str, knowledge: Knowledge) -> dict[str, str]:
    """Returns the row above each row of a form."""
    return {
        row.id: row.parent
        for form in knowledge.templates.templates
        if form.id == template
        for block in form.blocks
        for row in block.rows
    }


def _finding(
    chain: Chain, main: _Trial, others: int, series: Series, now: Cells, last: Cells, knowledge: Knowledge
) -> CollectionFinding:
    body, year = series.body, now.member.year or 0
    members = [last.member if name.startswith(LAST) else now.member for name in main.identity.names]
    exhibits = [
        exhibit_of_figure(member, figure) for member, figure in zip(members, main.figures, strict=True)
    ]
    turned = main.identity.left.names[0].startswith(
        LAST
    )  # last … <= …: what this year says stands on the right
    actual, expected = (main.right, main.left) if turned else (main.left, main.right)
    if turned:
        exhibits.reverse()
    unsound = not all(figure.sound for figure in main.figures)
    params: dict[str, str | int | Decimal] = {
        "body": body,
        "year": year,
        "last_year": last.member.year or 0,
        "rule": chain.id,
    }
    if others:
        params["others"] = others
    if unsound:
        params["unsound"] = 1
    return CollectionFinding(
        code=chain.code,
        verdict=Verdict.MISMATCH,
        severity=Severity.REVIEW if unsound else knowledge.messages.severity(chain.code),
        body=body,
        year=year,
        exhibits=tuple(exhibits),
        formula=_reversed(main.identity) if turned else main.identity.text,
        expected=expected,
        actual=actual,
        difference=actual - expected,
        params=params,
    )


def _reversed(identity: Identity) -> str:
    """Returns `last <= now` as what should hold of this year's number, which stands first."""
    sides: tuple[Formula, Formula] = (identity.right, identity.left)
    return f"{sides[0].text} >= {sides[1].text}"
