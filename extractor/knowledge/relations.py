"""How prose says what a number says of its indicator: words of sums, changes, shares, rates and norms."""

from __future__ import annotations

import re
from collections.abc import Callable

import regex

from ..data.records import record
from .source import Toml, alternation, known_keys, text_of, texts_of

_FILE = "discourse.toml"

Compile = Callable[[str, str], regex.Pattern[str]]


@record
class Relations:
    """Cue words of what a number says about its indicator.

    `every` says that a limit is for each to keep.
    `change_right_before` stands right before a rate of change, `share_of` before a part of a whole, what `beside`
    matches before a number that a total is compared with. `betters` make a change of `grades` only; what is named
    with `mean` is no limit, nor is what stands behind `aims`; behind one of `reached` stands what a change led to.
    `moved` finds the cues of change and share (groups change, share) before a rate; `change` matches
    the end of the words before a count, `total` are words that make it a total, `norm` stands within
    a few characters before it; it may open with one of `norm_limits` and be followed by one of
    `norm_nouns`; `norm_after` are what a time limit ends with or is followed by.
    """

    moved: re.Pattern[str]
    change: re.Pattern[str]
    total: frozenset[str]
    share_names: tuple[str, ...]
    share_rules: frozenset[str]
    share_after: tuple[str, ...]
    rate_names: tuple[str, ...]
    compared: regex.Pattern[str]
    change_right_before: tuple[str, ...]
    share_of: tuple[str, ...]
    betters: frozenset[str]
    grades: frozenset[str]
    grade_nouns: tuple[str, ...]
    reached: tuple[str, ...]
    mean: str
    aims: regex.Pattern[str]
    beside: regex.Pattern[str]
    norm_units: frozenset[str]
    each: re.Pattern[str]
    every: re.Pattern[str]
    norm: regex.Pattern[str]
    floors: tuple[str, ...]
    ceilings: tuple[str, ...]
    norm_limits: tuple[str, ...]
    norm_time_limits: tuple[str, ...]
    norm_nouns: tuple[str, ...]
    norm_after: tuple[str, ...]


def read_relations(table: Toml, compiled: Compile) -> Relations:
    """Returns the table `relations`."""
    keys = (
        "change",
        "share",
        "total",
        "norm_before",
        "norm_right_before",
        "norm_after",
        "norm_limits",
        "norm_time_limits",
        "norm_nouns",
        "change_rate_only",
        "share_rules",
        "share_after",
        "rate_names",
        "norm_units",
        "norm_each",
        "norm_every",
        "change_right_before",
        "share_of",
        "betters",
        "grades",
        "grade_nouns",
        "floors",
        "ceilings",
        "reached",
    )
    known_keys(table, frozenset({*keys, "compared", "mean", "aims", "beside"}), _FILE, "relations")
    words = {key: texts_of(table, key, _FILE, "relations") for key in keys}
    counts = tuple(word for word in words["change"] if word not in words["change_rate_only"])
    return Relations(
        moved=re.compile(
            rf"(?P<change>(?:{alternation(words['change'])})(?!至|到|(?<![幅速])为|面|点|[^,;。\d]{{0,8}}(?:率|比重|贡献)))|(?P<share>{alternation(words['share'])})"
        ),
        change=re.compile(rf"(?P<word>{alternation(counts)})[了约近超:]*$"),
        total=frozenset(words["total"]),
        share_names=words["share"],
        share_rules=frozenset(words["share_rules"]),
        share_after=words["share_after"],
        rate_names=words["rate_names"],
        compared=compiled(text_of(table, "compared", _FILE, "relations"), "relations.compared"),
        beside=compiled(text_of(table, "beside", _FILE, "relations"), "relations.beside"),
        aims=compiled(text_of(table, "aims", _FILE, "relations"), "relations.aims"),
        reached=words["reached"],
        mean=text_of(table, "mean", _FILE, "relations"),
        betters=frozenset(words["betters"]),
        grades=frozenset(words["grades"]),
        grade_nouns=words["grade_nouns"],
        change_right_before=words["change_right_before"],
        share_of=words["share_of"],
        norm_units=frozenset(words["norm_units"]),
        each=re.compile(alternation(words["norm_each"])),
        every=re.compile(rf"{alternation(words['norm_every'])}[^的]*$"),
        norm=regex.compile(
            rf"(?:{alternation(words['norm_before'])})[^的]*$|(?:{alternation(words['norm_right_before'])})$"
        ),
        floors=words["floors"],
        ceilings=words["ceilings"],
        norm_limits=words["norm_limits"],
        norm_time_limits=words["norm_time_limits"],
        norm_nouns=words["norm_nouns"],
        norm_after=words["norm_after"],
    )
