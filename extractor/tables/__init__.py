"""Tables to figures: any grid by its own labels, the national forms by theirs, whatever the layout."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from ..data import CellState, Figure, Problem, Reading, Report, Table
from ..knowledge import Knowledge
from ..knowledge.templates import Templates
from .choosing import choose
from .figures import form_figures, free_figures, placed, vanished_figures
from .lines import COLUMNS, Header, Line, blank, grid_lines, heads
from .remarks import remarked
from .stream import stream_lines
from .years import dated

__all__ = ["read_figures"]


def read_figures(report: Report, knowledge: Knowledge) -> Reading:
    """Returns every figure of the report's tables, in the order of the text, and the form they follow.

    A value that damage in the source leaves open carries a `doubt`; a table nothing could be read from
    is a `Problem`. Blank cells of rows that only head or fill a table are none of its figures.
    """
    templates = knowledge.templates
    lines = _lines(report, templates)
    forms = [placed(report, lines, fit, templates) for fit in choose(lines, templates)]
    owners = {number: form for form in forms for number in form.fit.places}
    owned = {lines[number].table.id for number in owners}
    readable = owned | {
        line.table.id
        for line in lines
        if not line.stream and any(item.content.state is CellState.VALUE for item in line.items)
    }
    figures: list[Figure] = []
    for number, line in enumerate(lines):
        if line.table.id not in readable:
            continue
        form = owners.get(number)
        if form is not None:
            if number in form.vanished:
                figures.extend(vanished_figures(number, line, form, len(figures) + 1))
            figures.extend(form_figures(number, line, form, templates, len(figures) + 1))
        elif heads(line, lines[number + 1] if number + 1 < len(lines) else None):
            continue  # a heading, whose blank cells stand for nothing
        elif not line.stream and not (blank(line) and (line.table.id in owned or not line.labels)):
            figures.extend(free_figures(line, templates, len(figures) + 1))
    problems = [
        Problem("table.unread", report.source, table.id)
        for table in report.tables
        if not table.cells and table.id not in readable
    ]
    unsure = Counter(
        figure.table for figure in figures if figure.doubt == COLUMNS and figure.indicator is None
    )
    problems += [
        Problem("table.columns_open", report.source, table, {"count": count})
        for table, count in unsure.items()
    ]
    if len(forms) > 1:
        names = "、".join(form.fit.index.template.id for form in forms)
        problems.append(Problem("table.templates_mixed", report.source, params={"templates": names}))
    best = forms[0].fit if forms else None
    signs = knowledge.discourse.periods.report
    return Reading(
        tuple(remarked(dated(figures, report.text, signs), report.tables, templates)),
        "" if best is None else best.index.template.id,
        Decimal(0) if best is None else best.score,
        tuple(problems),
    )


def _lines(report: Report, templates: Templates) -> list[Line]:
    """Returns the lines of all tables; one that goes on with the table before keeps its header and caption."""
    lines: list[Line] = []
    header, before = Header(), None
    for table in report.tables:
        if not table.cells:
            header, before = Header(), None
            lines.extend(stream_lines(report, table, templates))
            continue
        if before is None or not _goes_on(report, before, table):
            header = Header()
        elif not table.caption:
            table = replace(table, caption=before.caption)
        lines.extend(grid_lines(table, templates, header))
        before = table
    return lines


def _goes_on(report: Report, before: Table, table: Table) -> bool:
    """Returns whether a table is the next page of the one before: as wide, and no narrative between them."""
    return before.columns == table.columns and not any(
        region.kind == "narrative"
        and report.text[max(region.start, before.end) : min(region.end, table.start)].strip()
        for region in report.regions
    )
