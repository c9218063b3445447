"""The phrase of a quantity, set from the words before it or behind it."""

from __future__ import annotations

from ..knowledge.discourse import Discourse
from ..tokens import Tokens
from .comparisons import against, compared, compares
from .draft import Draft
from .predicates import governs
from .wording import names, quoted, strip, thing_of, verb_of, words_of

_LEADING = frozenset({"M", "CONJ", "DUN", "COMMA", "COLON", "HAVE"})


def set_before(text: str, tokens: Tokens, draft: Draft, left: int, index: int, discourse: Discourse) -> None:
    """Names a quantity by the words before it, and tells what these leave open."""
    start, end = strip(tokens, left, index)
    if index > left and tokens.words[index - 1] in discourse.summed:
        draft.summing = tokens.words[index - 1]
    if start >= end and index > left and tokens.words[index - 1] in discourse.manners:
        start, end = index - 1, index  # 办结36件,按时|34件
    if compares(tokens, left, index, discourse):
        draft.base = True  # what a number is compared with is not what it counts
        # 比年初预算|3万元, 比上年预算|3万元, but 比上年|3万元, 比上年多|3万元
        earlier = any(word in discourse.earlier for word in tokens.words[left:index])
        timed = earlier or "T" in tokens.tags[left:index]
        word = tokens.words[index - 1]
        noun = word in discourse.figures or (tokens.tags[index - 1] == "N" and len(word) > 1)
        named = (noun if timed else noun or names(tokens, left, index)) and word not in discourse.earlier
        draft.said = _clear(text, tokens, left, index, discourse) if named else ""
        return
    place = against(tokens, start, index, discourse)
    if place:
        draft.base, end = True, place  # 接待费比上年的|7万元|减少1万元
    for place in range(end - 2, start, -1):
        if tokens.words[place] in discourse.locatives and not quoted(tokens, place):
            draft.lead = words_of(text, tokens, start, place)
            draft.topic = draft.lead if tokens.words[place] in discourse.insides else ""
            start, end = strip(tokens, place + 1, end)
            break
    draft.own = words_of(text, tokens, start, end)
    draft.tokens = start, end
    draft.base = draft.base or (not draft.own and left < index and tokens.words[left] in discourse.earlier)
    suffixed = False
    if start < end < index and tokens.tags[end] == "COP" and tokens.words[end].startswith(discourse.suffixes):
        draft.own += tokens.words[end][0]  # 传播|量|突破|百亿次
        suffixed = True
    # 比预算12万元|节约|2万元, but 节约|2万元
    unnamed = draft.unit_kind not in discourse.named_kinds or (
        left > 0 and tokens.tags[left - 1] == "Q" and compared(tokens, left - 1, discourse)
    )
    if draft.own and (
        discourse.void.fullmatch(draft.own) if unnamed else discourse.more.fullmatch(draft.own)
    ):
        # it restates what was said before: 减产|0.3%, 排|第二
        draft.among = draft.lead
        told = end - start > 1 or draft.own in discourse.planned_figures  # 为计划|420人|的94.8%
        draft.said = draft.own if told else ""
        draft.own, draft.lead, draft.topic, draft.fallback = "", "", "", draft.own
        return
    draft.verb = verb_of(tokens, start, end)
    draft.figure = draft.own in discourse.figures
    draft.has_noun = names(tokens, start, end)
    named = suffixed or draft.has_noun or tokens.words[end - 1] in discourse.sums
    draft.nameless = start < end and not named
    draft.said = _clear(text, tokens, left, start, discourse) + draft.own if draft.own else ""
    if tokens.tags[end] == "ADV" and draft.own:
        draft.said += _closing(tokens, end, index, discourse)
        if tokens.words[end] in discourse.summed and draft.unit_kind in discourse.named_kinds:
            draft.full = draft.said + tokens.words[end]  # 收入|总计
    leans = start < end and tokens.words[end - 1] in discourse.leaning
    draft.thing = thing_of(text, tokens, start, end - leans)
    draft.verbal = start < end and tokens.tags[end - 1] != "N"
    done = start < end and tokens.words[end - 1] in discourse.stages
    draft.act = done and all(tokens.tags[place] in ("V", "ADV") for place in range(start, end))
    draft.unsaid = done and not draft.act
    draft.owner = _owner(tokens, left, index) if draft.act or not draft.own else ""


def _closing(tokens: Tokens, start: int, end: int, discourse: Discourse) -> str:
    """Returns the adverbs that close what is said before a quantity, but those of summing: 结转下一|年度."""
    stop = start
    while stop < end and tokens.tags[stop] == "ADV" and len(tokens.words[stop]) > 1:
        if tokens.words[stop] in discourse.relations.total:
            break
        stop += 1
    return "".join(tokens.words[start:stop])


def _clear(text: str, tokens: Tokens, start: int, end: int, discourse: Discourse) -> str:
    """Returns the words of tokens [start, end) without those that only lead to them, and 的 behind them."""
    while start < end and (tokens.tags[start] in _LEADING or tokens.words[start] in discourse.attributes):
        start += 1
    while start < end and tokens.words[end - 1] in discourse.attributes:
        end -= 1
    return words_of(text, tokens, start, end)


def _owner(tokens: Tokens, start: int, end: int) -> str:
    """Returns the last scope word in tokens [start, end): whose number it is, where nothing else names it."""
    return next(
        (tokens.words[index] for index in range(end - 1, start - 1, -1) if tokens.tags[index] == "S"), ""
    )


def set_behind(
    text: str, tokens: Tokens, draft: Draft, left: int, index: int, right: int, discourse: Discourse
) -> None:
    """Names a quantity by the words behind it, after those before it: 召开|5次|协调会 as 召开协调会|5次."""
    start, locatives = index + 1, discourse.locatives
    said = start < right and tokens.tags[start] == "COP"
    while start < right and tokens.tags[start] in ("AUX", "COP"):
        start += 1
    if start < right and tokens.words[right - 1] in locatives:
        draft.opens = (
            right - 1 > start or len(tokens.words[start]) == 1
        )  # 两个|方面 is counted, 9件|中 is not
        right -= draft.opens
    draft.thing = words_of(text, tokens, start, right)
    draft.has_noun = bool(draft.thing)
    draft.nameless = not (names(tokens, start, right) or names(tokens, left, index))
    lead_start, lead_end = strip(tokens, left, index)
    if all(tokens.tags[place] in ("P", "S", "T") for place in range(lead_start, lead_end)):
        lead_start = lead_end  # 在全区|54个|街镇
    draft.lead = words_of(text, tokens, lead_start, lead_end) if draft.thing else ""
    if draft.nameless and draft.lead and tokens.words[lead_end] not in discourse.attributes:
        draft.nameless = False  # 收到|17件|质疑, but 发的|64篇|解读中
    draft.verb = verb_of(tokens, lead_start, lead_end)
    # 1件|未附依据, 2件|维持, but 5件|结转下年 goes on with the main story
    denied = start < right and tokens.tags[start] == "NEG"
    done = start < right and tokens.tags[start] == "V" == tokens.tags[right - 1]
    done = done or (
        start + 1 < right and tokens.tags[start] == "V" and tokens.words[start + 1] in discourse.aspects
    )
    opening = all(tokens.tags[place] in ("ADV", "HAVE") for place in range(left, index))
    told = denied or (done and tokens.words[start] not in discourse.stages)
    draft.predicate = (said or (told and opening)) and not draft.lead
    draft.became = opening and start < right and governs(tokens, start, right, discourse)
    draft.clausal = opening and index == left and not draft.lead and not draft.predicate
    draft.tokens = (start, right) if draft.predicate or draft.became or draft.clausal else (0, 0)
    linked = draft.lead and tokens.words[lead_end] in discourse.attributes  # 试点的|七个|领域
    draft.own = draft.lead + (tokens.words[lead_end] if linked else "") + draft.thing
