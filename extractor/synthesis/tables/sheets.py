"""Filled-in tables as printed: every cell with its name and its text. Reads nothing of the package."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from . import forms
from .fillings import Filling, Sum, article_cells, matrix_rows

Heads = Sequence[Sequence[str]]
_NUMBER = re.compile(r"([-+]?[\d,]+(?:\.\d+)?)(?:（(.+)）)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value cell: the name of its indicator, the text printed in it, and its unit."""

    name: str
    text: str
    unit: str

    @property
    def state(self) -> str:
        """Returns value, blank, slash, dash or text."""
        if not self.text:
            return "blank"
        if self.text in ("/", "—", "-", "——"):
            return "slash" if self.text == "/" else "dash"
        return "value" if _NUMBER.fullmatch(self.text) else "text"

    @property
    def value(self) -> Decimal | None:
        """Returns the number printed, without its note."""
        match = _NUMBER.fullmatch(self.text)
        return None if match is None else Decimal(match[1].replace(",", ""))

    @property
    def note(self) -> str:
        """Returns what stands in brackets behind the number."""
        match = _NUMBER.fullmatch(self.text)
        return "" if match is None else match[2] or ""


@dataclass(frozen=True, slots=True)
class Span:
    """A label, and how many rows and columns it covers."""

    text: str
    down: int = 1
    across: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A row as printed: labels, then cells; `unit` is the text of a unit cell between them, None without one."""

    labels: tuple[Span, ...]
    cells: tuple[Cell, ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: `stub` columns of labels (the unit's among them); the first `head` lines are repeated on a new page."""

    title: str
    stub: int
    head: int
    lines: tuple[Line, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Returns the cells in the order printed."""
        return tuple(cell for line in self.lines for cell in line.cells)


def list_sheet(form: str, filling: Filling, title: str, heads: tuple[str, ...]) -> Sheet:
    """Returns a vertical form: label, unit, one value or two."""
    lines = [Line(tuple(Span(head) for head in heads))]
    for entry in form.strip().splitlines():
        name, unit, label = entry.split("|")
        if not name:
            lines.append(Line((Span(label),), (), "——"))
            continue
        names = [name] + ([f"{name}@cumulative"] if len(heads) == 4 else [])
        lines.append(
            Line((Span(label),), tuple(Cell(each, filling.values[each], unit) for each in names), unit)
        )
    return Sheet(title, 2, 1, tuple(lines))


_BALANCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def matrix_sheet(filling: Filling, merged: bool, title: str) -> Sheet:
    """Returns the applicants' matrix with its three header rows and three columns of labels."""
    rows = matrix_rows(merged)
    lines = [
        Line((Span(_BALANCE, 3, 3), Span("申请人情况", 1, 7))),
        Line((Span("自然人", 2), Span("法人或其他组织", 1, 5), Span("总计", 2))),
        Line(tuple(Span(label) for _, label in forms.APPLICANTS[1:6])),
    ]
    for number, (outer, middle, name, label) in enumerate(rows):
        labels: list[Span] = []
        before = rows[number - 1] if number else ("", "", "", "")
        if outer and before[0] != outer:
            labels.append(Span(outer, sum(1 for row in rows if row[0] == outer)))
        if middle and before[1] != middle:
            labels.append(Span(middle, sum(1 for row in rows if row[1] == middle)))
        labels.append(Span(label, 1, 1 if middle else 2 if outer else 3))
        cells = tuple(
            Cell(f"{name}@{column}", filling.values[f"{name}@{column}"], "件")
            for column, _ in forms.APPLICANTS
        )
        lines.append(Line(tuple(labels), cells))
    return Sheet(title, 3, 3, tuple(lines))


def disputes_sheet(filling: Filling, title: str) -> Sheet:
    """Returns the 复议诉讼 table: three header rows over one row of fifteen cells."""
    outcomes = [label for _, label in forms.OUTCOMES]
    lines = (
        Line((Span("行政复议", 1, 5), Span("行政诉讼", 1, 10))),
        Line(
            (
                *(Span(label, 2) for label in outcomes),
                Span("未经复议直接起诉", 1, 5),
                Span("复议后起诉", 1, 5),
            )
        ),
        Line(tuple(Span(label) for label in (*outcomes, *outcomes))),
        Line((), tuple(Cell(name, filling.values[name], "件") for name in filling.values)),
    )
    return Sheet(title, 0, 3, lines)


def upright_disputes(filling: Filling, title: str) -> Sheet:
    """Returns the 复议诉讼 table turned: one row a result, one column a procedure."""
    heads = ("行政复议", "未经复议直接起诉", "复议后起诉")
    lines = [Line((Span("结果"), *map(Span, heads)))]
    for outcome, label in forms.OUTCOMES:
        names = [f"{group}.{outcome}" for group in forms.DISPUTES]
        lines.append(Line((Span(label),), tuple(Cell(name, filling.values[name], "件") for name in names)))
    return Sheet(title, 1, 1, tuple(lines))


def article_sheet(parts: forms.Parts, filling: Filling, title: str) -> Sheet:
    """Returns the tables under 第二十条 as one, their titles as rows."""
    width = 1 + max(len(columns) for _, _, columns, _ in parts if isinstance(columns, tuple))
    units = {f"{row}@{column}": unit for row, column, unit in article_cells(parts)}
    lines: list[Line] = []
    for name, corner, columns, rows in parts:
        assert isinstance(columns, tuple)
        assert isinstance(rows, tuple)
        lines.append(Line((Span(str(name), 1, width),)))
        lines.append(Line((Span(str(corner)), *(Span(label) for _, label, _ in columns))))
        for row, label, _ in rows:
            names = [f"{row}@{column}" for column, _, _ in columns]
            lines.append(
                Line((Span(label),), tuple(Cell(each, filling.values[each], units[each]) for each in names))
            )
    return Sheet(title, 1, 0, tuple(lines))


def free_sheet(kind: str, seed: int, most: int) -> tuple[Sheet, Filling]:
    """Returns a table of no form, and its values by row label and column path."""
    title, unit, heads, rows = forms.FREE[kind]
    draw = random.Random(seed).randint
    decimal = unit == "万元"
    _, paths = _heads(heads)
    values: dict[str, Decimal] = {}
    sums: list[Sum] = []
    parts = [path for path in paths if path != "合计"]
    for path in parts:
        for row in rows[:-1]:
            values[f"{row} × {path}"] = Decimal(draw(100, 100 * most)) / (100 if decimal else 1)
        names = tuple(f"{row} × {path}" for row in rows[:-1])
        values[f"{rows[-1]} × {path}"] = sum((values[name] for name in names), Decimal(0))
        sums.append(Sum((f"{rows[-1]} × {path}",), "=", names))
    if "合计" in paths:
        for row in rows:
            names = tuple(f"{row} × {path}" for path in parts)
            values[f"{row} × 合计"] = sum((values[name] for name in names), Decimal(0))
            sums.append(Sum((f"{row} × 合计",), "=", names))
        sums.append(Sum((f"{rows[-1]} × 合计",), "=", tuple(f"{row} × 合计" for row in rows[:-1])))
    filling = Filling(
        {name: f"{value:,}" if seed % 2 else str(value) for name, value in values.items()}, tuple(sums)
    )
    return open_sheet(title, unit, heads, rows, filling), filling


def open_sheet(title: str, unit: str, heads: Heads, rows: Sequence[str], filling: Filling) -> Sheet:
    """Returns a table of no form: header rows as text:columns, then a row a label."""
    lines, paths = _heads(heads)
    for row in rows:
        cells = tuple(Cell(f"{row} × {path}", filling.values[f"{row} × {path}"], unit) for path in paths)
        lines.append(Line((Span(row),), cells))
    return Sheet(title, 1, len(heads), tuple(lines))


def _heads(heads: Heads) -> tuple[list[Line], list[str]]:
    """Returns the header rows, and the labels over each column joined by a slash."""
    lines: list[Line] = []
    paths: list[str] = []
    for number, head in enumerate(heads):
        spans: list[Span] = []
        for text in head:
            label, _, across = text.partition(":")
            if label:
                down = len(heads) if number == 0 and not spans else 1
                spans.append(Span(label, down, int(across or 1)))
        lines.append(Line(tuple(spans)))
        own = [span.text for span in spans for _ in range(span.across)][0 if number else 1 :]
        paths = [f"{upper}/{text}" for upper, text in zip(paths, own, strict=True)] if number else own
    return lines, paths


def refilled(sheet: Sheet, filling: Filling) -> Sheet:
    """Returns the sheet with the texts of `filling` in its cells."""
    lines = (
        replace(line, cells=tuple(replace(cell, text=filling.values[cell.name]) for cell in line.cells))
        for line in sheet.lines
    )
    return replace(sheet, lines=tuple(lines))


def relabelled(sheet: Sheet, words: Mapping[str, str]) -> Sheet:
    """Returns the sheet with other wordings of some labels."""

    def other(text: str) -> str:
        for old, new in words.items():
            text = text.replace(old, new)
        return text

    return replace(
        sheet,
        lines=tuple(
            replace(line, labels=tuple(replace(span, text=other(span.text)) for span in line.labels))
            for line in sheet.lines
        ),
    )
