"""What is not certain calls no auditor: each leg of a finding weak in turn, on reports that agree with themselves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from linking import claim, figure, reading

from extractor.align import align, load_model
from extractor.audit import audit
from extractor.checks import tie_out
from extractor.data import Claim, Finding, Interval, Period, Reading, Report, Severity, Verdict
from extractor.knowledge import Knowledge
from extractor.readers import read_text
from extractor.tables import read_figures

LOUD = frozenset({Severity.ERROR, Severity.REVIEW})
SECTION = ("政府信息依申请公开情况",)
TABLE = reading(
    figure("applications.received", "37"),
    figure("outcome.granted", "24"),
    figure("reconsideration.total", "11"),
    template="ogi-2014",
)


def judged(knowledge: Knowledge, *claims: Claim, table: Reading = TABLE) -> list[tuple[str, Severity]]:
    """Returns code and severity of each finding on the last of `claims`, whose verdicts are all given."""
    links = align(claims, table, knowledge, load_model())
    _, findings = tie_out(claims, links, table, knowledge)
    return [(found.code, found.severity) for found in findings if found.claims[0] == claims[-1].id]


def report(text: str, knowledge: Knowledge) -> Report:
    return read_text(text, "测试.txt", knowledge)


def loud(text: str, knowledge: Knowledge) -> list[Finding]:
    title = "清河市2024年政府信息公开工作年度报告\n\n一、总体情况\n\n"
    findings = audit(report(title + text, knowledge), knowledge).findings
    return [found for found in findings if found.severity in LOUD]


# ---------------------------------------------------------------- text against table


def test_a_named_row_that_differs_calls_the_auditor(knowledge: Knowledge) -> None:
    assert judged(knowledge, claim("收到政府信息公开申请", "38", section=SECTION)) == [
        ("tieout.mismatch", Severity.ERROR)
    ]


@pytest.mark.parametrize(
    "found",
    [
        claim("部门收到政府信息公开申请", "21", section=SECTION),
        claim("未收到政府信息公开申请", "4", section=SECTION),
        claim("未同意公开", "20", section=SECTION),
    ],
    ids=["some of the bodies", "what did not come", "what was not done"],
)
def test_a_weak_reading_is_a_note(found: Claim, knowledge: Knowledge) -> None:
    assert judged(knowledge, found) == [("tieout.mismatch", Severity.INFO)]


@pytest.mark.parametrize(
    "found",
    [
        claim("日均收到政府信息公开申请", "3", section=SECTION),
        replace(claim("收到申请、答复申请", "38", section=SECTION), list_kind="respectively"),
        claim("未收到书面补正的政府信息公开申请", "4", section=SECTION),
    ],
    ids=["an average", "names not told apart", "some of what did not come"],
)
def test_what_the_row_does_not_count_is_not_held_against_it(found: Claim, knowledge: Knowledge) -> None:
    assert judged(knowledge, found) == []


def test_a_row_that_another_number_of_the_sentence_agrees_with_is_not_told_twice(
    knowledge: Knowledge,
) -> None:
    first = claim("予以公开", "24", name="c1", section=SECTION)
    second = claim("予以公开", "77", name="c2", section=SECTION)
    assert judged(knowledge, first, second) == []


def test_the_verdict_stays_and_the_finding_says_which_leg_is_weak(knowledge: Knowledge) -> None:
    claims = (
        claim("予以公开", "24", name="c1", section=SECTION),
        claim("2009年予以公开", "77", name="c2", section=SECTION),
    )
    links = align(claims, TABLE, knowledge, load_model())
    verdicts, findings = tie_out(claims[1:], links[1:], TABLE, knowledge)
    assert verdicts["c2"] is Verdict.MISMATCH
    assert [found.params["weak_reading"] for found in findings] == ["2009年予以公开"]


def test_the_end_of_the_year_beside_the_number_of_the_year_is_another_column(knowledge: Knowledge) -> None:
    table = reading(
        replace(figure("regulations@disclosed", "2"), row=3, column=2),
        replace(figure("regulations@in_force", "11"), row=3, column=3),
        template="ogi-2019",
    )
    found = replace(claim("公开规章", "11"), period=Period("as_of", 2020, (12, 12), "截至2020年底"))
    assert judged(knowledge, found, table=table) == []
    other = replace(found, value=Decimal(9), interval=Interval(Decimal(9), Decimal(9)))
    assert judged(knowledge, other, table=table) == [("tieout.mismatch", Severity.INFO)]


def test_several_years_may_hold_more_than_one(knowledge: Knowledge) -> None:
    found = replace(
        claim("收到政府信息公开申请", "99", section=SECTION), period=Period("span", None, None, "三年")
    )
    assert judged(knowledge, found) == [("tieout.scope", Severity.INFO)]


def test_a_rival_that_agrees_may_be_what_is_meant(knowledge: Knowledge) -> None:
    table = "单位名称\t许可决定\t处罚决定\n市场监管局\t811\t691\n住建局\t777\t869\n"
    text = "2024年，市场监管局办理691件，住建局办理777件。\n\n行政执法情况统计表\n\n" + table
    assert loud(text, knowledge) == []


# ---------------------------------------------------------------- tables of years


def test_of_columns_of_years_the_reports_own_counts(knowledge: Knowledge) -> None:
    text = (
        "清河市2024年行政执法情况年度报告\n\n一、执法情况\n\n"
        "2024年，作出许可决定1588件，作出处罚决定1560件。\n\n二、统计表\n\n"
        "单位名称 | 许可决定 | | 处罚决定 | |\n"
        " | 2023年 | 2024年 | 2023年 | 2024年 |\n"
        "市场监管局 | 809 | 811 | 549 | 691 |\n"
        "住建局 | 958 | 777 | 866 | 869 |\n"
        "总计 | 1767 | 1588 | 1415 | 1560 |\n"
    )
    result = audit(report(text, knowledge), knowledge)
    periods = {(cell.column_path[0], cell.column_path[-1]): cell.period for cell in result.reading.figures}
    assert periods == {
        ("许可决定", "2023年"): "last_year",
        ("许可决定", "2024年"): "",
        ("处罚决定", "2023年"): "last_year",
        ("处罚决定", "2024年"): "",
    }
    assert [found for found in result.findings if found.severity in LOUD] == []


def test_a_numbered_heading_without_numbers_is_no_row(knowledge: Knowledge) -> None:
    text = "项目 | 单位 | 2024年 |\n一、按性质 | | |\n咨询 | 件 | 27 |\n求助 | 件 | 18 |\n"
    figures = read_figures(report(text, knowledge), knowledge).figures
    assert [cell.row_label for cell in figures] == ["咨询", "求助"]


def test_a_unit_over_a_column_goes_before_that_of_the_row(knowledge: Knowledge) -> None:
    text = "指标 | 单位 | 2024年 | 增长（%） |\n持证人数 | 人 | 284 | 1.8 |\n新办证 | 人 | 31 | 2.0 |\n"
    figures = read_figures(report(text, knowledge), knowledge).figures
    assert [cell.unit for cell in figures] == ["人", "%", "人", "%"]


# ---------------------------------------------------------------- the text against itself

CONSISTENT = {
    "a topic names the total, not the last part": (
        "办结申请90件，其中按时办结84件、延期办结6件。办结的申请中，予以公开40件，不予公开50件。"
    ),
    "another kind between the parts": (
        "回应公众关切784次，包括：举办新闻发布会330次，在线访谈203次，发布解读稿件1064篇，微博微信回应122次，"
        "以其他方式回应129次。"
    ),
    "或 inside a name": "收到申请838件，其中自然人申请、法人或其他组织申请分别580件、258件。",
    "和 inside a name": "处罚3222件，其中住建局、文化和旅游局、交通运输局分别为602件、893件、1727件。",
    "an average is no whole": "发布信息12730条，月均1061条；其中动态类7944条、公告类2318条。",
    "a semicolon ends what the locative opened": "微博11个中有4个三个月未更新；查阅点21个，有的常年锁门。",
    "a total in brackets is no part": "新任人员76人，占总人数的36.9%（工作人员共206人）。",
    "the text says that parts overlap": (
        "接待3600人次，其中现场查阅2400人次、电话咨询1900人次（部分群众既电话咨询又到现场）。"
    ),
    "a fraction is no part": "合计延期20件，占8.7%（20/229）。",
    "a rate that counts more than its name": "收到建议86条，采纳52条，部分采纳20条，采纳率（含部分采纳）83.7%。",
    "all finished, or within their time": "收到申请236件，已全部办结或在法定期限内办理，结转下年4件。",
    "a kind behind a semicolon": (
        "新收申请里，企业8件，科研机构2件，律师事务所3件；涉及环评文件的15件，全部同意提供。"
    ),
    "whose rate it is": "收到留言412条，办结409条，办结率99.3%，其中转办部门268条，部门办结率98.9%。",
    "since another year": "2024年全市主动公开信息2764条。若从2008年5月算起，已累计主动公开信息6938条。",
    "two years": "2023年收到申请210件，2024年收到申请236件，其中当面100件、传真6件、网络110件、信函20件。",
}


@pytest.mark.parametrize("text", CONSISTENT.values(), ids=CONSISTENT.keys())
def test_a_text_that_agrees_with_itself_calls_nobody(text: str, knowledge: Knowledge) -> None:
    assert loud(text, knowledge) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("办结申请90件，其中按时办结84件、延期办结16件。", "text.parts_exceed"),
        ("不予公开35件，其中国家秘密53件。", "text.parts_exceed"),
        ("公开预决算197条（政府32条、部门155条）。", "text.parts"),
        ("收到建议86条，采纳52条，采纳率83.7%。", "text.rate"),
    ],
)
def test_a_slip_where_every_leg_is_sound_is_still_found(text: str, code: str, knowledge: Knowledge) -> None:
    assert [found.code for found in loud(text, knowledge)] == [code]


def test_lines_broken_at_any_width_are_read_as_one(knowledge: Knowledge) -> None:
    text = (
        "全年收到申请95件，上年结转3件，合计需要办\n理的申请98件。共办结95件，包括同意公开3件，不予\n"
        "公开32件，无法提供40件，其他处理20件。结\n转下年度办理3件，已在期限内办\n理。\n"
    )
    assert loud(text, knowledge) == []
