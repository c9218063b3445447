"""Every character of a document goes to the narrative, to a table or to a reason for dropping it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..data import Cell, Problem, Region, Report, Table
from ..knowledge import Layout
from ..widths import fold_widths
from .barred import Block, find_barred
from .captions import frame
from .columns import find_columns
from .lines import Line, lines_of
from .noise import body_start, find_noise, page_numbers
from .source import Draft
from .stream import find_cell_lines, find_streams

_HAN = re.compile("[\u4e00-\u9fff]")
# Fewer Chinese characters than this are no narrative: a heading, a title.
_LEAST_NARRATIVE = 40
_SPACES = re.compile(r"\s+")

Span = tuple[int, int]


def settle(draft: Draft, source: str, sha256: str, kind: str, layout: Layout) -> Report:
    """Returns the report of a draft: its regions cover the text, its tables stand in order.

    Tables and narrative are told apart by content. Missing narrative, missing tables and tables that
    break off are problems of the report.
    """
    text = draft.text
    folded = fold_widths(text)
    tables, covers = _covers(draft.tables, layout)
    dropped = [*draft.dropped, *covers]
    free = _gaps([*_spans(tables), *_spans(dropped)], len(text))
    problems = list(draft.problems)
    begin = body_start(folded)
    for start, end in free:
        lines = lines_of(folded, start, end)
        blocks = find_barred(lines, layout)
        blocks += find_columns(lines, blocks)
        for block in sorted(blocks, key=lambda item: item.first):
            table = _table(block, lines, text)
            cover = _is_cover(table, layout)
            if cover:
                dropped.append(_cover(table))
            else:
                tables.append(table)
                dropped += [Region(left, right, "dropped", "page_mark") for left, right in block.marks]
            if block.short and not cover:
                problems.append(
                    Problem("table_truncated", source, str(table.start), {"reason": block.layout})
                )
    free = _gaps([*_spans(tables), *_spans(dropped)], len(text))
    noise = find_noise(folded, free, layout, begin)
    dropped += noise
    free = _gaps([*_spans(tables), *_spans(dropped)], len(text))
    streams = _joined(find_streams(folded, free, layout), tables)
    for start, end in _gaps([*_spans(tables), *streams], len(text)):
        lines = [line for line in lines_of(folded, start, end) if not _inside(line, dropped)]
        streams += [(lines[first].start, lines[last - 1].end) for first, last in find_cell_lines(lines)]
    tables += [Table("", start, end, "stream") for start, end in streams]
    tables = [
        replace(table, id=f"T{number}")
        for number, table in enumerate(sorted(tables, key=lambda table: (table.start, -table.end)), 1)
    ]
    for start, end in _gaps([*_spans(tables), *_spans(dropped)], len(text)):
        dropped += page_numbers(folded, start, end)
    framed, extents = frame(tables, folded, text, dropped, layout)
    regions = _regions(text, extents, dropped)
    problems += _missing(text, regions, framed, source)
    return Report(source, sha256, text, draft.encoding, kind, regions, framed, tuple(problems))


def _spans(items: Sequence[Table] | Sequence[Region]) -> list[Span]:
    return [(item.start, item.end) for item in items]


def _gaps(busy: Sequence[Span], length: int) -> list[Span]:
    """Returns what `busy` leaves of [0, length), in order."""
    gaps, at = [], 0
    for start, end in sorted(busy):
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    if at < length:
        gaps.append((at, length))
    return gaps


def _inside(line: Line, regions: Sequence[Region]) -> bool:
    return any(region.start <= line.start and line.end <= region.end for region in regions if line.text)


def _table(block: Block, lines: Sequence[Line], text: str) -> Table:
    cells = tuple(
        Cell(c.row, c.row_end, c.column, c.column_end, c.start, c.end, text[c.start : c.end])
        for c in block.cells
    )
    start, end = lines[block.first].start, lines[block.last - 1].end
    caption = "\n".join(text[left:right] for left, right in block.captions)
    return Table("", start, end, block.layout, cells, block.rows, block.columns, caption)


def _covers(tables: Sequence[Table], layout: Layout) -> tuple[list[Table], list[Region]]:
    """Returns the data tables and, as dropped regions, the cover tables."""
    return (
        [table for table in tables if not _is_cover(table, layout)],
        [_cover(table) for table in tables if _is_cover(table, layout)],
    )


def _is_cover(table: Table, layout: Layout) -> bool:
    labels = {_SPACES.sub("", cell.text).strip(":：【】[]") for cell in table.cells}
    return len(labels & layout.cover_labels) >= layout.cover_minimum


def _cover(table: Table) -> Region:
    return Region(table.start, table.end, "dropped", "cover_table")


def _joined(streams: Sequence[Span], tables: Sequence[Table]) -> list[Span]:
    """Returns the streams that stand clear of the tables with marks.

    A stream may run on behind a page mark, but not over a table.
    """
    clear: list[Span] = []
    for start, end in streams:
        for table in tables:
            if start < table.start < end:
                clear.append((start, table.start))
                start = table.end
        if start < end:
            clear.append((start, end))
    return clear


def _regions(text: str, tables: Sequence[Span], dropped: Sequence[Region]) -> tuple[Region, ...]:
    """Returns the regions of the text: what is dropped inside a table stays dropped."""
    marks = _runs(text, sorted(dropped, key=lambda region: (region.start, region.end)))
    found: list[Region] = []
    at = 0
    for region in marks:
        if region.end <= at:
            continue
        if region.start > at:
            found += _cut(at, region.start, tables)
        found.append(replace(region, start=max(at, region.start)))
        at = region.end
    if at < len(text):
        found += _cut(at, len(text), tables)
    return tuple(found)


def _runs(text: str, marks: Sequence[Region]) -> list[Region]:
    """Returns the dropped stretches, those of one reason with nothing but blanks between them as one."""
    runs: list[Region] = []
    for region in marks:
        if runs and runs[-1].reason == region.reason and not text[runs[-1].end : region.start].strip():
            runs[-1] = replace(runs[-1], end=max(runs[-1].end, region.end))
        else:
            runs.append(region)
    return runs


def _cut(start: int, end: int, tables: Sequence[Span]) -> list[Region]:
    """Returns [start, end) as regions of narrative and table."""
    found: list[Region] = []
    at = start
    for left, right in sorted(tables):
        left, right = max(left, at), min(right, end)
        if left >= right:
            continue
        if left > at:
            found.append(Region(at, left, "narrative"))
        found.append(Region(left, right, "table"))
        at = right
    if at < end:
        found.append(Region(at, end, "narrative"))
    return found


def _missing(text: str, regions: Sequence[Region], tables: Sequence[Table], source: str) -> list[Problem]:
    problems = []
    narrative = sum(
        len(_HAN.findall(text, region.start, region.end)) for region in regions if region.kind == "narrative"
    )
    if narrative < _LEAST_NARRATIVE:
        problems.append(Problem("no_narrative", source, params={"characters": narrative}))
    if not tables:
        problems.append(Problem("no_table", source))
    return problems
