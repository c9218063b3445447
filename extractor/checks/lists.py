"""Lists of names against the count that closes them (A、B、C等3起)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..data import Claim
from ..knowledge import Knowledge
from ..knowledge.checking import EnumerationRules
from .prose import Outcome, Prose, check, counts, finding

_OPENING, _CLOSING = "“‘「『《〈(〔[【", "”’」』》〉)〕]】"
_LEAST = 3  # so many names make a list
_BOUNDARY = re.compile(r"[,;:。!?]")


def check_enumerations(prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the lists that name more items than they count.

    等 may stand for further items, so fewer names than the count are no finding.
    """
    rules = knowledge.arithmetic.enumeration
    for claim in prose.claims:
        if not counts(claim) or claim.value is None or claim.interval.low != claim.interval.high:
            continue  # no count, or not an exact one
        items = named_items(prose.words(claim.sentence[0], claim.start), rules)
        if items < 2:
            if rules.behind.match(prose.text, claim.end):
                yield from _named_behind(claim, prose, knowledge)
            continue  # no list before it
        named, holds = Decimal(items), items <= claim.value
        formula = f"{claim.id} >= {items}"
        yield check("text.enumeration", holds, (claim,), formula, named)
        if not holds:
            yield finding(knowledge, "text.enumeration", (claim,), formula, named)


def _named_behind(claim: Claim, prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields whether a count is that of the names told behind it one by one (5家,分别是A、B、C).

    What joins two names may stand inside one, so that either number of names is right.
    """
    rules = knowledge.arithmetic.enumeration
    found = rules.named.match(prose.words(claim.end, claim.sentence[1]))
    if found is None or claim.value is None or rules.rest.search(found["names"]):
        return
    items = found["names"].split(rules.separator)
    if len(items) < _LEAST or not all(1 < len(item) <= rules.longest for item in items):
        return
    most = len(items) + len(rules.joint.findall(items[-1]))
    named = Decimal(len(items) if claim.value < len(items) else most)
    holds = len(items) <= claim.value <= most
    formula = f"{claim.id} = {named}"
    yield check("text.enumeration", holds, (claim,), formula, named)
    if not holds:
        yield finding(knowledge, "text.enumeration", (claim,), formula, named)


def named_items(words: str, rules: EnumerationRules) -> int:
    """Returns how many items the list at the end of `words` names at least; 0 where it ends in no list.

    `words` are those of a sentence up to a number. A separator inside quotes or brackets separates
    nothing; 和 and 及 may join two items or stand inside one, so they add none, and neither does an item of
    a single character (区、县联合审批 is one).
    """
    close = rules.close.search(words)
    if close is None:
        return 0
    items: list[str] = [""]
    depth = 0
    for character in reversed(words[: close.start()]):
        if character in _CLOSING:
            depth += 1
        elif character in _OPENING:
            depth -= 1
        elif depth == 0 and character == rules.separator:
            items.append("")
            continue  # the separator belongs to no item
        if depth < 0 or (depth == 0 and _BOUNDARY.match(character)):
            break
        items[-1] = character + items[-1]
    if not all(0 < len(item) <= rules.longest for item in items):
        return 0
    return sum(len(item) > 1 for item in items)
