"""Pages set in two columns: between what runs across, the left column is read down, then the right one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median, quantiles
from typing import NamedTuple

from .aligned import find_aligned
from .letters import Line, lines_of
from .ruled import Grid

# Columns stand at least this many letter sizes apart.
_GUTTER = 1.2
# So many lines show the gutter, and so large a share of the page's lines does not run across it.
_LEAST = 6
_MOST = 0.6
# Columns are about as wide as each other; half of their lines are at least so long, most full, many have a comma or
# a stop: tables and lists are not like that.
_ALIKE = 0.75
_LONG = 8
_FULL = 0.5
_STOPPED = 0.4
# A line is full that ends no more than this many letter sizes before its column does.
_RAGGED = 2.0
# Lines shorter than this share of their column say nothing about where its lines begin and end.
_HALF = 0.5
_STOP = re.compile(r"[，。；、！？]|[,.;](?!\d)")


class Margins(NamedTuple):
    """Where lines begin and end, in points."""

    left: float
    right: float


class Strip(NamedTuple):
    """A part of a page that is read from top to bottom; `margins` are its own, None where they are the page's."""

    lines: Sequence[Line]
    grids: Sequence[Grid]
    margins: Margins | None = None


def strips_of(lines: Sequence[Line], grids: Sequence[Grid], number: int, at: float | None) -> list[Strip]:
    """Returns the parts of a page in the order they are read: one, where there is no gutter `at`."""
    if at is None:
        return [Strip(lines, grids)]
    across = _across(lines, at, number) | {id(grid) for grid in grids if spans(grid, at)}
    items: list[Line | Grid] = sorted([*lines, *grids], key=lambda item: item.top)
    strips: list[Strip] = []
    for crossing, group in groupby(items, key=lambda item: id(item) in across):
        parted = _parted(group)
        strips += [Strip(*parted)] if crossing else _columns(*parted, at)
    return strips


def gutters_of(pages: Sequence[Sequence[Line]]) -> list[float | None]:
    """Returns the gutter of each page: where one page has one, fewer lines tell it on another, as on the last."""
    found = [gutter_of(lines, number) for number, lines in enumerate(pages, 1)]
    known = next((at for at in found if at is not None), None)
    if known is None:
        return found
    return [
        gutter_of(lines, number, known) if at is None else at
        for number, (at, lines) in enumerate(zip(found, pages, strict=True), 1)
    ]


def gutter_of(lines: Sequence[Line], number: int, known: float | None = None) -> float | None:
    """Returns where the gap between two columns of running text stands, None where there are no such columns.

    `known` is where it stands on another page: then it is looked for there alone.
    """
    at = _gap(lines) if known is None else known
    if at is None:
        return None
    least = _LEAST if known is None else 1
    across = _across(lines, at, number)
    within = [line for line in lines if id(line) not in across]
    return at if len(within) >= _MOST * len(lines) and _is_prose(*_sides(within, at), least) else None


def spans(grid: Grid, at: float) -> bool:
    """Returns whether a table stands on both sides of a gutter."""
    return grid.columns[0] < at < grid.columns[-1]


def _across(lines: Sequence[Line], at: float, number: int) -> set[int]:
    """Returns the ids of the lines that run across a gutter, or are rows of a table that does."""
    aligned, _ = find_aligned(lines, number)
    rows = {id(letter) for grid in aligned if spans(grid, at) for letter in grid.letters}
    return {id(line) for line in lines if _crosses(line, at) or id(line.letters[0]) in rows}


def _gap(lines: Sequence[Line]) -> float | None:
    """Returns the middle of the gap that most lines share, None where too few share one."""
    gaps = [gap for line in lines for gap in _gaps(line)]
    for above, below in pairwise(lines):  # columns whose lines do not stand at one height
        left, right = (above, below) if above.x1 < below.x0 else (below, above)
        if below.top < above.bottom and right.x0 - left.x1 > _GUTTER * left.size:
            gaps.append((left.x1, right.x0))
    if len(gaps) < _LEAST:
        return None
    edge = max((left for left, _ in gaps), key=lambda left: sum(1 for gap in gaps if gap[0] <= left < gap[1]))
    shared = [gap for gap in gaps if gap[0] <= edge < gap[1]]
    return (edge + min(right for _, right in shared)) / 2 if len(shared) >= _LEAST else None


def _gaps(line: Line) -> list[tuple[float, float]]:
    """Returns the gaps in a line that are wide enough for a gutter."""
    least = _GUTTER * line.size
    return [(left.x1, right.x0) for left, right in pairwise(line.letters) if right.x0 - left.x1 > least]


def _crosses(line: Line, at: float) -> bool:
    return line.x0 < at < line.x1 and not any(left < at < right for left, right in _gaps(line))


def _sides(lines: Iterable[Line], at: float) -> tuple[list[Line], list[Line]]:
    """Returns the lines left of the gutter and those right of it: they need not stand at one height."""
    letters = [letter for line in lines for letter in line.letters]
    left = lines_of(letter for letter in letters if letter.x1 <= at)
    return left, lines_of(letter for letter in letters if letter.x1 > at)


def _is_prose(left: Sequence[Line], right: Sequence[Line], least: int) -> bool:
    """Returns whether both sides of a gutter are columns of running text, of so many lines at least."""
    if min(len(left), len(right)) < least:
        return False
    widths = [max(line.x1 for line in side) - min(line.x0 for line in side) for side in (left, right)]
    return min(widths) >= _ALIKE * max(widths) and all(map(_is_column, (left, right)))


def _is_column(lines: Sequence[Line]) -> bool:
    edge = max(line.x1 for line in lines)
    full = sum(1 for line in lines if edge - line.x1 <= _RAGGED * line.size)
    stopped = sum(1 for line in lines if _STOP.search(line.text))
    long = median(len(line.letters) for line in lines) >= _LONG
    return long and full >= _FULL * len(lines) and stopped >= _STOPPED * len(lines)


def _columns(lines: Sequence[Line], grids: Sequence[Grid], at: float) -> Iterator[Strip]:
    """Yields the two columns of the part of a page that nothing runs across."""
    left, right = _sides(lines, at)
    for side, own in (
        (left, [grid for grid in grids if grid.columns[0] < at]),
        (right, [grid for grid in grids if grid.columns[0] >= at]),
    ):
        if side:
            yield Strip(side, own, _margins(side))
        elif own:
            yield Strip(side, own)


def _margins(lines: Sequence[Line]) -> Margins:
    """Returns where most of the long lines of a column begin and end: a stop may hang over its edge."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    long = [line for line in lines if line.x1 - line.x0 > _HALF * (right - left)]
    return Margins(decile([line.x0 for line in long], 0, left), decile([line.x1 for line in long], -1, right))


def decile(values: list[float], number: int, default: float) -> float:
    """Returns a decile of `values`: of one value that value, of none the default."""
    return quantiles(values * 2, n=10, method="inclusive")[number] if values else default


def _parted(items: Iterable[Line | Grid]) -> tuple[list[Line], list[Grid]]:
    lines: list[Line] = []
    grids: list[Grid] = []
    for item in items:
        if isinstance(item, Grid):
            grids.append(item)
        else:
            lines.append(item)
    return lines, grids
