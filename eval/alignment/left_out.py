"""A template left out: its file, what only it has, and the phrases of that; its reports are then read without it.

Removed are the template itself, every row id that no other template has, every admissible formula that needs one of
these, every narrative indicator that is left without a formula (with its wordings), and the training phrases
whose target it was. The words of the facets stay: they are the language, not the form. Rows that another template
shares stay with that template, so a form that is nearly another one may still be read by it; therefore the same is
done with every template left out at once, where no cell has a name and labels are all there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extractor import gold
from extractor.align.features import FEATURES
from extractor.align.model import make_model
from extractor.audit import audit
from extractor.classify import Model, fit
from extractor.data import Result, Verdict
from extractor.formulas import Formula
from extractor.gold.corpus import Document
from extractor.knowledge import Knowledge
from extractor.knowledge.linking import Indicator
from extractor.knowledge.models import Corpus
from extractor.knowledge.templates import Template
from extractor.labels import Gold
from extractor.readers import read
from extractor.score import Counts
from extractor.score.counts import Metric, metric
from extractor.score.pairing import pair_spans

from .scoring import Share, share

Cell = tuple[int, int] | str


@dataclass(frozen=True, slots=True)
class Removed:
    """How much leaving one template out takes away."""

    rows: int
    indicators: int
    phrases: int

    def to_dict(self) -> dict[str, int]:
        """Returns the counts as plain data."""
        return {"rows": self.rows, "indicators": self.indicators, "phrases": self.phrases}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One template's reports, read with it and without it; `alone` says that it alone was left out, and not all."""

    template: str
    alone: bool
    documents: int
    removed: Removed
    read_as: tuple[str, ...]
    cells: Share
    with_it: Metric
    without: Metric
    false_mismatches: Share

    def to_dict(self) -> dict[str, Any]:
        """Returns the measurement as plain data, fit for JSON."""
        return {
            "template": self.template,
            "left_out": "this template" if self.alone else "every template",
            "documents": self.documents,
            "removed": self.removed.to_dict(),
            "read_as": list(self.read_as),
            "cells_read": self.cells.to_dict(),
            "links_with": self.with_it.to_dict(),
            "links_without": self.without.to_dict(),
            "false_mismatches_a_report": self.false_mismatches.to_dict(),
        }


def leave_out(folder: Path, split: str, phrases: Corpus, knowledge: Knowledge) -> Iterator[LeftOut]:
    """Yields for every template of the labelled reports: read without it, and read without any."""
    read_with = [
        (entry, labels, _links(labels, audit(report, knowledge)))
        for entry in gold.documents(folder, split)
        if (labels := gold.read(entry.gold, report := read(entry.report, knowledge))).template
    ]
    templates = knowledge.templates.templates
    nothing = _untaught(templates, phrases, knowledge)
    for template in templates:
        own = [(entry, labels, links) for entry, labels, links in read_with if labels.template == template.id]
        if own:
            yield _measure(template, own, _untaught([template], phrases, knowledge), alone=True)
            yield _measure(template, own, nothing, alone=False)


@dataclass(frozen=True, slots=True)
class _Untaught:
    """What is left without some templates: the knowledge, a model trained with no more, and how much is gone."""

    knowledge: Knowledge
    model: Model
    removed: Removed


def _untaught(gone: Sequence[Template], phrases: Corpus, knowledge: Knowledge) -> _Untaught:
    less, corpus, removed = without(gone, phrases, knowledge)
    name = "without-" + "-".join(template.id for template in gone)
    return _Untaught(less, make_model(dict(fit(corpus, less).parameters), name, FEATURES), removed)


def _measure(
    template: Template, own: Sequence[tuple[Document, Gold, Counts]], left: _Untaught, alone: bool
) -> LeftOut:
    names: set[str] = set()
    after: list[Counts] = []
    cells: list[tuple[int, int]] = []
    alarms: list[tuple[int, int]] = []
    for entry, labels, _ in own:
        result = audit(read(entry.report, left.knowledge), left.knowledge, left.model)
        after.append(_links(labels, result))
        cells.append(_read(labels, result))
        alarms.append((_false_mismatches(labels, result), 1))
        names.add(result.reading.template or "open tables")
    return LeftOut(
        template=template.id,
        alone=alone,
        documents=len(own),
        removed=left.removed,
        read_as=tuple(sorted(names)),
        cells=share(cells),
        with_it=metric("links", [links for _, _, links in own]),
        without=metric("links", after),
        false_mismatches=share(alarms),
    )


def without(
    gone: Sequence[Template], phrases: Corpus, knowledge: Knowledge
) -> tuple[Knowledge, Corpus, Removed]:
    """Returns knowledge and training phrases that never heard of some templates, and how much that took away."""
    names = {template.id for template in gone}
    others = [other for other in knowledge.templates.templates if other.id not in names]
    only = set[str]().union(*map(_ids, gone)).difference(*map(_ids, others))
    indicators: dict[str, Indicator] = {}
    for key, indicator in knowledge.linking.indicators.items():
        formulas = _left(indicator.formulas, only)
        if formulas:
            indicators[key] = replace(indicator, formulas=formulas, before=_left(indicator.before, only))
    unknown = knowledge.linking.indicators.keys() - indicators.keys()
    kept = tuple(phrase for phrase in phrases.phrases if phrase.target not in unknown)
    known = {key: meant for key, meant in knowledge.templates.indicators.items() if key not in only}
    less = replace(
        knowledge,
        templates=replace(knowledge.templates, templates=tuple(others), indicators=known),
        linking=replace(knowledge.linking, indicators=indicators),
    )
    removed = Removed(len(only), len(unknown), len(phrases.phrases) - len(kept))
    return less, Corpus(kept, phrases.tables), removed


def _ids(template: Template) -> set[str]:
    """Returns the ids of the cells of a form, and of its rows where columns divide them."""
    cells = {
        block.indicator(row, column)
        for block in template.blocks
        for row in (block.rows or (None,))
        for column in block.columns
        if row is None or not row.heading
    }
    rows = {row.id for block in template.blocks for row in block.rows if not row.heading}
    return cells | rows | {cell.partition("@")[0] for cell in cells if cell.endswith("@total")}


def _left(formulas: tuple[Formula, ...], only: set[str]) -> tuple[Formula, ...]:
    return tuple(formula for formula in formulas if only.isdisjoint(term.name for term in formula.terms))


def _links(labels: Gold, result: Result) -> Counts:
    """Returns the links counted by the places of the cells, which need no name."""
    places: dict[str, Cell] = {cell.indicator: (cell.start, cell.end) for cell in labels.figures}
    figures = {figure.id: figure for figure in result.reading.figures}
    links = {link.claim: link for link in result.links}
    exact, loose = pair_spans(labels.claims, result.claims)
    total = Counts(found=sum(len(link.figures) for link in result.links))
    total += Counts(gold=sum(len(claim.figures) for claim in labels.claims))
    for place, other in {**exact, **loose}.items():
        wanted = {places.get(name, name) for name in labels.claims[place].figures}
        found: set[Cell] = set()
        for key in links[result.claims[other].id].figures:
            figure = figures[key]
            blank = figure.value is None and figure.indicator is not None
            found.add(figure.indicator or "" if blank else (figure.start, figure.end))
        total += Counts(len(wanted & found))
    return total


def _read(labels: Gold, result: Result) -> tuple[int, int]:
    """Returns how many of the labelled cells were read at their places with their values."""
    found = {(figure.start, figure.end): figure.value for figure in result.reading.figures}
    right = sum(found.get((cell.start, cell.end)) == cell.value for cell in labels.figures)
    return right, len(labels.figures)


def _false_mismatches(labels: Gold, result: Result) -> int:
    exact, loose = pair_spans(labels.claims, result.claims)
    meant = {
        result.claims[other].id: labels.claims[place].verdict for place, other in {**exact, **loose}.items()
    }
    return sum(
        verdict is Verdict.MISMATCH and meant.get(claim) is not Verdict.MISMATCH
        for claim, verdict in result.verdicts.items()
    )
