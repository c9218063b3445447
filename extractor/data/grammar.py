"""What the grammar makes of the numbers of a narrative: quantities, exclusions, their time and scope."""

from __future__ import annotations

from decimal import Decimal

from .records import record


@record
class Interval:
    """A set of values: closed unless a flag opens an end; `None` is unbounded."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False


@record
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


@record
class Exclusion:
    """A stretch of the folded narrative whose numbers are no claims; `reason` is a code of `kb/exclusions.toml`."""

    start: int
    end: int
    text: str
    reason: str
    rule: str
    numbers: tuple[tuple[int, int], ...]


@record
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


@record
class Scope:
    """Whose figures a claim speaks of: `kind` is whole, body, subordinate or unstated (`kb/scopes.toml`)."""

    kind: str = "unstated"
    text: str = ""


UNDATED, UNSCOPED = Period(), Scope()
"""What a claim has whose words name no time, or nobody."""
