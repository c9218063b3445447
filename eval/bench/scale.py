"""What many reports cost: reports a second by workers and engine, memory over a long run, cost by length and by tables.

Reports are invented by `extractor.synthesis` in all its layouts and lie in one JSON Lines file; every run is a process
of its own that starts with nothing. `python -m eval.bench.scale` measures all of it and keeps it in eval/results,
with charts for docs/scale.md.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from eval.bench.kills import cluster
from extractor.audit import audit
from extractor.batch.inputs import list_inputs
from extractor.batch.run import Progress, Settings, run
from extractor.classify import load_model
from extractor.engines.jobs import Bounds
from extractor.knowledge import load
from extractor.readers import Limits, read_bytes
from extractor.store.folder import LOG, MANIFEST, TABLES_FOLDER
from extractor.store.manifest import Manifest
from extractor.synthesis import generate
from extractor.writers.charts import Axis, Series, line_chart, standalone

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "eval" / "results"
CHARTS = ROOT / "docs"
SEED = 11
BOUNDS = Bounds(seconds=180, memory=2 << 30)
LENGTHS = (1, 3, 10, 30, 100, 300, 1000)
"""Sizes of the texts whose cost is measured, in kB of UTF-8."""
TABLES = (0, 1, 2, 4, 8, 16, 32)
PARTS = ("rates", "long", "texts")
_ONE, _TWO = "1 worker", "2 workers"
ENGINES = ((_ONE, "local", 1), (_TWO, "local", 2), ("Dask, 2 workers", "dask", 2))
_TURNS = 3
_MEGABYTE = 1 << 20
_CROP = 10_000_000
"""The collection that is reckoned up to."""

Measured = dict[str, Any]


def write_reports(path: Path, count: int) -> int:
    """Writes `count` invented reports as JSON lines; returns how many bytes their texts have."""
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for report in generate(SEED, count):
            size += len(report.text.encode())
            file.write(json.dumps({"id": report.name, "text": report.text}, ensure_ascii=False) + "\n")
    return size


# ---------------------------------------------------------------- runs


def measure_run(inputs: Path, out: Path, workers: int, scheduler: str = "") -> Measured:
    """Returns what one run took, in a process of its own."""
    code = f"from {_name()} import drive; drive()"
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


def _name() -> str:
    """Returns the name of this module, also where it is run as a program."""
    return __spec__.name if __name__ == "__main__" else __name__


# ---------------------------------------------------------------- one text


def by_length() -> list[Measured]:
    """Returns processor seconds of an audit by the size of the text, whose words are those of many reports."""
    prose = "".join(_prose())
    return [{"kB": size, **_cost(_cut(prose, size * 1000))} for size in LENGTHS]


def by_tables() -> list[Measured]:
    """Returns processor seconds of an audit by the number of tables behind one and the same prose."""
    prose = _cut("".join(_prose()), 5000)
    tables = [_table(number) for number in range(max(TABLES))]
    return [{"tables": count, **_cost("\n\n".join([prose, *tables[:count]]))} for count in TABLES]


def _prose() -> Iterator[str]:
    """Yields narratives of invented reports, each of other figures, some megabytes in all."""
    knowledge = load()
    size = 0
    for report in generate(SEED, 4000, layouts=("markdown",)):
        read = read_bytes(report.text.encode(), report.name, knowledge)
        text = "".join(
            read.text[region.start : region.end] for region in read.regions if region.kind == "narrative"
        )
        yield text
        size += len(text.encode())
        if size > max(LENGTHS) * 1100:
            return


def _cut(text: str, size: int) -> str:
    """Returns the first `size` bytes of a text, up to the end of a line."""
    cut = text.encode()[:size].decode(errors="ignore")
    return cut[: cut.rfind("\n") + 1] or cut


def _table(number: int) -> str:
    rows = "".join(f"| 第{row}类事项办理数 | 件 | {number * 7 + row * 13} |\n" for row in range(12))
    return f"表{number + 1}\n\n| 指标 | 单位 | 数量 |\n|---|---|---|\n{rows}"


def _cost(text: str) -> Measured:
    """Returns the median processor seconds of reading and auditing a text, and what is in it."""
    knowledge, model = load(), load_model()
    spent = []
    for turn in range(_TURNS):
        data = text.replace("2", "3", turn).encode()  # so that nothing can be remembered
        gc.collect()
        start = time.process_time()
        result = audit(read_bytes(data, "report", knowledge), knowledge, model)
        spent.append(time.process_time() - start)
    return {
        "seconds": round(median(spent), 4),
        "numbers": len(result.numbers),
        "claims": len(result.claims),
        "figures": len(result.reading.figures),
    }


# ---------------------------------------------------------------- what is kept


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


def ten_million(measured: Measured) -> Measured:
    """Returns what a collection of ten million such reports costs."""
    ran, sizes = measured["rates"], measured["long"]["bytes"]
    spent = median(_spent(run, "workers_processor") for run in ran["runs"][_ONE])
    own = median(_spent(run, "driver_processor") for run in ran["runs"][_TWO])
    return {
        "core hours": round(_CROP * spent / 3600),
        "hours on 64 cores": round(_CROP * spent / 3600 / 64, 1),
        "minutes to list them": round(_CROP / measured["long"]["listed_a_second"] / 60, 1),
        "processor hours of the driver": round(_CROP * own / 3600, 1),
        "workers that keep one driver busy": round(spent / own),
        "GB of texts": round(sizes["text"] * _CROP / 1e9, 1),
        "GB of tables": round(sizes["tables"] * _CROP / 1e9, 1),
        "GB of manifest": round(sizes["manifest"] * _CROP / 1e9, 1),
    }


def _spent(run: Measured, whose: str) -> float:
    """Returns processor seconds for each document."""
    return float(run[whose] / run["documents"])


def as_markdown(measured: Measured) -> str:
    """Returns what was measured as tables; a part that was not is left out."""
    lines = ["# Scale", ""]
    if "rates" in measured:
        lines += _rates_table(measured["rates"])
    if "long" in measured:
        lines += _long_table(measured["long"])
    if {"rates", "long"} <= set(measured):
        lines += ["| ten million such reports | |", "|---|---:|"]
        lines += [f"| {name} | {value} |" for name, value in ten_million(measured).items()]
        lines += [""]
    if "texts" in measured:
        lines += _texts_tables(measured["texts"])
    return "\n".join(lines)


def _rates_table(part: Measured) -> list[str]:
    medians = part["rates"]
    lines = [
        f"{part['reports']} invented reports in all layouts; the median of {part['turns']} runs an engine, in turn.",
        "",
        "| engine | reports a second | times one worker | processor ms a report: workers | driver |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, rate in medians.items():
        runs = part["runs"][name]
        workers = median(1000 * _spent(run, "workers_processor") for run in runs)
        driver = median(1000 * _spent(run, "driver_processor") for run in runs)
        known = f"{workers:.1f}" if workers else "–"
        lines.append(f"| {name} | {rate:.1f} | {rate / medians[_ONE]:.2f} | {known} | {driver:.2f} |")
    return [*lines, "", f"{part['machine']}; {part['stamp']}.", ""]


def _long_table(part: Measured) -> list[str]:
    memory, sizes = part["memory"], part["bytes"]
    return [
        f"| {part['reports']} reports, one worker | |",
        "|---|---:|",
        f"| most memory of the worker at the end of a shard, MB | {memory['peak'] / _MEGABYTE:.0f} |",
        f"| memory of the worker, first tenth, MB | {memory['first_tenth'] / _MEGABYTE:.1f} |",
        f"| memory of the worker, last tenth, MB | {memory['last_tenth'] / _MEGABYTE:.1f} |",
        f"| last tenth / first tenth | {memory['ratio']:.3f} |",
        f"| documents listed a second | {part['listed_a_second']} |",
        f"| seconds of the same run again, all taken over, two workers | {part['resumed']['seconds']:.1f} |",
        f"| most memory of the driver, MB | {part['resumed']['driver_memory'] / _MEGABYTE:.0f} |",
        f"| bytes of text for a report | {sizes['text']} |",
        f"| bytes of tables for a report | {sizes['tables']} |",
        f"| bytes of manifest for a report | {sizes['manifest']} |",
        "",
        f"{part['machine']}; {part['stamp']}.",
        "",
    ]


def _texts_tables(part: Measured) -> list[str]:
    return [
        "| text, kB | numbers | claims | ms | ms for a kB |",
        "|---:|---:|---:|---:|---:|",
        *(
            f"| {item['kB']} | {item['numbers']} | {item['claims']} | {1000 * item['seconds']:.0f} "
            f"| {1000 * item['seconds'] / item['kB']:.2f} |"
            for item in part["by_length"]
        ),
        "",
        "| tables of 12 rows | cells | ms |",
        "|---:|---:|---:|",
        *(
            f"| {item['tables']} | {item['figures']} | {1000 * item['seconds']:.0f} |"
            for item in part["by_tables"]
        ),
        "",
        f"Processor time. {part['machine']}; {part['stamp']}.",
        "",
    ]


def charts(measured: Measured) -> dict[str, str]:
    """Returns the charts of docs/scale.md by file name, of the parts that were measured."""
    drawn: dict[str, str] = {}
    if "long" in measured:
        course = tuple((share, held / _MEGABYTE) for share, held in measured["long"]["memory"]["course"])
        about = f"One worker over {measured['long']['reports']} reports, at the end of shards."
        axes = Axis("% of the run"), Axis("MB", low=0)
        drawn["scale-memory.svg"] = _chart("Memory of a worker", about, course, *axes)
    if "texts" in measured:
        lengths = tuple((item["kB"], 1000 * item["seconds"]) for item in measured["texts"]["by_length"])
        about = "Processor time of reading and auditing one text."
        axes = Axis("kB", log=True), Axis("ms", log=True)
        drawn["scale-length.svg"] = _chart("Cost of a text by its length", about, lengths, *axes)
        tables = tuple((item["tables"], 1000 * item["seconds"]) for item in measured["texts"]["by_tables"])
        about = "Processor time for 5 kB of prose and tables of 12 rows."
        axes = Axis("tables"), Axis("ms", low=0)
        drawn["scale-tables.svg"] = _chart("Cost of a text by its tables", about, tables, *axes)
    return drawn


def _chart(title: str, about: str, points: tuple[tuple[float, float], ...], x: Axis, y: Axis) -> str:
    return standalone(line_chart(title, about, [Series(y.label, points)], x, y))


def main() -> None:
    """Measures, prints the tables, writes eval/results/scale.md, scale.json and the charts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
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
