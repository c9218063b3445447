"""Invented reports and mutants into files: labelled corpora, one JSON Lines file, or one Parquet file."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from ..gold import Document
from ..gold import write as write_gold
from ..knowledge import Knowledge
from .mutation.making import Mutant, Skip
from .reports.generation import Generated

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
        kinds = [slip.kind for slip in report.slips] + ([report.fault.kind] if report.fault else [])
        manifest.writerow({**report.manifest, "path": path, "faults": " ".join(kinds)})
        for slip in report.slips:
            _line(faults, {"path": path, "kind": slip.kind, "indicator": slip.indicator,
                           "expected": str(slip.expected), "actual": str(slip.actual)})  # fmt: skip
        if report.fault is not None:
            _line(faults, {"path": path, **row_of(report.fault)})
        yield path, report


def row_of(mutant: Mutant) -> dict[str, Any]:
    """Returns what was changed and what must be found, as a row."""
    target, edit = mutant.target, mutant.edit
    return {
        "kind": mutant.kind,
        "place": target.place,
        "number": target.name,
        "old": mutant.before,
        "new": mutant.after,
        "at": edit.start,
        "detectable": bool(mutant.findings),
        "findings": [
            {"code": item.code, "claims": item.claims, "figures": item.figures} for item in mutant.findings
        ],
    }


def write_mutants(items: Iterable[tuple[Document, Mutant | Skip]], out: Path) -> tuple[int, Counter[str]]:
    """Writes mutants as a labelled corpus; returns how many there are, and how often each reason left a number.

    `mutations.jsonl` says of each report what was changed and what must be found, `skipped.json` counts the rest by
    kind ("any" where no kind could be tried) and reason.
    """
    for part in ("reports", "gold"):
        (out / part).mkdir(parents=True, exist_ok=True)
    splits: dict[str, list[str]] = defaultdict(list)
    skipped: dict[str, Counter[str]] = defaultdict(Counter)
    with (out / "mutations.jsonl").open("w", encoding="utf-8") as file:
        number = 0
        for document, item in items:
            if isinstance(item, Skip):
                skipped[item.kind or "any"][item.reason] += 1
                continue
            number += 1
            stem = f"{document.report.stem}__{number:05d}_{item.kind}"
            name = f"{stem}{document.report.suffix}"
            (out / "reports" / name).write_bytes(item.data)
            write_gold(replace(item.gold, file=name), item.report, out / "gold" / f"{stem}.jsonl")
            splits[document.split].append(name)
            _line(file, {"file": name, "report": document.report.name, **row_of(item)})
    (out / "splits.toml").write_text("".join(_split(*entry) for entry in splits.items()), encoding="utf-8")
    (out / "skipped.json").write_text(json.dumps(skipped, indent=1) + "\n", encoding="utf-8")
    return sum(map(len, splits.values())), sum(skipped.values(), Counter())


def _split(name: str, reports: Iterable[str]) -> str:
    listed = "".join(f"  {json.dumps(report, ensure_ascii=False)},\n" for report in reports)
    return f"{name} = [\n{listed}]\n"


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
            (corpus / "splits.toml").write_text(_split("development", names), encoding="utf-8")
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
