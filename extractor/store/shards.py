"""Shards: the tables of some of the reports, a Parquet file a table, and how documents are dealt out to them.

A document's key begins with 16 hex digits of a hash of its place, and a shard holds the keys of one range. How many
shards there are follows from the number of documents alone, so the same documents give the same shards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .folder import TABLES_FOLDER, RunFolder, digest
from .rows import Row, Rows
from .schema import TABLES

_BITS = 32
_DIGITS = _BITS // 4
# A shard has at most this many documents on average until there are this many shards; from then on it grows.
_SHARD = 64
_MOST_SHARDS = 4096
# Rows of a table that are gathered before they are written: a row group.
_GROUP = 8192


def key_of(group: str, block: int, position: int) -> str:
    """Returns the key of a document; those of one block of a group stand together, in order of position."""
    place = hashlib.sha256(f"{group}\0{block}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{place}{position:012x}"


@dataclass(frozen=True, slots=True, order=True)
class Shard:
    """The shard number `index` of `count`, a power of two."""

    count: int
    index: int

    @property
    def name(self) -> str:
        """Returns the name of the shard's files, without suffix."""
        return f"{self.index:05d}-of-{self.count:05d}"

    @property
    def range(self) -> tuple[str, str]:
        """Returns the least key of the shard and the least key behind it, both as far as they tell."""
        width = (1 << _BITS) // self.count
        low, high = self.index * width, (self.index + 1) * width
        return f"{low:0{_DIGITS}x}", f"{high:0{_DIGITS}x}" if high < 1 << _BITS else "g"

    def file(self, table: str) -> str:
        """Returns the name in the run folder of the shard's part of `table`."""
        return f"{TABLES_FOLDER}/{table}/{self.name}.parquet"


def shards_of(documents: int) -> list[Shard]:
    """Returns the shards of so many documents."""
    count = 1
    while count < _MOST_SHARDS and documents > count * _SHARD:
        count *= 2
    return [Shard(count, index) for index in range(count)]


class ShardWriter:
    """Writes a shard, report by report; at the end of the `with` block its files are there, unless it failed."""

    def __init__(self, folder: RunFolder, shard: Shard) -> None:
        self._folder, self._shard = folder, shard
        self._files = ExitStack()
        self._paths: dict[str, Path] = {}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._waiting: Rows = {table: [] for table in TABLES}
        self.hashes: dict[str, str] = {}

    def __enter__(self) -> ShardWriter:
        for table, schema in TABLES.items():
            path = self._files.enter_context(self._folder.written(self._shard.file(table)))
            self._paths[table] = path
            self._writers[table] = pq.ParquetWriter(path, schema, compression="zstd")
        return self

    def add(self, rows: Rows) -> None:
        """Adds the rows of one report; reports come in the order of their keys."""
        for table, more in rows.items():
            waiting = self._waiting[table]
            waiting += more
            if len(waiting) >= _GROUP:
                self._write(table)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for table in TABLES:
                    self._write(table)
        finally:
            for writer in self._writers.values():
                writer.close()
            if kind is None:
                self.hashes = {table: digest(path) for table, path in self._paths.items()}
            self._files.__exit__(kind, error, trace)

    def _write(self, table: str) -> None:
        rows = self._waiting[table]
        if rows:
            self._writers[table].write_batch(as_batch(rows, TABLES[table]))
            self._waiting[table] = []


def as_batch(rows: Iterable[Row], schema: pa.Schema) -> pa.RecordBatch:
    """Returns `rows`, at least one, as Arrow has them."""
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.record_batch(arrays, schema=schema)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a finished shard says of one report: how it ended and why, whether anything is said of it, its hints."""

    status: str
    reason: str
    silent: bool
    hints: str


class ShardReader:
    """A finished shard, to take the rows of single reports from."""

    def __init__(self, folder: RunFolder, shard: Shard) -> None:
        self._folder, self._shard = folder, shard
        self._tables: dict[str, tuple[pa.Table, dict[str, tuple[int, int]]]] = {}
        columns = ["report", "status", "reason", "findings", "problems", "hints"]
        with folder.local(shard.file("reports")) as path:
            reports = pq.read_table(path, columns=columns).to_pylist()
        self.reports = {row["report"]: _standing(row) for row in reports}

    def rows(self, report: str) -> Rows:
        """Returns the rows of a report of this shard."""
        return {table: self._rows(table, report) for table in TABLES}

    def _rows(self, table: str, report: str) -> list[Row]:
        if table not in self._tables:
            with self._folder.local(self._shard.file(table)) as path:
                content = pq.read_table(path)
            self._tables[table] = content, _runs(content.column("report").to_pylist())
        content, runs = self._tables[table]
        start, length = runs.get(report, (0, 0))
        columns = content.slice(start, length).to_pydict()
        return [list(row) for row in zip(*(columns[name] for name in TABLES[table].names), strict=True)]


def _standing(row: Mapping[str, Any]) -> Standing:
    silent = row["findings"] == row["problems"] == 0
    return Standing(row["status"], row["reason"], silent, row["hints"])


def is_whole(folder: RunFolder, shard: Shard, hashes: Mapping[str, str]) -> bool:
    """Says whether the files of a finished shard are there and still what they were."""
    try:
        for table in TABLES:
            with folder.local(shard.file(table)) as path:
                if digest(path) != hashes.get(table):
                    return False
    except FileNotFoundError:
        return False
    return True


def _runs(reports: list[str]) -> dict[str, tuple[int, int]]:
    """Returns start and length of the run of rows that each report has."""
    runs: dict[str, tuple[int, int]] = {}
    for place, report in enumerate(reports):
        start, length = runs.get(report, (place, 0))
        runs[report] = start, length + 1
    return runs
