"""Placed lines to figures: each value with its row, column, indicator, unit, and what is doubtful about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..data import Cell, CellState, Figure, Report
from ..formulas import Identity
from ..knowledge.templates import Block, Column, Row, Templates
from .labels import LabelIndex, normal
from .lines import Item, Line
from .matching import Fit, Place
from .splitting import Cut, Run, cut, join
from .values import Content, read_cell, unit_in

GLUED = "glued"
SPLIT = "split"
TORN = "torn"
COLUMNS = "columns"
_HEADER_YEAR = re.compile(r"(?:19|20)\d{2}(?=\s*年|$)")


@dataclass(frozen=True, slots=True)
class Valued:
    """An item with the column of the form it stands in (None where that is not known)."""

    item: Item
    column: Column | None


def placed_figures(
    report: Report, lines: Sequence[Line], fit: Fit, templates: Templates
) -> dict[int, list[Figure]]:
    """Returns the figures of every line the form has a place for, by the number of the line; ids are unset."""
    torn = {place.block for place in fit.places.values() if place.how == "order"}
    cuts = _cut_glued(lines, fit, report, templates)
    figures: dict[int, list[Figure]] = {}
    for number in sorted(fit.places):
        place, line = fit.places[number], lines[number]
        block = fit.index.template.blocks[place.block]
        row = None if place.row is None else block.rows[place.row]
        if row is not None and row.heading:
            figures[number] = []
            continue
        valued = cuts.get(number) or _columns(line, block, fit.index, place.block, templates)
        figures[number] = [
            _figure(line, entry, block, row, place, fit, torn=place.block in torn, templates=templates)
            for entry in valued
            if not _is_remark(entry.item, templates)
        ]
    return figures


def free_figures(line: Line, templates: Templates) -> Iterator[Figure]:
    """Yields the figures of a line no form knows, from its own labels; ids are unset."""
    if not line.labels and not any(item.header for item in line.items):
        return
    label = line.labels[-1] if line.labels else ""
    caption = line.table.caption
    for item in line.items:
        if _is_remark(item, templates):
            continue
        header = item.header[-1] if item.header else ""
        unit = (
            item.content.unit
            or line.unit
            or unit_in(label, templates)
            or next(filter(None, (unit_in(text, templates) for text in reversed(item.header))), "")
            or unit_in(line.section, templates)
            or unit_in(caption, templates)
        )
        path = (line.section, *line.labels) if line.section and line.section not in line.labels else line.labels
        yield _record(
            line, item, label, header, path, item.header, None, caption or line.section, unit,
            _period(item.header, templates), item.doubt,
        )  # fmt: skip


def _is_remark(item: Item, templates: Templates) -> bool:
    """Returns whether an item is words beside the values, not a way of writing no number."""
    if any(normal(label) in templates.words.note_headers for label in item.header):
        return True
    return item.content.state is CellState.TEXT and not item.content.note and not item.doubt


# ---------------------------------------------------------------- columns


def _columns(
    line: Line, block: Block, index: LabelIndex, number: int, templates: Templates
) -> list[Valued]:
    """Returns the items of a line with the columns of the block they stand in."""
    items = list(line.items)
    if block.kind == "list":
        return _list_columns(items, block, index.columns[number], templates)
    width = len(block.columns)
    while len(items) > width and items[-1].content.state is CellState.BLANK:
        items.pop()
    while len(items) > width and items[0].content.state is CellState.BLANK:
        items.pop(0)
    by_header = [] if block.kind == "line" else [_by_header(item, index.columns[number]) for item in items]
    known = [place for place in by_header if place is not None]
    if known and len(known) == len(items) == len(set(known)):
        return [Valued(item, block.columns[place]) for item, place in zip(items, known, strict=True)]
    if len(items) == width:
        return [Valued(item, column) for item, column in zip(items, block.columns, strict=True)]
    if line.stream:
        column = block.columns[0] if len(items) == 1 else None
        return [Valued(replace(item, doubt=GLUED), column) for item in items]
    found: list[Valued] = []
    for place, item in zip(by_header, items, strict=True) if by_header else ((None, item) for item in items):
        sure = place is not None and known.count(place) == 1
        found.append(Valued(item if sure else replace(item, doubt=COLUMNS), block.columns[place] if place is not None and sure else None))
    return found


def _by_header(item: Item, columns: Mapping[str, tuple[int, ...]]) -> int | None:
    for label in reversed(item.header):
        places = columns.get(normal(label))
        if places is not None and len(places) == 1:
            return places[0]
    return None


def _list_columns(
    items: Sequence[Item], block: Block, columns: Mapping[str, tuple[int, ...]], templates: Templates
) -> list[Valued]:
    """Returns the values of a list's row: the year's first, then what its header says (历年累计, 上年)."""
    found: list[Valued] = []
    years = [max(_years(item), default=0) for item in items]
    for number, item in enumerate(items):
        period = _period(item.header, templates)
        place = _by_header(item, columns)
        if period:
            column = next((column for column in block.columns if column.period == period), None)
        elif years[number] and years[number] < max(years):
            column = None
        elif place is not None:
            column = block.columns[place]
        elif number == 0 or years[number]:
            column = block.columns[0]
        else:
            column = None
        taken = column is not None and any(entry.column is column for entry in found)
        found.append(Valued(item, None if taken else column))
    return found


def _years(item: Item) -> list[int]:
    return [int(year) for label in item.header for year in _HEADER_YEAR.findall(label)]


def _period(header: Sequence[str], templates: Templates) -> str:
    for label in reversed(header):
        own = normal(label)
        for period, words in templates.words.periods.items():
            if any(word in own for word in words):
                return period
    return ""


# ---------------------------------------------------------------- glued cells


def _cut_glued(
    lines: Sequence[Line], fit: Fit, report: Report, templates: Templates
) -> dict[int, list[Valued]]:
    """Returns the cells of the stream lines whose items are fewer than the columns of their block."""
    jobs: list[tuple[int, Run, tuple[Column, ...]]] = []
    results: dict[int, list[Valued]] = {}
    cumulative = _has_optional(lines, fit)
    for number, place in sorted(fit.places.items()):
        line = lines[number]
        block = fit.index.template.blocks[place.block]
        row = None if place.row is None else block.rows[place.row]
        if not line.stream or (row is not None and row.heading):
            continue
        columns = tuple(
            column for column in block.columns if not column.optional or place.block in cumulative
        )
        if len(line.items) == len(columns):
            results[number] = [Valued(item, column) for item, column in zip(line.items, columns, strict=True)]
            continue
        run = join([block.indicator(row, column) for column in columns], line.items)
        if run is not None:
            jobs.append((number, run, columns))
        else:
            results[number] = _unread(line, columns)
    known = [_plain_run(number, results[number], fit) for number in results]
    runs = [run for _, run, _ in jobs] + [run for run in known if run is not None]
    for (number, run, columns), found in zip(jobs, cut(runs, _groups(fit)), strict=False):
        if found is None:
            results[number] = _unread(lines[number], columns)
        else:
            results[number] = _cells(lines[number], run, found, columns, report, templates)
    return results


def _has_optional(lines: Sequence[Line], fit: Fit) -> frozenset[int]:
    """Returns the blocks whose optional columns are named in the text above their lines."""
    found: set[int] = set()
    for number, place in fit.places.items():
        block = fit.index.template.blocks[place.block]
        above = normal(lines[number].above)
        for column in block.columns:
            if column.optional and any(normal(label) in above for label in column.labels):
                found.add(place.block)
    return frozenset(found)


def _plain_run(number: int, valued: Sequence[Valued], fit: Fit) -> Run | None:
    """Returns the run of a line whose cells the source parts, so that the others can be held against it."""
    place = fit.places[number]
    block = fit.index.template.blocks[place.block]
    row = None if place.row is None else block.rows[place.row]
    columns = [entry.column for entry in valued if entry.column is not None]
    return join([block.indicator(row, column) for column in columns], [entry.item for entry in valued])


def _groups(fit: Fit) -> list[list[Identity]]:
    groups: dict[str, list[Identity]] = {}
    for entry in fit.index.template.identities:
        groups.setdefault(entry.key, []).append(entry.formula)
    return list(groups.values())


def _cells(
    line: Line, run: Run, found: Cut, columns: Sequence[Column], report: Report, templates: Templates
) -> list[Valued]:
    first = line.items[0].cell
    valued: list[Valued] = []
    for number, ((start, end), column) in enumerate(zip(found.spans, columns, strict=True)):
        left, right = run.places[start], run.places[end - 1] + 1
        cell = Cell(first.row, first.row_end, number, number + 1, left, right, report.text[left:right])
        content = read_cell(run.text[start:end], templates)
        if end == len(run.text) and line.items[-1].content.unit:
            content = replace(content, unit=line.items[-1].content.unit)
        valued.append(Valued(Item(cell, content, (), SPLIT if number in found.doubtful else ""), column))
    return valued


def _unread(line: Line, columns: Sequence[Column]) -> list[Valued]:
    """Returns a cell without value for each column: the source holds it, but where it begins nobody can say."""
    first, last = line.items[0].cell, line.items[-1].cell
    text = "".join(item.cell.text for item in line.items)
    whole = Content(CellState.TEXT)
    return [
        Valued(Item(Cell(first.row, first.row_end, number, number + 1, first.start, last.end, text), whole, (), GLUED), column)
        for number, column in enumerate(columns)
    ]


# ---------------------------------------------------------------- records


def _figure(
    line: Line, entry: Valued, block: Block, row: Row | None, place: Place, fit: Fit, *, torn: bool, templates: Templates
) -> Figure:
    item, column = entry.item, entry.column
    label = line.labels[-1] if line.labels and not line.stream else "" if row is None else row.label
    header = item.header[-1] if item.header else ""
    if column is not None and (not header or block.kind == "line"):
        header = column.label
    path = item.header or ((*column.path, column.label) if column is not None else ())
    named = "" if not line.stream else _tail_unit(line, fit.index)
    unit = (
        item.content.unit
        or line.unit
        or named
        or (unit_in(line.labels[-1], templates) if line.labels and not line.stream else "")
        or next(filter(None, (unit_in(text, templates) for text in reversed(item.header))), "")
        or (column.unit if column is not None else "")
        or (row.unit if row is not None else "")
        or block.unit
    )
    doubt = item.doubt
    if not doubt and torn and item.content.state is CellState.BLANK:
        doubt = TORN
    return _record(
        line, item, label, header, _ancestors(row, block), path,
        None if column is None else block.indicator(row, column),
        (column.group if column is not None and column.group else "") or (row.group if row is not None else ""),
        unit,
        column.period if column is not None else _period(item.header, templates),
        doubt,
    )  # fmt: skip


def _ancestors(row: Row | None, block: Block) -> tuple[str, ...]:
    """Returns the labels of the row and those above it, outermost first."""
    by_id = {entry.id: entry for entry in block.rows}
    labels: list[str] = []
    while row is not None:
        labels.append(row.label)
        row = by_id.get(row.parent)
    return tuple(reversed(labels))


def _tail_unit(line: Line, index: LabelIndex) -> str:
    run = line.labels[-1].rstrip()
    return next((unit for unit in index.units if run.endswith(unit) and normal(run) not in index.rows), "")


def _record(
    line: Line, item: Item, label: str, header: str, row_path: tuple[str, ...], column_path: tuple[str, ...],
    indicator: str | None, group: str, unit: str, period: str, doubt: str,
) -> Figure:  # fmt: skip
    cell = item.cell
    return Figure(
        id="",
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
        value=item.content.value,
        state=item.content.state,
        text=cell.text,
        unit=unit,
        start=cell.start,
        end=cell.end,
        doubt=doubt,
        note=item.content.note if item.content.state is CellState.VALUE else "",
        period=period,
    )
