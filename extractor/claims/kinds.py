"""Wholes and parts told by what they are: kinds that only a whole can have, what became of it, what adds up to it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from ..data import Relation
from ..knowledge.checking import PartRules
from ..knowledge.discourse import Discourse
from .clauses import Clause
from .draft import Draft
from .wholes import COUNTED, Comparable

_LEAST_LISTED = 3  # a whole and two kinds of it
_LEAST_END = 2
_LOOSE = 6  # characters a claim may have beside the word of its kind
_JOINTS = frozenset({"DUN", "CONJ"})
_DIVIDERS = frozenset({"COMMA", "COLON"})
_LEAST_SUM = 20  # a smaller whole may be the sum of what follows by chance


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
    met = [
        ([_kind(draft, family) for draft in out], kin)
        for family, kin in rules.families
        if not said.isdisjoint(family)
    ]
    for place, whole in enumerate(out[:-2]):
        if (
            whole.relation not in COUNTED
            or whole.predicate
            or whole.base
            or not _divides(sentence, out, place, place + 1)
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


def _completes(whole: Draft, rest: Draft, out: Sequence[Draft]) -> bool:
    """Says whether what is left over and the parts before it come to the whole: 复议3件,2件维持,另|1件|被撤回."""
    parts = [_amount(draft) or Decimal(0) for draft in out if draft.whole is whole]
    return bool(parts) and sum(parts, _amount(rest) or Decimal(0)) == _amount(whole)


def _beside(one: Draft, other: Draft, out: Sequence[Draft]) -> bool:
    """Says whether two counts come to one before them: then the second is no part of the first."""
    total = (_amount(one) or Decimal(0)) + (_amount(other) or Decimal(0))
    earlier = takewhile(lambda draft: draft is not one, out)
    return any(draft.unit == one.unit and _amount(draft) == total for draft in earlier)


def _holds(whole: Draft, members: Sequence[Draft]) -> bool:
    """Says whether a whole is large enough for its parts together, as far as they are numbers."""
    value = _amount(whole)
    total = sum((_amount(draft) or Decimal(0) for draft in members), Decimal(0))
    return value is None or total <= value


def link_predicates(sentence: Sequence[Clause], out: Sequence[Draft], comparable: Comparable) -> None:
    """Sets the whole of parts named by what became of them: `复议2件,1件被维持,1件撤回`.

    What is left over (另有1件) is none.
    """
    whole: Draft | None = None
    for draft in out:
        left = draft.rest and whole is not None and _completes(whole, draft, out)
        if draft.predicate and draft.whole is None and (left or not draft.rest):
            joined = (
                whole is not None
                and whole.clause + 1 == draft.clause
                and sentence[draft.clause].mark in _JOINTS
            )
            if joined:
                continue  # 分别有|18天|和|23天|没有更新
            fits = whole is not None and comparable(draft.unit, whole.unit) and _holds(whole, [draft])
            if fits and whole is not None and _beside(whole, draft, out):
                continue  # 应办理139件,已办结85件,54件|结转
            if fits and draft.relation in COUNTED:
                draft.whole = whole
        elif draft.whole is None and draft.relation in COUNTED and not draft.base:
            whole = draft


def link_remainders(out: Sequence[Draft], remainders: tuple[str, ...]) -> None:
    """Sets the whole of what is left over, and of what it is left over by, where they come to a count before them.

    `收到申请28件,已答复25件,其余3件按规定延期`: of one unit; the parts of those parts are passed over.
    """
    for place, rest in enumerate(out):
        if not rest.rest or rest.whole is not None or not rest.own.startswith(remainders):
            continue
        total = _amount(rest)
        if total is None:
            continue
        members = [rest]
        for draft in reversed(out[:place]):
            if draft.unit != rest.unit or draft.relation not in COUNTED or draft.base or draft.whole:
                continue
            amount = _amount(draft)
            if amount is None:
                break
            if (len(members) > 1 and amount == total) or _completes(draft, rest, out):
                for member in members if amount == total else [rest]:
                    member.whole = draft
                break
            members.append(draft)
            total += amount


def link_relatives(sentence: Sequence[Clause], out: Sequence[Draft]) -> None:
    """Sets the whole of what is named by what was done with some of it alone: `收到申请33件,当面递交的12件`.

    It is the count before, or its whole where that is such a part itself; of the same unit, and not too small.
    """
    for before, draft in pairwise(out):
        if (
            not (draft.relative and draft.verb)
            or draft.rest
            or draft.whole is not None
            or sentence[draft.clause].mark == "SEMI"
        ):
            continue
        verb_only = before.nameless and not before.hint
        told = before.relative or verb_only or before.whole is not None
        whole = before.whole if told else before  # 复议3件,维持2件,撤回的|1件
        if whole is None or whole.base or whole.rest or whole.unit != draft.unit:
            continue
        value, part = _amount(whole), _amount(draft)
        if value is not None and part is not None and part <= value and before.clause != draft.clause:
            draft.whole = whole


def _kind(draft: Draft, family: Sequence[str]) -> str:
    """Returns the word of `family` that names a draft, "" without one."""
    own = draft.own
    least = len(own) - _LOOSE
    for word in family:
        if word in own and len(word) >= least:
            return word
    return ""


def link_subsets(out: Sequence[Draft], discourse: Discourse, comparable: Comparable) -> None:
    """Sets the whole of what can only be some of the claim before it: `发布会26场,主要负责同志出席11场`."""
    for whole, part in pairwise(out):
        if (
            part.whole is None
            and part.own.startswith(discourse.subsets)
            and (_amount(whole) or Decimal(0)) >= (_amount(part) or Decimal(0))
            and whole.relation in COUNTED
            and part.relation in COUNTED
            and comparable(part.unit, whole.unit)
        ):
            part.whole = whole


def link_sums(sentence: Sequence[Clause], out: Sequence[Draft], rules: PartRules) -> None:
    """Sets the whole of claims in a row that add up exactly to the claim before them.

    Two are enough for a whole of twenty or more, or where 、 joins them or they say what became of it, three for any
    other; all of one unit, none a part of anything else: `收到申请263件,自然人203件、企业60件`.
    """
    for place, whole in reversed(tuple(enumerate(out))):  # a list inside another comes first
        value = _amount(whole)
        if value is None or whole.base:
            continue
        start = place + 1 + _restated(sentence, out, place)
        if not (_divides(sentence, out, place, start) or _listed_apart(sentence, out, place)):
            continue
        members: list[Draft] = []
        total, crossed = Decimal(0), False
        for draft in out[start:]:
            count = _amount(draft)
            if draft.relation not in COUNTED or any(draft.whole is member for member in members):
                continue  # 网络申请29件,占78% ; 不予公开3件(商业秘密1件)
            if not members and draft.unit_kind == "money" != whole.unit_kind:
                continue  # 对6个项目自评,资金1235万元,等次为优5个、良1个
            if count is None or draft.unit != whole.unit or draft.whole not in (None, whole) or draft.base:
                break
            crossed = crossed or sentence[draft.clause].mark == "SEMI"
            if akin(whole, draft, rules):
                break
            members.append(draft)
            total += count
            if total >= value:
                break
        if len(members) < 2 or (total != value and abs(total - value) > value * rules.near):
            continue  # most numbers in a row are no sum
        joined = all(sentence[draft.clause].mark in _JOINTS for draft in members[1:])
        # 预算98.5万元,成交90.2万元,节约8.3万元 divides nothing
        many = len(members) >= _LEAST_LISTED
        kinds = joined or many or _count(whole) is not None or all(draft.has_noun for draft in members)
        # 6件,胜诉5件,1件未审结
        done = all(
            draft.predicate or not draft.has_noun or (draft.verbal and _count(draft) is not None)
            for draft in members
        ) and (
            whole.has_noun or not whole.own  # but 制定3件,修改1件,废止2件
        )
        enough = 2 if value >= _LEAST_SUM or joined or done else _LEAST_LISTED
        # 收到5件,上年结转0件,其中2件…: the list has its whole without the first
        listed = bool(members) and members[0].whole is None and members[-1].whole is whole
        # 新收908件,结转30件,合计938件,办结884件,54件结转 only tells what was done one after the other
        summed = whole.relation is Relation.TOTAL and any(draft.unit == whole.unit for draft in out[:place])
        listed = listed or (summed and bool(members) and members[0].act)
        counted = len([draft for draft in members if _amount(draft)])
        if crossed and counted <= _LEAST_LISTED and not (joined and _listed_apart(sentence, out, place)):
            continue  # 受理58件;答复40件;结转18件
        near = (
            not crossed and joined and counted >= _LEAST_LISTED and abs(total - value) <= value * rules.near
        )
        if (near or (total == value and counted >= enough and kinds)) and not listed:
            for draft in members:
                draft.whole = whole
                draft.list_kind = draft.list_kind or ("" if total == value else "include")


def link_opened(out: Sequence[Draft], before: Sequence[Draft], *, announced: bool) -> None:
    """Sets the whole of what a sentence opens with where it comes to a count of the sentence before.

    Its first clause is no more than an announcement: `办结27件,结转1件。结果包括:公开10件,…`.
    """
    if not (announced and out and before) or out[0].clause == 0:
        return
    wholes = {
        (_amount(draft), draft.unit): draft for draft in before if _amount(draft) and draft.whole is None
    }
    members: list[Draft] = []
    total = Decimal(0)
    for draft in out:
        if draft.relation not in COUNTED or any(draft.whole is member for member in members):
            continue
        amount = _amount(draft)
        if amount is None or draft.whole is not None or draft.unit != out[0].unit:
            return
        members.append(draft)
        total += amount
        whole = wholes.get((total, draft.unit))
        if whole is not None and len(members) > 1:
            for member in members:
                member.whole = whole
            return


def akin(one: Draft, other: Draft, rules: PartRules) -> bool:
    """Says whether two claims are named by kinds of which none is part of another: 予以公开, 部分公开."""
    return any(_kind(one, family) and _kind(other, family) for family in rules.siblings)


def _elsewhere(one: Draft, other: Draft, rules: PartRules) -> bool:
    """Says whether two claims are told of channels of which neither names one of the other's: 网站420条, 微博130条."""
    here, there = (set(filter(draft.own.__contains__, rules.overlapping)) for draft in (one, other))
    return bool(here and there) and here.isdisjoint(there)


def _of_one_end(whole: Draft, part: Draft) -> bool:
    """Says whether the names of a whole and a part end with one word: 开展|检查|312次, 专项|检查|58次."""
    end = whole.own[-_LEAST_END:]
    return len(end) == _LEAST_END and part.own.endswith(end)


def _restated(sentence: Sequence[Clause], out: Sequence[Draft], place: int) -> int:
    """Returns how many claims behind `out[place]` count the same in other units: 接待|27批|、|49人次|."""
    here = out[place]
    behind = out[place + 1 : place + 2]
    return sum(item.unit != here.unit and sentence[item.clause].mark in _JOINTS for item in behind)


def link_firsts(sentence: Sequence[Clause], out: Sequence[Draft], generic: frozenset[str]) -> None:
    """Sets the whole of counts that open clause after clause behind it: `办结6件,3件公开,1件部分公开`.

    Two or more, of its unit, together no more than it; any noun may follow a unit in `generic`.
    """
    if not any(draft.first for draft in out):
        return
    for place, whole in enumerate(out):
        value = _amount(whole)
        if value is None or whole.first or whole.base or whole.unit in generic:
            continue
        members: list[Draft] = []
        for draft in out[place + 1 :]:
            same = draft.first and draft.unit == whole.unit
            beside = sentence[draft.clause].depth == sentence[whole.clause].depth
            if not (same and beside) or _amount(draft) is None or draft.whole is not None:
                break
            members.append(draft)
        if len(members) > 1 and sum((_amount(draft) or Decimal(0) for draft in members), Decimal(0)) <= value:
            for draft in members:
                draft.whole = whole


def link_rated(sentence: Sequence[Clause], out: Sequence[Draft]) -> None:
    """Sets the whole of a count where the rate right behind it is what it makes of the count before it.

    `委派调解8640件,成功5217件,成功率60.4%`: of one unit, in one segment; what was done with all (办结) names no part.
    """
    for whole, part, rate in zip(out, out[1:], out[2:], strict=False):
        value, amount, quantity = _count(whole), _count(part), rate.quantity
        if not value or not amount or amount >= value or quantity is None or rate.unit_kind != "percent":
            continue
        beside = all(sentence[draft.clause].mark == "COMMA" for draft in (part, rate))
        rated = rate.relation is Relation.RATE and whole.unit == part.unit and part.whole is None
        if beside and rated and not (part.act or part.base or whole.base):
            share = amount / value * 100
            low, high = quantity.interval.low, quantity.interval.high
            if low is not None and high is not None and low <= share <= high:
                part.whole = whole


def link_runs(sentence: Sequence[Clause], out: Sequence[Draft], rules: PartRules) -> None:
    """Sets the whole of a 其中 list whose items semicolons part: `公开360条,其中财政9条;住房7条;食品1条;环境3条`.

    Three items or more behind the first, two where they come to the whole and a semicolon parts it from them too, one
    where they come to it and are sums of money or measures; each alone in its segment but for its rates and what money
    stands beside it, and of its unit; together no more than the whole.
    """
    for place, first in enumerate(out):
        whole, value = first.whole, _amount(first)
        if whole is None or first.list_kind != "qizhong" or value is None or whole.unit != first.unit:
            continue
        run: list[Draft] = []
        measured = _count(first) is None
        if not measured and (rest := _completing(sentence, out, place, rules)):
            for draft in rest:
                draft.whole, draft.list_kind = whole, first.list_kind
            continue
        for draft in out[place + 1 :]:
            clause = sentence[draft.clause]
            if draft.relation not in COUNTED or (measured and clause.mark != "SEMI"):
                continue  # 第一产业72亿元,增长3.8% ; 税收40亿元,短收2亿元
            alone = clause.mark == "SEMI" and clause.depth == sentence[first.clause].depth
            if not alone or _amount(draft) is None or draft.unit != first.unit or draft.whole is not None:
                break
            if _elsewhere(whole, draft, rules):
                break
            run.append(draft)
        total = sum((_amount(draft) or Decimal(0) for draft in run), value)
        limit = _amount(whole)
        # sums of money do not meet by chance, and 答复80件;其中公开40件;… parts its items by semicolons from the start
        sure = total == limit and (measured or sentence[first.clause].mark == "SEMI")
        least = _LEAST_LISTED - sure - (sure and measured)  # 人员经费90万元,…;公用经费|10万元
        least = 1 if run and all(_of_one_end(whole, draft) for draft in (first, *run)) else least
        if len(run) >= least and limit is not None and total <= limit:
            for draft in run:
                draft.whole, draft.list_kind = whole, first.list_kind


def _completing(
    sentence: Sequence[Clause], out: Sequence[Draft], place: int, rules: PartRules
) -> list[Draft]:
    """Returns the counts behind the first item of a list that with it come to its whole: in all a list.

    `申请58件,其中当面27件,占47%;邮件9件,网站14件,信函8件`: whatever marks stand between, but no deeper bracket. It ends
    at what is akin to the whole: 网站42条,其中要闻20条;|微博13条|;微信9条.
    """
    first = out[place]
    whole, total = first.whole, _amount(first)
    limit = _amount(whole) if whole is not None else None
    rest: list[Draft] = []
    if whole is None or limit is None or total is None or limit < _LEAST_SUM:
        return rest
    for draft in out[place + 1 :]:
        amount = _amount(draft)
        if draft.relation not in COUNTED or sentence[draft.clause].depth > sentence[first.clause].depth:
            continue
        if amount is None or draft.unit != first.unit or draft.base or draft.whole not in (None, whole):
            break
        if akin(whole, draft, rules) or _elsewhere(whole, draft, rules):
            break
        total += amount
        rest.append(draft)
        if total >= limit:
            break
    return rest if total == limit else []


def _amount(draft: Draft) -> Decimal | None:
    """Returns the number of a count or a sum without a hedge, None of anything else."""
    plain = draft.quantity is not None and draft.relation in COUNTED and not draft.quantity.hedge
    return draft.quantity.value if plain and draft.quantity is not None else None


def _divides(sentence: Sequence[Clause], out: Sequence[Draft], place: int, first: int) -> bool:
    """Says whether `out[first]` can be the first part of `out[place]`: past a comma or colon, in no other bracket."""
    if first >= len(out):
        return False
    here, there = sentence[out[place].clause], sentence[out[first].clause]
    between = sentence[out[first - 1].clause + 1 : out[first].clause + 1]
    return here.depth == there.depth and bool(between) and all(item.mark in _DIVIDERS for item in between)


def _listed_apart(sentence: Sequence[Clause], out: Sequence[Draft], place: int) -> bool:
    """Says whether a semicolon parts the first count of a sentence from a list joined by 、.

    `收到申请25件,比上年少3件;自然人23件、其他组织2件`: what is so joined tells no story, as 答复40件;结转18件 does.
    """
    if (_amount(out[place]) or 0) < _LEAST_SUM or any(draft.relation in COUNTED for draft in out[:place]):
        return False
    behind = [draft for draft in out[place + 1 :] if draft.relation in COUNTED and not draft.base]
    marks = [sentence[draft.clause].mark for draft in behind[:2]]
    return len(marks) > 1 and marks[0] == "SEMI" and marks[1] in _JOINTS


def _count(draft: Draft) -> Decimal | None:
    """Returns the number of a count written in full, None of anything else."""
    quantity = draft.quantity
    if quantity is None or draft.relation not in COUNTED or quantity.hedge or quantity.value is None:
        return None
    return quantity.value if quantity.interval.low == quantity.interval.high else None
