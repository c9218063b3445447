"""Stream lines to cells: as many as the form has columns, cut apart where the source glued them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..data import Cell, CellState, Report
from ..formulas import Identity
from ..knowledge.templates import Column, Templates
from .columns import GLUED, Valued
from .labels import normal
from .lines import Item, Line
from .matching import Fit
from .splitting import Cut, Run, cut, join
from .values import Content, read_cell

_NUMBERED = re.compile(r"(?:其中[:：])?(\d{1,2})[.、]")
SPLIT = "split"
"""The doubt of a cell that other cuts would make another number of."""


def cut_glued(
    lines: Sequence[Line], fit: Fit, report: Report, templates: Templates
) -> dict[int, list[Valued]]:
    """Returns the cells of the stream lines whose items are fewer than the columns of their block.

    Where a line of a block has too few digits for its columns, blank cells have vanished without a trace; then,
    and where the source parts some of a line's cells, no cut of too few pieces is beyond doubt.
    """
    if not any(line.stream for line in lines):
        return {}
    jobs: list[tuple[int, Run, tuple[Column, ...]]] = []
    results: dict[int, list[Valued]] = {}
    cumulative = _has_optional(lines, fit)
    for number, place in sorted(fit.places.items()):
        line = lines[number]
        block = fit.index.template.blocks[place.block]
        row = None if place.row is None else block.rows[place.row]
        if not line.stream or place.columns or (row is not None and row.heading):
            continue
        columns = tuple(
            column for column in block.columns if not column.optional or place.block in cumulative
        )
        tail = _numbering(number, fit, report, lines)
        items = line.items
        if tail and len(items) == len(columns) + 1 and len(items[-1].cell.text) == tail:
            items, tail = items[:-1], 0
        if len(items) == len(columns) and not tail:
            results[number] = [Valued(item, column) for item, column in zip(items, columns, strict=True)]
            continue
        run = join([block.indicator(row, column) for column in columns], items)
        if run is not None:
            jobs.append((number, replace(run, tail=tail), columns))
        else:
            results[number] = _unread(line, columns)
    parted = _parted(jobs, results, lines, fit)
    known = [_plain_run(number, results[number], fit) for number in results]
    runs = [run for _, run, _ in jobs] + [run for run in known if run is not None]
    for (number, run, columns), found in zip(jobs, cut(runs, _groups(fit)), strict=False):
        if found is None:
            results[number] = _unread(lines[number], columns)
        elif fit.places[number].block in parted:
            every = Cut(found.spans, frozenset(range(len(columns))))
            results[number] = _cells(lines[number], run, every, columns, report, templates)
        else:
            results[number] = _cells(lines[number], run, found, columns, report, templates)
    return results


def _numbering(number: int, fit: Fit, report: Report, lines: Sequence[Line]) -> int:
    """Returns how many digits at the end of a line may number the label behind it: 件23网络申请数 is 2 and 3."""
    place, last = fit.places.get(number + 1), lines[number].items[-1].cell
    if place is None or place.row is None or not report.text[last.end : last.end + 1].isalpha():
        return 0
    match = _NUMBERED.match(fit.index.template.blocks[place.block].rows[place.row].label)
    return len(match[1]) if match is not None and last.text.endswith(match[1]) else 0


def _parted(
    jobs: Sequence[tuple[int, Run, tuple[Column, ...]]],
    results: Mapping[int, Sequence[Valued]],
    lines: Sequence[Line],
    fit: Fit,
) -> frozenset[int]:
    """Returns the blocks in which a line of too few cells has lost blank ones, not glued them.

    All, where any line has too few digits for its columns; else those whose lines have more cells than one.
    """
    blocks = [fit.places[number].block for number, _, _ in jobs]
    short = any(len(run.text) < len(columns) for _, run, columns in jobs)
    if short or any(found[0].item.doubt for found in results.values() if found):
        return frozenset(blocks)
    several = [fit.places[number].block for number, _, _ in jobs if len(lines[number].items) > 1]
    return frozenset(block for block in several if 2 * several.count(block) > blocks.count(block))


def _has_optional(lines: Sequence[Line], fit: Fit) -> frozenset[int]:
    """Returns the blocks whose optional columns are named in the text above their lines."""
    found: set[int] = set()
    for number, place in fit.places.items():
        block = fit.index.template.blocks[place.block]
        above = normal(lines[number].above)
        for column in block.columns:
            if column.optional and any(normal(label) in above for label in column.labels):
                found.add(place.block)
    return frozenset(found)


def _plain_run(number: int, valued: Sequence[Valued], fit: Fit) -> Run | None:
    """Returns the run of a line whose cells the source parts, so that the others can be held against it."""
    place = fit.places[number]
    block = fit.index.template.blocks[place.block]
    row = None if place.row is None else block.rows[place.row]
    columns = [entry.column for entry in valued if entry.column is not None]
    return join([block.indicator(row, column) for column in columns], [entry.item for entry in valued])


def _groups(fit: Fit) -> list[list[Identity]]:
    groups: dict[str, list[Identity]] = {}
    for entry in fit.index.template.identities:
        groups.setdefault(entry.key, []).append(entry.formula)
    return list(groups.values())


def _cells(
    line: Line, run: Run, found: Cut, columns: Sequence[Column], report: Report, templates: Templates
) -> list[Valued]:
    first = line.items[0].cell
    valued: list[Valued] = []
    for number, ((start, end), column) in enumerate(zip(found.spans, columns, strict=True)):
        left, right = run.places[start], run.places[end - 1] + 1
        cell = Cell(first.row, first.row_end, number, number + 1, left, right, report.text[left:right])
        content = read_cell(run.text[start:end], templates)
        if end == len(run.text) and line.items[-1].content.unit:
            content = replace(content, unit=line.items[-1].content.unit)
        valued.append(Valued(Item(cell, content, (), SPLIT if number in found.doubtful else ""), column))
    return valued


def _unread(line: Line, columns: Sequence[Column]) -> list[Valued]:
    """Returns a cell without value for each column: the source holds it, but where it begins nobody can say."""
    first, last = line.items[0].cell, line.items[-1].cell
    text = "".join(item.cell.text for item in line.items)
    whole = Content(CellState.TEXT)
    return [
        Valued(
            Item(
                Cell(first.row, first.row_end, number, number + 1, first.start, last.end, text),
                whole,
                (),
                GLUED,
            ),
            column,
        )
        for number, column in enumerate(columns)
    ]
