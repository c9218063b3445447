"""The tables of final accounts and budgets against one another: invented ones, right, and with one cell changed."""

from __future__ import annotations

import pytest

from extractor.audit import audit
from extractor.data import Finding, Result
from extractor.knowledge import load
from extractor.readers import read_text

CODE = "table.identity"

ACCOUNTS = """
某县档案馆2023年度部门决算公开表

收入支出决算总表
单位：万元

| 收入 |  | 支出 |  |
|---|---|---|---|
| 项目 | 决算数 | 项目 | 决算数 |
| 一、一般公共预算财政拨款收入 | 803.14 | 一、一般公共服务支出 | 702.35 |
| 二、政府性基金预算财政拨款收入 |  | 二、外交支出 |  |
| 三、上级补助收入 |  | 三、公共安全支出 |  |
| 四、其他收入 | 12.46 | 四、社会保障和就业支出 | 98.27 |
| 本年收入合计 | 815.60 | 本年支出合计 | 800.62 |
| 使用非财政拨款结余 |  | 结余分配 |  |
| 年初结转和结余 | 21.38 | 年末结转和结余 | 36.36 |
| 总计 | 836.98 | 总计 | 836.98 |

收入决算表
单位：万元

| 功能分类科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 上级补助收入 | 其他收入 |
|---|---|---|---|---|---|
|  | 合计 | 815.60 | 803.14 |  | 12.46 |
| 201 | 一般公共服务支出 | 717.33 | 704.87 |  | 12.46 |
| 20126 | 档案事务 | 717.33 | 704.87 |  | 12.46 |
| 2012601 | 行政运行 | 402.15 | 402.15 |  |  |
| 2012604 | 档案馆 | 315.18 | 302.72 |  | 12.46 |
| 208 | 社会保障和就业支出 | 98.27 | 98.27 |  |  |
| 20805 | 行政事业单位养老支出 | 98.27 | 98.27 |  |  |
| 2080505 | 机关事业单位基本养老保险缴费支出 | 98.27 | 98.27 |  |  |

支出决算表
单位：万元

| 功能分类科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 经营支出 |
|---|---|---|---|---|---|
|  | 合计 | 800.62 | 500.42 | 300.20 |  |
| 201 | 一般公共服务支出 | 702.35 | 402.15 | 300.20 |  |
| 20126 | 档案事务 | 702.35 | 402.15 | 300.20 |  |
| 2012601 | 行政运行 | 402.15 | 402.15 |  |  |
| 2012604 | 档案馆 | 300.20 |  | 300.20 |  |
| 208 | 社会保障和就业支出 | 98.27 | 98.27 |  |  |
| 20805 | 行政事业单位养老支出 | 98.27 | 98.27 |  |  |
| 2080505 | 机关事业单位基本养老保险缴费支出 | 98.27 | 98.27 |  |  |

财政拨款收入支出决算总表
单位：万元

| 项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 |
|---|---|---|---|---|---|
| 一、一般公共预算财政拨款 | 803.14 | 一、一般公共服务支出 | 691.27 | 691.27 |  |
| 二、政府性基金预算财政拨款 |  | 二、外交支出 |  |  |  |
|  |  | 三、社会保障和就业支出 | 98.27 | 98.27 |  |
| 本年收入合计 | 803.14 | 本年支出合计 | 789.54 | 789.54 |  |
| 年初财政拨款结转和结余 | 9.05 | 年末财政拨款结转和结余 | 22.65 | 22.65 |  |
| 一、一般公共预算财政拨款 | 9.05 |  |  |  |  |
| 总计 | 812.19 | 总计 | 812.19 | 812.19 |  |

一般公共预算财政拨款支出决算表
单位：万元

| 功能分类科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 201 | 一般公共服务支出 | 691.27 | 402.15 | 289.12 |
| 20126 | 档案事务 | 691.27 | 402.15 | 289.12 |
| 2012601 | 行政运行 | 402.15 | 402.15 |  |
| 2012604 | 档案馆 | 289.12 |  | 289.12 |
| 208 | 社会保障和就业支出 | 98.27 | 98.27 |  |
| 20805 | 行政事业单位养老支出 | 98.27 | 98.27 |  |
| 2080505 | 机关事业单位基本养老保险缴费支出 | 98.27 | 98.27 |  |
|  | 合计 | 789.54 | 500.42 | 289.12 |

一般公共预算财政拨款基本支出决算表
单位：万元

| 经济分类科目编码 | 科目名称 | 决算数 | 经济分类科目编码 | 科目名称 | 决算数 |
|---|---|---|---|---|---|
| 301 | 工资福利支出 | 420.11 | 302 | 商品和服务支出 | 55.08 |
| 30101 | 基本工资 | 321.84 | 30201 | 办公费 | 31.02 |
| 30108 | 机关事业单位基本养老保险缴费 | 98.27 | 30211 | 差旅费 | 24.06 |
| 303 | 对个人和家庭的补助 | 18.20 | 310 | 资本性支出 | 7.03 |
| 30302 | 退休费 | 18.20 | 31002 | 办公设备购置 | 7.03 |
|  | 人员经费合计 | 438.31 |  | 公用经费合计 | 62.11 |

财政拨款“三公”经费支出决算表
单位：万元

| 项目 | 预算数 | 决算数 |
|---|---|---|
| 合计 | 9.50 | 7.72 |
| 1.因公出国（境）费 |  |  |
| 2.公务用车购置及运行维护费 | 6.00 | 5.21 |
| 其中：公务用车购置费 |  |  |
| 公务用车运行维护费 | 6.00 | 5.21 |
| 3.公务接待费 | 3.50 | 2.51 |
"""

BUDGET = """
某区水务所2025年单位预算公开表

单位收支总表
单位：万元

| 收入 |  | 支出 |  |
|---|---|---|---|
| 项目 | 预算数 | 项目 | 预算数 |
| 一、一般公共预算资金 | 410.00 | 一、农林水支出 | 388.40 |
| 二、其他收入 | 3.20 | 二、住房保障支出 | 30.00 |
| 本年收入合计 | 413.20 | 本年支出合计 | 418.40 |
| 上年结转 | 5.20 | 结转下年 |  |
| 收入总计 | 418.40 | 支出总计 | 418.40 |

单位支出总表
单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
|  | 合计 | 418.40 | 301.30 | 117.10 |
| 213 | 农林水支出 | 388.40 | 271.30 | 117.10 |
| 21303 | 水利 | 388.40 | 271.30 | 117.10 |
| 2130304 | 水利行业业务管理 | 388.40 | 271.30 | 117.10 |
| 221 | 住房保障支出 | 30.00 | 30.00 |  |
| 22102 | 住房改革支出 | 30.00 | 30.00 |  |
| 2210201 | 住房公积金 | 30.00 | 30.00 |  |

一般公共预算“三公”经费支出表
单位：万元

| 年度 | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费 |
|---|---|---|---|---|---|---|
| | | | 小计 | 公务用车购置费 | 公务用车运行费 | |
| 2025年预算数 | 12.30 | 0 | 11.00 | 6.50 | 4.50 | 1.30 |
"""


def made(text: str) -> Result:
    return audit(read_text(text, "accounts.md", load()))


def broken(result: Result) -> list[Finding]:
    return [finding for finding in result.findings if finding.code == CODE]


@pytest.mark.parametrize("text", [ACCOUNTS, BUDGET], ids=["accounts", "budget"])
def test_right_tables_agree(text: str) -> None:
    result = made(text)

    assert broken(result) == []
    assert sum(check.holds for check in result.checks if check.code == CODE) > 15


@pytest.mark.parametrize(
    ("text", "right", "wrong", "identities"),
    [
        (ACCOUNTS, "| 836.98 | 总计 | 836.98", "| 838.96 | 总计 | 836.98", {"income_total", "totals"}),
        (ACCOUNTS, "| 836.98 | 总计 | 836.98", "| 836.98 | 总计 | 863.98", {"outlay_total", "totals"}),
        (ACCOUNTS, "其他收入 | 12.46 | 四", "其他收入 | 21.46 | 四", {"incomes"}),
        (
            ACCOUNTS,
            "| 一、一般公共服务支出 | 702.35",
            "| 一、一般公共服务支出 | 720.35",
            {"outlays", "class"},
        ),
        (ACCOUNTS, "合计 | 815.60 | 803.14 |", "合计 | 851.60 | 803.14 |", {"columns", "subjects", "income"}),
        (ACCOUNTS, "2012604 | 档案馆 | 300.20", "2012604 | 档案馆 | 330.20", {"columns", "subjects"}),
        (ACCOUNTS, "合计 | 800.62 | 500.42", "合计 | 800.62 | 504.02", {"columns", "subjects"}),
        (
            ACCOUNTS,
            "691.27 | 691.27 |  |",
            "691.27 | 619.27 |  |",
            {"funds", "general_class", "appropriation_outlays"},
        ),
        (ACCOUNTS, "812.19 | 812.19 |  |", "812.19 | 821.19 |  |", {"funds", "appropriation_outlay"}),
        (ACCOUNTS, "和结余 | 9.05 |", "和结余 | 9.50 |", {"appropriation_income"}),
        (
            ACCOUNTS,
            "合计 | 789.54 | 500.42 | 289.12",
            "合计 | 789.54 | 500.42 | 298.12",
            {"columns", "subjects"},
        ),
        (ACCOUNTS, "基本工资 | 321.84", "基本工资 | 312.84", {"economic"}),
        (ACCOUNTS, "人员经费合计 | 438.31", "人员经费合计 | 483.31", {"staff", "basic"}),
        (ACCOUNTS, "| 合计 | 9.50 | 7.72", "| 合计 | 9.50 | 7.27", {"three"}),
        (ACCOUNTS, "公务用车运行维护费 | 6.00 | 5.21", "公务用车运行维护费 | 6.00 | 5.12", {"three"}),
        (BUDGET, "收入总计 | 418.40", "收入总计 | 481.40", {"income_total", "totals"}),
        (BUDGET, "水利 | 388.40 | 271.30", "水利 | 388.40 | 217.30", {"columns", "subjects"}),
        (BUDGET, "二、住房保障支出 | 30.00", "二、住房保障支出 | 33.00", {"outlays", "class"}),
        (BUDGET, "| 12.30 |", "| 13.20 |", {"three"}),
        (BUDGET, "6.50 | 4.50", "6.50 | 5.40", {"three"}),
    ],
)
def test_one_wrong_cell_is_told_with_what_it_breaks(
    text: str, right: str, wrong: str, identities: set[str]
) -> None:
    assert right in text

    found = broken(made(text.replace(right, wrong)))

    assert {str(finding.params["identity"]) for finding in found} == identities
    assert all(len(finding.figures) > 1 for finding in found)


@pytest.mark.parametrize(
    ("right", "wrong", "label", "value"),
    [
        (
            "2012604 | 档案馆 | 300.20 |  | 300.20",
            "2012604 | 档案馆 | 330.20 |  | 300.20",
            "档案馆",
            "300.20",
        ),
        ("人员经费合计 | 438.31", "人员经费合计 | 483.31", "人员经费合计", "438.31"),
        ("基本工资 | 321.84", "基本工资 | 312.84", "基本工资", "321.84"),
    ],
)
def test_the_cell_that_mends_most_is_named(right: str, wrong: str, label: str, value: str) -> None:
    result = made(ACCOUNTS.replace(right, wrong))
    figures = {figure.id: figure for figure in result.reading.figures}

    told = {
        (figures[str(f.params["culprit"])].row_label, str(f.params["culprit_value"])) for f in broken(result)
    }
    assert told == {(label, value)}


@pytest.mark.parametrize(
    ("text", "right", "other"),
    [
        # 702.35 and 98.27 come to 800.62, which each of three roundings may move by half a unit of the last place
        (ACCOUNTS, "本年支出合计 | 800.62", "本年支出合计 | 800.63"),
        # the same amount, rounded another way in another table
        (ACCOUNTS, "四、社会保障和就业支出 | 98.27", "四、社会保障和就业支出 | 98.28"),
        # a kind of income that the form does not know leaves its sum unknown
        (ACCOUNTS, "| 四、其他收入 | 12.46 |", "| 四、其他收入 | 12.46 |\n| 附：往来款 | 30.00 |"),
        # a row of another amount between the year's income and the total
        (
            BUDGET,
            "| 收入总计 | 418.40 | 支出总计 | 418.40 |",
            "| 事业单位调剂 | 7.00 | 上缴调剂 | 7.00 |\n| 收入总计 | 425.40 | 支出总计 | 425.40 |",
        ),
        # a column that is neither total nor part
        (
            BUDGET,
            "| 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|",
            "| 合计 | 基本支出 | 单位自筹 |\n|---|---|---|---|---|",
        ),
        # a table of subjects picked out
        (
            BUDGET,
            "| 221 | 住房保障支出 | 30.00 | 30.00 |  |\n| 22102 | 住房改革支出 | 30.00 | 30.00 |  |\n",
            "",
        ),
    ],
)
def test_what_the_form_leaves_open_is_not_told(text: str, right: str, other: str) -> None:
    assert right in text

    assert broken(made(text.replace(right, other))) == []


EMPTY = """支出决算表
单位：万元

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
|  | 合计 |  |  |  |

"""


def test_blank_cells_of_a_filled_table_are_nothing_and_an_empty_table_is_unknown() -> None:
    start = ACCOUNTS.index("支出决算表\n单位：万元\n\n| 功能分类科目编码 | 科目名称 | 本年支出合计")
    end = ACCOUNTS.index("财政拨款收入支出决算总表")

    assert broken(made(ACCOUNTS[:start] + EMPTY + ACCOUNTS[end:])) == []
    assert broken(made(ACCOUNTS.replace("| 2.51 |", "|  |"))) != []


def test_a_slip_of_a_cent_is_told_where_amounts_are_printed_in_yuan() -> None:
    whole = BUDGET.replace("万元", "元")

    assert broken(made(whole)) == []
    assert broken(made(whole.replace("收入总计 | 418.40", "收入总计 | 418.41"))) != []
