from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractor.errors import KnowledgeError
from extractor.knowledge import Knowledge
from extractor.knowledge.periods import read_periods
from extractor.knowledge.source import Section, root
from extractor.periods import Timeline, report_year
from extractor.readers import read
from extractor.text import fold

LANGUAGE = Path(__file__).parents[1] / "corpora" / "language" / "reports"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("某市2014年政府信息公开工作年度报告\n2015年将抓好工作。2015年再上台阶。", 2014),
        ("2016年公开信息3条。2016年收到申请2件。2017年将继续。", 2016),
        ("没有年份。", None),
        ("2021年要抓三件事。2021年再加力。2020年工作回顾\n一年来办成5件。", 2020),
        ("政府工作报告\n(2022年1月15日在甘棠县第九届代表大会第二次会议上)\n2022年工作安排。", 2021),
        ("与2018年相比,与2018年同期相比;2019年公开3条。", 2019),
    ],
)
def test_report_year(text: str, year: int | None, knowledge: Knowledge) -> None:
    assert report_year(text, knowledge.discourse.periods.report) == year


@pytest.mark.parametrize(
    ("text", "kind", "year", "months"),
    [
        ("2020年公开信息5条", "year", 2020, None),
        ("2019年公开信息5条", "last_year", 2019, None),
        ("上年公开信息5条", "last_year", 2019, None),
        ("上年结转申请5件", "last_year", 2019, None),
        ("与2019年相比公开5条", "unstated", None, None),
        ("2020年6月发放5份", "part", 2020, (6, 6)),
        ("2020年1-12月公开5条", "year", 2020, None),
        ("上半年公开5条", "part", 2020, None),
        ("截至2020年12月31日,平台发布5条", "as_of", 2020, (12, 12)),
        ("截至目前发布5条", "as_of", None, None),
        ("自2008年以来公开5条", "cumulative", 2020, None),
        ("2008年1月至2010年5月底公开5条", "span", 2008, None),
        ("2020年1月1日至2020年12月31日公开5条", "year", 2020, None),
        ("全年公开5条", "year", 2020, None),
        ("公开5条", "unstated", None, None),
    ],
)
def test_timeline(
    text: str, kind: str, year: int | None, months: tuple[int, int] | None, knowledge: Knowledge
) -> None:
    period = Timeline(text, knowledge.discourse.periods, 2020).at(0, text.rindex("5"))
    assert (period.kind, period.year, period.months) == (kind, year, months)


def test_a_period_before_the_sentence_does_not_count(knowledge: Knowledge) -> None:
    text = "2019年做了准备。公开5条"
    assert (
        Timeline(text, knowledge.discourse.periods, 2020).at(text.index("公"), text.rindex("5")).kind
        == "unstated"
    )


def test_what_a_rule_needs_stands_in_all_it_finds(knowledge: Knowledge) -> None:
    texts = [
        "“十四五”时期培训3期。",
        "“十六五”期间将培训3期。",
        "今后三年培训3期。",
        "五年来培训3期;三年间又培训2期。",
        "自2019年开通以来发布3条;《条例》施行至今发布5条;2018年起,累计发布6条;历年共计8条。",
        "自2019年3月1日算起发布3条。自《信息公开办法》颁布到2020年底发布5条。",
        "上半年发布3条,三季度发布5条,中旬发布1条,本月发布2条。",
        "2020年底共有3家,到年末5家,年底6家,12月末7家。",
        "连同上年的2万册,共计3.2万册。",
    ]
    texts += [fold(read(path, knowledge)).text for path in sorted(LANGUAGE.iterdir())]
    rules = [rule for rule in knowledge.discourse.periods.rules if rule.needs]
    for rule in rules:
        found = [text for text in texts if rule.pattern.search(text) is not None]
        assert found, rule.pattern
        assert all(any(word in text for word in rule.needs) for text in found), rule.pattern
    assert rules


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("votes = {title = 6,", "votes = {headline = 6,"),
        ("votes = {title = 6, plain = 1,", "votes = {plain = 1,"),
        ("since = ", "before = "),
        ('kind = "carried"', 'kind = "overdue"'),
    ],
)
def test_knowledge_of_times_is_checked(old: str, new: str) -> None:
    text = (root() / "discourse.toml").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    with pytest.raises(KnowledgeError):
        read_periods(Section(tomllib.loads(text.replace(old, new)), "discourse.toml"))
