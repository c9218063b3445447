"""Training of the linker with scikit-learn (its only importer); the trained model scores without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .align.features import FEATURES, features, possible, weigh
from .align.model import GRAMS, Model, load_model, make_model
from .align.reference import Reference, reference
from .align.targets import Index, Target, catalogue, label_text
from .align.telling import telling
from .data import CellState, Figure
from .knowledge import Knowledge, load
from .knowledge.models import COLUMN, Corpus, Phrase, key, read_phrases, write_model
from .knowledge.templates import Template
from .tables.labels import bare_label

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Model", "Training", "fit", "load_model", "train"]

_FOLDS = 10
_MARGIN = 0.15
_GOAL = 0.1
_CLAIMS = 50
_FLOOR = 70
_BINS = 10
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
    weight = np.asarray(_shares(corpus, owners))
    decisions = np.zeros(len(rows))
    for seen, held in GroupKFold(_FOLDS).split(matrix, truth, groups):
        fold = _regression(LogisticRegression).fit(matrix[seen], truth[seen], sample_weight=weight[seen])
        decisions[held] = fold.decision_function(matrix[held])
    platt = LogisticRegression(C=1e6, solver="lbfgs").fit(decisions.reshape(-1, 1), truth)
    final = _regression(LogisticRegression).fit(matrix, truth, sample_weight=weight)
    slope, offset = float(platt.coef_[0][0]), float(platt.intercept_[0])
    probabilities = 1.0 / (1.0 + np.exp(-(slope * decisions + offset)))
    answers = _answers(corpus.phrases, owner.tolist(), keys, probabilities.tolist())
    accept = _threshold([answer for answer in answers if not answer.phrase.table])
    label = _threshold([answer for answer in answers if answer.phrase.table])
    parameters = {
        "idf": weighted.idf,
        "unseen": weighted.unseen,
        "features": list(FEATURES),
        "weights": [round(float(weight), _DIGITS) for weight in final.coef_[0]],
        "bias": round(float(final.intercept_[0]), _DIGITS),
        "slope": round(slope, _DIGITS),
        "offset": round(offset, _DIGITS),
        "accept": accept,
        "label": label,
        "margin": _MARGIN,
        "certain": round((2 + accept) / 3, 3),
    }
    pairs = list(zip(probabilities.tolist(), labels, strict=True))
    return Training(parameters, _metrics(answers, accept, label) | {"pairs": len(rows)} | _calibration(pairs))


def _shares(corpus: Corpus, owners: Sequence[int]) -> list[float]:
    """Returns the weight of every pair: a phrase counts once, however many forms it is used with again."""
    said = [(phrase.section, phrase.context, phrase.phrase, phrase.unit) for phrase in corpus.phrases]
    uses = Counter(said)
    return [1 / uses[said[owner]] for owner in owners]


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
    zero = dict.fromkeys(("bias", "slope", "offset", "accept", "label", "margin", "certain"), 0.0)
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
        targets = catalogue(open_tables[phrase.table] if phrase.table else index.indicators)
        claimed = refer_to(phrase, index)
        weighed = weigh(claimed, model.vector)
        found = targets.candidates(claimed.facets, claimed.around + claimed.titles)
        for target in sorted(found, key=lambda target: target.key):  # sets have no order to rely on
            if possible(claimed, target, knowledge.language.units):
                rows.append(features(weighed, target))
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
    figures = [_figure(label, unit, str(place)) for place, (label, unit) in enumerate(rows)]
    told = telling(figures, index.reader)
    return tuple(
        index.label(key(label), [figure], told=told[figure.id])
        for (label, _), figure in zip(rows, figures, strict=True)
    )


def _figure(label: str, unit: str, name: str = "") -> Figure:
    row, _, column = label.partition("/")[0].partition(COLUMN)
    return Figure(
        id=name, table="", row=0, column=0, address="", row_label=row, column_label=column, row_path=(), column_path=(),
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
    """Returns the lowest threshold in steps of 0.01, at least `_FLOOR` / 100, that keeps false alarms within the goal.

    A wrong link is counted as a false alarm, and a report as `_CLAIMS` claims such as these phrases; they hold
    more traps than a report does, so the goal is kept with something to spare.
    """
    for step in range(_FLOOR, 100):
        if _alarms(answers, step / 100) <= _GOAL:
            return step / 100
    return 0.99


def _alarms(answers: Sequence[Scored], accept: float) -> float:
    """Returns the wrong links a report would hold at a threshold."""
    wrong = sum(not _right(answer) for answer in answers if _accepted(answer, accept))
    return wrong / len(answers) * _CLAIMS if answers else 0.0


def _right(answer: Scored) -> bool:
    return answer.best == key(answer.phrase.target)


def _metrics(answers: Sequence[Scored], accept: float, label: float) -> dict[str, float | int]:
    national = [answer for answer in answers if not answer.phrase.table]
    tables = [answer for answer in answers if answer.phrase.table]
    own = [answer for answer in tables if not answer.phrase.table.startswith(_FORM)]
    return (
        {
            "phrases": len(national) + len(own),
            "as_labels": len(tables) - len(own),
            "groups": len({answer.phrase.group for answer in answers}),
            "accept": accept,
            "label": label,
        }
        | _measured(national, accept, "")
        | _measured(tables, label, "label_")
        | _measured(own, label, "open_")
    )


def _measured(answers: Sequence[Scored], accept: float, prefix: str) -> dict[str, float | int]:
    """Returns how the answers do at a threshold: counts, precision, recall, share ranked first, alarms a report."""
    taken = [answer for answer in answers if _accepted(answer, accept)]
    right = sum(map(_right, taken))
    linked = sum(bool(answer.phrase.target) for answer in answers)
    first = sum(_right(answer) for answer in answers if answer.phrase.target)
    found: dict[str, float | int] = {
        "linked": linked,
        "none": len(answers) - linked,
        "accepted": len(taken),
        "accepted_right": right,
        "accepted_none": sum(not answer.phrase.target for answer in taken),
        "precision": round(right / len(taken), 4) if taken else 0.0,
        "recall": round(right / linked, 4) if linked else 0.0,
        "top1": round(first / linked, 4) if linked else 0.0,
        "alarms": round(_alarms(answers, accept), 4),
    }
    return {f"{prefix}{name}": value for name, value in found.items()}


def _calibration(pairs: Sequence[tuple[float, int]]) -> dict[str, float | int]:
    """Returns the expected calibration error over tenths and the Brier score of (probability, truth) pairs."""
    groups: dict[int, list[tuple[float, int]]] = {}
    for probability, true in pairs:
        groups.setdefault(min(int(probability * _BINS), _BINS - 1), []).append((probability, true))
    gaps = (abs(sum(stated - true for stated, true in group)) for group in groups.values())
    brier = sum((stated - true) ** 2 for stated, true in pairs) / len(pairs)
    return {"ece": round(sum(gaps) / len(pairs), 4), "brier": round(brier, 4)}


def _card(training: Training) -> str:
    """Returns the model card."""
    m = training.metrics
    return f"""# Linker

What it does: gives the probability that a claim of the prose is about an indicator (or a table label).

- Form: logistic regression over {len(FEATURES)} features of a (claim, target) pair, calibrated by Platt scaling on
  out-of-fold decisions; character n-gram weights (TF-IDF, {GRAMS[0]} to {GRAMS[1]}) for the lexical features.
  The claim's value is no feature: it never decides what a claim is about, only which of the admissible formulas of the
  chosen indicator holds.
- Data: `corpora/phrases`, {m["phrases"]} self-written phrases in {m["groups"]} groups. Those about the national
  forms are used again as if each form were a table nobody knows ({m["as_labels"]} phrases about its printed labels), so
  that one model serves both; each phrase counts once, however often it is used. {m["pairs"]} pairs in all.
- Measured by {_FOLDS}-fold cross-validation, groups kept together:

  | | with a target | with none | right target first | accepted | right of these | recall | linked with none |
  |---|---:|---:|---:|---:|---:|---:|---:|
{_line(m, "", "indicators")}
{_line(m, "label_", "labels of tables")}
{_line(m, "open_", "of these, tables of no form")}

- Calibration, over all out-of-fold pairs: expected calibration error {m["ece"]:.4f} (tenths), Brier score
  {m["brier"]:.4f}.
- Abstention: a link needs {m["accept"]} (an indicator) or {m["label"]} (a label) and a lead of {_MARGIN}. These are
  the lowest thresholds, from {_FLOOR / 100} up, at which wrong links stay within {_GOAL} a report of {_CLAIMS} claims
  on these phrases ({m["alarms"]:.3f} and {m["label_alarms"]:.3f}). Phrases with unknown words need more.
- Limits: the phrases were written by the authors of the rules, so these numbers say how well the parts fit together,
  not how the program does on unseen reports; see `eval/` for that.
- Training again: `extractor train` writes the same bytes from the same corpus and knowledge.
"""


def _line(m: Mapping[str, float | int], prefix: str, title: str) -> str:
    """Returns one row of the card's table."""
    return (
        f"  | {title} | {m[f'{prefix}linked']} | {m[f'{prefix}none']} | {m[f'{prefix}top1']:.4f} "
        f"| {m[f'{prefix}accepted']} | {m[f'{prefix}precision']:.4f} | {m[f'{prefix}recall']:.4f} "
        f"| {m[f'{prefix}accepted_none']} |"
    )
