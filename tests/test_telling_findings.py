"""What a finding says, in the words a reader sees: units of its own numbers, and whose number it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.audit import audit
from extractor.knowledge import Knowledge
from extractor.readers import read_text
from extractor.writers.evidence import evidence_of
from extractor.writers.messages import message
from extractor.writers.words import Words

_FORMS = Path(__file__).parent / "cases" / "quiet"
_YUAN = """清河市林业局2024年部门预算

一、预算情况

{text}

表1 支出预算表（单位：元）

项目 | 合计 | 基本支出 | 项目支出 |
支出预算 | 37250610 | 21765610 | 15485000 |
"""


def said(form: str, sentence: str, knowledge: Knowledge) -> list[str]:
    text = _YUAN if form == "yuan" else (_FORMS / f"{form}.txt").read_text(encoding="utf-8")
    result = audit(read_text(text.replace("{text}", sentence), "测试.txt", knowledge), knowledge)
    words = Words(knowledge, "zh")
    evidence = evidence_of(result, words)
    return [message(found, evidence, words).text for found in result.findings]


@pytest.mark.parametrize(
    ("form", "sentence", "words"),
    [
        ("yuan", "项目支出预算1584.50万元。", "相差360000元"),  # from the cell, in its unit
        ("2021", "新收申请96件，全部依法按期办结，办结率100%。", "办结率100%），但仍有结转下年度的申请7"),
        ("2021", "新收申请96件，全部依法按期办结，办结率100%。", "见统计表 "),
        (
            "prose",
            "下设单位5家，分别是公路中心、港航中心、质监站、信息站。",
            "正文称5家，而逐一列出的为4家。",
        ),
        ("2021", "区住建局新收申请22件。", "正文此数属“区住建局”。"),
        ("2021", "上半年新收申请41件。", "正文此数的时段为“上半年”。"),
    ],
)
def test_a_finding_says_its_numbers_in_their_units(
    form: str, sentence: str, words: str, knowledge: Knowledge
) -> None:
    assert any(words in text for text in said(form, sentence, knowledge))


def passages(sentence: str, knowledge: Knowledge) -> list[str]:
    """The passages that show all claims of a report that opens with a title."""
    result = audit(read_text(f"清河市林业局2024年部门决算\n\n{sentence}\n", "测试.txt", knowledge), knowledge)
    evidence = evidence_of(result, Words(knowledge, "zh"))
    return ["".join(mark.text for mark in passage.marks) for passage in evidence.passages(result.claims)]


def test_a_bare_sentence_is_shown_with_what_it_is_about(knowledge: Knowledge) -> None:
    text = "行政运行（项）。主要用于机关的基本支出。年初预算为60.5万元，支出决算为51.2万元。"
    assert passages(text, knowledge) == [f"清河市林业局2024年部门决算{text}"]


def test_a_sentence_that_names_its_matter_is_shown_alone(knowledge: Knowledge) -> None:
    text = "主要用于机关的基本支出。行政运行的年初预算为60.5万元，支出决算为51.2万元。"
    assert passages(text, knowledge) == [text.partition("。")[2]]
