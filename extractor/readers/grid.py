"""Cells with spans to a grid: clamped, overlaps tolerated, a rowspan one row out put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..data import Cell

MAX_COLUMNS = 256
# A table of more cells than this is no form that anybody drew by hand: its spans are taken as they stand.
_REPAIRED = 20_000
_MAX_SPAN = 1000


class Spanned(NamedTuple):
    """A cell as written: its spans as the source gives them, and where its text stands."""

    rowspan: int
    colspan: int
    start: int
    end: int
    text: str


class Grid(NamedTuple):
    """A resolved grid; `clamped` counts the cells whose spans had to be cut."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    clamped: int


class _Open:
    """A rowspan still running: its columns and the rows it still covers; `cell` is its place in the list."""

    __slots__ = ("cell", "column", "column_end", "left")

    def __init__(self, cell: int, column: int, column_end: int, left: int) -> None:
        self.cell, self.column, self.column_end, self.left = cell, column, column_end, left


def resolve(rows: Sequence[Sequence[Spanned]]) -> Grid:
    """Returns the grid of `rows`.

    A rowspan of 0 runs to the last row. Where a row comes out too narrow by just the width of a rowspan
    that ended above it, that rowspan was one row short and is lengthened; too wide by the width of one
    still running, and that one is cut.
    """
    first = _place(rows, 0)
    widths = Counter(first[1])
    usual = max(widths, key=lambda item: (widths[item], item), default=0)
    cells, _, clamped = first if len(widths) <= 1 or len(first[0]) > _REPAIRED else _place(rows, usual)
    return Grid(tuple(cells), len(rows), max((cell.column_end for cell in cells), default=0), clamped)


def _place(rows: Sequence[Sequence[Spanned]], usual: int) -> tuple[list[Cell], list[int], int]:
    """Returns cells, the width of each row, and the number of clamped cells; `usual` 0 repairs nothing."""
    cells: list[Cell] = []
    widths: list[int] = []
    running: list[_Open] = []
    ended: list[_Open] = []
    clamped = 0
    for number, row in enumerate(rows):
        own = sum(min(max(spanned.colspan, 1), _MAX_SPAN) for spanned in row)
        if usual and row:
            running = _repaired(cells, number, own, usual, running, ended)
        taken = sorted((item.column, item.column_end) for item in running)
        column, here = 0, 0
        opened: list[_Open] = []
        for spanned in row:
            while here < len(taken) and taken[here][0] <= column:
                column = max(column, taken[here][1])
                here += 1
            rowspan = len(rows) - number if spanned.rowspan == 0 else spanned.rowspan
            bottom = min(number + min(max(rowspan, 1), len(rows)), len(rows))
            right = min(column + min(max(spanned.colspan, 1), _MAX_SPAN), MAX_COLUMNS)
            if column >= MAX_COLUMNS:
                column, right = MAX_COLUMNS - 1, MAX_COLUMNS
            clamped += right - column != max(spanned.colspan, 1)
            if bottom - number > 1 and column < MAX_COLUMNS - 1:
                opened.append(_Open(len(cells), column, right, bottom - number))
            cells.append(Cell(number, bottom, column, right, spanned.start, spanned.end, spanned.text))
            column = right
        widths.append(max([column, *(right for _, right in taken)]))
        running += opened
        for item in running:
            item.left -= 1
        ended = [item for item in running if item.left == 0]
        running = [item for item in running if item.left > 0]
    return cells, widths, clamped


def _repaired(
    cells: list[Cell], number: int, own: int, usual: int, running: list[_Open], ended: list[_Open]
) -> list[_Open]:
    """Returns the rowspans that really run through row `number`, the cells of the others put right."""
    total = own + sum(item.column_end - item.column for item in running)
    if total == usual:
        return running
    for item in ended if total < usual else running:
        if item.column_end - item.column != abs(usual - total):
            continue
        short = total < usual
        cell = cells[item.cell]
        row_end = number + 1 if short else number
        cells[item.cell] = Cell(
            cell.row, row_end, cell.column, cell.column_end, cell.start, cell.end, cell.text
        )
        if short:
            item.left = 1
            return [*running, item]
        return [other for other in running if other is not item]
    return running
