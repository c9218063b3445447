"""Whose report a document is: names taken apart, titles, sentences, file names, manifests."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.data import Report
from extractor.identity import Hints, identify, name_of
from extractor.knowledge import load

KNOWLEDGE = load()


def report(text: str, source: str = "x.txt") -> Report:
    return Report(source=source, sha256="", text=text)


@pytest.mark.parametrize(
    ("written", "body", "level", "parent"),
    [
        ("澜溪市", "澜溪市", "city", ""),
        ("澜溪市人民政府", "澜溪市", "city", ""),
        ("澜溪市商务局", "澜溪市商务局", "organ", "澜溪市"),
        ("澜溪市城市管理局", "澜溪市城市管理局", "organ", "澜溪市"),
        ("澜溪市鹭汀区人民政府", "澜溪市鹭汀区", "county", "澜溪市"),
        ("澜溪市鹭汀区人民政府办公室", "澜溪市鹭汀区人民政府办公室", "organ", "澜溪市鹭汀区"),
        ("云岭省澜溪市霁川县石磴镇人民政府", "云岭省澜溪市霁川县石磴镇", "township", "云岭省澜溪市霁川县"),
        ("澜溪市晴洲市", "澜溪市晴洲市", "county", "澜溪市"),
        ("新溪州市", "新溪州市", "city", ""),
        ("澜乡市桐镇市场监督管理所", "澜乡市桐镇市场监督管理所", "organ", "澜乡市桐镇"),
        ("红旗镇人民政府", "红旗镇", "township", ""),
        ("海屿综合实验区管委会", "海屿综合实验区", "county", ""),
        ("中共澜溪市委统战部", "中共澜溪市委统战部", "organ", "澜溪市"),
        ("中国人民银行澜溪市中心支行", "中国人民银行澜溪市中心支行", "organ", "澜溪市"),
        ("澜溪市统筹城乡发展局", "澜溪市统筹城乡发展局", "organ", "澜溪市"),
        ("国家税务总局澜溪市税务局", "国家税务总局澜溪市税务局", "organ", "澜溪市"),
        ("中华人民共和国鹤屿海关", "中华人民共和国鹤屿海关", "organ", ""),
        ("上海市", "上海市", "province", ""),
        ("和平区", "和平区", "county", ""),
    ],
)
def test_names_are_taken_apart(written: str, body: str, level: str, parent: str) -> None:
    name = name_of(written, KNOWLEDGE.bodies)
    assert name is not None
    assert (name.body, name.level, name.parent) == (body, level, parent)


@pytest.mark.parametrize(
    "written", ["我局", "各县区", "全市", "有关部门", "本机关", "", "公开工作", "国务院办公厅"]
)
def test_words_that_name_no_body(written: str) -> None:
    assert name_of(written, KNOWLEDGE.bodies) is None


@pytest.mark.parametrize(
    ("text", "body", "year"),
    [
        ("澜溪市人民政府2015年政府信息公开工作年度报告\n根据条例编制。", "澜溪市", 2015),
        ("澜溪市人民政府\n2023 年政府信息公开工作年度报告\n正文", "澜溪市", 2023),
        ("2019年澜溪市商务局政府信息公开工作年度报告\n正文", "澜溪市商务局", 2019),
        ("2019年澜溪市人民政府信息公开工作年度报告\n正文", "澜溪市", 2019),
        ("澜溪市政府信息公开工作年度报告(2014年度)\n正文", "澜溪市", 2014),
        ("关于澜溪市2014年政府信息公开工作情况的报告\n正文", "澜溪市", 2014),
        ("澜溪市二○一四年政府信息公开工作年度报告\n正文", "澜溪市", 2014),
        ("首页 政务公开 年报 霁川县2021年度政府信息公开工作年度报告 来源", "霁川县", 2021),
        ("澜溪市\n商务局2022年法治政府建设情况的报告", "澜溪市商务局", 2022),
        ("西城区人民政府2022年政府信息公开工作年度报告", "西城区", 2022),
        ("澜溪大学2021-2022学年信息公开工作年度报告", "澜溪大学", 2022),
        ("澜溪市商务局关于2022年度法治政府建设情况的报告", "澜溪市商务局", 2022),
        ("澜溪市商务局（本级）2022年部门决算公开", "澜溪市商务局", 2022),
        ("鹭汀区教育局政府信息公开2016年度报告", "鹭汀区教育局", 2016),
        ("鹭汀区民政局\n政府信息公开工作年度报告\n（2022年度）", "鹭汀区民政局", 2022),
        ("兰塘街道2017年行政执法情况年度报告\n本报告由街道办公室编制。", "兰塘街道", 2017),
        ("澜溪市財政局2024年度部門決算", "澜溪市财政局", 2024),
    ],
)
def test_titles(text: str, body: str, year: int) -> None:
    identity = identify(report(text), None, KNOWLEDGE)
    assert (identity.body, identity.year) == (body, year)
    assert identity.confidence == Decimal("0.95")


def test_the_evidence_stands_where_it_says() -> None:
    text = "标题：霁川县2021年政府信息公开工作年度报告\n正文"
    identity = identify(report(text), None, KNOWLEDGE)
    spans = {item.field: text[item.start : item.end] for item in identity.evidence if item.source == "title"}
    assert spans == {"title": "霁川县2021年政府信息公开工作年度报告", "body": "霁川县", "year": "2021"}
    assert {item.place for item in identity.evidence if item.source == "title"} == {"L1"}


def test_a_notice_that_is_quoted_is_no_title() -> None:
    text = "根据《云岭省人民政府办公厅关于2014年政府信息公开工作年度报告有关事项的通知》,我局编制本报告。"
    assert identify(report(text), None, KNOWLEDGE).body == ""


def test_the_region_above_is_read_from_running_text() -> None:
    text = "鹭汀区2019年政府信息公开工作年度报告\n本报告由澜溪市鹭汀区人民政府办公室编制。"
    identity = identify(report(text), None, KNOWLEDGE)
    assert (identity.body, identity.parent, identity.level) == ("澜溪市鹭汀区", "澜溪市", "county")


def test_a_sentence_names_the_body_where_no_title_does() -> None:
    text = "2019年政府信息公开工作年度报告\n本报告由鹭汀区人民政府办公室编制,统计期限为2019年。"
    identity = identify(report(text), None, KNOWLEDGE)
    assert (identity.body, identity.year) == ("鹭汀区", 2019)
    assert identity.confidence == Decimal("0.75")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("澜溪市2024年环境状况公报\n正文", "澜溪市"),
        ("澜溪市教育局2023年法治政府建设情况\n正文", "澜溪市教育局"),
        ("关于澜溪市2023年预算执行情况和2024年预算草案的报告\n正文", "澜溪市"),
        ("2024年度澜溪市交通运输局部门决算\n正文", "澜溪市交通运输局"),
        ("政务服务运行情况通报\n2024年，收到来电310件。\n全市2024年收到来信12件。", ""),
    ],
)
def test_a_title_of_no_known_form_names_the_body_beside_the_year(text: str, body: str) -> None:
    identity = identify(report(text), None, KNOWLEDGE)
    assert identity.body == body
    assert identity.confidence < Decimal("0.95")


def test_a_line_that_is_a_name_names_the_body() -> None:
    text = "政府信息公开工作年度报告（2022）\n鹭汀区发展和改革局\n一、总体情况\n工作机构\n"
    identity = identify(report(text), None, KNOWLEDGE)
    assert (identity.body, identity.year, identity.confidence) == (
        "鹭汀区发展和改革局",
        2022,
        Decimal("0.75"),
    )


def test_the_file_name_is_read_where_the_text_says_nothing() -> None:
    identity = identify(report("一、概述", "a.zip!2018/桐泽市环境保护局2018年年报.docx"), None, KNOWLEDGE)
    assert (identity.body, identity.year, identity.parent) == ("桐泽市环境保护局", 2018, "桐泽市")
    assert identity.confidence == Decimal("0.6")


def test_the_text_is_the_last_resort() -> None:
    text = "2016年,霁川县政府网站发布信息。2016年度,“霁川县人民政府”公众号推送信息。"
    identity = identify(report(text), None, KNOWLEDGE)
    assert (identity.body, identity.year) == ("霁川县", 2016)
    assert identity.confidence == Decimal("0.4")


def test_a_manifest_knows_best_and_a_title_that_differs_takes_off_confidence() -> None:
    text = "霁川县2020年政府信息公开工作年度报告"
    hints = Hints(body="霁川县人民政府", year=2021, parent="澜溪市")
    identity = identify(report(text), hints, KNOWLEDGE)
    assert (identity.body, identity.year, identity.parent) == ("澜溪市霁川县", 2021, "澜溪市")
    assert identity.confidence == Decimal("0.7")


def test_nothing_said_is_nothing_known() -> None:
    identity = identify(report("一、概述\n认真贯彻条例。"), None, KNOWLEDGE)
    assert (identity.body, identity.level, identity.confidence) == ("", "", Decimal(0))
    assert identity.year is None
    assert identity.evidence == ()
