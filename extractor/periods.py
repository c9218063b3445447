"""Time expressions: which year a report is about, and when a number's words place it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

import regex

from .data import UNDATED, Period

# kinds that are no time words to who reads a phrase
_SILENT = frozenset({"none", "weak", "event", "carried"})
# times that date the number right behind them only
_OF_ONE = frozenset({"comparison", "carried", "aside"})
# times that date their own clause only, and the kind of period they are
_UP_TO = re.compile(
    "[至到]年[末底]"
)  # 到年底有效文件96件;解读|8个 dates what follows no more than a month does
_PARTED = re.compile(r"[;:]")
_OF_CLAUSE = {"moment": "part", "noun": "year"}
_OWN_CLAUSE = {"here": "as_of", "local": "span"}


class Rule(Protocol):
    """What a period rule must offer: a kind and a compiled pattern with groups year, month, month2."""

    @property
    def needs(self) -> tuple[str, ...]:
        """What a text must hold one of, for the pattern to be found in it; nothing where any may."""

    @property
    def kind(self) -> str:
        """What kind of period the pattern states."""

    @property
    def pattern(self) -> re.Pattern[str] | regex.Pattern[str]:
        """What the period looks like in folded text."""


class Words(Protocol):
    """What a timeline must be given: rules, and the words around a time (as in `knowledge.periods`)."""

    @property
    def rules(self) -> Sequence[Rule]:
        """The expressions of time, in the order in which they are looked for."""

    @property
    def near(self) -> regex.Pattern[str]:
        """All that may stand between a time that dates one number only and that number."""

    @property
    def counted(self) -> regex.Pattern[str]:
        """What goes on with a number of its own right behind a weak time."""

    @property
    def since(self) -> str:
        """What makes of the report's year, right before it, a name of that year."""


class Signs(Protocol):
    """What tells the year of a report: patterns with a group year or next, and the votes of their other groups."""

    @property
    def patterns(self) -> Sequence[regex.Pattern[str]]:
        """Each finds places that name a year."""

    @property
    def votes(self) -> Mapping[str, int]:
        """What a match of a group adds to its year."""


def report_year(text: str, signs: Signs) -> int | None:
    """Returns the year that a folded `text` reports on, None where it names none.

    Each place that `signs` find votes for the year it names; of equals the first named wins.
    """
    votes: Counter[int] = Counter()
    for pattern in signs.patterns:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            year = int(groups["year"]) if groups.get("year") else int(groups["next"]) - 1
            votes[year] += sum(weight for name, weight in signs.votes.items() if groups.get(name))
    if not votes:
        return None
    return max(votes, key=lambda year: votes[year])


class Timeline:
    """All time expressions of a folded text (`spans`), asked for the one that governs a place."""

    def __init__(
        self,
        text: str,
        words: Words,
        year: int | None,
        names: Sequence[tuple[int, int]] = (),
        items: Sequence[int] = (),
    ) -> None:
        """Finds the time expressions of `text`, those of the first of `words.rules` first.

        One inside a name (spans `names`) dates nothing; `items` are where the marks of list items start, sorted.
        """
        self._year = year
        self._words = words
        self._marks = items
        self._text = text
        taken: list[tuple[int, int, Period | None]] = []
        times: list[tuple[int, int]] = []
        covered = bytearray(len(text))
        for start, end in names:
            covered[start:end] = b"\1" * (end - start)
        for rule in words.rules:
            if rule.needs and not any(map(text.__contains__, rule.needs)):
                continue
            for match in rule.pattern.finditer(text):
                start, end = match.span()
                if rule.kind != "event" and any(covered[start:end]):
                    continue
                covered[start:end] = b"\1" * (end - start)
                if rule.kind not in _SILENT:
                    times.append((start, end))
                taken.append((start, end, self._period(rule.kind, match)))
        taken.sort(key=lambda item: item[0])
        self.spans = sorted(times)
        self._starts = [start for start, _, _ in taken]
        self._items = taken

    def _period(self, kind: str, match: re.Match[str] | regex.Match[str]) -> Period | None:
        if kind in ("none", "basis"):
            return None
        groups = match.groupdict()
        if kind == "event":
            return Period("part", self._year, None, match[0])
        if kind in _OF_CLAUSE:
            return Period(kind, self._year, None, match[0])
        if kind == "now" or kind in _OWN_CLAUSE:
            return Period("as_of" if kind == "now" else kind, None, None, match[0])
        year = int(groups["year"]) if groups.get("year") else self._year
        if kind in _OF_ONE and not groups.get("year"):
            year = self._year - 1 if self._year else None
        if kind == "aside" and groups.get("year") and (self._year is None or year == self._year):
            kind = "year"
        months: tuple[int, int] | None = None
        if groups.get("month"):
            first = int(groups["month"])
            months = (first, int(groups.get("month2") or first))
        if kind == "document":
            return Period("year", year, None, match[0]) if year == self._year else None
        if kind == "last_year":
            year = self._year - 1 if self._year else None
        elif kind == "year" and year is not None and self._year is not None and year != self._year:
            kind = "last_year" if year < self._year else "plan"
        elif kind == "cumulative" and match[0] == f"{self._year}{self._words.since}":
            kind = "year"
        elif kind == "part" and months == (1, 12):
            kind, months = "year", None
        return Period(kind, year, months, match[0])

    def at(self, start: int, place: int) -> Period:
        """Returns the period stated nearest before `place` and not before `start` (folded offsets), else unstated.

        A period that names no year of its own (年内, 全年) takes that of one before it in the sentence; a
        weak one (累计) counts only where there is no other.
        """
        index = bisect_right(self._starts, place) - 1
        weak = relative = passed = UNDATED
        while index >= 0 and self._items[index][0] >= start:
            _, end, period = self._items[index]
            index -= 1
            if period is None or end > place or self._closed(period, end, place):
                continue
            if period.kind == "stock":
                if not any(mark in self._text[end:place] for mark in ",;"):
                    return Period("as_of", period.year, None, period.text)
                continue
            if period.kind in _OWN_CLAUSE:
                own = not any(mark in self._text[end:place] for mark in ",;")
                if own:
                    return Period(_OWN_CLAUSE[period.kind], None, None, period.text)
                continue
            if period.kind in _OF_CLAUSE:
                if not any(mark in self._text[end:place] for mark in ",;、"):
                    return Period(_OF_CLAUSE[period.kind], period.year, None, period.text)
                continue
            if period.kind in _OF_ONE:
                if self._words.near.fullmatch(self._text, end, place):
                    kind = "year" if period.year is not None and period.year == self._year else "last_year"
                    return Period(kind, period.year, None, period.text)
                continue
            if period.kind == "weak":
                if self._words.counted.match(self._text, end) and any(
                    mark in self._text[end:place] for mark in ",;"
                ):
                    continue  # 观看量累计226万人次,现场提问|387个
                weak = weak if weak.text else Period("cumulative", period.year, None, period.text)
            elif not period.text[:2].isdigit() and period.kind == "year":
                relative = relative if relative.text else period
            elif relative.text:
                return period if period.kind in ("year", "plan") else relative
            elif (period.kind == "part" or _UP_TO.fullmatch(period.text)) and ";" in self._text[end:place]:
                passed = passed if passed.text else period
            else:
                return period
        return relative if relative.text else passed if passed.text else weak

    def _closed(self, period: Period, end: int, place: int) -> bool:
        """Says whether a period said up to `end` no longer governs `place`.

        One in brackets ends with them; 上年, 累计 and the like, said in passing, at a semicolon; any other at a
        semicolon or colon that the mark of an item follows.
        """
        between = self._text[end:place]
        if between.count(")") > between.count("("):
            return True
        passing = period.kind in ("weak", "cumulative") or (
            period.kind == "last_year" and not period.text[:2].isdigit()
        )
        if passing and ";" in between:
            return True
        parted = _PARTED.search(between)
        if parted is None or period.kind == "plan":
            return False
        mark = bisect_left(self._marks, end + parted.start())
        return mark < len(self._marks) and self._marks[mark] < place
