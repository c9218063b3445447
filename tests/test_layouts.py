"""One report in many layouts: what is read and told does not depend on how its tables are set."""

from __future__ import annotations

import pytest

from eval.layouts.measure import LAYOUTS, score
from eval.layouts.pages import Page, page_of
from extractor.audit import audit
from extractor.classify import load_model
from extractor.data import CellState
from extractor.knowledge import load
from extractor.readers import read_text

ACCOUNTS = """<html><body>
<p>望湖区档案馆2023年度部门决算</p>
<p>2023年度收入总计、支出总计均为412.60万元，其中本年收入合计398.10万元，本年支出合计405.30万元。</p>
<p>基本支出301.20万元，项目支出104.10万元。行政运行支出决算286.40万元，档案馆支出决算104.10万元。</p>
<p>收入支出决算总表　公开01表　单位：万元</p>
<table><tr><td colspan=2>收入</td><td colspan=2>支出</td></tr>
<tr><td>项目</td><td>决算数</td><td>项目</td><td>决算数</td></tr>
<tr><td>一、一般公共预算财政拨款收入</td><td>398.10</td><td>一、一般公共服务支出</td><td>390.50</td></tr>
<tr><td>二、事业收入</td><td>0.00</td><td>二、教育支出</td><td></td></tr>
<tr><td>三、其他收入</td><td>0.00</td><td>三、住房保障支出</td><td>14.80</td></tr>
<tr><td>本年收入合计</td><td>398.10</td><td>本年支出合计</td><td>405.30</td></tr>
<tr><td>年初结转和结余</td><td>14.50</td><td>年末结转和结余</td><td>7.30</td></tr>
<tr><td>总计</td><td>412.60</td><td>总计</td><td>412.60</td></tr></table>
<p>支出决算表　公开03表　单位：万元</p>
<table><tr><td>科目编码</td><td>科目名称</td><td>本年支出合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td></td><td>合计</td><td>405.30</td><td>301.20</td><td>104.10</td></tr>
<tr><td>201</td><td>一般公共服务支出</td><td>390.50</td><td>286.40</td><td>104.10</td></tr>
<tr><td>20126</td><td>档案事务</td><td>390.50</td><td>286.40</td><td>104.10</td></tr>
<tr><td>2012601</td><td>行政运行</td><td>286.40</td><td>286.40</td><td></td></tr>
<tr><td>2012604</td><td>档案馆</td><td>104.10</td><td></td><td>104.10</td></tr>
<tr><td>221</td><td>住房保障支出</td><td>14.80</td><td>14.80</td><td></td></tr>
<tr><td>22102</td><td>住房改革支出</td><td>14.80</td><td>14.80</td><td></td></tr>
<tr><td>2210201</td><td>住房公积金</td><td>14.80</td><td>14.80</td><td></td></tr></table>
</body></html>"""
SURE = (
    "html", "html, none merged", "html, merged repeated", "html, nested", "html, spacers", "html, two pages",
    "html, two pages, header again", "markdown", "bars", "closed bars", "tabs", "word", "excel",
)  # fmt: skip
TWISTED = ("numbered", "unit in header", "unit in table", "yuan", "zero a dash", "zero blank", "wide digits")


@pytest.fixture(scope="module")
def page() -> Page:
    return page_of(read_text(ACCOUNTS, "accounts.html", load(), "html"))


def test_the_report_agrees_with_itself() -> None:
    result = audit(read_text(ACCOUNTS, "accounts.html", load(), "html"))
    assert not result.findings
    assert sum(figure.state is CellState.VALUE for figure in result.reading.figures) == 30


@pytest.mark.parametrize("layout", SURE)
def test_a_layout_with_marks_is_read_as_the_report_itself(layout: str, page: Page) -> None:
    made = score("accounts", page, layout, "", load(), load_model())
    assert made is not None
    assert (made.alarms, made.misread, made.cells["missing"], made.links["no more"]) == ([], [], 0, 0)


@pytest.mark.parametrize("twist", TWISTED)
@pytest.mark.parametrize("layout", ["html", "tabs"])
def test_units_zeros_and_numbers_of_rows_raise_no_alarm(layout: str, twist: str, page: Page) -> None:
    made = score("accounts", page, layout, twist, load(), load_model())
    assert made is not None
    assert (made.alarms, made.misread) == ([], [])


@pytest.mark.parametrize(
    "layout",
    ["one cell a line", "one cell a line, no blanks", "column after column", "printed", "printed, two pages"],
)
def test_a_layout_without_marks_misreads_no_cell(layout: str, page: Page) -> None:
    made = score("accounts", page, layout, "", load(), load_model())
    assert made is not None
    assert (made.alarms, made.misread) == ([], [])


def test_every_layout_can_be_written(page: Page) -> None:
    assert all(write(page) for write in LAYOUTS.values())


# ---------------------------------------------------------------- tables put right


def _read(body: str) -> list[tuple[int, int, str]]:
    report = read_text(
        f"<html><body><p>某局2023年情况说明。</p>{body}</body></html>", "t.html", load(), "html"
    )
    return [(table.rows, table.columns, table.caption) for table in report.tables]


def _table(*rows: str) -> str:
    cells = ("".join(f"<td>{text}</td>" for text in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


HEAD, FIRST, NEXT = "项目|金额", ("甲|1", "乙|2"), ("丙|3", "丁|4")


@pytest.mark.parametrize("mark", ["", "<p>- 3 -</p>", "<p>第 3 页 共 9 页</p>"])
@pytest.mark.parametrize("head", [(), (HEAD,)])
def test_a_table_over_two_pages_is_one(mark: str, head: tuple[str, ...]) -> None:
    assert [size[:2] for size in _read(_table(HEAD, *FIRST) + mark + _table(*head, *NEXT))] == [(5, 2)]


@pytest.mark.parametrize(
    "between",
    ["<p>表2　支出情况表</p>", "<p>以上为收入，以下为支出，两者分别列示。</p>", "<p>单位：元</p>"],
)
def test_what_has_a_title_of_its_own_is_a_table_of_its_own(between: str) -> None:
    assert len(_read(_table(HEAD, *FIRST) + between + _table(HEAD, *NEXT))) == 2


def test_a_header_of_its_own_begins_a_table() -> None:
    assert len(_read(_table(HEAD, *FIRST) + _table("科目|人数", *NEXT))) == 2


def test_empty_rows_and_columns_close_up() -> None:
    assert _read(_table("项目||金额|", "|||", "甲||1|", "|||", "乙||2|")) == [(3, 2, "")]


def test_a_form_nobody_filled_in_keeps_its_blank_rows() -> None:
    assert _read(_table("项目|金额", "|", "|"))[0][:2] == (3, 2)


def test_a_title_in_the_first_row_is_the_caption() -> None:
    assert _read(_table("收支情况表|", "|单位：万元", HEAD, *FIRST)) == [(3, 2, "收支情况表\n单位：万元")]


def test_a_year_over_its_columns_is_no_title() -> None:
    assert _read(_table("|2023年", HEAD, *FIRST))[0][0] == 4


def test_rates_of_subjects_are_no_sum() -> None:
    rows = (
        "科目编码|科目名称|上年|本年|增减%",
        "|合计|200.00|230.00|15.00",
        "201|一般公共服务支出|120.00|140.00|16.67",
        "20101|人大事务|70.00|80.00|14.29",
        "20103|政府事务|50.00|60.00|20.00",
        "221|住房保障支出|80.00|90.00|12.50",
    )  # fmt: skip
    caption = "<p>一般公共预算支出预算表　单位：万元</p>"
    other = "<p>收支预算总表　单位：万元</p>" + _table("项目|预算数", "收入总计|230.00", "支出总计|230.00")
    third = "<p>部门支出预算总表　单位：万元</p>" + _table("项目|预算数", "合计|230.00", "基本支出|230.00")
    text = f"<html><body><p>某局2023年部门预算</p>{other}{third}{caption}{_table(*rows)}</body></html>"
    result = audit(read_text(text, "t.html", load(), "html"))
    assert not [finding for finding in result.findings if finding.code == "table.identity"]


OPEN = """某局2023年度情况说明

全年培训支出3.40万元，会议费支出1.20万元，办公支出5.60万元。

费用情况表（单位：万元）
项目 预算数 决算数 增减
培训支出 3.00 3.40 0.40
会议费支出 1.10 1.20
办公支出 5.00 5.60 0.60
"""


def test_numbers_whose_column_is_open_prove_nothing() -> None:
    result = audit(read_text(OPEN, "t.txt", load()))
    doubts = {figure.row_label: figure.doubt for figure in result.reading.figures}
    assert len({table.columns for table in result.report.tables}) == 1
    assert (doubts["培训支出"], doubts["会议费支出"]) == ("", "columns")
    assert [problem.code for problem in result.reading.problems] == ["table.columns_open"]
    assert not result.findings


def test_numbers_under_no_header_prove_nothing() -> None:
    text = OPEN.replace("项目 预算数 决算数 增减\n", "").replace(
        "会议费支出 1.10 1.20\n", "会议费支出 1.10 1.30 0.20\n"
    )
    result = audit(read_text(text, "t.txt", load()))
    assert {figure.doubt for figure in result.reading.figures} == {"columns"}
    assert not result.findings


@pytest.mark.parametrize(("unit", "severity"), [("", "info"), ("（单位：万元）", "error")])
def test_a_table_that_names_no_unit_may_be_in_another(unit: str, severity: str) -> None:
    table = _table("项目|金额", "会议费支出|128000", "培训费支出|56000")
    prose = "<p>某局2023年情况说明</p><p>全年会议费支出12.80万元。</p>"
    text = f"<html><body>{prose}<p>费用情况表{unit}</p>{table}</body></html>"
    found = audit(read_text(text, "t.html", load(), "html")).findings
    assert [(finding.code, finding.severity.value) for finding in found] == [("tieout.magnitude", severity)]
