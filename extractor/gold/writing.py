"""Labels out: the lines `reading` reads, each quotation as short as it can be."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..data import Report
from ..labels import Gold, GoldCheck, GoldClaim, GoldExclusion, GoldFigure, GoldFinding
from .quotation import Span, numerals, quote

Row = dict[str, Any]


def write(gold: Gold, report: Report, path: Path) -> None:
    """Writes the labels to `path`, each quotation with as little context as makes it unique in the report."""
    lines = rows(gold, report.text)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines), encoding="utf-8")


def rows(gold: Gold, text: str) -> list[Row]:
    """Returns the labels as the lines of their file, each quotation with as little context as makes it unique."""
    placed: list[tuple[int, Row]] = []
    for claim in gold.claims:
        spans = [(number.start, number.end) for number in gold.numbers if number.claim == claim.id]
        placed.append((claim.start, _claim_row(claim, text) | _numbers(text, claim, spans)))
    for item in gold.exclusions:
        spans = [
            (number.start, number.end) for number in gold.numbers if item.start <= number.start < item.end
        ]
        row: Row = {"kind": "exclusion", "at": quote(text, item.start, item.end)}
        row["reason"] = _one_or_all(item.reason)
        placed.append((item.start, row | _numbers(text, item, spans)))
    for start, end, why in gold.ignored:
        placed.append((start, {"kind": "ignore", "at": quote(text, start, end), "why": why}))
    placed += [(figure.start, _figure_row(figure, text)) for figure in gold.figures]
    return [
        {"kind": "report", "file": gold.file, "sha256": gold.sha256, "template": gold.template},
        *(row for _, row in sorted(placed, key=lambda pair: pair[0])),
        *(_finding_row(finding) for finding in gold.findings),
        *(_check_row(check) for check in gold.checks),
    ]


def _claim_row(claim: GoldClaim, text: str) -> Row:
    row: Row = {"kind": "claim", "id": claim.id, "at": quote(text, claim.start, claim.end)}
    row["value"] = _decimal(claim.value)
    row |= {
        key: _decimal(bound)
        for key, bound in (("low", claim.interval.low), ("high", claim.interval.high))
        if bound != claim.value
    }
    row |= {key: True for key in ("low_open", "high_open") if getattr(claim.interval, key)}
    if claim.unit is not None:
        row["unit"] = claim.unit
    row["indicator"] = claim.indicator
    for key in ("scope", "period", "relation", "part_of"):
        values = getattr(claim, key)
        if values:
            row[key] = _one_or_all(values)
    return row | {"figures": list(claim.figures), "verdict": claim.verdict.value}


def _figure_row(figure: GoldFigure, text: str) -> Row:
    row: Row = {"kind": "figure", "indicator": figure.indicator, "at": quote(text, figure.start, figure.end)}
    row |= {"value": _decimal(figure.value), "unit": figure.unit}
    return row if figure.value is not None else row | {"state": figure.state.value}


def _finding_row(finding: GoldFinding) -> Row:
    row: Row = {"kind": "finding", "code": finding.code}
    row |= {"claims": list(finding.claims), "figures": list(finding.figures)}
    bounds = (("expected", finding.expected), ("actual", finding.actual))
    return row | {key: _decimal(value) for key, value in bounds if value is not None}


def _check_row(check: GoldCheck) -> Row:
    row: Row = {"kind": "check", "code": check.code}
    return row | {"claims": list(check.claims), "figures": list(check.figures), "holds": check.holds}


def _one_or_all(values: tuple[str | None, ...]) -> str | list[str | None] | None:
    return values[0] if len(values) == 1 else list(values)


def _numbers(text: str, label: GoldClaim | GoldExclusion, spans: list[Span]) -> Row:
    if spans == numerals(text, label.start, label.end):
        return {}
    return {"numbers": [text[start:end] for start, end in spans]}


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
