"""The answer to a query as a table for a terminal, as a sheet and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from rich.console import RenderableType

from ..sheet import sheet
from ..text import draw, fields, grid, heading

FORMATS = ("table", "csv", "json")
_GAP = 3


def write_answer(
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    format: str,
    width: int = 100,
    colour: bool = False,
) -> str:
    """Returns the rows in one of `FORMATS`; in a table of more columns than fit, each row stands as a list.

    Raises:
        ValueError: the format is unknown.
    """
    match format:
        case "table":
            return draw(_parts(columns, rows, width), width, colour)
        case "csv":
            return sheet(columns, ([_cell(value) for value in row] for row in rows))
        case "json":
            named = [dict(zip(columns, row, strict=True)) for row in rows]
            return json.dumps(named, ensure_ascii=False, indent=2, default=_plain) + "\n"
        case _:
            raise ValueError(f"format {format!r} is none of {', '.join(FORMATS)}")


def _parts(columns: Sequence[str], rows: Sequence[Sequence[Any]], width: int) -> Iterator[RenderableType]:
    cells = ([_cell(value) for value in row] for row in rows)
    if sum(len(column) + _GAP for column in columns) <= width or not rows:
        yield grid(columns, cells)
        return
    for place, row in enumerate(cells, 1):
        yield heading(str(place))
        yield fields(zip(columns, row, strict=True))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(_plain(value))


def _plain(value: Any) -> Any:
    """Returns a value of SQL as JSON has it: decimals and dates as text."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
