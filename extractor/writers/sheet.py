"""CSV that a spreadsheet opens as data: a byte order mark, and no cell that could run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from ..data import Result
from .contract import decimal
from .controls import escaped
from .view import View, view_of
from .words import Words

_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_RISKY = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = (
    "file", "claim", "start", "end", "section", "sentence", "indicator", "text", "value", "low", "high",
    "unit", "verdict", "verdict_text", "table_value", "cells", "labels", "formula", "difference", "findings",
)  # fmt: skip
"""The columns of the tie-out sheet; the names are the same in every language."""


def write_csv(results: Sequence[Result], words: Words) -> str:
    """Returns the tie-out of all `results`, one claim a row."""
    rows = (row for result in results for row in _rows(view_of(result, words)))
    return sheet(COLUMNS, rows)


def sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Returns a CSV with byte order mark, header and `rows`, every cell made safe for a spreadsheet."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return "\ufeff" + escaped(buffer.getvalue())


def safe(cell: str) -> str:
    """Returns `cell` with an apostrophe in front where a spreadsheet would take it for a formula.

    Plain numbers, signed or not, stay numbers.
    """
    if cell.startswith(_RISKY) and not _PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _rows(view: View) -> Iterable[tuple[str, ...]]:
    codes: dict[str, list[str]] = {}
    for finding in view.findings:
        for claim_id in finding.finding.claims:
            codes.setdefault(claim_id, []).append(finding.finding.code)
    for row in view.rows:
        claim = row.claim
        yield (
            view.result.report.source,
            claim.id,
            str(claim.start),
            str(claim.end),
            " / ".join(claim.section),
            f"{row.quote.before}{row.quote.text}{row.quote.after}",
            row.topic,
            row.quote.text,
            decimal(claim.value) or "",
            decimal(claim.interval.low) or "",
            decimal(claim.interval.high) or "",
            claim.unit,
            row.verdict.value,
            view.words.word(f"verdict.{row.verdict}"),
            row.table_value,
            " ".join(figure.address for figure in row.figures),
            "; ".join(view.evidence.label(figure) for figure in row.figures),
            row.formula,
            (decimal(row.chosen.trial.difference) or "") if row.chosen else "",
            " ".join(codes.get(claim.id, [])),
        )
