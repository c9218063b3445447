"""Units: what converts, what an auditor takes as one, and where a unit ends."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.knowledge import Knowledge
from extractor.units import factor


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("条", "条", "1"),
        ("期", "次", "1"),
        ("期/次", "次", "1"),
        ("篇", "条", "1"),
        ("件", "份", "1"),
        ("件", "宗", "1"),
        ("件", "条", "1"),
        ("场", "次", "1"),
        ("班", "期", "1"),
        ("个", "处", "1"),
        ("个", "项", "1"),
        ("工作日", "个工作日", "1"),
        ("立方", "立方米", "1"),
        ("微克每立方米", "微克/立方米", "1"),
        ("GB", "MB", "1000"),
        ("吉焦", "兆焦", "1000"),
        ("人", "名", "1"),
        ("台(套)", "台", "1"),
        ("件(条)", "条", "1"),
        ("万元", "元", "10000"),
        ("元", "万元", "0.0001"),
        ("亿元", "万元", "10000"),
        ("万亿元", "亿元", "10000"),
        ("公里", "米", "1000"),
        ("吨", "公斤", "1000"),
        ("兆瓦", "千瓦", "1000"),
        ("", "件", "1"),
        ("件", "", "1"),
        ("某", "某", "1"),
    ],
)
def test_comparable(a: str, b: str, expected: str, knowledge: Knowledge) -> None:
    assert factor(a, b, knowledge.language.units) == Decimal(expected)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("人", "人次"),
        ("条", "次"),
        ("%", "个百分点"),
        ("元", "美元"),
        ("件", "元"),
        ("某", "条"),
        ("亩", "平方米"),
        ("条", "起"),
        ("条", "份"),
        ("处", "家"),
        ("项", "家"),
        ("大项", "小项"),
        ("大类", "小类"),
        ("批次", "次"),
        ("轮", "次"),
        ("期", "篇"),
        ("期", "份"),
        ("户", "户次"),
        ("通", "人次"),
        ("件", "项"),
        ("册", "件"),
        ("台", "次"),
    ],
)
def test_not_comparable(a: str, b: str, knowledge: Knowledge) -> None:
    assert factor(a, b, knowledge.language.units) is None


def test_one_is_symmetric_and_scales_invert(knowledge: Knowledge) -> None:
    units = knowledge.language.units
    for a in units.by_id:
        for b in units.by_id:
            forth, back = factor(a, b, units), factor(b, a, units)
            assert (forth is None) == (back is None), (a, b)
            if forth is not None and back is not None:
                assert abs(forth * back - 1) < Decimal("1e-20"), (a, b)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("条信息", "条"),
        ("人次", "人次"),
        ("件次", "件次"),
        ("个百分点", "个百分点"),
        ("个工作日", "个工作日"),
        ("万元", "万元"),
        ("千瓦时", "千瓦时"),
        ("km长", "km"),
        ("期/次", "期/次"),
    ],
)
def test_longest_unit(text: str, unit: str, knowledge: Knowledge) -> None:
    found = knowledge.language.units.find(text, 0)
    assert found is not None
    assert text[: found[1]] == unit


@pytest.mark.parametrize("text", ["条例", "人大代表", "名称", "部门户网", "km2x", "天津", "处理", "通过", ""])
def test_no_unit_inside_another_word(text: str, knowledge: Knowledge) -> None:
    found = knowledge.language.units.find(text, 0)
    assert found is None or found[0].id in ("部门",)


def test_no_unit_shadows_another(knowledge: Knowledge) -> None:
    """A guard character must not keep a longer unit from being read (条 before 次 is 条次)."""
    units = knowledge.language.units
    for form in units.forms:
        found = units.find(form, 0)
        assert found is not None, form
        assert found[1] == len(form), form


def test_money_is_rounded_and_counts_are_whole(knowledge: Knowledge) -> None:
    for unit in knowledge.language.units.by_id.values():
        if unit.kind == "money":
            assert not unit.whole
        if unit.kind in ("person", "event", "item", "case", "body", "thing"):
            assert unit.whole


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("名医护人员", "名"),
        ("次区级调度会", "次"),
        ("起重大案件", "起"),
        ("支队伍", "支"),
        ("家电商企业", "家"),
        ("项目标任务", "项"),
        ("处以上", "处"),
    ],
)
def test_a_word_of_its_own_stands_behind_a_unit(text: str, unit: str, knowledge: Knowledge) -> None:
    found = knowledge.language.units.find(text, 0)
    assert found is not None
    assert (found[0].id, found[1]) == (unit, 1)


@pytest.mark.parametrize("text", ["名单公布", "次年开工", "起诉", "支出总额", "家庭农场", "所以"])
def test_the_head_of_another_word_is_no_unit(text: str, knowledge: Knowledge) -> None:
    assert knowledge.language.units.find(text, 0) is None
