"""Labels out: the lines `reading` reads, each quotation as short as it can be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..data import Report
from ..labels import Gold
from .marks import marks_of, rows_of


def write(gold: Gold, report: Report, path: Path) -> None:
    """Writes the labels to `path`, each quotation with as little context as makes it unique in the report."""
    write_rows(rows(gold, report.text), path)


def rows(gold: Gold, text: str) -> list[dict[str, Any]]:
    """Returns the labels as the lines of their file, each quotation with as little context as makes it unique."""
    return rows_of(marks_of(gold, text), text, gold.file)


def write_rows(lines: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Writes the lines of a gold file."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
