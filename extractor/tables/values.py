"""What one table cell holds: a value with unit and note, one of four kinds of nothing, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from ..data import CellState
from ..knowledge.templates import Templates
from ..numerals import parse
from ..widths import fold_widths

_VALUE = re.compile(
    r"(?P<sign>[-+−])?\s*(?P<number>\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|[\d,]*\d(?:[.·]\d+)?)\s*"
    r"(?P<unit>[^\d\s()\[\]〔〕.,]{0,4})\s*(?P<note>[(\[〔].*)?",
    re.DOTALL,
)
_DASH = re.compile(r"[-—–―─﹣_一]{2,}|[-—–―─﹣]")
_SLASH = re.compile(r"[/\\]{1,2}")
_BRACKETED = re.compile(
    r"[(\[](?:单位|金额单位|计量单位)?:?\s*([^\d()\[\]:]{1,4})[)\]]|单位:\s*([^\d\s()\[\]:,，]{1,4})"
)


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a cell; `value` only where `state` is value, `is_unit` where the cell is a unit alone.

    `is_label` says whether it holds words that may name a row or a column.
    """

    state: CellState
    value: Decimal | None = None
    unit: str = ""
    note: str = ""
    is_unit: bool = False
    is_label: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = self.state is CellState.TEXT and not self.is_unit and not self.note
        object.__setattr__(self, "is_label", words)


_BLANK = Content(CellState.BLANK)
_WORDS = Content(CellState.TEXT)


@lru_cache(maxsize=2048)
def read_cell(text: str, templates: Templates) -> Content:
    """Returns what the cell `text` holds; 万 and 亿 before a unit other than money multiply the value."""
    folded = fold_widths(text).strip()
    if not folded:
        return _BLANK
    if _SLASH.fullmatch(folded):
        return Content(CellState.SLASH)
    if _DASH.fullmatch(folded):
        return Content(CellState.DASH)
    words = templates.words
    if folded in words.units:
        return Content(CellState.TEXT, is_unit=True, unit=folded)
    if folded in words.nothing:
        return Content(CellState.TEXT, note=folded)
    match = _VALUE.fullmatch(folded)
    if match is None or (match["unit"] and match["unit"] not in words.units):
        return Content(CellState.TEXT, note=folded) if _hedged(folded, templates) else _WORDS
    unit, scale = match["unit"], ""
    if unit[:1] in ("万", "亿") and not unit.endswith("元"):
        unit, scale = unit[1:], unit[0]
    value = parse(match["number"] + scale)
    if value is None:
        return _WORDS
    return Content(
        CellState.VALUE, -value if match["sign"] in ("-", "−") else value, unit, _note(match["note"])
    )


def _hedged(folded: str, templates: Templates) -> bool:
    """Returns whether a cell is a number with a hedge (约50, 1000余条), which is neither value nor label."""
    bare = folded
    for hedge in templates.words.hedges:
        bare = bare.replace(hedge, "")
    match = _VALUE.fullmatch(bare) if bare != folded else None
    return match is not None and (not match["unit"] or match["unit"] in templates.words.units)


@lru_cache(maxsize=2048)
def unit_in(label: str, templates: Templates) -> str:
    """Returns the unit a label or caption names in brackets or after 单位: ("" where none): 金额(万元)."""
    for match in _BRACKETED.finditer(fold_widths(label)):
        unit = (match[1] or match[2]).strip()
        if unit in templates.words.units:
            return unit
    return ""


def _note(text: str | None) -> str:
    return "" if text is None else text.strip("()[]〔〕 ")
