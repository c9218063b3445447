"""Wholes and parts told by what they are: kinds that only a whole can have, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from ..knowledge.checking import PartRules
from ..knowledge.discourse import Discourse
from .clauses import Clause
from .draft import Draft
from .wholes import COUNTED, Comparable, completes, plain_amount

_LEAST_LISTED = 3  # a whole and two kinds of it
_LOOSE = 6  # characters a claim may have beside the word of its kind
_JOINTS = frozenset({"DUN", "CONJ"})
_DIVIDERS = frozenset({"COMMA", "COLON"})


def link_kinds(
    sentence: Sequence[Clause], out: Sequence[Draft], rules: PartRules, siblings: tuple[str, ...]
) -> None:
    """Sets the whole of kinds of one family that follow it without a list word.

    `工作人员950人,专职35人,兼职915人`: two or more claims in a row, each named by another word of one
    family, right behind a claim of the same unit that no word of the family, or of one akin to it, names.
    """
    if len(out) < _LEAST_LISTED:
        return
    phrases = "\n".join([draft.own for draft in out])
    said = set(filter(phrases.__contains__, rules.kinds))
    if not said:
        return
    met = []
    for family, kin in rules.families:
        if not said.isdisjoint(family):
            told = [word for word in family if word in said]
            met.append(([_kind(draft, told) for draft in out], kin))
    for place, whole in enumerate(out[:-2]):
        if (
            whole.relation not in COUNTED
            or whole.predicate
            or whole.base
            or not divides(sentence, out, place, place + 1)
            or whole.own.startswith(siblings)
        ):
            continue
        own = set(filter(whole.own.__contains__, said))
        for names, kin in met:
            if names[place] or not own.isdisjoint(kin):
                continue
            members: list[Draft] = []
            kinds: set[str] = set()
            for draft, kind in zip(out[place + 1 :], names[place + 1 :], strict=True):
                if not kind or kind in kinds or draft.whole or draft.unit != whole.unit:
                    break
                members.append(draft)
                kinds.add(kind)
            if len(members) > 1 and _holds(whole, members):
                for draft in members:
                    draft.whole = whole


def _beside(one: Draft, other: Draft, out: Sequence[Draft]) -> bool:
    """Says whether two counts come to one before them: then the second is no part of the first."""
    total = (plain_amount(one) or Decimal(0)) + (plain_amount(other) or Decimal(0))
    earlier = takewhile(lambda draft: draft is not one, out)
    return any(draft.unit == one.unit and plain_amount(draft) == total for draft in earlier)


def _holds(whole: Draft, members: Sequence[Draft]) -> bool:
    """Says whether a whole is large enough for its parts together, as far as they are numbers."""
    value = plain_amount(whole)
    total = sum((plain_amount(draft) or Decimal(0) for draft in members), Decimal(0))
    return value is None or total <= value


def link_predicates(
    sentence: Sequence[Clause], out: Sequence[Draft], earlier: Sequence[Draft], comparable: Comparable
) -> None:
    """Sets the whole of parts named by what became of them: `复议2件,1件被维持,1件撤回`.

    What is left over (另有1件) is none, nor what with the count before it comes to one told `earlier`.
    """
    whole: Draft | None = None
    for draft in out:
        left = draft.rest and whole is not None and completes(whole, draft, out)
        if draft.predicate and draft.whole is None and (left or not draft.rest):
            joined = (
                whole is not None
                and whole.clause + 1 == draft.clause
                and sentence[draft.clause].mark in _JOINTS
            )
            if joined:
                continue  # 分别有|18天|和|23天|没有更新
            fits = whole is not None and comparable(draft.unit, whole.unit) and _holds(whole, [draft])
            if fits and whole is not None and _beside(whole, draft, [*earlier, *out]):
                continue  # 应办理139件,已办结85件,54件|结转
            if fits and draft.relation in COUNTED:
                draft.whole = whole
        elif draft.whole is None and draft.relation in COUNTED and not draft.base:
            whole = draft


def link_relatives(sentence: Sequence[Clause], out: Sequence[Draft]) -> None:
    """Sets the whole of what is named by what was done with some of it alone: `收到申请33件,当面递交的12件`.

    It is the count before, or its whole where that is such a part itself; of the same unit, and not too small.
    """
    counts = [draft for draft in out if draft.relation in COUNTED]
    for before, draft in pairwise(counts):
        if (
            not (draft.relative and draft.verb)
            or draft.rest
            or draft.whole is not None
            or any(clause.mark == "SEMI" for clause in sentence[before.clause + 1 : draft.clause + 1])
        ):
            continue
        verb_only = before.nameless and not before.hint
        told = before.relative or verb_only or before.whole is not None
        whole = before.whole if told else before  # 复议3件,维持2件,撤回的|1件
        if whole is before and whole.alongside and draft.alongside:
            continue  # 经网站公开的信息65件,在公报刊登的|13件
        if whole is None or whole.base or whole.rest or whole.unit != draft.unit:
            continue
        value, part = plain_amount(whole), plain_amount(draft)
        if value is not None and part is not None and part <= value and before.clause != draft.clause:
            draft.whole = whole


def _kind(draft: Draft, family: Sequence[str]) -> str:
    """Returns the word of `family` that names a draft, "" without one."""
    own = draft.own
    least = len(own) - _LOOSE
    for word in filter(own.__contains__, family):
        if len(word) >= least:
            return word
    return ""


def link_subsets(out: Sequence[Draft], discourse: Discourse, comparable: Comparable) -> None:
    """Sets the whole of what can only be some of the claim before it: `发布会26场,主要负责同志出席11场`."""
    for whole, part in pairwise(out):
        if (
            part.whole is None
            and part.own.startswith(discourse.subsets)
            and (plain_amount(whole) or Decimal(0)) >= (plain_amount(part) or Decimal(0))
            and whole.relation in COUNTED
            and part.relation in COUNTED
            and comparable(part.unit, whole.unit)
        ):
            part.whole = whole


def akin(one: Draft, other: Draft, rules: PartRules) -> bool:
    """Says whether two claims are named by kinds of which none is part of another: 予以公开, 部分公开."""
    if rules.any_kind.search(one.own) is None:
        return False
    return any(_kind(one, family) and _kind(other, family) for family in rules.siblings)


def link_firsts(sentence: Sequence[Clause], out: Sequence[Draft], generic: frozenset[str]) -> None:
    """Sets the whole of counts that open clause after clause behind it: `办结6件,3件公开,1件部分公开`.

    Two or more, of its unit, together no more than it; any noun may follow a unit in `generic`.
    """
    if not any(draft.first for draft in out):
        return
    for place, whole in enumerate(out):
        value = plain_amount(whole)
        if value is None or whole.first or whole.base or whole.unit in generic:
            continue
        members: list[Draft] = []
        for draft in out[place + 1 :]:
            same = draft.first and draft.unit == whole.unit
            beside = sentence[draft.clause].depth == sentence[whole.clause].depth
            if not (same and beside) or plain_amount(draft) is None or draft.whole is not None:
                break
            members.append(draft)
        if (
            len(members) > 1
            and sum((plain_amount(draft) or Decimal(0) for draft in members), Decimal(0)) <= value
        ):
            for draft in members:
                draft.whole = whole


def divides(sentence: Sequence[Clause], out: Sequence[Draft], place: int, first: int) -> bool:
    """Says whether `out[first]` can be the first part of `out[place]`: past a comma or colon, in no other bracket."""
    if first >= len(out):
        return False
    here, there = sentence[out[place].clause], sentence[out[first].clause]
    between = sentence[out[first - 1].clause + 1 : out[first].clause + 1]
    return here.depth == there.depth and bool(between) and all(item.mark in _DIVIDERS for item in between)
