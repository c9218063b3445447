"""Training of the linker with scikit-learn (its only importer); the trained model scores without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .align.facets import bare_label
from .align.features import FEATURES, Reference, features, possible, reference
from .align.model import GRAMS, Model, load_model, make_model
from .align.targets import Index, Target, catalogue, label_text
from .data import CellState, Figure
from .knowledge import Knowledge, load
from .knowledge.models import COLUMN, Corpus, Phrase, key, read_phrases, write_model
from .knowledge.templates import Template

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Model", "Training", "fit", "load_model", "train"]

_FOLDS = 10
_MARGIN = 0.15
_PRECISION = 0.99
_FLOOR = 70
_DIGITS = 6
_FORM = "form:"
_TOTAL = "total"
_FEW = 4


@dataclass(frozen=True, slots=True)
class Scored:
    """The out-of-fold answer to one phrase: the best target and the next, with probabilities, and the truth."""

    phrase: Phrase
    best: str
    probability: float
    second: float


@dataclass(frozen=True, slots=True)
class Training:
    """What a training run made: parameters, and the metrics its card states."""

    parameters: Mapping[str, Any]
    metrics: Mapping[str, float | int]


def train(corpus: Path, out: Path) -> Mapping[str, float | int]:
    """Trains the linker on the phrases of `corpus`, writes parameters, card and manifest to `out`.

    Returns:
        Grouped cross-validation metrics with their counts. The same corpus and knowledge give the
        same bytes.
    """
    knowledge = load()
    training = fit(read_phrases(corpus), knowledge)
    write_model(out, training.parameters, _card(training))
    return training.metrics


def fit(corpus: Corpus, knowledge: Knowledge) -> Training:
    """Returns the parameters learned from `corpus`, with metrics from cross-validation grouped by wording family."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    corpus = _with_forms(corpus, knowledge)
    weighted = _weigh(corpus, knowledge)
    rows, owners, labels, keys = _pairs(corpus, knowledge, weighted)
    matrix = np.asarray(rows, dtype=np.float64)
    truth = np.asarray(labels)
    owner = np.asarray(owners)
    groups = np.asarray([corpus.phrases[place].group for place in owners])
    decisions = np.zeros(len(rows))
    for seen, held in GroupKFold(_FOLDS).split(matrix, truth, groups):
        decisions[held] = (
            _regression(LogisticRegression).fit(matrix[seen], truth[seen]).decision_function(matrix[held])
        )
    platt = LogisticRegression(C=1e6, solver="lbfgs").fit(decisions.reshape(-1, 1), truth)
    final = _regression(LogisticRegression).fit(matrix, truth)
    slope, offset = float(platt.coef_[0][0]), float(platt.intercept_[0])
    probabilities = 1.0 / (1.0 + np.exp(-(slope * decisions + offset)))
    answers = _answers(corpus.phrases, owner.tolist(), keys, probabilities.tolist())
    accept = _threshold(answers)
    parameters = {
        "idf": weighted.idf,
        "unseen": weighted.unseen,
        "features": list(FEATURES),
        "weights": [round(float(weight), _DIGITS) for weight in final.coef_[0]],
        "bias": round(float(final.intercept_[0]), _DIGITS),
        "slope": round(slope, _DIGITS),
        "offset": round(offset, _DIGITS),
        "accept": accept,
        "margin": _MARGIN,
        "certain": round((2 + accept) / 3, 3),
    }
    return Training(parameters, _metrics(answers, accept, len(rows)))


def _with_forms(corpus: Corpus, knowledge: Knowledge) -> Corpus:
    """Returns `corpus` with every form as an open table too, and its phrases once more, about the labels of these.

    What is known of the forms' wordings thus also teaches how labels alone are meant.
    """
    tables = dict(corpus.tables)
    phrases = list(corpus.phrases)
    index = Index(knowledge.linking, make_model(_blank(), "", FEATURES))
    for template in knowledge.templates.templates:
        labels = _labels_of(template)
        name = f"{_FORM}{template.id}"
        tables[name] = tuple(dict.fromkeys(labels.values()))
        targets = {target.key: target for target in _labels(index, tables[name])}
        for phrase in corpus.phrases:
            if phrase.table:
                continue  # about a table of its own
            target = ""
            if phrase.target:
                first = knowledge.linking.indicators[phrase.target].formulas[0]
                target = labels[first.text][0] if first.text in labels else ""
                claimed = refer_to(phrase, index)
                if not target or not possible(claimed, targets[key(target)], knowledge.language.units):
                    continue  # the form has no such row, or calls it something else
            phrases.append(replace(phrase, table=name, target=target))
    return Corpus(tuple(phrases), tables)


def _labels_of(template: Template) -> dict[str, tuple[str, str]]:
    """Returns label path and unit of every row of a form, by row id; of a matrix the column of totals."""
    found: dict[str, tuple[str, str]] = {}
    for block in template.blocks:
        by_id = {row.id: row for row in block.rows}
        for row in block.rows or (None,):
            for column in block.columns:
                if column.period or (row is not None and row.heading):
                    continue  # another year's column, or a row that holds no value
                name = block.indicator(row, column)
                if name.count("@") and column.id != _TOTAL and len(block.columns) > _FEW:
                    continue  # an applicant's column
                above = by_id.get(row.parent) if row is not None else None
                figure = replace(
                    _figure(row.label if row is not None else column.label, ""),
                    column_label="" if row is None or column.id == _TOTAL else column.label,
                    row_path=(above.label,) if above is not None else (),
                    column_path=column.path,
                )
                unit = (row.unit if row is not None else "") or column.unit or block.unit
                label, own = label_text(figure), bare_label(figure.row_label)
                if figure.column_label and label.startswith(own):
                    label = f"{own}{COLUMN}{label.removeprefix(own)}"
                found[name.removesuffix(f"@{_TOTAL}")] = (label, unit)
    return found


def _regression(kind: Any) -> Any:
    return kind(C=1.0, solver="lbfgs", max_iter=5000, tol=1e-8)


def _weigh(corpus: Corpus, knowledge: Knowledge) -> Model:
    """Returns a model that holds n-gram weights only, learned over all phrases, contexts and names."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    blank = make_model(_blank(), "", FEATURES)
    reader = Index(knowledge.linking, blank).reader
    texts = [text for phrase in corpus.phrases for text in (phrase.phrase, *phrase.context)]
    texts += [label for rows in corpus.tables.values() for label, _ in rows]
    texts += [name for row in knowledge.linking.indicators.values() for name in (row.zh, *row.aliases)]
    cores = sorted({reader.read(text).core for text in texts} - {""})
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=GRAMS, lowercase=False, min_df=2).fit(cores)
    idf = {gram: round(float(vectorizer.idf_[place]), 4) for gram, place in vectorizer.vocabulary_.items()}
    return make_model(
        _blank() | {"idf": dict(sorted(idf.items())), "unseen": max(idf.values())}, "", FEATURES
    )


def _blank() -> dict[str, Any]:
    zero = dict.fromkeys(("bias", "slope", "offset", "accept", "margin", "certain"), 0.0)
    return zero | {"idf": {}, "unseen": 1.0, "features": list(FEATURES), "weights": [0.0] * len(FEATURES)}


def _pairs(
    corpus: Corpus, knowledge: Knowledge, model: Model
) -> tuple[list[tuple[float, ...]], list[int], list[int], list[str]]:
    """Returns features, phrase number, truth and target key of every pair of a phrase and a possible target."""
    index = Index(knowledge.linking, model)
    open_tables = {name: _labels(index, rows) for name, rows in corpus.tables.items()}
    rows: list[tuple[float, ...]] = []
    owners: list[int] = []
    labels: list[int] = []
    keys: list[str] = []
    for place, phrase in enumerate(corpus.phrases):
        indicators = () if phrase.table.startswith(_FORM) else index.indicators
        targets = catalogue((*indicators, *open_tables.get(phrase.table, ())))
        claimed = refer_to(phrase, index)
        vectors = (model.vector(claimed.cores[0]), model.vector(claimed.cores[1]))
        found = targets.candidates(claimed.facets, claimed.around + claimed.titles)
        for target in sorted(found, key=lambda target: target.key):  # sets have no order to rely on
            if possible(claimed, target, knowledge.language.units):
                rows.append(features(claimed, target, vectors))
                owners.append(place)
                labels.append(int(target.key == key(phrase.target)))
                keys.append(target.key)
    return rows, owners, labels, keys


def refer_to(phrase: Phrase, index: Index) -> Reference:
    """Returns what a labelled phrase refers to, as a claim in its place would."""
    section = (phrase.section,) if phrase.section else ()
    return reference(index.reader, phrase.phrase, phrase.context, section, phrase.unit)


def _labels(index: Index, rows: Sequence[tuple[str, str]]) -> tuple[Target, ...]:
    """Returns the targets of an open table of the corpus."""
    return tuple(index.label(key(label), [_figure(label, unit)]) for label, unit in rows)


def _figure(label: str, unit: str) -> Figure:
    row, _, column = label.partition("/")[0].partition(COLUMN)
    return Figure(
        id="", table="", row=0, column=0, address="", row_label=row, column_label=column, row_path=(), column_path=(),
        indicator=None, group="", value=None, state=CellState.BLANK, text="", unit=unit, start=0, end=0,
    )  # fmt: skip


def _answers(
    phrases: Sequence[Phrase], owners: Sequence[int], keys: Sequence[str], probabilities: Sequence[float]
) -> list[Scored]:
    """Returns for every phrase the out-of-fold best target; "" and 0 where nothing could be meant."""
    best: dict[int, list[tuple[float, str]]] = {}
    for owner, name, probability in zip(owners, keys, probabilities, strict=True):
        best.setdefault(owner, []).append((probability, name))
    answers: list[Scored] = []
    for place, phrase in enumerate(phrases):
        ranked = sorted(best.get(place, ()), reverse=True)
        first = ranked[0] if ranked else (0.0, "")
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        answers.append(Scored(phrase, first[1], first[0], second))
    return answers


def _accepted(answer: Scored, accept: float) -> bool:
    return answer.probability >= accept and answer.probability - answer.second >= _MARGIN


def _threshold(answers: Sequence[Scored]) -> float:
    """Returns the lowest threshold in steps of 0.01 at which the precision goal is met, at least `_FLOOR` / 100."""
    for step in range(_FLOOR, 100):
        accept = step / 100
        taken = [answer for answer in answers if _accepted(answer, accept)]
        right = sum(answer.best == key(answer.phrase.target) for answer in taken)
        if taken and right / len(taken) >= _PRECISION:
            return accept
    return 0.99


def _metrics(answers: Sequence[Scored], accept: float, pairs: int) -> dict[str, float | int]:
    taken = [answer for answer in answers if _accepted(answer, accept)]
    right = sum(answer.best == key(answer.phrase.target) for answer in taken)
    linked = sum(bool(answer.phrase.target) for answer in answers)
    ranked = sum(answer.best == key(answer.phrase.target) for answer in answers if answer.phrase.target)
    none = len(answers) - linked
    alarms = sum(not answer.phrase.target for answer in taken)
    return {
        "phrases": len(answers),
        "groups": len({answer.phrase.group for answer in answers}),
        "pairs": pairs,
        "linked": linked,
        "none": none,
        "accepted": len(taken),
        "accepted_right": right,
        "accepted_none": alarms,
        "precision": round(right / len(taken), 4) if taken else 0.0,
        "recall": round(right / linked, 4) if linked else 0.0,
        "top1": round(ranked / linked, 4) if linked else 0.0,
        "none_refused": round((none - alarms) / none, 4) if none else 0.0,
        "accept": accept,
    }


def _card(training: Training) -> str:
    """Returns the model card."""
    m = training.metrics
    return f"""# Linker

What it does: gives the probability that a claim of the prose is about an indicator (or a table label).

- Form: logistic regression over {len(FEATURES)} features of a (claim, target) pair, calibrated by Platt scaling on
  out-of-fold decisions; character n-gram weights (TF-IDF, {GRAMS[0]} to {GRAMS[1]}) for the lexical features.
  The claim's value is no feature.
- Data: `corpora/phrases`, {m["phrases"]} self-written phrases in {m["groups"]} groups, {m["linked"]} with a target and
  {m["none"]} with none; {m["pairs"]} pairs.
- Measured by {_FOLDS}-fold cross-validation, groups kept together: the right target ranks first for {m["top1"]:.4f} of
  {m["linked"]}; at the threshold {m["accept"]} and a margin of {_MARGIN}, {m["accepted_right"]} of {m["accepted"]}
  accepted links are right (precision {m["precision"]:.4f}), {m["recall"]:.4f} of {m["linked"]} targets are found, and
  {m["accepted_none"]} of {m["none"]} phrases without a target are linked.
- Limits: the phrases were written by the authors of the rules, so these numbers say how well the parts fit together,
  not how the program does on unseen reports; see `eval/` for that.
- Training again: `extractor train` writes the same bytes from the same corpus and knowledge.
"""
