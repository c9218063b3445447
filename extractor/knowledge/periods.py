"""How prose says when: the expressions of time, what they date, and the year that a report looks back on."""

from __future__ import annotations

import re
from collections.abc import Mapping

import regex

from ..data.records import record
from .source import Section, opens_plainly

KINDS = frozenset(
    {
        "none",
        "comparison",
        "weak",
        "now",
        "here",
        "local",
        "document",
        "event",
        "stock",
        "carried",
        "aside",
        "moment",
        "noun",
        "basis",
        "year",
        "last_year",
        "part",
        "as_of",
        "cumulative",
        "span",
        "plan",
    }
)


@record
class PeriodRule:
    """A pattern over folded text and the kind of period it states.

    "none" shields a time from dating a claim, "comparison" dates the number right behind it only, "now" is a day that
    is not named, "here" one that dates its own clause only,
    "local" a span that does so; an "event" is a part of the year, a "document" the year of one that is counted, a
    "stock" the end of the year where its own clause says so. "carried" names what is last year's, "aside" a year
    before in a parenthesis: both date the number right behind them only. A "moment" is a day of its own clause, a
    "noun" the year of one thing. A "basis" dates nothing, but is no part of any phrase. Where `needs` are given, one of
    them stands in whatever holds a match.
    """

    kind: str
    pattern: re.Pattern[str] | regex.Pattern[str]
    needs: tuple[str, ...] = ()


@record
class YearSigns:
    """What tells the year a report is about, in folded text.

    Each of `patterns` finds it in group `year`, or the one after it in group `next`; `votes` is what a match adds to
    its year, by the group that says of what kind it is.
    """

    patterns: tuple[regex.Pattern[str], ...]
    votes: Mapping[str, int]


@record
class PeriodWords:
    """The expressions of time, in the order in which they are looked for, and what stands around them.

    `near` matches all that may stand between a time that dates one number only and that number, `counted` what goes on
    with one right behind a weak time (累计226万人次); what ends with `since` behind the report's year is that year.
    """

    rules: tuple[PeriodRule, ...]
    near: regex.Pattern[str]
    counted: regex.Pattern[str]
    since: str
    report: YearSigns


def read_periods(data: Section) -> PeriodWords:
    """Returns the tables `periods`, `dating` and `report_year`.

    Raises:
        KnowledgeError: a kind is unknown, a weight is no whole number, a pattern is none.
    """
    dating = data.section("dating")
    return PeriodWords(
        rules=tuple(_rule(item) for item in data.sections("periods")),
        near=dating.regex_pattern("near"),
        counted=dating.regex_pattern("counted"),
        since=dating.text("since"),
        report=_signs(data.section("report_year")),
    )


def _rule(item: Section) -> PeriodRule:
    """Returns a rule; all are searched through the whole text, each by the engine that is quicker there."""
    kind = item.text("kind")
    if kind not in KINDS:
        raise item.wrong("kind", f"one of {', '.join(sorted(KINDS))}")
    pattern = item.text("pattern")
    quick = opens_plainly(pattern)
    return PeriodRule(
        kind, item.pattern("pattern") if quick else item.regex_pattern("pattern"), item.texts("needs")
    )


def _signs(table: Section) -> YearSigns:
    """Returns the table `report_year`, each of its patterns a group of the one it belongs to."""

    def either(*keys: str) -> regex.Pattern[str]:
        return table.regex_compiled("|".join(f"(?P<{key}>{table.text(key)})" for key in keys), keys[0])

    patterns = either("title", "plain"), either("heading", "meeting")
    votes = table.section("votes")
    return YearSigns(patterns, {key: votes.whole(key) for key in ("title", "plain", "heading", "meeting")})
