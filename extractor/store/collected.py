"""A run read back as a collection, body by body, and what was found between its reports written beside its tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ..data import CellState, Interval, Relation
from ..data.collection import CollectionFinding, Exhibit, KeptClaim, KeptFigure, Member
from ..writers.contract import decimal
from .folder import TABLES_FOLDER, RunFolder
from .schema import COLLECTION_TABLES

_FILE = "collection.parquet"
_BATCH = 4096
Row = tuple[Any, ...]
# Findings that say that a table contradicts itself.
_UNSOUND = ("table.identity", "table.part_exceeds")

_REPORTS = """
    SELECT report, source, sha256, title, body, level, parent, year, identity_confidence, template, coalesce(doubts, 0)
    FROM reports
    LEFT JOIN (SELECT report, count(*) AS doubts FROM figures WHERE doubt <> '' GROUP BY report) USING (report)
    WHERE status = 'ok' ORDER BY source, report
"""
_FIGURES = """
    WITH unsound AS (
        SELECT DISTINCT report, unnest(figures) AS figure FROM findings WHERE code IN {codes}
    )
    SELECT wanted.place, f.report, f.figure, f."table", f.address, f.row_label, f.column_label, f.indicator,
        f.value, f.state, f.unit, f.period, f.doubt, unsound.figure IS NULL
    FROM wanted JOIN figures f USING (report)
    LEFT JOIN unsound ON unsound.report = f.report AND unsound.figure = f.figure
    WHERE {which}
    ORDER BY wanted.place, f."table", f."row", f."column", f.figure
"""
_CLAIMS = """
    SELECT wanted.place, c.report, c.claim, c.start, c."end", c.text, c.value, c.low, c.high, c.low_open, c.high_open,
        c.unit, c.kind, c.hedge, c.indicator, c.context, c.scope, c.scope_text, c.period_kind, c.period, c.period_text,
        c.relation, c.part_of, c.sentence, c.sentence_start, l.formula, l.figures
    FROM wanted JOIN claims c USING (report) LEFT JOIN links l ON l.report = c.report AND l.claim = c.claim
    ORDER BY wanted.place, c.start, c."end", c.claim
"""


def read_members(connection: duckdb.DuckDBPyConnection) -> list[Member]:
    """Returns the reports of a run that could be audited, without their figures and claims, by source."""
    rows = connection.execute(_REPORTS).fetchall()
    return [
        Member(report, source, sha256, title, body, level, parent, year, Decimal(str(sure)), template, doubts)
        for report, source, sha256, title, body, level, parent, year, sure, template, doubts in rows
    ]


def read_filled(
    connection: duckdb.DuckDBPyConnection, wanted: Sequence[Member], indicators: Sequence[str] = ()
) -> Iterator[Member]:
    """Yields the members `wanted`, in this order, with their figures and claims.

    Where `indicators` are given, only figures of these, and no claims. What passes through memory is one member
    at a time, and what DuckDB sorts.
    """
    places = pa.table(
        {
            "place": list(range(len(wanted))),
            "report": pa.array([member.report for member in wanted], pa.string()),
        }
    )
    figures, claims = connection.cursor(), connection.cursor()
    which = "f.indicator IN (SELECT unnest(?))" if indicators else "true"
    for cursor in (figures, claims):
        cursor.register("wanted", places)
    figures.execute(_FIGURES.format(codes=_UNSOUND, which=which), [list(indicators)] if indicators else [])
    kept_figures = _by_place(figures)
    kept_claims: Iterator[tuple[int, list[Row]]] = iter(())
    if not indicators:
        claims.execute(_CLAIMS)
        kept_claims = _by_place(claims)
    next_figures, next_claims = next(kept_figures, None), next(kept_claims, None)
    for place, member in enumerate(wanted):
        mine: tuple[KeptFigure, ...] = ()
        said: tuple[KeptClaim, ...] = ()
        if next_figures is not None and next_figures[0] == place:
            mine = tuple(_figure(row) for row in next_figures[1])
            next_figures = next(kept_figures, None)
        if next_claims is not None and next_claims[0] == place:
            said = tuple(_claim(row) for row in next_claims[1])
            next_claims = next(kept_claims, None)
        yield _filled(member, mine, said)


def write_collection(
    folder: RunFolder,
    findings: Sequence[tuple[CollectionFinding, str]],
    checks: Mapping[tuple[str, str, int, str, str], int],
) -> None:
    """Writes what was found between the reports of a run, each with its message, and how often what was compared.

    Args:
        folder: the run folder; what an earlier comparison wrote there is replaced.
        findings: in their order, which names them C1, C2, ….
        checks: how often by (code, body, year, status, reason).
    """
    said = [_finding(f"C{place}", finding, message) for place, (finding, message) in enumerate(findings, 1)]
    made = [
        {"code": code, "body": body, "year": year, "status": status, "reason": reason, "count": count}
        for (code, body, year, status, reason), count in sorted(checks.items())
    ]
    for name, rows in (("collection_findings", said), ("collection_checks", made)):
        table = pa.Table.from_pylist(rows, schema=COLLECTION_TABLES[name])
        with folder.written(f"{TABLES_FOLDER}/{name}/{_FILE}") as path:
            pq.write_table(table, path, compression="zstd")


def _by_place(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, list[Row]]]:
    """Yields the rows of each place; each list is there until the next is asked for."""
    for place, rows in groupby(_rows(cursor), key=lambda row: row[0]):
        yield place, [row[2:] for row in rows]


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    while rows := cursor.fetchmany(_BATCH):
        yield from rows


def _filled(member: Member, figures: tuple[KeptFigure, ...], claims: tuple[KeptClaim, ...]) -> Member:
    return replace(member, figures=figures, claims=claims)


def _figure(row: Row) -> KeptFigure:
    name, table, address, row_label, column_label, indicator, value, state, *rest = row
    return KeptFigure(
        name,
        table,
        address,
        row_label,
        column_label,
        indicator or "",
        _decimal(value),
        CellState(state),
        *rest,
    )


def _claim(row: Row) -> KeptClaim:
    (
        name,
        start,
        end,
        text,
        value,
        low,
        high,
        low_open,
        high_open,
        unit,
        kind,
        hedge,
        indicator,
        context,
        *rest,
    ) = row
    (
        scope,
        scope_text,
        period_kind,
        period,
        period_text,
        relation,
        part_of,
        sentence,
        begins,
        formula,
        figures,
    ) = rest
    return KeptClaim(
        id=name,
        start=start,
        end=end,
        text=text,
        value=_decimal(value),
        interval=Interval(_decimal(low), _decimal(high), bool(low_open), bool(high_open)),
        unit=unit,
        kind=kind,
        hedge=hedge or "",
        indicator=indicator,
        context=tuple(context or ()),
        scope=(scope, scope_text or ""),
        period=period_kind,
        period_text=period_text or "",
        year=int(period[:4]) if period[:4].isdigit() else None,
        relation=Relation(relation),
        part_of=part_of or "",
        sentence=sentence,
        sentence_start=begins,
        formula=formula or "",
        figures=tuple(figures or ()),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _double(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _finding(name: str, finding: CollectionFinding, message: str) -> dict[str, Any]:
    return {
        "finding": name,
        "code": finding.code,
        "verdict": finding.verdict.value if finding.verdict is not None else None,
        "severity": finding.severity.value,
        "body": finding.body,
        "year": finding.year,
        "reports": list(dict.fromkeys(exhibit.report for exhibit in finding.exhibits)),
        "exhibits": [_exhibit(exhibit) for exhibit in finding.exhibits],
        "formula": finding.formula,
        "expected": decimal(finding.expected),
        "expected_number": _double(finding.expected),
        "actual": decimal(finding.actual),
        "actual_number": _double(finding.actual),
        "difference": decimal(finding.difference),
        "difference_number": _double(finding.difference),
        "params": json.dumps(dict(finding.params), ensure_ascii=False, sort_keys=True),
        "message": message,
    }


def _exhibit(exhibit: Exhibit) -> dict[str, Any]:
    return {
        "report": exhibit.report,
        "source": exhibit.source,
        "body": exhibit.body,
        "year": exhibit.year,
        "kind": exhibit.kind,
        "id": exhibit.id,
        "place": exhibit.place,
        "label": exhibit.label,
        "value": decimal(exhibit.value),
        "unit": exhibit.unit,
        "quote": exhibit.quote,
        "form": exhibit.form,
    }
