"""Texts with their ids in one Parquet file, written a row group at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_SCHEMA = pa.schema([("id", pa.string()), ("text", pa.string())])
_GROUP = 1000


def write_texts(texts: Iterable[tuple[str, str]], path: Path) -> int:
    """Writes pairs of id and text into the columns `id` and `text` of `path`; returns how many there are."""
    count = 0
    pairs: Iterator[tuple[str, str]] = iter(texts)
    with pq.ParquetWriter(path, _SCHEMA) as writer:
        while group := list(islice(pairs, _GROUP)):
            ids, bodies = zip(*group, strict=True)
            writer.write_table(pa.table([list(ids), list(bodies)], schema=_SCHEMA))
            count += len(group)
    return count
