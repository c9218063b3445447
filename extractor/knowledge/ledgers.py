"""Reads `ledger.toml`: what must agree in the tables of final accounts and budgets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..data.records import record
from ..errors import KnowledgeError
from .source import Toml, compiled, known_keys, pattern_of, read_toml, text_of, texts_of

_FILE = "ledger.toml"
INCOME, OUTLAY = "income", "outlay"
_SIDES = frozenset({"", INCOME, OUTLAY})
_ANY = ""
_SAME = "="


@record
class Told:
    """An identity as messages name it."""

    id: str
    zh: str
    en: str


@record
class Spot:
    """Cells of tables of the kind `table`: of a `row` label, in columns whose labels match one of `columns`.

    `side` is income or outlay of a table of two sides. `code` is the length of the codes of the rows meant, 0 for any;
    `joined` says that the row has the label of the cell it is compared with.
    """

    table: str
    side: str
    row: re.Pattern[str]
    columns: tuple[re.Pattern[str], ...]
    code: int
    joined: bool


@record
class Across:
    """In each row of `tables` the column `total` is the sum of `parts`; columns `aside` are no terms."""

    told: Told
    tables: tuple[str, ...]
    total: re.Pattern[str]
    parts: tuple[re.Pattern[str], ...]
    aside: re.Pattern[str]


@record
class Tree:
    """In each column of `tables` a subject is the sum of those whose codes begin with its own."""

    told: Told
    tables: tuple[str, ...]


@record
class Staff:
    """The rows `staff` and `running` of a table: the sums of the subjects `codes`, and of all others."""

    told: Told
    table: str
    codes: tuple[str, ...]
    staff: re.Pattern[str]
    running: re.Pattern[str]


@record
class Sum:
    """`total` is the sum of those of `parts` that there are; with `columns` in each of these columns."""

    told: Told
    total: Spot
    parts: tuple[Spot, ...]
    columns: tuple[re.Pattern[str], ...]


@record
class Listing:
    """On one side of a table the row `total` is the sum of the outermost rows above it, all of which match `items`."""

    told: Told
    table: str
    side: str
    total: re.Pattern[str]
    items: re.Pattern[str]


@record
class Same:
    """The cell of `left` holds what one of `right` holds, or what all of `plus` come to."""

    told: Told
    left: Spot
    right: tuple[Spot, ...]
    plus: tuple[Spot, ...]


@record
class Three:
    """What the rows or columns of the table of “三公”经费 are called, in the order they are tried."""

    told: Told
    table: str
    others: re.Pattern[str]
    names: Mapping[str, re.Pattern[str]]


@record
class Identities:
    """All that must agree.

    `outlay` finds rows of the second side, `inside` parts of a row, `kinds` the rows that only divide what was carried
    over, `whole` the row of all subjects,
    `sums_of` rows that hold sums of any kind. `echoes` are spots that hold one and the same amount.
    """

    outlay: re.Pattern[str]
    inside: re.Pattern[str]
    kinds: re.Pattern[str]
    whole: re.Pattern[str]
    sums_of: re.Pattern[str]
    across: tuple[Across, ...]
    trees: tuple[Tree, ...]
    staff: Staff
    sums: tuple[Sum, ...]
    lists: tuple[Listing, ...]
    same: tuple[Same, ...]
    three: Three
    echoes: tuple[tuple[Spot, ...], ...]


def load_identities(kinds: frozenset[str]) -> Identities:
    """Returns the identities of `kb/ledger.toml` for tables of these `kinds`.

    Raises:
        KnowledgeError: a key is wrong, a pattern is none, or a cell is of a table the form has not.
    """
    table = read_toml(_FILE)
    lists = ("across", "tree", "sum", "list", "same", "echo")
    known_keys(
        table,
        frozenset({"outlay", "inside", "kinds", "whole", "sums", "staff", "three", *lists}),
        _FILE,
        "(file)",
    )
    return Identities(
        outlay=pattern_of(table, "outlay", _FILE, "(file)"),
        inside=pattern_of(table, "inside", _FILE, "(file)"),
        kinds=pattern_of(table, "kinds", _FILE, "(file)"),
        whole=pattern_of(table, "whole", _FILE, "(file)"),
        sums_of=pattern_of(table, "sums", _FILE, "(file)"),
        across=tuple(_across(entry, kinds) for entry in table.get("across", [])),
        trees=tuple(_tree(entry, kinds) for entry in table.get("tree", [])),
        staff=_staff(table.get("staff", {}), kinds),
        sums=tuple(_sum(entry, kinds) for entry in table.get("sum", [])),
        lists=tuple(_listing(entry, kinds) for entry in table.get("list", [])),
        same=tuple(_same(entry, kinds) for entry in table.get("same", [])),
        three=_three(table.get("three", {}), kinds),
        echoes=tuple(_echo(entry, kinds) for entry in table.get("echo", [])),
    )


def _told(entry: Toml, place: str, name: str | None = None) -> Told:
    key = name or text_of(entry, "id", _FILE, place)
    return Told(key, text_of(entry, "zh", _FILE, place), text_of(entry, "en", _FILE, place))


def _across(entry: Toml, kinds: frozenset[str]) -> Across:
    known_keys(entry, frozenset({"id", "tables", "total", "parts", "aside", "zh", "en"}), _FILE, "across")
    return Across(
        _told(entry, "across"),
        _tables(entry, kinds, "across"),
        pattern_of(entry, "total", _FILE, "across"),
        _patterns(entry, "parts", "across"),
        pattern_of(entry, "aside", _FILE, "across"),
    )


def _tree(entry: Toml, kinds: frozenset[str]) -> Tree:
    known_keys(entry, frozenset({"id", "tables", "zh", "en"}), _FILE, "tree")
    return Tree(_told(entry, "tree"), _tables(entry, kinds, "tree"))


def _staff(entry: Toml, kinds: frozenset[str]) -> Staff:
    known_keys(entry, frozenset({"table", "codes", "staff", "running", "zh", "en"}), _FILE, "staff")
    return Staff(
        _told(entry, "staff", "staff"),
        _kind(entry, kinds, "staff"),
        texts_of(entry, "codes", _FILE, "staff"),
        pattern_of(entry, "staff", _FILE, "staff"),
        pattern_of(entry, "running", _FILE, "staff"),
    )


def _sum(entry: Toml, kinds: frozenset[str]) -> Sum:
    known_keys(entry, frozenset({"id", "total", "parts", "columns", "zh", "en"}), _FILE, "sum")
    return Sum(
        _told(entry, "sum"),
        _spot(entry.get("total", {}), kinds, "sum.total"),
        tuple(_spot(part, kinds, "sum.parts") for part in entry.get("parts", [])),
        _patterns(entry, "columns", "sum"),
    )


def _listing(entry: Toml, kinds: frozenset[str]) -> Listing:
    known_keys(entry, frozenset({"id", "table", "side", "total", "items", "zh", "en"}), _FILE, "list")
    return Listing(
        _told(entry, "list"),
        _kind(entry, kinds, "list"),
        _side(entry, "list"),
        pattern_of(entry, "total", _FILE, "list"),
        pattern_of(entry, "items", _FILE, "list"),
    )


def _same(entry: Toml, kinds: frozenset[str]) -> Same:
    known_keys(entry, frozenset({"id", "left", "right", "plus", "zh", "en"}), _FILE, "same")
    return Same(
        _told(entry, "same"),
        _spot(entry.get("left", {}), kinds, "same.left"),
        tuple(_spot(spot, kinds, "same.right") for spot in entry.get("right", [])),
        tuple(_spot(spot, kinds, "same.plus") for spot in entry.get("plus", [])),
    )


def _three(entry: Toml, kinds: frozenset[str]) -> Three:
    known_keys(entry, frozenset({"table", "others", "names", "zh", "en"}), _FILE, "three")
    names = entry.get("names", {})
    known_keys(names, frozenset({"bought", "run", "cars", "abroad", "guests", "total"}), _FILE, "three.names")
    return Three(
        _told(entry, "three", "three"),
        _kind(entry, kinds, "three"),
        pattern_of(entry, "others", _FILE, "three"),
        {name: pattern_of(names, name, _FILE, "three.names") for name in names},
    )


def _echo(entry: Toml, kinds: frozenset[str]) -> tuple[Spot, ...]:
    known_keys(entry, frozenset({"spots"}), _FILE, "echo")
    return tuple(_spot(spot, kinds, "echo.spots") for spot in entry.get("spots", []))


def _spot(entry: Toml, kinds: frozenset[str], place: str) -> Spot:
    known_keys(entry, frozenset({"table", "side", "row", "columns", "code"}), _FILE, place)
    row = text_of(entry, "row", _FILE, place, _ANY)
    return Spot(
        _kind(entry, kinds, place),
        _side(entry, place),
        compiled(_ANY if row == _SAME else row, _FILE, f"{place}.row"),
        _patterns(entry, "columns", place),
        int(entry.get("code", 0)),
        row == _SAME,
    )


def _side(entry: Toml, place: str) -> str:
    side = text_of(entry, "side", _FILE, place, "")
    if side not in _SIDES:
        raise KnowledgeError(_FILE, f"{place}.side", side, "income, outlay or nothing")
    return side


def _kind(entry: Toml, kinds: frozenset[str], place: str) -> str:
    kind = text_of(entry, "table", _FILE, place)
    if kind not in kinds:
        raise KnowledgeError(_FILE, f"{place}.table", kind, f"one of {', '.join(sorted(kinds))}")
    return kind


def _tables(entry: Toml, kinds: frozenset[str], place: str) -> tuple[str, ...]:
    tables = texts_of(entry, "tables", _FILE, place)
    for kind in tables:
        if kind not in kinds:
            raise KnowledgeError(_FILE, f"{place}.tables", kind, f"one of {', '.join(sorted(kinds))}")
    return tables


def _patterns(entry: Toml, key: str, place: str) -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(text, _FILE, f"{place}.{key}") for text in texts_of(entry, key, _FILE, place))
