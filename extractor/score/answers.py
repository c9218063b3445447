"""The attributes of a claim, each held against what the labels accept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..data import Claim
from ..labels import GoldClaim
from ..widths import fold_widths

ATTRIBUTES = ("indicator", "scope", "period", "relation", "part_of")


@dataclass(frozen=True, slots=True)
class Answer:
    """One attribute of a paired claim: what the labels accept, what was found, and whether that is right."""

    name: str
    expected: str
    actual: str
    right: bool


def answers(wanted: GoldClaim, claim: Claim, names: Mapping[str, str]) -> tuple[Answer, ...]:
    """Returns the attributes the labels speak of, in the order of `ATTRIBUTES`; an unlabelled one is not judged.

    `names` maps the ids of found claims to those of the labelled claims they are paired with. Of two
    indicator phrases one may be part of the other: where a phrase begins is a matter of taste.
    """
    whole = names.get(claim.part_of, claim.part_of) if claim.part_of else None
    judged = (
        _indicator(wanted.indicator, claim.indicator),
        _choice("scope", wanted.scope, claim.scope.kind),
        _choice("period", wanted.period, claim.period.kind),
        _choice("relation", wanted.relation, claim.relation.value),
        _choice("part_of", wanted.part_of, whole),
    )
    return tuple(answer for answer in judged if answer is not None)


def _indicator(wanted: str, found: str) -> Answer:
    left, right = folded(wanted), folded(found)
    return Answer("indicator", wanted, found, left in right or (bool(right) and right in left))


def _choice(name: str, accepted: Sequence[str | None], found: str | None) -> Answer | None:
    if not accepted:
        return None
    return Answer(name, " / ".join(item or "—" for item in accepted), found or "", found in accepted)


def folded(phrase: str) -> str:
    """Returns a phrase as the program reads it: usual widths and simplified characters, no blanks."""
    return "".join(fold_widths(phrase).split())
