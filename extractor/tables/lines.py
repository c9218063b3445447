"""A grid to lines: the labels before the values of each row, and the header above each value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..data import Cell, CellState, Table
from ..knowledge.templates import Templates
from .labels import normal
from .values import Content, read_cell


@dataclass(frozen=True, slots=True)
class Item:
    """A value cell: where it stands, what it holds, the labels above it; `doubt` is a code, "" where sure."""

    cell: Cell
    content: Content
    header: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The values of one row under one label.

    `labels` are the stub labels, outermost first; the last is the row's own, and there may be none.
    `above` is the text of the labels met since the line before: headings, headers, its own run in a stream.
    `stream` lines have a whole run of text for a label, and items that may be several cells glued.
    """

    table: Table
    row: int
    labels: tuple[str, ...]
    items: tuple[Item, ...]
    unit: str = ""
    section: str = ""
    above: str = ""
    stream: bool = False


@dataclass(slots=True)
class _Header:
    """The header rows in force; the next one after a row of values starts a new header."""

    rows: list[list[Cell]]
    closed: bool = False

    def add(self, cells: Sequence[Cell]) -> None:
        if self.closed:
            self.rows, self.closed = [], False
        self.rows.append([cell for cell in cells if cell.text.strip()])

    def above(self, cell: Cell) -> tuple[str, ...]:
        """Returns the labels over `cell`, outermost first, each once."""
        found = [
            head.text
            for cells in self.rows
            for head in cells
            if head.column <= cell.column < head.column_end or cell.column <= head.column < cell.column_end
        ]
        return tuple(dict.fromkeys(found))


def grid_lines(table: Table, templates: Templates) -> list[Line]:
    """Returns the lines of a table with cells, in order; a row of two label–value pairs gives two."""
    rows = _rows(table)
    contents = {cell: read_cell(cell.text, templates) for cells in rows for cell in cells}
    units = _unit_columns(table, contents, templates)
    stub = _stub(rows, contents, units)
    header = _Header([])
    lines: list[Line] = []
    section = above = ""
    for number, cells in enumerate(rows):
        labels = [cell for cell in cells if contents[cell].is_label]
        own = [cell for cell in labels if cell.row == number]
        values = [cell for cell in cells if _is_value(cell, contents, units)]
        filled = any(contents[cell].state is not CellState.BLANK for cell in values)
        above += "".join(cell.text for cell in labels if cell.row == number)
        if not filled and (not values or not labels or any(cell.column >= stub for cell in own)):
            if len(own) == 1 and len(labels) == 1 and (not values or own[0].column < stub):
                section = own[0].text
                if own[0].column_end - own[0].column < table.columns and own[0].column >= stub:
                    header.add(cells)
            elif labels:
                header.add([cell for cell in cells if contents[cell].is_label])
            continue
        header.closed = True
        for group_labels, group_values, unit in _groups(cells, contents, units):
            items = tuple(Item(cell, contents[cell], header.above(cell)) for cell in group_values)
            lines.append(Line(table, number, group_labels, items, unit, section, above))
        above = ""
    return lines


def _rows(table: Table) -> list[list[Cell]]:
    """Returns the cells of every row in order, with those whose span reaches down into it."""
    rows: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        for number in range(cell.row, min(cell.row_end, table.rows)):
            rows[number].append(cell)
    for cells in rows:
        cells.sort(key=lambda cell: cell.column)
    return rows


def _unit_columns(
    table: Table, contents: dict[Cell, Content], templates: Templates
) -> frozenset[int]:
    """Returns the columns that hold units: by their header, or because nothing else is in them."""
    found = {cell.column for cell in table.cells if normal(cell.text) in templates.words.unit_headers}
    units: dict[int, int] = {}
    others: dict[int, int] = {}
    for cell in table.cells:
        content = contents.get(cell)
        if content is None or content.state is CellState.BLANK:
            continue
        count = units if content.is_unit else others
        count[cell.column] = count.get(cell.column, 0) + 1
    found.update(column for column, count in units.items() if count > 2 * others.get(column, 0) and count > 1)
    return frozenset(found)


def _stub(rows: Sequence[Sequence[Cell]], contents: dict[Cell, Content], units: frozenset[int]) -> int:
    """Returns the first column that holds values behind a label; where no row has any, the first blank one."""
    filled: list[int] = []
    blank: list[int] = []
    for cells in rows:
        behind = False
        for cell in cells:
            content = contents[cell]
            if content.is_label:
                behind = True
            elif behind and cell.column not in units and not content.is_unit:
                if content.state in (CellState.VALUE, CellState.SLASH):
                    filled.append(cell.column)
                    break
                if content.state is CellState.BLANK:
                    blank.append(cell.column)
    return min(filled or blank, default=1)


def _is_value(cell: Cell, contents: dict[Cell, Content], units: frozenset[int]) -> bool:
    content = contents[cell]
    return not content.is_label and not content.is_unit and cell.column not in units


def _groups(
    cells: Iterable[Cell], contents: dict[Cell, Content], units: frozenset[int]
) -> list[tuple[tuple[str, ...], list[Cell], str]]:
    """Returns (labels, value cells, unit) for each label–value group of a row.

    Values before the first label are serial numbers or codes; words behind the last value are remarks
    and stay with its values.
    """
    ordered = list(cells)
    kinds = ["L" if contents[cell].is_label else "V" if _is_value(cell, contents, units) else "U" for cell in ordered]
    first = kinds.index("L") if "L" in kinds else 0
    groups: list[tuple[tuple[str, ...], list[Cell], str]] = []
    labels: list[str] = []
    values: list[Cell] = []
    unit = ""
    for place in range(first, len(ordered)):
        cell, kind = ordered[place], kinds[place]
        if kind == "U":
            unit = unit or contents[cell].unit
        elif kind == "V":
            values.append(cell)
        elif not values:
            labels.append(cell.text)
        elif any(contents[later].state is CellState.VALUE for later in ordered[place + 1 :] if _is_value(later, contents, units)):
            groups.append((tuple(labels), values, unit))
            labels, values, unit = [cell.text], [], ""
        else:
            values.append(cell)
    if values:
        groups.append((tuple(labels), values, unit))
    return groups
