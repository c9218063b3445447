"""How prose says when: the expressions of time, what they date, and the year that a report looks back on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import regex

from ..data.records import record
from ..errors import KnowledgeError
from .source import Toml, known_keys, opens_plainly, text_of, texts_of

_FILE = "discourse.toml"
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

Compile = Callable[[str, str], regex.Pattern[str]]
Quick = Callable[[str, str], re.Pattern[str]]


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


def read_periods(data: Toml, compiled: Compile, quick: Quick) -> PeriodWords:
    """Returns the tables `periods`, `dating` and `report_year`.

    Raises:
        KnowledgeError: a key or kind is unknown, a weight is no whole number, a pattern is none.
    """
    dating = data["dating"]
    known_keys(dating, frozenset({"near", "counted", "since"}), _FILE, "dating")
    return PeriodWords(
        rules=tuple(_rule(item, index, compiled, quick) for index, item in enumerate(data["periods"])),
        near=compiled(text_of(dating, "near", _FILE, "dating"), "dating.near"),
        counted=compiled(text_of(dating, "counted", _FILE, "dating"), "dating.counted"),
        since=text_of(dating, "since", _FILE, "dating"),
        report=_signs(data["report_year"], compiled),
    )


def _rule(item: Toml, index: int, compiled: Compile, quick: Quick) -> PeriodRule:
    """Returns a rule; all are searched through the whole text, each by the engine that is quicker there."""
    place = f"periods[{index}]"
    known_keys(item, frozenset({"kind", "needs", "pattern"}), _FILE, place)
    kind = text_of(item, "kind", _FILE, place)
    if kind not in KINDS:
        raise KnowledgeError(_FILE, f"{place}.kind", kind, f"one of {', '.join(sorted(KINDS))}")
    pattern = text_of(item, "pattern", _FILE, place)
    engine = quick if opens_plainly(pattern) else compiled
    return PeriodRule(kind, engine(pattern, f"{place}.pattern"), texts_of(item, "needs", _FILE, place))


def _signs(table: Toml, compiled: Compile) -> YearSigns:
    """Returns the table `report_year`, each of its patterns a group of the one it belongs to."""
    place = "report_year"
    known_keys(table, frozenset({"title", "plain", "heading", "meeting", "votes"}), _FILE, place)
    patterns = {key: text_of(table, key, _FILE, place) for key in ("title", "plain", "heading", "meeting")}

    def either(*keys: str) -> regex.Pattern[str]:
        return compiled("|".join(f"(?P<{key}>{patterns[key]})" for key in keys), place)

    votes: Mapping[str, Any] = table["votes"]
    for key, value in votes.items():
        if key not in patterns or not isinstance(value, int):
            raise KnowledgeError(
                _FILE, f"{place}.votes.{key}", value, f"a number for each of {', '.join(patterns)}"
            )
    if missing := patterns.keys() - votes.keys():
        raise KnowledgeError(_FILE, f"{place}.votes", sorted(missing), "a number for each pattern")
    return YearSigns((either("title", "plain"), either("heading", "meeting")), votes)
