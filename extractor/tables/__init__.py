"""Tables to figures: any grid by its own labels, the national forms by theirs, whatever the layout."""

from __future__ import annotations

from decimal import Decimal

from ..data import CellState, Figure, Problem, Reading, Report
from ..knowledge import Knowledge
from .figures import form_figures, free_figures, placed, vanished_figures
from .lines import Line, grid_lines
from .matching import choose
from .stream import stream_lines

__all__ = ["read_figures"]


def read_figures(report: Report, knowledge: Knowledge) -> Reading:
    """Returns every figure of the report's tables, in the order of the text, and the form they follow.

    A value that damage in the source leaves open carries a `doubt`; a table nothing could be read from
    is a `Problem`.
    """
    templates = knowledge.templates
    lines: list[Line] = []
    for table in report.tables:
        lines.extend(grid_lines(table, templates) if table.cells else stream_lines(report, table, templates))
    forms = [placed(report, lines, fit, templates) for fit in choose(lines, templates)]
    owners = {number: form for form in forms for number in form.fit.places}
    readable = {lines[number].table.id for number in owners} | {
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
            figures.extend(vanished_figures(number, line, form, len(figures) + 1))
            figures.extend(form_figures(number, line, form, templates, len(figures) + 1))
        elif not line.stream:
            figures.extend(free_figures(line, templates, len(figures) + 1))
    problems = [
        Problem("table.unread", report.source, table.id)
        for table in report.tables
        if not table.cells and table.id not in readable
    ]
    if len(forms) > 1:
        names = "、".join(form.fit.index.template.id for form in forms)
        problems.append(Problem("table.templates_mixed", report.source, params={"templates": names}))
    best = forms[0].fit if forms else None
    return Reading(
        tuple(figures),
        "" if best is None else best.index.template.id,
        Decimal(0) if best is None else best.score,
        tuple(problems),
    )
