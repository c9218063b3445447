"""Reads `facets.toml`: the words of phrases and labels, cross-checked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from ..errors import KnowledgeError
from .gazetteer import KINDS, Alone, Gazetteer, Others, Standing
from .source import Toml, known_keys, pattern_of, read_toml, text_of, texts_of

_FACETS = "facets.toml"
_TABLES = frozenset(
    {*KINDS, "home", "meant", "turned", "columns", "implied", "counted", "grounds", "namesakes", "syntax"}
    | {"neutral"}
)


_SYNTAX = frozenset(
    {
        "connectors",
        "joints",
        "of_numbers",
        "light",
        "dominant",
        "of_applicant",
        "yielding",
        "nearest",
        "rest",
        "last_year",
        "as_of",
        "gazette_name",
        "account_name",
        "shared",
        "others",
        "tails",
        "apart",
        "amounts",
        "aside",
        "standing",
        "leads",
        "totals",
        "caption",
        "item",
        "generic",
        "final",
        "money",
        "own_topic",
        "law_name",
        "placed",
        "of_channel",
        "alone",
        "topical",
        "one_level",
        "denied_twice",
        "alike",
        "agreed",
    }
)


def load_gazetteer() -> Gazetteer:
    """Returns the gazetteer of `facets.toml`.

    Raises:
        KnowledgeError: a key is missing or misspelt, a word stands twice, or one names what is not there.
    """
    return _gazetteer(read_toml(_FACETS))


def _gazetteer(table: Toml) -> Gazetteer:
    known_keys(table, _TABLES, _FACETS, "(file)")
    words: dict[str, list[tuple[str, str]]] = {}
    topics: dict[str, list[str]] = {}
    for kind in KINDS:
        for value in _section(table, kind):
            for word in unique(_section(table, kind), value, kind):
                if kind == "topic":
                    topics.setdefault(word, []).append(value)
                else:
                    words.setdefault(word, []).append((kind, value))
    known_keys(_section(table, "neutral"), frozenset({"words"}), _FACETS, "neutral")
    for word in unique(_section(table, "neutral"), "words", "neutral"):
        if word in words:
            raise KnowledgeError(_FACETS, "neutral.words", word, "a word that names no facet")
        words[word] = []
    longest: dict[str, int] = {}
    for word in words:
        longest[word[0]] = max(longest.get(word[0], 0), len(word))
    objects = frozenset(_section(table, "object"))
    home: dict[str, str] = {}
    for topic in _section(table, "home"):
        if topic not in _section(table, "topic"):
            raise KnowledgeError(_FACETS, f"home.{topic}", topic, "a topic")
        for name in texts_of(_section(table, "home"), topic, _FACETS, "home"):
            _one_of(name, objects, f"home.{topic}", "an object")
            home[name] = topic
    meant = {kind: _meant(table, kind, objects) for kind in _section(table, "meant")}
    columns = {
        name: texts_of(_section(table, "columns"), name, _FACETS, "columns") for name in table["columns"]
    }
    for name in columns:
        _one_of(name, frozenset(_section(table, "applicant")), f"columns.{name}", "an applicant")
    syntax = _section(table, "syntax")
    known_keys(syntax, _SYNTAX, _FACETS, "syntax")
    light, yielding, nearest, shared, placed, alike, apart, amounts = (
        _objects(syntax, key, objects)
        for key in ("light", "yielding", "nearest", "shared", "placed", "alike", "apart", "amounts")
    )
    return Gazetteer(
        words={word: tuple(facets) for word, facets in words.items()},
        longest=longest,
        topics={word: tuple(values) for word, values in topics.items()},
        home=home,
        meant=meant,
        turned=_turns(table, objects),
        columns=columns,
        implied=_implied(table, objects),
        grounds=_grounds(table),
        counted=_counted(table, objects),
        namesakes=_namesakes(table, objects),
        names={(kind, value): words[0] for kind in KINDS for value, words in table[kind].items() if words},
        of_numbers=_pattern(syntax, "of_numbers"),
        joints=_longest_first(syntax, "joints"),
        connectors=frozenset(texts_of(syntax, "connectors", _FACETS, "syntax")),
        light=light,
        dominant=_actions(table, texts_of(syntax, "dominant", _FACETS, "syntax")),
        of_applicant=next(iter(_actions(table, [text_of(syntax, "of_applicant", _FACETS, "syntax")]))),
        yielding=yielding,
        nearest=nearest,
        shared=shared,
        others=_others(table, syntax),
        rest=text_of(syntax, "rest", _FACETS, "syntax"),
        apart=apart,
        amounts=amounts,
        aside=_pattern(syntax, "aside"),
        standing=_standing(table, syntax),
        tails=_longest_first(syntax, "tails"),
        leads=_longest_first(syntax, "leads"),
        totals=frozenset(texts_of(syntax, "totals", _FACETS, "syntax")),
        caption=_pattern(syntax, "caption"),
        money=_pattern(syntax, "money"),
        item=_pattern(syntax, "item"),
        generic=_pattern(syntax, "generic"),
        final=_pattern(syntax, "final"),
        last_year=_turned(table, syntax, "last_year"),
        as_of=_turned(table, syntax, "as_of"),
        own_topic=_pattern(syntax, "own_topic"),
        gazette_name=_pattern(syntax, "gazette_name"),
        account_name=_pattern(syntax, "account_name"),
        law_name=_pattern(syntax, "law_name"),
        placed=placed,
        of_channel=next(iter(_actions(table, [text_of(syntax, "of_channel", _FACETS, "syntax")]))),
        alone=_alone(table, syntax),
        topical=_pattern(syntax, "topical"),
        one_level=_pattern(syntax, "one_level"),
        denied_twice=_pattern(syntax, "denied_twice"),
        alike=alike,
        agreed=_share(syntax, "agreed"),
    )


def _share(syntax: Toml, key: str) -> float:
    found = syntax.get(key)
    if not isinstance(found, Decimal) or not 0 < found < 1:
        raise KnowledgeError(_FACETS, f"syntax.{key}", found, "a number between 0 and 1")
    return float(found)


def _objects(syntax: Toml, key: str, objects: frozenset[str]) -> frozenset[str]:
    names = frozenset(texts_of(syntax, key, _FACETS, "syntax"))
    for name in names:
        _one_of(name, objects, f"syntax.{key}", "an object")
    return names


def _standing(table: Toml, syntax: Toml) -> Standing:
    section, place = _section(syntax, "standing"), "syntax.standing"
    known_keys(section, frozenset({"action", "beside"}), _FACETS, place)
    (action,) = _actions(table, [text_of(section, "action", _FACETS, place)])
    return Standing(action, _actions(table, texts_of(section, "beside", _FACETS, place)))


def _longest_first(syntax: Toml, key: str) -> tuple[str, ...]:
    return tuple(sorted(texts_of(syntax, key, _FACETS, "syntax"), key=lambda word: (-len(word), word)))


def _others(table: Toml, syntax: Toml) -> Others:
    section = _section(syntax, "others")
    place = "syntax.others"
    known_keys(section, frozenset({"words", "after", "applicant", "outcomes", "channel"}), _FACETS, place)
    after, applicant = unique(section, "after", place), text_of(section, "applicant", _FACETS, place)
    for name in (*after, applicant):
        _one_of(name, frozenset(_section(table, "applicant")), place, "an applicant")
    outcomes, channel = _section(section, "outcomes"), text_of(section, "channel", _FACETS, place)
    for name in outcomes:
        _one_of(name, frozenset(_section(table, "object")), place, "an object")
        _one_of(
            text_of(outcomes, name, _FACETS, place),
            frozenset(_section(table, "outcome")),
            place,
            "an outcome",
        )
    _one_of(channel, frozenset(_section(table, "channel")), place, "a channel")
    words = frozenset(unique(section, "words", place))
    return Others(words, frozenset(after), applicant, dict(outcomes), channel)


def _alone(table: Toml, syntax: Toml) -> Alone:
    section = _section(syntax, "alone")
    place = "syntax.alone"
    known_keys(section, frozenset({"object", "action", "outcome"}), _FACETS, place)
    name, action, outcome = (text_of(section, key, _FACETS, place) for key in ("object", "action", "outcome"))
    _one_of(name, frozenset(_section(table, "object")), place, "an object")
    _one_of(outcome, frozenset(_section(table, "outcome")), place, "an outcome")
    _actions(table, [action])
    return Alone(name, action, outcome)


def _pattern(syntax: Toml, key: str) -> re.Pattern[str]:
    return pattern_of(syntax, key, _FACETS, "syntax")


def _turned(table: Toml, syntax: Toml, key: str) -> dict[str, str]:
    section = _section(syntax, key)
    _actions(table, section)
    _actions(table, [text_of(section, name, _FACETS, f"syntax.{key}") for name in section])
    return dict(section)


def _meant(table: Toml, kind: str, objects: frozenset[str]) -> dict[str, frozenset[str]]:
    key = f"meant.{kind}"
    if kind not in KINDS:
        raise KnowledgeError(_FACETS, key, kind, "a facet kind")
    known = frozenset(_section(table, kind))
    section = _section(table, "meant")[kind]
    meant: dict[str, frozenset[str]] = {}
    for name in section:
        _one_of(name, objects, f"{key}.{name}", "an object")
        values = unique(section, name, key)
        for value in values:
            _one_of(value, known, f"{key}.{name}", f"a value of {kind}")
        meant[name] = frozenset(values) or known
    return meant


def _actions(table: Toml, names: Iterable[str]) -> frozenset[str]:
    known = frozenset(_section(table, "action"))
    for name in names:
        _one_of(name, known, "syntax", "an action")
    return frozenset(names)


def _grounds(table: Toml) -> dict[str, str]:
    section = _section(table, "grounds")
    known, outcomes = frozenset(_section(table, "reason")), frozenset(_section(table, "outcome"))
    grounds: dict[str, str] = {}
    for outcome in section:
        _one_of(outcome, outcomes, f"grounds.{outcome}", "an outcome")
        for name in unique(section, outcome, "grounds"):
            _one_of(name, known, f"grounds.{outcome}", "a reason")
            grounds[name] = outcome
    return grounds


def _counted(table: Toml, objects: frozenset[str]) -> dict[tuple[str, str], str]:
    counted: dict[tuple[str, str], str] = {}
    for name, rule in _section(table, "counted").items():
        known_keys(rule, frozenset({"units", "becomes"}), _FACETS, f"counted.{name}")
        becomes = text_of(rule, "becomes", _FACETS, f"counted.{name}")
        for found in (name, becomes):
            _one_of(found, objects, f"counted.{name}", "an object")
        for unit in texts_of(rule, "units", _FACETS, f"counted.{name}"):
            counted[name, unit] = becomes
    return counted


def _namesakes(table: Toml, objects: frozenset[str]) -> dict[str, str]:
    section = _section(table, "namesakes")
    for name in section:
        _one_of(name, objects, f"namesakes.{name}", "an object")
        _one_of(text_of(section, name, _FACETS, "namesakes"), objects, f"namesakes.{name}", "an object")
    return dict(section)


def _implied(table: Toml, objects: frozenset[str]) -> dict[tuple[str, str], str]:
    section = _section(table, "implied")
    implied: dict[tuple[str, str], str] = {}
    for name in section:
        _one_of(name, objects, f"implied.{name}", "an object")
        for text in unique(section, name, "implied"):
            implied[_pair(table, text, f"implied.{name}")] = name
    return implied


def _turns(table: Toml, objects: frozenset[str]) -> dict[str, dict[tuple[str, str], tuple[str, str]]]:
    section = _section(table, "turned")
    turns: dict[str, dict[tuple[str, str], tuple[str, str]]] = {}
    for name in section:
        place, rules = f"turned.{name}", _section(section, name)
        _one_of(name, objects, place, "an object")
        turns[name] = {
            _pair(table, text, place): _pair(table, text_of(rules, text, _FACETS, place), place)
            for text in rules
        }
    return turns


def _pair(table: Toml, text: str, place: str) -> tuple[str, str]:
    kind, _, value = text.partition(".")
    if kind not in KINDS or value not in _section(table, kind):
        raise KnowledgeError(_FACETS, place, text, "<kind>.<value>")
    return kind, value


def _section(table: Toml, key: str) -> Toml:
    section = table.get(key)
    if not isinstance(section, dict):
        raise KnowledgeError(_FACETS, key, section, "a table")
    return section


def unique(table: Toml, key: str, place: str, file: str = _FACETS) -> tuple[str, ...]:
    """Returns the words under `key`, each once and none empty, or raises `KnowledgeError`."""
    words = texts_of(table, key, file, place)
    seen: set[str] = set()
    for word in words:
        if not word or word in seen:
            raise KnowledgeError(file, f"{place}.{key}", word, "each word once, none empty")
        seen.add(word)
    return words


def _one_of(name: str, names: frozenset[str], key: str, expected: str) -> None:
    if name not in names:
        raise KnowledgeError(_FACETS, key, name, expected)
