"""The table against itself: what fails is found, once, with its likeliest culprit; what holds is silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from forms import (
    LISTS,
    Filled,
    Page,
    block_of,
    disputes_spans,
    fill_2014,
    fill_disputes,
    fill_matrix,
    list_grid,
    matrix_glued,
    matrix_spans,
)  # fmt: skip
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.checks.culprits import slip
from extractor.checks.table import check_table, doubtful
from extractor.data import Check, Finding, Reading, Severity
from extractor.knowledge import Knowledge, load
from extractor.knowledge.templates import Block
from extractor.tables import read_figures

KNOWLEDGE: Knowledge = load()
FORM_2014 = block_of(KNOWLEDGE.templates, "ogi-2014", "statistics")
MATRIX = block_of(KNOWLEDGE.templates, "ogi-2021", "applicants")
DISPUTES = block_of(KNOWLEDGE.templates, "ogi-2021", "disputes")


def audit(
    render: Callable[[Page, Block, Filled], None], block: Block, values: Filled
) -> tuple[Reading, list[Finding], list[Check]]:
    page = Page()
    render(page, block, values)
    reading = read_figures(page.report(), KNOWLEDGE)
    return reading, *check_table(reading, KNOWLEDGE)


def name_of(reading: Reading, figure: str | int | Decimal) -> str | None:
    return next(entry.indicator for entry in reading.figures if entry.id == figure)


@pytest.mark.parametrize("render", LISTS, ids=lambda render: render.__name__)
def test_a_form_that_adds_up_is_silent(render: Callable[[Page, Block, Filled], None]) -> None:
    _, findings, checks = audit(render, FORM_2014, fill_2014(FORM_2014, 11))
    assert [finding.code for finding in findings if finding.code != "table.doubtful_cell"] == []
    assert len(checks) >= 13


@given(seed=st.integers(0, 10**6))
@settings(max_examples=10, deadline=None)
def test_the_matrix_makes_39_checks_and_the_disputes_three(seed: int) -> None:
    _, findings, checks = audit(matrix_spans, MATRIX, fill_matrix(MATRIX, seed))
    assert (findings, len(checks)) == ([], 39)
    _, findings, checks = audit(disputes_spans, DISPUTES, fill_disputes(DISPUTES, seed))
    assert (findings, len(checks)) == ([], 3)


@given(seed=st.integers(0, 10**6), pick=st.integers(0, 10**6), change=st.integers(1, 9))
@settings(max_examples=40, deadline=None)
def test_any_changed_cell_of_the_matrix_is_found_and_named(seed: int, pick: int, change: int) -> None:
    values = fill_matrix(MATRIX, seed)
    victim = sorted(values)[pick % len(values)]
    right = values[victim]
    values[victim] = str(int(right) + change)
    reading, findings, checks = audit(matrix_spans, MATRIX, values)
    figure = next(entry for entry in reading.figures if entry.indicator == victim)
    assert findings
    assert {finding.code for finding in findings} == {"table.identity"}
    assert all(figure.id in finding.figures for finding in findings)
    assert all(finding.severity is Severity.ERROR for finding in findings)
    culprits = [(finding.params.get("culprit"), finding.params.get("culprit_value")) for finding in findings]
    assert (figure.id, Decimal(right)) in culprits
    assert figure.id in doubtful(reading, checks)


@pytest.mark.parametrize(
    ("victim", "codes"),
    [
        ("applications.received", {"table.identity"}),
        ("applications.on_time", {"table.identity"}),
        ("refused.privacy", {"table.identity"}),
        ("litigation.upheld", {"table.identity"}),
        ("staff.part_time", {"table.identity"}),
        ("disclosed.total", {"table.soft.channels"}),
        ("response.total", {"table.soft.responses"}),
        ("response.press_chief", {"table.part_exceeds"}),
        ("fees.total", set()),
    ],
)
def test_a_changed_cell_of_the_vertical_form(victim: str, codes: set[str]) -> None:
    values = {**fill_2014(FORM_2014, 21), "response.press": "30", "response.press_chief": "30"}
    values["response.total"] = "0"
    values[victim] = str(int(values[victim]) + 5000)
    _, findings, _ = audit(list_grid, FORM_2014, values)
    assert {finding.code for finding in findings} == codes
    for finding in findings:
        hard = finding.code in ("table.identity", "table.part_exceeds")
        assert finding.severity is (Severity.ERROR if hard else Severity.REVIEW)
        assert finding.expected is not None
        assert finding.actual is not None
        assert finding.difference == finding.actual - finding.expected


def test_a_finding_names_the_sum_the_cell_and_the_difference() -> None:
    values = fill_disputes(DISPUTES, 5)
    total = int(values["reconsideration.total"])
    values["reconsideration.total"] = "0"
    reading, findings, _ = audit(disputes_spans, DISPUTES, values)
    (finding,) = findings
    assert (finding.expected, finding.actual, finding.difference) == (
        Decimal(total),
        Decimal(0),
        Decimal(-total),
    )
    assert name_of(reading, finding.figures[0]) == "reconsideration.total"
    assert finding.formula.startswith("reconsideration.total = reconsideration.upheld")
    assert (finding.params["culprit_kind"], finding.params["culprit_value"]) == ("unfilled", total)


@pytest.mark.parametrize(
    ("written", "meant", "kind"),
    [(171, 117, "swapped"), (12, 123, "lost"), (123, 13, "added"), (0, 9, "unfilled"), (15, 19, "changed")],
)
def test_kinds_of_slips(written: int, meant: int, kind: str) -> None:
    assert slip(Decimal(written), Decimal(meant)) == kind


def test_a_row_counted_once_too_often_is_named() -> None:
    values = fill_matrix(MATRIX, 0, most=0)
    for column, right, extra in (("natural_person", "6", "1"), ("business", "2", "4"), ("total", "8", "5")):
        for row in ("applications.new", "outcome.granted", "outcome.total"):
            values[f"{row}@{column}"] = right
        values[f"declined.petition@{column}"] = extra
    _, findings, _ = audit(matrix_spans, MATRIX, values)
    assert len(findings) == 3
    assert {(finding.params["culprit_row"], finding.params["culprit_kind"]) for finding in findings} == {
        ("信访举报投诉类申请", "row")
    }


# ---------------------------------------------------------------- blanks and doubt


def test_a_blank_among_written_zeros_is_unknown() -> None:
    values = {**fill_matrix(MATRIX, 8, most=3), "outcome.granted@business": ""}
    reading, findings, checks = audit(matrix_spans, MATRIX, values)
    blank = next(figure.id for figure in reading.figures if figure.indicator == "outcome.granted@business")
    assert findings == []
    assert all(blank not in check.figures for check in checks)


def test_blanks_count_as_zero_where_no_zero_is_written() -> None:
    values = {name: "" if value == "0" else value for name, value in fill_matrix(MATRIX, 8).items()}
    _, findings, checks = audit(matrix_spans, MATRIX, values)
    assert findings == []
    assert len(checks) > 10


def test_a_failure_with_blanks_is_for_review_and_says_so() -> None:
    values = {name: "" if value == "0" else value for name, value in fill_matrix(MATRIX, 8).items()}
    values["applications.new@total"] = str(int(values["applications.new@total"]) + 70)
    _, findings, _ = audit(matrix_spans, MATRIX, values)
    assert findings
    assert {finding.severity for finding in findings if "blanks" in finding.params} <= {Severity.REVIEW}


def test_a_total_left_blank_is_no_finding() -> None:
    values = {name: "" if value == "0" else value for name, value in fill_matrix(MATRIX, 8).items()}
    for name in values:
        if name.endswith("@total") and not name.startswith(("applications", "outcome.total")):
            values[name] = ""
    _, findings, _ = audit(matrix_spans, MATRIX, values)
    assert findings == []


def test_doubtful_cells_are_said_and_never_make_an_error() -> None:
    values = fill_matrix(MATRIX, 3, most=40)
    values["applications.new@natural_person"] = "9" + values["applications.new@natural_person"]
    reading, findings, checks = audit(matrix_glued, MATRIX, values)
    unsure = {figure.id for figure in reading.figures if figure.doubt}
    assert unsure <= doubtful(reading, checks)
    for finding in findings:
        if finding.code == "table.identity" and unsure.intersection(finding.figures):
            assert finding.severity is Severity.REVIEW
    shown = {
        figure for finding in findings if finding.code == "table.doubtful_cell" for figure in finding.figures
    }
    assert shown == unsure


def test_a_second_form_is_checked_for_itself() -> None:
    page = Page()
    list_grid(page, FORM_2014, fill_2014(FORM_2014, 1))
    list_grid(page, FORM_2014, {**fill_2014(FORM_2014, 2), "staff.total": "99999"})
    reading = read_figures(page.report(), KNOWLEDGE)
    findings, _ = check_table(reading, KNOWLEDGE)
    (finding,) = findings
    assert set(finding.formula.replace("=", "+").replace(" ", "").split("+")) == set(finding.figures)


# ---------------------------------------------------------------- no form


def budget(*more: tuple[str, str, str, str]) -> Reading:
    page = Page()
    rows = [
        ("项目", "基本支出", "项目支出", "合计"), ("甲", "10", "20", "30"), ("乙", "15", "25", "40"),
        ("丁", "5", "6", "11"), ("合计", "30", "51", "81"), *more,
    ]  # fmt: skip
    page.grid([[(text, 1, 1) for text in row] for row in rows], "html", "支出表（单位：万元）")
    return read_figures(page.report(), KNOWLEDGE)


def test_totals_of_a_free_table_are_tested_and_hold() -> None:
    findings, checks = check_table(budget(), KNOWLEDGE)
    assert findings == []
    assert len(checks) == 7


def test_a_wrong_total_of_a_free_table_is_for_review() -> None:
    findings, _ = check_table(budget(("戊", "1", "1", "3")), KNOWLEDGE)
    (finding,) = findings
    assert (finding.code, finding.severity, finding.expected, finding.actual) == (
        "table.identity",
        Severity.REVIEW,
        Decimal(2),
        Decimal(3),
    )


def test_a_column_that_never_adds_up_is_no_total() -> None:
    page = Page()
    rows = [
        ("项目", "一类", "二类", "合计"),
        ("甲", "1", "2", "9"),
        ("乙", "3", "4", "8"),
        ("丙", "5", "6", "7"),
    ]
    page.grid([[(text, 1, 1) for text in row] for row in rows], "html")
    assert check_table(read_figures(page.report(), KNOWLEDGE), KNOWLEDGE) == ([], [])


def test_a_part_above_its_whole() -> None:
    page = Page()
    rows = [("项目", "本年"), ("收入", "10"), ("其中：税收", "12")]
    page.grid([[(text, 1, 1) for text in row] for row in rows], "html")
    findings, _ = check_table(read_figures(page.report(), KNOWLEDGE), KNOWLEDGE)
    assert [(finding.code, finding.expected, finding.actual) for finding in findings] == [
        ("table.part_exceeds", Decimal(10), Decimal(12))
    ]


def test_nothing_to_check_in_an_empty_reading() -> None:
    reading = replace(budget(), figures=())
    assert check_table(reading, KNOWLEDGE) == ([], [])


def test_what_a_remark_says_is_included_is_not_counted_again() -> None:
    values = fill_matrix(MATRIX, 12)
    for column in ("natural_person", "total"):
        whole = int(values[f"applications.new@{column}"]) + int(values[f"applications.carried_in@{column}"])
        values[f"applications.new@{column}"] = str(whole)
    page = Page()
    matrix_spans(page, MATRIX, values)
    report = page.report()
    plain, _ = check_table(read_figures(report, KNOWLEDGE), KNOWLEDGE)
    assert {finding.params["identity"] for finding in plain} >= {"carry:natural_person"}
    table = replace(report.tables[0], notes=("注：本年新收含上年度结转数量。",))
    noted, _ = check_table(read_figures(replace(report, tables=(table,)), KNOWLEDGE), KNOWLEDGE)
    assert not {finding.params["identity"] for finding in noted} & {"carry:natural_person", "carry:total"}


def test_rows_are_summed_over_the_rows_under_them() -> None:
    page = Page()
    rows = [
        ("项目", "金额"), ("一、收入", "10"), ("（一）税收", "6"), ("（二）其他", "4"),
        ("二、支出", "9"), ("（一）教育", "5"), ("（二）卫生", "4"),
        ("三、结余", "8"), ("（一）上年", "3"), ("（二）本年", "4"), ("总计", "27"),
    ]  # fmt: skip
    page.grid([[(text, 1, 1) for text in row] for row in rows], "html")
    findings, checks = check_table(read_figures(page.report(), KNOWLEDGE), KNOWLEDGE)
    assert [check.holds for check in checks if len(check.figures) == 3] == [True, True, False]
    (finding,) = findings
    assert (finding.severity, finding.expected, finding.actual) == (Severity.REVIEW, Decimal(7), Decimal(8))
