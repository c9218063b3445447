"""Whether a run survives: processes killed with SIGKILL at random moments, the run started again, the tables compared.

Reports are written to a temporary folder, three others planted among them that kill whoever works on them: one
crashes, one hangs, one eats memory. One run is left alone. The other is killed again and again, its workers, its driver
or both, and started again whenever its driver is gone. Both must end with the same bytes and the same three names.

`python -m eval.bench.kills --engine local --reports 2000 --kills 30` does it and keeps the outcome in eval/results.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from extractor.batch.examination import Document, Tools, examine
from extractor.batch.run import Settings, run
from extractor.engines.jobs import Bounds
from extractor.knowledge import load
from extractor.readers import Limits
from extractor.store.folder import SUMMARY, TABLES_FOLDER
from extractor.store.rows import Rows

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "eval" / "results"

PLANTED = {
    "crash.txt": "worker_crashed",
    "hang.txt": "worker_timed_out",
    "memory.txt": "worker_out_of_memory",
}
"""Names of the planted documents, and what each is to be quarantined for."""

WORKERS = 2
BOUNDS = Bounds(seconds=8, memory=512 << 20)
_PIECE = 32 << 20
_LOOK = 0.02
_PATIENCE = 600.0
_KILLED = {"worker": "a worker", "driver": "the driver", "both": "both at once"}
TARGETS = tuple(_KILLED)


def examine_or_die(document: Document, tools: Tools, trail: str) -> Rows:
    """Returns the rows of a document, unless it is a planted one; `trail` gets a line for each that is examined."""
    match Path(document.source).name:
        case "crash.txt":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "hang.txt":
            time.sleep(_PATIENCE)
        case "memory.txt":
            eaten = []
            while True:
                eaten.append(b"\1" * _PIECE)
        case _:
            rows = examine(document, tools)
    line = f"{document.source}\n".encode()
    handle = os.open(trail, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(handle, line)
    finally:
        os.close(handle)
    return rows


def write_reports(folder: Path, count: int) -> None:
    """Writes `count` small reports, each with its own figures, and the three planted documents."""
    folder.mkdir(parents=True)
    for number in range(count):
        applied, public = number % 97, 100 + number
        (folder / f"{number:05d}.txt").write_text(
            f"某某县{number}号局2022年政府信息公开工作年度报告\n\n一、总体情况\n"
            f"全年主动公开政府信息{public}条，其中网站公开{public - 3}条，公示栏公开3条。"
            f"收到依申请公开{applied}件，答复{applied}件，比上年增长{number % 50}.5%。\n\n"
            f"| 指标 | 数量 |\n|---|---|\n| 主动公开政府信息数 | {public} |\n"
            f"| 收到申请数 | {applied + number % 2} |\n",
            encoding="utf-8",
        )
    for name in PLANTED:
        (folder / name).write_text(f"{name}\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run that was killed.

    Attributes:
        engine: local or dask.
        reports: How many documents there were, the planted ones included.
        kills: How often something was killed, by what it was.
        starts: How often the driver was started.
        again: Documents that were examined more than once.
        same: Whether tables and summary are the undisturbed run's, byte for byte.
        quarantined: The names of the quarantined, each with its reason.
        seconds: How long it took, and how long the undisturbed run took.
    """

    engine: str
    reports: int
    kills: dict[str, int]
    starts: int
    again: int
    same: bool
    quarantined: dict[str, str]
    seconds: tuple[float, float]


def torment(folder: Path, engine: str, reports: int, kills: int, seed: int) -> Outcome:
    """Returns what became of a run over `reports` documents that was killed `kills` times."""
    draw = random.Random(seed)
    inputs, calm, killed = folder / "reports", folder / "calm", folder / "killed"
    write_reports(inputs, reports)
    with cluster(engine, folder) as (scheduler, processes):
        hosts = [process.pid for process in processes[1:]]
        began = time.monotonic()
        driver = _start(inputs, calm, folder / "calm.txt", scheduler)
        _wait(driver, began)
        between = time.monotonic()
        starts, done = _disturb(inputs, killed, folder / "killed.txt", scheduler, hosts, reports, kills, draw)
        ended = time.monotonic()
    trail = (folder / "killed.txt").read_text(encoding="utf-8").splitlines()
    summary = json.loads((killed / SUMMARY).read_text(encoding="utf-8"))
    return Outcome(
        engine=engine,
        reports=reports + len(PLANTED),
        kills={target: done.count(target) for target in TARGETS},
        starts=starts,
        again=len(trail) - len(set(trail)),
        same=fingerprint(calm) == fingerprint(killed),
        quarantined={Path(item["source"]).name: item["reason"] for item in summary["quarantined"]},
        seconds=(round(ended - between, 1), round(between - began, 1)),
    )


def fingerprint(run_folder: Path) -> dict[str, str]:
    """Returns the hash of each table file of a run, and of its summary."""
    files = [*sorted((run_folder / TABLES_FOLDER).rglob("*")), run_folder / SUMMARY]
    return {
        path.relative_to(run_folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file()
    }


def _disturb(
    inputs: Path, out: Path, trail: Path, scheduler: str, hosts: Sequence[int], reports: int, kills: int,
    draw: random.Random,
) -> tuple[int, list[str]]:  # fmt: skip
    """Returns how often the driver was started and what was killed, when the run is through at last.

    The moments are drawn as numbers of documents examined, so that they lie all over the run whatever the machine.
    """
    moments = sorted(draw.uniform(0, reports) for _ in range(kills))
    done: list[str] = []
    starts, began = 1, time.monotonic()
    driver = _start(inputs, out, trail, scheduler)
    for moment in moments:
        while _examined(trail) < moment and driver.poll() is None:
            _within(began)
            time.sleep(_LOOK)
        time.sleep(draw.uniform(0, 0.3))
        target = draw.choice(TARGETS)
        if target != "driver":
            _kill_worker(hosts or [driver.pid], draw)
        if target != "worker":
            driver.kill()
        done.append(target)
        if target != "worker" or driver.poll() is not None:
            driver.wait()
            starts += 1
            driver = _start(inputs, out, trail, scheduler)
    _wait(driver, began)
    return starts, done


def _kill_worker(roots: Sequence[int], draw: random.Random) -> None:
    """Kills one of the processes below `roots`: a worker, the server that forks workers, or a cluster's worker."""
    working = [process for root in roots for process in _below(root) if _works(process)]
    if working:
        victim = draw.choice(working)
        try:
            victim.kill()
        except psutil.NoSuchProcess:
            return


def _below(root: int) -> list[psutil.Process]:
    """Returns the processes below `root`, none where it has just ended."""
    try:
        below: list[psutil.Process] = psutil.Process(root).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
    return below


def _works(process: psutil.Process) -> bool:
    """Says whether a process is a worker, not one that only keeps track of resources."""
    try:
        return "resource_tracker" not in " ".join(process.cmdline())
    except psutil.Error:
        return False


def _examined(trail: Path) -> int:
    return trail.read_bytes().count(b"\n") if trail.exists() else 0


def _wait(driver: subprocess.Popen[bytes], began: float) -> None:
    while driver.poll() is None:
        _within(began)
        time.sleep(_LOOK)
    if driver.returncode:
        raise RuntimeError(f"the driver ended with {driver.returncode}")


def _within(began: float) -> None:
    if time.monotonic() - began > _PATIENCE * 3:
        raise TimeoutError("the run does not come to its end")


# ---------------------------------------------------------------- processes


def _start(inputs: Path, out: Path, trail: Path, scheduler: str) -> subprocess.Popen[bytes]:
    """Returns a driver process; `drive` is called by name, so that workers find `examine_or_die` in this module."""
    code = f"from {__spec__.name if __name__ == '__main__' else __name__} import drive; drive()"
    command = [sys.executable, "-c", code, str(inputs), str(out), str(trail), scheduler]
    return subprocess.Popen(command, cwd=ROOT)


def drive() -> None:
    """Runs a batch as the command line says: inputs, run folder, trail, scheduler."""
    inputs, out, trail, scheduler = sys.argv[1:]
    settings = Settings((inputs,), out, WORKERS, BOUNDS, Limits(), scheduler)
    run(settings, load(), lambda _: None, partial(examine_or_die, trail=trail))


@contextmanager
def cluster(engine: str, folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Yields the address of a scheduler and its process, then those of the nannies of its two workers."""
    if engine == "local":
        yield "", []
        return
    note = folder / "scheduler.json"
    common = ["--no-dashboard", "--scheduler-file", str(note)]
    local = ["--host", "127.0.0.1"]
    commands = [["distributed.cli.dask_scheduler", "--port", "0", *local, *common]]
    commands += [
        ["distributed.cli.dask_worker", "--nthreads", "1", "--local-directory", str(folder), *local, *common]
    ] * WORKERS
    log = (folder / "cluster.log").open("wb")
    processes = [
        subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, stdout=log, stderr=log)
        for command in commands
    ]
    try:
        began = time.monotonic()
        while not note.exists() or not note.stat().st_size:
            _within(began)
            time.sleep(_LOOK)
        yield json.loads(note.read_text(encoding="utf-8"))["address"], processes
    finally:
        for process in processes:
            for below in _below(process.pid):
                below.kill()
            process.kill()
            process.wait()
        log.close()


def as_markdown(outcomes: Sequence[Mapping[str, Any]]) -> str:
    """Returns outcomes as a table."""
    lines = [
        "# Runs that were killed",
        "",
        "Each run was killed with SIGKILL at random moments and started again whenever its driver was gone; then its",
        "tables and summary were compared, byte for byte, with those of a run that was left alone.",
        "",
        "| | " + " | ".join(item["engine"] for item in outcomes) + " |",
        "|---|" + "---:|" * len(outcomes),
    ]
    rows = {
        "documents": [str(item["reports"]) for item in outcomes],
        **{
            f"kills of {_KILLED[target]}": [str(item["kills"][target]) for item in outcomes]
            for target in TARGETS
        },
        "starts of the driver": [str(item["starts"]) for item in outcomes],
        "documents examined twice": [str(item["again"]) for item in outcomes],
        "the same tables": ["yes" if item["same"] else "NO" for item in outcomes],
        **{
            f"quarantined: {name}": [item["quarantined"].get(name, "NO") for item in outcomes]
            for name in PLANTED
        },
        "others quarantined": [str(len(set(item["quarantined"]) - set(PLANTED))) for item in outcomes],
        "seconds, and undisturbed": [" / ".join(map(str, item["seconds"])) for item in outcomes],
    }
    lines += [f"| {name} | " + " | ".join(values) + " |" for name, values in rows.items()]
    return "\n".join([*lines, ""])


def main() -> None:
    """Kills, compares, writes the outcome to eval/results/kills-<engine>.json and all outcomes to kills.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--engine", choices=("local", "dask"), default="local")
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder to write to")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        outcome = torment(Path(folder), arguments.engine, arguments.reports, arguments.kills, arguments.seed)
    text = json.dumps(asdict(outcome), ensure_ascii=False, indent=2) + "\n"
    print(text)
    (arguments.results / f"kills-{outcome.engine}.json").write_text(text, encoding="utf-8")
    kept = sorted(arguments.results.glob("kills-*.json"), reverse=True)
    outcomes = [json.loads(path.read_text(encoding="utf-8")) for path in kept]
    (arguments.results / "kills.md").write_text(as_markdown(outcomes), encoding="utf-8")
    sys.exit(0 if outcome.same and outcome.quarantined == PLANTED else 1)


if __name__ == "__main__":
    main()
