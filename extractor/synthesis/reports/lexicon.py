"""What invented reports are made of: `prose.toml` and `bodies.toml`, read into frozen records and cross-checked."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from ...errors import KnowledgeError

PROSE, BODIES = "prose.toml", "bodies.toml"
_TOKEN = re.compile(
    r"<(?P<part>\w+)>|\{(?P<slot>[^{}]+)\}|\((?P<choice>[^()]*\|[^()]*)\)"
    r"|‹(?P<excluded>[^:›]+):(?P<reason>\w+)›|⟦(?P<claimed>[^:⟧]+):(?P<relation>\w+)⟧"
)
_SLOT = re.compile(r"(?P<sign>[=*~^%#@]?)(?P<key>[\w-]+|\w+/\w+)(?:<(?P<whole>\w+)|:(?P<parts>[\w ]+))?")
_WORDS = frozenset({"Y", "Y-1", "Y+1", "D", "docno"})
_SCOPES = frozenset({"whole", "body", "year"})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a pattern: `kind` is text, part, choice, excluded, claimed, word, scope, or what a slot asks for:

    count, number, list, change, last, share, free. `key` names what is meant, `whole` the count it is part of.
    """

    kind: str
    text: str = ""
    key: str = ""
    whole: str = ""
    parts: tuple[str, ...] = ()
    branches: tuple[Pattern, ...] = ()


Pattern = tuple[Token, ...]
_SLOTS = {
    "": "count",
    "=": "number",
    "*": "list",
    "~": "change",
    "^": "last",
    "%": "share",
    "#": "free",
    "@": "scope",
}


@dataclass(frozen=True, slots=True)
class Count:
    """How a count is said: `cells` are the names it sums, by form; `overlap` says that its parts need not add up."""

    key: str
    unit: str
    cells: Mapping[str, tuple[str, ...]]
    say: tuple[str, ...]
    zero: tuple[str, ...]
    name: str
    overlap: bool


@dataclass(frozen=True, slots=True)
class Free:
    """A number that no table holds, drawn between two bounds."""

    unit: str
    low: int
    high: int
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A section: its title, its sentences, and how many of them are taken."""

    title: str
    sentences: tuple[Pattern, ...]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of invented reports."""

    parts: Mapping[str, tuple[Pattern, ...]]
    lists: Mapping[str, tuple[str, ...]]
    change: Mapping[str, tuple[str, ...]]
    scopes: Mapping[str, Mapping[str, tuple[str, ...]]]
    year: tuple[str, ...]
    topics: tuple[Topic, ...]
    counts: Mapping[str, Count]
    free: Mapping[str, Free]


@dataclass(frozen=True, slots=True)
class Level:
    """A kind of body and the kind below it.

    `lower_words` says by suffix which words of scope it uses, `outer_suffixes` what the regions around it are called.
    """

    outer_suffixes: tuple[str, ...]
    upper: str
    upper_suffix: str
    lower: str
    lower_suffixes: tuple[str, ...]
    lower_words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bodies:
    """What bodies are called, and which shapes, years, kinds and layouts families have; weights are relative.

    `forms` are those of national reports with the year from which each is used, in order.
    """

    names: tuple[str, ...]
    levels: tuple[Level, ...]
    titles: Mapping[str, str]
    shapes: tuple[tuple[int, int, int], ...]
    years: tuple[int, int]
    forms: Mapping[str, int]
    kinds: Mapping[str, int]
    layouts: Mapping[str, Mapping[str, int]]


@functools.cache
def load_prose() -> Prose:
    """Returns the words of `prose.toml`.

    Raises:
        KnowledgeError: a sentence names what is not there.
    """
    table = _toml(PROSE)
    counts = {
        key: Count(
            key,
            entry["unit"],
            {form: tuple(names) for form, names in entry["cells"].items()},
            tuple(entry["say"]),
            tuple(entry.get("zero", ())),
            entry.get("name", ""),
            entry.get("overlap", False),
        )
        for key, entry in table["counts"].items()
    }
    free = {
        key: Free(entry["unit"], entry["range"][0], entry["range"][1], tuple(entry["say"]))
        for key, entry in table["free"].items()
    }
    prose = Prose(
        parts={key: tuple(map(_pattern, entries)) for key, entries in table["parts"].items()},
        lists={key: tuple(entries) for key, entries in table["lists"].items()},
        change={key: tuple(entries) for key, entries in table["change"].items()},
        scopes={
            kind: {key: tuple(words) for key, words in table[kind].items()} for kind in ("whole", "body")
        },
        year=tuple(table["year"]["words"]),
        topics=tuple(
            Topic(entry["title"], tuple(map(_pattern, entry["sentences"])), entry["least"], entry["most"])
            for entry in table["topics"]
        ),
        counts=counts,
        free=free,
    )
    _check(prose)
    return prose


@functools.cache
def load_bodies() -> Bodies:
    """Returns the names and shapes of `bodies.toml`."""
    table = _toml(BODIES)
    return Bodies(
        names=tuple(first + second for first in table["first"] for second in table["second"]),
        levels=tuple(map(_level, table["levels"])),
        titles=table["titles"],
        shapes=tuple((entry["lower"], entry["years"], entry["weight"]) for entry in table["shapes"]),
        years=(table["years"]["first"], table["years"]["last"]),
        forms=table["forms"],
        kinds=table["kinds"],
        layouts=table["layouts"],
    )


def _level(entry: dict[str, Any]) -> Level:
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    return Level(**fields)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _pattern(text: str) -> Pattern:
    tokens: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        if match.start() > last:
            tokens.append(Token("text", text[last : match.start()]))
        last = match.end()
        if match["part"]:
            tokens.append(Token("part", key=match["part"]))
        elif match["choice"] is not None:
            tokens.append(Token("choice", branches=tuple(map(_pattern, match["choice"].split("|")))))
        elif match["excluded"]:
            tokens.append(Token("excluded", match["excluded"], match["reason"]))
        elif match["claimed"]:
            tokens.append(Token("claimed", match["claimed"], match["relation"]))
        else:
            tokens.append(_slot(match["slot"], text))
    if last < len(text):
        tokens.append(Token("text", text[last:]))
    return tuple(tokens)


def _slot(text: str, sentence: str) -> Token:
    if text in _WORDS:
        return Token("word", key=text)
    match = _SLOT.fullmatch(text)
    if match is None:
        raise KnowledgeError(PROSE, sentence, text, "a slot")
    return Token(
        _SLOTS[match["sign"]],
        key=match["key"],
        whole=match["whole"] or "",
        parts=tuple((match["parts"] or "").split()),
    )


def _check(prose: Prose) -> None:
    known = {"part": set(prose.parts), "free": set(prose.free), "scope": _SCOPES}
    for token in _tokens([sentence for topic in prose.topics for sentence in topic.sentences]):
        if token.kind in ("text", "choice", "excluded", "claimed", "word"):
            continue
        keys = {key for key in (*token.key.split("/"), token.whole, *token.parts) if key}
        if missing := keys - known.get(token.kind, set(prose.counts)):
            raise KnowledgeError(PROSE, token.kind, sorted(missing)[0], "a key of this file")
    for count in prose.counts.values():
        for words in count.say:
            if words.count("#") != 1 or not 0 <= words.find("[") < words.find("]"):
                raise KnowledgeError(PROSE, f"counts.{count.key}.say", words, "one # and one [ ]")


def _tokens(patterns: list[Pattern]) -> Iterator[Token]:
    for pattern in patterns:
        for token in pattern:
            yield token
            yield from _tokens(list(token.branches))
