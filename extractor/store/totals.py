"""What a run comes to: totals over its tables, for a page or a terminal."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import duckdb

from ..data import Problem, Severity, Verdict
from ..data.collection import CollectionFinding, Exhibit, Rejected, ReportTotals, RunTotals
from .schema import COLLECTION_TABLES

_MOST = 15
_SEVERITIES = ", ".join(f"count(*) FILTER (severity = '{severity}')" for severity in Severity)
_REJECTED = """
    SELECT status, reason, count(*) AS many, array_slice(list(source ORDER BY source), 1, 3),
        arg_min(place, source), arg_min(params, source)
    FROM reports JOIN problems USING (report)
    WHERE status <> 'ok' GROUP BY status, reason ORDER BY many DESC, status, reason
"""
_BODIES = f"""
    SELECT r.body, count(DISTINCT r.report), {_SEVERITIES}
    FROM reports r LEFT JOIN findings f USING (report) WHERE r.status = 'ok' AND r.body <> ''
    GROUP BY r.body ORDER BY 3 DESC, 4 DESC, 5 DESC, 1
"""
_YEARS = f"""
    SELECT r.year, count(DISTINCT r.report), {_SEVERITIES}
    FROM reports r LEFT JOIN findings f USING (report) WHERE r.status = 'ok' AND r.year IS NOT NULL
    GROUP BY r.year ORDER BY r.year
"""
_WORST = f"""
    SELECT r.report, r.source, r.title, r.body, r.year, r.claims, coalesce(c.mismatches, 0), r.unexplained, r.errors,
        r.reviews
    FROM reports r
    LEFT JOIN (SELECT report, count(*) AS mismatches FROM claims WHERE verdict = 'mismatch' GROUP BY report) c
        USING (report)
    WHERE r.status = 'ok' AND r.errors + r.reviews > 0
    ORDER BY r.errors DESC, r.reviews DESC, r.source LIMIT {_MOST}
"""
_FOUND = """
    SELECT code, verdict, severity, body, year, exhibits, formula, expected, actual, difference, params
    FROM collection_findings ORDER BY CAST(substr(finding, 2) AS INTEGER)
"""


def read_totals(connection: duckdb.DuckDBPyConnection) -> RunTotals:
    """Returns what the run behind `connection` comes to."""

    def rows(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql).fetchall()

    def counts(table: str, column: str, where: str = "true") -> dict[str, int]:
        sql = f"SELECT {column}, count(*) FROM {table} WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1"
        return {str(name): count for name, count in rows(sql)}

    codes = rows(f"SELECT code, {_SEVERITIES} FROM findings GROUP BY code ORDER BY 2 DESC, 3 DESC, 4 DESC, 1")
    bodies = rows(_BODIES)
    return RunTotals(
        statuses=counts("reports", "status"),
        rejected=tuple(
            Rejected(status, Problem(reason, examples[0], place, json.loads(params)), count, tuple(examples))
            for status, reason, count, examples, place, params in rows(_REJECTED)
        ),
        statuses_of_numbers=counts("numbers", "status"),
        verdicts=counts("claims", "verdict"),
        severities=rows(f"SELECT {_SEVERITIES} FROM findings")[0],
        codes=tuple((code, (errors, reviews, infos)) for code, errors, reviews, infos in codes),
        bodies=tuple(
            (body, many, (errors, reviews, infos)) for body, many, errors, reviews, infos in bodies[:_MOST]
        ),
        body_count=len(bodies),
        years=tuple(
            (year, many, (errors, reviews, infos)) for year, many, errors, reviews, infos in rows(_YEARS)
        ),
        templates=tuple(counts("reports", "template", "status = 'ok'").items()),
        formats=tuple(counts("reports", "format", "status = 'ok'").items()),
        problems=tuple(counts("problems", "code").items()),
        worst=tuple(ReportTotals(*row) for row in rows(_WORST)),
        unplaced=rows("SELECT count(*) FROM reports WHERE status = 'ok' AND (body = '' OR year IS NULL)")[0][
            0
        ],
        stamps=tuple(counts("reports", "stamp")),
        findings=_findings(connection),
        compared=_compared(connection),
    )


def _has_collection(connection: duckdb.DuckDBPyConnection) -> bool:
    names = {name for (name,) in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    return names.issuperset(COLLECTION_TABLES)


def _compared(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, str, str, int], ...] | None:
    if not _has_collection(connection):
        return None
    sql = "SELECT code, status, reason, sum(count)::INTEGER FROM collection_checks GROUP BY ALL ORDER BY ALL"
    return tuple(
        (code, status, reason, count) for code, status, reason, count in connection.execute(sql).fetchall()
    )


def _findings(connection: duckdb.DuckDBPyConnection) -> tuple[CollectionFinding, ...]:
    """Returns the findings between reports that are kept in the run."""
    if not _has_collection(connection):
        return ()
    return tuple(_finding(row) for row in connection.execute(_FOUND).fetchall())


def _finding(row: tuple[Any, ...]) -> CollectionFinding:
    code, verdict, severity, body, year, exhibits, formula, expected, actual, difference, params = row
    return CollectionFinding(
        code=code,
        verdict=None if verdict is None else Verdict(verdict),
        severity=Severity(severity),
        body=body,
        year=year,
        exhibits=tuple(Exhibit(**{**exhibit, "value": _decimal(exhibit["value"])}) for exhibit in exhibits),
        formula=formula,
        expected=_decimal(expected),
        actual=_decimal(actual),
        difference=_decimal(difference),
        params=json.loads(params),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
