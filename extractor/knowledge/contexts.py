"""The words around a number that decide what it is: named lists of `kb/contexts.toml`."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import KnowledgeError
from .source import known_keys, read_toml, text_of, texts_of

_FILE = "contexts.toml"
_KEYS = frozenset({"why", "words", "letters"})
# the lists that the grammar names
_NAMES = frozenset(
    {
        "absence",
        "article_verbs",
        "bound_nouns",
        "bound_verbs",
        "campaign",
        "code_words",
        "counted",
        "dotted_units",
        "duration_after",
        "each",
        "each_deed",
        "each_unit",
        "emergency_after",
        "event",
        "hedge_units",
        "hedge_words",
        "holidays",
        "hotline_after",
        "hotline_before",
        "issue_heads",
        "issue_letters",
        "issue_nouns",
        "issue_verbs",
        "measured_behind",
        "measured_span",
        "no_measure",
        "one_unit",
        "period_after",
        "period_before",
        "period_changes",
        "period_lasting",
        "period_not_before",
        "period_nouns",
        "period_verbs",
        "plan_names",
        "plan_verbs",
        "rank_after",
        "rank_before",
        "rate_names",
        "ratio_before",
        "second_of",
        "service_hours",
        "size_counted",
        "size_counters",
        "size_fine",
        "size_goods",
        "size_made",
        "size_makers",
        "size_marks",
        "size_plants",
        "size_powers",
        "size_round",
        "size_totals",
        "size_units",
        "size_works",
        "threshold_groups",
        "threshold_nouns",
        "threshold_sizes",
        "threshold_units",
        "value_before",
        "value_verbs",
        "voltage_nouns",
    }
)


def load_contexts() -> Mapping[str, tuple[str, ...]]:
    """Returns the word lists by name; `letters` are words of one character each.

    Raises:
        KnowledgeError: a list is missing, unknown, empty, without a reason, or holds a word twice.
    """
    toml = read_toml(_FILE)
    known_keys(toml, _NAMES, _FILE, "")
    contexts = {}
    for name in sorted(_NAMES):
        table = toml.get(name)
        if table is None:
            raise KnowledgeError(_FILE, name, "nothing", "a list of words")
        known_keys(table, _KEYS, _FILE, name)
        text_of(table, "why", _FILE, name)
        words = texts_of(table, "words", _FILE, name) + tuple(text_of(table, "letters", _FILE, name, ""))
        if not words or len(set(words)) != len(words):
            raise KnowledgeError(_FILE, name, words, "at least one word, each once")
        contexts[name] = words
    return contexts
