"""Wholes and parts told by what they come to: sums, what is left over, and the rate of one of the other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..data import Relation
from ..knowledge.checking import PartRules
from ..units import Units
from .clauses import Clause
from .draft import Draft
from .kinds import akin, divides
from .wholes import COUNTED, completes, exact_count, plain_amount

_LEAST_LISTED = 3  # a whole and two parts of it
_LEAST_END = 2  # characters of the word that names end with
_JOINTS = frozenset({"DUN", "CONJ"})
_OPENED = frozenset({"qizhong", "include"})
_LEAST_SUM = 20  # a smaller whole may be the sum of what follows by chance


def link_remainders(out: Sequence[Draft], remainders: tuple[str, ...]) -> None:
    """Sets the whole of what is left over, and of what it is left over by, where they come to a count before them.

    `收到申请28件,已答复25件,其余3件按规定延期`: of one unit; the parts of those parts are passed over.
    """
    for place, rest in enumerate(out):
        if not rest.rest or rest.whole is not None or not rest.own.startswith(remainders):
            continue
        total = plain_amount(rest)
        if total is None:
            continue
        members = [rest]
        for draft in reversed(out[:place]):
            if draft.unit != rest.unit or draft.relation not in COUNTED or draft.base or draft.whole:
                continue
            amount = plain_amount(draft)
            if amount is None:
                break
            if (len(members) > 1 and amount == total) or completes(draft, rest, out):
                for member in members if amount == total else [rest]:
                    member.whole = draft
                break
            members.append(draft)
            total += amount


def link_sums(sentence: Sequence[Clause], out: Sequence[Draft], rules: PartRules, units: Units) -> None:
    """Sets the whole of claims in a row that add up exactly to the claim before them.

    Two are enough for a whole of twenty or more, or where 、 joins them or they say what became of it, three for any
    other; all of one unit, none a part of anything else: `收到申请263件,自然人203件、企业60件`.
    """
    amounts = [plain_amount(draft) for draft in out]
    names = [draft.unit for draft in out]
    if (
        len(out) >= _LEAST_LISTED
        and len({draft.unit for draft in out if draft.quantity and draft.quantity.kind == "money"}) > 1
    ):
        _in_one_unit(out, amounts, names, units)
    for place in range(len(out) - 3, -1, -1):  # a list inside another comes first
        whole, value = out[place], amounts[place]
        if value is None or whole.base:
            continue
        start = place + 1 + _restated(sentence, out, place)
        if not (divides(sentence, out, place, start) or _listed_apart(sentence, out, place)):
            continue
        members: list[Draft] = []
        total, crossed = Decimal(0), False
        for draft, count, unit in zip(out[start:], amounts[start:], names[start:], strict=True):
            if draft.relation not in COUNTED or any(draft.whole is member for member in members):
                continue  # 网络申请29件,占78% ; 不予公开3件(商业秘密1件)
            if not members and draft.unit_kind == "money" != whole.unit_kind:
                continue  # 对6个项目自评,资金1235万元,等次为优5个、良1个
            if count is None or unit != names[place] or draft.whole not in (None, whole) or draft.base:
                break
            crossed = crossed or sentence[draft.clause].mark == "SEMI"
            if akin(whole, draft, rules) or _opposed(whole, draft, rules):
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
        kinds = joined or many or exact_count(whole) is not None or all(draft.has_noun for draft in members)
        # 6件,胜诉5件,1件未审结
        done = all(
            draft.predicate or not draft.has_noun or (draft.verbal and exact_count(draft) is not None)
            for draft in members
        ) and (
            whole.has_noun or not whole.own  # but 制定3件,修改1件,废止2件
        )
        begun = members[0].whole is whole
        enough = 2 if value >= _LEAST_SUM or joined or done or begun else _LEAST_LISTED
        # 收到5件,上年结转0件,其中2件…: the list has its whole without the first
        listed = bool(members) and members[0].whole is None and members[-1].whole is whole
        # 新收908件,结转30件,合计938件,办结884件,54件结转 only tells what was done one after the other
        summed = whole.relation is Relation.TOTAL and any(draft.unit == whole.unit for draft in out[:place])
        listed = listed or (summed and bool(members) and members[0].act)
        counted = len([draft for draft in members if plain_amount(draft)])
        if crossed and counted <= _LEAST_LISTED and not (joined and _listed_apart(sentence, out, place)):
            continue  # 受理58件;答复40件;结转18件
        near = (
            not crossed and joined and counted >= _LEAST_LISTED and abs(total - value) <= value * rules.near
        )
        if (near or (total == value and counted >= enough and kinds)) and not listed:
            for draft in members:
                draft.whole = whole
                draft.list_kind = draft.list_kind or ("" if total == value else "include")


def _in_one_unit(out: Sequence[Draft], amounts: list[Decimal | None], names: list[str], units: Units) -> None:
    """Puts sums of money into the unit that theirs are multiples of: 1.12亿元 beside 4300万元."""
    for place, draft in enumerate(out):
        unit, amount = units.by_id.get(draft.unit), amounts[place]
        if draft.unit_kind == "money" and unit is not None and unit.base and amount is not None:
            amounts[place], names[place] = amount * unit.scale, unit.base


def link_opened(out: Sequence[Draft], before: Sequence[Draft], *, announced: bool) -> None:
    """Sets the whole of what a sentence opens with where it comes to a count of the sentence before.

    Its first clause is no more than an announcement: `办结27件,结转1件。结果包括:公开10件,…`.
    """
    if not (announced and out and before) or out[0].clause == 0:
        return
    wholes = {
        (plain_amount(draft), draft.unit): draft
        for draft in reversed(before)  # of two that are equal the first: 新收103件,办结103件
        if plain_amount(draft) and draft.whole is None
    }
    members: list[Draft] = []
    total = Decimal(0)
    for draft in out:
        if draft.relation not in COUNTED or any(draft.whole is member for member in members):
            continue
        amount = plain_amount(draft)
        if amount is None or draft.whole is not None or draft.unit != out[0].unit:
            return
        members.append(draft)
        total += amount
        whole = wholes.get((total, draft.unit))
        if whole is not None and len(members) > 1:
            for member in members:
                member.whole = whole
            return


def link_rated(sentence: Sequence[Clause], out: Sequence[Draft]) -> None:
    """Sets the whole of a count where the rate right behind it is what it makes of the count before it.

    `委派调解8640件,成功5217件,成功率60.4%`: of one unit, in one segment; what was done with all (办结) names no part.
    """
    for whole, part, rate in zip(out, out[1:], out[2:], strict=False):
        value, amount, quantity = exact_count(whole), exact_count(part), rate.quantity
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
        whole, value = first.whole, plain_amount(first)
        if whole is None or value is None or whole.unit != first.unit or first.list_kind not in _OPENED:
            continue
        run: list[Draft] = []
        measured = exact_count(first) is None
        if not measured and (rest := _completing(sentence, out, place, rules)):
            for draft in rest:
                draft.whole, draft.list_kind = whole, first.list_kind
            continue
        if first.list_kind == "include" and not measured:
            continue
        for draft in out[place + 1 :]:
            clause = sentence[draft.clause]
            if draft.relation not in COUNTED or (measured and clause.mark != "SEMI"):
                continue  # 第一产业72亿元,增长3.8% ; 税收40亿元,短收2亿元
            alone = clause.mark == "SEMI" and clause.depth == sentence[first.clause].depth
            if (
                not alone
                or plain_amount(draft) is None
                or draft.unit != first.unit
                or draft.whole is not None
            ):
                break
            if _elsewhere(whole, draft, rules):
                break
            run.append(draft)
        total = sum((plain_amount(draft) or Decimal(0) for draft in run), value)
        limit = plain_amount(whole)
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
    whole, total = first.whole, plain_amount(first)
    limit = plain_amount(whole) if whole is not None else None
    rest: list[Draft] = []
    if whole is None or limit is None or total is None:
        return rest
    if limit < _LEAST_SUM and exact_count(whole) is not None:
        return rest
    for draft in out[place + 1 :]:
        amount = plain_amount(draft)
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


def _restated(sentence: Sequence[Clause], out: Sequence[Draft], place: int) -> int:
    """Returns how many claims behind `out[place]` count the same in other units: 接待|27批|、|49人次|."""
    here = out[place]
    behind = out[place + 1 : place + 2]
    return sum(item.unit != here.unit and sentence[item.clause].mark in _JOINTS for item in behind)


def _listed_apart(sentence: Sequence[Clause], out: Sequence[Draft], place: int) -> bool:
    """Says whether a semicolon parts the first count of a sentence from a list joined by 、.

    `收到申请25件,比上年少3件;自然人23件、其他组织2件`: what is so joined tells no story, as 答复40件;结转18件 does.
    """
    if (plain_amount(out[place]) or 0) < _LEAST_SUM or any(
        draft.relation in COUNTED for draft in out[:place]
    ):
        return False
    behind = [draft for draft in out[place + 1 :] if draft.relation in COUNTED and not draft.base]
    marks = [sentence[draft.clause].mark for draft in behind[:2]]
    return len(marks) > 1 and marks[0] == "SEMI" and marks[1] in _JOINTS


def _opposed(whole: Draft, part: Draft, rules: PartRules) -> bool:
    """Says whether the second is what became of the first: 总收入|246亿元|,总支出|241亿元|,结转下年|5亿元."""
    known = [other for one, other in rules.opposed if one in whole.own and one not in part.own]
    return any(map(part.own.__contains__, known))


def _elsewhere(one: Draft, other: Draft, rules: PartRules) -> bool:
    """Says whether two claims are told of channels of which neither names one of the other's: 网站420条, 微博130条."""
    here, there = (set(filter(draft.own.__contains__, rules.overlapping)) for draft in (one, other))
    return bool(here and there) and here.isdisjoint(there)


def _of_one_end(whole: Draft, part: Draft) -> bool:
    """Says whether the names of a whole and a part end with one word: 开展|检查|312次, 专项|检查|58次."""
    end = whole.own[-_LEAST_END:]
    return len(end) == _LEAST_END and part.own.endswith(end)
