"""The records of a collection: reports as a run keeps them, what is found between them, and what was compared.

They hold what comparing needs and no more, so that a collection of many reports passes through little memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from .grammar import Interval
from .records import record
from .terms import CellState, Params, Problem, Relation, Severity, Verdict


@record
class KeptFigure:
    """A value cell as a run keeps it; `doubt` as in `Figure`, `sound` is False where an identity it is in fails."""

    id: str
    table: str
    address: str
    row_label: str
    column_label: str
    indicator: str
    value: Decimal | None
    state: CellState
    unit: str
    period: str = ""
    doubt: str = ""
    sound: bool = True


@record
class KeptClaim:
    """A claim as a run keeps it, with what it was linked to.

    `start`/`end` lie in the report's text, where `sentence` begins at `sentence_start`. `scope` are kind and words
    of the scope. `formula` and `figures` are those of its link.
    """

    id: str
    start: int
    end: int
    text: str
    value: Decimal | None
    interval: Interval
    unit: str
    kind: str
    hedge: str
    indicator: str
    context: tuple[str, ...]
    scope: tuple[str, str]
    period: str
    period_text: str
    year: int | None
    relation: Relation
    part_of: str
    sentence: str
    sentence_start: int
    formula: str = ""
    figures: tuple[str, ...] = ()


@record
class Member:
    """One report of a collection: whose it is, and what it holds; `doubts` counts its cells that are in doubt."""

    report: str
    source: str
    sha256: str
    title: str
    body: str
    level: str
    parent: str
    year: int | None
    confidence: Decimal
    template: str
    doubts: int = 0
    figures: tuple[KeptFigure, ...] = ()
    claims: tuple[KeptClaim, ...] = ()


@record
class Exhibit:
    """One place a finding rests on: a claim (`kind` claim), a cell (figure) or a whole report (report).

    `place` is the address of a cell, or the span of a claim in the report's text; `quote` the words that stand there.
    `form` is the template of a cell's table, which decides how its indicator is called.
    """

    report: str
    source: str
    body: str
    year: int | None
    kind: str
    id: str = ""
    place: str = ""
    label: str = ""
    value: Decimal | None = None
    unit: str = ""
    quote: str = ""
    form: str = ""


@record
class CollectionFinding:
    """Something between reports that an auditor should see; `code` is a key of `kb/findings.toml`.

    The first exhibit is what stands in the report of `year`; the others are what it is compared with.
    """

    code: str
    verdict: Verdict | None
    severity: Severity
    body: str
    year: int
    exhibits: tuple[Exhibit, ...]
    formula: str = ""
    expected: Decimal | None = None
    actual: Decimal | None = None
    difference: Decimal | None = None
    params: Params = field(default_factory=dict)


@record
class CollectionCheck:
    """One comparison: `status` is held, failed or unknown; `reason` is a code of `kb/interface.toml` where unknown."""

    code: str
    status: str
    body: str
    year: int
    reason: str = ""
    formula: str = ""


HELD, FAILED, UNKNOWN = "held", "failed", "unknown"
"""What `CollectionCheck.status` may be."""

Outcome = CollectionFinding | CollectionCheck
"""What comparing yields."""


@record
class Series:
    """The reports of one body: one a year, by year; `more` are further reports of a year."""

    body: str
    level: str
    parent: str
    years: Mapping[int, Member]
    more: Mapping[int, tuple[Member, ...]]


@record
class ReportTotals:
    """What one report of a run comes to; `mismatches` are its claims that the tables contradict."""

    report: str
    source: str
    title: str
    body: str
    year: int | None
    claims: int
    mismatches: int
    unexplained: int
    errors: int
    reviews: int


@record
class Rejected:
    """The reports that could not be audited for one reason: how many, some of them, and the problem of the first."""

    status: str
    problem: Problem
    count: int
    examples: tuple[str, ...]


@record
class RunTotals:
    """What a run comes to. Counts by severity stand in the order error, review, info.

    `codes` are the findings by code; `bodies` and `years` the findings of reports whose body and year are known, with
    the number of reports; `templates` and `formats` the reports by what their tables and files are. `compared`
    is None where nobody compared the reports with each other yet, else how often what was compared, by
    (code, status, reason).
    """

    statuses: Mapping[str, int]
    rejected: tuple[Rejected, ...]
    statuses_of_numbers: Mapping[str, int]
    verdicts: Mapping[str, int]
    severities: tuple[int, int, int]
    codes: tuple[tuple[str, tuple[int, int, int]], ...]
    bodies: tuple[tuple[str, int, tuple[int, int, int]], ...]
    body_count: int
    years: tuple[tuple[int, int, tuple[int, int, int]], ...]
    templates: tuple[tuple[str, int], ...]
    formats: tuple[tuple[str, int], ...]
    problems: tuple[tuple[str, int], ...]
    worst: tuple[ReportTotals, ...]
    unplaced: int
    stamps: tuple[str, ...]
    findings: tuple[CollectionFinding, ...] = ()
    compared: tuple[tuple[str, str, str, int], ...] | None = None
