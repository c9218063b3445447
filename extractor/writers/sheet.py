"""CSV that a spreadsheet opens as data: a byte order mark, and no cell that could run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from ..data import Result
from .contract import decimal
from .controls import escaped
from .view import FindingView, View, view_of
from .words import Words

_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_RISKY = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = (
    "file", "claim", "start", "end", "section", "sentence", "indicator", "text", "value", "low", "high",
    "unit", "verdict", "verdict_text", "table_value", "cells", "labels", "formula", "difference", "findings",
    "messages",
)  # fmt: skip
"""The columns of the tie-out sheet; the names are the same in every language."""


def write_csv(results: Sequence[Result], words: Words) -> str:
    """Returns the tie-out of all `results`, one claim a row, then what was found that is about no claim."""
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
    told: dict[str, list[FindingView]] = {}
    for item in view.findings:
        for claim_id in item.finding.claims:
            told.setdefault(claim_id, []).append(item)
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
            *_told(told.get(claim.id, [])),
        )
    yield from (_alone(item, view) for item in view.findings if not item.rows)


def _alone(item: FindingView, view: View) -> tuple[str, ...]:
    """Returns the row of a finding that is about a heading or about cells only."""
    finding = item.finding
    start, end = finding.places[0] if finding.places else ("", "")
    known = {
        "file": view.result.report.source,
        "start": str(start),
        "end": str(end),
        "sentence": " / ".join(mark.text for passage in item.passages for mark in passage.marks),
        "table_value": decimal(finding.actual) or "",
        "cells": " ".join(figure.address for figure in item.telling),
        "labels": "; ".join(view.evidence.label(figure) for figure in item.telling),
        "difference": decimal(finding.difference) or "",
        **dict(zip(("findings", "messages"), _told([item]), strict=True)),
    }
    return tuple(known.get(column, "") for column in COLUMNS)


def _told(items: Sequence[FindingView]) -> tuple[str, str]:
    """Returns the codes of `items` and their messages."""
    return " ".join(item.finding.code for item in items), "\n".join(item.message.text for item in items)
