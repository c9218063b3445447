"""The lines of a gold file with offsets in place of quotations: what all exchange formats write and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..errors import KnowledgeError
from ..labels import Gold, GoldCheck, GoldClaim, GoldExclusion, GoldFigure, GoldFinding
from .quotation import Span, numerals, quote

Field = Any
"""What JSON holds: a string, true, null, or a list of strings and nulls."""

PLACED = ("claim", "exclusion", "ignore", "figure")
"""Kinds that stand somewhere in the text; findings and checks speak of the others."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One label: its kind, its half-open span in `Report.text` (None where it stands nowhere), its fields by key.

    `words` are what a format without the text says stands there, "" where it says nothing.
    """

    kind: str
    span: Span | None
    fields: Mapping[str, Field]
    words: str = ""

    @property
    def id(self) -> str:
        """The id of a claim; "" for anything else."""
        return str(self.fields.get("id", ""))


@dataclass(frozen=True, slots=True)
class Head:
    """Of which report the labels are: its file name, its hash, its template."""

    file: str
    sha256: str
    template: str


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The labels of one report as a format holds them; `text` is "" where it does not hold the text."""

    head: Head
    marks: tuple[Mark, ...]
    text: str = ""


def marks_of(gold: Gold, text: str) -> Sheaf:
    """Returns the labels of a report with the text `text`, in its order; findings and checks last."""
    placed = [_claim(claim, gold, text) for claim in gold.claims]
    placed += [_exclusion(item, gold, text) for item in gold.exclusions]
    placed += [Mark("ignore", (start, end), {"why": why}) for start, end, why in gold.ignored]
    placed += [_figure(figure) for figure in gold.figures]
    return Sheaf(
        Head(gold.file, gold.sha256, gold.template),
        (
            *sorted(placed, key=lambda mark: mark.span[0] if mark.span else 0),
            *map(_finding, gold.findings),
            *map(_check, gold.checks),
        ),
        text,
    )


def rows_of(sheaf: Sheaf, text: str, source: str) -> list[dict[str, Field]]:
    """Returns the lines of a gold file, each quoting `text` with as little context as makes it unique there.

    Raises:
        KnowledgeError: the labels are of another text, or a span lies outside it, or other words stand there.
    """
    head = sheaf.head
    if sheaf.text not in ("", text):
        raise KnowledgeError(source, head.file, "another text", "the text of the report as it is read")
    rows: list[dict[str, Field]] = [
        {"kind": "report", "file": head.file, "sha256": head.sha256, "template": head.template}
    ]
    for number, mark in enumerate(sheaf.marks, start=1):
        row: dict[str, Field] = {"kind": mark.kind}
        if "id" in mark.fields:
            row["id"] = mark.fields["id"]
        if mark.span is not None:
            try:
                row["at"] = quote(text, *mark.span)
            except ValueError as error:
                raise KnowledgeError(source, f"label {number}", str(error), "a span of the report") from error
            words = text[slice(*mark.span)]
            if mark.words not in ("", words):
                raise KnowledgeError(
                    source, f"label {number}", mark.words, f"the words that stand there, {words}"
                )
        rows.append(row | dict(mark.fields))
    return rows


def _claim(claim: GoldClaim, gold: Gold, text: str) -> Mark:
    fields: dict[str, Field] = {"id": claim.id, "value": _decimal(claim.value)}
    fields |= {
        key: _decimal(bound)
        for key, bound in (("low", claim.interval.low), ("high", claim.interval.high))
        if bound != claim.value
    }
    fields |= {key: True for key in ("low_open", "high_open") if getattr(claim.interval, key)}
    if claim.unit is not None:
        fields["unit"] = claim.unit
    fields["indicator"] = claim.indicator
    for key in ("scope", "period", "relation", "part_of"):
        values = getattr(claim, key)
        if values:
            fields[key] = _one_or_all(values)
    fields |= {"figures": list(claim.figures), "verdict": claim.verdict.value}
    spans = [(number.start, number.end) for number in gold.numbers if number.claim == claim.id]
    return Mark("claim", (claim.start, claim.end), fields | _numbers(text, claim.start, claim.end, spans))


def _exclusion(item: GoldExclusion, gold: Gold, text: str) -> Mark:
    spans = [(number.start, number.end) for number in gold.numbers if item.start <= number.start < item.end]
    fields = {"reason": _one_or_all(item.reason)}
    return Mark("exclusion", (item.start, item.end), fields | _numbers(text, item.start, item.end, spans))


def _figure(figure: GoldFigure) -> Mark:
    fields: dict[str, Field] = {
        "indicator": figure.indicator,
        "value": _decimal(figure.value),
        "unit": figure.unit,
    }
    if figure.value is None:
        fields["state"] = figure.state.value
    return Mark("figure", (figure.start, figure.end), fields)


def _finding(finding: GoldFinding) -> Mark:
    fields: dict[str, Field] = {
        "code": finding.code,
        "claims": list(finding.claims),
        "figures": list(finding.figures),
    }
    bounds = (("expected", finding.expected), ("actual", finding.actual))
    fields |= {key: _decimal(value) for key, value in bounds if value is not None}
    return Mark("finding", None, fields)


def _check(check: GoldCheck) -> Mark:
    evidence = {"claims": list(check.claims), "figures": list(check.figures)}
    return Mark("check", None, {"code": check.code, **evidence, "holds": check.holds})


def _one_or_all(values: Sequence[str | None]) -> Field:
    return values[0] if len(values) == 1 else list(values)


def _numbers(text: str, start: int, end: int, spans: list[Span]) -> dict[str, Field]:
    if spans == numerals(text, start, end):
        return {}
    return {"numbers": [text[left:right] for left, right in spans]}


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
