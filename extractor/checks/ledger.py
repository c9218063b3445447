"""The tables of final accounts and budgets against themselves and one another: what the form says must agree.

Amounts are printed in 万元 and kept in cents, so a sum may be off by the roundings of its terms. A blank cell of a
table that holds numbers is nothing (`kb/ledger.toml` says why).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from ..data import CellState, Check, Figure, Finding
from ..knowledge import Knowledge
from ..knowledge.ledgers import Across, Identities, Listing, Same, Spot, Sum, Told
from ..tables.ledger import Ledger, LedgerRow
from ..units import Units, factor
from .balances import Balance, check_of, finding_of

_ZERO, _HALF, _CENT = Decimal(0), Decimal("0.5"), Decimal("0.01")
_YUAN = "元"
_PERCENT = "%"
_CLASS = 3  # digits of the code of a 类
_OUTERMOST = 1
_TIMES = 2
_COUNTED = frozenset({CellState.VALUE, CellState.BLANK, CellState.SLASH})
_THREE = {"total": ("abroad", "cars", "guests"), "cars": ("bought", "run")}
_TOTAL = "total"


def check_ledger(ledger: Ledger, knowledge: Knowledge) -> tuple[list[Finding], list[Check]]:
    """Returns the findings and the checks that could be made on the tables of `ledger`.

    What does not hold twice as often as not in one table is no finding: the table has another layout or was not
    read as it stands. Its failed checks are returned all the same, so that nothing else relies on these cells.
    """
    book = _Book(ledger, knowledge)
    repeated, unsure = _repeated(book)
    sums: dict[tuple[str, ...], Balance] = {}
    for entry in (*repeated, *_named(book)):
        sums.setdefault(entry.figures, entry)
    broken = {figure for entry in unsure for figure in entry.figures}
    tried = [*sums.values(), *unsure]
    findings = [
        finding_of(entry, tried)
        for entry in sums.values()
        if not entry.holds and broken.isdisjoint(entry.figures)
    ]
    return findings, [check_of(entry) for entry in tried]


def _repeated(book: _Book) -> tuple[list[Balance], list[Balance]]:
    """Returns what is tried row by row or column by column, and apart what fails where it does not mostly hold."""
    sure: list[Balance] = []
    unsure: list[Balance] = []
    groups: dict[tuple[str, str], list[Balance]] = {}
    for entry in (*_across(book), *_trees(book)):
        groups.setdefault((entry.told.id, entry.total.table), []).append(entry)
    for found in groups.values():
        holding = sum(entry.holds for entry in found)
        believed = holding >= _TIMES * (len(found) - holding)
        for entry in found:
            (sure if believed or entry.holds else unsure).append(entry)
    return sure, unsure


def _named(book: _Book) -> Iterator[Balance]:
    yield from _staff(book)
    for entry in book.rules.sums:
        yield from _sums(entry, book)
    for listing in book.rules.lists:
        yield from _listed(listing, book)
    for same in book.rules.same:
        yield from _same(same, book)
    yield from _three(book)


class _Book:
    """The rows of the tables by kind, and on which side of its table a cell stands."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge) -> None:
        self.rules: Identities = knowledge.identities
        self.rows: Mapping[str, Sequence[LedgerRow]] = ledger.rows
        self.cells = ledger.cells
        self._ledger = ledger
        self._units: Units = knowledge.language.units
        self._rates = knowledge.templates.words.rates

    def at(self, spot: Spot, label: str = "", columns: Sequence[re.Pattern[str]] = ()) -> list[Figure]:
        """Returns the first cell of each row of a spot, that of `label` where the spot is joined to another."""
        found = []
        for cells in self._ledger.at(spot, label, columns):
            filled = [figure for figure in cells if figure.value is not None]
            found += (filled or cells)[:1]
        return found

    def only(self, spot: Spot, columns: Sequence[re.Pattern[str]] = ()) -> Figure | None:
        """Returns the cell of a spot; None where there is none, or several tables say different things."""
        found = self.at(spot, columns=columns)
        values = {figure.value for figure in found if figure.value is not None}
        return (
            found[0] if found and (len({figure.table for figure in found}) == 1 or len(values) < 2) else None
        )

    def made(self, told: Told, total: Figure | None, parts: Iterable[Figure]) -> Balance | None:
        """Returns the sum tried; None where a cell is missing or in doubt, a rate, or nothing is there to be added."""
        cells = list(parts)
        if total is None or total.value is None or total.doubt or self._is_rate(total):
            return None
        if any(cell.doubt or cell.state not in _COUNTED for cell in cells):
            return None
        filled = [cell for cell in cells if cell.value is not None]
        if not filled or (total.value and not any(cell.value for cell in filled)):
            return None
        come_to, spread = _ZERO, self._spread(total)
        for cell in filled:
            by = factor(cell.unit, total.unit, self._units)
            if by is None:
                return None
            come_to += (cell.value or _ZERO) * by
            spread += self._spread(cell) * by
        return Balance(told, total, tuple(filled), come_to, spread)

    def _is_rate(self, figure: Figure) -> bool:
        """Says whether a cell holds a rate (增减%), which is no sum of other rates."""
        label = figure.row_label + figure.column_label
        return figure.unit == _PERCENT or any(word in label for word in self._rates)

    def _spread(self, figure: Figure) -> Decimal:
        """Returns how far a printed amount may be from the true one: none where it is printed to the cent, or 0."""
        exponent = _ZERO.as_tuple().exponent if figure.value is None else figure.value.as_tuple().exponent
        if not isinstance(exponent, int) or (exponent >= 0 and not figure.value):
            return _ZERO
        last = Decimal(1).scaleb(exponent)
        yuan = factor(figure.unit, _YUAN, self._units) if figure.unit else None
        return _ZERO if yuan is not None and last * yuan <= _CENT else last * _HALF


# ---------------------------------------------------------------- rows and columns


def _across(book: _Book) -> Iterator[Balance]:
    for entry in book.rules.across:
        for kind in entry.tables:
            for row in book.rows.get(kind, ()):
                made = _row(entry, row, book)
                if made is not None:
                    yield made


def _row(entry: Across, row: LedgerRow, book: _Book) -> Balance | None:
    """Returns the sum of the columns of one row; None where a column is neither total nor part."""
    totals: list[Figure] = []
    parts: dict[int, list[tuple[tuple[str, ...], Figure]]] = {}
    for path, figure in row.cells:
        part = next((place for place, known in enumerate(entry.parts) if any(map(known.search, path))), None)
        if figure.period or any(map(book.rules.inside.search, path)):
            continue  # of another year, or a part of a column
        if part is not None:
            parts.setdefault(part, []).append((path, figure))
        elif path and entry.total.search(path[-1]):
            totals.append(figure)
        elif figure.value and not any(map(entry.aside.search, path)):
            return None
    if len(totals) != 1 or len(parts) < 2:
        return None
    terms = [figure for found in parts.values() for figure in _whole(found, entry.total)]
    return book.made(entry.told, totals[0], terms)


def _whole(found: Sequence[tuple[tuple[str, ...], Figure]], total: re.Pattern[str]) -> list[Figure]:
    """Returns of the columns of one part that of its own total, or all where there is none."""
    own = [figure for path, figure in found if total.search(path[-1])]
    return own[:1] or [figure for _, figure in found]


def _trees(book: _Book) -> Iterator[Balance]:
    for entry in book.rules.trees:
        for kind in entry.tables:
            for rows in _tables(book.rows.get(kind, ())):
                yield from _tree(entry.told, rows, book)


def _tables(rows: Sequence[LedgerRow]) -> Iterator[list[LedgerRow]]:
    """Yields the rows of all tables of a kind together, or one by one where a subject comes again."""
    codes = [row.code for row in rows if row.code]
    if len(set(codes)) == len(codes):
        yield list(rows)
        return
    for table in dict.fromkeys(row.table for row in rows):
        yield [row for row in rows if row.table == table]


def _tree(told: Told, rows: Sequence[LedgerRow], book: _Book) -> Iterator[Balance]:
    coded = {row.code: row for row in rows if row.code}
    if len(coded) < sum(bool(row.code) for row in rows):
        return  # a subject comes twice
    below: dict[str, list[LedgerRow]] = {}
    for code, row in coded.items():
        over = (code[:end] for end in range(len(code) - 1, 0, -1))
        below.setdefault(next((head for head in over if head in coded), ""), []).append(row)
    wholes = [row for row in rows if not row.code and book.rules.whole.search(row.label)]
    for code, children in below.items():
        heads = [coded[code]] if code else wholes[:1] if len(wholes) == 1 else []
        if not code and any(len(row.code) != _CLASS for row in children):
            continue  # a class is missing
        for head in heads:
            for path, total in head.cells:
                cells = [_under(total, path, row) for row in children]
                made = book.made(told, total, [cell for cell in cells if cell is not None])
                if made is not None and None not in cells:
                    yield made


def _under(total: Figure, path: tuple[str, ...], row: LedgerRow) -> Figure | None:
    """Returns the cell of a row in the column of `total`."""
    same = [figure for labels, figure in row.cells if labels == path and figure.period == total.period]
    if row.table == total.table:
        return next((figure for figure in same if figure.column == total.column), None)
    return same[0] if len(same) == 1 else None


def _staff(book: _Book) -> Iterator[Balance]:
    rules = book.rules.staff
    rows = book.rows.get(rules.table, ())
    classes = [row for row in rows if len(row.code) == _CLASS]
    if len({row.code for row in classes}) < len(classes):
        return
    for pattern, own in ((rules.staff, True), (rules.running, False)):
        totals = [row for row in rows if not row.code and pattern.search(row.label)]
        parts = [book.cells(row)[:1] for row in classes if (row.code in rules.codes) == own]
        if len(totals) == 1:
            made = book.made(
                rules.told,
                next(iter(book.cells(totals[0])), None),
                [cell for found in parts for cell in found],
            )
            if made is not None:
                yield made


# ---------------------------------------------------------------- named rows


def _sums(entry: Sum, book: _Book) -> Iterator[Balance]:
    wanted: list[tuple[re.Pattern[str], ...]] = [(pattern,) for pattern in entry.columns]
    for columns in wanted or [()]:
        total = book.only(entry.total, columns)
        parts = [book.only(part, columns) for part in entry.parts]
        made = book.made(entry.told, total, [part for part in parts if part is not None])
        if made is not None and (made.holds or not _others(entry, made, columns, book)):
            yield made


def _others(entry: Sum, made: Balance, columns: Sequence[re.Pattern[str]], book: _Book) -> bool:
    """Says whether an amount that the sum does not know stands between its parts and its total."""
    first = min((part.row for part in made.parts), default=made.total.row)
    return any(
        figure.value and figure.id != made.total.id and figure not in made.parts
        for row in book.rows[entry.total.table]
        if row.table == made.total.table and first < row.number < made.total.row
        if not book.rules.inside.search(row.label) and not book.rules.kinds.search(row.label)
        for figure in book.cells(row, entry.total.side, columns)
    )


def _listed(entry: Listing, book: _Book) -> Iterator[Balance]:
    rows = book.rows.get(entry.table, ())
    for total in (row for row in rows if entry.total.search(row.label)):
        above = [
            row
            for row in rows
            if row.table == total.table and row.number < total.number and book.cells(row, entry.side)
        ]
        numbered = any(row.depth == _OUTERMOST for row in above)
        items = [
            row
            for row in above
            if row.depth == _OUTERMOST or (not row.depth and not book.rules.inside.search(row.label))
        ]
        if not numbered and any(row.depth for row in above):
            continue  # how the rows stand to one another is not told
        if not items or not all(entry.items.search(row.label) for row in items):
            continue  # an amount of another kind among them
        for figure in book.cells(total, entry.side):
            parts = [
                cell for row in items for cell in book.cells(row, entry.side) if cell.column == figure.column
            ]
            made = book.made(entry.told, figure, parts)
            if made is not None:
                yield made


def _same(entry: Same, book: _Book) -> Iterator[Balance]:
    joined = any(spot.joined for spot in entry.right)
    lefts = book.at(entry.left) if joined else [book.only(entry.left)]
    labels = {figure.id: row.label for row in book.rows.get(entry.left.table, ()) for _, figure in row.cells}
    for left in lefts:
        if left is None or not left.value:
            continue
        groups = [[book.only(spot) for spot in entry.plus]] if entry.plus else []
        groups += [
            list(book.at(spot, labels[left.id])) if spot.joined else [book.only(spot)] for spot in entry.right
        ]
        tried = [book.made(entry.told, left, found) for group in groups if (found := _filled(group, entry))]
        made = [found for found in tried if found is not None]
        yield from [found for found in made if found.holds][:1] or made[:1]


def _filled(cells: Sequence[Figure | None], entry: Same) -> list[Figure]:
    """Returns the cells that one is held against, all that are wanted and each with an amount; else none."""
    found = [cell for cell in cells if cell is not None and cell.value]
    wanted = len(entry.plus) or 1
    return found if len(found) == len(cells) == wanted else []


# ---------------------------------------------------------------- “三公”经费


def _three(book: _Book) -> Iterator[Balance]:
    rules = book.rules.three
    found: dict[tuple[str, object, str], dict[str, Figure]] = {}
    others: set[tuple[str, object, str]] = set()
    for row in book.rows.get(rules.table, ()):
        own = _kind(book, (row.label,))
        for path, figure in row.cells:
            name = own or _kind(book, path)
            kind = tuple(label for label in path if not _kind(book, (label,)))
            place: tuple[str, object, str] = (
                (row.table, figure.column, "") if own else (row.table, (row.number, kind), figure.period)
            )
            if name:
                found.setdefault(place, {}).setdefault(name, figure)
            elif figure.value:
                others.add(place)
    for place, cells in found.items():
        for total, parts in _THREE.items():
            terms = [cells[name] for name in parts if name in cells]
            made = book.made(rules.told, cells.get(total), terms) if len(terms) == len(parts) else None
            if made is not None and (made.holds or total != _TOTAL or place not in others):
                yield made


def _kind(book: _Book, labels: Sequence[str]) -> str:
    """Returns which cost the labels of a row or column name, "" where none."""
    rules = book.rules.three
    if any(map(rules.others.search, labels)):
        return ""
    return next((name for name, known in rules.names.items() if any(map(known.search, labels))), "")
