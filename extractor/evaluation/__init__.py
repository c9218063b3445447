"""A labelled corpus, audited and scored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from .. import gold, score
from ..audit import audit
from ..classify import Model
from ..data import Result, Stamp
from ..errors import KnowledgeError
from ..knowledge import Knowledge, load
from ..readers import read


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of a corpus and the results they were made from, in the same order."""

    scores: score.Scores
    results: tuple[Result, ...]


def evaluate(
    corpus: Path, knowledge: Knowledge | None = None, model: Model | None = None, split: str = ""
) -> score.Scores:
    """Returns the scores of `judge`, without the results."""
    return judge(corpus, knowledge, model, split).scores


def judge(
    corpus: Path,
    knowledge: Knowledge | None = None,
    model: Model | None = None,
    split: str = "",
    *,
    show_test: bool = False,
) -> Evaluation:
    """Returns the evaluation of every labelled report of `corpus`, or of the corpora below it, or of one split.

    What was reached on reports that rules were written against says nothing of new ones: read the split.
    Of test data the scores show totals only, unless `show_test`.

    Raises:
        KnowledgeError: the corpus or a label is wrong, or the split holds no report.
        InputError: a report of the corpus cannot be read.
    """
    knowledge = knowledge or load()
    scores: list[score.DocumentScores] = []
    results: list[Result] = []
    stamps: set[Stamp] = set()
    for document in gold.documents(corpus, split):
        report = read(document.report, knowledge)
        labels = gold.read(document.gold, report)
        result = audit(report, knowledge, model)
        own = replace(
            score.compare(labels, result), split=document.split, labels=gold.sha256(document.gold)[:16]
        )
        scores.append(own)
        results.append(result)
        stamps.add(result.stamp)
    if not scores:
        raise KnowledgeError(str(corpus), "splits.toml", f"nothing in {split!r}", "a split with reports")
    names = [document.file for document in scores]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise KnowledgeError(
            str(corpus), twice, "the name twice", "reports of different names, or one corpus"
        )
    (stamp,) = stamps
    return Evaluation(score.Scores(tuple(scores), stamp, show_test), tuple(results))


def contrast(kept: score.Kept, scores: score.Scores) -> score.Contrast:
    """Returns what changed from a kept run to these scores, over the reports that may be shown."""
    return score.contrast(
        kept.counts,
        {document.file: document.counts for document in scores.shown},
        kept.stamp,
        kept.labels,
        {document.file: document.labels for document in scores.shown},
    )
