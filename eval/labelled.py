"""Scores on every labelled corpus, written to eval/results: `python -m eval.labelled [CORPUS …]`.

The same numbers as `extractor eval`, kept: `.json` with every disagreement, `.md` to read.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from extractor.evaluation import evaluate
from extractor.gold import documents
from extractor.gold.corpus import SPLITS
from extractor.score import to_dict, write_text

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "eval" / "results"


def keep(corpus: Path, results: Path) -> str:
    """Writes the scores of each split of a corpus into the folder `results`; returns them as text.

    A corpus of one split gives `<corpus>.json` and `.md`, one of several a pair each, `<corpus>-<split>`. Of test
    data totals are kept and nothing else.
    """
    splits = [split for split in SPLITS if documents(corpus, split)]
    return "\n".join(_keep(corpus, split, len(splits) > 1, results) for split in splits)


def _keep(corpus: Path, split: str, several: bool, results: Path) -> str:
    scores = evaluate(corpus, split=split)
    name = f"{corpus.name}-{split}" if several else corpus.name
    results.mkdir(parents=True, exist_ok=True)
    written = json.dumps(to_dict(scores), ensure_ascii=False, indent=1)
    (results / f"{name}.json").write_text(written + "\n", encoding="utf-8")
    text = f"# {name}\n\n{write_text(scores, 'en')}"
    (results / f"{name}.md").write_text(text, encoding="utf-8")
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
