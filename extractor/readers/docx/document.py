"""The walk through a DOCX: paragraphs with the numbers Word puts before them, tables with their merged cells."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from ...errors import InputError
from .. import package
from ..building import Builder, Piece, Placed, holds_data
from ..source import Draft, Source
from .markup import PARAGRAPH, TABLE, WRAPPERS, W, children, is_deleted
from .numbering import Numbering, numbering_of
from .runs import Said, runs_on, said_in
from .stories import Aside, all_of, asides_of, notes_of, root

_DEEPEST = 100
# Grid columns narrower than this, in twentieths of a point, are slips of a pen, not columns.
_SLIVER = 60
_SENTENCE = re.compile(r"[。！？；.!?;][）)”』」]?\s*\Z")


def read(source: Source) -> Draft:
    """Returns the text of a DOCX as it prints: boxes and notes stand behind the paragraph they belong to.

    What was deleted or hidden, headers, footers and comments are dropped, each with its reason.

    Raises:
        InputError: corrupt_file, or a limit of packages, cells or text.
    """
    for _ in package.Package(source.data, source.name, source.limits).checked():
        pass
    from docx import Document

    document = Document(io.BytesIO(source.data))
    part = document.part
    writer = _Writer(source, part, numbering_of(root(part, "numbering"), document.styles.element))
    writer.body(document.element.body)
    return writer.out.draft("docx")


class _Cell(NamedTuple):
    """A cell of a table: where it stands, its element, its paragraphs with what they say."""

    placed: Placed
    element: Any
    paragraphs: Sequence[tuple[Any, Said]]


class _Writer:
    """Walks the blocks of a document in order.

    What is dropped and the notes wait for the end of a sentence or a table: they part no caption from its table.
    """

    def __init__(self, source: Source, part: Any, numbering: Numbering) -> None:
        self.out = Builder(source.name, source.limits)
        self._source = source
        self._part = part
        self._numbering = numbering
        self._notes = dict(notes_of(part))
        self._numbers = {"footnote": 0, "endnote": 0, "box": 0}
        self._paragraphs = 0
        self._tables = 0
        self._gone: list[Aside] = []
        self._waiting: list[tuple[str, Any]] = []

    def body(self, body: Any) -> None:
        """Writes the body, then what stands beside it; a note that nothing refers to is not printed."""
        self._blocks(body, 0)
        self._settle(0)
        for name, note in self._notes.items():
            self._drop(note, name.kind, "hidden_text")
        self._gone += asides_of(self._part)
        self._settle(0)

    def _blocks(self, parent: Any, depth: int, where: str = "") -> None:
        """Writes the paragraphs and tables in `parent`, in order; `where` names a box or a note."""
        if depth > _DEEPEST * self._source.limits.nesting:
            raise InputError("nesting_too_deep", self._source.name, limit=self._source.limits.nesting)
        said = Said()
        for child in parent:
            if child.tag == PARAGRAPH:
                self._paragraphs += not where
                said.add(child)
                if not runs_on(child):
                    self._paragraph(child, said, depth, where or f"¶{self._paragraphs}")
                    said = Said()
            elif child.tag == TABLE:
                self._table(child, depth, where)
            elif child.tag in WRAPPERS:
                self._blocks(child, depth + 1, where)

    def _paragraph(self, paragraph: Any, said: Said, depth: int, where: str) -> None:
        text = self._numbering.mark(paragraph) + said.text
        for line in text.split("\n"):
            if line.strip():
                self.out.paragraph(Piece(line, where))
        self._hang(said, depth, where)
        if _SENTENCE.search(text):
            self._settle(depth)

    def _hang(self, said: Said, depth: int, where: str) -> None:
        """Writes the boxes anchored in a paragraph; its notes and what it says no more are to follow."""
        self._gone += [Aside(stretch, where) for stretch in said.gone]
        for name in said.notes:
            note = self._notes.pop(name, None)
            if note is not None:
                self._waiting.append((self._numbered(name.kind), note))
        for box in said.boxes:
            self._blocks(box, depth + 1, self._numbered("box"))

    def _numbered(self, kind: str) -> str:
        self._numbers[kind] += 1
        return f"{kind} {self._numbers[kind]}"

    def _settle(self, depth: int) -> None:
        """Writes what waits."""
        gone, self._gone = self._gone, []
        for stretch, where in gone:
            self.out.drop(stretch.text, where, stretch.reason)
        waiting, self._waiting = self._waiting, []
        for where, note in waiting:
            self._blocks(note, depth + 1, where)

    def _table(self, table: Any, depth: int, where: str) -> None:
        """Writes a table; one that only lays out the page is written as the blocks in its cells."""
        self._tables += 1
        place = f"{where} T{self._tables}".lstrip()
        grid = _without_slivers(self._grid(table, place), table)
        columns = max((cell.placed.column_end for cell in grid), default=0)
        nested = any(cell.element.find(f".//{TABLE}") is not None for cell in grid)
        if nested or not holds_data((cell.placed.text for cell in grid), columns):
            for cell in grid:
                if _is_gone(cell.element):
                    self._drop(cell.element, place, "deleted_text")
                else:
                    self._blocks(cell.element, depth + 1, where)
            return
        cells = [
            cell.placed._replace(
                text="\n".join(
                    self._numbering.mark(paragraph) + said.text for paragraph, said in cell.paragraphs
                ),
                where=f"{place}!R{cell.placed.row + 1}C{cell.placed.column + 1}",
            )
            for cell in grid
        ]
        self.out.table(cells, "docx")
        for cell, placed in zip(grid, cells, strict=True):
            for _, said in cell.paragraphs:
                self._hang(said, depth, placed.where)
        self._settle(depth)

    def _grid(self, table: Any, where: str) -> list[_Cell]:
        """Returns the cells of a table; those merged with the cell above belong to it, deleted rows are gone."""
        grid: list[_Cell] = []
        open_cells: dict[int, int] = {}
        for row, element in enumerate(self._rows(table, where)):
            column = _grid_before(element)
            for cell in children(element, f"{W}tc"):
                width, merge = _span(cell)
                if merge == "continue" and column in open_cells:
                    above = grid[open_cells[column]]
                    grid[open_cells[column]] = above._replace(placed=above.placed._replace(row_end=row + 1))
                    self._drop(cell, where, "hidden_text")
                else:
                    paragraphs = list(said_in(cell, "deleted_text" if _is_gone(cell) else ""))
                    text = "\n".join(said.text for _, said in paragraphs)
                    open_cells[column] = len(grid)
                    grid.append(
                        _Cell(Placed(row, row + 1, column, column + width, text, ""), cell, paragraphs)
                    )
                    self._bound(len(grid))
                column += width
        return grid

    def _rows(self, table: Any, where: str) -> Iterator[Any]:
        for row in children(table, f"{W}tr"):
            if is_deleted(row.find(f"{W}trPr")):
                self._drop(row, where, "deleted_text")
            else:
                yield row

    def _drop(self, element: Any, where: str, reason: str) -> None:
        self._gone += [Aside(stretch, where) for stretch in all_of(element, reason)]

    def _bound(self, cells: int) -> None:
        limit = self._source.limits.cells
        if cells > limit:
            raise InputError("too_many_cells", self._source.name, size=cells, limit=limit)


def _without_slivers(grid: list[_Cell], table: Any) -> list[_Cell]:
    """Returns the cells counted over the columns wide enough to be seen; as they are where one would vanish."""
    widths = [element.get(f"{W}w", "") for element in table.findall(f"{W}tblGrid/{W}gridCol")]
    kept = [not width.isdigit() or int(width) >= _SLIVER for width in widths]
    if all(kept) or not grid or max(cell.placed.column_end for cell in grid) > len(kept):
        return grid
    edges = list(accumulate(kept, initial=0))
    found = [
        cell._replace(
            placed=cell.placed._replace(
                column=edges[cell.placed.column], column_end=edges[cell.placed.column_end]
            )
        )
        for cell in grid
    ]
    return found if all(cell.placed.column < cell.placed.column_end for cell in found) else grid


def _is_gone(cell: Any) -> bool:
    return cell.find(f"{W}tcPr/{W}cellDel") is not None


def _grid_before(row: Any) -> int:
    found = row.find(f"{W}trPr/{W}gridBefore")
    return _whole(found, 0)


def _span(cell: Any) -> tuple[int, str]:
    """Returns how many columns a cell spans, and restart or continue where it is merged with cells above or below."""
    width = max(1, _whole(cell.find(f"{W}tcPr/{W}gridSpan"), 1))
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return width, "" if merge is None else merge.get(f"{W}val", "continue")


def _whole(element: Any, default: int) -> int:
    value = "" if element is None else element.get(f"{W}val", "")
    return int(value) if value.isdigit() and len(value) < 4 else default
