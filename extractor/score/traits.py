"""What a claim is like, labelled or found: the groups it is counted in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..data import Claim, Interval
from ..knowledge.scoring import indicator_group, load_scoring
from ..labels import GoldClaim


@dataclass(frozen=True, slots=True)
class Traits:
    """What `of` of a flag may look at, labelled and found claims alike; "" where nothing is said.

    `bounds` is point or wide, `whole` the claim it is part of, `figures` the number of cells.
    """

    text: str
    value: str
    bounds: str
    unit: str
    scope: str
    period: str
    relation: str
    whole: str
    figures: int


def labelled_traits(claim: GoldClaim) -> Traits:
    """Returns the traits of a labelled claim; of several acceptable answers the first counts."""
    scope, period, relation, whole = (
        next((answer for answer in answers if answer), "")
        for answers in (claim.scope, claim.period, claim.relation, claim.part_of)
    )
    value, bounds = _value(claim.value), _bounds(claim.interval)
    return Traits(
        claim.text, value, bounds, claim.unit or "", scope, period, relation, whole, len(claim.figures)
    )


def found_traits(claim: Claim, figures: int) -> Traits:
    """Returns the traits of a claim that was found and linked with so many `figures`."""
    return Traits(
        claim.text,
        _value(claim.value),
        _bounds(claim.interval),
        claim.unit,
        claim.scope.kind,
        claim.period.kind,
        claim.relation.value,
        claim.part_of or "",
        figures,
    )


def memberships(traits: Traits, indicators: Sequence[str], rule: str) -> tuple[tuple[str, str], ...]:
    """Returns the groups a claim is in, each with its dimension."""
    flags = [flag.id for flag in load_scoring().flags if flag.holds(getattr(traits, flag.of))]
    return (
        ("indicator", indicator_group(tuple(indicators))),
        *(("flag", flag) for flag in flags),
        ("rule", rule),
    )


def _value(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _bounds(interval: Interval) -> str:
    return "point" if interval.low is not None and interval.low == interval.high else "wide"
