"""The national form of final accounts and budgets: which table of a report is which, and its rows by label and code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..data import Figure, Reading, Table
from ..knowledge import Knowledge
from ..knowledge.ledgers import OUTLAY, Spot
from ..knowledge.statements import Statements
from ..widths import fold_widths
from .labels import bare_label
from .lines import numbered

_CODE = re.compile(r"[23]\d\d(?:\d\d){0,2}")
"""What the subjects of the budget are numbered by: 类 201, 款 20106, 项 2010601; economic ones 301, 30101."""
_CODED = re.compile(rf"({_CODE.pattern})(?=[^\d.,%])")
_DIGITS = re.compile(r"\d{2,7}")
_NUMBER = re.compile(r"^\s*-?[\d,\uff0c]+(?:[.\uff0e]\d+)?\s*$")
_PIECES = 3  # 201 | 06 | 01


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of a table by its folded label.

    `above` are the labels it stands under, `code` the number of its subject ("" where it has none), `depth` how
    deep its numbering goes (0 for none), `cells` its cells from left to right, those of other years too, each with the
    folded labels over it.
    """

    table: str
    number: int
    label: str
    above: frozenset[str]
    code: str
    depth: int
    cells: list[tuple[tuple[str, ...], Figure]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The tables of one report of the form.

    `titles` holds kind and title by the id of the table, `rows` the rows of all tables of a kind, `edges` the column
    that the outlay of a two-sided table begins with; `accounts` says that they are accounts and not a budget. `empty`
    holds the title of a table by its kind, where no table of this kind has a number in any cell.
    """

    titles: Mapping[str, tuple[str, str]]
    rows: Mapping[str, Sequence[LedgerRow]]
    figures: Mapping[str, Figure]
    edges: Mapping[str, int]
    accounts: bool
    empty: Mapping[str, str]

    def kind(self, table: str) -> str:
        """Returns the kind of a table, "" where the form has none such."""
        return self.titles.get(table, ("", ""))[0]

    def cells(self, row: LedgerRow, side: str = "", columns: Sequence[re.Pattern[str]] = ()) -> list[Figure]:
        """Returns the cells of the report's own year in a row, on a side of its table.

        Where `columns` are given, those in columns one of whose labels matches one of these.
        """
        edge = self.edges.get(row.table)
        return [
            figure
            for path, figure in row.cells
            if not figure.period
            and (not side or (edge is not None and (figure.column >= edge) == (side == OUTLAY)))
            and (not columns or any(pattern.search(label) for pattern in columns for label in path))
        ]

    def at(self, spot: Spot, label: str = "", columns: Sequence[re.Pattern[str]] = ()) -> list[list[Figure]]:
        """Returns the cells of a spot row by row; where it is joined to another cell, of the rows of its `label`."""
        found = []
        for row in self.rows.get(spot.table, ()):
            named = row.label == label if spot.joined else spot.row.search(row.label) is not None
            if named and (not spot.code or len(row.code) == spot.code):
                found.append(self.cells(row, spot.side, columns or spot.columns))
        return found


def folded_label(label: str) -> str:
    """Returns a label in usual widths, without blanks, numbering and remarks."""
    return bare_label(fold_widths(label))


def ledger_of(text: str, tables: Sequence[Table], reading: Reading, knowledge: Knowledge) -> Ledger | None:
    """Returns the tables of the form that a report holds; None where they are too few to be that form.

    Args:
        text: the whole text of the report in usual widths.
        tables: its tables, for the codes of their rows.
        reading: its figures.
        knowledge: what the form calls its tables and rows.
    """
    if reading.template or not reading.figures:
        return None
    rules = knowledge.statements
    titles = _titles(text, reading, rules)
    if len({kind for kind, _ in titles.values()}) < rules.least:
        return None
    final = sum(rules.accounts.search(title) is not None for _, title in titles.values())
    often = len(rules.accounts.findall(text)) >= rules.often
    rows = _rows(tables, reading, titles, rules)
    return Ledger(
        titles,
        rows,
        {figure.id: figure for figure in reading.figures},
        _edges(rows, knowledge.identities.outlay),
        often or 2 * final > len(titles),
        _empty(tables, titles, rules),
    )


def _titles(text: str, reading: Reading, rules: Statements) -> dict[str, tuple[str, str]]:
    """Returns kind and title of every table of the form: what its caption says, or the nearest line above it."""
    found: dict[str, tuple[str, str]] = {}
    seen: set[str] = set()
    end = 0
    for figure in reading.figures:
        if figure.table not in seen:
            seen.add(figure.table)
            start = max(end, figure.start - rules.above)
            lines = text[start : figure.start].split("\n")
            near = [line for line in reversed(lines) if len(line) <= rules.line]
            for line in (fold_widths(figure.group), *near):
                title = "".join(line.split())
                kind = next((kind for kind, pattern in rules.titles if pattern.search(title)), "")
                if kind:
                    found[figure.table] = (kind, title)
                    break
        end = max(end, figure.end)
    return found


def _rows(
    tables: Sequence[Table], reading: Reading, titles: Mapping[str, tuple[str, str]], rules: Statements
) -> dict[str, list[LedgerRow]]:
    """Returns the rows of the tables of the form by kind, without columns of serial numbers."""
    codes = {table.id: _codes(table) for table in tables if table.id in titles}
    serial = {
        (figure.table, figure.column)
        for figure in reading.figures
        if any(rules.serial.search(label) for label in figure.column_path)
    }
    rows: dict[tuple[str, int, str], LedgerRow] = {}
    for figure in reading.figures:
        if figure.table not in titles or (figure.table, figure.column) in serial:
            continue  # no table of the form, or numbers of rows
        label = folded_label(figure.row_label)
        row = rows.get((figure.table, figure.row, label))
        if row is None:
            code = codes.get(figure.table, {}).get((figure.row, figure.row_label), "")
            above = frozenset(map(folded_label, figure.row_path)) - {label}
            depth = numbered(figure.row_label) or 0
            row = LedgerRow(figure.table, figure.row, label, above, code, depth, [])
            rows[figure.table, figure.row, label] = row
        row.cells.append((tuple(map(folded_label, figure.column_path)), figure))
    found: dict[str, list[LedgerRow]] = {}
    for row in rows.values():
        found.setdefault(titles[row.table][0], []).append(row)
    return found


def _empty(
    tables: Sequence[Table], titles: Mapping[str, tuple[str, str]], rules: Statements
) -> dict[str, str]:
    """Returns by kind the title of tables of the form whose cells hold words alone."""
    filled = {kind for kind, _ in titles.values()}
    found: dict[str, str] = {}
    for table in tables:
        if table.id in titles or not table.cells or any(_NUMBER.search(cell.text) for cell in table.cells):
            continue
        for line in fold_widths(table.caption).split("\n"):
            title = "".join(line.split())
            kind = next((kind for kind, pattern in rules.titles if pattern.search(title)), "")
            if kind and kind not in filled:
                found.setdefault(kind, title)
    return found


def _edges(rows: Mapping[str, Sequence[LedgerRow]], outlay: re.Pattern[str]) -> dict[str, int]:
    """Returns by table the first column that holds a value of a row of outlay."""
    edges: dict[str, int] = {}
    for row in (row for found in rows.values() for row in found):
        if outlay.search(row.label):
            column = min(figure.column for _, figure in row.cells)
            edges[row.table] = min(column, edges.get(row.table, column))
    return edges


def _codes(table: Table) -> dict[tuple[int, str], str]:
    """Returns the code of a subject by row and label: the digits in the cells before the label, or at its head."""
    found: dict[tuple[int, str], str] = {}
    rows: dict[int, list[tuple[int, str]]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append((cell.column, cell.text))
    for number, cells in rows.items():
        pieces: list[str] = []
        for _, text in sorted(cells):
            bare = "".join(text.split())
            if not bare or _DIGITS.fullmatch(bare):
                pieces += [bare] if bare else []
                continue
            head = _CODED.match(bare)
            code = head[1] if head is not None else _joined(pieces)
            if code:
                found.setdefault((number, text), code)
            pieces = []
    return found


def _joined(pieces: Sequence[str]) -> str:
    """Returns the code that the last pieces make together, the longest one; "" where they make none."""
    tries = ("".join(pieces[start:]) for start in range(max(0, len(pieces) - _PIECES), len(pieces)))
    return next((text for text in tries if _CODE.fullmatch(text)), "")
