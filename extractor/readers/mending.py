"""Tables put right before anybody reads them: pages joined, titles taken out, empty rows and columns closed up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import accumulate, pairwise

from ..data import Cell, Region, Table
from ..knowledge import Layout
from ..widths import fold_widths

_NUMBER = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?%?")
_PAGE = re.compile(
    r"[-—–]? ?(?:第 ?)?\d{1,4}(?: ?/ ?\d{1,4})?(?: ?页)?(?: ?[,，]? ?共 ?\d{1,4} ?页)? ?[-—–]?"
)
_MOST_TITLES = 3  # rows over the header that may hold a title, a year, a unit
_RUNNING = 2  # lines beside a page mark that may be the running title
_SHORT = 40
_TABLE = "表"
_BY_BLANKS = "blanks"


def mended(tables: Sequence[Table], folded: str, dropped: Sequence[Region], layout: Layout) -> list[Table]:
    """Returns the tables in order, those that go on over pages as one, without rows and columns that hold nothing.

    Rows and columns are counted anew. A title in the first row becomes part of the caption.

    Args:
        tables: in the order of the text; those without cells stay as they are.
        folded: the text in usual widths.
        dropped: what of it is dropped, page marks among it.
        layout: what captions look like.
    """
    found: list[Table] = []
    for table in (part for each in tables for part in _parts(each, layout)):
        before = found[-1] if found else None
        if before is not None and _between(before, table, folded, dropped, layout):
            joined = _joined(before, table)
            if joined is not None:
                found[-1] = joined
                continue
        found.append(table)
    return [_closed_up(_untitled(table, layout)) if table.cells else table for table in found]


def _parts(table: Table, layout: Layout) -> list[Table]:
    """Returns the tables that stand in one, each behind a title that is alone in its row and over words alone."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text and not cell.text.isspace():
            rows.setdefault(cell.row, []).append(cell)
    cuts = [
        row
        for row, cells in rows.items()
        if 0 < row < table.rows - 1
        and len(cells) == 1
        and _TABLE in cells[0].text
        and layout.caption.fullmatch(fold_widths(cells[0].text).strip())
        and len(rows.get(row + 1, ())) > 1
        and not any(map(_is_number, rows[row + 1]))
    ]
    if not cuts:
        return [table]
    found = []
    for first, last in pairwise((0, *cuts, table.rows)):
        cells = tuple(
            replace(cell, row=cell.row - first, row_end=min(cell.row_end, last) - first)
            for cell in table.cells
            if first <= cell.row < last
        )
        start = table.start if first == 0 else cells[0].start
        end = table.end if last == table.rows else cells[-1].end
        columns = max(cell.column_end for cell in cells)
        caption = table.caption if first == 0 else ""
        found.append(
            replace(
                table, start=start, end=end, cells=cells, rows=last - first, columns=columns, caption=caption
            )
        )
    return found


def _between(before: Table, table: Table, folded: str, dropped: Sequence[Region], layout: Layout) -> bool:
    """Returns whether nothing but the end of a page stands between two tables as wide as each other."""
    if not before.cells or not table.cells or before.layout != table.layout:
        return False
    if before.columns != table.columns and (table.layout != _BY_BLANKS or table.columns > before.columns):
        return False  # where blanks set the columns, those that are blank on a page are not seen
    if table.caption:
        return False
    at, rest = before.end, []
    for region in sorted(dropped, key=lambda region: region.start):
        if region.end > at and region.start < table.start:
            rest.append(folded[at : max(at, region.start)])
            at = region.end
    rest.append(folded[at : table.start])
    marks = at > before.end
    lines = [line.strip() for text in rest for line in text.split("\n") if line.strip()]
    own = [line for line in lines if not _PAGE.fullmatch(line)]
    if not own:
        return True
    running = all(
        len(line) <= _SHORT and "。" not in line and not layout.caption.fullmatch(line) for line in own
    )
    return running and len(own) <= _RUNNING and (marks or len(own) < len(lines))


def _joined(before: Table, table: Table) -> Table | None:
    """Returns two tables as one; None where the second has a header of its own or the first has come to its end."""
    numbers = {cell.column for cell in before.cells if _is_number(cell)}
    head = _head(table, numbers)
    if head:
        own = [cell for cell in table.cells if cell.row < head]
        above = [cell for cell in before.cells if cell.row < head]
        if _head(before, numbers) != head or [_told(cell) for cell in own] != [_told(cell) for cell in above]:
            return None
    offset = before.rows - head
    cells = tuple(
        replace(cell, row=cell.row + offset, row_end=cell.row_end + offset)
        for cell in table.cells
        if cell.row >= head
    )
    return replace(before, end=table.end, cells=before.cells + cells, rows=offset + table.rows)


def _told(cell: Cell) -> tuple[int, int, str]:
    return cell.column, cell.column_end, "".join(cell.text.split())


def _head(table: Table, numbers: AbstractSet[int]) -> int:
    """Returns how many rows at the top have words alone, some of them over a column of `numbers`."""
    worded: set[int] = set()
    for cell in table.cells:
        if not cell.text or cell.text.isspace():
            continue
        if _is_number(cell):
            return next((row for row in range(cell.row) if row not in worded), cell.row)
        if any(cell.column <= column < cell.column_end for column in numbers):
            worded.update(range(cell.row, cell.row_end))
    return next((row for row in range(table.rows) if row not in worded), table.rows)


def _is_number(cell: Cell) -> bool:
    return _NUMBER.fullmatch(fold_widths(cell.text).strip()) is not None


def _untitled(table: Table, layout: Layout) -> Table:
    """Returns a table with the titles in its first rows in its caption."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row < _MOST_TITLES and cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    titles: list[str] = []
    last = 0
    for row in range(min(_MOST_TITLES, table.rows - 1)):
        own = rows.get(row, [])
        text = "\u3000".join(cell.text.strip() for cell in own)
        if not all(layout.caption.fullmatch(fold_widths(cell.text).strip()) for cell in own):
            break
        if own and own[0].column and not any("单位" in cell.text for cell in own):
            break  # 2023年 over its columns
        titles += [text] if text else []
        last = row + 1
    if not titles:
        return table
    cells = tuple(
        replace(cell, row=max(cell.row - last, 0), row_end=cell.row_end - last)
        for cell in table.cells
        if cell.row >= last or (cell.row_end > last and cell.text.strip())
    )
    caption = "\n".join([*([table.caption] if table.caption else []), *titles])
    return replace(table, cells=cells, rows=table.rows - last, caption=caption)


def _closed_up(table: Table) -> Table:
    """Returns a table without the rows and columns in which no text begins."""
    filled = [cell for cell in table.cells if cell.text and not cell.text.isspace()]
    rows, columns = {cell.row for cell in filled}, {cell.column for cell in filled}
    if len(rows) == table.rows and len(columns) == table.columns:
        return table
    if not any(map(_is_number, filled)):
        return table  # a form that nobody filled in: blank rows are its data
    down = list(accumulate((row in rows for row in range(max(rows) + 1)), initial=0))
    right = list(accumulate((column in columns for column in range(max(columns) + 1)), initial=0))
    cells = tuple(
        replace(
            cell,
            row=down[cell.row],
            row_end=max(down[min(cell.row_end, len(down) - 1)], down[cell.row] + 1),
            column=right[cell.column],
            column_end=max(right[min(cell.column_end, len(right) - 1)], right[cell.column] + 1),
        )
        for cell in table.cells
        if cell.row in rows and cell.column in columns
    )
    return replace(table, cells=cells, rows=len(rows), columns=len(columns))
