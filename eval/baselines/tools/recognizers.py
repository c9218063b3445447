"""Microsoft Recognizers-Text, culture zh-cn: numbers, percentages, and numbers with units.

A bare number is left out where the suite itself takes the words for an ordinal, a date or time, a phone
number or an address. Its Chinese units are currencies, dimensions, ages and temperatures; measure words
(件, 条, 人次) are none of them. It is made for utterances: over a whole document its dates reach across
paragraphs, so each sentence is asked for alone, and a date that holds punctuation is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ms_recognizers_date_time import recognize_datetime  # type: ignore[import-not-found]
from ms_recognizers_number import (  # type: ignore[import-not-found]
    recognize_number,
    recognize_ordinal,
    recognize_percentage,
)
from ms_recognizers_number_with_unit import (  # type: ignore[import-not-found]
    recognize_age,
    recognize_currency,
    recognize_dimension,
    recognize_temperature,
)
from ms_recognizers_sequence import (  # type: ignore[import-not-found]
    recognize_email,
    recognize_ip_address,
    recognize_phone_number,
    recognize_url,
)

from .protocol import Found, pieces, serve

CULTURE = "zh-cn"
_WITH_UNIT = (recognize_currency, recognize_dimension, recognize_age, recognize_temperature)
_NO_QUANTITY = (
    recognize_ordinal,
    recognize_phone_number,
    recognize_url,
    recognize_email,
    recognize_ip_address,
)
_SENTENCE = re.compile(r"[^。｡；！？\n]+")
_PUNCTUATION = re.compile(r"[,，、､;；()（）]")
_NUMERAL = re.compile(r"^[0-9０-９,，.．·点〇零一二三四五六七八九十百千两万亿\s]+")


def find(text: str) -> Iterator[Found]:
    """Yields percentages, numbers with units, and the other numbers that are no date, ordinal or address."""
    return pieces(_find, text, _SENTENCE)


def _find(text: str) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    with_unit = [found for recognize in _WITH_UNIT for found in _quantities(recognize(text, CULTURE))]
    for found in [*map(_percentage, recognize_percentage(text, CULTURE)), *with_unit]:
        if _free(found.start, found.end, taken):
            taken.append((found.start, found.end))
            yield found
    taken += [(item.start, item.end + 1) for recognize in _NO_QUANTITY for item in recognize(text, CULTURE)]
    taken += [
        (item.start, item.end + 1)
        for item in recognize_datetime(text, CULTURE)
        if not item.type_name.endswith("duration") and not _PUNCTUATION.search(item.text)
    ]
    for item in recognize_number(text, CULTURE):
        if _free(item.start, item.end + 1, taken):
            yield Found(item.start, item.end + 1, item.resolution["value"], "")


def _percentage(item: Any) -> Found:
    unit = "个百分点" if item.text.endswith("百分点") else "%"
    return Found(item.start, item.end + 1, item.resolution["value"].rstrip("%"), unit)


def _quantities(items: Iterable[Any]) -> Iterator[Found]:
    for item in items:
        if (item.resolution or {}).get("value"):
            unit = _NUMERAL.sub("", item.text).strip()
            yield Found(item.start, item.end + 1, item.resolution["value"], unit)


def _free(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return not any(start < right and left < end for left, right in taken)


if __name__ == "__main__":
    serve(find)
