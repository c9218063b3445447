"""How prose says what a number says of its indicator: words of sums, changes, shares, rates and norms."""

from __future__ import annotations

import re

import regex

from ..data.records import record
from .source import Section, alternation


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


def read_relations(table: Section) -> Relations:
    """Returns the table `relations`."""
    rates = table.set("change_rate_only")
    counts = tuple(word for word in table.texts("change") if word not in rates)
    return Relations(
        moved=re.compile(
            rf"(?P<change>(?:{alternation(table.texts('change'))})(?!至|到|(?<![幅速])为|面|点|[^,;。\d]{{0,8}}(?:率|比重|贡献)))|(?P<share>{alternation(table.texts('share'))})"
        ),
        change=re.compile(rf"(?P<word>{alternation(counts)})[了约近超:]*$"),
        total=table.set("total"),
        share_names=table.texts("share"),
        share_rules=table.set("share_rules"),
        share_after=table.texts("share_after"),
        rate_names=table.texts("rate_names"),
        compared=table.regex_pattern("compared"),
        beside=table.regex_pattern("beside"),
        aims=table.regex_pattern("aims"),
        reached=table.texts("reached"),
        mean=table.text("mean"),
        betters=table.set("betters"),
        grades=table.set("grades"),
        grade_nouns=table.texts("grade_nouns"),
        change_right_before=table.texts("change_right_before"),
        share_of=table.texts("share_of"),
        norm_units=table.set("norm_units"),
        each=re.compile(alternation(table.texts("norm_each"))),
        every=re.compile(rf"{alternation(table.texts('norm_every'))}[^的]*$"),
        norm=regex.compile(
            rf"(?:{alternation(table.texts('norm_before'))})[^的]*$|(?:{alternation(table.texts('norm_right_before'))})$"
        ),
        floors=table.texts("floors"),
        ceilings=table.texts("ceilings"),
        norm_limits=table.texts("norm_limits"),
        norm_time_limits=table.texts("norm_time_limits"),
        norm_nouns=table.texts("norm_nouns"),
        norm_after=table.texts("norm_after"),
    )
