"""A number that agrees with a cell is evidence of what it counts, where its words alone do not tell.

It confirms what words make likely and never speaks against anything: a number that agrees with no cell says nothing.
"""

from __future__ import annotations

from decimal import Decimal

from ..data import Claim

_BASE = 10.0
_NOTHING = Decimal(0)


def digits(value: Decimal) -> str:
    """Returns the digits of a value that no scale put there: those of 1.2万 and 12000 are the same."""
    return f"{value:f}".replace(".", "").strip("-0")


def agreement(claim: Claim) -> float:
    """Returns how many times likelier it is that the claim's value is a cell's that it counts than any other cell's.

    Each digit that was not put there by a scale makes it ten times likelier; what is told roughly is no evidence, and
    nothing (未收到) is told of one thing as often as of another.
    """
    value = claim.value
    if value is None or claim.hedge:
        return 0.0
    return _BASE ** len(digits(value)) if value != _NOTHING else 1.0


def confirmed(prior: float, weight: float) -> float:
    """Returns the probability that a claim is about a cell that it agrees with, from the one its words give."""
    odds = weight * prior / max(1.0 - prior, 1e-9)
    return odds / (1.0 + odds)
