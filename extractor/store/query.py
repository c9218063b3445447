"""SQL over the tables of a run, through DuckDB."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

import duckdb

from ..errors import InputError
from .folder import MARK, SCHEME, TABLES_FOLDER, RunFolder
from .schema import COLLECTION_TABLES, TABLES

_SUFFIX = ".parquet"


@contextmanager
def reading(run: RunFolder) -> Iterator[None]:
    """Turns what DuckDB says of damaged tables into a message.

    Raises:
        InputError: run_damaged
    """
    try:
        yield
    except duckdb.Error as error:
        raise InputError("run_damaged", run.url, detail=cause_of(error).partition("\n")[0]) from error


def cause_of(error: duckdb.Error) -> str:
    """Returns what DuckDB says; of a fault behind a URL, which it tells by a traceback, what the fault is."""
    first, *lines = str(error).splitlines()
    if first.startswith("Traceback"):
        return next((line for line in lines if line and not line.startswith(" ")), first)
    return str(error)


def connect(run: RunFolder, *, memory: str = "1GB") -> duckdb.DuckDBPyConnection:
    """Returns a connection that sees each table of the run folder `run` as a view of that name, read only.

    `memory` bounds what DuckDB holds; what does not fit goes to a temporary folder of its own. Of tables behind a URL
    only the parts that a query needs are fetched.

    Raises:
        InputError: not_a_run, the folder holds no tables; run_unfinished, they are not all of one run; run_damaged,
            one of them cannot be read; unreadable, the URL cannot be reached.
    """
    if run.has(MARK):
        raise InputError("run_unfinished", run.url)
    connection = duckdb.connect()
    connection.execute("SET memory_limit = ?", [memory])
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET temp_directory = ?", [str(Path(gettempdir(), f"extractor-{os.getpid()}"))])
    if run.remote:
        connection.register_filesystem(run.fenced())
    for name in (*TABLES, *COLLECTION_TABLES):
        if any(file.endswith(_SUFFIX) for file in run.names(f"{TABLES_FOLDER}/{name}")):
            files = f"{tables_of(run)[0]}{name}/*{_SUFFIX}".replace("'", "''")
            with reading(run):
                connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{files}')")
        elif name in TABLES:
            raise InputError("not_a_run", run.url)
    return connection


def tables_of(run: RunFolder) -> list[str]:
    """Returns the folder of the tables as DuckDB is to name it, in all ways it may, each with a slash behind it."""
    if run.remote:
        return [f"{SCHEME}{TABLES_FOLDER}/"]
    folder = Path(run.url, TABLES_FOLDER)
    return [f"{folder}/", f"{folder.resolve()}/"]
