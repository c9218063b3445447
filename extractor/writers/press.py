"""Sheets of an Excel workbook: what they hold, and how they are set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

import xlsxwriter
from rich.cells import cell_len

from .controls import escaped
from .words import Words

_CELL = 32_767  # characters a cell can hold
_EXACT = 15  # digits that a number of the format keeps
_LINE, _TALLEST = 15.0, 409.0  # points
_MARGIN = 1  # characters that the edges of a cell take
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
_INKS = {"red": ("#B3231B", "#FBE0DC"), "amber": ("#855300", "#FBECC8"), "violet": ("#5D45A8", "#E8E2F8"),
         "green": ("#1B6E45", "#DCEFE2"), "blue": ("#1F5F91", "#DCEBF7"), "grey": ("#62666D", "#ECEBE6")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grade:
    """A severity or verdict, shown in its colour."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class Jump:
    """A link to a row, counted from 1, of another sheet of the workbook."""

    text: str
    sheet: str
    row: int


Runs = tuple[tuple[str, bool], ...]
"""Text in runs, those that are True set off from the others."""
Content = str | int | Decimal | Runs | Grade | Jump | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of its heading, its width in characters, and whether the auditor fills it in."""

    key: str
    width: float
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its key, its columns, and one tuple a row, `empty` where there is none.

    Columns `file` are dropped where there is one report.
    """

    key: str
    columns: tuple[Column, ...]
    rows: list[tuple[Content, ...]]
    empty: str = ""


def columns_of(**widths: float) -> tuple[Column, ...]:
    """Returns columns by their keys, each with its width in characters."""
    return tuple(Column(key, width) for key, width in widths.items())


class Press:
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

    def sheet(self, sheet: Sheet) -> None:
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

    def _heading(self, column: Column) -> str:
        return column.key[1:] if column.key.startswith("=") else self._words.word(f"label.{column.key}")

    def _choices(self, paper: Any, columns: Sequence[Column], rows: int) -> None:
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

    def _write(self, paper: Any, row: int, place: int, content: Content, column: Column) -> None:
        match content:
            case None:
                paper.write_blank(row, place, None, self._blank if column.answer else self._plain)
            case Grade(text, colour):
                paper.write_string(row, place, text, self._grades[colour])
            case Jump(text, sheet, target):
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
