"""A result as rows of the tables of a run."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..data import Claim, Figure, Finding, Link, Problem, Result, Severity, Stamp, Status
from ..identity import Identity
from ..writers.contract import claim_object, decimal, figure_object, number_object
from ..writers.evidence import Evidence, evidence_of
from ..writers.messages import message
from ..writers.words import Words
from .schema import TABLES

OK, FAILED, QUARANTINED = "ok", "failed", "quarantined"
"""What `reports.status` may be."""

Row = list[Any]
Rows = dict[str, list[Row]]
"""The rows of one report by table; the values of a row stand in the order of the table's columns."""


def report_id(source: str, sha256: str) -> str:
    """Returns the id of a report: 16 hex digits of the sha256 over where it stands and what it holds."""
    return hashlib.sha256(f"{source}\0{sha256}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def stamp_text(stamp: Stamp) -> str:
    """Returns `stamp` as the tables hold it."""
    return f"{stamp.version} {stamp.kb} {stamp.model}".rstrip()


def rows_of(result: Result, identity: Identity, hints: str, words: Words) -> Rows:
    """Returns the rows of an audited report; messages are in the language of `words`."""
    report, reading = result.report, result.reading
    name = report_id(report.source, report.sha256)
    evidence = evidence_of(result, words)
    severities = Counter(finding.severity for finding in result.findings)
    head = {
        **_head(name, report.source, report.sha256, result.stamp),
        **_identity(identity),
        "hints": hints,
        "format": report.format,
        "encoding": report.encoding,
        "template": reading.template,
        "template_score": decimal(reading.score),
        "numbers": len(result.numbers),
        "claims": len(result.claims),
        "unexplained": sum(number.status is Status.UNEXPLAINED for number in result.numbers),
        "figures": len(reading.figures),
        "findings": len(result.findings),
        "errors": severities[Severity.ERROR],
        "reviews": severities[Severity.REVIEW],
        "problems": len(result.problems),
    }
    return {
        "reports": [_row("reports", name, head)],
        "numbers": [_row("numbers", name, number_object(number)) for number in result.numbers],
        "claims": [_claim(name, claim, result) for claim in result.claims],
        "figures": [_figure(name, figure) for figure in reading.figures],
        "links": [_link(name, link) for link in result.links],
        "findings": [
            _finding(name, f"F{place}", finding, evidence, words)
            for place, finding in enumerate(result.findings, 1)
        ],
        "problems": [_problem(name, problem, words) for problem in result.problems],
    }


def rows_without(sha256: str, status: str, problem: Problem, hints: str, stamp: Stamp, words: Words) -> Rows:
    """Returns the rows of a report that could not be audited: `status` is failed or quarantined.

    `problem` says why, and its file is the report's source.
    """
    source = problem.file
    name = report_id(source, sha256)
    head = {
        **_head(name, source, sha256, stamp),
        **_identity(Identity()),
        "hints": hints,
        "status": status,
        "reason": problem.code,
        "problems": 1,
    }
    rows: Rows = {table: [] for table in TABLES}
    rows["reports"].append(_row("reports", name, head))
    rows["problems"].append(_problem(name, problem, words))
    return rows


def restamped(rows: Rows, stamp: Stamp) -> Rows:
    """Returns the rows of a report as `stamp` would make them, where it is known to make the same ones."""
    head = list(rows["reports"][0])
    head[TABLES["reports"].names.index("stamp")] = stamp_text(stamp)
    return {**rows, "reports": [head]}


def _head(name: str, source: str, sha256: str, stamp: Stamp) -> dict[str, Any]:
    """Returns what every report has, and for the rest what one has that was not read."""
    texts = dict.fromkeys(("format", "encoding", "template", "reason"), "")
    counts = ("numbers", "claims", "unexplained", "figures", "findings", "errors", "reviews", "problems")
    return {
        **texts,
        **dict.fromkeys(counts, 0),
        "report": name,
        "source": _writable(source),
        "sha256": sha256,
        "template_score": "0",
        "status": OK,
        "stamp": stamp_text(stamp),
    }


def _identity(identity: Identity) -> dict[str, Any]:
    return {
        "title": identity.title,
        "body": identity.body,
        "level": identity.level,
        "parent": identity.parent,
        "year": identity.year,
        "identity_confidence": float(identity.confidence),
        "identity_evidence": [
            " ".join(part for part in (item.field, item.source, item.place, item.value) if part)
            for item in identity.evidence
        ],
    }


def _claim(report: str, claim: Claim, result: Result) -> Row:
    more = {
        "claim": claim.id,
        "number": _double(claim.value),
        "low_number": _double(claim.interval.low),
        "high_number": _double(claim.interval.high),
        "sentence": result.report.text[slice(*claim.sentence)],
        "sentence_start": claim.sentence[0],
    }
    return _row("claims", report, claim_object(claim, result.verdicts[claim.id]) | more)


def _figure(report: str, figure: Figure) -> Row:
    more = {"figure": figure.id, "number": _double(figure.value), "includes": list(figure.includes)}
    return _row("figures", report, figure_object(figure) | more)


def _link(report: str, link: Link) -> Row:
    values = {
        "claim": link.claim,
        "figures": list(link.figures),
        "formula": link.formula,
        "score": float(link.score),
        "why": link.why,
        "rivals": list(link.rivals),
    }
    return _row("links", report, values)


def _finding(report: str, name: str, finding: Finding, evidence: Evidence, words: Words) -> Row:
    values = {
        "finding": name,
        "code": finding.code,
        "verdict": finding.verdict.value if finding.verdict is not None else None,
        "severity": finding.severity.value,
        "claims": list(finding.claims),
        "figures": list(finding.figures),
        "formula": finding.formula,
        "expected": decimal(finding.expected),
        "expected_number": _double(finding.expected),
        "actual": decimal(finding.actual),
        "actual_number": _double(finding.actual),
        "difference": decimal(finding.difference),
        "difference_number": _double(finding.difference),
        "places": [f"{start}-{end}" for start, end in finding.places],
        "message": message(finding, evidence, words).text,
    }
    return _row("findings", report, values)


def _problem(report: str, problem: Problem, words: Words) -> Row:
    values = {
        "code": problem.code,
        "place": _writable(problem.place),
        "message": _writable(words.problem(problem)),
        "params": _writable(
            json.dumps(dict(problem.params), ensure_ascii=False, sort_keys=True, default=str)
        ),
    }
    return _row("problems", report, values)


def problem_of(rows: Rows) -> Problem:
    """Returns the problem of a report that could not be audited."""
    (head,), (row,) = rows["reports"], rows["problems"]
    source = head[TABLES["reports"].names.index("source")]
    said = dict(zip(TABLES["problems"].names, row, strict=True))
    return Problem(said["code"], source, said["place"], json.loads(said["params"]))


def _row(table: str, report: str, values: Mapping[str, Any]) -> Row:
    """Returns the values of one row in the order of the table's columns."""
    named = {**values, "report": report}
    return [named[column] for column in TABLES[table].names]


def _double(value: Decimal | None) -> float | None:
    """Returns the double nearest to `value`: for SQL, never to compare with."""
    return None if value is None else float(value)


def _writable(text: str) -> str:
    """Returns `text` without what UTF-8 cannot hold: names of files may have bytes of another encoding."""
    return text.encode("utf-8", "replace").decode()
