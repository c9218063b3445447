"""The national form of final accounts and budgets: its tables, and where a quantity of the explanation stands."""

from __future__ import annotations

import re

from ..data.records import record
from .source import Section, read_toml

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
    bodies only, `system` that what a sentence tells from there on is of more, `serial` a column of numbers of rows.
    Titles stand within `above` letters of the first cell, in lines of at most `line`. `pair` finds what joins two
    words to one name (收、支). What `planned` finds the words of is no number of accounts, but of columns that
    `planned_column` finds; in a `planned_table` only where the words around are `planned_about` it.
    """

    least: int
    accounts: re.Pattern[str]
    often: int
    others: re.Pattern[str]
    system: re.Pattern[str]
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

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of tables that the form has."""
        return frozenset(kind for kind, _ in self.titles)


def load_statements() -> Statements:
    """Returns the rules of `kb/statements.toml`.

    Raises:
        KnowledgeError: a key is wrong, a pattern is none, or a cell is of a table the form has not.
    """
    with Section(read_toml(_FILE), _FILE) as table:
        return _statements(table)


def _statements(table: Section) -> Statements:
    titles = tuple((entry.text("id"), entry.pattern("title")) for entry in table.sections("table"))
    kinds = frozenset(kind for kind, _ in titles)
    ended, planned = table.text("ended"), table.section("planned")
    return Statements(
        least=table.whole("least"),
        accounts=table.pattern("accounts"),
        often=table.whole("often"),
        others=table.pattern("others"),
        system=table.pattern("system"),
        serial=table.pattern("serial"),
        above=table.whole("above"),
        line=table.whole("line"),
        pair=table.pattern("pair"),
        titles=titles,
        quantities=tuple(_named(entry, kinds, ended) for entry in table.sections("quantity")),
        items=_items(table.section("item")),
        planned=planned.pattern("said"),
        planned_column=planned.pattern("column"),
        planned_table=planned.text("table"),
        planned_about=planned.pattern("about"),
    )


def _named(entry: Section, kinds: frozenset[str], ended: str) -> Named:
    after = entry.text("after", "")
    return Named(
        id=entry.text("id"),
        said=entry.compiled(f"(?:{entry.text('said')}){ended}", "said"),
        whole=entry.text("of", ""),
        after=entry.compiled(f"(?:{after}){ended}", "after") if after else None,
        places=tuple(_place(cell, kinds) for cell in entry.sections("cells")),
    )


def _place(cell: Section, kinds: frozenset[str]) -> Place:
    table = cell.text("table")
    if table not in kinds:
        raise cell.wrong("table", f"one of {', '.join(sorted(kinds))}")
    return Place(table, cell.pattern("row"), cell.patterns("columns"))


def _items(entry: Section) -> Items:
    return Items(
        path=entry.pattern("path"),
        quoted=entry.pattern("quoted"),
        step=entry.pattern("step"),
        accounts=entry.pattern("accounts"),
        budget=entry.pattern("budget"),
        next=entry.pattern("next"),
        longest=entry.whole("longest"),
        column=entry.pattern("column"),
        tail=entry.pattern("tail"),
        kinds=tuple((kind, entry.pattern(kind)) for kind in ("fund", "capital")),
    )
