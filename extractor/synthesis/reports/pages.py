"""The tables of a book as sheets, and the page of prose and tables around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from ...data import CellState
from ...labels import GoldFigure
from ..tables import forms
from ..tables.fillings import Filling
from ..tables.layouts import LAYOUTS, grid
from ..tables.sheets import (
    Cell,
    Sheet,
    article_sheet,
    disputes_sheet,
    list_sheet,
    matrix_sheet,
    open_sheet,
)
from .books import Book
from .marks import Ignored, Ink

TEMPLATES = {"local": "older-local", "2014": "ogi-2014", "2019": "ogi-2019", "2021": "ogi-2021"}
# Which layouts of `bodies.toml` a form takes.
SHAPES = {"local": "list", "2014": "list", "2019": "matrix", "2021": "matrix"}
# Layouts that put a row of their own above the table.
_INVENTED = {"markdown": 1}
_PAGE_MARK = re.compile(r"(?<=- )\d+(?= -)")
_NUMERALS = "一二三四五六七八九"
_VERTICAL = {"local": forms.FORM_LOCAL, "2014": forms.FORM_2014}
_ARTICLE = {"2019": forms.ARTICLE_2019, "2021": forms.ARTICLE_2021}

Sections = list[tuple[str, str]]


def sheets(book: Book, separated: bool) -> list[Sheet]:
    """Returns the tables of a book; `separated` writes thousands apart in tables of no form."""
    texts = {name: str(value) for name, value in book.values.items()}
    filling = Filling(texts, ())
    if book.form in _VERTICAL:
        columns = ("统计指标", "单位", "统计数")
        return [list_sheet(_VERTICAL[book.form], filling, "政府信息公开情况统计表", columns)]
    if book.form in _ARTICLE:
        merged = book.form == "2019"
        disputes = {name: text for name, text in texts.items() if name.startswith(forms.DISPUTES)}
        return [
            article_sheet(_ARTICLE[book.form], filling, "主动公开政府信息情况"),
            matrix_sheet(filling, merged, "收到和处理政府信息公开申请情况"),
            disputes_sheet(Filling(disputes, ()), "政府信息公开行政复议、行政诉讼情况"),
        ]
    title, unit, heads, rows = forms.FREE[book.form]
    years = {"2023年": f"{book.year - 1}年", "2024年": f"{book.year}年"}
    named = [[years.get(label, label) for label in head] for head in heads]
    values = {
        name.replace("/last", f"/{book.year - 1}年").replace("/now", f"/{book.year}年"): value
        for name, value in book.values.items()
    }
    written = {name: f"{value:,}" if separated else str(value) for name, value in values.items()}
    return [open_sheet(title, unit, named, rows, Filling(written, ()))]


def addresses(sheet: Sheet, layout: str) -> dict[str, str]:
    """Returns the address of each cell of a table of no form: T1!R3C2, rows and columns from 1."""
    rows = grid(
        replace(sheet, lines=tuple(replace(line, cells=_numbered(line.cells)) for line in sheet.lines))
    )
    return {
        text[1:]: f"T1!R{row + 1 + _INVENTED.get(layout, 0)}C{column + 1}"
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text.startswith("\0")
    }


def _numbered(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    return tuple(replace(cell, text=f"\0{cell.name}") for cell in cells)


def printed(sheet: Sheet, layout: str, names: Mapping[str, str], ink: Ink) -> str:
    """Returns the table in a layout, each cell marked as the figure `names` calls it."""
    lines = []
    for line in sheet.lines:
        cells = []
        for cell in line.cells:
            name = names.get(cell.name, cell.name)
            label = GoldFigure(
                name, 0, 0, "", Decimal(cell.text.replace(",", "")), cell.unit, CellState.VALUE
            )
            cells.append(replace(cell, text=ink.mark(cell.text, label)))
        lines.append(replace(line, cells=tuple(cells)))
    body = LAYOUTS[layout].render(replace(sheet, lines=tuple(lines)))
    return _PAGE_MARK.sub(lambda match: ink.mark(match.group(), Ignored(0, 0, "", "page mark")), body)


def page(title: str, sections: Sections, suffix: str) -> str:
    """Returns the document: `sections` are headings (h1, h2), paragraphs (p) and tables (table), in order."""
    if suffix == ".html":
        body = "\n".join(text if kind == "table" else f"<{kind}>{text}</{kind}>" for kind, text in sections)
        return (
            f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head>\n'
            f"<body>\n{body}\n</body></html>\n"
        )
    head = {"h1": "# ", "h2": "## "} if suffix == ".md" else {}
    return "\n\n".join(head.get(kind, "") + text for kind, text in sections) + "\n"


def numbered(number: int, title: str) -> tuple[str, str]:
    """Returns the list mark of a section (一、) and its title."""
    return f"{_NUMERALS[number]}、", title
