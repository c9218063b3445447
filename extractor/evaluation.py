"""A labelled corpus, audited and scored."""

from __future__ import annotations

from pathlib import Path

from . import gold, score
from .audit import audit
from .classify import Model
from .data import Stamp
from .errors import KnowledgeError
from .knowledge import Knowledge, load
from .readers import read


def evaluate(
    corpus: Path, knowledge: Knowledge | None = None, model: Model | None = None, split: str = ""
) -> score.Scores:
    """Returns the scores of every labelled report of `corpus`, or of the corpora below it, or of one split.

    What was reached on reports that rules were written against says nothing of new ones: read the split.

    Raises:
        KnowledgeError: the corpus or a label is wrong, or the split holds no report.
        InputError: a report of the corpus cannot be read.
    """
    knowledge = knowledge or load()
    scores: list[score.DocumentScores] = []
    stamps: set[Stamp] = set()
    for document in gold.documents(corpus, split):
        report = read(document.report, knowledge)
        labels = gold.read(document.gold, report)
        result = audit(report, knowledge, model)
        scores.append(score.compare(labels, result))
        stamps.add(result.stamp)
    if not scores:
        raise KnowledgeError(str(corpus), "splits.toml", f"nothing in {split!r}", "a split with reports")
    (stamp,) = stamps
    return score.Scores(tuple(scores), stamp)
