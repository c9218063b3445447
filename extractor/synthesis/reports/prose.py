"""Prose from the patterns of `prose.toml`, its labels written with it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from ...data import Interval, Relation, Verdict
from ...labels import GoldCheck, GoldClaim, GoldExclusion
from . import numbers
from .books import Book
from .lexicon import Count, Pattern, Prose, Token, load_prose
from .marks import Ink
from .numbers import Manner, Written

_TOTALS = ("共", "合计", "总计", "总数为")
_MANY = frozenset({"list", "number", "change", "last", "share"})
_PLACES = Decimal("0.01")
_YEARS = {"Y": (0, "year"), "Y-1": (-1, "last_year"), "Y+1": (1, "plan")}


class _Unfit(Exception):  # noqa: N818  no fault: the book has no such count, and another sentence is taken
    """A sentence asks for what the book does not hold."""


Sections = list[tuple[str, list[str]]]


def write_prose(
    book: Book, draw: random.Random, ink: Ink, names: Mapping[str, str], how: Manner
) -> tuple[Sections, list[GoldCheck]]:
    """Returns the sections of a report, each a title and its paragraphs, and the arithmetic that holds in them.

    `names` are what figures of a table of no form are called. The labels are left in `ink`.
    """
    writer = _Writer(book, load_prose(), draw, ink, names, how)
    return writer.sections(), writer.checks


class _Writer:
    """The prose of one book; `said` and `values` are what the sentence being written has said so far."""

    def __init__(
        self, book: Book, prose: Prose, draw: random.Random, ink: Ink, names: Mapping[str, str], how: Manner
    ) -> None:
        self.book = book
        self.prose = prose
        self.draw = draw
        self.ink = ink
        self.names = names
        self.how = how
        self.checks: list[GoldCheck] = []
        self.said: dict[str, str] = {}
        self.values: dict[str, Decimal] = {}
        self.scope = self.period = "unstated"
        self.exact = False

    def sections(self) -> Sections:
        found: Sections = []
        for topic in self.prose.topics:
            wanted = self.draw.randint(topic.least, topic.most)
            sentences: list[str] = []
            for pattern in self.draw.sample(topic.sentences, len(topic.sentences)):
                if len(sentences) == wanted:
                    break
                text = self.sentence(pattern)
                if text:
                    sentences.append(text)
            if sentences:
                cut = len(sentences) if self.draw.random() < 0.6 else (len(sentences) + 1) // 2
                parts = ["".join(sentences[:cut]), "".join(sentences[cut:])]
                found.append((topic.title, [part for part in parts if part]))
        return found

    def sentence(self, pattern: Pattern) -> str:
        """Returns a sentence, "" where the book has no such counts."""
        place, checks = self.ink.place, len(self.checks)
        self.said, self.values = {}, {}
        self.scope = self.period = "unstated"
        self.exact = any(token.kind in _MANY or token.whole for token in _flat(pattern))
        try:
            return self.expand(pattern)
        except _Unfit:
            self.ink.back(place)
            del self.checks[checks:]
            return ""

    def expand(self, pattern: Pattern) -> str:
        return "".join(map(self.token, pattern))

    def token(self, token: Token) -> str:
        match token.kind:
            case "text":
                return token.text
            case "part":
                return self.expand(self.draw.choice(self.prose.parts[token.key]))
            case "choice":
                return self.choice(token.branches)
            case "excluded":
                return self.excluded(token.text, token.key)
            case "claimed":
                return self.norm(token.text, token.key)
            case "word":
                return self.word(token.key)
            case "scope":
                return self.scoped(token.key)
            case "free":
                return self.free(token.key)
            case "count":
                return self.phrase(self.count(token.key), token.whole)
            case "number":
                return self.bare(self.count(token.key), token.whole)
            case "list":
                return self.listed(token)
            case "change":
                return self.change(self.count(token.key))
            case "last":
                return self.last(self.count(token.key))
            case "share":
                return self.share(token.key)
        raise ValueError(f"no token of the kind {token.kind!r}")

    def choice(self, branches: Sequence[Pattern]) -> str:
        for branch in self.draw.sample(branches, len(branches)):
            place = self.ink.place
            try:
                return self.expand(branch)
            except _Unfit:
                self.ink.back(place)
        raise _Unfit

    # ------------------------------------------------------------ words that are no counts

    def excluded(self, text: str, *reasons: str) -> str:
        return self.ink.mark(text, GoldExclusion(0, 0, "", reasons))

    def word(self, key: str) -> str:
        year = self.book.year
        if key == "docno":
            return self.excluded(f"〔{year}〕{self.draw.randint(1, 99)}号", "document_number")
        if key == "D":
            return self.excluded(f"{year}年12月31日", "date")
        step, self.period = _YEARS[key]
        return self.excluded(f"{year + step}年", "date")

    def scoped(self, key: str) -> str:
        if key == "year":
            self.period = "year"
            return self.draw.choice(self.prose.year)
        words = self.prose.scopes[key].get(self.book.body.words)
        if words is None:
            raise _Unfit
        self.scope = key
        return self.draw.choice(words)

    def norm(self, text: str, relation: str) -> str:
        digits = text.rstrip("".join(sorted(set(text) - set("0123456789"))))
        value = Decimal(digits)
        if relation == "plan":
            kind, period = Relation.RATE if text.endswith("%") else Relation.LEVEL, "plan"
        else:
            kind, period = Relation.NORM, self.period
        interval = numbers.rate(value).interval if text.endswith("%") else Interval(value, value)
        return self.claim(
            Written(digits, value, interval), text[len(digits) :], "", kind, Verdict.UNCHECKED, period=period
        )[0]

    # ------------------------------------------------------------ claims

    def claim(
        self,
        written: Written,
        unit: str,
        indicator: str,
        relation: Relation,
        verdict: Verdict,
        figures: tuple[str, ...] = (),
        part_of: str | None = None,
        period: str = "",
        scope: str = "",
    ) -> tuple[str, str]:
        """Returns the marked number and unit, and the id of its claim."""
        identity = self.ink.name()
        label = GoldClaim(
            identity, 0, 0, "", written.value, written.interval, unit, indicator, (scope or self.scope,),
            (period or self.period,), (relation,), (part_of,), figures, verdict,
        )  # fmt: skip
        return self.ink.mark(written.text + unit, label), identity

    def count(self, key: str) -> Count:
        count = self.prose.counts[key]
        if self.book.form not in count.cells:
            raise _Unfit
        return count

    def cells(self, count: Count) -> tuple[str, ...]:
        return tuple(name.replace("{Y}年", "now") for name in count.cells[self.book.form])

    def figures(self, count: Count) -> tuple[str, ...]:
        names = (name.replace("{Y}", str(self.book.year)) for name in count.cells[self.book.form])
        return tuple(self.names.get(name, name) for name in names)

    def value(self, count: Count) -> Decimal:
        return sum((self.book.values[name] for name in self.cells(count)), Decimal(0))

    def earlier(self, count: Count) -> Decimal:
        names = self.cells(count)
        if any(name not in self.book.last for name in names):
            raise _Unfit
        return sum((self.book.last[name] for name in names), Decimal(0))

    def phrase(self, count: Count, whole: str = "") -> str:
        value = self.value(count)
        if value == 0 and count.zero and self.draw.random() < 0.7:
            return self.zero(count)
        before, after = self.draw.choice(count.say).split("#")
        number = self.number(count, _noun(before + after), before, whole)
        return f"{_words(before)}{number}{_words(after)}"

    def number(self, count: Count, noun: str, before: str = "", whole: str = "") -> str:
        value = self.value(count)
        written = numbers.exact(value, self.how)
        if not self.exact and count.unit != "万元":
            chance = self.draw.random()
            other = (
                numbers.myriads(value) if chance < 0.3 else numbers.rough(value) if chance < 0.36 else None
            )
            written = other or written
        verdict = Verdict.APPROXIMATE if written.rounded else Verdict.MATCH
        text, identity = self.claim(
            written, count.unit, noun, _relation(before), verdict, self.figures(count), self.said.get(whole)
        )
        self.said[count.key] = identity
        self.values[count.key] = value
        return text

    def bare(self, count: Count, whole: str = "") -> str:
        return self.number(count, count.name, whole=whole)

    def zero(self, count: Count) -> str:
        before, rest = self.draw.choice(count.zero).split("⟦")
        words, after = rest.split("⟧")
        identity = self.ink.name()
        nothing = Decimal(0)
        label = GoldClaim(
            identity, 0, 0, "", nothing, Interval(nothing, nothing), None, words.lstrip("未没有无"), (self.scope,),
            (self.period,), (Relation.LEVEL,), (None,), self.figures(count), Verdict.MATCH,
        )  # fmt: skip
        self.said[count.key] = identity
        self.values[count.key] = nothing
        return f"{before}{self.ink.mark(words, label)}{after}"

    def free(self, key: str) -> str:
        free = self.prose.free[key]
        value = Decimal(int(free.low * (free.high / free.low) ** self.draw.random()))
        chance = self.draw.random()
        other = numbers.myriads(value) if chance < 0.4 else numbers.rough(value) if chance < 0.7 else None
        before, after = self.draw.choice(free.say).split("#")
        noun = _noun(before + after)
        verdict = Verdict.ABSENT
        text, _ = self.claim(
            other or numbers.exact(value, self.how), free.unit, noun, Relation.LEVEL, verdict
        )
        return f"{_words(before)}{text}{_words(after)}"

    # ------------------------------------------------------------ several numbers

    def listed(self, token: Token) -> str:
        """Returns the parts that are not 0 as a list behind their whole, "" where the whole is 0."""
        whole = self.count(token.key)
        counts = [
            self.prose.counts[key] for key in token.parts if self.book.form in self.prose.counts[key].cells
        ]
        parts = [count for count in counts if self.value(count)]
        if token.key not in self.said or self.values[token.key] == 0 or not parts:
            return ""
        if len(parts) > 1 and self.draw.random() < 0.2:
            names = "、".join(part.name for part in parts)
            given = "、".join(self.bare(part, token.key) for part in parts)
            text = self.draw.choice(self.prose.lists["apart"]).format(names=names, numbers=given)
        else:
            between = self.draw.choice(self.prose.lists["between"])
            items = between.join(self.phrase(part, token.key) for part in parts)
            text = self.draw.choice(self.prose.lists["items"]).format(items=items)
        complete = sum(map(self.value, parts), Decimal(0)) == self.values[token.key]
        if complete and len(parts) > 1 and not whole.overlap:
            claims = (self.said[token.key], *(self.said[part.key] for part in parts))
            self.checks.append(GoldCheck("text.parts", claims, (), True))
        return text

    def change(self, count: Count) -> str:
        """Returns by how much, or at what rate, a count differs from last year's."""
        now, before = self.value(count), self.earlier(count)
        words = self.prose.change
        if now == before or before == 0:
            raise _Unfit
        noun = count.name or _noun(count.say[0])
        if count.unit != "万元" and self.draw.random() < 0.3:
            pattern = self.draw.choice(words["more" if now > before else "less"])
            written = numbers.exact(abs(now - before), self.how)
            unit = count.unit
        else:
            pattern = self.draw.choice(words["up" if now > before else "down"]).replace("#%", "#")
            written = numbers.rate((100 * abs(now - before) / before).quantize(_PLACES, ROUND_HALF_UP))
            unit = "%"
        earlier = f"{self.book.year - 1}年"
        if "{Y-1}" in pattern:
            left, right = pattern.split("{Y-1}")
            pattern = f"{left}{self.excluded(earlier, 'date')}{right}"
        text, _ = self.claim(written, unit, noun, Relation.CHANGE, Verdict.UNCHECKED)
        return pattern.replace("#", text)

    def last(self, count: Count) -> str:
        """Returns last year's number, with its year."""
        value = self.earlier(count)
        before, after = self.draw.choice(count.say).split("#")
        noun = _noun(before + after)
        year = self.excluded(f"{self.book.year - 1}年", "date")
        text, _ = self.claim(
            numbers.exact(value, self.how),
            count.unit,
            noun,
            _relation(before),
            Verdict.UNCHECKED,
            period="last_year",
        )
        return f"{year}{_words(before)}{text}{_words(after)}"

    def share(self, key: str) -> str:
        """Returns the rate or share that one count has of another; both stand in the sentence."""
        part, whole = (self.count(name) for name in key.split("/"))
        top, bottom = self.value(part), self.value(whole)
        if bottom == 0 or top > bottom:
            raise _Unfit
        written = numbers.rate((100 * top / bottom).quantize(_PLACES, ROUND_HALF_UP).normalize())
        if "E" in written.text:
            written = numbers.rate(Decimal(format(written.value, "f")))
        answering = part.key == "answered"
        noun, words = ("答复率", "答复率") if answering else (part.name or "占比", "占")
        relation = Relation.RATE if answering else Relation.SHARE
        text, identity = self.claim(written, "%", noun, relation, Verdict.UNCHECKED)
        if part.key in self.said and whole.key in self.said:
            claims = (identity, self.said[part.key], self.said[whole.key])
            self.checks.append(GoldCheck("text.rate", claims, (), True))
        return f"{words}{text}"


def _relation(before: str) -> Relation:
    """Returns total where a word of summing governs the number that stands behind `before`."""
    summed = before.startswith(_TOTALS) or before.endswith(_TOTALS)
    return Relation.TOTAL if summed else Relation.LEVEL


def _noun(phrase: str) -> str:
    """Returns what a phrase counts: its words between brackets."""
    return phrase[phrase.index("[") + 1 : phrase.index("]")]


def _words(text: str) -> str:
    return text.replace("[", "").replace("]", "")


def _flat(pattern: Pattern) -> list[Token]:
    found = list(pattern)
    for token in pattern:
        for branch in token.branches:
            found += _flat(branch)
    return found
