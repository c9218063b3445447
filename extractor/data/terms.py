"""The closed lists of words a result is told in, and `Problem`, trouble with an input kept as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from .records import record

Param = str | int | Decimal
Params = Mapping[str, Param]


class Verdict(StrEnum):
    """What a claim's comparison with the table came to (domain: §4)."""

    MATCH = "match"
    APPROXIMATE = "approximate_match"
    MISMATCH = "mismatch"
    SCOPE = "scope_differs"
    EMPTY = "cell_empty"
    ABSENT = "not_in_table"
    DOUBTFUL = "table_doubtful"
    AMBIGUOUS = "ambiguous"
    UNCHECKED = "not_checkable"


class Severity(StrEnum):
    """How much an auditor should care; apart from the verdict."""

    ERROR = "error"
    REVIEW = "review"
    INFO = "info"


class Status(StrEnum):
    """Where a number of the narrative ended."""

    CLAIMED = "claimed"
    EXCLUDED = "excluded"
    UNEXPLAINED = "unexplained"


class Relation(StrEnum):
    """What a claim says about its indicator.

    In order: how many, how many in all, by how much more or less, at what rate, what share of a whole, which
    place in a ranking, and what it should be.
    """

    LEVEL = "level"
    TOTAL = "total"
    CHANGE = "change"
    RATE = "rate"
    SHARE = "share"
    RANK = "rank"
    NORM = "norm"


class CellState(StrEnum):
    """What a table cell holds; the four ways of holding no number are four different things."""

    VALUE = "value"
    BLANK = "blank"
    SLASH = "slash"
    DASH = "dash"
    TEXT = "text"


@record
class Problem:
    """Bad input, kept as data: what, where, and the parameters of its message in `kb/problems.toml`."""

    code: str
    file: str
    place: str = ""
    params: Params = field(default_factory=dict)
