"""Wholes and parts: 其中, 包括, colon and bracket lists, to any depth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..knowledge.discourse import Discourse
from ..tokens import Tokens
from .clauses import Clause
from .draft import Draft


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


def link_parts(
    tokens: Tokens,
    sentence: Sequence[Clause],
    out: Sequence[Draft],
    before: Draft | None,
    discourse: Discourse,
) -> None:
    """Sets `whole` and `list_kind` of the drafts of one sentence that are parts of a list.

    Args:
        tokens: the tokens of the narrative.
        sentence: its clauses.
        out: its drafts, in order.
        before: the last claim of the sentence before, the whole of a sentence that opens with 其中.
        discourse: the list markers.
    """
    by_clause: dict[int, list[Draft]] = {}
    for draft in out:
        by_clause.setdefault(draft.clause, []).append(draft)
    stack: list[_List] = []
    pending = ""  # the kind of list that the next quantities open
    last = before if sentence and _marker(tokens, sentence[0], discourse) == "qizhong" else None
    bracket_hosts: list[Draft | None] = []
    depth = 0
    for number, clause in enumerate(sentence):
        while depth < clause.depth:
            bracket_hosts.append(last)
            pending = "bracket"
            depth += 1
        while depth > clause.depth:
            host = bracket_hosts.pop()
            last = host or last
            depth -= 1
            pending = ""
            stack = [item for item in stack if item.depth <= depth]
        if clause.mark == "SEMI":
            stack = [item for item in stack if item.depth < depth or item.colon]
            pending = ""
        if (
            clause.mark == "COLON"
            and number
            and not pending
            and last is not None
            and last.clause == number - 1
        ):
            pending = "include"
        marker = _marker(tokens, clause, discourse)
        drafts = by_clause.get(number, [])
        if marker and last is not None:
            pending = "qizhong" if marker == "qizhong" else (pending if pending == "bracket" else marker)
        staged = _staged(tokens, clause, discourse)
        for draft in drafts:
            if (
                pending
                and last is not None
                and (pending == "bracket" or not stack or marker or clause.mark == "COLON")
            ):
                if not (pending == "bracket" and draft.restates):
                    stack.append(
                        _List(_host(last, draft), pending, depth, staged=staged, colon=clause.mark == "COLON")
                    )
                pending = ""
            while (
                stack and stack[-1].members and staged and not stack[-1].staged and stack[-1].depth == depth
            ):
                stack.pop()
            if stack and stack[-1].depth == depth and _same_unit(draft, stack[-1].whole):
                draft.whole, draft.list_kind = stack[-1].whole, draft.list_kind or stack[-1].kind
                stack[-1].members += 1
            last = draft
        if marker and not drafts:
            pending = pending or marker


def _host(last: Draft, draft: Draft) -> Draft:
    """Returns the whole of a list that opens after `last`: `last`, or the nearest whole with the part's unit."""
    host = last
    while not _same_unit(draft, host) and host.whole is not None:
        host = host.whole
    return host if _same_unit(draft, host) else last


def _same_unit(draft: Draft, whole: Draft) -> bool:
    if draft.quantity is None or whole.quantity is None or draft is whole:
        return False
    return draft.unit == whole.unit or not draft.unit


def _marker(tokens: Tokens, clause: Clause, discourse: Discourse) -> str:
    """Returns the kind of list a clause's marker word opens, "" without one."""
    for index in range(clause.start, clause.end):
        word = tokens.words[index]
        kind = discourse.markers.get(word)
        opens = index == clause.start or word not in discourse.respectively
        if kind is not None and tokens.tags[index] == "M" and opens:
            return kind
        if tokens.quantities[index] >= 0:
            return ""
    return ""


def _staged(tokens: Tokens, clause: Clause, discourse: Discourse) -> bool:
    """Says whether a clause opens with a verb of the main story (收到, 答复, 召开 …)."""
    for index in range(clause.start, clause.end):
        if tokens.tags[index] in ("V", "N"):
            return tokens.words[index] in discourse.stages
    return False


def link_complements(out: Sequence[Draft], pairs: Sequence[tuple[str, str]]) -> None:
    """Sets the whole of two kinds that exhaust it by their meaning: `工作人员950人,专职35人,兼职915人`."""
    for whole, first, second in zip(out, out[1:], out[2:], strict=False):
        if first.whole or second.whole or not (_same_unit(first, whole) and _same_unit(second, whole)):
            continue
        if any(_named(first, pair[0]) and _named(second, pair[1]) for pair in pairs):
            first.whole = second.whole = whole


def _named(draft: Draft, kind: str) -> bool:
    """Says whether a draft is called `kind`, give or take two characters (专职, 专职人员)."""
    return draft.own.startswith(kind) and len(draft.own) <= len(kind) + 2
