"""What a claim takes over from the claims and words around it, where its own phrase does not say all."""

from __future__ import annotations

from collections.abc import Sequence

from ..data import Relation
from ..knowledge.discourse import Discourse
from ..tokens import Tokens
from .clauses import Clause
from .draft import Draft
from .telling import LEAST_NAME, LEAST_THING, Telling, changed, held
from .topics import Topics
from .wholes import COUNTED
from .wording import strip, words_of

_OF_MAIN = (Relation.CHANGE, Relation.RATE, Relation.RANK)
_OF_ITSELF = (Relation.LEVEL, Relation.SHARE)
_OF_WHOLE = (Relation.RATE, Relation.SHARE)
_MEASURED = frozenset({"money", "time", "percent", "point", "fraction", "ratio", "multiple", "length"})
_SHORT_LEAD = 12
_CONTEXT = 4  # phrases around a claim that say what it is about


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
    telling = Telling(sentence, out)
    for place in range(len(out)):
        _Heir(telling, place, lead, discourse, topics).inherit(told)
    topics.keep(sentence, telling.named)
    return next((item for item in out if item is telling.main), None) or told


class _Heir:
    """The claim at `place`, while it takes over what it does not say."""

    def __init__(self, telling: Telling, place: int, lead: str, discourse: Discourse, topics: Topics) -> None:
        draft = telling.drafts[place]
        self.telling = telling
        self.place = place
        self.draft = draft
        self.lead = lead
        self.discourse = discourse
        self.topics = topics
        self.dated = draft.figure and draft.said.startswith(tuple(discourse.earlier))  # 上年决算|5万元
        self.bare = draft.restates
        self.said = not self.bare and not self.dated
        self.said_own = draft.own
        apart = draft.whole is None
        self.level = apart and draft.relation is Relation.LEVEL
        self.alone = apart and draft.relation in _OF_ITSELF
        self.total = draft.relation is Relation.TOTAL
        before = telling.previous
        self.same = (
            before if before is not None and before.unit == draft.unit and draft.whole is not before else None
        )
        self.context: list[str] = []

    def inherit(self, told: Draft | None) -> None:
        """Takes over, in the order in which one step may need what another found."""
        draft, telling = self.draft, self.telling
        telling.speak(draft)
        self.context = self._around()
        if draft.goal and telling.last is not None:
            draft.full = telling.last.name  # 栏目由26个优化为|18个
        beside = None if self.said_own else self._of_which()
        source = self._of_total() if self.bare and self.total and not draft.reckoned else beside
        if draft.hint or draft.leaning:
            self._complete()
        if draft.restates:
            self._restate(self._settled(source, told))
        if draft.relation is Relation.RANK:
            self._rank()
        phrase = draft.own
        if draft.act:
            self._deed()
        if draft.measure or draft.mean or draft.unsaid or draft.act or draft.due:
            self._measure(phrase)
        if draft.act and draft.owner:
            draft.own = draft.owner + draft.own  # 规划部门收到|64件
        by_whole = self._of_whole()
        if draft.figure and not draft.full:
            item = telling.item(self.place, self.discourse.figures)
            draft.full = item + (draft.said if self.dated else draft.own)  # 接待费预算数6万元,决算数|5万元
        if draft.everything:
            draft.own = telling.repeated(self.place) + draft.own  # 收到申请33件,33件|全部办结
        elif draft.nameless and not draft.full and draft.own == self.said_own:
            self._topic()
        unnamed = self.topics.unnamed(draft)
        if unnamed and draft.own == self.said_own and not (draft.full or draft.everything):
            self._thing(by_whole)
        draft.context = self.context[:_CONTEXT]
        if not unnamed:
            telling.name(draft)
        telling.keep(draft, self.said)
        telling.chain = self._chain(beside)

    def _around(self) -> list[str]:
        """Returns the phrases around it: its lead, its whole, the claim before, the opening of the sentence."""
        draft, previous = self.draft, self.telling.previous
        context = [draft.lead]
        if draft.whole is not None:
            context.append(draft.whole.own)
            context.extend(draft.whole.context)
        leans = not draft.has_noun or len(draft.own) < LEAST_NAME
        if previous is not None and draft.whole is not previous and leans:
            context.append(previous.own)
            context.extend(previous.context)
        context.append(self.lead)
        return [phrase for phrase in dict.fromkeys(context) if phrase and phrase != draft.own]

    # ---------------------------------------------------------------- whose number it is

    def _of_which(self) -> Draft | None:
        """Returns the claim whose change, rate or rank it is, else the one right before."""
        draft, telling = self.draft, self.telling
        source = last = telling.last
        # 为预算85亿元的102%,比上年的|81亿元|增长6%
        behind_change = draft.base and last is not None and last.relation in _OF_MAIN
        if draft.relation in _OF_MAIN or draft.reckoned or behind_change:
            # of what a semicolon parts from the main claim, the claim beside it is meant
            near = telling.main is None or not telling.parted(telling.main, draft)
            source = (telling.main or last) if near else (telling.count or last)
            if telling.by_itself(self.place):
                source = last
        if changed(draft):
            if telling.chain is not None:
                return telling.chain  # 上年的50万元,增加|5万元,增长|10%
            if telling.funds is not None and draft.unit_kind == "money" != (source or draft).unit_kind:
                return telling.funds  # 工程230万元,用于整治山塘6口,较上年减少|30万元
            if draft.base and telling.main is not None and telling.sentence[draft.clause].mark == "SEMI":
                return telling.main  # 整治65万元,含工资40万元;上年|60万元
        return source

    def _of_total(self) -> Draft:
        """Returns what a total counts: what stands beside it, the first of its unit, or what opens the sentence."""
        draft, telling = self.draft, self.telling
        before = telling.drafts[self.place - 1] if self.place else draft
        # 三项资金合计|87.8亿元
        source = (
            before if before.clause == draft.clause and before.has_noun else telling.first_alike(self.place)
        )
        if draft.tail and telling.untold(self.place):
            draft.own = draft.tail  # 14个乡镇设立了查阅点,共46处
        return source or telling.drafts[0]

    def _settled(self, source: Draft | None, told: Draft | None) -> Draft | None:
        """Returns the claim it takes its name from, where others are nearer to it than `source`."""
        draft, last = self.draft, self.telling.last
        if draft.fallback and source is last and last is not None and not last.has_noun:
            source = self.telling.previous or last  # 新收申请78件,承接3件,|两项|相加
        sibling = source is last and last is not None and last.whole is draft.whole
        # 沉淀资金4830万元,其中6个部门的|1207万元
        owned = last is not None and last.own.endswith(tuple(self.discourse.attributes))
        inner = draft.shares and owned and draft.whole is not None and draft.whole.unit == draft.unit
        if draft.whole is not None and (sibling or inner) and draft.relation is Relation.LEVEL:
            source = draft.whole  # 回应热点96次,其中借微信41次,第四季度|30次
        if source is None and self.place == 0 and changed(draft) and not self.lead:
            source = told
        if draft.owner and held(source) is not draft:
            source = held(source)  # 农民27件,企业15件;…,县政府办|9件
        return source

    def _chain(self, beside: Draft | None) -> Draft | None:
        """Returns what a change right behind it is one of, None where that is to be found anew."""
        if self.dated:
            before = reversed(self.telling.drafts[: self.place])
            return next((item for item in before if item.has_noun and not item.figure), None)
        return beside if not self.said_own and changed(self.draft) else None

    # ---------------------------------------------------------------- what its own words lack

    def _complete(self) -> None:
        """Completes its own words by the clause before that has no number, or by the thing named before."""
        draft, funds = self.draft, self.telling.funds
        beside_sum = draft.base and funds is not None and draft.unit_kind == "money"
        first = self.alone or (self.total and self.telling.untold(self.place))
        hinted = self.alone or (self.total and draft.whole is None)
        nameless = draft.own and not (draft.has_noun or draft.act or draft.predicate)
        if draft.hint and draft.restates and first and not beside_sum:
            draft.own = draft.hint
        elif draft.hint and nameless and hinted:
            draft.own = draft.hint + draft.own  # 公示栏陈旧,待更换|5块
        elif draft.leaning and self.alone and self.same is not None:
            draft.own = self.same.own + draft.own  # 审批事项9项,取消|2项

    def _restate(self, source: Draft | None) -> None:
        """Names what has no words of its own: by `source`, else by what stands around it."""
        draft, last = self.draft, self.telling.last
        if source is None or source is draft or not source.own:
            if draft.fallback:
                draft.own = draft.fallback
            elif self.context:
                draft.own = self.context.pop(0)
            return
        summed = self.lead and self.total and source.clause != draft.clause
        draft.own, draft.full = (self.lead, "") if summed else (source.own, source.full)
        if draft.owner:
            draft.own = draft.owner if draft.whole is not None else draft.owner + draft.own
            draft.full = draft.owner + draft.full if draft.full else ""
        if last is not None and last.reckoned and draft.relation is Relation.RATE:
            draft.full = source.name + last.own.removeprefix(source.name)  # 支出3万元,完成预算5万元的|58%
        elif draft.reckoned and self.total and draft.said:
            draft.own, draft.full = draft.said, ""  # 公开规范性文件743件,占制发总数|812件|的91.5%
        elif (draft.relation in _OF_WHOLE or draft.base) and draft.said:
            # 完成投资28亿元,占全部投资的|44% ; 收入58亿元,完成预算的|99%
            draft.full = source.name + draft.said
        elif draft.summing and self.total:
            draft.full = draft.name + draft.summing  # 专项债券6亿元、补助2亿元,合计|8亿元
        self.context = [phrase for phrase in self.context if phrase != draft.own]

    def _rank(self) -> None:
        """Says what was ranked, and among whom: 测评得93.57分,在三级医院中排|第二 ; 在全省评估中列|第三."""
        draft = self.draft
        before = reversed(self.telling.drafts[: self.place])
        anchor = next((item for item in before if item.clause < draft.clause), None)
        itself = not self.topics.unnamed(draft)  # 增长4.1%,出口额保持西部|第1位
        ranked = draft.own if not self.said_own or anchor is None or itself else anchor.name
        draft.full = ranked + draft.among + self.said_own.removeprefix(ranked)

    def _deed(self) -> None:
        """Says to what something was done."""
        draft, before = self.draft, self.same
        if self.level and before is not None:
            short = len(before.thing) < LEAST_THING and not before.verb
            draft.own += before.own if short else before.thing  # 受理申请58件,答复|55件
        elif self.level and self.lead and len(self.lead) <= _SHORT_LEAD and draft.own not in self.lead:
            draft.own += self.lead  # 规范性文件方面,制发|23件

    def _measure(self, phrase: str) -> None:
        """Says what a measure, an average or a limit of time is of; `phrase` is its own before a thing was added."""
        draft, last, things = self.draft, self.telling.last, self.telling.things
        counted = last is not None and last.relation in COUNTED
        if draft.measure and draft.whole is None and last is not None and last.unit != draft.unit:
            draft.full = last.name + draft.own  # 集中采购3项,金额|96万元 ; 举办培训1期,各县|80人|参加
            draft.own = draft.own if draft.lead else last.own + draft.own
        elif draft.mean and draft.own and last is not None and counted:
            end = next((word for word in self.discourse.extremes if last.name.endswith(word)), "")
            # 回应留言337条,平均|1.8天|办结 ; 案例2批,每批|10件
            draft.full = last.name.removesuffix(end) + (draft.full or draft.said or draft.own)
        elif draft.unsaid and self.level and draft.unit in things:
            draft.full = draft.own + things[draft.unit]  # 本级收到申请58件,规划局收到|73件
        elif draft.act and self.level and draft.own == phrase and draft.unit in things:
            draft.full = draft.own + things[draft.unit]  # 申请月均22.8件,高峰在3月,收到|41件
        elif draft.due and last is not None and counted and not draft.full:
            draft.full = last.name + draft.own  # 漏洞8个,全部在|24小时内|修补

    # ---------------------------------------------------------------- what it is part of, and what it counts

    def _of_whole(self) -> bool:
        """Says of what it is a part; returns whether its whole could name it, being of its unit and named itself."""
        draft, whole, last = self.draft, self.draft.whole, self.telling.last
        some = whole is not None and whole.unit == draft.unit and not (whole.act or draft.full)
        if whole is not None and some and self._open_end() and not draft.nameless and not draft.full:
            draft.full = whole.name + (draft.said or draft.own)  # 培训12期,其中市级举办|4期
        inside = whole is not None and whole.opens and whole.clause == draft.clause
        if whole is not None and inside and draft.has_noun and draft.relation is Relation.LEVEL:
            draft.own = whole.own + draft.own  # 28件文件中有|5件被废止
        if draft.predicate and draft.relation in _OF_WHOLE and last is not None and not draft.full:
            # 收到申请48件,八成以上|与旧改有关 ; 2.4万条内容中有|6%|过期
            draft.full = (last if last.opens else self.telling.main or last).name + draft.own
        return some

    def _open_end(self) -> bool:
        """Says whether its phrase ends before the thing it counts."""
        draft = self.draft
        said = draft.predicate and (draft.verbal or draft.unit_kind == "money")  # 其中|800万元|逾期
        return draft.unsaid or draft.relative or draft.became or said

    def _topic(self) -> None:
        """Names what holds no noun: by its whole, by what it measures, or by what was counted in its unit."""
        draft, telling, last = self.draft, self.telling, self.telling.last
        topic = draft.whole or (last if draft.unit_kind in _MEASURED else None)  # but 发布会12场,培训|300人次
        topic = topic or held(telling.by_unit.get(draft.unit))
        spent = last is not None and last.unit_kind == "money" and not telling.parted(last, draft)
        if topic is None and spent and draft.unit not in telling.by_unit:
            topic = last  # 出国费18万元,仅成行|1批
        thing = self.topics.of(draft.unit) if _counts(draft) and self.topics.elliptic(draft) else ""
        # 信息员2316名,年内更换|401名
        draft.full = (topic.name if topic is not None else thing) + (draft.said or draft.own)

    def _thing(self, by_whole: bool) -> None:
        """Names what its phrase does not, by its whole or the thing counted last: 发现隐患518处。已经整改|502处."""
        draft, whole = self.draft, self.draft.whole
        classed = draft.own.endswith(self.discourse.topics.bounds)  # 其中十亿元以上|9个
        if whole is not None and not (self._open_end() or draft.predicate or draft.clausal or classed):
            return
        if not draft.became and draft.own.startswith(self.discourse.siblings):
            return  # 本机关不掌握|5件
        if draft.relation not in COUNTED or not _counts(draft) or not self.topics.elliptic(draft):
            return
        topical = self.lead if len(self.lead) <= _SHORT_LEAD else ""  # 文件方面,全市制发23件,现有|148件
        near = self.telling.things.get(draft.unit) or topical or self.topics.of(draft.unit)
        thing = whole.name if whole is not None and by_whole else near
        if thing and thing not in draft.own:
            draft.full = thing + (draft.said or draft.own)


def _counts(draft: Draft) -> bool:
    """Says whether a draft counts something that its unit alone does not name."""
    return bool(draft.unit) and draft.unit_kind not in _MEASURED


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
