"""One made-up report, written in every format by the programs' own libraries."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from forms import block_of, disputes_spans, fill_2014, fill_disputes, fill_matrix, list_grid, matrix_spans

from extractor.knowledge.templates import Templates

Row = Sequence[tuple[str, int, int]]  # text, rowspan, colspan
FONT = "STSong-Light"  # an Adobe font every PDF reader has: no font file is needed


@dataclass(frozen=True)
class Block:
    """A paragraph, or a table where it has rows."""

    text: str = ""
    rows: tuple[Row, ...] = ()


Document = tuple[Block, ...]


class _Rows:
    """Stands in for a page of `forms`, to get at the rows alone."""

    def __init__(self) -> None:
        self.tables: list[tuple[Row, ...]] = []

    def grid(self, rows: Sequence[Row], layout: str, caption: str = "") -> None:
        self.tables.append(tuple(rows))


def _table(
    layout: Callable[..., None], templates: Templates, template: str, block: str, values: dict[str, str]
) -> Block:
    rows = _Rows()
    layout(rows, block_of(templates, template, block), values)
    return Block(rows=rows.tables[0])


def report_2014(templates: Templates) -> Document:
    """A report with the vertical form; the interviews in the prose are not those in the table."""
    values = fill_2014(block_of(templates, "ogi-2014", "statistics"), seed=5)
    said = str(int(values["response.interview"]) + 3)
    paragraphs = (
        "海湾县2014年政府信息公开工作年度报告",
        "本报告由海湾县人民政府办公室根据《中华人民共和国政府信息公开条例》编制,所列数据的统计期限自2014年1月1日起至2014年12月31日止。",
        "一、主动公开政府信息情况",
        f"2014年,全县各级各部门认真贯彻条例,不断扩大公开范围,全年主动公开政府信息{values['disclosed.total']}条,"
        f"其中通过政府公报公开{values['channel.gazette']}条、政府网站公开{values['channel.website']}条、"
        f"政务微博公开{values['channel.weibo']}条、政务微信公开{values['channel.wechat']}条、"
        f"其他方式公开{values['channel.other']}条。举办新闻发布会{values['response.press']}次,政府网站在线访谈{said}次。",
        "二、依申请公开政府信息情况",
        f"全年共收到政府信息公开申请{values['applications.received']}件,其中当面申请{values['applications.in_person']}件、"
        f"传真申请{values['applications.fax']}件、网络申请{values['applications.online']}件、"
        f"信函申请{values['applications.letter']}件。",
        "三、机构建设和保障情况",
        f"全县从事政府信息公开工作的人员共{values['staff.total']}人,其中专职人员{values['staff.full_time']}人,"
        f"兼职人员{values['staff.part_time']}人;举办各类培训班{values['training.sessions']}期,接受培训{values['training.attendees']}人次。",
        "附件:政府信息公开情况统计表",
    )
    table = _table(list_grid, templates, "ogi-2014", "statistics", values)
    return (*(Block(text) for text in paragraphs), table)


def report_2021(templates: Templates) -> Document:
    """A report with the applicant matrix; the applications granted in the prose are not those in the table."""
    matrix = fill_matrix(block_of(templates, "ogi-2021", "applicants"), seed=7)
    disputes = fill_disputes(block_of(templates, "ogi-2021", "disputes"), seed=8)
    granted = str(int(matrix["outcome.granted@total"]) + 2)
    return (
        Block("海湾县2022年政府信息公开工作年度报告"),
        Block("一、总体情况"),
        Block(
            f"2022年,全县共收到政府信息公开申请{matrix['applications.new@total']}件,其中自然人申请"
            f"{matrix['applications.new@natural_person']}件。予以公开{granted}件,结转下年度继续办理"
            f"{matrix['applications.carried_out@total']}件。全年因政府信息公开引发行政复议{disputes['reconsideration.total']}件。"
        ),
        Block("二、收到和处理政府信息公开申请情况"),
        _table(matrix_spans, templates, "ogi-2021", "applicants", matrix),
        Block("三、因政府信息公开被申请行政复议、提起行政诉讼情况"),
        _table(disputes_spans, templates, "ogi-2021", "disputes", disputes),
        Block("四、其他需要报告的事项"),
        Block("本年度没有收取信息处理费。"),
    )


# ---------------------------------------------------------------- text formats


def as_html(document: Document) -> bytes:
    """A page as a government site saves it: GB18030 that calls itself gb2312, digits in spans, end tags missing."""
    out = [
        "<html><head><meta charset=gb2312><title>年报</title></head><body><div class=nav>首页 &gt; 年报</div>"
    ]
    for block in document:
        if block.text:
            out.append(f"<p>&nbsp;&nbsp;{_split_digits(escape(block.text))}")
        if block.rows:
            out.append("<table border=1>")
            for row in block.rows:
                cells = (
                    f'<td rowspan="{down}" colspan={across}><p align=center>{escape(text) or "&nbsp;"}'
                    for text, down, across in row
                )
                out.append("<tr>" + "".join(cells))
            out.append("</table>")
    return "\n".join(out).encode("gb18030")


def _split_digits(text: str) -> str:
    return re.sub(r"(\d)(\d+)", r"<span>\1</span><span lang=EN-US>\2</span>", text)


def as_mhtml(document: Document) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = "年报"
    message["MIME-Version"] = "1.0"
    message.add_related(as_html(document), "text", "html", cte="quoted-printable")
    message.add_related(b"\x89PNG\r\n\x1a\n", "image", "png")
    return bytes(message)


# ---------------------------------------------------------------- office formats


def as_docx(document: Document) -> bytes:
    import docx

    made = docx.Document()
    for block in document:
        if block.text:
            made.add_paragraph(block.text)
        if not block.rows:
            continue
        height, width, placed = _placed(block.rows)
        table = made.add_table(height, width)
        for row, column, down, across, text in placed:
            cell = table.cell(row, column)
            if down * across > 1:
                cell = cell.merge(table.cell(row + down - 1, column + across - 1))
            cell.text = text
    return _saved(made.save)


def as_xlsx(document: Document) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    at = 1
    for block in document:
        if block.text:
            sheet.cell(at, 1, block.text)
            at += 1
        if not block.rows:
            continue
        height, _, placed = _placed(block.rows)
        for row, column, down, across, text in placed:
            sheet.cell(at + row, column + 1, float(text) if text.isdigit() else text)
            if down * across > 1:
                sheet.merge_cells(
                    start_row=at + row,
                    end_row=at + row + down - 1,
                    start_column=column + 1,
                    end_column=column + across,
                )
        at += height + 1
    return _saved(book.save)


def as_xls(document: Document) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("年报")
    at = 0
    for block in document:
        if block.text:
            sheet.write(at, 0, block.text)
            at += 1
        if not block.rows:
            continue
        height, _, placed = _placed(block.rows)
        for row, column, down, across, text in placed:
            value = float(text) if text.isdigit() else text
            sheet.write_merge(at + row, at + row + down - 1, column, column + across - 1, value)
        at += height + 1
    return _saved(book.save)


def as_doc(document: Document) -> bytes:
    """A DOC, which only LibreOffice writes."""
    return _converted(as_docx(document), "docx", "doc")


def as_rtf(document: Document) -> bytes:
    return _converted(as_docx(document), "docx", "rtf")


def office() -> str | None:
    return shutil.which("soffice")


def _converted(data: bytes, before: str, after: str) -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"a.{before}").write_bytes(data)
        program = office()
        assert program is not None
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            program,
            profile,
            "--headless",
            "--convert-to",
            after,
            "--outdir",
            name,
            f"{name}/a.{before}",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (folder / f"a.{after}").read_bytes()


# ---------------------------------------------------------------- PDF


def as_pdf(document: Document) -> bytes:
    """A printed report with ruled tables, headers, page marks, and the first rows of a table on each of its pages."""
    return _pdf(document, ruled=True)


def as_plain_pdf(document: Document) -> bytes:
    """A printed report whose tables have no rules."""
    return _pdf(document, ruled=False)


def _pdf(document: Document, ruled: bool) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    prose = ParagraphStyle(
        "prose", fontName=FONT, fontSize=14, leading=24, wordWrap="CJK", firstLineIndent=28
    )
    small = ParagraphStyle("small", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK", alignment=1)

    def furniture(canvas: object, page: object) -> None:
        canvas.setFont(FONT, 9)  # type: ignore[attr-defined]
        canvas.drawString(72, A4[1] - 40, "海湾县人民政府办公室文件")  # type: ignore[attr-defined]
        number = canvas.getPageNumber()  # type: ignore[attr-defined]
        canvas.drawCentredString(A4[0] / 2, 30, f"- {number} -")  # type: ignore[attr-defined]

    story: list[object] = []
    for block in document:
        if block.text:
            story.append(Paragraph(block.text, prose))
        if not block.rows:
            continue
        height, width, placed = _placed(block.rows)
        grid: list[list[object]] = [[""] * width for _ in range(height)]
        style: list[tuple[object, ...]] = [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("FONT", (0, 0), (-1, -1), FONT, 9),
        ]
        if ruled:
            style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
        for row, column, down, across, text in placed:
            grid[row][column] = Paragraph(text, small) if ruled else text
            style.append(("SPAN", (column, row), (column + across - 1, row + down - 1)))
        head = max(down for row, _, down, _, _ in placed if row == 0)
        wide = [None] * width if not ruled else _widths(width)
        story.append(Table(grid, colWidths=wide, repeatRows=head, style=TableStyle(style)))
    made = io.BytesIO()
    SimpleDocTemplate(made, pagesize=A4).build(story, onFirstPage=furniture, onLaterPages=furniture)
    return made.getvalue()


def _widths(columns: int) -> list[float]:
    """Half of the page for the labels, which are all but the last columns in a list and the first three in a matrix."""
    if columns == 3:
        return [260.0, 60.0, 90.0]
    if columns == 10:
        return [22.0, 60.0, 110.0, *[36.0] * 7]
    return [450.0 / columns] * columns


# ---------------------------------------------------------------- shared


def _placed(rows: Sequence[Row]) -> tuple[int, int, list[tuple[int, int, int, int, str]]]:
    """Returns height, width and the cells with the places their spans leave them."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for number, row in enumerate(rows):
        column = 0
        for text, down, across in row:
            while (number, column) in taken:
                column += 1
            taken |= {(number + i, column + j) for i in range(down) for j in range(across)}
            placed.append((number, column, down, across, text))
            column += across
    return len(rows), 1 + max(column for _, column in taken), placed


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    made = io.BytesIO()
    save(made)
    return made.getvalue()
