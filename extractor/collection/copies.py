"""Last year's words left in: sentences that repeat an earlier report with their numbers, and whole tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

import regex
from rapidfuzz import fuzz

from .. import intervals
from ..data import Relation, Verdict
from ..data.collection import (
    FAILED,
    HELD,
    CollectionCheck,
    CollectionFinding,
    KeptClaim,
    KeptFigure,
    Member,
    Outcome,
    Series,
)
from ..knowledge import Knowledge
from ..knowledge.collection import CopyRules
from ..units import Units, factor
from ..widths import REMOVED, fold_widths
from .exhibits import exhibit_of_claim, exhibit_of_figure

_SENTENCE, _TABLE = "years.copied", "years.same_table"
_BLANKS = regex.compile(rf"[\s{REMOVED}]+")
_YEAR = regex.compile(r"(?:19|20)\d\d(?=年|-|\b)")
_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_DIGIT = regex.compile(r"\d")
_APART = frozenset({"time", "rank", "zero"})

_Key = tuple[Decimal, ...]


def check_copies(series: Series, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the sentences, and the tables, of each report that repeat those of the one before it.

    Only sentences with several telling numbers count, and none of what may well stay as it is (stocks, norms). Nor
    of those whose numbers this year's table has too.
    """
    rules = knowledge.comparison.copies
    years = list(series.years)
    for before, year in pairwise(years):
        now, last = series.years[year], series.years[before]
        yield from _sentences(now, last, series.body, rules, knowledge)
        yield from _tables(now, last, series.body, rules, knowledge)


def _sentences(
    now: Member, last: Member, body: str, rules: CopyRules, knowledge: Knowledge
) -> Iterator[Outcome]:
    earlier: dict[_Key, list[list[KeptClaim]]] = defaultdict(list)
    for claims in _telling(last, rules):
        earlier[_key(claims)].append(claims)
    units, figures = knowledge.language.units, {figure.id: figure for figure in now.figures}
    known = frozenset(claim.id for claim in now.claims if _confirmed(claim, figures, units))
    for claims in _telling(now, rules, known):
        twin = next(
            (
                other
                for other in earlier.get(_key(claims), ())
                if fuzz.ratio(_bare(claims[0].sentence), _bare(other[0].sentence)) >= rules.alike
            ),
            None,
        )
        year = now.year or 0
        yield CollectionCheck(_SENTENCE, HELD if twin is None else FAILED, body, year)
        if twin is not None:
            yield CollectionFinding(
                code=_SENTENCE,
                verdict=None,
                severity=knowledge.messages.severity(_SENTENCE),
                body=body,
                year=year,
                exhibits=(exhibit_of_claim(now, claims[0]), exhibit_of_claim(last, twin[0])),
                params={
                    "body": body,
                    "year": year,
                    "last_year": last.year or 0,
                    "sentence": _short(claims[0].sentence),
                    "numbers": len(claims),
                },
            )


def _telling(
    member: Member, rules: CopyRules, known: frozenset[str] = frozenset()
) -> Iterator[list[KeptClaim]]:
    """Yields, for each sentence that would tell a copy, its claims above zero in the order of the text.

    Where all that tell are of the ids `known`, none does.
    """
    sentences: dict[int, list[KeptClaim]] = defaultdict(list)
    for claim in sorted(member.claims, key=lambda claim: claim.start):
        if claim.value and claim.kind not in _APART and _DIGIT.search(fold_widths(claim.text)):
            sentences[claim.sentence_start].append(claim)
    for claims in sentences.values():
        digits = {
            claim.value: len(_DIGIT.findall(fold_widths(claim.text)))
            for claim in claims
            if _tells(claim, rules)
        }
        if len(digits) < rules.numbers or sum(digits.values()) < rules.digits:
            continue  # too little to tell a copy from a coincidence
        if known.issuperset(claim.id for claim in claims if _tells(claim, rules)):
            continue
        if any(claim.relation is Relation.NORM for claim in claims) or rules.silent.search(
            claims[0].sentence
        ):
            continue  # what may well stay as it is
        yield claims


def _tells(claim: KeptClaim, rules: CopyRules) -> bool:
    whole = claim.kind == "percent" and claim.value == _HUNDRED
    return claim.value is not None and claim.value >= rules.least and not whole


def _confirmed(claim: KeptClaim, figures: Mapping[str, KeptFigure], units: Units) -> bool:
    """Says whether the cells that a claim was tied to add up to its number."""
    cells = [figures[name] for name in claim.figures if name in figures]
    if not cells or len(cells) < len(claim.figures) or "-" in claim.formula:
        return False
    by = factor(cells[0].unit, claim.unit, units)
    if by is None or len({cell.unit for cell in cells}) > 1 or any(cell.value is None for cell in cells):
        return False
    total = sum((cell.value for cell in cells if cell.value is not None), _ZERO)
    return intervals.meet(intervals.exactly(total * by), claim.interval)


def _key(claims: Sequence[KeptClaim]) -> _Key:
    return tuple(claim.value for claim in claims if claim.value is not None)


def _bare(sentence: str) -> str:
    return _YEAR.sub("", _BLANKS.sub("", fold_widths(sentence)))


def _short(sentence: str) -> str:
    text = _BLANKS.sub("", sentence)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _tables(
    now: Member, last: Member, body: str, rules: CopyRules, knowledge: Knowledge
) -> Iterator[Outcome]:
    """Yields whether all cells above zero of two forms of one kind are the same."""
    if not now.template or now.template != last.template:
        return
    mine, theirs = (
        {figure.indicator: figure for figure in member.figures if figure.value} for member in (now, last)
    )
    if len(mine) < rules.cells or "" in mine:
        return
    year = now.year or 0
    same = {name: figure.value for name, figure in mine.items()} == {
        name: figure.value for name, figure in theirs.items()
    }
    yield CollectionCheck(_TABLE, FAILED if same else HELD, body, year)
    if same:
        first = next(iter(mine))
        yield CollectionFinding(
            code=_TABLE,
            verdict=Verdict.MISMATCH,
            severity=knowledge.messages.severity(_TABLE),
            body=body,
            year=year,
            exhibits=(exhibit_of_figure(now, mine[first]), exhibit_of_figure(last, theirs[first])),
            params={"body": body, "year": year, "last_year": last.year or 0, "cells": len(mine)},
        )
