"""Filled-in tables: every cell with its name and its text, and what must add up. Reads nothing of the package."""

from __future__ import annotations

import functools
import operator
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from . import forms

Heads = Sequence[Sequence[str]]
Number = TypeVar("Number", int, Decimal)
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


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` is to equal the sum of `parts` ("="), or not to exceed it ("<=")."""

    total: tuple[str, ...]
    relation: str
    parts: tuple[str, ...]

    def outcome(self, values: Mapping[str, Decimal | None]) -> tuple[str, Decimal | None]:
        """Returns holds, fails or open (a cell holds no number), and left minus right."""
        numbers = [values.get(name) for name in (*self.total, *self.parts)]
        if any(number is None for number in numbers):
            return "open", None
        known = [number for number in numbers if number is not None]
        gap = sum(known[: len(self.total)], Decimal(0)) - sum(known[len(self.total) :], Decimal(0))
        return "holds" if gap == 0 or (self.relation == "<=" and gap < 0) else "fails", gap


@dataclass(frozen=True, slots=True)
class Filling:
    """The values of one form by name, and the sums they are to keep."""

    values: dict[str, str]
    sums: tuple[Sum, ...]


# ---------------------------------------------------------------- values


def parsed(text: str) -> tuple[Sum, ...]:
    """Returns the sums written as `total = part part` or `part <= whole`, one a line."""
    found = []
    for line in text.strip().splitlines():
        relation = "<=" if "<=" in line else "="
        left, right = line.split(f" {relation} ")
        found.append(Sum(tuple(left.split()), relation, tuple(right.split())))
    return tuple(found)


def totals(values: dict[str, Number], sums: tuple[Sum, ...]) -> None:
    """Sets every total to the sum of its parts, inner totals first."""
    for entry in reversed(sums):
        if entry.relation == "=" and len(entry.total) == 1:
            first, *rest = (values[part] for part in entry.parts)
            values[entry.total[0]] = functools.reduce(operator.add, rest, first)


def fill_list(form: str, sums: str, seed: int, most: int, cumulative: bool = False) -> Filling:
    """Returns values of a vertical form that keep every sum; `cumulative` adds a second column that grows."""
    draw = random.Random(seed).randint
    names = [line.split("|")[0] for line in form.strip().splitlines() if line[0] != "|"]
    rules = parsed(sums)
    values = {name: draw(0, most) if draw(0, 3) else 0 for name in names}
    totals(values, rules)
    for rule in rules:
        if rule.relation == "<=" and len(rule.parts) > 1:
            values[rule.total[0]] = sum(values[part] for part in rule.parts)
    for rule in rules:
        if rule.relation == "<=" and len(rule.parts) == 1:
            values[rule.total[0]] = min(values[rule.total[0]], values[rule.parts[0]])
    texts = {name: str(value) for name, value in values.items()}
    if not cumulative:
        if "funds.total" in texts:
            texts["funds.total"] = f"{draw(0, 80)}.{draw(1, 9)}{draw(1, 9)}"
        return Filling(texts, rules)
    earlier = {name: draw(0, 4 * most) for name in names}
    totals(earlier, rules)
    for rule in rules:
        if rule.relation == "<=" and len(rule.parts) > 1:
            earlier[rule.total[0]] = sum(earlier[part] for part in rule.parts)
    texts |= {f"{name}@cumulative": str(earlier[name] + values[name]) for name in names}
    later = tuple(
        Sum(
            tuple(f"{name}@cumulative" for name in rule.total),
            rule.relation,
            tuple(f"{name}@cumulative" for name in rule.parts),
        )
        for rule in rules
    )
    growing = tuple(Sum((name,), "<=", (f"{name}@cumulative",)) for name in names)
    return Filling(texts, rules + later + growing)


def matrix_rows(merged: bool) -> list[tuple[str, str, str, str]]:
    """Returns (outer, middle, id, label) of the applicants' rows; `merged` has 其他处理 in one row."""
    rows: list[tuple[str, str, str, str]] = []
    for line in forms.MATRIX.strip().splitlines():
        outer, middle, name, label = line.split("|")
        if merged and name.startswith("other."):
            if name == "other.overdue":
                outer, middle, name, label = forms.MERGED_OTHER.split("|")
            else:
                continue
        rows.append((outer, middle, name, label))
    return rows


def fill_matrix(seed: int, most: int, merged: bool) -> Filling:
    """Returns values of the applicants' matrix that keep all its sums."""
    draw = random.Random(seed).randint
    names = [name for _, _, name, _ in matrix_rows(merged)]
    results = [name for name in names if not name.startswith("applications.") and name != "outcome.total"]
    people = [column for column, _ in forms.APPLICANTS if column != "total"]
    values: dict[str, int] = {}
    for column in people:
        share = most if column == "natural_person" else max(1, most // 6)
        for name in (*results, "applications.carried_out"):
            values[f"{name}@{column}"] = draw(0, share) if draw(0, 3) == 0 else 0
        values[f"outcome.total@{column}"] = sum(values[f"{name}@{column}"] for name in results)
        whole = values[f"outcome.total@{column}"] + values[f"applications.carried_out@{column}"]
        values[f"applications.carried_in@{column}"] = draw(0, whole // 4)
        values[f"applications.new@{column}"] = whole - values[f"applications.carried_in@{column}"]
    for name in names:
        values[f"{name}@total"] = sum(values[f"{name}@{column}"] for column in people)
    sums = [Sum((f"{name}@total",), "=", tuple(f"{name}@{column}" for column in people)) for name in names]
    for column, _ in forms.APPLICANTS:
        sums.append(
            Sum(
                (f"applications.new@{column}", f"applications.carried_in@{column}"),
                "=",
                (f"outcome.total@{column}", f"applications.carried_out@{column}"),
            )
        )
        sums.append(Sum((f"outcome.total@{column}",), "=", tuple(f"{name}@{column}" for name in results)))
    return Filling({name: str(value) for name, value in values.items()}, tuple(sums))


def fill_disputes(seed: int, most: int) -> Filling:
    """Returns values of the fifteen cells of 复议诉讼."""
    draw = random.Random(seed).randint
    values: dict[str, int] = {}
    sums = []
    for group in forms.DISPUTES:
        parts = [f"{group}.{outcome}" for outcome, _ in forms.OUTCOMES[:-1]]
        values.update({part: draw(0, most) if draw(0, 2) == 0 else 0 for part in parts})
        values[f"{group}.total"] = sum(values[part] for part in parts)
        sums.append(Sum((f"{group}.total",), "=", tuple(parts)))
    return Filling({name: str(value) for name, value in values.items()}, tuple(sums))


def fill_article(parts: forms.Parts, seed: int, most: int) -> Filling:
    """Returns values of the tables under 第二十条, which nothing sums."""
    draw = random.Random(seed).randint
    values: dict[str, str] = {}
    for row, column, _ in article_cells(parts):
        number = draw(-9, 9) if column == "change" else draw(0, most)
        values[f"{row}@{column}"] = f"+{number}" if column == "change" and number > 0 else str(number)
        if column == "amount":
            values[f"{row}@{column}"] = f"{number}.{draw(1, 9)}"
    return Filling(values, ())


def article_cells(parts: forms.Parts) -> Iterator[tuple[str, str, str]]:
    """Yields (row, column, unit) of every cell under 第二十条."""
    for _, _, columns, rows in parts:
        assert isinstance(columns, tuple)
        assert isinstance(rows, tuple)
        for row, _, row_unit in rows:
            for column, _, unit in columns:
                yield row, column, unit or row_unit


# ---------------------------------------------------------------- sheets


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
