"""Gold tables read back: `python -m eval.tables [--write]`.

Reads every report of `corpora/tables`, holds each cell and each sum against the gold, and keeps the counts in
`eval/results/tables.json` and `tables.md`. `--write` makes reports and gold anew, from the plan alone.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from extractor.knowledge import load

from .reading import Score, scores
from .writing import write

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpora" / "tables"
RESULTS = ROOT / "eval" / "results"

_CELLS = ("right", "doubtful, right", "doubtful, another", "wrong", "missing", "not in the source")
_SUMS = ("right", "doubtful", "wrong")
_CULPRITS = ("named", "none named", "another named")


def keep(results: Path) -> str:
    """Writes the counts into the folder `results`; returns them as Markdown."""
    started = time.process_time()
    done = list(scores(CORPUS, load()))
    seconds = time.process_time() - started
    text = _markdown(done, seconds)
    results.mkdir(parents=True, exist_ok=True)
    (results / "tables.md").write_text(text, encoding="utf-8")
    reports = [
        {
            "report": score.name,
            "form": score.form,
            "layout": score.layout,
            "cells": score.cells,
            "identities": score.identities,
            "culprits": score.culprits,
            "misses": score.misses,
            "blamed": score.blamed,
        }
        for score in done
    ]
    written = json.dumps({"reports": reports}, ensure_ascii=False, indent=1)
    (results / "tables.json").write_text(written + "\n", encoding="utf-8")
    return text


def _markdown(done: Sequence[Score], seconds: float) -> str:
    lines = [
        "# Gold tables",
        "",
        f"{len(done)} reports, read and checked in {seconds:.1f} s of processor time, knowledge loaded once. A doubtful"
        " cell is one the program marks as open; `another` means that the value it shows is not the true one.",
        "",
    ]
    for title, key in (("layout", "layout"), ("form", "form")):
        groups = sorted({getattr(score, key) for score in done})
        lines += [
            f"| {title} | reports | cells | {' | '.join(_CELLS)} | identities | {' | '.join(_SUMS)} |",
            f"|---|{'---:|' * (3 + len(_CELLS) + len(_SUMS))}",
            *(_line(group, [score for score in done if getattr(score, key) == group]) for group in groups),
            _line("all", done),
            "",
        ]
    culprits = sum((score.culprits for score in done), Counter[str]())
    lines.append(
        f"Planted errors of one cell or row: {sum(culprits.values())}; the one planted is "
        + ", ".join(f"{name} {culprits[name]}" for name in _CULPRITS)
        + "."
    )
    return "\n".join(lines) + "\n"


def _line(title: str, done: Sequence[Score]) -> str:
    cells = sum((score.cells for score in done), Counter[str]())
    sums = sum((score.identities for score in done), Counter[str]())
    numbers = [
        len(done),
        sum(cells.values()) - cells["not in the source"],
        *(cells[name] for name in _CELLS),
        sum(sums.values()),
        *(sums[name] for name in _SUMS),
    ]
    return f"| {title} | {' | '.join(map(str, numbers))} |"


def main() -> None:
    """Prints and keeps the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", action="store_true", help="make reports and gold anew first")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder to write to")
    arguments = parser.parse_args()
    if arguments.write:
        print(f"{write(CORPUS)} reports written")
    print(keep(arguments.results))


if __name__ == "__main__":
    main()
