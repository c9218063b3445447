"""What a quantity counts: the phrase before or behind it, and its verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..data import Quantity
from ..knowledge.discourse import Discourse
from ..phrases import Found
from ..tokens import Tokens
from .behind import first_known, kinds_start, names_behind, phrase_end, sum_start
from .clauses import Clause
from .comparisons import compares
from .draft import Draft
from .naming import set_before, set_behind
from .predicates import set_deadline, set_predicate
from .sharing import set_respective, share_things
from .wording import names, strip, thing_of, words_of

_LISTING = ("COMMA", "COLON")
_MOVE = 4  # tokens between the numbers of a movement
_MOVED = 2  # as many name nothing that moves
_SIZES = frozenset({"money", "area", "length", "weight", "volume"})  # kinds of which a thing has so much
_SAYING = frozenset({"ADV", "NEG", "V", "P"})  # open what is said of the thing named before
_BEFORE = Found("bare_quantity", "before")
_JOINTS = frozenset({"DUN", "CONJ"})
_NOMINAL = frozenset({"N", "AUX"})  # end a phrase behind a number that the next one may measure


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
    hint = tail = ""
    for number, clause in enumerate(sentence):
        left = clause.start
        already, reached = len(out), 0
        dealt = len(clause.counted) > 1 and not discourse.dealing.isdisjoint(tokens.words[left : clause.end])
        moved = False
        for index in clause.counted:
            quantity = quantities[tokens.quantities[index]]
            draft = Draft(
                quantity.start, quantity.end, number, quantity, unit=quantity.unit, rule=quantity.rule
            )
            kinds = kinds_start(tokens, quantities, index, clause.end, discourse) if dealt else 0
            draft.first = index == clause.start and clause.mark in _LISTING
            draft.rest = left == clause.start and not discourse.rests.isdisjoint(tokens.words[left:index])
            average = first_known(tokens.words[left:index], discourse.averages, left)
            draft.reckoned = _of_which(tokens, index, clause.end, discourse)
            draft.base = average >= 0 or draft.reckoned
            compared = compares(tokens, left, index, discourse)
            moves = _moves(tokens, index, clause.end, discourse) if index < clause.counted[-1] else 0
            # 把|3个|平台合为|1个 moves nothing
            moving = moved or (0 < moves <= _MOVED and tokens.tags[index - 1] != "P")
            found = _BEFORE if compared or moving else shapes.get(index, _BEFORE)
            after = names_behind(tokens, left, index, clause.end, quantity, found, discourse, alone=not out)
            right = _named(text, tokens, quantities, draft, left, index, clause.end, kinds, discourse, after)
            beside = index == clause.start and clause.mark in _JOINTS and _of_both(tokens, index, draft, out)
            if beside:
                _unname(draft)
                right = index + 1
            if quantity.kind in _SIZES and draft.restates:
                draft.shares = beside or index == reached
            if not (draft.own or draft.lead or compared or draft.shares):
                right = set_predicate(text, tokens, draft, index, clause.end, discourse)
                if quantity.kind == "time" and draft.fallback:
                    draft.lasting, draft.predicate, draft.everything = True, False, False
                    right = index + 1
            if quantity.kind == "time" and quantity.text.endswith(discourse.relations.norm_after):
                right = set_deadline(text, tokens, draft, left, index, clause.end, discourse.modals) or right
            draft.opens = draft.opens or kinds > 0
            draft.relative = not after and _relative(tokens, left, index, discourse)
            draft.goal, moved = moved, moves > 0 and _same(tokens, index, moves, quantities)
            _describe(text, tokens, draft, left, index, clause.end, discourse, after=after)
            _reckon(text, tokens, draft, left, index, average, discourse)
            left = right
            named = draft.thing or (right > index + 1 and tokens.tags[right - 1] in _NOMINAL)
            reached = right if named else 0
            if len(out) == already:
                if clause.mark == "LB":
                    draft.hint = _bracketed(text, tokens, clause)
                elif clause.mark == "COMMA":
                    draft.hint = hint
                draft.tail = tail
            out.append(draft)
        if clause.counted:
            hint, tail = "", _hint(text, tokens, clause.counted[-1] + 1, clause.end)
        else:
            divides = discourse.dividing.fullmatch(words_of(text, tokens, clause.start, clause.end))
            hint, tail = "" if divides else _hint(text, tokens, clause.start, clause.end), ""
    set_respective(text, tokens, sentence, out, discourse)
    share_things(sentence, out)
    return out


def _named(
    text: str,
    tokens: Tokens,
    quantities: Sequence[Quantity],
    draft: Draft,
    left: int,
    index: int,
    end: int,
    kinds: int,
    discourse: Discourse,
    after: bool,
) -> int:
    """Names a draft by the words behind or before it and returns where its phrase ends.

    Its `kinds` begin there, where they follow; 0 without them.
    """
    right = index + 1
    if after:
        right = phrase_end(tokens, index + 1, end, discourse)
        if tokens.tags[right] == "Q" and tokens.tags[right - 2 : right] == ["V", "AUX"]:
            right = index + 1  # 五个工作日内|回复的|1987封
        if tokens.tags[right] == "Q":
            right = sum_start(tokens, quantities, index + 1, right, discourse) or right
        right = kinds or right
        set_behind(text, tokens, draft, left, index, right, discourse)
    rounds = ""
    if tokens.tags[index + 1] == "P" and draft.unit in discourse.rounds:
        rounds = _rounds(text, tokens, left, index, end)
    if rounds:
        draft.own, draft.has_noun, right = rounds, True, index + 1
    elif not draft.own or discourse.void.fullmatch(draft.own):
        right = index + 1
        set_before(text, tokens, draft, left, index, discourse)
    return right


def _unname(draft: Draft) -> None:
    """Takes from a draft the name it has: it measures what is counted before it."""
    draft.own = draft.thing = draft.lead = ""
    draft.has_noun = draft.nameless = draft.predicate = draft.clausal = draft.became = False
    draft.tokens = (0, 0)


def _describe(
    text: str,
    tokens: Tokens,
    draft: Draft,
    left: int,
    index: int,
    end: int,
    discourse: Discourse,
    *,
    after: bool,
) -> None:
    """Sets what the words of its clause make of a draft that has its name."""
    if index + 1 < end and tokens.words[index + 1] in discourse.locatives:
        draft.opens = draft.opens or len(tokens.words[index + 1]) == 1  # 本级的|71件|中
    opener, closer = discourse.excepting
    if tokens.words[left] == opener and tokens.words[end - 1].endswith(closer):
        draft.nameless, draft.said = True, _said(text, tokens, index, end)
    draft.nameless = draft.nameless and not draft.own.startswith(discourse.siblings)
    if draft.nameless and not draft.said:
        draft.said = _said(text, tokens, index, end)
    draft.alongside = tokens.tags[left] == "P" and tokens.words[left] not in discourse.excepting
    thing = draft.thing if after and draft.thing else draft.own
    joins = index + 1 < end and tokens.words[index + 1] in discourse.measures  # 各县|85人|参加
    draft.measure = joins or thing in discourse.measures
    draft.leaning = draft.own in discourse.leaning
    draft.average = draft.own in discourse.averages


def _reckon(
    text: str, tokens: Tokens, draft: Draft, left: int, index: int, average: int, discourse: Discourse
) -> None:
    """Sets what a draft is of others: what they leave over, or so many at a time (token `average`, -1 without)."""
    if draft.rest and draft.own and not draft.lead:
        remainder = _remainder(tokens, left, index, discourse)
        draft.own = remainder + draft.own  # 其余|9件|转有关单位办理
        if remainder:
            draft.nameless, draft.said = True, draft.own
    if average >= 0 and draft.own:
        draft.full = _averaged(text, tokens, left, index, average, draft.own)
    draft.mean = (
        average == left
        or draft.own in discourse.extremes
        or bool(discourse.each_of.fullmatch(draft.own))
        or (draft.nameless and bool(discourse.each_of.fullmatch(tokens.words[left])))
    )


def _moves(tokens: Tokens, index: int, end: int, discourse: Discourse) -> int:
    """Returns how many words stand between a quantity where a movement starts and its end, 0 without a movement.

    由|312项|精简为|185项: 1.
    """
    stop = next((place for place in range(index + 1, end) if tokens.tags[place] == "Q"), end)
    between = stop - index - 1
    near = stop < end and 0 < between <= _MOVE
    return between if near and tokens.words[stop - 1].endswith(discourse.moves) else 0


def _same(tokens: Tokens, index: int, between: int, quantities: Sequence[Quantity]) -> bool:
    """Says whether a movement ends with so many of what it starts from: but 21项权限|下放到|9个开发区."""
    start, stop = (quantities[tokens.quantities[place]] for place in (index, index + between + 1))
    return start.unit == stop.unit or tokens.tags[index + between + 2] not in ("N", "V")


def _bracketed(text: str, tokens: Tokens, clause: Clause) -> str:
    """Returns the nouns right before the bracket that opens a clause: 征地拆迁|(占38%)."""
    end = clause.start - 1
    if tokens.tags[end - 1] == "N":
        return thing_of(text, tokens, 0, end)
    first = end
    while first > 0 and tokens.tags[first - 1] in ("N", "V"):
        first -= 1
    return words_of(text, tokens, first, end) if names(tokens, first, end) else ""


def _relative(tokens: Tokens, left: int, index: int, discourse: Discourse) -> bool:
    """Says whether what was done with some of a thing named before stands for it: 收到33件,当面递交的|12件."""
    return (
        index > left
        and tokens.words[index - 1] in discourse.attributes
        and "T" not in tokens.tags[left:index]
    )


def _said(text: str, tokens: Tokens, index: int, end: int) -> str:
    """Returns all that is said behind a quantity in its clause, times too: 2件|结转至2015年."""
    stop = next((place for place in range(index + 1, end) if tokens.tags[place] == "Q"), end)
    return words_of(text, tokens, index + 1, stop)


def _of_which(tokens: Tokens, index: int, end: int, discourse: Discourse) -> bool:
    """Says whether a rate behind a quantity is reckoned on it: 为年初预算|84.98亿元|的101.7%."""
    behind = index + 2 < end and tokens.quantities[index + 2] >= 0
    return behind and tokens.words[index + 1] in discourse.attributes


def _averaged(text: str, tokens: Tokens, left: int, index: int, place: int, own: str) -> str:
    """Returns the phrase of an average with the word that says so, the token `place` (申请按月平均|22件)."""
    start, end = strip(tokens, left, index)
    before = words_of(text, tokens, start, end)
    said = words_of(text, tokens, min(start, place), max(end, place + 1))
    return said + own.removeprefix(before)


def _remainder(tokens: Tokens, left: int, index: int, discourse: Discourse) -> str:
    """Returns the word for what others leave over before a quantity, "" without one."""
    return next((word for word in tokens.words[left:index] if word in discourse.remainders), "")


def _hint(text: str, tokens: Tokens, start: int, end: int) -> str:
    """Returns what words without a quantity speak of, "" if they name no thing."""
    start, end = strip(tokens, start, end)
    return words_of(text, tokens, start, end) if names(tokens, start, end) else ""


def _rounds(text: str, tokens: Tokens, left: int, index: int, end: int) -> str:
    """Returns what was done so often, where that stands behind: 5月和10月分|两批|对网格员进行轮训. Else "".

    Nothing but when and how stands before.
    """
    if names(tokens, left, index) or "V" not in tokens.tags[index + 1 : end]:
        return ""
    verbs = [tokens.words[place] for place in range(left, index) if tokens.tags[place] == "V"]
    return "" if any(len(verb) > 1 for verb in verbs) else words_of(text, tokens, index + 1, end)


def _of_both(tokens: Tokens, index: int, draft: Draft, out: Sequence[Draft]) -> bool:
    """Says whether a sum or measure is joined to a count of the same thing: 房产|126处|、|4.8万平方米|长期空置."""
    before = out[-1] if out else None
    measured = draft.unit_kind in _SIZES and before is not None and before.unit != draft.unit
    return measured and before is not None and before.has_noun and tokens.tags[index + 1] in _SAYING
