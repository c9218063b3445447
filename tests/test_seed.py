"""The seed report: what an audit of it must say, by hand-made labels and by the reading they rest on."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from extractor import gold
from extractor.audit import audit
from extractor.data import Claim, Report, Result, Status, Verdict
from extractor.evaluation import evaluate
from extractor.knowledge import Knowledge
from extractor.labels import Gold
from extractor.readers import read
from extractor.score import Scores

SEED = Path(__file__).resolve().parent.parent / "corpora" / "seed"


@pytest.fixture(scope="module")
def report(knowledge: Knowledge, seed_path: Path) -> Report:
    return read(seed_path, knowledge)


@pytest.fixture(scope="module")
def labels(report: Report, seed_path: Path) -> Gold:
    return gold.read(SEED / "gold" / f"{seed_path.stem}.jsonl", report)


@pytest.fixture(scope="module")
def result(report: Report, knowledge: Knowledge) -> Result:
    return audit(report, knowledge)


@pytest.fixture(scope="module")
def scores(knowledge: Knowledge) -> Scores:
    return evaluate(SEED, knowledge)


@pytest.fixture(scope="module")
def said(result: Result) -> Callable[[str], Claim]:
    """Finds the one claim whose words, with what stands before them, end in the given ones."""

    def find(words: str) -> Claim:
        found = [claim for claim in result.claims if result.report.text[: claim.end].endswith(words)]
        assert len(found) == 1, f"{words}: {[claim.text for claim in found]}"
        return found[0]

    return find


def figures_of(result: Result, claim: Claim) -> set[str | None]:
    indicator = {figure.id: figure.indicator for figure in result.reading.figures}
    return {indicator[figure] for link in result.links if link.claim == claim.id for figure in link.figures}


# ---------------------------------------------------------------- the labels


def test_every_digit_of_the_narrative_is_labelled(labels: Gold, report: Report) -> None:
    assert [report.text[start:end] for start, end in gold.uncovered(labels, report)] == []


def test_labelled_values_stand_in_their_words(labels: Gold) -> None:
    for claim in labels.claims:
        digits = "".join(number.text for number in labels.numbers if number.claim == claim.id)
        written = digits.removesuffix("亿")
        if claim.value:
            assert str(claim.value).startswith(written), claim
        else:
            assert digits == "", claim
    for figure in labels.figures:
        assert figure.text == str(figure.value)


# ---------------------------------------------------------------- against the labels


@pytest.mark.parametrize(
    "metric", ["numbers", "claims", "claims.whole", "values", "links", "links.whole", "verdicts"]
)
def test_the_development_report_is_read_without_a_miss(scores: Scores, metric: str) -> None:
    counts = scores.metric(metric).counts
    assert counts.f1 == 1.0, [miss for miss in scores.misses if miss.metric == metric.split(".")[0]]


@pytest.mark.parametrize("metric", ["numbers.reason", "findings", "figures"])
def test_reasons_findings_and_cells_are_those_of_the_labels(scores: Scores, metric: str) -> None:
    counts = scores.metric(metric).counts
    assert counts.f1 == 1.0, [miss for miss in scores.misses if miss.metric == metric]


def test_all_arithmetic_of_the_labels_is_checked(scores: Scores) -> None:
    assert scores.metric("checks").counts.recall == 1.0, [
        miss for miss in scores.misses if miss.metric == "checks"
    ]


# ---------------------------------------------------------------- against the reading by hand


def test_the_template_is_known(result: Result) -> None:
    assert result.reading.template == "ogi-2014"


@pytest.mark.parametrize(
    ("words", "indicator", "text_value", "table_value"),
    [
        ("政府网站在线访谈10次", "response.interview", 10, 2),
        ("各级政府网站发布信息28478条", "channel.website", 28478, 44650),
    ],
)
def test_the_two_mismatches(
    result: Result,
    said: Callable[[str], Claim],
    words: str,
    indicator: str,
    text_value: int,
    table_value: int,
) -> None:
    claim = said(words)
    assert result.verdicts[claim.id] is Verdict.MISMATCH
    (finding,) = [finding for finding in result.findings if claim.id in finding.claims]
    assert finding.code == "tieout.mismatch"
    assert (finding.actual, finding.expected) == (Decimal(text_value), Decimal(table_value))
    assert figures_of(result, claim) == {indicator}


def test_no_other_mismatch_and_three_soft_findings_of_the_table(result: Result) -> None:
    assert list(result.verdicts.values()).count(Verdict.MISMATCH) == 2
    codes = sorted(finding.code for finding in result.findings if finding.code != "tieout.scope")
    assert codes == [
        "table.soft.channels",
        "table.soft.documents",
        "table.soft.responses",
        "tieout.mismatch",
        "tieout.mismatch",
    ]


@pytest.mark.parametrize(
    ("words", "value", "indicator"),
    [
        ("2014年主动公开政府信息49272条", "49272", "disclosed.total"),
        ("刊发公文144篇", "144", "channel.gazette"),
        ("召开新闻发布会40次", "40", "response.press"),
        ("依申请公开政府信息的申请24件", "24", "applications.received"),
        ("受理24件", "24", "applications.received"),
        ("24件,答复24件", "24", "applications.answered"),
        ("同意公开答复15件", "15", "outcome.granted"),
        ("不属于本行政机关公开9件", "9", "outcome.not_ours"),
        ("从事政府信息公开工作950人", "950", "staff.total"),
        ("专职35人", "35", "staff.full_time"),
        ("兼职915人", "915", "staff.part_time"),
        ("共投入政府信息公开经费136.22万元", "136.22", "funds.total"),
        ("召开政府信息公开工作会议197次", "197", "meetings.total"),
        ("业务培训班26期", "26", "training.sessions"),
        ("培训2088人次", "2088", "training.attendees"),
        ("未向群众收取任何主动公开和依申请公开政府信息费用", "0", "fees.total"),
        ("未发生因政府信息公开事项而提起的行政复议申请", "0", "reconsideration.total"),
        ("行政复议申请、行政诉讼", "0", "litigation.total"),
    ],
)
def test_every_match(
    result: Result, said: Callable[[str], Claim], words: str, value: str, indicator: str
) -> None:
    claim = said(words)
    assert claim.value == Decimal(value)
    assert result.verdicts[claim.id] is Verdict.MATCH
    assert figures_of(result, claim) == {indicator}


@pytest.mark.parametrize(
    ("words", "verdicts"),
    [
        ("市本级政府门户网站发布政府信息文件2206条", {Verdict.SCOPE}),
        ("统一平台发布信息92108条", {Verdict.SCOPE, Verdict.ABSENT}),
        ("统一平台发布信息24556条", {Verdict.SCOPE, Verdict.ABSENT}),
    ],
)
def test_a_near_row_is_not_compared(
    result: Result, said: Callable[[str], Claim], words: str, verdicts: set[Verdict]
) -> None:
    assert result.verdicts[said(words).id] in verdicts


def test_two_meetings_conflict_with_nothing(result: Result, said: Callable[[str], Claim]) -> None:
    first, second = said("组织举办5次"), said("组织协调会3次")
    assert (first.value, second.value) == (Decimal(5), Decimal(3))
    for claim in (first, second):
        assert result.verdicts[claim.id] is Verdict.ABSENT
        assert not [finding for finding in result.findings if claim.id in finding.claims]


def test_accidents_are_named_not_counted(result: Result, said: Callable[[str], Claim]) -> None:
    assert said("调查报告等3起").value == 3
    text = result.report.text
    for name in ("3·24", "5·18", "6·17"):
        start = text.index(name)
        named = [number for number in result.numbers if start <= number.start < start + len(name)]
        assert named
        assert {number.status for number in named} == {Status.EXCLUDED}


def test_nothing_is_left_unexplained(result: Result) -> None:
    assert [number.text for number in result.numbers if number.status is Status.UNEXPLAINED] == []
    assert result.problems == ()


def test_no_rule_names_the_document_its_place_or_its_figures(labels: Gold) -> None:
    written = {number.text for number in labels.numbers if number.claim} | {
        item.text for item in labels.figures
    }
    telling = {text for text in written if len(text.rstrip("0")) >= 4} | {
        "钦州",
        "灵山",
        "浦北",
        "钦南",
        "钦政",
        "97ee47",
    }
    assert len(telling) > 15
    package = Path(audit.__code__.co_filename).parent
    for path in sorted(
        path for path in package.rglob("*") if path.suffix in (".py", ".toml", ".txt", ".json")
    ):
        text = path.read_text(encoding="utf-8")
        assert [
            word for word in telling if re.search(rf"(?<![0-9.]){re.escape(word)}(?![0-9])", text)
        ] == [], path
