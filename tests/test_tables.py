"""What a cell holds, how labels are matched, and tables of no form."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from forms import Page, block_of, fill_2014, fill_disputes, fill_matrix, list_grid, list_lines, matrix_spans

from extractor.data import CellState, Figure, Reading
from extractor.knowledge import load
from extractor.tables import read_figures
from extractor.tables.labels import normal
from extractor.tables.values import read_cell, unit_in

KNOWLEDGE = load()
TEMPLATES = KNOWLEDGE.templates


def grid(*rows: str, caption: str = "") -> Reading:
    """Reads a table written as rows of cells with "|" between."""
    page = Page()
    page.grid([[(text.strip(), 1, 1) for text in row.split("|")] for row in rows], "html", caption)
    return read_figures(page.report(), KNOWLEDGE)


def stream(text: str) -> Reading:
    page = Page()
    page.stream(text)
    return read_figures(page.report(), KNOWLEDGE)


def by_indicator(reading: Reading) -> dict[str | None, Figure]:
    return {figure.indicator: figure for figure in reading.figures}


@pytest.mark.parametrize(
    ("text", "state", "value", "unit", "note"),
    [
        ("0", CellState.VALUE, "0", "", ""),
        ("", CellState.BLANK, None, "", ""),
        ("\u3000", CellState.BLANK, None, "", ""),
        ("/", CellState.SLASH, None, "", ""),
        ("／", CellState.SLASH, None, "", ""),
        ("—", CellState.DASH, None, "", ""),
        ("-", CellState.DASH, None, "", ""),
        ("——", CellState.DASH, None, "", ""),
        ("无", CellState.TEXT, None, "", "无"),
        ("1,924", CellState.VALUE, "1924", "", ""),
        ("1 129 236", CellState.VALUE, "1129236", "", ""),
        ("１２", CellState.VALUE, "12", "", ""),
        ("-18", CellState.VALUE, "-18", "", ""),
        ("7730.28", CellState.VALUE, "7730.28", "", ""),
        ("251000元", CellState.VALUE, "251000", "元", ""),
        ("3.5万条", CellState.VALUE, "35000", "条", ""),
        ("3.5万元", CellState.VALUE, "3.5", "万元", ""),
        ("12.5%", CellState.VALUE, "12.5", "%", ""),
        ("22（其中修订 16 件）", CellState.VALUE, "22", "", "其中修订 16 件"),
        ("约50", CellState.TEXT, None, "", "约50"),
        ("行政许可", CellState.TEXT, None, "", ""),
        ("12345热线", CellState.TEXT, None, "", ""),
        ("2019年", CellState.TEXT, None, "", ""),
        ("20 0 00", CellState.TEXT, None, "", ""),
    ],
)
def test_cell(text: str, state: CellState, value: str | None, unit: str, note: str) -> None:
    content = read_cell(text, TEMPLATES)
    assert content.state is state
    assert content.value == (None if value is None else Decimal(value))
    assert (content.unit, content.note) == (unit, note)


@pytest.mark.parametrize(
    "label",
    [
        "(一)收到申请数", "（一）收到申请数", "一、收到申请数", "1.收到申请数", "1、收到申请数", "1收到申请数",
        "收 到 申\n请 数", "收到申请数（含上年）", "其中：收到申请数", "其中:1、收到申请数",
        "①收到申请数", "收到申请数：",
    ],
)  # fmt: skip
def test_one_label_many_ways(label: str) -> None:
    assert normal(label) == "收到申请数"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("金额（万元）", "万元"),
        ("单位：万元", "万元"),
        ("(单位: 件)", "件"),
        ("收费金额", ""),
        ("(不含本级)", ""),
    ],
)
def test_unit_of_a_label(text: str, unit: str) -> None:
    assert unit_in(text, TEMPLATES) == unit


# ---------------------------------------------------------------- forms


def test_misprints_and_lost_letters_are_matched_in_their_place() -> None:
    block = block_of(TEMPLATES, "ogi-2014", "statistics")
    page = Page()
    list_grid(page, block, fill_2014(block, 1))
    report = page.report()
    damaged = {"2.传真申请数": "2.传真申请书", "6.申请信息不存在数": "6.申请信不存在数"}
    cells = tuple(
        type(cell)(
            cell.row,
            cell.row_end,
            cell.column,
            cell.column_end,
            cell.start,
            cell.end,
            damaged.get(cell.text, cell.text),
        )
        for cell in report.tables[0].cells
    )
    table = type(report.tables[0])("T1", 0, 1, "html", cells, report.tables[0].rows, 3)
    reading = read_figures(type(report)("x", "", report.text, tables=(table,)), KNOWLEDGE)
    assert {"applications.fax", "outcome.nonexistent"} <= set(by_indicator(reading))


def test_same_label_under_two_parents_keeps_its_parent() -> None:
    found = by_indicator(
        grid(
            "统计指标|单位|统计数",
            "三、依申请公开情况|——|",
            "（一）收到申请数|件|9",
            "四、行政复议数量|件|3",
            "（二）被依法纠错数|件|1",
            "五、行政诉讼数量|件|7",
            "（二）被依法纠错数|件|2",
            "（三）其他情形数|件|5",
            "六、举报投诉数量|件|4",
            "（二）申请办结数|件|9",
            "（三）申请答复数|件|9",
        )
    )
    assert found["reconsideration.corrected"].value == 1
    assert found["litigation.corrected"].value == 2
    assert found["litigation.other"].value == 5
    assert "reconsideration.other" not in found


def test_four_ways_of_no_number_stay_apart() -> None:
    found = by_indicator(
        grid(
            "统计指标|单位|统计数",
            "（一）收到申请数|件|0",
            "1.当面申请数|件|",
            "2.传真申请数|件|/",
            "3.网络申请数|件|—",
            "4.信函申请数|件|-",
            "（二）申请办结数|件|无",
            "1.按时办结数|件|5（含上年）",
            "2.延期办结数|件|1",
        )
    )
    states = [
        found[f"applications.{name}"].state
        for name in ("received", "in_person", "fax", "online", "letter", "completed")
    ]
    assert states == [
        CellState.VALUE,
        CellState.BLANK,
        CellState.SLASH,
        CellState.DASH,
        CellState.DASH,
        CellState.TEXT,
    ]
    assert (found["applications.on_time"].value, found["applications.on_time"].note) == (Decimal(5), "含上年")


def test_fillers_do_not_hide_the_value() -> None:
    found = by_indicator(
        grid(
            "收到申请数| | |7| |",
            "当面申请数| | |3| |",
            "传真申请数| | |1| |",
            "网络申请数| | |2| |",
            "信函申请数| | |1| |",
            "申请办结数| | |7| |",
            "按时办结数| | |7| |",
        )
    )
    assert found["applications.received"].value == 7
    assert all(figure.state is CellState.VALUE for figure in found.values())


def test_2019_and_2021_are_told_apart_by_their_columns() -> None:
    older = grid(
        "信息内容|上一年项目数量|本年增/减|处理决定数量",
        "行政许可|396|44|2278",
        "其他对外管理服务事项|10|7|105",
    )
    newer = grid("信息内容|本年处理决定数量", "行政处罚|1282", "行政强制|42")
    assert older.template == "ogi-2019"
    assert by_indicator(older)["permits@last_year"].period == "last_year"
    assert newer.template == "ogi-2021"
    assert by_indicator(newer)["coercion@decisions"].value == 42


def test_columns_go_by_their_headers_where_they_are_not_in_order() -> None:
    found = by_indicator(
        grid("信息内容|现行有效件数|本年制发件数|本年废止件数", "规章|74|3|5", "行政规范性文件|4185|564|984")
    )
    assert found["regulations@in_force"].value == 74
    assert found["normative_documents@repealed"].value == 984


def test_a_unit_in_the_source_goes_before_the_forms() -> None:
    found = by_indicator(
        grid(
            "信息内容|本年处理决定数量",
            "行政许可|8",
            "信息内容|本年收费金额（单位：元）",
            "行政事业性收费|310",
        )
    )
    assert found["fees_charged@amount"].unit == "元"


def test_a_missing_cell_of_a_stream_is_never_a_wrong_value_without_a_mark() -> None:
    text = (
        "申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织法律服务机构其他\n"
        "一、本年新收政府信息公开申请数量\n21\n0\n0\n0\n0\n21\n二、上年结转政府信息公开申请数量\n0\n0\n0\n0\n0\n0\n0\n"
        "（一）予以公开\n4\n0\n0\n0\n0\n0\n4\n（七）总计\n21\n0\n0\n0\n0\n0\n21\n四、结转下年度继续办理\n0\n0\n0\n0\n0\n0\n0"
    )
    found = by_indicator(stream(text))
    row = [
        figure for name, figure in found.items() if name is not None and name.startswith("applications.new@")
    ]
    assert len(row) == 7
    assert all(figure.doubt for figure in row if figure.value != found["applications.carried_in@total"].value)
    assert found["outcome.granted@natural_person"].doubt == ""


def test_an_ambiguous_cut_is_marked_and_an_only_one_is_not() -> None:
    head = "指标名称计量单位2018年度历年累计"
    rows = "主动公开文件数条206912106其中：1.政府网站公开数条2069121062.政府公报公开数条00"
    rows += "受理依申请公开信息总数条11对申请的答复总数条11"
    found = by_indicator(stream(head + rows))
    assert found["disclosed.total"].doubt == "split"
    assert (found["channel.gazette"].value, found["channel.gazette"].doubt) == (Decimal(0), "")
    assert (
        found["applications.received@cumulative"].value,
        found["applications.received@cumulative"].doubt,
    ) == (Decimal(1), "")


def test_identities_decide_a_cut() -> None:
    head = "指标名称计量单位2011年度历年累计"
    rows = "主动公开信息数条4351526其中：1.网站公开条42815192.政府公报公开条77"
    rows += "受理依申请公开信息总数条00对申请的答复数条00"
    found = by_indicator(stream(head + rows))
    assert (found["disclosed.total"].value, found["disclosed.total@cumulative"].value) == (
        Decimal(435),
        Decimal(1526),
    )
    assert found["channel.website"].doubt == ""


def test_two_forms_in_one_report_are_said() -> None:
    page = Page()
    list_grid(
        page,
        block_of(TEMPLATES, "ogi-2014", "statistics"),
        fill_2014(block_of(TEMPLATES, "ogi-2014", "statistics"), 2),
    )
    matrix_spans(
        page,
        block_of(TEMPLATES, "ogi-2021", "applicants"),
        fill_matrix(block_of(TEMPLATES, "ogi-2021", "applicants"), 2),
    )
    reading = read_figures(page.report(), KNOWLEDGE)
    assert [problem.code for problem in reading.problems] == ["table.templates_mixed"]
    assert {"staff.total", "applications.new@total"} <= set(by_indicator(reading))


def test_one_form_twice_gives_every_cell_twice() -> None:
    block = block_of(TEMPLATES, "ogi-2014", "statistics")
    page = Page()
    list_grid(page, block, fill_2014(block, 3))
    list_lines(page, block, fill_2014(block, 4))
    reading = read_figures(page.report(), KNOWLEDGE)
    assert len(reading.figures) == 2 * len(by_indicator(reading))
    assert None not in by_indicator(reading)


def test_a_truncated_form_gives_what_is_there() -> None:
    block = block_of(TEMPLATES, "ogi-2014", "statistics")
    values = fill_2014(block, 6)
    page = Page()
    list_lines(page, block, values)
    report = page.report()
    end = report.text.index("四、行政复议数量".replace("、", "、"))
    cut = type(report)("x", "", report.text[:end], tables=(type(report.tables[0])("T1", 0, end, "stream"),))
    found = by_indicator(read_figures(cut, KNOWLEDGE))
    assert "litigation.total" not in found
    assert all(figure.value == Decimal(values[name]) for name, figure in found.items() if name is not None)


def test_an_unreadable_stream_is_a_problem() -> None:
    reading = stream("甲 1 乙 2 丙 3")
    assert reading.figures == ()
    assert [problem.code for problem in reading.problems] == ["table.unread"]


# ---------------------------------------------------------------- no form


def test_any_table_speaks_by_its_own_labels() -> None:
    reading = grid(
        "项目|预算数|决算数（万元）",
        "一、一般公共服务支出|120.50|118.20",
        "二、教育支出|30|31",
        caption="支出决算表（单位：万元）",
    )
    first = reading.figures[0]
    assert reading.template == ""
    assert (first.indicator, first.row_label, first.column_label) == (None, "一、一般公共服务支出", "预算数")
    assert (first.value, first.unit, first.group) == (Decimal("120.50"), "万元", "支出决算表（单位：万元）")
    assert first.address == "T1!R2C2"


def test_header_rows_with_spans_make_column_paths() -> None:
    page = Page()
    page.grid(
        [
            [("地区", 2, 1), ("2023年", 1, 2), ("2024年", 1, 2)],
            [("收入", 1, 1), ("支出", 1, 1), ("收入", 1, 1), ("支出", 1, 1)],
            [("东县", 1, 1), ("1", 1, 1), ("2", 1, 1), ("3", 1, 1), ("4", 1, 1)],
        ],
        "html",
    )
    figures = read_figures(page.report(), KNOWLEDGE).figures
    assert [figure.column_path for figure in figures] == [
        ("2023年", "收入"),
        ("2023年", "支出"),
        ("2024年", "收入"),
        ("2024年", "支出"),
    ]


def test_serial_numbers_are_no_values_and_remarks_no_figures() -> None:
    reading = grid("序号|单位名称|处罚数量|备注", "1|甲局|12|含撤销", "2|乙局|7|")
    assert [(figure.row_label, figure.value) for figure in reading.figures] == [
        ("甲局", Decimal(12)),
        ("乙局", Decimal(7)),
    ]


def test_a_cover_table_is_no_data() -> None:
    assert grid("索引号|000014349", "发布机构|某办公室", "文号|12").figures == ()


def test_a_disputes_line_needs_its_fifteen_cells() -> None:
    block = block_of(TEMPLATES, "ogi-2021", "disputes")
    values = fill_disputes(block, 1)
    cells = [values[column.id] for column in block.columns][:14]
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    reading = grid("|".join(heads), "|".join(cells))
    assert [figure.indicator for figure in reading.figures] == [None] * 14


def test_a_vanished_blank_cell_is_blank() -> None:
    text = "收到申请数件7当面申请数件传真申请数件1网络申请数件4信函申请数件2申请办结数件7按时办结数件7延期办结数件0"
    found = by_indicator(stream(text))
    assert found["applications.in_person"].state is CellState.BLANK
    assert found["applications.fax"].value == 1
    assert found["applications.letter"].value == 2


def test_of_two_years_the_later_is_the_reports_own() -> None:
    reading = grid(
        "指标|2013年|2014年",
        "收到申请数|5|7",
        "当面申请数|1|2",
        "传真申请数|1|2",
        "网络申请数|2|1",
        "信函申请数|1|2",
    )
    found = by_indicator(reading)
    assert found["applications.received"].value == 7
    earlier = [figure for figure in reading.figures if figure.indicator is None]
    assert [figure.value for figure in earlier] == [5, 1, 1, 2, 1]
    assert {figure.period for figure in earlier} == {"last_year"}


# ---------------------------------------------------------------- remarks


def _noted(note: str, label: str = "一、本年新收政府信息公开申请数量") -> Reading:
    page = Page()
    heads = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    rows = [heads] + [
        (name, number, "0", "0", "0", "0", "0", number)
        for name, number in (
            (label, "9"),
            ("二、上年结转政府信息公开申请数量", "2"),
            ("（一）予以公开", "5"),
            ("（二）部分公开", "1"),
            ("1.属于国家秘密", "2"),
            ("（七）总计", "8"),
            ("四、结转下年度继续办理", "1"),
        )
    ]
    page.grid([[(text, 1, 1) for text in row] for row in rows], "html")
    report = page.report()
    return read_figures(replace(report, tables=(replace(report.tables[0], notes=(note,)),)), KNOWLEDGE)


@pytest.mark.parametrize(
    ("note", "label"),
    [
        ("注：本年新收政府信息公开申请数量含上年度结转数量。", "一、本年新收政府信息公开申请数量"),
        ("注：新收数含上年结转。", "一、本年新收政府信息公开申请数量"),
        ("", "一、本年新收政府信息公开申请数量（含上年结转）"),
    ],
)
def test_a_remark_reaches_the_figures_whose_meaning_it_changes(note: str, label: str) -> None:
    found = by_indicator(_noted(note, label))
    assert found["applications.new@total"].includes == ("applications.carried_in@total",)
    assert found["applications.new@total"].note == note
    assert found["outcome.granted@total"].includes == ()
    assert found["outcome.granted@total"].note == ""


def test_a_remark_about_another_row_stays_there() -> None:
    found = by_indicator(_noted("注：结转下年度继续办理的含补正中的申请。"))
    assert found["applications.carried_out@total"].note.startswith("注")
    assert {figure.includes for figure in found.values()} == {()}


# ---------------------------------------------------------------- damage, found by the gold tables


def test_a_page_without_header_goes_on_with_the_one_before() -> None:
    page = Page()
    page.grid(
        [
            [(text, 1, 1) for text in row]
            for row in (("第二十条第（六）项", ""), ("信息内容", "本年处理决定数量"))
        ],
        "html",
    )
    page.grid([[(text, 1, 1) for text in row] for row in (("行政处罚", "56"), ("行政强制", "11"))], "html")
    found = by_indicator(read_figures(page.report(), KNOWLEDGE))
    assert found["penalties@decisions"].value == 56
    assert found["coercion@decisions"].value == 11


def test_a_row_torn_from_its_label_at_the_head_of_the_matrix() -> None:
    heads = "|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计"
    found = by_indicator(
        grid(
            heads,
            "8|0|0|0|0|0|8",
            "二、上年结转政府信息公开申请数量|2|0|0|0|0|0|2",
            "（一）予以公开|10|0|0|0|0|0|10",
            "（七）总计|10|0|0|0|0|0|10",
            "四、结转下年度继续办理|0|0|0|0|0|0|0",
        )
    )
    assert found["applications.new@total"].value == 8


@pytest.mark.parametrize(
    "rows",
    [
        (
            "结果|行政复议|未经复议直接起诉|复议后起诉", "结果维持|1|2|3", "结果纠正|4|5|6",
            "其他结果|7|8|9", "尚未审结|0|0|0", "总计|12|15|18",
        ),
        (
            "程序|结果维持|结果纠正|其他结果|尚未审结|总计", "行政复议|1|4|7|0|12",
            "未经复议直接起诉|2|5|8|0|15", "复议后起诉|3|6|9|0|18",
        ),
    ],
)  # fmt: skip
def test_disputes_the_other_way_round(rows: tuple[str, ...]) -> None:
    found = by_indicator(grid(*rows))
    assert len(found) == 15
    assert found["litigation_direct.corrected"].value == 5
    assert found["reconsideration.total"].value == 12


def test_rows_that_only_fill_a_table_are_no_figures() -> None:
    reading = grid("第二十条第（六）项|||", "信息内容|本年处理决定数量||", "行政处罚|3||", "行政强制|4||")
    assert [(figure.indicator, figure.value) for figure in reading.figures] == [
        ("penalties@decisions", Decimal(3)),
        ("coercion@decisions", Decimal(4)),
    ]


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        ("件03网络申请数件7", Decimal(0), ""),
        ("件0\n3网络申请数件7", Decimal(0), ""),
        ("件233网络申请数件7", Decimal(23), "split"),
    ],
)
def test_numbering_without_its_dot_is_no_part_of_the_cell_before(
    text: str, value: Decimal, doubt: str
) -> None:
    found = by_indicator(stream(f"收到申请数件9当面申请数件2传真申请数{text}信函申请数件0申请办结数件9"))
    assert (found["applications.fax"].value, found["applications.fax"].doubt) == (value, doubt)
    assert found["applications.online"].value == 7


def test_numbers_that_count_the_rows_of_a_stream_are_no_values() -> None:
    head = "统计指标\n行次\n单位\n统计数\n栏次\n1\n2\n"
    rows = (
        "（一）收到申请数\n21\n件\n71\n1.当面申请数\n22\n件\n23\n2.传真申请数\n23\n件\n0\n"
        "3.网络申请数\n24\n件\n30\n4.信函申请数\n25\n件\n18\n（二）申请办结数\n26\n件\n69\n"
    )
    found = by_indicator(stream(head + rows))
    assert [found[f"applications.{name}"].value for name in ("received", "fax", "letter")] == [71, 0, 18]


def test_values_that_happen_to_count_stay_values() -> None:
    found = by_indicator(
        stream(
            "收到申请数 件 1 当面申请数 件 2 传真申请数 件 3 网络申请数 件 4 信函申请数 件 5 申请办结数 件 6"
        )
    )
    assert [found[f"applications.{name}"].value for name in ("received", "fax", "letter")] == [1, 3, 5]


def test_a_label_with_a_lost_letter_takes_no_other_rows_place() -> None:
    found = by_indicator(
        stream(
            "其中：涉及国家秘密\n件\n1\n涉及商业秘密\n件\n2\n涉及个人隐私\n件\n3\n法律法规规的其他情形\n件\n4\n"
            "5.不属于本行政机关公开数\n件\n5\n四、行政复议数量\n件\n6\n（三）其他情形数\n件\n6"
        )
    )
    assert found["refused.other_law"].value == 4
    assert found["reconsideration.other"].value == 6


def test_where_blanks_have_vanished_no_cut_is_certain() -> None:
    head = "申请人情况自然人商业企业科研机构社会公益组织法律服务机构其他总计"
    found = by_indicator(
        stream(
            f"{head}一、本年新收政府信息公开申请数量88二、上年结转政府信息公开申请数量1111228（一）予以公开1212（七）总计2020四、结转下年度继续办理00"
        )
    )
    assert found
    assert all(figure.doubt for figure in found.values())


def test_rows_stand_under_rows_by_code_and_by_numbering() -> None:
    reading = grid("类|款|科目名称|金额（万元）", "201||一般公共服务|30", "201|06|财政事务|30", "205||教育|5")
    assert [figure.row_path for figure in reading.figures] == [
        ("一般公共服务",),
        ("一般公共服务", "财政事务"),
        ("教育",),
    ]
    reading = grid(
        "项目|金额", "一、收入|9", "（一）税收|5", "1.增值税|3", "2.所得税|2", "（二）其他|4", "二、支出|1"
    )
    assert [len(figure.row_path) for figure in reading.figures] == [1, 2, 3, 3, 2, 1]
    assert reading.figures[3].row_path == ("一、收入", "（一）税收", "2.所得税")
