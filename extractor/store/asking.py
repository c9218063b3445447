"""A reader's own SQL over a run: it may read the tables, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import InputError
from .folder import RunFolder
from .query import cause_of, connect, tables_of

_READING = "SELECT"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query returned: the names of its columns and its rows."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def ask(run: RunFolder, sql: str, *, memory: str = "1GB") -> Answer:
    """Returns what the query `sql` finds in the tables of the run folder `run`.

    Raises:
        InputError: not_a_run; query.refused, it is not one statement that only reads; query.failed, DuckDB
            cannot answer it, or it asks for more than the tables.
    """
    relation = _relation(run, sql, memory)
    try:
        return Answer(tuple(relation.columns), relation.fetchall())
    except duckdb.Error as error:
        raise InputError("query.failed", run.url, detail=cause_of(error)) from error


def ask_parquet(run: RunFolder, sql: str, target: Path, *, memory: str = "1GB") -> None:
    """Writes what the query `sql` finds to the Parquet file `target`; raises as `ask` does."""
    relation = _relation(run, sql, memory)
    try:
        table: pa.Table = relation.to_arrow_table()
    except duckdb.Error as error:
        raise InputError("query.failed", run.url, detail=cause_of(error)) from error
    pq.write_table(table, target, compression="zstd")


def _relation(run: RunFolder, sql: str, memory: str) -> duckdb.DuckDBPyRelation:
    """Returns what the query stands for, to be worked out where nothing but the tables can be reached."""
    connection = connect(run, memory=memory)
    connection.execute("SET allowed_directories = ?", [tables_of(run)])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type.name != _READING:
            kinds = ", ".join(statement.type.name for statement in statements) or "–"
            raise InputError("query.refused", run.url, detail=kinds)
        return connection.sql(statements[0].query)
    except duckdb.Error as error:
        raise InputError("query.failed", run.url, detail=cause_of(error)) from error
