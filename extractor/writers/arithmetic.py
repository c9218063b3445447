"""A formula of the result, read out in words and in figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from ..data import Figure
from .evidence import Evidence, joined, short_label, topic, with_unit
from .words import number, squeeze

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.@!]*")
_OPTIONAL = re.compile(rf"(\s*[+-]?\s*({_NAME.pattern}))\?")
_RELATION = re.compile(r"<=|>=|=")
_ITEMS = re.compile(r"(?<=>= )\d+$")  # how many items a list names, of text.enumeration
_LEADING = re.compile(r"^-\s*(?=\D)")  # before a name: a number keeps its own
_CONTRARY = {"<=": ">", ">=": "<", "=": "≠"}
_SIGNS = ((" - ", " − "), (" * ", " × "), (" / ", " ÷ "), ("<=", "≤"), (">=", "≥"))
_PLUS = " + "
_TERMS = 6


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A formula and the figures its names stand for.

    A name is a row id, a row@column id, a figure id or a claim id. `figures` are the cells by name,
    several where a row stands for the sum of its columns; where a table has none, the words of the
    national form are used.
    """

    evidence: Evidence
    formula: str
    names: tuple[str, ...]
    figures: Mapping[str, tuple[Figure, ...]]

    def in_words(self) -> str:
        """Returns the formula with every name replaced by the label or the words of its record.

        A row or column that all names share is left out; `common` says it. A long sum loses its middle.
        """
        shared = self._shared()
        named = _NAME.sub(lambda match: self._words_of(match[0], shared), self.formula)
        spoken = _ITEMS.sub(lambda match: self.evidence.words.say("items", count=match[0]), named)
        terms = _signs(spoken).split(_PLUS)
        return _PLUS.join(terms if len(terms) <= _TERMS else [*terms[:3], "…", terms[-1]])

    def in_figures(self, value: Decimal | None = None, holds: bool = True) -> str:
        """Returns the formula with every name replaced by its value, and `value` after an equals sign.

        Where the formula is an equation or bound that does not hold, its sign says so. A long sum
        loses its zeros.
        """
        text = _NAME.sub(lambda match: self._value_of(match[0]), self.formula)
        if not holds:
            text = _RELATION.sub(lambda match: _CONTRARY[match[0]], text, count=1)
        terms = _signs(text).split(_PLUS)
        if len(terms) > _TERMS:
            terms = [terms[0], *(term for term in terms[1:] if term != "0")]
        text = _PLUS.join(terms)
        if value is not None and not _RELATION.search(self.formula) and len(self.names) > 1:
            text = f"{text} = {number(value)}"
        return text

    def common(self) -> str:
        """Returns the row, column or group of columns that all names share, "" where there is none to tell."""
        shared = self._shared()
        if not shared:
            return ""
        known = [figure for name in self.names for figure in self.figures[name]]
        label = short_label(known[0].column_label if shared == "column" else known[0].row_label)
        crossed = any(figure.indicator is None or "@" in figure.indicator for figure in known)
        return label if crossed else _group(known) if shared == "row" else ""

    def _shared(self) -> str:
        """Returns "column" or "row", whichever all names stand in, else ""."""
        known = [figure for name in self.names for figure in self.figures.get(name, ())]
        if len(self.names) < 2 or not all(name in self.figures for name in self.names):
            return ""
        if len({figure.column_label for figure in known}) == 1:
            return "column"
        return "row" if len({figure.row_label for figure in known}) == 1 else ""

    def _words_of(self, name: str, shared: str) -> str:
        cells = self.figures.get(name, ())
        if cells and any(len(others) > 1 for others in self.figures.values()):
            return short_label(cells[0].row_label)
        if cells:
            (figure,) = cells
            own = figure.column_label if shared == "row" else figure.row_label if shared == "column" else ""
            return short_label(own) or self.evidence.label(figure)
        claim = self.evidence.claims.get(name)
        if claim is not None:
            return topic(claim) + joined(claim.text)
        return self.evidence.words.indicator(name)

    def _value_of(self, name: str) -> str:
        cells = self.figures.get(name, ())
        if cells:
            values = [_cell(figure) for figure in cells if len(cells) == 1 or figure.value]
            return values[0] if len(values) == 1 else f"({_PLUS.join(values)})" if values else "0"
        claim = self.evidence.claims.get(name)
        if claim is None:
            return "—"
        if claim.value is None:
            return joined(claim.text)
        return with_unit(claim.value, claim.unit if claim.unit == "%" else "")


def arithmetic(formula: str, among: Sequence[str], evidence: Evidence) -> Arithmetic:
    """Returns `formula` with its names looked up, first `among` the figure ids it was evaluated on.

    Optional terms the table does not have are left out.
    """
    known: dict[str, tuple[Figure, ...]] = {
        name: (figure,) for name, figure in (evidence.named | evidence.figures).items()
    }
    rows: dict[str, tuple[Figure, ...]] = {}
    cells: dict[str, tuple[Figure, ...]] = {}
    for figure_id in among:
        figure = evidence.figures[figure_id]
        if figure.indicator is not None:
            row = figure.indicator.partition("@")[0]
            rows[row] = (*rows.get(row, ()), figure)
            cells[figure.indicator] = (*cells.get(figure.indicator, ()), figure)
    known |= rows | cells  # a name that is a cell's own stands for no other column of its row
    plain = _OPTIONAL.sub(lambda match: match[1] if match[2] in known else "", formula)
    names = tuple(_NAME.findall(plain))
    return Arithmetic(evidence, plain, names, {name: known[name] for name in names if name in known})


def _group(figures: Sequence[Figure]) -> str:
    """Returns the headings that the columns of `figures` have in common."""
    levels = zip(*(figure.column_path for figure in figures), strict=False)
    alike = takewhile(lambda level: len(set(level)) == 1, levels)
    return "·".join(short_label(level[0]) for level in alike)


def _cell(figure: Figure) -> str:
    return number(figure.value) if figure.value is not None else squeeze(figure.text) or "—"


def _signs(text: str) -> str:
    text = _LEADING.sub("−", text)
    for plain, sign in _SIGNS:
        text = text.replace(plain, sign)
    return text
