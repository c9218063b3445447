"""Two runs over the same reports, compared report by report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..data import Stamp
from ..knowledge.scoring import load_scoring
from .counts import Bounds, Counts, resampled

Run = Mapping[str, Mapping[str, Counts]]
"""Counts by report and metric."""


@dataclass(frozen=True, slots=True)
class Change:
    """One metric before and now: F1, or recall where precision is undefined; the 95% interval is of the difference.

    An interval that holds 0 does not show that anything changed.
    """

    name: str
    before: float | None
    after: float | None
    interval: Bounds | None

    @property
    def difference(self) -> float | None:
        """Now less before; None where either is undefined."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One metric of one report that is not what it was."""

    file: str
    metric: str
    before: Counts
    after: Counts


@dataclass(frozen=True, slots=True)
class Contrast:
    """What changed between two runs: over the reports in both, and in each of them."""

    stamp: Stamp
    documents: tuple[str, ...]
    metrics: tuple[Change, ...]
    changed: tuple[DocumentChange, ...]
    relabelled: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Returns everything as plain data, fit for JSON."""
        changes = [asdict(change) | {"difference": change.difference} for change in self.metrics]
        return asdict(self) | {"metrics": changes}


def contrast(
    before: Run, after: Run, stamp: Stamp, labels_before: Mapping[str, str], labels_after: Mapping[str, str]
) -> Contrast:
    """Returns what changed from the run `before`, made with `stamp`, to the run `after`.

    Reports are drawn anew in pairs, so a report that is hard in both runs widens no interval.
    """
    both = sorted(before.keys() & after.keys())
    names = [
        name
        for name in load_scoring().metrics
        if all(name in run[file] for run in (before, after) for file in both)
    ]
    changed = [
        DocumentChange(file, name, before[file][name], after[file][name])
        for file in both
        for name in names
        if before[file][name] != after[file][name]
    ]
    return Contrast(
        stamp,
        tuple(both),
        tuple(_change(name, [(before[file][name], after[file][name]) for file in both]) for name in names),
        tuple(changed),
        tuple(file for file in both if labels_before.get(file) != labels_after.get(file)),
        tuple(sorted(before.keys() - after.keys())),
        tuple(sorted(after.keys() - before.keys())),
    )


Pair = tuple[Counts, Counts]


def _change(name: str, pairs: Sequence[Pair]) -> Change:
    return Change(
        name,
        _value([pair[0] for pair in pairs]),
        _value([pair[1] for pair in pairs]),
        resampled(pairs, _difference),
    )


def _difference(pairs: Sequence[Pair]) -> float | None:
    before, after = _value([pair[0] for pair in pairs]), _value([pair[1] for pair in pairs])
    return None if before is None or after is None else after - before


def _value(counts: Sequence[Counts]) -> float | None:
    hits, gold = sum(item.hits for item in counts), sum(item.gold for item in counts)
    if any(item.found is None for item in counts):
        return hits / gold if gold else None
    found = sum(item.found or 0 for item in counts)
    return 2 * hits / (gold + found) if gold + found else None
