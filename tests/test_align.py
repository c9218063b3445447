from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal

import pytest
from linking import claim, figure, reading

from extractor.align import align, load_model
from extractor.align.reader import Reader
from extractor.data import Claim, Link, Period, Reading, Relation
from extractor.knowledge import Knowledge
from extractor.tables.labels import bare_label

APPLICATIONS = ("政府信息依申请公开情况",)
DISCLOSURE = ("主动公开政府信息情况",)

OLD_FORM = reading(
    figure("disclosed.total", "5200", "条"),
    figure("disclosed.documents", "31", "条"),
    figure("documents.issued", "28"),
    figure("channel.gazette", "44", "条"),
    figure("channel.website", "4100", "条"),
    figure("channel.weibo", "300", "条"),
    figure("response.press", "6", "次"),
    figure("response.interview", "8", "次"),
    figure("applications.received", "37"),
    figure("applications.completed", "36"),
    figure("applications.answered", "36"),
    figure("applications.online", "20"),
    figure("outcome.granted", "25"),
    figure("outcome.partial", "4"),
    figure("outcome.refused", "2"),
    figure("reconsideration.total", "3"),
    figure("reconsideration.upheld", "2"),
    figure("litigation.total", "1"),
    figure("meetings.total", "9", "次"),
    figure("training.sessions", "5", "次"),
    figure("training.attendees", "410", "人次"),
    template="ogi-2014",
)
MATRIX = reading(
    figure("applications.new@natural_person", "18"),
    figure("applications.new@business", "3"),
    figure("applications.new@total", "21"),
    figure("applications.carried_in@total", "2"),
    figure("applications.carried_out@total", "1"),
    figure("outcome.total@total", "22"),
    figure("outcome.granted@total", None),
    figure("outcome.granted@natural_person", "7"),
    figure("outcome.granted@business", "1"),
    figure("outcome.partial@total", None),
    figure("outcome.partial@natural_person", "2"),
    figure("reconsideration.total", "5"),
    figure("reconsideration.pending", "1"),
    figure("litigation_direct.total", "2"),
    figure("litigation_after.total", "1"),
    template="ogi-2021",
)


def link(found: Claim, table: Reading, knowledge: Knowledge) -> Link:
    return align([found], table, knowledge, load_model())[0]


@pytest.mark.parametrize(
    ("phrase", "unit", "context", "section", "expected"),
    [
        ("共主动公开政府信息", "条", (), DISCLOSURE, "disclosed.total"),
        ("主动公开行政规范性文件", "件", (), DISCLOSURE, "disclosed.documents"),
        ("制定出台规范性文件", "件", (), DISCLOSURE, "documents.issued"),
        ("刊发公文", "篇", ("编辑出版公报",), DISCLOSURE, "channel.gazette"),
        ("政府网站公开政府信息", "条", (), DISCLOSURE, "channel.website"),
        ("政务微博发布信息", "条", (), DISCLOSURE, "channel.weibo"),
        ("举办新闻发布会", "场", (), DISCLOSURE, "response.press"),
        ("政府网站在线访谈", "期", (), DISCLOSURE, "response.interview"),
        ("收到政府信息公开申请", "宗", (), APPLICATIONS, "applications.received"),
        ("受理", "件", ("收到政府信息公开申请",), APPLICATIONS, "applications.received"),
        ("办结", "件", ("收到政府信息公开申请",), APPLICATIONS, "applications.completed"),
        ("网上申请", "件", ("收到政府信息公开申请",), APPLICATIONS, "applications.online"),
        ("予以公开", "件", ("答复",), APPLICATIONS, "outcome.granted"),
        ("不予公开", "件", ("予以公开", "答复"), APPLICATIONS, "outcome.refused"),
        ("政府信息公开行政复议", "件", (), (), "reconsideration.total"),
        ("维持", "件", ("行政复议",), (), "reconsideration.upheld"),
        ("提起行政诉讼", "起", (), (), "litigation.total"),
        ("召开政府信息公开工作会议", "次", (), (), "meetings.total"),
        ("组织业务培训班", "期", (), (), "training.sessions"),
        ("培训", "人次", ("组织业务培训班",), (), "training.attendees"),
    ],
)
def test_a_phrase_finds_its_row(
    phrase: str,
    unit: str,
    context: tuple[str, ...],
    section: tuple[str, ...],
    expected: str,
    knowledge: Knowledge,
) -> None:
    found = link(claim(phrase, unit=unit, context=context, section=section), OLD_FORM, knowledge)
    assert found.figures == (expected,)


@pytest.mark.parametrize(
    ("phrase", "unit", "context", "section", "why"),
    [
        ("组织召开项目审批协调会", "次", (), (), "namesake"),
        ("出台政策性文件", "件", (), DISCLOSURE, "namesake"),
        ("公开招标公告", "条", (), ("重点领域信息公开",), "namesake"),
        ("水务网站发布水质监测信息", "篇", (), DISCLOSURE, "narrower"),
        ("机构职能类信息", "条", ("主动公开政府信息",), DISCLOSURE, "narrower"),
        ("微信公众号粉丝", "人", (), (), "none"),
        ("编辑出版公报", "期", (), DISCLOSURE, "none"),
        ("评选先进集体", "个", (), (), "none"),
    ],
)
def test_a_near_namesake_is_refused_with_the_reason(
    phrase: str,
    unit: str,
    context: tuple[str, ...],
    section: tuple[str, ...],
    why: str,
    knowledge: Knowledge,
) -> None:
    found = link(claim(phrase, unit=unit, context=context, section=section), OLD_FORM, knowledge)
    assert (found.figures, found.why) == ((), why)


@pytest.mark.parametrize("phrase", ["通过政府信息公开统一平台发布信息", "信息公开平台发布信息"])
def test_a_platform_is_no_website(phrase: str, knowledge: Knowledge) -> None:
    assert link(claim(phrase, unit="条", section=DISCLOSURE), OLD_FORM, knowledge).figures == ()


def test_a_bare_application_outside_disclosure_work_is_not_linked(knowledge: Knowledge) -> None:
    found = claim("受理申请", context=("行政审批窗口",), section=("行政审批制度改革",))
    assert link(found, OLD_FORM, knowledge).figures == ()


@pytest.mark.parametrize("value", ["0", "1", "37", "5200", "999999"])
def test_the_value_does_not_decide_the_row(value: str, knowledge: Knowledge) -> None:
    found = link(claim("受理政府信息公开申请", value, section=APPLICATIONS), OLD_FORM, knowledge)
    assert found.figures == ("applications.received",)
    assert found.trials[0].holds == (value == "37")


def test_the_formula_that_holds_is_named(knowledge: Knowledge) -> None:
    new = link(claim("收到政府信息公开申请", "21", section=APPLICATIONS), MATRIX, knowledge)
    both = link(claim("收到政府信息公开申请", "23", section=APPLICATIONS), MATRIX, knowledge)
    assert new.formula == "applications.new"
    assert both.formula == "applications.new + applications.carried_in"
    assert both.figures == ("applications.new@total", "applications.carried_in@total")


def test_a_mismatch_lists_every_formula_tried(knowledge: Knowledge) -> None:
    found = link(claim("收到政府信息公开申请", "30", section=APPLICATIONS), MATRIX, knowledge)
    assert found.formula == "applications.new"
    assert [(trial.formula, trial.value, trial.difference) for trial in found.trials] == [
        ("applications.new", Decimal(21), Decimal(9)),
        ("applications.new + applications.carried_in", Decimal(23), Decimal(7)),
    ]


def test_an_applicant_takes_the_column_of_its_row(knowledge: Knowledge) -> None:
    whole = claim("收到政府信息公开申请", "21", section=APPLICATIONS)
    part = claim(
        "自然人", "18", name="c2", context=("收到政府信息公开申请",), section=APPLICATIONS, part_of="c1"
    )
    links = align([whole, part], MATRIX, knowledge, load_model())
    assert links[1].figures == ("applications.new@natural_person",)
    assert links[1].why == "column"


def test_a_blank_total_is_the_sum_of_its_row(knowledge: Knowledge) -> None:
    found = link(
        claim("予以公开及部分公开", "10", context=("答复",), section=APPLICATIONS), MATRIX, knowledge
    )
    assert found.trials[0].value == Decimal(10)
    assert set(found.figures) == {
        "outcome.granted@natural_person",
        "outcome.granted@business",
        "outcome.partial@natural_person",
    }


@pytest.mark.parametrize(
    ("phrase", "context", "value", "formula"),
    [
        ("行政诉讼", (), "3", "litigation_direct.total + litigation_after.total"),
        (
            "行政复议、行政诉讼",
            (),
            "8",
            "reconsideration.total + litigation_direct.total + litigation_after.total",
        ),
        ("已审结", ("行政复议",), "4", "reconsideration.total - reconsideration.pending"),
        ("结转下年度继续办理", ("收到政府信息公开申请",), "1", "applications.carried_out"),
        ("答复", ("收到政府信息公开申请",), "22", "outcome.total"),
    ],
)
def test_formulas_over_several_cells(
    phrase: str, context: tuple[str, ...], value: str, formula: str, knowledge: Knowledge
) -> None:
    found = link(claim(phrase, value, context=context, section=APPLICATIONS), MATRIX, knowledge)
    assert found.formula == formula
    assert any(trial.holds for trial in found.trials)


def test_a_known_indicator_without_a_cell_is_missing(knowledge: Knowledge) -> None:
    found = link(claim("主动公开政府信息", "500", "条", section=DISCLOSURE), MATRIX, knowledge)
    assert (found.figures, found.why, found.params["indicator"]) == ((), "missing", "disclosed.total")


def test_two_members_of_a_list_share_no_cell(knowledge: Knowledge) -> None:
    whole = claim("答复", "36", section=APPLICATIONS, context=("收到政府信息公开申请",))
    first = claim("同意公开答复", "25", name="c2", part_of="c1", context=("答复",), section=APPLICATIONS)
    second = claim("同意公开", "4", name="c3", part_of="c1", context=("答复",), section=APPLICATIONS)
    links = align([whole, first, second], OLD_FORM, knowledge, load_model())
    taken = [found for found in links[1:] if found.why == "taken"]
    assert len(taken) == 1
    assert taken[0].figures == ()
    assert taken[0].params["claim"] in {"c2", "c3"}


def test_one_indicator_said_twice_may_stand_on_one_cell(knowledge: Knowledge) -> None:
    links = align(
        [
            claim("收到政府信息公开申请", "37", section=APPLICATIONS),
            claim("受理", "37", name="c2", context=("收到政府信息公开申请",), section=APPLICATIONS),
        ],
        OLD_FORM,
        knowledge,
        load_model(),
    )
    assert links[0].figures == links[1].figures == ("applications.received",)


@pytest.mark.parametrize(
    ("relation", "why"),
    [(Relation.RATE, "relation"), (Relation.CHANGE, "relation"), (Relation.NORM, "norm")],
)
def test_rates_changes_and_norms_have_no_cell(relation: Relation, why: str, knowledge: Knowledge) -> None:
    found = link(claim("收到政府信息公开申请", "12", "%", relation=relation), OLD_FORM, knowledge)
    assert (found.figures, found.why) == ((), why)


ALL_ROWS = reading(
    figure("response.press", "6", "次"),
    figure("response.press_chief", "2", "次"),
    figure("documents.issued", "28"),
    figure("normative_documents@repealed", "9"),
    figure("applications.new@total", "21"),
    figure("applications.new@legal_service", "2"),
    figure("applications.new@other_org", "1"),
    figure("applications.carried_in@total", "2"),
    figure("outcome.total@total", "22"),
    figure("reconsideration.total", "5"),
    figure("reconsideration.pending", "1"),
    figure("litigation_direct.total", "2"),
    figure("litigation_direct.pending", "1"),
    figure("litigation_after.total", "1"),
    figure("litigation_after.pending", "1"),
    figure("permits@last_year", "214", "项", period="last_year"),
    figure("permits@change", "-9", "项"),
    template="ogi-2021",
)


@pytest.mark.parametrize(
    ("first", "second", "unit", "expected"),
    [
        ("举办新闻发布会", "主要负责同志出席", "场", "response.press_chief"),
        ("举办新闻发布会", "副局长出席", "场", ""),
        ("制发规范性文件", "县政府办废止", "件", "normative_documents@repealed"),
        ("行政复议", "尚未审结", "件", "reconsideration.pending"),
        ("行政诉讼", "尚未审结", "件", "litigation_direct.pending + litigation_after.pending"),
        ("新收申请", "其他", "件", ""),
    ],
)
def test_a_short_member_of_a_list_leans_on_the_claim_before_it(
    first: str, second: str, unit: str, expected: str, knowledge: Knowledge
) -> None:
    claims = [
        claim(first, "3", unit),
        claim(second, "3", unit, name="c2", context=("行政复议",) * ("审" in second)),
    ]
    found = align(claims, ALL_ROWS, knowledge, load_model())[1]
    assert found.formula == expected


def test_the_rest_of_a_list_of_applicants_is_their_last_column(knowledge: Knowledge) -> None:
    claims = [
        claim("法律服务机构", "2", context=("新收申请",), section=APPLICATIONS),
        claim("其他", "1", name="c2", context=("新收申请",), section=APPLICATIONS),
    ]
    links = align(claims, ALL_ROWS, knowledge, load_model())
    assert [found.figures for found in links] == [
        ("applications.new@legal_service",),
        ("applications.new@other_org",),
    ]


def test_all_that_had_to_be_handled_is_new_and_carried_in(knowledge: Knowledge) -> None:
    found = link(claim("共办理", "23", context=("新收申请",), section=APPLICATIONS), ALL_ROWS, knowledge)
    assert found.formula == "applications.new + applications.carried_in"


def test_last_year_is_answered_by_its_own_cells_or_none(knowledge: Knowledge) -> None:
    before = Period("last_year", 2018, None, "2018年")
    items = link(claim("公开行政许可事项", "214", "项", period=before), ALL_ROWS, knowledge)
    carried = link(claim("2018年结转", "2", period=before, section=APPLICATIONS), ALL_ROWS, knowledge)
    other = link(claim("新收申请", "31", period=before, section=APPLICATIONS), ALL_ROWS, knowledge)
    assert items.figures == ("permits@last_year",)
    assert carried.figures == ("applications.carried_in@total",)
    assert (other.figures, other.why) == ((), "last_year")


def test_a_change_is_compared_where_a_column_holds_it(knowledge: Knowledge) -> None:
    found = link(claim("公开行政许可事项", "9", "项", relation=Relation.CHANGE), ALL_ROWS, knowledge)
    assert found.formula == "- permits@change"
    assert next(trial for trial in found.trials if trial.holds).value == 9


def test_the_part_about_disclosure_is_the_one_the_table_counts(knowledge: Knowledge) -> None:
    whole = claim("办理行政复议案件", "86")
    part = claim("涉及政府信息公开", "5", name="c2", context=("办理行政复议案件",), part_of="c1")
    links = align([whole, part], ALL_ROWS, knowledge, load_model())
    assert [found.figures for found in links] == [(), ("reconsideration.total",)]


def test_names_of_accounts_and_gazettes_say_nothing(knowledge: Knowledge) -> None:
    reader = Reader(knowledge.linking.gazetteer)
    assert reader.read("政务微博“青山环保”").residue == ""
    assert reader.read("《青山市政府公报》刊登").get("channel") == {"gazette"}
    assert reader.read("通过广播、公示栏等其他方式公开").get("channel") == {"other"}


def test_a_phrase_that_says_nothing_takes_no_row_of_its_section(knowledge: Knowledge) -> None:
    assert link(claim("区直单位", "30", section=APPLICATIONS), ALL_ROWS, knowledge).figures == ()


def test_one_bodys_applications_are_of_the_tables_kind(knowledge: Knowledge) -> None:
    found = claim(
        "收到政府信息公开申请", "7", scope="subordinate", scope_text="教育部门", section=APPLICATIONS
    )
    assert link(found, OLD_FORM, knowledge).figures == ("applications.received",)


def test_a_body_among_many_is_narrower(knowledge: Knowledge) -> None:
    def told(body: str) -> Claim:
        return claim("主动公开政府信息", "70", "条", scope="subordinate", scope_text=body, section=DISCLOSURE)

    assert link(told("重点领域牵头部门"), OLD_FORM, knowledge).why == "narrower"
    assert link(told("县教育局"), OLD_FORM, knowledge).figures  # the verdict deals with its share


def test_a_report_without_tables_has_no_links(knowledge: Knowledge) -> None:
    found = link(claim("收到政府信息公开申请"), reading(), knowledge)
    assert (found.figures, found.why) == ((), "no_table")


FINAL_ACCOUNT = reading(
    figure(None, "980.5", "万元", name="F1", label="收入总计", column="决算数"),
    figure(None, "455.2", "万元", name="F2", label="基本支出", column="决算数"),
    figure(None, "120.1", "万元", name="F3", label="项目支出", column="决算数"),
    figure(None, "30.2", "万元", name="F4", label="公务接待费", column="决算数"),
    figure(None, "61", "万元", name="F5", label="教育支出", column="决算数"),
)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [("收入总计", "F1"), ("基本支出", "F2"), ("项目支出", "F3"), ("公务接待费", "F4"), ("教育支出", "F5")],
)
def test_without_a_template_the_labels_are_the_indicators(
    phrase: str, expected: str, knowledge: Knowledge
) -> None:
    found = link(claim(phrase, "1", "万元"), FINAL_ACCOUNT, knowledge)
    assert (found.figures, found.why) == ((expected,), "label")


@pytest.mark.parametrize("phrase", ["国防支出", "绿化养护支出", "会议费"])
def test_a_label_no_table_has_is_not_forced(phrase: str, knowledge: Knowledge) -> None:
    assert link(claim(phrase, "1", "万元"), FINAL_ACCOUNT, knowledge).figures == ()


def test_an_unknown_label_that_names_an_indicator_counts_as_its_row(knowledge: Knowledge) -> None:
    table = reading(figure(None, "12", name="F9", label="（一）收到申请数"))
    found = link(claim("收到政府信息公开申请", "12", section=APPLICATIONS), table, knowledge)
    assert found.figures == ("F9",)
    assert found.trials[0].holds


def test_two_cells_of_one_label_that_differ_are_ambiguous(knowledge: Knowledge) -> None:
    table = reading(
        figure(None, "10", "万元", name="F1", label="公务接待费"),
        figure(None, "12", "万元", name="F2", label="公务接待费"),
    )
    found = link(claim("公务接待费", "12", "万元"), table, knowledge)
    assert found.why == "ambiguous"
    assert (found.figures, found.rivals) == (("F2",), ("F1",))


def test_heads_and_modifiers(knowledge: Knowledge) -> None:
    reader = Reader(knowledge.linking.gazetteer)
    assert reader.read("政府采购项目信息").get("object") == {"information"}
    assert reader.read("政府采购项目信息").modifiers == {"procurement"}
    assert reader.read("行政复议、行政诉讼").get("object") == {"reconsideration", "litigation"}
    assert reader.read("因政府信息公开申请提起行政诉讼").get("object") == {"litigation"}
    assert reader.read("公共资源交易信息").residue


@pytest.mark.parametrize(
    ("label", "bare"),
    [
        ("（一）收到申请数（不含转办）：", "收到申请数"),
        ("其中：1、当面申请数", "当面申请数"),
        ("(其他)", "(其他)"),
    ],
)
def test_labels_lose_numbering_and_remarks(label: str, bare: str) -> None:
    assert bare_label(label) == bare


def test_every_reason_code_has_words(knowledge: Knowledge) -> None:
    claims = [
        claim("收到政府信息公开申请", section=APPLICATIONS),
        claim("出台政策性文件", section=DISCLOSURE),
        claim("评选先进集体", unit="个"),
        claim("公开率", unit="%", relation=Relation.RATE),
    ]
    for found in align(claims, OLD_FORM, knowledge, load_model()):
        assert found.why in knowledge.linking.reasons


def test_alignment_imports_no_scikit_learn() -> None:
    code = (
        "import sys; from extractor.align import load_model; load_model(); sys.exit('sklearn' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_link_depends_on_the_order_of_sets() -> None:
    """Where no candidate compares, the reason names one of several: the same in every process."""
    code = """
from extractor.audit import audit
from extractor.knowledge import load
from extractor.readers import read_text
text = "四、解读与回应\\n2016年,乡长信箱收信51封。"
table = "|统计指标|单位|统计数|\\n|---|---|---|\\n|一、主动公开情况|——||\\n|主动公开政府信息数|条|12|\\n"
print(audit(read_text(text + "\\n\\n" + table, "report.md", load())).links)
"""
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "7", "11")
    }
    assert len(told) == 1
    assert b"why='unit'" in told.pop()
