"""Counts that add up, and what is worked out from them: precision, recall, F1 and their 95% intervals."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

_Z = 1.959963984540054  # the 97.5% point of the normal distribution
_RESAMPLES = 2000

Bounds = tuple[float, float]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items the labels hold, how many were found, how many are right.

    `found` is None where more than the labelled items may rightly be found: precision is undefined then.
    """

    hits: int = 0
    gold: int = 0
    found: int | None = 0

    def __add__(self, other: Counts) -> Counts:
        """Returns the counts of both together."""
        found = None if self.found is None or other.found is None else self.found + other.found
        return Counts(self.hits + other.hits, self.gold + other.gold, found)

    @property
    def precision(self) -> float | None:
        """Hits among what was found; None where nothing was."""
        return self.hits / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Hits among what is labelled; None where nothing is."""
        return self.hits / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing is labelled or found."""
        if self.found is None or not self.gold + self.found:
            return None
        return 2 * self.hits / (self.gold + self.found)


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric over a corpus, with 95% intervals; `f1_interval` is None below two documents."""

    name: str
    counts: Counts
    precision_interval: Bounds | None
    recall_interval: Bounds | None
    f1_interval: Bounds | None

    def to_dict(self) -> dict[str, int | float | Bounds | None]:
        """Returns the metric as plain data, fit for JSON; an undefined ratio is None."""
        counts = self.counts
        return {
            "hits": counts.hits,
            "gold": counts.gold,
            "found": counts.found,
            "precision": counts.precision,
            "recall": counts.recall,
            "f1": counts.f1,
            "precision_interval": self.precision_interval,
            "recall_interval": self.recall_interval,
            "f1_interval": self.f1_interval,
        }


def metric(name: str, counts: Sequence[Counts]) -> Metric:
    """Returns the metric pooled over documents (micro average), one `Counts` a document."""
    total = sum(counts, Counts())
    return Metric(
        name,
        total,
        wilson(total.hits, total.found) if total.found else None,
        wilson(total.hits, total.gold),
        bootstrap(counts),
    )


def wilson(hits: int, total: int) -> Bounds | None:
    """Returns the 95% score interval of a share; None where `total` is 0.

    It takes items as independent, which numbers of one document are not: over several documents
    prefer `bootstrap`.

    Source: E. B. Wilson, JASA 22 (1927) 209-212.
    """
    if total == 0:
        return None
    share, square = hits / total, _Z * _Z
    centre = (share + square / (2 * total)) / (1 + square / total)
    half = _Z * sqrt(share * (1 - share) / total + square / (4 * total * total)) / (1 + square / total)
    return max(0.0, centre - half), min(1.0, centre + half)


def bootstrap(counts: Sequence[Counts]) -> Bounds | None:
    """Returns the 95% percentile interval of F1 over resampled documents; None where fewer than two hold any."""
    if any(item.found is None for item in counts) or sum(item != Counts() for item in counts) < 2:
        return None
    return resampled([(item.hits, item.gold, item.found or 0) for item in counts], _f1)


def resampled(documents: Sequence[T], statistic: Callable[[Sequence[T]], float | None]) -> Bounds | None:
    """Returns the 95% percentile interval of a statistic over documents drawn anew, each with all it holds.

    None below two documents, or where the statistic of all is undefined; draws in which it is do not count.
    The draws are the same in every run.

    Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
    """
    if len(documents) < 2 or statistic(documents) is None:
        return None
    chance = random.Random(0)
    draws = (statistic(chance.choices(documents, k=len(documents))) for _ in range(_RESAMPLES))
    values = sorted(value for value in draws if value is not None)
    return values[int(0.025 * len(values))], values[int(0.975 * (len(values) - 1))]


def _f1(documents: Sequence[tuple[int, int, int]]) -> float | None:
    hits, gold, found = map(sum, zip(*documents, strict=True))
    return 2 * hits / (gold + found) if gold + found else None
