"""`python -m eval.bench.scale`: measures, prints and keeps it."""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.bench import scale
from extractor.classify import load_model
from extractor.knowledge import load

from .measured import Measured
from .results import as_markdown, charts
from .runs import ROOT, long, rates
from .texts import by_length, by_tables

RESULTS = ROOT / "eval" / "results"
CHARTS = ROOT / "docs"
PARTS = ("rates", "long", "texts")


def measure(part: str, reports: int, turns: int) -> Measured:
    """Returns one part, with the stamp of what was measured and the machine."""
    with TemporaryDirectory() as folder:
        match part:
            case "rates":
                measured = rates(Path(folder), reports, turns)
            case "long":
                measured = long(Path(folder), reports)
            case _:
                measured = {"by_length": by_length(), "by_tables": by_tables()}
    return {**measured, **stamp()}


def stamp() -> Measured:
    """Returns what was measured, and on what."""
    return {
        "stamp": f"kb {load().hash}, model {load_model().id}",
        "machine": f"CPython {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores",
    }


def main() -> None:
    """Measures, prints the tables, writes eval/results/scale.md, scale.json and the charts."""
    parser = argparse.ArgumentParser(description=scale.__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure anew")
    parser.add_argument("--reports", type=int, default=20_000, help="reports of a run")
    parser.add_argument("--turns", type=int, default=1, help="runs of each engine")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder to write results to")
    parser.add_argument("--charts", type=Path, default=CHARTS, help="folder to write charts to")
    arguments = parser.parse_args()
    kept = arguments.results / "scale.json"
    measured: Measured = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for part in arguments.parts:
        measured[part] = measure(part, arguments.reports, arguments.turns)
    text = as_markdown(measured)
    print(text)
    kept.write_text(json.dumps(measured, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (arguments.results / "scale.md").write_text(text, encoding="utf-8")
    for name, chart in charts(measured).items():
        (arguments.charts / name).write_text(chart, encoding="utf-8")


if __name__ == "__main__":
    main()
