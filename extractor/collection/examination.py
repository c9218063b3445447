"""A whole run compared with itself: body by body over the years, then each body with those below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from ..data import Severity
from ..data.collection import CollectionCheck, CollectionFinding, Member, Outcome, Series
from ..knowledge import Knowledge
from . import check_years
from .levels import check_levels
from .series import duplicates, families, series_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_RANK = {Severity.ERROR: 0, Severity.REVIEW: 1, Severity.INFO: 2}

Tally = Counter[tuple[str, str, int, str, str]]
"""How often something was compared, by (code, body, year, status, reason)."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What came of comparing the reports of a run.

    `series` tells, for each body, the years it has reports of; `unplaced` are the reports whose body or year
    nobody could tell: they were compared with nothing.
    """

    findings: tuple[CollectionFinding, ...]
    checks: Tally
    series: tuple[Series, ...]
    unplaced: tuple[Member, ...]

    @property
    def compared(self) -> tuple[tuple[str, str, str, int], ...]:
        """Returns how often what was compared, by (code, status, reason), over all bodies and years."""
        counts: Counter[tuple[str, str, str]] = Counter()
        for (code, _, _, status, reason), count in self.checks.items():
            counts[code, status, reason] += count
        return tuple((*key, counts[key]) for key in sorted(counts))


def examine(connection: DuckDBPyConnection, knowledge: Knowledge) -> Examination:
    """Returns what must agree between the reports of a run and does not, by body, year and severity.

    One body's reports, or one family's of a year, are in memory at a time.
    """
    from ..store.collected import read_members

    members = read_members(connection)
    series = series_of(members)
    findings: list[CollectionFinding] = [found for item in series for found in duplicates(item, knowledge)]
    checks: Tally = Counter()
    outcomes = chain(_over_years(connection, series, knowledge), _over_levels(connection, series, knowledge))
    for outcome in outcomes:
        if isinstance(outcome, CollectionCheck):
            checks[outcome.code, outcome.body, outcome.year, outcome.status, outcome.reason] += 1
        else:
            findings.append(outcome)
    return Examination(
        findings=tuple(sorted(findings, key=_order)),
        checks=checks,
        series=series,
        unplaced=tuple(member for member in members if not member.body or member.year is None),
    )


def _order(finding: CollectionFinding) -> tuple[str, int, int, str, str]:
    first = finding.exhibits[0]
    return finding.body, finding.year, _RANK[finding.severity], finding.code, f"{first.report} {first.id}"


def _over_years(
    connection: DuckDBPyConnection, series: Sequence[Series], knowledge: Knowledge
) -> Iterator[Outcome]:
    """Yields what comes of each body with reports of several years."""
    from ..store.collected import read_filled

    several = [item for item in series if len(item.years) > 1]
    filled = read_filled(connection, [member for item in several for member in item.years.values()])
    for item in several:
        years = {year: next(filled) for year in item.years}
        yield from check_years(Series(item.body, item.level, item.parent, years, item.more), knowledge)


def _over_levels(
    connection: DuckDBPyConnection, series: Sequence[Series], knowledge: Knowledge
) -> Iterator[Outcome]:
    """Yields what comes of each body with others below it, year by year."""
    from ..store.collected import read_filled

    bodies = {item.body: item for item in series}
    groups = [
        (upper.years[year], {item.body: item.years.get(year) for item in below})
        for body, below in families(series).items()
        for upper in (bodies[body],)
        for year in upper.years
    ]
    wanted = [
        member
        for upper, below in groups
        for member in (upper, *(member for member in below.values() if member is not None))
    ]
    filled = read_filled(connection, wanted, _compared(knowledge))
    for _, below in groups:
        whole = next(filled)
        parts = {body: None if member is None else next(filled) for body, member in below.items()}
        yield from check_levels(whole, parts, knowledge)


def _compared(knowledge: Knowledge) -> list[str]:
    """Returns the indicators that comparing levels needs, with those that mean the same in other forms."""
    comparison = knowledge.comparison
    names = dict.fromkeys(comparison.levels.indicators)
    for indicator in comparison.levels.indicators:
        for formula in comparison.notions.get(indicator, ()):
            names.update(dict.fromkeys(formula.names))
    return list(names)
