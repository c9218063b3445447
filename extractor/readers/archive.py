"""Folders and ZIP files: the documents in them, one after the other, each on its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import InputError
from ..knowledge import Layout
from . import package
from .limits import Limits
from .source import Draft, Source

# Parts that tell other packages from an archive of documents.
_OTHERS = {"OFD.xml": "OFD", "ppt/presentation.xml": "PPTX", "content.xml": "OpenDocument"}
_OFFICE = frozenset({"word/document.xml", "xl/workbook.xml", "xl/workbook.bin", *_OTHERS})

Document = tuple[str, bytes]


def read(source: Source) -> Draft:
    """Refuses a ZIP file as one document.

    Raises:
        InputError: always: is_archive, binary_file where it is a package of another kind, corrupt_file.
    """
    opened = package.Package(source.data, source.name, source.limits)
    found = {member.name for member in opened.members}
    for part, kind in _OTHERS.items():
        if part in found:
            raise InputError("binary_file", source.name, looks_like=kind)
    raise InputError("is_archive", source.name, members=len(found))


def documents(path: Path, layout: Layout, limits: Limits) -> Iterator[Document | InputError]:
    """Yields the documents under `path` with names that lead to them, or why one cannot be read.

    `path` is a folder, a ZIP file or a document. Files
    of operating systems and lock files (`archives.litter` of `kb/layout.toml`) are no documents.
    Links that lead out of the folder are not followed.
    """
    if not path.is_dir():
        yield from _file(path, str(path), layout, limits)
        return
    root = path.resolve()
    count = 0
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path).as_posix()
        if file.is_dir() or layout.litter.search(name):
            continue
        count += 1
        if count > limits.members:
            yield InputError("too_many_members", str(path), size=count, limit=limits.members)
            return
        if not file.resolve().is_relative_to(root):
            yield InputError("outside_input", str(file))
            continue
        yield from _file(file, str(file), layout, limits)


def load(path: Path, name: str, limits: Limits) -> bytes:
    """Returns the bytes of a file.

    Raises:
        InputError: not_found, is_directory, unreadable or file_too_large.
    """
    try:
        if path.is_dir():
            raise InputError("is_directory", name)
        if not path.is_file() and path.exists():
            raise InputError("unreadable", name, cause="not a regular file")
        size = path.stat().st_size
        if size > limits.file_size:
            raise InputError("file_too_large", name, size=size, limit=limits.file_size)
        with path.open("rb") as file:
            data = file.read(limits.file_size + 1)
    except FileNotFoundError as error:
        raise InputError("not_found", name) from error
    except (OSError, ValueError) as error:
        raise InputError("unreadable", name, cause=str(error)) from error
    if len(data) > limits.file_size:
        raise InputError("file_too_large", name, size=len(data), limit=limits.file_size)
    return data


def _file(path: Path, name: str, layout: Layout, limits: Limits) -> Iterator[Document | InputError]:
    try:
        data = load(path, name, limits)
    except InputError as error:
        yield error
        return
    yield from _unpacked(data, name, layout, limits, 0)


def _unpacked(
    data: bytes, name: str, layout: Layout, limits: Limits, depth: int
) -> Iterator[Document | InputError]:
    """Yields a document, or the documents in it where it is an archive."""
    if not data.startswith(package.MAGIC) or _OFFICE & package.names(data):
        yield name, data
        return
    try:
        if depth >= limits.nesting:
            raise InputError("nesting_too_deep", name, limit=limits.nesting)
        opened = package.Package(data, name, limits)
        opened.check()
    except InputError as error:
        yield error
        return
    for member in opened.members:
        if layout.litter.search(member.name):
            continue
        try:
            content = opened.read(member)
        except InputError as error:
            yield error
            if error.code == "unpacked_too_large":
                return
            continue
        yield from _unpacked(content, f"{name}/{member.name}", layout, limits, depth + 1)
