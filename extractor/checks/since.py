"""Changes told with the number they start from: 比上年的12.00万元减少0.40万元,下降3.3%, and the number they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from .. import intervals
from ..data import Claim, Interval, Relation
from ..knowledge import Knowledge
from ..knowledge.directions import Directions
from ..units import Units, factor
from .prose import Outcome, Prose, counts, finding
from .rates import judge

_DIRECTION = "text.direction"
_STOP = "。"
_SHORTEST = 2
_RATES = frozenset({"percent", "point"})
_HUNDRED = Decimal(100)
_OTHER = frozenset({"last_year", "plan"})


def _of(head: str, subject: str, rules: Directions) -> bool:
    """Says whether the words before a number may tell the subject of a change: one of them ends in the other."""
    core = rules.copula.sub("", head)
    return core.endswith(subject) or (len(core) >= _SHORTEST and subject.endswith(core))


class _Change(NamedTuple):
    """Last year's number, by how much it changed, the rate of that, whether and by which word it fell.

    The rate is None where it is told the other way (`opposite`).
    """

    before: Claim
    moved: Claim
    rate: Claim | None
    falls: bool
    said: str
    opposite: bool


def check_since(prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields what a change and its rate come to, where last year's number stands beside them: L − A = d, x = d / A.

    L is the number just before in the sentence, or the only one of the sentence before. Where another number there
    fits, that one is meant; where none is certain, only the rate is worked out.
    """
    rules, units = knowledge.directions, knowledge.language.units
    for place, moved in enumerate(prose.claims):
        if moved.relation is not Relation.CHANGE or moved.kind in _RATES:
            continue
        before = prose.before(moved)
        if before is None or before.kind in _RATES or factor(moved.unit, before.unit, units) is None:
            continue
        told = rules.moved.search(prose.gap(before, moved))
        if told is None or rules.base.search(prose.head(before)) is None:
            continue
        falls = told["down"] is not None
        levels = _levels(before, told["subject"], prose, rules, units)
        rate, opposite = _rate(place, moved, told, prose, rules)
        said = told["up"] or told["down"]
        change = _Change(before, moved, rate, falls, said, opposite)
        yield from _judged(change, levels, knowledge)


def _rate(
    place: int, moved: Claim, told: re.Match[str], prose: Prose, rules: Directions
) -> tuple[Claim | None, bool]:
    """Returns the rate told right behind a change in the same direction, and whether it is told in the other."""
    for rate in prose.claims[place + 1 : place + 2]:
        way = rules.between.search(prose.gap(moved, rate)) if rate.sentence == moved.sentence else None
        if rate.kind == "percent" and way is not None:
            same = (way["down"] is None) == (told["down"] is None)
            return (rate if same else None), not same
    return None, False


def _levels(before: Claim, subject: str, prose: Prose, rules: Directions, units: Units) -> list[Claim]:
    """Returns the numbers that last year's may be held against, the likeliest first."""
    earlier = prose.earlier(before)
    inside = bool(earlier)
    if not inside and (place := prose.places[before.id]):
        last = prose.claims[place - 1]
        near = last.section == before.section
        if near and not prose.words(last.sentence[1], before.sentence[0]).strip(_STOP):
            earlier = [last, *prose.earlier(last)]
    found = [
        claim
        for claim in earlier
        if counts(claim)
        and claim.period.kind not in _OTHER
        and factor(claim.unit, before.unit, units) is not None
        and _of(prose.head(claim), subject, rules)
        and not (rules.budget.search(prose.head(claim)) and rules.spent.search(prose.head(before)))
    ]
    return found if inside or len(found) == 1 or not found else [*found, *found[:1]]


def _judged(change: _Change, levels: Sequence[Claim], knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the outcomes for a change and its rate beside the numbers that last year's may be held against."""
    before, moved, rate = change.before, change.moved, change.rate
    units = knowledge.language.units
    step = intervals.scaled(moved.interval, factor(moved.unit, before.unit, units) or Decimal(1))
    grown = {level.id: _grown(level, change, units) for level in levels}
    fitting = [level for level in levels if intervals.meet(grown[level.id], step)]
    if not levels or fitting:
        share = intervals.quotient(step, before.interval)
        if fitting:
            yield from judge((moved, fitting[0], before), _difference(fitting[0], change), step, knowledge)
        if rate is not None and share is not None:
            claims = (rate, fitting[0] if fitting else moved, before)
            yield from judge(claims, f"{rate.id} = {moved.id} / {before.id}", _percent(share), knowledge)
    elif len(levels) == 1:
        level, difference = levels[0], grown[levels[0].id]
        if intervals.meet(intervals.negative(difference), step):
            yield from _contrary(change, level, knowledge)  # the amount is right, the word is not
            return
        share = intervals.quotient(difference, before.interval)
        if rate is not None and share is not None and not intervals.meet(_percent(share), rate.interval):
            formula = f"{rate.id} = ({_difference(level, change).partition(' = ')[2]}) / {before.id}"
            yield from judge((rate, level, before), formula, _percent(share), knowledge)
        else:
            yield from judge((moved, level, before), _difference(level, change), difference, knowledge)


def _contrary(change: _Change, level: Claim, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields that a number is said to have risen that fell, or the other way; not where its rate says so too."""
    if change.rate is None and change.opposite:
        return
    sign = "<=" if change.falls else ">="
    claims = (level, change.before)
    made = finding(
        knowledge, _DIRECTION, claims, f"{level.id} {sign} {change.before.id}", change.before.value
    )
    yield replace(made, params={"said": change.said})


def _percent(share: Interval) -> Interval:
    return intervals.scaled(share, _HUNDRED)


def _difference(level: Claim, change: _Change) -> str:
    first, second = (change.before, level) if change.falls else (level, change.before)
    return f"{change.moved.id} = {first.id} - {second.id}"


def _grown(level: Claim, change: _Change, units: Units) -> Interval:
    """Returns by how much a number differs from last year's, in the unit of that."""
    before = change.before
    later = intervals.scaled(level.interval, factor(level.unit, before.unit, units) or Decimal(1))
    high, low = (before.interval, later) if change.falls else (later, before.interval)
    return intervals.total((high, intervals.negative(low)))
