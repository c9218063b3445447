"""Word's automatic numbering: 一、 (一) 1. are no text of the document, but readers and auditors see them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = "零一二三四五六七八九"
_SLOT = re.compile(r"%(\d)")
_LEVELS = 9
_CHINESE_FORMATS = frozenset(
    {
        "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital",
        "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
    }
)  # fmt: skip
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    _lists: Mapping[str, tuple[str, Mapping[int, _Level]]]
    _styles: Mapping[str, tuple[str, int]]
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def mark(self, paragraph: Any) -> str:
        """Returns the number Word shows before `paragraph`, a w:p element, and counts it; "" where none."""
        spot = _spot(paragraph.find(f"{_W}pPr"))
        if spot is None:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            spot = self._styles.get(style.get(f"{_W}val", "")) if style is not None else None
        if spot is None or spot[0] not in self._lists or not 0 <= spot[1] < _LEVELS:
            return ""
        abstract, levels = self._lists[spot[0]]
        at = spot[1]
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(
            abstract, [levels[n].start - 1 if n in levels else 0 for n in range(_LEVELS)]
        )
        counts[at] += 1
        for below in range(at + 1, _LEVELS):
            counts[below] = levels[below].start - 1 if below in levels else 0

        def number(match: re.Match[str]) -> str:
            place = int(match.group(1)) - 1
            shown = levels.get(place)
            return "" if shown is None else _written(max(counts[place], shown.start), shown.format)

        return _SLOT.sub(number, level.text) if level.format != "bullet" else ""


def numbering_of(numbering: Any, styles: Any) -> Numbering:
    """Returns the numbering of a document from its numbering and styles elements, either of which may be None."""
    abstracts: dict[str, dict[int, _Level]] = {}
    lists: dict[str, tuple[str, Mapping[int, _Level]]] = {}
    if numbering is not None:
        for abstract in numbering.findall(f"{_W}abstractNum"):
            abstracts[abstract.get(f"{_W}abstractNumId", "")] = {
                int(level.get(f"{_W}ilvl", "0")): _Level(
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText"),
                    _whole(_value(level, "start"), 1),
                )
                for level in abstract.findall(f"{_W}lvl")
            }
        for item in numbering.findall(f"{_W}num"):
            target = _value(item, "abstractNumId")
            lists[item.get(f"{_W}numId", "")] = (target, abstracts.get(target, {}))
    own: dict[str, tuple[str, int]] = {}
    for style in styles.findall(f"{_W}style") if styles is not None else ():
        spot = _spot(style.find(f"{_W}pPr"))
        if spot is not None:
            own[style.get(f"{_W}styleId", "")] = spot
    return Numbering(lists, own)


def _spot(properties: Any) -> tuple[str, int] | None:
    """Returns list and level in the properties of a paragraph or style, None where they name no list."""
    found = properties.find(f"{_W}numPr") if properties is not None else None
    if found is None:
        return None
    return _value(found, "numId"), _whole(_value(found, "ilvl"), 0)


def _value(element: Any, tag: str) -> str:
    child = element.find(f"{_W}{tag}")
    return "" if child is None else child.get(f"{_W}val", "")


def _whole(text: str, default: int) -> int:
    return int(text) if text.isdigit() else default


def _written(number: int, format: str) -> str:
    """Returns a number as its format writes it; formats unknown here as digits."""
    if format in _CHINESE_FORMATS and 0 < number < 100:
        tens, ones = divmod(number, 10)
        if not tens:
            return _CHINESE[ones]
        return ("" if tens == 1 else _CHINESE[tens]) + "十" + (_CHINESE[ones] if ones else "")
    if format in _CIRCLED and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if format in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr(ord("A" if format == "upperLetter" else "a") + number - 1)
    if format == "decimalZero":
        return f"{number:02}"
    return "" if format == "none" else str(number)
