"""One character to one: the widths, variants and blanks that never change what a text says."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from .knowledge.layout import traditional

_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufe0e\ufe0f\ufeff"
_BREAKS = "\x85\u2028\u2029"
_CONTROLS = "".join(map(chr, (*range(9), *range(14, 32), 127)))
_VARIANTS = {
    "｡": "。",
    "､": "、",
    "｢": "“",
    "｣": "”",
    "「": "“",
    "」": "”",
    "『": "“",
    "』": "”",
    "﹒": ".",
    "﹐": ",",
    "﹕": ":",
    "﹔": ";",
    "﹪": "%",
    "﹙": "(",
    "﹚": ")",
    "︰": ":",
    "∶": ":",
}
# A character that stands for nothing: the fold removes it.
REMOVED = "\u200b"


@cache
def widths() -> dict[str, str]:
    """Returns the map from a character to the one it is read as: one to one, so that no offset moves.

    Full-width forms become ASCII, blanks of any width a space, invisible characters `REMOVED`, control
    characters U+FFFD (a NUL between digits must not join them), the compatibility ideographs of PDF text
    layers and traditional characters their usual form. 、 。 “ ” 《 》 〔 〕 ○ 〇 and ③ stay as they are.
    """
    table = {0xFF01 + offset: chr(0x21 + offset) for offset in range(94)}
    table.update((ord(blank), " ") for blank in _BLANKS)
    table.update((ord(char), REMOVED) for char in _INVISIBLE)
    table.update((ord(char), "\n") for char in _BREAKS)
    table.update((ord(char), "\ufffd") for char in _CONTROLS)
    table.update((ord(char), plain) for char, plain in _VARIANTS.items())
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code) and len(plain) == 1:
            table[code] = plain
    return {chr(code): plain for code, plain in (table | traditional()).items()}


@cache
def _changed() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(widths()))}]")


def fold_widths(text: str) -> str:
    """Returns `text` with every character in its usual width and form; its length does not change."""
    table = widths()
    return _changed().sub(lambda match: table[match[0]], text)
