"""DOCX: paragraphs with the numbers Word puts before them, tables with their merged cells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from ..errors import InputError
from . import package
from .building import Builder, Piece, Placed, holds_data
from .numbering import Numbering, numbering_of
from .source import Draft, Source

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What holds blocks or text without being any; what was deleted, or is said a second time.
_WRAPPERS = frozenset(
    f"{_W}{tag}"
    for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple")
) | {f"{_MC}AlternateContent", f"{_MC}Choice"}
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
_DEEPEST = 100
# Grid columns narrower than this, in twentieths of a point, are slips of a pen, not columns.
_SLIVER = 60


def read(source: Source) -> Draft:
    """Returns the text of a DOCX as it prints, without headers and footers.

    Raises:
        InputError: corrupt_file, or a limit of packages, cells or text.
    """
    for _ in package.Package(source.data, source.name, source.limits).checked():
        pass
    from docx import Document

    document = Document(io.BytesIO(source.data))
    part = document.part
    numbering = _element(part, "numbering")
    writer = _Writer(source, numbering_of(numbering, document.styles.element))
    writer.blocks(document.element.body, 0)
    return writer.out.draft("docx")


def _element(part: Any, kind: str) -> Any:
    """Returns the root of a part the document refers to, None where it has none."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            return relation.target_part.element
    return None


class _Writer:
    """Walks the blocks of a document in order."""

    def __init__(self, source: Source, numbering: Numbering) -> None:
        self.out = Builder(source.name, source.limits)
        self._source = source
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, parent: Any, depth: int) -> None:
        """Writes the paragraphs and tables in `parent`, in order."""
        if depth > _DEEPEST * self._source.limits.nesting:
            raise InputError("nesting_too_deep", self._source.name, limit=self._source.limits.nesting)
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraphs += 1
                where = f"¶{self._paragraphs}"
                for line in self._text(child).split("\n"):
                    if line.strip():
                        self.out.paragraph(Piece(line, where))
                for box in _boxes(child):
                    self.blocks(box, depth + 1)
            elif child.tag == f"{_W}tbl":
                self._table(child, depth)
            elif child.tag in _WRAPPERS:
                self.blocks(child, depth + 1)

    def _text(self, paragraph: Any) -> str:
        return self._numbering.mark(paragraph) + "".join(_runs(paragraph))

    def _table(self, table: Any, depth: int) -> None:
        """Writes a table; one that only lays out the page is written as the blocks in its cells."""
        self._tables += 1
        number = self._tables
        grid: list[tuple[Placed, Any]] = []
        open_cells: dict[int, int] = {}
        row = -1
        for row, element in enumerate(_children(table, "tr")):
            column = _grid_before(element)
            for cell in _children(element, "tc"):
                width, merge = _span(cell)
                if merge == "continue" and column in open_cells:
                    above = open_cells[column]
                    placed, own = grid[above]
                    grid[above] = (placed._replace(row_end=row + 1), own)
                else:
                    text = "\n".join("".join(_runs(paragraph)) for paragraph in cell.iter(f"{_W}p"))
                    open_cells[column] = len(grid)
                    grid.append((Placed(row, row + 1, column, column + width, text, ""), cell))
                    if len(grid) > self._source.limits.cells:
                        raise InputError(
                            "too_many_cells",
                            self._source.name,
                            size=len(grid),
                            limit=self._source.limits.cells,
                        )
                column += width
        grid = _without_slivers(grid, table)
        cells = [placed for placed, _ in grid]
        columns = max((cell.column_end for cell in cells), default=0)
        nested = any(cell.find(f".//{_W}tbl") is not None for _, cell in grid)
        if not nested and holds_data((cell.text for cell in cells), columns):
            numbered = [
                placed._replace(
                    text="\n".join(self._text(paragraph) for paragraph in cell.iter(f"{_W}p")),
                    where=f"T{number}!R{placed.row + 1}C{placed.column + 1}",
                )
                for placed, cell in grid
            ]
            self.out.table(numbered, "docx")
            return
        for _, cell in grid:
            self.blocks(cell, depth + 1)


def _without_slivers(grid: list[tuple[Placed, Any]], table: Any) -> list[tuple[Placed, Any]]:
    """Returns the cells counted over the columns wide enough to be seen; as they are where one would vanish."""
    widths = [element.get(f"{_W}w", "") for element in table.findall(f"{_W}tblGrid/{_W}gridCol")]
    kept = [not width.isdigit() or int(width) >= _SLIVER for width in widths]
    if all(kept) or not grid or max(placed.column_end for placed, _ in grid) > len(kept):
        return grid
    edges = [0, *accumulate(kept)]
    found = [
        (placed._replace(column=edges[placed.column], column_end=edges[placed.column_end]), cell)
        for placed, cell in grid
    ]
    return found if all(placed.column < placed.column_end for placed, _ in found) else grid


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Yields the children of that tag, those in content controls and insertions too."""
    for child in parent:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _runs(parent: Any) -> Iterator[str]:
    """Yields the text in a paragraph: what was deleted, hidden or set in boxes is left out."""
    for child in parent:
        if child.tag == f"{_W}r":
            if child.find(f"{_W}rPr/{_W}vanish") is None:
                for piece in child:
                    if piece.tag == f"{_W}t":
                        yield piece.text or ""
                    elif piece.tag in _BREAKS:
                        yield _BREAKS[piece.tag]
        elif child.tag in _WRAPPERS:
            yield from _runs(child)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Yields the text boxes anchored in a paragraph, each once."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(above.tag == f"{_MC}Fallback" for above in box.iterancestors()):
            yield box


def _grid_before(row: Any) -> int:
    found = row.find(f"{_W}trPr/{_W}gridBefore")
    return _whole(found, 0)


def _span(cell: Any) -> tuple[int, str]:
    """Returns how many columns a cell spans, and restart or continue where it is merged with cells above or below."""
    width = max(1, _whole(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return width, "" if merge is None else merge.get(f"{_W}val", "continue")


def _whole(element: Any, default: int) -> int:
    value = "" if element is None else element.get(f"{_W}val", "")
    return int(value) if value.isdigit() and len(value) < 4 else default
