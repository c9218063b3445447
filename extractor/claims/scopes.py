"""Whose a number is: the whole the report speaks for, its own office, or a body below it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from ..data import UNSCOPED, Scope
from ..knowledge.discourse import Discourse
from .authors import author_of, is_government, kinship
from .subjects import Mention

_LIST_GAP = 4
_LISTED_KINDS = frozenset({"subordinate", "whole"})
_LONGEST_NAME = 12
_LISTED = 14  # characters in which what opens a list may stand before its last member
_RANKED = "级"
_JOINED = "、和"  # between members of a list, whose first one may be an object: 为5个街道、镇各配备…
_ONE = ",;、"  # ends what is said of one number of a list
_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_AHEAD = 24  # characters behind a scope that may decide whether it is one

_Match = Any  # a match of `re` or of `regex`


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Says whether `place` lies in one of the sorted, disjoint `spans`."""
    index = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return index >= 0 and place < spans[index][1]


class Scopes:
    """All scope words of a folded text, asked for the one that governs a place."""

    def __init__(
        self, text: str, discourse: Discourse, counted: Collection[int], places: Sequence[tuple[int, int]]
    ) -> None:
        """Finds the scope words in the half-open `places` of `text`, which are sorted and disjoint.

        One that starts at an end in `counted` (41个县直单位) is none.
        """
        self._text = text
        self._counted = counted
        self._names = discourse.scope_names
        self._authors = discourse.authors
        self.author = author_of(text, discourse.authors)
        author = self.author
        self._ours, self._sites = None, [self._names.site]
        if author.known and not author.place:
            self._ours = self._names.own_of(author.name, sure=author.name.endswith(self._authors.kinds))
            self._sites += self._names.sites_of(author.name, self._authors.selves)
        # a letter that two ranks have is the lower one's
        self._ranks = {word: rank for rank, words in enumerate(self._authors.ranks) for word in words}
        found: list[Mention] = []
        spans: list[tuple[int, int]] = []
        for start, end in places:
            for match in _matches(self._names.words, text, start, end):
                kind = self._word(match[0], discourse.scopes) if match.lastgroup is None else ""
                if kind:
                    spans.append(match.span())
                    found.append(Mention(match.start(), match.end(), Scope(kind, match[0])))
            found.extend(self._made(text, start, end))
        self.spans = [span for span in spans if span[0] not in counted]
        # a body in the title of a document (《市政府办公室关于…》) is nobody here
        titles = [match.span() for match in _TITLE.finditer(text)] if found else []
        found = [item for item in found if item.start not in counted and not _within(item.start, titles)]
        self._named = [item for item in found if not self._object(item)]
        self._set(self._named)

    def add(self, subjects: Iterable[Mention]) -> None:
        """Adds the subjects of clauses; of those that overlap the one that starts first and ends last is kept."""
        acting = (
            item for item in subjects if self._text[item.start - 1] not in _JOINED or not self._object(item)
        )
        self._set([*self._named, *acting])

    def _set(self, found: list[Mention]) -> None:
        found.sort(key=lambda item: (item.start, -item.end))
        reach = accumulate((item.end for item in found), max, initial=0)
        self._found = [item for item, before in zip(found, reach, strict=False) if item.end > before]
        self._starts = [item.start for item in self._found]

    def _word(self, word: str, kinds: Mapping[str, str]) -> str:
        """Returns what a scope word is in the report of the author, "" of all that is above it (全市)."""
        return "" if kinds[word] == "whole" and self._above(word) else self._kind(word, kinds[word])

    def _kind(self, word: str, kind: str) -> str:
        """Returns what a body is to an office that reports, if it is a government or its own office, else `kind`.

        To a place the one of the place above stays a body: not the table's, whatever else it is.
        """
        office = self.author.known and not self.author.place
        named = office and kind == "body" and is_government(word, self._authors)
        return kinship(word, self.author, self._authors) if named else kind

    def _above(self, word: str) -> bool:
        """Says whether a scope word is of a rank above the author's: 全市 in the report of a county."""
        own = self.author.rank
        rank = self._ranks.get(word[word.startswith(self._names.ours)])
        return own is not None and rank is not None and rank < own

    def _made(self, text: str, start: int, end: int) -> Iterator[Mention]:
        """Yields the scopes told by how they are named, each with what it is in the report of this author."""
        names = self._names
        for kind, pattern in names.kinds:
            for match in _matches(pattern, text, start, end):
                if told := self._kind(match[0], kind):
                    yield Mention(match.start(), match.end(), Scope(told, match[0]))
        if self._ours is not None:
            for match in _matches(self._ours, text, start, end):
                yield Mention(match.start(), match.end(), Scope("body", match[0]))
        for pattern in self._sites:
            for match in _matches(pattern, text, start, end):
                ends = _ONE if match["listed"] else ";"
                yield Mention(match.start(), match.end(), Scope("body", match[0]), ends, brief=True)
        for pattern, kind_of in ((names.portal, self._portal), (names.level, self._level)):
            for match in _matches(pattern, text, start, end):
                if kind := kind_of(match):
                    own = pattern is names.portal
                    by = own and match["by"] is not None
                    ends = _ONE if by else ",;" if own else ";"
                    brief = not own and kind == "body"
                    yield Mention(match.start(), match.end(), Scope(kind, match[0]), ends, brief, by)

    def _object(self, item: Mention) -> bool:
        """Says whether bodies below are those with or to whom something is done: 与各部门…, 对12个乡镇…."""
        before = self._text[max(0, item.start - _LONGEST_NAME) : item.start]
        if item.scope.kind != "subordinate" and not item.scope.text.startswith(self._names.all):
            return item.scope.kind == "body" and self._names.purposes.search(before) is not None
        return self._names.objects.search(before) is not None

    def _portal(self, match: _Match) -> str:
        """Returns "body" for the government's own site, "" for that of another level or where an office reports."""
        author = self.author
        own = author.rank is None or match["level"] in self._authors.ranks[author.rank]
        return "body" if not author.known or (author.place and own) else ""

    def _level(self, match: _Match) -> str:
        """Returns what a rank of administration is to the author's; "" above it."""
        rank = next(rank for rank, words in enumerate(self._authors.ranks) if match["level"] in words)
        own = self.author.rank
        if own is None or rank == own:
            return "body"
        return "subordinate" if rank > own else ""

    def at(self, start: int, place: int, stop: int = -1) -> Scope:
        """Returns the scope named nearest before `place` and not before `start`, else unstated.

        A number that ends at `stop` and counts the bodies of a subject (6家|单位) is not that of others so counted.

        One in brackets ends with them. A subordinate one governs up to a semicolon, and so does a government where
        another scope was named before. Several subordinate scopes in one breath (各乡镇、县直各单位)
        stand for the whole they make up.
        """
        index = bisect_right(self._starts, place) - 1
        passed = UNSCOPED
        counting = index + 1 < len(self._starts) and self._starts[index + 1] == stop
        while index >= 0 and self._starts[index] >= start:
            begin, end, scope, ends, brief, _ = self._found[index]
            between = self._text[end:place]
            if (
                end > place
                or (counting and begin in self._counted)
                or between.count(")") > between.count("(")
                or self._aside(index, start, place)
            ):
                pass
            elif self._ended(between, ends + ";" if scope.kind == "subordinate" else ends):
                lasting = scope.kind == "body" and "、" not in ends and not brief
                passed = scope if lasting and not passed.text else passed
            else:
                return self._said(index, start)
            index -= 1
        return passed

    def _said(self, index: int, start: int) -> Scope:
        """Returns what scope `index` says of the number it governs, if need be by what was named before it.

        An account without an owner is its body's, what every body has is part of the one that was named, a site that
        something went through is whose it is; of the whole others tell too, and all of several kinds are the whole.
        """
        begin, _, scope, _, brief, weak = self._found[index]
        if scope.kind == UNSCOPED.kind or weak:
            owner = self.at(start, begin)
            if scope.kind == "body":
                return owner if owner.text else scope
            return owner if owner.kind == ("whole" if brief else "body") else scope
        if scope.kind == "subordinate" and self._listed(index, start):
            return Scope("whole", scope.text)
        return scope

    def _ended(self, between: str, ends: str) -> bool:
        """Says whether one of the marks in `ends` stands in `between`.

        A semicolon between items of a list is none, nor is one before the next budget of who is named.
        """
        place = between.find(";") if ";" in ends else -1
        names = self._names
        if (
            place >= 0
            and names.lists.search(between, 0, place) is None
            and names.other.search(between, place)
        ):
            return True
        return any(mark in between for mark in ends if mark != ";")

    def _aside(self, index: int, start: int, place: int) -> bool:
        """Says whether scope `index` is said in passing.

        So are the level of one number (街道级17个,接待|2万人次), the maker of one thing (由市政府印发的有6件,|16件),
        and bodies counted where a scope is named before.
        """
        begin, end, scope, *_ = self._found[index]
        if not scope.text:
            return begin > start and self.at(start, begin - 1).kind == "whole"
        if "," not in (between := self._text[end:place]) and "、" not in between:
            return False
        if scope.text.endswith(_RANKED) and between[0].isdigit():
            return True
        before = self._text[max(0, begin - _LONGEST_NAME) : begin]
        for by, made in self._names.makers:
            if by.search(before):
                return made.match(between) is not None
        return False

    def _listed(self, index: int, start: int) -> bool:
        """Says whether subordinate scope `index` and the one close before it speak of all there are."""
        before = self._found[index - 1] if index else None
        return (
            before is not None
            and before[0] >= start
            and before[2].kind in _LISTED_KINDS
            and 0 <= self._found[index][0] - before[1] <= _LIST_GAP
            and all(self._names.all in scope.text for scope in (before[2], self._found[index][2]))
        )


def _matches(pattern: Any, text: str, start: int, end: int) -> Iterator[_Match]:
    """Yields the matches that start in [start, end), which may look at what stands around it."""
    for match in pattern.finditer(text, start, end + _AHEAD):
        if match.start() >= end:
            break
        yield match
