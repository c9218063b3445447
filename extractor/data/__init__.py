"""Frozen records that flow from reader to writer. No behaviour beyond trivial views of their fields.

Offsets count characters and are half-open. Records of the public result (`Number`, `Claim`,
`Figure`, …) carry offsets into `Report.text`; `Quantity` and `Exclusion` carry offsets into the
`Folded` narrative the grammar ran on. Numbers are `Decimal`; an open bound is `None`.
"""

from __future__ import annotations

from .grammar import UNDATED, UNSCOPED, Exclusion, Interval, Period, Quantity, Scope
from .report import Cell, Folded, Place, Region, Report, Section, Sentence, Table
from .result import Check, Claim, Figure, Finding, Link, Number, Reading, Result, Stamp, Trial
from .terms import CellState, Param, Params, Problem, Relation, Severity, Status, Verdict

__all__ = [
    "UNDATED",
    "UNSCOPED",
    "Cell",
    "CellState",
    "Check",
    "Claim",
    "Exclusion",
    "Figure",
    "Finding",
    "Folded",
    "Interval",
    "Link",
    "Number",
    "Param",
    "Params",
    "Period",
    "Place",
    "Problem",
    "Quantity",
    "Reading",
    "Region",
    "Relation",
    "Report",
    "Result",
    "Scope",
    "Section",
    "Sentence",
    "Severity",
    "Stamp",
    "Status",
    "Table",
    "Trial",
    "Verdict",
]
