"""Which forms a report follows: those that explain the most lines of its tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from ..knowledge.templates import Templates
from .labels import LabelIndex, indexes, normal
from .lines import Line
from .matching import LEAST_LABELS, Fit, complete, fit_labels, grid_keys


class _Labels(NamedTuple):
    """The labels in and around the lines of grids, normalised: all of them, and line by line those it may carry.

    `each` are all that any line may carry; `streams` says that some line is of no grid.
    """

    words: frozenset[str]
    keys: tuple[Sequence[str], ...]
    each: frozenset[str]
    streams: bool


def choose(lines: Sequence[Line], templates: Templates) -> tuple[Fit, ...]:
    """Returns the forms that explain the lines, best first; each further one explains lines left by those before."""
    chosen: list[Fit] = []
    left = set(range(len(lines)))
    candidates = list(indexes(templates))
    labels = _labels(lines)
    while left and candidates:
        best = _best(lines, labels, candidates, left)
        if best.matched < LEAST_LABELS or not best.places:
            break
        complete(lines, best, left)
        chosen.append(best)
        left -= set(best.places)
        candidates.remove(best.index)
    return tuple(chosen)


def _labels(lines: Sequence[Line]) -> _Labels:
    grids = [line for line in lines if not line.stream]
    labels = {label for line in grids for label in (*line.labels, line.section)}
    headers = {item.header for line in grids for item in line.items}
    keys = tuple(() if line.stream else grid_keys(line) for line in lines)
    return _Labels(
        frozenset(map(normal, labels.union(*headers))),
        keys,
        frozenset(chain.from_iterable(keys)),
        len(grids) < len(lines),
    )


def _best(lines: Sequence[Line], labels: _Labels, candidates: Sequence[LabelIndex], left: set[int]) -> Fit:
    """Returns the fit of the form that explains most; a form that cannot explain as much as another is not tried."""
    limits = [_limit(lines, labels, index, left) for index in candidates]
    fits: dict[int, Fit] = {}
    most = 0
    for place in sorted(range(len(candidates)), key=lambda place: -limits[place]):
        if limits[place] >= most:
            fits[place] = fit_labels(lines, labels.words, candidates[place], left)
            most = max(most, fits[place].evidence)
    return max((fits[place] for place in sorted(fits)), key=lambda fit: (fit.evidence, fit.score))


def _limit(lines: Sequence[Line], labels: _Labels, index: LabelIndex, left: set[int]) -> int:
    """Returns how many lines and column labels a form can explain at most, by a look at the labels."""
    blocks = index.template.blocks
    columns = sum(len(block.columns) for block in blocks if block.kind != "list")
    if not index.groups.isdisjoint(labels.words):
        return len(left) + columns
    known_keys, keys = labels.each.intersection(index.rows), labels.keys
    widths = {len(blocks[number].columns) for number in index.unlabelled}
    if not (known_keys or widths or labels.streams):
        return columns
    known = sum(
        not known_keys.isdisjoint(keys[number]) or lines[number].stream or len(lines[number].items) in widths
        for number in left
    )
    return known + columns
