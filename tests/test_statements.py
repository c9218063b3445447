"""Final accounts and budgets of the national form: an invented body's, with faults and without."""

from __future__ import annotations

import pytest

from extractor.audit import audit
from extractor.data import Result, Verdict
from extractor.knowledge import load
from extractor.readers import read_text

TABLES = """
收入支出决算总表
单位：万元

| 收入 | 决算数 | 支出 | 决算数 |
|---|---|---|---|
| 一、一般公共预算财政拨款收入 | 480.20 | 一、教育支出 | 400.10 |
| 二、其他收入 | 20.30 | 二、卫生健康支出 | 90.20 |
| 本年收入合计 | 500.50 | 本年支出合计 | 490.30 |
| 年初结转和结余 | 9.50 | 年末结转和结余 | 19.70 |
| 总计 | 510.00 | 总计 | 510.00 |

收入决算表
单位：万元

| 科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 事业收入 | 其他收入 |
|---|---|---|---|---|---|
| | 合计 | 500.50 | 480.20 | | 20.30 |
| 205 | 教育支出 | 410.30 | 390.00 | | 20.30 |
| 210 | 卫生健康支出 | 90.20 | 90.20 | | |

支出决算表
单位：万元

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| | 合计 | 490.30 | 300.10 | 190.20 |
| 205 | 教育支出 | 400.10 | 220.00 | 180.10 |
| 210 | 卫生健康支出 | 90.20 | 80.10 | 10.10 |

一般公共预算财政拨款支出决算表
单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 205 | 教育支出 | 390.00 | 220.00 | 170.00 |
| 20501 | 教育管理事务 | 390.00 | 220.00 | 170.00 |
| 2050101 | 行政运行 | 220.00 | 220.00 | |
| 2050199 | 其他教育管理事务支出 | 170.00 | | 170.00 |
| 210 | 卫生健康支出 | 90.20 | 80.10 | 10.10 |
| 21011 | 行政事业单位医疗 | 90.20 | 80.10 | 10.10 |
| 2101101 | 行政单位医疗 | 90.20 | 80.10 | 10.10 |
| | 合计 | 480.20 | 300.10 | 180.10 |
"""

PROSE = """
某县教育局2024年度部门决算情况说明

一、收入支出决算总体情况说明

某县教育局2024年度收入支出总计{total}万元。与2023年度相比，收入支出总计增加10.00万元，增长2.00%。

二、收入决算情况说明

本年收入合计{income}万元，其中：财政拨款收入480.20万元，占95.94%；其他收入20.30万元，占4.06%。

三、支出决算情况说明

本年支出合计490.30万元，其中：基本支出300.10万元，占61.21%；项目支出{projects}万元，占38.79%。

五、一般公共预算财政拨款支出决算情况说明

一般公共预算财政拨款支出480.20万元，主要用于以下方面：教育支出（类）390.00万元，占81.22%；卫生健康支出（类）90.20万元，占18.78%。

1.教育支出（类）教育管理事务（款）行政运行（项）。主要用于在职人员的开支。年初预算为215.00万元，支出决算为{running}万元。决算数大于预算数的主要原因是新进人员。

2.教育支出（类）教育管理事务（款）其他教育管理事务支出（项）。主要用于各类活动。年初预算为170.00万元，支出决算为170.00万元。

3.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）。主要用于缴纳医疗保险。年初预算为95.00万元，支出决算为90.20万元。
"""
RIGHT = {"total": "510.00", "income": "500.50", "projects": "190.20", "running": "220.00"}


def _audited(**changed: str) -> Result:
    return audit(read_text(PROSE.format(**RIGHT | changed) + TABLES, "accounts.md", load()))


def test_what_agrees_is_tied_to_the_cell_of_the_form() -> None:
    result = _audited()
    assert result.findings == ()
    tied = {link.claim: link for link in result.links if link.why == "form"}
    assert len(tied) >= 13
    assert {result.verdicts[claim] for claim in tied} == {Verdict.MATCH}


def test_the_budget_a_year_began_with_has_no_cell_of_accounts() -> None:
    result = _audited()
    (claim,) = (claim.id for claim in result.claims if claim.text == "95.00万元")
    planned = next(claim.id for claim in result.claims if claim.text == "170.00万元")
    links = {link.claim: link.figures for link in result.links}
    assert (links[claim], links[planned]) == ((), ())


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({"total": "0"}, "总计"),
        ({"total": "501.00"}, "总计"),
        ({"income": "550.50"}, "合计"),
        ({"projects": "180.20"}, "合计"),
        ({"running": "222.00"}, "行政运行"),
    ],
)
def test_another_number_is_a_mismatch_with_that_cell(changed: dict[str, str], label: str) -> None:
    result = _audited(**changed)
    figures = {figure.id: figure for figure in result.reading.figures}
    (finding,) = (finding for finding in result.findings if finding.code.startswith("tieout."))
    assert finding.code == "tieout.mismatch"
    assert figures[finding.figures[0]].row_label == label


@pytest.mark.parametrize(
    "sentence",
    [
        "上年收入支出总计620万元。",
        "下属中心收入支出总计120万元。",
        "项目绩效评价涉及支出决算为88万元。",
        "政府性基金预算财政拨款收入支出总计7万元。",
    ],
)
def test_what_is_of_another_thing_is_not_held_against_the_form(sentence: str) -> None:
    text = PROSE.format(**RIGHT) + f"\n六、其他情况\n\n{sentence}\n" + TABLES
    findings = audit(read_text(text, "accounts.md", load())).findings
    assert [finding for finding in findings if finding.code.startswith("tieout.")] == []


BUDGET = """
某区档案局2025年部门预算编制说明

2025年，某区档案局收入预算{income}万元，其中：财政拨款收入320.12万元，比2024年预算增加12.00万元；事业收入0万元。
支出预算320.12万元，其中：财政拨款支出预算320.12万元。

财政拨款支出主要内容如下：

1. “文化旅游体育与传媒支出-文物-行政运行”科目{running}万元，主要用于单位的基本支出。

2. “住房保障支出-住房改革支出-住房公积金”科目70.12万元，主要用于缴纳住房公积金。

2025年部门收入预算总表
单位：元

| 科目编码 | 功能分类科目名称 | 合计 | 财政拨款收入 | 事业收入 |
|---|---|---|---|---|
| 207 | 文化旅游体育与传媒支出 | 2,500,000.00 | 2,500,000.00 | |
| 221 | 住房保障支出 | 701,234.00 | 701,234.00 | |
| | 合计 | 3,201,234.00 | 3,201,234.00 | |

2025年部门支出预算总表
单位：元

| 科目编码 | 功能分类科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 207 | 文化旅游体育与传媒支出 | 2,500,000.00 | 2,000,000.00 | 500,000.00 |
| 221 | 住房保障支出 | 701,234.00 | 701,234.00 | |
| | 合计 | 3,201,234.00 | 2,701,234.00 | 500,000.00 |

2025年部门一般公共预算支出功能分类预算表
单位：元

| 科目编码 | 功能分类科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 207 | 文化旅游体育与传媒支出 | 2,500,000.00 | 2,000,000.00 | 500,000.00 |
| 20702 | 文物 | 2,500,000.00 | 2,000,000.00 | 500,000.00 |
| 2070201 | 行政运行 | 2,500,000.00 | 2,000,000.00 | 500,000.00 |
| 221 | 住房保障支出 | 701,234.00 | 701,234.00 | |
| 22102 | 住房改革支出 | 701,234.00 | 701,234.00 | |
| 2210201 | 住房公积金 | 701,234.00 | 701,234.00 | |
| | 合计 | 3,201,234.00 | 2,701,234.00 | 500,000.00 |
"""


@pytest.mark.parametrize(
    ("income", "running", "codes"),
    [
        ("320.12", "250", []),
        ("302.12", "250", ["tieout.mismatch"]),
        ("320.12", "205", ["tieout.mismatch"]),
    ],
)
def test_a_budget_in_other_units(income: str, running: str, codes: list[str]) -> None:
    report = read_text(BUDGET.format(income=income, running=running), "budget.md", load())
    found = [finding.code for finding in audit(report).findings if finding.code.startswith("tieout.")]
    assert found == codes


NUMBERED = """
公开02表
单位：万元

| 科目编码 | 科目名称 | 行次 | 本年收入合计 | 财政拨款收入 | 其他收入 |
|---|---|---|---|---|---|
| | 栏次 | | 1 | 2 | 5 |
| | 合计 | 1 | 500.50 | 480.20 | 20.30 |
| 205 | 教育支出 | 2 | 410.30 | 390.00 | 20.30 |
| 210 | 卫生健康支出 | 3 | 90.20 | 90.20 | |

公开03表
单位：万元

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| | 栏次 | 1 | 2 | 3 |
| | 合计 | 490.30 | 300.10 | 190.20 |
| 205 | 教育支出 | 400.10 | 220.00 | 180.10 |
| 210 | 卫生健康支出 | 90.20 | 80.10 | 10.10 |
"""


def test_numbers_of_rows_and_columns_are_no_amounts_and_a_number_is_a_title() -> None:
    prose = PROSE[: PROSE.index("五、")].format(**RIGHT)
    result = audit(read_text(prose + NUMBERED, "accounts.md", load()))
    assert result.findings == ()
    assert sum(link.why == "form" for link in result.links) == 6


def test_an_amount_that_the_form_prints_again_is_tied_to_all_its_cells() -> None:
    result = _audited()
    figures = {figure.id: figure for figure in result.reading.figures}
    texts = {claim.id: claim.text for claim in result.claims}
    cells = {
        texts[link.claim]: [(figures[name].table, figures[name].row_label) for name in link.figures]
        for link in result.links
    }
    assert cells["510.00万元"] == [("T1", "总计"), ("T1", "总计")]
    assert cells["500.50万元"] == [("T2", "合计"), ("T1", "本年收入合计")]
    assert cells["300.10万元"] == [("T3", "合计"), ("T4", "合计")]
    # 教育支出 of the general budget is another amount than that of all funds
    assert cells["390.00万元"] == [("T4", "教育支出")]
    assert cells["90.20万元"] == [("T4", "行政单位医疗")]


FUNDS = """
三、支出情况

本年支出合计{spent}万元，其中项目支出{projects}万元。

从功能看，教育支出最多，为{education}万元。
"""


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ({"spent": "490.30", "projects": "190.20", "education": "390.00"}, []),
        # 教育支出 of all funds is another row of that label
        ({"spent": "490.30", "projects": "190.20", "education": "400.10"}, []),
    ],
)
def test_rows_of_one_label_in_several_tables(told: dict[str, str], codes: list[str]) -> None:
    text = PROSE.format(**RIGHT) + FUNDS.format(**told) + TABLES
    found = audit(read_text(text, "accounts.md", load())).findings
    assert [finding.code for finding in found if finding.code.startswith("tieout.")] == codes


def test_a_row_of_sums_is_named_by_the_words_of_the_form_only() -> None:
    text = PROSE.format(**RIGHT) + "\n六、说明\n\n项目支出199.90万元（含基金）。\n" + TABLES
    assert [f.code for f in audit(read_text(text, "accounts.md", load())).findings] == []


PIPED = """某县林场2022年度部门决算

收入总计、支出总计均为{total}万元。

四、公开表格（单位：万元）
收入支出决算总表
收入 |  |  | 支出 |  |  |
项目 | 行次 | 决算数 | 项目 | 行次 | 决算数 |
一、一般公共预算财政拨款收入 | 1 | 310.20 | 一、农林水支出 | 6 | 280.00 |
二、其他收入 | 2 |  | 二、外交支出 | 7 |  |
三、事业收入 | 3 | 0.00 | 三、住房保障支出 | 8 | 30.20 |
本年收入合计 | 4 | 310.20 | 本年支出合计 | 9 | 310.20 |
总计 | 5 | 310.20 | 总计 | 10 | 310.20 |
支出决算表
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
 | 合计 | 310.20 | 200.20 | 110.00 |
213 | 农林水支出 | 280.00 | 170.00 | 110.00 |
221 | 住房保障支出 | 30.20 | 30.20 | 0.00 |
“三公”经费支出决算表
项目 | 预算数 | 决算数 |
合计 | 4.00 | 2.60 |
1.因公出国（境）费 | 0.00 | 0.00 |
2.公务用车购置及运行维护费 | 3.00 | 2.10 |
3.公务接待费 | 1.00 | 0.50 |
"""


@pytest.mark.parametrize(("total", "codes"), [("310.20", []), ("312.00", ["tieout.mismatch"])])
def test_titles_between_barred_rows_part_the_tables(total: str, codes: list[str]) -> None:
    result = audit(read_text(PIPED.format(total=total), "accounts.txt", load()))
    kinds = [(table.rows, table.caption.split("\n")[0]) for table in result.report.tables]
    assert kinds == [(7, "收入支出决算总表"), (4, "支出决算表"), (5, "“三公”经费支出决算表")]
    assert {figure.unit for figure in result.reading.figures} == {"万元"}
    # 收入 | | | 支出 is a header; 外交支出 has a blank cell of its own
    blank = next(figure for figure in result.reading.figures if "外交" in figure.row_label)
    assert (blank.value, blank.column_path) == (None, ("支出", "决算数"))
    assert not any("行次" in figure.column_path for figure in result.reading.figures)
    assert [finding.code for finding in result.findings] == codes


PAGED = """某县林场2022年度部门决算公开

支出决算表
单位：万元
科目编码  科目名称  本年支出合计  基本支出  项目支出
合计  310.20  200.20  110.00
213  农林水支出  280.00  170.00  110.00
{between}221  住房保障支出  30.20  30.20  0.00
22102  住房改革支出  30.20  30.20  0.00
"""


@pytest.mark.parametrize(
    ("between", "rows"),
    [
        ("", [5]),
        ("\n- 5 -\n", [5]),
        ("— 12 —\n\n", [5]),
        # a header behind the page mark begins another table; without a page mark nothing goes on, and two rows are none
        ("\n- 5 -\n科目编码  科目名称  合计  基本  项目\n", [3, 3]),
        ("\n\n\n", [3]),
    ],
)
def test_a_page_mark_between_rows_parts_no_table(between: str, rows: list[int]) -> None:
    report = read_text(PAGED.format(between=between), "accounts.txt", load())
    assert [table.rows for table in report.tables] == rows
    assert not any("5 -" in cell.text for table in report.tables for cell in table.cells)
