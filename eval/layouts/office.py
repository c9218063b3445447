"""Word, Excel and PDF, written by the libraries programs write them with."""

from __future__ import annotations

import io

from .pages import Box, Page, Sheet

_FONT = "STSong-Light"  # an Adobe font every PDF reader has: no font file is needed
_WIDE = 480.0


def word(page: Page) -> bytes:
    """A Word document with merged cells."""
    import docx

    made = docx.Document()
    for block in page:
        if isinstance(block, str):
            made.add_paragraph(block)
            continue
        table = made.add_table(block.rows, block.columns)
        grid = [list(row.cells) for row in table.rows]
        for box in block.boxes:
            cell = grid[box.row][box.column]
            if _merged(box):
                cell = cell.merge(grid[box.row_end - 1][box.column_end - 1])
            cell.text = box.text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def excel(page: Page) -> bytes:
    """One sheet with merged cells, numbers as numbers where they are plain."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    at = 1
    for block in page:
        if isinstance(block, str):
            sheet.cell(at, 1, block)
            at += 1
            continue
        for box in block.boxes:
            bare = box.text.replace(",", "")
            cell = sheet.cell(at + box.row, box.column + 1)
            if (
                box.number
                and not bare.endswith("%")
                and (bare == "0" or not bare.startswith("0") or "." in bare)
            ):
                cell.value = float(bare)
                cell.number_format = "#,##0.00" if "." in bare else "0"
            else:
                cell.value = box.text
            if _merged(box):
                sheet.merge_cells(
                    start_row=at + box.row,
                    end_row=at + box.row_end - 1,
                    start_column=box.column + 1,
                    end_column=box.column_end,
                )
        at += block.rows + 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ruled(page: Page) -> bytes:
    """A printed report with ruled tables, page numbers, the header again on each page of a table."""
    return _printed(page, True)


def unruled(page: Page) -> bytes:
    """The same without rules, in a smaller type so that no cell is broken."""
    return _printed(page, False)


def _merged(box: Box) -> bool:
    return box.row_end - box.row > 1 or box.column_end - box.column > 1


def _printed(page: Page, rules: bool) -> bytes:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    prose = ParagraphStyle(
        "prose", fontName=_FONT, fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24
    )

    def furniture(canvas: object, _: object) -> None:
        canvas.setFont(_FONT, 9)  # type: ignore[attr-defined]
        number = canvas.getPageNumber()  # type: ignore[attr-defined]
        canvas.drawCentredString(A4[0] / 2, 30, f"- {number} -")  # type: ignore[attr-defined]

    story = [Paragraph(block, prose) if isinstance(block, str) else _table(block, rules) for block in page]
    made = io.BytesIO()
    size = A4 if rules else landscape(A4)
    SimpleDocTemplate(made, pagesize=size, leftMargin=50, rightMargin=50).build(
        story, onFirstPage=furniture, onLaterPages=furniture
    )
    return made.getvalue()


def _table(sheet: Sheet, rules: bool) -> object:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table, TableStyle

    points = 8 if rules else 6
    small = ParagraphStyle(
        "small", fontName=_FONT, fontSize=points, leading=points + 2, wordWrap="CJK", alignment=1
    )
    grid: list[list[object]] = [[""] * sheet.columns for _ in range(sheet.rows)]
    style: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("FONT", (0, 0), (-1, -1), _FONT, points),
    ]
    if rules:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    for box in sheet.boxes:
        grid[box.row][box.column] = Paragraph(box.text, small) if rules else box.text
        style.append(("SPAN", (box.column, box.row), (box.column_end - 1, box.row_end - 1)))
    return Table(
        grid,
        colWidths=_widths(sheet) if rules else None,
        repeatRows=sheet.head,
        style=TableStyle(style),
    )


def _widths(sheet: Sheet) -> list[float]:
    """Returns the share of the page of each column, by the longest text that is its own."""
    longest = [2.0] * sheet.columns
    for box in sheet.boxes:
        if box.column_end - box.column == 1:
            longest[box.column] = max(longest[box.column], min(len(box.text), 14.0))
    return [_WIDE * each / sum(longest) for each in longest]
