"""Answers against labels: links, verdicts, false mismatches, and how far a probability can be trusted."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.data import Verdict
from extractor.score import Counts
from extractor.score.counts import Metric, metric

from .task import Answer, Document

_RESAMPLES = 2000
_BINS = 10
_NOTHING = Answer()

Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Share:
    """A quotient over documents, with its 95% interval from resampled documents; None where undefined."""

    over: int
    under: int
    interval: tuple[float, float] | None

    @property
    def value(self) -> float | None:
        """Returns the quotient; None where nothing is below the line."""
        return self.over / self.under if self.under else None

    def to_dict(self) -> dict[str, Any]:
        """Returns the share as plain data, fit for JSON."""
        return {"over": self.over, "under": self.under, "value": self.value, "interval": self.interval}


@dataclass(frozen=True, slots=True)
class Scores:
    """How one method did on some documents.

    `links` count a claim with a cell, `whole` the claims with cells whose whole set is right, `verdicts` those
    right of all claims, `false_mismatches` the mismatches said of claims labelled otherwise, a report.
    """

    links: Metric
    whole: Share
    verdicts: Share
    false_mismatches: Share
    false_mismatches_clean: Share

    def to_dict(self) -> dict[str, Any]:
        """Returns the scores as plain data, fit for JSON."""
        return {
            "links": self.links.to_dict(),
            "claims_with_cells_right": self.whole.to_dict(),
            "verdicts": self.verdicts.to_dict(),
            "false_mismatches_a_report": self.false_mismatches.to_dict(),
            "false_mismatches_a_clean_report": self.false_mismatches_clean.to_dict(),
        }


def score(documents: Sequence[Document], answers: Sequence[Answers]) -> Scores:
    """Returns how `answers`, one mapping a document, compare with the labels."""
    links, whole, verdicts, alarms, clean = [], [], [], [], []
    for document, given in zip(documents, answers, strict=True):
        hits = found = wanted = right = linked = judged = false = 0
        for question in document.questions:
            claim, said = question.claim, given.get(question.claim.id, _NOTHING)
            cells = frozenset(claim.figures)
            hits += len(cells & said.figures)
            found += len(said.figures)
            wanted += len(cells)
            linked += bool(cells)
            right += bool(cells) and cells == said.figures
            judged += said.verdict is claim.verdict
            false += said.verdict is Verdict.MISMATCH and claim.verdict is not Verdict.MISMATCH
        links.append(Counts(hits, wanted, found))
        whole.append((right, linked))
        verdicts.append((judged, len(document.questions)))
        alarms.append((false, 1))
        if document.clean:
            clean.append((false, 1))
    return Scores(metric("links", links), share(whole), share(verdicts), share(alarms), share(clean))


def share(parts: Sequence[tuple[int, int]]) -> Share:
    """Returns the pooled quotient of (over, under) pairs, one a document, the same resamples in every run."""

    def pooled(drawn: Sequence[tuple[int, int]]) -> tuple[int, int]:
        return sum(over for over, _ in drawn), sum(under for _, under in drawn)

    over, under = pooled(parts)
    return Share(over, under, _interval(parts, pooled) if len(parts) > 1 else None)


def _interval(
    parts: Sequence[tuple[int, int]], pooled: Callable[[Sequence[tuple[int, int]]], tuple[int, int]]
) -> tuple[float, float] | None:
    chance = random.Random(0)
    drawn = [pooled(chance.choices(parts, k=len(parts))) for _ in range(_RESAMPLES)]
    values = sorted(over / under for over, under in drawn if under)
    if not values:
        return None
    return values[int(0.025 * len(values))], values[int(0.975 * (len(values) - 1))]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How stated probabilities compare with the share that came true.

    `bins` hold (how many, mean stated, share true) by tenths; `ece` is their mean distance weighed by size,
    `brier` the mean squared distance of probability and truth.
    """

    count: int
    ece: float | None
    brier: float | None
    bins: tuple[tuple[int, float, float], ...]

    def to_dict(self) -> dict[str, Any]:
        """Returns the calibration as plain data, fit for JSON."""
        bins = [{"count": count, "stated": stated, "true": true} for count, stated, true in self.bins]
        return {"count": self.count, "ece": self.ece, "brier": self.brier, "bins": bins}


def calibration(pairs: Sequence[tuple[float, bool]]) -> Calibration:
    """Returns the calibration of (probability, truth) pairs."""
    if not pairs:
        return Calibration(0, None, None, ())
    groups: dict[int, list[tuple[float, bool]]] = {}
    for probability, true in pairs:
        groups.setdefault(min(int(probability * _BINS), _BINS - 1), []).append((probability, true))
    bins = tuple(
        (
            len(group),
            sum(stated for stated, _ in group) / len(group),
            sum(true for _, true in group) / len(group),
        )
        for _, group in sorted(groups.items())
    )
    ece = sum(count * abs(stated - true) for count, stated, true in bins) / len(pairs)
    brier = sum((stated - true) ** 2 for stated, true in pairs) / len(pairs)
    return Calibration(len(pairs), ece, brier, bins)


def links_of(documents: Sequence[Document]) -> list[tuple[float, bool]]:
    """Returns for each of our links how probable it was called and whether it shares a cell with the label."""
    return [
        (said.score, bool(said.figures & frozenset(question.claim.figures)))
        for document in documents
        for question in document.questions
        if (said := document.ours.get(question.claim.id, _NOTHING)).figures
    ]


def best_threshold(
    documents: Sequence[Document], answered: Callable[[float], Sequence[Answers]], grid: Sequence[float]
) -> float:
    """Returns the threshold of `grid` with the best F1 of links, the lowest of equals."""
    best, chosen = -1.0, grid[0]
    for threshold in grid:
        reached = score_links(documents, answered(threshold)).f1 or 0.0
        if reached > best:
            best, chosen = reached, threshold
    return chosen


def score_links(documents: Sequence[Document], answers: Sequence[Answers]) -> Counts:
    """Returns the link counts alone, pooled."""
    total = Counts()
    for document, given in zip(documents, answers, strict=True):
        for question in document.questions:
            said, cells = given.get(question.claim.id, _NOTHING), frozenset(question.claim.figures)
            total += Counts(len(cells & said.figures), len(cells), len(said.figures))
    return total
