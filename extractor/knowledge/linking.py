"""What alignment knows: the facets of phrases and labels, the narrative indicators, the reason codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..data.records import record
from ..errors import KnowledgeError
from ..formulas import Formula, parse
from .facets import load_gazetteer, unique
from .gazetteer import Gazetteer
from .source import Toml, known_keys, read_toml, text_of

_NARRATIVE = "narrative.toml"
_REASONS = "reasons.toml"


@record
class Indicator:
    """One notion the prose speaks of, with the formulas over row ids that may answer it, best first.

    `under` is the notion it stands beneath; `unit` a canonical unit of its value, `also`
    further units one of its counts may be written in. `before` are the formulas that answer a claim about
    the year before, `share` those that answer one body's number first, `none` those
    that answer a claim that there was none too.
    """

    id: str
    zh: str
    en: str
    unit: str
    also: tuple[str, ...]
    under: str
    aliases: tuple[str, ...]
    formulas: tuple[Formula, ...]
    before: tuple[Formula, ...] = ()
    share: tuple[Formula, ...] = ()
    none: tuple[Formula, ...] = ()


@record
class Reason:
    """The words of one code of `Link.why`."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, eq=False)
class Linking:
    """All that alignment knows. Compared by identity, so that indexes over it can be cached."""

    gazetteer: Gazetteer
    indicators: Mapping[str, Indicator]
    reasons: Mapping[str, Reason]


def load_linking() -> Linking:
    """Returns the linking knowledge.

    Raises:
        KnowledgeError: one of `facets.toml`, `narrative.toml` and `reasons.toml` is wrong.
    """
    return Linking(load_gazetteer(), _indicators(read_toml(_NARRATIVE)), _reasons(read_toml(_REASONS)))


def _indicators(table: Toml) -> dict[str, Indicator]:
    known_keys(table, frozenset({"indicator"}), _NARRATIVE, "(file)")
    indicators: dict[str, Indicator] = {}
    keys = frozenset(
        {"id", "zh", "en", "unit", "also", "under", "formulas", "before", "share", "none", "aliases"}
    )
    for row in table.get("indicator", []):
        place = f"indicator.{row.get('id', '?')}"
        known_keys(row, keys, _NARRATIVE, place)
        indicator = Indicator(
            id=text_of(row, "id", _NARRATIVE, place),
            zh=text_of(row, "zh", _NARRATIVE, place),
            en=text_of(row, "en", _NARRATIVE, place),
            unit=text_of(row, "unit", _NARRATIVE, place),
            also=unique(row, "also", place, _NARRATIVE),
            under=text_of(row, "under", _NARRATIVE, place, default=""),
            aliases=unique(row, "aliases", place, _NARRATIVE),
            formulas=tuple(_formula(text, place) for text in unique(row, "formulas", place, _NARRATIVE)),
            before=tuple(_formula(text, place) for text in unique(row, "before", place, _NARRATIVE)),
            share=tuple(_formula(text, place) for text in unique(row, "share", place, _NARRATIVE)),
            none=tuple(_formula(text, place) for text in unique(row, "none", place, _NARRATIVE)),
        )
        if indicator.id in indicators:
            raise KnowledgeError(_NARRATIVE, place, indicator.id, "each id once")
        if not indicator.formulas:
            raise KnowledgeError(_NARRATIVE, f"{place}.formulas", "none", "at least one formula")
        indicators[indicator.id] = indicator
    return indicators


def _reasons(table: Toml) -> dict[str, Reason]:
    reasons = {}
    for code, words in table.items():
        known_keys(words, frozenset({"zh", "en"}), _REASONS, code)
        reasons[code] = Reason(text_of(words, "zh", _REASONS, code), text_of(words, "en", _REASONS, code))
    return reasons


def _formula(text: str, place: str) -> Formula:
    try:
        return parse(text)
    except ValueError as error:
        raise KnowledgeError(_NARRATIVE, f"{place}.formulas", text, "a formula over row ids") from error
