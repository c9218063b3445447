"""The records of a result by id, and formulas in words and in figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..data import Claim, Figure, Link, Result
from .words import number, squeeze

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.@!]*")
_FIGURES = "一二三四五六七八九十0-9０-９"
_NUMBERING = re.compile(rf"^(?:[（(][{_FIGURES}]+[）)]|[{_FIGURES}]+[、.．])")  # (一) 1. 二、
_OPTIONAL = re.compile(rf"(\s*[+-]?\s*({_NAME.pattern}))\?")
_RELATION = re.compile(r"<=|>=|=")
_CONTRARY = {"<=": ">", ">=": "<", "=": "≠"}
_BRACKET = re.compile(r"[（(][^（()）]{9,}[）)]$")
_QUOTE = 44
_PLUS = " + "
_TERMS = 6


@dataclass(frozen=True, slots=True)
class Quote:
    """A claim inside its sentence, for a reader: `before` and `after` are shortened with an ellipsis."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of a passage: the words of `claim`, or words around claims where it is None."""

    text: str
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Lookups into one result."""

    result: Result
    claims: dict[str, Claim]
    figures: dict[str, Figure]
    named: dict[str, Figure]
    links: dict[str, Link]

    def label(self, figure: Figure) -> str:
        """Returns the label of `figure`: its row, and its column where that tells cells apart."""
        row = short_label(figure.row_label) or short_label(figure.column_label)
        if figure.indicator is None or "@" in figure.indicator:
            column = short_label(figure.column_label)
            return f"{row}·{column}" if column and column != row else row
        return row

    def in_words(self, formula: str) -> str:
        """Returns `formula` with every name replaced by the label or the words of its record.

        A row or column that all names share is left out; `common` says it.
        """
        formula = self._plain(formula)
        shared = self._shared(formula)
        text = _NAME.sub(lambda match: self._words_of(match[0], shared), formula)
        return abridged(_signs(text))

    def common(self, formula: str) -> str:
        """Returns the row or column that all names of `formula` share, "" where there is none to tell."""
        figure = next((item for item in map(self._figure, _NAME.findall(formula)) if item is not None), None)
        shared = self._shared(formula)
        if figure is None or not shared:
            return ""
        label = short_label(figure.column_label if shared == "column" else figure.row_label)
        return label if figure.indicator is None or "@" in figure.indicator else ""

    def in_figures(self, formula: str, value: Decimal | None = None, holds: bool = True) -> str:
        """Returns `formula` with every name replaced by its value, and `value` after an equals sign.

        Where the formula is an equation or bound that does not hold, its sign says so.
        """
        formula = self._plain(formula)
        names = _NAME.findall(formula)
        text = _NAME.sub(lambda match: self._value_of(match[0]), formula)
        if not holds:
            text = _RELATION.sub(lambda match: _CONTRARY[match[0]], text, count=1)
        text = _without_zeros(_signs(text))
        if value is not None and not _RELATION.search(formula) and len(names) > 1:
            text = f"{text} = {number(value)}"
        return text

    def quote(self, claim: Claim) -> Quote:
        """Returns `claim` in its sentence."""
        text = self.result.report.text
        start, end = claim.sentence
        before = _tail(_join(text[min(start, claim.start) : claim.start]))
        after = _head(_join(text[claim.end : max(end, claim.end)]))
        return Quote(before, _join(claim.text), after)

    def passages(self, claims: Sequence[Claim]) -> tuple[tuple[Mark, ...], ...]:
        """Returns the sentences of `claims`, each once, with all of them marked; the first claim's comes first."""
        sentences: dict[tuple[int, int], list[Claim]] = {}
        for claim in claims:
            sentences.setdefault(claim.sentence, []).append(claim)
        return tuple(
            self._passage(span, sorted(group, key=lambda claim: claim.start))
            for span, group in sentences.items()
        )

    def _passage(self, sentence: tuple[int, int], claims: Sequence[Claim]) -> tuple[Mark, ...]:
        text = self.result.report.text
        at = min(sentence[0], claims[0].start)
        end = max(sentence[1], claims[-1].end)
        marks: list[Mark] = []
        for claim in claims:
            if claim.start < at:  # it overlaps the claim before, which already shows its words
                continue
            between = _join(text[at : claim.start])
            marks.append(Mark(_tail(between) if not marks else _middle(between)))
            marks.append(Mark(_join(claim.text), claim))
            at = claim.end
        marks.append(Mark(_head(_join(text[at:end]))))
        return tuple(mark for mark in marks if mark.text)

    def _figure(self, name: str) -> Figure | None:
        return self.figures.get(name) or self.named.get(name)

    def _plain(self, formula: str) -> str:
        """Returns `formula` without the optional terms the table does not have, and without their marks."""
        return _OPTIONAL.sub(lambda match: match[1] if match[2] in self.named else "", formula)

    def _shared(self, formula: str) -> str:
        """Returns "column" or "row", whichever all names of `formula` stand in, else ""."""
        figures = [self._figure(name) for name in _NAME.findall(formula)]
        known = [figure for figure in figures if figure is not None]
        if len(known) < 2 or len(known) < len(figures):
            return ""
        if len({figure.column_label for figure in known}) == 1:
            return "column"
        return "row" if len({figure.row_label for figure in known}) == 1 else ""

    def _words_of(self, name: str, shared: str) -> str:
        figure = self._figure(name)
        if figure is not None:
            own = figure.column_label if shared == "row" else figure.row_label if shared == "column" else ""
            return short_label(own) or self.label(figure)
        claim = self.claims.get(name)
        return topic(claim) + _join(claim.text) if claim is not None else name

    def _value_of(self, name: str) -> str:
        figure = self._figure(name)
        if figure is not None:
            return number(figure.value) if figure.value is not None else squeeze(figure.text) or "—"
        claim = self.claims.get(name)
        if claim is None:
            return name
        if claim.value is None:
            return _join(claim.text)
        return with_unit(claim.value, claim.unit if claim.unit == "%" else "")


def evidence_of(result: Result) -> Evidence:
    """Returns the lookups of `result`; of figures with one indicator, the first stands for it."""
    named: dict[str, Figure] = {}
    for figure in result.reading.figures:
        if figure.indicator is not None:
            named.setdefault(figure.indicator, figure)
    return Evidence(
        result=result,
        claims={claim.id: claim for claim in result.claims},
        figures={figure.id: figure for figure in result.reading.figures},
        named=named,
        links={link.claim: link for link in result.links},
    )


def topic(claim: Claim) -> str:
    """Returns what `claim` counts: its own phrase, else the nearest inherited one, else nothing."""
    return _join(claim.indicator or next(iter(claim.context), ""))


def stated(claim: Claim) -> str:
    """Returns the quantity of `claim` as written; a zero said in words as 0 with the words after it."""
    text = _join(claim.text)
    return text if claim.numbers else f"{with_unit(claim.value, claim.unit)}(“{text}”)"


def with_unit(value: Decimal | None, unit: str) -> str:
    """Returns `value` followed by its unit; "" for None."""
    return number(value) + unit if value is not None else ""


def short_label(label: str) -> str:
    """Returns a table label without numbering and without the long remark at its end."""
    label = _join(label)
    while (stripped := _NUMBERING.sub("", label)) not in {"", label}:
        label = stripped
    return _BRACKET.sub("", label) or label


def _join(text: str) -> str:
    """Returns `text` on one line, without the blanks that line breaks leave between Chinese characters."""
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", squeeze(text))


def abridged(formula: str) -> str:
    """Returns a long sum with its middle left out; the cells themselves stand beside it."""
    terms = formula.split(_PLUS)
    return formula if len(terms) <= _TERMS else _PLUS.join([*terms[:3], "…", terms[-1]])


def _without_zeros(arithmetic: str) -> str:
    """Returns a long sum without the terms that add nothing; the first always stays."""
    terms = arithmetic.split(_PLUS)
    if len(terms) <= _TERMS:
        return arithmetic
    return _PLUS.join([terms[0], *(term for term in terms[1:] if term != "0")])


def _tail(text: str) -> str:
    return text if len(text) <= _QUOTE else "…" + text[-_QUOTE:]


def _head(text: str) -> str:
    return text if len(text) <= _QUOTE else text[:_QUOTE] + "…"


def _middle(text: str) -> str:
    half = _QUOTE // 2
    return text if len(text) <= _QUOTE else f"{text[:half]}…{text[-half:]}"


def _signs(text: str) -> str:
    for plain, sign in ((" - ", " − "), (" * ", " × "), (" / ", " ÷ "), ("<=", "≤"), (">=", "≥")):
        text = text.replace(plain, sign)
    return text
