"""`python -m eval.alignment [SPLIT …]`: every method on the labelled claims, the table kept in eval/results.

`--leave-one-template-out` measures each template's reports with all knowledge of that template removed instead.
Of test data totals alone are printed, never a claim.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.gold.corpus import SPLITS
from extractor.knowledge import Knowledge, load
from extractor.knowledge.models import read_phrases

from . import table
from .baselines import METHODS, Choice, Method, answer, choose
from .left_out import leave_out
from .scoring import Answers, best_threshold, calibration, links_of, score
from .task import Document, documents

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "eval" / "results"
CORPUS = ROOT / "corpora" / "handwritten"
PHRASES = ROOT / "corpora" / "phrases"
_GRID = [step / 100 for step in range(20, 100, 2)]
_TUNING = "development"


def compare(corpus: Path, splits: Sequence[str], knowledge: Knowledge) -> dict[str, Any]:
    """Returns every method on every split; thresholds are chosen on development data and kept for the other."""
    tuning = list(documents(corpus, _TUNING, knowledge))
    thresholds = {method.name: _tuned(method, tuning, knowledge) for method in METHODS}
    measured: dict[str, Any] = {}
    lines: dict[str, list[str]] = {}
    for split in splits:
        read = tuning if split == _TUNING else list(documents(corpus, split, knowledge))
        methods: dict[str, Any] = {}
        rows: list[str] = []
        for method in METHODS:
            threshold = thresholds[method.name]
            chosen = [choose(method, document, knowledge.language.units) for document in read]
            scores = score(read, _answered(read, chosen, threshold, knowledge))
            rows.append(table.row(method.title, threshold if method.tuned else None, scores))
            methods[method.name] = {"threshold": threshold, **scores.to_dict()}
        ours = score(read, [document.ours for document in read])
        rows.append(table.row("**ours**, from the text on", None, ours))
        methods["ours"] = ours.to_dict()
        stamp = read[0].stamp
        measured[split] = {
            "documents": len(read),
            "clean": sum(document.clean for document in read),
            "claims": sum(len(document.questions) for document in read),
            "with_cells": sum(
                bool(question.claim.figures) for document in read for question in document.questions
            ),
            "methods": methods,
            "calibration": calibration(links_of(read)).to_dict(),
            "stamp": {"version": stamp.version, "kb": stamp.kb, "model": stamp.model},
        }
        lines[split] = rows
    return {"corpus": corpus.name, "splits": measured, "lines": lines}


def _tuned(method: Method, tuning: Sequence[Document], knowledge: Knowledge) -> float:
    if not method.tuned:
        return 1.0
    chosen = [choose(method, document, knowledge.language.units) for document in tuning]
    return best_threshold(tuning, lambda threshold: _answered(tuning, chosen, threshold, knowledge), _GRID)


def _answered(
    read: Sequence[Document], chosen: Sequence[Sequence[Choice]], threshold: float, knowledge: Knowledge
) -> list[Answers]:
    units = knowledge.language.units
    return [
        answer(document, choices, threshold, units) for document, choices in zip(read, chosen, strict=True)
    ]


def as_markdown(measured: Mapping[str, Any]) -> str:
    """Returns the comparison as Markdown, with its denominators and what was measured on."""
    lines = [
        "# Which cell is a claim about: alignment beside simple methods",
        "",
        "`python -m eval.alignment`. Each method is given the labelled claims (phrase, unit, sentence; never the "
        "value) and the labelled cells with the labels printed beside them (of the column 总计 the row's label alone), "
        "and names a cell or none; its verdict is the plain comparison of claim and cell. Thresholds were chosen on "
        "the development split for the best F1 of links. Ours starts from the text: a claim it does not find has no "
        "answer, and it may name several cells where the labels do.",
    ]
    for split, entry in measured["splits"].items():
        stamp = entry["stamp"]
        lines += [
            "",
            f"## {measured['corpus']}, {split}",
            "",
            f"{entry['documents']} reports ({entry['clean']} of them with no claim labelled a mismatch), "
            f"{entry['claims']} claims, {entry['with_cells']} of them about cells. Hits and denominators in round "
            "brackets, 95% intervals by bootstrap over documents in square ones.",
            "",
            *table.comparison(measured["lines"][split]),
            "",
            "### What a stated probability is worth",
            "",
            *table.calibration(entry["calibration"]),
            "",
            f"Ours: {stamp['version']} · kb {stamp['kb']} · {stamp['model']}.",
        ]
    return "\n".join(lines) + "\n"


def templates_left_out(corpus: Path, splits: Sequence[str], knowledge: Knowledge) -> dict[str, Any]:
    """Returns the measurement of each template left out, by split."""
    phrases = read_phrases(PHRASES)
    return {
        "corpus": corpus.name,
        "splits": {
            split: [entry.to_dict() for entry in leave_out(corpus, split, phrases, knowledge)]
            for split in splits
        },
    }


def left_out_markdown(measured: Mapping[str, Any]) -> str:
    """Returns the templates left out as Markdown."""
    lines = [
        "# A template nobody told us of",
        "",
        "`python -m eval.alignment --leave-one-template-out`. Removed before training and reading: the template's "
        "file; the row ids only it has; the admissible formulas that need one of them; the indicators of the narrative "
        "left without a formula, with their wordings; the training phrases of these. Its reports are then read by "
        "label path, or by what another template shares with it; with every template left out, by label path alone. "
        "The words of the facets (what 当面, 专职 or 网站 say) stay: they are the language. Cells are compared by "
        "their places.",
    ]
    for split, entries in measured["splits"].items():
        lines += ["", f"## {measured['corpus']}, {split}", "", *table.left_out(entries)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measures, prints and keeps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "splits", nargs="*", default=list(SPLITS), metavar="SPLIT", help="default: all splits"
    )
    parser.add_argument(
        "--corpus", type=Path, default=CORPUS, help="a labelled corpus (default: handwritten)"
    )
    parser.add_argument("--leave-one-template-out", action="store_true", help="measure templates left out")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder to write to")
    arguments = parser.parse_args()
    knowledge = load()
    if arguments.leave_one_template_out:
        measured = templates_left_out(arguments.corpus, arguments.splits, knowledge)
        name, text = "alignment-left-out", left_out_markdown(measured)
    else:
        measured = compare(arguments.corpus, arguments.splits, knowledge)
        name, text = "alignment", as_markdown(measured)
        del measured["lines"]
    print(text)
    arguments.results.mkdir(parents=True, exist_ok=True)
    (arguments.results / f"{name}.md").write_text(text, encoding="utf-8")
    written = json.dumps(measured, ensure_ascii=False, indent=2)
    (arguments.results / f"{name}.json").write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
