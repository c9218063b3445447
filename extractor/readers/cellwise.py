"""Tables of one cell a line without any mark: how many columns they have, their own regularity tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..data import Cell, Table
from ..knowledge import Layout
from .lines import Line
from .stream import is_number

_LEAST_COLUMNS, _MOST_COLUMNS = 2, 8
_LEAST_ROWS = 3
_CAPTIONS = 3  # so many lines may stand over the first row of a table
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")  # of a class, an item or a sub-item of the budget
_CODED = 3  # so many columns at least has a table with a column of codes
_NAMED = 2  # of which so many hold code and name


class _Row(NamedTuple):
    """A row of `size` cells, line after line from `start`, the first of them in `column`."""

    start: int
    column: int
    size: int


class _Grid(NamedTuple):
    """A table in a run of lines: its rows, and the line behind the last; each cell of the first has `span` columns."""

    rows: tuple[_Row, ...]
    last: int
    columns: int
    span: int = 1


def find_grids(lines: Sequence[Line], layout: Layout) -> list[Table]:
    """Returns the tables that lines of one cell each come to, in order, one for each caption among them.

    Under a header of words alone every row has words and numbers in the same columns, and words in the first or
    behind a code. What is not that regular to its last number is a stream.
    """
    found: list[Table] = []
    for part in _parts([line for line in lines if line.text], layout):
        numbers = [is_number(line.text) for line in part]
        grids: list[_Grid] = []
        at = 0
        while any(numbers[at:]):
            grid = _grid(part, numbers, at)
            if grid is None:
                break
            grids.append(grid)
            at = grid.last
        if any(numbers[at:]):
            found.append(Table("", part[0].start, part[-1].end, "stream"))
        else:
            found += [_table(part, grid) for grid in grids]
    return found if any(table.cells for table in found) else []


def _parts(lines: Sequence[Line], layout: Layout) -> Iterator[Sequence[Line]]:
    """Yields the lines of each table: up to the next caption behind a number, without the captions it opens with."""
    captions = [layout.caption.fullmatch(line.text) is not None for line in lines]
    start = 0
    for place in range(1, len(lines) + 1):
        if place < len(lines) and not (captions[place] and is_number(lines[place - 1].text)):
            continue
        while start < place and captions[start]:
            start += 1
        if any(is_number(line.text) for line in lines[start:place]):
            yield lines[start:place]
        start = place


def _grid(lines: Sequence[Line], numbers: Sequence[bool], at: int) -> _Grid | None:
    """Returns the first grid that begins at `at` or behind its captions."""
    for first in range(at, at + _CAPTIONS + 1):
        for columns in range(_LEAST_COLUMNS, _MOST_COLUMNS + 1):
            body = first + columns
            if any(numbers[first:body]):
                break
            read = (_coded(lines, numbers, body, columns), _plain(numbers, body, columns))
            rows, last = max(read, key=lambda found: found[1])  # a code is no number of the row before
            if len(rows) < _LEAST_ROWS:
                continue
            above = first - at
            if above > 1 and columns % above == 0:
                over = _Row(at, 0, above)
                return _Grid((over, _Row(first, 0, columns), *rows), last, columns, columns // above)
            return _Grid((_Row(first, 0, columns), *rows), last, columns)
    return None


def _plain(numbers: Sequence[bool], body: int, columns: int) -> tuple[list[_Row], int]:
    """Returns the rows from `body` that are like the first: words in its first column, a number in some."""
    pattern = numbers[body : body + columns]
    rows: list[_Row] = []
    if not any(pattern) or pattern[0] or len(pattern) < columns:
        return rows, body
    while numbers[body : body + columns] == pattern:
        rows.append(_Row(body, 0, columns))
        body += columns
    return rows, body


def _coded(lines: Sequence[Line], numbers: Sequence[bool], body: int, columns: int) -> tuple[list[_Row], int]:
    """Returns the rows from `body` of a code, a name and numbers; the row of the total has no code.

    Of a row of fewer numbers only the first, its total, has a column that can be told.
    """
    rows: list[_Row] = []
    while columns >= _CODED:
        code = _is_code(lines, numbers, body)
        name = body + code
        last = name + 1
        while last < len(lines) and numbers[last] and not _is_code(lines, numbers, last):
            last += 1
        count = last - name - 1
        if name >= len(lines) or numbers[name] or not 0 < count <= columns - _NAMED:
            break
        told = count if count == columns - _NAMED else 1
        rows.append(_Row(body, 0 if code else 1, name + 1 + told - body))
        body = last
    coded = any(row.column == 0 for row in rows)
    return (rows, body) if coded else ([], 0)


def _is_code(lines: Sequence[Line], numbers: Sequence[bool], place: int) -> bool:
    """Says whether a line holds a code of the budget: it stands before its name."""
    named = place + 1 < len(lines) and not numbers[place + 1]
    return named and _CODE.fullmatch(lines[place].text) is not None


def _table(lines: Sequence[Line], grid: _Grid) -> Table:
    cells = []
    for number, row in enumerate(grid.rows):
        span = grid.span if number == 0 else 1
        for place in range(row.size):
            line, left = lines[row.start + place], row.column + place * span
            cells.append(Cell(number, number + 1, left, left + span, line.start, line.end, line.text))
    start, end = lines[grid.rows[0].start].start, lines[grid.last - 1].end
    return Table("", start, end, "lines", tuple(cells), len(grid.rows), grid.columns)
