"""What of a label tells its row or column from the others of its table; the rest goes without saying in a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..data import Figure
from ..knowledge.gazetteer import Gazetteer
from ..tables.labels import bare_label
from .facets import MEASURES, Facets
from .reader import Reader

PERCENT = "%"
_CHANGE = "change"
_SHORTEST = 2  # so many characters at least still name something


class Told(NamedTuple):
    """The words of its row and of its column that a text has to say, "" where the column tells nothing.

    `full` is the name of a row told by the caption, with what goes without saying.
    """

    row: str
    column: str
    full: str = ""


def telling(figures: Iterable[Figure], reader: Reader) -> dict[str, Told]:
    """Returns by id the words that tell a figure, of figures of one period.

    A column says nothing where its row has no other of its sort (numbers, rates, growth rates). What a row's label
    begins or ends with and only says what kind of number it is (一般公共服务支出, 门急诊量, 平均住院日) says nothing
    where no other row is called the same without it. The one row of totals of a table is told by the table's
    caption (“三公”经费支出决算表) where that is of money and its columns only say what kind of numbers they hold.
    """
    gazetteer = reader.gazetteer
    known = [(figure, bare_label(figure.row_label)) for figure in figures]
    columns: dict[tuple[str, int, str, str], set[str]] = {}
    rows: dict[str, set[str]] = {}
    totals: dict[str, set[int]] = {}
    for figure, row in known:
        column = bare_label(figure.column_label)
        columns.setdefault((figure.table, figure.row, row, _sort(figure, reader)), set()).add(column)
        rows.setdefault(_plain(row, gazetteer), set()).add(row)
        if row in gazetteer.totals:
            totals.setdefault(figure.table, set()).add(figure.row)
    found: dict[str, Told] = {}
    for figure, row in known:
        plain, column, full = _plain(row, gazetteer), bare_label(figure.column_label), ""
        if row and len(columns[figure.table, figure.row, row, _sort(figure, reader)]) == 1:
            column = ""
        else:
            column = _plain(column, gazetteer)
        if len(totals.get(figure.table, ())) == 1 and row in gazetteer.totals and _kind(reader.read(column)):
            full = _named(figure.group, reader)
            plain = _plain(full, gazetteer) or row
        elif len(rows[plain]) > 1:
            plain = row
        found[figure.id] = Told(plain, column, full)
    return found


def _named(caption: str, reader: Reader) -> str:
    """Returns the money a caption says its table is of, "" where it says no more than what kind of numbers it holds."""
    name = reader.gazetteer.caption.sub("", caption)
    money = reader.gazetteer.money.search(name) is not None
    return "" if not money or _kind(reader.read(_plain(name, reader.gazetteer))) else name


def _sort(figure: Figure, reader: Reader) -> str:
    """Returns what sort of number a figure is: a plain one (""), a rate, or how much something grew."""
    label = figure.column_label
    if PERCENT not in (figure.unit or label + figure.row_label):
        return ""
    return _CHANGE if _CHANGE in reader.read(bare_label(label)).get("measure") else PERCENT


def _kind(column: Facets) -> bool:
    """Says whether a column's label says no more than what kind of number stands there (决算数)."""
    return not column.residue and MEASURES.issuperset(column.values)


def _plain(row: str, gazetteer: Gazetteer) -> str:
    """Returns the label of a row without its lead and its tail, with either where too little would be left."""
    for lead in gazetteer.leads:
        row = _shortened(row, row.removeprefix(lead), gazetteer)
    for tail in gazetteer.tails:
        if row.endswith(tail):
            return _shortened(row, row.removesuffix(tail), gazetteer)
    return row


def _shortened(row: str, plain: str, gazetteer: Gazetteer) -> str:
    return plain if len(plain) >= _SHORTEST and plain not in gazetteer.others.words else row
