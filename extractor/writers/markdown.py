"""The report as Markdown, for pasting into a working paper or an issue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..data import Problem, Result
from .controls import escaped
from .summary import coverage_line, meta_lines, severity_line, verdict_line
from .view import FindingView, Row, View, explained, listed, problem_line, trial_words, view_of
from .words import Words

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~])")


def write_markdown(results: Sequence[Result], words: Words, refused: Sequence[Problem] = ()) -> str:
    """Returns all `results`, one after the other under their file names, then the documents that were `refused`."""
    parts = [_report(view_of(result, words)) for result in results]
    if refused:
        parts.append(_refused(refused, words))
    return escaped("\n".join("\n".join(part) + "\n" for part in parts))


def escape(text: str) -> str:
    """Returns `text` so that Markdown prints it as it stands, in a paragraph or a table cell."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yields the lines of a Markdown table; cells are escaped."""
    yield "| " + " | ".join(escape(column) for column in columns) + " |"
    yield "|" + " --- |" * len(columns)
    for row in rows:
        yield "| " + " | ".join(escape(cell) for cell in row) + " |"


def _refused(refused: Sequence[Problem], words: Words) -> Iterator[str]:
    yield f"# {words.word('title.rejected')}"
    yield ""
    for problem in refused:
        yield f"- {escape(problem_line(problem, words))}"


def _report(view: View) -> Iterator[str]:
    words = view.words
    yield f"# {words.word('title.report')}{words.word('label.colon')}{escape(view.result.report.source)}"
    yield ""
    for label, value in meta_lines(view):
        yield f"- {label}{words.word('label.colon')}{escape(value)}"
    yield f"- {verdict_line(view)}"
    yield f"- {coverage_line(view)}"
    yield ""
    yield f"## {words.word('title.findings')}"
    yield ""
    yield severity_line(view)
    for finding in view.findings:
        yield from _finding(finding, words)
    yield from _tieout(view)
    yield from _rest(view)


def _finding(view: FindingView, words: Words) -> Iterator[str]:
    severity = view.finding.severity
    yield ""
    grade = f"{words.icon(severity)} {words.word(f'severity.{severity}')}"
    yield f"### {view.position}. {grade}{words.word('label.colon')}{view.message.title}"
    yield ""
    yield escape(view.message.text)
    yield ""
    for passage in view.passages:
        quoted = (f"**{escape(mark.text)}**" if mark.told else escape(mark.text) for mark in passage.marks)
        yield f"> {''.join(quoted)}" + words.at(passage.place)
        yield ""
    for line in view.trials:
        yield f"- {words.word('label.tried')}{words.word('label.colon')}{escape(trial_words(line, words))}"
    for label, said in explained(view, words):
        yield f"- {label}{words.word('label.colon')}{said}"


def _tieout(view: View) -> Iterator[str]:
    words = view.words
    yield ""
    yield f"## {words.word('title.tieout')}"
    yield ""
    columns = [
        words.word(f"label.{key}") for key in ("claim", "in_text", "in_table", "cell", "verdict", "formula")
    ]
    if view.compared:
        yield from markdown_table(columns, (_cells(row, words) for row in view.compared))
    else:
        yield words.say("no_links" if view.rows else "no_claims")
    if view.apart:
        yield ""
        yield words.say("apart", count=len(view.apart))
        yield ""
        columns = [words.word(f"label.{key}") for key in ("reason", "count", "claims")]
        groups = ((why, str(len(rows)), listed(rows, words)) for why, rows in view.set_apart)
        yield from markdown_table(columns, groups)


def _cells(row: Row, words: Words) -> tuple[str, ...]:
    verdict = f"{words.icon(row.verdict)} {words.word(f'verdict.{row.verdict}')}"
    address = " ".join(figure.address for figure in row.figures)
    return (row.topic, row.stated, row.table_value, address, verdict, row.formula)


def _rest(view: View) -> Iterator[str]:
    words = view.words
    if view.held:
        yield from ("", f"## {words.word('title.checks')}", "", words.say("held", count=len(view.held)), "")
        for line in view.held:
            yield f"- {escape(line.figures)}: {escape(line.words)}"
    if view.excluded:
        yield from ("", f"## {words.word('title.excluded')}", "")
        columns = [words.word(f"label.{key}") for key in ("reason", "count", "examples")]
        rows = ((left.reason, str(left.count), "; ".join(left.examples)) for left in view.excluded)
        yield from markdown_table(columns, rows)
    for key, lines in (("unexplained", view.unexplained), ("problems", view.problems)):
        if lines:
            yield from ("", f"## {words.word(f'title.{key}')}", "")
            yield from (f"- {escape(line)}" for line in lines)
