"""Reads `ledger.toml`: what must agree in the tables of final accounts and budgets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..data.records import record
from .source import Section, read_toml

_FILE = "ledger.toml"
INCOME, OUTLAY = "income", "outlay"
_SIDES = frozenset({"", INCOME, OUTLAY})
_ANY = ""
_SAME = "="
_THREE = ("bought", "run", "cars", "abroad", "guests", "total")


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
    with Section(read_toml(_FILE), _FILE) as table:
        return Identities(
            outlay=table.pattern("outlay"),
            inside=table.pattern("inside"),
            kinds=table.pattern("kinds"),
            whole=table.pattern("whole"),
            sums_of=table.pattern("sums"),
            across=tuple(_across(entry, kinds) for entry in table.sections("across")),
            trees=tuple(Tree(_told(entry), _tables(entry, kinds)) for entry in table.sections("tree")),
            staff=_staff(table.section("staff"), kinds),
            sums=tuple(_sum(entry, kinds) for entry in table.sections("sum")),
            lists=tuple(_listing(entry, kinds) for entry in table.sections("list")),
            same=tuple(_same(entry, kinds) for entry in table.sections("same")),
            three=_three(table.section("three"), kinds),
            echoes=tuple(_spots(entry, "spots", kinds) for entry in table.sections("echo")),
        )


def _told(entry: Section, name: str | None = None) -> Told:
    return Told(name or entry.text("id"), entry.text("zh"), entry.text("en"))


def _across(entry: Section, kinds: frozenset[str]) -> Across:
    return Across(
        _told(entry),
        _tables(entry, kinds),
        entry.pattern("total"),
        entry.patterns("parts"),
        entry.pattern("aside"),
    )


def _staff(entry: Section, kinds: frozenset[str]) -> Staff:
    return Staff(
        _told(entry, "staff"),
        _kind(entry, kinds),
        entry.texts("codes"),
        entry.pattern("staff"),
        entry.pattern("running"),
    )


def _sum(entry: Section, kinds: frozenset[str]) -> Sum:
    return Sum(
        _told(entry),
        _spot(entry.section("total"), kinds),
        _spots(entry, "parts", kinds),
        entry.patterns("columns"),
    )


def _listing(entry: Section, kinds: frozenset[str]) -> Listing:
    return Listing(
        _told(entry), _kind(entry, kinds), _side(entry), entry.pattern("total"), entry.pattern("items")
    )


def _same(entry: Section, kinds: frozenset[str]) -> Same:
    return Same(
        _told(entry),
        _spot(entry.section("left"), kinds),
        _spots(entry, "right", kinds),
        _spots(entry, "plus", kinds),
    )


def _three(entry: Section, kinds: frozenset[str]) -> Three:
    names = entry.section("names")
    return Three(
        _told(entry, "three"),
        _kind(entry, kinds),
        entry.pattern("others"),
        {name: names.pattern(name) for name in _THREE},
    )


def _spots(entry: Section, key: str, kinds: frozenset[str]) -> tuple[Spot, ...]:
    return tuple(_spot(spot, kinds) for spot in entry.sections(key))


def _spot(entry: Section, kinds: frozenset[str]) -> Spot:
    row = entry.text("row", _ANY)
    return Spot(
        _kind(entry, kinds),
        _side(entry),
        entry.compiled(_ANY if row == _SAME else row, "row"),
        entry.patterns("columns"),
        entry.whole("code", 0),
        row == _SAME,
    )


def _side(entry: Section) -> str:
    side = entry.text("side", "")
    if side not in _SIDES:
        raise entry.wrong("side", "income, outlay or nothing")
    return side


def _kind(entry: Section, kinds: frozenset[str]) -> str:
    return _known(entry.text("table"), entry, "table", kinds)


def _tables(entry: Section, kinds: frozenset[str]) -> tuple[str, ...]:
    return tuple(_known(kind, entry, "tables", kinds) for kind in entry.texts("tables"))


def _known(kind: str, entry: Section, key: str, kinds: frozenset[str]) -> str:
    if kind not in kinds:
        raise entry.wrong(key, f"one of {', '.join(sorted(kinds))}", kind)
    return kind
