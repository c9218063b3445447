"""HTML as pages of public bodies hold it: spans, tables in tables, empty rows and columns."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from .pages import Box, Page, Sheet

_SPACED = 4  # an empty row behind so many


def spans(page: Page) -> bytes:
    """Merged cells by rowspan and colspan."""
    return _written(page, _spanned)


def single(page: Page) -> bytes:
    """No cell merged: its text stands in its first place, empty cells in the others."""
    return _written(page, lambda sheet: _rows([[_cell(text) for text in row] for row in sheet.grid()]))


def repeated(page: Page) -> bytes:
    """No cell merged: its text stands in each of its places."""
    return _written(page, _repeated)


def nested(page: Page) -> bytes:
    """The whole page in one cell of a table, each table in a cell of its own."""
    inner = _blocks(
        page, lambda sheet: f'<table width="100%"><tr><td align="center">{_spanned(sheet)}</td></tr></table>'
    )
    return _document(f'<table class="page"><tr><td>{inner}</td></tr></table>')


def spacers(page: Page) -> bytes:
    """An empty column behind each column, an empty row behind every fourth."""
    return _written(page, _spacers)


def headed(page: Page) -> bytes:
    """The table begins anew behind a page mark, its header with it."""
    return _written(page, lambda sheet: _two(sheet, again=True))


def parted(page: Page) -> bytes:
    """The table begins anew behind a page mark, without its header."""
    return _written(page, lambda sheet: _two(sheet, again=False))


def _written(page: Page, table: Callable[[Sheet], str]) -> bytes:
    return _document(_blocks(page, table))


def _document(body: str) -> bytes:
    head = '<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>'
    return f"{head}\n{body}\n</body></html>".encode()


def _blocks(page: Page, table: Callable[[Sheet], str]) -> str:
    return "\n".join(
        f"<p>{html.escape(block)}</p>" if isinstance(block, str) else table(block) for block in page
    )


def _cell(text: str, down: int = 1, across: int = 1) -> str:
    marks = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
    return f"<td{marks}><p>{html.escape(text) or '&nbsp;'}</p></td>"


def _rows(rows: Sequence[Sequence[str]]) -> str:
    return '<table border="1">' + "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


def _spanned(sheet: Sheet, first: int = 0, last: int | None = None) -> str:
    lines = sheet.lines()[first:last]
    return _rows([[_box(box) for box in line] for line in lines])


def _box(box: Box) -> str:
    return _cell(box.text, box.row_end - box.row, box.column_end - box.column)


def _repeated(sheet: Sheet) -> str:
    grid = [[""] * sheet.columns for _ in range(sheet.rows)]
    for box in sheet.boxes:
        for row in range(box.row, box.row_end):
            grid[row][box.column : box.column_end] = [box.text] * (box.column_end - box.column)
    return _rows([[_cell(text) for text in row] for row in grid])


def _spacers(sheet: Sheet) -> str:
    rows = []
    for number, line in enumerate(sheet.lines()):
        cells = []
        for box in line:
            down, across = box.row_end - box.row, box.column_end - box.column
            cells += [_cell(box.text, down, 2 * across - 1), _cell("", down)]
        rows.append(cells)
        if number % _SPACED == _SPACED - 1 and number >= sheet.head and not _runs(sheet, number):
            rows.append(["<td></td>"] * (2 * sheet.columns))
    return _rows(rows)


def _runs(sheet: Sheet, row: int) -> bool:
    """Returns whether a merged cell goes on below a row."""
    return any(box.row <= row < box.row_end - 1 for box in sheet.boxes)


def cut(sheet: Sheet) -> int:
    """Returns the row a new page begins with, the number of rows where no place is free of merged cells."""
    middle = 2 * sheet.rows // 3
    free = [row for row in range(sheet.head + 2, sheet.rows) if not _runs(sheet, row - 1)]
    return min(free, key=lambda row: abs(row - middle), default=sheet.rows)


def _two(sheet: Sheet, again: bool) -> str:
    at = cut(sheet)
    if at == sheet.rows:
        return _spanned(sheet)
    rest = sheet.lines()[at:]
    head = sheet.lines()[: sheet.head] if again else []
    below = _rows([[_box(box) for box in line] for line in (*head, *rest)])
    return f"{_spanned(sheet, 0, at)}\n<p>— 7 —</p>\n{below}"
