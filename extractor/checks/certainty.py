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
        self._holding: dict[tuple[str, ...], list[tuple[Claim, Link]]] = {}
        for link in links:
            cells = next((trial.figures for trial in link.trials if trial.holds), ())
            if cells:
                self._holding.setdefault(cells, []).append((by_id[link.claim], link))

    def weakness(self, claim: Claim, link: Link) -> Weakness:
        """Returns the param that names the weak leg of a comparison, empty where it stands on sound ones."""
        rules = self._rules
        if self._several(claim, link) or rules.apart.search(claim.indicator):
            return {READING: claim.indicator}
        if link.score < (rules.notion_of_label if link.why == _LABEL else rules.notion):
            return {NOTION: str(link.score)}
        told = self._told(claim, link)
        return {TOLD: told.text} if told is not None else {}

    def _several(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim names several things, and the row it is linked to one of them.

        So does a name of a 分别 list that was not told from its neighbours.
        """
        joint = self._rules.joint
        if joint.search(claim.indicator) is None:
            return False
        if claim.list_kind == _RESPECTIVELY:
            return True
        cells = [self._figures[name] for name in (link.trials[0].figures if link.trials else ())]
        named = any(joint.search(cell.row_label + cell.column_label) for cell in cells)
        return link.why not in _NAMED and len(cells) == 1 and not named

    def _told(self, claim: Claim, link: Link) -> Claim | None:
        """Returns a claim that agrees with the very cells, so that this one, which does not, may mean others.

        It stands in the same sentence, or names the row where this one only resembles it.
        """
        cells = link.trials[0].figures if link.trials else ()
        for other, held in self._holding.get(cells, ()):
            if other.id == claim.id:
                continue  # a claim is no witness against itself
            if other.sentence == claim.sentence or (held.why in _NAMED and link.why not in _NAMED):
                return other
        return None
