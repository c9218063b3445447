"""The claims of one report with the words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..data import Claim, Relation
from ..widths import REMOVED, fold_widths

_CLAUSE_END = re.compile(r"[,;:。!?、()]")
_ASIDE = re.compile(r"\([^()]*\)")
_OF_AMOUNTS = (Relation.LEVEL, Relation.TOTAL)
_RATES = frozenset({"percent", "point"})


@dataclass(frozen=True, slots=True)
class Prose:
    """The claims in the order of the text, and the text itself in usual widths.

    All words it hands out have half-width punctuation and no blanks, which characters that stand for nothing have
    become. `heads` remembers those asked for.
    """

    text: str
    claims: tuple[Claim, ...]
    places: dict[str, int]
    heads: dict[str, str] = field(default_factory=dict)

    def named(self, key: str) -> Claim:
        """Returns the claim with the id `key`."""
        return self.claims[self.places[key]]

    def before(self, claim: Claim) -> Claim | None:
        """Returns the claim just before `claim` in its sentence."""
        place = self.places[claim.id]
        if not place:
            return None
        previous = self.claims[place - 1]
        apart = previous.sentence != claim.sentence or previous.end > claim.start
        return None if apart else previous

    def earlier(self, claim: Claim) -> list[Claim]:
        """Returns the claims before `claim` in its sentence, nearest first."""
        found: list[Claim] = []
        while (previous := self.before(found[-1] if found else claim)) is not None:
            found.append(previous)
        return found

    def beside(self, claim: Claim) -> list[Claim]:
        """Returns the claims of the sentence of `claim`, itself among them."""
        first = last = self.places[claim.id]
        while first and self.claims[first - 1].sentence == claim.sentence:
            first -= 1
        while last < len(self.claims) and self.claims[last].sentence == claim.sentence:
            last += 1
        return list(self.claims[first:last])

    def words(self, start: int, end: int) -> str:
        """Returns the text from `start` to `end`."""
        return "".join(self.text[start:end].split())

    def gap(self, left: Claim, right: Claim) -> str:
        """Returns the words between two claims."""
        return self.words(left.end, right.start)

    def head(self, claim: Claim) -> str:
        """Returns the words of the clause before the number of `claim`, without asides in brackets."""
        head = self.heads.get(claim.id)
        if head is None:
            previous = self.before(claim)
            start = claim.sentence[0] if previous is None else previous.end
            words = _ASIDE.sub("", self.words(start, claim.start))
            head = self.heads[claim.id] = _CLAUSE_END.split(words)[-1]
        return head

    def paragraph(self, claim: Claim) -> str:
        """Returns the words of the paragraph of `claim` up to its sentence."""
        start = claim.sentence[0]
        return self.words(self.text.rfind("\n", 0, start) + 1, start)

    def sentence(self, claim: Claim) -> str:
        """Returns the words of the sentence of `claim`."""
        return self.words(*claim.sentence)


def prose_of(claims: Sequence[Claim], text: str) -> Prose:
    """Returns `claims`, whose offsets lie in `text`, in the order of the text."""
    ordered = tuple(sorted(claims, key=lambda claim: (claim.start, claim.end)))
    usual = fold_widths(text).replace(REMOVED, " ")
    return Prose(usual, ordered, {claim.id: place for place, claim in enumerate(ordered)})


def counts(claim: Claim) -> bool:
    """Returns whether `claim` states how much of something there is."""
    return claim.relation in _OF_AMOUNTS and claim.kind not in _RATES
