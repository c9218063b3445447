"""Frozen records that flow from reader to writer. No behaviour beyond trivial views of their fields.

Offsets count characters and are half-open. Records of the public result (`Number`, `Claim`,
`Figure`, …) carry offsets into `Report.text`; `Quantity` and `Exclusion` carry offsets into the
`Folded` narrative the grammar ran on. Numbers are `Decimal`; an open bound is `None`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Param = str | int | Decimal
Params = Mapping[str, Param]


class Verdict(StrEnum):
    """What a claim's comparison with the table came to (domain: §4)."""

    MATCH = "match"
    APPROXIMATE = "approximate_match"
    MISMATCH = "mismatch"
    SCOPE = "scope_differs"
    EMPTY = "cell_empty"
    ABSENT = "not_in_table"
    DOUBTFUL = "table_doubtful"
    AMBIGUOUS = "ambiguous"
    UNCHECKED = "not_checkable"


class Severity(StrEnum):
    """How much an auditor should care; apart from the verdict."""

    ERROR = "error"
    REVIEW = "review"
    INFO = "info"


class Status(StrEnum):
    """Where a number of the narrative ended."""

    CLAIMED = "claimed"
    EXCLUDED = "excluded"
    UNEXPLAINED = "unexplained"


class Relation(StrEnum):
    """What a claim says about its indicator.

    In order: how many, how many in all, by how much more or less, at what rate, what share of a whole, which
    place in a ranking, and what it should be.
    """

    LEVEL = "level"
    TOTAL = "total"
    CHANGE = "change"
    RATE = "rate"
    SHARE = "share"
    RANK = "rank"
    NORM = "norm"


class CellState(StrEnum):
    """What a table cell holds; the four ways of holding no number are four different things."""

    VALUE = "value"
    BLANK = "blank"
    SLASH = "slash"
    DASH = "dash"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Problem:
    """Bad input, kept as data: what, where, and the parameters of its message in `kb/problems.toml`."""

    code: str
    file: str
    place: str = ""
    params: Params = field(default_factory=dict)


# ---------------------------------------------------------------- the report


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of `Report.text`: `kind` is narrative, table or dropped (then `reason` is a code)."""

    start: int
    end: int
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid; rows and columns are half-open, `start`/`end` lie in `Report.text`."""

    row: int
    row_end: int
    column: int
    column_end: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the report.

    `layout` names how it stood in the source: html, docx, pdf (ruled) or aligned (PDF without rules),
    sheet, markdown, pipes, tabs, blanks, linear (one cell a line with "|"), or stream (text whose
    cells only a template can tell apart; `cells` is empty then and `tables` reads the span itself).
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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of `Report.text` stands in the original: p.3, ¶12, T2!R3C4, Sheet1!B7, /html/body/p[2], L40."""

    start: int
    end: int
    where: str


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and where its text runs, in folded offsets; `path` holds the titles above and its own."""

    start: int
    end: int
    level: int
    title: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in folded offsets; `section` indexes the sections (-1 before the first heading)."""

    start: int
    end: int
    section: int


# ---------------------------------------------------------------- the grammar


@dataclass(frozen=True, slots=True)
class Interval:
    """A set of values: closed unless a flag opens an end; `None` is unbounded."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity expression of the folded narrative: number(s), hedge and unit.

    `start`/`end` span hedge, number and unit as written; `numbers` are the spans of the bare
    numerals inside. `value` is the single number written (None for a range); `interval` is what it
    may stand for in units of `unit`, a canonical id of `kb/units.toml` ("" where none is written).
    `kind` is the unit's class (count, money, percent, point, time, area, …; "bare" without unit).
    """

    start: int
    end: int
    text: str
    numbers: tuple[tuple[int, int], ...]
    value: Decimal | None
    interval: Interval
    unit: str
    unit_text: str
    kind: str
    hedge: str
    rule: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A stretch of the folded narrative whose numbers are no claims; `reason` is a code of `kb/exclusions.toml`."""

    start: int
    end: int
    text: str
    reason: str
    rule: str
    numbers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The time a claim speaks of.

    `kind`: year (the report's own or a named year), last_year, part (a month, quarter, half or day
    inside a year), as_of (截至 a day), cumulative, span (several years), plan (the future), or
    unstated. `year` and `months` where the text gives them; `text` as written.
    """

    kind: str = "unstated"
    year: int | None = None
    months: tuple[int, int] | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures a claim speaks of: `kind` is whole, body, subordinate or unstated (`kb/scopes.toml`)."""

    kind: str = "unstated"
    text: str = ""


# ---------------------------------------------------------------- the result


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the narrative and its fate: `reason` is a code where excluded or unexplained."""

    start: int
    end: int
    text: str
    status: Status
    reason: str = ""
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One quantitative claim of the narrative.

    `indicator` is the phrase that says what is counted, in its own clause; `context` are the
    phrases it inherits (heads of earlier clauses, the whole it is part of), nearest first.
    `part_of` is the id of the claim for the whole, `list_kind` how its list was introduced
    (qizhong, include, respectively, bracket, or ""). `numbers` are spans of the bare numerals.
    `kind` is the class of the unit as in `Quantity`, rank for a place in a ranking (居第3位), zero for words
    that say there was none (未收到); a zero has the span of its words, and no number but a numeral 零 among them.
    """

    id: str
    start: int
    end: int
    text: str
    numbers: tuple[tuple[int, int], ...]
    value: Decimal | None
    interval: Interval
    unit: str
    unit_text: str
    kind: str
    hedge: str
    indicator: str
    context: tuple[str, ...]
    verb: str
    scope: Scope
    period: Period
    relation: Relation
    part_of: str | None
    list_kind: str
    section: tuple[str, ...]
    sentence: tuple[int, int]
    rule: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One value cell of a table, with what it means.

    `indicator` is `<row id>` or `<row id>@<column id>` of the matched template, None where the
    table is of no known template; `row_path`/`column_path` are the labels above it, outermost
    first. `value` is None unless `state` is value. `doubt` is a code where the cell was recovered
    from damaged text in more than one admissible way, "" else. `address` points into the source
    (T1!R5C3). `period` is "" for the report's year, else cumulative or last_year. `note` are the remarks
    beside the value and under the table that speak of it; `includes` are the indicators whose counts the
    value holds as well, where a remark says so (本年新收 含上年结转).
    """

    id: str
    table: str
    row: int
    column: int
    address: str
    row_label: str
    column_label: str
    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    indicator: str | None
    group: str
    value: Decimal | None
    state: CellState
    text: str
    unit: str
    start: int
    end: int
    doubt: str = ""
    note: str = ""
    period: str = ""
    includes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All figures of a report's tables. `template` is "" where none fits; `score` in [0, 1] is its evidence."""

    figures: tuple[Figure, ...]
    template: str = ""
    score: Decimal = Decimal(0)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """One admissible formula tried for a claim; `value` None where a cell is missing or empty."""

    formula: str
    figures: tuple[str, ...]
    value: Decimal | None
    difference: Decimal | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A claim and what it is compared with.

    `trials` are the formulas tried, in order of evidence; `figures`/`formula` repeat the one that
    held, or the likeliest. `score` in [0, 1] is the probability that the claim is about these
    figures. `why` is a code of `kb/reasons.toml` with `params`. A link with no figures says why
    there is none. `rivals` are figure ids of near ties (verdict ambiguous).
    """

    claim: str
    figures: tuple[str, ...]
    formula: str
    score: Decimal
    why: str
    params: Params = field(default_factory=dict)
    trials: tuple[Trial, ...] = ()
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an auditor should see; `code` is a key of `kb/findings.toml`, which holds its words.

    `claims` and `figures` are ids of the evidence, the main one first. `expected` is what the other
    side or the arithmetic says, `actual` what stands there.
    """

    code: str
    verdict: Verdict | None
    severity: Severity
    claims: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    formula: str = ""
    expected: Decimal | None = None
    actual: Decimal | None = None
    difference: Decimal | None = None
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One arithmetic check that could be made, and whether it held: the tally behind silence."""

    code: str
    holds: bool
    claims: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    formula: str = ""
    expected: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What made a result: code version, knowledge hash, model id."""

    version: str
    kb: str
    model: str


@dataclass(frozen=True, slots=True)
class Result:
    """The audit of one report. `verdicts` maps every claim id to its verdict."""

    report: Report
    reading: Reading
    numbers: tuple[Number, ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    verdicts: Mapping[str, Verdict]
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    problems: tuple[Problem, ...]
    stamp: Stamp
