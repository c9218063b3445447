"""JSON lines, packed or not: an object a line, with the text of a document or the path to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import InputError
from ...knowledge import Knowledge
from ...readers import Limits
from ..reference import Listed, Loaded, Reference, even, growing, member, refused
from . import packed
from .files import opened
from .kept import Kept
from .lists import hints_of, referred

_OPEN = 4


def documents(path: str, knowledge: Knowledge, limits: Limits) -> Iterator[Listed]:
    """Yields a document for each line that is not blank; where the first that can be read has a path, for each path."""
    try:
        with opened(path, path) as file:
            content = packed.content(file, path, limits)
            block_of = growing if packed.is_packed(content) else even
            offset, number, kind = 0, 0, ""
            while line := content.readline(limits.file_size + 1):
                number += 1
                start, offset = offset, offset + len(line)
                source = f"{path}#{number}"
                if not line.strip():
                    continue
                if not kind:
                    try:
                        _, kind = _column(_parsed(line, source), source, knowledge)
                    except InputError as error:
                        yield refused(error.file, error.code, **error.params)
                        continue
                if kind == "path":
                    yield _referred(line, path, source, knowledge)
                else:
                    yield member(
                        Reference("line", source, path, (start, len(line))), number, block_of(number)
                    )
    except InputError as error:
        yield refused(error.file, error.code, **error.params)


def load(reference: Reference, knowledge: Knowledge, limits: Limits) -> Loaded:
    """Returns the text of a line."""
    start, length = (int(value) for value in reference.place)
    file = _KEPT.get(reference.path, limits)
    file.seek(start)
    values = _parsed(file.read(length), reference.source)
    column, kind = _column(values, reference.source, knowledge)
    return told(values.get(column), kind, reference.source, hints_of(values, knowledge.inputs))


_KEPT = Kept(packed.content, _OPEN)


def told(value: object, kind: str, source: str, hints: Mapping[str, str]) -> Loaded:
    """Returns what a column holds; a text tells by itself how it is to be read.

    Raises:
        InputError: row_without_text.
    """
    if not isinstance(value, str):
        raise InputError("row_without_text", source)
    return Loaded(value.encode("utf-8", "replace"), "html" if kind == "html" else "", hints)


def _referred(line: bytes, path: str, source: str, knowledge: Knowledge) -> Listed:
    try:
        values = _parsed(line, source)
        column, _ = _column(values, source, knowledge)
        return referred(values, column, path, source, knowledge.inputs)
    except InputError as error:
        return refused(error.file, error.code, **error.params)


def _parsed(line: bytes, source: str) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("row_unreadable", source, cause=str(error)) from error
    if not isinstance(values, dict):
        raise InputError("row_unreadable", source, cause=type(values).__name__)
    return values


def _column(values: Mapping[str, Any], source: str, knowledge: Knowledge) -> tuple[str, str]:
    found = knowledge.inputs.column(values)
    if found is None:
        raise InputError("row_without_text", source)
    return found
