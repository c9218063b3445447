"""Every report of the corpus read and held against its gold, cell by cell and sum by sum."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from extractor.checks import check_table
from extractor.data import Figure, Finding, Reading
from extractor.knowledge import Knowledge
from extractor.readers import read
from extractor.tables import read_figures

_SIGNS = re.compile(r" (?:\+|=|<=) ")


@dataclass(frozen=True, slots=True)
class Gold:
    """The truth of one report: cells as (name, state, value, unit, note), sums as formula → outcome and gap."""

    form: str
    layout: str
    doubt: bool
    cells: tuple[tuple[str, str, Decimal | None, str, str], ...]
    identities: Mapping[str, tuple[str, Decimal | None]]
    faults: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Score:
    """What became of one report.

    `cells` counts right, doubtful, wrong and missing; `identities` right, doubtful and wrong; `culprits`
    named, none named and another named. `misses` says each cell and sum that is wrong, in words, and `blamed`
    which cell was named instead of the planted one.
    """

    name: str
    form: str
    layout: str
    doubt: bool
    cells: Counter[str] = field(default_factory=Counter)
    identities: Counter[str] = field(default_factory=Counter)
    culprits: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    blamed: list[str] = field(default_factory=list)


def load_gold(path: Path) -> Gold:
    """Returns the gold of one report."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    head = rows[0]
    return Gold(
        head[2],
        head[3],
        head[4] == "doubt",
        tuple(
            (row[1], row[2], Decimal(row[3]) if row[3] else None, row[4], row[5])
            for row in rows
            if row[0] == "cell"
        ),
        {row[1]: (row[2], Decimal(row[3]) if row[3] else None) for row in rows if row[0] == "identity"},
        tuple((row[1], row[2], row[3]) for row in rows if row[0] == "fault"),
    )


def scores(folder: Path, knowledge: Knowledge) -> Iterator[Score]:
    """Yields the score of every report below `folder`, by name."""
    reports = {path.stem: path for path in (folder / "reports").iterdir()}
    for path in sorted((folder / "gold").glob("*.tsv")):
        yield score(path, reports[path.stem], knowledge)


def score(gold_path: Path, report_path: Path, knowledge: Knowledge) -> Score:
    """Returns the score of one report."""
    gold = load_gold(gold_path)
    reading = read_figures(read(report_path, knowledge), knowledge)
    result = Score(report_path.stem, gold.form, gold.layout, gold.doubt)
    _cells(result, gold, reading)
    findings, _ = _identities(result, gold, reading, knowledge)
    _culprits(result, gold, reading, findings)
    return result


def _cells(result: Score, gold: Gold, reading: Reading) -> None:
    figures: dict[str, list[Figure]] = {}
    for figure in reading.figures:
        figures.setdefault(_name(figure), []).append(figure)
    for name, state, value, unit, note in gold.cells:
        found = figures.get(name, [])
        if not found:
            result.cells["missing"] += 1
            result.misses.append(f"{name}: {state} {value} is not there")
            continue
        figure = found.pop(0)
        actual = (figure.state.value, figure.value, figure.unit, figure.note)
        if figure.doubt:
            right = "doubtful, right" if actual[:2] == (state, value) else "doubtful, another"
            result.cells[right] += 1
        elif actual[:3] == (state, value, unit) and note in actual[3]:
            result.cells["right"] += 1
        else:
            result.cells["wrong"] += 1
            result.misses.append(f"{name}: {(state, str(value), unit, note)} read as {actual}")
    for name, rest in figures.items():
        for figure in rest:
            result.cells["not in the source"] += 1
            result.misses.append(f"{name}: {figure.text!r} at {figure.address} is no cell of the source")


def _name(figure: Figure) -> str:
    """Returns what the gold calls a figure: its indicator, or row and column in a table of no form."""
    return figure.indicator or f"{figure.row_label} × {'/'.join(figure.column_path)}"


def _identities(
    result: Score, gold: Gold, reading: Reading, knowledge: Knowledge
) -> tuple[list[Finding], Reading]:
    findings, checks = check_table(reading, knowledge)
    names = {figure.id: _name(figure) for figure in reading.figures}
    doubtful = {_name(figure) for figure in reading.figures if figure.doubt}
    made: dict[frozenset[str], list[tuple[bool, Decimal]]] = {}
    for check in checks:
        difference = (check.actual or Decimal(0)) - (check.expected or Decimal(0))
        made.setdefault(frozenset(names[each] for each in check.figures), []).append(
            (check.holds, difference)
        )
    for formula, (outcome, gap) in gold.identities.items():
        own = frozenset(_SIGNS.split(formula))
        actual = next(iter(made.pop(own, [])), None)
        unsure = bool(own & doubtful)
        wanted = None if outcome == "open" or gap is None else (outcome == "holds", gap)
        if actual == wanted:
            result.identities["right"] += 1
        elif unsure:
            result.identities["doubtful"] += 1
        else:
            result.identities["wrong"] += 1
            result.misses.append(f"{formula}: {outcome} {gap}, checked as {actual}")
    for own, others in made.items():
        if any(not holds for holds, _ in others):
            result.identities["wrong"] += 1
            result.misses.append(f"{' '.join(sorted(own))}: no identity of the form, checked as {others}")
    return findings, reading


def _culprits(result: Score, gold: Gold, reading: Reading, findings: Iterable[Finding]) -> None:
    names = {figure.id: figure.indicator for figure in reading.figures}
    labels = {figure.indicator: figure.row_label for figure in reading.figures if figure.indicator}
    blamed = {
        (names.get(str(finding.params["culprit"])), str(finding.params["culprit_value"]))
        for finding in findings
        if "culprit" in finding.params
    }
    rows = {str(finding.params["culprit_row"]) for finding in findings if "culprit_row" in finding.params}
    for name, should, kind in gold.faults:
        if not kind:
            continue
        if kind == "row":
            label = next((text for key, text in labels.items() if key.startswith(f"{name}@")), "")
            named = any(row in label for row in rows)
        else:
            named = (name, should) in blamed
        other = bool(blamed or rows) and not named
        result.culprits["named" if named else "another named" if other else "none named"] += 1
        if other:
            result.blamed.append(f"{name} ({kind}), blamed {sorted(map(str, blamed))} {sorted(rows)}")
