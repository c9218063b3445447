"""The values of a line to the columns of a form: by their headers, or by their number and order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..data import CellState
from ..knowledge.templates import Block, Column, Templates
from .labels import LabelIndex, normal
from .lines import COLUMNS, Item, Line

GLUED = "glued"
"""The doubt of cells that could not be cut apart."""
_EARLIER = "last_year"
_HEADER_YEAR = re.compile(r"(?:19|20)\d{2}(?=\s*年|$)")


class Valued(NamedTuple):
    """An item with the column of the form it stands in (None where that is not known), and its own period."""

    item: Item
    column: Column | None
    period: str = ""


def columns_of(
    line: Line, block: Block, index: LabelIndex, number: int, templates: Templates
) -> list[Valued]:
    """Returns the items of a line with the columns of the block they stand in."""
    items = list(line.items)
    if block.kind == "list":
        return _list_columns(items, block, index.columns[number], templates)
    width = len(block.columns)
    items = _without_fillers(items, block, index.columns[number])
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
        return [Valued(item._replace(doubt=GLUED), column) for item in items]
    found: list[Valued] = []
    for place, item in zip(by_header, items, strict=True) if by_header else ((None, item) for item in items):
        sure = place is not None and known.count(place) == 1
        found.append(
            Valued(
                item if sure else item._replace(doubt=COLUMNS),
                block.columns[place] if place is not None and sure else None,
            )
        )
    return found


def _without_fillers(items: list[Item], block: Block, columns: Mapping[str, tuple[int, ...]]) -> list[Item]:
    """Returns the items without blank ones outside the block's columns, where headers name every column."""
    if block.kind == "line" or len(items) <= len(block.columns):
        return items
    named = [item for item in items if _by_header(item, columns) is not None]
    others = [item for item in items if _by_header(item, columns) is None]
    blank = all(item.content.state is CellState.BLANK for item in others)
    return named if blank and len(named) == len(block.columns) else items


def _by_header(item: Item, columns: Mapping[str, tuple[int, ...]]) -> int | None:
    for label in reversed(item.header):
        places = columns.get(normal(label))
        if places is not None and len(places) == 1:
            return places[0]
    return None


def _list_columns(
    items: Sequence[Item], block: Block, columns: Mapping[str, tuple[int, ...]], templates: Templates
) -> list[Valued]:
    """Returns the values of a list's row: each where its header says, else the first filled one is the year's.

    Blank cells that no header names are fillers of the source and left out where another cell is filled.
    """
    named = [_named_column(item, items, block, columns, templates) for item in items]
    others = [_other_period(item, items, templates) for item in items]
    free = [number for number, column in enumerate(named) if column is None and not others[number]]
    filled = [number for number in free if items[number].content.state is not CellState.BLANK]
    main = None if block.columns[0] in named else next(iter(filled or free), None)
    found: list[Valued] = []
    for number, item in enumerate(items):
        column = block.columns[0] if number == main else named[number]
        if column is None and item.content.state is CellState.BLANK:
            continue
        taken = column is not None and any(entry.column is column for entry in found)
        period = period_of(item.header, templates) or (_EARLIER if others[number] else "")
        found.append(Valued(item, None if taken else column, period))
    return found


def _named_column(
    item: Item,
    items: Sequence[Item],
    block: Block,
    columns: Mapping[str, tuple[int, ...]],
    templates: Templates,
) -> Column | None:
    """Returns the column the header of an item names: by its period, its label, or the latest of several years."""
    period = period_of(item.header, templates)
    if period:
        return next((column for column in block.columns if column.period == period), None)
    place = _by_header(item, columns)
    if place is not None:
        return block.columns[place]
    own = _year(item.header)
    if not own:
        return None
    years = {_year(entry.header) for entry in items}
    return block.columns[0] if own == max(years) and len(years - {0}) > 1 else None


def _other_period(item: Item, items: Sequence[Item], templates: Templates) -> bool:
    """Returns whether the header of an item says that it is not of the report's own year."""
    own = _year(item.header)
    earlier = bool(own) and any(own < _year(entry.header) for entry in items)
    return earlier or bool(period_of(item.header, templates))


@lru_cache(maxsize=4096)
def _year(header: tuple[str, ...]) -> int:
    """Returns the latest year the labels over a value name, 0 for none."""
    return max((int(year) for label in header for year in _HEADER_YEAR.findall(label)), default=0)


@lru_cache(maxsize=4096)
def period_of(header: tuple[str, ...], templates: Templates) -> str:
    """Returns the period the labels over a value name: cumulative, last_year, or "" for the report's own."""
    for label in reversed(header):
        own = templates.words.compared.sub("", normal(label))
        for period, words in templates.words.periods.items():
            if any(word in own for word in words):
                return period
    return ""
