"""The result as plain data, as `docs/result.schema.json` has it: decimals are strings, offsets characters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ..data import (
    Check,
    Claim,
    Figure,
    Finding,
    Link,
    Number,
    Params,
    Period,
    Problem,
    Reading,
    Report,
    Result,
    Table,
    Trial,
    Verdict,
)
from .evidence import Evidence, evidence_of
from .messages import message
from .view import why_of
from .words import Words

Json = dict[str, Any]


def write_json(results: Sequence[Result], words: Words, many: bool) -> str:
    """Returns one object, or an array of them where `many`."""
    objects = [contract(result, words) for result in results]
    return json.dumps(objects if many else objects[0], ensure_ascii=False, indent=2) + "\n"


def write_jsonl(results: Sequence[Result], words: Words) -> str:
    """Returns one object a line, a report each."""
    return "".join(json.dumps(contract(result, words), ensure_ascii=False) + "\n" for result in results)


def contract(result: Result, words: Words) -> Json:
    """Returns `result` as plain data; every offset refers to `report.text` of the same object."""
    evidence = evidence_of(result, words)
    verdicts = result.verdicts
    return {
        "report": report_object(result.report, result.reading),
        "numbers": [number_object(number) for number in result.numbers],
        "claims": [claim_object(claim, verdicts[claim.id]) for claim in result.claims],
        "figures": [figure_object(figure) for figure in result.reading.figures],
        "links": [_link(link, words) for link in result.links],
        "findings": [_finding(finding, evidence, words) for finding in result.findings],
        "checks": [_check(check) for check in result.checks],
        "problems": [_problem(problem, words) for problem in result.problems],
        "stamp": {"version": result.stamp.version, "kb": result.stamp.kb, "model": result.stamp.model},
    }


def claim_object(claim: Claim, verdict: Verdict | None) -> Json:
    """Returns `claim` as plain data; without a verdict where none was reached yet."""
    interval = claim.interval
    fields: Json = {
        "id": claim.id,
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "value": decimal(claim.value),
        "low": decimal(interval.low),
        "high": decimal(interval.high),
        "low_open": interval.low_open,
        "high_open": interval.high_open,
        "unit": claim.unit,
        "unit_text": claim.unit_text,
        "kind": claim.kind,
        "hedge": claim.hedge,
        "indicator": claim.indicator,
        "context": list(claim.context),
        "verb": claim.verb,
        "scope": claim.scope.kind,
        "scope_text": claim.scope.text,
        "period": _period(claim.period),
        "period_kind": claim.period.kind,
        "period_text": claim.period.text,
        "relation": claim.relation.value,
        "part_of": claim.part_of,
        "list_kind": claim.list_kind,
        "section": list(claim.section),
        "sentence": {"start": claim.sentence[0], "end": claim.sentence[1]},
        "verdict": verdict.value if verdict is not None else None,
        "rule": claim.rule,
    }
    if verdict is None:
        del fields["verdict"]
    return fields


def figure_object(figure: Figure) -> Json:
    """Returns `figure` as plain data."""
    return {
        "id": figure.id,
        "table": figure.table,
        "row": figure.row,
        "column": figure.column,
        "address": figure.address,
        "row_label": figure.row_label,
        "column_label": figure.column_label,
        "row_path": list(figure.row_path),
        "column_path": list(figure.column_path),
        "group": figure.group,
        "indicator": figure.indicator,
        "value": decimal(figure.value),
        "state": figure.state.value,
        "text": figure.text,
        "unit": figure.unit,
        "period": figure.period,
        "start": figure.start,
        "end": figure.end,
        "doubt": figure.doubt,
        "note": figure.note,
    }


def decimal(value: Decimal | None) -> str | None:
    """Returns `value` exactly, in plain notation."""
    return None if value is None else format(value, "f")


def report_object(report: Report, reading: Reading) -> Json:
    """Returns `report` as plain data, with the template its tables were read by."""
    return {
        "source": report.source,
        "sha256": report.sha256,
        "format": report.format,
        "encoding": report.encoding,
        "template": reading.template,
        "template_score": decimal(reading.score),
        "text": report.text,
        "regions": [
            {"start": region.start, "end": region.end, "kind": region.kind, "reason": region.reason}
            for region in report.regions
        ],
        "tables": [_table(table) for table in report.tables],
    }


def _table(table: Table) -> Json:
    return {
        "id": table.id,
        "start": table.start,
        "end": table.end,
        "layout": table.layout,
        "rows": table.rows,
        "columns": table.columns,
        "caption": table.caption,
        "notes": list(table.notes),
    }


def number_object(number: Number) -> Json:
    """Returns `number` as plain data."""
    return {
        "start": number.start,
        "end": number.end,
        "text": number.text,
        "status": number.status.value,
        "reason": number.reason,
        "claim": number.claim,
    }


def _link(link: Link, words: Words) -> Json:
    return {
        "claim": link.claim,
        "figures": list(link.figures),
        "formula": link.formula,
        "score": decimal(link.score),
        "why": link.why,
        "params": _params(link.params),
        "message": why_of(link, words),
        "trials": [_trial(trial) for trial in link.trials],
        "rivals": list(link.rivals),
    }


def _trial(trial: Trial) -> Json:
    return {
        "formula": trial.formula,
        "figures": list(trial.figures),
        "value": decimal(trial.value),
        "difference": decimal(trial.difference),
        "holds": trial.holds,
    }


def _finding(finding: Finding, evidence: Evidence, words: Words) -> Json:
    said = message(finding, evidence, words)
    return {
        "code": finding.code,
        "verdict": finding.verdict.value if finding.verdict is not None else None,
        "severity": finding.severity.value,
        "claim": finding.claims[0] if finding.claims else None,
        "claims": list(finding.claims),
        "figures": list(finding.figures),
        "places": [{"start": start, "end": end} for start, end in finding.places],
        "formula": finding.formula,
        "expected": decimal(finding.expected),
        "actual": decimal(finding.actual),
        "difference": decimal(finding.difference),
        "params": _params(finding.params),
        "title": said.title,
        "message": said.text,
        "meaning": said.meaning,
        "not_meaning": said.not_meaning,
        "advice": said.advice,
    }


def _check(check: Check) -> Json:
    return {
        "code": check.code,
        "holds": check.holds,
        "claims": list(check.claims),
        "figures": list(check.figures),
        "formula": check.formula,
        "expected": decimal(check.expected),
        "actual": decimal(check.actual),
    }


def _problem(problem: Problem, words: Words) -> Json:
    return {
        "code": problem.code,
        "file": problem.file,
        "place": problem.place,
        "params": _params(problem.params),
        "message": words.problem(problem),
    }


def _params(params: Params) -> Json:
    return {key: decimal(value) if isinstance(value, Decimal) else value for key, value in params.items()}


def _period(period: Period) -> str:
    """Returns `period` as ISO 8601 as far as it is stated ("2014", "2014-01/2014-06"), else its kind."""
    if period.year is None:
        return period.kind
    if period.months is None:
        return f"{period.year:04d}"
    first, last = (f"{period.year:04d}-{month:02d}" for month in period.months)
    return first if first == last else f"{first}/{last}"
