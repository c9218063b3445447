"""Columns and rows that only number the others: 行次, 栏次."""

from __future__ import annotations

from decimal import Decimal

from ..data import Cell, CellState
from ..knowledge.templates import Templates
from .labels import normal
from .values import Content

_LONGEST_MARK = 6  # letters of a header over numbers of rows
_ONE, _MANY = Decimal(1), Decimal(200)  # such numbers begin with one and stay below the other


def unnumbered(read: list[tuple[Cell, Content]], templates: Templates) -> list[tuple[Cell, Content]]:
    """Returns the cells without those of columns and rows that only number the others (行次, 栏次)."""
    words = templates.words.serial_headers
    marks = [
        cell
        for cell, content in read
        if content.state is CellState.TEXT and len(cell.text) <= _LONGEST_MARK and normal(cell.text) in words
    ]
    if not marks:
        return read
    columns = {mark.column for mark in marks if mark.column_end - mark.column == 1}
    rows = {mark.row for mark in marks}
    for cell, content in read:
        if content.value is None:
            continue
        if cell.column in columns and cell.row not in rows and not _counts(content):
            columns.discard(cell.column)
        elif cell.row in rows and cell.column not in columns and not _counts(content):
            rows.discard(cell.row)
    values = [cell for cell, content in read if content.value is not None]
    rows.intersection_update(cell.row for cell in values)
    first = {
        column: min((cell.row for cell in values if cell.column == column), default=0) for column in columns
    }
    return [
        (cell, content)
        for cell, content in read
        if cell.row not in rows
        and (cell.column not in first or cell.row < first[cell.column] or content.is_label)
    ]


def _counts(content: Content) -> bool:
    """Says whether a cell holds a number of a row or a column."""
    return content.value is not None and _ONE <= content.value < _MANY and content.value % 1 == 0
