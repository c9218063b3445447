"""What a claim takes over from the claims and words around it, where its own phrase does not say all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from ..data import Relation
from ..knowledge.discourse import Discourse
from ..tokens import Tokens
from .clauses import Clause
from .draft import Draft
from .topics import Topics
from .wholes import COUNTED
from .wording import strip, words_of

_OF_MAIN = (Relation.CHANGE, Relation.RATE, Relation.RANK)
_OF_ITSELF = (Relation.LEVEL, Relation.SHARE)
_OF_WHOLE = (Relation.RATE, Relation.SHARE)
_MEASURED = frozenset({"money", "time", "percent", "point", "fraction", "ratio", "multiple", "length"})
_SHORT = 5  # a phrase below this many characters leans on the claim before it
_SHORT_LEAD = 12
_LEAST_THING = 2


def inherit(
    sentence: Sequence[Clause],
    out: Sequence[Draft],
    lead: str,
    discourse: Discourse,
    told: Draft | None,
    topics: Topics,
) -> Draft | None:
    """Fills `context` of each draft: its lead, its whole, the claim before it, the sentence's opening words.

    A name that ends with a word for the end of a range (用时最长) is taken over without it. Returns what a sentence
    behind that names nothing of its own speaks of, as this one does of `told` (与上年的1022万元相比,增加148万元); what
    sentences before have counted is in `topics`.
    """
    previous: Draft | None = None
    last: Draft | None = None
    main: Draft | None = None  # the last claim that is no part of another
    funds: Draft | None = None  # the last sum of money that is one
    chain: Draft | None = None  # what the change right before is one of
    count: Draft | None = None  # the last claim with a phrase of its own
    same_unit: dict[str, Draft] = {}  # unit → the last claim in it that names a thing
    things: dict[str, str] = {}  # unit → the last thing counted in it
    named: list[Draft] = []
    verb: tuple[str, str] = ("", "")  # the last verb said, and the unit of what it governs
    for place, draft in enumerate(out):
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
        dated = draft.figure and draft.said.startswith(tuple(discourse.earlier))  # 上年决算|5万元
        said = not draft.restates and not dated
        said_own = draft.own
        if draft.goal and last is not None:
            draft.full = last.name  # 栏目由26个优化为|18个
        source = last
        of_main = draft.relation in _OF_MAIN or draft.reckoned
        # 为预算85亿元的102%,比上年的|81亿元|增长6%
        if of_main or (draft.base and last is not None and last.relation in _OF_MAIN):
            # of what a semicolon parts from the main claim, the claim beside it is meant
            near = main is None or not _parted(sentence, main, draft)
            source = (main or last) if near else (count or last)
            if last is not None and _by_itself(sentence, out[:place], last, draft):
                source = last
        if draft.base or draft.relation is Relation.CHANGE:
            if chain is not None:
                source = chain  # 上年的50万元,增加|5万元,增长|10%
            elif funds is not None and draft.unit_kind == "money" != (source or draft).unit_kind:
                source = funds  # 工程230万元,用于整治山塘6口,较上年减少|30万元
            elif draft.base and main is not None and sentence[draft.clause].mark == "SEMI":
                source = main  # 整治65万元,含工资40万元;上年|60万元
        beside = source
        if draft.relation is Relation.TOTAL and not draft.reckoned:
            before = out[place - 1] if place else draft
            # 三项资金合计|87.8亿元
            source = before if before.clause == draft.clause and before.has_noun else None
            source = source or _first_alike(sentence, out, place) or out[0]
            if draft.restates and draft.tail and all(item.unit != draft.unit for item in out[:place]):
                draft.own = draft.tail  # 14个乡镇设立了查阅点,共46处
        alone = draft.whole is None and draft.relation in _OF_ITSELF
        hinted = alone or (draft.whole is None and draft.relation is Relation.TOTAL)
        same = previous is not None and previous.unit == draft.unit and draft.whole is not previous
        if draft.fallback and source is last and last is not None and not last.has_noun:
            source = previous or last  # 新收申请78件,承接3件,|两项|相加
        untold = draft.relation is Relation.TOTAL and all(item.unit != draft.unit for item in out[:place])
        beside_sum = draft.base and funds is not None and draft.unit_kind == "money"
        if draft.restates and draft.hint and (alone or untold) and not beside_sum:
            draft.own = draft.hint
        elif (
            draft.own and not draft.has_noun and draft.hint and hinted and not (draft.act or draft.predicate)
        ):
            draft.own = draft.hint + draft.own  # 公示栏陈旧,待更换|5块
        elif draft.leaning and alone and previous is not None and same:
            draft.own = previous.own + draft.own  # 审批事项9项,取消|2项
        sibling = source is last and last is not None and last.whole is draft.whole
        if draft.whole is not None and sibling and draft.relation is Relation.LEVEL:
            source = draft.whole  # 回应热点96次,其中借微信41次,第四季度|30次
        unsaid = draft.base or draft.relation is Relation.CHANGE
        if source is None and place == 0 and unsaid and not lead:
            source = told
        if draft.owner and _held(source) is not draft:
            source = _held(source)  # 农民27件,企业15件;…,县政府办|9件
        if draft.restates and source is not None and source is not draft and source.own:
            summed = lead and draft.relation is Relation.TOTAL and source.clause != draft.clause
            draft.own, draft.full = (lead, "") if summed else (source.own, source.full)
            if draft.owner:
                draft.own = draft.owner if draft.whole is not None else draft.owner + draft.own
                draft.full = draft.owner + draft.full if draft.full else ""
            if last is not None and last.reckoned and draft.relation is Relation.RATE:
                draft.full = source.name + last.own.removeprefix(source.name)  # 支出3万元,完成预算5万元的|58%
            elif draft.reckoned and draft.relation is Relation.TOTAL and draft.said:
                draft.own, draft.full = draft.said, ""  # 公开规范性文件743件,占制发总数|812件|的91.5%
            elif (draft.relation in _OF_WHOLE or draft.base) and draft.said:
                draft.full = (
                    source.name + draft.said
                )  # 完成投资28亿元,占全部投资的|44% ; 收入58亿元,完成预算的|99%
            seen = [phrase for phrase in seen if phrase != draft.own]
        elif draft.restates and draft.fallback:
            draft.own = draft.fallback
        elif draft.restates and seen:
            draft.own = seen.pop(0)
        if draft.relation is Relation.RANK:
            # 测评得93.57分,在三级医院中排|第二 ; 在全省评估中列|第三
            anchor = next((item for item in reversed(out[:place]) if item.clause < draft.clause), None)
            itself = not topics.unnamed(draft)  # 增长4.1%,出口额保持西部|第1位
            ranked = draft.own if not said_own or anchor is None or itself else anchor.name
            draft.full = ranked + draft.among + said_own.removeprefix(ranked)
        level = draft.whole is None and draft.relation is Relation.LEVEL
        phrase = draft.own
        if draft.act and level and previous is not None and same:
            short = len(previous.thing) < _LEAST_THING and not previous.verb
            draft.own += previous.own if short else previous.thing  # 受理申请58件,答复|55件
        elif draft.act and level and lead and not same and len(lead) <= _SHORT_LEAD:
            draft.own += lead  # 规范性文件方面,制发|23件
        if draft.measure and draft.whole is None and last is not None and last.unit != draft.unit:
            draft.full = last.name + draft.own  # 集中采购3项,金额|96万元 ; 举办培训1期,各县|80人|参加
            draft.own = draft.own if draft.lead else last.own + draft.own
        elif draft.mean and draft.own and last is not None and last.relation in COUNTED:
            end = next((word for word in discourse.extremes if last.name.endswith(word)), "")
            name = draft.full or draft.said or draft.own
            draft.full = (
                last.name.removesuffix(end) + name
            )  # 回应留言337条,平均|1.8天|办结 ; 案例2批,每批|10件
        elif draft.unsaid and level and draft.unit in things:
            draft.full = draft.own + things[draft.unit]  # 本级收到申请58件,规划局收到|73件
        elif draft.act and level and draft.own == phrase and draft.unit in things:
            draft.full = draft.own + things[draft.unit]  # 申请月均22.8件,高峰在3月,收到|41件
        elif draft.due and last is not None and last.relation in COUNTED and not draft.full:
            draft.full = last.name + draft.own  # 漏洞8个,全部在|24小时内|修补
        if draft.act and draft.owner:
            draft.own = draft.owner + draft.own  # 规划部门收到|64件
        whole = draft.whole
        some = whole is not None and whole.unit == draft.unit and not (whole.act or draft.full)
        open_end = draft.unsaid or draft.relative or draft.became or (draft.predicate and draft.verbal)
        if whole is not None and some and open_end and not draft.nameless and not draft.full:
            draft.full = whole.name + (draft.said or draft.own)  # 培训12期,其中市级举办|4期
        inside = draft.whole is not None and draft.whole.opens and draft.whole.clause == draft.clause
        if inside and draft.whole is not None and draft.has_noun and draft.relation is Relation.LEVEL:
            draft.own = draft.whole.own + draft.own  # 28件文件中有|5件被废止
        if draft.predicate and draft.relation in _OF_WHOLE and last is not None and not draft.full:
            of_what = last if last.opens else main or last
            draft.full = (
                of_what.name + draft.own
            )  # 收到申请48件,八成以上|与旧改有关 ; 2.4万条内容中有|6%|过期
        if draft.figure and not draft.full:
            draft.full = _item(sentence, out[:place], draft, discourse.figures) + (
                draft.said if dated else draft.own
            )  # 接待费预算数6万元,决算数|5万元
        if draft.everything:
            draft.own = _repeated(draft, out) + draft.own  # 收到申请33件,33件|全部办结
        elif draft.nameless and not draft.full and draft.own == said_own:
            spent = last if last is not None and last.unit_kind == "money" and place else None
            near = spent is not None and not _parted(sentence, spent, draft) and draft.unit not in same_unit
            measured = last if draft.unit_kind in _MEASURED else None  # but 发布会12场,培训|300人次
            topic = draft.whole or measured or _held(same_unit.get(draft.unit))
            topic = topic or (spent if near else None)  # 出国费18万元,仅成行|1批
            thing = topics.of(draft.unit) if _counts(draft) and topics.elliptic(draft) else ""
            draft.full = (topic.name if topic is not None else thing) + (
                draft.said or draft.own
            )  # 信息员2316名,年内更换|401名
        unnamed = topics.unnamed(draft)
        silent = unnamed and draft.own == said_own and not (draft.full or draft.everything)
        topical = lead if len(lead) <= _SHORT_LEAD else ""  # 文件方面,全市制发23件,现有|148件
        classed = draft.own.endswith(discourse.topics.bounds)  # 其中十亿元以上|9个
        silent = silent and (whole is None or open_end or draft.predicate or draft.clausal or classed)
        kind = not draft.became and draft.own.startswith(discourse.siblings)  # 本机关不掌握|5件
        if silent and not kind and draft.relation in COUNTED and _counts(draft) and topics.elliptic(draft):
            # 发现隐患518处。已经整改|502处
            thing = (
                whole.name
                if whole is not None and some
                else things.get(draft.unit) or topical or topics.of(draft.unit)
            )
            if thing and thing not in draft.own:
                draft.full = thing + (draft.said or draft.own)
        draft.context = seen[:4]
        if draft.own and not draft.nameless and not unnamed:
            same_unit[draft.unit] = draft
        if not unnamed:
            named.append(draft)
            if len(draft.thing) >= _LEAST_THING:
                things[draft.unit] = draft.thing
            elif not (draft.thing or draft.unsaid):
                things.setdefault(draft.unit, draft.own)  # 企业净增28家,总数|316家
        last = last if (draft.average or draft.lasting) and last is not None else draft
        aside = draft.opens or draft.average or draft.reckoned or draft.lasting
        tells = draft.whole is None and not aside
        inner = main is not None and sentence[draft.clause].depth > sentence[main.clause].depth
        main = draft if tells and not inner and (said or main is None) else main
        count = draft if said else count
        if dated:
            chain = next((item for item in reversed(out[:place]) if item.has_noun and not item.figure), None)
        else:
            chain = beside if not said_own and (draft.base or draft.relation is Relation.CHANGE) else None
        funds = draft if tells and said and not inner and draft.unit_kind == "money" else funds
        if (
            draft.has_noun
            and draft.whole is None
            and not draft.mean
            and (previous is None or len(draft.own) >= _SHORT)
        ):
            previous = draft
    topics.keep(sentence, named)
    return next((item for item in out if item is main), None) or told


def _counts(draft: Draft) -> bool:
    """Says whether a draft counts something that its unit alone does not name."""
    return bool(draft.unit) and draft.unit_kind not in _MEASURED


def _by_itself(sentence: Sequence[Clause], before: Sequence[Draft], part: Draft, draft: Draft) -> bool:
    """Says whether a change right behind a part is that of the part: 其中企业16万户、增长|5%,个体户52万户、增长|3%.

    One behind parts that have none of their own is that of their whole, and so is one behind a bracket.
    """
    if part.whole is None or not part.has_noun or sentence[part.clause].depth != sentence[draft.clause].depth:
        return False
    listed = [item.relation in COUNTED and item.whole is part.whole for item in before]
    return not any(one and other for one, other in pairwise(listed))


def _item(sentence: Sequence[Clause], before: Sequence[Draft], draft: Draft, figures: Collection[str]) -> str:
    """Returns the name of the item whose figure was told last in the segment of `draft`, without the words of that."""
    near = (item for item in reversed(before) if not _parted(sentence, item, draft))
    told = next((item.name for item in near if item.relation in COUNTED and not item.base), "")
    return told.removesuffix(max(filter(told.endswith, figures), key=len, default=""))


def _parted(sentence: Sequence[Clause], one: Draft, other: Draft) -> bool:
    """Says whether a semicolon stands between two claims."""
    return any(clause.mark == "SEMI" for clause in sentence[one.clause + 1 : other.clause + 1])


def _held(part: Draft | None) -> Draft | None:
    """Returns the whole of a part in its unit, else the claim itself: of what the part is of, others are too."""
    whole = part.whole if part is not None else None
    return whole if part is not None and whole is not None and whole.unit == part.unit else part


def _first_alike(sentence: Sequence[Clause], out: Sequence[Draft], place: int) -> Draft | None:
    """Returns the first claim of the same unit behind the last semicolon before `out[place]`, None without one."""
    draft = out[place]
    near = (item for item in out[:place] if not _parted(sentence, item, draft))
    return next((item for item in near if item.unit == draft.unit and item.own), None)


def _repeated(draft: Draft, out: Sequence[Draft]) -> str:
    """Returns the phrase of an earlier claim of the same number and unit, "" without one."""
    if draft.quantity is None:
        return ""
    number = draft.quantity.value, draft.unit
    earlier = out[: next(place for place, item in enumerate(out) if item is draft)]
    same = (item for item in reversed(earlier) if item.quantity is not None and item.own)
    return next(
        (item.own for item in same if item.quantity and (item.quantity.value, item.unit) == number), ""
    )


def opening(text: str, tokens: Tokens, sentence: Sequence[Clause], discourse: Discourse) -> str:
    """Returns the words that open a sentence before its first clause with a quantity, "" without any."""
    if len(sentence) < 2:
        return ""
    first = sentence[0]
    if first.counted:
        return ""
    start, end = strip(tokens, first.start, first.end)
    while start < end and tokens.words[end - 1] in discourse.locatives:
        end -= 1
    phrase = words_of(text, tokens, start, end)
    return phrase[-30:] if len(phrase) > 1 else ""  # 2021年12月31日|前
