"""Running totals told in prose: what an account has counted over all years never falls."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from .. import intervals
from ..data import Relation, Severity, Verdict
from ..data.collection import (
    FAILED,
    HELD,
    UNKNOWN,
    CollectionCheck,
    CollectionFinding,
    KeptClaim,
    Member,
    Outcome,
    Series,
)
from ..knowledge import Knowledge
from ..units import factor
from .exhibits import exhibit_of_claim
from .phrases import head_of, phrase_of

_CODE = "years.cumulative"
_LEVELS = frozenset({Relation.LEVEL, Relation.TOTAL})

_Totals = dict[tuple[str, ...], list[KeptClaim]]


def check_running(series: Series, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields, for each running total that a report and the one before it tell in the same words, whether it fell.

    For review: an account may have been started anew.
    """
    told = {year: _totals(member, knowledge) for year, member in series.years.items()}
    for before, year in pairwise(series.years):
        for key, claims in told[year].items():
            earlier = told[before].get(key)
            if earlier is None:
                continue  # the earlier report does not tell it in these words
            formula = f"{claims[0].id} >= last.{earlier[0].id}"
            by = factor(claims[0].unit, earlier[0].unit, knowledge.language.units)
            if len(claims) > 1 or len(earlier) > 1 or by is None:
                yield CollectionCheck(_CODE, UNKNOWN, series.body, year, "two_tables", formula)
                continue
            now, last = claims[0], earlier[0]
            holds = intervals.reaches(last.interval, intervals.scaled(now.interval, by))
            yield CollectionCheck(_CODE, HELD if holds else FAILED, series.body, year, "", formula)
            if not holds and now.value is not None and last.value is not None:
                expected = last.value / by
                yield CollectionFinding(
                    code=_CODE,
                    verdict=Verdict.MISMATCH,
                    severity=Severity.REVIEW,
                    body=series.body,
                    year=year,
                    exhibits=(
                        exhibit_of_claim(series.years[year], now),
                        exhibit_of_claim(series.years[before], last),
                    ),
                    formula=formula,
                    expected=expected,
                    actual=now.value,
                    difference=now.value - expected,
                    params={"body": series.body, "year": year, "last_year": before, "rule": "running"},
                )


def _totals(member: Member, knowledge: Knowledge) -> _Totals:
    """Returns the claims of `member` that count over all years, by what they count."""
    comparison = knowledge.comparison
    totals: _Totals = {}
    for claim in member.claims:
        head = head_of(claim)
        if (
            claim.relation not in _LEVELS
            or claim.kind in ("percent", "point")
            or comparison.running.silent.search(head)
            or comparison.running.words.search(head) is None
        ):
            continue  # what a year counts, or no count at all
        key = phrase_of(claim, comparison.changes)
        if key is not None:
            totals.setdefault(key, []).append(claim)
    return totals
