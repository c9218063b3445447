"""Heads that several quantities share: 分别, and numbers that only a joint parts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from ..knowledge.discourse import Discourse
from ..tokens import Tokens
from .clauses import Clause
from .draft import Draft
from .wording import strip, words_of

_JOINTS = frozenset({"DUN", "CONJ"})


def share_things(sentence: Sequence[Clause], out: Sequence[Draft]) -> None:
    """Gives a number that only a joint parts from the next the thing both count: 将|9大类|、|41项|任务分给各单位."""
    for first, second in pairwise(out):
        joined = sentence[second.clause].mark in _JOINTS and second.clause == first.clause + 1
        own = first.restates and not (first.shares or second.measure)
        if own and joined and second.thing and not second.lead and second.own == second.thing:
            first.own, first.thing, first.has_noun = second.own, second.thing, True


def set_respective(
    text: str, tokens: Tokens, sentence: Sequence[Clause], out: list[Draft], discourse: Discourse
) -> None:
    """Gives each member of `A和B分别为3件、61件` its own head."""
    said = frozenset(tokens.words[sentence[0].start : sentence[-1].end]) if out else frozenset[str]()
    if said.isdisjoint(discourse.respectively):
        return
    for position, first in enumerate(out):
        clause = sentence[first.clause]
        words = tokens.words[clause.start : clause.end]
        if first.quantity is None or not any(map(words.__contains__, discourse.respectively)):
            continue
        members = [first]
        last = first.clause
        for draft in out[position + 1 :]:
            aside = sentence[draft.clause].depth > clause.depth  # 分别降|17.4%|(上年为23起)和|19.2%
            if draft.clause > last + 1 or not (aside or draft.restates):
                break
            if draft.clause > first.clause and _respective(tokens, sentence[draft.clause], discourse):
                break  # 甲、乙分别新增|12项|和|44项,累计分别达到|64项
            last = draft.clause
            if not aside:
                members.append(draft)
        if len(members) < 2:
            continue
        until = _token_at(tokens, clause, first)
        apart = next(
            (place for place in range(clause.start, until) if tokens.words[place] in discourse.respectively),
            until,
        )
        shared = words_of(text, tokens, *strip(tokens, apart + 1, until))
        stop = apart if shared else until
        heads = coordination(text, tokens, clause.start, stop, len(members), discourse.alternatives)
        if not heads and apart == clause.start and not shared and first.clause:
            told = sentence[first.clause - 1]
            names = _named(tokens, told)
            heads = coordination(text, tokens, *names, len(members), discourse.alternatives)
            for head, draft in zip(heads, members, strict=False):
                # 甲局、乙局收件居前,分别为|52件|、|31件|
                around = (
                    words_of(text, tokens, told.start, names[0]),
                    words_of(text, tokens, names[1], told.end),
                )
                draft.full = around[0] + head + around[1]
        heads = [head + shared for head in heads]  # 财政局、人社局分别|收到申请|28件、19件
        before = [draft.own for draft in out[max(0, position - len(members)) : position]]
        if not heads and first.restates and len(before) == len(members) and all(before):
            heads = before  # A达9%,B达7%,分别提高|1%和|2%
        for place, draft in enumerate(members):
            draft.list_kind = "respectively"
            draft.verb = draft.verb or first.verb
            if heads:
                draft.own, draft.has_noun = heads[place], True


def _respective(tokens: Tokens, clause: Clause, discourse: Discourse) -> bool:
    """Says whether a word of its own tells that what a clause counts belongs to several heads in turn."""
    return not set(tokens.words[clause.start : clause.end]).isdisjoint(discourse.respectively)


def _named(tokens: Tokens, clause: Clause) -> tuple[int, int]:
    """Returns where the names stand of which a clause says one thing: behind 居前的是, before 收件居前."""
    joints = [place for place in range(clause.start, clause.end) if tokens.tags[place] in _JOINTS]
    if not joints:
        return clause.start, clause.end
    copulas = [place for place in range(clause.start, joints[0]) if tokens.tags[place] == "COP"]
    start = copulas[-1] + 1 if copulas else clause.start
    behind = range(clause.end - 1, joints[-1] + 1, -1)  # but for the first word of the last name
    return start, next((place for place in behind if tokens.tags[place] == "V"), clause.end)


def _token_at(tokens: Tokens, clause: Clause, draft: Draft) -> int:
    return next(index for index in range(clause.start, clause.end) if tokens.starts[index] == draft.start)


def coordination(
    text: str, tokens: Tokens, start: int, end: int, count: int, within: Collection[str]
) -> list[str]:
    """Returns the `count` members of the coordination `A、B和C` in tokens [start, end), in order.

    和 may stand inside a name (文化和旅游局), words of `within` always do: the members are parted by all the
    joints, by 、 and a last 和, by 、 alone or by 和 alone, whichever makes as many of them. An empty list says that
    none does, or that two do.
    """
    start, end = strip(tokens, start, end)
    marks = [index for index in range(start, end) if tokens.tags[index] == "DUN"]
    words = [
        index
        for index in range(start, end)
        if tokens.tags[index] == "CONJ" and tokens.words[index] not in within
    ]
    ways = {
        tuple(cuts)
        for cuts in (sorted(marks + words), sorted(marks + words[-1:]), marks, words)
        if len(cuts) == count - 1
    }
    if len(ways) != 1:
        return []
    bounds = [start - 1, *ways.pop(), end]
    members = [words_of(text, tokens, left + 1, right) for left, right in pairwise(bounds)]
    return members if all(members) else []
