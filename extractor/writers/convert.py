"""A report as it was read: its text, its tables as grids, what was left out and why, and where each piece stood."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from ..data import Report, Table
from .controls import escaped
from .markdown import escape, markdown_table
from .view import problem_line
from .words import Words

# A page, or a sheet before its cell: what an auditor turns to. Paragraphs and lines would only disturb.
_SPOT = re.compile(r"p\.\d+|.+(?=![A-Z]+\d+$)")


def write_conversion(report: Report, format: str, words: Words) -> str:
    """Returns `report` in `format`, one of `CONVERSIONS`.

    Raises:
        KeyError: there is no such format.
    """
    return escaped(CONVERSIONS[format](report, words))


def _json(report: Report, words: Words) -> str:
    """Returns everything that was read, as JSON; offsets count characters of `text` and are half-open."""
    plain: dict[str, Any] = asdict(report)
    plain["problems"] = [
        {**asdict(problem), "message": words.problem(problem)} for problem in report.problems
    ]
    return json.dumps(plain, ensure_ascii=False, indent=2, default=str) + "\n"


def _markdown(report: Report, words: Words) -> str:
    """Returns the report as Markdown: what was left out stands as a quotation with its reason."""
    lines = [_remark(f"{report.source} ({report.format})")]
    lines += [_remark(problem_line(problem, words)) for problem in report.problems]
    spot = ""
    for start, block in _blocks(report, words):
        found = _SPOT.match(report.place_of(start))
        if found is not None and found.group() != spot:
            spot = found.group()
            lines += ["", _remark(spot)]
        lines += ["", *block]
    return "\n".join(lines) + "\n"


def _remark(text: str) -> str:
    """Returns `text` as a comment, which it cannot end."""
    return f"<!-- {text.replace('--', '- -')} -->"


def _blocks(report: Report, words: Words) -> Iterator[tuple[int, list[str]]]:
    """Yields the blocks of the text with their offsets; a table stands whole where it begins."""
    grids = {table.start: table for table in report.tables}
    starts = sorted(grids)
    at = 0
    for region in report.regions:
        if region.kind == "dropped":
            text = " ".join(report.text[region.start : region.end].split())
            if text:
                yield region.start, [f"> {escape(text)} *({words.drop(region.reason)})*"]
            continue
        at = max(at, region.start)
        while at < region.end:
            table = grids.get(at)
            if table is not None and table.cells:
                yield _first(table), list(_grid(table))
                at = max(table.end, at + 1)
                continue
            following = bisect_right(starts, at)
            stop = min(region.end, starts[following]) if following < len(starts) else region.end
            yield from _lines(report, at, stop, table)
            at = stop


def _first(table: Table) -> int:
    """Returns where the first cell that says something stands."""
    return next((cell.start for cell in table.cells if cell.end > cell.start), table.start)


def _lines(report: Report, start: int, end: int, table: Table | None) -> Iterator[tuple[int, list[str]]]:
    """Yields the lines of a stretch: those of a table whose cells only a template can tell as one block of code."""
    text = report.text[start:end]
    if table is not None:
        yield start, ["```", *text.strip("\n").split("\n"), "```"]
        return
    for line in re.finditer(r"[^\n]+", text):
        if line.group().strip():
            yield start + line.start(), [escape(line.group())]


def _grid(table: Table) -> Iterator[str]:
    """Yields a table as Markdown; a merged cell stands in its upper left corner, the rest of it is blank."""
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return markdown_table(rows[0], rows[1:])


CONVERSIONS: Mapping[str, Callable[[Report, Words], str]] = {"md": _markdown, "json": _json}
"""The formats a report can be converted to."""
