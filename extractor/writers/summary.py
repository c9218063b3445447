"""The few lines that stand at the head of every report."""

from __future__ import annotations

from collections.abc import Sequence

from ..data import Status
from .view import View
from .words import Words, number


def meta_lines(view: View) -> list[tuple[str, str]]:
    """Returns label and value of what was read: file, template, tables, stamp."""
    words, result = view.words, view.result
    reading = result.reading
    if reading.template:
        fit = f"{words.word('label.score')} {number(reading.score)}"
        template = words.form(reading.template) + words.at(fit)
    else:
        template = words.form("")
    tables = str(len(result.report.tables)) + words.at(
        f"{words.word('label.figures')} {len(reading.figures)}"
    )
    stamp = result.stamp
    made_by = [f"extractor {stamp.version}", f"{words.word('label.knowledge')} {stamp.kb}"]
    if stamp.model:
        made_by.append(f"{words.word('label.model')} {stamp.model}")
    return [
        (words.word("label.file"), result.report.source),
        (words.word("label.template"), template),
        (words.word("label.tables"), tables),
        (words.word("label.stamp"), words.word("label.joint").join(made_by)),
    ]


def verdict_line(view: View) -> str:
    """Returns the number of claims and how many came to each verdict."""
    words = view.words
    counts = " · ".join(
        f"{words.icon(verdict)} {words.word(f'verdict.{verdict}')} {count}"
        for verdict, count in view.verdicts.items()
    )
    total = words.say("claims", count=len(view.rows))
    return total + words.word("label.colon") + counts if counts else total


def severity_line(view: View) -> str:
    """Returns how many findings there are of each severity."""
    words = view.words
    if not view.findings:
        return silence([view], words)
    return " · ".join(
        f"{words.icon(severity)} {words.word(f'severity.{severity}')} {count}"
        for severity, count in view.severities.items()
    )


def silence(views: Sequence[View], words: Words) -> str:
    """Returns what it says that there are no findings: that nothing differs, or that nothing was checked."""
    return words.say("nothing" if all(view.idle for view in views) else "clean")


def coverage_line(view: View) -> str:
    """Returns the fate of all numbers of the narrative."""
    counts = {status.value: view.statuses.get(status, 0) for status in Status}
    return view.words.say("coverage", count=len(view.result.numbers), **counts)
