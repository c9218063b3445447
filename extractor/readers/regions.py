"""Every character of a document goes to the narrative, to a table or to a reason for dropping it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..data import Cell, Problem, Region, Report, Table
from ..errors import InputError
from ..knowledge import Layout
from ..widths import fold_widths
from .barred import Block, find_barred
from .captions import frame
from .cellwise import find_grids
from .columns import find_columns
from .gutters import find_gutters
from .lines import Line, lines_of
from .mending import mended
from .noise import body_start, find_noise, page_numbers
from .source import Draft
from .stream import find_cell_lines, find_streams
from .wrapped import find_wrapped

_HAN = re.compile("[\u4e00-\u9fff]")
# Fewer Chinese characters than this are no narrative: a heading, a title.
_LEAST_NARRATIVE = 40

Span = tuple[int, int]


def settle(draft: Draft, source: str, sha256: str, kind: str, layout: Layout) -> Report:
    """Returns the report of a draft: its regions cover the text, its tables stand in order.

    Tables and narrative are told apart by content. Missing narrative, missing tables and tables that
    break off are problems of the report.

    Raises:
        InputError: empty_file, where the document shows no text at all.
    """
    text = draft.text
    if not text.strip():
        raise InputError("empty_file", source)
    folded = fold_widths(text)
    aside = _merged(_spans(draft.dropped))
    tables, covers = _covers([table for table in draft.tables if not _dropped(table, aside)], layout)
    dropped = [*draft.dropped, *covers]
    free = _gaps([*_spans(tables), *_spans(dropped)], len(text))
    problems = list(draft.problems)
    begin = body_start(folded)
    for start, end in free:
        lines = lines_of(folded, start, end)
        blocks = find_barred(lines, layout)
        blocks += find_wrapped(lines, blocks, text)
        blocks += find_gutters(lines, blocks, text)
        blocks += find_columns(lines, blocks, text)
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
    marks = _merged(_spans(dropped))
    for start, end in _gaps([*_spans(tables), *streams], len(text)):
        lines = [line for line in lines_of(folded, start, end) if not (line.text and _inside(line, marks))]
        for first, last in find_cell_lines(lines):
            grids = find_grids(lines[first:last], layout)
            tables += grids
            streams += [] if grids else [(lines[first].start, lines[last - 1].end)]
    tables += [Table("", start, end, "stream") for start, end in streams]
    for start, end in _gaps([*_spans(tables), *_spans(dropped)], len(text)):
        dropped += page_numbers(folded, start, end)
    tables.sort(key=lambda table: (table.start, -table.end))
    tables = [
        replace(table, id=f"T{number}")
        for number, table in enumerate(mended(tables, folded, dropped, layout), 1)
    ]
    framed, extents = frame(tables, folded, text, dropped, layout)
    regions = _regions(text, extents, dropped)
    problems += _missing(text, regions, framed, source)
    return Report(source, sha256, text, draft.encoding, kind, regions, framed, tuple(problems), draft.places)


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


def _inside(line: Line, spans: Sequence[Span]) -> bool:
    return any(inside for _, _, inside in _cut(line.start, line.end, spans))


def _dropped(table: Table, spans: Sequence[Span]) -> bool:
    """Returns whether a table stands in a stretch that is dropped."""
    return all(inside for _, _, inside in _cut(table.start, table.end, spans))


def _table(block: Block, lines: Sequence[Line], text: str) -> Table:
    cells = tuple(
        Cell(c.row, c.row_end, c.column, c.column_end, c.start, c.end, c.text or text[c.start : c.end])
        for c in block.cells
    )
    start, end = lines[block.first].start, lines[block.last - 1].end
    caption = "\n".join(text[left:right] for left, right in block.captions)
    return Table("", start, end, block.layout, cells, block.rows, block.columns, caption)


def _covers(tables: Sequence[Table], layout: Layout) -> tuple[list[Table], list[Region]]:
    """Returns the data tables and, as dropped regions, the cover tables."""
    covers = {id(table) for table in tables if _is_cover(table, layout)}
    return (
        [table for table in tables if id(table) not in covers],
        [_cover(table) for table in tables if id(table) in covers],
    )


def _is_cover(table: Table, layout: Layout) -> bool:
    labels = {"".join(cell.text.split()).strip(":：【】[]") for cell in table.cells}
    return len(labels & layout.cover_labels) >= layout.cover_minimum


def _cover(table: Table) -> Region:
    return Region(table.start, table.end, "dropped", "cover_table")


def _joined(streams: Sequence[Span], tables: Sequence[Table]) -> list[Span]:
    """Returns the streams cut where a table with marks stands in them; a page mark cuts none."""
    marked = _merged([(table.start, table.end) for table in tables])
    return [(start, end) for stream in streams for start, end, inside in _cut(*stream, marked) if not inside]


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Returns the spans in order, those that touch or nest as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _cut(start: int, end: int, spans: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """Yields [start, end) in pieces with whether each lies inside `spans`, which are merged."""
    number = bisect_right(spans, start, key=lambda span: span[1])
    while number < len(spans) and spans[number][0] < end:
        left, right = max(spans[number][0], start), min(spans[number][1], end)
        if left > start:
            yield start, left, False
        yield left, right, True
        start = right
        number += 1
    if start < end:
        yield start, end, False


def _regions(text: str, tables: Sequence[Span], dropped: Sequence[Region]) -> tuple[Region, ...]:
    """Returns the regions of the text: what is dropped inside a table stays dropped."""
    found: list[Region] = []
    merged = _merged(tables)
    at = 0
    for region in [*_runs(text, dropped), Region(len(text), len(text), "dropped")]:
        if region.start > at:
            found += [
                Region(start, end, "table" if inside else "narrative")
                for start, end, inside in _cut(at, region.start, merged)
            ]
        if region.end > max(at, region.start):
            found.append(replace(region, start=max(at, region.start)))
        at = max(at, region.end)
    return tuple(found)


def _runs(text: str, dropped: Sequence[Region]) -> list[Region]:
    """Returns the dropped stretches in order, those of one reason with nothing but blanks between as one."""
    runs: list[Region] = []
    for region in sorted(dropped, key=lambda region: (region.start, region.end)):
        if runs and runs[-1].reason == region.reason and not text[runs[-1].end : region.start].strip():
            runs[-1] = replace(runs[-1], end=max(runs[-1].end, region.end))
        else:
            runs.append(region)
    return runs


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
