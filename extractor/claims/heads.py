"""What a quantity counts: the phrase before or behind it, its verb, and what a short phrase inherits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..data import Quantity, Relation
from ..knowledge.discourse import Discourse
from ..phrases import Found
from ..tokens import Tokens
from .clauses import Clause
from .draft import Draft

_OPENERS = frozenset({"T", "S", "ADV", "CONJ", "COP", "HAVE", "M", "AUX", "DUN", "COMMA", "COLON"})
_CLOSERS = frozenset({"ADV", "COP", "HAVE", "AUX", "CONJ", "DUN", "M", "P", "T"})
_STOPS = frozenset({"P", "ADV", "COP", "HAVE", "M", "LB", "RB", "Q"})
_SHORT = 5  # a phrase below this many characters leans on the claim before it
_BEFORE = Found("bare_quantity", "before")


def drafts(
    text: str,
    tokens: Tokens,
    sentence: Sequence[Clause],
    quantities: Sequence[Quantity],
    shapes: Mapping[int, Found],
    discourse: Discourse,
) -> list[Draft]:
    """Returns a draft for every quantity of a sentence, in order, with its own phrase and verb."""
    out: list[Draft] = []
    for number, clause in enumerate(sentence):
        left = clause.start
        for index in range(clause.start, clause.end):
            if tokens.quantities[index] < 0:
                continue
            quantity = quantities[tokens.quantities[index]]
            found = shapes.get(index, _BEFORE)
            if quantity.kind in discourse.trailing and found.shape in discourse.noun_shapes:
                found = _BEFORE
            draft = Draft(
                quantity.start, quantity.end, number, quantity, unit=quantity.unit, rule=quantity.rule
            )
            opening = left == clause.start
            draft.rest = opening and any(
                tokens.words[place] in discourse.rests for place in range(left, index)
            )
            right = index + 1
            if found.head == "after":
                right = _behind(tokens, index + 1, clause.end)
                _set_behind(text, tokens, draft, left, index, right, discourse.locatives)
            if not draft.own:
                right = index + 1
                _set_before(text, tokens, draft, left, index, discourse)
            if not draft.own and not draft.lead and not _compares(tokens, left, index, discourse):
                right = _set_predicate(text, tokens, draft, index, clause.end, discourse.everything)
            left = right
            out.append(draft)
    _respectively(text, tokens, sentence, out, discourse)
    return out


def _behind(tokens: Tokens, start: int, end: int) -> int:
    """Returns where the noun phrase that opens at token `start` ends."""
    while start < end and tokens.tags[start] in ("AUX", "COP"):
        start += 1
    return next((index for index in range(start, end) if tokens.tags[index] in _STOPS), end)


def _strip(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Returns [start, end) without openers (time, scope, adverbs) before and closers (copulas) behind."""
    while start < end and tokens.tags[start] in _OPENERS:
        start += 1
    while end > start and tokens.tags[end - 1] in _CLOSERS:
        end -= 1
    return start, end


def _slice(text: str, tokens: Tokens, start: int, end: int) -> str:
    return text[tokens.starts[start] : tokens.ends[end - 1]] if start < end else ""


def _nouns(tokens: Tokens, start: int, end: int) -> bool:
    return any(tokens.tags[index] == "N" for index in range(start, end))


def _verb(tokens: Tokens, start: int, end: int) -> str:
    """Returns the last verb in tokens [start, end), "" without one."""
    return next(
        (tokens.words[index] for index in range(end - 1, start - 1, -1) if tokens.tags[index] == "V"), ""
    )


def _compares(tokens: Tokens, left: int, index: int, discourse: Discourse) -> bool:
    """Says whether the words before a quantity open with a comparison (较, 较2020年), so that it restates another."""
    if left >= index:
        return False
    word = tokens.words[left]
    return word in discourse.comparers or (
        tokens.tags[left] == "T" and any(word.startswith(opener) for opener in discourse.comparers)
    )


def _set_before(text: str, tokens: Tokens, draft: Draft, left: int, index: int, discourse: Discourse) -> None:
    start, end = _strip(tokens, left, index)
    if _compares(tokens, left, index, discourse):
        draft.base = True  # what a number is compared with is not what it counts
        return
    for place in range(end - 2, start, -1):
        if tokens.words[place] in discourse.locatives:
            draft.lead = draft.topic = _slice(text, tokens, start, place)
            start, end = _strip(tokens, place + 1, end)
            break
    draft.own = _slice(text, tokens, start, end)
    draft.verb = _verb(tokens, start, end)
    draft.has_noun = _nouns(tokens, start, end)


def _set_behind(
    text: str, tokens: Tokens, draft: Draft, left: int, index: int, right: int, locatives: frozenset[str]
) -> None:
    start = index + 1
    said = start < right and tokens.tags[start] == "COP"
    while start < right and tokens.tags[start] in ("AUX", "COP"):
        start += 1
    if start < right and tokens.words[right - 1] in locatives:
        draft.opens = True
        right -= 1
    draft.own = _slice(text, tokens, start, right)
    draft.has_noun = bool(draft.own)
    lead_start, lead_end = _strip(tokens, left, index)
    draft.lead = _slice(text, tokens, lead_start, lead_end) if draft.own else ""
    draft.verb = _verb(tokens, lead_start, lead_end)
    draft.predicate = said and not draft.lead


def _set_predicate(
    text: str, tokens: Tokens, draft: Draft, index: int, end: int, everything: frozenset[str]
) -> int:
    """Names a quantity that opens its clause by what is said of it (1件|被维持), and returns where that ends.

    What is said of all (9件均已答复) names no part.
    """
    start = index + 1
    everything_said = start < end and tokens.words[start] in everything
    stop = next((place for place in range(start, end) if tokens.tags[place] == "Q"), end)
    while start < stop and tokens.tags[start] in ("ADV", "AUX", "COP"):
        start += 1
    if any(tokens.tags[place] in ("V", "N", "NEG") for place in range(start, stop)):
        draft.own = _slice(text, tokens, start, stop)
        draft.verb = _verb(tokens, start, stop)
        draft.predicate = not everything_said
    return stop if draft.own else index + 1


def _respectively(
    text: str, tokens: Tokens, sentence: Sequence[Clause], out: list[Draft], discourse: Discourse
) -> None:
    """Gives each member of `A和B分别为3件、61件` its own head."""
    for position, first in enumerate(out):
        clause = sentence[first.clause]
        words = tokens.words[clause.start : clause.end]
        if first.quantity is None or not any(word in discourse.respectively for word in words):
            continue
        members = [first]
        for draft in out[position + 1 :]:
            if draft.clause > members[-1].clause + 1 or not draft.restates:
                break
            members.append(draft)
        if len(members) < 2:
            continue
        heads = coordination(text, tokens, clause.start, _token_at(tokens, clause, first), len(members))
        for place, draft in enumerate(members):
            draft.list_kind = "respectively"
            draft.verb = draft.verb or first.verb
            if heads:
                draft.own, draft.has_noun = heads[place], True


def _token_at(tokens: Tokens, clause: Clause, draft: Draft) -> int:
    return next(index for index in range(clause.start, clause.end) if tokens.starts[index] == draft.start)


def coordination(text: str, tokens: Tokens, start: int, end: int, count: int) -> list[str]:
    """Returns the last `count` members of the coordination `A、B和C` in tokens [start, end), in order.

    The first member keeps the words before the list; an empty list says there are fewer members.
    """
    start, end = _strip(tokens, start, end)
    members: list[str] = []
    stop = end
    for index in range(end - 1, start - 1, -1):
        if len(members) == count - 1:
            break
        if tokens.tags[index] in ("DUN", "CONJ"):
            members.append(_slice(text, tokens, index + 1, stop))
            stop = index
    members.append(_slice(text, tokens, start, stop))
    members.reverse()
    return members if len(members) == count and all(members) else []


def inherit(out: Sequence[Draft], lead: str) -> None:
    """Fills `context` of each draft: its lead, its whole, the claim before it, the sentence's opening words."""
    previous: Draft | None = None
    last: Draft | None = None
    main: Draft | None = None  # the last claim that is no part of another
    verb: tuple[str, str] = ("", "")  # the last verb said, and the unit of what it governs
    for draft in out:
        if not draft.verb and verb[1] == draft.unit:
            draft.verb = verb[0]
        verb = (draft.verb, draft.unit)
        context = [draft.lead]
        if draft.whole is not None:
            context.append(draft.whole.own)
            context.extend(draft.whole.context)
        if (
            previous is not None
            and draft.whole is not previous
            and (not draft.has_noun or len(draft.own) < _SHORT)
        ):
            context.append(previous.own)
            context.extend(previous.context)
        context.append(lead)
        seen: list[str] = []
        for phrase in context:
            if phrase and phrase != draft.own and phrase not in seen:
                seen.append(phrase)
        source = main if draft.relation in (Relation.CHANGE, Relation.RATE) else last
        if draft.relation is Relation.TOTAL:
            source = out[0]
        if draft.restates and source is not None and source is not draft and source.own:
            draft.own = lead if lead and draft.relation is Relation.TOTAL else source.own
            seen = [phrase for phrase in seen if phrase != draft.own]
        elif draft.restates and seen:
            draft.own = seen.pop(0)
        draft.context = seen[:4]
        last = draft
        main = draft if draft.whole is None else main
        if draft.has_noun and draft.whole is None and (previous is None or len(draft.own) >= _SHORT):
            previous = draft


def opening(text: str, tokens: Tokens, sentence: Sequence[Clause], discourse: Discourse) -> str:
    """Returns the words that open a sentence before its first clause with a quantity, "" without any."""
    if len(sentence) < 2:
        return ""
    first = sentence[0]
    if any(tokens.quantities[index] >= 0 for index in range(first.start, first.end)):
        return ""
    start, end = _strip(tokens, first.start, first.end)
    while start < end and tokens.words[end - 1] in discourse.locatives:
        end -= 1
    phrase = _slice(text, tokens, start, end)
    return phrase if len(phrase) <= 30 else phrase[-30:]
