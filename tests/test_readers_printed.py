"""Tables as a page prints them: columns set by blanks, cells blank or broken over lines, tables broken over pages."""

from __future__ import annotations

import pytest

from extractor import readers
from extractor.data import Table
from extractor.knowledge import Knowledge

PROSE = "本年度收支情况见下表，数字均为万元，与上年口径一致，未作调整。\n\n"


def _tables(text: str, knowledge: Knowledge) -> tuple[Table, ...]:
    return readers.read_bytes((PROSE + text).encode(), "printed.txt", knowledge).tables


def _grid(table: Table) -> list[list[str]]:
    grid = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row_end):
            for column in range(cell.column, cell.column_end):
                grid[row][column] = cell.text
    return grid


def _set(*lines: dict[int, str]) -> str:
    """Returns lines with their fields where they begin, a character a column, as `pdftotext -layout` prints."""
    out = []
    for fields in lines:
        line = ""
        for at, text in fields.items():
            line = line.ljust(at) + text
        out.append(line)
    return "\n".join(out) + "\n"


MATRIX = _set(
    {0: "（第一项加第二项之和等于第三", 28: "申请人情况"},
    {2: "项与第四项之和）", 24: "自然", 30: "单位", 36: "总计"},
    {24: "人"},
    {0: "一、本年收到的公开申请", 24: "31", 31: "9", 36: "40"},
    {0: "二、上年转来的公开申请", 25: "2", 31: "0", 37: "2"},
    {0: "三、", 4: "（一）同意公开", 24: "18", 31: "4", 36: "22"},
    {0: "本年", 4: "（二）部分公开，能分开的", 25: "3", 31: "1", 37: "4"},
    {0: "办理", 4: "只计这一项"},
    {0: "结果", 4: "（三）", 9: "1.涉及国家秘", 25: "1", 31: "0", 37: "1"},
    {4: "不同意", 9: "密"},
    {4: "公开", 9: "2.涉及商业秘", 25: "2", 31: "0", 37: "2"},
    {9: "密"},
    {4: "（四）总计", 24: "24", 31: "5", 36: "29"},
    {0: "四、转到下一年度办理", 25: "9", 31: "4", 36: "13"},
)


def test_labels_over_several_lines_and_several_columns_are_put_together(knowledge: Knowledge) -> None:
    (table,) = _tables(MATRIX, knowledge)
    grid = _grid(table)
    assert [row[-3:] for row in grid if row[-1].isdigit()] == [
        ["31", "9", "40"], ["2", "0", "2"], ["18", "4", "22"], ["3", "1", "4"], ["1", "0", "1"], ["2", "0", "2"],
        ["24", "5", "29"], ["9", "4", "13"],
    ]  # fmt: skip
    labels = [row[2] for row in grid if row[-1].isdigit()]
    assert labels == [
        "一、本年收到的公开申请", "二、上年转来的公开申请", "（一）同意公开", "（二）部分公开，能分开的只计这一项",
        "1.涉及国家秘密", "2.涉及商业秘密", "（四）总计", "四、转到下一年度办理",
    ]  # fmt: skip
    assert {row[0] for row in grid[-6:-1]} == {"三、本年办理结果"}
    assert ["自然人", "单位", "总计"] in [row[-3:] for row in grid]


def test_a_header_of_several_lines_over_one_line_of_numbers_is_a_table(knowledge: Knowledge) -> None:
    text = """
        行政复议                        行政诉讼
结果  结果  其他  尚未  总计   直接起诉             复议后起诉
维持  纠正  结果  审结       结果   结果   总计      结果   结果   总计
                            维持   纠正            维持   纠正
 6    1    0    2    9     3     0     3       1     1     2
"""
    (table,) = _tables(text, knowledge)
    grid = _grid(table)
    assert grid[-1] == ["6", "1", "0", "2", "9", "3", "0", "3", "1", "1", "2"]
    assert grid[2][:2] == ["结果维持", "结果纠正"]


def test_blank_cells_stay_in_their_columns(knowledge: Knowledge) -> None:
    text = """
科目编码  科目名称        合计  基本支出  项目支出
          合计          912.40    640.10    272.30
205       教育支出      640.10    640.10
20502     普通教育      640.10    640.10
229       其他支出      272.30              272.30
"""
    (table,) = _tables(text, knowledge)
    assert _grid(table)[1:] == [
        ["", "合计", "912.40", "640.10", "272.30"],
        ["205", "教育支出", "640.10", "640.10", ""],
        ["20502", "普通教育", "640.10", "640.10", ""],
        ["229", "其他支出", "272.30", "", "272.30"],
    ]


def test_two_sides_with_broken_labels_and_blank_amounts(knowledge: Knowledge) -> None:
    text = """
收入                                支出
项目                        决算数  项目                  决算数
一、一般公共预算财政拨款    815.20  一、公共安全支出
收入
二、上级补助收入              0.00  二、教育支出          760.15
三、其他收入                 12.50  三、卫生健康支出       67.55
本年收入合计                827.70  本年支出合计          827.70
"""
    (table,) = _tables(text, knowledge)
    assert _grid(table)[2:] == [
        ["一、一般公共预算财政拨款收入", "815.20", "一、公共安全支出", ""],
        ["二、上级补助收入", "0.00", "二、教育支出", "760.15"],
        ["三、其他收入", "12.50", "三、卫生健康支出", "67.55"],
        ["本年收入合计", "827.70", "本年支出合计", "827.70"],
    ]


def test_numbers_broken_over_lines_are_put_together(knowledge: Knowledge) -> None:
    text = """
科目名称      本年收入合计  财政拨款收入
合计          158,814,353.  30,519,364.5
                        48             0
教育支出         86,400.00     86,400.00
卫生支出      158,727,953.  30,432,964.5
                        48             0
"""
    (table,) = _tables(text, knowledge)
    assert _grid(table)[1:] == [
        ["合计", "158,814,353.48", "30,519,364.50"],
        ["教育支出", "86,400.00", "86,400.00"],
        ["卫生支出", "158,727,953.48", "30,432,964.50"],
    ]


@pytest.mark.parametrize("header", ["", "项目          预算数  决算数\n"])
def test_a_table_goes_on_behind_the_end_of_a_page(knowledge: Knowledge, header: str) -> None:
    text = f"""
项目          预算数  决算数
人员经费      310.00  305.20
公用经费       88.00

                 - 12 -
某单位决算公开

{header}项目支出      120.00  118.40
合计          518.00  423.60
"""
    (table,) = _tables(text, knowledge)
    assert _grid(table) == [
        ["项目", "预算数", "决算数"], ["人员经费", "310.00", "305.20"], ["公用经费", "88.00", ""],
        ["项目支出", "120.00", "118.40"], ["合计", "518.00", "423.60"],
    ]  # fmt: skip


def test_quotes_may_print_wide_or_narrow(knowledge: Knowledge) -> None:
    text = """
项目                上年数  本年数
“三公”经费合计      12.40   11.20
会议费               3.10
培训费               2.00    1.80
"""
    (table,) = _tables(text, knowledge)
    assert _grid(table)[2] == ["会议费", "3.10", ""]
    assert _grid(table)[1] == ["“三公”经费合计", "12.40", "11.20"]


@pytest.mark.parametrize(
    "text",
    [
        # tables one below the other with their own headers have no columns in common
        "信息内容  制发数  废止数\n规章    2    0\n文件    46    23\n信息内容    决定数\n许可       18\n处罚       5\n",
        # what hangs below a short label is another row
        "项目        数量  金额\n办公费        12  3.10\n其中\n水费           4  1.20\n电费           8  1.90\n",
        # a contents
        "第一部分  概况  3\n一、职责  3\n二、机构设置  4\n第二部分  预算表  6\n",
    ],
)
def test_what_is_not_surely_one_label_is_not_put_together(knowledge: Knowledge, text: str) -> None:
    for table in _tables(text, knowledge):
        joined = {"文件信息内容", "办公费其中", "其中水费", "一、职责二、机构设置"}
        assert joined.isdisjoint(cell.text for cell in table.cells)
