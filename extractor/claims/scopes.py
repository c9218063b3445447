"""Whose a number is: the whole the report speaks for, its own office, or a body below it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from ..data import UNSCOPED, Scope
from ..knowledge.discourse import Discourse
from ..knowledge.scopes import Authors

_LIST_GAP = 4
_TITLE_REACH = 600  # characters in which a report says whose it is
_LONGEST_NAME = 12
_SHORT_NAME = 3
_LISTED = 14  # characters in which what opens a list may stand before its last member
_RANKED = "级"
_MAKER = re.compile(r"由[^,;。:\d]*$")
_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_DATE_ENDS = "年月日底末"
_AHEAD = 24  # characters behind a scope that may decide whether it is one

_Found = tuple[int, int, Scope]
_Match = Any  # a match of `re` or of `regex`


@dataclass(frozen=True, slots=True)
class Author:
    """Who reports: `name` without the words of government, `rank` from the top (0) down, None where neither is known.

    `place` says that it is a place or town, and so the whole its report speaks for, not one office.
    """

    name: str = ""
    rank: int | None = None
    place: bool = False

    @property
    def known(self) -> bool:
        """Whether the text says who reports."""
        return bool(self.name)


def author_of(text: str, authors: Authors) -> Author:
    """Returns who reports, by the title of the folded `text`; an empty one where no title names a body."""
    match = authors.title.search(text, 0, _TITLE_REACH)
    if match is None:
        return Author()
    name = match["before"] or match["after"] or match["alone"] or ""
    bare = _bare(name, authors)
    ranks = [rank for rank, words in enumerate(authors.ranks) if bare.endswith(words)]
    if ranks:
        return Author(bare, ranks[0], place=True)
    above = [rank for rank, words in enumerate(authors.ranks) if any(word in bare[:-1] for word in words)]
    return Author(bare, max(above, default=None), place=False)


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Says whether `place` lies in one of the sorted, disjoint `spans`."""
    index = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return index >= 0 and place < spans[index][1]


def _abbreviates(name: str, full: str) -> bool:
    """Says whether the letters of `name` stand in `full` in their order: 市人社局, 某市人力资源和社会保障局."""
    letters = iter(full)
    return all(letter in letters for letter in name)


def _bare(name: str, authors: Authors) -> str:
    """Returns the name of a place without the words of its government."""
    return next((name.removesuffix(word) for word in authors.governments if name.endswith(word)), name)


class Scopes:
    """All scope words of a folded text, asked for the one that governs a place."""

    def __init__(
        self, text: str, discourse: Discourse, counted: Collection[int], places: Sequence[tuple[int, int]]
    ) -> None:
        """Finds the scope words in the half-open `places` of `text`, which are sorted and disjoint.

        One that starts at an end in `counted` (41个县直单位) is none.
        """
        self._text = text
        self._names = discourse.scope_names
        self._authors = discourse.authors
        self._author = author_of(text, discourse.authors)
        found: list[_Found] = []
        spans: list[tuple[int, int]] = []
        for start, end in places:
            for match in _matches(self._names.words, text, start, end):
                if match.lastgroup is None:
                    spans.append(match.span())
                    found.append((*match.span(), Scope(discourse.scopes[match[0]], match[0])))
            found.extend(self._made(text, start, end))
        self.spans = [span for span in spans if span[0] not in counted]
        # a body in the title of a document (《市政府办公室关于…》) is nobody here
        titles = [match.span() for match in _TITLE.finditer(text)] if found else []
        found = [item for item in found if item[0] not in counted and not _within(item[0], titles)]
        found.sort(key=lambda item: (item[0], -item[1]))
        reach = accumulate((end for _, end, _ in found), max, initial=0)
        found = [item for item, before in zip(found, reach, strict=False) if item[1] > before]
        self._found = found
        self._starts = [start for start, _, _ in found]

    def _made(self, text: str, start: int, end: int) -> Iterator[_Found]:
        """Yields the scopes told by how they are named, each with what it is in the report of this author."""
        names = self._names
        for kind, pattern in names.kinds:
            for match in _matches(pattern, text, start, end):
                yield *match.span(), Scope(kind, match[0])
        for match in _matches(names.counted, text, start, end):
            yield match.start(), match.start(), Scope("subordinate", "")  # its own number is theirs too
        for pattern, kind_of in ((names.portal, self._portal), (names.level, self._level)):
            for match in _matches(pattern, text, start, end):
                if kind := kind_of(match):
                    yield *match.span(), Scope(kind, match[0])
        for acting in _matches(names.acting, text, start, end):
            subject = self._opening(text, acting.start(), acting.end())
            if subject is not None and (kind := self._subject(subject)):
                yield *subject.span(), Scope(kind, subject[0])

    def _opening(self, text: str, place: int, end: int) -> _Match | None:
        """Returns the subject that ends with the word [place, end) and opens its clause or follows a date."""
        first = place
        while first > max(0, place - _LONGEST_NAME) and "\u4e00" <= text[first - 1] <= "\u9fff":
            first -= 1
        starts = (first, *(at + 1 for at in range(first, place) if text[at] in _DATE_ENDS))
        matches = (self._names.subject.match(text, start) for start in starts)
        return next((match for match in matches if match is not None and match.end() == end), None)

    def _portal(self, match: _Match) -> str:
        """Returns "body" for the government's own site, "" for that of another level or where an office reports."""
        author = self._author
        own = author.rank is None or match["level"] in self._authors.ranks[author.rank]
        return "body" if not author.known or (author.place and own) else ""

    def _subject(self, match: _Match) -> str:
        """Returns what a body named as subject is: the author, or one below it."""
        name, author, authors = match["name"], self._author, self._authors
        towns, selves = authors.towns, authors.selves
        before = match.string[max(0, match.start() - _LISTED) : match.start()]
        if any(word in name for word in self._names.never) or (
            before.endswith("、") and self._names.every in before
        ):
            return ""  # 全市博物馆、美术馆 are all there are
        bare = _bare(name, authors)
        own = author.known and (author.name.endswith(bare) or name.endswith(author.name))
        if author.place:
            own = own or (name in towns and author.name.endswith(towns))
        else:
            short = len(name) >= _SHORT_NAME and _abbreviates(name, author.name)
            own = own or short or (name in selves and author.name.endswith(selves))
        if own:
            return "whole" if author.place else "body"
        if name.endswith(self._names.offices) or name in (*towns, *selves):
            return ""
        return "subordinate"

    def _level(self, match: _Match) -> str:
        """Returns what a rank of administration is to the author's; "" above it."""
        rank = next(rank for rank, words in enumerate(self._authors.ranks) if match["level"] in words)
        own = self._author.rank
        if own is None or rank == own:
            return "body"
        return "subordinate" if rank > own else ""

    def at(self, start: int, place: int) -> Scope:
        """Returns the scope named nearest before `place` and not before `start`, else unstated.

        A subordinate one governs up to a semicolon. Several subordinate scopes in one breath (各乡镇、县直各单位)
        stand for the whole they make up.
        """
        index = bisect_right(self._starts, place) - 1
        while index >= 0 and self._starts[index] >= start:
            _, end, scope = self._found[index]
            passed = scope.kind == "subordinate" and ";" in self._text[end:place]
            if end <= place and not (passed or self._aside(index, start, place)):
                if scope.kind != "subordinate" or not self._listed(index, start):
                    return scope
                return Scope("whole", scope.text)
            index -= 1
        return UNSCOPED

    def _aside(self, index: int, start: int, place: int) -> bool:
        """Says whether scope `index` is said in passing.

        So are the level of one number (街道级17个,接待|2万人次), the maker of one thing (由市政府印发的有6件,|16件),
        and bodies counted where a scope is named before.
        """
        begin, end, scope = self._found[index]
        if not scope.text:
            return index > 0 and self._starts[index - 1] >= start
        if "," not in (between := self._text[end:place]) and "、" not in between:
            return False
        if scope.text.endswith(_RANKED) and between[0].isdigit():
            return True
        before = self._text[max(0, begin - _LONGEST_NAME) : begin]
        made = "由" in before and _MAKER.search(before) is not None
        return made and "的" in between[:_LISTED] and "," in between

    def _listed(self, index: int, start: int) -> bool:
        """Says whether scope `index` and the subordinate one close before it speak of all there are."""
        before = self._found[index - 1] if index else None
        return (
            before is not None
            and before[0] >= start
            and before[2].kind == "subordinate"
            and 0 <= self._found[index][0] - before[1] <= _LIST_GAP
            and all(self._names.all in scope.text for scope in (before[2], self._found[index][2]))
        )


def _matches(pattern: Any, text: str, start: int, end: int) -> Iterator[_Match]:
    """Yields the matches that start in [start, end), which may look at what stands around it."""
    for match in pattern.finditer(text, start, end + _AHEAD):
        if match.start() >= end:
            break
        yield match
