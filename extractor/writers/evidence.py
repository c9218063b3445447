"""The records of a result by id, and formulas in words and in figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ..data import Claim, Figure, Link, Result
from .words import number, squeeze

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.@!]*")
_NUMBERING = re.compile(
    r"^(?:[((][一二三四五六七八九十\d]+[))]|[一二三四五六七八九十\d]+[、.．])\s*"
)  # (一) 1. 二、
_OPTIONAL = re.compile(rf"(\s*[+-]?\s*({_NAME.pattern}))\?")
_RELATION = re.compile(r"<=|>=|=")
_CONTRARY = {"<=": ">", ">=": "<", "=": "≠"}
_BRACKET = re.compile(r"[((][^()()]{9,}[))]$")
_QUOTE = 44


@dataclass(frozen=True, slots=True)
class Quote:
    """A claim inside its sentence, for a reader: `before` and `after` are shortened with an ellipsis."""

    before: str
    text: str
    after: str


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
        """Returns `formula` with every name replaced by the label or the words of its record."""
        return _signs(_NAME.sub(lambda match: self._words_of(match[0]), self._plain(formula)))

    def in_figures(self, formula: str, value: Decimal | None = None, holds: bool = True) -> str:
        """Returns `formula` with every name replaced by its value, and `value` after an equals sign.

        Where the formula is an equation or bound that does not hold, its sign says so.
        """
        formula = self._plain(formula)
        names = _NAME.findall(formula)
        text = _NAME.sub(lambda match: self._value_of(match[0]), formula)
        if not holds:
            text = _RELATION.sub(lambda match: _CONTRARY[match[0]], text, count=1)
        text = _signs(text)
        if value is not None and not _RELATION.search(formula) and len(names) > 1:
            text = f"{text} = {number(value)}"
        return text

    def quote(self, claim: Claim) -> Quote:
        """Returns `claim` in its sentence."""
        text = self.result.report.text
        start, end = claim.sentence
        before = _join(text[min(start, claim.start) : claim.start])
        after = _join(text[claim.end : max(end, claim.end)])
        if len(before) > _QUOTE:
            before = "…" + before[-_QUOTE:]
        if len(after) > _QUOTE:
            after = after[:_QUOTE] + "…"
        return Quote(before, _join(claim.text), after)

    def _plain(self, formula: str) -> str:
        """Returns `formula` without the optional terms the table does not have, and without their marks."""
        return _OPTIONAL.sub(lambda match: match[1] if match[2] in self.named else "", formula)

    def _words_of(self, name: str) -> str:
        figure = self.figures.get(name) or self.named.get(name)
        if figure is not None:
            return self.label(figure)
        claim = self.claims.get(name)
        return topic(claim) + _join(claim.text) if claim is not None else name

    def _value_of(self, name: str) -> str:
        figure = self.figures.get(name) or self.named.get(name)
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


def _signs(text: str) -> str:
    for plain, sign in ((" - ", " − "), (" * ", " × "), (" / ", " ÷ "), ("<=", "≤"), (">=", "≥")):
        text = text.replace(plain, sign)
    return text
