"""The measurements as tables to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .scoring import Scores, Share

_HEAD = (
    "method", "threshold", "links: precision", "recall", "F1", "claims with cells, wholly right", "verdicts right",
    "false mismatches a report", "… a clean report",
)  # fmt: skip
_LEFT = (
    "template of the reports", "reports", "left out", "removed: rows, indicators, phrases", "then read as",
    "cells still read",
    "link F1 with it", "without it: precision", "recall", "F1", "false mismatches a report",
)  # fmt: skip


def row(title: str, threshold: float | None, scores: Scores) -> str:
    """Returns one line of the comparison."""
    links = scores.links
    counts = links.counts
    cells = (
        title,
        "—" if threshold is None else f"{threshold:.2f}",
        f"{_number(counts.precision)} ({counts.hits}/{counts.found})",
        f"{_number(counts.recall)} ({counts.hits}/{counts.gold})",
        f"{_number(counts.f1)} {_bounds(links.f1_interval)}",
        _share(scores.whole),
        _share(scores.verdicts),
        _rate(scores.false_mismatches),
        _rate(scores.false_mismatches_clean),
    )
    return f"| {' | '.join(cells)} |"


def comparison(lines: Sequence[str]) -> list[str]:
    """Returns the lines of the comparison under their head."""
    return [f"| {' | '.join(_HEAD)} |", "|---|" + "---:|" * (len(_HEAD) - 1), *lines]


def calibration(measured: Mapping[str, Any]) -> list[str]:
    """Returns what a stated probability was worth."""
    if not measured["count"]:
        return ["No links."]
    lines = [
        f"{measured['count']} links: expected calibration error {measured['ece']:.4f}, Brier {measured['brier']:.4f}.",
        "",
        "| stated | links | mean stated | right |",
        "|---|---:|---:|---:|",
    ]
    for group in measured["bins"]:
        low = min(int(group["stated"] * 10), 9) / 10
        lines.append(
            f"| {low:.1f}–{low + 0.1:.1f} | {group['count']} | {group['stated']:.3f} | {group['true']:.3f} |"
        )
    return lines


def left_out(measured: Sequence[Mapping[str, Any]]) -> list[str]:
    """Returns the table of templates left out."""
    lines = [f"| {' | '.join(_LEFT)} |", "|---|---:|---|---|---|" + "---:|" * (len(_LEFT) - 5)]
    for entry in measured:
        removed, after, cells = entry["removed"], entry["links_without"], entry["cells_read"]
        alarms = entry["false_mismatches_a_report"]
        lines.append(
            f"| {entry['template']} | {entry['documents']} "
            f"| {entry['left_out']} | {removed['rows']}, {removed['indicators']}, {removed['phrases']} "
            f"| {', '.join(entry['read_as'])} | {_number(cells['value'])} ({cells['over']}/{cells['under']}) "
            f"| {_number(entry['links_with']['f1'])} "
            f"| {_number(after['precision'])} ({after['hits']}/{after['found']}) "
            f"| {_number(after['recall'])} ({after['hits']}/{after['gold']}) "
            f"| {_number(after['f1'])} {_bounds(after['f1_interval'])} "
            f"| {_number(alarms['value'], 2)} ({alarms['over']}/{alarms['under']}) |"
        )
    return lines


def _share(share: Share) -> str:
    return f"{_number(share.value)} ({share.over}/{share.under}) {_bounds(share.interval)}"


def _rate(share: Share) -> str:
    return f"{_number(share.value, 2)} ({share.over}/{share.under}) {_bounds(share.interval, 2)}"


def _number(value: float | None, places: int = 3) -> str:
    return "—" if value is None else f"{value:.{places}f}"


def _bounds(bounds: Sequence[float] | None, places: int = 3) -> str:
    return "" if bounds is None else f"[{bounds[0]:.{places}f}, {bounds[1]:.{places}f}]"
