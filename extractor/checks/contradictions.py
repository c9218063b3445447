"""Sentences of one text that cannot both be true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from .. import intervals
from ..data import Check, Claim, Finding, Reading
from ..knowledge import Knowledge
from ..knowledge.arithmetic import AllDoneRules, ContradictionRules
from .prose import Outcome, Prose, check, counts, finding

_ZERO = Decimal(0)
_DATE = re.compile(r"\d{4}年(?:度)?")
_BOUNDARY = re.compile(r"[,;:。!?]")
_SAME_TIME = frozenset({"year", "unstated"})

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
    following = _BOUNDARY.split(prose.words(claim.end, claim.sentence[1]), maxsplit=1)[0]
    phrase = f"{opening}#{_bare(following, rules)}"
    if len(phrase) <= rules.shortest or rules.long.search(prose.paragraph(claim)):
        return None
    period = claim.period
    when = "" if period.kind in _SAME_TIME else f"{period.kind}{period.year}{period.months}{period.text}"
    return phrase, claim.unit, claim.scope.kind, claim.scope.text, when, claim.section


def _bare(words: str, rules: ContradictionRules) -> str:
    """Returns `words` without fillers, years and punctuation."""
    return _BOUNDARY.sub("", rules.filler.sub("", _DATE.sub("", words)))


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
        yield Finding("text.all_done", None, severity, claims, figures, formula, _ZERO, actual, actual)


def _finished(prose: Prose, rules: AllDoneRules) -> Iterator[Claim]:
    """Yields the first claim of each sentence that says all applications were finished."""
    last: Claim | None = None
    for claim in prose.claims:
        if last is not None and claim.sentence == last.sentence:
            continue  # a further claim of a sentence already read
        last = claim
        words = prose.sentence(claim)
        match = rules.done.search(words)
        if (
            match is None
            or rules.exceptions.search(words)
            or not rules.about.search(words + "".join(claim.section))
        ):
            continue  # not all of them, or not of applications
        yield claim


def _carried(claim: Claim, prose: Prose, rules: AllDoneRules) -> bool:
    """Returns whether `claim` counts what goes over into the next year."""
    if not counts(claim) or claim.period.kind == "last_year":
        return False
    following = _BOUNDARY.split(prose.words(claim.end, claim.sentence[1]), maxsplit=1)[0]
    return rules.carried.search(f"{prose.head(claim)}#{following}") is not None
