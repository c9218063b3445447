"""How far the score of a link can be trusted: calibration, and risk against coverage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

BINS = 10


@dataclass(frozen=True, slots=True)
class Ranked:
    """A link that was made: the probability given to it, in [0, 1], and whether all its figures are right."""

    score: Decimal
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The links whose scores lie in one tenth: how many, their mean score, the share that is right."""

    low: float
    high: float
    count: int
    score: float
    right: float


Sums = tuple[tuple[int, float, int], ...]
"""For each tenth of the scores: how many links, the sum of their scores, how many are right."""


def tenths(ranked: Iterable[Ranked]) -> Sums:
    """Returns what adds up in each tenth; the last holds a score of 1 too."""
    sums = [(0, 0.0, 0)] * BINS
    for link in ranked:
        place = min(int(link.score * BINS), BINS - 1)
        count, score, right = sums[place]
        sums[place] = count + 1, score + float(link.score), right + link.right
    return tuple(sums)


def reliability(ranked: Iterable[Ranked]) -> tuple[Bin, ...]:
    """Returns the tenths that hold a link."""
    return tuple(
        Bin(place / BINS, (place + 1) / BINS, count, score / count, right / count)
        for place, (count, score, right) in enumerate(tenths(ranked))
        if count
    )


def calibration_error(documents: Sequence[Sums]) -> float | None:
    """Returns how far score and truth lie apart, tenth by tenth, weighted by their links; None without links.

    Source: M. P. Naeini, G. F. Cooper, M. Hauskrecht, AAAI (2015) 2901-2907.
    """
    total = sum(count for sums in documents for count, _, _ in sums)
    if not total:
        return None
    apart = 0.0
    for tenth in zip(*documents, strict=True):
        apart += abs(sum(score for _, score, _ in tenth) - sum(right for _, _, right in tenth))
    return apart / total


def brier(ranked: Sequence[Ranked]) -> float | None:
    """Returns the mean squared distance of score and truth (1 right, 0 wrong); None without links.

    Source: G. W. Brier, Monthly Weather Review 78 (1950) 1-3.
    """
    if not ranked:
        return None
    return float(sum((link.score - link.right) ** 2 for link in ranked)) / len(ranked)


def risk_curve(ranked: Iterable[Ranked]) -> tuple[tuple[float, float], ...]:
    """Returns (share of links kept, share of them that is wrong), surest first; equal scores enter together.

    Source: R. El-Yaniv, Y. Wiener, JMLR 11 (2010) 1605-1641.
    """
    ordered = sorted(ranked, key=lambda link: -link.score)
    curve, kept, wrong = [], 0, 0
    for _, tied in groupby(ordered, key=lambda link: link.score):
        links = list(tied)
        kept += len(links)
        wrong += sum(not link.right for link in links)
        curve.append((kept / len(ordered), wrong / kept))
    return tuple(curve)


def area(curve: Sequence[tuple[float, float]]) -> float | None:
    """Returns the mean risk over all coverages; None without links. The first point's risk holds below it."""
    if not curve:
        return None
    slopes = sum((right[0] - left[0]) * (left[1] + right[1]) / 2 for left, right in pairwise(curve))
    return curve[0][0] * curve[0][1] + slopes
