"""Reads `directions.toml`: sentences that say which of two told numbers is the greater."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from ..data.records import record
from ..errors import KnowledgeError
from .source import Toml, alternation, compiled, known_keys, pattern_of, read_toml, text_of, texts_of

_FILE = "directions.toml"


@record
class Directions:
    """How a direction is told.

    `signs` finds the words of a comparison, `compared` two things by name (groups `left` and `right`) and which is
    the greater (one of the groups `more`, `less`, `equal`, `near`, `level`), two `near` differing by less than
    the share `tolerance`, two on one `level` by less than `close`; `filler` ends their names and the words before a
    number, `opening` opens them, `alias` finds a
    number of a name by other words. `way` finds up or down (groups) at the end of the words before a number, `between`
    the same as all there is between two numbers, `behind` behind one. `copula` ends the words before a
    number; `since` matches the words of a sentence up to
    the number by which its `subject` changed from another year; `base` ends the words before last year's number,
    `moved` is all there is between that and by how much it changed. `used` finds the share of a budget that was used,
    `spent` and `budget` its terms. `accounts` finds the year (group) that accounts name as theirs,
    `often` at least and in the share `nearly` of all places; a sentence that `former` finds speaks of the year before.
    """

    compared: re.Pattern[str]
    signs: re.Pattern[str]
    filler: re.Pattern[str]
    opening: re.Pattern[str]
    alias: Mapping[str, re.Pattern[str]]
    tolerance: Decimal
    close: Decimal
    way: re.Pattern[str]
    between: re.Pattern[str]
    behind: re.Pattern[str]
    copula: re.Pattern[str]
    since: re.Pattern[str]
    base: re.Pattern[str]
    moved: re.Pattern[str]
    used: re.Pattern[str]
    spent: re.Pattern[str]
    budget: re.Pattern[str]
    accounts: re.Pattern[str]
    often: int
    nearly: Decimal
    former: re.Pattern[str]


def load_directions() -> Directions:
    """Returns the rules of `kb/directions.toml`.

    Raises:
        KnowledgeError: a key is wrong, or a pattern is none.
    """
    table = read_toml(_FILE)
    known_keys(table, frozenset({"compare", "change", "used", "year"}), _FILE, "(file)")
    compare = _section(
        table,
        "compare",
        "more",
        "less",
        "equal",
        "near",
        "level",
        "thing",
        "end",
        "filler",
        "opening",
        "alias",
        "tolerance",
        "close",
    )
    change = _section(
        table, "change", "up", "down", "manner", "filler", "since", "base", "moved", "behind", "copula"
    )
    used = _section(table, "used", "head", "spent", "budget")
    year = _section(table, "year", "accounts", "often", "nearly", "former")
    told = "|".join(
        f"(?P<{key}>{alternation(texts_of(compare, key, _FILE, 'compare'))})"
        for key in ("more", "less", "equal")
    )
    thing, end, near, level = (
        text_of(compare, key, _FILE, "compare") for key in ("thing", "end", "near", "level")
    )
    up, down = (alternation(texts_of(change, key, _FILE, "change")) for key in ("up", "down"))
    manner, filler, since, behind = (
        text_of(change, key, _FILE, "change") for key in ("manner", "filler", "since", "behind")
    )
    way = f"(?:(?P<up>{up})|(?P<down>{down}))"
    alias = compare.get("alias", {})
    tolerance, close = (_share(compare, key) for key in ("tolerance", "close"))
    words = alternation(
        word for key in ("more", "less", "equal") for word in texts_of(compare, key, _FILE, key)
    )
    return Directions(
        signs=compiled(f"{words}|{near}|{level}", _FILE, "compare"),
        compared=compiled(
            rf"(?P<left>{thing})(?:(?:{told})(?P<right>{thing})|与(?P<other>{thing})(?:(?P<near>{near})|(?P<level>{level}))){end}",
            _FILE,
            "compare",
        ),
        filler=pattern_of(compare, "filler", _FILE, "compare"),
        opening=pattern_of(compare, "opening", _FILE, "compare"),
        alias={name: pattern_of(alias, name, _FILE, "compare.alias") for name in alias},
        tolerance=tolerance,
        close=close,
        way=compiled(rf"{way}{filler}$", _FILE, "change"),
        between=compiled(rf"{behind}{manner}{way}{filler}$", _FILE, "change"),
        behind=compiled(rf"{behind}(?:相比)?,?{manner}{way}", _FILE, "change.behind"),
        copula=pattern_of(change, "copula", _FILE, "change"),
        since=compiled(rf"{since}{way}{filler}$", _FILE, "change.since"),
        base=pattern_of(change, "base", _FILE, "change"),
        moved=compiled(rf"{text_of(change, 'moved', _FILE, 'change')}{way}{filler}$", _FILE, "change.moved"),
        used=pattern_of(used, "head", _FILE, "used"),
        spent=pattern_of(used, "spent", _FILE, "used"),
        budget=pattern_of(used, "budget", _FILE, "used"),
        accounts=pattern_of(year, "accounts", _FILE, "year"),
        often=int(year.get("often", 0)),
        nearly=Decimal(year.get("nearly", 1)),
        former=pattern_of(year, "former", _FILE, "year"),
    )


def _share(table: Toml, key: str) -> Decimal:
    share = table.get(key)
    if not isinstance(share, Decimal):
        raise KnowledgeError(_FILE, f"compare.{key}", share, "a share")
    return share


def _section(table: Toml, name: str, *keys: str) -> Toml:
    section = table.get(name)
    if not isinstance(section, dict):
        raise KnowledgeError(_FILE, name, section, "a table")
    known_keys(section, frozenset(keys), _FILE, name)
    return section
