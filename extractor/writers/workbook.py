"""An audit as an Excel workbook for working papers: findings with their evidence, and room for an answer."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

import xlsxwriter

from ..data import Problem, Result, Severity, Status, Verdict
from ..errors import InputError
from .evidence import Passage, with_unit
from .press import Column, Content, Grade, Jump, Press, Runs, Sheet, columns_of
from .summary import meta_lines, silence
from .view import FindingView, Row, View, problem_line, trial_words, view_of
from .words import Words, squeeze

ROWS = 1_048_576
"""Rows that a sheet of the format can hold, its header included."""

_AROUND = 24
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

_FINDINGS = (
    *columns_of(file=24, position=5, severity=9, finding=18, message=40, sentence=44, evidence=36, place=16),
    *columns_of(not_meaning=26, advice=26, tieout=7),
    Column("outcome", 10, answer=True),
    Column("note", 24, answer=True),
    Column("code", 20),
)
_TIEOUT = columns_of(
    file=24, verdict=12, indicator=24, in_text=12, value=11, unit=7, in_table=11, difference=10, cell=14,
    formula=26, why=30, sentence=46, scope=9, period=9, relation=7, place=9, findings=6,
)  # fmt: skip
_CHECKS = columns_of(file=24, formula=60, arithmetic=40)
_NUMBERS = columns_of(file=24, place=12, numbers=14, sentence=48, status=10, reason=32)
_FIGURES = columns_of(
    file=24, cell=14, row_label=40, column_label=28, value=14, unit=9, state=9, source_text=14, row_id=30
)
_PROBLEMS = columns_of(problem=100)


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
        Sheet("findings", _FINDINGS, [], silence(views, words)),
        Sheet("tieout", _TIEOUT, []),
        Sheet(
            "checks",
            _CHECKS,
            [(_file(view), line.words, line.figures) for view in views for line in view.held],
        ),
        Sheet("numbers", _NUMBERS, [row for view in views for row in _left(view)]),
        Sheet("figures", _FIGURES, [row for view in views for row in _cells(view)]),
        Sheet("problems", _PROBLEMS, _problems(views, refused, words)),
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
        press = Press(book, words, single=len(views) == 1)
        for sheet in kept:
            press.sheet(sheet)
    return buffer.getvalue()


# ---------------------------------------------------------------- rows


def _problems(views: Sequence[View], refused: Sequence[Problem], words: Words) -> list[tuple[Content, ...]]:
    """Returns what could not be audited at all, then what was remarked on in reading the others."""
    lines = [problem_line(problem, words) for problem in refused]
    return [(line,) for line in (*lines, *(line for view in views for line in view.problems))]


def _overview(views: Sequence[View], words: Words) -> Sheet:
    """Returns what was read and what came of it: one line a fact for one report, else one line a report."""
    facts = [_facts(view, words) for view in views]
    if len(facts) == 1:
        return Sheet("overview", columns_of(fact=24, value=90), [tuple(fact) for fact in facts[0]])
    heads = tuple(Column(f"={name}", 14 if place else 40) for place, (name, _) in enumerate(facts[0]))
    return Sheet("overview", heads, [tuple(value for _, value in fact) for fact in facts])


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


def _tie(views: Sequence[View], findings: Sheet, tieout: Sheet, words: Words) -> None:
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
        Grade(f"{words.icon(severity)} {words.word(f'severity.{severity}')}", _COLOURS[severity]),
        said.title,
        said.text,
        _passages(item.passages),
        "\n".join([*cells, *tried]),
        item.passages[0].place if item.passages else "",
        said.not_meaning,
        said.advice if item.follows is None else words.say("follows", position=item.follows),
        Jump(str(at), words.word("sheet.tieout"), at) if at else None,
        None,
        None,
        item.finding.code,
    )


def _claim(row: Row, view: View, told: Sequence[str]) -> tuple[Content, ...]:
    words, claim = view.words, row.claim
    return (
        _file(view),
        Grade(
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
