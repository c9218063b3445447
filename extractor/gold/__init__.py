"""Reads, checks and writes gold labels: one JSON object a line, each pointing at its words by quoting them.

A corpus is a folder with `reports/`, `gold/<report>.jsonl` and `splits.toml`. A label's `at` quotes the
report with the labelled words between ⟦ and ⟧; the quotation must stand in the report exactly once, so a
label can be read, reviewed and moved without counting characters. Offsets are worked out on reading.
"""

from __future__ import annotations

from .corpus import Document, documents, sha256, splits
from .marks import Sheaf, marks_of, rows_of
from .quotation import quote
from .reading import read, read_rows, uncovered
from .writing import rows, write

__all__ = [
    "Document",
    "Sheaf",
    "documents",
    "marks_of",
    "quote",
    "read",
    "read_rows",
    "rows",
    "rows_of",
    "sha256",
    "splits",
    "uncovered",
    "write",
]
