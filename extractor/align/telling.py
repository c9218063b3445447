"""What of a label tells its row or column from the others of its table; the rest goes without saying in a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..data import Figure
from ..knowledge.gazetteer import Gazetteer
from .facets import MEASURES, Facets, bare_label
from .reader import Reader

_SHORTEST = 2  # so many characters at least still name something


class Told(NamedTuple):
    """The words of its row and of its column that a text has to say, "" where the column tells nothing."""

    row: str
    column: str


def telling(figures: Iterable[Figure], reader: Reader) -> dict[str, Told]:
    """Returns by id the words that tell a figure, of figures of one period.

    A column says nothing where its row has no other. What a row's label begins or ends with and only says what kind
    of number it is (一般公共服务支出, 门急诊量, 平均住院日) says nothing where no other row is called the same without
    it. The one row of totals of a table is told by the table's caption (“三公”经费支出决算表) where its columns only
    say what kind of number they hold.
    """
    gazetteer = reader.gazetteer
    known = [(figure, bare_label(figure.row_label)) for figure in figures]
    columns: dict[tuple[str, int, str], set[str]] = {}
    rows: dict[str, set[str]] = {}
    totals: dict[str, set[int]] = {}
    for figure, row in known:
        columns.setdefault((figure.table, figure.row, row), set()).add(bare_label(figure.column_label))
        rows.setdefault(_plain(row, gazetteer), set()).add(row)
        if row in gazetteer.totals:
            totals.setdefault(figure.table, set()).add(figure.row)
    found: dict[str, Told] = {}
    for figure, row in known:
        plain, column = _plain(row, gazetteer), bare_label(figure.column_label)
        if bool(row) and len(columns[figure.table, figure.row, row]) == 1:
            column = ""
        if len(totals.get(figure.table, ())) == 1 and row in gazetteer.totals and _kind(reader.read(column)):
            plain = _plain(gazetteer.caption.sub("", figure.group), gazetteer) or row
        elif len(rows[plain]) > 1:
            plain = row
        found[figure.id] = Told(plain, column)
    return found


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
