"""Runs over many reports: how fast each engine is, what a long run holds in memory and leaves on disk."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import fmean, median
from typing import Any

import psutil

from eval.bench.kills import cluster
from extractor.batch.inputs import list_inputs
from extractor.batch.run import Progress, Settings, run
from extractor.engines.jobs import Bounds
from extractor.knowledge import load
from extractor.readers import Limits
from extractor.store.folder import LOG, MANIFEST, TABLES_FOLDER
from extractor.store.manifest import Manifest
from extractor.synthesis import generate

from .measured import ONE, SEED, TWO, Measured

ROOT = Path(__file__).resolve().parents[3]
BOUNDS = Bounds(seconds=180, memory=2 << 30)
ENGINES = ((ONE, "local", 1), (TWO, "local", 2), ("Dask, 2 workers", "dask", 2))


def write_reports(path: Path, count: int) -> int:
    """Writes `count` invented reports as JSON lines; returns how many bytes their texts have."""
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for report in generate(SEED, count):
            size += len(report.text.encode())
            file.write(json.dumps({"id": report.name, "text": report.text}, ensure_ascii=False) + "\n")
    return size


def measure_run(inputs: Path, out: Path, workers: int, scheduler: str = "") -> Measured:
    """Returns what one run took, in a process of its own."""
    code = "from eval.bench.scale.runs import drive; drive()"
    command = [sys.executable, "-c", code, str(inputs), str(out), str(workers), scheduler]
    answer = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    measured: Measured = json.loads(answer.stdout)
    return measured


def drive() -> None:
    """Does one run and prints what it took: inputs, run folder, workers and scheduler are on the command line.

    Seconds, also the driver's, count from the end of the listing on; `start` is what comes before.
    """
    inputs, out, workers, scheduler = sys.argv[1:]
    began = time.perf_counter()
    first: list[float] = []
    workers_processor = 0.0

    def watch(progress: Progress) -> None:
        nonlocal workers_processor
        if not first:
            first.append(time.perf_counter())
            first.append(time.process_time())
        if progress.done == progress.total:
            below = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
            workers_processor = sum(times.user + times.system for times in below)

    settings = Settings((inputs,), out, int(workers), BOUNDS, Limits(), scheduler)
    summary = run(settings, load(), watch)
    ended = time.perf_counter()
    own = resource.getrusage(resource.RUSAGE_SELF)
    documents = summary.documents["documents"]
    print(
        json.dumps(
            {
                "documents": documents,
                "start": round(first[0] - began, 2),
                "seconds": round(ended - first[0], 2),
                "rate": round(documents / (ended - first[0]), 2),
                "driver_processor": round(time.process_time() - first[1], 2),
                "workers_processor": round(workers_processor, 2),
                "driver_memory": own.ru_maxrss * 1024,
            }
        )
    )


def measure_listing(inputs: Path, manifest: Path) -> float:
    """Returns how many documents are listed a second."""
    knowledge = load()
    began = time.perf_counter()
    with Manifest(manifest) as base:
        count = base.list_documents(
            (key, reference.source, reference.text())
            for key, reference in list_inputs([str(inputs)], knowledge, Limits())
        )
    return round(count / (time.perf_counter() - began))


def memory_of(out: Path) -> Measured:
    """Returns the memory of workers at the end of each shard: over the run, in its first and in its last tenth."""
    held = [int(event["memory"]) for event in _events(out) if event["event"] == "shard"]
    tenth = max(len(held) // 10, 1)
    first, last = fmean(held[:tenth]), fmean(held[-tenth:])
    return {
        "shards": len(held),
        "peak": max(held),
        "first_tenth": round(first),
        "last_tenth": round(last),
        "ratio": round(last / first, 3),
        "course": [
            [round(100 * place / len(held)), round(fmean(held[place : place + tenth // 2 + 1]))]
            for place in range(0, len(held), max(len(held) // 50, 1))
        ],
    }


def _events(out: Path) -> Iterator[Mapping[str, Any]]:
    for line in (out / LOG).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _size(out: Path) -> int:
    return sum(path.stat().st_size for path in (out / TABLES_FOLDER).rglob("*.parquet"))


def rates(folder: Path, reports: int, turns: int) -> Measured:
    """Returns how fast each engine does the same reports, engines turn by turn."""
    inputs = folder / "reports.jsonl"
    write_reports(inputs, reports)
    taken: dict[str, list[Measured]] = {}
    for turn in range(turns):
        for name, engine, workers in ENGINES:
            place = folder / f"{turn}-{workers}-{engine}"
            place.mkdir()
            with cluster(engine, place) as (scheduler, _):
                taken.setdefault(name, []).append(measure_run(inputs, place / "run", workers, scheduler))
    medians = {name: median(item["rate"] for item in some) for name, some in taken.items()}
    return {"reports": reports, "turns": turns, "rates": medians, "runs": taken}


def long(folder: Path, reports: int) -> Measured:
    """Returns what a long run of one worker comes to."""
    inputs, out = folder / "reports.jsonl", folder / "run"
    write_reports(inputs, reports)
    measure_run(inputs, out, 1)
    return about(inputs, out, reports)


def about(inputs: Path, out: Path, reports: int) -> Measured:
    """Returns memory and sizes of a finished run, and how long it takes to see that there is nothing left to do."""
    with inputs.open(encoding="utf-8") as lines:
        size = sum(len(json.loads(line)["text"].encode()) for line in lines)
    memory = memory_of(out)
    return {
        "reports": reports,
        "memory": memory,
        "listed_a_second": measure_listing(inputs, out.parent / "listing.sqlite"),
        "resumed": measure_run(inputs, out, 2),
        "bytes": {
            "text": round(size / reports),
            "tables": round(_size(out) / reports),
            "manifest": round((out / MANIFEST).stat().st_size / reports),
        },
    }
