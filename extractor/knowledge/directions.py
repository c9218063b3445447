"""Reads `directions.toml`: sentences that say which of two told numbers is the greater."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from ..data.records import record
from .source import Section, alternation, read_toml

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
    with Section(read_toml(_FILE), _FILE) as table:
        return _directions(table)


def _directions(table: Section) -> Directions:
    compare, change, used, year = (table.section(key) for key in ("compare", "change", "used", "year"))
    told = "|".join(f"(?P<{key}>{alternation(compare.texts(key))})" for key in ("more", "less", "equal"))
    thing, end, near, level = (compare.text(key) for key in ("thing", "end", "near", "level"))
    up, down = (alternation(change.texts(key)) for key in ("up", "down"))
    manner, filler, since, behind = (change.text(key) for key in ("manner", "filler", "since", "behind"))
    way = f"(?:(?P<up>{up})|(?P<down>{down}))"
    alias = compare.section("alias")
    words = alternation(word for key in ("more", "less", "equal") for word in compare.texts(key))
    return Directions(
        signs=compare.compiled(f"{words}|{near}|{level}", "more"),
        compared=compare.compiled(
            rf"(?P<left>{thing})(?:(?:{told})(?P<right>{thing})|与(?P<other>{thing})(?:(?P<near>{near})|(?P<level>{level}))){end}",
            "thing",
        ),
        filler=compare.pattern("filler"),
        opening=compare.pattern("opening"),
        alias={name: alias.pattern(name) for name in alias},
        tolerance=compare.share("tolerance"),
        close=compare.share("close"),
        way=change.compiled(rf"{way}{filler}$", "up"),
        between=change.compiled(rf"{behind}{manner}{way}{filler}$", "up"),
        behind=change.compiled(rf"{behind}(?:相比)?,?{manner}{way}", "behind"),
        copula=change.pattern("copula"),
        since=change.compiled(rf"{since}{way}{filler}$", "since"),
        base=change.pattern("base"),
        moved=change.compiled(rf"{change.text('moved')}{way}{filler}$", "moved"),
        used=used.pattern("head"),
        spent=used.pattern("spent"),
        budget=used.pattern("budget"),
        accounts=year.pattern("accounts"),
        often=year.whole("often"),
        nearly=year.share("nearly"),
        former=year.pattern("former"),
    )
