"""Rates that go by a name, and changes, worked out again from the counts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise

from .. import intervals
from ..data import Claim, Interval, Relation, Severity
from ..knowledge import Knowledge
from ..knowledge.checking import ChangeRules, RateRules
from ..units import factor
from .bases import of_others, percentage
from .prose import Outcome, Prose, check, counts, finding

_HUNDRED = Decimal(100)
_SHOWN = Decimal("0.01")
_PERCENT = "percent"
_LAST_YEAR = "last_year"
_STEM = 2  # so many characters of a rate's name, the last ones, tell what it is a rate of


def check_rates(prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the named rates whose numerator and denominator stand in the same sentence.

    A printed 12.5% is anything that rounds to it; digits cut off instead of rounded are worth a note,
    no more.
    """
    rules = knowledge.arithmetic.rates
    for rate in prose.claims:
        if rate.kind != "percent" or rate.value is None:
            continue  # no rate
        terms = _terms(rate, prose, rules)
        if terms is not None:
            yield from judge_ratio(rate, *terms, prose, knowledge)


def judge_ratio(
    rate: Claim, numerator: Claim, denominator: Claim, prose: Prose, knowledge: Knowledge
) -> Iterator[Outcome]:
    """Yields the outcome for `rate` as the percentage one claim is of another.

    Where it is none of this, but of another claim of the sentence, that one was meant.
    """
    units = knowledge.language.units
    expected = percentage(numerator, denominator, units)
    if expected is None:
        return
    if not intervals.meet(expected, rate.interval):
        for other in prose.earlier(rate):
            fitting = percentage(numerator, other, units) if other not in (numerator, denominator) else None
            if fitting is not None and intervals.meet(fitting, rate.interval):
                denominator, expected = other, fitting
    if not intervals.meet(expected, rate.interval) and of_others(rate, numerator, denominator, prose, units):
        return  # which numbers it is of is not certain
    claims = (rate, numerator, denominator)
    yield from judge(claims, f"{rate.id} = {numerator.id} / {denominator.id}", expected, knowledge)


def judge(
    claims: Sequence[Claim], formula: str, expected: Interval, knowledge: Knowledge
) -> Iterator[Outcome]:
    """Yields the outcome of comparing the first claim with the interval worked out from the others."""
    rate = claims[0]
    holds = intervals.meet(expected, rate.interval)
    shown = _middle(expected)
    yield check("text.rate", holds, claims, formula, shown)
    if not holds:
        severity = Severity.INFO if _cut_off(rate, expected) else None
        yield finding(knowledge, "text.rate", claims, formula, shown, severity)


def _terms(rate: Claim, prose: Prose, rules: RateRules) -> tuple[Claim, Claim] | None:
    """Returns numerator and denominator of a rate that goes by a name; None unless both are certain."""
    match = rules.name.search(prose.head(rate))
    if match is None or rules.more.search(_since(rate, prose)):
        return None
    earlier = [claim for claim in prose.earlier(rate) if counts(claim)]
    named = rules.named.get(match["name"])
    if named is not None:
        return _pair(earlier, named.numerator, named.denominator, prose)
    stem: str = match["stem"]
    done = tuple(word + stem for word in rules.done)
    due = tuple(word + stem for word in rules.due)
    terms = _pair(earlier, done, due, prose) or _pair(earlier, (stem,), due, prose)
    return terms or _stemmed(rate, earlier, stem, prose, rules)


def _since(rate: Claim, prose: Prose) -> str:
    """Returns the words between the claim before a rate, or the beginning of its sentence, and the rate."""
    previous = prose.before(rate)
    return prose.words(rate.sentence[0] if previous is None else previous.end, rate.start)


def _stemmed(
    rate: Claim, earlier: Sequence[Claim], stem: str, prose: Prose, rules: RateRules
) -> tuple[Claim, Claim] | None:
    """Returns the claim just before the rate, if it tells the rate's word (采纳118条,采纳率), and what it is out of.

    That is its whole, or the nearest claim before it in its unit that is not less. What a number between them names
    (转办部门268条,部门办结率) is whose rate it is.
    """
    whose, stem = stem[:-_STEM], stem[-_STEM:]
    if len(stem) < _STEM or not earlier:
        return None
    places = [place for place, claim in enumerate(earlier) if _tells(prose.head(claim), stem, rules)]
    full = [place for place in places if whose and whose + stem in prose.head(earlier[place])]
    if full and not _rated_before(rate, stem, prose):
        whose, places = "", full  # 主动公开347件、依申请公开89件,主动公开率
    if not places or any(claim.part_of is None for claim in earlier[: places[0]]):
        return None  # something else stands between
    if whose and any(whose in prose.head(claim) for claim in earlier[: places[0]]):
        return None
    if len({earlier[place].value for place in places}) > 1:
        return None  # 采纳52条,部分采纳20条: which of them the rate is of is not said
    numerator = earlier[places[0]]
    if numerator.part_of is not None:
        return numerator, prose.named(numerator.part_of)
    for claim in earlier[places[0] + 1 :]:
        if claim.unit == numerator.unit and intervals.reaches(numerator.interval, claim.interval):
            return numerator, claim
    return None


def _rated_before(rate: Claim, stem: str, prose: Prose) -> bool:
    """Says whether the sentence told a rate of the like before (上线率58.2%): both are out of one number, not told."""
    return any(other.kind == rate.kind and stem in prose.head(other) for other in prose.earlier(rate))


def _tells(head: str, stem: str, rules: RateRules) -> bool:
    """Says whether a clause names `stem`, and not its contrary."""
    place = head.find(stem)
    return place >= 0 and (not place or head[place - 1] not in rules.contrary)


def _pair(
    earlier: Sequence[Claim], numerators: Sequence[str], denominators: Sequence[str], prose: Prose
) -> tuple[Claim, Claim] | None:
    """Returns the claim for each term; None where a term has none, or two that differ."""
    heads = [(claim, prose.head(claim)) for claim in earlier]
    below = [
        claim for claim, head in heads if claim.part_of is None and any(word in head for word in denominators)
    ]
    above = [
        claim for claim, head in heads if claim not in below and any(word in head for word in numerators)
    ]
    if len(above) != 1 or len({claim.value for claim in below}) != 1:
        return None
    return above[0], below[0]


def check_changes(prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the changes whose two ends can be known from the sentence.

    由 A 增至 B,增长 x%: x = (B − A) / A. M,同比增加 n,增长 x%: x = n / (M − n).
    与上年的 M 相比,增加 n,增长 x%: x = n / M.
    """
    rules = knowledge.arithmetic.changes
    for (first, second), rate in zip(pairwise(prose.claims), prose.claims[2:], strict=False):
        if first.sentence != rate.sentence or second.start < first.end or rate.start < second.end:
            continue  # claims of different sentences, or two claims over one stretch of words
        yield from _from_to(first, second, rate, prose, rules, knowledge)
        yield from _step(first, second, rate, prose, rules, knowledge)
        yield from _against(first, second, rate, prose, rules, knowledge)
        yield from _of_base(first, second, rate, prose, rules, knowledge)
    for now, before, step, rate in zip(
        prose.claims, prose.claims[1:], prose.claims[2:], prose.claims[3:], strict=False
    ):
        if rate.kind != _PERCENT or step.relation is not Relation.CHANGE or now.sentence != rate.sentence:
            continue
        if step.unit == before.unit and rules.change.match(prose.gap(before, step)):
            # 1886万元,上年为1618万元,增加268万元,增幅14.2%
            yield from _against(now, before, rate, prose, rules, knowledge, since=step)


def _against(
    now: Claim,
    before: Claim,
    rate: Claim,
    prose: Prose,
    rules: ChangeRules,
    knowledge: Knowledge,
    since: Claim | None = None,
) -> Iterator[Outcome]:
    """Yields the outcome for a rate between this year's number and last year's (241件,较上年263件下降8.4%).

    `since` is the claim the rate stands behind, where that is not last year's number.
    """
    told = rules.change.match(prose.gap(since or before, rate))
    by = factor(now.unit, before.unit, knowledge.language.units)
    if rate.kind != "percent" or now.kind == "percent" or told is None or by is None:
        return
    if not told_before(now, before, prose, rules):
        return
    later = intervals.scaled(now.interval, by)
    high, low = (before.interval, later) if _falls(told) else (later, before.interval)
    expected = intervals.quotient(intervals.total((high, intervals.negative(low))), before.interval)
    if expected is not None:
        sign = f"({before.id} - {now.id})" if _falls(told) else f"({now.id} - {before.id})"
        formula = f"{rate.id} = {sign} / {before.id}"
        yield from judge((rate, now, before), formula, intervals.scaled(expected, _HUNDRED), knowledge)


def _of_base(
    base: Claim, step: Claim, rate: Claim, prose: Prose, rules: ChangeRules, knowledge: Knowledge
) -> Iterator[Outcome]:
    """Yields the outcome for a rate between what a sentence begins with, last year's number, and how far it moved."""
    if rate.kind != _PERCENT or step.relation is not Relation.CHANGE or base.period.kind != _LAST_YEAR:
        return
    if not counts(base) or prose.before(base) is not None:
        return  # this year's number stands before it
    moved = rules.change.match(rules.base.sub("", prose.gap(base, step), count=1))
    told = rules.change.match(prose.gap(step, rate))
    by = factor(step.unit, base.unit, knowledge.language.units)
    if moved is None or told is None or by is None or _falls(moved) != _falls(told):
        return
    expected = intervals.quotient(intervals.scaled(step.interval, by), base.interval)
    shown = None if expected is None else intervals.scaled(expected, _HUNDRED)
    if shown is not None and not intervals.meet(shown, rate.interval):  # else this year's number may belie it
        yield from judge((rate, step, base), f"{rate.id} = {step.id} / {base.id}", shown, knowledge)


def told_before(now: Claim, before: Claim, prose: Prose, rules: ChangeRules) -> bool:
    """Says whether `before` is told right behind `now` as last year's number, or as that of a year before."""
    compared = rules.before.match(prose.gap(now, before))
    if compared is None or not compared["year"]:
        return compared is not None
    first, last = before.period.year, now.period.year  # 2017年1384条,2016年是1127条
    return first is not None and last is not None and first < last


def _from_to(
    first: Claim, second: Claim, rate: Claim, prose: Prose, rules: ChangeRules, knowledge: Knowledge
) -> Iterator[Outcome]:
    if rules.start.search(prose.head(first)) is None:
        return
    reached = rules.reached.match(prose.gap(first, second))
    told = rules.change.match(prose.gap(second, rate))
    if reached is None or told is None or _falls(reached) != _falls(told):
        return
    low, high = (second, first) if _falls(told) else (first, second)
    by = factor(high.unit, low.unit, knowledge.language.units)
    if by is None:
        return
    grown = intervals.total((intervals.scaled(high.interval, by), intervals.negative(low.interval)))
    claims = (rate, first, second)
    if rate.kind == "percent" and first.kind != "percent":
        expected = intervals.quotient(
            grown, intervals.scaled(first.interval, by if first is high else Decimal(1))
        )
        if expected is not None:
            formula = f"{rate.id} = ({high.id} - {low.id}) / {first.id}"
            yield from judge(claims, formula, intervals.scaled(expected, _HUNDRED), knowledge)
    elif rate.kind == "point" or factor(rate.unit, low.unit, knowledge.language.units) == 1:
        yield from judge(claims, f"{rate.id} = {high.id} - {low.id}", grown, knowledge)


def _step(
    first: Claim, second: Claim, rate: Claim, prose: Prose, rules: ChangeRules, knowledge: Knowledge
) -> Iterator[Outcome]:
    if rate.kind != "percent" or not counts(first) or second.kind == "percent":
        return
    step = rules.step.match(prose.gap(first, second))
    told = rules.change.match(prose.gap(second, rate))
    if step is None or told is None or _falls(step) != _falls(told):
        return
    yield from judge_step(first, second, rate, falls=_falls(step), knowledge=knowledge)


def judge_step(
    level: Claim, moved: Claim, rate: Claim, *, falls: bool, knowledge: Knowledge
) -> Iterator[Outcome]:
    """Yields the outcome for `rate` as the share by which a number that is `level` now has moved."""
    by = factor(moved.unit, level.unit, knowledge.language.units)
    if by is None:
        return
    step = intervals.scaled(moved.interval, by)
    before = intervals.total((level.interval, step if falls else intervals.negative(step)))
    expected = intervals.quotient(step, before)
    if expected is not None:
        sign = "+" if falls else "-"
        formula = f"{rate.id} = {moved.id} / ({level.id} {sign} {moved.id})"
        yield from judge((rate, level, moved), formula, intervals.scaled(expected, _HUNDRED), knowledge)


def _falls(match: re.Match[str]) -> bool:
    return match["down"] is not None


def _middle(interval: Interval) -> Decimal | None:
    """Returns the middle of `interval` to two places, which is its value where it holds one only."""
    if interval.low is None or interval.high is None:
        return None
    value = ((interval.low + interval.high) / 2).quantize(_SHOWN, ROUND_HALF_UP)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _cut_off(rate: Claim, expected: Interval) -> bool:
    """Returns whether `rate` is the expected value with its further digits cut off."""
    if rate.value is None or rate.hedge or expected.low is None or expected.low != expected.high:
        return False
    exponent = rate.value.as_tuple().exponent
    return (
        isinstance(exponent, int)
        and expected.low.quantize(Decimal(1).scaleb(exponent), ROUND_DOWN) == rate.value
    )
