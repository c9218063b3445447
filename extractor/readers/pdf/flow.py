"""Pages to one text: paragraphs run on over line and page ends, tables over page ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ...numerals import ITEM_MARK, ORDINALS, PART_MARK
from ..building import Builder, Piece, Placed, holds_data
from .joining import join
from .letters import Line, blank_between, filled
from .ruled import Grid

# A line begins a paragraph where it is indented by more than this many letter sizes.
_INDENT = 1.0
_SAME_SIZE = 0.15
# Lines of one paragraph stand no further apart than this many letter sizes.
_LEADING = 2.2
_CAPTIONS = 4
_CONTINUED = re.compile(r"[(（]?续[表)）]?.{0,8}")
_HEADING = re.compile(rf"{PART_MARK}|{ITEM_MARK}|[（(][{ORDINALS}]{{1,3}}[）)]")


class Mark(NamedTuple):
    """A line that is dropped, with its reason."""

    line: Line
    reason: str


class Page(NamedTuple):
    """What stands on a page, or in a column of one, from top to bottom; its lines begin at `left`, end at `right`."""

    number: int
    blocks: Sequence[Line | Grid | Mark]
    left: float
    right: float


class Flow:
    """Writes page after page; what may go on over the page end stays open until it is known not to."""

    def __init__(self, out: Builder) -> None:
        self._out = out
        self._pieces: list[Piece] = []
        self._line: Line | None = None
        self._page: Page | None = None
        self._grid: Grid | None = None
        self._grid_page = 0
        self._later: list[tuple[str, str, str]] = []
        self._above: list[str] = []

    def add(self, page: Page) -> None:
        """Adds a page."""
        where = _where(page.number)
        again = self._repeated_captions(page)
        for number, block in enumerate(page.blocks):
            if isinstance(block, Mark):
                self._later.append((block.line.text, where, block.reason))
            elif isinstance(block, Grid):
                self._add_grid(block, page.number)
            elif number in again:
                self._later.append((block.text, where, "repeated_header"))
            else:
                self._add_line(block, page, where)

    def close(self) -> None:
        """Writes what is still open."""
        if self._pieces:
            self._out.paragraph(*self._pieces)
            self._above = [*self._above, "".join(piece.text for piece in self._pieces)][-_CAPTIONS:]
        if self._grid is not None:
            _write(self._grid, self._out)
            self._above = []
        self._pieces, self._line, self._grid = [], None, None
        for text, where, reason in self._later:
            self._out.drop(text, where, reason)
        self._later = []

    def _repeated_captions(self, page: Page) -> set[int]:
        """Returns the lines above a table that goes on from the page before which its first page had too."""
        if self._grid is None or self._grid_page != page.number - 1:
            return set()
        known = {"".join(text.split()) for text in self._above}
        again: set[int] = set()
        for number, block in enumerate(page.blocks):
            if isinstance(block, Grid):
                return again
            if isinstance(block, Mark):
                continue
            text = "".join(block.text.split())
            if text not in known and not _CONTINUED.fullmatch(text):
                return set()
            again.add(number)
        return set()

    def _add_grid(self, grid: Grid, page: int) -> None:
        if not any(slot.text for slot in grid.slots) and self._grid is None:
            return
        if self._grid is not None and self._grid_page == page - 1:
            headers = join(self._grid, grid)
            if headers is not None:
                self._later += [(text, _where(page), "repeated_header") for text in headers]
                self._grid_page = page
                return
        self.close()
        self._grid, self._grid_page = grid, page

    def _add_line(self, line: Line, page: Page, where: str) -> None:
        if self._grid is not None or not self._continues(line, page):
            self.close()
        blank = blank_between(self._line, line) if self._line is not None else ""
        self._pieces.append(Piece(blank + line.text, where))
        self._line, self._page = line, page

    def _continues(self, line: Line, page: Page) -> bool:
        """Returns whether a line belongs to the open paragraph: the line above is full, it is not indented."""
        last, before = self._line, self._page
        if last is None or before is None:
            return False
        if page.number > before.number + 1 or abs(last.size - line.size) > _SAME_SIZE * last.size:
            return False
        if page.number == before.number and line.top - last.bottom > _LEADING * last.size:
            return False
        if line.x0 - page.left > _INDENT * line.size or not filled(last, line, before.right - last.x1):
            return False
        return not (_HEADING.match(line.text) and last.text[-1] in "。！？；：")


def _where(page: int) -> str:
    return f"p.{page}"


def _write(grid: Grid, out: Builder) -> None:
    """Writes a table; one that only frames prose is written as paragraphs."""
    if not any(slot.text for slot in grid.slots):
        return
    starts = [(0, grid.page), *grid.breaks]
    cells = []
    for slot in sorted(grid.slots, key=lambda slot: (slot.row, slot.column)):
        page = max(start for start in starts if start[0] <= slot.row)[1]
        cells.append(Placed(slot.row, slot.row_end, slot.column, slot.column_end, slot.text, _where(page)))
    if holds_data((cell.text for cell in cells), len(grid.columns) - 1):
        out.table(cells, grid.layout)
        return
    for cell in cells:
        for text in cell.text.split("\n"):
            if text:
                out.paragraph(Piece(text, cell.where))
