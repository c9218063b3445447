"""What a clause leaves unsaid: the fewer things its sentence has come to speak of before it names a kind of them.

Source: a clerk names the subset once (企业提出的申请中, 区住建局22件, 上年结转的7件) and then only the kinds of
it; such a kind is not the row's, however well it is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..data import Claim, Link
from ..knowledge.checking import FrameRules
from .agreement import beyond_chance
from .prose import Prose, counts

_BODIES = frozenset({"body", "subordinate"})
_WHOLE_TIMES = frozenset({"unstated", "year"})
_COLUMN = "column"
_STOP, _JOINT = ";", "、"
_STEM = 2  # so many characters, the last ones, tell what a name is of
_BARE = 6  # a clause of so many characters says only the kind


class Frames:
    """Says of the claims of one text whether their sentence speaks of fewer things than a row counts."""

    def __init__(self, prose: Prose, links: Mapping[str, Link], rules: FrameRules) -> None:
        self._prose, self._links, self._rules = prose, links, rules
        self._parts: dict[str, list[Claim]] = {}
        for claim in prose.claims:
            if claim.part_of is not None:
                self._parts.setdefault(claim.part_of, []).append(claim)

    def narrowed(self, claim: Claim, row: Decimal | None = None, labels: str = "") -> bool:
        """Says whether `claim` counts some only of what its name says.

        `row` is what a table has for that name: more than a whole that the text gives cannot be part of it; `labels`
        are the words over it.
        """
        if self._named_frame(claim, labels):
            return True
        if self._rules.all.search(self._prose.head(claim)):
            return False
        return self._of_body(claim) or self._of_fewer(claim, row)

    def _named_frame(self, claim: Claim, labels: str) -> bool:
        """Says whether words before the claim pick some of the things (企业提出的申请中,), and no label says so."""
        for found in self._rules.frame.finditer(self._segment(claim)):
            if self._rules.everything.sub("", found["frame"]) not in labels:
                return True
        return False

    def _segment(self, claim: Claim) -> str:
        """Returns the words of the sentence before the claim, from the last semicolon on."""
        return self._prose.words(claim.sentence[0], claim.start).rpartition(_STOP)[2]

    def _of_body(self, claim: Claim) -> bool:
        """Says whether a number before it in the sentence is of one body and the claim tells no body of its own.

        Behind a semicolon that holds where what opens the clause is not what its number counts: it may be another
        body, whose name nobody knows for one (区资规分局受理31件;区住建局22件,办结22件).
        """
        if claim.scope.kind in _BODIES or claim.scope.text:
            return False
        opening, apart = claim, False
        for other in self._prose.earlier(claim):
            if self._agrees(other) or self._rules.all.search(self._prose.head(other)):
                return False
            apart = apart or _STOP in self._prose.gap(other, claim)
            if other.scope.kind in _BODIES and self._rules.own.search(other.scope.text) is None:
                return not apart or self._elliptic(opening)
            opening = opening if apart else other
        return False

    def _elliptic(self, claim: Claim) -> bool:
        """Says whether what the claim counts is said before its own clause."""
        return bool(claim.indicator) and claim.indicator[-_STEM:] not in self._prose.head(claim)

    def _of_fewer(self, claim: Claim, row: Decimal | None) -> bool:
        """Says whether the claim is part of a number that is not the row's whole."""
        whole = self._whole(claim)
        if whole is None:
            return False
        link = self._links.get(whole.id)
        held = link is not None and any(trial.holds for trial in link.trials)
        short = row is not None and whole.value is not None and whole.value < row
        own = self._links.get(claim.id)
        columns = {_COLUMN} if own is None or own.why != _COLUMN else set()
        all_of_row = link is not None and link.why not in columns and whole.period.kind in _WHOLE_TIMES
        if held and all_of_row and not (short and self._picked(whole)):
            return False
        return (not held and self._complete(whole)) or not self._siblings_agree(claim, whole)

    def _complete(self, whole: Claim) -> bool:
        """Says whether the parts of a number come to it, so that none of them is a slip (财政拨款支出 with its own)."""
        parts = [part.value or 0 for part in self._parts.get(whole.id, ()) if part.unit == whole.unit]
        return len(parts) > 1 and sum(parts) == whole.value

    def _whole(self, claim: Claim) -> Claim | None:
        """Returns the number that the claim is part of: the one it is tied to, or what a bare clause leans on."""
        if claim.part_of is not None:
            return self._prose.named(claim.part_of)
        if len(self._prose.head(claim)) > _BARE:
            return None
        previous = self._prose.before(claim)
        joined = previous is not None and self._prose.gap(previous, claim)[:1] == _JOINT
        if joined and previous is not None and previous.part_of is not None:
            return self._prose.named(previous.part_of)
        for other in self._prose.earlier(claim):
            if _STOP in self._prose.gap(other, claim):
                return None
            if self._could_hold(other, claim) and len(self._prose.head(other)) > _BARE:
                return other
        return None

    @staticmethod
    def _could_hold(whole: Claim, claim: Claim) -> bool:
        """Says whether one number may be what the other is part of: it is greater, of no other time, and no part."""
        if whole.value is None or claim.value is None or not counts(whole) or whole.unit != claim.unit:
            return False
        return whole.value > claim.value and whole.period.kind in _WHOLE_TIMES and whole.part_of is None

    def _picked(self, whole: Claim) -> bool:
        """Says whether a number stands for the things it counts (上年结转的7件, 邮寄的41件中)."""
        after = self._prose.words(whole.end, whole.sentence[1])
        return self._rules.picked.search(self._prose.head(whole)) is not None or after.startswith(
            self._rules.among
        )

    def _siblings_agree(self, claim: Claim, whole: Claim) -> bool:
        """Says whether other parts of the whole agree with the table, more than chance has it."""
        beside = {
            other.id: other
            for other in (*self._prose.earlier(claim), *self._parts.get(whole.id, ()))
            if other.start >= whole.end
        }
        agreeing = [
            other.value
            for other in beside.values()
            if other is not claim and other.value and self._agrees(other)
        ]
        return beyond_chance(agreeing)

    def _agrees(self, claim: Claim) -> bool:
        link = self._links.get(claim.id)
        return link is not None and link.why != _COLUMN and any(trial.holds for trial in link.trials)


def frames_of(prose: Prose, links: Sequence[Link], rules: FrameRules) -> Frames:
    """Returns the frames of a text."""
    return Frames(prose, {link.claim: link for link in links}, rules)
