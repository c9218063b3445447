"""Glued cells cut apart: every way to cut a run of digits, sifted by the identities of the form.

A cell is a number without leading zeros. Where one way is left it is taken; where several are, the cells
they differ in are doubtful; where the blanks of the source already part the cells, nothing is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod

from ..data import CellState
from ..formulas import Identity
from ..widths import fold_widths
from .lines import Item

# Beyond these many ways nothing is decided.
_MOST_WAYS = 2000
_MOST_PRODUCTS = 20000
_LONGEST = 13
_KEPT = frozenset("0123456789.-−")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")

Span = tuple[int, int]
Way = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """The pieces of one line that should be `names` (one a cell, in order).

    `text` are the digits of the pieces joined, `places` where each stands in the report; `breaks` are the
    places in `text` where the source parts them.
    """

    names: tuple[str, ...]
    text: str
    places: tuple[int, ...]
    breaks: frozenset[int]


@dataclass(frozen=True, slots=True)
class Cut:
    """The cells of a run as spans in its text; `doubtful` are the numbers of the cells with a rival."""

    spans: Way
    doubtful: frozenset[int]


def join(names: Sequence[str], items: Sequence[Item]) -> Run | None:
    """Returns the run the items make; None where one of them is no number, or there are more than names."""
    if not items or len(items) > len(names):
        return None
    if any(item.content.state is not CellState.VALUE for item in items):
        return None
    text, places, breaks = "", [], []
    for item in items:
        for offset, char in enumerate(fold_widths(item.cell.text)):
            if char in _KEPT:
                text += "-" if char == "−" else char
                places.append(item.cell.start + offset)
        breaks.append(len(text))
    return Run(tuple(names), text, tuple(places), frozenset(breaks[:-1]))


def cut(runs: Sequence[Run], identities: Sequence[Sequence[Identity]]) -> list[Cut | None]:
    """Returns the cells of each run; None where there is no way, or too many.

    Each entry of `identities` are alternatives, of which the first counts whose cells all exist.
    """
    ways = [_ways(run, identities) for run in runs]
    known = [number for number, found in enumerate(ways) if found]
    survivors = _sift([runs[number] for number in known], [ways[number] for number in known], identities)
    cuts: list[Cut | None] = [None] * len(runs)
    for number, kept in zip(known, survivors, strict=True):
        best = min(kept, key=_unevenness)
        doubtful = {place for way in kept for place, span in enumerate(way) if span != best[place]}
        cuts[number] = Cut(best, frozenset(doubtful))
    return cuts


def _unevenness(way: Way) -> int:
    """Returns how unlike in length the cells are: of equal readings the evenest is shown."""
    return sum((end - start) ** 2 for start, end in way)


def _ways(run: Run, identities: Sequence[Sequence[Identity]]) -> list[Way]:
    """Returns the ways to cut one run, those that keep the identities inside it if there are any."""
    own = set(run.names)
    inside = [entry for group in identities for entry in group[:1] if own.issuperset(entry.names)]
    sums = _sums(run, inside)
    for wanted in (sums, {}) if sums else ({},):
        found: list[Way] = []
        for way in _cuts(run, wanted):
            found.append(way)
            if len(found) > _MOST_WAYS:
                return []
        kept = [way for way in found if _holds(inside, _values(run, way))] if wanted or not sums else found
        if kept:
            return kept
        if found and not wanted:
            return found
    return []


def _sums(run: Run, inside: Sequence[Identity]) -> dict[int, tuple[int, ...]]:
    """Returns, for each cell that is the sum of cells before it, those cells."""
    places = {name: place for place, name in enumerate(run.names)}
    sums: dict[int, tuple[int, ...]] = {}
    for identity in inside:
        if identity.relation != "=" or len(identity.left.names) != 1:
            continue
        total = places[identity.left.names[0]]
        parts = tuple(places[name] for name in identity.right.names)
        if all(term.sign > 0 for term in identity.right.terms) and max(parts) < total:
            sums[total] = parts
    return sums


def _cuts(run: Run, sums: Mapping[int, tuple[int, ...]]) -> Iterator[Way]:
    """Yields the ways to cut the run into its cells; a cell of `sums` must be the sum of its parts."""
    text, size = run.text, len(run.names)
    stops = sorted({*run.breaks, len(text)})
    stack: list[tuple[int, Way]] = [(0, ())]
    steps = 0
    while stack:
        at, way = stack.pop()
        steps += 1
        if steps > 50 * _MOST_WAYS:
            return
        cell = len(way)
        if cell == size:
            if at == len(text):
                yield way
            continue
        if at >= len(text):
            continue
        stop = next(place for place in stops if place > at)
        parts_left = sum(1 for place in stops if place > stop)
        if size - cell - 1 < parts_left:
            continue
        if cell in sums:
            total = str(sum((Decimal(text[way[part][0] : way[part][1]]) for part in sums[cell]), Decimal(0)))
            end = at + len(total)
            if end <= stop and text.startswith(total, at):
                stack.append((end, (*way, (at, end))))
            continue
        stack.extend(
            (end, (*way, (at, end)))
            for end in range(min(stop, at + _LONGEST), at, -1)
            if _NUMBER.fullmatch(text, at, end) and len(text) - end >= size - cell - 1
        )


def _values(run: Run, way: Way) -> dict[str, Decimal | None]:
    return {name: Decimal(run.text[start:end]) for name, (start, end) in zip(run.names, way, strict=True)}


def _holds(identities: Sequence[Identity], values: Mapping[str, Decimal | None]) -> bool:
    for identity in identities:
        left, right = identity.left.evaluate(values), identity.right.evaluate(values)
        if left is not None and right is not None and not identity.holds(left, right):
            return False
    return True


def _sift(
    runs: Sequence[Run], ways: Sequence[Sequence[Way]], identities: Sequence[Sequence[Identity]]
) -> list[list[Way]]:
    """Returns the ways of each run that keep the identities across runs; all of them where none does."""
    open_runs = [number for number, found in enumerate(ways) if len(found) > 1]
    if not open_runs or prod(len(ways[number]) for number in open_runs) > _MOST_PRODUCTS:
        return [list(found) for found in ways]
    values: dict[str, Decimal | None] = {}
    for run, found in zip(runs, ways, strict=True):
        values.update(_values(run, found[0]))
    touched = {name for number in open_runs for name in runs[number].names}
    wanted = []
    for group in identities:
        chosen = next(
            (
                entry
                for entry in group
                if entry.left.evaluate(values) is not None and entry.right.evaluate(values) is not None
            ),
            None,
        )
        if chosen is not None and touched.intersection(chosen.names):
            wanted.append(chosen)
    kept: list[set[Way]] = [set() for _ in open_runs]
    tables = [[_values(runs[number], way) for way in ways[number]] for number in open_runs]
    for choice in product(*(range(len(ways[number])) for number in open_runs)):
        for table, pick in zip(tables, choice, strict=True):
            values.update(table[pick])
        if _holds(wanted, values):
            for place, pick in enumerate(choice):
                kept[place].add(ways[open_runs[place]][pick])
    result = [list(found) for found in ways]
    for place, number in enumerate(open_runs):
        if kept[place]:
            result[number] = [way for way in ways[number] if way in kept[place]]
    return result
