"""What is no text of the report: page marks, metadata, navigation, buttons, download tails."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..data import Region
from ..knowledge import Layout
from .lines import Line, width

# A line this wide (half widths) is prose: page metadata above it is over, and no pattern drops it.
_PROSE = 170
# A line this wide, or one that ends a sentence, is prose behind which a lone number is the page's.
_PROSE_LINE = 40
_PAGE_NUMBER = re.compile(r"\d{1,3}")


def find_noise(folded: str, spans: Sequence[tuple[int, int]], layout: Layout, begin: int) -> list[Region]:
    """Returns the dropped stretches in `spans` of `folded`, in order, each with its reason.

    `begin` is where the body of the document begins: from there on, nothing is page metadata.
    """
    found: list[Region] = []
    for start, end in spans:
        inline = _inline(folded, start, end, layout)
        found += inline
        busy = iter(inline)
        hole = next(busy, None)
        for line in _lines(folded, start, end):
            while hole is not None and hole.end <= line.start:
                hole = next(busy, None)
            if hole is not None and hole.start < line.end:
                continue
            code = _reason(line.text, layout, line.start < begin)
            if code:
                found.append(Region(line.start, line.end, "dropped", code))
    return sorted(found, key=lambda region: region.start)


def _lines(folded: str, start: int, end: int) -> list[Line]:
    """Returns the lines of a span that are not blank."""
    found = []
    for raw in folded[start:end].split("\n"):
        text = raw.strip()
        if text:
            left = start + raw.index(text[0])
            found.append(Line(left, left + len(text), text))
        start += len(raw) + 1
    return found


def _inline(folded: str, start: int, end: int, layout: Layout) -> list[Region]:
    """Returns the stretches dropped inside lines; of two that overlap, the first."""
    found = [
        Region(match.start(), match.end(), "dropped", drop.code)
        for drop in layout.drops
        if drop.inline is not None
        for match in drop.inline.finditer(folded, start, end)
        if match.end() > match.start()
    ]
    kept: list[Region] = []
    for region in sorted(found, key=lambda item: item.start):
        if not kept or kept[-1].end <= region.start:
            kept.append(region)
    return kept


def _reason(text: str, layout: Layout, early: bool) -> str:
    if len(text) * 2 > _PROSE and width(text) > _PROSE:
        return ""
    for drop in layout.drops:
        if drop.lines is not None and (early or not drop.head) and drop.lines.fullmatch(text):
            return drop.code
    return ""


def body_start(folded: str) -> int:
    """Returns where the body begins: at the first line wide enough, or ending a sentence, to be prose."""
    at = 0
    for raw in folded.split("\n"):
        text = raw.strip()
        if (width(text) > _PROSE and ":" not in text[:8]) or (len(text) > 16 and text.endswith("。")):
            return at
        at += len(raw) + 1
    return at


def page_numbers(folded: str, start: int, end: int) -> list[Region]:
    """Returns the numbers alone on a line behind a line of prose in a stretch of narrative: page numbers."""
    found: list[Region] = []
    before = ""
    for line in _lines(folded, start, end):
        prose = width(before) >= _PROSE_LINE or before.endswith("。")
        if prose and _PAGE_NUMBER.fullmatch(line.text):
            found.append(Region(line.start, line.end, "dropped", "page_mark"))
        else:
            before = line.text
    return found
