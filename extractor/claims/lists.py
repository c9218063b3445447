"""Wholes and parts told by words: 其中, 包括, `X中`, colon and bracket lists to any depth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..data import Relation
from ..knowledge.discourse import Discourse
from ..tokens import Tokens
from .clauses import Clause
from .draft import Draft
from .wholes import COUNTED, Wholes, alone, amount, below

_BACK = 12  # how many claims back the whole of `X中` may stand
_ASIDE = 4  # clauses back from what divides a count to that count
_STOPS = frozenset({"STOP", "SEMI", "END", "COMMA"})
_LEADING = frozenset({"ADV", "CONJ", "T", "S", "AUX", "HAVE"})
_JOINTS = frozenset({"DUN", "CONJ"})
_EXPLAINED = (Relation.CHANGE, Relation.RATE)


@dataclass(slots=True)
class _List:
    """An open list: its whole, how it was introduced, and the bracket depth it lives at.

    A list behind a colon or under `X中` may part its members by semicolons (`colon`); any other ends at one. `sum` is
    what its members come to: a list that has come to its whole takes no more; `parted` counts the semicolons in it.
    """

    whole: Draft
    kind: str
    depth: int
    members: int = 0
    staged: bool = False
    colon: bool = False
    sum: Decimal = Decimal(0)
    parted: int = 0
    first: Draft | None = None

    @property
    def full(self) -> bool:
        """Whether two members or more come to the whole."""
        value = self.whole.quantity.value if self.whole.quantity else None
        return self.members > 1 and self.sum == value

    @property
    def goes_on(self) -> bool:
        """Whether the list goes on behind a semicolon: a full one only if semicolons part its members."""
        return self.colon and (self.parted > 0 or not self.full)

    def take(self, draft: Draft) -> None:
        """Makes `draft` a member."""
        draft.whole, draft.list_kind = self.whole, draft.list_kind or self.kind
        self.members += 1
        self.first = self.first or draft
        if draft.quantity is not None and draft.quantity.value is not None and draft.unit == self.whole.unit:
            self.sum += draft.quantity.value


def announces(tokens: Tokens, sentence: Sequence[Clause], discourse: Discourse) -> bool:
    """Says whether the first clause of a sentence does no more than open a list: 结果包括:…, 按渠道分,…."""
    if not sentence or sentence[0].counted:
        return False
    first = sentence[0]
    if tokens.tags[first.end - 1] == "M":
        return True
    return discourse.divided.fullmatch("".join(tokens.words[first.start : first.end])) is not None


class PartLinker:
    """Walks the clauses of one sentence and gives the members of each list their whole."""

    def __init__(
        self,
        tokens: Tokens,
        discourse: Discourse,
        wholes: Wholes,
        akin: Callable[[Draft, Draft], bool],
    ) -> None:
        self._tokens = tokens
        self._discourse = discourse
        self._wholes = wholes
        self._akin = akin  # whether two claims are named by kinds of which none is part of another
        self._lists: list[_List] = []
        self._pending = ""  # the kind of list that the next quantity opens
        self._topic = False  # that list is one under `X中`
        self._last: Draft | None = None
        self._earlier: Sequence[Draft] = ()
        self._own: list[Draft] = []  # the claims of this sentence up to here
        self._hosts: list[Draft | None] = []  # what each open bracket hangs on

    def link(
        self,
        sentence: Sequence[Clause],
        out: Sequence[Draft],
        before: Sequence[Draft],
        earlier: Sequence[Draft],
    ) -> None:
        """Sets `whole` and `list_kind` of the drafts of one sentence.

        Args:
            sentence: its clauses.
            out: its drafts, in order, their relations set.
            before: the wholes of the sentence before, one of them that of a sentence that opens with 其中.
            earlier: the drafts of the sentences before.
        """
        self._earlier, self._own = earlier[-_BACK:], []
        self._wholes.own, self._wholes.out, self._wholes.told = self._own, out, before
        if sentence and self._marker(sentence[0]) == "qizhong":
            self._last = self._wholes.opened()
        by_clause: dict[int, list[Draft]] = {}
        for draft in out:
            by_clause.setdefault(draft.clause, []).append(draft)
        for number, clause in enumerate(sentence):
            self._enter(number, clause)
            self._members(number, clause, by_clause.get(number, []))

    def _enter(self, number: int, clause: Clause) -> None:
        """Opens and closes what the mark before a clause opens and closes."""
        while len(self._hosts) < clause.depth:
            self._hosts.append(self._last)
            # 收入57亿元,完成预算的99%(预算|58亿元) tells what the rate is reckoned on
            of_rate = bool(self._own) and self._own[-1].relation in _EXPLAINED
            self._pending = "" if of_rate else "bracket"
        while len(self._hosts) > clause.depth:
            self._last = self._hosts.pop() or self._last
            self._pending = ""
            self._lists = [item for item in self._lists if item.depth <= len(self._hosts)]
        if clause.mark == "SEMI":
            self._lists = [item for item in self._lists if item.depth < clause.depth or item.goes_on]
            for item in self._lists:
                item.parted += 1
            self._pending = ""
        # 答复19件,答复率100%:同意公开12件
        between = (
            bool(self._own) and self._own[-1].relation not in COUNTED and self._own[-1].clause == number - 1
        )
        follows = self._last is not None and self._last.clause >= number - 1 - between
        if clause.mark == "COLON" and follows and not self._pending:
            self._pending = "include"

    def _members(self, number: int, clause: Clause, drafts: Sequence[Draft]) -> None:
        marker = self._marker(clause)
        if marker == "about" and (self._pending or any(item.depth == clause.depth for item in self._lists)):
            marker = ""  # 涉及 goes on with a list as well as opening one
        if marker and drafts and drafts[0].list_kind == "respectively" and not self._comes_to_last(drafts[0]):
            marker = ""  # 其余是甲和乙,分别为|42万元|、|88万元|
        alike = self._last is not None and self._last.relative and bool(drafts) and drafts[0].relative
        if marker == "about" and (clause.mark == "SEMI" or alike):
            marker = ""  # 企业8件,律师事务所3件;涉及环评文件的15件 ; 涉及拆迁的26件,涉及社保的|11件
        if marker == "include" and self._last is None and drafts:
            self._last = self._wholes.come_to(drafts[0])
        elif not marker and drafts and clause.depth == 0 and self._of_named(clause, drafts[0]):
            marker = "include"
        explains = self._explained(marker) and not (drafts and self._comes_to_last(drafts[0]))
        opens = marker == "qizhong" or (self._pending != "bracket" and not explains)
        if marker and self._last is not None and opens:
            self._pending = "include" if marker == "include" else "qizhong"
        staged = clause.mark not in _JOINTS and self._staged(clause)
        for draft in drafts:
            # 增量中用于防疫的2亿元
            elsewhere = explains or (bool(draft.topic) and not self._under(draft.topic))
            if draft.opens and clause.mark == "SEMI":
                self._lists = [item for item in self._lists if not item.colon]
            compared = (
                draft.base and not draft.reckoned and not draft.own
            )  # 事业收入12亿元,比上年的|11亿元|增加1亿元
            elsewhere = elsewhere or compared or draft.reckoned  # 其中文件743件,占总数|812件|的91.5%
            if not compared:
                self._open(clause, draft, marker, staged)
            if not elsewhere:
                self._place(clause, draft, staged)
            self._own.append(draft)
            some = draft.own.startswith(self._discourse.subsets)  # 发布会26场,主要负责同志出席|11场|,其中…
            if draft.relation in COUNTED and not (draft.base or (some and self._last is not None)):
                self._last = draft
                if draft.opens:  # 在公开的425条信息中
                    self._pending, self._topic = "qizhong", True
        if drafts:
            if self._last is drafts[-1] and self._tokens.words[clause.end - 1] in self._discourse.announcers:
                self._pending, self._topic = "include", True  # 答复69件的结果是,同意公开21件
            return
        if marker and self._tokens.tags[clause.end - 1] == "M":
            self._pending = self._pending or marker  # 其中: with its members behind the colon
        elif self._last is not None and self._divided(clause, number - self._last.clause):
            self._pending, self._topic = "include", True  # 来访27批,按内容分,…
        elif not self._under(self._named(clause)) and self._pending != "bracket":
            self._pending = ""

    def _divided(self, clause: Clause, distance: int) -> bool:
        """Says whether a clause without a number says by what the count `distance` clauses before it is divided.

        Changes and rates may stand between: 收到164件,比上年增加43件,增幅35.5%;按方式分,….
        """
        words = self._tokens.words[clause.start : clause.end]
        by = self._discourse.dividing.fullmatch("".join(words)) is not None
        if clause.mark == "SEMI" or distance > 1:
            alone = all(item is self._last or item.relation not in COUNTED or item.base for item in self._own)
            return by and alone and distance <= _ASIDE
        return by or words[-1] in self._discourse.announcers

    def _explained(self, marker: str) -> bool:
        """Says whether a change or rate stands behind the last count: what `marker` opens explains it."""
        if marker != "include" or not self._own:
            return False
        last = self._own[-1]
        only_done = last.nameless and last.unit_kind in self._discourse.named_kinds  # 短收2亿元,主要是减税
        return last.relation in _EXPLAINED or only_done

    def _comes_to_last(self, first: Draft) -> bool:
        """Says whether `first` and what follows it come to the last count: it is its list, whatever stands between."""
        return self._last is not None and amount(self._last) in self._wholes.sums(first)

    def _named(self, clause: Clause) -> str:
        """Returns the words of a clause that ends with 中 or 里, "" of any other."""
        words = self._tokens.words[clause.start : clause.end]
        return "".join(words[:-1]) if words[-1] in self._discourse.insides else ""

    def _under(self, words: str) -> bool:
        """Opens the list that `X中` announces, if `words` name an earlier claim or what follows comes to one."""
        if not words:
            return False
        host = self._wholes.named(words, self._earlier)
        behind = self._wholes.out[len(self._own) :]
        if host is None and behind:
            host = self._wholes.come_to(behind[0])  # 提起公诉13人;起诉人员中,县处级1人、乡科级5人、其他7人
        if host is None:
            return False
        self._last, self._pending, self._topic = host, "qizhong", True
        self._lists = [item for item in self._lists if not item.colon]
        return True

    def _of_named(self, clause: Clause, first: Draft) -> bool:
        """Opens the list of an earlier claim that the words before a list word name: 不予公开的情形|包括|内部2件."""
        tags, words = self._tokens.tags, self._tokens.words
        place = tags.index("M", clause.start) if "M" in tags[clause.start : clause.end] else clause.start
        kind = self._discourse.markers.get(words[place], "") if clause.start < place else ""
        if kind != "include" or "Q" in tags[clause.start : place]:
            return False
        host = self._wholes.named("".join(words[clause.start : place]), self._earlier)
        if host is None or host.unit != first.unit or below(host, first):
            return False
        self._last, self._pending = host, kind
        return True

    def _open(self, clause: Clause, draft: Draft, marker: str, staged: bool) -> None:
        """Opens the pending list with `draft` as its first member."""
        if self._last is None:
            self._pending = ""  # nothing was named that could have parts
        fresh = (
            self._pending == "bracket" or not self._lists or marker or clause.mark == "COLON" or self._topic
        )
        if not (self._pending and self._last is not None and fresh):
            return
        if not (self._pending == "bracket" and draft.restates):
            sum_of = (
                marker == "about" and draft.unit_kind in self._discourse.named_kinds
            )  # 项目4个,涉及金额|98万元
            host = self._last if sum_of else self._wholes.of(draft, self._last)
            inner = self._pending == "qizhong" and 0 < clause.depth == len(self._hosts)  # (其中,优3个;良1个)
            behind = clause.mark == "COLON" or self._topic or inner
            self._lists.append(_List(host, self._pending, clause.depth, staged=staged, colon=behind))
        self._pending, self._topic = "", False

    def _place(self, clause: Clause, draft: Draft, staged: bool) -> None:
        """Makes `draft` a member of the innermost list it fits; a verb of the main story ends a list of others."""
        lists = self._lists
        apart = clause.mark not in _JOINTS and not draft.own.startswith(self._discourse.siblings)
        while lists and lists[-1].depth == clause.depth:
            beside = apart and lists[-1].members > 0 and self._akin(lists[-1].whole, draft)
            more = draft.rest and clause.mark == "SEMI" and clause.depth > 0  # (其中结转3件;另不受理|2件)
            again = clause.mark in _JOINTS and draft.unit != lists[-1].whole.unit  # 骨干班5期、|420人次
            generic = clause.mark == "SEMI" and draft.unit in self._discourse.generic
            other = generic and below(lists[-1].whole, draft)  # 微博11个中有4个停更;查阅点|21个
            if not (beside or more or other or (self._over(lists[-1], draft, staged) and not again)):
                break
            lists.pop()  # 无法提供14件,其中不掌握10件,不予处理|3件
        if not lists or lists[-1].depth != clause.depth:
            return
        behind_change = bool(self._own) and self._own[-1].relation is Relation.CHANGE
        if draft.nameless and behind_change and draft.unit_kind in self._discourse.named_kinds:
            return  # 其中税收40亿元,下降8%,短收|2亿元
        # a number without unit that is rounded (粉丝5.23万) is no item of a list of counts
        exact = draft.quantity is not None and draft.quantity.interval.low == draft.quantity.interval.high
        bare = not draft.unit and bool(lists[-1].whole.unit) and not exact
        none = draft.quantity is not None and draft.quantity.value == 0  # 网上3件,传真为|零
        if (self._wholes.fits(draft, lists[-1].whole) and not bare) or (none and not draft.unit):
            lists[-1].take(draft)
        elif self._resumes(lists[-1], draft):
            opened = next(place for place, item in enumerate(self._own) if item is lists[-1].first)
            before = self._own[:opened]
            draft.whole = next((item for item in reversed(before) if alone(item, draft)), None)

    def _resumes(self, item: _List, draft: Draft) -> bool:
        """Says whether a claim in another unit may be a part of something else that the list's whole stands beside."""
        specific = draft.unit not in self._discourse.generic and draft.unit != item.whole.unit
        return item.kind == "qizhong" and item.members > 0 and draft.relation in COUNTED and specific

    @staticmethod
    def _over(item: _List, draft: Draft, staged: bool) -> bool:
        """Says whether a list ends before `draft`: at another verb, or because it has come to its whole."""
        counts = draft.quantity is not None and draft.quantity.value != 0 and draft.relation in COUNTED
        return (bool(item.members) and staged > item.staged) or (item.full and counts)

    def _marker(self, clause: Clause) -> str:
        """Returns the kind of list that the marker word opening a clause opens, "" without one."""
        opener = self._discourse.composed[0]
        words = self._tokens.words[clause.start : clause.end]
        if opener in words and self._composed(clause.start + words.index(opener), opener != words[0]):
            return "include"
        for index in range(clause.start, clause.end):
            tag, word = self._tokens.tags[index], self._tokens.words[index]
            if word in self._discourse.markers and (
                index == clause.start or word not in self._discourse.respectively
            ):
                return self._discourse.markers[word]
            if tag not in _LEADING:
                break
        place = clause.counted[0] - 1 if clause.counted else clause.start  # 派审计组对其中|9个|部门核查
        within = self._discourse.markers.get(self._tokens.words[place], "") if place > clause.start else ""
        return within if within == "qizhong" else ""

    def _composed(self, start: int, several: bool) -> bool:
        """Says whether what ends a composition (由…组成) comes before the next stop, behind a count or `several`."""
        tokens = self._tokens
        counts = 0
        for index in range(start, len(tokens.words)):
            if tokens.words[index] in self._discourse.composed[1:]:
                return counts > several
            if tokens.tags[index] in _STOPS:
                return False
            counts += tokens.tags[index] == "Q"
        return False

    def _staged(self, clause: Clause) -> bool:
        """Says whether a clause opens with a verb of the main story (收到, 答复, 召开 …)."""
        for index in range(clause.start, clause.end):
            if self._tokens.tags[index] in ("V", "N", "Q"):  # 2个|发布商业广告 says what became of two
                return self._tokens.words[index] in self._discourse.stages
        return False
