"""What a quantity counts: the phrase before or behind it, and its verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from ..data import Quantity
from ..knowledge.discourse import Discourse
from ..phrases import Found
from ..tokens import Tokens
from .clauses import Clause
from .comparisons import compares
from .draft import Draft
from .naming import set_before, set_behind
from .predicates import set_deadline, set_predicate
from .sharing import set_respective, share_things
from .wording import names, quoted, strip, thing_of, words_of

_STOPS = frozenset({"P", "ADV", "COP", "HAVE", "M", "LB", "RB", "Q"})
_LISTING = ("COMMA", "COLON")
_MOVE = 4  # tokens between the numbers of a movement
_MOVED = 2  # as many name nothing that moves
_SOME = frozenset({"COMMA", "HAVE", "Q", "ADV"})  # what stands behind 30个部门中
_OPENING = frozenset({"P", "ADV", "NEG"})  # open an attribute of a noun behind a number
_SIZES = frozenset({"money", "area", "length", "weight", "volume"})  # kinds of which a thing has so much
_SAYING = frozenset({"ADV", "NEG", "V", "P"})  # open what is said of the thing named before
_BEFORE = Found("bare_quantity", "before")
_JOINTS = frozenset({"DUN", "CONJ"})
_NOMINAL = frozenset({"N", "AUX"})  # end a phrase behind a number that the next one may measure
_AFTER = Found("words", "after")


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
            found = shapes.get(index, _BEFORE)
            if quantity.kind in discourse.trailing and found.shape in discourse.noun_shapes:
                found = _BEFORE
            restates = compares(tokens, left, index, discourse)
            if restates:
                found = _BEFORE
            moves = _moves(tokens, index, clause.end, discourse)
            if moved or (0 < moves <= _MOVED and tokens.tags[index - 1] != "P"):
                found = _BEFORE  # but 把|3个|平台合为|1个
            draft = Draft(
                quantity.start, quantity.end, number, quantity, unit=quantity.unit, rule=quantity.rule
            )
            opening = left == clause.start
            kinds = _kinds(tokens, quantities, index, clause.end, discourse) if dealt else 0
            draft.first = index == clause.start and clause.mark in _LISTING
            draft.rest = opening and not discourse.rests.isdisjoint(tokens.words[left:index])
            average = _first(tokens.words[left:index], discourse.averages, left)
            draft.reckoned = _of_which(tokens, index, clause.end, discourse)
            draft.base = average >= 0 or draft.reckoned
            right = index + 1
            if (
                not out
                and found.head != "after"
                and tokens.tags[index + 1] == "N"
                and _inside(tokens, index, clause.end, discourse)
            ):
                found = _AFTER
            if found.head != "after" and _often(tokens, left, index, clause.end, quantity, discourse):
                found = _AFTER
            sorted_so = quantity.unit in discourse.sorts and index > left
            if found.head != "after" and sorted_so and _thing_follows(tokens, index + 1, clause.end):
                found = _AFTER
            if found.head != "after" and tokens.tags[index + 1] in _OPENING:
                found = _AFTER if _attributed(tokens, left, index, clause.end) else found
            if found.head == "after":
                right = _behind(tokens, index + 1, clause.end, discourse)
                if tokens.tags[right] == "Q" and tokens.tags[right - 2 : right] == ["V", "AUX"]:
                    right = index + 1  # 五个工作日内|回复的|1987封
                if tokens.tags[right] == "Q":
                    right = _owned(tokens, quantities, index + 1, right, discourse) or right
                right = kinds or right
                set_behind(text, tokens, draft, left, index, right, discourse)
            rounds = ""
            if tokens.tags[index + 1] == "P" and quantity.unit in discourse.rounds:
                rounds = _rounds(text, tokens, left, index, clause.end)
            if rounds:
                draft.own, draft.has_noun, right = rounds, True, index + 1
            elif not draft.own or discourse.void.fullmatch(draft.own):
                right = index + 1
                set_before(text, tokens, draft, left, index, discourse)
            beside = index == clause.start and clause.mark in _JOINTS and _of_both(tokens, index, draft, out)
            if beside:
                draft.own = draft.thing = draft.lead = ""
                draft.has_noun = draft.nameless = draft.predicate = draft.clausal = draft.became = False
                draft.tokens, right = (0, 0), index + 1
            if quantity.kind in _SIZES and draft.restates:
                draft.shares = beside or index == reached
            if not (draft.own or draft.lead or restates or draft.shares):
                right = set_predicate(text, tokens, draft, index, clause.end, discourse)
                if quantity.kind == "time" and draft.fallback:
                    draft.lasting, draft.predicate, draft.everything = True, False, False
                    right = index + 1
            if quantity.kind == "time" and quantity.text.endswith(discourse.relations.norm_after):
                right = set_deadline(text, tokens, draft, left, index, clause.end, discourse.modals) or right
            if index + 1 < clause.end and tokens.words[index + 1] in discourse.locatives:
                draft.opens = draft.opens or len(tokens.words[index + 1]) == 1  # 本级的|71件|中
            draft.opens = draft.opens or kinds > 0
            opener, closer = discourse.excepting
            if tokens.words[left] == opener and tokens.words[clause.end - 1].endswith(closer):
                draft.nameless, draft.said = True, _said(text, tokens, index, clause.end)
            draft.nameless = draft.nameless and not draft.own.startswith(discourse.siblings)
            if draft.nameless and not draft.said:
                draft.said = _said(text, tokens, index, clause.end)
            draft.alongside = tokens.tags[left] == "P" and tokens.words[left] not in discourse.excepting
            draft.relative = found.head == "before" and _relative(tokens, left, index, discourse)
            draft.goal, moved = moved, moves > 0 and _same(tokens, index, moves, quantities)
            thing = draft.thing if found.head == "after" and draft.thing else draft.own
            joins = index + 1 < clause.end and tokens.words[index + 1] in discourse.measures  # 各县|85人|参加
            draft.measure = joins or thing in discourse.measures
            draft.leaning = draft.own in discourse.leaning
            draft.average = draft.own in discourse.averages
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


def _first(words: Sequence[str], known: AbstractSet[str], start: int) -> int:
    """Returns where, from `start` on, the first of `words` that is known stands, -1 without one."""
    if known.isdisjoint(words):
        return -1
    return next(place for place, word in enumerate(words, start) if word in known)


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


def _often(tokens: Tokens, left: int, index: int, end: int, quantity: Quantity, discourse: Discourse) -> bool:
    """Says whether a quantity says how often what follows was done: 常务会议|两次|听取汇报."""
    if quantity.unit not in discourse.frequencies or index + 1 >= end or tokens.tags[index + 1] != "V":
        return False
    subject = [tokens.tags[place] for place in range(left, index)]
    return "N" in subject and "V" not in subject and names(tokens, index + 2, end)


def _rounds(text: str, tokens: Tokens, left: int, index: int, end: int) -> str:
    """Returns what was done so often, where that stands behind: 5月和10月分|两批|对网格员进行轮训. Else "".

    Nothing but when and how stands before.
    """
    if names(tokens, left, index) or "V" not in tokens.tags[index + 1 : end]:
        return ""
    verbs = [tokens.words[place] for place in range(left, index) if tokens.tags[place] == "V"]
    return "" if any(len(verb) > 1 for verb in verbs) else words_of(text, tokens, index + 1, end)


def _inside(tokens: Tokens, index: int, end: int, discourse: Discourse) -> bool:
    """Says whether a quantity and a noun are what the next one is some of: 58件|申请中|,40件予以公开."""
    start = index + 1
    place = start
    while place < end and tokens.tags[place] == "N" and tokens.words[place] not in discourse.insides:
        place += 1
        if tokens.tags[place] == "LB":
            place = _kinds_end(tokens, place, end) or place  # 12个镇(街道)中
    behind = start < place < end and tokens.words[place] in discourse.insides
    return behind and tokens.tags[place + 1] in _SOME


def _thing_follows(tokens: Tokens, start: int, end: int) -> bool:
    """Says whether all behind a quantity, up to the next, is the name of a thing: 漫画|两种|解读."""
    stop = next((place for place in range(start, end) if tokens.tags[place] == "Q"), end)
    return start < stop and all(tag in ("N", "V", "AUX") for tag in tokens.tags[start:stop])


def _attribute(tokens: Tokens, start: int, end: int) -> int:
    """Returns where 的 stands that makes an attribute of the words from `start` on, 0 where no noun follows it."""
    for place in range(start, end - 1):
        if tokens.tags[place] == "Q":
            return 0
        if tokens.words[place] == "的":
            return place if tokens.tags[place + 1] == "N" else 0
    return 0


def _attributed(tokens: Tokens, left: int, index: int, end: int) -> bool:
    """Says whether a noun with an attribute of its own follows a quantity that no noun stands before."""
    return (index == left or tokens.tags[index - 1] in ("V", "HAVE", "ADV", "AUX")) and _attribute(
        tokens, index + 1, end
    ) > 0


def _behind(tokens: Tokens, start: int, end: int, discourse: Discourse) -> int:
    """Returns where the noun phrase that opens at token `start` ends: past a word that makes a place of it (街镇中)."""
    locatives, attributes = discourse.locatives, discourse.attributes
    while start < end and tokens.tags[start] in ("AUX", "COP"):
        start += 1
    index = start
    while index < end:
        if tokens.tags[index] == "LQ" and "RQ" in tokens.tags[index:end]:
            index = tokens.tags.index("RQ", index)  # “绿水青山就是金山银山”基地
        if tokens.tags[index] == "LB" and index > start and (close := _kinds_end(tokens, index, end)):
            index = close  # 县(市、区)
            continue
        if index == start and tokens.tags[index] in _OPENING:
            index = _attribute(tokens, index, end) or index  # 5个|与群众密切相关|的领域
        described = tokens.tags[index] == "ADV" and tokens.tags[index + 1] == "AUX"  # 更新|迟缓|的单位
        if tokens.tags[index] in _STOPS and tokens.words[index] not in attributes and not described:
            return index
        inside = tokens.words[index] in locatives and len(tokens.words[index]) == 1
        if index > start and inside and not quoted(tokens, index):
            return index + 1
        index += 1
    return end


def _owned(tokens: Tokens, quantities: Sequence[Quantity], start: int, end: int, discourse: Discourse) -> int:
    """Returns where 的 stands behind which a sum of its own is named, 0 elsewhere: 9宗|土地|的出让尾款|1.64亿元."""
    if quantities[tokens.quantities[end]].kind not in discourse.trailing:
        return 0
    place = next((index for index in range(end - 1, start, -1) if tokens.words[index] == "的"), 0)
    behind = tokens.tags[place + 1 : end]
    named = bool(behind) and (set(behind) <= {"N", "V"}) and tokens.tags[place - 1] == "N"
    return place if place and named else 0


def _kinds(tokens: Tokens, quantities: Sequence[Quantity], index: int, end: int, discourse: Discourse) -> int:
    """Returns where the first kind of what a quantity counts begins, 0 without one: 18件|建议|涉及|交通|6件."""
    place = _first(tokens.words[index + 1 : end], discourse.dealing, index + 1)
    stop = next((other for other in range(place + 1, end) if tokens.tags[other] == "Q"), 0)
    if place < 0 or not stop or "Q" in tokens.tags[index + 1 : place]:
        return 0
    one, other = (quantities[tokens.quantities[here]] for here in (index, stop))
    attributed = not discourse.attributes.isdisjoint(tokens.words[place:stop])  # 5件|举报|涉及|环保|的|投诉
    named = place == index + 1 or names(tokens, index + 1, place)
    return (
        place if named and one.unit == other.unit and not attributed and names(tokens, place + 1, stop) else 0
    )


def _of_both(tokens: Tokens, index: int, draft: Draft, out: Sequence[Draft]) -> bool:
    """Says whether a sum or measure is joined to a count of the same thing: 房产|126处|、|4.8万平方米|长期空置."""
    before = out[-1] if out else None
    measured = draft.unit_kind in _SIZES and before is not None and before.unit != draft.unit
    return measured and before is not None and before.has_noun and tokens.tags[index + 1] in _SAYING


def _kinds_end(tokens: Tokens, start: int, end: int) -> int:
    """Returns where a bracket ends that holds nothing but the kinds a noun stands for, 0 for any other."""
    for index in range(start + 1, end):
        if tokens.tags[index] == "RB":
            return index + 1
        if tokens.tags[index] not in ("N", "DUN"):
            return 0
    return 0
