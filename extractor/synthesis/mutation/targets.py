"""The numbers of a labelled report that can be changed, and how each is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...data import Verdict
from ...gold.quotation import Span, numerals
from ...knowledge import Knowledge
from ...labels import Gold, GoldClaim, GoldFigure
from ...numerals import parse

PLACES = ("text.linked", "text.internal", "text.unchecked", "table.linked", "table.sums", "table.unchecked")
SCALES = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "万亿": Decimal(10) ** 12}
ASCII = str.maketrans("０１２３４５６７８９．，·", "0123456789.,.")
_PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?")
_AGREES = frozenset({Verdict.MATCH, Verdict.APPROXIMATE})


@dataclass(frozen=True, slots=True)
class Target:
    """A number that can be changed: of a claim or a figure.

    `side` is claim or cell, `place` one of `PLACES`. `start`/`end` span the digits in the report's text, without a
    scale; `plain` are they in ASCII and without separators, `scale` is what they are multiplied by, `rest` what
    stands behind them in the label.
    """

    label: GoldClaim | GoldFigure
    side: str
    place: str
    start: int
    end: int
    text: str
    plain: str
    scale: Decimal
    rest: str

    @property
    def name(self) -> str:
        """Returns the id of the claim or the indicator of the figure."""
        return self.label.id if isinstance(self.label, GoldClaim) else self.label.indicator

    @property
    def value(self) -> Decimal:
        """Returns the number as written, without its scale."""
        return Decimal(self.plain)


def targets(gold: Gold, text: str, knowledge: Knowledge) -> Iterator[Target | str]:
    """Yields each number that can be changed, or why one cannot: a key of `kinds.toml`."""
    internal = _internal(gold)
    for claim in gold.claims:
        linked = claim.figures and claim.verdict in _AGREES
        place = "linked" if linked else "internal" if claim.id in internal else "unchecked"
        spans = [(number.start, number.end) for number in gold.numbers if number.claim == claim.id]
        yield _target(claim, "claim", f"text.{place}", text, spans) if spans else "no_number"
    linked_cells = {name for claim in gold.claims for name in claim.figures}
    summed = _summed(gold, knowledge)
    names = [figure.indicator for figure in gold.figures]
    for figure in gold.figures:
        name = figure.indicator
        place = "linked" if name in linked_cells else "sums" if name in summed else "unchecked"
        spans = numerals(text, figure.start, figure.end)[:1]
        if names.count(name) > 1:
            yield "two_forms"
        else:
            yield (
                _target(figure, "cell", f"table.{place}", text, spans)
                if figure.value is not None
                else "no_value"
            )


def _internal(gold: Gold) -> set[str]:
    """Returns the claims that arithmetic of the text speaks of: in a check, a part, or a whole."""
    found = {name for check in gold.checks for name in check.claims}
    for claim in gold.claims:
        wholes = [whole for whole in claim.part_of if whole]
        found.update((claim.id, *wholes) if wholes else ())
    return found


def _summed(gold: Gold, knowledge: Knowledge) -> set[str]:
    """Returns the cells that take part in an identity of the form, or stand in a table of no form."""
    found = {figure.indicator for figure in gold.figures if "!" in figure.indicator}
    for template in knowledge.templates.templates:
        if template.id == gold.template:
            found.update(name for entry in template.identities for name in entry.formula.names)
    return found


def _target(
    label: GoldClaim | GoldFigure, side: str, place: str, text: str, spans: Sequence[Span]
) -> Target | str:
    if len(spans) != 1:
        return "several_numbers" if spans else "not_plain"
    start, end = spans[0]
    written = text[start:end]
    core = written.rstrip("".join(SCALES))
    scale = SCALES.get(written[len(core) :], Decimal(1))
    plain = core.translate(ASCII).replace(",", "")
    if not _PLAIN.fullmatch(plain):
        value = parse(core)
        plain = "" if value is None else format(value, "f")
    if not plain or label.value is None or abs(label.value) != Decimal(plain) * scale:
        return "not_plain"
    end = start + len(core)
    return Target(label, side, place, start, end, core, plain, scale, text[end : label.end])
