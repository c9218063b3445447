"""The fold, sections and sentences."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.data import Folded, Region, Report
from extractor.knowledge import Knowledge
from extractor.readers import read_text
from extractor.text import fold, sections, sentences
from extractor.widths import fold_widths


def report_of(text: str) -> Report:
    """A report that is all narrative."""
    return Report("r", "", text, regions=(Region(0, len(text), "narrative"),))


def folded(text: str) -> str:
    return fold(report_of(text)).text


def outline(text: str, knowledge: Knowledge) -> list[tuple[int, str]]:
    return [(section.level, section.title) for section in sections(fold(report_of(text)), knowledge)]


def split(text: str, knowledge: Knowledge) -> list[str]:
    result = fold(report_of(text))
    return [result.text[s.start : s.end] for s in sentences(result, sections(result, knowledge))]


# ---------------------------------------------------------------- fold


def test_the_marks_of_markdown_are_no_text(knowledge: Knowledge) -> None:
    report = read_text(
        "# 某局2020年报告\n\n## 二、主动公开\n\n- 公开信息**12**件。\n", "m", knowledge, "markdown"
    )
    result = fold(report)
    assert result.text == "某局2020年报告\n二、主动公开\n公开信息12件。"
    at = result.text.index("12")
    assert report.text[slice(*result.span(at, at + 2))] == "12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到１２３件，占４５．８８％（其中：网上８件）", "收到123件,占45.88%(其中:网上8件)"),
        ("“三公”、③5件。二○一三年〔2014〕", "“三公”、③5件。二○一三年〔2014〕"),
        ("2024 年 1 月 1 日，5500 余条", "2024年1月1日,5500余条"),
        ("共\u00a03\u3000件", "共3件"),
        ("1 129 236 万元", "1129236万元"),
        ("第3 15件", "第3 15件"),
        ("2014 2015 2016", "2014 2015 2016"),
        ("收到 3, 400件", "收到3, 400件"),
        ("APP store 可下载", "APP store可下载"),
        ("公\u200b开", "公开"),
        ("政zhèng府", "政府"),
        ("行政覆議決定書", "行政覆议决定书"),
        ("2\x004件", "2\ufffd4件"),
        ("甲。\r\n乙", "甲。\n乙"),
        ("甲。　　乙", "甲。\n乙"),
        ("⼀、概述", "一、概述"),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert folded(text) == expected


WRAPPED = (
    "一、总体情况\n"
    "某市科委二〇二四年深入贯彻条例和本市规定，认真落实市委、\n"
    "市政府关于政务公开工作的各项部署，全年收到申请 12 月\n"
    "31 日前的共 34 件，不断提升政务服务水平，为科创中心建设\n"
    "和科技创新事业发展营造良好环境，累计观看量三千零三十八次，\n"
    "网址为 https 开头。\n"
    "二、工作机制\n"
    "市科委设立政务公开工作协调小组，统筹协调信息公开工作部门\n"
    "共同协作推进和落实政务公开任务。\n"
)


def test_hard_wrapped_lines_are_joined_and_headings_kept() -> None:
    lines = folded(WRAPPED).split("\n")
    assert [line[:6] for line in lines] == ["一、总体情况", "某市科委二〇", "二、工作机制", "市科委设立政"]
    assert "市委、市政府" in lines[1]
    assert "12月31日前的共34件" in lines[1]
    assert lines[3].endswith("工作部门共同协作推进和落实政务公开任务。")


def test_a_page_mark_does_not_cut_a_wrapped_sentence(knowledge: Knowledge) -> None:
    head, tail = WRAPPED.split("31 日前", 1)
    result = fold(read_text(f"{head}\n- 2 -\n31 日前{tail}", "r", knowledge))
    assert "12月31日前" in result.text
    at = result.text.index("12月31日")
    start, end = result.span(at, at + len("12月31日"))
    assert (start, end) == (head.index("12 月"), len(head) + len("\n- 2 -\n31 日"))


def test_paragraphs_of_ordinary_text_stay_apart() -> None:
    text = "第一段没有句号\n第二段也没有" + "很长" * 80 + "\n第三段"
    assert folded(text).count("\n") == 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("收到申请102件（传\n真申请25件，网络申请77件）。", 1),
        ("收到申请102件（\n传真申请25件，网络申请77件）。", 1),
        ("收到申请102件（传真\n\n网络申请77件）。", 2),
        ("收到申请（含传真\n（一）网络申请", 2),
    ],
)
def test_a_bracket_that_closes_on_the_next_line_makes_both_one(text: str, lines: int) -> None:
    assert len(folded(text).split("\n")) == lines


CHARACTERS = st.sampled_from("一二（）()、。，,；;“”《》 　\n\t0123４件申请第条年\u200bAbﬁ頁é%％.")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(CHARACTERS | st.characters(exclude_categories=["Cs"]), max_size=120), st.data())
def test_every_folded_span_stands_in_the_original(
    knowledge: Knowledge, text: str, data: st.DataObject
) -> None:
    result = fold(report_of(text))
    assert len(result.starts) == len(result.text) + 1
    assert list(result.starts) == sorted(result.starts)
    start = data.draw(st.integers(0, len(result.text)))
    end = data.draw(st.integers(start, len(result.text)))
    left, right = result.span(start, end)
    assert 0 <= left <= right <= len(text)
    original = iter(fold_widths(text[left:right]))
    assert all(char in original for char in result.text[start:end] if not char.isspace())
    tree = sections(result, knowledge)
    for section in tree:
        assert 0 <= section.start < section.end <= len(result.text)
        assert section.path[-1] == section.title
    last = 0
    for sentence in sentences(result, tree):
        assert last <= sentence.start < sentence.end
        assert not result.text[last : sentence.start].strip()
        assert -1 <= sentence.section < len(tree)
        last = sentence.end
    assert not result.text[last:].strip()


def test_widths_change_no_length() -> None:
    text = "".join(map(chr, range(0x20, 0xFFFF)))
    assert len(fold_widths(text)) == len(text)


def test_an_empty_narrative_folds_to_nothing() -> None:
    assert fold(Report("r", "", "表", regions=(Region(0, 1, "table"),))) == Folded("", (0,))


# ---------------------------------------------------------------- sections


def test_headings_on_lines_of_their_own(knowledge: Knowledge) -> None:
    text = (
        "一、概述\n总的说来。\n（一）主动公开\n公开3条。\n1.门户网站\n发布2条。\n（二）其他\n没有。\n"
        "二、问题\n尚有不足。"
    )
    result = fold(report_of(text))
    tree = sections(result, knowledge)
    assert [(s.level, s.title) for s in tree] == [
        (1, "一、概述"),
        (2, "(一)主动公开"),
        (3, "1.门户网站"),
        (2, "(二)其他"),
        (1, "二、问题"),
    ]
    assert tree[2].path == ("一、概述", "(一)主动公开", "1.门户网站")
    assert result.text[tree[1].start : tree[1].end] == "(一)主动公开\n公开3条。\n1.门户网站\n发布2条。\n"
    assert tree[0].end == tree[4].start


def test_headings_before_their_text_on_one_line(knowledge: Knowledge) -> None:
    text = "六、安排\n(一)加大公开力度。逐步扩大范围。\n(二)推进公开透明。坚持依法行使权力。"
    assert outline(text, knowledge) == [(1, "六、安排"), (2, "(一)加大公开力度"), (2, "(二)推进公开透明")]


def test_headings_inside_a_line(knowledge: Knowledge) -> None:
    text = (
        "某区2016年度报告 本报告共三个部分。一、 概述2016年，我区认真落实，持续推进政府信息公开工作深入开展。"
        "（一）组织机构方面我区成立了领导小组。（二）平台建设方面 开设专栏3个。二、主动公开政府信息情况"
        "（一）主动公开政府信息的数量各单位公开425条。三、主要问题和改进措施仍有不足。"
    )
    assert outline(text, knowledge) == [
        (1, "一、概述"),
        (2, "(一)组织机构方面"),
        (2, "(二)平台建设方面"),
        (1, "二、主动公开政府信息情况"),
        (2, "(一)主动公开政府信息的数量"),
        (1, "三、主要问题和改进措施"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "依照第二十条第（一）项的规定公开。",
        "推进一、二、三产业融合发展。",
        "增长1.5个百分点,共3.门户。",
        "答复(含上年结转(1)件)均已办结。",
    ],
)
def test_what_is_no_heading(text: str, knowledge: Knowledge) -> None:
    assert outline(text, knowledge) == []


# ---------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到3件。答复2件！好吗？", ["收到3件。", "答复2件!", "好吗?"]),
        ("公开3条；其中网站2条；公报1条。", ["公开3条;", "其中网站2条;", "公报1条。"]),
        ("印发《甲。乙》(含丙；丁)3份。", ["印发《甲。乙》(含丙;丁)3份。"]),
        ("他说：“全部办结。”共3件。", ["他说:“全部办结。”", "共3件。"]),
        ("占45.88%,为1.2万条。", ["占45.88%,为1.2万条。"]),
        ("标题\n正文3件", ["标题", "正文3件"]),
        ("见 http://a.cn/x?y=1 页。", ["见http://a.cn/x?y=1页。"]),
        ("（未关上的括号。第二句。", ["(未关上的括号。", "第二句。"]),
    ],
)
def test_sentences(text: str, expected: list[str], knowledge: Knowledge) -> None:
    assert split(text, knowledge) == expected


def test_a_heading_with_a_known_end_is_a_sentence_of_its_own(knowledge: Knowledge) -> None:
    text = "前言到此为止。一、总体情况2020年公开政府信息260条。"
    assert split(text, knowledge) == ["前言到此为止。", "一、总体情况", "2020年公开政府信息260条。"]


def test_sentences_know_their_section(knowledge: Knowledge) -> None:
    result = fold(report_of("前言。\n一、概述\n甲。\n二、情况\n乙。"))
    found = sentences(result, sections(result, knowledge))
    assert [sentence.section for sentence in found] == [-1, 0, 0, 1, 1]
