"""Reading in another process: a document that hangs it, fills it or kills it costs that document only.

The process is kept for the next document, and started anew after some of them, or after a failure.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
from dataclasses import asdict
from typing import IO

from ..errors import InputError
from .source import Draft, Source
from .wire import decode

# Documents one process reads before it makes room for a fresh one: libraries keep what they once loaded.
_DOCUMENTS = 200
_LONGEST_ANSWER = 1 << 30


class _Reader:
    """A process that reads documents, or none yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._left = 0

    def ask(self, source: Source, format: str) -> Draft:
        """Returns the draft of `source`, which is in `format`.

        Raises:
            InputError: the document was refused, or time_limit, memory_limit or reader_died.
        """
        limits = source.limits
        head = json.dumps({"name": source.name, "format": format, "limits": asdict(limits)}).encode()
        with self._lock:
            process = self._ready()
            late = threading.Event()

            def stop() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(limits.seconds, stop)
            timer.daemon = True
            timer.start()
            try:
                answer = _exchange(process, head, source.data)
            finally:
                timer.cancel()
            self._left -= 1
            if answer is None:
                process.kill()
                process.wait()
                self._close()
                if late.is_set():
                    raise InputError("time_limit", source.name, limit=limits.seconds)
                raise InputError("reader_died", source.name, status=process.returncode, limit=limits.memory)
        try:
            return decode(answer, source.name)
        except InputError as error:
            if error.code == "memory_limit":  # what is left of that process is not to be trusted
                self.close()
            raise

    def _ready(self) -> subprocess.Popen[bytes]:
        """Returns the running process; a process of a parent that was forked is left to the parent."""
        if self._process is not None and self._owner != os.getpid():
            self._process = None
        if self._process is not None and (self._left <= 0 or self._process.poll() is not None):
            self._close()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", f"{__package__}.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
            )
            self._owner, self._left = os.getpid(), _DOCUMENTS
        return self._process

    def _close(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        try:
            process.wait(1)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def close(self) -> None:
        """Ends the process, if there is one."""
        with self._lock:
            self._close()


def _exchange(process: subprocess.Popen[bytes], head: bytes, data: bytes) -> bytes | None:
    """Returns the answer to a job, None where the process ended before it gave one."""
    jobs, answers = process.stdin, process.stdout
    if jobs is None or answers is None:
        return None
    try:
        for message in (head, data):
            jobs.write(struct.pack(">Q", len(message)))
            jobs.write(message)
        jobs.flush()
        return _answer(answers)
    except (BrokenPipeError, OSError, ValueError):
        return None


def _answer(stream: IO[bytes]) -> bytes | None:
    size = stream.read(8)
    if len(size) < 8:
        return None
    (length,) = struct.unpack(">Q", size)
    if length > _LONGEST_ANSWER:
        return None
    body = stream.read(length)
    return body if len(body) == length else None


_READER = _Reader()
atexit.register(_READER.close)


def read(source: Source, format: str) -> Draft:
    """Returns the draft of `source`, read as `format` by another process.

    Raises:
        InputError: the document was refused, or time_limit, memory_limit or reader_died.
    """
    return _READER.ask(source, format)
