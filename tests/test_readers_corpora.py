"""Real reports, where a folder of them is at hand: set EXTRACTOR_CORPORA to it. Nothing of them is kept here."""

from __future__ import annotations

import os
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.data import Report, Table
from extractor.knowledge import Knowledge
from extractor.numerals import parse
from extractor.readers import read
from extractor.tables import read_figures

_FOLDER = Path(os.environ.get("EXTRACTOR_CORPORA") or "no such folder")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Parts printed to two places may miss their total by a little.
_ROUNDING = Decimal("0.02")
_CODE = re.compile(r"\d{3}")

pytestmark = pytest.mark.skipif(not _FOLDER.is_dir(), reason="EXTRACTOR_CORPORA names no folder")


def _files(pattern: str) -> list[Path]:
    return sorted(_FOLDER.glob(pattern)) if _FOLDER.is_dir() else []


def _numbers(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(" ".join(text.split())))


def test_a_printed_report_gives_what_its_text_gives(knowledge: Knowledge) -> None:
    printed, text = (read(_FOLDER / "ogi" / f"hzq2023.{suffix}", knowledge) for suffix in ("pdf", "txt"))
    found, wanted = (
        {figure.indicator: (figure.value, figure.state) for figure in read_figures(report, knowledge).figures}
        for report in (printed, text)
    )
    assert found == wanted
    assert len(found) == 186
    assert [(table.rows, table.columns) for table in printed.tables] == [(14, 4), (26, 10), (4, 15)]
    assert Counter(region.reason for region in printed.regions if region.reason) == {"page_mark": 5}


@pytest.mark.parametrize("path", _files("*/*.pdf"), ids=lambda path: path.stem)
def test_every_number_of_a_printed_report_is_read_once(path: Path, knowledge: Knowledge) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    raw = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert _numbers(read(path, knowledge).text) == _numbers(raw)


@pytest.mark.parametrize("path", _files("budget/*.pdf"), ids=lambda path: path.stem)
def test_budget_tables_are_found_whole(path: Path, knowledge: Knowledge) -> None:
    report = read(path, knowledge)
    assert len(report.tables) in (9, 10)
    assert all(table.layout == "pdf" for table in report.tables)
    sums = [_column_sums(table) for table in report.tables]
    assert sum(bool(found) for found in sums) >= 2
    assert [pair for found in sums for pair in found if abs(pair[0] - pair[1]) > _ROUNDING] == []
    assert _joined(report) >= 1


def _column_sums(table: Table) -> list[tuple[Decimal, Decimal]]:
    """Returns, for each value column of a table by classes (201, 208, …), their sum and the total printed."""
    rows = [[cell for cell in table.cells if cell.row == row] for row in range(table.rows)]
    classes = [
        row for row in rows if row and _CODE.fullmatch(row[0].text) and not any(c.text for c in row[1:3])
    ]
    totals = [row for row in rows if row and any("".join(c.text.split()) == "合计" for c in row[:4])]
    totals = [row for row in totals if any(parse(cell.text) is not None for cell in row)]
    if len(classes) < 2 or len(totals) != 1:
        return []
    found = []
    for cell in totals[0]:
        total = parse(cell.text)
        if total is None:
            continue
        parts = [parse(c.text) for row in classes for c in row if c.column == cell.column]
        found.append((sum((part for part in parts if part is not None), Decimal(0)), total))
    return found


def _joined(report: Report) -> int:
    """Returns how many tables run over a page end."""
    return sum(
        report.place_of(table.cells[0].start) != report.place_of(table.cells[-1].start)
        for table in report.tables
        if table.cells[0].text and table.cells[-1].text
    )


@pytest.mark.parametrize(
    ("name", "template", "shapes"),
    [
        ("blank_form_2021.docx", "ogi-2021", [(14, 4), (28, 10), (4, 15)]),
        ("shanghai_office2019.html", "ogi-2019", [(18, 5), (26, 10), (4, 15)]),
    ],
    ids=["docx", "html"],
)
def test_official_forms_are_read_whole(
    name: str, template: str, shapes: list[tuple[int, int]], knowledge: Knowledge
) -> None:
    report = read(_FOLDER / "ogi" / name, knowledge)
    reading = read_figures(report, knowledge)
    assert (reading.template, reading.score) == (template, Decimal(1))
    assert [(table.rows, table.columns) for table in report.tables] == shapes
    assert all(figure.indicator for figure in reading.figures)
