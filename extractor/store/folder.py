"""The run folder: tables, manifest, journals, summary and log; on this machine or behind a URL.

```
RUN/tables/<table>/<shard>.parquet   the results
RUN/journal/<shard>-….jsonl          reports of unfinished shards
RUN/manifest.sqlite                  what was listed and what is finished
RUN/summary.json                     totals of the last finished run
RUN/unfinished                       there while a run is under way, and after one that was broken off
RUN/log.jsonl                        what happened when, with times and memory
```
A file is there whole or not at all: it is written under another name, flushed to the disk and renamed.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ..errors import InputError

TABLES_FOLDER = "tables"
JOURNAL_FOLDER = "journal"
MANIFEST = "manifest.sqlite"
SUMMARY = "summary.json"
MARK = "unfinished"
LOG = "log.jsonl"
SCHEME = "run://"
"""How the files of a fenced folder are named."""
_LOCK = "lock"
_CLAIM = "claim"

_CHUNK = 1 << 20
_UNFINISHED = ".unfinished-"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A run folder; `url` is a path, or a URL of any kind that fsspec opens.

    `claim` is the mark of the driver that has it, "" for who only reads.
    """

    url: str
    claim: str = ""

    @property
    def remote(self) -> bool:
        """Says whether the folder is reached by URL."""
        return "://" in self.url

    @property
    def scratch(self) -> Path:
        """Returns the folder of this machine for what must be local: the run folder itself unless that is remote."""
        if not self.remote:
            return Path(self.url)
        name = hashlib.sha256(self.url.encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir(), f"extractor-run-{name}")

    @property
    def journal(self) -> Path:
        """Returns the folder of the journals, on this machine."""
        return self.scratch / JOURNAL_FOLDER

    @contextmanager
    def written(self, name: str) -> Iterator[Path]:
        """Yields a path to write to; what lies there at the end becomes the file `name`, at once.

        Raises:
            PermissionError: another driver has claimed the folder meanwhile.
        """
        final = self.scratch / name
        final.parent.mkdir(parents=True, exist_ok=True)
        path = final.parent / f"{_UNFINISHED}{os.getpid()}-{secrets.token_hex(6)}"
        try:
            yield path
            with path.open("rb") as file:
                os.fsync(file.fileno())
            self._hold()
            if self.remote:
                self._upload(path, name)
            else:
                path.replace(final)
                _sync(final.parent)
        finally:
            path.unlink(missing_ok=True)

    @contextmanager
    def local(self, name: str) -> Iterator[Path]:
        """Yields a path of this machine that holds the file `name`.

        Raises:
            FileNotFoundError: there is no such file.
        """
        if not self.remote:
            yield Path(self.url, name)
            return
        self.scratch.mkdir(parents=True, exist_ok=True)
        path = self.scratch / f"{_UNFINISHED}{os.getpid()}-{secrets.token_hex(6)}"
        files, root = self._files()
        try:
            files.get_file(f"{root}/{name}", str(path))
            yield path
        finally:
            path.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Removes the file `name`, if it is there."""
        if not self.remote:
            Path(self.url, name).unlink(missing_ok=True)
            return
        files, root = self._files()
        if files.exists(f"{root}/{name}"):
            files.rm_file(f"{root}/{name}")

    def names(self, folder: str) -> list[str]:
        """Returns the names of the files in a folder of this one, in order; none where it is not there."""
        if not self.remote:
            inner = Path(self.url, folder)
            return sorted(path.name for path in inner.iterdir()) if inner.is_dir() else []
        files, root = self._files()
        if not files.isdir(f"{root}/{folder}"):
            return []
        return sorted(path.rpartition("/")[2] for path in files.ls(f"{root}/{folder}", detail=False))

    def has(self, name: str) -> bool:
        """Says whether there is a file `name`."""
        if not self.remote:
            return Path(self.url, name).exists()
        files, root = self._files()
        return bool(files.exists(f"{root}/{name}"))

    @property
    def title(self) -> str:
        """Returns the folder's own name, without what leads to it."""
        return self.url.rstrip("/").rpartition("/")[2] if self.remote else Path(self.url).resolve().name

    def fenced(self) -> Any:
        """Returns a folder that is remote as a filesystem of its own, for readers that must not leave it."""
        from .fenced import FencedFolder

        files, root = self._files()
        return FencedFolder(path=root, fs=files)

    def tidy(self) -> None:
        """Removes what killed processes left unfinished on this machine; nobody else may be writing."""
        for path in self.scratch.rglob(f"{_UNFINISHED}*"):
            path.unlink(missing_ok=True)

    def claimed(self) -> RunFolder:
        """Returns the folder as a new driver has it: workers of earlier drivers write there no more."""
        folder = RunFolder(self.url, secrets.token_hex(8))
        with RunFolder(self.url).written(_CLAIM) as path:
            path.write_text(folder.claim, encoding="ascii")
        return folder

    def _hold(self) -> None:
        if not self.claim:
            return
        with self.local(_CLAIM) as path:
            found = path.read_text(encoding="ascii")
        if found != self.claim:
            raise PermissionError(f"{self.url}: claimed by another driver")

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Yields whether this process is the only driver of the run on this machine, and keeps it so."""
        self.scratch.mkdir(parents=True, exist_ok=True)
        with (self.scratch / _LOCK).open("w") as file:
            yield _locked(file)

    def _upload(self, path: Path, name: str) -> None:
        files, root = self._files()
        parent, _, last = f"{root}/{name}".rpartition("/")
        files.makedirs(parent, exist_ok=True)
        passing = f"{parent}/{_UNFINISHED}{secrets.token_hex(6)}-{last}"
        files.put_file(str(path), passing)
        files.mv(passing, f"{parent}/{last}")

    def _files(self) -> tuple[Any, str]:
        import fsspec

        try:
            files, root = fsspec.core.url_to_fs(self.url)
        except (ImportError, ValueError) as error:  # a protocol nobody knows, or whose package is not here
            raise InputError("unreadable", self.url, cause=str(error)) from error
        return files, root.rstrip("/")


def digest(path: Path) -> str:
    """Returns the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _locked(file: IO[str]) -> bool:
    """Locks a file until it is closed, by whatever death; returns whether it was free."""
    try:
        import fcntl
    except ImportError:  # not on Windows: nobody is kept out
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sync(folder: Path) -> None:
    """Makes the names in a folder last, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
