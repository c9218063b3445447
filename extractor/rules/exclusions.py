"""Exclusions: numbers that are no claims, each with the rule that says why.

Three tables of patterns: `leads` start at a tell-tale character and may hold their numbers anywhere
inside; the rules of `arabic` and `chinese` are matched where a number starts, and share `wordings`. The
words that stand around a number come from `kb/contexts.toml`, by name. All patterns are bounded, so
that no text makes them slow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..knowledge.source import alternation
from .arabic import PLAIN_COUNT, arabic_rules
from .chinese import chinese_rules
from .leads import LEAD_START, LEADS
from .pieces import HAN, B, D


@dataclass(frozen=True, slots=True, eq=False)
class Exclusions:
    """The compiled patterns; the group that matched names the rule (`rule_of`).

    `lead_start` finds where a lead is to be tried; `ranked` says that an ordinal before its place is a rank.
    """

    lead_start: re.Pattern[str]
    leads: re.Pattern[str]
    arabic: re.Pattern[str]
    chinese: re.Pattern[str]
    ranked: re.Pattern[str]


def compile_exclusions(contexts: Mapping[str, tuple[str, ...]], hotlines: frozenset[str]) -> Exclusions:
    """Returns the patterns of all exclusion rules over the word lists `contexts` and the known `hotlines`."""
    return Exclusions(
        LEAD_START,
        re.compile(_alternatives(LEADS), re.M),
        re.compile(f"{PLAIN_COUNT}(?:{_alternatives(arabic_rules(contexts, hotlines))})", re.M),
        re.compile(_alternatives(chinese_rules(contexts)), re.M),
        re.compile(rf"(?:{alternation(contexts['rank_before'])})(?:{HAN}{{0,4}})$"),
    )


def exclusion_patterns(
    contexts: Mapping[str, tuple[str, ...]], hotlines: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    """Returns every rule with its pattern, one by one: leads, Arabic, Chinese."""
    return (*LEADS, *arabic_rules(contexts, hotlines), *chinese_rules(contexts))


def rule_of(group: str | None) -> str:
    """Returns the rule id a pattern group is named after."""
    assert group is not None
    return group.replace("__", ".")


def _alternatives(rules: tuple[tuple[str, str], ...]) -> str:
    """Returns one alternation of `rules`, each a group named after its rule (`__` for `.`)."""
    return "|".join(f"(?P<{name.replace('.', '__')}>{pattern})" for name, pattern in rules)


QUOTES = re.compile(r"“[^“”\n]{1,24}”|「[^「」\n]{1,24}」|『[^『』\n]{1,24}』|‘[^‘’\n]{1,24}’|\"[^\"\n]*\"")
QUOTE_LONGEST = 26
# what a quoted name does not hold: the marks of a sentence, shares (but “3个95%”), large counts
QUOTE_SENTENCE = re.compile(
    rf"[,，。;；:：!！?？《》]|(?<![“\"][0-9]个[0-9]{{2}})(?<![“\"][0-9]个[0-9]{{3}})[%％]|{D}{{3,}}{B}[余多万]?{B}[条件次人篇项个家份户元](?!目)"
)
# what a house or floor number stands behind
ADDRESS_ENDS = frozenset("路街道巷弄里楼院幢座厦村号层元")
ADDRESS = re.compile(
    rf"{D}{{1,5}}(?:{B}[-—]{B}{D}{{1,4}})?{B}(?:号楼?|弄|室|楼|层|幢|单元|栋)(?:{B}{D}{{1,4}}{B}(?:号楼?|室|楼|层|单元|栋))*"
)
