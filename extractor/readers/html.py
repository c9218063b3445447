"""HTML: the page as text, its tables as grids.

The text is what a reader would see: blanks collapsed, block ends and `<br>` as newlines, cells of a row
parted by tabs. Digits split over inline elements stay together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..data import Problem, Region, Table
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
    page = _Page(source)
    page.follow(decoded.text)
    tables, clamped = page.tables()
    problems = list(decoded.problems)
    opened = [mark.group(1) for mark in _TABLE_TAG.finditer(decoded.text)]
    if opened.count("") > opened.count("/"):
        last = tables[-1].id if tables else ""
        problems.append(Problem("table_truncated", source.name, last, params={"reason": "html"}))
    if clamped:
        problems.append(Problem("span_clamped", source.name, params={"count": clamped}))
    if page.hidden:
        problems.append(Problem("hidden_elements", source.name, params={"count": page.hidden}))
    text, places = "".join(page.out.pieces), page.trail.places()
    return Draft(text, decoded.encoding, tuple(tables), tuple(page.dropped), tuple(problems), places)


class _Page:
    """A page being read: its text so far, the tables and the asides that are open or done."""

    def __init__(self, source: Source) -> None:
        self.out = _Renderer()
        self.trail = Trail(_BLOCKS | _CELLS)
        self.dropped: list[Region] = []
        self.hidden = 0
        self._source = source
        self._layout = source.layout
        self._cells = 0
        self._pre = 0
        self._grids: list[_Grid] = []
        self._done: list[tuple[int, _Grid]] = []
        self._asides: list[tuple[int, int]] = []

    def follow(self, page: str) -> None:
        """Reads a page from its beginning to its end.

        Raises:
            InputError: too_many_cells.
        """
        out = self.out
        for node, entering in _walk(LexborHTMLParser(page), self._seen, self.trail):
            if node.is_text_node:
                before = out.length
                out.write(node.text_content or "", self._pre > 0)
                self.trail.mark(before, out.length)
            elif node.tag != "br":
                self._element(node, node.tag or "", entering)
            elif entering:
                out.fresh = False
                out.mark("\n")

    def tables(self) -> tuple[list[Table], int]:
        """Returns the tables of data in the page, and how many of their cells were cut to the grid."""
        tables: list[Table] = []
        clamped = 0
        for end, grid in sorted(self._done, key=lambda item: item[1].start):
            if _data(grid):
                cells, rows, columns, cut = resolve([row for row in grid.rows if row])
                clamped += cut
                name = f"T{len(tables) + 1}"
                tables.append(Table(name, grid.start, end, "html", cells, rows, columns, grid.caption))
        return tables, clamped

    def _seen(self, node: LexborNode) -> bool:
        """Tells whether a reader of the page sees an element; counts those with text that are hidden from him."""
        if node.tag in self._layout.html.skipped:
            return False
        attributes = node.attributes
        if not attributes:
            return True
        hidden = "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None
        self.hidden += hidden and node.text().strip() != ""
        return not hidden

    def _element(self, node: LexborNode, tag: str, entering: bool) -> None:
        grid = self._grids[-1] if self._grids else None
        if tag in _CELLS and grid is not None:
            self._cell(node, grid, entering)
        elif tag in _BLOCKS and (entering or grid is None or tag not in _ROWS):
            self.out.mark("\n")
        if tag == "table":
            self._table(grid, entering)
        elif tag == "tr" and grid is not None:
            if entering:
                grid.rows.append([])
            else:
                self.out.mark("\n")
        elif tag == "caption" and grid is not None and not entering:
            grid.caption = "".join(self.out.pieces[grid.pieces :]).strip() if not grid.rows else ""
        elif tag == "pre":
            self._pre += 1 if entering else -1
        if _aside(node, tag, self._layout):
            self._set_aside(node, tag, entering)

    def _cell(self, node: LexborNode, grid: _Grid, entering: bool) -> None:
        if not entering:
            _close_cell(grid, self.out)
            return
        self._cells += 1
        limit = self._source.limits.cells
        if self._cells > limit:
            raise InputError("too_many_cells", self._source.name, size=self._cells, limit=limit)
        _open_cell(node, grid, self.out)

    def _table(self, around: _Grid | None, entering: bool) -> None:
        if entering:
            if around is not None:
                around.nested = True
            self._grids.append(_Grid(self.out.length, pieces=len(self.out.pieces)))
        elif around is not None:
            self._done.append((self.out.length, self._grids.pop()))

    def _set_aside(self, node: LexborNode, tag: str, entering: bool) -> None:
        """Opens or closes what may be navigation: dropped unless the report itself stands in it."""
        if entering:
            self.out.mark("\n")
            self._asides.append((node.mem_id, self.out.length))
        elif self._asides and self._asides[-1][0] == node.mem_id:
            start = self._asides.pop()[1]
            self.out.mark("\n")
            end, html = self.out.length, self._layout.html
            if start < end and (tag in html.navigation or end - start <= html.limit):
                self.dropped.append(Region(start, end, "dropped", "navigation"))


def _walk(
    page: LexborHTMLParser, seen: Callable[[LexborNode], bool], trail: Trail
) -> Iterator[tuple[LexborNode, bool]]:
    """Yields each node of the page with whether it opens or closes, but for elements that are not `seen`.

    A loop, not a recursion: pages nest as deep as they like.
    """
    node = page.root
    depth = 0
    while node is not None:
        enter = node.is_text_node
        if node.is_element_node:
            trail.enter(node.tag or "")
            enter = seen(node)
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
