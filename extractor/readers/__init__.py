"""Files in: one `Report` for every format. Content decides the format, not the suffix.

To add a format: one module with `recognises` and `read`, one row in `FORMATS`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..data import Report
from ..errors import InputError
from ..knowledge import Knowledge
from . import html, markdown, plain
from .decoding import cleaned
from .regions import settle
from .source import Format, Source

__all__ = ["FORMATS", "MAX_BYTES", "read", "read_bytes", "read_text"]

# The largest document read unless told otherwise: a report is some 20 kB, a page with pictures in it some MB.
MAX_BYTES = 16 * 1024 * 1024

# Tried in order; the last takes all text.
FORMATS: tuple[Format, ...] = (
    Format("html", html.recognises, html.read),
    Format("markdown", markdown.recognises, markdown.read),
    Format("text", plain.recognises, plain.read),
)


def read(path: Path, knowledge: Knowledge, max_bytes: int = MAX_BYTES) -> Report:
    """Returns the report in the file `path`, read by its content whatever its suffix.

    Raises:
        InputError: nothing in it can be audited: not_found, is_directory, unreadable, file_too_large,
            empty_file or binary_file.
    """
    name = str(path)
    try:
        if path.is_dir():
            raise InputError("is_directory", name)
        size = path.stat().st_size
        if size > max_bytes:
            raise InputError("file_too_large", name, size=size, limit=max_bytes)
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise InputError("not_found", name) from error
    except (OSError, ValueError) as error:
        raise InputError("unreadable", name, cause=str(error)) from error
    if len(data) > max_bytes:
        raise InputError("file_too_large", name, size=len(data), limit=max_bytes)
    return read_bytes(data, name, knowledge)


def read_bytes(data: bytes, name: str, knowledge: Knowledge) -> Report:
    """Returns the report in `data`; `name` stands for it in messages.

    Raises:
        InputError: empty_file or binary_file.
    """
    source = Source(name, data, knowledge.layout)
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
    """Returns the report in `text`, read as `format`, a name in `FORMATS`.

    Raises:
        InputError: the text is empty.
        KeyError: there is no such format.
    """
    if not text.strip():
        raise InputError("empty_file", source)
    document = Source(source, text.encode("utf-8", "replace"), knowledge.layout)
    document.__dict__["decoded"] = cleaned(text, source)
    return _settled(document, {item.name: item for item in FORMATS}[format])


def _settled(source: Source, kind: Format) -> Report:
    digest = hashlib.sha256(source.data).hexdigest()
    return settle(kind.read(source), source.name, digest, kind.name, source.layout)
