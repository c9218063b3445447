"""Reads `outline.toml`: titles of final accounts and budgets against one another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from ..data.records import record
from .source import Section, read_toml

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


def load_outline(kinds: frozenset[str]) -> Outline:
    """Returns the rules of `kb/outline.toml` for tables of these `kinds`.

    Raises:
        KnowledgeError: a key is wrong, a pattern is none, or amounts are of a table the form has not.
    """
    with Section(read_toml(_FILE), _FILE) as table:
        year, contents, amounts = (table.section(key) for key in ("year", "contents", "amounts"))
        for kind in amounts:
            if kind not in kinds:
                raise amounts.wrong(kind, f"one of {', '.join(sorted(kinds))}", kind)
        return Outline(
            first=year.whole("first"),
            title=year.pattern("title"),
            heading=year.pattern("heading"),
            heading_longest=year.whole("longest"),
            back=year.pattern("back"),
            apart=year.whole("apart"),
            contents=contents.pattern("title"),
            longest=contents.whole("longest"),
            most=contents.whole("most"),
            between=contents.pattern("between"),
            before=contents.pattern("before"),
            behind=contents.pattern("behind"),
            table=contents.pattern("table"),
            least=contents.whole("least"),
            found=contents.share("found"),
            blank=table.section("blank").pattern("pattern"),
            amounts={kind: amounts.pattern(kind) for kind in amounts},
        )
