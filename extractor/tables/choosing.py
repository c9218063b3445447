"""Which forms a report follows: those that explain the most lines of its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..knowledge.templates import Templates
from .labels import LabelIndex, indexes, normal
from .lines import Line
from .matching import LEAST_LABELS, Fit, complete, fit_labels, grid_keys


class _Labels(NamedTuple):
    """The labels in and around the lines of grids, normalised; in `lines`, for each that a line may carry, which do.

    `streams` are the lines of no grid.
    """

    words: frozenset[str]
    lines: Mapping[str, Sequence[int]]
    streams: Sequence[int]


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
    places: dict[str, list[int]] = {}
    streams: list[int] = []
    for number, line in enumerate(lines):
        if line.stream:
            streams.append(number)
            continue
        for key in grid_keys(line):
            places.setdefault(key, []).append(number)
    return _Labels(frozenset(map(normal, labels.union(*headers))), places, streams)


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
    known = set(labels.streams)
    known.update(*map(labels.lines.__getitem__, labels.lines.keys() & index.rows))
    widths = {len(blocks[number].columns) for number in index.unlabelled}
    if widths:
        known.update(number for number, line in enumerate(lines) if len(line.items) in widths)
    return len(known & left) + columns
