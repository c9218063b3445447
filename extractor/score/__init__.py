"""Compares results with gold labels: one-to-one pairing, counts, precision, recall, F1, intervals, misses."""

from __future__ import annotations

from .compare import compare
from .counts import Counts, Metric, wilson
from .pairing import pair
from .scores import DocumentScores, Miss, Scores

__all__ = ["Counts", "DocumentScores", "Metric", "Miss", "Scores", "compare", "pair", "wilson"]
