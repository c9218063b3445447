"""JioNLP's parts put together: its money, its measure words in a plain pattern, and its times left out.

Its words have no 人, so the plain list stands beside them.
Values of counts are read by its money parser, the only reader of numbers it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import jionlp  # type: ignore[import-not-found]

from .jionlp_money import find as find_money
from .measures import ARABIC, CHINESE, HEDGE, SCALE, WORDS
from .protocol import Found, serve

_LIKELY = 0.6  # of a measure word's uses behind a number, the share that its dictionary must give
_WORDS = {word for word, facts in jionlp.quantifiers_loader().items() if float(facts["prob"]) > _LIKELY}
_UNIT = "|".join(sorted(map(re.escape, _WORDS | set(WORDS)), key=lambda word: -len(word)))
_QUANTITY = re.compile(rf"(?<![第0-9.])({ARABIC}|{CHINESE})\s*{HEDGE}({SCALE}){HEDGE}\s*({_UNIT})")
_PLAIN = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def find(text: str) -> Iterator[Found]:
    """Yields sums of money, and numbers with a measure word that are in no sum and no time."""
    money = list(find_money(text))
    yield from money
    taken = [(item.start, item.end) for item in money]
    taken += [tuple(item["offset"]) for item in jionlp.ner.extract_time(text) if item["type"] != "time_delta"]
    for match in _QUANTITY.finditer(text):
        start, end = match.span()
        if not any(start < right and left < end for left, right in taken):
            yield Found(start, end, _value(match[1] + match[2]), match[3])


def _value(numeral: str) -> str | None:
    try:
        number = jionlp.parse_money(f"{numeral.translate(_PLAIN)}元")["num"]
    except ValueError:  # its word for a sum that it cannot read
        return None
    return number if isinstance(number, str) else None


if __name__ == "__main__":
    serve(find)
