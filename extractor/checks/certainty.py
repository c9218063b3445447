"""Which leg of a comparison is weak: the reading of the prose, what is counted, or the cell.

Source: an auditor is called only where every leg is sure; what leans on a weak one is worth a note, no more.
"""

from __future__ import annotations

from ..data import Claim, Link
from ..knowledge.arithmetic import CertaintyRules

READING, NOTION = "weak_reading", "weak_notion"
"""Params of a finding that say which leg of it is weak, with the words or the probability that make it so."""

_RESPECTIVELY = "respectively"
_LABEL = "label"


def weak_leg(claim: Claim, link: Link, rules: CertaintyRules) -> dict[str, str]:
    """Returns the param that names the weak leg of a comparison, empty where it stands on sound ones.

    Names and numbers of a 分别 list that do not come out even leave open which number is whose.
    """
    if claim.list_kind == _RESPECTIVELY and rules.joint.search(claim.indicator):
        return {READING: claim.indicator}
    if link.score < (rules.notion_of_label if link.why == _LABEL else rules.notion):
        return {NOTION: str(link.score)}
    return {}
