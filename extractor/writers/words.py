"""The words of one language at hand, and numbers as a reader wants to see them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..data import Param, Params, Problem
from ..knowledge import Knowledge
from ..knowledge.language import Card
from ..knowledge.layout import Drop
from ..knowledge.linking import Reason
from ..knowledge.messages import fill
from ..knowledge.templates import Template

_PLACES = Decimal("0.0001")
_PLACE = re.compile(r"(p\.|¶|L)([0-9]+)")
_CAUSE = "cause."
_KINDS = {"p.": "page", "¶": "paragraph", "L": "line"}


@dataclass(frozen=True, slots=True)
class Words:
    """All words of `knowledge` in one language."""

    knowledge: Knowledge
    lang: str

    def word(self, key: str) -> str:
        """Returns the interface word at `key`."""
        return self.knowledge.messages.word(key, self.lang)

    def icon(self, key: str) -> str:
        """Returns the one-character sign of a verdict or severity."""
        return self.knowledge.messages.word(f"icon.{key}", self.lang)

    def say(self, key: str, **values: Param) -> str:
        """Returns the interface sentence at `text.<key>`, its placeholders filled."""
        return fill(self.word(f"text.{key}"), shown(values))

    def place(self, where: str) -> str:
        """Returns a place of the original in words: p.3 is 第3页; what has no words as it stands."""
        found = _PLACE.fullmatch(where)
        return self.say(f"place_{_KINDS[found[1]]}", number=found[2]) if found else where

    def at(self, place: str) -> str:
        """Returns `place`, as `place` words it, in brackets behind what stands there; "" where it is not known."""
        return self.say("at", place=place) if place else ""

    def reason(self, code: str) -> str:
        """Returns the reason at `code` for which a number is no claim, or its text was not read; "" for no code."""
        found = self.knowledge.language.reasons.get(code)
        return self.coded("fate", self.drop(code)) if found is None else self._of(found, code)

    def drop(self, code: str) -> str:
        """Returns the reason at `code` for which a stretch of text was not read."""
        found = [drop for drop in self.knowledge.layout.drops if drop.code == code]
        return self._of(found[0] if found else None, code)

    def why(self, code: str, params: Params) -> str:
        """Returns the reason at `code` why a claim and its figures go together, or why there are none."""
        values = {key: self.coded(key, value) for key, value in shown(params).items()}
        return fill(self._of(self.knowledge.linking.reasons.get(code), code), values)

    def coded(self, key: str, value: str) -> str:
        """Returns the words of the code `value` of a parameter `key`; the value itself where it is no code."""
        text = self.knowledge.messages.interface.get(f"{key}.{value}")
        return value if text is None else text[self.lang]

    def indicator(self, code: str, form: str = "") -> str:
        """Returns the name of the row id, or row@column id, `code` in a form, or in any; else the code itself."""
        templates = self.knowledge.templates
        own, indicators = templates.own.get(form, {}), templates.indicators
        meant = own.get(code) or indicators.get(code) or indicators.get(f"{code}@total")
        return code if meant is None else meant.en if self.lang == "en" else meant.zh

    def form(self, code: str) -> str:
        """Returns the name of the statistics form `code`, or that a table follows none that is known."""
        known = (item for item in self.knowledge.templates.templates if item.id == code)
        return next((self._of(item, code) for item in known), self.word("label.no_template"))

    def rule(self, code: str) -> tuple[str, str]:
        """Returns title and description of the rule at `code`; the code and "" where `kb` has no card for it."""
        rule = self.knowledge.language.rules.get(code)
        return (code, "") if rule is None else (self._of(rule.title, code), self._of(rule.description, ""))

    def _of(self, card: Card | Drop | Reason | Template | None, code: str) -> str:
        if card is None:
            return code
        return card.en if self.lang == "en" else card.zh

    def problem(self, problem: Problem) -> str:
        """Returns what `problem` says, without the file; its bare code where `kb` has no words for it."""
        words = self.knowledge.messages.problems.get(problem.code)
        if words is None:
            details = ", ".join(f"{key}={value}" for key, value in shown(problem.params).items())
            return f"{problem.code} {details}".rstrip()
        values = {**shown(problem.params), "file": problem.file, "place": problem.place}
        if "cause" in values:
            values["cause"] = self.cause(values["cause"])
        return fill(words.text[self.lang], values)

    def cause(self, said: str) -> str:
        """Returns what a library or the system `said` of its trouble in words; what has none as it stands."""
        known = (key for key in self.knowledge.messages.interface if key.startswith(_CAUSE))
        return next((self.word(key) for key in known if key.removeprefix(_CAUSE) in said), said)


def shown(values: Mapping[str, Param]) -> dict[str, str]:
    """Returns `values` as text for a template; decimals through `number`."""
    return {key: number(value) if isinstance(value, Decimal) else str(value) for key, value in values.items()}


def number(value: Decimal | None) -> str:
    """Returns `value` in plain notation for a reader, at most four places; "" for None.

    A rounded display is no value: `contract.decimal` writes the exact one.
    """
    if value is None:
        return ""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -4:
        value = value.quantize(_PLACES)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def squeeze(text: str) -> str:
    """Returns `text` on one line: runs of white space become one blank, none at the ends."""
    return " ".join(text.split())
