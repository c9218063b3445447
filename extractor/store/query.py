"""SQL over the tables of a run, through DuckDB."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

import duckdb

from ..errors import InputError
from .folder import MARK
from .schema import COLLECTION_TABLES, TABLES

FOLDER = "tables"
"""The folder of the tables inside a run folder."""


@contextmanager
def reading(run: Path) -> Iterator[None]:
    """Turns what DuckDB says of damaged tables into a message.

    Raises:
        InputError: run_damaged
    """
    try:
        yield
    except duckdb.Error as error:
        raise InputError("run_damaged", str(run), detail=str(error).partition("\n")[0]) from error


def connect(run: Path, *, memory: str = "1GB") -> duckdb.DuckDBPyConnection:
    """Returns a connection that sees each table of the run folder `run` as a view of that name, read only.

    `memory` bounds what DuckDB holds; what does not fit goes to a temporary folder of its own.

    Raises:
        InputError: not_a_run, the folder holds no tables; run_unfinished, they are not all of one run; run_damaged,
            one of them cannot be read.
    """
    if (run / MARK).exists():
        raise InputError("run_unfinished", str(run))
    connection = duckdb.connect()
    connection.execute("SET memory_limit = ?", [memory])
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET temp_directory = ?", [str(Path(gettempdir(), f"extractor-{os.getpid()}"))])
    for name in TABLES:
        shards = run / FOLDER / name
        if next(shards.glob("*.parquet"), None) is None:
            raise InputError("not_a_run", str(run))
        _view(connection, name, shards)
    for name in COLLECTION_TABLES:
        shards = run / FOLDER / name
        if next(shards.glob("*.parquet"), None) is not None:
            _view(connection, name, shards)
    return connection


def _view(connection: duckdb.DuckDBPyConnection, name: str, shards: Path) -> None:
    files = str(shards / "*.parquet").replace("'", "''")
    with reading(shards.parent.parent):
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{files}')")
