"""Trained models and their training phrases, as files: parameters in JSON, a card, a manifest of hashes.

Loading a model executes nothing: it is JSON, checked against the hash in its manifest.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..data.records import record
from ..errors import KnowledgeError
from ..places import models

PARAMETERS = "parameters.json"
CARD = "card.md"
MANIFEST = "manifest.json"
PHRASES = "phrases.tsv"
TABLES = "tables.tsv"
COLUMN = "|"
"""Stands in a label of `tables.tsv` between the row's and the column's."""
_COLUMNS = ("group", "section", "context", "phrase", "unit", "target")


@record
class Phrase:
    """One labelled phrase: what the prose says, and the indicator (or label path) it means; "" means none.

    `table` is "" for the national forms, else the id of the open table its target is a label of.
    Phrases of one `group` are wordings of one thing and stay together in cross-validation.
    """

    group: str
    section: str
    context: tuple[str, ...]
    phrase: str
    unit: str
    target: str
    table: str = ""


@record
class Corpus:
    """The labelled phrases, and the (label, unit) rows of each open table."""

    phrases: tuple[Phrase, ...]
    tables: Mapping[str, tuple[tuple[str, str], ...]]


def key(label: str) -> str:
    """Returns a label of an open table as its target is named: without the mark between row and column."""
    return label.replace(COLUMN, "")


def read_parameters(folder: Path | None = None) -> tuple[Mapping[str, Any], str]:
    """Returns the parameters of the linker and their sha256; `folder` defaults to the model that ships.

    Raises:
        KnowledgeError: a file is missing, or the parameters are not what the manifest says.
    """
    folder = folder or models() / "linker"
    try:
        content = (folder / PARAMETERS).read_bytes()
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as error:
        raise KnowledgeError(
            str(folder.name), "(model)", str(error), f"{PARAMETERS} and {MANIFEST}"
        ) from error
    digest = hashlib.sha256(content).hexdigest()
    expected = manifest.get("files", {}).get(PARAMETERS)
    if digest != expected:
        raise KnowledgeError(f"{folder.name}/{PARAMETERS}", "sha256", digest, str(expected))
    parameters = json.loads(content)
    if not isinstance(parameters, dict):
        raise KnowledgeError(f"{folder.name}/{PARAMETERS}", "(file)", type(parameters).__name__, "an object")
    return parameters, digest


def write_model(folder: Path, parameters: Mapping[str, Any], card: str) -> str:
    """Writes parameters, card and manifest into `folder`, the same bytes for the same content; returns the sha256."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(parameters, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    files = {PARAMETERS: text.encode(), CARD: card.encode()}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    manifest = json.dumps({"format": 1, "files": hashes}, indent=1, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")
    return hashes[PARAMETERS]


def read_phrases(folder: Path) -> Corpus:
    """Returns the labelled phrases of a corpus folder.

    Raises:
        KnowledgeError: a file or a row is wrong; the message names file and line.
    """
    tables: dict[str, list[tuple[str, str]]] = {}
    for line, row in _rows(folder / TABLES, ("table", "label", "unit")):
        if not row["table"] or not row["label"]:
            raise KnowledgeError(TABLES, f"line {line}", row, "a table id and a label")
        tables.setdefault(row["table"], []).append((row["label"], row["unit"]))
    phrases: list[Phrase] = []
    for line, row in _rows(folder / PHRASES, ("table", *_COLUMNS)):
        if row["table"] and row["table"] not in tables:
            raise KnowledgeError(PHRASES, f"line {line}", row["table"], f"a table of {TABLES}")
        labels = {label for label, _ in tables.get(row["table"], ())}
        if row["table"] and row["target"] and row["target"] not in map(key, labels):
            raise KnowledgeError(PHRASES, f"line {line}", row["target"], f"a label of {row['table']}")
        phrases.append(
            Phrase(
                group=row["group"],
                section=row["section"],
                context=tuple(part for part in row["context"].split("|") if part),
                phrase=row["phrase"],
                unit=row["unit"],
                target=row["target"],
                table=row["table"],
            )
        )
    return Corpus(tuple(phrases), {key: tuple(rows) for key, rows in tables.items()})


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            header = next(reader, [])
            if tuple(header) != columns:
                raise KnowledgeError(path.name, "line 1", header, "\t".join(columns))
            rows: list[tuple[int, dict[str, str]]] = []
            for line, cells in enumerate(reader, 2):
                if len(cells) != len(columns):
                    raise KnowledgeError(path.name, f"line {line}", cells, f"{len(columns)} cells")
                rows.append((line, dict(zip(columns, cells, strict=True))))
            return rows
    except FileNotFoundError as error:
        raise KnowledgeError(path.name, "(file)", "nothing", "a tab-separated file") from error
