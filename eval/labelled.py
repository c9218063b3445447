"""Scores on every labelled corpus, written to eval/results: `python -m eval.labelled [CORPUS …]`.

The same numbers as `extractor eval`, kept: `<corpus>.json` with every disagreement, `<corpus>.md` to read.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from extractor.evaluation import evaluate

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "eval" / "results"


def keep(corpus: Path, results: Path) -> str:
    """Writes the scores of a corpus into the folder `results`; returns them as text."""
    scores = evaluate(corpus)
    results.mkdir(parents=True, exist_ok=True)
    written = json.dumps(scores.to_dict(), ensure_ascii=False, indent=2)
    (results / f"{corpus.name}.json").write_text(written + "\n", encoding="utf-8")
    text = f"# {corpus.name}\n\n{scores.to_text('en')}"
    (results / f"{corpus.name}.md").write_text(text, encoding="utf-8")
    return text


def main() -> None:
    """Prints and keeps the scores of the corpora named, by default of all that have labels."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    labelled = sorted({file.parents[1] for file in (ROOT / "corpora").glob("*/gold/*.jsonl")})
    parser.add_argument("corpora", nargs="*", type=Path, default=labelled, metavar="CORPUS")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder to write to")
    arguments = parser.parse_args()
    for corpus in arguments.corpora:
        print(keep(corpus, arguments.results))


if __name__ == "__main__":
    main()
