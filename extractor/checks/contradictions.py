"""Sentences of one text that cannot both be true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from .. import intervals
from ..data import Check, Claim, Finding, Link, Params, Reading
from ..knowledge import Knowledge
from ..knowledge.checking import AllDoneRules, ContradictionRules
from .culprits import slip
from .frames import frames_of
from .prose import Outcome, Prose, check, counts, finding

_ZERO, _ALL = Decimal(0), Decimal(100)
_PERCENT = "percent"
_SWAPPED = "swapped"
_TELLING = 100  # a number of three digits is not another's with two of them swapped by chance
_HAN = re.compile("[\u4e00-\u9fff]")
_DATE = re.compile(r"\d{4}年(?:度)?")
_BOUNDARY = re.compile(r"[,;:。!?]")
_SAME_TIME = frozenset({"year", "unstated"})

_NARROWED = frozenset({"column", "taken", "ambiguous", "label"})
_SUBORDINATE = "subordinate"
_OTHER_BODIES = frozenset({"body", "subordinate"})
_WHOLE_TIME = frozenset({"year", "unstated", "cumulative"})

_Key = tuple[str, str, str, str, str, tuple[str, ...]]


def check_contradictions(prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the pairs of sentences that count one thing in like words, and whether they agree.

    Like words are not enough where a subject could be inherited, so only clauses that open their
    sentence are compared, of one section, scope and period; parts of a list never are. Where no
    heading stands above them, or their paragraph has spoken of several years, they may mean different times,
    and nothing is said.
    """
    rules = knowledge.arithmetic.contradiction
    groups: dict[_Key, list[Claim]] = {}
    for claim in prose.claims:
        key = _key(claim, prose, rules)
        if key is not None:
            groups.setdefault(key, []).append(claim)
    for claims in groups.values():
        for first, second in combinations(claims, 2):
            if first.sentence == second.sentence:
                continue  # one sentence, two things
            holds = intervals.meet(first.interval, second.interval)
            formula = f"{first.id} = {second.id}"
            yield check("text.contradiction", holds, (first, second), formula, second.value)
            if not holds:
                yield finding(knowledge, "text.contradiction", (first, second), formula, second.value)


def _key(claim: Claim, prose: Prose, rules: ContradictionRules) -> _Key | None:
    """Returns what `claim` counts, where its clause says it in full; None where it may lean on another."""
    if not counts(claim) or claim.part_of is not None or claim.list_kind:
        return None
    if not claim.section or prose.before(claim) is not None:
        return None
    opening = _bare(prose.words(claim.sentence[0], claim.start), rules)
    phrase = f"{opening}#{_bare(_following(claim, prose), rules)}"
    if len(phrase) <= rules.shortest or rules.long.search(prose.paragraph(claim)):
        return None
    period = claim.period
    when = "" if period.kind in _SAME_TIME else f"{period.kind}{period.year}{period.months}{period.text}"
    return phrase, claim.unit, claim.scope.kind, claim.scope.text, when, claim.section


def _bare(words: str, rules: ContradictionRules) -> str:
    """Returns `words` without fillers, years and punctuation."""
    return _BOUNDARY.sub("", rules.filler.sub("", _DATE.sub("", words)))


def check_indicators(prose: Prose, links: Sequence[Link], knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the first two numbers of one indicator in different sentences that differ.

    Only whole and exact numbers of the year and of all bodies are compared, and what a report gives one number of.
    Where each agrees with an admissible formula of its own (收到 and 受理), both may be true.
    """
    groups: dict[str, list[tuple[Claim, Link]]] = {}
    by_claim = {link.claim: link for link in links}
    frames = frames_of(prose, links, knowledge.arithmetic.frames)
    for claim in prose.claims:
        link = by_claim.get(claim.id)
        key = None if link is None else _indicator(claim, link, prose, knowledge)
        if key is not None and link is not None:
            groups.setdefault(key, []).append((claim, link))
    for (first, held), *others in groups.values():
        for second, link in others:
            if first.sentence == second.sentence or intervals.meet(first.interval, second.interval):
                continue  # one sentence, or one number
            if _holds(held) and _holds(link):
                continue  # each has a reading under which it is true
            if frames.narrowed(first) or frames.narrowed(second):
                continue  # one is of fewer things
            formula = f"{first.id} = {second.id}"
            yield check("text.contradiction", False, (first, second), formula, second.value)
            yield finding(knowledge, "text.contradiction", (first, second), formula, second.value)
            break


def check_recalled(prose: Prose, links: Sequence[Link], knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields numbers told again with two of their digits swapped (发布信息2146条 … 发布的2164条信息).

    They are of different titles, in one unit, of one scope and time, and their names share most of their characters.
    Where both agree with a cell, both are true; what differs from its cell is told of already.
    """
    rules = knowledge.arithmetic.contradiction
    alike: dict[tuple[str, str], list[Claim]] = {}
    for claim in prose.claims:
        if claim.value is None or claim.hedge or claim.value < _TELLING:
            continue
        alike.setdefault((claim.unit, "".join(sorted(str(claim.value)))), []).append(claim)
    for claims in alike.values():
        for first, second in combinations(claims, 2):
            if first.section == second.section or not (counts(first) and counts(second)):
                continue
            if slip(first.value or _ZERO, second.value or _ZERO) != _SWAPPED or _settled(
                first, second, links
            ):
                continue
            if _one_time(first) != _one_time(second) or not _one_name(first, second, rules):
                continue
            formula = f"{first.id} = {second.id}"
            yield check("text.contradiction", False, (first, second), formula, second.value)
            yield finding(knowledge, "text.contradiction", (first, second), formula, second.value)


def _settled(first: Claim, second: Claim, links: Sequence[Link]) -> bool:
    """Says whether each of two numbers agrees with a cell, or one of them differs from its cell."""
    held = [_holds(link) for link in links if link.figures and link.claim in (first.id, second.id)]
    return not all(held) or len(held) > 1


def _one_time(claim: Claim) -> tuple[str, bool]:
    """Returns the time and the sort of body a number is of, as far as two numbers told of one thing share them."""
    period = claim.period
    when = "" if period.kind in _SAME_TIME else f"{period.kind}{period.year}{period.months}{period.text}"
    return when, claim.scope.kind == _SUBORDINATE


def _one_name(first: Claim, second: Claim, rules: ContradictionRules) -> bool:
    """Says whether the names of two numbers share most of the characters of the shorter one."""
    letters = [set(_HAN.findall(rules.filler.sub("", claim.indicator))) for claim in (first, second)]
    shared = len(letters[0] & letters[1])
    return shared >= rules.letters and shared >= rules.shared * min(map(len, letters))


def _indicator(claim: Claim, link: Link, prose: Prose, knowledge: Knowledge) -> str | None:
    """Returns what `claim` gives the one number of the report for; None where it may give another."""
    rules, certainty = knowledge.arithmetic.contradiction, knowledge.arithmetic.certainty
    if link.score < certainty.notion_told or certainty.joint.search(claim.indicator) is not None:
        return None  # it may speak of another thing, or of several
    indicator = knowledge.linking.indicators.get(str(link.params.get("indicator", "")))
    if indicator is None or not link.score or link.why in _NARROWED or "mark" in link.params:
        return None
    if (
        not counts(claim)
        or claim.part_of is not None
        or claim.hedge
        or claim.value is None
        or not claim.numbers
    ):
        return None
    if claim.scope.kind in _OTHER_BODIES or claim.period.kind not in _WHOLE_TIME:
        return None
    single = indicator.id.startswith(rules.single)
    if not single and rules.total.search(prose.head(claim)) is None:
        return None
    words = prose.sentence(claim)
    if rules.denied.search(words):
        return None
    if rules.long.search(prose.paragraph(claim)) or rules.long.search(
        words.replace(knowledge.discourse.so_far, "")
    ):
        return None
    return indicator.formulas[0].text


def _holds(link: Link) -> bool:
    return any(trial.holds for trial in link.trials)


def check_all_done(prose: Prose, reading: Reading, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields each sentence that says all applications were finished, against what is carried over.

    The number carried over is a claim of the same section, else a cell of the table.
    """
    rules = knowledge.arithmetic.all_done
    carried = [claim for claim in prose.claims if _carried(claim, prose, rules)]
    cells = [figure for figure in reading.figures if figure.indicator in rules.figures and not figure.doubt]
    for claim in _finished(prose, rules):
        written = [other for other in carried if other.section == claim.section]
        for other in written[:1]:
            holds = intervals.meet(other.interval, intervals.exactly(_ZERO))
            yield from _judge((claim.id, other.id), (), f"{other.id} = 0", other.value, holds, knowledge)
        for cell in cells if not written else ():
            if cell.value is not None:
                holds = cell.value == 0
                yield from _judge((claim.id,), (cell.id,), f"{cell.id} = 0", cell.value, holds, knowledge)


def _judge(
    claims: tuple[str, ...],
    figures: tuple[str, ...],
    formula: str,
    actual: Decimal | None,
    holds: bool,
    knowledge: Knowledge,
) -> Iterator[Outcome]:
    yield Check("text.all_done", holds, claims, figures, formula, _ZERO, actual)
    if not holds:
        severity = knowledge.messages.severity("text.all_done")
        params: Params = {"carried": figures[0]} if figures else {}
        yield Finding(
            "text.all_done", None, severity, claims, figures, formula, _ZERO, actual, actual, params
        )


def _finished(prose: Prose, rules: AllDoneRules) -> Iterator[Claim]:
    """Yields the claim nearest to the words of each sentence that says all applications were finished."""
    sentences: dict[tuple[int, int], list[Claim]] = {}
    for claim in prose.claims:
        sentences.setdefault(claim.sentence, []).append(claim)
    for claims in sentences.values():
        claim = claims[0]
        words = prose.sentence(claim)
        match = rules.done.search(words)
        rates = [other for other in claims if other.kind == _PERCENT and other.value == _ALL]
        if match is None and rates and (match := rules.in_time.search(words)) is not None:
            claims = rates
        if (
            match is None
            or rules.exceptions.search(words)
            or not rules.about.search(words + "".join(claim.section))
        ):
            continue  # not all of them, or not of applications
        yield min(claims, key=lambda claim: _distance(claim, match.span(), prose))


def _distance(claim: Claim, span: tuple[int, int], prose: Prose) -> tuple[int, int]:
    """Returns how far `claim` stands from a span of the words of its sentence, behind it first."""
    start = len(prose.words(claim.sentence[0], claim.start))
    end = len(prose.words(claim.sentence[0], claim.end))
    return (start - span[1], 0) if start >= span[1] else (max(span[0] - end, 0), 1)


def _carried(claim: Claim, prose: Prose, rules: AllDoneRules) -> bool:
    """Returns whether `claim` counts what goes over into the next year."""
    if not counts(claim) or claim.period.kind == "last_year":
        return False
    return rules.carried.search(f"{prose.head(claim)}#{_following(claim, prose)}") is not None


def _following(claim: Claim, prose: Prose) -> str:
    """Returns the words behind `claim`, up to the next mark or the end of its sentence."""
    stop = _BOUNDARY.search(prose.text, claim.end, claim.sentence[1])
    return prose.words(claim.end, claim.sentence[1] if stop is None else stop.start())
