"""The report for a terminal, drawn with rich: right at any width, plain where it is piped."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from rich import box
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.table import Table as Grid
from rich.text import Text

from ..data import Result, Severity, Verdict
from .controls import escaped
from .evidence import Passage, Quote
from .prose import Prose
from .summary import coverage_line, meta_lines, severity_line, verdict_line
from .view import FindingView, Row, TrialLine, View, explained, listed, trial_words, view_of
from .words import Words

_STYLES = {
    Verdict.MATCH: "green",
    Verdict.APPROXIMATE: "green",
    Verdict.MISMATCH: "bold red",
    Verdict.SCOPE: "magenta",
    Verdict.EMPTY: "yellow",
    Verdict.DOUBTFUL: "yellow",
    Verdict.AMBIGUOUS: "yellow",
    Severity.ERROR: "bold red",
    Severity.REVIEW: "yellow",
    Severity.INFO: "cyan",
}


def write_text(results: Sequence[Result], words: Words, width: int, colour: bool) -> str:
    """Returns all `results` laid out for `width` columns; escape codes only where `colour`."""
    return draw((_report(view_of(result, words)) for result in results), width, colour)


def draw(parts: Iterable[RenderableType], width: int, colour: bool) -> str:
    """Returns `parts` one under the other as text of at most `width` columns, without trailing blanks."""
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as capture:
        for part in parts:
            console.print(_Escaped(part))
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


class _Escaped:
    """What is drawn, with the control characters of its text as escapes: colours are rich's own, never a report's."""

    def __init__(self, part: RenderableType) -> None:
        self._part = part

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._part, options):
            yield Segment(escaped(segment.text), segment.style, segment.control)


def grid(
    columns: Sequence[str],
    rows: Iterable[Sequence[str | Text]],
    right: frozenset[int] = frozenset(),
    widest: Mapping[int, int] = MappingProxyType({}),
) -> Grid:
    """Returns a plain table: a header, a line under it, cells folded at the column's edge.

    `right` are the columns set flush right, `widest` the most a column may take.
    """
    table = Grid(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1), pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        justify: JustifyMethod = "right" if index in right else "left"
        table.add_column(column, justify=justify, overflow="fold", max_width=widest.get(index))
    for row in rows:
        table.add_row(*(Prose(cell) if isinstance(cell, str) else cell for cell in row))
    return table


def fields(pairs: Iterable[tuple[str, str | Text]]) -> Grid:
    """Returns labels and values in two columns, the values wrapped beside their labels."""
    table = Grid.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in pairs:
        table.add_row(label, Prose(value) if isinstance(value, str) else value)
    return table


def marked(quote: Quote) -> Text:
    """Returns `quote` with the claim between brackets, bold where there is colour."""
    return Prose.assemble(quote.before, ("【" + quote.text + "】", "bold"), quote.after)


def passage_text(passage: Passage, words: Words) -> Text:
    """Returns `passage` with its evidence between brackets, bold where there is colour, and its place behind it."""
    parts = [(f"【{mark.text}】", "bold") if mark.told else (mark.text, "") for mark in passage.marks]
    return Prose.assemble(*parts, (words.at(passage.place), "dim"))


def heading(title: str, count: int | None = None) -> RenderableType:
    """Returns a section heading with its count."""
    label = f"{title} ({count})" if count is not None else title
    return Padding(Rule(Text(label, style="bold"), align="left", style="dim", characters="─"), (1, 0, 0, 0))


def verdict_text(verdict: Verdict, words: Words) -> Text:
    """Returns icon and name of `verdict`."""
    return Text(
        f"{words.icon(verdict)} {words.word(f'verdict.{verdict}')}", style=_STYLES.get(verdict, "dim")
    )


def trial_texts(trials: Iterable[TrialLine], words: Words) -> Text:
    """Returns one line a formula tried: its arithmetic, whether it held, by how much not, and its words."""
    return Prose("\n").join(Prose(trial_words(line, words)) for line in trials)


def _report(view: View) -> RenderableType:
    words = view.words
    parts: list[RenderableType] = [
        Rule(Text(words.word("title.report"), style="bold"), characters="━"),
        fields(meta_lines(view)),
        Text(),
        Prose(verdict_line(view)),
        Prose(coverage_line(view)),
        heading(words.word("title.findings"), len(view.findings)),
        Prose(severity_line(view)),
    ]
    for finding in view.findings:
        parts += (Text(), _finding(finding, words))
    parts += _tieout(view)
    parts += _rest(view)
    return Group(*parts)


def _finding(view: FindingView, words: Words) -> RenderableType:
    severity, said = view.finding.severity, view.message
    head = Text.assemble(
        (f"{view.position}. {words.icon(severity)} {words.word(f'severity.{severity}')}", _STYLES[severity]),
        "  ",
        (said.title, "bold"),
        "  ",
        (view.finding.code, "dim"),
    )
    rows: list[tuple[str, str | Text]] = [
        (words.word("label.sentence"), passage_text(passage, words)) for passage in view.passages
    ]
    if view.trials:
        rows.append((words.word("label.tried"), trial_texts(view.trials, words)))
    rows += explained(view, words)
    return Group(head, Padding(Group(Prose(said.text), fields(rows)), (0, 0, 0, 3)))


def _tieout(view: View) -> list[RenderableType]:
    words = view.words
    parts = [heading(words.word("title.tieout"), len(view.compared))]
    if view.compared:
        columns = [
            words.word(f"label.{key}")
            for key in ("verdict", "claim", "in_text", "in_table", "cell", "formula")
        ]
        parts.append(grid(columns, (_cells(row, words) for row in view.compared), right=frozenset({2, 3})))
    else:
        parts.append(Text(words.say("no_links" if view.rows else "no_claims")))
    if view.apart:
        columns = [words.word(f"label.{key}") for key in ("reason", "count", "claims")]
        groups = ((why, str(len(rows)), listed(rows, words)) for why, rows in view.set_apart)
        parts.append(heading(words.word("title.apart"), len(view.apart)))
        parts.append(grid(columns, groups, right=frozenset({1}), widest={0: 28}))
    return parts


def _cells(row: Row, words: Words) -> tuple[str | Text, ...]:
    address = " ".join(figure.address for figure in row.figures)
    formula = row.formula
    return (verdict_text(row.verdict, words), row.topic, row.stated, row.table_value, address, formula)


def _rest(view: View) -> list[RenderableType]:
    words = view.words
    parts: list[RenderableType] = []
    if view.held:
        parts.append(heading(words.word("title.checks"), len(view.held)))
        columns = [words.word(f"label.{key}") for key in ("arithmetic", "formula")]
        held = ((line.figures, Prose(line.words, style="dim")) for line in view.held)
        parts.append(grid(columns, held, widest={0: 36}))
    if view.excluded:
        parts.append(heading(words.word("title.excluded"), sum(left.count for left in view.excluded)))
        columns = [words.word(f"label.{key}") for key in ("reason", "count", "examples")]
        rows = ((left.reason, str(left.count), "  ".join(left.examples[:2])) for left in view.excluded)
        parts.append(grid(columns, rows, right=frozenset({1})))
    for key, lines in (("unexplained", view.unexplained), ("problems", view.problems)):
        if lines:
            parts.append(heading(words.word(f"title.{key}"), len(lines)))
            parts += [Prose(line) for line in lines]
    return parts
