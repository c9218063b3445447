"""What is said behind a quantity: a predicate that names it by what became of it, or what is due within a time."""

from __future__ import annotations

from ..knowledge.discourse import Discourse
from ..tokens import Tokens
from .draft import Draft
from .wording import names, strip, verb_of, words_of


def governs(tokens: Tokens, start: int, end: int, discourse: Discourse) -> bool:
    """Says whether words are a predicate, which a verb that leads somewhere opens, or a preposition and a verb ends.

    17项|列入跟踪清单, 1件|因征求意见延期.
    """
    if tokens.tags[start] == "P":
        return tokens.tags[end - 1] == "V"
    leads = tokens.tags[start] == "V" and end - start > 1
    return leads and discourse.topics.toward.search(tokens.words[start]) is not None


def set_predicate(text: str, tokens: Tokens, draft: Draft, index: int, end: int, discourse: Discourse) -> int:
    """Names a quantity that opens its clause by what is said of it (1件|被维持), and returns where that ends.

    What is said of all (9件均已答复) names no part.
    """
    start = index + 1
    if start < end and tokens.tags[start] == "DUN":
        return start  # 配送|3.5万册|、居首
    everything_said = start < end and tokens.words[start] in discourse.everything
    stop = next((place for place in range(start, end) if tokens.tags[place] in ("Q", "LB")), end)
    while start < stop and tokens.tags[start] in ("AUX", "COP"):
        start += 1
    said = start  # 均已|整改 is said of it, adverbs and all
    while start < stop and tokens.tags[start] in ("ADV", "AUX", "COP"):
        start += 1
    if any(tokens.tags[place] in ("V", "N", "NEG") for place in range(start, stop)):
        own = words_of(text, tokens, said, stop)
        if discourse.void.fullmatch(own):
            draft.fallback = own
            return stop  # 两项|相加, 三类|合计占
        draft.own, draft.tokens = own, (start, stop)
        draft.nameless = not names(tokens, start, stop)
        draft.verb = verb_of(tokens, start, stop)
        draft.predicate, draft.everything = not everything_said, everything_said
        draft.became = not everything_said and governs(tokens, said, stop, discourse)
        draft.verbal = tokens.tags[stop - 1] != "N"
    return stop if draft.own else index + 1


def set_deadline(
    text: str, tokens: Tokens, draft: Draft, left: int, index: int, end: int, modals: frozenset[str]
) -> int:
    """Names a limit of time by what is due and what is to be done with it (补正告知须在|5个工作日内|发出).

    Returns where that ends, 0 where nothing is said to be done.
    """
    stop = next((place for place in range(index + 1, end) if tokens.tags[place] == "Q"), end)
    if not any(tokens.tags[place] == "V" for place in range(index + 1, stop)):
        return 0
    start, until = strip(tokens, left, index)
    while until > start and (tokens.tags[until - 1] in ("P", "ADV") or tokens.words[until - 1] in modals):
        until -= 1
    draft.own = words_of(text, tokens, start, until) + words_of(text, tokens, index + 1, stop)
    draft.lead, draft.has_noun, draft.predicate, draft.nameless = "", True, False, False
    draft.due = start >= until
    attributive = tokens.tags[stop] == "Q" and tokens.tags[stop - 1] == "AUX"
    return index + 1 if attributive else stop  # 五个工作日内|回复的|1987封
