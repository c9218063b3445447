"""Invented reports into files: labelled corpora of a thousand each, one JSON Lines file, or one Parquet file."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from ..knowledge import Knowledge
from .generation import Generated

SHARD = 1000
COLUMNS = ("path", "body", "level", "parent", "year", "form", "layout", "faults")


class Shape(StrEnum):
    """What a run is written as."""

    FOLDER = "folder"
    JSONL = "jsonl"
    PARQUET = "parquet"


def write(
    reports: Iterable[Generated], out: Path, shape: Shape, knowledge: Knowledge | None = None, first: int = 0
) -> int:
    """Writes reports, their manifest and the faults between them; returns how many reports there are.

    A folder holds a corpus (`reports/`, `gold/`, `splits.toml`) for each thousand reports, `manifest.csv` and
    `faults.jsonl`; the other two shapes are the file `out` with `id` and `text` of each report, and the manifest and
    the faults beside it, named after it.

    Args:
        reports: as `generate` yields them; one is held at a time.
        out: the folder, or the file; what stands there is written over.
        shape: one of the three.
        knowledge: what labels are located with; None leaves the labels out.
        first: the place of the first report in the run.
    """
    folder = out if shape is Shape.FOLDER else out.parent
    folder.mkdir(parents=True, exist_ok=True)
    beside = "" if shape is Shape.FOLDER else f"{out.stem}."
    with (
        (folder / f"{beside}manifest.csv").open("w", encoding="utf-8", newline="") as manifest,
        (folder / f"{beside}faults.jsonl").open("w", encoding="utf-8") as faults,
    ):
        noted = _noted(reports, csv.DictWriter(manifest, COLUMNS), faults, shape, first)
        return _WRITERS[shape](noted, out, knowledge)


def _noted(
    reports: Iterable[Generated], manifest: csv.DictWriter[str], faults: TextIO, shape: Shape, first: int
) -> Iterator[tuple[str, Generated]]:
    """Yields each report with its path, once its lines of the manifest and of the faults are written."""
    manifest.writeheader()
    for index, report in enumerate(reports, start=first):
        path = f"{index // SHARD:05d}/reports/{report.name}" if shape is Shape.FOLDER else report.name
        kinds = [slip.kind for slip in report.slips]
        manifest.writerow({**report.manifest, "path": path, "faults": " ".join(kinds)})
        for slip in report.slips:
            _line(faults, {"path": path, "kind": slip.kind, "indicator": slip.indicator,
                           "expected": str(slip.expected), "actual": str(slip.actual)})  # fmt: skip
        yield path, report


def _line(file: TextIO, row: Mapping[str, Any]) -> None:
    file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _folder(reports: Iterable[tuple[str, Generated]], out: Path, knowledge: Knowledge | None) -> int:
    count = 0
    for shard, group in groupby(reports, key=lambda pair: pair[0].partition("/")[0]):
        corpus = out / shard
        for part in ("reports", "gold") if knowledge else ("reports",):
            (corpus / part).mkdir(parents=True, exist_ok=True)
        names = []
        for path, report in group:
            (out / path).write_text(report.text, encoding="utf-8")
            if knowledge is not None:
                labels = corpus / "gold" / f"{Path(report.name).stem}.jsonl"
                labels.write_text(report.gold_lines(knowledge), encoding="utf-8")
            names.append(report.name)
        if knowledge is not None:
            listed = "".join(f"  {json.dumps(name)},\n" for name in names)
            (corpus / "splits.toml").write_text(f"development = [\n{listed}]\n", encoding="utf-8")
        count += len(names)
    return count


def _jsonl(reports: Iterable[tuple[str, Generated]], out: Path, knowledge: Knowledge | None) -> int:
    del knowledge
    count = 0
    with out.open("w", encoding="utf-8") as file:
        for path, report in reports:
            _line(file, {"id": path, "text": report.text})
            count += 1
    return count


def _parquet(reports: Iterable[tuple[str, Generated]], out: Path, knowledge: Knowledge | None) -> int:
    from ..store.texts import write_texts

    del knowledge
    return write_texts(((path, report.text) for path, report in reports), out)


_WRITERS: dict[Shape, Callable[[Iterable[tuple[str, Generated]], Path, Knowledge | None], int]] = {
    Shape.FOLDER: _folder,
    Shape.JSONL: _jsonl,
    Shape.PARQUET: _parquet,
}
