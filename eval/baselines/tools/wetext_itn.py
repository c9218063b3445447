"""WeTextProcessing by its runtime wetext: text normalization for digits, inverse for Chinese numerals.

`normalize_with_mapping` keeps offsets and says what each stretch is. Taken are measures, cardinals,
fractions and money; left out are dates, times, arithmetic, telephone-like digits, and measures in 年, 月,
日 and 号, which the grammar reads out as measures where a date is meant. Chinese digits below ten
are found on request only (`enable_0_to_9`); in this release the text comes out empty then, so their measures
are taken from the tagger, which finds them. Each clause that has a numeral is asked for alone: the mapping
searches over paths, and its time grows faster than its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from wetext import Normalizer  # type: ignore[import-not-found]
from wetext.utils import tag  # type: ignore[import-not-found]

from .protocol import Found, pieces, serve

_READ_OUT = Normalizer(lang="zh", operator="tn")
_WRITE_DOWN = Normalizer(lang="zh", operator="itn")
_QUANTITY = frozenset({"measure", "cardinal", "fraction", "money", "math"})
_PARTS = re.compile(
    r"\s*([0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?)\s*[余多]?(万亿|[万亿千](?!元|美元))?[余多]?\s*(.*)"
)
_SHARE = re.compile(r"([0-9]+)/([0-9]+)")
_CLAUSE = re.compile(r"(?:[^，。｡；：！？\n]|，(?=[0-9０-９]{3}))+")
_DIGIT = re.compile(r"[0-9０-９]")
_CHINESE = re.compile(r"[〇零一二三四五六七八九十百千两]")
_TOKEN = re.compile(r'(\w+) \{ value: "([^"]*)" \}')
_ONES = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {"两": "2"}
_DATES = ("年", "月", "日", "号", "时", "点")
_BY_DIGIT = "幺"
_SCALES = {"千": 1_000, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_PLAIN = str.maketrans("０１２３４５６７８９．", "0123456789.", ",，")


def find(text: str) -> Iterator[Found]:
    """Yields the quantities of each clause."""
    return pieces(_find, text, _CLAUSE)


def _find(clause: str) -> Iterator[Found]:
    if _DIGIT.search(clause):
        for item in _READ_OUT.normalize_with_mapping(clause).mappings:
            if item.token_type in _QUANTITY and _BY_DIGIT not in item.output_text:
                yield from _quantity(item.input_start, item.input_end, item.input_text)
    if _CHINESE.search(clause):
        for item in _WRITE_DOWN.normalize_with_mapping(clause).mappings:
            if item.token_type in _QUANTITY and not _DIGIT.search(item.input_text):
                yield from _quantity(item.input_start, item.input_end, item.output_text)
        yield from _ones(clause)


def _ones(clause: str) -> Iterator[Found]:
    """Yields the measures of one Chinese digit; the tagger's values are the words as they stand."""
    position = 0
    for kind, words in _TOKEN.findall(tag(clause, "zh", "itn", True)):
        start = clause.find(words, position)
        if start < 0:  # a blank that the tagger wrote another way
            continue
        position = start + len(words)
        if kind == "measure" and words[0] in _ONES and not _CHINESE.match(words[1:]):
            yield from _quantity(start, position, _ONES[words[0]] + words[1:])


def _quantity(start: int, end: int, text: str) -> Iterator[Found]:
    if share := _SHARE.fullmatch(text.strip()):
        if int(share[2]):
            yield Found(start, end, f"{Decimal(share[1]) / Decimal(share[2]):f}", "")
    elif (parts := _PARTS.fullmatch(text)) and not parts[3].startswith(_DATES):
        value = Decimal(parts[1].translate(_PLAIN)) * _SCALES.get(parts[2] or "", 1)
        yield Found(start, end, f"{value:f}", parts[3].strip())


if __name__ == "__main__":
    serve(find)
