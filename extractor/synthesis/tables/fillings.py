"""What forms are filled in with: values by name, and the sums they keep. Reads nothing of the package."""

from __future__ import annotations

import functools
import operator
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from . import forms

Number = TypeVar("Number", int, Decimal)


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
