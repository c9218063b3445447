"""How the paragraphs of a report are set: in hard lines as PDF text has them, in ASCII punctuation, numbered."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from ...labels import GoldExclusion
from .marks import Ink, stretches

_ASCII = str.maketrans("，；：（）", ",;:()")
_CLOSING = "，。；：、）》,;:)"
_NUMERALS = "一二三四五"


@dataclass(frozen=True, slots=True)
class Setting:
    """`width` is that of a line in characters, 0 for paragraphs that run on."""

    width: int = 0
    ascii: bool = False
    numbered: bool = False


def setting(draw: random.Random, suffix: str) -> Setting:
    """Returns how one report is set; only plain text has hard lines."""
    width = draw.choice((0, 0, 0, 32, 40)) if suffix == ".txt" else 0
    return Setting(width, draw.random() < 0.15, draw.random() < 0.25)


def set_paragraphs(paragraphs: Sequence[str], how: Setting, ink: Ink) -> list[str]:
    """Returns the paragraphs of one section as they are printed; labels are never broken."""
    found = []
    for number, text in enumerate(paragraphs):
        if how.numbered and len(paragraphs) > 1:
            mark = ink.mark(f"（{_NUMERALS[number]}）", GoldExclusion(0, 0, "", ("list_marker",)))
            text = f"{mark}{text}"
        if how.ascii:
            text = "".join(part if label else part.translate(_ASCII) for part, label in stretches(text))
        found.append(_wrapped(text, how.width) if how.width else text)
    return found


def _wrapped(text: str, width: int) -> str:
    """Returns the text in lines of about `width` characters; none begins with a closing mark or inside a label."""
    pieces: list[str] = []
    column = 0
    for part, label in stretches(text):
        if label:
            pieces.append(part)
            column += len(part)
            continue
        for char in part:
            if column >= width and char not in _CLOSING:
                pieces.append("\n")
                column = 0
            pieces.append(char)
            column += 1
    return "".join(pieces)
