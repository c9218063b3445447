"""Words pointed at by quoting them between ⟦ and ⟧, and the numerals a label covers by default."""

from __future__ import annotations

import re

Span = tuple[int, int]
OPEN, CLOSE = "⟦", "⟧"
_DIGIT = r"[0-9\uff10-\uff19]"
_NUMERAL = re.compile(
    rf"(?:{_DIGIT}+(?:[,\uff0c]{_DIGIT}{{3}}(?!{_DIGIT}))*(?:[.\uff0e·]{_DIGIT}+)?|[〇○零一二三四五六七八九十百千两]+)"
    r"(?:[万亿]+(?![美欧港日]?元))?"
)


def quote(text: str, start: int, end: int) -> str:
    """Returns the words at `start`..`end` between ⟦ and ⟧, with enough text around to stand there only once.

    Raises:
        ValueError: `start`..`end` is no span of the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start}..{end} is no span of a text of {len(text)} characters")
    before, after = start, end
    while text.find(text[before:after], text.find(text[before:after]) + 1) >= 0:
        if before > 0 and (start - before <= after - end or after == len(text)):
            before -= 1
        else:
            after += 1
    return f"{text[before:start]}{OPEN}{text[start:end]}{CLOSE}{text[end:after]}"


def locate(text: str, quotation: str) -> Span:
    """Returns the half-open span of the bracketed words of `quotation` in `text`.

    Raises:
        ValueError: the brackets are wrong, or the words stand in the text not once; the message says which.
    """
    if quotation.count(OPEN) != 1 or quotation.count(CLOSE) != 1:
        raise ValueError("one pair of brackets around the labelled words")
    before, rest = quotation.split(OPEN)
    inside, _, after = rest.partition(CLOSE)
    if not inside or CLOSE in before:
        raise ValueError("words between the brackets")
    first = text.find(before + inside + after)
    if first < 0:
        raise ValueError("words that stand in the report")
    if text.find(before + inside + after, first + 1) >= 0:
        raise ValueError("words that stand in the report once: quote more of them")
    return first + len(before), first + len(before) + len(inside)


def numerals(text: str, start: int, end: int) -> list[Span]:
    """Returns the spans of the numerals in `start`..`end`, with a scale (万, 亿) that is not the unit's."""
    return [match.span() for match in _NUMERAL.finditer(text, start, end)]
