"""What a number says and when: relation and period of each draft."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from ..data import UNDATED, Interval, Period, Quantity, Relation
from ..knowledge.discourse import Discourse
from ..knowledge.relations import Relations
from ..periods import Timeline
from ..tokens import Tokens
from .clauses import Clause
from .draft import Draft

COMPARED = 32  # no comparison is longer, as its pattern in kb/discourse.toml has it
_REACH = 8  # characters before a count in which its cue words stand
_JOINTS = frozenset({"DUN", "CONJ"})
_JOINED = _JOINTS | {"RB"}
_RATES = frozenset({"percent", "point", "fraction", "ratio", "multiple"})


def set_relation(tokens: Tokens, clause: Clause, draft: Draft, text: str, discourse: Discourse) -> None:
    """Sets `relation` from the quantity's kind and the cue words before it in its clause."""
    quantity = draft.quantity
    if quantity is None:
        return
    cues = discourse.relations
    start = tokens.starts[clause.start]
    if quantity.kind == "rank":
        draft.relation = Relation.RANK
        return
    if quantity.kind in _RATES:
        rated = any(name in text[start : draft.start] for name in cues.rate_names)  # 同意率均在|九成以上
        part = quantity.rule in cues.share_rules and not rated
        draft.relation = Relation.SHARE if part else Relation.RATE
        whatever = draft.relation
        for match in cues.moved.finditer(text, start, draft.start):
            draft.relation = Relation.CHANGE if match["change"] else Relation.SHARE
            if match["change"] and _led_to(tokens, clause, draft, match.end(), text, cues):
                draft.relation = whatever  # 满意度提高2.1个百分点至|97.3%
        if part and text.endswith(cues.share_of, start, draft.start):
            draft.relation = Relation.SHARE  # 新增财力的|七成|用于民生
        by = text.endswith(cues.change_right_before, start, draft.start)
        if by or quantity.kind == "point" or _compared(text, start, draft.start, cues):
            draft.relation = Relation.CHANGE
        shared = draft.own.startswith(cues.share_names) or text.startswith(cues.share_after, draft.end)
        if draft.relation is Relation.RATE and shared:
            draft.relation = Relation.SHARE
        limited = quantity.text.startswith(cues.norm_limits)
        if limited and not rated and draft.relation is not Relation.CHANGE:
            draft.relation = Relation.NORM
        return
    before = text[max(start, draft.start - _REACH) : draft.start]
    differs = draft.fallback and discourse.more.fullmatch(draft.fallback)  # 同上年3万元比,少|1万元
    moved = differs or _moved(before, quantity, text, draft.end, cues)
    if moved or _compared(text, start, draft.start, cues):
        draft.relation = Relation.CHANGE
    elif quantity.kind == "bare" and draft.own.endswith(cues.rate_names):
        draft.relation = Relation.RATE
    elif _totalled(tokens, clause, draft, cues) and cues.beside.search(before) is None:
        draft.relation = Relation.TOTAL
    if quantity.unit in cues.norm_units and cues.each.search(text, start, draft.start):
        draft.relation = Relation.NORM
    limited = (
        quantity.kind == "time"
        and (_limits(quantity.text, text, draft.end, cues) or quantity.text.startswith(cues.norm_time_limits))
        and cues.mean not in text[start : draft.start]
        and cues.aims.search(before) is None
    )
    draft.bounds = _apart(text[max(start, draft.start - _REACH) : draft.start], quantity, cues)
    if (
        limited
        or (draft.relation is not Relation.CHANGE and cues.norm.search(before))
        or (quantity.text.startswith(cues.norm_limits) and _kept(quantity, text, start, draft.start, cues))
        or text.startswith(cues.norm_nouns, draft.end)
    ):
        draft.relation = Relation.NORM


def _apart(before: str, quantity: Quantity, cues: Relations) -> Interval | None:
    """Returns the bounds that a limit a few characters before a number sets, None without one."""
    if quantity.hedge or quantity.value is None:
        return None
    if any(map(before.__contains__, cues.floors)):
        return Interval(quantity.value, None)
    # but 案件最多的城市管理
    if any(f"{word}的" not in before for word in filter(before.__contains__, cues.ceilings)):
        return Interval(Decimal(0), quantity.value)
    return None


def _led_to(tokens: Tokens, clause: Clause, draft: Draft, cue: int, text: str, cues: Relations) -> bool:
    """Says whether a change whose word ends at `cue` has a number of its own and led to that of a draft."""
    if not text.endswith(cues.reached, cue, draft.start):
        return False
    places = range(clause.start, clause.end)
    return any(
        tokens.quantities[place] >= 0 and cue <= tokens.starts[place] < draft.start for place in places
    )


def _compared(text: str, start: int, end: int, cues: Relations) -> bool:
    """Says whether the words of a clause right before a quantity compare it: 比上年多|3件."""
    return cues.compared.search(text, max(start, end - COMPARED), end) is not None


def _moved(before: str, quantity: Quantity, text: str, end: int, cues: Relations) -> bool:
    """Says whether a word of change governs a count: 提高|2个|等级, but 提升|20个|养老服务网络."""
    match = cues.change.search(before)
    if match is None or match["word"] not in cues.betters:
        return match is not None
    return quantity.unit in cues.grades or text.startswith(cues.grade_nouns, end)


def _totalled(tokens: Tokens, clause: Clause, draft: Draft, cues: Relations) -> bool:
    """Says whether a word of its clause, behind the quantity before it, makes a count a total."""
    if cues.total.isdisjoint(tokens.words[clause.start : clause.end]):
        return False
    total = False
    for index in range(clause.start, clause.end):
        if tokens.starts[index] >= draft.start:
            break
        total = tokens.quantities[index] < 0 and (total or tokens.words[index] in cues.total)
    return total


def share_relation(sentence: Sequence[Clause], out: Sequence[Draft], cues: Relations) -> None:
    """Gives the members of `分别增长8.3%、7.9%` the relation of the first."""
    members = [draft for draft in out if draft.list_kind == "respectively"]
    for first, second in pairwise(members):
        if sentence[second.clause].mark in _JOINED and first.relation is Relation.CHANGE:
            second.relation = first.relation  # 增加|118人次|和|230次
    for first, second in pairwise(out):
        together = second.clause == first.clause + 1 and second.unit == first.unit
        if second.list_kind == "respectively" == first.list_kind and together:
            second.relation = first.relation
        beside = together and sentence[second.clause].mark in _JOINTS and second.relation is Relation.RATE
        if beside and first.relation is Relation.CHANGE and not second.own.endswith(cues.rate_names):
            second.relation = first.relation  # 压减时间|58%|、材料|52%


def _kept(quantity: Quantity, text: str, start: int, end: int, cues: Relations) -> bool:
    """Says whether a limit is one to keep: a time, or what each has to do (每村|至少3名)."""
    return quantity.kind == "time" or cues.every.search(text, start, end) is not None


def _limits(written: str, text: str, end: int, cues: Relations) -> bool:
    """Says whether a span of time is a limit to keep: 15个工作日内."""
    return written.endswith(cues.norm_after) or text.startswith(cues.norm_after, end)


def set_period(
    timeline: Timeline, start: int, draft: Draft, text: str, section: tuple[str, ...], discourse: Discourse
) -> None:
    """Sets `period`: the nearest time expression of the sentence, or plan where the sentence looks ahead.

    What a movement starts from (由285家增至…) is of a time before, which only words right before it tell.
    """
    period = timeline.at(start, draft.start)
    if period.kind == "cumulative" and not _goes_on(period, text, start, draft, discourse):
        period = UNDATED
    if discourse.ahead.search(text, start, draft.start) or (
        discourse.plan.search(text, start, draft.start)
        and (
            period.kind == "plan"
            or any(word in title for title in section for word in discourse.plan_sections)
        )
    ):
        period = Period("plan", period.year, period.months, period.text)
    if period.kind in ("year", "plan") and discourse.onward.match(text, draft.end):
        origin = discourse.origin.search(text, start, draft.start)
        if origin is not None and period.text not in origin[0]:
            period = UNDATED
    draft.period = period


def _goes_on(period: Period, text: str, start: int, draft: Draft, discourse: Discourse) -> bool:
    """Says whether 累计 of a clause before speaks of a draft too: of a count in a clause with no other predicate."""
    if period.text != discourse.so_far:
        return True
    end = text.rfind(period.text, start, draft.start) + len(period.text)
    if not any(mark in text[end : draft.start] for mark in ",;"):
        return True
    counted = draft.relation in (Relation.LEVEL, Relation.TOTAL) and draft.unit_kind not in _RATES
    return counted and discourse.standing.search(text, end, draft.start) is None
