"""What the evaluation knows: `kb/scoring.toml`, its words, its groups, and what makes a claim hard."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ..data.records import record
from ..errors import KnowledgeError
from .messages import LANGUAGES, Text
from .source import Toml, known_keys, pattern_of, read_toml, text_of, texts_of
from .templates import load_templates

_FILE = "scoring.toml"
_TEXTS = ("words", "kinds", "metrics", "agreement", "dimensions", "indicators")
_TESTS = frozenset({"matches", "among", "outside", "least"})
OUTSIDE_FORMS = frozenset({"cell", "none"})
"""Groups of claims that no row of a national form names: a cell of another table, or nothing."""

Trait = str | int


@record
class Flag:
    """One thing that makes a claim hard: a name, what it looks at (`of`), and the one test that is set."""

    id: str
    name: Text
    of: str
    matches: re.Pattern[str] | None
    among: frozenset[str]
    outside: frozenset[str]
    least: int | None

    def holds(self, value: Trait) -> bool:
        """Returns whether the claim whose `of` is `value` is hard in this way."""
        if self.matches is not None:
            return self.matches.search(str(value)) is not None
        if self.least is not None:
            return isinstance(value, int) and value >= self.least
        return value in self.among if self.among else value not in self.outside


@record
class Scoring:
    """All that `kb/scoring.toml` holds, each table in its order; `groups` maps exclusion code → coarse group."""

    words: Mapping[str, Text]
    kinds: Mapping[str, Text]
    metrics: Mapping[str, Text]
    agreement: Mapping[str, Text]
    dimensions: Mapping[str, Text]
    indicators: Mapping[str, Text]
    flags: tuple[Flag, ...]
    groups: Mapping[str, str]

    def word(self, key: str, lang: str) -> str:
        """Returns the word at `key`."""
        return self.words[key][lang]

    def group_name(self, dimension: str, group: str, lang: str) -> str:
        """Returns what a group of a dimension is called; its own id where it has no other name."""
        if dimension == "flag":
            return next((flag.name[lang] for flag in self.flags if flag.id == group), group)
        if dimension == "indicator":
            return self.indicators[group][lang]
        return group or self.word("no_template" if dimension == "template" else "unfound", lang)


@cache
def load_scoring() -> Scoring:
    """Returns what the evaluation knows, read once a process.

    Raises:
        KnowledgeError: a text or a language is missing, a key is misspelt, a flag has not exactly one test, or
            the groups of indicators are not those of the templates.
    """
    table = read_toml(_FILE)
    known_keys(table, frozenset({*_TEXTS, "flags", "groups"}), _FILE, "")
    groups = table.get("groups", {})
    words, kinds, metrics, agreement, dimensions, indicators = (_texts(table, key) for key in _TEXTS)
    wanted = set(_groups_of_rows().values()) | OUTSIDE_FORMS
    if set(indicators) != wanted:
        raise KnowledgeError(
            _FILE, "indicators", sorted(indicators), f"names for {', '.join(sorted(wanted))}"
        )
    return Scoring(
        words,
        kinds,
        metrics,
        agreement,
        dimensions,
        indicators,
        tuple(read_flag(name, entry) for name, entry in table.get("flags", {}).items()),
        {code: text_of(groups, code, _FILE, "groups") for code in groups},
    )


def indicator_group(indicators: tuple[str, ...]) -> str:
    """Returns the group of the first of a claim's indicators: a key of `Scoring.indicators`."""
    if not indicators:
        return "none"
    return _groups_of_rows().get(indicators[0], "cell")


@cache
def _groups_of_rows() -> Mapping[str, str]:
    return {code: indicator.group for code, indicator in load_templates().indicators.items()}


def read_flag(name: str, entry: Toml) -> Flag:
    """Returns the flag `name` from its table.

    Raises:
        KnowledgeError: a key is misspelt, or the flag has not exactly one test.
    """
    place = f"flags.{name}"
    known_keys(entry, frozenset({*LANGUAGES, "of", *_TESTS}), _FILE, place)
    if len(tests := _TESTS & entry.keys()) != 1:
        raise KnowledgeError(_FILE, place, sorted(tests), f"one of {', '.join(sorted(_TESTS))}")
    least = entry.get("least")
    if least is not None and not isinstance(least, int):
        raise KnowledgeError(_FILE, f"{place}.least", least, "a whole number")
    return Flag(
        name,
        {lang: text_of(entry, lang, _FILE, place) for lang in LANGUAGES},
        text_of(entry, "of", _FILE, place),
        _pattern(entry, place),
        frozenset(texts_of(entry, "among", _FILE, place)),
        frozenset(texts_of(entry, "outside", _FILE, place)),
        least,
    )


def _pattern(entry: Toml, place: str) -> re.Pattern[str] | None:
    return pattern_of(entry, "matches", _FILE, place) if "matches" in entry else None


def _texts(table: Toml, key: str) -> Mapping[str, Text]:
    texts = table.get(key)
    if not isinstance(texts, dict):
        raise KnowledgeError(_FILE, key, texts, "a table of texts")
    for name, text in texts.items():
        known_keys(text, frozenset(LANGUAGES), _FILE, f"{key}.{name}")
    return {
        name: {lang: text_of(text, lang, _FILE, f"{key}.{name}") for lang in LANGUAGES}
        for name, text in texts.items()
    }
