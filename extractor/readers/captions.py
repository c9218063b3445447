"""What stands around a table and belongs to it: captions and units above, notes below."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ..data import Region, Table
from ..knowledge import Layout
from ..numerals import INNER_MARK, ITEM_MARK, PART_MARK

_ABOVE = 6
_BELOW = 8
_HEADING = re.compile(rf"#{{0,6}} ?({ITEM_MARK}|{INNER_MARK}|{PART_MARK})")
# A caption glued to a table without marks: back to the last blank or sentence end.
_GLUED = re.compile(r"[^\s。!?;]{2,50}$")
# The heading of a part, and the unit it names for every table of the part; a lesser heading counts where it names one.
_NAMED_UNIT = r"\((?:计量|金额)?单位 ?:[^()\n]{1,8}\)"
_PART = re.compile(
    rf"(?m)^(?:#{{1,6}} )?(?:{PART_MARK}[^\n。]*|(?:{ITEM_MARK}|附[表件录])[^\n。|]{{0,30}}{_NAMED_UNIT})[ \t]*$"
)
_UNIT = re.compile(rf"{_NAMED_UNIT}$")
# Words over several columns of a table that blanks set.
_HEADER = re.compile(r"[^\s。;:\d]{1,12}(?: {2,}[^\s。;:\d]{1,12})+")
_BY_BLANKS = "blanks"
_MARKDOWN = re.compile(r"^#{1,6} +|^\*\*|\*\*$")


def frame(
    tables: Sequence[Table], folded: str, text: str, dropped: Sequence[Region], layout: Layout
) -> tuple[tuple[Table, ...], list[tuple[int, int]]]:
    """Returns the tables with captions and notes, and how far each table reaches with them."""
    framed: list[Table] = []
    extents: list[tuple[int, int]] = []
    floor = 0
    starts, ends = sorted(region.start for region in dropped), sorted(region.end for region in dropped)
    begins = [table.start for table in tables]
    parts = [(match.end(), _UNIT.search(match.group().rstrip())) for match in _PART.finditer(folded)]
    for table in tables:
        ceiling = min(_first(begins, table.end, len(text)), _first(starts, table.end, len(text)))
        left, above = _caption(table, folded, max(floor, _last(ends, table.start)), layout)
        right, below = _notes(table, folded, ceiling, layout)
        caption = [text[start:end] for start, end in above] + [table.caption] * bool(table.caption)
        unit = next((unit for end, unit in reversed(parts) if end <= table.start), None)
        if unit is not None and not any("单位" in line for line in caption):
            caption.append(unit.group())
        framed.append(
            replace(table, caption="\n".join(caption), notes=tuple(text[start:end] for start, end in below))
        )
        extents.append((left, right))
        floor = max(floor, right)
    return tuple(framed), extents


def _last(places: Sequence[int], place: int) -> int:
    """Returns the last of the sorted `places` that is not behind `place`, 0 where there is none."""
    number = bisect_right(places, place)
    return places[number - 1] if number else 0


def _first(places: Sequence[int], place: int, default: int) -> int:
    """Returns the first of the sorted `places` that is not before `place`."""
    number = bisect_left(places, place)
    return places[number] if number < len(places) else default


def _caption(table: Table, folded: str, floor: int, layout: Layout) -> tuple[int, list[tuple[int, int]]]:
    """Returns where the captions of a table begin and their spans, none of them a section heading."""
    spans: list[tuple[int, int]] = []
    begin = at = table.start
    for _ in range(_ABOVE):
        if at <= floor:
            break
        start = max(folded.rfind("\n", floor, at - 1 if folded[at - 1] == "\n" else at) + 1, floor)
        raw = folded[start:at]
        line = raw.strip()
        if line:
            found = _known(line, start + raw.index(line[0]), layout)
            if found is None and not spans and at == table.start:
                found = _glued(folded, floor, table.start, layout)
            if found is None and table.layout == _BY_BLANKS and _HEADER.fullmatch(line):
                at = start
                continue  # 收入    支出 over the columns of a printed table
            if found is None:
                break
            spans.insert(0, found)
            begin = found[0]
            if begin > start + raw.index(line[0]):
                break
        at = start
    return begin, spans


def _known(line: str, start: int, layout: Layout) -> tuple[int, int] | None:
    bare = _MARKDOWN.sub("", line)
    if _HEADING.match(line) or not layout.caption.fullmatch(bare):
        return None
    return start, start + len(line)


def _glued(folded: str, floor: int, end: int, layout: Layout) -> tuple[int, int] | None:
    tail = folded[max(floor, end - 60) : end].rstrip()
    match = _GLUED.search(tail)
    if match is None or _HEADING.match(match.group()) or not layout.caption.fullmatch(match.group()):
        return None
    start = max(floor, end - 60) + match.start()
    return start, start + len(match.group())


def _notes(table: Table, folded: str, ceiling: int, layout: Layout) -> tuple[int, list[tuple[int, int]]]:
    """Returns where the notes of a table end and their spans."""
    spans: list[tuple[int, int]] = []
    end = at = table.end
    for _ in range(_BELOW):
        if at >= ceiling:
            break
        stop = folded.find("\n", at, ceiling)
        stop = ceiling if stop < 0 else stop
        raw = folded[at:stop]
        line = raw.strip()
        if line:
            if not layout.note.fullmatch(line):
                break
            start = at + raw.index(line[0])
            spans.append((start, start + len(line)))
            end = start + len(line)
        at = stop + 1
    return end, spans
