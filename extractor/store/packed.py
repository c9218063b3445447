"""Zstandard, which Python's own library cannot unpack before 3.14."""

from __future__ import annotations

import io
from typing import IO, cast

import pyarrow as pa


def zstd(file: IO[bytes]) -> io.BufferedIOBase:
    """Returns the content of a file packed with Zstandard, to be read forward; the file stays open afterwards."""
    return cast("io.BufferedIOBase", pa.CompressedInputStream(pa.PythonFile(_Lent(file), "r"), "zstd"))


class _Lent:
    """A file that its reader cannot close."""

    closed = False

    def __init__(self, file: IO[bytes]) -> None:
        self.read = file.read

    def close(self) -> None:
        """Does nothing."""
