"""What a report in another layout reads and tells, held against the same report as it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from extractor.audit import audit
from extractor.classify import Model
from extractor.data import CellState, Figure, Finding, Result, Severity, Verdict
from extractor.errors import InputError
from extractor.knowledge import Knowledge
from extractor.readers import read_bytes
from extractor.widths import fold_widths

from . import markup, office, printing, twists
from .pages import Page

Write = Callable[[Page], bytes]
Twist = Callable[[Page], Page]

LAYOUTS: Mapping[str, Write] = {
    "html": markup.spans,
    "html, none merged": markup.single,
    "html, merged repeated": markup.repeated,
    "html, nested": markup.nested,
    "html, spacers": markup.spacers,
    "html, two pages, header again": markup.headed,
    "html, two pages": markup.parted,
    "markdown": printing.markdown,
    "bars": printing.bars,
    "closed bars": printing.closed_bars,
    "tabs": printing.tabs,
    "one cell a line": printing.lines,
    "one cell a line, no blanks": printing.vanished,
    "column after column": printing.columnwise,
    "one blank between": printing.rowwise,
    "printed": printing.printed,
    "printed, wrapped": printing.wrapped,
    "printed, wrapped, centred": printing.centred,
    "printed, two pages, header again": printing.printed_headed,
    "printed, two pages": printing.printed_parted,
    "word": office.word,
    "excel": office.excel,
    "pdf, ruled": office.ruled,
    "pdf, no rules": office.unruled,
}
TWISTS: Mapping[str, Twist] = {
    "": twists.as_is,
    "numbered": twists.row_numbers,
    "unit in header": twists.unit_in_header,
    "unit in table": twists.unit_in_table,
    "yuan": twists.in_yuan,
    "zero a dash": twists.zero_dash,
    "zero blank": twists.zero_blank,
    "blank zero": twists.blank_zero,
    "wide digits": twists.wide_digits,
    "two sides": twists.beside,
}
TWISTED = ("html", "tabs", "printed", "one cell a line, no blanks")
"""The layouts that every twist is tried in; the others are tried as they stand."""

_TOLD = frozenset({Severity.ERROR, Severity.REVIEW})
_RIGHT = frozenset({Verdict.MATCH, Verdict.APPROXIMATE})
_SCALES = {"万元": Decimal(10000), "亿元": Decimal(100_000_000)}


@dataclass(slots=True)
class Score:
    """What became of one report in one layout.

    `cells` counts the values read right, doubtful, misread (a value under labels that have none such) and missing;
    `links` the claims that matched and still do, or do no more; `alarms` are findings the report itself has not,
    `lost` those it has and the rendering has not. `misread` quotes the cells.
    """

    report: str
    layout: str
    twist: str
    cells: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    alarms: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)


def score(name: str, page: Page, layout: str, twist: str, knowledge: Knowledge, model: Model) -> Score | None:
    """Returns what becomes of a page in a layout, None where the twist changes nothing in it."""
    change = TWISTS[twist]
    if not twists.applies(change, page):
        return None
    made = Score(name, layout, twist)
    before = _audited(markup.spans(page), name, knowledge, model)
    try:
        after = _audited(LAYOUTS[layout](change(page)), name, knowledge, model)
    except InputError as error:
        made.alarms.append(f"not read: {error.code}")
        return made
    _cells(made, before, after)
    _links(made, before, after)
    told, tells = (
        Counter(_key(result, item) for item in result.findings if item.severity in _TOLD)
        for result in (before, after)
    )
    made.alarms = sorted((tells - told).elements())
    made.lost = sorted((told - tells).elements())
    return made


def _audited(data: bytes, name: str, knowledge: Knowledge, model: Model) -> Result:
    return audit(read_bytes(data, name, knowledge), knowledge, model)


def _cells(made: Score, before: Result, after: Result) -> None:
    truth = Counter(map(_cell, _values(before)))
    for figure in _values(after):
        key = _cell(figure)
        if truth[key]:
            truth[key] -= 1
            made.cells["right"] += 1
        elif figure.doubt:
            made.cells["doubtful"] += 1
        elif key[-1] or made.twist != "blank zero":  # which has more zeros than the report
            made.cells["misread"] += 1
            made.misread.append(" ".join(map(str, key)))
    made.cells["missing"] += sum(count for key, count in truth.items() if key[-1])


def _values(result: Result) -> list[Figure]:
    return [figure for figure in result.reading.figures if figure.state is CellState.VALUE]


def _cell(figure: Figure) -> tuple[str, str, Decimal]:
    """Returns the labels of a value and the value in its smallest unit."""
    scale = _SCALES.get(figure.unit, Decimal(1))
    value = (figure.value or Decimal(0)) * scale
    if figure.indicator:
        return figure.indicator, "", value
    return _bare(figure.row_label), _bare(figure.column_path[-1] if figure.column_path else ""), value


def _bare(label: str) -> str:
    folded = "".join(fold_widths(label).split())
    for unit in _SCALES:
        folded = folded.removesuffix(f"({unit})")
    return folded.removesuffix("(元)")


def _links(made: Score, before: Result, after: Result) -> None:
    """Claims are the same in both: nothing but tables has changed."""
    quotes = [
        Counter(
            f"{claim.indicator} {claim.text}"
            for claim in result.claims
            if result.verdicts[claim.id] in _RIGHT
        )
        for result in (before, after)
    ]
    made.links["kept"] += (quotes[0] & quotes[1]).total()
    made.links["no more"] += (quotes[0] - quotes[1]).total()
    made.links["new"] += (quotes[1] - quotes[0]).total()


def _key(result: Result, finding: Finding) -> str:
    """Returns a finding by its code, its claims and what stands there: nothing that depends on how a table is set."""
    claims = {claim.id: claim.text for claim in result.claims}
    quoted = " ".join(sorted(claims[each] for each in finding.claims))
    figures = {figure.id: figure for figure in result.reading.figures}
    cells = "" if finding.claims else " ".join(sorted(figures[each].row_label for each in finding.figures))
    return f"{finding.code} {quoted} {_bare(cells)}"
