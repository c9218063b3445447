"""What a percentage may be of: numbers in its reach, their sums and what one leaves of another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .. import intervals
from ..data import Claim, Interval
from ..units import Units, factor
from .prose import Prose, counts

_HUNDRED = Decimal(100)


def percentage(numerator: Claim, denominator: Claim, units: Units) -> Interval | None:
    """Returns what percentage the one is of the other; None where their units do not compare."""
    by = factor(numerator.unit, denominator.unit, units)
    if by is None:
        return None
    ratio = intervals.quotient(intervals.scaled(numerator.interval, by), denominator.interval)
    return None if ratio is None else intervals.scaled(ratio, _HUNDRED)


def of_others(rate: Claim, numerator: Claim, denominator: Claim, prose: Prose, units: Units) -> bool:
    """Says whether a rate that is not of its two terms is of numbers in its reach.

    The numerator may be out of another number of its sentence or the one before, out of the denominator with another
    (spent and saved) or without; another number, or the numerator with one, may be out of the denominator.
    """
    own, whole = numerator.interval, _in_unit(denominator, numerator, units)
    if whole is None:
        return False
    inside = [other for other in _reach(rate, prose) if other not in (numerator, denominator)]
    others = [(other, value) for other in inside if (value := _in_unit(other, numerator, units)) is not None]
    ratios = [(own, intervals.total((own, whole))), *((own, value) for _, value in others)]
    for other, value in others:
        if other.sentence == rate.sentence:
            ratios += [(own, intervals.total((whole, value))), (own, _less(whole, value))]
            ratios += [(value, whole), (intervals.total((own, value)), whole)]
    return any(_is_share(rate, part, base) for part, base in ratios)


def _in_unit(claim: Claim, other: Claim, units: Units) -> Interval | None:
    """Returns the amount of `claim` in the unit of `other`; None where they do not compare."""
    by = factor(claim.unit, other.unit, units)
    return None if by is None else intervals.scaled(claim.interval, by)


def _less(whole: Interval, part: Interval) -> Interval:
    return intervals.total((whole, intervals.negative(part)))


def _is_share(rate: Claim, part: Interval, base: Interval) -> bool:
    ratio = intervals.quotient(part, base)
    return ratio is not None and intervals.meet(intervals.scaled(ratio, _HUNDRED), rate.interval)


def _reach(rate: Claim, prose: Prose) -> Iterator[Claim]:
    """Yields the counts of the sentence of a rate, and of the one before under the same heading."""
    place = prose.places[rate.id]
    start = _first(place, prose)
    for claim in prose.claims[_first(start - 1, prose) if start else 0 :]:
        if claim.start >= rate.sentence[1]:
            return
        if counts(claim) and claim.section == rate.section:
            yield claim


def _first(place: int, prose: Prose) -> int:
    """Returns the place of the first claim of the sentence of the claim at `place`."""
    while place and prose.claims[place - 1].sentence == prose.claims[place].sentence:
        place -= 1
    return place
