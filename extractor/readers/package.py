"""ZIP packages, read with suspicion: sizes are counted as they unpack, not believed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple

from ..errors import InputError
from .limits import Limits

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 0x1
_UTF8 = 0x800
_CHUNK = 1 << 16
# Members below this may shrink as far as they like.
_SMALL = 1 << 20
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_XML = (".xml", ".rels")


class Member(NamedTuple):
    """A file of a package: its name as a reader sees it, and how to unpack it."""

    name: str
    info: zipfile.ZipInfo


class Package:
    """A ZIP file within limits, its bytes or an open file; `name` stands for it in messages."""

    def __init__(self, data: bytes | IO[bytes], name: str, limits: Limits) -> None:
        self.name = name
        self._limits = limits
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError) as error:
            raise InputError("corrupt_file", name, kind="ZIP", cause=str(error)) from error
        self.members = [Member(_name(info), info) for info in self._zip.infolist() if not info.is_dir()]

    def check(self) -> None:
        """Unpacks nothing, but counts the members.

        Raises:
            InputError: too_many_members.
        """
        if len(self.members) > self._limits.members:
            raise InputError(
                "too_many_members", self.name, size=len(self.members), limit=self._limits.members
            )

    def read(self, member: Member) -> bytes:
        """Returns the unpacked bytes of a member.

        Raises:
            InputError: encrypted, corrupt_file, file_too_large, ratio_too_high or unpacked_too_large.
        """
        place = member.name
        if member.info.flag_bits & _ENCRYPTED:
            raise InputError("encrypted", self.name, place, kind="ZIP")
        limits = self._limits
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(member.info) as file:
                while piece := file.read(_CHUNK):
                    pieces.append(piece)
                    size += len(piece)
                    self._unpacked += len(piece)
                    if size > limits.file_size:
                        raise InputError(
                            "file_too_large", self.name, place, size=size, limit=limits.file_size
                        )
                    if size > _SMALL and size > limits.ratio * max(member.info.compress_size, 1):
                        raise InputError("ratio_too_high", self.name, place, limit=limits.ratio)
                    if self._unpacked > limits.unpacked:
                        raise InputError("unpacked_too_large", self.name, place, limit=limits.unpacked)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise InputError("corrupt_file", self.name, place, kind="ZIP", cause=str(error)) from error
        return b"".join(pieces)

    def find(self, name: str) -> Member | None:
        """Returns the member of that name, None where there is none."""
        return next((member for member in self.members if member.name == name), None)

    def checked(self) -> Iterator[tuple[Member, bytes]]:
        """Yields the XML members of an Office package, unpacked.

        Raises:
            InputError: as `read` and `check`, or entities_refused where a part declares entities, which no
                Office program does.
        """
        self.check()
        for member in self.members:
            data = self.read(member)
            if member.name.endswith(_XML):
                if _DECLARATION.search(data):
                    raise InputError("entities_refused", self.name, member.name)
                yield member, data


def names(data: bytes) -> frozenset[str]:
    """Returns the names of the members of a ZIP file, none where it cannot be read as one."""
    if not data.startswith(MAGIC):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError):
        return frozenset()


def _name(info: zipfile.ZipInfo) -> str:
    """Returns the name of a member; names not marked as UTF-8 are mostly GBK, which Chinese Windows writes."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
