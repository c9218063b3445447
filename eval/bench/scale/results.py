"""What was measured as tables and charts, and reckoned up to a large collection."""

from __future__ import annotations

from statistics import median

from extractor.writers.charts import Axis, Series, line_chart, standalone

from .measured import ONE, TWO, Measured

_MEGABYTE = 1 << 20
_CROP = 10_000_000
"""The collection that is reckoned up to."""


def ten_million(measured: Measured) -> Measured:
    """Returns what a collection of ten million such reports costs."""
    ran, sizes = measured["rates"], measured["long"]["bytes"]
    spent = median(_spent(run, "workers_processor") for run in ran["runs"][ONE])
    own = median(_spent(run, "driver_processor") for run in ran["runs"][TWO])
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
        lines.append(f"| {name} | {rate:.1f} | {rate / medians[ONE]:.2f} | {known} | {driver:.2f} |")
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
