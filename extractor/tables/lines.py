"""A grid to lines: the labels before the values of each row, and the header above each value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ..data import Cell, CellState, Table
from ..knowledge.templates import Templates
from ..numerals import INNER_MARK, ITEM_MARK
from ..widths import fold_widths
from .labels import normal
from .serials import unnumbered
from .values import Content, read_cell

_LONGEST_UNIT_HEADER = 8
_LONGEST_COVER = 12
_BY_BLANKS = "blanks"
COLUMNS = "columns"
"""The doubt of a value whose column is not known."""
_SIDE = 2  # labels of the second side that make it one
# How labels are numbered, from the outermost in: 一、 (一) 1. (1)
_NUMBERINGS = tuple(
    re.compile(pattern)
    for pattern in (
        ITEM_MARK,
        INNER_MARK,
        r"\d{1,2}[.、](?!\d)",
        r"\(\d{1,2}\)",
    )
)


class Item(NamedTuple):
    """A value cell: where it stands, what it holds, the labels above it; `doubt` is a code, "" where sure."""

    cell: Cell
    content: Content
    header: tuple[str, ...] = ()
    doubt: str = ""


class Line(NamedTuple):
    """The values of one row under one label.

    `labels` are the stub labels, outermost first; the last is the row's own, and there may be none.
    `above` is the text of the labels met since the line before: headings, headers, its own run in a stream.
    `over` are the labels of the rows it stands under, by its numbering or its codes, outermost first.
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
    over: tuple[str, ...] = ()


def blank(line: Line) -> bool:
    """Returns whether no cell of the line holds anything."""
    return all(item.content.state is CellState.BLANK for item in line.items)


def heads(line: Line, following: Line | None) -> bool:
    """Returns whether a line without values is the numbered heading of the next, which stands deeper or has none."""
    if following is None or not blank(line) or not line.labels or following.table is not line.table:
        return False
    own = _numbering(line.labels[-1])
    below = _numbering(following.labels[-1]) if following.labels else None
    return own is not None and not blank(following) and (below is None or below > own)


@dataclass(slots=True)
class Header:
    """The header rows in force; the next one after a row of values starts a new header.

    `section` is the last label that stood alone in its row, `above` the labels met since the last values. `found` are
    the labels over the columns asked for so far.
    """

    rows: list[list[Cell]] = field(default_factory=list)
    closed: bool = False
    section: str = ""
    above: str = ""
    found: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)

    def add(self, cells: Iterable[Cell]) -> None:
        """Adds a header row; the first one behind values starts anew."""
        if self.closed:
            self.rows, self.closed = [], False
        self.rows.append(list(cells))
        self.found.clear()

    def over(self, cell: Cell) -> tuple[str, ...]:
        """Returns the labels over `cell`, outermost first, each once."""
        columns = cell.column, cell.column_end
        if columns not in self.found:
            self.found[columns] = self._over(cell)
        return self.found[columns]

    def _over(self, cell: Cell) -> tuple[str, ...]:
        found = [
            head.text
            for cells in self.rows
            for head in cells
            if head.column <= cell.column < head.column_end or cell.column <= head.column < cell.column_end
        ]
        return tuple(dict.fromkeys(found))


class _Read(NamedTuple):
    """A cell, what it holds, and whether that is a label (L), a unit (U) or a value (V)."""

    cell: Cell
    content: Content
    kind: str


_COLUMN = attrgetter("cell.column")


def grid_lines(table: Table, templates: Templates, header: Header) -> list[Line]:
    """Returns the lines of a table with cells, in order; a row of two label–value pairs gives two.

    `header` is what the table before left in force where this one goes on with it; it is kept up to date.
    """
    if _is_cover(table, templates):
        return []
    rows = _rows(table, templates)
    stub = _stub(rows)
    sides = _sides(rows)
    short = _short(table)
    lines: list[Line] = []
    tree: list[tuple[int, str]] = []
    for number, cells in enumerate(rows):
        labels = [read.cell for read in cells if read.kind == "L"]
        own = [cell for cell in labels if cell.row == number]
        values = [read.content.state for read in cells if read.kind == "V"]
        header.above += "".join([cell.text for cell in own])
        filled = values.count(CellState.BLANK) < len(values)
        behind = (
            all(cell.column < stub or (header.closed and cell.column in sides) for cell in own)
            if labels
            else bool(header.rows) and not header.closed
        )
        if filled or (values and behind):
            header.closed = True
            for names, group, unit in _groups(cells, sides):
                items = tuple(
                    Item(read.cell, read.content, header.over(read.cell), COLUMNS if number in short else "")
                    for read in group
                )
                over = under(tree, depth_of(names[-1], cells), names[-1]) if names else ()
                lines.append(Line(table, number, names, items, unit, header.section, header.above, over=over))
            header.above = ""
        elif len(labels) == len(own) == 1:
            header.section = own[0].text
            if own[0].column >= stub:
                header.add(own)
        elif labels:
            below = rows[number + 1] if number + 1 < len(rows) else []
            header.add(_stretched(cells, below, stub))
    return lines


def _short(table: Table) -> frozenset[int]:
    """Returns the rows parted by blanks with fewer fields than the table has columns: which are missing is not told."""
    if table.layout != _BY_BLANKS:
        return frozenset()
    fields = Counter(
        row
        for cell in table.cells
        for row in range(cell.row, cell.row_end)
        for _ in range(cell.column, cell.column_end)
    )
    return frozenset(row for row, count in fields.items() if count < table.columns)


def _stretched(cells: Sequence[_Read], below: Sequence[_Read], stub: int) -> list[Cell]:
    """Returns the labels of a header row, each with the blank cells right of it where labels of the row below stand.

    A layout without spans leaves the cells blank over which a label would reach.
    """
    named = {read.cell.column for read in below if read.kind == "L"}
    found: list[Cell] = []
    for read in cells:
        cell = read.cell
        if read.kind == "L":
            found.append(cell)
        elif (
            read.content.state is CellState.BLANK
            and found
            and found[-1].column >= stub
            and found[-1].column_end == cell.column
            and cell.column in named
        ):
            found[-1] = replace(found[-1], column_end=cell.column_end)
    return found


def depth_of(label: str, cells: Sequence[_Read]) -> int | None:
    """Returns how deep a row stands, by the codes before its label (201 | 06 | 01) or its numbering; else None."""
    codes = 0
    for read in cells:
        if read.kind != "V":
            break
        codes += read.content.state is CellState.VALUE
    if codes:
        return codes
    return numbered(label)


@lru_cache(maxsize=2048)
def numbered(label: str) -> int | None:
    """Returns how deep the numbering of a label is, None where it has none."""
    return _numbering(label)


def _numbering(label: str) -> int | None:
    """Returns how deep the numbering before a label goes, None without one."""
    text = fold_widths(label).lstrip()
    return next((depth for depth, pattern in enumerate(_NUMBERINGS, 1) if pattern.match(text)), None)


def under(tree: list[tuple[int, str]], depth: int | None, label: str) -> tuple[str, ...]:
    """Returns the labels of the rows a row stands under, and puts it into the `tree` of open rows."""
    if depth is None:
        return ()
    while tree and tree[-1][0] >= depth:
        tree.pop()
    over = tuple(text for _, text in tree)
    tree.append((depth, label))
    return over


def _is_cover(table: Table, templates: Templates) -> bool:
    """Returns whether the table is a cover (索引号, 发布机构, 文号) that holds no data."""
    if table.rows > _LONGEST_COVER:
        return False
    return len({label for cell in table.cells if (label := normal(cell.text)) in templates.words.cover}) > 1


def _rows(table: Table, templates: Templates) -> list[list[_Read]]:
    """Returns the cells of every row in order, with those whose span reaches down into it."""
    read = unnumbered([(cell, read_cell(cell.text, templates)) for cell in table.cells], templates)
    units = _unit_columns(read, templates)
    among = units.intersection(cell.column for cell, content in read if content.is_unit)
    numbers = {cell.column for cell, content in read if content.value is not None}
    rows: list[list[_Read]] = [[] for _ in range(table.rows)]
    for cell, content in read:
        column = cell.column
        if content.state is not CellState.TEXT:
            kind = "U" if column in units else "V"
        elif content.is_unit:
            kind = "L" if column in numbers and column not in units else "U"
        elif content.is_label and column in among and _unit_like(cell, templates):
            kind, content = "U", replace(content, unit=normal(cell.text), is_unit=True)
        else:
            kind = "L" if content.is_label else "U" if column in units else "V"
        item = _Read(cell, content, kind)
        if kind == "L":
            for number in range(cell.row, min(cell.row_end, table.rows)):
                rows[number].append(item)
        elif cell.row < table.rows:
            rows[cell.row].append(item)
    for cells in rows:
        cells.sort(key=_COLUMN)
    return rows


def _unit_like(cell: Cell, templates: Templates) -> bool:
    """Says whether a cell beside units may hold one that is in no list (台次): short words that are no header."""
    return (
        len(cell.text.strip()) <= _LONGEST_UNIT_HEADER
        and normal(cell.text) not in templates.words.unit_headers
    )


def _unit_columns(read: Sequence[tuple[Cell, Content]], templates: Templates) -> frozenset[int]:
    """Returns the columns that hold units: by their header, or because nothing else is in them."""
    found = {
        cell.column
        for cell, content in read
        if content.is_label
        and len(cell.text) <= _LONGEST_UNIT_HEADER
        and normal(cell.text) in templates.words.unit_headers
    }
    units = Counter([cell.column for cell, content in read if content.is_unit])
    if units:
        filled = Counter([cell.column for cell, content in read if content.state is not CellState.BLANK])
        found.update(
            column for column, count in units.items() if count > 1 and 3 * count > 2 * filled[column]
        )
    return frozenset(found)


def _stub(rows: Sequence[Sequence[_Read]]) -> int:
    """Returns the first column that holds values behind a label; where no row has any, the first blank one.

    Where numbers stand only in rows without labels (the one row of “三公”经费), all labels are headers: 0.
    """
    filled: list[int] = []
    blank: list[int] = []
    for cells in rows:
        behind = False
        for read in cells:
            behind = behind or read.kind == "L"
            if not behind or read.kind != "V":
                continue
            if read.content.state in (CellState.VALUE, CellState.SLASH):
                filled.append(read.cell.column)
                break
            if read.content.state is CellState.BLANK:
                blank.append(read.cell.column)
    if not filled and any(map(_only_numbers, rows)):
        return 0
    return min(filled or blank, default=1)


def _only_numbers(cells: Sequence[_Read]) -> bool:
    """Returns whether a row holds a number and no label."""
    states = {read.content.state if read.kind == "V" else CellState.TEXT for read in cells}
    return CellState.VALUE in states and CellState.TEXT not in states


def _sides(rows: Sequence[Sequence[_Read]]) -> frozenset[int]:
    """Returns the columns in which labels stand behind values of their row, with a value next to them, again and again.

    They are the second side of a table that sets income beside outlay; a label there begins a row even where it has
    no value.
    """
    found: Counter[int] = Counter()
    for cells in rows:
        behind = False
        for read, after in pairwise(cells):
            behind = behind or read.kind == "V"
            valued = after.kind == "V" and after.content.state is CellState.VALUE
            if behind and read.kind == "L" and valued:
                found[read.cell.column] += 1
    return frozenset(column for column, count in found.items() if count >= _SIDE)


def _groups(
    cells: Sequence[_Read], sides: AbstractSet[int]
) -> list[tuple[tuple[str, ...], list[_Read], str]]:
    """Returns (labels, values, unit) for each label–value group of a row.

    Values before the first label are serial numbers or codes; words behind the last value are remarks
    and stay with its values.
    """
    first = next((place for place, read in enumerate(cells) if read.kind == "L"), 0)
    groups: list[tuple[tuple[str, ...], list[_Read], str]] = []
    labels: list[str] = []
    values: list[_Read] = []
    unit = ""
    for place in range(first, len(cells)):
        read = cells[place]
        if read.kind == "U":
            unit = unit or read.content.unit
        elif read.kind == "V":
            values.append(read)
        elif not values:
            labels.append(read.cell.text)
        elif read.cell.column in sides or any(
            later.content.state is CellState.VALUE and later.kind == "V" for later in cells[place + 1 :]
        ):
            groups.append((tuple(labels), values, unit))
            labels, values, unit = [read.cell.text], [], ""
        else:
            values.append(read)
    if values:
        groups.append((tuple(labels), values, unit))
    return groups
