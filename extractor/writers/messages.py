"""Findings in plain words: the template of `kb/findings.toml`, filled from the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..data import Claim, Figure, Finding
from ..knowledge.messages import fill, within_quotes
from .arithmetic import Arithmetic, arithmetic
from .evidence import Evidence, stated, topic, with_unit
from .words import Words, shown

_JOINTS = {"zh": "", "en": " "}


@dataclass(frozen=True, slots=True)
class Message:
    """What a reader is told about one finding."""

    title: str
    text: str
    meaning: str
    not_meaning: str
    advice: str


def message(finding: Finding, evidence: Evidence, words: Words) -> Message:
    """Returns the words of `finding`.

    Raises:
        KeyError: `kb/findings.toml` does not know the code; a test holds every code of the checks to it.
    """
    entry = words.knowledge.messages.findings[finding.code]
    values = _values(finding, evidence, words)
    texts = [entry.text, *(text for param, text in entry.more if param in finding.params)]
    return Message(
        title=entry.title[words.lang],
        text=_JOINTS[words.lang].join(fill(text[words.lang], values) for text in texts),
        meaning=entry.meaning[words.lang],
        not_meaning=entry.not_meaning[words.lang],
        advice=entry.advice[words.lang],
    )


def _values(finding: Finding, evidence: Evidence, words: Words) -> dict[str, str]:
    claims = [evidence.claims[key] for key in finding.claims if key in evidence.claims]
    figures = [evidence.figures[key] for key in finding.figures if key in evidence.figures]
    claim, other_claim = [*claims[:2], None, None][:2]
    figure, other_figure = [*figures[:2], None, None][:2]
    joint = _JOINTS[words.lang]
    suspect = evidence.figures.get(str(finding.params.get("culprit", "")))
    empty = [item for item in figures if item.value is None]
    telling = empty[0] if empty and finding.expected is None else figure
    unit = _unit(claim, figure)
    difference = abs(finding.difference) if finding.difference is not None else None
    apart = figure.unit or unit if figure and finding.verdict else unit  # from a cell, in the cell's unit
    sum_of = arithmetic(finding.formula, finding.figures, evidence)
    values = {
        "indicator": topic(claim) if claim else "",
        "claim": stated(claim) if claim else "",
        "other_claim": stated(other_claim) if other_claim else "",
        "claims": _listed([f"{topic(item)}{stated(item)}" for item in claims], words),
        "unit": unit,
        "address": figure.address if figure else "",
        "label": evidence.label(figure) if figure else "",
        "cell": _cell(telling, words) if telling else "",
        "other_address": other_figure.address if other_figure else "",
        "other_label": evidence.label(other_figure) if other_figure else "",
        "other_cell": _cell(other_figure, words) if other_figure else "",
        "culprit_address": suspect.address if suspect else "",
        "culprit_label": evidence.label(suspect) if suspect else "",
        "figures": _listed(
            [joint.join((_named(item, evidence, words), _cell(item, words))) for item in figures], words
        ),
        "subject": _subject(finding, figure, sum_of, evidence, words),
        "formula": sum_of.in_words(),
        "arithmetic": sum_of.in_figures(finding.expected, holds=False),
        "expected": with_unit(finding.expected, figure.unit if claim and figure else unit),
        "actual": with_unit(finding.actual, _actual_unit(finding, claim, other_claim, figure) or unit),
        "difference": with_unit(difference, words.word("label.points") if apart == "%" else apart),
    }
    return {key: words.coded(key, value) for key, value in shown(finding.params).items()} | values


def _unit(claim: Claim | None, figure: Figure | None) -> str:
    if claim is not None:
        return claim.unit_text or claim.unit or (figure.unit if figure is not None else "")
    return figure.unit if figure is not None else ""


def _actual_unit(finding: Finding, claim: Claim | None, other: Claim | None, figure: Figure | None) -> str:
    """Returns the unit of what a finding says there is, "" where that is the claim's own number."""
    if claim is None or finding.actual == claim.value:
        return ""
    return figure.unit if figure is not None else _unit(other, None)


def _cell(figure: Figure, words: Words) -> str:
    if figure.value is None:
        return words.word(f"state.{figure.state}")
    return with_unit(figure.value, figure.unit)


def _named(figure: Figure, evidence: Evidence, words: Words) -> str:
    """Returns address and label of a cell."""
    return _JOINTS[words.lang].join((figure.address, f"“{within_quotes(evidence.label(figure))}”"))


def _subject(
    finding: Finding, figure: Figure | None, sum_of: Arithmetic, evidence: Evidence, words: Words
) -> str:
    """Returns what a claim was compared with: the cell, or the sum of several cells."""
    if figure is None:
        return ""
    if len(finding.figures) == 1:
        return _named(figure, evidence, words)
    common = sum_of.common()
    place = f"{common}·" if common else ""
    return f"“{within_quotes(place + sum_of.in_words())}”({sum_of.in_figures()})"


def _listed(items: Sequence[str], words: Words) -> str:
    shown_items = items[:6]
    more = words.word("label.more") if len(items) > len(shown_items) else ""
    return words.word("label.joint").join(shown_items) + more
