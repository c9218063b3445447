"""PDF pages drawn by hand: tables with and without rules, cut, open, framed; lines and paragraphs; scans."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from rendering import FONT

from extractor.data import Report, Table
from extractor.errors import InputError
from extractor.knowledge import Knowledge
from extractor.readers import read_bytes
from extractor.readers.pdf import document, ocr
from extractor.readers.source import Source

TOP = 800.0
ROW = 20.0


class Page:
    """A page being drawn; heights count from its top, as in the reader."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas

    def text(self, x: float, y: float, text: str, size: float = 10) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, TOP - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, TOP - y0, x1, TOP - y1)

    def grid(self, xs: Sequence[float], top: float, rows: Sequence[Sequence[str]], skip: str = "") -> float:
        """Draws a ruled table and returns where it ends; `skip` names the outer rules that are left out."""
        bottom = top + ROW * len(rows)
        for number in range(len(rows) + 1):
            if not ((number == 0 and "top" in skip) or (number == len(rows) and "bottom" in skip)):
                self.line(xs[0], top + ROW * number, xs[-1], top + ROW * number)
        for x in xs[1:-1] if "sides" in skip else xs:
            self.line(x, top, x, bottom)
        for number, row in enumerate(rows):
            for x, text in zip(xs, row, strict=False):
                self.text(x + 4, top + ROW * number + 14, text)
        return bottom


def drawn(*pages: Callable[[Page], object]) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    made = io.BytesIO()
    canvas = Canvas(made)
    for draw in pages:
        draw(Page(canvas))
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture
def read(knowledge: Knowledge) -> Callable[..., Report]:
    return lambda *pages: read_bytes(drawn(*pages), "r.pdf", knowledge)


def rows_of(table: Table) -> list[list[str]]:
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


HEAD = ["指标", "单位", "数"]
BODY = [["收到", "件", "24"], ["答复", "件", "23"], ["公开", "条", "1,250"], ["经费", "万元", "0.5"]]
XS = (60.0, 260.0, 360.0, 500.0)
Read = Callable[..., Report]


# ---------------------------------------------------------------- ruled tables


def test_a_ruled_table_is_read_cell_by_cell(read: Read) -> None:
    report = read(lambda page: page.grid(XS, 100, [HEAD, *BODY]))
    assert [rows_of(table) for table in report.tables] == [[HEAD, *BODY]]
    assert report.tables[0].layout == "pdf"


def test_a_table_with_open_sides_keeps_its_outer_columns(read: Read) -> None:
    report = read(lambda page: page.grid(XS, 100, [HEAD, *BODY], skip="sides"))
    assert [rows_of(table) for table in report.tables] == [[HEAD, *BODY]]


def test_backgrounds_are_no_rules(read: Read) -> None:
    def draw(page: Page) -> None:
        page.canvas.setFillGray(0.9)
        for number in range(12):
            page.canvas.rect(60, TOP - 60 - 20 * number, 440, 20, stroke=0, fill=1)
        page.canvas.setFillGray(0)
        page.text(64, 54, "全年收到政府信息公开申请共计二十四件")
        page.grid(XS, 100, [HEAD, *BODY])

    report = read(draw)
    assert [rows_of(table) for table in report.tables] == [[HEAD, *BODY]]
    assert "全年收到" in report.text[: report.tables[0].start]


def test_a_frame_around_prose_is_no_table(read: Read) -> None:
    prose = "全年收到政府信息公开申请二十四件,均已按期答复。" * 12

    def draw(page: Page) -> None:
        for x in (60, 100, 500):
            page.line(x, 90, x, 400)
        for y in (90, 400):
            page.line(60, y, 500, y)
        page.text(64, 200, "说明")
        for number in range(0, len(prose), 40):
            page.text(104, 110 + number / 2, prose[number : number + 40])

    report = read(draw)
    assert report.tables == ()
    assert prose in report.text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("政府网站公开的政府信", "息数"), "政府网站公开的政府信息数"),
        (("1234567890123456789012", "34"), "123456789012345678901234"),
        (("24", "35"), "24\n35"),
        (("Government Annual", "Report"), "Government Annual Report"),
    ],
    ids=["words", "long-number", "two-numbers", "latin"],
)
def test_lines_of_a_cell_run_on_where_they_are_full(lines: Sequence[str], expected: str, read: Read) -> None:
    def cell(page: Page) -> None:
        for x in (60, 172, 300):
            page.line(x, 60, x, 160)
        for y in (60, 100, 120, 140, 160):
            page.line(60, y, 300, y)
        for number, text in enumerate(lines):
            page.text(64, 76 + 14 * number, text)
        for number, text in enumerate(("1", "2", "3", "4")):
            page.text(180, (82, 115, 135, 155)[number], text)

    assert rows_of(read(cell).tables[0])[0][0] == expected


# ---------------------------------------------------------------- tables over page ends

FEET = 780.0


def _two_pages(
    second: Callable[[Page], object], first_skip: str = ""
) -> tuple[Callable[[Page], object], ...]:
    def first(page: Page) -> None:
        page.text(220, 640, "政府信息公开情况统计表")
        page.text(400, 660, "单位:件")
        page.grid(XS, 680, [HEAD, *BODY[:3]], skip=first_skip)
        page.text(280, FEET + 30, "- 1 -")

    return first, second


def test_a_table_over_two_pages_is_one_and_its_second_header_is_dropped(read: Read) -> None:
    def second(page: Page) -> None:
        page.text(220, 20, "政府信息公开情况统计表")
        page.text(400, 40, "单位:件")
        page.grid(XS, 60, [HEAD, *BODY[3:], ["合计", "", "99"]])
        page.text(280, FEET + 30, "- 2 -")

    report = read(*_two_pages(second))
    assert [rows_of(table) for table in report.tables] == [[HEAD, *BODY, ["合计", "", "99"]]]
    assert report.place_of(report.text.index("99")) == "p.2"
    dropped = [
        (region.reason, report.text[region.start : region.end].split())
        for region in report.regions
        if region.reason
    ]
    assert ("repeated_header", ["政府信息公开情况统计表", "单位:件", "指标", "单位", "数"]) in dropped
    assert report.tables[0].caption.split() == ["政府信息公开情况统计表", "单位:件"]


def test_a_table_cut_without_rules_at_the_page_end_is_one(read: Read) -> None:
    report = read(*_two_pages(lambda page: page.grid(XS, 10, BODY[3:], skip="top"), first_skip="bottom"))
    assert [rows_of(table) for table in report.tables] == [[HEAD, *BODY]]


def test_a_row_cut_in_two_is_one_row(read: Read) -> None:
    def first(page: Page) -> None:
        page.grid(XS, 680, [HEAD, *BODY[:2], ["经费", "", ""]])

    report = read(first, lambda page: page.grid(XS, 10, [["", "万元", "0.5"], ["合计", "件", "99"]]))
    assert rows_of(report.tables[0])[3:] == [["经费", "万元", "0.5"], ["合计", "件", "99"]]


def test_another_table_on_the_next_page_stays_another(read: Read) -> None:
    report = read(
        *_two_pages(
            lambda page: page.grid(
                (60, 180, 300, 420, 500), 10, [["甲", "乙", "丙", "丁"], ["1", "2", "3", "4"]]
            )
        )
    )
    assert len(report.tables) == 2


def test_prose_between_two_halves_parts_them(read: Read) -> None:
    def second(page: Page) -> None:
        page.text(60, 20, "以上为主动公开情况,以下为依申请公开情况。")
        page.grid(XS, 60, [HEAD, *BODY])

    assert len(read(*_two_pages(second)).tables) == 2


# ---------------------------------------------------------------- tables without rules


def _aligned(page: Page, top: float = 100, rules: bool = False) -> None:
    rows = [HEAD, *BODY, ["", "", "7"], ["人员", "人", "/"]]
    for number, row in enumerate(rows):
        for x, text in zip((60, 260, 360), row, strict=True):
            page.text(x, top + ROW * number, text)
    for y in (top - 14, top + 6, top + ROW * len(rows)) if rules else ():
        page.line(60, y, 420, y)


@pytest.mark.parametrize("rules", [False, True], ids=["bare", "three-lines"])
def test_a_table_without_upright_rules_is_found_by_its_columns(rules: bool, read: Read) -> None:
    report = read(lambda page: _aligned(page, rules=rules))
    assert [table.layout for table in report.tables] == ["aligned"]
    assert rows_of(report.tables[0]) == [HEAD, *BODY, ["", "", "7"], ["人员", "人", "/"]]


def test_a_contents_and_an_address_are_no_tables(read: Read) -> None:
    def draw(page: Page) -> None:
        for number, title in enumerate(("概述", "主动公开", "依申请公开", "复议诉讼")):
            page.text(60, 60 + 20 * number, f"{title} {'.' * 60} {number + 1}")
        for number, words in enumerate(
            (("地址:海湾路", "邮编:见官网"), ("电话:见官网", "传真:同上"), ("联系人:某", "职务:某"))
        ):
            page.text(60, 200 + 20 * number, words[0])
            page.text(300, 200 + 20 * number, words[1])

    assert [table for table in read(draw).tables if table.layout == "aligned"] == []


# ---------------------------------------------------------------- lines


def test_letters_of_other_sizes_stay_on_their_line(read: Read) -> None:
    def draw(page: Page) -> None:
        page.text(60, 100, "共收到申请", 14)
        page.canvas.setFont("Helvetica", 16)
        page.canvas.drawString(132, TOP - 101, "24")
        page.text(152, 100, "件。", 14)
        page.text(60, 130, "全部答复。", 14)

    assert read(draw).text.split() == ["共收到申请24件。", "全部答复。"]


def test_letters_printed_twice_to_look_bold_are_read_once(read: Read) -> None:
    def draw(page: Page) -> None:
        for shift in (0, 0.3):
            page.text(60 + shift, 100, "合计2244件")

    assert read(draw).text.strip() == "合计2244件"


# ---------------------------------------------------------------- scans


@pytest.fixture
def scanner(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes OCR see two lines of a table, whatever the page shows."""
    boxes = {
        "收到": (300, 300),
        "24": (900, 300),
        "答复": (300, 400),
        "23": (900, 400),
        "经费": (300, 500),
        "5": (900, 500),
    }

    def engine() -> Callable[[bytes], Any]:
        return lambda picture: SimpleNamespace(
            txts=tuple(boxes),
            scores=(0.9,) * len(boxes),
            boxes=[[(x, y), (x + 60, y), (x + 60, y + 40), (x, y + 40)] for x, y in boxes.values()],
        )

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "_engine", engine)


def _scan(rules: bool) -> bytes:
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    image = Image.new("L", (1654, 2339), 255)
    brush = ImageDraw.Draw(image)
    if rules:
        for y in (280, 360, 460, 560):
            brush.line((250, y, 1100, y), fill=0, width=3)
        for x in (250, 800, 1100):
            brush.line((x, 280, x, 560), fill=0, width=3)
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(1654 * 0.36, 2339 * 0.36))
    canvas.drawImage(ImageReader(image), 0, 0, 1654 * 0.36, 2339 * 0.36)
    canvas.save()
    return made.getvalue()


@pytest.mark.parametrize("rules", [True, False], ids=["ruled", "bare"])
def test_a_scanned_table_is_read_with_its_rules(rules: bool, scanner: None, knowledge: Knowledge) -> None:
    draft = document.read(Source("r", _scan(rules), knowledge.layout))
    assert [rows_of(table) for table in draft.tables] == [[["收到", "24"], ["答复", "23"], ["经费", "5"]]]
    assert draft.tables[0].layout == ("pdf" if rules else "aligned")
    assert [(problem.code, problem.place) for problem in draft.problems] == [("ocr_text", "p.1")]


def test_without_ocr_a_scan_is_refused(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(InputError) as caught:
        document.read(Source("r", _scan(True), knowledge.layout))
    assert (caught.value.code, caught.value.params) == ("scanned", {"pages": 1})


@pytest.mark.skipif(not ocr.available(), reason="the extra ocr is not installed")
def test_the_engine_reads_a_picture(knowledge: Knowledge) -> None:
    import pypdfium2
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    page = pypdfium2.PdfDocument(drawn(lambda page: page.text(60, 100, "Report 2024", 30)))[0]
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawImage(ImageReader(page.render(scale=3).to_pil()), 0, 0, 595, 842)
    canvas.save()
    assert "2024" in read_bytes(made.getvalue(), "r", knowledge).text
