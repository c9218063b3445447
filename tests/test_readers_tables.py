"""Tables in text: every layout found by content, its cells in place, prose left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.data import Report, Table
from extractor.knowledge import Knowledge
from extractor.readers import read, read_text

PROSE = "全年共收到政府信息公开申请24件,答复24件,其中同意公开15件,不属于本行政机关公开9件,均已按时办结。"


def grid(table: Table) -> list[list[str]]:
    """The texts of the cells, a list a row; spans are not repeated."""
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.text)
    return rows


def narrative(report: Report) -> str:
    return "".join(report.text[r.start : r.end] for r in report.regions if r.kind == "narrative")


def test_seed_is_one_table_of_three_columns(seed_path: Path, knowledge: Knowledge) -> None:
    report = read(seed_path, knowledge)
    (table,) = report.tables
    rows = grid(table)
    assert (table.layout, table.rows, table.columns) == ("linear", 66, 3)
    assert rows[0] == ["统 计 指 标", "单位", "统计数"]
    assert rows[1] == ["一、主动公开情况", "——", ""]
    assert rows[-1] == ["(三)接受培训人员数", "人次", "2088"]
    assert all(len(row) == 3 for row in rows)
    assert table.caption.split("\n")[0] == "附件:政府信息公开情况统计表(2014年度)"
    assert report.regions[-1].reason == "download"
    assert report.problems == ()


def test_columns_set_below_one_another_keep_their_blanks(knowledge: Knowledge) -> None:
    rows = [
        "编码   名称      合计    基本   项目",
        "       总计      120.5  100.5   20.0",
        "205    教育       20.0          20.0",
        "208    养老        8.0    8.0",
        "210    医疗       92.5   92.5    0.0",
        "213    农林水      0.0    0.0    0.0",
    ]
    (table,) = read_text("\n".join([PROSE, *rows, ""]), "r", knowledge).tables
    assert table.layout == "blanks"
    assert grid(table)[1:4] == [
        ["", "总计", "120.5", "100.5", "20.0"],
        ["205", "教育", "20.0", "", "20.0"],
        ["208", "养老", "8.0", "8.0", ""],
    ]


def test_columns_that_stand_nowhere_in_common_are_not_filled_up(knowledge: Knowledge) -> None:
    rows = ["甲  11  2  3", "乙乙  1  22  3", "丙丙丙  1  2  33", "丁   4   5"]
    (table,) = read_text("\n".join([PROSE, *rows, ""]), "r", knowledge).tables
    assert grid(table)[-1] == ["丁", "4", "5"]


def test_linear_blank_slash_and_dash_stay_apart(knowledge: Knowledge) -> None:
    rows = ["指标 |\n单位 |\n数 |", "甲 |\n件 |\n|", "乙 |\n件 |\n/ |", "丙 |\n件 |\n— |", "丁 |\n件 |\n0 |"]
    text = "\n|\n".join([PROSE, *rows, ""])
    (table,) = read_text(text, "r", knowledge).tables
    assert [row[-1] for row in grid(table)] == ["数", "", "/", "—", "0"]


def test_linear_with_bars_between_rows_only(knowledge: Knowledge) -> None:
    text = f"{PROSE}\n|\n指标\n数\n|\n收到申请数\n24\n|\n答复数\n15\n|\n"
    (table,) = read_text(text, "r", knowledge).tables
    assert grid(table) == [["指标", "数"], ["收到申请数", "24"], ["答复数", "15"]]


def test_linear_that_breaks_off_is_a_problem(knowledge: Knowledge) -> None:
    text = f"{PROSE}\n|\n指标 |\n单位 |\n数 |\n|\n收到申请数 |\n件 |\n24 |\n|\n答复数 |\n件 |"
    report = read_text(text, "r", knowledge)
    assert [problem.code for problem in report.problems] == ["table_truncated"]
    assert grid(report.tables[0])[-1] == ["答复数", "件"]


@pytest.mark.parametrize(
    ("rows", "layout", "expected"),
    [
        (
            "| 项目 | 数 |\n|:---|---:|\n| 收到 | 3 |\n| 答复 |  |",
            "markdown",
            [["项目", "数"], ["收到", "3"], ["答复", ""]],
        ),
        (
            "项目 | 单位 | 数 |\n收到 | 件 | 3 |\n答复 | 件 | |",
            "pipes",
            [["项目", "单位", "数"], ["收到", "件", "3"], ["答复", "件", ""]],
        ),
        (
            "合计 | | |\n收到 | 件 | 3 |\n答复 | 件 | 2 |",
            "pipes",
            [["合计", "", ""], ["收到", "件", "3"], ["答复", "件", "2"]],
        ),
        ("项目\t数\n收到\t3\n答复\t\t2", "tabs", [["项目", "数"], ["收到", "3"], ["答复", "", "2"]]),
        (
            "项目    本年    上年\n收到    3    5\n答复    2    4",
            "blanks",
            [["项目", "本年", "上年"], ["收到", "3", "5"], ["答复", "2", "4"]],
        ),
    ],
)
def test_rows_on_one_line(rows: str, layout: str, expected: list[list[str]], knowledge: Knowledge) -> None:
    report = read_text(f"{PROSE}\n\n{rows}\n\n{PROSE}", "r", knowledge)
    (table,) = report.tables
    assert table.layout == layout
    assert grid(table) == expected
    assert narrative(report).count("同意公开15件") == 2


def test_torn_markdown_is_one_table_with_its_labels_in_order(knowledge: Knowledge) -> None:
    text = (
        f"{PROSE}\n\n## 表三:申请情况\n| 一、本年新收 | 3 | 3 |\n|---|---|---|\n| 0 | 0 |\n|---|---|\n\n"
        "（二）部分公开(区分\n处理的)\n7\n| 1 | 1 |\n|---|---|\n\n四、其他情况\n" + PROSE
    )
    report = read_text(text, "r", knowledge, "markdown")
    (table,) = report.tables
    assert grid(table) == [
        ["一、本年新收", "3", "3"],
        ["0", "0"],
        ["（二）部分公开(区分"],
        ["处理的)"],
        ["1", "1"],
    ]
    assert table.caption == "## 表三:申请情况"
    assert ("dropped", "page_mark") in {(r.kind, r.reason) for r in report.regions}
    assert "四、其他情况" in narrative(report)


GLUED = (
    "二、主动公开政府信息情况第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件"
    "8755第二十条第（八）项信息内容本年收费金额（单位：万元）行政事业性收费116.36三、收到和处理政府信息公开申请情况"
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）申请人情况自然人法人或其他组织总计商业企业"
    "科研机构社会公益组织法律服务机构其他一、本年新收政府信息公开申请数量713000074四、结转下年度继续办理0000000"
    "四、存在的主要问题及改进情况2022年，仍有不足，全年只开展培训4次。"
)


def test_glued_tables_end_where_headings_and_prose_begin(knowledge: Knowledge) -> None:
    report = read_text(PROSE + GLUED, "r", knowledge)
    first, second = report.tables
    assert {first.layout, second.layout} == {"stream"}
    assert report.text[first.start : first.end].startswith("第二十条第（一）项")
    assert report.text[first.start : first.end].endswith("行政事业性收费116.36")
    assert report.text[second.start : second.end].startswith("（本列数据")
    assert report.text[second.start : second.end].endswith("继续办理0000000")
    assert narrative(report).endswith("四、存在的主要问题及改进情况2022年，仍有不足，全年只开展培训4次。")


def test_one_cell_a_line_runs_over_a_page_mark(knowledge: Knowledge) -> None:
    text = (
        f"{PROSE}\n第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n550\n- 3 -\n行政处罚\n41\n行政强制\n"
        f"19\n四、存在的问题\n{PROSE}"
    )
    report = read_text(text, "r", knowledge)
    (table,) = report.tables
    assert report.text[table.start : table.end].endswith("行政强制\n19")
    assert [(r.kind, r.reason) for r in report.regions] == [
        ("narrative", ""),
        ("table", ""),
        ("dropped", "page_mark"),
        ("table", ""),
        ("narrative", ""),
    ]


def test_a_row_nobody_knows_stays_in_its_table(knowledge: Knowledge) -> None:
    table = "指标名称 计量单位 2014年度 历年累计 主动公开文件数 条 25 78 村务公开栏更新数 条 7 9 行政复议数 件 0 0"
    text = f"{PROSE}\n{table} {PROSE}"
    report = read_text(text, "r", knowledge)
    (found,) = report.tables
    assert report.text[found.start : found.end] == table
    assert "村务公开栏" not in narrative(report)


@pytest.mark.parametrize(
    "text",
    [
        f"根据《条例》第二十条第（一）项的规定,公开规章3件。{PROSE}",
        f"行政复议、行政诉讼情况:结果维持3件,结果纠正0件。{PROSE}",
        f"首页 | 政务公开 | 年报\n{PROSE}",
        f"{PROSE}\n2014年全市共召开会议19次,培训26期。\n全年组织协调会3次。\n接受培训2088人次。",
        f"姓  名:某某\n{PROSE}",
    ],
)
def test_prose_is_no_table(text: str, knowledge: Knowledge) -> None:
    report = read_text(text, "r", knowledge)
    assert report.tables == ()
    assert PROSE in narrative(report)


def test_a_number_and_the_year_behind_it_are_two(knowledge: Knowledge) -> None:
    cells = "统计指标\n单位\n统计数\n收到申请数\n件\n7\n答复数\n件\n6\n(三)接受培训人员数\n人次\n2088"
    report = read_text(f"{PROSE}\n{cells}\n2015年,{PROSE}", "r", knowledge)
    (table,) = report.tables
    assert report.text[table.start : table.end] == cells
    assert "2015年" in narrative(report)


def test_number_lines_without_a_template_are_a_table(knowledge: Knowledge) -> None:
    cells = "\n".join(
        f"{label}\n{value}" for label, value in zip("甲乙丙丁戊己庚", range(11, 18), strict=True)
    )
    report = read_text(f"{PROSE}\n{cells}\n{PROSE}", "r", knowledge)
    (table,) = report.tables
    assert report.text[table.start : table.end] == cells
    assert narrative(report).count(PROSE) == 2


def test_captions_and_notes_belong_to_their_table(knowledge: Knowledge) -> None:
    text = (
        f"二、收支情况\n{PROSE}\n收入支出决算总表\n(单位:万元)\n| 项目 | 数 |\n|---|---|\n| 收入 | 3 |\n"
        f"注:含上年度结转数量5件。\n{PROSE}"
    )
    report = read_text(text, "r", knowledge)
    (table,) = report.tables
    assert table.caption == "收入支出决算总表\n(单位:万元)"
    assert table.notes == ("注:含上年度结转数量5件。",)
    assert "结转数量5件" not in narrative(report)
    assert "二、收支情况" in narrative(report)


def test_unit_of_a_part_is_that_of_its_tables_that_name_none(knowledge: Knowledge) -> None:
    rows = "项目\t金额\n办公费\t31.20\n水费\t4.05\n"
    text = (
        f"第一部分 概况\n{PROSE}\n第二部分 决算公开表（金额单位：元）\n支出决算表\n{rows}"
        f"项目支出表（单位：万元）\n{rows}第三部分 附录\n其他支出决算表\n{rows}"
    )
    tables = read_text(text, "r", knowledge).tables
    assert [table.caption for table in tables] == [
        "支出决算表\n(金额单位:元)",
        "项目支出表（单位：万元）",
        "其他支出决算表",
    ]


def test_cover_tables_are_no_data(knowledge: Knowledge) -> None:
    text = f"索引号 | 00813/2015-1 | 文号 | 无 |\n发布机构 | 某县 | 发文日期 | 2015-3-2 |\n\n{PROSE}"
    report = read_text(text, "r", knowledge)
    assert report.tables == ()
    assert (report.regions[0].kind, report.regions[0].reason) == ("dropped", "cover_table")


def test_one_cell_a_line_tells_its_columns_by_its_regularity(knowledge: Knowledge) -> None:
    rows = [
        ["收入项目", "预算数", "支出项目", "预算数"],
        ["财政拨款收入", "310.20", "教育支出", "120.00"],
        ["事业收入", "0.00", "住房保障支出", "190.20"],
        ["收入总计", "310.20", "支出总计", "310.20"],
    ]
    others = [
        ["项目", "上年数", "本年数"],
        ["接待费", "3.1", "2.8"],
        ["会议费", "—", "1.0"],
        ["合计", "3.1", "3.8"],
    ]
    lines = [cell for row in rows for cell in row]
    more = [cell for row in others for cell in row]
    text = "\n".join(
        [
            "本单位收支预算310.20万元。",
            "部门收支总表（单位：万元）",
            *lines,
            "经费预算表",
            *more,
            "说明完毕。",
        ]
    )
    found = read_text(text, "r", knowledge)
    assert [table.layout for table in found.tables] == ["lines", "lines"]
    assert [grid(table) for table in found.tables] == [rows, others]
    assert found.tables[0].caption == "部门收支总表（单位：万元）"
    ragged = "\n".join(["本单位收支预算310.20万元。", *lines[:-2], "7", "8", "9", *lines[4:]])
    assert all(table.layout == "stream" for table in read_text(ragged, "r", knowledge).tables)


def test_words_before_a_rule_and_other_columns_begin_another_table(knowledge: Knowledge) -> None:
    text = """受理情况如下。

| 渠道 | 今年 | 去年 |
|---|---|---|
| 电话 | 12 | 9 |
| 合计 | 12 | 9 |

按类型统计

| 类型 | 件数 |
|---|---|
| 咨询 | 7 |
| 求助 | 5 |
"""
    found = read_text(text, "r", knowledge)
    assert [len(grid(table)) for table in found.tables] == [3, 3]


def test_codes_begin_rows_and_numbers_of_a_ragged_row_have_no_column_but_the_first(
    knowledge: Knowledge,
) -> None:
    header = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    rows = [
        ["合计", "31.80", "20.00", "11.80"],
        ["201", "一般公共服务支出", "25.00", "20.00", "5.00"],
        ["20103", "政府办公室事务", "6.80", "6.80"],
        ["2010301", "行政运行", "25.00", "20.00", "5.00"],
    ]
    cells = "\n".join(cell for row in [header, *rows] for cell in row)
    report = read_text(f"{PROSE}\n支出决算表\n单位:万元\n{cells}\n{PROSE}", "r", knowledge)
    (table,) = report.tables
    assert grid(table) == [header, rows[0], rows[1], rows[2][:3], rows[3]]
    assert [cell.column for cell in table.cells if cell.row == 1] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "line", ["收入支出决算总表公开01表单位：万元", "收入支出决算总表单位：万元", "支出预算总表 金额单位：元"]
)
def test_a_caption_whose_gaps_are_lost_names_the_unit(knowledge: Knowledge, line: str) -> None:
    table = read_text(
        f"二、决算情况\n{line}\n项目\t决算数\n公务接待费\t1.20\n培训费\t3.40\n", "r", knowledge
    ).tables[0]
    assert table.caption == line
