"""A report taken apart into paragraphs and grids, so that it can be written again in another layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.data import Report, Table

NUMBER = re.compile(r"[-−]?[\d,，]+(?:[.．]\d+)?%?")


@dataclass(frozen=True, slots=True)
class Box:
    """A cell and the rows and columns it covers, half-open."""

    row: int
    row_end: int
    column: int
    column_end: int
    text: str

    @property
    def number(self) -> bool:
        """Returns whether nothing but a number stands in the cell."""
        return NUMBER.fullmatch(self.text.strip()) is not None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as a reader saw it."""

    boxes: tuple[Box, ...]
    rows: int
    columns: int

    @property
    def head(self) -> int:
        """Returns how many rows stand over the first with a number."""
        return min((box.row for box in self.boxes if box.number), default=0)

    def lines(self) -> list[list[Box]]:
        """Returns the cells row by row, each row with the cells that begin in it."""
        found: list[list[Box]] = [[] for _ in range(self.rows)]
        for box in sorted(self.boxes, key=lambda box: (box.row, box.column)):
            found[box.row].append(box)
        return found

    def grid(self) -> list[list[str]]:
        """Returns rows of equal length; a merged cell stands in its first place, the rest are blank."""
        found = [[""] * self.columns for _ in range(self.rows)]
        for box in self.boxes:
            found[box.row][box.column] = " ".join(box.text.split())
        return found

    def changed(self, text: Callable[[Box], str]) -> Sheet:
        """Returns the sheet with other texts in its cells."""
        return replace(self, boxes=tuple(replace(box, text=text(box)) for box in self.boxes))


Block = str | Sheet
Page = tuple[Block, ...]


def page_of(report: Report) -> Page:
    """Returns the paragraphs and tables of a report, one paragraph a line of its text.

    Raises:
        ValueError: a table of it has no cells.
    """
    blocks: list[Block] = []
    at = 0
    for table in report.tables:
        if not table.cells:
            raise ValueError(f"{report.source}: {table.id} has no cells to be set otherwise")
        blocks += _paragraphs(report.text[at : table.start])
        blocks.append(_sheet(table))
        at = table.end
    return (*blocks, *_paragraphs(report.text[at:]))


def sheets(page: Page) -> Iterator[Sheet]:
    """Yields the tables of a page."""
    yield from (block for block in page if isinstance(block, Sheet))


def _paragraphs(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _sheet(table: Table) -> Sheet:
    boxes = tuple(
        Box(cell.row, cell.row_end, cell.column, cell.column_end, cell.text) for cell in table.cells
    )
    return Sheet(boxes, table.rows, table.columns)
