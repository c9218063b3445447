"""Lines to figures: each value with its row, column, indicator, unit, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..data import Cell, CellState, Figure, Report
from ..knowledge.templates import Row, Templates
from .columns import Valued, columns_of, period_of
from .glued import cut_glued
from .labels import LabelIndex, normal
from .lines import COLUMNS, Item, Line
from .matching import Fit, Place, run_label
from .values import Content, unit_in

_PERCENT = "%"  # a column of it has no other unit, whatever the caption says
TORN = "torn"
"""The doubt of a blank cell in a table whose labels were torn off: its number may stand elsewhere."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The lines a form has places for: the cells of those that had to be cut, and the blocks torn apart.

    `vanished` are, by line of a stream, the rows named in the run before it whose blank cells left no trace.
    """

    fit: Fit
    cells: Mapping[int, list[Valued]]
    torn: frozenset[int]
    vanished: Mapping[int, list[int]]


def placed(report: Report, lines: Sequence[Line], fit: Fit, templates: Templates) -> Placed:
    """Returns what the figures of the lines of `fit` are made from."""
    torn = frozenset(place.block for place in fit.places.values() if place.how == "order")
    cells = cut_glued(lines, fit, report, templates)
    for number, place in fit.places.items():
        if place.columns:
            columns = fit.index.template.blocks[place.block].columns
            cells[number] = [
                Valued(item, columns[column])
                for item, column in zip(lines[number].items, place.columns, strict=True)
            ]
    return Placed(fit, cells, torn, _vanished(lines, fit))


def _vanished(lines: Sequence[Line], fit: Fit) -> dict[int, list[int]]:
    """Returns, by line, the rows between it and the line before whose labels stand in its run without a value."""
    found: dict[int, list[int]] = {}
    last = Place(-1, None, "")
    for number, place in sorted(fit.places.items()):
        line, before = lines[number], last
        last = place
        if not line.stream or place.row is None or place.block != before.block or before.row is None:
            continue
        rows = fit.index.template.blocks[place.block].rows
        run = run_label(line)
        missing = [
            row
            for row in range(before.row + 1, place.row)
            if not rows[row].heading
            and rows[row].id != rows[place.row].parent
            and any(label in run for label in fit.index.variants[place.block][row])
        ]
        if missing:
            found[number] = missing
    return found


def vanished_figures(number: int, line: Line, form: Placed, first: int) -> list[Figure]:
    """Returns the blank figures of the rows that a stream names before `line` without giving them a cell."""
    rows = form.vanished[number]
    block_number = form.fit.places[number].block
    block = form.fit.index.template.blocks[block_number]
    start = line.items[0].cell.start
    figures: list[Figure] = []
    for place in rows:
        row = block.rows[place]
        for column in (entry for entry in block.columns if not entry.optional):
            cell = Cell(line.row, line.row + 1, 0, 1, start, start, "")
            figures.append(
                _record(
                    first + len(figures),
                    line,
                    Item(cell, Content(CellState.BLANK)),
                    row.label,
                    column.label,
                    form.fit.index.paths[block_number][place],
                    (*column.path, column.label),
                    block.indicator(row, column),
                    row.group,
                    column.unit or row.unit or block.unit,
                    column.period,
                    "",
                )
            )
    return figures


def form_figures(number: int, line: Line, form: Placed, templates: Templates, first: int) -> list[Figure]:
    """Returns the figures of a line its form has a place for; `first` is the number of the first one's id."""
    index, place = form.fit.index, form.fit.places[number]
    block = index.template.blocks[place.block]
    row = None if place.row is None else block.rows[place.row]
    if row is not None and row.heading:
        return []
    path = () if place.row is None else index.paths[place.block][place.row]
    label = "" if row is None else row.label if line.stream or not line.labels else line.labels[-1]
    own_unit = _line_unit(line, index, templates)
    figures: list[Figure] = []
    for entry in form.cells.get(number) or columns_of(line, block, index, place.block, templates):
        item, column = entry.item, entry.column
        if _is_remark(item, templates):
            continue
        header, over, indicator, group, period = (
            "",
            item.header,
            None,
            row.group if row is not None else "",
            "",
        )
        if column is not None:
            header = column.label if block.kind == "line" else ""
            over = over or (*column.path, column.label)
            indicator, group, period = block.indicator(row, column), column.group or group, column.period
        else:
            period = entry.period or period_of(item.header, templates)
        unit = item.content.unit or own_unit or _header_unit(item.header, templates)
        if not unit and column is not None:
            named = unit_in(line.labels[-1], templates) if line.stream else ""
            unit = (named if len(block.columns) == 1 else "") or column.unit or named
        doubt = item.doubt
        if not doubt and place.block in form.torn and item.content.state is CellState.BLANK:
            doubt = TORN
        figures.append(
            _record(
                first + len(figures),
                line,
                item,
                label,
                header or (over[-1] if over else ""),
                path,
                over,
                indicator,
                group,
                unit or _row_unit(row) or block.unit,
                period,
                doubt,
            )
        )
    return figures


def free_figures(line: Line, templates: Templates, first: int) -> list[Figure]:
    """Returns the figures of a line no form knows, from its own labels; `first` as in `form_figures`."""
    if not line.labels and not any(item.header for item in line.items):
        return []
    if line.labels and normal(line.labels[-1]) in templates.words.number_headers:
        return []  # a row that numbers the columns
    label = line.labels[-1] if line.labels else ""
    caption = " ".join(line.table.caption.split())
    path = (*line.over, *line.labels)
    path = (line.section, *path) if line.section and line.section not in path else path
    own_unit = line.unit or unit_in(label, templates)
    outer_unit = unit_in(line.section, templates) or unit_in(caption, templates)
    values = [item for item in line.items if item.content.state is CellState.VALUE]
    untold = COLUMNS if len(values) > 1 and not any(item.header for item in values) else ""
    figures: list[Figure] = []
    for item in line.items:
        if _is_remark(item, templates):
            continue
        figures.append(
            _record(
                first + len(figures),
                line,
                item,
                label,
                item.header[-1] if item.header else "",
                path,
                item.header,
                None,
                caption or line.section,
                item.content.unit
                or _header_unit(item.header[-1:], templates)
                or own_unit
                or _header_unit(item.header, templates)
                or ("" if _PERCENT in "".join(item.header[-1:]) else outer_unit),
                period_of(item.header, templates),
                item.doubt or untold,
            )
        )
    return figures


def _is_remark(item: Item, templates: Templates) -> bool:
    """Returns whether an item is words beside the values or the number of a row, not a way of writing no number."""
    if item.header:
        if _of_remarks(item.header, templates):
            return True
        if _of_numbers(item.header, templates) and (
            item.content.value is None or item.cell.text.strip().isdigit()
        ):
            return True
    return item.content.state is CellState.TEXT and not item.content.note and not item.doubt


@lru_cache(maxsize=4096)
def _of_remarks(header: tuple[str, ...], templates: Templates) -> bool:
    """Returns whether the labels over a column say that it holds remarks."""
    return any(normal(label) in templates.words.note_headers for label in header)


@lru_cache(maxsize=4096)
def _of_numbers(header: tuple[str, ...], templates: Templates) -> bool:
    """Returns whether the labels over a column say that it numbers rows or holds the codes of subjects."""
    return any(normal(label) in templates.words.number_headers for label in header)


def _line_unit(line: Line, index: LabelIndex, templates: Templates) -> str:
    """Returns the unit of the whole line: from its unit cell, its label, or the end of its run of text."""
    if not line.stream:
        return line.unit or (unit_in(line.labels[-1], templates) if line.labels else "")
    run = line.labels[-1].rstrip()
    if normal(run) in index.rows:
        return ""
    return next((unit for unit in index.units if run.endswith(unit)), "")


@lru_cache(maxsize=4096)
def _header_unit(header: tuple[str, ...], templates: Templates) -> str:
    return next(filter(None, (unit_in(label, templates) for label in reversed(header))), "")


def _row_unit(row: Row | None) -> str:
    return "" if row is None else row.unit


def _record(
    number: int, line: Line, item: Item, label: str, header: str, row_path: tuple[str, ...],
    column_path: tuple[str, ...], indicator: str | None, group: str, unit: str, period: str, doubt: str,
) -> Figure:  # fmt: skip
    cell, content = item.cell, item.content
    return Figure(
        id=f"F{number}",
        table=line.table.id,
        row=cell.row,
        column=cell.column,
        address=f"{line.table.id}!R{cell.row + 1}C{cell.column + 1}",
        row_label=label,
        column_label=header,
        row_path=row_path,
        column_path=column_path,
        indicator=indicator,
        group=group,
        value=content.value,
        state=content.state,
        text=cell.text,
        unit=unit,
        start=cell.start,
        end=cell.end,
        doubt=doubt,
        note=content.note if content.state is CellState.VALUE else "",
        period=period,
    )
