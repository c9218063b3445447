"""Compares results with gold labels: one-to-one pairing, counts, precision, recall, F1, intervals, misses."""

from __future__ import annotations

from .agreement import Agreement, share
from .agreement_text import write_agreement
from .compare import compare
from .contract import Kept, read_kept, to_dict
from .contrast import Contrast, contrast
from .counts import Counts, Metric, wilson
from .pairing import pair
from .scores import DocumentScores, Miss, Scores
from .text import write_text

__all__ = [
    "Agreement",
    "Contrast",
    "Counts",
    "DocumentScores",
    "Kept",
    "Metric",
    "Miss",
    "Scores",
    "compare",
    "contrast",
    "pair",
    "read_kept",
    "share",
    "to_dict",
    "wilson",
    "write_agreement",
    "write_text",
]
