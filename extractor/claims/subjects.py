"""Subjects: the bodies that clauses open with, read from the words that make the phrase before a predicate.

`县图书馆接待…`, `各派出所受理…`, `21个村张贴…`, `县教育局公众号推送…`: a run of nouns whose last word names a body, or
the channel or people of one, with a predicate behind it. Whose body it is, the report's author decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..data import UNSCOPED, Scope
from ..knowledge.scopes import Authors, SubjectWords
from ..tokens import Tokens
from .authors import Author, is_foreign, placed
from .bodies import ACTS, AND_OTHERS, JOINTS, Bodies, Member
from .clauses import Clause
from .owners import Owners, Setting

_PREDICATES = frozenset({"V", "ADV", "P", "NEG", "HAVE", "COP", "Q", "T", "M"})
_LEADERS = frozenset({"T", "ADV", "CONJ", "DUN", "M"})
_COUNTING = frozenset({"COP", "HAVE", "Q"})
_OF = "的"
_SHORTEST = 2  # letters of a name
_NAMED = {"body", "subordinate"}
_NAMING = frozenset({"COP", "HAVE"})  # what stands before the bodies that are named
_ONE = ",;、"  # ends what is said of one number


class Mention(NamedTuple):
    """A scope named at [start, end) of the folded text, which one of the marks in `ends` closes.

    One that a mark of a list closes speaks of one number; any other body that is not `brief` is who is meant where
    nobody else is named. A `weak` one is part of a body named before it.
    """

    start: int
    end: int
    scope: Scope
    ends: str = ""
    brief: bool = False
    weak: bool = False


class Subjects:
    """Reads the subjects of clauses in the report of one author."""

    def __init__(
        self, words: SubjectWords, author: Author, authors: Authors, respectively: Collection[str] = ()
    ) -> None:
        self._words = words
        self._respectively = respectively
        self._author = author
        self._authors = authors
        self._leads = words.leads | words.others
        self._bodies = Bodies(words, author, authors)
        self._owners = Owners(words, author, authors, self._bodies)

    def of(self, tokens: Tokens, sentence: Sequence[Clause]) -> Iterator[Mention]:
        """Yields the subject of each clause that opens with one, in order."""
        for place, clause in enumerate(sentence):
            after = sentence[place + 1] if place + 1 < len(sentence) else None
            labels = after is not None and after.mark == "COLON"
            bracketed = after is not None and after.mark == "LB" and tokens.tags[after.start] == "Q"
            number = after.start if after is not None and bracketed else -1
            first = place
            while first and sentence[first].mark in JOINTS and tokens.tags[sentence[first].start] == "Q":
                first -= 1
            if first < place:
                clause = clause._replace(start=sentence[first].start)  # 213个村和|17个社区张贴…
            mention = self._subject(tokens, clause, labels, number)
            mention = mention or self._named(tokens, sentence, place, number)
            if mention is None and (found := self._finding(tokens, clause)):
                mention = self._subject(tokens, clause._replace(start=found), labels, number)
            if mention is not None:
                passing = mention.scope.kind == "subordinate" and _passing(
                    tokens, sentence, place, mention.start
                )
                passing = passing and not self._owners.is_sited(mention.scope.text)
                yield mention._replace(ends=",;") if passing else mention

    def _subject(self, tokens: Tokens, clause: Clause, labels: bool, bracketed: int) -> Mention | None:
        """Returns the subject that opens a clause.

        `labels` says that a colon ends the clause; `bracketed` is the token of the number in brackets right behind it,
        -1 where none stands there.
        """
        tags, words, known = tokens.tags, tokens.words, self._words
        place, end, others = clause.start, clause.end, False
        if tags[place] in _LEADERS or words[place] in self._leads:
            place, others = self._opening(tokens, clause)
        if place < end and words[place][0] in known.letters and words[place].startswith(known.above):
            return self._above(tokens, place, end)
        members, stop = self._bodies.phrase(tokens, place, end)
        agent = place > clause.start and words[place - 1] == known.agent and clause.mark != "START"
        if not members or (agent and "Q" not in tags[place:end]):
            return None  # 申请9件,由|校办|答复,其中…
        if others and not members[0].counted:
            members[0] = members[0]._replace(each=True)
        if len(members) > 1 and self._apposed(tokens, stop, end):
            stop += 1  # 市规划局、市住建局|两家|受理
        if stop < end and self._ruled_out(tokens, members[-1], stop, end):
            return None
        number = bracketed if stop == end else stop
        behind = tags[number] if number >= 0 else ""
        possessive = stop < end and words[stop] == _OF
        deed = stop < end and (words[stop].startswith(known.acts) or words[stop] in known.deeds)
        acts = behind in _PREDICATES or deed
        if not (acts or possessive or (labels and stop == end)):
            return None
        listed = behind == "Q" or not behind
        counted = not behind or (behind == "Q" and words[number].endswith(known.counters))
        if behind in _COUNTING and not clause.depth and self._are_counted(tokens, stop, end):
            return None  # 帮扶村|3个 ; 上市公司|达|288家
        setting = Setting(possessive, listed, counted, inner=clause.depth > 0)
        kinds = {kind for member in members if (kind := self._owners.of(tokens, member, setting))}
        if not kinds and acts and self._is_foreign(words[members[-1].start : stop]):
            return _foreign(tokens, place, stop)
        if not kinds or (len(members) > 1 and not self._bodies.holds(tokens, members[-1], known.channels)):
            return None
        each = any(member.each for member in members)
        kind = kinds.pop() if len(kinds) == 1 else "subordinate" if kinds == _NAMED and not each else "whole"
        return self._mention(tokens, members, place, stop, "subordinate" if others else kind, behind == "Q")

    def _finding(self, tokens: Tokens, clause: Clause) -> int:
        """Returns the token of a count of bodies right behind a word that tells what was found, 0 without one.

        审计|发现|其中|3个|单位|挪用资金20万元.
        """
        if not clause.counted or (first := clause.counted[0]) == clause.start:
            return 0
        told = first - (tokens.tags[first - 1] == "M")
        behind = told > clause.start and tokens.words[told - 1] in self._words.finding
        return first if behind and tokens.words[first].endswith(self._words.counters) else 0

    def _opening(self, tokens: Tokens, clause: Clause) -> tuple[int, bool]:
        """Returns where the subject of a clause may start, and whether it is the others of a kind (其他|单位).

        The end of the clause where it opens with what names nobody.
        """
        place, others = clause.start, False
        while place < clause.end and tokens.words[place] != self._words.each:
            word = tokens.words[place]
            if tokens.tags[place] not in _LEADERS and word not in self._leads:
                break
            if word in self._words.vague:
                return clause.end, False
            others = others or word in self._words.others
            place += 1
        return place, others

    def _ruled_out(self, tokens: Tokens, member: Member, stop: int, end: int) -> bool:
        """Says whether the words behind the phrase that ends at `stop` make it no subject."""
        words = tokens.words
        if words[stop] in self._words.apart and not member.counted:
            return True
        plain = self._words.rates.isdisjoint(words[stop + 1 : stop + 3])
        if (not plain or words[stop] in self._words.accounts) and self._owners.is_kind(tokens, member):
            return True  # 公立医院|支出|3万元 ; 乡镇处理站|运行|率|88%
        several = tokens.tags[stop] == "Q" and words[stop - 1] == AND_OTHERS
        return several and not self._bodies.counts(tokens, stop, end)  # 投向市医院等|14个|项目

    def _mention(
        self, tokens: Tokens, members: Sequence[Member], place: int, stop: int, kind: str, numbered: bool
    ) -> Mention:
        """Returns the members at [place, stop) as a scope; `numbered` says that a number stands right behind them."""
        words, first = tokens.words, members[0]
        begin = tokens.starts[place]
        if first.counted and first.start == place + 1:
            begin = tokens.starts[place + 1]  # 6家|单位: how many they are is nobody's number
        # a count of bodies is theirs too
        stop = next((member.start - 1 for member in members if member.counted), stop)
        last = tokens.ends[stop - 1] if stop > place else begin
        name = "".join(words[place:stop])
        # 城管|中心|立案|43件,… ; 市级|层面|4期、61人次
        acted = words[stop - 1] in self._words.deeds or name.endswith(self._words.tiers)
        ends = ";" if kind == "subordinate" or (kind == "body" and self._author.place) else ""
        ends = _ONE if (numbered and not acted) or words[place] in self._words.one_by_one else ends
        if kind != "subordinate":
            return Mention(begin, last, Scope(kind, name), ends, brief=name.endswith(self._words.tiers))
        # 办事大厅, 领导小组办公室: whose they are who was named before says
        sole = len(members) == 1 and not (first.each or first.counted)
        organ = name.endswith(self._words.organs) and name not in self._words.powers
        weak = sole and organ and not placed(name, self._authors)
        return Mention(begin, last, Scope(kind, name), ends, weak=weak)

    def _named(
        self, tokens: Tokens, sentence: Sequence[Clause], place: int, bracketed: int
    ) -> Mention | None:
        """Returns the bodies that a clause names with their numbers.

        最多的|是|县水务局|21件 ; 较多的部门|有|县水务局(21件).
        """
        clause = sentence[place]
        if _NAMING.isdisjoint(tokens.tags[clause.start + 1 : clause.end - 1]):
            return None
        after = sentence[place + 1] if place + 1 < len(sentence) else None
        asking = (_OF, *self._words.generic, *self._words.towns)
        for index in range(clause.start + 1, clause.end - 1):
            if tokens.tags[index] == "Q":
                break
            if tokens.tags[index] not in _NAMING or not tokens.words[index - 1].endswith(asking):
                continue
            members, stop = self._bodies.phrase(tokens, index + 1, clause.end)
            numbered = tokens.tags[stop] == "Q" if stop < clause.end else bracketed >= 0
            # 是县水务局,达21件 ; 是县水务局、县住建局,分别为…
            shared = stop == clause.end and after is not None and self._tells_of(tokens, after)
            if not members or not (numbered or shared):
                continue
            kinds = {self._owners.of(tokens, member, Setting(listed=True)) for member in members}
            if kinds == {"subordinate"}:
                start, last = tokens.starts[index + 1], tokens.ends[stop - 1]
                text = "".join(tokens.words[index + 1 : stop])
                return Mention(start, last, Scope("subordinate", text), _ONE if numbered else ";")
        return None

    def _tells_of(self, tokens: Tokens, clause: Clause) -> bool:
        """Says whether a clause tells the numbers of who was named right before it: 达|21件, 分别|为…."""
        start = clause.start
        told = tokens.tags[start] == "COP" and tokens.tags[start + 1 : start + 2] == ["Q"]
        return told or tokens.words[start] in self._respectively

    def _apposed(self, tokens: Tokens, place: int, end: int) -> bool:
        """Says whether the token at `place` counts the bodies before it, which then act: 两家|受理."""
        counts = (
            place + 1 < end
            and tokens.tags[place] == "Q"
            and tokens.words[place].endswith(self._words.counters)
        )
        return counts and tokens.tags[place + 1] in ACTS

    def _are_counted(self, tokens: Tokens, place: int, end: int) -> bool:
        """Says whether the number behind the phrase that ends at `place` counts it: 帮扶村|3个, but 市科委|5个事项."""
        if place < end - 1 and tokens.tags[place] in ("COP", "HAVE"):
            place += 1
        if place >= end or tokens.tags[place] != "Q":
            return False
        more = place + 1 < end and tokens.tags[place + 1] == "N"
        counts = tokens.words[place].endswith(self._words.counters)
        before = place - 1 if tokens.tags[place - 1] not in ("COP", "HAVE") else place - 2
        while tokens.tags[before] in ("RB", "LB") or tokens.tags[before + 1] == "RB":
            before -= 1  # 服务中心|(站)|39个
        return counts and not more and self._bodies.named(tokens.words[before])

    def _above(self, tokens: Tokens, place: int, end: int) -> Mention | None:
        """Returns the power above all that report that opens a clause, where it acts: 交通运输部|官网|采用."""
        stop = next((index for index in range(place, end) if tokens.tags[index] != "N"), end)
        return _foreign(tokens, place, stop) if tokens.tags[stop] in ACTS else None

    def _is_foreign(self, words: Sequence[str]) -> bool:
        """Says whether words name a body above whoever reports, or a power beside it: 省水利厅|网站."""
        last = -1 if self._bodies.named(words[-1]) else -2
        if last < -1 and (len(words) < _SHORTEST or not self._bodies.named(words[last])):
            return False
        return is_foreign("".join(words[: len(words) + 1 + last]), self._author, self._authors)


def _foreign(tokens: Tokens, start: int, end: int) -> Mention:
    """Returns the words [start, end) as those of somebody else: a comma does not end what he did, a semicolon does."""
    scope = Scope(UNSCOPED.kind, "".join(tokens.words[start:end]))
    return Mention(tokens.starts[start], tokens.ends[end - 1], scope, ";", brief=True)


def _passing(tokens: Tokens, sentence: Sequence[Clause], place: int, subject: int) -> bool:
    """Says whether clause `place` counts nothing behind its `subject`, and the next one something else.

    医院跻身前列,就诊率|91%.
    """
    clause, after = sentence[place], sentence[place + 1 : place + 2]
    counts = any(tokens.starts[index] >= subject for index in clause.counted)
    if counts or not after or after[0].mark != "COMMA":
        return False
    start, end = after[0].start, after[0].end
    acts = len(tokens.words[start]) == 1 and tokens.tags[start + 1] in ("V", "COP")  # 多|领补贴3万元
    return tokens.tags[start] in ("N", "Q") and not acts and "Q" in tokens.tags[start:end]
