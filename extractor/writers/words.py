"""The words of one language at hand, and numbers as a reader wants to see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..data import Param, Params, Problem
from ..knowledge import Knowledge
from ..knowledge.messages import fill

_PLACES = Decimal("0.0001")


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

    def reason(self, code: str) -> str:
        """Returns the reason at `code` for which a number, or a stretch of text, is left out."""
        return self.knowledge.messages.reason(code, self.lang)

    def why(self, code: str, params: Params) -> str:
        """Returns the reason at `code` why a claim and its figures go together, or why there are none."""
        return fill(self.knowledge.messages.reason(code, self.lang), shown(params))

    def problem(self, problem: Problem) -> str:
        """Returns what `problem` says, without the file; its bare code where `kb` has no words for it."""
        words = self.knowledge.messages.problems.get(problem.code)
        if words is None:
            details = ", ".join(f"{key}={value}" for key, value in shown(problem.params).items())
            return f"{problem.code} {details}".rstrip()
        return fill(
            words.text[self.lang], {**shown(problem.params), "file": problem.file, "place": problem.place}
        )


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
