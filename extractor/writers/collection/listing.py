"""The findings between reports for a terminal, as JSON, as a sheet and as Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from ...data import Severity
from ...data.collection import FAILED, HELD, UNKNOWN, CollectionFinding, Exhibit
from ..contract import decimal
from ..controls import escaped
from ..markdown import escape, markdown_table
from ..prose import Prose
from ..sheet import sheet
from ..text import draw, fields, grid, heading
from ..words import Words
from .messages import label_of, place_of, quote_of, said_of, stated_at

FORMATS = ("text", "json", "csv", "markdown", "html")

Compared = Sequence[tuple[str, str, str, int]]
"""How often what was compared, by (code, status, reason)."""

COLUMNS = (
    "finding", "code", "title", "severity", "body", "year", "expected", "actual", "difference", "formula", "message",
    "place", "source", "other_year", "other_place", "other_source",
)  # fmt: skip
_STYLES = {Severity.ERROR: "bold red", Severity.REVIEW: "yellow", Severity.INFO: "cyan"}


def write_findings(
    findings: Sequence[CollectionFinding],
    compared: Compared,
    format: str,
    words: Words,
    width: int = 100,
    colour: bool = False,
) -> str:
    """Returns `findings` in one of `FORMATS`; those that speak to people also say what was compared.

    Raises:
        ValueError: the format is none of them.
    """
    match format:
        case "text":
            return draw(_texts(findings, compared, words), width, colour)
        case "json":
            whole = {
                "findings": [finding_object(place, item, words) for place, item in enumerate(findings, 1)],
                "checks": [
                    {"code": code, "status": status, "reason": reason, "count": count}
                    for code, status, reason, count in compared
                ],
            }
            return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
        case "csv":
            return sheet(COLUMNS, (_row(place, item, words) for place, item in enumerate(findings, 1)))
        case "markdown":
            return escaped("\n".join(_lines(findings, compared, words))) + "\n"
        case "html":
            from .page import write_collection_page

            return write_collection_page(findings, compared, words)
        case _:
            raise ValueError(f"format {format!r} is none of {', '.join(FORMATS)}")


def finding_object(place: int, finding: CollectionFinding, words: Words) -> dict[str, Any]:
    """Returns a finding as plain data; decimals are strings."""
    said = said_of(finding, words)
    return {
        "finding": f"C{place}",
        "code": finding.code,
        "verdict": finding.verdict.value if finding.verdict is not None else None,
        "severity": finding.severity.value,
        "body": finding.body,
        "year": finding.year,
        "formula": finding.formula,
        "expected": decimal(finding.expected),
        "actual": decimal(finding.actual),
        "difference": decimal(finding.difference),
        "exhibits": [
            {
                "report": item.report,
                "source": item.source,
                "body": item.body,
                "year": item.year,
                "kind": item.kind,
                "id": item.id,
                "place": item.place,
                "label": label_of(item, words),
                "value": decimal(item.value),
                "unit": item.unit,
                "quote": item.quote,
            }
            for item in finding.exhibits
        ],
        "title": said.title,
        "message": said.text,
        "meaning": said.meaning,
        "not_meaning": said.not_meaning,
        "advice": said.advice,
    }


def tally(compared: Compared, words: Words) -> list[tuple[str, int, int, int, str]]:
    """Returns, for each thing compared, its name, how often it held, failed and is unknown, and why unknown."""
    lines = []
    for code in dict.fromkeys(code for code, *_ in compared):
        counts: Counter[str] = Counter()
        reasons = []
        for _, status, reason, count in (item for item in compared if item[0] == code):
            counts[status] += count
            if reason:
                reasons.append(f"{words.word(f'unknown.{reason}')} {count}")
        why = words.word("label.joint").join(reasons)
        lines.append((words.word(f"compare.{code}"), counts[HELD], counts[FAILED], counts[UNKNOWN], why))
    return lines


def severity_counts(findings: Iterable[CollectionFinding]) -> Counter[Severity]:
    """Returns how many findings there are of each severity."""
    return Counter(finding.severity for finding in findings)


def _grade(finding: CollectionFinding, words: Words) -> str:
    return f"{words.icon(finding.severity)} {words.word(f'severity.{finding.severity}')}"


def _exhibit(exhibit: Exhibit, words: Words) -> tuple[str, str]:
    """Returns the year of an exhibit, and where it stands with what stands there."""
    parts = [place_of(exhibit, words), label_of(exhibit, words), stated_at(exhibit)]
    if exhibit.kind == "claim":
        parts.append(f"“{quote_of(exhibit)}”")
    return f"{exhibit.body} {exhibit.year}", "  ".join(part for part in (*parts, exhibit.source) if part)


def _texts(
    findings: Sequence[CollectionFinding], compared: Compared, words: Words
) -> Iterator[RenderableType]:
    yield heading(words.word("title.collection"), len(findings))
    if not findings:
        yield Text(words.say("collection.clean"))
    for place, finding in enumerate(findings, 1):
        said = said_of(finding, words)
        yield Text()
        yield Prose.assemble(
            (_grade(finding, words), _STYLES[finding.severity]),
            f"  C{place}  {finding.body} {finding.year}  ",
            (said.title, "bold"),
        )
        yield Padding(Prose(said.text), (0, 0, 0, 2))
        rows = [_exhibit(exhibit, words) for exhibit in finding.exhibits[:8]]
        rows.append((words.word("label.not_meaning"), said.not_meaning))
        yield Padding(fields(rows), (0, 0, 0, 2))
    yield heading(words.word("title.compared"))
    columns = [words.word(f"label.{name}") for name in ("compared", "holds", "fails", "unknown", "reason")]
    rows_of_tally = (
        (title, str(held), str(failed), str(unknown), why)
        for title, held, failed, unknown, why in tally(compared, words)
    )
    yield grid(columns, rows_of_tally, right=frozenset({1, 2, 3}))


def _row(place: int, finding: CollectionFinding, words: Words) -> tuple[str, ...]:
    said = said_of(finding, words)
    first = finding.exhibits[0]
    other = next((item for item in finding.exhibits[1:] if item.report != first.report), first)
    return (
        f"C{place}",
        finding.code,
        said.title,
        finding.severity.value,
        finding.body,
        str(finding.year),
        decimal(finding.expected) or "",
        decimal(finding.actual) or "",
        decimal(finding.difference) or "",
        finding.formula,
        said.text,
        first.place,
        first.source,
        "" if other.year is None else str(other.year),
        other.place,
        other.source,
    )


def _lines(findings: Sequence[CollectionFinding], compared: Compared, words: Words) -> Iterator[str]:
    yield f"# {words.word('title.collection')}"
    yield ""
    if not findings:
        yield words.say("collection.clean")
        yield ""
    for place, finding in enumerate(findings, 1):
        said = said_of(finding, words)
        yield f"## C{place}. {_grade(finding, words)}: {escape(finding.body)} {finding.year}, {said.title}"
        yield ""
        yield escape(said.text)
        yield ""
        for exhibit in finding.exhibits:
            year, place_and_words = _exhibit(exhibit, words)
            yield f"- {escape(year)}: {escape(place_and_words)}"
        yield f"- {words.word('label.not_meaning')}: {said.not_meaning}"
        yield f"- {words.word('label.advice')}: {said.advice}"
        yield ""
    yield f"## {words.word('title.compared')}"
    yield ""
    columns = [words.word(f"label.{name}") for name in ("compared", "holds", "fails", "unknown", "reason")]
    yield from markdown_table(columns, ([str(cell) for cell in line] for line in tally(compared, words)))
