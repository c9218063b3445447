"""Owners of numbers: whose a body is that a clause names, the whole, whoever reports, or one below."""

from __future__ import annotations

from typing import NamedTuple

from ..knowledge.scopes import Authors, SubjectWords
from ..tokens import Tokens
from .authors import (
    Author,
    below,
    calls_itself,
    core_of,
    governs,
    is_government,
    is_office,
    is_one_office,
    is_place,
    kinship,
    placed,
)
from .bodies import JOINTS, Bodies, Member, words_of

_SHORTEST = 2  # letters of a name
_LONGEST_TAIL = 2  # words behind a body that may be what it did
_CERTAIN = 3  # letters of a kind of body that there is one of


class Setting(NamedTuple):
    """How a clause names bodies.

    `possessive`: 的 stands behind them. `listed`: a number does, or nothing, so that they may be what is counted;
    less so in brackets (`inner`), and surely where bodies are `counted` so.
    """

    possessive: bool = False
    listed: bool = False
    counted: bool = False
    inner: bool = False


class _Name(NamedTuple):
    """The words of a body, the last of them alone, its name, and what it did or has behind that."""

    words: list[str]
    last: str
    text: str
    tail: list[str]


class Owners:
    """Tells the kind of scope of bodies in the report of one author."""

    def __init__(self, words: SubjectWords, author: Author, authors: Authors, bodies: Bodies) -> None:
        self._words = words
        self._author = author
        self._authors = authors
        self._bodies = bodies
        self._core = core_of(author, authors)
        own = (
            word for words in authors.selves for word in words if len(word) > 1 and author.name.endswith(word)
        )
        # 财政所, whosever it is, and a water company in the report of one
        self._certain = (*words.certain, *own)

    def of(self, tokens: Tokens, member: Member, setting: Setting) -> str:
        """Returns the kind of scope a member is, "" of one that names no body."""
        known = self._words
        names = words_of(tokens, member)
        if member.each and names[0].startswith(known.each):
            names[0] = names[0].removeprefix(known.each)
        last = next((place for place in reversed(range(len(names))) if self._bodies.named(names[place])), -1)
        if names[-1].endswith(known.tiers) and (tier := known.tier.fullmatch("".join(names))):
            return self._level(tier["level"])
        if last < 0:
            named = self._core and "".join(names) == self._core and not setting.listed
            account = tokens.words[member.end : member.end + 1] == [known.account]  # 梧阳|发布|微博
            return "whole" if named and not account else ""
        name = _Name(names[: last + 1], names[last], "".join(names[: last + 1]), names[last + 1 :])
        if self._is_none(name):
            return ""
        if member.counted:
            return self._of_counted(name, setting)
        if name.tail and name.tail[0] in known.deeds:
            name = name._replace(tail=name.tail[:1])  # 检测站|检测|样本
        joined = member.start > 0 and tokens.tags[member.start - 1] in JOINTS
        if known.lands.intersection(names) or known.levels.intersection(names[not joined :]):
            return "whole"
        return self._of_named(tokens, member, name, setting)

    def is_kind(self, tokens: Tokens, member: Member) -> bool:
        """Says whether a member names a kind of bodies, and not one of them, all of them or some that are counted."""
        name = "".join(tokens.words[member.start : member.end])
        return not (member.counted or member.each or self._is_one(name))

    def is_sited(self, name: str) -> bool:
        """Says whether a name is that of a place or of an office of one: who it is goes on behind a comma."""
        place = is_place(name, self._authors) and not name.endswith(self._authors.ranks[-1])
        sited = place or is_office(name, self._authors)
        return sited and not any(trade in name for trade in self._words.trades)

    def _is_none(self, name: _Name) -> bool:
        """Says whether words that end as a body are none: 市长信箱和12345政府, 全部."""
        known = self._words
        text = name.text
        if text.endswith(known.governing) and text != known.governing:
            return not governs(text, self._authors) or self._is_thing(name)
        return self._is_thing(name)

    def _is_thing(self, name: _Name) -> bool:
        """Says whether a name is that of a thing that ends as bodies do, or of what is inside another body."""
        known = self._words
        if name.text.endswith(known.things) and name.last not in known.alone:
            return True
        return name.last in known.inside and kinship(name.text, self._author, self._authors) != "body"

    def _of_counted(self, name: _Name, setting: Setting) -> str:
        """Returns the kind of bodies that are counted: 12家单位|往来款|挂账, but 810个省|重点项目."""
        sure = self._author.place or not self._author.known or not self._vague(name.text)
        theirs = (
            setting.possessive
            or setting.listed
            or self._words.inside.issuperset(name.tail)
            or not is_place(name.last, self._authors)
        )
        return "subordinate" if sure and theirs else ""

    def _of_named(self, tokens: Tokens, member: Member, name: _Name, setting: Setting) -> str:
        """Returns the kind of one body, or of all of a kind."""
        known, text, tail = self._words, name.text, name.tail
        listed, counted = setting.listed, setting.counted
        towns = text in known.towns and self._author.place
        spoken = any(word.endswith(known.channels) for word in tail)
        staff = bool(tail) and tail[-1].endswith(known.people)
        if staff and not calls_itself(text, self._author, self._authors):
            return "subordinate" if towns and not listed else ""
        if member.each:
            whole = text.endswith(known.all_of) and not spoken
            return "" if counted else "whole" if whole else "subordinate"
        kinds = towns and "LB" in tokens.tags[member.start : member.end]  # 镇(街道): all that there are
        theirs = spoken or (kinds and not listed) or staff
        own = listed and not (counted or spoken) and len(tail) <= _LONGEST_TAIL and self._sure(name)
        if tail and not (theirs or own or self._is_one(text)):
            return ""
        if towns and (tail or setting.inner or not counted):
            kind = kinship(text, self._author, self._authors) or "subordinate"
            return "body" if kind == "whole" and spoken else kind
        if name.last.endswith(known.generic):
            return self._of_generic(name, setting, spoken)
        return self._of_one(tokens, member, name, setting, spoken, own)

    def _of_generic(self, name: _Name, setting: Setting, spoken: bool) -> str:
        """Returns the kind of a body that says only of what kind it is: 行政|机关, but 党政部门|2条."""
        known, text = self._words, name.text
        sited = placed(text, self._authors)
        if name.last in known.line and is_government(text.removesuffix(name.last), self._authors):
            return "whole"
        if sited and kinship(text, self._author, self._authors) == "body":
            return "body"  # 镇机关
        alone = setting.counted if sited or text not in known.generic else setting.listed
        if setting.possessive or (name.tail and not spoken) or (alone and not name.tail):
            return ""
        # 责任单位, 部门|机关
        kinds_only = text in known.generic or all(word in known.generic for word in name.words)
        kind_only = kinds_only or (len(name.words) == 1 and not setting.listed)
        power = text in known.powers and not setting.counted
        return "subordinate" if not kind_only or ((spoken or power) and self._author.place) else ""

    def _of_one(
        self, tokens: Tokens, member: Member, name: _Name, setting: Setting, spoken: bool, own: bool
    ) -> str:
        """Returns the kind of a body that has a name of its own; `own` says that its tail may be what it did."""
        known, text = self._words, name.text
        if text.startswith(known.sorts) and is_place(text, self._authors):
            return ""
        branch = below(text, self._author, self._authors)
        place = is_place(text, self._authors) and not setting.counted
        named = branch or placed(text, self._authors) or place
        named = named or (text.endswith(known.offices) and not name.tail)
        if len(text) < _SHORTEST or (setting.listed and not (named or (name.tail and own))):
            return ""
        kind = kinship(text, self._author, self._authors)
        if kind == "whole" and spoken:
            return "body"
        told = named or kind == "body" or text.endswith(self._certain) or text.startswith(known.below)
        told = told or (not (setting.listed or setting.possessive) and self._unit(tokens, member, name))
        return kind if told or name.last not in known.trades else ""

    def _level(self, word: str) -> str:
        """Returns what a level of administration is to the author's; "" above it."""
        rank = next(rank for rank, words in enumerate(self._authors.ranks) if word in words)
        own = self._author.rank
        if own is None or rank == own:
            return "body"
        return "subordinate" if rank > own else ""

    def _is_one(self, name: str) -> bool:
        """Says whether a name is that of one office, town or village: 县水务局, 东岗村, but 行政村, 示范村."""
        known = self._words
        sort = name.startswith(known.sorts) or name in known.towns
        town = self._author.place and len(name) >= _CERTAIN and not sort and is_place(name, self._authors)
        return town or is_one_office(name, self._author, self._authors)

    def _sure(self, name: _Name) -> bool:
        """Says whether a name is that of one body, of a kind whose nouns are its own: 执法大队|立案, 局办公室|收文."""
        known, text, last = self._words, name.text, name.last
        loose = (
            last.endswith(known.generic) or last in known.trades or text in known.towns or last in known.alone
        )
        return len(text) >= _CERTAIN and not loose and text.endswith(self._certain)

    def _unit(self, tokens: Tokens, member: Member, name: _Name) -> bool:
        """Says whether a name is that of a unit by its last word: 城管|办|答复, but 新|办|专栏, 清单|所|列."""
        named = name.last in self._words.units and len(name.text) - len(name.last) >= _SHORTEST
        return named and len(tokens.words[member.end]) >= _SHORTEST

    def _vague(self, name: str) -> bool:
        """Says whether a name of a kind does not say whether bodies of that kind are below whoever reports."""
        known = self._words
        return name.endswith((*known.generic, *known.trades, *known.towns)) and not name.startswith(
            known.below
        )
