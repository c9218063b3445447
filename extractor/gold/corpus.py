"""The folders of a labelled corpus: which report belongs to which labels and which split."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError, KnowledgeError

SPLITS = ("development", "test")


@dataclass(frozen=True, slots=True)
class Document:
    """A labelled report of a corpus: where its text and its labels lie, and the split it belongs to."""

    report: Path
    gold: Path
    split: str


def documents(corpus: Path, split: str = "") -> tuple[Document, ...]:
    """Returns the labelled reports of a corpus (or of every corpus below a folder), of one split if named.

    Raises:
        InputError: corpus.none, where there are no labels
        KnowledgeError: a report is in no split or in two, or a file is missing.
    """
    if not (corpus / "gold").is_dir():
        below = sorted({file.parents[1] for file in corpus.glob("*/gold/*.jsonl")})
        if not below:
            raise InputError("corpus.none", str(corpus))
        return tuple(document for folder in below for document in documents(folder, split))
    found = []
    split_of = splits(corpus / "splits.toml")
    labelled = {path.stem: path for path in sorted((corpus / "gold").glob("*.jsonl"))}
    for stem, path in labelled.items():
        reports = sorted((corpus / "reports").glob(f"{stem}.*"))
        if len(reports) != 1:
            raise KnowledgeError(str(path), "report", [item.name for item in reports], "one file in reports/")
        if reports[0].name not in split_of:
            raise KnowledgeError(
                str(corpus / "splits.toml"), reports[0].name, "no split", "each report in one"
            )
        found.append(Document(reports[0], path, split_of[reports[0].name]))
    for name in split_of:
        if Path(name).stem not in labelled:
            raise KnowledgeError(str(corpus / "splits.toml"), name, "no labels", "its gold/*.jsonl")
    return tuple(document for document in found if split in ("", document.split))


def sha256(path: Path) -> str:
    """Returns the hash of a report file's bytes, as `Report.sha256` holds it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def splits(path: Path) -> dict[str, str]:
    """Returns report → split as `splits.toml` has it.

    Raises:
        KnowledgeError: the file is missing or wrong, or a report stands in it twice.
    """
    if not path.is_file():
        raise KnowledgeError(
            str(path), "(file)", "nothing", "a TOML file with development = [...], test = [...]"
        )
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    split_of: dict[str, str] = {}
    for split, names in table.items():
        if split not in SPLITS or not isinstance(names, list):
            raise KnowledgeError(str(path), split, names, f"lists named {', '.join(SPLITS)}")
        for name in names:
            if name in split_of:
                raise KnowledgeError(str(path), name, "the report twice", "each report in one split")
            split_of[name] = split
    return split_of
