"""One report, written in every format by the programs' own libraries, is the same report to an auditor."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from itertools import pairwise

import pytest
import rendering

from extractor.audit import audit
from extractor.data import Problem, Report, Result
from extractor.errors import InputError
from extractor.knowledge import Knowledge, load
from extractor.readers import office, read_bytes, read_text

Writer = Callable[[rendering.Document], bytes]

OFFICE = pytest.mark.skipif(rendering.office() is None, reason="LibreOffice is not installed")
REPORTS = (rendering.report_2014, rendering.report_2021)
YEARS = ["2014", "2021"]
WRITERS = [
    rendering.as_mhtml, rendering.as_docx, rendering.as_xlsx, rendering.as_xls, rendering.as_pdf,
    pytest.param(rendering.as_doc, marks=OFFICE),
]  # fmt: skip
FORMATS = {
    "mhtml": "mhtml",
    "docx": "docx",
    "xlsx": "sheet",
    "xls": "sheet",
    "pdf": "pdf",
    "doc": "doc",
    "rtf": "doc",
}


@cache
def expected(number: int) -> Result:
    """The audit of a report as a web page, the format with the least to go wrong."""
    knowledge = load()
    return audit(
        read_bytes(rendering.as_html(REPORTS[number](knowledge.templates)), "r", knowledge), knowledge
    )


def claims(result: Result) -> list[tuple[object, ...]]:
    return [(c.text, c.value, c.interval, c.indicator, c.section, c.part_of) for c in result.claims]


def figures(result: Result) -> list[tuple[object, ...]]:
    return [(f.indicator, f.value, f.state, f.row_path, f.column_path) for f in result.reading.figures]


def findings(result: Result) -> list[tuple[object, ...]]:
    return [(f.code, f.claims, f.expected, f.actual) for f in result.findings]


def assert_same(report: Report, number: int, knowledge: Knowledge) -> None:
    found, wanted = audit(report, knowledge), expected(number)
    assert claims(found) == claims(wanted)
    assert figures(found) == figures(wanted)
    assert findings(found) == findings(wanted)
    assert report.problems == ()


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=YEARS)
def test_the_report_says_what_its_author_planted(number: int, knowledge: Knowledge) -> None:
    wanted = expected(number)
    assert [finding.code for finding in wanted.findings] == ["tieout.mismatch"]
    assert len(wanted.claims) == (18, 6)[number]
    assert wanted.reading.template == ("ogi-2014", "ogi-2021")[number]


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=YEARS)
@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_every_format_gives_the_same_claims_figures_and_findings(
    write: Writer, number: int, knowledge: Knowledge
) -> None:
    report = read_bytes(write(REPORTS[number](knowledge.templates)), "report.bin", knowledge)
    assert report.format == FORMATS[write.__name__.removeprefix("as_")]
    assert_same(report, number, knowledge)


@OFFICE
def test_rich_text_gives_the_same(knowledge: Knowledge) -> None:
    report = read_bytes(rendering.as_rtf(rendering.report_2014(knowledge.templates)), "r", knowledge)
    assert_same(report, 0, knowledge)


def test_a_table_without_rules_gives_the_same(knowledge: Knowledge) -> None:
    report = read_bytes(rendering.as_plain_pdf(rendering.report_2014(knowledge.templates)), "r", knowledge)
    assert [table.layout for table in report.tables] == ["aligned"]
    assert_same(report, 0, knowledge)


# ---------------------------------------------------------------- places and what is dropped


@pytest.mark.parametrize(
    ("write", "prose", "cell"),
    [
        (rendering.as_pdf, "p.1", "p.3"),
        (rendering.as_docx, "¶6", "T1!R66C3"),
        (rendering.as_xlsx, "Sheet!A6", "Sheet!C75"),
        (rendering.as_xls, "年报!A6", "年报!C75"),
        (rendering.as_html, "/html/body/p[6]", "/html/body/p[9]/table[1]/tbody[1]/tr[66]/td[3]/p[1]"),
    ],
    ids=["pdf", "docx", "xlsx", "xls", "html"],
)
def test_every_piece_knows_its_place(write: Writer, prose: str, cell: str, knowledge: Knowledge) -> None:
    report = read_bytes(write(rendering.report_2014(knowledge.templates)), "r", knowledge)
    result = audit(report, knowledge)
    sentence = report.text.index("全年共收到政府信息公开申请")
    assert report.place_of(sentence) == prose
    assert report.place_of(result.reading.figures[-1].start) == cell
    assert all(report.place_of(claim.start) for claim in result.claims)
    assert all(report.place_of(figure.start) for figure in result.reading.figures if figure.text)
    spans = [(place.start, place.end) for place in report.places]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert report.place_of(len(report.text)) == ""


def test_lines_of_text_have_numbers(knowledge: Knowledge) -> None:
    report = read_text("甲\n\n乙丙\n", "r", knowledge)
    assert [report.place_of(offset) for offset in range(-1, 7)] == [
        "",
        "L1",
        "L1",
        "L2",
        "L3",
        "L3",
        "L3",
        "",
    ]


def test_what_stands_on_every_page_of_a_pdf_is_dropped_with_its_reason(knowledge: Knowledge) -> None:
    report = read_bytes(rendering.as_pdf(rendering.report_2014(knowledge.templates)), "r", knowledge)
    dropped = {
        (region.reason, report.text[region.start : region.end].strip())
        for region in report.regions
        if region.reason
    }
    assert ("running_header", "海湾县人民政府办公室文件") in dropped
    assert ("repeated_header", "统计指标 单位 统计数") in dropped
    assert ("page_mark", "- 2 -") in dropped
    assert len({reason for reason, _ in dropped}) == 3
    assert len(report.tables) == 1


def test_a_paragraph_over_a_page_end_is_one(knowledge: Knowledge) -> None:
    long = "".join(f"第{number}季度公开信息{number}条," for number in range(1, 200)) + "全年共计19900条。"
    document = (rendering.Block("一、概述"), rendering.Block(long), rendering.Block("二、其他"))
    report = read_bytes(rendering.as_pdf(document), "r", knowledge)
    assert long in report.text
    places = {report.place_of(report.text.index(f"第{number}季度")) for number in range(1, 200)}
    assert places == {"p.1", "p.2", "p.3"}


# ---------------------------------------------------------------- what is peculiar to one format


def test_word_numbers_are_seen(knowledge: Knowledge) -> None:
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/></w:lvl>'
        "</w:abstractNum>"
    ))  # fmt: skip
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, text in ((0, "主动公开"), (1, "网站"), (1, "公报"), (0, "依申请公开"), (1, "受理")):
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().set(qn("w:val"), str(level))
        properties.get_or_add_numId().set(qn("w:val"), "90")
    made = io.BytesIO()
    document.save(made)
    text = read_bytes(made.getvalue(), "r", knowledge).text
    assert text.split() == ["一、主动公开", "(1)网站", "(2)公报", "二、依申请公开", "(1)受理"]


def test_formulas_never_computed_percents_and_hidden_sheets(knowledge: Knowledge) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表一"
    for row in (("指标", "数", "占比"), ("网站", 30, 0.25), ("公报", 90.5, 0.754), ("合计", "=B2+B3", 1)):
        sheet.append(row)
    for cell in sheet["C"][1:]:
        cell.number_format = "0.0%"
    book.create_sheet("底稿").sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    report = read_bytes(made.getvalue(), "r.xlsx", knowledge)
    assert [cell.text for cell in report.tables[0].cells] == [
        "指标", "数", "占比", "网站", "30", "25%", "公报", "90.5", "75.4%", "合计", "", "100%",
    ]  # fmt: skip
    assert Problem("formula_uncomputed", "r.xlsx", "表一!B4", {"count": 1}) in report.problems
    assert Problem("hidden_sheet", "r.xlsx", "底稿") in report.problems


def test_a_legacy_document_without_a_converter_says_what_to_do(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "_MODULE", "no_such_module")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le")
    with pytest.raises(InputError) as caught:
        read_bytes(data, "r.wps", knowledge)
    assert (caught.value.code, caught.value.params) == ("no_converter", {"kind": "DOC/WPS"})


@OFFICE
@pytest.mark.skipif(find_spec("doc2docx") is None, reason="the extra doc is not installed")
@pytest.mark.parametrize("number", range(len(REPORTS)), ids=YEARS)
def test_a_legacy_document_is_read_without_libreoffice(
    number: int, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = rendering.as_doc(REPORTS[number](knowledge.templates))
    monkeypatch.setattr(office, "converter", lambda: None)
    assert_same(read_bytes(data, "r.doc", knowledge), number, knowledge)
