"""The development reports that are set in other layouts."""

from __future__ import annotations

REPORTS = (
    # accounts and budgets
    "115", "118", "119", "120", "129", "130", "131", "132", "133",
    # yearly reports with the national forms
    "05", "14", "41", "48", "94", "124",
    # tables of no form
    "12", "47", "110", "134",
)  # fmt: skip
