"""What must agree between reports: over the years, between bodies, and what is not said where nothing can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pytest
from members import BODY, claim, figure, member, series, told

from extractor.collection import check_levels, duplicates, families, series_of
from extractor.collection.chains import check_chains
from extractor.collection.changes import check_changes
from extractor.collection.copies import check_copies
from extractor.collection.running import check_running
from extractor.data import Relation, Severity
from extractor.data.collection import CollectionCheck, CollectionFinding, KeptClaim, Member, Outcome, Series
from extractor.knowledge import Knowledge
from extractor.writers.collection.messages import said_of
from extractor.writers.words import Words

CARRIED_OUT, CARRIED_IN = "applications.carried_out@total", "applications.carried_in@total"


def found(outcomes: Iterable[Outcome], code: str = "") -> list[CollectionFinding]:
    return [item for item in outcomes if isinstance(item, CollectionFinding) and code in item.code]


def checks(outcomes: Iterable[Outcome], code: str) -> list[tuple[str, str]]:
    made = [item for item in outcomes if isinstance(item, CollectionCheck) and item.code == code]
    return [(item.status, item.reason) for item in made]


# ---------------------------------------------------------------- chains


def carried(last: str | None, now: str | None, **more: str) -> Series:
    return series(
        member(2022, {CARRIED_OUT: last}),
        member(2023, {CARRIED_IN: now}, template=more.get("template", "ogi-2021")),
    )


def test_what_is_carried_out_is_carried_in(knowledge: Knowledge) -> None:
    outcomes = list(check_chains(carried("7", "7"), knowledge))
    assert found(outcomes) == []
    assert checks(outcomes, "years.carried") == [("held", "")]


def test_what_is_carried_in_differs(knowledge: Knowledge) -> None:
    outcomes = list(check_chains(carried("7", "9"), knowledge))
    (finding,) = found(outcomes)
    assert (finding.code, finding.severity, finding.year) == ("years.carried", Severity.ERROR, 2023)
    assert told(finding.actual, finding.expected, finding.difference) == "9 7 2"
    assert [told(item.year, item.value) for item in finding.exhibits] == ["2023 9", "2022 7"]
    assert finding.params["last_year"] == 2022


def test_columns_of_a_row_are_one_finding(knowledge: Knowledge) -> None:
    person = "natural_person"
    last = member(2022, {CARRIED_OUT: "7", f"applications.carried_out@{person}": "7"})
    now = member(2023, {CARRIED_IN: "9", f"applications.carried_in@{person}": "9"})
    (finding,) = found(check_chains(series(last, now), knowledge))
    assert finding.exhibits[0].label == CARRIED_IN
    assert finding.params["others"] == 1


@pytest.mark.parametrize(
    ("last", "now", "reason"),
    [
        (member(2022, {CARRIED_OUT: None}), member(2023, {CARRIED_IN: "9"}), "cell_empty"),
        (member(2022, {}), member(2023, {CARRIED_IN: "9"}), "cell_missing"),
        (member(2021, {CARRIED_OUT: "7"}), member(2023, {CARRIED_IN: "9"}), "year_missing"),
        (
            member(2018, {"applications.received": "7"}, template="ogi-2014"),
            member(2019, {CARRIED_IN: "9"}, template="ogi-2019"),
            "form_changed",
        ),
        (
            member(2022, [figure(CARRIED_OUT, "7", doubt="split")]),
            member(2023, {CARRIED_IN: "9"}),
            "cell_doubtful",
        ),
        (
            member(2022, [figure(CARRIED_OUT, "7"), figure(CARRIED_OUT, "8")]),
            member(2023, {CARRIED_IN: "9"}),
            "two_tables",
        ),
    ],
)
def test_unknown_is_not_wrong(last: Member, now: Member, reason: str, knowledge: Knowledge) -> None:
    outcomes = list(check_chains(series(last, now), knowledge))
    assert found(outcomes) == []
    assert checks(outcomes, "years.carried") == [("unknown", reason)]


def test_a_table_that_contradicts_itself_is_for_review(knowledge: Knowledge) -> None:
    last = member(2022, [figure(CARRIED_OUT, "7", sound=False)])
    (finding,) = found(check_chains(series(last, member(2023, {CARRIED_IN: "9"})), knowledge))
    assert finding.severity is Severity.REVIEW
    assert finding.params["unsound"] == 1


def documents(in_force: str, made: str = "0", repealed: str = "0", disclosed: str = "0") -> dict[str, str]:
    row = "normative_documents"
    return {
        f"{row}@in_force": in_force,
        f"{row}@made": made,
        f"{row}@repealed": repealed,
        f"{row}@disclosed": disclosed,
    }


@pytest.mark.parametrize(("in_force", "expected"), [("103", []), ("110", ["110 103"])])
def test_documents_in_force(in_force: str, expected: Sequence[str], knowledge: Knowledge) -> None:
    both = series(member(2021, documents("100")), member(2022, documents(in_force, made="8", repealed="5")))
    findings = found(check_chains(both, knowledge))
    assert [told(item.actual, item.expected) for item in findings] == expected


def test_a_cell_is_called_as_its_form_calls_it(knowledge: Knowledge) -> None:
    both = series(member(2021, documents("100")), member(2022, documents("110", made="8", repealed="5")))
    (finding,) = found(check_chains(both, knowledge))
    said = said_of(finding, Words(knowledge, "zh")).text
    assert "“行政规范性文件·现行有效件数”为110" in said
    assert "对外公开总数量" not in said


def test_documents_public_in_all_are_no_documents_in_force(knowledge: Knowledge) -> None:
    both = series(
        member(2020, documents("100"), template="ogi-2019"), member(2021, documents("300", made="8"))
    )
    outcomes = list(check_chains(both, knowledge))
    assert found(outcomes) == []
    assert checks(outcomes, "years.in_force") == [("unknown", "form_changed")]


@pytest.mark.parametrize(("total", "count"), [("90", 0), ("112", 0), ("113", 1)])
def test_documents_public_in_all_grow_by_those_disclosed_at_most(
    total: str, count: int, knowledge: Knowledge
) -> None:
    last = member(2019, documents("100"), template="ogi-2019")
    now = member(2020, documents(total, disclosed="12"), template="ogi-2019")
    assert len(found(check_chains(series(last, now), knowledge), "years.published")) == count


def test_projects_of_last_year(knowledge: Knowledge) -> None:
    last = member(2019, {"permits@last_year": "396", "permits@change": "-6"}, template="ogi-2019")
    now = member(2020, {"permits@last_year": "392", "permits@change": "1"}, template="ogi-2019")
    (finding,) = found(check_chains(series(last, now), knowledge))
    assert told(finding.code, finding.actual, finding.expected) == "years.projects 392 390"


def totals(disclosed: str, cumulative: str, website: str = "") -> dict[str, str]:
    cells = {"disclosed.total": disclosed, "disclosed.total@cumulative": cumulative}
    return cells | ({"channel.website@cumulative": website} if website else {})


def test_a_running_total_that_falls_is_told_once_for_all_its_rows(knowledge: Knowledge) -> None:
    last = member(2012, totals("300", "4000", "4000"), template="older-local")
    now = member(2013, totals("500", "900", "900"), template="older-local")
    (finding,) = found(check_chains(series(last, now), knowledge))
    assert told(finding.code, finding.actual, finding.expected) == "years.cumulative 900 4000"
    assert finding.params["others"] == 1
    assert finding.exhibits[0].year == 2013
    assert finding.formula.startswith("disclosed.total@cumulative >= ")


def test_a_running_total_falls_over_a_missing_year_too(knowledge: Knowledge) -> None:
    last = member(2012, totals("300", "4000"), template="older-local")
    now = member(2016, totals("500", "900"), template="older-local")
    assert [item.code for item in found(check_chains(series(last, now), knowledge))] == ["years.cumulative"]


def test_a_running_total_grows_by_the_year(knowledge: Knowledge) -> None:
    last = member(2012, totals("300", "4000"), template="older-local")
    right = member(2013, totals("500", "4500"), template="older-local")
    wrong = member(2013, totals("500", "4600"), template="older-local")
    assert found(check_chains(series(last, right), knowledge)) == []
    (finding,) = found(check_chains(series(last, wrong), knowledge))
    assert told(finding.code, finding.actual, finding.expected) == "years.cumulative_step 4600 4500"


@pytest.mark.parametrize(("cumulative", "expected"), [("4499", ["4499 4500"]), ("4500", []), ("9000", [])])
def test_over_missing_years_a_running_total_grows_by_the_year_at_least(
    cumulative: str, expected: Sequence[str], knowledge: Knowledge
) -> None:
    last = member(2012, totals("300", "4000"), template="older-local")
    now = member(2015, totals("500", cumulative), template="older-local")
    findings = found(check_chains(series(last, now), knowledge), "years.cumulative_step")
    assert [told(item.actual, item.expected) for item in findings] == expected


# ---------------------------------------------------------------- changes and numbers quoted for last year

RECEIVED = "applications.new@total"


def grown(text: str, rate: str, kind: str = "percent", gap: str = ",同比增长") -> list[KeptClaim]:
    sentence = f"全年收到政府信息公开申请120件{gap}{text}。"
    return [
        claim(sentence, "120件", "120", figures=(RECEIVED,), formula=RECEIVED),
        claim(
            sentence,
            text,
            rate,
            kind=kind,
            unit="%" if kind == "percent" else "件",
            relation=Relation.CHANGE,
        ),
    ]


def growing(claims: Sequence[KeptClaim], last: Mapping[str, str] | None) -> Series:
    now = member(2023, {RECEIVED: "120"}, claims)
    return series(member(2022, last), now) if last is not None else series(member(2021, {}), now)


@pytest.mark.parametrize(
    ("claims", "last", "status"),
    [
        (grown("20%", "20"), "100", "held"),
        (grown("5.3%", "5.3"), "114", "held"),
        (grown("30%", "30"), "100", "failed"),
        (grown("20件", "20", "count", ",比上年增加"), "100", "held"),
        (grown("30件", "30", "count", ",比2022年增加"), "100", "failed"),
        (grown("20%", "20", gap=",较去年下降"), "150", "held"),
        (grown("20%", "20", gap=",较去年下降"), "100", "failed"),
        (grown("20%", "20", gap=",申请数量较去年略有回落"), "150", "held"),
        (grown("30%", "30", gap=",申请量同比上涨"), "100", "failed"),
        (grown("20%", "20", gap=",同比去年增长"), "100", "held"),
        (grown("30%", "30", gap=",相较于2022年增长"), "100", "failed"),
        (grown("20件", "20", "count", "，和上年同期相比，总量增加"), "100", "held"),
    ],
)
def test_changes_against_last_year(
    claims: Sequence[KeptClaim], last: str, status: str, knowledge: Knowledge
) -> None:
    outcomes = list(check_changes(growing(claims, {RECEIVED: last}), knowledge))
    assert checks(outcomes, "years.change") == [(status, "")]
    assert len(found(outcomes)) == (status == "failed")


def test_a_change_that_last_year_contradicts(knowledge: Knowledge) -> None:
    (finding,) = found(check_changes(growing(grown("30%", "30"), {RECEIVED: "100"}), knowledge))
    assert told(finding.actual, finding.expected, finding.severity) == "30 20 review"
    assert [(item.kind, item.year) for item in finding.exhibits] == [
        ("claim", 2023),
        ("claim", 2023),
        ("figure", 2022),
    ]


def test_digits_cut_off_are_worth_a_note(knowledge: Knowledge) -> None:
    (finding,) = found(check_changes(growing(grown("5.2%", "5.2"), {RECEIVED: "114"}), knowledge))
    assert finding.severity is Severity.INFO


def test_a_form_that_names_it_otherwise_is_read_too(knowledge: Knowledge) -> None:
    now = member(2019, {RECEIVED: "120"}, grown("30%", "30"), template="ogi-2019")
    last = member(2018, {"applications.received": "100"}, template="ogi-2014")
    (finding,) = found(check_changes(series(last, now), knowledge))
    assert finding.exhibits[-1].label == "applications.received"


def test_last_years_words_are_a_base_where_no_cell_is(knowledge: Knowledge) -> None:
    before = claim("全年收到政府信息公开申请100件。", "100件", "100")
    told = grown("30%", "30")
    told[0] = claim(told[0].sentence, "120件", "120")
    both = series(member(2022, {}, [before]), member(2023, {}, told))
    (finding,) = found(check_changes(both, knowledge))
    assert finding.exhibits[-1].quote == before.sentence


@pytest.mark.parametrize(
    ("claims", "last", "reason"),
    [(grown("30%", "30"), None, "year_missing"), (grown("30%", "30"), {}, "no_base")],
)
def test_changes_without_a_base_are_unknown(
    claims: Sequence[KeptClaim], last: Mapping[str, str] | None, reason: str, knowledge: Knowledge
) -> None:
    outcomes = list(check_changes(growing(claims, last), knowledge))
    assert checks(outcomes, "years.change") == [("unknown", reason)]
    assert found(outcomes) == []


@pytest.mark.parametrize(
    "gap",
    [
        ",办结率",
        ",比2019年增长",
        ",其中网络申请占",
        ",环比增长",
        "。同比增长",
        ",答复数量同比增长",
        ",网站访问量较上年增长",
        ",相较于2018年增长",
        ",年均增长",
    ],
)
def test_words_that_tell_no_change_against_last_year(gap: str, knowledge: Knowledge) -> None:
    outcomes = list(check_changes(growing(grown("30%", "30", gap=gap), {RECEIVED: "100"}), knowledge))
    assert outcomes == []


@pytest.mark.parametrize(("rate", "status"), [("20", "held"), ("50", "held"), ("30", "failed")])
def test_a_change_behind_a_part_may_be_that_of_its_whole(
    rate: str, status: str, knowledge: Knowledge
) -> None:
    sentence = f"全年收到政府信息公开申请120件,其中网上申请60件,同比增长{rate}%。"
    whole = claim(sentence, "120件", "120", figures=(RECEIVED,), formula=RECEIVED)
    part = claim(sentence, "60件", "60", part_of=whole.id)
    change = claim(sentence, f"{rate}%", rate, kind="percent", unit="%", relation=Relation.CHANGE)
    before = claim("全年收到政府信息公开申请100件,其中网上申请40件。", "40件", "40", part_of="C1")
    now = member(2023, {RECEIVED: "120"}, [whole, part, change])
    outcomes = list(check_changes(series(member(2022, {RECEIVED: "100"}, [before]), now), knowledge))
    assert checks(outcomes, "years.change") == [(status, "")]


def quoted(sentence: str, text: str, value: str, period_text: str = "上年") -> KeptClaim:
    return claim(
        sentence,
        text,
        value,
        period="last_year",
        period_text=period_text,
        year=2022,
        figures=(RECEIVED,),
        formula=RECEIVED,
    )


@pytest.mark.parametrize(("value", "status"), [("100", "held"), ("90", "failed")])
def test_a_number_given_for_last_year(value: str, status: str, knowledge: Knowledge) -> None:
    said = quoted(f"上年收到政府信息公开申请{value}件。", f"{value}件", value)
    outcomes = list(check_changes(growing([said], {RECEIVED: "100"}), knowledge))
    assert checks(outcomes, "years.last_year") == [(status, "")]
    assert [item.code for item in found(outcomes)] == ["years.last_year"] * (status == "failed")


@pytest.mark.parametrize(("value", "status"), [("100", "held"), ("90", "failed")])
@pytest.mark.parametrize("words", [",上年为{}。", ",较去年的{}有所增加。", "(2022年{})。"])
def test_last_years_number_beside_this_years(
    words: str, value: str, status: str, knowledge: Knowledge
) -> None:
    sentence = f"全年收到政府信息公开申请120件{words.format(f'{value}件')}"
    both = [
        claim(sentence, "120件", "120", figures=(RECEIVED,), formula=RECEIVED),
        claim(sentence, f"{value}件", value, period="last_year", year=2022),
    ]
    outcomes = list(check_changes(growing(both, {RECEIVED: "100"}), knowledge))
    assert checks(outcomes, "years.last_year") == [(status, "")]


@pytest.mark.parametrize(("value", "status"), [("100", "held"), ("90", "failed")])
@pytest.mark.parametrize("words", ["增至", "上升到2023年的", "提高到"])
def test_last_years_number_before_what_it_has_become(
    words: str, value: str, status: str, knowledge: Knowledge
) -> None:
    sentence = f"收到政府信息公开申请由上年的{value}件{words}120件。"
    both = [
        claim(sentence, f"{value}件", value, period="last_year", period_text="上年", year=2022),
        claim(sentence, "120件", "120", figures=(RECEIVED,), formula=RECEIVED),
    ]
    outcomes = list(check_changes(growing(both, {RECEIVED: "100"}), knowledge))
    assert checks(outcomes, "years.last_year") == [(status, "")]


def test_the_second_number_of_a_sentence_may_be_this_years(knowledge: Knowledge) -> None:
    sentence = "上年收到政府信息公开申请100件,收到政府信息公开申请120件。"
    both = [quoted(sentence, "100件", "100"), quoted(sentence, "120件", "120")]
    outcomes = list(check_changes(growing(both, {RECEIVED: "100"}), knowledge))
    assert checks(outcomes, "years.last_year") == [("held", "")]


# ---------------------------------------------------------------- copies


def copied(words: str, numbers: Sequence[str], year: int, at: int = 0) -> list[KeptClaim]:
    """Returns the claims of a sentence whose {} are numbers of 件."""
    sentence = words.format(*(f"{number}件" for number in numbers), year=year)
    return [claim(sentence, f"{number}件", number, at=at) for number in numbers]


def pair(words: str, numbers: Sequence[str], later: Sequence[str] | None = None) -> Series:
    return series(
        member(2022, {}, copied(words, numbers, 2022)),
        member(2023, {}, copied(words, later or numbers, 2023)),
    )


def test_a_sentence_with_its_numbers_left_in(knowledge: Knowledge) -> None:
    (finding,) = found(
        check_copies(pair("{year}年公开财政信息{},发布政策解读{}。", ["348", "56"]), knowledge)
    )
    assert finding.code == "years.copied"
    assert [item.year for item in finding.exhibits] == [2023, 2022]
    assert finding.params["numbers"] == 2


@pytest.mark.parametrize(
    ("words", "numbers", "later"),
    [
        ("{year}年公开财政信息{},发布政策解读{}。", ["348", "56"], ["349", "56"]),  # one number is new
        ("{year}年公开财政信息{},发布政策解读{}。", ["3", "5"], None),  # small numbers come again by chance
        ("{year}年公开财政信息{}。", ["348"], None),  # one number alone
        ("{year}年收到申请{},办结{}。", ["348", "348"], None),  # and the same number twice
        ("全市设有政府信息公开查阅点{},配备资料{}。", ["348", "56"], None),  # what there is
        ("对申请在20个工作日内答复,不少于{}和{}。", ["348", "56"], None),  # a norm
    ],
)
def test_sentences_that_may_stay_as_they_are(
    words: str, numbers: Sequence[str], later: Sequence[str] | None, knowledge: Knowledge
) -> None:
    assert found(check_copies(pair(words, numbers, later), knowledge)) == []


@pytest.mark.parametrize(("made", "left_in"), [("56", 0), ("57", 1)])
def test_numbers_that_this_years_table_has_are_not_left_in(
    made: str, left_in: int, knowledge: Knowledge
) -> None:
    words, names = "{year}年收到申请{},制发规范性文件{}。", (RECEIVED, "normative_documents@made")
    claims = [
        [replace(item, figures=(name,), formula=name) for item, name in zip(told, names, strict=True)]
        for told in (copied(words, ["348", "56"], year) for year in (2022, 2023))
    ]
    cells = dict(zip(names, ("348", "56"), strict=True))
    both = series(
        member(2022, cells, claims[0]), member(2023, {**cells, "normative_documents@made": made}, claims[1])
    )
    assert len(found(check_copies(both, knowledge))) == left_in


def test_a_whole_table_left_in(knowledge: Knowledge) -> None:
    names = ["new", "carried_in", "carried_out"]
    cells = {
        f"applications.{name}@{column}": str(place + 3)
        for name in names
        for place, column in enumerate(["natural_person", "business", "total"])
    }
    same = series(member(2022, cells), member(2023, cells))
    other = series(member(2022, cells), member(2023, {**cells, CARRIED_IN: "99"}))
    assert [item.code for item in found(check_copies(same, knowledge))] == ["years.same_table"]
    assert found(check_copies(other, knowledge)) == []


# ---------------------------------------------------------------- levels

ROWS = (RECEIVED, "outcome.granted@total", "outcome.partial@total", "reconsideration.total")


def cells(*values: str) -> dict[str, str | None]:
    return dict(zip(ROWS, values, strict=True))


def below(**reports: Member | None) -> dict[str, Member | None]:
    return dict(reports)


FIRST = member(2022, cells("30", "10", "5", "1"), body="鹭汀区", parent=BODY)
SECOND = member(2022, cells("70", "40", "6", "2"), body="霁川县", parent=BODY)


def test_a_total_is_the_sum_of_those_below(knowledge: Knowledge) -> None:
    whole = member(2022, cells("100", "50", "11", "3"))
    outcomes = list(check_levels(whole, below(a=FIRST, b=SECOND), knowledge))
    assert found(outcomes) == []
    assert checks(outcomes, "levels.sum") == [("held", "")] * 4


def test_a_total_that_is_not(knowledge: Knowledge) -> None:
    whole = member(2022, cells("100", "50", "12", "3"))
    (finding,) = found(check_levels(whole, below(a=FIRST, b=SECOND), knowledge))
    assert told(finding.code, finding.actual, finding.expected) == "levels.sum 12 11"
    assert told(*(item.value for item in finding.exhibits)) == "12 5 6"
    assert finding.params["bodies"] == 2


def test_a_report_that_is_missing_makes_the_sum_unknown(knowledge: Knowledge) -> None:
    whole = member(2022, cells("130", "50", "12", "3"))
    outcomes = list(check_levels(whole, below(a=FIRST, b=SECOND, c=None), knowledge))
    assert found(outcomes) == []
    assert set(checks(outcomes, "levels.sum")) == {("unknown", "report_missing")}


def test_a_body_that_counts_its_own_cases_only(knowledge: Knowledge) -> None:
    own = member(2022, cells("9", "4", "2", "3"))
    outcomes = list(check_levels(own, below(a=FIRST, b=SECOND), knowledge))
    assert found(outcomes) == []
    assert set(checks(outcomes, "levels.sum")) == {("unknown", "own_cases")}


# ---------------------------------------------------------------- series


def test_a_name_without_its_region_is_the_one_body_that_has_it() -> None:
    full = member(2022, body="澜溪市鹭汀区", parent="澜溪市")
    short = member(2023, body="鹭汀区")
    (item,) = series_of([full, short])
    assert (item.body, item.parent, list(item.years)) == ("澜溪市鹭汀区", "澜溪市", [2022, 2023])


def test_two_bodies_of_one_name_are_not_mixed() -> None:
    members = [
        member(2022, body="澜溪市鹭汀区", parent="澜溪市"),
        member(2022, body="晴洲市鹭汀区", parent="晴洲市"),
        member(2023, body="鹭汀区"),
    ]
    assert [item.body for item in series_of(members)] == ["晴洲市鹭汀区", "澜溪市鹭汀区", "鹭汀区"]


def test_two_reports_of_one_year(knowledge: Knowledge) -> None:
    members = [member(2022, source="a.html"), member(2022, source="b.txt"), member(2023)]
    (item,) = series_of(members)
    (finding,) = duplicates(item, knowledge)
    assert (finding.code, finding.params["count"], finding.params["same"]) == (
        "collection.duplicate",
        2,
        "different",
    )
    assert item.years[2022].source == "a.html"


def test_the_report_whose_tables_could_be_read_counts() -> None:
    torn = replace(member(2022, source="a.txt"), doubts=9)
    (item,) = series_of([torn, member(2022, source="b.html")])
    assert item.years[2022].source == "b.html"


def test_bodies_below_are_found_by_the_region_they_belong_to() -> None:
    members = [
        member(2022),
        member(2022, body="澜溪市商务局", parent=BODY),
        member(2022, body="晴洲市", parent=""),
    ]
    (upper,) = families(series_of(members)).items()
    assert (upper[0], [item.body for item in upper[1]]) == (BODY, ["澜溪市商务局"])


def test_the_region_above_may_be_written_in_full() -> None:
    members = [member(2022), member(2022, body="云岭省澜溪市商务局", parent="云岭省澜溪市")]
    assert list(families(series_of(members))) == [BODY]


def test_reports_of_no_known_body_or_year_stand_in_no_series() -> None:
    assert (
        series_of(
            [member(2022, body=""), Member("r", "s", "h", "", BODY, "", "", None, FIRST.confidence, "")]
        )
        == ()
    )


# ---------------------------------------------------------------- running totals in prose


@pytest.mark.parametrize(
    ("words", "last", "now", "found_codes"),
    [
        ("政务微博开通以来累计发布信息{}。", "5200条", "5600条", []),
        ("政务微博开通以来累计发布信息{}。", "5600条", "5200条", ["years.cumulative"]),
        ("历年累计主动公开政府信息{}。", "5600条", "5200条", ["years.cumulative"]),
        ("自2008年以来,共受理政府信息公开申请{}。", "560件", "520件", ["years.cumulative"]),
        ("全年累计发布信息{}。", "5600条", "5200条", []),
        ("截至12月底,累计发布信息{}。", "5600条", "5200条", []),
        ("政务微博开通以来影响扩大,今年发布信息{}。", "5600条", "5200条", []),
    ],
)
def test_running_totals_told_in_prose(
    words: str, last: str, now: str, found_codes: Sequence[str], knowledge: Knowledge
) -> None:
    members = [
        member(year, {}, [claim(words.format(text), text, text[:-1], unit=text[-1])])
        for year, text in ((2021, last), (2023, now))
    ]
    assert [item.code for item in found(check_running(series(*members), knowledge))] == found_codes
