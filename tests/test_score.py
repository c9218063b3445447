"""Scoring: pairing whatever the order, counts that add up, undefined metrics that stay undefined."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.data import (
    CellState,
    Check,
    Claim,
    Figure,
    Finding,
    Interval,
    Link,
    Number,
    Period,
    Reading,
    Relation,
    Report,
    Result,
    Scope,
    Severity,
    Stamp,
    Status,
    Verdict,
)
from extractor.errors import InputError, KnowledgeError
from extractor.knowledge.scoring import load_scoring, read_flag
from extractor.labels import Gold, GoldCheck, GoldClaim, GoldFigure, GoldFinding, GoldNumber
from extractor.score import (
    Counts,
    DocumentScores,
    Scores,
    compare,
    contrast,
    pair,
    read_kept,
    to_dict,
    wilson,
    write_text,
)
from extractor.score.confidence import Ranked, area, brier, calibration_error, reliability, risk_curve, tenths
from extractor.score.counts import bootstrap, metric
from extractor.score.pairing import pair_spans
from extractor.score.traits import labelled_traits, memberships

STAMP = Stamp("0", "kb", "model")
TEXT = "2014年收到申请24件,答复约10件。经费3万元。"


@dataclass(frozen=True)
class Stretch:
    start: int
    end: int


# ---------------------------------------------------------------- pairing


def test_equal_spans_go_first_then_the_greater_overlap() -> None:
    gold = [Stretch(0, 4), Stretch(10, 20)]
    exact, loose = pair_spans(gold, [Stretch(2, 12), Stretch(0, 4), Stretch(12, 20)])
    assert (exact, loose) == ({0: 1}, {1: 2})


def test_as_many_pairs_as_can_be_made() -> None:
    # the first gold item fits both, the second only the one the first likes best
    assert pair(["ab", "a"], ["a", "b"], lambda g, f: (2 if f == "a" else 1) if f in g else 0) == {0: 1, 1: 0}


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=12).map(
    lambda items: [Stretch(start, start + length) for start, length in items]
)


@given(spans, spans, st.randoms(use_true_random=False))
def test_pairing_is_one_to_one_and_counts_do_not_depend_on_order(
    gold: list[Stretch], found: list[Stretch], chance: random.Random
) -> None:
    exact, loose = pair_spans(gold, found)
    pairs = {**exact, **loose}
    assert len(set(pairs.values())) == len(pairs)
    assert not set(exact) & set(loose)
    assert all(max(gold[i].start, found[j].start) < min(gold[i].end, found[j].end) for i, j in pairs.items())
    shuffled, others = list(gold), list(found)
    chance.shuffle(shuffled)
    chance.shuffle(others)
    again = pair_spans(shuffled, others)
    assert (len(again[0]), len(again[1])) == (len(exact), len(loose))


# ---------------------------------------------------------------- counts


def test_ratios_have_their_denominators() -> None:
    counts = Counts(hits=3, gold=4, found=6)
    assert (counts.precision, counts.recall, counts.f1) == (0.5, 0.75, 0.6)


def test_nothing_to_find_is_undefined_not_zero() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (None, None, None)
    assert Counts(0, 0, 2).precision == 0
    assert Counts(0, 0, 2).recall is None
    assert Counts(1, 2, None).precision is None
    assert wilson(0, 0) is None
    empty = metric("claims", [Counts()])
    assert (empty.precision_interval, empty.recall_interval, empty.f1_interval) == (None, None, None)


def test_counts_add_up_and_an_undefined_side_stays_so() -> None:
    assert Counts(1, 2, 3) + Counts(4, 5, 6) == Counts(5, 7, 9)
    assert Counts(1, 2, None) + Counts(4, 5, 6) == Counts(5, 7, None)


def test_wilson_against_published_values() -> None:
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3
    for hits, total, low, high in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
    ]:
        interval = wilson(hits, total)
        assert interval is not None
        assert list(interval) == pytest.approx([low, high], abs=5e-5)


def test_bootstrap_needs_two_documents_and_repeats_itself() -> None:
    assert bootstrap([Counts(1, 1, 1)]) is None
    counts = [Counts(9, 10, 10), Counts(5, 10, 10), Counts(10, 10, 10)]
    interval = bootstrap(counts)
    assert interval is not None
    assert interval == bootstrap(counts)
    assert 0.5 <= interval[0] < 0.8 < interval[1] <= 1.0


# ---------------------------------------------------------------- one report


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def claim(identity: str, words: str, value: str, unit: str) -> Claim:
    start, end = span(words)
    amount = Decimal(value)
    return Claim(
        id=identity, start=start, end=end, text=words, numbers=(), value=amount,
        interval=Interval(amount, amount), unit=unit, unit_text=unit, kind="count", hedge="",
        indicator="收到申请", context=(), verb="收到", scope=Scope(), period=Period("year"),
        relation=Relation.LEVEL, part_of=None, list_kind="", section=(), sentence=(0, len(TEXT)), rule="r",
    )  # fmt: skip


def labelled(identity: str, words: str, value: str, unit: str, figures: tuple[str, ...]) -> GoldClaim:
    start, end = span(words)
    amount = Decimal(value)
    return GoldClaim(
        identity, start, end, words, amount, Interval(amount, amount), unit, "申请", ("unstated",), ("year",),
        ("level",), (None,), figures, Verdict.MATCH if figures else Verdict.ABSENT,
    )  # fmt: skip


def figure(identity: str, indicator: str, value: str) -> Figure:
    return Figure(
        id=identity, table="T1", row=0, column=0, address=f"T1!{identity}", row_label="", column_label="",
        row_path=(), column_path=(), indicator=indicator, group="", value=Decimal(value),
        state=CellState.VALUE, text=value, unit="件", start=0, end=0,
    )  # fmt: skip


GOLD = Gold(
    file="r.txt", sha256="", template="ogi-2014",
    numbers=(
        GoldNumber(0, 4, "2014", Status.EXCLUDED, ("date",)),
        GoldNumber(*span("24"), "24", Status.CLAIMED, claim="g1"),
        GoldNumber(*span("10"), "10", Status.CLAIMED, claim="g2"),
    ),
    claims=(
        labelled("g1", "24件", "24", "件", ("applications.received",)),
        labelled("g2", "约10件", "10", "件", ()),
    ),
    exclusions=(),
    figures=(GoldFigure("applications.received", 0, 0, "24", Decimal(24), "件", CellState.VALUE),),
    findings=(GoldFinding("tieout.mismatch", ("g1",), ("applications.received",)),),
    checks=(GoldCheck("text.parts", ("g1", "g2"), (), holds=True),),
    ignored=((*span("3"), "not scored"),),
)  # fmt: skip

RESULT = Result(
    report=Report("r.txt", "", TEXT),
    reading=Reading((figure("f1", "applications.received", "24"),)),
    numbers=(
        Number(0, 4, "2014", Status.EXCLUDED, "date"),
        Number(*span("24"), "24", Status.CLAIMED, claim="a"),
        Number(*span("10"), "10", Status.CLAIMED, claim="b"),
        Number(*span("3"), "3", Status.UNEXPLAINED, "unknown"),
    ),
    claims=(claim("a", "24件", "24", "件"), claim("b", "约10件", "10", "件")),
    links=(Link("a", ("f1",), "", Decimal(1), "alias"), Link("b", (), "", Decimal(0), "none")),
    verdicts={"a": Verdict.MATCH, "b": Verdict.ABSENT},
    findings=(Finding("tieout.mismatch", Verdict.MISMATCH, Severity.ERROR, ("a",), ("f1",)),),
    checks=(Check("text.parts", True, ("b", "a")), Check("text.parts", True, ("a",))),
    problems=(), stamp=STAMP,
)  # fmt: skip


def test_a_result_like_its_labels_scores_one_everywhere() -> None:
    scores = compare(GOLD, RESULT)
    assert scores.misses == ()
    assert set(scores.counts) == set(load_scoring().metrics)
    for name, counts in scores.counts.items():
        assert counts.hits == counts.gold > 0, name
        assert counts.found in (None, counts.gold), name


@given(st.randoms(use_true_random=False))
def test_the_order_of_labels_and_of_results_does_not_matter(chance: random.Random) -> None:
    finding = Finding("text.rate", None, Severity.REVIEW, ("b", "a"))
    wanted = (
        *GOLD.findings,
        GoldFinding("text.rate", ("g2", "g1"), ()),
        GoldFinding("text.rate", ("g2",), ()),
    )
    gold = replace(GOLD, findings=wanted)
    result = replace(
        RESULT,
        claims=(*RESULT.claims, claim("c", "3万元", "3", "万元")),
        findings=(*RESULT.findings, finding, finding),
        verdicts={**RESULT.verdicts, "c": Verdict.ABSENT},
    )
    expected = compare(gold, result)

    def mixed(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(items, len(items)))

    other = compare(
        replace(gold, numbers=mixed(gold.numbers), claims=mixed(gold.claims), findings=mixed(gold.findings)),
        replace(result, numbers=mixed(result.numbers), claims=mixed(result.claims), links=mixed(result.links),
                findings=mixed(result.findings)),
    )  # fmt: skip
    assert other.counts == expected.counts
    assert other.groups == expected.groups
    assert sorted(map(repr, other.misses)) == sorted(map(repr, expected.misses))


def test_each_difference_lowers_its_own_metric_and_is_listed() -> None:
    changed = replace(
        RESULT,
        claims=(claim("a", "24件,", "24", "件"), claim("b", "约10件", "11", "元")),
        links=(Link("a", (), "", Decimal(0), "none"), Link("b", ("f1",), "", Decimal(1), "alias")),
        verdicts={"a": Verdict.MATCH, "b": Verdict.MISMATCH},
        findings=(Finding("tieout.mismatch", Verdict.MISMATCH, Severity.ERROR, ("b",), ("f1",)),),
        checks=(),
        reading=Reading((figure("f1", "applications.received", "25"),)),
    )
    scores = compare(GOLD, changed)
    assert scores.counts["claims"] == Counts(1, 2, 2)
    assert scores.counts["claims.overlap"] == Counts(2, 2, 2)
    assert scores.counts["claims.whole"] == Counts(0, 2, 2)
    assert scores.counts["values"] == Counts(1, 2, 2)
    assert scores.counts["links"] == Counts(0, 1, 1)
    assert scores.counts["verdicts"] == Counts(1, 2, 2)
    assert scores.counts["findings"] == Counts(0, 1, 1)
    assert scores.counts["checks"] == Counts(0, 1, None)
    assert scores.counts["figures"] == Counts(0, 1, 1)
    missed = [miss.metric for miss in scores.misses]
    assert sorted(missed) == sorted(
        ["claims", "values", "links", "links", "verdicts", "findings", "findings", "checks", "figures"]
    )


def test_a_finding_about_a_heading_has_its_code_alone() -> None:
    heading = Finding("text.heading_year", None, Severity.REVIEW, params={"said": "x"})
    result = replace(RESULT, findings=(*RESULT.findings, heading))
    gold = replace(GOLD, findings=(*GOLD.findings, GoldFinding("text.heading_year", (), ())))

    assert compare(gold, result).counts["findings"] == Counts(2, 2, 2)
    assert compare(GOLD, result).counts["findings"] == Counts(1, 1, 2)
    assert compare(gold, RESULT).counts["findings"] == Counts(1, 2, 1)


def test_a_blank_cell_nobody_labelled_is_no_superfluous_cell_and_a_figure_is() -> None:
    blank = replace(figure("f2", "T1!R9C3", "0"), value=None, state=CellState.BLANK)
    scores = compare(GOLD, replace(RESULT, reading=Reading((*RESULT.reading.figures, blank))))
    assert scores.counts["figures"] == Counts(1, 1, 1)
    dash = replace(blank, state=CellState.DASH)
    scores = compare(GOLD, replace(RESULT, reading=Reading((*RESULT.reading.figures, dash))))
    assert scores.counts["figures"] == Counts(1, 1, 2)
    labelled_blank = GoldFigure("T1!R9C3", 0, 0, "", None, "件", CellState.BLANK)
    wanted = replace(GOLD, figures=(*GOLD.figures, labelled_blank))
    assert compare(wanted, RESULT).counts["figures"] == Counts(1, 2, 1)


def test_missing_and_superfluous_items_count_against_recall_and_precision() -> None:
    fewer = replace(
        RESULT,
        numbers=RESULT.numbers[:2],
        claims=RESULT.claims[:1],
        links=RESULT.links[:1],
        verdicts={"a": Verdict.MATCH},
    )
    scores = compare(GOLD, fewer)
    assert scores.counts["numbers"] == Counts(2, 3, 2)
    assert scores.counts["claims"] == scores.counts["verdicts"] == Counts(1, 2, 1)
    more = replace(
        RESULT,
        numbers=(*RESULT.numbers, Number(*span("0件"), "0", Status.UNEXPLAINED, "x")),
        claims=(*RESULT.claims, claim("c", "3万元", "3", "万元")),
        verdicts={**RESULT.verdicts, "c": Verdict.ABSENT},
    )
    scores = compare(GOLD, more)
    assert scores.counts["numbers"] == Counts(3, 3, 4)
    assert scores.counts["claims"] == scores.counts["verdicts"] == Counts(2, 2, 3)


def test_a_number_with_another_fate_is_no_hit() -> None:
    other = replace(RESULT, numbers=(replace(RESULT.numbers[0], status=Status.CLAIMED), *RESULT.numbers[1:]))
    scores = compare(GOLD, other)
    assert scores.counts["numbers"] == Counts(2, 3, 3)
    assert scores.counts["numbers.reason"] == Counts(0, 0, 0)


def test_scores_pool_documents_and_print_in_both_languages() -> None:
    one = compare(GOLD, RESULT)
    blank = replace(RESULT, claims=(), links=(), verdicts={}, findings=())
    scores = Scores((one, compare(GOLD, blank)), STAMP)
    pooled = scores.metric("claims")
    assert pooled.counts == Counts(2, 4, 2)
    assert pooled.f1_interval is not None
    kept = to_dict(scores)
    assert kept["metrics"]["claims"]["recall"] == 0.5
    assert len(scores.misses) == len(kept["misses"]) > 0
    english, chinese = write_text(scores, "en"), write_text(scores, "zh")
    assert "| Claims: span | 1.000 (2/2)" in english
    assert "0.500 (2/4)" in english
    assert "陈述：位置" in chinese
    assert english.count("\n") == chinese.count("\n")


def test_an_undefined_metric_prints_a_dash() -> None:
    document = DocumentScores("r.txt", {name: Counts() for name in load_scoring().metrics}, ())
    assert "| Claims: span | — (0/0) | — (0/0) | — |" in write_text(Scores((document,), STAMP), "en")


# ---------------------------------------------------------------- groups, coverage, alarms


def test_claims_are_counted_in_the_groups_their_labels_put_them_in() -> None:
    groups = compare(GOLD, RESULT).groups
    assert groups["indicator"]["applications"]["claims"] == Counts(1, 1, 1)
    assert groups["indicator"]["none"]["claims"] == Counts(1, 1, 1)
    assert groups["flag"]["hedged"]["values"] == Counts(1, 1, 1)
    assert groups["rule"]["r"]["verdicts"] == Counts(2, 2, 2)
    assert groups["finding"] == {"tieout.mismatch": {"findings": Counts(1, 1, 1)}}


def test_what_is_missed_or_superfluous_counts_on_its_own_side() -> None:
    odd = replace(claim("c", "3万元", "3", "万元"), rule="other")
    result = replace(
        RESULT,
        claims=(RESULT.claims[0], odd),
        links=RESULT.links[:1],
        verdicts={"a": Verdict.MATCH, "c": Verdict.ABSENT},
    )
    groups = compare(GOLD, result).groups
    assert groups["rule"][""]["claims"] == Counts(0, 1, 0)
    assert groups["rule"]["other"]["claims"] == Counts(0, 0, 1)
    assert groups["flag"]["scaled"]["claims"] == Counts(0, 0, 1)
    assert groups["flag"]["hedged"]["claims"] == Counts(0, 1, 0)


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ({}, "flags.x"),
        ({"least": 1, "among": ["a"]}, "flags.x"),
        ({"matches": "["}, r"flags\.x\.matches"),
        ({"least": "two"}, r"flags\.x\.least"),
        ({"lesat": 1}, r"flags\.x\.lesat"),
    ],
)
def test_a_flag_that_says_nothing_or_too_much_is_refused(entry: dict[str, object], key: str) -> None:
    with pytest.raises(KnowledgeError, match=key):
        read_flag("x", {"zh": "甲", "en": "a", "of": "text", **entry})


def test_every_flag_can_be_told_of_a_claim() -> None:
    traits = labelled_traits(GOLD.claims[0])
    assert [flag.id for flag in load_scoring().flags if not hasattr(traits, flag.of)] == []
    hard = replace(
        GOLD.claims[1], text="近二百万", value=None, interval=Interval(Decimal(0), None), unit=None,
        scope=("body",), period=("as_of", "year"), relation=("rate",), part_of=("g1", None), figures=("a", "b"),
    )  # fmt: skip
    named = {
        group
        for dimension, group in memberships(labelled_traits(hard), hard.figures, "")
        if dimension == "flag"
    }
    assert named == {flag.id for flag in load_scoring().flags} - {"zero", "percent"}


def test_each_number_has_one_fate_and_false_alarms_are_told_from_notes() -> None:
    alarm = Finding("text.parts", None, Severity.REVIEW, ("b",))
    note = Finding("text.rate", None, Severity.INFO, ("b",))
    scores = Scores((compare(GOLD, replace(RESULT, findings=(*RESULT.findings, alarm, note))),), STAMP)
    assert sum(scores.numbers().values()) == 3
    assert scores.numbers(labelled=True)[Status.CLAIMED] == 2
    rate = scores.alarm_rate()
    assert (rate.reports, rate.alarms, rate.notes, rate.alarmed, rate.mean) == (1, 1, 1, 1, 1.0)
    assert scores.alarm_rate(clean=True).mean is None
    quiet = compare(replace(GOLD, findings=()), RESULT)
    assert Scores((quiet,), STAMP).alarm_rate(clean=True).alarms == 1


# ---------------------------------------------------------------- confidence

RANKED = [
    Ranked(Decimal(score), right)
    for score, right in [("0.95", True), ("0.9", True), ("0.9", False), ("0.2", False)]
]


def test_calibration_by_hand() -> None:
    # tenth 9: mean 0.91667 against 2/3; tenth 2: 0.2 against 0
    assert calibration_error([tenths(RANKED)]) == pytest.approx(0.75 * 0.25 + 0.25 * 0.2)
    assert brier(RANKED) == pytest.approx((0.05**2 + 0.1**2 + 0.9**2 + 0.2**2) / 4)
    assert [item.count for item in reliability(RANKED)] == [1, 3]
    assert brier([]) is calibration_error([]) is area([]) is None
    assert reliability([Ranked(Decimal(1), True)])[0].high == 1


def test_risk_falls_with_coverage_where_scores_are_good() -> None:
    curve = risk_curve(RANKED)
    assert [kept for kept, _ in curve] == [0.25, 0.75, 1.0]
    assert [risk for _, risk in curve] == pytest.approx([0.0, 1 / 3, 0.5])
    assert area(curve) == pytest.approx(0.5 * (1 / 3) / 2 + 0.25 * (1 / 3 + 0.5) / 2)


links = st.lists(st.builds(Ranked, st.decimals(0, 1, places=3), st.booleans()), min_size=1, max_size=30)


@given(links)
def test_curves_end_where_everything_is_kept(ranked: list[Ranked]) -> None:
    curve = risk_curve(ranked)
    wrong = sum(not link.right for link in ranked) / len(ranked)
    assert curve[-1][0] == 1.0
    assert curve[-1][1] == pytest.approx(wrong)
    assert [share for share, _ in curve] == sorted({share for share, _ in curve})
    assert sum(item.count for item in reliability(ranked)) == len(ranked)
    error, square = calibration_error([tenths(ranked)]), brier(ranked)
    assert error is not None
    assert square is not None
    assert 0 <= error <= 1
    assert 0 <= square <= 1
    assert calibration_error([tenths([link]) for link in ranked]) == pytest.approx(error)


# ---------------------------------------------------------------- two runs, and test data


def run(*splits: str, result: Result = RESULT, show_test: bool = False) -> Scores:
    documents = tuple(
        replace(compare(GOLD, result), file=f"{index}.txt", split=split, labels="h")
        for index, split in enumerate(splits)
    )
    return Scores(documents, STAMP, show_test)


WORSE = replace(RESULT, claims=RESULT.claims[:1], links=RESULT.links[:1], verdicts={"a": Verdict.MATCH})


def test_a_kept_run_reads_back_and_differs_from_itself_in_nothing(tmp_path: Path) -> None:
    scores = run("development", "development", result=WORSE)
    kept = tmp_path / "run.json"
    kept.write_text(json.dumps(to_dict(scores)), encoding="utf-8")
    before = read_kept(kept)
    assert before.counts == {document.file: document.counts for document in scores.documents}
    same = contrast(before.counts, before.counts, STAMP, before.labels, before.labels)
    assert same.changed == ()
    assert {change.difference for change in same.metrics if change.difference is not None} == {0}
    assert "No report changed." in write_text(scores, "en", same)


def test_a_change_names_its_reports_and_has_an_interval() -> None:
    before = {document.file: document.counts for document in run("development", "development").documents}
    after = {**before, "1.txt": compare(GOLD, WORSE).counts}
    found = contrast(before | {"gone.txt": after["0.txt"]}, after, STAMP, {"0.txt": "a"}, {"0.txt": "b"})
    claims = next(change for change in found.metrics if change.name == "claims")
    assert claims.difference == pytest.approx(6 / 7 - 1)
    assert claims.interval is not None
    assert list(claims.interval) == pytest.approx([2 / 3 - 1, 0.0])
    assert {change.file for change in found.changed} == {"1.txt"}
    assert (found.only_before, found.only_after, found.relabelled) == (("gone.txt",), (), ("0.txt",))
    checks = next(change for change in found.metrics if change.name == "checks")
    assert checks.difference == -0.5  # of recall: precision is undefined


def test_a_file_that_is_no_run_is_refused_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for text in (
        "[",
        "[]",
        "{}",
        '{"stamp": {}, "documents": [{"file": "a", "counts": {"claims": [1, -1, 0]}}]}',
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="unreadable"):
            read_kept(path)
    path.write_text(json.dumps(to_dict(run("test"))), encoding="utf-8")
    with pytest.raises(InputError, match="totals_only"):
        read_kept(path)
    with pytest.raises(InputError, match="unreadable"):
        read_kept(tmp_path / "none.json")


def test_of_test_data_nothing_but_totals_is_shown() -> None:
    hidden, shown = run("test", result=WORSE), run("test", result=WORSE, show_test=True)
    assert hidden.metric("claims") == shown.metric("claims")
    kept, text = to_dict(hidden), write_text(hidden, "en")
    assert kept["misses"] == kept["documents"] == []
    assert all(groups == {} for groups in kept["groups"].values())
    assert kept["withheld"] == len(shown.misses) > 0
    assert "0.txt" not in json.dumps(kept) + text
    assert "约10件" not in json.dumps(kept, ensure_ascii=False) + text
    assert "约10件" in write_text(shown, "en")
    both = run("development", "test", result=WORSE)
    assert {document.file for document in both.shown} == {"0.txt"}
    assert (
        write_text(both).count("约10件") * 2 == write_text(replace(both, show_test=True)).count("约10件") > 0
    )
