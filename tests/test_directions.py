"""Which of two told numbers is the greater, and changes told in the next sentence: invented sentences."""

from __future__ import annotations

import pytest

from extractor.audit import audit
from extractor.data import Finding
from extractor.knowledge import load
from extractor.readers import read_text


def _found(text: str) -> list[Finding]:
    report = read_text(f"某局工作情况\n\n{text}\n", "report.txt", load())
    return [finding for finding in audit(report).findings if finding.code.startswith("text.")]


DIFFERS = [
    ("年初预算为320.5万元，支出决算为298.1万元。决算数大于预算数的主要原因是人员变动。", "决算数大于预算数"),
    ("年初预算为20.5万元，支出决算为28.1万元，决算数小于预算数的主要原因是追加经费。", "决算数小于预算数"),
    ("年初预算为62.4万元，支出决算为60.1万元。决算数等于预算数。", "决算数等于预算数"),
    ("年初预算为62.4万元，支出决算为30.1万元。决算数与预算数基本持平。", "决算数与预算数基本持平"),
    (
        "支出决算为28.1万元，年初预算为20.5万元，完成年初预算的137.07%。支出决算数低于年初预算数。",
        "支出决算数低于年初预算数",
    ),
    ("机关运行经费支出45.2万元，比上年增加3.2万元，下降7.62%。", "增加…下降"),
    ("年初预算为62.4万元，支出决算为60.1万元。决算数与预算数持平。", "决算数与预算数持平"),
    ("印刷费支出8.2万元，比上年的9.5万元增加1.3万元。", "增加"),
    ("年初预算安排54.00万元，实际支出47.10万元，决算数大于预算数，因检查减少。", "决算数大于预算数"),
    ("办理建议12件，较上年15件有所增加。", "增加"),
]
SILENT = [
    "年初预算为320.5万元，支出决算为298.1万元。决算数小于预算数的主要原因是人员变动。",
    "年初预算为10万元，支出决算为10万元。决算数与预算数持平。",
    "年初预算为160.2万元，支出决算为160.05万元。决算数与预算数基本持平。",
    # rounding may hide which is the greater
    "年初预算为10.00万元，支出决算为10.00万元。决算数大于预算数的主要原因是尾数差异。",
    # which of several numbers is meant is open
    "甲项年初预算为30万元，支出决算为20万元；乙项年初预算为10万元，支出决算为15万元。决算数大于预算数的主要原因是追加。",
    # no number is near, or it is of another item
    "年初预算为30万元，支出决算为20万元。全年工作平稳。另行说明。决算数大于预算数时应当说明。",
    "决算数大于预算数的，应当说明原因。",
    # others are compared
    "年初预算为30万元，支出决算为20万元。支出数大于收入数的部分由结余弥补。",
    "年初预算为30万元，调整预算为15万元，支出决算为20万元。决算数大于调整预算数。",
    "办理建议12件，较上年15件有所减少。",
    # an average told between the two
    "全年接听电话4820次，日均13次，较2022年的4510次增长6.9%。",
    "机关运行经费支出45.2万元，比上年增加3.2万元，增长7.62%。",
    "年初预算为62.4万元，支出决算为61.9万元。决算数与预算数持平。",
    "印刷费支出8.2万元，比上年的9.5万元减少1.3万元。",
]


@pytest.mark.parametrize(("text", "said"), DIFFERS)
def test_a_direction_against_its_numbers_is_found(text: str, said: str) -> None:
    (finding,) = _found(text)
    assert (finding.code, finding.params["said"]) == ("text.direction", said)


@pytest.mark.parametrize("text", SILENT)
def test_a_direction_that_holds_or_is_open_is_not_said(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年度收入支出总计480.25万元。与2023年度相比，收入支出总计减少19.75万元，下降4.95%。", "3.95"),
        (
            "2024年度支出合计110.00万元，其中：基本支出80.00万元。与上年相比，支出合计增加10.00万元，增长12%。",
            "10",
        ),
        ("年初预算为200万元，支出决算为190万元，完成年初预算的98%。", "95"),
    ],
)
def test_a_rate_told_apart_from_its_level_is_worked_out(text: str, expected: str) -> None:
    (finding,) = _found(text)
    assert (finding.code, str(finding.expected)) == ("text.rate", expected)


@pytest.mark.parametrize(
    "text",
    [
        "2024年度收入支出总计480.25万元。与2023年度相比，收入支出总计减少19.75万元，下降3.95%。",
        # another thing than the sentence before tells of, or two that it may be
        "2024年度收入支出总计480.25万元。与2023年度相比，培训费用减少2万元，下降20%。",
        "基本支出80万元，项目支出20万元。与上年相比增加10万元，增长12%。",
        "年初预算为200万元，支出决算为190万元，完成年初预算的95.00%。",
        "年初预算为0万元，支出决算为0万元，完成年初预算的0%。",
    ],
)
def test_a_rate_that_holds_or_is_open_is_not_said(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "formula", "expected"),
    [
        # the number they lead to is another: which of them is wrong is not said
        ("培训费支出84.50万元，比上年的76.20万元增加8.30万元，增长18.9%。", "{2} / {1}", "10.89"),
        ("培训费支出85.40万元，比上年的76.20万元增加8.30万元，增长10.89%。", "({0} - {1}) / {1}", "12.07"),
        (
            "收、支总计均为640.30万元。与上年的600.10万元相比，收、支总计各增加42.00万元，增长7.00%。",
            "({0} - {1}) / {1}",
            "6.7",
        ),
        ("培训费支出84.50万元，比2022年的76.20万元增加8.80万元。", "{0} - {1}", "8.3"),
        # the number they lead to stands elsewhere
        ("公务接待费比2020年的12.00万元减少0.40万元，下降5.3%。", "{1} / {0}", "3.33"),
        ("全年支出合计988.00万元，上年为900.00万元，增加88.00万元，增幅8.79%。", "{1} / {0}", "9.78"),
    ],
)
def test_a_change_beside_the_number_it_starts_from_is_worked_out(
    text: str, formula: str, expected: str
) -> None:
    (found,) = _found(text)
    ids = found.claims if found.formula.count("c") > 1 else ()
    assert (found.code, str(found.expected)) == ("text.rate", expected)
    assert len(ids) == 3
    assert found.formula.partition(" = ")[2].count("/") == formula.count("/")


@pytest.mark.parametrize(
    "text",
    [
        "培训费支出84.50万元，比上年的76.20万元增加8.30万元，增长10.9%。",
        "2021年培训费支出84.50万元，占12.1%，比2020年的76.20万元增加8.30万元，增长10.89%。",
        "收、支总计均为642.10万元。与上年的600.10万元相比，收、支总计各增加42.00万元，增长7.00%。",
        # rounding of three numbers
        "培训费支出84.51万元，比上年的76.20万元增加8.30万元，增长10.89%。",
        "全年支出合计988.00万元，上年为900.00万元，增加88.00万元，增幅9.78%。",
        # another number before it fits
        "收支总额652.10万元，其中本年642.10万元。与上年600.10万元相比，增加42.00万元，增长7.00%。",
        # another thing, a budget, or one of two
        "培训费支出84.50万元。与上年会议费600.10万元相比，会议费增加42.00万元，增长7.00%。",
        "年初预算30.00万元，比上年决算12.00万元减少0.40万元，下降3.3%。",
        "培训费84.50万元，会议费20.10万元。与上年90.20万元相比，增加9.00万元。",
    ],
)
def test_a_change_that_holds_or_is_open_is_not_said(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "政府采购支出总额91.20万元，其中：货物支出40.10万元，工程支出11.10万元，服务支出30.00万元。",
            ["text.parts"],
        ),
        ("政府采购支出总额81.20万元，其中：货物支出40.10万元，工程支出11.10万元，服务支出30.00万元。", []),
        ("政府采购支出总额91.20万元，其中：货物支出40.10万元，服务支出30.00万元。", []),
        ("共有车辆7辆，其中：机要通信用车2辆，应急保障用车3辆，其他用车1辆。", ["text.parts"]),
        # what is left is no part of the number before it
        ("农林水支出63.10万元，占6.91%；其余是卫生支出和住房支出，分别为22.30万元、38.10万元。", []),
        ("共有车辆6辆，其中：机要通信用车2辆，应急保障用车3辆，其他用车1辆。", []),
    ],
)
def test_kinds_that_the_law_or_the_form_exhausts_add_up(text: str, codes: list[str]) -> None:
    assert [found.code for found in _found(text)] == codes


_ACCOUNTS = "2024年度部门决算\n\n一、2024年度部门决算表\n\n二、2024年度部门决算情况说明\n\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (_ACCOUNTS + "截至2023年12月31日，本单位共有车辆3辆。", ["text.year"]),
        (_ACCOUNTS + "截至2024年12月31日，本单位共有车辆3辆。", []),
        (_ACCOUNTS + "截至2023年12月31日，本单位共有车辆3辆，与上年末相同。", []),
        ("2024年度部门预算\n\n截至2023年12月31日，本单位共有车辆3辆。", []),
    ],
)
def test_a_day_of_the_year_before_is_a_note(text: str, codes: list[str]) -> None:
    assert [finding.code for finding in _found(text)] == codes
