"""The manifest of a run, in SQLite: the documents that were listed, and the shards that are finished.

It is the driver's alone. A shard counts as finished when its row is here, which is after its files are in place.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType

from ..data import Problem
from .shards import Shard

_LAYOUT = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    key TEXT PRIMARY KEY, source TEXT NOT NULL, reference TEXT NOT NULL, listing INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shards (
    count INTEGER NOT NULL, number INTEGER NOT NULL, make TEXT NOT NULL, hashes TEXT NOT NULL,
    tally TEXT NOT NULL, PRIMARY KEY (count, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rejected (
    count INTEGER NOT NULL, number INTEGER NOT NULL, source TEXT NOT NULL, status TEXT NOT NULL,
    reason TEXT NOT NULL, place TEXT NOT NULL, params TEXT NOT NULL, PRIMARY KEY (count, number, source)
) WITHOUT ROWID;
"""
# A manifest of another layout than this forgets which shards are finished.
_NUMBER = 1
_BATCH = 5000
# Kilobytes of the manifest held in memory: keys come in no order.
_CACHE = 65_536


@dataclass(frozen=True, slots=True)
class Make:
    """What rows depend on beside the documents.

    Attributes:
        version: The code.
        model: The linker.
        judgement: Hash of the knowledge that decides what is found.
        wording: Hash of the knowledge that decides only how it is said.
        settings: Limits; they decide on nothing but what is refused.
        stamp: Version, knowledge and model as results carry them.
    """

    version: str
    model: str
    judgement: str
    wording: str
    settings: str
    stamp: str

    def text(self) -> str:
        """Returns all of it in one line."""
        return json.dumps(asdict(self), ensure_ascii=False)


Tally = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document that was not audited: `status` is failed or quarantined, the file of `problem` where it stands."""

    status: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished shard: how it was made, the hash of each of its files, and what was counted in it."""

    shard: Shard
    make: Make
    hashes: Mapping[str, str]
    tally: Tally


class Manifest:
    """The manifest in the file `path`, which is made where there is none."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = FULL")
        self._base.execute(f"PRAGMA cache_size = -{_CACHE}")
        if self._base.execute("PRAGMA user_version").fetchone() != (_NUMBER,):
            self._base.executescript("DROP TABLE IF EXISTS shards; DROP TABLE IF EXISTS rejected;")
        self._base.executescript(f"{_LAYOUT} PRAGMA user_version = {_NUMBER};")

    def __enter__(self) -> Manifest:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    # ---- documents

    def list_documents(self, documents: Iterable[tuple[str, str, str]]) -> int:
        """Makes `documents`, each a key, a source and a reference, the documents of the run; returns how many.

        A key that comes twice counts once. Nothing is changed unless all of them could be listed.
        """
        number = 1 + int(self.get("listing") or 0)
        rows = iter(documents)
        with self._transaction():
            while batch := list(islice(rows, _BATCH)):
                self._base.executemany(
                    "INSERT INTO documents VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE "
                    "SET source = excluded.source, reference = excluded.reference, listing = excluded.listing",
                    [(key, _whole(source), reference, number) for key, source, reference in batch],
                )
            self._base.execute("DELETE FROM documents WHERE listing < ?", (number,))
            self.set("listing", str(number))
        return self.count()

    def count(self) -> int:
        """Returns the number of documents."""
        (number,) = self._base.execute("SELECT count(*) FROM documents").fetchone()
        return int(number)

    def references(self, shard: Shard) -> list[tuple[str, str]]:
        """Returns source and reference of each document of a shard, in the order of their keys."""
        return self._base.execute(
            "SELECT source, reference FROM documents WHERE key >= ? AND key < ? ORDER BY key", shard.range
        ).fetchall()

    # ---- shards

    def finished(self, shard: Shard) -> list[Finished]:
        """Returns the finished shard, or those with which it shares keys where the documents were dealt otherwise."""
        exact = self._finished("WHERE count = ? AND number = ?", (shard.count, shard.index))
        if exact:
            return exact
        counts = [count for (count,) in self._base.execute("SELECT DISTINCT count FROM shards")]
        found: list[Finished] = []
        for count in counts:
            first = shard.index * count // shard.count
            last = ((shard.index + 1) * count - 1) // shard.count
            found += self._finished("WHERE count = ? AND number BETWEEN ? AND ?", (count, first, last))
        return found

    def _finished(self, where: str = "", values: tuple[int, ...] = ()) -> list[Finished]:
        return [
            Finished(Shard(count, number), Make(**json.loads(make)), json.loads(hashes), json.loads(tally))
            for count, number, make, hashes, tally in self._base.execute(
                f"SELECT * FROM shards {where}", values
            )
        ]

    def finish(self, done: Finished, rejected: Iterable[Rejected]) -> None:
        """Notes a shard as finished, in one transaction."""
        place = (done.shard.count, done.shard.index)
        with self._transaction():
            self._base.execute(
                "INSERT OR REPLACE INTO shards VALUES (?, ?, ?, ?, ?)",
                (
                    *place,
                    done.make.text(),
                    json.dumps(dict(done.hashes)),
                    json.dumps(dict(sorted(done.tally.items()))),
                ),
            )
            self._base.execute("DELETE FROM rejected WHERE count = ? AND number = ?", place)
            self.set("step", str(1 + int(self.get("step") or 0)))
            self._base.executemany(
                "INSERT INTO rejected VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(*place, *_rejected(item)) for item in rejected],
            )

    def keep(self, shards: Iterable[Shard]) -> None:
        """Forgets every finished shard but these."""
        kept = {(shard.count, shard.index) for shard in shards}
        rows = self._base.execute("SELECT count, number FROM shards").fetchall()
        with self._transaction():
            for table in ("shards", "rejected"):
                self._base.executemany(
                    f"DELETE FROM {table} WHERE count = ? AND number = ?",
                    [row for row in rows if row not in kept],
                )

    def totals(self) -> Counter[str]:
        """Returns what was counted in all finished shards together."""
        totals: Counter[str] = Counter()
        for item in self._finished():
            totals.update(item.tally)
        return totals

    def rejected(self, status: str) -> Iterator[Rejected]:
        """Yields the documents that ended with `status`, in the order of their names."""
        for source, reason, place, params in self._base.execute(
            "SELECT source, reason, place, params FROM rejected WHERE status = ? ORDER BY source", (status,)
        ):
            yield Rejected(status, Problem(reason, source, place, json.loads(params)))

    # ---- the rest

    def get(self, name: str) -> str | None:
        """Returns what was noted under `name`."""
        row = self._base.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set(self, name: str, value: str) -> None:
        """Notes something under `name`."""
        self._base.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def save_to(self, path: Path) -> None:
        """Writes a copy of the manifest as it stands to the file `path`."""
        copy = sqlite3.connect(path)
        try:
            self._base.backup(copy)
        finally:
            copy.close()

    def _transaction(self) -> _Transaction:
        return _Transaction(self._base)


class _Transaction:
    """All of what is done inside, or none of it."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def __enter__(self) -> None:
        self._base.execute("BEGIN IMMEDIATE")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.execute("COMMIT" if kind is None else "ROLLBACK")


def _rejected(item: Rejected) -> tuple[str, str, str, str, str]:
    problem = item.problem
    return (
        _whole(problem.file),
        item.status,
        problem.code,
        _whole(problem.place),
        _whole(json.dumps(dict(problem.params), ensure_ascii=False)),
    )


def _whole(text: str) -> str:
    """Returns `text` as SQLite can hold it: names of files may have bytes of another encoding."""
    return text.encode("utf-8", "replace").decode()
