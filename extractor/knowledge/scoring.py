"""Words of the evaluation and the coarse groups of exclusion reasons: `kb/scoring.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ..errors import KnowledgeError
from .messages import LANGUAGES, Text
from .source import Toml, known_keys, read_toml, text_of

_FILE = "scoring.toml"


@dataclass(frozen=True, slots=True)
class Scoring:
    """Interface words by key, metric names by id in their order, and exclusion code → coarse group."""

    words: Mapping[str, Text]
    metrics: Mapping[str, Text]
    groups: Mapping[str, str]

    def word(self, key: str, lang: str) -> str:
        """Returns the word at `key`."""
        return self.words[key][lang]


@cache
def load_scoring() -> Scoring:
    """Returns the words of the evaluation, read once a process.

    Raises:
        KnowledgeError: a text or a language is missing, or a key is misspelt.
    """
    table = read_toml(_FILE)
    known_keys(table, frozenset({"words", "metrics", "groups"}), _FILE, "")
    groups = table.get("groups", {})
    return Scoring(
        _texts(table, "words"),
        _texts(table, "metrics"),
        {code: text_of(groups, code, _FILE, "groups") for code in groups},
    )


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
