"""What of a label a text has to say: columns, leads and tails that tell a row from no other go without saying."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.align.reader import Reader
from extractor.align.telling import Told, telling
from extractor.audit import audit
from extractor.data import CellState, Figure, Severity
from extractor.knowledge import load
from extractor.readers import read_text
from extractor.units import factor


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load().linking.gazetteer)


def cell(name: str, row: str, column: str = "", number: int = 0, caption: str = "") -> Figure:
    return Figure(
        id=name, table="T1", row=number, column=0, address="", row_label=row, column_label=column, row_path=(),
        column_path=(), indicator=None, group=caption, value=None, state=CellState.BLANK, text="", unit="", start=0,
        end=0,
    )  # fmt: skip


def test_a_tail_that_tells_no_row_goes_without_saying(reader: Reader) -> None:
    told = telling(
        [cell("a", "卫生健康支出"), cell("b", "住院量", number=1), cell("c", "平均住院日", number=2)], reader
    )
    assert [told[name].row for name in "abc"] == ["卫生健康", "住院", "住院日"]


def test_a_tail_that_tells_two_rows_apart_is_kept(reader: Reader) -> None:
    told = telling([cell("a", "财政拨款收入"), cell("b", "财政拨款支出", number=1)], reader)
    assert [told[name].row for name in "ab"] == ["财政拨款收入", "财政拨款支出"]


def test_a_word_that_names_nothing_keeps_its_tail(reader: Reader) -> None:
    assert telling([cell("a", "其他收入")], reader)["a"] == Told("其他收入", "")


def test_the_only_column_of_a_row_says_nothing(reader: Reader) -> None:
    alone = telling([cell("a", "公务接待费", "2025年预算数")], reader)
    assert alone["a"] == Told("公务接待费", "")
    two = telling([cell("a", "公务接待费", "预算数"), cell("b", "公务接待费", "决算数")], reader)
    assert [two[name].column for name in "ab"] == ["预算", "决算"]


@pytest.mark.parametrize(
    ("caption", "row"),
    [
        ("“三公”经费支出决算表（单位：万元）", "三公经费"),
        ("附表：收支总表、“三公”经费表", "合计"),
        ("", "合计"),
    ],
)
def test_the_one_row_of_totals_is_told_by_the_caption(caption: str, row: str, reader: Reader) -> None:
    figures = [cell("a", "公务接待费", "决算数", caption=caption), cell("b", "合计", "决算数", 1, caption)]
    assert telling(figures, reader)["b"].row == row


def test_rates_are_told_from_rates_only(reader: Reader) -> None:
    labels = ("2023年决算数（亿元）", "为预算数的%", "比上年增减%")
    told = telling([cell(label, "税收收入", label) for label in labels], reader)
    assert [told[label].column for label in labels] == ["", "", ""]


def test_two_rows_of_totals_are_told_by_nothing(reader: Reader) -> None:
    total = cell("a", "合计", caption="“三公”经费支出决算表")
    told = telling([total, replace(total, id="b", row=3)], reader)
    assert told["a"].row == told["b"].row == "合计"


def test_a_unit_of_a_table_that_holds_its_scale_compares_with_the_plain_one() -> None:
    units = load().language.units
    assert factor("人次", "万人次", units) == 1 / factor("万人次", "人次", units)  # type: ignore[operator]
    assert factor("人次", "万人次", units) is not None
    assert factor("件", "万人次", units) is None
    assert factor("件", "无此单位", units) is None


PERMITS = (
    "清河县2023年行政执法情况年度报告\n\n一、执法情况\n\n{text}\n\n二、行政执法情况统计表\n\n单位：件\n\n"
    "单位名称 | 许可决定 || 处罚决定 |  |\n"
    " | 2022年 | 2023年 | 2022年 | 2023年 |\n"
    "城管局 | 603 | 598 | 1714 | 1314 |\n"
    "交通运输局 | 1403 | 1177 | 545 | 548 |\n"
    "总计 | 2006 | 1775 | 2259 | 1862 |\n"
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("城管局598件许可决定、1314件处罚决定，均已公示。", 0),
        ("城管局作出许可决定598件、处罚决定1314件。", 0),
        ("作出处罚决定1862件，其中城管局1314件，交通运输局548件。", 0),
        ("作出处罚决定1826件。", 1),
    ],
)
def test_the_total_does_not_answer_for_one_that_a_row_names(text: str, wrong: int) -> None:
    knowledge = load()
    result = audit(read_text(PERMITS.format(text=text), "执法.txt", knowledge), knowledge)
    assert len([found for found in result.findings if found.severity is not Severity.INFO]) == wrong
