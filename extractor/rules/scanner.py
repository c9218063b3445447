"""One walk over the numbers of a text, each to its fate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import NamedTuple

from ..data import Exclusion, Quantity
from ..knowledge import Knowledge
from ..numerals import NUMERAL_LETTERS
from .exclusions import (
    ADDRESS,
    ADDRESS_ENDS,
    QUOTE_LONGEST,
    QUOTE_SENTENCE,
    QUOTES,
    rule_of,
)
from .lexicon import SCALES, Lexicon, compile_lexicon
from .patterns import DIGIT, DIGITS
from .quantities import ZERO, read_quantities, share_units, zero
from .written import ARABIC, CHINESE, MARK, START, read_arabic, read_chinese

Span = tuple[int, int]
_DATE, _MARK = "exclude.date", "exclude.list_mark"
_DIGIT_RUN = re.compile(rf"[{DIGIT}]+")
_NUMERALS = DIGITS | frozenset(NUMERAL_LETTERS)
_FIRST_YEAR, _LAST_YEAR = 1990, 2049
# rules that give way to a unit right behind the number: 12km, 12345件
_UNLESS_UNIT = frozenset({"exclude__code", "exclude__hotline", "exclude__list_mark__bare"})
# how far before 第二 a word may stand that makes it a rank: 排名全省第二
_RANK_REACH = 8
_SINGLES = frozenset("一十百千万亿零〇○半几数")


@dataclass(frozen=True, slots=True)
class Scan:
    """All numbers of a text by fate; every part is sorted and disjoint from the others."""

    quantities: tuple[Quantity, ...]
    exclusions: tuple[Exclusion, ...]
    unexplained: tuple[Span, ...]


class _Covered(NamedTuple):
    """A stretch that a rule excludes if numbers stand in it."""

    start: int
    end: int
    rule: str


def scan(folded_text: str, knowledge: Knowledge) -> Scan:
    """Returns quantities, exclusions and unexplained numbers of `folded_text`, as offsets into it.

    Every number (see the package docstring) is in exactly one of the three.
    """
    return _Walk(folded_text, compile_lexicon(knowledge.language)).run()


class _Walk:
    """The state of one scan."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.quantities: list[Quantity] = []
        self.exclusions: list[Exclusion] = []
        self.unexplained: list[Span] = []
        self.leads = _Cursor(_leads(text, lexicon))
        self.quotes = _Cursor(_quotes(text))

    def run(self) -> Scan:
        """Returns the scan of the whole text."""
        text, position, search = self.text, 0, START.search
        while (match := search(text, position)) is not None:
            position = self._step(match.start(), position)
        share_units(text, self.quantities, self.lexicon)
        return Scan(tuple(self.quantities), tuple(self.exclusions), tuple(self.unexplained))

    def _step(self, start: int, done: int) -> int:
        """Settles the number at `start` (nothing before `done` is open) and returns where to go on."""
        text = self.text
        lead = self.leads.at(start) if start >= self.leads.start else None
        if lead is not None and lead.start >= done:
            return self._exclude(lead.start, lead.end, lead.rule)
        character = text[start]
        if character in DIGITS:
            return self._arabic(start)
        if MARK.match(text, start):
            return self._mark(start)
        return self._chinese(start, done)

    def _mark(self, start: int) -> int:
        """Records a list mark of one glyph (①), which parts clauses and holds no number."""
        rule = self.lexicon.language.rules[_MARK]
        self.exclusions.append(Exclusion(start, start + 1, self.text[start], rule.reason, rule.id, ()))
        return start + 1

    def _arabic(self, start: int) -> int:
        """Settles an Arabic number."""
        text = self.text
        if text[start - 1 : start] in ADDRESS_ENDS:
            address = ADDRESS.match(text, start)
            if address is not None:
                return self._exclude(start, address.end(), "exclude.address")
        match = self.lexicon.exclusions.arabic.match(text, start)
        if match is not None and not (match.lastgroup in _UNLESS_UNIT and self._unit_follows(start)):
            return self._exclude(start, match.end(), rule_of(match.lastgroup))
        quoted = self._quoted(start)
        if quoted is not None:
            return quoted
        quantities = read_quantities(text, start, self.lexicon)
        if quantities and _is_year(text, quantities[0]):
            return self._exclude(start, quantities[0].end, "exclude.date")
        if quantities:
            return self._accept(quantities)
        number = ARABIC.match(text, start)
        assert number is not None
        self.unexplained.append(number.span())
        return number.end()

    def _unit_follows(self, start: int) -> bool:
        """Says whether a unit follows the number at `start` (4000P, 12km, 12345件)."""
        number = ARABIC.match(self.text, start)
        assert number is not None
        return self.lexicon.units.find(self.text, number.end()) is not None

    def _chinese(self, start: int, done: int) -> int:
        """Settles a Chinese number, or passes over a letter of an ordinary word."""
        text = self.text
        ordinary = _ordinary_word(text, start, self.lexicon)
        if ordinary is not None:
            return ordinary[1]
        if text[start] == "数" and text[start - 1 : start] in self.lexicon.counted:
            return start + 1
        quoted = self._quoted(start)
        if quoted is not None:
            return quoted
        idiom = self.lexicon.idioms.find(text, start)
        if idiom is not None and not self._longer_unit(start, idiom[1]):
            return self._exclude(max(idiom[0], done), idiom[1], "exclude.idiom")
        match = self.lexicon.exclusions.chinese.match(text, start)
        if match is not None:
            return self._exclude(start, match.end(), rule_of(match.lastgroup))
        if text[start] == "零" and ZERO.match(text, start) is not None:
            return self._accept((zero(text, start),))
        quantities = read_quantities(text, start, self.lexicon)
        if quantities:
            if _is_scale_word(text, quantities[0]):
                end = quantities[0].numbers[0][1]
                # 千家 and 万亿元大关 are set phrases, 单位:万元 holds no number
                if text[start] in "百千" or text[end] in SCALES:
                    return self._exclude(start, quantities[0].end, "exclude.set_phrase")
                return end
            return self._accept(quantities)
        run = CHINESE.match(text, start)
        assert run is not None
        end = run.end()
        if end - start == 1 and text[start] in _SINGLES:
            return end
        if (end - start == 1 or text[start] in SCALES) and "\u4e00" <= text[end : end + 1] <= "\u9fff":
            return self._exclude(start, end + 1, "exclude.set_phrase")
        self.unexplained.append((start, end))
        return end

    def _longer_unit(self, start: int, end: int) -> bool:
        """Says whether the idiom that ends at `end` cuts a measure word of the numeral at `start` (三方|面)."""
        unit = self.lexicon.units.find(self.text, start + 1)
        return unit is not None and unit[1] > end

    def _quoted(self, start: int) -> int | None:
        """Excludes the number inside the quoted name around `start`, if it stands in one."""
        quote = self.quotes.at(start) if start >= self.quotes.start else None
        if quote is None:
            return None
        done = self._last_end()
        return self._exclude(max(quote.start, done), quote.end, quote.rule)

    def _last_end(self) -> int:
        """Returns where the last settled stretch ends."""
        quantity = self.quantities[-1].end if self.quantities else 0
        exclusion = self.exclusions[-1].end if self.exclusions else 0
        return max(quantity, exclusion)

    def _accept(self, quantities: tuple[Quantity, ...]) -> int:
        """Records `quantities` and returns the end of the last one.

        A hedge that already belongs to what stands before stays there.
        """
        first, done = quantities[0], self._last_end()
        if first.start < done:
            first = replace(first, start=done, text=self.text[done : first.end])
        self.quantities.extend((first, *quantities[1:]))
        return quantities[-1].end

    def _exclude(self, start: int, end: int, rule: str) -> int:
        """Records an exclusion over [start, end), if a number stands in it, and returns where it ends.

        A rule never cuts a run of digits: the rest of the run belongs to the exclusion.
        """
        while self.text[end - 1] in DIGITS and self.text[end : end + 1] in DIGITS:
            end += 1
        numbers = tuple(_numbers(self.text, start, end, self.lexicon, rule == _DATE))
        if numbers:
            card = self.lexicon.language.rules[rule]
            self.exclusions.append(Exclusion(start, end, self.text[start:end], card.reason, rule, numbers))
        return end


class _Cursor:
    """Walks sorted stretches along with ever larger positions; before `start` there is none."""

    def __init__(self, stretches: Iterator[_Covered]) -> None:
        self._stretches = stretches
        self._step()

    def _step(self) -> None:
        """Goes on to the next stretch."""
        self._current = next(self._stretches, None)
        self.start: float = inf if self._current is None else self._current.start

    def at(self, position: int) -> _Covered | None:
        """Returns the stretch that covers `position`; positions must not fall."""
        while self._current is not None and self._current.end <= position:
            self._step()
        return self._current if position >= self.start else None


def _leads(text: str, lexicon: Lexicon) -> Iterator[_Covered]:
    """Yields the stretches of the lead rules, in order."""
    latin = lexicon.language.latin
    exclusions = lexicon.exclusions
    last: _Covered | None = None
    done = 0
    for trigger in exclusions.lead_start.finditer(text):
        start = trigger.start()
        match = exclusions.leads.match(text, start) if start >= done else None
        if match is None:
            continue
        rule = rule_of(match.lastgroup)
        done = end = match.end()
        if rule == "exclude.ordinal" and text[end - 1] in _NUMERALS:
            # 居全国第二、第七: a list of ranks goes on as it began
            goes_on = last is not None and last.rule == "exclude.rank" and last.end == start - 1
            if goes_on or exclusions.ranked.search(text, max(0, start - _RANK_REACH), start) is not None:
                rule = "exclude.rank"
        if rule == "exclude.code":
            letters = match.group().rstrip("0123456789.．０１２３４５６７８９")
            if letters in latin:
                continue
        last = _Covered(start, end, rule)
        yield last


def _quotes(text: str) -> Iterator[_Covered]:
    """Yields the quoted names, in order: short quotes without the marks of a sentence."""
    for match in QUOTES.finditer(text):
        start, end = match.span()
        if end - start <= QUOTE_LONGEST and not QUOTE_SENTENCE.search(text, start + 1, end - 1):
            yield _Covered(start, end, "exclude.quoted")


def _ordinary_word(text: str, position: int, lexicon: Lexicon) -> Span | None:
    """Returns the ordinary word the numeral at `position` is a letter of, unless a longer idiom holds it."""
    ordinary = lexicon.ordinary.find(text, position)
    if ordinary is None or (ordinary[0] == position and text[position - 1 : position] == "第"):
        return None  # 第一|时间 is no 一时, 第一|批 no 一批
    idiom = lexicon.idioms.find(text, position)
    return ordinary if idiom is None or ordinary[1] - ordinary[0] >= idiom[1] - idiom[0] else None


def _numbers(text: str, start: int, end: int, lexicon: Lexicon, dated: bool) -> Iterator[Span]:
    """Yields the spans of the numbers inside [start, end); `dated` says that they are parts of a date."""
    position = start
    while (match := START.search(text, position, end)) is not None:
        begin = match.start()
        if (
            start < begin == position
            and text[begin] in SCALES
            and lexicon.units.find(text, begin) is not None
        ):
            # the scale belongs to the unit of money of the number before it: 10亿元以上项目
            position = begin + 1
            continue
        if text[begin] not in DIGITS:
            word = _ordinary_word(text, begin, lexicon)
            if word is not None and word[0] >= start:
                position = word[1]
                continue
        position = _number_end(text, begin, end, lexicon, dated)
        yield begin, position


def _number_end(text: str, begin: int, end: int, lexicon: Lexicon, dated: bool) -> int:
    """Returns where the number at `begin` ends, inside a stretch up to `end`; the parts of a date are numbers each."""
    if text[begin] in DIGITS:
        written = None if dated else read_arabic(text, begin, lexicon)
        match = (_DIGIT_RUN if dated else ARABIC).match(text, begin, end)
    else:
        written = read_chinese(text, begin, lexicon)
        match = CHINESE.match(text, begin, end)
    if written is not None and written.end <= end:
        return written.end
    assert match is not None
    return match.end()


def _is_scale_word(text: str, quantity: Quantity) -> bool:
    """Says whether a lone scale stands for a number without any hedge (千名, 单位:万元)."""
    start, end = quantity.numbers[0]
    return (
        end - start == 1
        and text[start] in "百千万亿"
        and quantity.kind != "percent"
        # 亿元以上 names a class; 超亿元 and 上千家 count
        and (not quantity.hedge or (quantity.kind == "money" and quantity.start == start))
    )


def _is_year(text: str, quantity: Quantity) -> bool:
    """Says whether a number without unit or hedge is a year set to a name (2025中国…)."""
    return (
        quantity.rule == "quantity.bare"
        and not quantity.hedge
        and len(quantity.text) == 4
        and quantity.value is not None
        and _FIRST_YEAR <= quantity.value <= _LAST_YEAR
        and "\u4e00" <= text[quantity.end : quantity.end + 1] <= "\u9fff"
    )
