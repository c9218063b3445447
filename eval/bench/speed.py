"""How long an audit takes beside `jieba.lcut` over the same narrative, and a cold start beside `import spacy`.

Both sides of a ratio are measured in one run, turn by turn, and compared by their medians. Every turn
reads a text that no turn has read before (one figure differs), so no report can be remembered; what is kept
of single labels and phrases, which recur from report to report, is. Garbage is collected between turns only and
what was loaded is set aside, as in the commands and their workers. Times are processor time, which a busy machine
does not stretch as it does the clock; cold starts are also told by the clock.

Recognizers-Text is timed where `python -m eval.baselines` has made its environment: its numbers alone, sentence by
sentence, in a process of its own.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import jieba

from eval.baselines.environments import FOLDER
from eval.bench import calls
from eval.bench.calls import RESULTS, ROOT, SEED, variants
from extractor import readers
from extractor.align import align
from extractor.audit import audit
from extractor.checks import check_table, check_text, tie_out
from extractor.claims import find
from extractor.claims.prose import prose_of
from extractor.classify import load_model
from extractor.data import Report
from extractor.knowledge import load
from extractor.rules import scan
from extractor.tables import read_figures
from extractor.text import fold

WARM_UP = 5
RECOGNIZERS = FOLDER / "recognizers" / "bin" / "python"
_COLLECT_AFTER = 100_000  # as `extractor.cli.session` and `extractor.batch.preload` have it

Step = Callable[[str], object]


def turns(steps: Mapping[str, Step], texts: Sequence[str]) -> dict[str, float]:
    """Returns the median processor seconds of each step, all steps run on one text before the next text's turn."""
    spent: dict[str, list[float]] = {name: [] for name in steps}
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    for turn, text in enumerate(texts):
        gc.collect()
        for name, step in steps.items():
            start = time.process_time()
            step(text)
            seconds = time.process_time() - start
            if turn >= WARM_UP:
                spent[name].append(seconds)
    return {name: median(seconds) for name, seconds in spent.items()}


def narrative(report: Report) -> str:
    """Returns the narrative as it stands in the report."""
    return "\n".join(
        report.text[region.start : region.end] for region in report.regions if region.kind == "narrative"
    )


def warm(count: int) -> dict[str, float]:
    """Returns median seconds: the whole audit from bytes, the audit of a read report, and jieba's cut."""
    knowledge, model = load(), load_model()
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    texts = variants(SEED.read_text(encoding="utf-8"), count + WARM_UP)
    reports = {text: readers.read_bytes(text.encode(), SEED.name, knowledge) for text in texts}
    prose = {text: narrative(report) for text, report in reports.items()}
    return turns(
        {
            "jieba.lcut": lambda text: jieba.lcut(prose[text]),
            "read and audit": lambda text: audit(
                readers.read_bytes(text.encode(), SEED.name, knowledge), knowledge, model
            ),
            "audit": lambda text: audit(reports[text], knowledge, model),
        },
        texts,
    )


def stages(count: int) -> dict[str, float]:
    """Returns median seconds of each stage of the line; `claims` includes a scan of its own."""
    knowledge, model = load(), load_model()
    texts = variants(SEED.read_text(encoding="utf-8"), count + WARM_UP)
    state: dict[str, Any] = {}

    def keep(name: str, make: Callable[[str], object]) -> Step:
        def step(text: str) -> None:
            state[name] = make(text)

        return step

    def checked(_: str) -> object:
        claims, reading = state["claims"].claims, state["tables"]
        findings, checks = check_table(reading, knowledge)
        prose = prose_of(claims, state["read"].text)
        return (
            findings,
            tie_out(claims, state["align"], reading, knowledge, checks, prose),
            check_text(claims, prose, reading, knowledge, state["align"]),
        )

    steps: dict[str, Callable[[str], object]] = {
        "read": lambda text: readers.read_bytes(text.encode(), SEED.name, knowledge),
        "fold": lambda _: fold(state["read"]),
        "scan": lambda _: scan(state["fold"].text, knowledge),
        "claims": lambda _: find(state["read"], state["fold"], knowledge),
        "tables": lambda _: read_figures(state["read"], knowledge),
        "align": lambda _: align(state["claims"].claims, state["tables"], knowledge, model),
        "checks": checked,
    }
    return turns({name: keep(name, step) for name, step in steps.items()}, texts)


def recognizers(count: int) -> float | None:
    """Returns the median seconds Recognizers-Text takes for the numbers of the narrative; None if it is not there."""
    if not RECOGNIZERS.exists():
        return None
    knowledge = load()
    reports = (
        readers.read_bytes(text.encode(), SEED.name, knowledge)
        for text in variants(SEED.read_text(encoding="utf-8"), count + 1)
    )
    asked = "".join(
        json.dumps({"id": number, "text": narrative(report)}) + "\n" for number, report in enumerate(reports)
    )
    command = [str(RECOGNIZERS), "-m", "eval.bench.numbers"]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, cwd=ROOT, check=True)
    spent: list[float] = [json.loads(line)["milliseconds"] for line in done.stdout.splitlines()]
    return median(spent[1:]) / 1000


def cold(count: int) -> dict[str, tuple[float, float]]:
    """Returns median seconds, by the clock and of the processor, of two new processes.

    One audits the seed, the other does nothing but `import spacy`. Both find their bytecode written, as installed
    packages do, whatever the environment of the bench says.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    commands = {
        "extractor audit": [sys.executable, "-m", "extractor", "audit", str(SEED)],
        "import spacy": [sys.executable, "-c", "import spacy"],
    }
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for turn in range(count + 1):  # the first turn writes bytecode and fills the file cache
        for name, command in commands.items():
            start, used = time.perf_counter(), _of_children()
            done = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=False)
            seconds = time.perf_counter() - start, _of_children() - used
            if done.returncode > 1:
                raise SystemExit(f"{name} failed: {done.stderr.decode()[-2000:]}")
            if turn:
                spent[name].append(seconds)
    return {
        name: (median([clock for clock, _ in seconds]), median([used for _, used in seconds]))
        for name, seconds in spent.items()
    }


def _of_children() -> float:
    """Returns the processor seconds of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(warm_turns: int, cold_turns: int) -> dict[str, Any]:
    """Returns all ratios and medians of one run, with the stamp of what was measured."""
    knowledge = load()
    report = readers.read(SEED, knowledge)
    stamp = audit(report, knowledge).stamp
    hot, line, start = warm(warm_turns), stages(warm_turns), cold(cold_turns)
    numbers = recognizers(warm_turns)
    if numbers is not None:
        hot["Recognizers-Text, numbers"] = numbers
    begun, beside = start["extractor audit"], start["import spacy"]
    return {
        "counts": calls.count(),
        "stamp": {"version": stamp.version, "kb": stamp.kb, "model": stamp.model},
        "machine": {
            "python": platform.python_version(),
            "architecture": platform.machine(),
            "cores": os.cpu_count(),
        },
        "narrative_characters": len(narrative(report)),
        "turns": {"warm": warm_turns, "cold": cold_turns},
        "ratios": {
            "read and audit / jieba.lcut": round(hot["read and audit"] / hot["jieba.lcut"], 3),
            "audit / jieba.lcut": round(hot["audit"] / hot["jieba.lcut"], 3),
            **({} if numbers is None else {"audit / Recognizers-Text": round(hot["audit"] / numbers, 3)}),
            "extractor audit, cold / import spacy": round(begun[1] / beside[1], 3),
            "extractor audit, cold / import spacy, by the clock": round(begun[0] / beside[0], 3),
        },
        "milliseconds": {
            name: round(1000 * seconds, 3)
            for name, seconds in {
                **hot,
                **{f"stage {name}": seconds for name, seconds in line.items()},
                **{name: used for name, (_, used) in start.items()},
                **{f"{name}, by the clock": clock for name, (clock, _) in start.items()},
            }.items()
        },
    }


def as_markdown(measured: Mapping[str, Any]) -> str:
    """Returns the run as tables: the ratios, the medians behind them, and what an audit runs."""
    stamp, machine = measured["stamp"], measured["machine"]
    lines = ["# Speed", "", "| ratio | value |", "|---|---:|"]
    lines += [f"| {name} | {value:.2f} |" for name, value in measured["ratios"].items()]
    lines += ["", "| median of | ms |", "|---|---:|"]
    lines += [f"| {name} | {value:.2f} |" for name, value in measured["milliseconds"].items()]
    lines += ["", "| of one warm audit | count |", "|---|---:|"]
    lines += [f"| {name} | {number:,} |" for name, number in measured["counts"].items()]
    lines += [
        "",
        f"Narrative of {measured['narrative_characters']} characters; {measured['turns']['warm']} warm and "
        f"{measured['turns']['cold']} cold turns, sides interleaved; "
        f"processor time unless it says the clock; garbage collected between turns; CPython {machine['python']}, "
        f"{machine['architecture']}, {machine['cores']} cores; "
        f"version {stamp['version']}, kb {stamp['kb']}, model {stamp['model']}.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measures, prints the tables and writes them to eval/results/bench.md and bench.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--turns", type=int, default=60, help="warm turns (default 60)")
    parser.add_argument("--cold", type=int, default=5, help="cold turns (default 5)")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder to write to")
    arguments = parser.parse_args()
    measured = measure(arguments.turns, arguments.cold)
    text = as_markdown(measured)
    print(text)
    arguments.results.mkdir(parents=True, exist_ok=True)
    (arguments.results / "bench.md").write_text(text, encoding="utf-8")
    (arguments.results / "bench.json").write_text(
        json.dumps(measured, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
