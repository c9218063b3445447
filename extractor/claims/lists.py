"""Wholes and parts: 其中, 包括, colon and bracket lists to any depth, and kinds that only a whole can have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..data import Relation
from ..knowledge.discourse import Discourse
from ..tokens import Tokens
from .clauses import Clause
from .draft import Draft

Comparable = Callable[[str, str], bool]
_LEAST_LISTED = 3  # a whole and two kinds of it
_LOOSE = 6  # characters a claim may have beside the word of its kind
_LEADING = frozenset({"ADV", "CONJ", "T", "S", "AUX", "HAVE"})
COUNTED = frozenset({Relation.LEVEL, Relation.TOTAL})


@dataclass(slots=True)
class _List:
    """An open list: its whole, how it was introduced, and the bracket depth it lives at.

    A list behind a colon may part its members by semicolons; any other ends at one.
    """

    whole: Draft
    kind: str
    depth: int
    members: int = 0
    staged: bool = False
    colon: bool = False


class PartLinker:
    """Walks the clauses of one sentence and gives the members of each list their whole."""

    def __init__(self, tokens: Tokens, discourse: Discourse, comparable: Comparable) -> None:
        self._tokens = tokens
        self._discourse = discourse
        self._comparable = comparable
        self._lists: list[_List] = []
        self._pending = ""  # the kind of list that the next quantity opens
        self._last: Draft | None = None
        self._hosts: list[Draft | None] = []  # what each open bracket hangs on

    def link(self, sentence: Sequence[Clause], out: Sequence[Draft], before: Draft | None) -> None:
        """Sets `whole` and `list_kind` of the drafts of one sentence.

        Args:
            sentence: its clauses.
            out: its drafts, in order, their relations set.
            before: the last count of the sentence before: the whole of a sentence that opens with 其中.
        """
        if sentence and self._marker(sentence[0]) == "qizhong":
            self._last = before
        by_clause: dict[int, list[Draft]] = {}
        for draft in out:
            by_clause.setdefault(draft.clause, []).append(draft)
        for number, clause in enumerate(sentence):
            self._enter(number, clause)
            self._members(clause, by_clause.get(number, []))

    def _enter(self, number: int, clause: Clause) -> None:
        """Opens and closes what the mark before a clause opens and closes."""
        while len(self._hosts) < clause.depth:
            self._hosts.append(self._last)
            self._pending = "bracket"
        while len(self._hosts) > clause.depth:
            self._last = self._hosts.pop() or self._last
            self._pending = ""
            self._lists = [item for item in self._lists if item.depth <= len(self._hosts)]
        if clause.mark == "SEMI":
            self._lists = [item for item in self._lists if item.depth < clause.depth or item.colon]
            self._pending = ""
        follows = self._last is not None and self._last.clause == number - 1
        if clause.mark == "COLON" and follows and not self._pending:
            self._pending = "include"

    def _members(self, clause: Clause, drafts: Sequence[Draft]) -> None:
        marker = self._marker(clause)
        if marker and self._last is not None and (marker == "qizhong" or self._pending != "bracket"):
            self._pending = marker
        staged = self._staged(clause)
        for draft in drafts:
            self._open(clause, draft, marker, staged)
            self._place(clause, draft, staged)
            if draft.relation in COUNTED and not draft.base:
                self._last = draft
                if draft.opens:
                    self._pending = "qizhong"
        if marker and not drafts and self._tokens.tags[clause.end - 1] == "M":
            self._pending = self._pending or marker  # 其中: with its members behind the colon
        elif not drafts and self._pending != "bracket":
            self._pending = ""

    def _open(self, clause: Clause, draft: Draft, marker: str, staged: bool) -> None:
        """Opens the pending list with `draft` as its first member."""
        fresh = self._pending == "bracket" or not self._lists or marker or clause.mark == "COLON"
        if not (self._pending and self._last is not None and fresh):
            return
        if not (self._pending == "bracket" and draft.restates):
            host = self._host(self._last, draft)
            opened = _List(host, self._pending, clause.depth, staged=staged, colon=clause.mark == "COLON")
            self._lists.append(opened)
        self._pending = ""

    def _place(self, clause: Clause, draft: Draft, staged: bool) -> None:
        """Makes `draft` a member of the innermost list it fits; a verb of the main story ends a list of others."""
        lists = self._lists
        while lists and lists[-1].depth == clause.depth and lists[-1].members and staged > lists[-1].staged:
            lists.pop()
        if lists and lists[-1].depth == clause.depth and self._fits(draft, lists[-1].whole):
            draft.whole, draft.list_kind = lists[-1].whole, draft.list_kind or lists[-1].kind
            lists[-1].members += 1

    def _host(self, last: Draft, draft: Draft) -> Draft:
        """Returns the whole of a list that opens after `last`: the nearest one with the part's unit, else `last`."""
        host: Draft | None = last
        while host is not None and not self._fits(draft, host):
            host = host.whole
        return host or last

    def _fits(self, draft: Draft, whole: Draft) -> bool:
        return draft is not whole and draft.relation in COUNTED and self._comparable(draft.unit, whole.unit)

    def _marker(self, clause: Clause) -> str:
        """Returns the kind of list that the marker word opening a clause opens, "" without one."""
        for index in range(clause.start, clause.end):
            tag, word = self._tokens.tags[index], self._tokens.words[index]
            if word in self._discourse.markers and (
                index == clause.start or word not in self._discourse.respectively
            ):
                return self._discourse.markers[word]
            if tag not in _LEADING:
                return ""
        return ""

    def _staged(self, clause: Clause) -> bool:
        """Says whether a clause opens with a verb of the main story (收到, 答复, 召开 …)."""
        for index in range(clause.start, clause.end):
            if self._tokens.tags[index] in ("V", "N"):
                return self._tokens.words[index] in self._discourse.stages
        return False


def link_kinds(out: Sequence[Draft], families: Sequence[Sequence[str]]) -> None:
    """Sets the whole of kinds of one family that follow it without a list word.

    `工作人员950人,专职35人,兼职915人`: two or more claims in a row, each named by another word of one
    family, right behind a claim of the same unit that no word of the family names.
    """
    if len(out) < _LEAST_LISTED:
        return
    phrases = "\n".join([draft.own for draft in out])
    met = [family for family in families if any(map(phrases.__contains__, family))]
    named = [[_kind(draft, family) for draft in out] for family in met]
    for place, whole in enumerate(out):
        for names in named:
            if whole.relation not in COUNTED or whole.predicate or whole.base or names[place]:
                continue
            members: list[Draft] = []
            kinds: set[str] = set()
            for draft, kind in zip(out[place + 1 :], names[place + 1 :], strict=True):
                if not kind or kind in kinds or draft.whole or draft.unit != whole.unit:
                    break
                members.append(draft)
                kinds.add(kind)
            if len(members) > 1:
                for draft in members:
                    draft.whole = whole


def link_predicates(out: Sequence[Draft], comparable: Comparable) -> None:
    """Sets the whole of parts named by what became of them: `复议2件,1件被维持,另1件撤回`."""
    whole: Draft | None = None
    for draft in out:
        if draft.predicate and draft.whole is None:
            if whole is not None and draft.relation in COUNTED and comparable(draft.unit, whole.unit):
                draft.whole = whole
        elif draft.whole is None and draft.relation in COUNTED and not draft.base:
            whole = draft


def _kind(draft: Draft, family: Sequence[str]) -> str:
    """Returns the word of `family` that names a draft, "" without one."""
    words = filter(draft.own.__contains__, family)
    return next((word for word in words if len(draft.own) <= len(word) + _LOOSE), "")
