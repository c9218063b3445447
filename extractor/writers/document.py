"""The text of a report cut into the pieces a page marks: paragraphs, table grids, unread stretches."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from ..data import Cell, Figure, Region, Status, Table, Verdict
from .view import Row, View

_GRAVITY = (
    Verdict.MISMATCH,
    Verdict.AMBIGUOUS,
    Verdict.DOUBTFUL,
    Verdict.EMPTY,
    Verdict.SCOPE,
    Verdict.APPROXIMATE,
    Verdict.MATCH,
    Verdict.ABSENT,
    Verdict.UNCHECKED,
)

_STOPS = frozenset("。!?;:！？；：")
_WRAPPED = 80
"""The longest line of a text that was hard-wrapped."""
_FULL = 0.65
"""Share of the longest line from which a line was broken because it was full."""
_LABEL = 4
"""Characters from which a text cell beside figures is a label and no unit."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters under one mark: `kind` is plain, claim, excluded, unexplained or told (a line of a finding).

    `anchors` are the ids that start here, `target` is where a claim points to.
    """

    text: str
    kind: str = "plain"
    row: Row | None = None
    anchors: tuple[str, ...] = ()
    target: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; `heading` where a claim names it as its section."""

    pieces: tuple[Piece, ...]
    heading: bool


@dataclass(frozen=True, slots=True)
class FigureMark:
    """What a page says about a figure: the verdict of its claims, and the claims and findings it is in."""

    figure: Figure
    anchor: str
    verdict: Verdict | None
    claims: tuple[tuple[str, Row], ...]
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A table cell as HTML wants it: `scope` is col or row for a header, "" for data."""

    text: str
    rowspan: int
    colspan: int
    scope: str
    mark: FigureMark | None


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as a grid; where the source has no cells, what was read out of it, and its running text as `source`."""

    table: Table
    anchor: str
    rows: tuple[tuple[GridCell, ...], ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A region of the report: `kind` as in `Region`."""

    kind: str
    lines: tuple[Line, ...] = ()
    tables: tuple[TableView, ...] = ()
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report text in order, and where claims, figures and lines of findings stand on the page."""

    blocks: tuple[Block, ...]
    claim_anchors: dict[str, str]
    figure_anchors: dict[str, str]
    place_anchors: dict[tuple[int, int], str]
    tables: tuple[TableView, ...] = field(default=())


def document_of(view: View, key: str) -> Document:
    """Returns the text of `view` ready to print; anchors begin with `key`, unique on the page."""
    claims = {row.claim.id: f"{key}c{index}" for index, row in enumerate(view.rows)}
    figures = {figure.id: f"{key}f{index}" for index, figure in enumerate(view.result.reading.figures)}
    marks = _figure_marks(view, claims, figures)
    tables = tuple(_table(table, f"{key}t-{table.id}", marks, view) for table in view.result.report.tables)
    spans = dict.fromkeys(span for finding in view.findings for span in finding.finding.places)
    places = {span: f"{key}l{index}" for index, span in enumerate(spans)}
    painter = _Painter(view, claims, figures, places, key)
    titles = {title for claim in view.result.claims for title in claim.section}
    blocks = [_block(region, view, painter, titles, tables) for region in view.result.report.regions]
    return Document(tuple(blocks), claims, figures, places, tables)


def _block(
    region: Region, view: View, painter: _Painter, titles: set[str], tables: tuple[TableView, ...]
) -> Block:
    text = view.result.report.text
    if region.kind == "narrative":
        return Block("narrative", lines=tuple(_paragraphs(text, region, painter, titles)))
    if region.kind == "table":
        inside = tuple(item for item in tables if region.start <= item.table.start < region.end)
        return Block("table", tables=inside, text=text[region.start : region.end])
    return Block(
        "dropped", text=text[region.start : region.end].strip(), reason=view.words.drop(region.reason)
    )


def _paragraphs(text: str, region: Region, painter: _Painter, titles: set[str]) -> Iterator[Line]:
    """Yields the paragraphs of `region`; lines broken by hard wrapping are put together again."""
    spans = list(_lines(text, region.start, region.end))
    longest = max((end - start for start, end in spans), default=0)
    pieces: list[Piece] = []
    for index, (start, end) in enumerate(spans):
        words = text[start:end].strip()
        heading = words in titles
        pieces += painter.pieces(start, end)
        full = longest <= _WRAPPED and len(words) > longest * _FULL
        if full and not heading and words[-1] not in _STOPS and index + 1 < len(spans):
            continue
        yield Line(tuple(pieces), heading)
        pieces = []


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yields the spans of the lines between `start` and `end` that hold more than blanks."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            yield start, stop
        start = stop + 1


class _Painter:
    """Cuts spans of the narrative at every claim and number."""

    def __init__(
        self,
        view: View,
        claims: dict[str, str],
        figures: dict[str, str],
        places: dict[tuple[int, int], str],
        key: str,
    ) -> None:
        self._places, self._key = places, key
        self._text = view.result.report.text
        self._view = view
        self._rows = sorted(view.rows, key=lambda row: (row.claim.start, -row.claim.end))
        self._numbers = [item for item in view.result.numbers if item.status is not Status.CLAIMED]
        self._claims = claims
        self._figures = figures
        spans = [(row.claim.start, row.claim.end) for row in self._rows]
        spans += [(item.start, item.end) for item in self._numbers]
        self._told = {span: finding.position for finding in view.findings for span in finding.finding.places}
        spans += self._told
        self._edges = sorted({edge for span in spans for edge in span})

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Yields the pieces of the span `start`..`end`, without gap or overlap."""
        rows = [row for row in self._rows if row.claim.start < end and row.claim.end > start]
        numbers = [item for item in self._numbers if item.start < end and item.end > start]
        told = [span for span in self._told if span[0] < end and span[1] > start]
        inner = self._edges[bisect_right(self._edges, start) :]
        cuts = [start, *(edge for edge in inner if edge < end), end]
        for left, right in pairwise(cuts):
            text = self._text[left:right]
            covering = [row for row in rows if row.claim.start <= left and right <= row.claim.end]
            anchors = tuple(self._claims[row.claim.id] for row in covering if row.claim.start == left)
            if covering:
                row = covering[-1]
                yield Piece(text, "claim", row, anchors, self._target(row))
                continue
            line = next((span for span in told if span[0] <= left and right <= span[1]), None)
            number = next((item for item in numbers if item.start <= left and right <= item.end), None)
            if line is not None:
                begins = (self._places[line],) if line[0] == left else ()
                yield Piece(text, "told", anchors=begins, target=f"{self._key}n{self._told[line]}")
            elif number is None:
                yield Piece(text)
            else:
                reason = self._view.words.reason(number.reason)
                yield Piece(text, number.status.value, reason=reason)

    def _target(self, row: Row) -> str:
        if row.figures:
            return self._figures[row.figures[0].id]
        return f"{self._claims[row.claim.id]}row"


def _figure_marks(view: View, claims: dict[str, str], figures: dict[str, str]) -> dict[str, FigureMark]:
    linked: dict[str, list[Row]] = {}
    for row in view.rows:
        for figure in row.figures:
            linked.setdefault(figure.id, []).append(row)
    found: dict[str, list[int]] = {}
    for finding in view.findings:
        for figure in finding.figures:
            found.setdefault(figure.id, []).append(finding.position)
    return {
        figure.id: FigureMark(
            figure=figure,
            anchor=figures[figure.id],
            verdict=min((row.verdict for row in linked.get(figure.id, ())), key=_GRAVITY.index, default=None),
            claims=tuple((claims[row.claim.id], row) for row in linked.get(figure.id, ())),
            findings=tuple(found.get(figure.id, ())),
        )
        for figure in view.result.reading.figures
    }


def _table(table: Table, anchor: str, marks: dict[str, FigureMark], view: View) -> TableView:
    own = [mark for mark in marks.values() if mark.figure.table == table.id]
    if not table.cells:
        return TableView(
            table, anchor, tuple(_rebuilt(own)), view.result.report.text[table.start : table.end]
        )
    placed = {(mark.figure.row, mark.figure.column): mark for mark in own}
    heads = _head_rows(table, placed)
    rows: dict[int, list[GridCell]] = {row: [] for row in range(table.rows)}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(_grid_cell(cell, placed, heads))
    return TableView(table, anchor, tuple(tuple(row) for row in rows.values()))


def _head_rows(table: Table, placed: dict[tuple[int, int], FigureMark]) -> frozenset[int]:
    """Returns the rows above all figures that have words over a column of figures."""
    first = min((row for row, _ in placed), default=0)
    columns = {column for _, column in placed}
    return frozenset(
        cell.row
        for cell in table.cells
        if cell.row < first
        and cell.text.strip()
        and not columns.isdisjoint(range(cell.column, cell.column_end))
    )


def _grid_cell(cell: Cell, placed: dict[tuple[int, int], FigureMark], heads: frozenset[int]) -> GridCell:
    mark = placed.get((cell.row, cell.column))
    scope = ""
    if mark is None and cell.text.strip():
        labels = cell.column == 0 or len(cell.text.strip()) >= _LABEL
        scope = "col" if cell.row in heads else "row" if labels else ""
    return GridCell(cell.text, cell.row_end - cell.row, cell.column_end - cell.column, scope, mark)


def _rebuilt(marks: Iterable[FigureMark]) -> Iterator[tuple[GridCell, ...]]:
    """Yields the rows of a grid made of `marks`, with a head wherever the columns change."""
    head: tuple[str, ...] = ()
    for _, group in groupby(
        sorted(marks, key=lambda mark: mark.figure.row), key=lambda mark: mark.figure.row
    ):
        row = sorted(group, key=lambda mark: mark.figure.column)
        labels = tuple(" / ".join(mark.figure.column_path) or mark.figure.column_label for mark in row)
        if labels != head:
            head = labels
            yield (GridCell("", 1, 1, "", None), *(GridCell(label, 1, 1, "col", None) for label in labels))
        label = GridCell(row[0].figure.row_label, 1, 1, "row", None)
        yield (label, *(GridCell(mark.figure.text, 1, 1, "", mark) for mark in row))
