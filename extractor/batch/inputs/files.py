"""Files, folders and globs, on this machine or behind any URL that fsspec opens."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from ...errors import InputError
from ...knowledge import Knowledge, Layout
from ...readers import Limits
from ...readers.archive import load as load_file
from ..reference import Listed, Loaded, Reference, alone

_MAGIC = frozenset("*?[")


class Found(NamedTuple):
    """A file; `named` on the command line or met in a folder; `refusal` and `cause` say why it is not read."""

    path: str
    named: bool = False
    refusal: str = ""
    cause: str = ""


def paths(given: str, layout: Layout) -> Iterator[Found]:
    """Yields each file that `given` stands for.

    Files of operating systems and lock files (`archives.litter` of `kb/layout.toml`) are no documents.
    """
    if is_remote(given):
        yield from _remote(given, layout)
    elif _MAGIC & set(given) and not Path(given).exists():
        for found in sorted(glob.iglob(given, recursive=True)):  # noqa: PTH207  Path.glob takes no absolute pattern
            yield from _below(found, layout)
    else:
        yield from _below(given, layout)


def document(path: str) -> Iterator[Listed]:
    """Yields the file itself."""
    yield alone(Reference("file", path, path))


def load(reference: Reference, _: Knowledge, limits: Limits) -> Loaded:
    """Returns a file whole."""
    if not is_remote(reference.path):
        return Loaded(load_file(Path(reference.path), reference.source, limits), "", reference.hints)
    with opened(reference.path, reference.source) as file:
        return Loaded(file.read(limits.file_size + 1), "", reference.hints)


def opened(path: str, source: str) -> IO[bytes]:
    """Returns a file open for reading, its position to be set at will.

    Raises:
        InputError: not_found, is_directory or unreadable.
    """
    try:
        if not is_remote(path):
            return Path(path).open("rb")
        import fsspec

        file: IO[bytes] = fsspec.open(path, "rb").open()
        return file
    except FileNotFoundError as error:
        raise InputError("not_found", source) from error
    except IsADirectoryError as error:
        raise InputError("is_directory", source) from error
    except (OSError, ValueError, ImportError) as error:
        raise InputError("unreadable", source, cause=str(error)) from error


def is_remote(path: str) -> bool:
    """Says whether `path` is a URL."""
    return "://" in path


def absolute(path: str) -> str:
    """Returns a path that means the same in every folder; a URL does."""
    return path if is_remote(path) else str(Path(path).absolute())


def beside(path: str, name: str) -> str:
    """Returns the path of the file `name` as a list in the file `path` means it: from the list's folder on."""
    if is_remote(name) or Path(name).is_absolute():
        return name
    folder, _, _ = path.rpartition("/")
    return f"{folder}/{name}" if folder or path.startswith("/") else name


def _below(path: str, layout: Layout) -> Iterator[Found]:
    """Yields a file, or the files of a folder; a link that leads out of the folder is not followed."""
    if not Path(path).is_dir():
        yield Found(path, named=True)
        return
    root = os.path.realpath(path)
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            file = Path(folder, name)
            if layout.litter.search(file.relative_to(path).as_posix()):
                continue
            leads_out = file.is_symlink() and not file.resolve().is_relative_to(root)
            yield Found(str(file), refusal="outside_input" if leads_out else "")


def _remote(given: str, layout: Layout) -> Iterator[Found]:
    try:
        yield from _behind(given, layout)
    except (
        OSError,
        ValueError,
        ImportError,
    ) as error:  # not there, not allowed, or no package for the protocol
        yield Found(given, refusal="unreadable", cause=str(error))


def _behind(given: str, layout: Layout) -> Iterator[Found]:
    import fsspec

    files: Any
    files, root = fsspec.core.url_to_fs(given)
    for path in files.glob(root) if _MAGIC & set(root) else [root]:
        if not files.isdir(path):
            yield Found(files.unstrip_protocol(path), named=True)
            continue
        for folder, _, names in files.walk(path):
            for name in sorted(names):
                file = f"{folder}/{name}"
                if not layout.litter.search(file[len(path) :].lstrip("/")):
                    yield Found(files.unstrip_protocol(file))
