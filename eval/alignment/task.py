"""The question each method is asked: one labelled claim, and the labelled cells of the same report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from extractor import gold
from extractor.audit import audit
from extractor.classify import Model
from extractor.data import Figure, Relation, Report, Result, Stamp, Verdict
from extractor.knowledge import Knowledge
from extractor.labels import Gold, GoldClaim
from extractor.readers import read
from extractor.score.pairing import pair_spans
from extractor.tables.labels import normal

_ENDS = "。;;!!??\n"
_COMPARED = frozenset({Relation.LEVEL, Relation.TOTAL, Relation.CHANGE})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One labelled cell: `name` as labels call it, `label` of its row, and of its column where it is no total."""

    name: str
    label: str
    value: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Question:
    """One labelled claim, in its sentence up to the claim and behind it."""

    claim: GoldClaim
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method says of one claim: the cells it is about, the verdict, and how sure it is."""

    figures: frozenset[str] = frozenset()
    verdict: Verdict = Verdict.ABSENT
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Document:
    """One labelled report: its questions, the cells to choose from, and our own answers, by claim.

    `clean` says that no claim of it is labelled a mismatch.
    """

    name: str
    questions: tuple[Question, ...]
    candidates: tuple[Candidate, ...]
    ours: Mapping[str, Answer]
    clean: bool
    stamp: Stamp


def documents(
    corpus: Path, split: str, knowledge: Knowledge, model: Model | None = None
) -> Iterator[Document]:
    """Yields the labelled reports of a split, each audited with `knowledge` and `model`."""
    for entry in gold.documents(corpus, split):
        report = read(entry.report, knowledge)
        labels = gold.read(entry.gold, report)
        result = audit(report, knowledge, model)
        yield Document(
            name=entry.report.name,
            questions=tuple(_question(claim, report) for claim in labels.claims),
            candidates=_candidates(labels, result, knowledge),
            ours=_answers(labels, result),
            clean=all(claim.verdict is not Verdict.MISMATCH for claim in labels.claims),
            stamp=result.stamp,
        )


def _question(claim: GoldClaim, report: Report) -> Question:
    text = report.text
    start = max(text.rfind(end, 0, claim.start) for end in _ENDS) + 1
    stops = [place for end in _ENDS if (place := text.find(end, claim.end)) >= 0]
    return Question(claim, text[start : claim.start], text[claim.end : min(stops, default=len(text))])


def _candidates(labels: Gold, result: Result, knowledge: Knowledge) -> tuple[Candidate, ...]:
    """Returns the labelled cells with the labels printed beside them, in the order of the tables."""
    printed: dict[str, Figure] = {}
    for figure in result.reading.figures:
        printed.setdefault(figure.indicator or figure.address, figure)
    totals = knowledge.templates.words.totals
    found: dict[str, Candidate] = {}
    for cell in labels.figures:
        known = printed.get(cell.indicator)
        label = "" if known is None else _label(known, totals)
        found.setdefault(cell.indicator, Candidate(cell.indicator, label, cell.value, cell.unit))
    return tuple(found.values())


def _label(figure: Figure, totals: frozenset[str]) -> str:
    """Returns what a reader sees beside a cell: its row's label, and its column's unless that says 总计."""
    row, column = normal(figure.row_label), normal(figure.column_label)
    if row in totals and figure.row_path:
        row = normal(figure.row_path[-1]) + row
    return row if column in totals and row else row + column


def _answers(labels: Gold, result: Result) -> dict[str, Answer]:
    """Returns our answers by labelled claim; a claim we did not find has none."""
    names = {figure.id: figure.indicator or figure.address for figure in result.reading.figures}
    links = {link.claim: link for link in result.links}
    exact, loose = pair_spans(labels.claims, result.claims)
    answers: dict[str, Answer] = {}
    for place, other in {**exact, **loose}.items():
        claim = result.claims[other]
        link = links[claim.id]
        figures = frozenset(names[figure] for figure in link.figures)
        answers[labels.claims[place].id] = Answer(figures, result.verdicts[claim.id], float(link.score))
    return answers


def compared(claim: GoldClaim) -> bool:
    """Says whether `claim` states how much of something there is, as far as labels say."""
    return any(relation in _COMPARED for relation in claim.relation)
