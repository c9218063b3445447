"""cn2an gives the values; it finds nothing itself, so a plain pattern finds Arabic and Chinese numbers.

Its `transform` rewrites a whole text but keeps no offsets. `smart` is its mode for mixed numerals (3.5万).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import cn2an  # type: ignore[import-not-found]

from .measures import ARABIC, CHINESE, HEDGE, SCALE, UNIT
from .protocol import Found, serve

_QUANTITY = re.compile(
    rf"(?<![第0-9.])(?:百分之({ARABIC}|{CHINESE})"
    rf"|({ARABIC}|{CHINESE})\s*{HEDGE}({SCALE}){HEDGE}\s*({UNIT}))"
)
_COMMAS = str.maketrans("", "", ",，")


def find(text: str) -> Iterator[Found]:
    """Yields each number that a measure word follows, or that 百分之 precedes."""
    for match in _QUANTITY.finditer(text):
        share, number, scale, unit = match.groups()
        yield Found(*match.span(), _value(share or number + scale), unit or "%")


def _value(numeral: str) -> str | None:
    try:
        return str(cn2an.cn2an(numeral.translate(_COMMAS), "smart"))
    except (ValueError, KeyError):  # what cn2an raises for a numeral that it cannot read
        return None


if __name__ == "__main__":
    serve(find)
