"""Two people's gold files of the same reports, read and compared."""

from __future__ import annotations

from pathlib import Path

from .. import gold
from ..errors import KnowledgeError
from ..knowledge import Knowledge
from ..labels import Gold
from ..readers import read
from ..score import Agreement, share
from ..score.scores import TEST


def agree(first: Path, second: Path, reports: Path, knowledge: Knowledge) -> Agreement:
    """Returns the agreement of two folders of gold files (or of two files) on the reports that both label.

    Raises:
        KnowledgeError: a gold file is wrong, its report is not in the folder `reports`, or no report is in both.
        InputError: a report cannot be read.
    """
    ours, theirs = _files(first), _files(second)
    both = sorted(ours.keys() & theirs.keys())
    if not both:
        raise KnowledgeError(str(second), "*.jsonl", sorted(theirs), f"labels of {', '.join(sorted(ours))}")
    return Agreement(
        tuple(
            share(_read(ours[stem], reports, knowledge), _read(theirs[stem], reports, knowledge))
            for stem in both
        )
    )


def corpus_of(labels: Path) -> Path:
    """Returns the corpus a folder of gold files, or one of them, lies in."""
    return (labels if labels.is_dir() else labels.parent).parent


def hidden(corpus: Path) -> frozenset[str]:
    """Returns the names of the corpus's test reports, of which no disagreement may be shown; none without splits."""
    path = corpus / "splits.toml"
    named = gold.splits(path) if path.is_file() else {}
    return frozenset(name for name, split in named.items() if split == TEST)


def _files(path: Path) -> dict[str, Path]:
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path] if path.is_file() else []
    if not files:
        raise KnowledgeError(str(path), "*.jsonl", "nothing", "gold files")
    return {file.stem: file for file in files}


def _read(path: Path, reports: Path, knowledge: Knowledge) -> Gold:
    named = sorted(reports.glob(f"{path.stem}.*"))
    if len(named) != 1:
        raise KnowledgeError(str(path), "report", [file.name for file in named], f"one file in {reports}")
    return gold.read(path, read(named[0], knowledge))
