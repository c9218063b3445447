"""What an audit says: numbers, claims, figures, links, findings, checks, and the result that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from .grammar import Interval, Period, Scope
from .records import record
from .report import Report
from .terms import CellState, Params, Problem, Relation, Severity, Status, Verdict


@record
class Number:
    """One number of the narrative and its fate: `reason` is a code where excluded or unexplained."""

    start: int
    end: int
    text: str
    status: Status
    reason: str = ""
    claim: str | None = None


@record
class Claim:
    """One quantitative claim of the narrative.

    `indicator` is the phrase that says what is counted, in its own clause, with what it takes for granted there (每批
    of 案例2批,每批10件 is 案例每批); `phrase` are those words of it that are its own; `context` are the phrases it
    inherits (heads of earlier clauses, the whole it is part of), nearest first.
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
    phrase: str = ""


@record
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


@record
class Reading:
    """All figures of a report's tables. `template` is "" where none fits; `score` in [0, 1] is its evidence."""

    figures: tuple[Figure, ...]
    template: str = ""
    score: Decimal = Decimal(0)
    problems: tuple[Problem, ...] = ()


@record
class Trial:
    """One admissible formula tried for a claim; `value` None where a cell is missing or empty."""

    formula: str
    figures: tuple[str, ...]
    value: Decimal | None
    difference: Decimal | None
    holds: bool


@record
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


@record
class Finding:
    """Something an auditor should see; `code` is a key of `kb/findings.toml`, which holds its words.

    `claims` and `figures` are ids of the evidence, the main one first. `expected` is what the other
    side or the arithmetic says, `actual` what stands there. `places` are half-open spans of the report's text that
    are evidence without holding a claim (a heading), in their order.
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
    places: tuple[tuple[int, int], ...] = ()


@record
class Check:
    """One arithmetic check that could be made, and whether it held: the tally behind silence."""

    code: str
    holds: bool
    claims: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    formula: str = ""
    expected: Decimal | None = None
    actual: Decimal | None = None


@record
class Stamp:
    """What made a result: code version, knowledge hash, model id."""

    version: str
    kb: str
    model: str


@record
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
