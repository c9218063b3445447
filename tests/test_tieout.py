from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from linking import claim, figure, reading

from extractor.align import align, load_model
from extractor.checks import tie_out
from extractor.data import CellState, Claim, Finding, Period, Reading, Relation, Severity, Verdict
from extractor.knowledge import Knowledge

SECTION = ("政府信息依申请公开情况",)
TABLE = reading(
    figure("applications.received", "37"),
    figure("applications.extended", None),
    figure("reconsideration.total", None, state=CellState.SLASH),
    figure("channel.website", "4100", "条"),
    figure("funds.total", "136.22", "万元"),
    figure("meetings.total", "9", "次"),
    template="ogi-2014",
)


def judge(
    found: Claim, knowledge: Knowledge, table: Reading = TABLE, others: tuple[Claim, ...] = ()
) -> tuple[Verdict, list[Finding]]:
    claims = [found, *others]
    links = align(claims, table, knowledge, load_model())
    verdicts, findings = tie_out(claims, links, table, knowledge)
    return verdicts[found.id], [finding for finding in findings if finding.claims[0] == found.id]


def received(value: str | None = "37", **more: object) -> Claim:
    return claim("收到政府信息公开申请", value, section=SECTION, **more)  # type: ignore[arg-type]


def test_equal_counts_match_silently(knowledge: Knowledge) -> None:
    assert judge(received(), knowledge) == (Verdict.MATCH, [])


@pytest.mark.parametrize("value", ["36", "38", "73", "370"])
def test_counts_have_no_tolerance(value: str, knowledge: Knowledge) -> None:
    verdict, findings = judge(received(value), knowledge)
    assert verdict is Verdict.MISMATCH
    assert [finding.code for finding in findings] == ["tieout.mismatch"]
    assert findings[0].severity is Severity.ERROR
    assert findings[0].figures == ("applications.received",)
    assert (findings[0].expected, findings[0].actual) == (Decimal(37), Decimal(value))
    assert findings[0].difference == Decimal(value) - 37


def test_a_bound_that_holds_is_an_approximate_match(knowledge: Knowledge) -> None:
    found = received("30", interval=("30", "39"), hedge="余")
    assert judge(found, knowledge) == (Verdict.APPROXIMATE, [])


def test_a_bound_that_fails_is_worth_confirming(knowledge: Knowledge) -> None:
    verdict, findings = judge(received("40", interval=("40", "49"), hedge="余"), knowledge)
    assert verdict is Verdict.MISMATCH
    assert findings[0].severity is Severity.REVIEW


def test_money_compares_by_scale_and_by_what_the_digits_stand_for(knowledge: Knowledge) -> None:
    exact = claim("投入政府信息公开经费", "136.22", "万元")
    rounded = claim("投入政府信息公开经费", "136.2", "万元", interval=("136.15", "136.25"))
    assert judge(exact, knowledge)[0] is Verdict.MATCH
    assert judge(rounded, knowledge)[0] is Verdict.APPROXIMATE


def test_a_slip_of_ten_thousand_is_a_finding_and_no_match(knowledge: Knowledge) -> None:
    verdict, findings = judge(claim("投入政府信息公开经费", "136.22", "元"), knowledge)
    assert verdict is Verdict.MISMATCH
    assert [(finding.code, finding.params["factor"]) for finding in findings] == [("tieout.magnitude", 10000)]


@pytest.mark.parametrize(
    ("found", "severity"),
    [
        (claim("延期答复", "2", context=("办结申请",), section=SECTION), Severity.REVIEW),
        (claim("行政复议", "0"), Severity.INFO),
        (claim("行政复议", "3"), Severity.REVIEW),
    ],
)
def test_blank_and_slash_are_no_zero(found: Claim, severity: Severity, knowledge: Knowledge) -> None:
    verdict, findings = judge(found, knowledge)
    assert verdict is Verdict.EMPTY
    assert [(finding.code, finding.severity) for finding in findings] == [("tieout.empty", severity)]


def test_scope_comes_before_the_value(knowledge: Knowledge) -> None:
    body = received("12", scope="body")
    whole = claim("行政复议", "0", name="c2", scope="whole")
    verdict, findings = judge(body, knowledge, others=(whole,))
    assert verdict is Verdict.SCOPE
    assert [(finding.code, finding.severity) for finding in findings] == [("tieout.scope", Severity.INFO)]


def test_what_no_row_counts_does_not_make_the_table_one_of_the_whole(knowledge: Knowledge) -> None:
    whole = claim("评选先进集体", "3", "个", name="c2", scope="whole")
    assert judge(received("12", scope="body"), knowledge, others=(whole,))[0] is Verdict.MISMATCH


def test_a_part_above_its_whole_is_worth_a_look(knowledge: Knowledge) -> None:
    found = received("50", scope="subordinate", scope_text="各乡镇")
    verdict, findings = judge(found, knowledge)
    assert verdict is Verdict.SCOPE
    assert findings[0].severity is Severity.REVIEW


def test_a_part_below_its_whole_is_a_note(knowledge: Knowledge) -> None:
    found = received("12", scope="subordinate", scope_text="各乡镇")
    verdict, findings = judge(found, knowledge)
    assert (verdict, [finding.severity for finding in findings]) == (Verdict.SCOPE, [Severity.INFO])


@pytest.mark.parametrize(
    ("caption", "verdict"), [("市级收支决算简表", Verdict.SCOPE), ("收支决算简表", Verdict.MISMATCH)]
)
def test_all_there_is_beside_a_table_of_one_level(
    caption: str, verdict: Verdict, knowledge: Knowledge
) -> None:
    cell = replace(
        figure(None, "57.63", "亿元", name="r", label="一般公共预算收入", column="决算数"), group=caption
    )
    found = claim("一般公共预算收入", "148.92", "亿元", scope="whole", scope_text="全市")
    link = align([found], reading(cell), knowledge, load_model())
    verdicts, findings = tie_out([found], link, reading(cell), knowledge)
    assert verdicts["c1"] is verdict
    loud = [finding for finding in findings if finding.severity is not Severity.INFO]
    assert bool(loud) is (verdict is Verdict.MISMATCH)


def test_in_a_report_of_one_body_the_body_is_the_whole(knowledge: Knowledge) -> None:
    assert judge(received("12", scope="body"), knowledge)[0] is Verdict.MISMATCH


def test_another_scope_with_the_same_value_is_a_match(knowledge: Knowledge) -> None:
    whole = claim("评选先进集体", "3", "个", name="c2", scope="whole")
    assert judge(received("37", scope="body"), knowledge, others=(whole,)) == (Verdict.MATCH, [])


@pytest.mark.parametrize(
    ("period", "verdict"),
    [
        (Period("year", 2014), Verdict.MISMATCH),
        (Period("as_of", 2014, (12, 12)), Verdict.MISMATCH),
        (Period("as_of", None, None, "截至目前"), Verdict.SCOPE),
        (Period("as_of", 2014, (9, 9)), Verdict.SCOPE),
        (Period("part", 2014, (1, 3)), Verdict.SCOPE),
        (Period("cumulative"), Verdict.SCOPE),
        (Period("last_year"), Verdict.UNCHECKED),
        (Period("plan"), Verdict.UNCHECKED),
    ],
)
def test_the_period_comes_before_the_value(period: Period, verdict: Verdict, knowledge: Knowledge) -> None:
    assert judge(received("12", period=period), knowledge)[0] is verdict


def test_no_row_and_no_comparison_are_two_verdicts(knowledge: Knowledge) -> None:
    assert judge(claim("评选先进集体", "3", "个"), knowledge) == (Verdict.ABSENT, [])
    assert judge(claim("办结率", "100", "%", relation=Relation.RATE), knowledge) == (Verdict.UNCHECKED, [])


def test_a_cell_read_in_doubt_settles_nothing(knowledge: Knowledge) -> None:
    table = reading(figure("applications.received", "37", doubt="split"), template="ogi-2014")
    verdict, findings = judge(received("12"), knowledge, table)
    assert verdict is Verdict.DOUBTFUL
    assert findings[0].code == "tieout.doubtful"
    assert judge(received("37"), knowledge, table) == (Verdict.MATCH, [])


def test_all_levels_against_the_website_is_worth_confirming(knowledge: Knowledge) -> None:
    found = claim("各级政府网站发布信息", "3000", "条", section=("主动公开政府信息情况",))
    verdict, findings = judge(found, knowledge)
    assert verdict is Verdict.MISMATCH
    assert findings[0].severity is Severity.REVIEW


def test_near_ties_are_shown_and_not_judged(knowledge: Knowledge) -> None:
    table = reading(
        figure(None, "10", "万元", name="F1", label="公务接待费"),
        figure(None, "12", "万元", name="F2", label="公务接待费"),
    )
    verdict, findings = judge(claim("公务接待费", "15", "万元"), knowledge, table)
    assert verdict is Verdict.AMBIGUOUS
    assert findings[0].figures == ("F1", "F2")
    assert findings[0].severity is Severity.REVIEW


def test_a_sum_over_a_blank_total_is_worth_confirming(knowledge: Knowledge) -> None:
    table = reading(
        figure("outcome.granted@total", None),
        figure("outcome.granted@natural_person", "7"),
        figure("outcome.granted@business", "2"),
        template="ogi-2021",
    )
    found = claim("予以公开", "7", context=("答复",), section=SECTION)
    verdict, findings = judge(found, knowledge, table)
    assert verdict is Verdict.MISMATCH
    assert (findings[0].expected, findings[0].severity) == (Decimal(9), Severity.REVIEW)


def open_table(first: str, second: str) -> Reading:
    return reading(
        figure(None, first, "万元", name="F1", label="住房保障支出"),
        figure(None, second, "万元", name="F2", label="住房保障支出"),
        template="",
    )


@pytest.mark.parametrize(
    ("value", "first", "second", "verdict", "codes"),
    [
        ("445.69", "445.69", "445.69", Verdict.MATCH, []),
        ("445.69", "445.69", "445.68", Verdict.MATCH, []),
        ("445.68", "445.69", "445.68", Verdict.MATCH, []),
        ("445.70", "445.69", "445.68", Verdict.AMBIGUOUS, ["tieout.ambiguous"]),
        ("12", "12", "13", Verdict.AMBIGUOUS, []),
    ],
)
def test_one_row_in_two_tables_matches_where_the_number_tells_which_is_meant(
    value: str, first: str, second: str, verdict: Verdict, codes: list[str], knowledge: Knowledge
) -> None:
    found = claim("住房保障支出", value, "万元")
    got, findings = judge(found, knowledge, open_table(first, second))
    assert got is verdict
    assert [finding.code for finding in findings] == codes


@pytest.mark.parametrize(
    ("value", "kind", "verdict"),
    [
        ("1516", "cumulative", Verdict.MATCH),
        ("1500", "cumulative", Verdict.MISMATCH),
        ("425", "year", Verdict.MATCH),
        ("1516", "year", Verdict.MISMATCH),
    ],
)
def test_a_cumulative_claim_is_compared_with_the_cumulative_column(
    value: str, kind: str, verdict: Verdict, knowledge: Knowledge
) -> None:
    over_years = replace(figure("disclosed.total@cumulative", "1516", "条"), period="cumulative")
    table = reading(figure("disclosed.total", "425", "条"), over_years, template="older-local")
    found = claim("主动公开政府信息", value, "条", period=Period(kind))
    assert judge(found, knowledge, table)[0] is verdict


@pytest.mark.parametrize(
    ("other", "value", "codes"),
    [
        ("12", "0", []),
        ("0", "0", ["tieout.empty"]),
        ("12", "3", ["tieout.empty"]),
    ],
)
def test_a_zero_beside_a_blank_says_nothing_where_the_table_leaves_its_zeros_blank(
    other: str, value: str, codes: list[str], knowledge: Knowledge
) -> None:
    table = reading(
        figure(None, None, "万元", name="F1", label="住房保障支出"),
        figure(None, other, "万元", name="F2", label="教育支出"),
        template="",
    )
    verdict, findings = judge(claim("住房保障支出", value, "万元"), knowledge, table)
    assert verdict is Verdict.EMPTY
    assert [finding.code for finding in findings] == codes
