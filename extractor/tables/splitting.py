"""Glued cells cut apart: every way to cut a run of digits, sifted by the identities of the form.

A cell is a number without leading zeros. Where one way is left it is taken; where several are, the cells
they differ in are doubtful; where the blanks of the source already part the cells, nothing is cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod

from ..formulas import Identity
from ..widths import fold_widths
from .lines import Item
from .rivals import exchanged, gaps, weights

# Beyond these many ways, choices and steps nothing is decided.
_MOST_WAYS = 2000
_MOST_PRODUCTS = 8000
_MOST_STEPS = 40000
_MOST_FREE_STEPS = 4000
_LONGEST = 13
# A row of so few cells has no total of its own: its cut rests on the other rows, and is open where they fail.
_FEW = 2
# No count of reconsiderations or lawsuits has more digits.
_LONGEST_COUNT = 6
_DIGITS = re.compile(r"\s*[-−+]?\d")
_KEPT = frozenset("0123456789.-−+")
_NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d*)(?:\.\d+)?")

Span = tuple[int, int]
Way = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """The pieces of one line that should be `names` (one a cell, in order).

    `text` are the digits of the pieces joined, `places` where each stands in the report; `breaks` are the
    places in `text` where the source parts them. So many digits as `tail` says may be the numbering of the
    label behind them.
    """

    names: tuple[str, ...]
    text: str
    places: tuple[int, ...]
    breaks: frozenset[int]
    tail: int = 0


@dataclass(frozen=True, slots=True)
class Cut:
    """The cells of a run as spans in its text; `doubtful` are the numbers of the cells with a rival."""

    spans: Way
    doubtful: frozenset[int]


def join(names: Sequence[str], items: Sequence[Item]) -> Run | None:
    """Returns the run the items make; None where one of them is no number, or there are more than names."""
    if not items or len(items) > len(names):
        return None
    if not all(_DIGITS.match(fold_widths(item.cell.text)) for item in items):
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
    ways = [_either(run, identities) for run in runs]
    known = [number for number, found in enumerate(ways) if found]
    survivors = _sift([runs[number] for number in known], [ways[number] for number in known], identities)
    cuts: list[Cut | None] = [None] * len(runs)
    for number, kept in zip(known, survivors, strict=True):
        best = min(kept, key=_unevenness)
        doubtful = {place for way in kept for place, span in enumerate(way) if span != best[place]}
        cuts[number] = Cut(best, frozenset(doubtful))
    values: dict[str, Decimal | None] = {}
    for run, found in zip(runs, cuts, strict=True):
        values.update({} if found is None else _values(run, found.spans))
    failing = gaps(identities, values)
    for number, found in enumerate(cuts if failing else ()):
        run = runs[number]
        if found is not None and len(run.breaks) + 1 < len(run.names):
            texts = [run.text[start:end] for start, end in found.spans]
            open_cells = exchanged(run.names, texts, failing)
            if len(run.names) <= _FEW and any(name in weight for weight, _ in failing for name in run.names):
                open_cells |= frozenset(range(len(run.names) if len(run.text) > len(run.names) else 0))
            cuts[number] = Cut(found.spans, found.doubtful | open_cells)
    return cuts


def _unevenness(way: Way) -> int:
    """Returns how unlike in length the cells are: of equal readings the evenest is shown."""
    return sum((end - start) ** 2 for start, end in way)


def _either(run: Run, identities: Sequence[Sequence[Identity]]) -> list[Way]:
    """Returns the ways to cut one run with its tail and without it, those that keep the identities if there are any."""
    ways = _ways(run, identities)
    if not run.tail:
        return ways
    size = len(run.text) - run.tail
    short = Run(
        run.names, run.text[:size], run.places[:size], frozenset(at for at in run.breaks if at < size)
    )
    ways = ways + _ways(short, identities)
    own = set(run.names)
    inside = [entry for group in identities for entry in group[:1] if own.issuperset(entry.names)]
    return [way for way in ways if _holds(inside, _values(run, way))] or ways


def _ways(run: Run, identities: Sequence[Sequence[Identity]]) -> list[Way]:
    """Returns the ways to cut one run, those that keep the identities inside it if there are any."""
    own = set(run.names)
    inside = [entry for group in identities for entry in group[:1] if own.issuperset(entry.names)]
    sums = _sums(run, inside)
    last = len(run.names) - 1
    if set(sums) == {last} and len(sums[last]) == last:
        found = _summed(run)
    elif sums:
        found = _grouped(run, sums)
    else:
        found = []
    kept = [way for way in found or () if _holds(inside, _values(run, way))]
    if kept or found is None:
        return kept
    free = _cuts(run, {}, _MOST_FREE_STEPS) or []
    return [way for way in free if _holds(inside, _values(run, way))] or free


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


def _summed(run: Run) -> list[Way] | None:
    """Returns the ways to cut a run whose last cell is the sum of all others; None where there are too many."""
    text, parts = run.text, len(run.names) - 1
    ways: list[Way] = []
    steps = 0
    for start in range(max(parts, len(text) - _LONGEST), len(text)):
        if not _NUMBER.fullmatch(text, start) or any(place > start for place in run.breaks):
            continue
        stack: list[tuple[int, Decimal, Way]] = [(0, Decimal(text[start:]), ())]
        while stack:
            at, left, way = stack.pop()
            steps += 1
            if steps > _MOST_STEPS or len(ways) > _MOST_WAYS:
                return None
            if len(way) == parts:
                if at == start and left == 0:
                    ways.append((*way, (start, len(text))))
                continue
            stop = min((place for place in run.breaks if place > at), default=start)
            for end in range(at + 1, min(stop, start - (parts - len(way) - 1)) + 1):
                if not _NUMBER.fullmatch(text, at, end):
                    continue
                value = Decimal(text[at:end])
                if value > left:
                    break
                stack.append((end, left - value, (*way, (at, end))))
    return ways


def _grouped(run: Run, sums: Mapping[int, tuple[int, ...]]) -> list[Way] | None:
    """Returns the ways to cut a run of groups, each closed by its sum; None where there are too many.

    What a group can be from a place on does not hang on the groups before it, and is worked out once.
    """
    sizes: list[int] = []
    for total in sorted(sums):
        if sums[total] != tuple(range(sum(sizes), total)):
            return _cuts(run, sums, _MOST_STEPS)
        sizes.append(total + 1 - sum(sizes))
    if sum(sizes) != len(run.names):
        return _cuts(run, sums, _MOST_STEPS)
    starts: dict[int, list[Way]] = {0: [()]}
    known: dict[tuple[int, int], list[Way]] = {}
    for size in sizes:
        ahead: dict[int, list[Way]] = {}
        for at, ways in starts.items():
            if (at, size) not in known:
                known[at, size] = _groups_from(run, at, size)
            for group in known[at, size]:
                ahead.setdefault(group[-1][1], []).extend(way + group for way in ways)
        starts = ahead
        if sum(map(len, starts.values())) > _MOST_STEPS:
            return None
    found = starts.get(len(run.text), [])
    return found if len(found) <= _MOST_WAYS else None


def _groups_from(run: Run, at: int, size: int) -> list[Way]:
    """Returns the ways to cut `size` cells from `at` on, the last the sum of the others."""
    text = run.text
    groups: list[Way] = []
    stack: list[tuple[int, Decimal, Way]] = [(at, Decimal(0), ())]
    while stack:
        place, total, way = stack.pop()
        stop = min((entry for entry in run.breaks if entry > place), default=len(text))
        if len(way) == size - 1:
            end = place + len(str(total))
            if end <= stop and text.startswith(str(total), place):
                groups.append((*way, (place, end)))
            continue
        stack.extend(
            (end, total + Decimal(text[place:end]), (*way, (place, end)))
            for end in range(place + 1, min(stop, place + _LONGEST_COUNT) + 1)
            if _NUMBER.fullmatch(text, place, end)
        )
    return groups


def _cuts(run: Run, sums: Mapping[int, tuple[int, ...]], most: int) -> list[Way] | None:
    """Returns the ways to cut the run into its cells; a cell of `sums` must be the sum of its parts.

    None where there are too many to say which they are, or they are not found within `most` steps.
    """
    text, size = run.text, len(run.names)
    stops = sorted({*run.breaks, len(text)})
    stack: list[tuple[int, Way]] = [(0, ())]
    ways: list[Way] = []
    steps = 0
    while stack:
        at, way = stack.pop()
        steps += 1
        if steps > most or len(ways) > _MOST_WAYS:
            return None
        cell = len(way)
        if cell == size and at == len(text):
            ways.append(way)
        if cell == size or at >= len(text):
            continue
        stop = next(place for place in stops if place > at)
        if size - cell - 1 < sum(1 for place in stops if place > stop):
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
    return ways


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
    """Returns the ways of each run that keep the identities across runs; all of them where none does.

    Runs that no identity joins, even by way of others, are sifted apart.
    """
    open_runs = [number for number, found in enumerate(ways) if len(found) > 1]
    values: dict[str, Decimal | None] = {}
    for run, found in zip(runs, ways, strict=True):
        values.update(_values(run, found[0]))
    owner = {name: number for number in open_runs for name in runs[number].names}
    wanted: list[tuple[Identity, frozenset[int]]] = []
    for group in identities:
        chosen = next((entry for entry in group if _complete(entry, values)), None)
        touched = frozenset(owner[name] for name in chosen.names if name in owner) if chosen else frozenset()
        if chosen is not None and touched:
            wanted.append((chosen, touched))
    result = [list(found) for found in ways]
    for part in _joined([touched for _, touched in wanted]):
        numbers = sorted(part)
        if prod(len(ways[number]) for number in numbers) > _MOST_PRODUCTS:
            continue
        kept = _search(
            [runs[number] for number in numbers],
            [ways[number] for number in numbers],
            [entry for entry, touched in wanted if touched <= part],
            values,
        )
        for number, own in zip(numbers, kept, strict=True):
            if own:
                result[number] = [way for way in ways[number] if way in own]
    return result


def _complete(identity: Identity, values: Mapping[str, Decimal | None]) -> bool:
    return identity.left.evaluate(values) is not None and identity.right.evaluate(values) is not None


def _joined(sets: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Returns the unions of the sets that hang together."""
    parts: list[frozenset[int]] = []
    for entry in sets:
        meeting = [part for part in parts if part & entry]
        parts = [part for part in parts if not part & entry]
        parts.append(entry.union(*meeting))
    return parts


def _search(
    runs: Sequence[Run],
    ways: Sequence[Sequence[Way]],
    identities: Sequence[Identity],
    values: Mapping[str, Decimal | None],
) -> list[set[Way]]:
    """Returns the ways of each open run that occur in a choice which keeps all identities.

    What each way adds to left minus right of each identity is worked out once; an identity is tested as
    soon as the last run it speaks of is chosen.
    """
    weighed = [weights(identity) for identity in identities]
    own = {name for run in runs for name in run.names}
    base = [
        sum(
            (
                weight * (values[name] or 0)
                for name, weight in entry.items()
                if name in values and name not in own
            ),
            Decimal(0),
        )
        for entry in weighed
    ]
    adds = [
        [
            [
                sum(
                    (entry.get(name, 0) * (value or 0) for name, value in _values(run, way).items()),
                    Decimal(0),
                )
                for entry in weighed
            ]
            for way in found
        ]
        for run, found in zip(runs, ways, strict=True)
    ]
    last = [
        max((place for place, run in enumerate(runs) if entry.keys() & set(run.names)), default=-1)
        for entry in weighed
    ]
    kept: list[set[Way]] = [set() for _ in runs]
    stack: list[tuple[tuple[int, ...], list[Decimal]]] = [((), list(map(Decimal, base)))]
    while stack:
        choice, sums = stack.pop()
        place = len(choice)
        if place == len(runs):
            for run, pick in enumerate(choice):
                kept[run].add(ways[run][pick])
            continue
        for pick, added in enumerate(adds[place]):
            total = [one + other for one, other in zip(sums, added, strict=True)]
            if all(
                last[number] != place
                or (total[number] <= 0 if identity.relation == "<=" else total[number] == 0)
                for number, identity in enumerate(identities)
            ):
                stack.append(((*choice, pick), total))
    return kept
