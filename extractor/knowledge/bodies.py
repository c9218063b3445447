"""Bodies: how the names of public bodies are built, and how reports say whose they are and of which year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import regex

from ..data.records import record
from ..errors import KnowledgeError
from .source import Toml, known_keys, read_toml, text_of, texts_of

_FILE = "bodies.toml"
_SOURCES = ("manifest", "title", "sentence", "file", "text")
_KEYS = {
    "regions": {"common", "beginnings", "government", "cut", "prefixes"},
    "title": {"subjects", "nouns", "leads", "tails", "not_before", "other_subject", "firm_nouns", "generic"},
    "sentences": {"patterns", "line", "heads", "offices", "before", "mention"},
    "confidence": {*_SOURCES, "conflict"},
}
_YEAR = r"(?:(?:19|20)\d\d|二[〇○零0O]{1,2}[〇○零一二]?[〇○零一二三四五六七八九])"
_BODY = r"[\p{Han}()·]{2,40}?"


@record
class Level:
    """One level of bodies, with its names; `suffixes` end the names of its regions."""

    id: str
    zh: str
    en: str
    suffixes: tuple[str, ...]


@record
class Bodies:
    """How bodies are named and reports titled. All patterns expect text whose widths are folded.

    `region` matches one region at the start of a name, its suffix in group `suffix`. `title` finds a title
    (groups `body`, `year`) in text without blanks, `noun` the word that ends one. `sentences` find a body in
    running text, `heads` and `line` one at the head of a line and on a line of its own, `mention` one in a name of
    something else (group `body`).
    `confidence` maps a source to its weight in [0, 1].
    """

    levels: tuple[Level, ...]
    region: regex.Pattern[str]
    suffixes: Mapping[str, str]
    common: tuple[str, ...]
    government: tuple[str, ...]
    cut: tuple[str, ...]
    organs: tuple[str, ...]
    prefixes: tuple[str, ...]
    offices: tuple[str, ...]
    title: regex.Pattern[str]
    noun: regex.Pattern[str]
    year: regex.Pattern[str]
    leads: tuple[str, ...]
    tails: regex.Pattern[str]
    generic: regex.Pattern[str]
    sentences: tuple[regex.Pattern[str], ...]
    heads: tuple[regex.Pattern[str], ...]
    line: regex.Pattern[str]
    mention: regex.Pattern[str]
    before: frozenset[str]
    confidence: Mapping[str, Decimal]
    conflict: Decimal

    def rank(self, level: str) -> int:
        """Returns how far below the top `level` is, from 0; the number of levels for none of them."""
        return next((rank for rank, known in enumerate(self.levels) if known.id == level), len(self.levels))


def load_bodies() -> Bodies:
    """Returns what the toolkit knows of bodies, cross-checked.

    Raises:
        KnowledgeError: a key is missing or misspelt, a suffix belongs to two levels, or a pattern is none.
    """
    table = read_toml(_FILE)
    known_keys(table, frozenset({"levels", *_KEYS}), _FILE, "(top)")
    entries = table.get("levels", [])
    levels = tuple(_level(entry) for entry in entries)
    if len(levels) < 2:
        raise KnowledgeError(_FILE, "levels", len(levels), "the levels of regions and, last, the organs")
    *regions, organs = levels
    suffixes = _suffixes(regions)
    whole = {
        name: level.id
        for entry, level in zip(entries, levels, strict=True)
        for name in entry.get("names", [])
    }
    places, title, sentences, confidence = (_section(table, name) for name in _KEYS)
    return Bodies(
        levels=levels,
        region=_region([suffix for level in regions for suffix in level.suffixes], whole, places),
        suffixes={**suffixes, **whole},
        common=texts_of(places, "common", _FILE, "regions"),
        government=_longest(texts_of(places, "government", _FILE, "regions")),
        cut=texts_of(places, "cut", _FILE, "regions"),
        organs=organs.suffixes,
        prefixes=texts_of(places, "prefixes", _FILE, "regions"),
        offices=texts_of(sentences, "offices", _FILE, "sentences"),
        title=_title(title),
        noun=_compiled(_alternatives(texts_of(title, "nouns", _FILE, "title")), "title.nouns"),
        year=regex.compile(_YEAR),
        leads=_longest(texts_of(title, "leads", _FILE, "title")),
        tails=_compiled(text_of(title, "tails", _FILE, "title"), "title.tails"),
        generic=_compiled(text_of(title, "generic", _FILE, "title"), "title.generic"),
        sentences=tuple(
            _compiled(pattern, "sentences.patterns")
            for pattern in texts_of(sentences, "patterns", _FILE, "sentences")
        ),
        heads=tuple(
            _compiled(pattern, "sentences.heads")
            for pattern in texts_of(sentences, "heads", _FILE, "sentences")
        ),
        line=_compiled(text_of(sentences, "line", _FILE, "sentences"), "sentences.line"),
        mention=_compiled(text_of(sentences, "mention", _FILE, "sentences"), "sentences.mention"),
        before=frozenset(texts_of(sentences, "before", _FILE, "sentences")),
        confidence={source: _share(confidence, source) for source in _SOURCES},
        conflict=_share(confidence, "conflict"),
    )


def _level(entry: Toml) -> Level:
    known_keys(entry, frozenset({"id", "zh", "en", "suffixes", "names"}), _FILE, "levels")
    key, zh, en = (text_of(entry, key, _FILE, "levels") for key in ("id", "zh", "en"))
    return Level(key, zh, en, texts_of(entry, "suffixes", _FILE, f"levels.{key}"))


def _suffixes(regions: Sequence[Level]) -> dict[str, str]:
    """Returns the level of each suffix, without what it may not follow."""
    suffixes: dict[str, str] = {}
    for level in regions:
        for suffix in level.suffixes:
            word = suffix.partition("(")[0]
            if word in suffixes:
                raise KnowledgeError(_FILE, f"levels.{level.id}.suffixes", word, "each suffix in one level")
            suffixes[word] = level.id
    return suffixes


def _section(table: Toml, name: str) -> Mapping[str, Any]:
    """Returns the table `name`, its keys checked."""
    value = table.get(name)
    if not isinstance(value, dict):
        raise KnowledgeError(_FILE, name, value, "a table")
    known_keys(value, frozenset(_KEYS[name]), _FILE, name)
    return value


def _share(table: Toml, key: str) -> Decimal:
    value = table.get(key)
    if not isinstance(value, int | Decimal) or not 0 <= value <= 1:
        raise KnowledgeError(_FILE, f"confidence.{key}", value, "a number in [0, 1]")
    return Decimal(value)


def _longest(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(_longest(words))


def _region(suffixes: Sequence[str], whole: Mapping[str, str], places: Toml) -> regex.Pattern[str]:
    """Returns the pattern of one region: a short name and a suffix that no other suffix follows at once."""
    last = "".join(sorted({suffix.partition("(")[0][-1] for suffix in suffixes}))
    words = _alternatives(texts_of(places, "beginnings", _FILE, "regions"))
    return _compiled(
        rf"(?P<suffix>{_alternatives(list(whole))})|\p{{Han}}{{1,8}}?(?P<suffix>{_alternatives(suffixes)})(?!(?!{words})[{last}])",
        "levels",
    )


def _title(table: Toml) -> regex.Pattern[str]:
    subject = _alternatives(texts_of(table, "subjects", _FILE, "title"))
    noun = _alternatives(texts_of(table, "nouns", _FILE, "title"))
    stop = _alternatives(texts_of(table, "not_before", _FILE, "title"))
    year = rf"(?:{_YEAR}年?[-—–~至])?(?P<year>{_YEAR})(?:学年)?年?度?的?"
    other = text_of(table, "other_subject", _FILE, "title")
    firm = _alternatives(texts_of(table, "firm_nouns", _FILE, "title"))
    about = rf"(?:{subject})(?:工作)?(?:{noun})(?!{stop})"
    return _compiled(
        # X市2014年政府信息公开年报; X市政府信息公开2014年度报告
        rf"(?:(?P<body>{_BODY})(?:{subject})?(?:工作)?)?{year}(?:{about}|(?:{noun})(?!{stop}))"
        rf"|(?P<body>{_BODY}){year}(?:{other})(?:{firm})(?!{stop})"  # X市2014年行政执法情况年度报告
        rf"|{year}(?P<body>{_BODY}){about}"  # 2014年X市政府信息公开年报
        rf"|(?P<body>{_BODY}){about}(?:\({year}\))?",  # X市政府信息公开年报(2014年度)
        "title",
    )


def _compiled(pattern: str, key: str) -> regex.Pattern[str]:
    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise KnowledgeError(_FILE, key, str(error), "a regular expression") from error
