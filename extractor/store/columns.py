"""Parquet files of others, read row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import InputError

_AT_ONCE = 64


class ColumnFile:
    """A Parquet file; reading rows of a group in their order costs one pass, whatever the size of the group."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        """Opens it.

        Raises:
            InputError: corrupt_file.
        """
        self._name = name
        try:
            self._file = pq.ParquetFile(file)
        except (pa.ArrowException, OSError) as error:
            raise InputError("corrupt_file", name, kind="Parquet", cause=str(error)) from error
        self._at = (-1, 0)
        self._rows: Iterator[dict[str, Any]] = iter(())

    @property
    def columns(self) -> list[str]:
        """Returns the names of the columns."""
        return list(self._file.schema_arrow.names)

    @property
    def groups(self) -> list[int]:
        """Returns the number of rows of each row group."""
        metadata = self._file.metadata
        return [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]

    def read(self, group: int, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Yields the rows of a row group.

        Raises:
            InputError: corrupt_file.
        """
        batches = self._file.iter_batches(_AT_ONCE, row_groups=[group], columns=list(columns))
        try:
            for batch in batches:
                yield from batch.to_pylist()
        except (pa.ArrowException, OSError) as error:
            raise InputError("corrupt_file", self._name, kind="Parquet", cause=str(error)) from error

    def row(self, group: int, row: int, columns: Sequence[str]) -> dict[str, Any]:
        """Returns one row; cheap where it is behind the last one that was asked for.

        Raises:
            InputError: corrupt_file, also where there is no such row.
        """
        asked, at = self._at
        if group != asked or row < at:
            self._rows, at = self.read(group, columns), 0
        for position, values in enumerate(self._rows, at):
            if position == row:
                self._at = (group, row + 1)
                return values
        self._at = (-1, 0)
        raise InputError("corrupt_file", self._name, kind="Parquet", cause=f"row {group}:{row}")
