"""The comparison as a table to read and as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_HEAD = (
    "tool", "precision", "recall", "F1 of finding", "F1 of the number", "F1 of number and unit",
    "zero claims in words", "ms a document",
)  # fmt: skip


def as_markdown(run: Mapping[str, Any]) -> str:
    """Returns the run as a table, with its denominators and 95% intervals, and what was measured on."""
    stamp, machine, gold = run["stamp"], run["machine"], run["gold"]
    lines = [
        "# Compared with the tools that exist",
        "",
        f"| {' | '.join(_HEAD)} |",
        "|---|" + "---:|" * (len(_HEAD) - 1),
        *(_row(tool) for tool in run["tools"]),
        "",
        f"{gold['documents']} {gold['split']} documents of {gold['corpus']} (labels {gold['labels']}), "
        f"{gold['characters']} characters of narrative: "
        f"{gold['claims']} claims with a numeral, {gold['valued']} of them with one value, "
        f"{gold['zeros']} zero claims in words, {gold['excluded']} numbers that are no claims. "
        "Hits and denominators in brackets; 95% intervals in square ones, Wilson's for shares and the "
        "bootstrap over documents for F1; milliseconds are the median over documents, warm, processor time. "
        "How to read it: [docs/baselines.md](../../docs/baselines.md).",
        "",
        "The same tools fed what this package folds: widths evened out, wrapped lines and split numbers joined.",
        "",
        f"| {' | '.join(_HEAD[:6])} |",
        "|---|" + "---:|" * 5,
        *(_folded(tool) for tool in run["tools"] if not tool["failure"]),
        "",
        "| tool | is |",
        "|---|---|",
        *(f"| {tool['title']} | {tool['note']}{_versions(tool['versions'])} |" for tool in run["tools"]),
        "",
        f"Ours: version {stamp['version']}, kb {stamp['kb']}, model {stamp['model']}. "
        f"CPython {machine['python']}, {machine['architecture']}, {machine['cores']} cores.",
        "",
    ]
    return "\n".join(lines)


def _row(tool: Mapping[str, Any]) -> str:
    if tool["failure"]:
        return f"| {tool['title']} | could not be installed: {tool['failure']} |" + " |" * (len(_HEAD) - 2)
    zero = tool["metrics"]["zero"]
    cells = [*_cells(tool["title"], tool["metrics"]), f"{zero['hits']}/{zero['gold']}"]
    return f"| {' | '.join(cells)} | {tool['milliseconds']['median']:.1f} |"


def _folded(tool: Mapping[str, Any]) -> str:
    return f"| {' | '.join(_cells(tool['title'], tool['folded']['metrics']))} |"


def _cells(title: str, metrics: Mapping[str, Any]) -> list[str]:
    finding = metrics["finding"]
    return [
        title,
        _ratio(finding, "precision", finding["found"]),
        _ratio(finding, "recall", finding["gold"]),
        *(
            f"{_share(metrics[name]['f1'])}{_bounds(metrics[name]['f1_interval'])}"
            for name in ("finding", "number", "value")
        ),
    ]


def _ratio(item: Mapping[str, Any], name: str, total: int) -> str:
    return f"{_share(item[name])} ({item['hits']}/{total}){_bounds(item[name + '_interval'])}"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _bounds(interval: Sequence[float] | None) -> str:
    return "" if interval is None else f" [{interval[0]:.3f}, {interval[1]:.3f}]"


def _versions(versions: Mapping[str, str]) -> str:
    first = next(iter(versions.items()), None)
    return f" ({first[0]} {first[1]})" if first else ""
