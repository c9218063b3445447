"""A plain pattern: Arabic digits, an optional 万 or 亿, a measure word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .measures import ARABIC, HEDGE, SCALE, UNIT
from .protocol import Found, serve

_QUANTITY = re.compile(rf"(?<![第0-9.])({ARABIC})\s*({HEDGE}{SCALE}{HEDGE})\s*({UNIT})")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "万亿": Decimal(1_000_000_000_000)}
_PLAIN = str.maketrans("０１２３４５６７８９．", "0123456789.", ",，")


def find(text: str) -> Iterator[Found]:
    """Yields each number that a measure word follows."""
    for match in _QUANTITY.finditer(text):
        number, scale, unit = match.groups()
        value = Decimal(number.translate(_PLAIN)) * _SCALES.get(scale.strip("余多"), Decimal(1))
        yield Found(*match.span(), f"{value:f}", unit)


if __name__ == "__main__":
    serve(find)
