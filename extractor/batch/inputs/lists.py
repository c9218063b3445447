"""Lists of documents: a CSV whose rows give the path of a report and what is known of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import InputError
from ...knowledge import Knowledge
from ...knowledge.inputs import Inputs
from ...readers import Limits
from ..reference import Listed, Reference, alone, refused
from .files import beside, opened

_SAMPLE = 1 << 16
_ENCODINGS = ("utf-8-sig", "gb18030")


def documents(path: str, knowledge: Knowledge, _: Limits) -> Iterator[Listed]:
    """Yields a document for each row; paths are relative to the folder of the list."""
    try:
        with opened(path, path) as file:
            encoding = _encoding(file.read(_SAMPLE))
            file.seek(0)
            text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
            rows = csv.DictReader(text)
            column = _path_column(rows.fieldnames or (), path, knowledge.inputs)
            for number, row in enumerate(rows, 2):
                yield referred(row, column, path, f"{path}#{number}", knowledge.inputs)
    except csv.Error as error:
        yield refused(path, "row_unreadable", cause=str(error))
    except InputError as error:
        yield refused(error.file, error.code, **error.params)


def referred(values: Mapping[str, Any], column: str, path: str, source: str, inputs: Inputs) -> Listed:
    """Returns the file that a row of the list in `path` leads to, with what the row says of it."""
    name = values.get(column)
    if not isinstance(name, str) or not name.strip():
        return refused(source, "row_without_text")
    target = beside(path, name.strip())
    return alone(Reference("file", target, target, (), hints_of(values, inputs)))


def hints_of(values: Mapping[str, Any], inputs: Inputs) -> dict[str, str]:
    """Returns what a row says of a report, by the fields of `identity.Hints`; the first column of a kind counts.

    Half a surrogate pair, which no table holds, becomes "?".
    """
    hints: dict[str, str] = {}
    for column, kind in inputs.hints.items():
        value = values.get(column)
        said = "" if value is None else str(value).strip()
        if said:
            hints.setdefault(kind, said.encode("utf-8", "replace").decode())
    return hints


def _path_column(columns: Any, path: str, inputs: Inputs) -> str:
    for name, kind in inputs.content.items():
        if kind == "path" and name in columns:
            return name
    raise InputError("list_without_path", path, columns=", ".join(columns))


def _encoding(sample: bytes) -> str:
    """Returns the encoding of a list: UTF-8, or GB18030, which spreadsheets write in China."""
    for encoding in _ENCODINGS:
        try:
            sample[: sample.rfind(b"\n") + 1].decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return _ENCODINGS[0]
