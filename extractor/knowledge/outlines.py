"""Reads `outline.toml`: titles of final accounts and budgets against one another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from ..data.records import record
from .source import known_keys, pattern_of, read_toml

_FILE = "outline.toml"


@record
class Outline:
    """How headings tell a year, what contents look like, and what a model text leaves to be filled in.

    One of the `first` lines is the document's `title` and names its year; a `heading` of at most `heading_longest`
    letters names one too, unless it looks `back` or lies more than `apart` years off. `contents` begins a list of at
    most `most` lines of at most `longest` letters; `between` parts entries of one line, `before` and `behind` are what
    stands around one, `table` finds one that is a table. A list of `least` tables counts, of which the share `found`
    must be there. `blank` finds what was not filled in; `amounts`, by kind of table, the words before its amounts.
    """

    first: int
    title: re.Pattern[str]
    heading: re.Pattern[str]
    heading_longest: int
    back: re.Pattern[str]
    apart: int
    contents: re.Pattern[str]
    longest: int
    most: int
    between: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    table: re.Pattern[str]
    least: int
    found: Decimal
    blank: re.Pattern[str]
    amounts: Mapping[str, re.Pattern[str]]


def load_outline() -> Outline:
    """Returns the rules of `kb/outline.toml`.

    Raises:
        KnowledgeError: a key is wrong, or a pattern is none.
    """
    table = read_toml(_FILE)
    known_keys(table, frozenset({"year", "contents", "blank", "amounts"}), _FILE, "(file)")
    year, contents, blank, amounts = (
        table.get(name, {}) for name in ("year", "contents", "blank", "amounts")
    )
    known_keys(year, frozenset({"first", "title", "longest", "heading", "back", "apart"}), _FILE, "year")
    keys = frozenset({"title", "longest", "most", "between", "before", "behind", "table", "least", "found"})
    known_keys(contents, keys, _FILE, "contents")
    known_keys(blank, frozenset({"pattern"}), _FILE, "blank")
    return Outline(
        first=int(year.get("first", 0)),
        title=pattern_of(year, "title", _FILE, "year"),
        heading=pattern_of(year, "heading", _FILE, "year"),
        heading_longest=int(year.get("longest", 0)),
        back=pattern_of(year, "back", _FILE, "year"),
        apart=int(year.get("apart", 0)),
        contents=pattern_of(contents, "title", _FILE, "contents"),
        longest=int(contents.get("longest", 0)),
        most=int(contents.get("most", 0)),
        between=pattern_of(contents, "between", _FILE, "contents"),
        before=pattern_of(contents, "before", _FILE, "contents"),
        behind=pattern_of(contents, "behind", _FILE, "contents"),
        table=pattern_of(contents, "table", _FILE, "contents"),
        least=int(contents.get("least", 0)),
        found=Decimal(contents.get("found", 1)),
        blank=pattern_of(blank, "pattern", _FILE, "blank"),
        amounts={kind: pattern_of(amounts, kind, _FILE, "amounts") for kind in amounts},
    )
