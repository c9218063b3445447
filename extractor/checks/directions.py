"""Which of two told numbers is the greater, as the text says, and changes told in the next sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from .. import intervals
from ..data import Claim, Interval
from ..knowledge import Knowledge
from ..knowledge.directions import Directions
from ..units import Units, factor
from .prose import Outcome, Prose, check, counts, finding
from .rates import judge_ratio, judge_step, told_before

_CODE = "text.direction"
_STOP = "。"
_STOPS = f"{_STOP}\n"
_SENTENCE = re.compile(f"[^{_STOPS}]+")
_ASIDE = re.compile(r"\([^()]*\)")
_SHORTEST = 2


def check_directions(prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields what a text says of which of two numbers is the greater: told by name, or of a change and its rate.

    Nothing is said where a name may mean several numbers, or where rounding may hide the difference.
    """
    yield from _compared(prose, knowledge)
    for place, claim in enumerate(prose.claims[1:], 1):
        before = prose.claims[place - 1]
        if before.sentence == claim.sentence and before.end <= claim.start:
            yield from _contrary(before, claim, prose, knowledge)
            yield from _against(before, claim, prose, knowledge)


def check_steps(prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the rates of changes whose level the sentence before tells, and the shares of budgets used.

    L。与上年相比,减少 d,下降 x%: x = d / (L + d). 预算为 A,决算为 B,完成预算的 x%: x = B / A.
    """
    rules = knowledge.directions
    for place, rate in enumerate(prose.claims):
        if rate.kind != "percent" or rate.value is None:
            continue  # no rate
        if rules.used.search(prose.head(rate)):
            terms = [_only(prose.earlier(rate), pattern, prose) for pattern in (rules.spent, rules.budget)]
            if terms[0] is not None and terms[1] is not None and terms[1].value:
                yield from judge_ratio(rate, terms[0], terms[1], prose, knowledge)
        moved = prose.before(rate)
        if moved is not None and prose.before(moved) is None and moved.kind != "percent" and place > 1:
            yield from _next_sentence(moved, rate, prose, knowledge)


def _only(claims: Sequence[Claim], told: re.Pattern[str], prose: Prose) -> Claim | None:
    """Returns the nearest count that words tell, where no other of its sentence that they tell differs."""
    found = [claim for claim in claims if counts(claim) and told.search(prose.head(claim))]
    return found[0] if len({claim.value for claim in found}) == 1 else None


def _next_sentence(moved: Claim, rate: Claim, prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    rules = knowledge.directions
    told = rules.since.search(_ASIDE.sub("", prose.words(moved.sentence[0], moved.start)))
    way = rules.between.search(prose.gap(moved, rate))
    if told is None or way is None or _falls(told) != _falls(way):
        return
    last = prose.claims[prose.places[moved.id] - 1]
    if last.section != moved.section or prose.words(last.sentence[1], moved.sentence[0]).strip(_STOP):
        return  # something is said between
    level = [claim for claim in (last, *prose.earlier(last)) if counts(claim)]
    if subject := told["subject"]:
        level = [claim for claim in level if rules.copula.sub("", prose.head(claim)).endswith(subject)]
    if len(level) == 1:
        yield from judge_step(level[0], moved, rate, falls=_falls(told), knowledge=knowledge)


def _contrary(moved: Claim, rate: Claim, prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the outcome of a change and its rate that are told in one breath (增加3万元,下降5%)."""
    if moved.kind == "percent" or rate.kind != "percent":
        return
    rules = knowledge.directions
    told = rules.way.search(prose.head(moved))
    way = rules.between.search(prose.gap(moved, rate))
    if told is None or way is None or not moved.value or not rate.value:
        return
    holds = _falls(told) == _falls(way)
    said = "…".join(match["up"] or match["down"] for match in (told, way))
    yield from _outcomes(holds, (rate, moved), "", knowledge, said=said)


def _against(now: Claim, before: Claim, prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the outcome for this year's number beside last year's (12件,较上年15件有所增加).

    It is said to differ only where no number told before it in the sentence agrees, since that may be meant.
    """
    if not (counts(now) and before.kind != "percent"):
        return
    if not told_before(now, before, prose, knowledge.arithmetic.changes):
        return
    way = knowledge.directions.behind.search(prose.words(before.end, before.sentence[1]))
    units = knowledge.language.units
    if way is None or factor(now.unit, before.unit, units) is None:
        return
    told = [claim for claim in (now, *prose.earlier(now)) if counts(claim)]
    holds = any(_reached(claim, before, falls=_falls(way), units=units) for claim in told)
    sign = "<=" if _falls(way) else ">="
    formula = f"{now.id} {sign} {before.id}"
    yield from _outcomes(holds, (now, before), formula, knowledge, said=way["up"] or way["down"])


def _reached(now: Claim, before: Claim, *, falls: bool, units: Units) -> bool:
    """Says whether a number may be what one before has risen or fallen to."""
    by = factor(now.unit, before.unit, units)
    if by is None:
        return False
    later = intervals.scaled(now.interval, by)
    return intervals.reaches(later, before.interval) if falls else intervals.reaches(before.interval, later)


def _compared(prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    rules, units = knowledge.directions, knowledge.language.units
    places = iter(prose.claims)
    claim = next(places, None)
    last: Claim | None = None
    for sentence in _comparing(prose.text, rules.signs):
        words = "".join(sentence[0].split())
        for match in rules.compared.finditer(words):
            start = _place(sentence, match.start())
            while claim is not None and claim.end <= start:
                last, claim = claim, next(places, None)
            if last is None or prose.text.count(_STOP, last.end, start) > 1:
                continue  # no number is near
            pair = _pair(last, start, match, prose, rules)
            if pair is not None:
                yield from _judge(*pair, match, rules, units, knowledge)


def _comparing(text: str, signs: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yields the sentences of a text in which something is compared, which one of `signs` tells."""
    end = 0
    for sign in signs.finditer(text):
        if sign.start() >= end:
            start = max(text.rfind(stop, 0, sign.start()) for stop in _STOPS) + 1
            sentence = _SENTENCE.match(text, start)
            if sentence is not None:
                end = sentence.end()
                yield sentence


def _place(sentence: re.Match[str], letters: int) -> int:
    """Returns where in the text the letter stands that has `letters` others before it in the sentence."""
    for place in range(sentence.start(), sentence.end()):
        if not sentence.string[place].isspace():
            if not letters:
                return place
            letters -= 1
    return sentence.end()


def _pair(
    last: Claim, start: int, match: re.Match[str], prose: Prose, rules: Directions
) -> tuple[Claim, Claim] | None:
    """Returns the numbers of the two names, from the sentence of the last number before `start`."""
    told = [claim for claim in (last, *prose.earlier(last)) if counts(claim) and claim.end <= start]
    found = []
    for name in (match["left"], match["right"] or match["other"]):
        core = _name(name, rules)
        names = [(claim, _name(prose.head(claim), rules)) for claim in told]
        alias = rules.alias.get(core)
        named = [claim for claim, words in names if words.endswith(core)]
        named = named or [claim for claim, words in names if alias is not None and alias.search(words)]
        if len(core) < _SHORTEST or len({claim.value for claim in named}) != 1:
            return None
        found.append(named[0])
    return None if found[0] is found[1] else (found[0], found[1])


def _name(words: str, rules: Directions) -> str:
    return rules.opening.sub("", rules.filler.sub("", words))


def _judge(
    left: Claim,
    right: Claim,
    match: re.Match[str],
    rules: Directions,
    units: Units,
    knowledge: Knowledge,
) -> Iterator[Outcome]:
    by = factor(left.unit, right.unit, units)
    if by is None:
        return
    pair = (intervals.scaled(left.interval, by), right.interval)
    if match["more"]:
        holds, sign = intervals.reaches(pair[1], pair[0]), ">="
    elif match["less"]:
        holds, sign = intervals.reaches(*pair), "<="
    else:
        tolerance = rules.tolerance if match["near"] else rules.close if match["level"] else Decimal(0)
        holds, sign = _alike(*pair, tolerance), "="
    yield from _outcomes(holds, (left, right), f"{left.id} {sign} {right.id}", knowledge, said=match[0])


def _alike(left: Interval, right: Interval, tolerance: Decimal) -> bool:
    """Says whether two numbers may be the same, or differ by no more than the share `tolerance` of one."""
    wide = [intervals.total((side, _spread(side, tolerance))) for side in (left, right)]
    return intervals.meet(*wide)


def _spread(side: Interval, tolerance: Decimal) -> Interval:
    width = abs(side.high if side.high is not None else Decimal(0)) * tolerance
    return Interval(-width, width)


def _outcomes(
    holds: bool, claims: Sequence[Claim], formula: str, knowledge: Knowledge, *, said: str
) -> Iterator[Outcome]:
    yield check(_CODE, holds, claims, formula, claims[1].value)
    if not holds:
        yield replace(finding(knowledge, _CODE, claims, formula, claims[1].value), params={"said": said})


def _falls(match: re.Match[str]) -> bool:
    return match["down"] is not None
