"""The values of a line to the columns of a form: by their headers, or by their number and order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..data import CellState
from ..knowledge.templates import Block, Column, Templates
from .labels import LabelIndex, normal
from .lines import Item, Line

GLUED = "glued"
"""The doubt of cells that could not be cut apart."""
COLUMNS = "columns"
"""The doubt of a value whose column is not known."""
_HEADER_YEAR = re.compile(r"(?:19|20)\d{2}(?=\s*年|$)")


@dataclass(frozen=True, slots=True)
class Valued:
    """An item with the column of the form it stands in (None where that is not known)."""

    item: Item
    column: Column | None


def columns_of(
    line: Line, block: Block, index: LabelIndex, number: int, templates: Templates
) -> list[Valued]:
    """Returns the items of a line with the columns of the block they stand in."""
    items = list(line.items)
    if block.kind == "list":
        return _list_columns(items, block, index.columns[number], templates)
    width = len(block.columns)
    while len(items) > width and items[-1].content.state is CellState.BLANK:
        items.pop()
    while len(items) > width and items[0].content.state is CellState.BLANK:
        items.pop(0)
    by_header = [] if block.kind == "line" else [_by_header(item, index.columns[number]) for item in items]
    known = [place for place in by_header if place is not None]
    if known and len(known) == len(items) == len(set(known)):
        return [Valued(item, block.columns[place]) for item, place in zip(items, known, strict=True)]
    if len(items) == width:
        return [Valued(item, column) for item, column in zip(items, block.columns, strict=True)]
    if line.stream:
        column = block.columns[0] if len(items) == 1 else None
        return [Valued(replace(item, doubt=GLUED), column) for item in items]
    found: list[Valued] = []
    for place, item in zip(by_header, items, strict=True) if by_header else ((None, item) for item in items):
        sure = place is not None and known.count(place) == 1
        found.append(
            Valued(
                item if sure else replace(item, doubt=COLUMNS),
                block.columns[place] if place is not None and sure else None,
            )
        )
    return found


def _by_header(item: Item, columns: Mapping[str, tuple[int, ...]]) -> int | None:
    for label in reversed(item.header):
        places = columns.get(normal(label))
        if places is not None and len(places) == 1:
            return places[0]
    return None


def _list_columns(
    items: Sequence[Item], block: Block, columns: Mapping[str, tuple[int, ...]], templates: Templates
) -> list[Valued]:
    """Returns the values of a list's row: the year's first, then what its header says (历年累计, 上年)."""
    found: list[Valued] = []
    years = [max(_years(item), default=0) for item in items]
    for number, item in enumerate(items):
        period = period_of(item.header, templates)
        place = _by_header(item, columns)
        if period:
            column = next((column for column in block.columns if column.period == period), None)
        elif years[number] and years[number] < max(years):
            column = None
        elif place is not None:
            column = block.columns[place]
        elif number == 0 or years[number]:
            column = block.columns[0]
        else:
            column = None
        taken = column is not None and any(entry.column is column for entry in found)
        found.append(Valued(item, None if taken else column))
    return found


def _years(item: Item) -> list[int]:
    return [int(year) for label in item.header for year in _HEADER_YEAR.findall(label)]


def period_of(header: Sequence[str], templates: Templates) -> str:
    """Returns the period the labels over a value name: cumulative, last_year, or "" for the report's own."""
    for label in reversed(header):
        own = normal(label)
        for period, words in templates.words.periods.items():
            if any(word in own for word in words):
                return period
    return ""
