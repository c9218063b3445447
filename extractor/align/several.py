"""A claim about several rows at once: one number that each of them holds (均为0, 各2件), or that they come to together.

Only what agrees is linked, since nothing else says that the rows are meant together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from ..data import Claim, Link, Relation, Trial
from .agreeing import agreement
from .choices import Choice
from .linker import Linker
from .reference import refer

_MOST = 3  # so many numbers before it a total may be made of
_BACK = 6  # so many linked claims before it they are looked for among
_NEAR = 2  # so many sentences, its own among them, they stand in
_TELLING = 100.0
_TOLD = 1000.0  # a number of so many digits stands in two cells because they are one
_NEXT = 6  # characters between 两项 and the sum
_SEVERAL, _COUNT = "several", "relation"
_ZERO_CLAIM = "zero"
_ZERO = Decimal(0)
_DIGITS = Decimal("0.001")


def together(choices: Sequence[Choice], links: Sequence[Link], linker: Linker) -> list[Link]:
    """Returns `links`, those that hold nothing replaced where several rows agree with their claim."""
    found = list(links)
    for place, (choice, link) in enumerate(zip(choices, links, strict=True)):
        if link.figures and _counts_numbers(choice.claim, choices[place + 1 : place + 2], linker):
            found[place] = Link(choice.claim.id, (), "", link.score, _COUNT)
            continue
        if link.rivals and _holds(link) and agreement(choice.claim) >= _TOLD:
            found[place] = _of_tables(link, linker)
            continue
        if _holds(link) or choice.claimed is None or choice.claim.value is None or choice.claim.hedge:
            continue
        claim = choice.claim
        if claim.relation is Relation.TOTAL:
            found[place] = _of_claims(claim, choices[:place], found[:place]) or link
        if found[place] is link and not link.figures:
            found[place] = _of_names(claim, linker) or link
    return found


def _counts_numbers(claim: Claim, after: Sequence[Choice], linker: Linker) -> bool:
    """Says whether a claim counts the numbers that the one right behind it adds up (两项合计51件)."""
    if not linker.counts_numbers(claim.text):
        return False
    return any(
        other.claim.sentence == claim.sentence and 0 <= other.claim.start - claim.end <= _NEXT
        for other in after
    )


def _holds(link: Link) -> bool:
    return any(trial.holds for trial in link.trials)


def _of_tables(link: Link, linker: Linker) -> Link:
    """Returns the link with those of its rivals that hold the very number: one row that stands in several tables."""
    held = next(trial for trial in link.trials if trial.holds)
    same = [name for name in link.rivals if linker.value(name) == held.value and len(held.figures) == 1]
    if not same:
        return link
    figures = (*held.figures, *same)
    rivals = tuple(name for name in link.rivals if name not in same)
    trials = (replace(held, figures=figures), *(trial for trial in link.trials if trial is not held))
    return replace(link, figures=figures, rivals=rivals, trials=trials)


def _of_claims(claim: Claim, before: Sequence[Choice], links: Sequence[Link]) -> Link | None:
    """Returns the link of a total to the cells of the numbers before it that come to it (两项相加81件)."""
    if agreement(claim) < _TELLING:
        return None
    starts: list[tuple[int, int]] = []
    parts: list[tuple[Decimal, Link]] = []
    for choice, link in zip(reversed(before), reversed(links), strict=True):
        other = choice.claim
        if other.sentence not in starts:
            starts.append(other.sentence)
        if len(starts) > _NEAR or len(parts) == _BACK:
            break
        if other.part_of is None and other.unit == claim.unit and other.value and _holds(link):
            parts.append((other.value, link))
    for size in range(2, _MOST + 1):
        for chosen in combinations(parts, size):
            figures = [figure for _, link in reversed(chosen) for figure in link.figures]
            if sum(value for value, _ in chosen) == claim.value and len(set(figures)) == len(figures):
                formula = " + ".join(link.formula for _, link in reversed(chosen))
                return _link(claim, figures, formula, min(link.score for _, link in chosen))
    return None


def _of_names(claim: Claim, linker: Linker) -> Link | None:
    """Returns the link to the rows of the names a phrase joins, where each or all together hold its number."""
    names = _names(claim.phrase or claim.indicator, linker.joints)
    if len(names) < 2:
        return None
    if claim.kind == _ZERO_CLAIM:
        del names[1:]  # 无部分公开、更改补充: each is denied by a claim of its own
    trials: list[Trial] = []
    likely = 1.0
    earlier = None
    for name in names:
        claimed = refer(replace(claim, phrase=name, indicator=name), linker.reader, earlier)
        score, trial = linker.best(claim, claimed)
        if trial is None or trial.value is None:
            return None
        earlier = claimed.facets
        likely = min(likely, score)
        trials.append(trial)
    figures = [figure for trial in trials for figure in trial.figures]
    come = sum((trial.value or _ZERO for trial in trials), _ZERO) == claim.value
    if len(set(figures)) < len(figures) or not (come or all(trial.holds for trial in trials)):
        return None
    formula = (" + " if come else ", ").join(trial.formula for trial in trials)
    return _link(claim, figures, formula, Decimal(likely).quantize(_DIGITS))


def _link(claim: Claim, figures: Sequence[str], formula: str, score: Decimal) -> Link:
    trial = Trial(formula, tuple(figures), claim.value, _ZERO, True)
    return Link(claim.id, tuple(figures), formula, score, _SEVERAL, {"indicator": formula}, (trial,))


def _names(phrase: str, joints: tuple[str, ...]) -> list[str]:
    return [name for name in _joints(joints).split(phrase) if name]


@lru_cache(maxsize=4)
def _joints(joints: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(joints, key=len, reverse=True))))
