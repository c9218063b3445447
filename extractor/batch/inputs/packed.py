"""Files packed as a whole, read with suspicion: what comes out is counted, not believed."""

from __future__ import annotations

import bz2
import gzip
import io
from collections.abc import Callable, Mapping
from typing import IO, Any

from ...errors import InputError
from ...readers import Limits
from ...store.packed import zstd

_CHUNK = 1 << 16
# A file whose content is below this may have shrunk as far as it likes.
_SMALL = 1 << 20

_Opener = Callable[[IO[bytes]], io.BufferedIOBase]

_OPENERS: Mapping[bytes, _Opener] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\x28\xb5\x2f\xfd": zstd,
}
"""Who unpacks a file, by its first bytes; no line of JSON begins so."""


def content(file: IO[bytes], name: str, limits: Limits) -> IO[bytes]:
    """Returns what is in a file: where it is packed, its content, else the file itself."""
    first = file.read(max(map(len, _OPENERS)))
    file.seek(0)
    for magic, opener in _OPENERS.items():
        if first.startswith(magic):
            return io.BufferedReader(_Unpacked(file, opener, name, limits), _CHUNK)
    return file


def is_packed(content: IO[bytes]) -> bool:
    """Says whether what `content` returned is unpacked while it is read: going to a place costs all before it."""
    return isinstance(content, io.BufferedReader) and isinstance(content.raw, _Unpacked)


class _Unpacked(io.RawIOBase):
    """The content of a packed file; going back begins anew."""

    def __init__(self, file: IO[bytes], opener: _Opener, name: str, limits: Limits) -> None:
        self._file, self._opener, self._name, self._ratio = file, opener, name, limits.ratio
        self._content = opener(file)
        self._size = 0

    def readable(self) -> bool:
        """Returns True."""
        return True

    def seekable(self) -> bool:
        """Returns True, though going far costs time."""
        return True

    def tell(self) -> int:
        """Returns how much has come out since the beginning."""
        return self._size

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to a place counted from the beginning of the content."""
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation
        if offset < self._size:
            self._file.seek(0)
            self._content, self._size = self._opener(self._file), 0
        while self._size < offset and self.read(min(offset - self._size, _CHUNK)):
            pass
        return self._size

    def readinto(self, buffer: Any) -> int:
        """Reads on.

        Raises:
            InputError: ratio_too_high.
        """
        view = memoryview(buffer)
        piece = self._content.read1(len(view))
        view[: len(piece)] = piece
        self._size += len(piece)
        if self._size > _SMALL and self._size > self._ratio * max(self._file.tell(), 1):
            raise InputError("ratio_too_high", self._name, limit=self._ratio)
        return len(piece)
