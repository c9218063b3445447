"""What one claim was found to be about, and what the claims before it leave to those that lean on them."""

from __future__ import annotations

from typing import NamedTuple

from ..data import Claim, Params
from .facets import Facets
from .reference import Reference
from .targets import Target

_NEXT = 3  # so many characters, a line break among them, may part a sentence from the next


class Choice(NamedTuple):
    """What one claim was found to be about: ranked candidates, or the reason for none."""

    claim: Claim
    claimed: Reference | None
    ranked: tuple[tuple[float, Target], ...]
    why: str
    params: Params


class Counted(NamedTuple):
    """What the last claim that says so counts, and where.

    `stages` are those told of before without an outcome, `body` is the one of many it is of, "" else.
    """

    sentence: tuple[int, int]
    section: tuple[str, ...]
    facets: Facets
    stages: frozenset[str] = frozenset()
    body: str = ""

    def precedes(self, claim: Claim) -> bool:
        """Says whether the sentence of `claim` is the same or the next one, under the same titles."""
        gap = claim.sentence[0] - self.sentence[1]
        return self.section == claim.section and (self.sentence == claim.sentence or 0 <= gap <= _NEXT)
