"""An audit as an Excel workbook for working papers: findings with their evidence, and room for an answer."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Any

import xlsxwriter
from rich.cells import cell_len

from ..data import Problem, Result, Severity, Status, Verdict
from ..errors import InputError
from .controls import escaped
from .evidence import Passage, with_unit
from .summary import meta_lines, silence
from .view import FindingView, Row, View, problem_line, trial_words, view_of
from .words import Words, squeeze

ROWS = 1_048_576
"""Rows that a sheet of the format can hold, its header included."""

_CELL = 32_767  # characters a cell can hold
_EXACT = 15  # digits that a number of the format keeps
_AROUND = 24
_LINE, _TALLEST = 15.0, 409.0  # points
_MARGIN = 1  # characters that the edges of a cell take
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
_INKS = {"red": ("#B3231B", "#FBE0DC"), "amber": ("#855300", "#FBECC8"), "violet": ("#5D45A8", "#E8E2F8"),
         "green": ("#1B6E45", "#DCEFE2"), "blue": ("#1F5F91", "#DCEBF7"), "grey": ("#62666D", "#ECEBE6")}  # fmt: skip
_COLOURS: Mapping[Severity | Verdict, str] = {
    Severity.ERROR: "red",
    Severity.REVIEW: "amber",
    Severity.INFO: "blue",
    Verdict.MATCH: "green",
    Verdict.APPROXIMATE: "green",
    Verdict.MISMATCH: "red",
    Verdict.SCOPE: "violet",
    Verdict.EMPTY: "amber",
    Verdict.DOUBTFUL: "amber",
    Verdict.AMBIGUOUS: "amber",
}


@dataclass(frozen=True, slots=True)
class _Grade:
    """A severity or verdict, shown in its colour."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class _Jump:
    """A link to a row, counted from 1, of another sheet of the workbook."""

    text: str
    sheet: str
    row: int


Runs = tuple[tuple[str, bool], ...]
"""Text in runs, those that are True set off from the others."""
Content = str | int | Decimal | Runs | _Grade | _Jump | None


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: the key of its heading, its width in characters, and whether the auditor fills it in."""

    key: str
    width: float
    answer: bool = False


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: its key, its columns, and one tuple a row, `empty` where there is none.

    Columns `file` are dropped where there is one report.
    """

    key: str
    columns: tuple[_Column, ...]
    rows: list[tuple[Content, ...]]
    empty: str = ""


def _columns(**widths: float) -> tuple[_Column, ...]:
    return tuple(_Column(key, width) for key, width in widths.items())


_FINDINGS = (
    *_columns(file=24, position=5, severity=9, finding=18, message=40, sentence=44, evidence=36, place=16),
    *_columns(not_meaning=26, advice=26, tieout=7),
    _Column("outcome", 10, answer=True),
    _Column("note", 24, answer=True),
    _Column("code", 20),
)
_TIEOUT = _columns(
    file=24, verdict=12, indicator=24, in_text=12, value=11, unit=7, in_table=11, difference=10, cell=14,
    formula=26, why=30, sentence=46, scope=9, period=9, relation=7, place=9, findings=6,
)  # fmt: skip
_CHECKS = _columns(file=24, formula=60, arithmetic=40)
_NUMBERS = _columns(file=24, place=12, numbers=14, sentence=48, status=10, reason=32)
_FIGURES = _columns(
    file=24, cell=14, row_label=40, column_label=28, value=14, unit=9, state=9, source_text=14, row_id=30
)
_PROBLEMS = _columns(problem=100)


def write_workbook(results: Sequence[Result], words: Words, refused: Sequence[Problem] = ()) -> bytes:
    """Returns all `results` as one XLSX file, with the documents that were `refused` among the problems.

    Nothing of a report runs: every text is written as text. Numbers are numbers where the format keeps all their
    digits, else text. Sheets without a row are left out, those of the overview and the findings never.

    Raises:
        InputError: output.rows, where a sheet would need more rows than the format has
    """
    views = [view_of(result, words) for result in results]
    sheets = [
        _overview(views, words),
        _Sheet("findings", _FINDINGS, [], silence(views, words)),
        _Sheet("tieout", _TIEOUT, []),
        _Sheet(
            "checks",
            _CHECKS,
            [(_file(view), line.words, line.figures) for view in views for line in view.held],
        ),
        _Sheet("numbers", _NUMBERS, [row for view in views for row in _left(view)]),
        _Sheet("figures", _FIGURES, [row for view in views for row in _cells(view)]),
        _Sheet("problems", _PROBLEMS, _problems(views, refused, words)),
    ]
    _tie(views, sheets[1], sheets[2], words)
    kept = [sheet for sheet in sheets if sheet.rows or sheet.key == "findings"]
    for sheet in kept:
        if len(sheet.rows) >= ROWS:
            raise InputError(
                "output.rows", words.word(f"sheet.{sheet.key}"), count=len(sheet.rows), most=ROWS - 1
            )
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        press = _Press(book, words, single=len(views) == 1)
        for sheet in kept:
            press.sheet(sheet)
    return buffer.getvalue()


# ---------------------------------------------------------------- rows


def _problems(views: Sequence[View], refused: Sequence[Problem], words: Words) -> list[tuple[Content, ...]]:
    """Returns what could not be audited at all, then what was remarked on in reading the others."""
    lines = [problem_line(problem, words) for problem in refused]
    return [(line,) for line in (*lines, *(line for view in views for line in view.problems))]


def _overview(views: Sequence[View], words: Words) -> _Sheet:
    """Returns what was read and what came of it: one line a fact for one report, else one line a report."""
    facts = [_facts(view, words) for view in views]
    if len(facts) == 1:
        return _Sheet("overview", _columns(fact=24, value=90), [tuple(fact) for fact in facts[0]])
    heads = tuple(_Column(f"={name}", 14 if place else 40) for place, (name, _) in enumerate(facts[0]))
    return _Sheet("overview", heads, [tuple(value for _, value in fact) for fact in facts])


def _facts(view: View, words: Words) -> list[tuple[str, Content]]:
    out: list[tuple[str, Content]] = list(meta_lines(view))
    stamp = out.pop()
    out += [(words.word(f"severity.{kind}"), view.severities.get(kind, 0)) for kind in Severity]
    out.append((words.word("label.claims"), len(view.rows)))
    out += [(words.word(f"verdict.{kind}"), view.verdicts.get(kind, 0)) for kind in Verdict]
    out.append((words.word("label.numbers"), len(view.result.numbers)))
    out += [(words.word(f"status.{kind}"), view.statuses.get(kind, 0)) for kind in Status]
    out.append((words.word("title.problems"), len(view.problems)))
    return [*out, stamp]


def _tie(views: Sequence[View], findings: _Sheet, tieout: _Sheet, words: Words) -> None:
    """Fills the sheets of findings and of the tie-out, which point to each other by number and by row."""
    for view in views:
        rows = {row.claim.id: len(tieout.rows) + 2 + place for place, row in enumerate(view.rows)}
        told: dict[str, list[str]] = {}
        for item in view.findings:
            findings.rows.append(_finding(item, view, rows, words))
            for row in item.rows:
                told.setdefault(row.claim.id, []).append(str(item.position))
        tieout.rows.extend(_claim(row, view, told.get(row.claim.id, [])) for row in view.rows)


def _finding(item: FindingView, view: View, rows: Mapping[str, int], words: Words) -> tuple[Content, ...]:
    severity, said = item.finding.severity, item.message
    first = item.rows[0].claim if item.rows else None
    at = rows.get(first.id) if first else None
    colon = words.word("label.colon")
    cells = (f"{figure.address} {view.evidence.label(figure)}{colon}{_read(figure.value, figure.unit, figure.text)}"
             for figure in item.telling)  # fmt: skip
    tried = (trial_words(line, words) for line in item.trials)
    return (
        _file(view),
        item.position,
        _Grade(f"{words.icon(severity)} {words.word(f'severity.{severity}')}", _COLOURS[severity]),
        said.title,
        said.text,
        _passages(item.passages),
        "\n".join([*cells, *tried]),
        item.passages[0].place if item.passages else "",
        said.not_meaning,
        said.advice if item.follows is None else words.say("follows", position=item.follows),
        _Jump(str(at), words.word("sheet.tieout"), at) if at else None,
        None,
        None,
        item.finding.code,
    )


def _claim(row: Row, view: View, told: Sequence[str]) -> tuple[Content, ...]:
    words, claim = view.words, row.claim
    return (
        _file(view),
        _Grade(
            f"{words.icon(row.verdict)} {words.word(f'verdict.{row.verdict}')}",
            _COLOURS.get(row.verdict, "grey"),
        ),
        row.topic,
        row.stated,
        claim.value,
        claim.unit,
        _count(row.table_value),
        row.chosen.trial.difference if row.chosen else None,
        " ".join(figure.address for figure in row.figures),
        row.formula,
        row.why,
        ((row.quote.before, False), (row.quote.text, True), (row.quote.after, False)),
        words.word(f"scope.{claim.scope.kind}"),
        words.word(f"period.{claim.period.kind}"),
        words.word(f"relation.{claim.relation}"),
        view.evidence.place(claim.start),
        ", ".join(told),
    )


def _left(view: View) -> Iterator[tuple[Content, ...]]:
    """Yields every number of the prose that is no claim, with its reason."""
    text = view.result.report.text
    for item in view.result.numbers:
        if item.status is Status.CLAIMED:
            continue
        before = squeeze(text[max(0, item.start - _AROUND) : item.start].rpartition("\n")[2])
        after = squeeze(text[item.end : item.end + _AROUND].partition("\n")[0])
        yield (
            _file(view),
            view.evidence.place(item.start),
            squeeze(item.text),
            ((before, False), (squeeze(item.text), True), (after, False)),
            view.words.word(f"status.{item.status}"),
            view.words.reason(item.reason),
        )


def _cells(view: View) -> Iterator[tuple[Content, ...]]:
    for figure in view.result.reading.figures:
        yield (
            _file(view),
            figure.address,
            squeeze(figure.row_label),
            squeeze(figure.column_label),
            figure.value,
            figure.unit,
            view.words.word(f"state.{figure.state}"),
            squeeze(figure.text),
            figure.indicator,
        )


def _file(view: View) -> str:
    return view.result.report.source


def _read(value: Decimal | None, unit: str, text: str) -> str:
    return with_unit(value, unit) or squeeze(text)


def _count(text: str) -> Content:
    """Returns a number that was written for a reader as one, other words as they are."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _passages(passages: Iterable[Passage]) -> Runs:
    runs: list[tuple[str, bool]] = []
    for passage in passages:
        if runs:
            runs.append(("\n", False))
        runs += ((mark.text, mark.told) for mark in passage.marks)
    return tuple(runs)


# ---------------------------------------------------------------- paper


class _Press:
    """Puts sheets into a workbook."""

    def __init__(self, book: xlsxwriter.Workbook, words: Words, *, single: bool) -> None:
        self._book, self._words, self._single = book, words, single
        line = {"border": 1, "border_color": "#DDD8CB"}
        self._head = book.add_format(
            {**_FONT, **line, "bold": True, "text_wrap": True, "bg_color": "#EFECE3"}
        )
        self._plain = book.add_format({**_FONT, **line, "text_wrap": True})
        self._number = book.add_format({**_FONT, **line, "num_format": "General"})
        self._blank = book.add_format({**_FONT, **line, "text_wrap": True, "bg_color": "#FFFBE6"})
        self._link = book.add_format({**_FONT, **line, "font_color": "#1F5F91", "underline": 1})
        self._run = book.add_format({**_FONT, "bold": True, "font_color": "#B3231B"})
        self._rest = book.add_format(_FONT)
        self._grades = {
            name: book.add_format({**_FONT, **line, "bold": True, "font_color": ink, "bg_color": ground})
            for name, (ink, ground) in _INKS.items()
        }

    def sheet(self, sheet: _Sheet) -> None:
        """Adds `sheet`, with a header that stays in sight and on every printed page."""
        paper = self._book.add_worksheet(self._words.word(f"sheet.{sheet.key}"))
        shown = [
            place for place, column in enumerate(sheet.columns) if column.key != "file" or not self._single
        ]
        columns = [sheet.columns[place] for place in shown]
        for place, column in enumerate(columns):
            paper.set_column(place, place, column.width)
            paper.write_string(0, place, self._heading(column), self._head)
        for number, row in enumerate(sheet.rows, 1):
            for place, at in enumerate(shown):
                self._write(paper, number, place, row[at], columns[place])
            told = zip(columns, (row[at] for at in shown), strict=True)
            paper.set_row(
                number, min(_LINE * max(_lines(cell, column.width) for column, cell in told), _TALLEST)
            )
        if sheet.rows:
            paper.autofilter(0, 0, len(sheet.rows), len(columns) - 1)
            self._choices(paper, columns, len(sheet.rows))
        else:
            paper.write_string(1, 0, sheet.empty, self._rest)
        paper.freeze_panes(1, 0)
        paper.set_landscape()
        paper.set_paper(9)
        paper.fit_to_pages(1, 0)
        paper.repeat_rows(0)
        paper.set_margins(left=0.4, right=0.4)
        paper.set_footer("&L&A&R&P / &N")

    def _heading(self, column: _Column) -> str:
        return column.key[1:] if column.key.startswith("=") else self._words.word(f"label.{column.key}")

    def _choices(self, paper: Any, columns: Sequence[_Column], rows: int) -> None:
        """Offers the usual answers where the auditor says what became of a finding."""
        for place, column in enumerate(columns):
            if column.key == "outcome":
                answers = [self._words.word(f"answer.{key}") for key in ("wrong", "scope", "right", "mended")]
                paper.data_validation(
                    1,
                    place,
                    rows,
                    place,
                    {"validate": "list", "source": answers, "error_type": "information"},
                )

    def _write(self, paper: Any, row: int, place: int, content: Content, column: _Column) -> None:
        match content:
            case None:
                paper.write_blank(row, place, None, self._blank if column.answer else self._plain)
            case _Grade(text, colour):
                paper.write_string(row, place, text, self._grades[colour])
            case _Jump(text, sheet, target):
                paper.write_url(row, place, f"internal:'{sheet}'!A{target}", self._link, text)
            case int():
                paper.write_number(row, place, content, self._number)
            case Decimal() if content.is_finite() and len(content.as_tuple().digits) <= _EXACT:
                paper.write_number(row, place, float(content), self._number)
            case tuple():
                self._runs(paper, row, place, content)
            case _:
                paper.write_string(row, place, _fit(str(content)), self._plain)

    def _runs(self, paper: Any, row: int, place: int, runs: Runs) -> None:
        told = [(escaped(text), strong) for text, strong in runs if text]
        if len(told) < 2 or sum(len(text) for text, _ in told) > _CELL:
            paper.write_string(row, place, _fit("".join(text for text, _ in told)), self._plain)
            return
        parts = [part for text, strong in told for part in (self._run if strong else self._rest, text)]
        paper.write_rich_string(row, place, *parts, self._plain)


def _lines(content: Content, width: float) -> int:
    """Returns how many lines `content` takes in a column of `width` characters, Chinese ones counted twice."""
    text = "".join(text for text, _ in content) if isinstance(content, tuple) else content
    if not isinstance(text, str):
        return 1
    return sum(max(1, ceil(cell_len(line) / (width - _MARGIN))) for line in text.split("\n"))


def _fit(text: str) -> str:
    """Returns `text` without control characters, cut with an ellipsis where no cell could hold it."""
    text = escaped(text)
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"
