"""What a number says and of whom and when: relation, scope and period of each draft."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ..data import Period, Relation, Scope
from ..knowledge.discourse import Discourse
from ..periods import Timeline
from ..tokens import Tokens
from .clauses import Clause
from .draft import Draft

_RATES = frozenset({"percent", "point", "fraction", "ratio"})


class Scopes:
    """All scope words of a folded text, asked for the one that governs a place."""

    def __init__(self, text: str, discourse: Discourse) -> None:
        found = [
            (match.start(), match.end(), Scope(discourse.scopes[match[0]], match[0]))
            for match in discourse.scope_pattern.finditer(text)
        ]
        found += [
            (match.start(), match.end(), Scope(discourse.scopes[match[0]], match[0]))
            for match in discourse.scope_edge.finditer(text)
        ]
        self.spans = sorted((start, end) for start, end, _ in found)
        found += [
            (match.start(), match.end(), Scope("subordinate", match[0]))
            for match in discourse.scope_name.finditer(text)
        ]
        found.sort(key=lambda item: (item[0], -item[1]))
        self._found = found
        self._starts = [start for start, _, _ in found]

    def at(self, start: int, place: int) -> Scope:
        """Returns the scope named nearest before `place` and not before `start`, else unstated."""
        index = bisect_right(self._starts, place) - 1
        while index >= 0 and self._starts[index] >= start:
            if self._found[index][1] <= place:
                return self._found[index][2]
            index -= 1
        return Scope()


def set_relation(tokens: Tokens, clause: Clause, draft: Draft, text: str, discourse: Discourse) -> None:
    """Sets `relation` from the quantity's kind and the cue words around it in its clause."""
    quantity = draft.quantity
    if quantity is None:
        return
    cues = discourse.relations
    start = tokens.starts[clause.start]
    before = text[start : draft.start]
    rate = quantity.kind in _RATES
    if rate:
        draft.relation = Relation.RATE
        change = max((before.rfind(word) for word in cues.change), default=-1)
        share = max((before.rfind(word) for word in cues.share), default=-1)
        if quantity.kind == "point" or change > share:
            draft.relation = Relation.CHANGE
        elif share >= 0 or draft.own.startswith(cues.share):
            draft.relation = Relation.SHARE
        return
    tight = before.rstrip("了约近超达到为是:")
    if any(tight.endswith(word) for word in cues.change if word not in cues.change_rate_only):
        draft.relation = Relation.CHANGE
    elif any(tight.endswith(word) for word in cues.total):
        draft.relation = Relation.TOTAL
    behind = text[draft.end : draft.end + 4]
    if _is_norm(before, quantity.text, behind, quantity.kind, discourse):
        draft.relation = Relation.NORM


def _is_norm(before: str, written: str, behind: str, kind: str, discourse: Discourse) -> bool:
    """Says whether the words around a quantity make it a rule to keep rather than a count."""
    cues = discourse.relations
    if any(word in before[-8:] for word in cues.norm_before):
        return True
    if kind == "time":
        return written.endswith(cues.norm_after) or behind.startswith(cues.norm_after)
    return False


def set_period(
    timeline: Timeline, start: int, draft: Draft, text: str, section: tuple[str, ...], discourse: Discourse
) -> None:
    """Sets `period`: the nearest time expression of the sentence, or plan where the sentence looks ahead."""
    period = timeline.at(start, draft.start)
    before = text[start : draft.start]
    ahead = any(word in title for title in section for word in discourse.plan_sections)
    if any(word in before for word in discourse.plan_words) and (ahead or period.kind == "plan"):
        period = Period("plan", period.year, period.months, period.text)
    draft.period = period
