"""The journal of an unfinished shard: each report's rows, as soon as they are known.

A line is the report's id, a blank, and its rows as JSON. Whoever works on a shard writes a file of his own and
reads those of his predecessors; a line that was cut off when its writer was killed does not count.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from pathlib import Path
from types import TracebackType

from .rows import Rows
from .shards import Shard


class Journal:
    """The journals of one shard made in one way: `made_by` is whatever the rows depend on beside the documents."""

    def __init__(self, folder: Path, shard: Shard, made_by: str) -> None:
        mark = hashlib.sha256(made_by.encode()).hexdigest()[:8]
        self._prefix = f"{shard.name}-{mark}-"
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lines: dict[str, tuple[Path, int, int]] = {}
        for path in sorted(folder.glob(f"{self._prefix}*.jsonl")):
            self._index(path)
        self._file = (folder / f"{self._prefix}{os.getpid()}-{secrets.token_hex(4)}.jsonl").open("xb")

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __contains__(self, report: str) -> bool:
        return report in self._lines

    def rows(self, report: str) -> Rows:
        """Returns the rows of a report that a predecessor finished.

        Raises:
            KeyError: none did.
        """
        path, start, length = self._lines[report]
        with path.open("rb") as file:
            file.seek(start)
            rows: Rows = json.loads(file.read(length))
        return rows

    def add(self, report: str, rows: Rows) -> None:
        """Notes the rows of a report; they are out of this process when this returns."""
        self._file.write(f"{report} {json.dumps(rows)}\n".encode())
        self._file.flush()

    def _index(self, path: Path) -> None:
        start = 0
        with path.open("rb") as file:
            for line in file:
                report, _, rows = line.partition(b" ")
                if line.endswith(b"]}\n"):
                    place = start + len(report) + 1
                    self._lines[report.decode("ascii")] = path, place, len(rows)
                start += len(line)


def forget(folder: Path, shard: Shard) -> None:
    """Removes the journals of a shard that is finished."""
    for path in folder.glob(f"{shard.name}-*.jsonl"):
        path.unlink(missing_ok=True)
