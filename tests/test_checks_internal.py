"""Checks of a text against itself, over claims written into the text: [id:words] or [id<whole kind:words]."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.audit import audit as audited
from extractor.checks.internal import check_text
from extractor.checks.lists import named_items
from extractor.claims import find
from extractor.data import (
    CellState,
    Check,
    Claim,
    Figure,
    Finding,
    Interval,
    Link,
    Period,
    Reading,
    Relation,
    Scope,
    Severity,
)
from extractor.knowledge import Knowledge, load
from extractor.readers import read, read_text
from extractor.tables import read_figures
from extractor.text import fold

_MARK = re.compile(r"\[(?P<id>\w+)(?:<(?P<whole>\w+)(?: (?P<kind>\w+))?)?:(?P<words>[^\]]+)\]")
_SENTENCE = re.compile(r"[^。]*。")
_NUMBER = re.compile(r"(?P<hedge>近|约)?(?P<digits>\d+(?:\.(?P<decimals>\d+))?)(?P<unit>.*)")
_KINDS = {"%": "percent", "个百分点": "point", "万元": "money"}

Audit = Callable[..., tuple[list[Finding], list[Check]]]


def _claims(marked: str) -> tuple[str, list[Claim]]:
    text = _MARK.sub(lambda match: match["words"], marked)
    sentences = [match.span() for match in _SENTENCE.finditer(text)]
    claims, shift = [], 0
    for match in _MARK.finditer(marked):
        start = match.start() - shift
        end = start + len(match["words"])
        shift += len(match[0]) - len(match["words"])
        number = _NUMBER.fullmatch(match["words"])
        assert number is not None
        value, unit = Decimal(number["digits"]), number["unit"]
        kind = _KINDS.get(unit, "count")
        half = Decimal(0)
        if kind != "count":
            half = Decimal(1).scaleb(-len(number["decimals"] or "")) / 2
        if number["hedge"]:
            half = value / 10
        sentence = next(span for span in sentences if span[0] <= start < span[1])
        before = text[sentence[0] : start]
        claims.append(
            Claim(
                id=match["id"],
                start=start,
                end=end,
                text=match["words"],
                numbers=((start, start + len(number["digits"])),),
                value=value,
                interval=Interval(value - half, value + half),
                unit=unit,
                unit_text=unit,
                kind=kind,
                hedge=number["hedge"] or "",
                indicator=re.split(r"[,;、(:]|其中", re.sub(r"\d+\D*$", "", before) and before)[-1],
                context=(),
                verb="",
                scope=Scope(),
                period=Period(),
                relation=Relation.RATE if kind == "percent" else Relation.LEVEL,
                part_of=match["whole"],
                list_kind=match["kind"] or "",
                section=("三、依申请公开情况",),
                sentence=sentence,
                rule="test",
            )
        )
    return text, claims


@pytest.fixture
def audit(knowledge: Knowledge) -> Audit:
    def run(marked: str, *figures: Figure) -> tuple[list[Finding], list[Check]]:
        text, claims = _claims(marked)
        return check_text(claims, text, Reading(figures), knowledge)

    return run


def _carried(value: int) -> Figure:
    return Figure(
        id="F1",
        table="T1",
        row=1,
        column=1,
        address="T1!R2C2",
        row_label="四、结转下年度继续办理",
        column_label="总计",
        row_path=(),
        column_path=(),
        indicator="applications.carried_out@total",
        group="",
        value=Decimal(value),
        state=CellState.VALUE,
        text=str(value),
        unit="件",
        start=0,
        end=1,
    )


HOLDS = [
    (
        "text.parts",
        "行政审批[w:615项],其中行政许可审批[a<w qizhong:272项],非行政许可审批[b<w qizhong:343项]。",
    ),
    ("text.parts", "从事公开工作[w:950人],专职[a:35人],兼职[b:915人]。"),
    ("text.parts", "共发布[w:60条],包括公告[a<w include:20条]、人事[b<w include:40条]。"),
    ("text.parts", "共发布[w:60条](公告[a<w bracket:20条]、人事[b<w bracket:40条])。"),
    ("text.parts", "投入[w:100.5万元],包括设备[a<w include:60.2万元]、培训[b<w include:40.2万元]。"),
    ("text.parts", "共发布[w:60条]（公告[a<w bracket:20条]，\n人事[b<w bracket:40条]）。"),
    ("text.rate", "受理申请[d:24件]，已 办结[n:21件]，办结率 [r:87.5%]。"),
    ("text.rate", "应进驻项目[d:596项],实进驻[n:596项],进驻率[r:100%]。"),
    ("text.rate", "受理申请[d:24件],已办结[n:21件],办结率[r:87.5%]。"),
    ("text.rate", "受理[w:80件],其中予以公开[p<w qizhong:60件],占[r:75%]。"),
    ("text.parts", "收到申请[w:24件],当面申请[a:3件],网络申请[b:20件],信函申请[c:1件]。"),
    ("text.parts", "办理人大建议[a:50件]、政协提案[b:30件],共计[w:80件]。"),
    ("text.rate", "文件应公开[d:20件],实公开[n:18件],公开率[r:90%]。"),
    ("text.rate", "在公开的[w:200条]政府信息中,公告[a:50条],占[r:25%];人事[b:20条],占[s:10%]。"),
    ("text.rate", "共公开信息[w:200条]。其中,各部门公开[a:150条],占[r:75%]。各乡镇公开[b:50条],占[s:25%]。"),
    ("text.rate", "发布量由[a:20条]增至[b:30条],增长[r:50%]。"),
    ("text.rate", "发布量由[a:30条]降至[b:20条],下降[r:33.3%]。"),
    ("text.rate", "办结率由[a:90.1%]提高到[b:95.3%],提高[r:5.2个百分点]。"),
    ("text.rate", "收到申请[m:24件],同比增加[n:4件],增长[r:20%]。"),
    ("text.rate", "收到申请[m:16件],比上年减少[n:4件],下降[r:20%]。"),
    ("text.enumeration", "公开了“3·24”、“5·18”、“6·17”事故调查报告等[a:3起]事故信息。"),
    ("text.contradiction", "全年共收到政府信息公开申请[a:24件]。2014年,收到政府信息公开申请[b:24件]。"),
]

DIFFERS = [
    (
        "text.parts",
        "review",
        "行政审批[w:616项],其中行政许可审批[a<w qizhong:272项],非行政许可审批[b<w qizhong:343项]。",
    ),
    ("text.parts", "review", "从事公开工作[w:951人],专职[a:35人],兼职[b:915人]。"),
    ("text.parts", "review", "共发布[w:61条],包括公告[a<w include:20条]、人事[b<w include:40条]。"),
    ("text.parts", "review", "共发布[w:59条](公告[a<w bracket:20条]、人事[b<w bracket:40条])。"),
    (
        "text.parts",
        "review",
        "办结[w:50件],其中予以公开[a<w qizhong:20件],部分公开[b<w qizhong:6件],不予公开[c<w qizhong:5件],"
        "无法提供[d<w qizhong:9件],不予处理[e<w qizhong:4件],其他处理[f<w qizhong:3件]。",
    ),
    ("text.parts_exceed", "error", "受理[w:24件],其中予以公开[a<w qizhong:25件]。"),
    ("text.parts_exceed", "review", "收到[w:24件],其中网络[a<w qizhong:20件]、信函[b<w qizhong:5件]。"),
    (
        "text.parts_exceed",
        "review",
        "发布[w:260条],其中公告[a<w qizhong:120条]、人事[b<w qizhong:90条]、规划[c<w qizhong:51条]。",
    ),
    ("text.parts_exceed", "review", "收到申请[w:24件],当面申请[a:3件],网络申请[b:20件],信函申请[c:2件]。"),
    ("text.parts", "review", "办理人大建议[a:50件]、政协提案[b:30件],共计[w:82件]。"),
    ("text.rate", "review", "应进驻项目[d:596项],实进驻[n:590项],进驻率[r:100%]。"),
    ("text.rate", "review", "受理申请[d:24件],已办结[n:21件],办结率[r:88.5%]。"),
    ("text.rate", "info", "受理申请[d:3件],已办结[n:2件],办结率[r:66.6%]。"),
    ("text.rate", "review", "受理[w:80件],其中予以公开[p<w qizhong:60件],占[r:70%]。"),
    (
        "text.rate",
        "review",
        "在公开的[w:200条]政府信息中,公告[a:50条],占[r:25%];人事[b:20条],占[s:12%]。",
    ),
    (
        "text.rate",
        "review",
        "共公开信息[w:200条]。其中,各部门公开[a:150条],占[r:76%]。各乡镇公开[b:50条],占[s:25%]。",
    ),
    ("text.rate", "review", "发布量由[a:20条]增至[b:30条],增长[r:33.3%]。"),
    ("text.rate", "review", "收到申请[m:24件],同比增加[n:4件],增长[r:16.7%]。"),
    ("text.enumeration", "review", "公开了甲厂、乙矿、丙路事故调查报告等[a:2起]事故信息。"),
    (
        "text.contradiction",
        "review",
        "全年共收到政府信息公开申请[a:24件]。2014年,收到政府信息公开申请[b:25件]。",
    ),
    ("text.all_done", "review", "受理申请[a:24件],均已办结。结转下年度办理[b:2件]。"),
]

SILENT = [
    "收支总计[w:24万元],由拨款[a<w include:20万元]和结转[b<w include:4万元]组成,"
    "由人员[c<w include:15万元]和办公[d<w include:9万元]组成。",
    "公开信息[w:90条],其中政府网站[a<w qizhong:80条]、政务微博[b<w qizhong:40条]、微信公众号[c<w qizhong:30条]。",
    # a list that says it is a selection, or is one
    "共发布[w:60条],包括公告[a<w include:20条]、人事[b<w include:10条]等。",
    "共发布[w:60条],主要包括公告[a<w include:20条]、人事[b<w include:35条]。",
    "共发布[w:3437条],包括公告[a<w include:20条]、人事[b<w include:35条]。",
    "发布[w:60条],其中公告[a<w qizhong:20条]、人事[b<w qizhong:35条]。",
    "受理[w:60件](含上年结转[a<w bracket:34件],另有顺延[b<w bracket:10件])。",
    # units that do not compare
    "发布[w:60条],包括公告[a<w include:20条]、访谈[b<w include:35次]。",
    # two neighbours that are no kinds of what stands before them
    "召开会议[w:20次],线上培训企业职工[a:3次],线下培训企业职工[b:5次]。",
    # a list of kinds without a whole
    "申请中同意公开[a:9件],部分公开[b:0件],不予公开[c:10件],无法提供[d:14件]。",
    # a sum of other things than its neighbours
    "受理申请[a:20件],答复[b:18件],共计[w:50件]。",
    "接受咨询[w:5次],电话咨询企业开办事项[a:30次],现场咨询企业开办事项[b:20次]。",
    # a rate whose terms are not beside it
    "各重点领域责任单位公开率[r:100%]。",
    "受理[d:24件],办结率[r:50%]。",
    # a whole that is only supposed, and that no share confirms
    "共公开信息[w:200条]。其中,网站公开[a:120条],占[r:90%]。公报公开[b:10条],占[s:8%]。",
    # rounding is no discrepancy, and another whole may be meant
    "受理申请[d:1000件],已办结[n:999件],办结率[r:100%]。",
    "收到申请[x:120件],受理[w:80件],其中予以公开[p<w qizhong:60件],占[r:50%]。",
    "收到申请约[m:24件],同比增长[r:20%]。",
    # 等 may stand for more; a clause is no list
    "公开了甲厂、乙矿等[a:9起]事故信息。",
    "加强领导,落实责任,做好公开等[a:1项]工作。",
    # different events, and subjects that are inherited
    "组织举办[a:5次]重大项目联合审批对接协调会。组织协调会[b:3次]。",
    "县政府办收到申请[a:3件],主动公开政府信息[b:50条]。县财政局收到申请[c:2件],主动公开政府信息[d:60条]。",
    # a paragraph on several years
    "新建便民服务中心[a:24个]。\n过去五年,服务体系日益完善。新建便民服务中心[b:96个]。",
    # finished, but not all, or not of this year
    "受理申请[a:24件],除上年结转外均已办结。结转下年度办理[b:2件]。",
    "提案[a:24件]均已办结。申请结转下年度办理[b:2件]。",
]


@pytest.mark.parametrize(("code", "marked"), HOLDS)
def test_what_holds_is_tallied(code: str, marked: str, audit: Audit) -> None:
    findings, checks = audit(marked)
    assert findings == []
    assert any(check.code == code and check.holds for check in checks)


@pytest.mark.parametrize(("code", "severity", "marked"), DIFFERS)
def test_what_differs_is_found(code: str, severity: str, marked: str, audit: Audit) -> None:
    findings, checks = audit(marked)
    assert [(finding.code, finding.severity) for finding in findings] == [(code, Severity(severity))]
    assert [check.code for check in checks if not check.holds] == [code]


@pytest.mark.parametrize("marked", SILENT)
def test_what_is_uncertain_is_not_said(marked: str, audit: Audit) -> None:
    findings, _ = audit(marked)
    assert findings == []


def test_a_finding_holds_its_arithmetic(audit: Audit) -> None:
    (finding,), _ = audit("共发布[w:61条],包括公告[a<w include:20条]、人事[b<w include:40条]。")
    assert finding.claims == ("w", "a", "b")
    assert finding.formula == "w = a + b"
    assert (finding.expected, finding.actual, finding.difference) == (Decimal(60), Decimal(61), Decimal(1))


def test_a_rate_shows_what_its_terms_give(audit: Audit) -> None:
    (finding,), _ = audit("受理申请[d:24件],已办结[n:20件],办结率[r:88.5%]。")
    assert finding.formula == "r = n / d"
    assert finding.expected == Decimal("83.33")


@pytest.mark.parametrize(
    "text",
    [
        "发布[w:24条],其中图解[a<w qizhong:20条]、涉企[b<w qizhong:5条]。",
        "发布[w:260条],其中图解[a<w qizhong:120条]、涉企[b<w qizhong:90条]、涉农[c<w qizhong:90条]。",
    ],
)
def test_parts_that_may_overlap_may_come_to_more(text: str, audit: Audit) -> None:
    findings, checks = audit(text)
    assert not findings
    assert [check.holds for check in checks] == [False]


@pytest.mark.parametrize(("carried", "found"), [(0, []), (3, ["text.all_done"])])
def test_all_done_is_held_against_the_table(carried: int, found: list[str], audit: Audit) -> None:
    findings, checks = audit("全年受理申请[a:24件],均已办结。", _carried(carried))
    assert [finding.code for finding in findings] == found
    assert len([check for check in checks if check.code == "text.all_done"]) == 1


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=6), st.integers(-3, 3))
def test_a_complete_list_is_judged_by_its_sum(parts: list[int], slip: int) -> None:
    whole = sum(parts) + slip
    if whole < max(parts) or whole * 8 > sum(parts) * 10:
        return
    listed = "、".join(f"类型{index}[p{index}<w include:{part}条]" for index, part in enumerate(parts))
    text, claims = _claims(f"共发布[w:{whole}条],包括{listed}。")
    findings, _ = check_text(claims, text, Reading(()), load())
    assert [finding.difference for finding in findings] == ([Decimal(slip)] if slip else [])


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("公开了甲厂、乙矿、丙路事故等", 3),
        ("公开“甲、乙”两厂、丙矿等共", 2),
        ("落实责任,公开甲厂、乙矿等", 2),
        ("实行延伸服务、市、县联办等", 2),
        ("公开了甲厂、乙矿", 0),
        ("公开了甲厂等", 1),
    ],
)
def test_named_items(words: str, items: int, knowledge: Knowledge) -> None:
    assert named_items(words, knowledge.arithmetic.enumeration) == items


def test_the_seed_holds_together(seed_path: Path, knowledge: Knowledge) -> None:
    report = read(seed_path, knowledge)
    claims = find(report, fold(report), knowledge).claims
    findings, checks = check_text(claims, report.text, read_figures(report, knowledge), knowledge)
    values = {claim.id: claim.value for claim in claims}
    held = {(check.code, *(values[claim] for claim in check.claims)) for check in checks if check.holds}
    assert findings == []
    assert held >= {
        ("text.parts", 615, 272, 343),
        ("text.parts", 950, 35, 915),
        ("text.parts", 24, 15, 9),
        ("text.rate", 100, 596, 596),
        ("text.enumeration", 3),
    }


# ---------------------------------------------------------------- rates by their word, accounts, contradictions


def _codes(findings: list[Finding]) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.code, finding.claims) for finding in findings]


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("收集意见[c1:153条],采纳[c2:118条],采纳率[c3:77.1%]。", []),
        ("收集意见[c1:153条],采纳[c2:118条],采纳率[c3:87.1%]。", [("text.rate", ("c3", "c2", "c1"))]),
        ("抽检[c1:100批次],其中不合格[c2<c1 qizhong:3批次],合格率[c3:97.0%]。", []),
        ("制发文件[c1:31件],对外公开[c2:27件],公开比例[c3:87.1%]。", []),
        ("收到来信[c1:20封],回复率[c2:97.0%]。", []),
    ],
)
def test_a_rate_is_worked_out_from_the_number_that_tells_its_word(
    marked: str, found: list[tuple[str, tuple[str, ...]]], knowledge: Knowledge
) -> None:
    text, claims = _claims(marked)
    assert _codes(check_text(claims, text, Reading(()), knowledge)[0]) == found


@pytest.mark.parametrize(("rate", "holds"), [("8.4", True), ("9.4", False)])
def test_last_years_number_beside_tells_the_rate_of_change(
    rate: str, holds: bool, knowledge: Knowledge
) -> None:
    text, claims = _claims(f"新收申请[c1:241件],较上年[c2:263件]下降[c3:{rate}%]。")
    findings, checks = check_text(claims, text, Reading(()), knowledge)
    assert [(item.claims, item.holds) for item in checks if item.code == "text.rate"] == [
        (("c3", "c1", "c2"), holds)
    ]
    assert bool(findings) is not holds


def test_a_list_that_ends_in_the_rest_is_complete(knowledge: Knowledge) -> None:
    marked = "发布信息[c1:286条],其中机构类[c2<c1 qizhong:18条],资金类[c3<c1 qizhong:26条],其他[c4<c1 qizhong:{}条]。"
    for last, found in (("242", []), ("230", [("text.parts", ("c1", "c2", "c3", "c4"))])):
        text, claims = _claims(marked.format(last))
        assert _codes(check_text(claims, text, Reading(()), knowledge)[0]) == found


def _about(claims: list[Claim], indicators: dict[str, str]) -> list[Link]:
    return [
        Link(claim.id, (), "", Decimal(1), "missing", {"indicator": indicators[claim.id]}) for claim in claims
    ]


def test_over_sentences_a_sum_that_fails_says_nothing(knowledge: Knowledge) -> None:
    text, claims = _claims("新收申请[c1:182件]。上年结转[c2:7件]。共需办理[c3:198件]。")
    links = _about(
        claims, {"c1": "applications.new", "c2": "applications.carried_in", "c3": "applications.handled"}
    )
    assert check_text(claims, text, Reading(()), knowledge, links)[0] == []


@pytest.mark.parametrize(("total", "found"), [("189", []), ("198", [("text.parts", ("c3", "c1", "c2"))])])
def test_new_and_carried_over_are_all_there_is_to_handle(
    total: str, found: list[tuple[str, tuple[str, ...]]], knowledge: Knowledge
) -> None:
    text, claims = _claims(f"新收申请[c1:182件],上年结转[c2:7件],共需办理[c3:{total}件]。")
    links = _about(
        claims, {"c1": "applications.new", "c2": "applications.carried_in", "c3": "applications.handled"}
    )
    findings, checks = check_text(claims, text, Reading(()), knowledge, links)
    assert _codes(findings) == found
    assert [item.holds for item in checks if item.code == "text.parts"] == [not found]


def test_outcomes_that_are_not_all_told_need_not_sum(knowledge: Knowledge) -> None:
    text, claims = _claims("年内办结[c1:178件]。予以公开[c2:91件]。不予公开[c3:19件]。")
    links = _about(claims, {"c1": "applications.completed", "c2": "outcome.granted", "c3": "outcome.refused"})
    assert check_text(claims, text, Reading(()), knowledge, links)[0] == []


@pytest.mark.parametrize(
    ("marked", "indicator", "found"),
    [
        ("全年收到申请[c1:3件]。受理的申请[c2:5件]。", "applications.received", True),
        ("全年收到申请[c1:3件]。受理的申请[c2:3件]。", "applications.received", False),
        ("全年召开会议[c1:3次]。召开专题会[c2:5次]。", "meetings.total", False),
        ("全年发布解读[c1:221篇]。解读稿件累计[c2:212篇]。", "response.policy", True),
    ],
)
def test_two_numbers_of_one_indicator_contradict(
    marked: str, indicator: str, found: bool, knowledge: Knowledge
) -> None:
    text, claims = _claims(marked)
    links = _about(claims, dict.fromkeys(("c1", "c2"), indicator))
    findings = check_text(claims, text, Reading(()), knowledge, links)[0]
    assert _codes(findings) == ([("text.contradiction", ("c1", "c2"))] if found else [])


@pytest.mark.parametrize(
    ("later", "codes"),
    [
        ("平台发布的养护信息2164条，解读偏少。", ["text.contradiction"]),  # two digits swapped
        ("平台发布的养护信息2146条，解读偏少。", []),
        ("平台发布的养护信息2146条中，解读偏少。", []),
        ("平台发布的执法信息2164条，解读偏少。", []),
        ("排查隐患2164条，解读偏少。", []),  # another thing
        ("上年平台发布的养护信息2164条。", []),  # another time
        ("平台发布的养护信息1205条，解读偏少。", []),  # no slip of the other
    ],
)
def test_a_number_recalled_with_swapped_digits_is_told(
    later: str, codes: list[str], knowledge: Knowledge
) -> None:
    text = f"交通局2023年工作总结\n\n一、主要工作\n\n平台发布的养护信息2146条。\n\n二、不足\n\n{later}\n"
    findings = audited(read_text(text, "测试.txt", knowledge), knowledge).findings
    assert [finding.code for finding in findings] == codes


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("2019年全局主动公开信息1384条，2018年是1127条，上升22.8%。", []),
        ("2019年全局主动公开信息1384条，2018年是1127条，上升28.2%。", ["text.rate"]),
        ("2018年全局主动公开信息1127条，2019年是1384条，上升22.8%。", []),
        ("公开总量与2018年的3405条相比，增加了721条，增幅达21.2%。", []),
        ("公开总量与2018年的3405条相比，增加了721条，增幅达22.1%。", ["text.rate"]),
        ("2020年打算办好三件事：编写解读12篇；组织宣讲5场；清理栏目2个。", []),
    ],
)
def test_what_a_sentence_says_of_itself(sentence: str, codes: list[str], knowledge: Knowledge) -> None:
    text = f"某局2019年政府信息公开工作年度报告\n一、概述\n本局按照条例要求编制本报告。\n{sentence}\n"
    found = audited(read_text(text, "t.txt", knowledge), knowledge).findings
    assert [finding.code for finding in found] == codes
