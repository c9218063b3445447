"""Scoring: pairing whatever the order, counts that add up, undefined metrics that stay undefined."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import Decimal

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
from extractor.knowledge.scoring import load_scoring
from extractor.labels import Gold, GoldCheck, GoldClaim, GoldFigure, GoldFinding, GoldNumber
from extractor.score import Counts, DocumentScores, Scores, compare, pair, wilson
from extractor.score.counts import bootstrap, metric
from extractor.score.pairing import pair_spans

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
    assert scores.to_dict()["metrics"]["claims"]["recall"] == 0.5
    assert len(scores.misses) == len(scores.to_dict()["misses"]) > 0
    english, chinese = scores.to_text("en"), scores.to_text("zh")
    assert "| Claims: span | 1.000 (2/2)" in english
    assert "0.500 (2/4)" in english
    assert "陈述:位置" in chinese
    assert english.count("\n") == chinese.count("\n")


def test_an_undefined_metric_prints_a_dash() -> None:
    document = DocumentScores("r.txt", {name: Counts() for name in load_scoring().metrics}, ())
    assert "| Claims: span | — (0/0) | — (0/0) | — |" in Scores((document,), STAMP).to_text("en")
