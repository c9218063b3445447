"""One document as read: text, regions, tables and places; folded; cut into sections and sentences."""

from __future__ import annotations

from bisect import bisect_right

from .records import record
from .terms import Problem


@record
class Region:
    """A stretch of `Report.text`: `kind` is narrative, table or dropped (then `reason` is a code)."""

    start: int
    end: int
    kind: str
    reason: str = ""


@record
class Cell:
    """One cell of a grid; rows and columns are half-open, `start`/`end` lie in `Report.text`."""

    row: int
    row_end: int
    column: int
    column_end: int
    start: int
    end: int
    text: str


@record
class Table:
    """A table of the report.

    `layout` names how it stood in the source: html, docx, pdf (ruled) or aligned (PDF without rules),
    sheet, markdown, pipes, tabs, blanks, linear (one cell a line with "|"), lines (one cell a line without),
    or stream (text whose cells only a template can tell apart; `cells` is empty then and `tables` reads the
    span itself).
    `caption` is the text just above it, with any (单位:万元); `notes` are the remarks under it.
    """

    id: str
    start: int
    end: int
    layout: str
    cells: tuple[Cell, ...] = ()
    rows: int = 0
    columns: int = 0
    caption: str = ""
    notes: tuple[str, ...] = ()


@record
class Place:
    """Where a stretch of `Report.text` stands in the original: p.3, ¶12, T2!R3C4, Sheet1!B7, /html/body/p[2], L40."""

    start: int
    end: int
    where: str


@record
class Report:
    """One document as read. `regions` cover `text` without gap or overlap, in order.

    `places` are disjoint and sorted by offset; what no place covers is of the reader's own making. A text
    that was read as it stands has none: its lines are its places.
    """

    source: str
    sha256: str
    text: str
    encoding: str = "utf-8"
    format: str = "text"
    regions: tuple[Region, ...] = ()
    tables: tuple[Table, ...] = ()
    problems: tuple[Problem, ...] = ()
    places: tuple[Place, ...] = ()

    def place_of(self, offset: int) -> str:
        """Returns where the character at `offset` stands in the original, "" where that is not known."""
        if not self.places and 0 <= offset < len(self.text):
            return f"L{self.text.count(chr(10), 0, offset) + 1}"
        number = bisect_right(self.places, offset, key=lambda place: place.start) - 1
        if number < 0 or offset >= self.places[number].end:
            return ""
        return self.places[number].where


@record
class Folded:
    """The narrative, folded for matching, with the way back.

    `text` is the narrative of a report (all narrative regions, joined by newlines) after the
    one-to-one width fold, without blanks inside Chinese text and without the line breaks of hard
    wrapping. `starts[i]` is the offset in `Report.text` of folded character i; `starts[len(text)]`
    is the end. A folded span [i, j) stands at original [starts[i], starts[j - 1] + 1).
    """

    text: str
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Returns the half-open span in `Report.text` of the folded span `start`..`end`."""
        if start >= end:
            return self.starts[start], self.starts[start]
        return self.starts[start], self.starts[end - 1] + 1


@record
class Section:
    """A heading and where its text runs, in folded offsets; `path` holds the titles above and its own."""

    start: int
    end: int
    level: int
    title: str
    path: tuple[str, ...]


@record
class Sentence:
    """A sentence in folded offsets; `section` indexes the sections (-1 before the first heading)."""

    start: int
    end: int
    section: int
