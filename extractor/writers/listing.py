"""Plain listings of what was read: the claims of a report, and the figures of its tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from ..data import Claim, Figure, Interval, Number, Reading, Relation, Report
from .contract import claim_object, figure_object, number_object, report_object
from .evidence import short_label, stated, topic, with_unit
from .markdown import markdown_table
from .sheet import sheet
from .text import draw, grid
from .words import Words, number, squeeze

LISTING_FORMATS = ("text", "json", "jsonl", "csv", "markdown")
"""The formats of a listing; a page needs an audit."""

_CLAIM_COLUMNS = ("id", "place", "claim", "value", "indicator", "scope", "period", "relation", "part_of")
_FIGURE_COLUMNS = ("cell", "row_label", "column_label", "value", "unit", "row_id")


def write_claims(
    report: Report,
    claims: Sequence[Claim],
    numbers: Sequence[Number],
    format: str,
    words: Words,
    width: int = 100,
    colour: bool = False,
) -> str:
    """Returns the claims of `report` in one of `LISTING_FORMATS`; JSON holds its text and numbers too."""
    if format == "json":
        whole = {
            "report": report_object(report, Reading(())),
            "numbers": [number_object(item) for item in numbers],
            "claims": [claim_object(claim, None) for claim in claims],
        }
        return _json(whole)
    if format == "jsonl":
        return _json_lines(claim_object(claim, None) for claim in claims)
    rows = [_claim_row(claim, words) for claim in claims]
    return _listing(_CLAIM_COLUMNS, rows, format, words, width, colour)


def write_figures(
    report: Report, reading: Reading, format: str, words: Words, width: int = 100, colour: bool = False
) -> str:
    """Returns the figures of `report` in one of `LISTING_FORMATS`; JSON holds its text too."""
    if format == "json":
        figures = [figure_object(figure) for figure in reading.figures]
        return _json({"report": report_object(report, reading), "figures": figures})
    if format == "jsonl":
        return _json_lines(figure_object(figure) for figure in reading.figures)
    rows = [_figure_row(figure, words) for figure in reading.figures]
    return _listing(_FIGURE_COLUMNS, rows, format, words, width, colour)


def interval_text(interval: Interval) -> str:
    """Returns `interval` as mathematicians write it, `[80, 90)`; an open end without bound is ∞."""
    left = "(" if interval.low_open or interval.low is None else "["
    right = ")" if interval.high_open or interval.high is None else "]"
    low = number(interval.low) if interval.low is not None else "−∞"
    high = number(interval.high) if interval.high is not None else "∞"
    return f"{left}{low}, {high}{right}"


def _claim_row(claim: Claim, words: Words) -> tuple[str, ...]:
    exact = claim.value is not None and claim.interval == Interval(claim.value, claim.value)
    value = with_unit(claim.value, claim.unit) if exact else f"{interval_text(claim.interval)}{claim.unit}"
    return (
        claim.id,
        f"{claim.start}–{claim.end}",
        stated(claim) if claim.numbers else squeeze(claim.text),
        value,
        topic(claim),
        _kind("scope", claim.scope.kind, words),
        squeeze(claim.period.text) or _kind("period", claim.period.kind, words),
        "" if claim.relation is Relation.LEVEL else words.word(f"relation.{claim.relation}"),
        claim.part_of or "",
    )


def _kind(prefix: str, kind: str, words: Words) -> str:
    return "" if kind == "unstated" else words.word(f"{prefix}.{kind}")


def _figure_row(figure: Figure, words: Words) -> tuple[str, ...]:
    value = number(figure.value) if figure.value is not None else words.word(f"state.{figure.state}")
    return (
        figure.address,
        short_label(figure.row_label),
        short_label(figure.column_label),
        value,
        figure.unit,
        figure.indicator or "",
    )


def _listing(
    keys: Sequence[str], rows: Sequence[tuple[str, ...]], format: str, words: Words, width: int, colour: bool
) -> str:
    if format == "csv":
        return sheet(keys, rows)
    columns = [words.word(f"label.{key}") for key in keys]
    if format == "markdown":
        return "\n".join(markdown_table(columns, rows)) + "\n"
    return draw([grid(columns, rows, right=frozenset({keys.index("value")}))], width, colour)


def _json(whole: object) -> str:
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _json_lines(objects: Iterable[object]) -> str:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in objects)
