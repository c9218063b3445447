"""Text without any mark to lines: a run of words, then a run of numbers, which may be several cells glued."""

from __future__ import annotations

import re
from itertools import pairwise

from ..data import Cell, Report, Table
from ..knowledge.templates import Templates
from ..widths import fold_widths
from .labels import normal
from .lines import Item, Line
from .values import read_cell, unit_in

_HAN = r"[\u3400-\u9fff〇]"
# What stands between the words and is no cell: page marks, years of a heading, remarks in brackets.
_PAGE = re.compile(r"(?m)^[ \t]*(?:[-—–][ \t]*\d{1,3}[ \t]*[-—–]|第[ \t]*\d{1,3}[ \t]*页.*)[ \t]*$")
_YEAR = re.compile(r"\d{4}\s*年(?:度)?")
_REMARK = re.compile(r"\([^()]{1,120}\)")
_CELL = re.compile(
    r"(?<![\w/])/(?!\w)"
    rf"|(?<=[条件篇次个人元期项份])(?:/|[—–]{{1,2}}|-(?!\d))(?!/)"
    rf"|(?<!{_HAN})[—–―]{{1,4}}(?!{_HAN})|(?<=[\s—/])-(?=\s)"
    r"|(?:(?<=[\d\s])[-−]|\+)?\d[\d,]*(?:\.\d+)?(?:\s*(?:万元|亿元|元|%))?"
)
_NUMBERING = re.compile(rf"\s*[.、]\s*{_HAN}")
_DIGITS = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?")
_WHOLE = re.compile(r"\d+(?![\d,.])")
_LEAST_COUNTED = 4  # so many rows at least number themselves


def stream_lines(report: Report, table: Table, templates: Templates) -> list[Line]:
    """Returns the lines of a table that only its template can cut into cells.

    A digit before "." or "、" and a word is that word's numbering, glued to the cell before it or not.
    """
    folded = _uncounted(_masked(fold_widths(report.text[table.start : table.end]), templates), templates)
    lines: list[Line] = []
    run_start, run_end = 0, 0
    pieces: list[Item] = []
    for match in _CELL.finditer(folded):
        start, end = match.span()
        if _NUMBERING.match(folded, end):
            digits = _DIGITS.match(folded, start)
            end = end - 1 if digits is not None and digits.end() == end else end
            if end == start or folded[start:end] in "-−+":
                continue
        if pieces and folded[run_end:start].strip():
            lines.append(
                _line(table, len(lines), folded[run_start : pieces[0].cell.start - table.start], pieces)
            )
            run_start, pieces = run_end, []
        text = folded[start:end]
        place = len(pieces)
        cell = Cell(
            len(lines), len(lines) + 1, place, place + 1, table.start + start, table.start + end,
            report.text[table.start + start : table.start + end],
        )  # fmt: skip
        pieces.append(Item(cell, read_cell(text, templates)))
        run_end = end
    if pieces:
        lines.append(_line(table, len(lines), folded[run_start : pieces[0].cell.start - table.start], pieces))
    return lines


def _masked(folded: str, templates: Templates) -> str:
    """Returns the text with everything that is no cell and no label blanked out, no offset moved.

    A remark that names a unit, as (单位:万元), stays: it belongs to its label.
    """
    for pattern in (_PAGE, _YEAR, _REMARK):
        folded = pattern.sub(
            lambda match: match.group() if unit_in(match.group(), templates) else " " * len(match.group()),
            folded,
        )
    return folded


def _uncounted(folded: str, templates: Templates) -> str:
    """Returns the text with the numbers blanked out that only count its rows and columns (行次, 栏次).

    Numbers count the rows where behind every label, apart from it and with no unit between, stands the next one.
    """
    serials, units = tuple(templates.words.serial_headers), templates.words.units
    rows: list[re.Match[str]] = []
    columns: list[re.Match[str]] = []
    run, end = "", 0
    for match in _CELL.finditer(folded):
        if _NUMBERING.match(folded, match.end()):
            continue
        words = folded[end : match.start()].split()
        run, end = normal("".join(words)) or run, match.end()
        number = _WHOLE.match(folded, match.start(), match.end())
        if number is not None and run.endswith(serials):
            columns.append(number)
        elif number is not None and words and words[-1] not in units and folded[number.start() - 1].isspace():
            rows.append(number)  # without the unit of the next cell
    counted = all(int(after[0]) == int(before[0]) + 1 for before, after in pairwise(rows))
    if not counted or len(rows) < _LEAST_COUNTED:
        return folded
    for match in (*rows, *columns):
        folded = folded[: match.start()] + " " * len(match[0]) + folded[match.end() :]
    return folded


def _line(table: Table, number: int, run: str, pieces: list[Item]) -> Line:
    return Line(table, number, (run,), tuple(pieces), above=run, stream=True)
