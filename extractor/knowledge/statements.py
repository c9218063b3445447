"""The national form of final accounts and budgets: its tables, and where a quantity of the explanation stands."""

from __future__ import annotations

import re

from ..data.records import record
from ..errors import KnowledgeError
from .source import Toml, known_keys, pattern_of, read_toml, text_of, texts_of

_FILE = "statements.toml"


@record
class Place:
    """The cells of tables of the kind `table`: of a `row` label, in columns whose labels match each of `columns`."""

    table: str
    row: re.Pattern[str]
    columns: tuple[re.Pattern[str], ...]


@record
class Named:
    """A quantity told by the words before its number.

    `whole` is the id of what it must be part of, `after` what the number just before must be told by. `places` are
    tried in order.
    """

    id: str
    said: re.Pattern[str]
    whole: str
    after: re.Pattern[str] | None
    places: tuple[Place, ...]


@record
class Items:
    """How an item is named by the path of its codes (`path`, or `quoted` with `step` between its parts).

    `accounts` and `budget` match what may stand between the path and its number, which is at most `longest`
    characters and holds nothing of `next`; `column` is the column it stands in, `tail` what labels may lack. A
    sentence or section that `fund` or `capital` finds is about tables of that kind.
    """

    path: re.Pattern[str]
    quoted: re.Pattern[str]
    step: re.Pattern[str]
    accounts: re.Pattern[str]
    budget: re.Pattern[str]
    next: re.Pattern[str]
    longest: int
    column: re.Pattern[str]
    tail: re.Pattern[str]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]


@record
class Statements:
    """The form: `titles` of its tables by kind, of which a report has `least`, its quantities and items.

    `accounts` finds a title of accounts, or its words `often` in the text, `others` that a number is of some of the
    bodies only, `serial` a column of numbers of rows. Titles stand within `above` letters of the first cell, in lines
    of at most `line`. `pair` finds what joins two words to one name (收、支). What `planned` finds the words of is no
    number of accounts, but of columns that `planned_column` finds; in a `planned_table` only where the words around
    are `planned_about` it.
    """

    least: int
    accounts: re.Pattern[str]
    often: int
    others: re.Pattern[str]
    serial: re.Pattern[str]
    above: int
    line: int
    pair: re.Pattern[str]
    titles: tuple[tuple[str, re.Pattern[str]], ...]
    quantities: tuple[Named, ...]
    items: Items
    planned: re.Pattern[str]
    planned_column: re.Pattern[str]
    planned_table: str
    planned_about: re.Pattern[str]


def load_statements() -> Statements:
    """Returns the rules of `kb/statements.toml`.

    Raises:
        KnowledgeError: a key is wrong, a pattern is none, or a cell is of a table the form has not.
    """
    table = read_toml(_FILE)
    known_keys(
        table,
        frozenset(
            {
                "least",
                "accounts",
                "often",
                "others",
                "serial",
                "above",
                "line",
                "ended",
                "pair",
                "table",
                "quantity",
                "item",
                "planned",
            }
        ),
        _FILE,
        "(file)",
    )
    titles = tuple(
        (text_of(entry, "id", _FILE, "table"), pattern_of(entry, "title", _FILE, "table"))
        for entry in table.get("table", [])
    )
    kinds = frozenset(kind for kind, _ in titles)
    ended = pattern_of(table, "ended", _FILE, "(file)").pattern
    return Statements(
        least=int(table.get("least", len(titles))),
        accounts=pattern_of(table, "accounts", _FILE, "(file)"),
        often=int(table.get("often", 0)),
        others=pattern_of(table, "others", _FILE, "(file)"),
        serial=pattern_of(table, "serial", _FILE, "(file)"),
        above=int(table.get("above", 0)),
        line=int(table.get("line", 0)),
        pair=pattern_of(table, "pair", _FILE, "(file)"),
        titles=titles,
        quantities=tuple(_named(entry, kinds, ended) for entry in table.get("quantity", [])),
        items=_items(table.get("item", {})),
        planned=pattern_of(table.get("planned", {}), "said", _FILE, "planned"),
        planned_column=pattern_of(table.get("planned", {}), "column", _FILE, "planned"),
        planned_table=text_of(table.get("planned", {}), "table", _FILE, "planned"),
        planned_about=pattern_of(table.get("planned", {}), "about", _FILE, "planned"),
    )


def _named(entry: Toml, kinds: frozenset[str], ended: str) -> Named:
    place = f"quantity.{text_of(entry, 'id', _FILE, 'quantity')}"
    known_keys(entry, frozenset({"id", "said", "of", "after", "cells"}), _FILE, place)
    said = pattern_of(entry, "said", _FILE, place).pattern
    after = text_of(entry, "after", _FILE, place, "")
    return Named(
        id=text_of(entry, "id", _FILE, place),
        said=re.compile(f"(?:{said}){ended}"),
        whole=text_of(entry, "of", _FILE, place, ""),
        after=re.compile(f"(?:{after}){ended}") if after else None,
        places=tuple(_place(cell, kinds, place) for cell in entry.get("cells", [])),
    )


def _place(cell: Toml, kinds: frozenset[str], place: str) -> Place:
    known_keys(cell, frozenset({"table", "row", "columns"}), _FILE, place)
    table = text_of(cell, "table", _FILE, place)
    if table not in kinds:
        raise KnowledgeError(_FILE, place, table, f"one of {', '.join(sorted(kinds))}")
    columns = texts_of(cell, "columns", _FILE, place)
    return Place(
        table, pattern_of(cell, "row", _FILE, place), tuple(re.compile(column) for column in columns)
    )


def _items(entry: Toml) -> Items:
    keys = (
        "path",
        "quoted",
        "step",
        "accounts",
        "budget",
        "next",
        "longest",
        "column",
        "tail",
        "fund",
        "capital",
    )
    known_keys(entry, frozenset(keys), _FILE, "item")
    return Items(
        path=pattern_of(entry, "path", _FILE, "item"),
        quoted=pattern_of(entry, "quoted", _FILE, "item"),
        step=pattern_of(entry, "step", _FILE, "item"),
        accounts=pattern_of(entry, "accounts", _FILE, "item"),
        budget=pattern_of(entry, "budget", _FILE, "item"),
        next=pattern_of(entry, "next", _FILE, "item"),
        longest=int(entry.get("longest", 0)),
        column=pattern_of(entry, "column", _FILE, "item"),
        tail=pattern_of(entry, "tail", _FILE, "item"),
        kinds=tuple((kind, pattern_of(entry, kind, _FILE, "item")) for kind in ("fund", "capital")),
    )
