"""`python -m eval.baselines [CORPUS]`: runs every tool, prints the table and keeps it in eval/results."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.knowledge import load

from . import environments
from .run import TOOLS, misses, run, samples
from .table import as_markdown

RESULTS = environments.ROOT / "eval" / "results"
CORPUS = environments.ROOT / "corpora" / "handwritten"


def main() -> None:
    """Runs the tools on a split of a labelled corpus, by default on reports no rule was written against."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS, metavar="CORPUS")
    parser.add_argument("--split", default="test", help="the documents to run on (default: test)")
    parser.add_argument("--name", default="baselines", help="name of the files the table is kept in")
    parser.add_argument("--tools", help="names parted by commas (default: all)")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder to write to")
    parser.add_argument("--misses", type=Path, help="file for the claims that others found and ours missed")
    arguments = parser.parse_args()
    names = arguments.tools.split(",") if arguments.tools else [tool.name for tool in TOOLS]
    knowledge = load()
    ran = run(arguments.corpus, arguments.split, knowledge, [tool for tool in TOOLS if tool.name in names])
    text = as_markdown(ran)
    print(text)
    if arguments.misses:
        lines = misses(ran, samples(arguments.corpus, arguments.split, knowledge))
        arguments.misses.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    arguments.results.mkdir(parents=True, exist_ok=True)
    (arguments.results / f"{arguments.name}.md").write_text(text, encoding="utf-8")
    kept = json.dumps(_shown(ran, arguments.split), ensure_ascii=False, indent=2)
    (arguments.results / f"{arguments.name}.json").write_text(kept + "\n", encoding="utf-8")


def _shown(ran: Mapping[str, Any], split: str) -> Mapping[str, Any]:
    """Returns what may be kept of a run: of test data not which claims a tool found."""
    if split != "test":
        return ran
    tools = [{key: value for key, value in tool.items() if key != "claims"} for tool in ran["tools"]]
    return {**ran, "tools": tools}


if __name__ == "__main__":
    main()
