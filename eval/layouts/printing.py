"""Plain text: Markdown, bars, tabs, one cell a line, and what comes out of a printed page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from unicodedata import east_asian_width

from .markup import cut
from .pages import Page, Sheet

_LABEL = 24  # half widths a label has before it is broken
_NARROW = 12  # the same of a header over numbers
_GAP = 2
_RUNNING = "部门决算和预算公开"


def markdown(page: Page) -> bytes:
    """A Markdown table; its first row is the header."""
    return _written(page, _markdown)


def bars(page: Page) -> bytes:
    """Cells parted by bars, none at the ends."""
    return _written(page, lambda sheet: [" | ".join(row) for row in sheet.grid()])


def closed_bars(page: Page) -> bytes:
    """Cells parted by bars without blanks, one at each end; merged cells are written once."""
    return _written(page, lambda sheet: [f"|{'|'.join(row)}|" for row in sheet.grid()])


def tabs(page: Page) -> bytes:
    """Cells parted by tabs, as a spreadsheet is copied."""
    return _written(page, lambda sheet: ["\t".join(row) for row in sheet.grid()])


def lines(page: Page) -> bytes:
    """One cell a line; a blank cell is a blank line."""
    return _written(page, lambda sheet: [box.text for line in sheet.lines() for box in line])


def vanished(page: Page) -> bytes:
    """One cell a line; blank cells leave nothing."""
    return _written(page, lambda sheet: [box.text for line in sheet.lines() for box in line if box.text])


def columnwise(page: Page) -> bytes:
    """One cell a line, column after column, as text of a page without its layout may come out."""
    return _written(
        page,
        lambda sheet: [
            box.text for box in sorted(sheet.boxes, key=lambda box: (box.column, box.row)) if box.text
        ],
    )


def rowwise(page: Page) -> bytes:
    """A row a line, one blank between the cells, none for those that are blank."""
    return _written(page, lambda sheet: [" ".join(filter(None, row)) for row in sheet.grid()])


def printed(page: Page) -> bytes:
    """Columns set by blanks, numbers flush right."""
    return _written(page, lambda sheet: _set(sheet.grid(), sheet.head))


def wrapped(page: Page) -> bytes:
    """Columns set by blanks, long labels broken over lines, the numbers beside the first."""
    return _written(page, lambda sheet: _set(sheet.grid(), sheet.head, breaks=True))


def centred(page: Page) -> bytes:
    """As `wrapped`, the numbers beside the middle line and every cell centred in its column."""
    return _written(page, lambda sheet: _set(sheet.grid(), sheet.head, breaks=True, centre=True))


def printed_headed(page: Page) -> bytes:
    """As `printed`, over two pages with page number and running title; the header is repeated."""
    return _written(page, lambda sheet: _two(sheet, again=True))


def printed_parted(page: Page) -> bytes:
    """As `printed`, over two pages with page number and running title; the header is not repeated."""
    return _written(page, lambda sheet: _two(sheet, again=False))


def _written(page: Page, table: Callable[[Sheet], Sequence[str]]) -> bytes:
    parts: list[str] = []
    for block in page:
        parts += [block] if isinstance(block, str) else ["", *table(block), ""]
    return ("\n".join(parts) + "\n").encode()


def _markdown(sheet: Sheet) -> list[str]:
    grid = sheet.grid()
    rows = [f"| {' | '.join(row)} |" for row in grid]
    return [rows[0], "|" + " --- |" * sheet.columns, *rows[1:]]


def _two(sheet: Sheet, again: bool) -> list[str]:
    rows = _set(sheet.grid(), sheet.head)
    at = cut(sheet)
    head = rows[: sheet.head] if again else []
    mark = ["", "                                        - 7 -", f"\f{_RUNNING}", ""]
    return rows if at == sheet.rows else [*rows[:at], *mark, *head, *rows[at:]]


def width(text: str) -> int:
    """Returns how many half widths a text takes in print."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _pieces(text: str, size: int) -> list[str]:
    """Returns a text broken into lines of at most `size` half widths."""
    found = [""]
    for letter in text:
        if width(found[-1] + letter) > size:
            found.append("")
        found[-1] += letter
    return found


def _set(grid: Sequence[Sequence[str]], head: int, breaks: bool = False, centre: bool = False) -> list[str]:
    numeric = [_numeric(column) for column in zip(*grid[head:], strict=True)]
    cells = [
        [
            _pieces(text, (_NARROW if numeric[place] else _LABEL) if breaks else 1000)
            for place, text in enumerate(row)
        ]
        for row in grid
    ]
    wide = [max(width(piece) for cell in column for piece in cell) for column in zip(*cells, strict=True)]
    return [line for row in cells for line in _row(row, wide, numeric, centre)]


def _row(
    row: Sequence[Sequence[str]], wide: Sequence[int], numeric: Sequence[bool], centre: bool
) -> Iterator[str]:
    tall = max(len(cell) for cell in row)
    placed = [[""] * ((tall - len(cell)) // 2) + list(cell) if centre else list(cell) for cell in row]
    for texts in zip_longest(*placed, fillvalue=""):
        line = ""
        at = 0
        for text, size, number in zip(texts, wide, numeric, strict=True):
            free = size - width(text)
            before = free // 2 if centre else free if number else 0
            if text:
                line += " " * (at + before - width(line)) + text
            at += size + _GAP
        yield line


def _numeric(column: Sequence[str]) -> bool:
    filled = [text for text in column if text]
    return bool(filled) and sum(text[-1:].isdigit() and "." in text for text in filled) * 2 > len(filled)
