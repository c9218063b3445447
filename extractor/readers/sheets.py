"""Spreadsheets (XLSX, XLS, ET, ODS): each sheet's rows, told apart into lines of text and tables."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..errors import InputError
from . import package
from .building import Builder, Piece, Placed, holds_data
from .source import Draft, Source
from .workbook import Peek, peek

_DIGITS = 15
_PROSE = 60
_NOTHING = Peek((), frozenset())

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


class _Cell(NamedTuple):
    """A cell that is not blank: half-open rows and columns in the sheet, and what it shows."""

    row: int
    row_end: int
    column: int
    column_end: int
    text: str


def read(source: Source) -> Draft:
    """Returns the visible sheets, one after the other, with values as last computed.

    Raises:
        InputError: encrypted, corrupt_file, too_many_cells, or a limit of packages.
    """
    import python_calamine

    peeks: Mapping[str, Peek] = {}
    if source.data.startswith(package.MAGIC):
        peeks = peek(source.data, source.name, source.limits)
    out = Builder(source.name, source.limits)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.data))
    except python_calamine.PasswordError as error:
        raise InputError("encrypted", source.name, kind="XLS") from error
    except python_calamine.CalamineError as error:
        raise InputError("corrupt_file", source.name, kind="XLS", cause=str(error)[:200]) from error
    for about in workbook.sheets_metadata:
        if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            out.problem("sheet_without_cells", about.name)
            continue
        if about.visible is not python_calamine.SheetVisibleEnum.Visible:
            out.problem("hidden_sheet", about.name)
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        own = peeks.get(about.name, _NOTHING)
        if own.uncomputed:
            out.problem("formula_uncomputed", f"{about.name}!{own.uncomputed[0]}", count=len(own.uncomputed))
        area = sheet.height * sheet.width
        if area > source.limits.cells * 50:
            raise InputError("too_many_cells", source.name, about.name, size=area, limit=source.limits.cells)
        cells = _cells(sheet.to_python(), sheet.start or (0, 0), sheet.merged_cell_ranges or [], own.percents)
        for rows in _stretches(cells):
            _write(rows, about.name, out)
    return out.draft("sheet")


def _cells(
    rows: Sequence[Sequence[Value]],
    start: tuple[int, int],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    percents: frozenset[str],
) -> list[_Cell]:
    ends = {first: (last[0] + 1, last[1] + 1) for first, last in merged}
    found = []
    for row, values in enumerate(rows, start[0]):
        for column, value in enumerate(values, start[1]):
            text = _shown(value, address(row, column) in percents)
            if text:
                row_end, column_end = ends.get((row, column), (row + 1, column + 1))
                found.append(_Cell(row, row_end, column, column_end, text))
    return found


def address(row: int, column: int) -> str:
    """Returns the name of a cell, counted from 0: A1 is (0, 0)."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"


def _shown(value: Value, percent: bool) -> str:
    """Returns what a cell shows: a number without the noise of binary fractions, a day without its midnight."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        number = value * 100 if percent else value
        text = f"{number:.{_DIGITS}g}" if abs(number) < 10**_DIGITS else f"{number:.0f}"
        if "e" in text:
            text = f"{number:.20f}".rstrip("0").rstrip(".")
        return text + "%" * percent
    if isinstance(value, datetime.datetime) and not value.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).strip()


def _stretches(cells: Sequence[_Cell]) -> Iterator[list[list[_Cell]]]:
    """Yields the stretches of rows that no blank row parts; a blank row inside a table parts nothing."""
    rows: dict[int, list[_Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    stretch: list[list[_Cell]] = []
    reach = 0
    for number, row in sorted(rows.items()):
        goes_on = number == reach + 1 and _is_data(row) and bool(stretch) and len(stretch[-1]) > 1
        if stretch and number > reach and not goes_on:
            yield stretch
            stretch = []
        stretch.append(row)
        reach = max([reach if len(stretch) > 1 else 0, *(cell.row_end for cell in row)])
    if stretch:
        yield stretch


def _is_data(row: Sequence[_Cell]) -> bool:
    return len(row) > 1 and any(cell.text[0].isdigit() for cell in row[1:])


def _is_caption(row: Sequence[_Cell]) -> bool:
    return all(":" in cell.text or "：" in cell.text for cell in row)


def _write(rows: Sequence[list[_Cell]], sheet: str, out: Builder) -> None:
    """Writes a stretch of rows: a table from its first to its last row of several cells, lines around it."""
    at = 0
    while at < len(rows):
        if len(rows[at]) < 2 or (_is_caption(rows[at]) and not _is_data(rows[at])):
            _line(rows[at], sheet, out)
            at += 1
            continue
        end = at + 1
        for number in range(at + 1, len(rows)):
            if len(rows[number]) > 1:
                end = number + 1
            elif len(rows[number][0].text) > _PROSE and "。" in rows[number][0].text:
                break
        _table([cell for row in rows[at:end] for cell in row], sheet, out)
        at = end


def _line(row: Sequence[_Cell], sheet: str, out: Builder) -> None:
    pieces = []
    for number, cell in enumerate(row):
        where = f"{sheet}!{address(cell.row, cell.column)}"
        text = " ".join(cell.text.splitlines()) if len(row) > 1 else cell.text
        pieces.append(Piece("    " * (number > 0) + text, where))
    out.paragraph(*pieces)


def _table(cells: Sequence[_Cell], sheet: str, out: Builder) -> None:
    """Writes the cells as one table, blank ones with them; as lines where they hold no data."""
    top, left = min(cell.row for cell in cells), min(cell.column for cell in cells)
    bottom, right = max(cell.row_end for cell in cells), max(cell.column_end for cell in cells)
    if not holds_data((cell.text for cell in cells), right - left):
        for cell in cells:
            out.paragraph(Piece(cell.text, f"{sheet}!{address(cell.row, cell.column)}"))
        return
    if (bottom - top) * (right - left) > out.limits.cells:
        size = (bottom - top) * (right - left)
        raise InputError("too_many_cells", out.name, sheet, size=size, limit=out.limits.cells)
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row_end)
        for column in range(cell.column, cell.column_end)
    }
    blanks = [
        _Cell(row, row + 1, column, column + 1, "")
        for row in range(top, bottom)
        for column in range(left, right)
        if (row, column) not in taken
    ]
    out.table(
        [
            Placed(
                cell.row - top,
                cell.row_end - top,
                cell.column - left,
                cell.column_end - left,
                cell.text,
                f"{sheet}!{address(cell.row, cell.column)}",
            )
            for cell in (*cells, *blanks)
        ],
        "sheet",
    )
