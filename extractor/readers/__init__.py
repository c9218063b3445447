"""Files in: one `Report` for every format. Content decides the format, not the suffix.

What each format looks like: `formats`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ..data import Report
from ..errors import InputError
from ..knowledge import Knowledge
from . import archive, sandbox
from .decoding import cleaned
from .formats import FORMATS, TEXT_FORMATS, Format
from .limits import DEFAULT, Limits
from .regions import settle
from .source import Source

__all__ = ["FORMATS", "MAX_BYTES", "TEXT_FORMATS", "Limits", "read", "read_all", "read_bytes", "read_text"]

# The largest document read unless told otherwise: a report is some 20 kB, a scanned one some MB.
MAX_BYTES = DEFAULT.file_size


def read(path: Path, knowledge: Knowledge, limits: Limits = DEFAULT) -> Report:
    """Returns the report in the file `path`, read by its content whatever its suffix.

    Raises:
        InputError: nothing in it can be audited: not_found, is_directory, is_archive (`read_all` reads
            both), unreadable, a limit, or what its format makes of it; the codes are in `kb/problems.toml`.
    """
    name = str(path)
    return read_bytes(archive.load(path, name, limits), name, knowledge, limits)


def read_all(path: Path, knowledge: Knowledge, limits: Limits = DEFAULT) -> Iterator[Report | InputError]:
    """Yields a report for each document in a folder or ZIP file, or in the one file `path`.

    A document that cannot be read stands as the error that says why, in its place; the others go on.
    Names of members are the archive's, a slash and the member's own.
    """
    for document in archive.documents(path, knowledge.layout, limits):
        if isinstance(document, InputError):
            yield document
            continue
        name, data = document
        try:
            yield read_bytes(data, name, knowledge, limits)
        except InputError as error:
            yield error
        except Exception as error:  # noqa: BLE001  the one boundary: a fault on one document stops no other
            yield InputError("internal.error", name, kind=type(error).__name__, detail=str(error))


def read_bytes(data: bytes, name: str, knowledge: Knowledge, limits: Limits = DEFAULT) -> Report:
    """Returns the report in `data`; `name` stands for it in messages.

    Raises:
        InputError: as `read`.
    """
    if len(data) > limits.file_size:
        raise InputError("file_too_large", name, size=len(data), limit=limits.file_size)
    source = Source(name, data, knowledge.layout, limits)
    for kind in FORMATS:
        if kind.recognises(source):
            return _settled(source, kind)
    raise InputError("empty_file", name)


def read_text(
    text: str,
    source: str,
    knowledge: Knowledge,
    format: str = "text",
) -> Report:
    """Returns the report in `text`, read as `format`, a name in `TEXT_FORMATS`.

    Raises:
        InputError: the text is empty.
        KeyError: there is no such format.
    """
    if not text.strip():
        raise InputError("empty_file", source)
    document = Source(source, text.encode("utf-8", "replace"), knowledge.layout)
    document.__dict__["decoded"] = cleaned(text, source)
    return _settled(document, {item.name: item for item in TEXT_FORMATS}[format])


def _settled(source: Source, kind: Format) -> Report:
    digest = hashlib.sha256(source.data).hexdigest()
    draft = sandbox.read(source, kind.name) if kind.isolated else kind.read(source)
    limit = source.limits.text_length
    if len(draft.text) > limit:
        raise InputError("text_too_long", source.name, size=len(draft.text), limit=limit)
    report = settle(draft, source.name, digest, kind.name, source.layout)
    cells, limit = sum(len(table.cells) for table in report.tables), source.limits.cells
    if cells > limit:
        raise InputError("too_many_cells", source.name, size=cells, limit=limit)
    return report
