"""What must agree between reports: chains over the years, notions of several forms, changes, copies, levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex

from ..data.records import record
from ..errors import KnowledgeError
from ..formulas import Formula, Identity, parse, parse_identity
from .messages import Messages
from .source import Toml, known_keys, read_toml, text_of, texts_of
from .templates import Templates

LAST = "last."
"""What stands before an indicator of the report of the year before."""

_FILE = "collection.toml"
_CUMULATIVE = "@cumulative"
_ALL = "*"
ONLY = "only"
"""Of a chain: it is tried over missing years only."""
_GAPS = ("", "also", ONLY)


@record
class Chain:
    """One identity between the tables of two reports of a body, this year's and an earlier one's.

    `lines` are its formulas by row, those of one row together. `forms` and `last` are the templates it holds for.
    `gap` says whether it holds over missing years "also" or "only", "" for not. `unless` names a chain whose failing
    explains this one's.
    """

    id: str
    code: str
    lines: Mapping[str, tuple[Identity, ...]]
    forms: frozenset[str]
    last: frozenset[str]
    gap: str
    unless: str
    zh: str
    en: str


@record
class ChangeRules:
    """How last year is spoken of: `gap` stands between a level and its change, `quoted` between it and last year's.

    `moved` stands between last year's number and the level; `filler` tells nothing apart.

    Groups of `gap`: `up` or `down`, `year` where the year before is named, and `noun` where what is counted is.
    """

    gap: regex.Pattern[str]
    quoted: regex.Pattern[str]
    moved: regex.Pattern[str]
    filler: regex.Pattern[str]
    shortest: int


@record
class RunningRules:
    """The words before a number that counts over all years, and those after which it counts one only (`silent`)."""

    words: regex.Pattern[str]
    silent: regex.Pattern[str]


@record
class CopyRules:
    """When a sentence repeats last year's with its numbers, and what may well do so (`silent`)."""

    least: int
    numbers: int
    digits: int
    alike: int
    silent: regex.Pattern[str]
    cells: int


@record
class LevelRules:
    """Which indicators add up over the bodies below, and when a body adds them up (`agreeing`, of 100)."""

    indicators: tuple[str, ...]
    agreeing: int
    bodies: int


@record
class Comparison:
    """All that is compared between reports; `notions` maps a formula to others that mean the same in another form."""

    chains: tuple[Chain, ...]
    notions: Mapping[str, tuple[Formula, ...]]
    changes: ChangeRules
    running: RunningRules
    copies: CopyRules
    levels: LevelRules


def load_comparison(templates: Templates, messages: Messages) -> Comparison:
    """Returns what must agree between reports, cross-checked with the forms and the findings.

    Raises:
        KnowledgeError: an indicator, form or finding is unknown, a formula or pattern is none, a key is misspelt.
    """
    table = read_toml(_FILE)
    known_keys(
        table, frozenset({"chains", "notions", "changes", "running", "copies", "levels"}), _FILE, "(top)"
    )
    forms = frozenset(template.id for template in templates.templates)
    chains = tuple(_chain(entry, templates, forms, messages) for entry in table.get("chains", []))
    names = {chain.id for chain in chains}
    for chain in chains:
        if chain.unless and chain.unless not in names:
            raise KnowledgeError(_FILE, f"chains.{chain.id}.unless", chain.unless, "the id of a chain")
    return Comparison(
        chains=chains,
        notions=_notions(table, templates),
        changes=_changes(_section(table, "changes")),
        running=_running(_section(table, "running")),
        copies=_copies(_section(table, "copies")),
        levels=_levels(_section(table, "levels"), templates),
    )


def _chain(entry: Toml, templates: Templates, forms: frozenset[str], messages: Messages) -> Chain:
    name = text_of(entry, "id", _FILE, "chains")
    place = f"chains.{name}"
    known_keys(
        entry,
        frozenset({"id", "code", "formula", "rows", "but", "forms", "last", "gap", "unless", "zh", "en"}),
        _FILE,
        place,
    )
    code = text_of(entry, "code", _FILE, place)
    if code not in messages.findings:
        raise KnowledgeError(_FILE, f"{place}.code", code, "a finding of findings.toml")
    gap = text_of(entry, "gap", _FILE, place, "")
    if gap not in _GAPS:
        raise KnowledgeError(_FILE, f"{place}.gap", gap, f"one of {', '.join(filter(None, _GAPS))}")
    for key in ("forms", "last"):
        for form in texts_of(entry, key, _FILE, place):
            if form not in forms:
                raise KnowledgeError(_FILE, f"{place}.{key}", form, f"one of {', '.join(sorted(forms))}")
    return Chain(
        id=name,
        code=code,
        lines=_lines(entry, templates, place),
        forms=frozenset(texts_of(entry, "forms", _FILE, place)),
        last=frozenset(texts_of(entry, "last", _FILE, place)),
        gap=gap,
        unless=text_of(entry, "unless", _FILE, place, ""),
        zh=text_of(entry, "zh", _FILE, place),
        en=text_of(entry, "en", _FILE, place),
    )


def _lines(entry: Toml, templates: Templates, place: str) -> dict[str, tuple[Identity, ...]]:
    """Returns the formulas of a chain by row, `{row}` and `{column}` replaced by each that exists."""
    text = text_of(entry, "formula", _FILE, place)
    known = templates.indicators
    rows = texts_of(entry, "rows", _FILE, place) or ("",)
    if rows == (_ALL,):
        apart = texts_of(entry, "but", _FILE, place)
        stems = (name.removesuffix(_CUMULATIVE) for name in known if name.endswith(_CUMULATIVE))
        rows = tuple(stem for stem in stems if stem not in apart)
    lines: dict[str, tuple[Identity, ...]] = {}
    for row in rows:
        written = text.replace("{row}", row)
        stem = written.partition("@{column}")[0].rpartition(" ")[2]
        columns = [name.partition("@")[2] for name in known if name.startswith(f"{stem}@")]
        texts = (
            [written.replace("{column}", column) for column in columns]
            if "{column}" in written
            else [written]
        )
        try:
            formulas = tuple(parse_identity(item) for item in texts)
        except ValueError as error:
            raise KnowledgeError(_FILE, f"{place}.formula", str(error), "an identity") from error
        for formula in formulas:
            for name in formula.names:
                _known(name.removeprefix(LAST), templates, f"{place}.formula")
        lines[row or stem] = formulas
    return lines


def _notions(table: Toml, templates: Templates) -> dict[str, tuple[Formula, ...]]:
    notions: dict[str, tuple[Formula, ...]] = {}
    for entry in table.get("notions", []):
        place = f"notions.{text_of(entry, 'id', _FILE, 'notions')}"
        known_keys(entry, frozenset({"id", "formulas"}), _FILE, place)
        try:
            formulas = tuple(parse(text) for text in texts_of(entry, "formulas", _FILE, place))
        except ValueError as error:
            raise KnowledgeError(_FILE, place, str(error), "formulas") from error
        for formula in formulas:
            for name in formula.names:
                _known(name, templates, place)
            if formula.text in notions:
                raise KnowledgeError(_FILE, place, formula.text, "each formula in one notion")
            notions[formula.text] = tuple(other for other in formulas if other is not formula)
    return notions


def _changes(table: Toml) -> ChangeRules:
    known_keys(
        table,
        frozenset({"against", "last", "gap", "quoted", "moved", "filler", "shortest"}),
        _FILE,
        "changes",
    )
    last = "|".join(texts_of(table, "last", _FILE, "changes"))
    against = text_of(table, "against", _FILE, "changes").replace("{last}", last)
    gap = text_of(table, "gap", _FILE, "changes").replace("{against}", against)
    quoted = text_of(table, "quoted", _FILE, "changes").replace("{last}", last)
    filler = "|".join(texts_of(table, "filler", _FILE, "changes"))
    return ChangeRules(
        gap=_compiled(gap, "changes.gap"),
        quoted=_compiled(quoted, "changes.quoted"),
        moved=_compiled(text_of(table, "moved", _FILE, "changes"), "changes.moved"),
        filler=_compiled(filler, "changes.filler"),
        shortest=_count(table, "shortest", "changes"),
    )


def _running(table: Toml) -> RunningRules:
    known_keys(table, frozenset({"words", "silent"}), _FILE, "running")
    return RunningRules(
        words=_compiled(text_of(table, "words", _FILE, "running"), "running.words"),
        silent=_compiled(text_of(table, "silent", _FILE, "running"), "running.silent"),
    )


def _copies(table: Toml) -> CopyRules:
    known_keys(table, frozenset({"least", "numbers", "digits", "alike", "silent", "cells"}), _FILE, "copies")
    return CopyRules(
        least=_count(table, "least", "copies"),
        numbers=_count(table, "numbers", "copies"),
        digits=_count(table, "digits", "copies"),
        alike=_count(table, "alike", "copies"),
        silent=_compiled(text_of(table, "silent", _FILE, "copies"), "copies.silent"),
        cells=_count(table, "cells", "copies"),
    )


def _levels(table: Toml, templates: Templates) -> LevelRules:
    known_keys(table, frozenset({"but", "agreeing", "bodies"}), _FILE, "levels")
    apart = _compiled(text_of(table, "but", _FILE, "levels"), "levels.but")
    indicators = tuple(name for name in templates.indicators if not apart.search(name))
    return LevelRules(indicators, _count(table, "agreeing", "levels"), _count(table, "bodies", "levels"))


def _known(name: str, templates: Templates, place: str) -> None:
    if name not in templates.indicators:
        raise KnowledgeError(_FILE, place, name, "an indicator of kb/templates")


def _section(table: Toml, name: str) -> Mapping[str, Any]:
    value = table.get(name)
    if not isinstance(value, dict):
        raise KnowledgeError(_FILE, name, value, "a table")
    return value


def _count(table: Toml, key: str, place: str) -> int:
    value = table.get(key)
    if not isinstance(value, int) or value < 0:
        raise KnowledgeError(_FILE, f"{place}.{key}", value, "a whole number")
    return value


def _compiled(pattern: str, key: str) -> regex.Pattern[str]:
    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise KnowledgeError(_FILE, key, str(error), "a regular expression") from error
