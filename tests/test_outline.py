"""Titles of final accounts and budgets: years, contents, what was not filled in. Right twins and wrong ones."""

from __future__ import annotations

import pytest

from extractor.audit import audit
from extractor.knowledge import load
from extractor.readers import read_text
from extractor.writers import write

CODES = {"text.heading_year", "text.table_missing", "text.table_unlisted", "text.unfilled"}

ACCOUNTS = """
临溪县粮食和储备中心
2022年度部门决算

目录

第一部分 单位概况
第二部分 2022年度部门决算表
一、收入支出决算总表
二、收入决算表
三、支出决算表
四、一般公共预算财政拨款支出决算表
五、政府性基金预算财政拨款收入支出决算表
第三部分 2022年度部门决算情况说明
第四部分 名词解释

第一部分 单位概况

本中心负责全县粮食储备，2021年末在职21人。

第二部分 2022年度部门决算表

收入支出决算总表
单位：万元

| 收入 | 决算数 | 支出 | 决算数 |
|---|---|---|---|
| 一、一般公共预算财政拨款收入 | 310.00 | 一、粮油物资储备支出 | 310.00 |
| 本年收入合计 | 310.00 | 本年支出合计 | 310.00 |
| 总计 | 310.00 | 总计 | 310.00 |

收入决算表
单位：万元

| 科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 |
|---|---|---|---|
| | 合计 | 310.00 | 310.00 |
| 222 | 粮油物资储备支出 | 310.00 | 310.00 |

支出决算表
单位：万元

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| | 合计 | 310.00 | 190.00 | 120.00 |
| 222 | 粮油物资储备支出 | 310.00 | 190.00 | 120.00 |

一般公共预算财政拨款支出决算表
单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| | 合计 | 310.00 | 190.00 | 120.00 |
| 222 | 粮油物资储备支出 | 310.00 | 190.00 | 120.00 |

政府性基金预算财政拨款收入支出决算表

注：本单位无政府性基金预算财政拨款收支，故本表无数据。

第三部分 2022年度部门决算情况说明

一、收入支出决算总体情况说明

2022年度收入支出总计310.00万元。与2021年度相比，收入支出总计增加10.00万元，增长3.33%。

第四部分 名词解释

一、财政拨款收入：指从财政部门取得的拨款。
"""

START = ACCOUNTS.index("支出决算表\n单位：万元\n\n| 科目编码 | 科目名称 | 本年支出合计")
END = ACCOUNTS.index("一般公共预算财政拨款支出决算表\n单位")


def test_a_heading_is_found_where_it_stands() -> None:
    changed = ACCOUNTS.replace(
        "\n第三部分 2022年度部门决算情况说明\n\n一", "\n第三部分 2021年度部门决算情况说明\n\n一"
    )
    report = read_text(changed, "accounts.md", load())
    result = audit(report)
    finding = next(finding for finding in result.findings if finding.code == "text.heading_year")

    assert [report.text[start:end] for start, end in finding.places] == ["第三部分 2021年度部门决算情况说明"]
    line = changed[: changed.index("第三部分 2021")].count("\n") + 1
    assert f"【第三部分2021年度部门决算情况说明】（第 {line} 行）" in write([result], "text", "zh", load())
    page = write([result], "html", "zh", load())
    assert isinstance(page, str)
    assert 'id="r1l0"' in page
    assert 'href="#r1l0"' in page


def test_a_table_that_is_missing_is_shown_in_the_contents() -> None:
    report = read_text(ACCOUNTS.replace(ACCOUNTS[START:END], ""), "accounts.md", load())
    finding = next(finding for finding in audit(report).findings if finding.code == "text.table_missing")

    assert [report.text[start:end] for start, end in finding.places] == ["三、支出决算表"]


def told(text: str) -> list[tuple[str, str]]:
    findings = audit(read_text(text, "accounts.md", load())).findings
    return [(finding.code, str(finding.params["said"])) for finding in findings if finding.code in CODES]


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("储备中心\n", "储备中心\n", []),
        (
            "\n第三部分 2022年度部门决算情况说明\n\n一",
            "\n第三部分 2021年度部门决算情况说明\n\n一",
            [("text.heading_year", "第三部分2021年度部门决算情况说明")],
        ),
        (
            "收入决算表\n单位",
            "2023年度收入决算表\n单位",
            [("text.heading_year", "2023年度收入决算表")],
        ),
        (
            "\n第二部分 2022年度部门决算表\n\n",
            "\n第二部分 临溪县XX中心2022年度部门决算表\n\n",
            [("text.unfilled", "第二部分临溪县XX中心2022年度部门决算表")],
        ),
        (ACCOUNTS[START:END], "", [("text.table_missing", "支出决算表")]),
        ("二、收入决算表\n", "", [("text.table_unlisted", "收入决算表单位:万元")]),
        (
            ACCOUNTS[
                ACCOUNTS.index("政府性基金预算财政拨款收入支出决算表\n\n注") : ACCOUNTS.index(
                    "第三部分 2022年度部门决算情况说明\n\n一"
                )
            ],
            "",
            [("text.table_missing", "政府性基金预算财政拨款收入支出决算表")],
        ),
    ],
)
def test_a_title_that_is_not_as_the_others_say(
    right: str, wrong: str, expected: list[tuple[str, str]]
) -> None:
    assert right in ACCOUNTS

    found = told(ACCOUNTS.replace(right, wrong))

    assert [code for code, _ in found] == [code for code, _ in expected]
    assert all(words in said or said in words for (_, words), (_, said) in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("right", "other"),
    [
        # a heading that looks back
        ("一、收入支出决算总体情况说明", "一、与2021年度收入支出对比情况说明"),
        ("一、收入支出决算总体情况说明", "一、2021年度部门决算审计整改情况"),
        # a year far away, or of another thing
        ("本中心负责", "2015年县属单位改革情况说明\n本中心负责"),
        ("本中心负责", "2021年工作情况\n本中心负责"),
        # a sentence is no heading
        ("本中心负责", "2021年度部门决算情况说明，见上年公开资料。\n本中心负责"),
        # no title names the year
        ("2022年度部门决算\n\n目录", "部门决算\n\n目录"),
        # a table that only a sentence of the body names has no amounts
        (
            "政府性基金预算财政拨款收入支出决算表\n\n注：本单位",
            "本单位没有政府性基金收支，因此《政府性基金预算财政拨款收入支出决算表》没有数据，予以说明并按要求公开空表，请予监督，同时说明：本单位",
        ),
        # pages and dots behind the entries
        ("三、支出决算表\n", "三、支出决算表……………… 7\n"),
        # contents of parts alone
        (ACCOUNTS[ACCOUNTS.index("一、收入支出决算总表") : ACCOUNTS.index("第三部分")], ""),
        # letters that stand for nothing
        ("一、财政拨款收入", "一、WXX接口：指数据接口。\n二、财政拨款收入"),
    ],
)
def test_what_may_be_so(right: str, other: str) -> None:
    assert right in ACCOUNTS

    assert told(ACCOUNTS.replace(right, other)) == []


def test_contents_that_name_the_tables_in_one_line() -> None:
    listed = ACCOUNTS[ACCOUNTS.index("第二部分 2022年度部门决算表\n一、") : ACCOUNTS.index("第三部分")]
    names = listed.split("\n")[1:-1]
    line = "第二部分 2022年度部门决算表：" + "、".join(name.partition("、")[2] for name in names) + "\n"
    text = ACCOUNTS.replace(listed, line).replace("目录", "## 目　录")

    assert told(text) == []
    assert [code for code, _ in told(text.replace(ACCOUNTS[START:END], ""))] == ["text.table_missing"]


THREE = """
“三公”经费支出决算表
单位：万元

| 项目 | 预算数 | 决算数 |
|---|---|---|
| 合计 | {} | |
| 公务接待费 | {} | |

第三部分 2022年度部门决算情况说明

“三公”经费支出年初预算为{}万元，支出决算为0.00万元。"""


@pytest.mark.parametrize(
    ("cells", "told_budget", "codes"),
    [
        ("", "1.20", ["text.empty_table"]),
        ("1.20", "1.20", []),
        ("", "0.00", []),
    ],
)
def test_an_empty_table_beside_amounts_of_the_text(cells: str, told_budget: str, codes: list[str]) -> None:
    head, _, tail = ACCOUNTS.rpartition("第三部分 2022年度部门决算情况说明\n")
    text = head + THREE.format(cells, cells, told_budget) + tail
    findings = audit(read_text(text, "accounts.md", load())).findings

    assert [finding.code for finding in findings if finding.code == "text.empty_table"] == codes


def test_where_most_tables_are_elsewhere_none_is_missed() -> None:
    without = ACCOUNTS.replace(
        ACCOUNTS[START : ACCOUNTS.index("第三部分 2022年度部门决算情况说明\n\n一")], ""
    )

    assert [code for code, _ in told(without)] == []


def test_a_report_of_another_form_may_name_other_years() -> None:
    report = "某县2022年决算工作报告\n\n第二部分 2021年度部门预算说明\n\n全县收入支出总计12亿元。\n"

    assert told(report) == []
