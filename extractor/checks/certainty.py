"""Which leg of a comparison is weak: the reading of the prose, or what is counted.

Source: an auditor is called only where every leg is sure; what leans on a weak one is worth a note, no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..data import Claim, Figure, Link
from ..knowledge.arithmetic import CertaintyRules

READING, NOTION, TOLD = "weak_reading", "weak_notion", "weak_told"
"""Params of a finding that say which leg of it is weak, with what makes it so."""

_LABEL = "label"
_RESPECTIVELY = "respectively"
_ZERO = "zero"
_AT_THE_END = frozenset({"as_of", "cumulative"})
_NAMED = frozenset({"alias", "column"})

Weakness = dict[str, str]


class Certainty:
    """Weighs the links of one report."""

    def __init__(
        self,
        claims: Sequence[Claim],
        links: Sequence[Link],
        figures: Mapping[str, Figure],
        rules: CertaintyRules,
    ) -> None:
        self._rules = rules
        self._figures = figures
        by_id = {claim.id: claim for claim in claims}
        linked = {link.claim for link in links if link.figures}
        self._free: dict[tuple[int, int], list[Claim]] = {}
        for claim in claims:
            if claim.id not in linked:
                self._free.setdefault(claim.sentence, []).append(claim)
        self._holding: dict[tuple[str, ...], list[tuple[Claim, Link]]] = {}
        for link in links:
            cells = next((trial.figures for trial in link.trials if trial.holds), ())
            if cells:
                self._holding.setdefault(cells, []).append((by_id[link.claim], link))

    def weakness(self, claim: Claim, link: Link) -> Weakness:
        """Returns the param that names the weak leg of a comparison, empty where it stands on sound ones."""
        rules = self._rules
        named = link.why in _NAMED
        odd = rules.apart.search(claim.indicator) or (not named and rules.quoted.search(claim.indicator))
        if odd or self._several(claim, link) or self._denies(claim, link) or self._stock(claim, link):
            return {READING: claim.indicator}
        if not named and link.score < (rules.notion_of_label if link.why == _LABEL else rules.notion):
            return {NOTION: str(link.score)}
        told = self._told(claim, link)
        return {TOLD: told.text} if told is not None else {}

    def _cells(self, link: Link) -> list[Figure]:
        """Returns the cells a claim is held against."""
        return [self._figures[name] for name in (link.trials[0].figures if link.trials else ())]

    def _denies(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim counts what was not done (没审结), and no label of its cells speaks of that."""
        denial = self._rules.denial
        if claim.kind == _ZERO or denial.search(claim.indicator) is None:
            return False
        return not any(denial.search(cell.row_label + cell.column_label) for cell in self._cells(link))

    def _stock(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim is of what there was at the end (截至), as another cell of the row has it."""
        if claim.period.kind not in _AT_THE_END or claim.value is None:
            return False
        rows = {(cell.table, cell.row) for cell in self._cells(link)}
        return any(
            (cell.table, cell.row) in rows and cell.value == claim.value for cell in self._figures.values()
        )

    def _several(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim names several things, and the row it is linked to one of them.

        So does a name of a 分别 list that was not told from its neighbours.
        """
        joint = self._rules.joint
        if joint.search(claim.indicator) is None:
            return False
        if claim.list_kind == _RESPECTIVELY:
            return True
        cells = self._cells(link)
        named = any(joint.search(cell.row_label + cell.column_label) for cell in cells)
        return link.why not in _NAMED and len(cells) == 1 and not named

    def _told(self, claim: Claim, link: Link) -> Claim | None:
        """Returns a claim that agrees with the very cells, so that this one, which does not, may mean others.

        It stands in the same sentence, where it may have no cells of its own, or names the row where this one only
        resembles it.
        """
        trial = link.trials[0] if link.trials else None
        for other, held in self._holding.get(trial.figures if trial else (), ()):
            if other.id == claim.id:
                continue  # a claim is no witness against itself
            if other.sentence == claim.sentence or (held.why in _NAMED and link.why not in _NAMED):
                return other
        free = self._free.get(claim.sentence, [])
        alike = (other for other in free if other.unit == claim.unit and other.kind != _ZERO)
        return next((other for other in alike if trial and trial.value and other.value == trial.value), None)
