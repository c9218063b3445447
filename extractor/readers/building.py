"""A draft written piece by piece, each piece with its place in the original."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..data import Cell, Param, Place, Problem, Region, Table
from ..errors import InputError
from .decoding import cleaned
from .limits import Limits
from .source import Draft

_NUMERIC = re.compile(r"\s*[-−+]?[\d,，.%]+\s*")
_SURROGATE = re.compile("[\ud800-\udfff]")
# A cell that holds this much running prose makes its table page layout.
_PROSE = 240
_LEAST_NUMBERS = 4


class Placed(NamedTuple):
    """A cell of a grid, half-open, with its text and where it stands in the original."""

    row: int
    row_end: int
    column: int
    column_end: int
    text: str
    where: str


class Piece(NamedTuple):
    """A piece of a paragraph and where it stands in the original."""

    text: str
    where: str


def holds_data(texts: Iterable[str], columns: int) -> bool:
    """Returns whether cells of these texts are a table of data, not the layout of a page."""
    filled = [text for text in texts if text.strip()]
    if len(filled) < 2 or columns < 2:
        return False
    numeric = sum(1 for text in filled if _NUMERIC.fullmatch(text))
    return numeric >= _LEAST_NUMBERS or not any(len(text) > _PROSE and "。" in text for text in filled)


class Builder:
    """Writes the text of a document and remembers tables, dropped stretches and places."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self._tables: list[Table] = []
        self._dropped: list[Region] = []
        self._places: list[Place] = []
        self._problems: list[Problem] = []
        self._cells = 0

    def paragraph(self, *pieces: Piece) -> None:
        """Adds one paragraph, which may stand in several places of the original."""
        for piece in pieces:
            self._put(piece.text, piece.where)
        self._put("\n")

    def table(self, cells: Sequence[Placed], layout: str) -> None:
        """Adds a table: a row a line, its cells parted by tabs."""
        self._cells += len(cells)
        if self._cells > self.limits.cells:
            raise InputError("too_many_cells", self.name, size=self._cells, limit=self.limits.cells)
        start = self._length
        done: list[Cell] = []
        row = -1
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
            if row >= 0:
                self._put("\n" if cell.row != row else "\t")
            row = cell.row
            begin = self._length
            text = _clean(cell.text).replace("\t", " ").strip()
            self._put(text, cell.where)
            done.append(Cell(cell.row, cell.row_end, cell.column, cell.column_end, begin, self._length, text))
        self._put("\n")
        self._tables.append(
            Table(
                f"T{len(self._tables) + 1}",
                start,
                self._length,
                layout,
                tuple(done),
                max((cell.row_end for cell in done), default=0),
                max((cell.column_end for cell in done), default=0),
            )
        )

    def drop(self, text: str, where: str, reason: str) -> None:
        """Adds a line that is no text of the report, for a reason code of `kb/layout.toml`."""
        start = self._length
        self._put(text, where)
        self._put("\n")
        self._dropped.append(Region(start, self._length, "dropped", reason))

    def problem(self, code: str, place: str = "", **params: Param) -> None:
        """Adds a remark on what was read."""
        self._problems.append(Problem(code, self.name, place, params))

    def draft(self, encoding: str = "utf-8") -> Draft:
        """Returns what was written."""
        text = "".join(self._pieces)
        return Draft(
            text,
            encoding,
            tuple(self._tables),
            tuple(self._dropped),
            (*self._problems, *cleaned(text, self.name).problems),
            tuple(self._places),
        )

    def _put(self, text: str, where: str = "") -> None:
        text = _clean(text)
        if not text:
            return
        self._pieces.append(text)
        start, self._length = self._length, self._length + len(text)
        if self._length > self.limits.text_length:
            raise InputError("text_too_long", self.name, size=self._length, limit=self.limits.text_length)
        if where:
            if self._places and self._places[-1].where == where and self._places[-1].end == start:
                start = self._places.pop().start
            self._places.append(Place(start, self._length, where))


def _clean(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)
