"""Simple methods of finding a claim's cell: each gives every candidate a score in [0, 1] for one question.

They see what a claim is called and the sentence around it, never its value. A cell is chosen where the best
score reaches a threshold; of equal scores the first in the tables. None of them knows what a claim is that
no cell answers, so the threshold is all that keeps them silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from extractor.data import Verdict
from extractor.intervals import exactly, meet, scaled
from extractor.units import Units, factor
from extractor.widths import fold_widths

from .task import Answer, Candidate, Document, Question

Scorer = Callable[[Question, Sequence[Candidate]], list[float]]

_PUNCTUATION = re.compile(r"[^\w]+")
_WINDOW = 24


@dataclass(frozen=True, slots=True)
class Method:
    """A way to score candidates; `tuned` says that its threshold is to be chosen on development data."""

    name: str
    title: str
    score: Scorer
    tuned: bool = True


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", fold_widths(text))


def exact(question: Question, candidates: Sequence[Candidate]) -> list[float]:
    """Returns 1 for candidates whose label is the claim's phrase, punctuation and blanks apart."""
    phrase = _bare(question.claim.indicator)
    return [float(bool(phrase) and phrase == _bare(candidate.label)) for candidate in candidates]


def fuzzy(question: Question, candidates: Sequence[Candidate]) -> list[float]:
    """Returns rapidfuzz's weighted ratio of phrase and label."""
    from rapidfuzz.fuzz import WRatio

    phrase = _bare(question.claim.indicator)
    return [WRatio(phrase, _bare(candidate.label)) / 100 for candidate in candidates]


def sequence(question: Question, candidates: Sequence[Candidate]) -> list[float]:
    """Returns difflib's ratio of phrase and label."""
    phrase = _bare(question.claim.indicator)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(phrase)
    scores: list[float] = []
    for candidate in candidates:
        matcher.set_seq1(_bare(candidate.label))
        scores.append(matcher.ratio())
    return scores


def nearest(question: Question, candidates: Sequence[Candidate]) -> list[float]:
    """Returns the cosine of TF-IDF vectors of character 1- to 3-grams, weighed over the labels of the report."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    labels = [_bare(candidate.label) for candidate in candidates]
    if not any(labels):
        return [0.0] * len(labels)
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), lowercase=False).fit(labels)
    phrase = vectorizer.transform([_bare(question.claim.indicator)])
    return [float(value) for value in (vectorizer.transform(labels) @ phrase.T).toarray()[:, 0]]


# Seven patterns over the words right before a number of 件, and the rows each of them stands for.
_PATTERNS = (
    ("新收", r"新收|新增", ("applications.new@total", "applications.received")),
    ("收到", r"收到|受理|接收", ("applications.new@total", "applications.received")),
    ("上年结转", r"上(?:一)?年(?:度)?结转", ("applications.carried_in@total",)),
    ("结转下年", r"结转(?:至|到)?下|转下(?:一)?年", ("applications.carried_out@total",)),
    (
        "答复",
        r"答复|办结",
        ("outcome.total@total", "applications.answered", "applications.completed"),
    ),
    ("复议", r"复议", ("reconsideration.total",)),
    ("诉讼", r"诉讼", ("litigation.total", "litigation_direct.total")),
)
_COMPILED = tuple((re.compile(pattern), rows) for _, pattern, rows in _PATTERNS)
_NUMERAL = re.compile(r"\d")


def seven_patterns(question: Question, candidates: Sequence[Candidate]) -> list[float]:
    """Returns 1 for the first cell of the pattern that stands nearest before the claim, a count of 件.

    Source: the approach of the nearest public system, which reads 收到/新收, 结转, 答复/办结, 复议 and 诉讼 with
    件 by regular expressions. Written anew from that description.
    """
    scores = [0.0] * len(candidates)
    if question.claim.unit != "件":
        return scores
    window = fold_widths(question.before)[-_WINDOW:]
    window = _NUMERAL.split(window)[-1]
    found = [(match.end(), rows) for pattern, rows in _COMPILED for match in pattern.finditer(window)]
    if not found:
        return scores
    names = [candidate.name for candidate in candidates]
    row = next((row for row in max(found, key=lambda entry: entry[0])[1] if row in names), None)
    if row is not None:
        scores[names.index(row)] = 1.0
    return scores


METHODS = (
    Method("exact", "exact label", exact, tuned=False),
    Method("rapidfuzz", "rapidfuzz WRatio", fuzzy),
    Method("difflib", "difflib ratio", sequence),
    Method("tfidf", "TF-IDF nearest", nearest),
    Method("patterns", "seven patterns", seven_patterns, tuned=False),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The best candidate for one question, by claim id, and its score."""

    claim: str
    candidate: Candidate | None
    score: float


def choose(method: Method, document: Document, units: Units) -> list[Choice]:
    """Returns the best candidate of `method` for each claim; cells whose unit cannot be the claim's are left out."""
    choices: list[Choice] = []
    for question in document.questions:
        unit = question.claim.unit
        possible = [
            cell for cell in document.candidates if unit is None or _comparable(unit, cell.unit, units)
        ]
        scores = method.score(question, possible) if possible else []
        best = max(range(len(scores)), key=lambda place: (scores[place], -place), default=None)
        if best is None or not scores[best]:
            choices.append(Choice(question.claim.id, None, 0.0))
        else:
            choices.append(Choice(question.claim.id, possible[best], scores[best]))
    return choices


def _comparable(unit: str, other: str, units: Units) -> bool:
    """Says whether two units convert, or both count things (条 and 件)."""
    if factor(unit, other, units) is not None:
        return True
    kinds = {known.kind for name in (unit, other) if (known := units.by_id.get(name)) is not None}
    return kinds == {"count"}


def answer(
    document: Document, choices: Sequence[Choice], threshold: float, units: Units
) -> dict[str, Answer]:
    """Returns the answers of choices that reach `threshold`: the cell, and the plain comparison with its value."""
    claims = {question.claim.id: question.claim for question in document.questions}
    answers: dict[str, Answer] = {}
    for choice in choices:
        cell, claim = choice.candidate, claims[choice.claim]
        if cell is None or choice.score < threshold:
            answers[choice.claim] = Answer()
            continue
        if cell.value is None:
            verdict = Verdict.EMPTY
        else:
            by = factor(claim.unit or cell.unit, cell.unit, units) or Decimal(1)
            interval = scaled(claim.interval, by)
            if interval.low == interval.high == cell.value:
                verdict = Verdict.MATCH
            elif meet(interval, exactly(cell.value)):
                verdict = Verdict.APPROXIMATE
            else:
                verdict = Verdict.MISMATCH
        answers[choice.claim] = Answer(frozenset({cell.name}), verdict, choice.score)
    return answers
