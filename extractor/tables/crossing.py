"""A block of columns alone (复议诉讼) printed another way round: each cell where two labels of its column cross."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import groupby

from ..knowledge.templates import Block
from .labels import LabelIndex, normal
from .lines import Line

# A block is there if this share of its cells is.
_SHARE = 0.5

Crossing = tuple[int, tuple[int, ...]]


def crossed(lines: Sequence[Line], index: LabelIndex) -> dict[int, Crossing]:
    """Returns, by line, the block and the column of each item, where the labels around every item name one column.

    A column is named by its own label and the last one above it in the form, in whatever direction they stand.
    """
    found: dict[int, Crossing] = {}
    for number, block in enumerate(index.template.blocks):
        if block.kind != "line":
            continue
        names = _names(block)
        here = {place: columns for place, columns in _columns(lines, names) if place not in found}
        cells = {column for columns in here.values() for column in columns}
        if len(cells) >= _SHARE * len(block.columns) and len(here) > 1:
            found.update({place: (number, columns) for place, columns in here.items()})
    return found


def _names(block: Block) -> list[tuple[str, frozenset[str]]]:
    """Returns the group and the own labels of each column."""
    return [
        (normal(column.path[-1]) if column.path else "", frozenset(map(normal, column.labels)))
        for column in block.columns
    ]


def _columns(
    lines: Sequence[Line], names: Sequence[tuple[str, frozenset[str]]]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    groups = {group for group, _ in names if group}
    if not groups:
        return
    for _, entries in groupby(enumerate(lines), key=lambda entry: entry[1].table.id):
        order: list[str] = []
        for number, line in entries:
            if line.stream:
                order = _seen(order, normal(line.above), groups)
                columns = _stream_columns(line, order, names)
            else:
                columns = _grid_columns(line, groups, names)
            if columns and len(set(columns)) == len(columns):
                yield number, columns


def _seen(order: Sequence[str], text: str, groups: Set[str]) -> list[str]:
    """Returns the groups named so far, the last named last."""
    here = sorted((group for group in groups if group in text), key=text.rindex)
    return [group for group in order if group not in here] + here if here else list(order)


def _grid_columns(
    line: Line, groups: Set[str], names: Sequence[tuple[str, frozenset[str]]]
) -> tuple[int, ...]:
    own = {normal(label) for label in (*line.labels, line.section)}
    grouped = not own.isdisjoint(groups)
    found: list[int] = []
    for item in line.items:
        header = {normal(label) for label in item.header}
        if not grouped and header.isdisjoint(groups):
            return ()
        words = own | header
        fitting = [place for place, (group, labels) in enumerate(names) if group in words and labels & words]
        if len(fitting) != 1:
            return ()
        found.append(fitting[0])
    return tuple(found)


def _stream_columns(
    line: Line, order: Sequence[str], names: Sequence[tuple[str, frozenset[str]]]
) -> tuple[int, ...]:
    """Returns the columns of a stream's line: as many cells as groups were named, in their order, or one cell."""
    cells = len(line.items)
    wanted = order if cells == len(order) else order[-1:] if cells == 1 else ()
    if not wanted:
        return ()
    run = normal(line.labels[-1])
    found = []
    for group in wanted:
        fitting = [
            place
            for place, (name, labels) in enumerate(names)
            if name == group and any(run.endswith(label) for label in labels)
        ]
        if len(fitting) != 1:
            return ()
        found.append(fitting[0])
    return tuple(found)
