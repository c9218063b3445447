"""Tables to figures: any grid by its own labels, the national forms by theirs, whatever the layout."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ..data import CellState, Figure, Problem, Reading, Report
from ..knowledge import Knowledge
from .figures import free_figures, placed_figures
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
    fits = choose(lines, templates)
    by_line: dict[int, list[Figure]] = {}
    for fit in fits:
        by_line.update(placed_figures(report, lines, fit, templates))
    figures: list[Figure] = []
    for number, line in enumerate(lines):
        found = by_line.get(number)
        if found is None:
            found = [] if line.stream else list(free_figures(line, templates))
        figures.extend(found)
    values = {figure.table for figure in figures if figure.indicator or figure.state is CellState.VALUE}
    kept = [figure for figure in figures if figure.table in values]
    problems = [
        Problem("table.unread", report.source, table.id) for table in report.tables if table.id not in values
    ]
    if len(fits) > 1:
        names = "、".join(fit.index.template.id for fit in fits)
        problems.append(Problem("table.templates_mixed", report.source, params={"templates": names}))
    return Reading(
        tuple(replace(figure, id=f"F{number}") for number, figure in enumerate(kept, 1)),
        fits[0].index.template.id if fits else "",
        fits[0].score if fits else Decimal(0),
        tuple(problems),
    )
