"""Tables of one cell a line without any mark: how many columns they have, their own regularity tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..data import Cell, Table
from .lines import Line
from .stream import is_number

_LEAST_COLUMNS, _MOST_COLUMNS = 2, 8
_LEAST_ROWS = 3
_CAPTIONS = 3  # so many lines may stand over the first row of a table


class _Found(NamedTuple):
    """A grid in a run of lines: its header begins at `first`, behind its last row is `last`."""

    first: int
    last: int
    columns: int


def find_grids(lines: Sequence[Line]) -> list[Table]:
    """Returns the tables that lines of one cell each come to, in order; none where a number would be left over.

    Under a header of words alone every row has words and numbers in the same columns, and words in the first.
    """
    filled = [line for line in lines if line.text]
    numbers = [is_number(line.text) for line in filled]
    found: list[_Found] = []
    at = 0
    while any(numbers[at:]):
        grid = _grid(numbers, at)
        if grid is None:
            return []
        found.append(grid)
        at = grid.last
    return [_table(filled, grid) for grid in found]


def _grid(numbers: Sequence[bool], at: int) -> _Found | None:
    """Returns the first grid that begins at `at` or behind its captions."""
    for first in range(at, at + _CAPTIONS + 1):
        for columns in range(_LEAST_COLUMNS, _MOST_COLUMNS + 1):
            body = first + columns
            pattern = numbers[body : body + columns]
            if any(numbers[first:body]) or not any(pattern) or pattern[:1] != [False]:
                continue
            last = body
            while len(numbers) >= last + columns and numbers[last : last + columns] == pattern:
                last += columns
            if last - body >= _LEAST_ROWS * columns:
                return _Found(first, last, columns)
    return None


def _table(lines: Sequence[Line], grid: _Found) -> Table:
    cells = []
    for place in range(grid.first, grid.last):
        row, column = divmod(place - grid.first, grid.columns)
        line = lines[place]
        cells.append(Cell(row, row + 1, column, column + 1, line.start, line.end, line.text))
    start, end = lines[grid.first].start, lines[grid.last - 1].end
    rows = (grid.last - grid.first) // grid.columns
    return Table("", start, end, "lines", tuple(cells), rows, grid.columns)
