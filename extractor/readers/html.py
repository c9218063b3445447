"""HTML: the page as text, its tables as grids.

The text is what a reader would see: blanks collapsed, block ends and `<br>` as newlines, cells of a row
parted by tabs. Digits split over inline elements stay together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..data import Place, Problem, Region, Table
from ..errors import InputError
from ..knowledge import Layout
from .grid import Spanned, resolve
from .source import Draft, Source
from .trail import Trail

_TABLE_TAG = re.compile(r"<(/?)table\b", re.IGNORECASE)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section summary "
        "table tbody tfoot thead tr ul",
    )
)
_CELLS = frozenset({"td", "th"})
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SPAN = re.compile(r"\s*(\d{1,9})")
_CLASS_WORD = re.compile(r"[a-z]+")
# A cell that holds this much running prose makes its table page layout.
_PROSE = 240
_NUMERIC = re.compile(r"\s*[-−+]?[\d,,.%]+\s*")


@dataclass(slots=True)
class _Grid:
    """A table element being read: where it starts in the text, its rows, the cell that is open.

    `pieces` counts the pieces of text before it; `caption` is the text of its caption element.
    """

    start: int
    rows: list[list[Spanned]] = field(default_factory=list)
    nested: bool = False
    cell: int = -1
    spans: tuple[int, int] = (1, 1)
    pieces: int = 0
    caption: str = ""


class _Renderer:
    """Writes the text of a page piece by piece, knowing at each point how long it is."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.blank = False
        self.fresh = True

    def mark(self, char: str) -> None:
        """Ends a line or a cell; a newline takes the place of blanks before it."""
        self.blank = False
        if char == "\n" and self.fresh:
            return
        self._put(char)
        self.fresh = char == "\n"

    def write(self, text: str, pre: bool) -> None:
        """Adds text, its blanks collapsed unless it is preformatted."""
        if pre:
            if text:
                self._put(text)
                self.fresh = text.endswith("\n")
            return
        for number, word in enumerate(_BLANKS.split(text)):
            self.blank = self.blank or number > 0
            if not word:
                continue
            if self.blank and not self.fresh and not self.pieces[-1].endswith("\t"):
                self._put(" ")
            self._put(word)
            self.blank = self.fresh = False

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def read(source: Source) -> Draft:
    """Returns the page as text with its tables.

    Tables that only lay out the page are text; tables inside tables are tables of their own.

    Raises:
        InputError: too_many_cells.
    """
    decoded = source.decoded
    tables, dropped, places, text, clamped = _render(decoded.text, source)
    problems = list(decoded.problems)
    opened = [mark.group(1) for mark in _TABLE_TAG.finditer(decoded.text)]
    if opened.count("") > opened.count("/"):
        last = tables[-1].id if tables else ""
        problems.append(Problem("table_truncated", source.name, last, params={"reason": "html"}))
    if clamped:
        problems.append(Problem("span_clamped", source.name, params={"count": clamped}))
    return Draft(text, decoded.encoding, tables, dropped, tuple(problems), places)


def _render(
    page: str, source: Source
) -> tuple[tuple[Table, ...], tuple[Region, ...], tuple[Place, ...], str, int]:
    layout, limit = source.layout, source.limits.cells
    count = 0
    out = _Renderer()
    trail = Trail(_BLOCKS | _CELLS)
    grids: list[_Grid] = []
    done: list[tuple[int, _Grid]] = []
    asides: list[tuple[int, int]] = []
    dropped: list[Region] = []
    pre = 0
    for node, entering in _walk(LexborHTMLParser(page), layout, trail):
        tag = node.tag or ""
        if node.is_text_node:
            before = out.length
            out.write(node.text_content or "", pre > 0)
            trail.mark(before, out.length)
            continue
        if tag == "br":
            if entering:
                out.fresh = False
                out.mark("\n")
            continue
        grid = grids[-1] if grids else None
        if tag in _CELLS and grid is not None:
            if entering:
                count += 1
                if count > limit:
                    raise InputError("too_many_cells", source.name, size=count, limit=limit)
                _open_cell(node, grid, out)
            else:
                _close_cell(grid, out)
        elif tag in _BLOCKS and (entering or grid is None or tag not in _ROWS):
            out.mark("\n")
        if tag == "table":
            if entering:
                if grid is not None:
                    grid.nested = True
                grids.append(_Grid(out.length, pieces=len(out.pieces)))
            elif grid is not None:
                done.append((out.length, grids.pop()))
        elif tag == "tr" and grid is not None:
            if entering:
                grid.rows.append([])
            else:
                out.mark("\n")
        elif tag == "caption" and grid is not None and not entering:
            grid.caption = "".join(out.pieces[grid.pieces :]).strip() if not grid.rows else ""
        elif tag == "pre":
            pre += 1 if entering else -1
        if _aside(node, tag, layout):
            if entering:
                out.mark("\n")
                asides.append((node.mem_id, out.length))
            elif asides and asides[-1][0] == node.mem_id:
                start = asides.pop()[1]
                out.mark("\n")
                whole = tag in layout.html.navigation or out.length - start <= layout.html.limit
                if whole and start < out.length:
                    dropped.append(Region(start, out.length, "dropped", "navigation"))
    text = "".join(out.pieces)
    tables: list[Table] = []
    clamped = 0
    for end, grid in sorted(done, key=lambda item: item[1].start):
        if _data(grid):
            cells, rows, columns, cut = resolve([row for row in grid.rows if row])
            clamped += cut
            tables.append(
                Table(f"T{len(tables) + 1}", grid.start, end, "html", cells, rows, columns, grid.caption)
            )
    return tuple(tables), tuple(dropped), trail.places(), text, clamped


def _walk(page: LexborHTMLParser, layout: Layout, trail: Trail) -> Iterator[tuple[LexborNode, bool]]:
    """Yields each node of the page with whether it opens or closes, skipping what no reader sees.

    A loop, not a recursion: pages nest as deep as they like.
    """
    node = page.root
    depth = 0
    while node is not None:
        enter = node.is_text_node
        if node.is_element_node:
            trail.enter(node.tag or "")
            enter = not _unseen(node, layout)
            if not enter:
                trail.leave()
        if enter:
            yield node, True
            if not node.is_text_node:
                child = node.child
                if child is not None:
                    node, depth = child, depth + 1
                    continue
                yield node, False
                trail.leave()
        following = node.next if depth else None
        while following is None and depth:
            parent = node.parent
            if parent is None:
                return
            node, depth = parent, depth - 1
            yield node, False
            trail.leave()
            following = node.next if depth else None
        node = following


def _unseen(node: LexborNode, layout: Layout) -> bool:
    if node.tag in layout.html.skipped:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


def _aside(node: LexborNode, tag: str, layout: Layout) -> bool:
    if tag in layout.html.navigation or tag in layout.html.short:
        return True
    if tag not in ("div", "ul", "ol", "p", "section", "span", "table"):
        return False
    attributes = node.attributes
    if not attributes:
        return False
    words = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    return any(word in layout.html.classes for word in _CLASS_WORD.findall(words))


def _open_cell(node: LexborNode, grid: _Grid, out: _Renderer) -> None:
    if not grid.rows:
        grid.rows.append([])
    if grid.rows[-1]:
        out.blank = False
        out.mark("\t")
    out.fresh, out.blank = True, False
    attributes = node.attributes
    grid.cell, grid.spans = out.length, (_number(attributes, "rowspan"), _number(attributes, "colspan"))


def _close_cell(grid: _Grid, out: _Renderer) -> None:
    if grid.cell < 0:
        return
    while out.pieces and out.pieces[-1] == "\n" and out.length > grid.cell:
        out.pieces.pop()
        out.length -= 1
    text = "".join(_tail(out.pieces, out.length - grid.cell))
    body = text.strip()
    start = grid.cell + (len(text) - len(text.lstrip()) if body else 0)
    grid.rows[-1].append(Spanned(*grid.spans, start, start + len(body), body))
    grid.cell = -1
    out.fresh = out.blank = False


def _tail(pieces: list[str], length: int) -> list[str]:
    """Returns the last pieces, `length` characters of them."""
    taken: list[str] = []
    while length > 0:
        piece = pieces[-1 - len(taken)]
        taken.append(piece)
        length -= len(piece)
    return taken[::-1]


def _number(attributes: dict[str, str | None], key: str) -> int:
    match = _SPAN.match(attributes.get(key) or "")
    return int(match.group(1)) if match else 1


def _data(grid: _Grid) -> bool:
    """Returns whether a table holds data, not the layout of the page."""
    cells = [cell for row in grid.rows for cell in row]
    filled = sum(1 for cell in cells if cell.text)
    if filled < 2 or max((len(row) for row in grid.rows), default=0) < 2:
        return False
    numeric = sum(1 for cell in cells if _NUMERIC.fullmatch(cell.text))
    if grid.nested:
        return numeric >= 4
    return numeric >= 4 or not any(len(cell.text) > _PROSE and "。" in cell.text for cell in cells)
