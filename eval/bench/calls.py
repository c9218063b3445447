"""How much Python runs in a warm audit of the seed: calls, and steps of the interpreter, counted rather than timed.

Counts are the same in every run on every machine with one version of CPython, so that a change that makes audits slower
shows at once, however busy the machine is. They are taken in a process of their own, in which strings hash alike.
`--check` fails where a count is above the one kept in eval/results/calls.json by more than the share `SLACK`; a change
that is worth more than that keeps its own with `--keep`, and says so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from extractor import readers
from extractor.audit import audit
from extractor.classify import load_model
from extractor.knowledge import load

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "corpora" / "seed" / "reports" / "000_97ee47eec622cd46.txt"
RESULTS = ROOT / "eval" / "results"
SLACK = 0.02
KEPT = RESULTS / "calls.json"
_WARM_UP = 4
_EVENTS = {"call": "calls of Python functions", "c_call": "calls of C functions"}
_STEPS = "steps of the interpreter"


def variants(text: str, count: int) -> list[str]:
    """Returns `count` texts that differ from `text` and each other in one figure of prose and table."""
    return [text.replace("49272", str(50000 + number)) for number in range(count)]


def count() -> dict[str, int]:
    """Returns the counts of one warm audit of the seed, taken in a new process."""
    command = [sys.executable, "-m", "eval.bench.calls", "--counts"]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=True)
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


def grown(counts: Mapping[str, int], kept: Mapping[str, int]) -> list[str]:
    """Returns which counts are above those kept by more than `SLACK`, in words."""
    return [
        f"{name}: {counts[name]:,}, {counts[name] / before - 1:+.1%} beside {before:,}"
        for name, before in kept.items()
        if counts[name] > before * (1 + SLACK)
    ]


def kept() -> dict[str, int] | None:
    """Returns the counts kept; None where they are of another version of Python."""
    record: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    counts: dict[str, int] = record["counts"]
    return counts if record["python"] == _version() else None


def keep(counts: Mapping[str, int]) -> None:
    """Keeps the counts, with the version of Python they are of."""
    KEPT.write_text(json.dumps({"python": _version(), "counts": counts}, indent=2) + "\n", encoding="utf-8")


def _version() -> str:
    return ".".join(platform.python_version_tuple()[:2])


def _counted() -> dict[str, int]:
    """Returns the counts of one audit in this process, after some that fill what is kept from report to report."""
    knowledge, model = load(), load_model()
    texts = variants(SEED.read_text(encoding="utf-8"), _WARM_UP + 2)
    reports = [readers.read_bytes(text.encode(), SEED.name, knowledge) for text in texts]
    for report in reports[:_WARM_UP]:
        audit(report, knowledge, model)
    seen: Counter[str] = Counter()

    def called(_: FrameType, event: str, __: object) -> None:
        if event in _EVENTS:
            seen[_EVENTS[event]] += 1

    def stepped(frame: FrameType, event: str, _: object) -> Any:
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "opcode":
            seen[_STEPS] += 1
        return stepped

    sys.setprofile(called)
    audit(reports[-2], knowledge, model)
    sys.setprofile(None)
    sys.settrace(stepped)
    audit(reports[-1], knowledge, model)
    sys.settrace(None)
    return dict(seen)


def main() -> None:
    """Prints the counts beside those kept, as far as there are any of this version of Python."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--counts", action="store_true", help="count in this process, print JSON")
    parser.add_argument("--check", action="store_true", help="fail where a count has grown")
    parser.add_argument("--keep", action="store_true", help="keep the counts")
    arguments = parser.parse_args()
    if arguments.counts:
        print(json.dumps(_counted()))
        return
    counts, before = count(), kept()
    for name, number in counts.items():
        print(f"{name}: {number:,}" + (f" ({before[name]:,} kept)" if before else ""))
    if arguments.keep:
        keep(counts)
    elif arguments.check and before is None:
        sys.exit("The counts kept are of another version of Python.")
    elif arguments.check and before is not None and (more := grown(counts, before)):
        sys.exit("\n".join(["An audit has become longer:", *more]))


if __name__ == "__main__":
    main()
