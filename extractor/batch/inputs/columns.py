"""Parquet: a row a document, its text or the path to it in a column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from ...errors import InputError
from ...knowledge import Knowledge
from ...knowledge.inputs import Inputs
from ...readers import Limits
from ...store.columns import ColumnFile
from ..reference import Listed, Loaded, Reference, growing, member, refused
from .files import opened
from .kept import Kept
from .lines import told
from .lists import hints_of, referred

_OPEN = 2


def documents(path: str, knowledge: Knowledge, _: Limits) -> Iterator[Listed]:
    """Yields a document for each row; where the file has no text but paths, for each path."""
    try:
        with opened(path, path) as file:
            table = ColumnFile(file, path)
            column, kind = _column(table, path, knowledge.inputs)
            number = 0
            for group, rows in enumerate(table.groups):
                if kind == "path":
                    for values in table.read(group, [column, *_said(table, knowledge.inputs)]):
                        number += 1
                        yield referred(values, column, path, f"{path}#{number}", knowledge.inputs)
                    continue
                for row in range(rows):
                    number += 1
                    reference = Reference("row", f"{path}#{number}", path, (group, row))
                    yield member(reference, number, _block(group, row))
    except InputError as error:
        yield refused(error.file, error.code, **error.params)


def load(reference: Reference, knowledge: Knowledge, limits: Limits) -> Loaded:
    """Returns the text of a row; the next row of its group is at hand afterwards."""
    table = _KEPT.get(reference.path, limits)
    column, kind = _column(table, reference.path, knowledge.inputs)
    group, row = (int(value) for value in reference.place)
    values = table.row(group, row, (column, *_said(table, knowledge.inputs)))
    return told(values.get(column), kind, reference.source, hints_of(values, knowledge.inputs))


def _table(file: IO[bytes], path: str, _: Limits) -> ColumnFile:
    return ColumnFile(file, path)


_KEPT = Kept(_table, _OPEN)


def _block(group: int, row: int) -> int:
    return (group << 32) + growing(row)


def _said(table: ColumnFile, inputs: Inputs) -> list[str]:
    return [name for name in inputs.hints if name in table.columns]


def _column(table: ColumnFile, path: str, inputs: Inputs) -> tuple[str, str]:
    found = inputs.column(table.columns)
    if found is None:
        raise InputError("list_without_path", path, columns=", ".join(table.columns))
    return found
