"""Whether the words themselves say that a claim counts something else than its cells, or some of it only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from .. import intervals
from ..data import Claim, Link, Relation
from ..knowledge.checking import Arithmetic
from .agreement import FORM, Agreement
from .frames import frames_of
from .prose import Prose
from .reporter import Reporter

_ZERO = "zero"
_NARROWER = "narrower"
_NEXT = re.compile("[,、]")
_NUMBERS = re.compile(r"\d[\d,.]*")
_DIGITS = 2  # a number of one digit is any other's but for one digit
_RUN = 3  # so many numbers are looked at together
_NEAR = 2  # a share is told of one of so many numbers before it
_STOP, _PERCENT, _ALL = ";", "%", Decimal(100)


class Elsewhere:
    """Reads the words around the claims of one report."""

    def __init__(
        self, agreement: Agreement, reporter: Reporter, rules: Arithmetic, prose: Prose | None
    ) -> None:
        self._agreement, self._reporter, self._prose = agreement, reporter, prose
        self._rules = rules.certainty
        self._frame_rules = rules.frames
        self._frames = (
            None if prose is None else frames_of(prose, tuple(agreement.links.values()), rules.frames)
        )

    def says(self, claim: Claim, link: Link) -> bool:
        """Says whether the words tell that the claim counts something else than its cells, or some of it only.

        Then nothing is said of it; what is merely open is worth a note (`Certainty.weakness`).
        """
        if link.why == FORM:
            return False
        if self._reporter.earlier_stock(claim) or self._part(claim, link) or self._said_apart(claim, link):
            return True
        if self._narrowed(claim, link) or self._other_matter(claim, link) or self._opposed(claim, link):
            return True
        if self._shared(claim, link):
            return True
        told = self._agreement.told(claim, link)
        if told is not None and told.sentence == claim.sentence and not _may_slip(claim, link):
            return True
        return self._beside_other(claim) or self._in_parts(claim, link)

    def _part(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim's name is of one part of what the row counts, and no label of its cells is."""
        found = self._rules.part.search(claim.indicator)
        labels = self._agreement.labels(link)
        return found is not None and found[0] not in labels

    def _said_apart(self, claim: Claim, link: Link) -> bool:
        """Says whether the words around the claim tell that it is not what a table counts, or only some of it.

        What its own name holds picks nothing out (3件经批准延期), and a cell of many years is of many years.
        """
        rules, prose = self._rules, self._prose
        if prose is None:
            return False
        behind = rules.behind.search(prose.words(claim.end, claim.sentence[1]))
        if behind is not None and (not behind[0] or behind[0] not in claim.indicator):
            return True
        if rules.outside.search(prose.sentence(claim)) is not None:
            return True
        before = rules.year.sub("", prose.words(claim.sentence[0], claim.start))
        return rules.spans.search(before) is not None and not any(
            cell.period for cell in self._agreement.cells(link)
        )

    def _in_parts(self, claim: Claim, link: Link) -> bool:
        """Says whether numbers of the sentence that follow one another, the claim's among them, come to the cell.

        Those of other units may stand between them (2次、210人次;各单位19次、160人次).
        """
        if self._prose is None or not link.trials:
            return False
        claims = [other for other in self._prose.beside(claim) if other is claim or self._loose(other, claim)]
        place, wanted = claims.index(claim), link.trials[0].value
        held = self._held_within(claim)
        if held and wanted is not None and claim.value == wanted + held:
            return True
        for first in range(max(0, place - _RUN + 1), place + 1):
            for last in range(max(place, first + 1), min(first + _RUN, len(claims))):
                run = claims[first : last + 1]
                if sum(other.value or 0 for other in run) == wanted or self._leaves(claim, run, wanted):
                    return True
        return False

    def _shared(self, claim: Claim, link: Link) -> bool:
        """Says whether the share told next is the claim's of its cell, or the cell's of it (全市1420件,我县占13.2%)."""
        row = link.trials[0].value if link.trials else None
        if self._prose is None or not row or not claim.value:
            return False
        place = self._prose.places[claim.id] + 1
        for share in self._prose.claims[place : place + _NEAR]:
            if share.sentence != claim.sentence or _STOP in self._prose.gap(claim, share):
                return False
            if share.relation is Relation.SHARE and share.unit == _PERCENT:
                part, whole = sorted((claim.value, row))
                return intervals.meet(share.interval, intervals.exactly(part / whole * _ALL))
        return False

    def _held_within(self, claim: Claim) -> Decimal:
        """Returns what a bracket behind the claim says it holds besides (767.40万元(含政府性基金60.00万元))."""
        prose = self._prose
        after = () if prose is None else prose.claims[prose.places[claim.id] + 1 :][:1]
        if prose is None or not after or not _beside(after[0], claim):
            return Decimal(0)
        within = self._rules.within.match(prose.gap(claim, after[0]))
        return after[0].value or Decimal(0) if within is not None else Decimal(0)

    def _loose(self, other: Claim, claim: Claim) -> bool:
        """Says whether another claim counts beside `claim`, and agrees with no cell of its own."""
        return _beside(other, claim) and not self._agreement.holds(other)

    def _leaves(self, claim: Claim, run: Sequence[Claim], value: Decimal | None) -> bool:
        """Says whether the claim comes to the cell when what the next numbers take away is taken (98件, 撤回2件)."""
        if value is None or run[0] is not claim:
            return False
        less = run[1:]
        heads = [self._prose.head(other) for other in less] if self._prose else []
        taken = all(self._rules.taken.search(head) for head in heads)
        return taken and claim.value == value + sum(other.value or 0 for other in less)

    def _narrowed(self, claim: Claim, link: Link) -> bool:
        """Says whether the sentence has come to speak of fewer things than the row counts."""
        row = link.trials[0].value if link.trials else None
        labels = self._agreement.labels(link)
        return self._frames is not None and self._frames.narrowed(claim, row, labels)

    def _other_matter(self, claim: Claim, link: Link) -> bool:
        """Says whether the matter named last before the claim (复议, 诉讼) is not the one of its row.

        Of two that were told in one breath (复议13件、诉讼6件,维持14件) either may be meant, or both.
        """
        indicator = str(link.params.get("indicator", ""))
        own = next((name for name, _ in self._frame_rules.matters if indicator.startswith(name)), None)
        if self._prose is None or own is None:
            return False
        before = self._prose.words(claim.sentence[0], claim.end)
        last = {name: _last(words, before) for name, words in self._frame_rules.matters}
        *others, nearest = sorted(last, key=last.__getitem__)
        if last[nearest] < 0:
            return False
        apart = before[max(last[name] for name in others) : last[nearest]]
        head = self._prose.head(claim)
        told = any(words.search(head) for _, words in self._frame_rules.matters)
        told = told or claim.kind == _ZERO  # 未发生行政复议、行政诉讼: neither
        together = len(apart) < len(before) and last[others[-1]] >= 0 and not told
        return own != nearest or (together and len(_NUMBERS.findall(apart)) <= 1)

    def _opposed(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim's name says the contrary of its cells' labels (年初, 年末)."""
        labels = "".join(cell.row_label + cell.column_label for cell in self._agreement.cells(link))
        whole = None if self._prose is None or claim.part_of is None else self._prose.named(claim.part_of)
        told = claim.indicator if whole is None else claim.indicator + whole.indicator
        return any(
            one.search(told) and other.search(labels) and not (one.search(labels) or other.search(told))
            for pair in self._frame_rules.opposites
            for one, other in (pair, pair[::-1])
        )

    def _beside_other(self, claim: Claim) -> bool:
        """Says whether the claim goes with one right before it that no row counts (公务员培训班4次,培训320人次)."""
        before = None if self._prose is None else self._prose.before(claim)
        if self._prose is None or before is None or not _NEXT.fullmatch(self._prose.gap(before, claim)[:1]):
            return False
        link = self._agreement.links[before.id]
        if link.figures or link.why != _NARROWER or before.unit == claim.unit or before.part_of is not None:
            return False
        return self._frame_rules.own.search(claim.scope.text) is None and claim.scope == before.scope


def _may_slip(claim: Claim, link: Link) -> bool:
    """Says whether the claim is its cell's number but for one digit (收到25件,受理24件)."""
    written, meant = str(claim.value), str(link.trials[0].value)
    if len(written) != len(meant) or len(written) < _DIGITS:
        return False
    return sum(one != other for one, other in zip(written, meant, strict=True)) == 1


def _beside(other: Claim, claim: Claim) -> bool:
    """Says whether two claims of one sentence count in one unit, and neither nothing."""
    return other.sentence == claim.sentence and other.unit == claim.unit and bool(other.value)


def _last(words: re.Pattern[str], text: str) -> int:
    """Returns where `words` stand last in `text`, -1 where nowhere."""
    return max((found.start() for found in words.finditer(text)), default=-1)
