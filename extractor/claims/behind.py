"""The phrase behind a quantity: whether it names what is counted, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from ..data import Quantity
from ..knowledge.discourse import Discourse
from ..phrases import Found
from ..tokens import Tokens
from .wording import names, quoted

_STOPS = frozenset({"P", "ADV", "COP", "HAVE", "M", "LB", "RB", "Q"})
_SOME = frozenset({"COMMA", "HAVE", "Q", "ADV"})  # what stands behind 30个部门中
_OPENING = frozenset({"P", "ADV", "NEG"})  # open an attribute of a noun behind a number


def names_behind(
    tokens: Tokens,
    left: int,
    index: int,
    end: int,
    quantity: Quantity,
    found: Found,
    discourse: Discourse,
    *,
    alone: bool,
) -> bool:
    """Says whether what a quantity counts stands behind it; `alone`: it is the first of its sentence."""
    if found.head == "after" and not (
        quantity.kind in discourse.trailing and found.shape in discourse.noun_shapes
    ):
        return True
    tag = tokens.tags[index + 1]
    if alone and tag == "N" and _inside(tokens, index, end, discourse):
        return True
    if _often(tokens, left, index, end, quantity, discourse):
        return True
    if quantity.unit in discourse.sorts and index > left and _thing_follows(tokens, index + 1, end):
        return True
    return tag in _OPENING and _attributed(tokens, left, index, end)


def phrase_end(tokens: Tokens, start: int, end: int, discourse: Discourse) -> int:
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


def sum_start(
    tokens: Tokens, quantities: Sequence[Quantity], start: int, end: int, discourse: Discourse
) -> int:
    """Returns where 的 stands behind which a sum of its own is named, 0 elsewhere: 9宗|土地|的出让尾款|1.64亿元."""
    if quantities[tokens.quantities[end]].kind not in discourse.trailing:
        return 0
    place = next((index for index in range(end - 1, start, -1) if tokens.words[index] == "的"), 0)
    behind = tokens.tags[place + 1 : end]
    named = bool(behind) and (set(behind) <= {"N", "V"}) and tokens.tags[place - 1] == "N"
    return place if place and named else 0


def kinds_start(
    tokens: Tokens, quantities: Sequence[Quantity], index: int, end: int, discourse: Discourse
) -> int:
    """Returns where the first kind of what a quantity counts begins, 0 without one: 18件|建议|涉及|交通|6件."""
    place = first_known(tokens.words[index + 1 : end], discourse.dealing, index + 1)
    stop = next((other for other in range(place + 1, end) if tokens.tags[other] == "Q"), 0)
    if place < 0 or not stop or "Q" in tokens.tags[index + 1 : place]:
        return 0
    one, other = (quantities[tokens.quantities[here]] for here in (index, stop))
    attributed = not discourse.attributes.isdisjoint(tokens.words[place:stop])  # 5件|举报|涉及|环保|的|投诉
    named = place == index + 1 or names(tokens, index + 1, place)
    return (
        place if named and one.unit == other.unit and not attributed and names(tokens, place + 1, stop) else 0
    )


def _often(tokens: Tokens, left: int, index: int, end: int, quantity: Quantity, discourse: Discourse) -> bool:
    """Says whether a quantity says how often what follows was done: 常务会议|两次|听取汇报."""
    if quantity.unit not in discourse.frequencies or index + 1 >= end or tokens.tags[index + 1] != "V":
        return False
    subject = [tokens.tags[place] for place in range(left, index)]
    return "N" in subject and "V" not in subject and names(tokens, index + 2, end)


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


def _kinds_end(tokens: Tokens, start: int, end: int) -> int:
    """Returns where a bracket ends that holds nothing but the kinds a noun stands for, 0 for any other."""
    for index in range(start + 1, end):
        if tokens.tags[index] == "RB":
            return index + 1
        if tokens.tags[index] not in ("N", "DUN"):
            return 0
    return 0


def first_known(words: Sequence[str], known: AbstractSet[str], start: int) -> int:
    """Returns where, from `start` on, the first of `words` that is known stands, -1 without one."""
    if known.isdisjoint(words):
        return -1
    return next(place for place, word in enumerate(words, start) if word in known)
