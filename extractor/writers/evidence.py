"""The records of a result by id, and how claims, sentences and labels are shown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..data import Claim, Figure, Link, Result
from .words import Words, number, squeeze

_PROSE = "narrative"
_FIGURES = "一二三四五六七八九十0-9０-９"
_NUMBERING = re.compile(rf"^(?:[（(][{_FIGURES}]+[）)]|[{_FIGURES}]+[、.．])")  # (一) 1. 二、
_BRACKET = re.compile(r"[（(][^（()）]{9,}[）)]$")
_NUMERAL = re.compile(r"[0-9０-９][0-9０-９.,，．]*[%％]?")
_PATH = re.compile(r"/(?!.*/t[dh]\[).*")
"""The place of text on a web page that stands in no cell of a table."""
_HEADING = 24
_QUOTE = 44
_BARE = (
    8  # a sentence of so few letters before its number (年初预算为|1560.05万元) does not say what it is about
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A claim inside its sentence, for a reader: `before` and `after` are shortened with an ellipsis."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of a passage: the words of `claim`, a line at `span` that is evidence itself, or else words around them."""

    text: str
    claim: Claim | None = None
    span: tuple[int, int] | None = None

    @property
    def told(self) -> bool:
        """Returns whether the run is evidence, not the words around it."""
        return self.claim is not None or self.span is not None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the report that a finding rests on: its runs, and where it stands in the original, "" if unknown."""

    marks: tuple[Mark, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Lookups into one result; of figures with one indicator, `named` holds the first."""

    result: Result
    words: Words
    claims: dict[str, Claim]
    figures: dict[str, Figure]
    named: dict[str, Figure]
    links: dict[str, Link]

    def label(self, figure: Figure) -> str:
        """Returns the label of `figure`: its row, and its column where that tells cells apart."""
        row = short_label(figure.row_label) or "·".join(short_label(label) for label in figure.column_path)
        if figure.indicator is None or "@" in figure.indicator:
            column = short_label(figure.column_label)
            return f"{row}·{column}" if column and not row.endswith(column) else row
        return row

    def quote(self, claim: Claim) -> Quote:
        """Returns `claim` in its sentence."""
        text = self.result.report.text
        start, end = claim.sentence
        before = _tail(joined(text[min(start, claim.start) : claim.start]))
        after = _head(joined(text[claim.end : max(end, claim.end)]))
        return Quote(before, joined(claim.text), after)

    def passages(
        self, claims: Sequence[Claim], places: Sequence[tuple[int, int]] = ()
    ) -> tuple[Passage, ...]:
        """Returns the sentences of `claims`, each once, all of them marked, the first claim's first; then `places`.

        These are spans that are told whole.
        """
        sentences: dict[tuple[int, int], list[Claim]] = {}
        for claim in claims:
            sentences.setdefault(claim.sentence, []).append(claim)
        told = (sorted(group, key=lambda claim: claim.start) for group in sentences.values())
        spoken = (
            Passage(self._passage(span, group), self._whereabouts(group[0]))
            for span, group in zip(sentences, told, strict=True)
        )
        text = self.result.report.text
        lines = (
            Passage((Mark(joined(text[span[0] : span[1]]), span=span),), self.place(span[0]))
            for span in places
        )
        return (*spoken, *lines)

    def place(self, offset: int) -> str:
        """Returns where the character at `offset` stands in the original, in words; "" where that is not known."""
        report = self.result.report
        where = report.place_of(offset)
        if _PATH.fullmatch(where):  # a reader counts paragraphs, not elements inside elements
            before = report.places[: bisect_right(report.places, offset, key=lambda place: place.start)]
            where = f"¶{len({place.where for place in before if _PATH.fullmatch(place.where)})}"
        return self.words.place(where)

    def _whereabouts(self, claim: Claim) -> str:
        """Returns under which heading `claim` stands, and its place there."""
        place = self.place(claim.start)
        heading = joined(claim.section[-1]) if claim.section else ""
        if not heading or not place or len(heading) > _HEADING:
            return place
        return self.words.say("within", section=heading, place=place)

    def _passage(self, sentence: tuple[int, int], claims: Sequence[Claim]) -> tuple[Mark, ...]:
        text = self.result.report.text
        at = min(sentence[0], claims[0].start)
        if claims[0].start - at <= _BARE:
            at = max(self._opening(at), at - _QUOTE)
        end = max(sentence[1], claims[-1].end)
        marks: list[Mark] = []
        for claim in claims:
            if claim.start < at:  # it overlaps the claim before, which already shows its words
                continue
            between = joined(text[at : claim.start])
            marks.append(Mark(_tail(between) if not marks else _middle(between)))
            marks.append(Mark(joined(claim.text), claim))
            at = claim.end
        marks.append(Mark(_head(joined(text[at:end]))))
        return tuple(mark for mark in marks if mark.text)

    def _opening(self, at: int) -> int:
        """Returns where the prose that holds the character `at` begins, `at` itself where it lies in none."""
        prose = (region for region in self.result.report.regions if region.kind == _PROSE)
        return next((region.start for region in prose if region.start <= at < region.end), at)


def evidence_of(result: Result, words: Words) -> Evidence:
    """Returns the lookups of `result`, to be spoken of in `words`."""
    named: dict[str, Figure] = {}
    for figure in result.reading.figures:
        if figure.indicator is not None:
            named.setdefault(figure.indicator, figure)
    return Evidence(
        result=result,
        words=words,
        claims={claim.id: claim for claim in result.claims},
        figures={figure.id: figure for figure in result.reading.figures},
        named=named,
        links={link.claim: link for link in result.links},
    )


def topic(claim: Claim) -> str:
    """Returns what `claim` counts: its own phrase, else the nearest inherited one, else nothing."""
    return joined(claim.indicator or next(iter(claim.context), ""))


def stated(claim: Claim) -> str:
    """Returns the quantity of `claim` as written; a zero said in words as 0 with the words after it."""
    text = joined(claim.text)
    return text if claim.numbers else f"{with_unit(claim.value, claim.unit)}(“{text}”)"


def with_unit(value: Decimal | None, unit: str) -> str:
    """Returns `value` followed by its unit; "" for None."""
    return number(value) + unit if value is not None else ""


def short_label(label: str) -> str:
    """Returns a table label without numbering and without the long remark at its end."""
    label = joined(label)
    while (stripped := _NUMBERING.sub("", label)) not in {"", label}:
        label = stripped
    return _BRACKET.sub("", label) or label


def joined(text: str) -> str:
    """Returns `text` on one line, without the blanks that line breaks leave between Chinese characters."""
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", squeeze(text))


def _tail(text: str) -> str:
    return text if len(text) <= _QUOTE else "…" + text[_after(text, len(text) - _QUOTE) :]


def _head(text: str) -> str:
    return text if len(text) <= _QUOTE else text[: _before(text, _QUOTE)] + "…"


def _middle(text: str) -> str:
    half = _QUOTE // 2
    if len(text) <= _QUOTE:
        return text
    return f"{text[: _before(text, half)]}…{text[_after(text, len(text) - half) :]}"


def _before(text: str, cut: int) -> int:
    """Returns `cut`, or the place before the number that it would cut apart: half a number is another number."""
    return next((run.start() for run in _NUMERAL.finditer(text) if run.start() < cut < run.end()), cut)


def _after(text: str, cut: int) -> int:
    """Returns `cut`, or the place behind the number that it would cut apart."""
    return next((run.end() for run in _NUMERAL.finditer(text) if run.start() < cut < run.end()), cut)
