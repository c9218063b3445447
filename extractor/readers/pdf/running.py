"""What stands on every page and is no text of the report: page marks, running headers and footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ...knowledge import Layout
from ...widths import fold_widths
from .letters import Line

_DIGITS = re.compile(r"\d+")
_BARE = re.compile(r"\d{1,4}")
# Lines looked at from the top and from the bottom of a page.
_DEPTH = 2
# A line that repeats stands at the same height, to so many points, on so many pages, and this share of them.
_HEIGHT = 6.0
_LEAST_PAGES = 3
_SHARE = 0.4
# Page numbers without marks stand in this share of the page at its foot or head.
_MARGIN = 0.1


def running_lines(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], layout: Layout
) -> list[dict[int, str]]:
    """Returns, for each page, the numbers of the lines to drop and the reason code of each."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        seen.update({key for number in _rim(lines) for key in _keys(lines[number])})
    least = max(_LEAST_PAGES, int(len(pages) * _SHARE))
    marks = layout.reason("page_mark").lines
    found: list[dict[int, str]] = []
    for lines, height in zip(pages, heights, strict=True):
        own: dict[int, str] = {}
        for number in _rim(lines):
            line = lines[number]
            text = fold_widths(line.text).strip()
            outer = line.top < _MARGIN * height or line.bottom > (1 - _MARGIN) * height
            again = any(seen[key] >= least for key in _keys(line))
            if (marks is not None and marks.fullmatch(text)) or (_BARE.fullmatch(text) and outer):
                own[number] = "page_mark"
            elif again and outer:
                own[number] = "running_header"
        found.append(own)
    return found


def _rim(lines: Sequence[Line]) -> list[int]:
    numbers = range(len(lines))
    return sorted({*numbers[:_DEPTH], *numbers[-_DEPTH:]})


def _keys(line: Line) -> tuple[tuple[str, int], tuple[str, int]]:
    """Returns what a line says, its numbers left open, with its height rounded both ways."""
    text = _DIGITS.sub("#", line.text)
    at = line.top / _HEIGHT
    return (text, int(at)), (text, int(at + 0.5) + 100_000)
