"""Findings between reports in plain words: the template of `kb/findings.toml`, filled from the exhibits."""

from __future__ import annotations

from collections.abc import Sequence

from ...data.collection import CollectionFinding, Exhibit
from ...formulas import parse_identity
from ...knowledge.messages import fill
from ..evidence import joined, short_label, with_unit
from ..messages import Message
from ..words import Words, number, shown

_JOINTS = {"zh": "", "en": " "}
_TERMS = 12
_QUOTE = 120


def said_of(finding: CollectionFinding, words: Words) -> Message:
    """Returns the words of `finding`.

    Raises:
        KeyError: `kb/findings.toml` does not know the code; loading `kb/collection.toml` holds the chains to it.
    """
    entry = words.knowledge.messages.findings[finding.code]
    values = _values(finding, words)
    texts = [entry.text, *(text for param, text in entry.more if param in finding.params)]
    return Message(
        title=entry.title[words.lang],
        text=_JOINTS[words.lang].join(fill(text[words.lang], values) for text in texts),
        meaning=entry.meaning[words.lang],
        not_meaning=entry.not_meaning[words.lang],
        advice=entry.advice[words.lang],
    )


def place_of(exhibit: Exhibit, words: Words) -> str:
    """Returns where an exhibit stands in its report: the address of a cell, the characters of a claim."""
    if exhibit.kind == "claim":
        start, _, end = exhibit.place.partition("-")
        return words.say("collection.place", start=start, end=end)
    return exhibit.place


def label_of(exhibit: Exhibit, words: Words) -> str:
    """Returns what an exhibit counts: the name of its indicator, else its label."""
    if exhibit.kind != "figure":
        return joined(exhibit.label)
    name = words.indicator(exhibit.label, exhibit.form)
    return short_label(exhibit.quote) if name == exhibit.label else name


def quote_of(exhibit: Exhibit) -> str:
    """Returns the words that stand there, on one line, shortened."""
    text = joined(exhibit.quote)
    return text if len(text) <= _QUOTE else f"{text[: _QUOTE - 1]}…"


def stated_at(exhibit: Exhibit) -> str:
    """Returns the number of an exhibit with its unit; "" where it has none."""
    return with_unit(exhibit.value, exhibit.unit)


def arithmetic_of(finding: CollectionFinding) -> str:
    """Returns what the first exhibit is compared with, in numbers: `665 + 88 - 55 = 698`."""
    others = finding.exhibits[1:]
    signs = _signs(finding.formula, len(others))
    terms = [
        f"{'-' if sign < 0 else '+'} {number(exhibit.value)}"
        for sign, exhibit in zip(signs, others, strict=True)
    ]
    if len(terms) > _TERMS:
        terms = [*terms[:_TERMS], "+ …"]
    return f"{' '.join(terms).removeprefix('+ ')} = {number(finding.expected)}"


def _signs(formula: str, count: int) -> list[int]:
    """Returns the signs of the terms on the right of an identity; all plus where the formula is of another kind."""
    try:
        signs = [term.sign for term in parse_identity(formula.replace(">=", "<=")).right.terms]
    except ValueError:
        signs = []
    return signs if len(signs) == count else [1] * count


def _values(finding: CollectionFinding, words: Words) -> dict[str, str]:
    exhibits: Sequence[Exhibit] = finding.exhibits
    first = exhibits[0]
    other = next((item for item in exhibits[1:] if item.report != first.report), first)
    values = {
        "indicator": label_of(first, words),
        "claim": with_unit(finding.actual, first.unit),
        "unit": first.unit,
        "address": place_of(first, words),
        "label": label_of(first, words),
        "other_address": place_of(other, words),
        "other_label": label_of(other, words),
        "other_cell": stated_at(other),
        "formula": finding.formula,
        "arithmetic": arithmetic_of(finding),
        "expected": with_unit(finding.expected, first.unit),
        "actual": with_unit(finding.actual, first.unit),
        "difference": with_unit(None if finding.difference is None else abs(finding.difference), first.unit),
    }
    return {key: words.coded(key, value) for key, value in shown(finding.params).items()} | values
