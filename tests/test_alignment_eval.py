"""The comparison of alignment with simple methods: each sees words and never the value, and is counted the same way."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from eval.alignment.baselines import METHODS, answer, choose
from eval.alignment.left_out import without
from eval.alignment.scoring import Calibration, best_threshold, calibration, score, share
from eval.alignment.task import Answer, Candidate, Document, Question
from extractor.data import Interval, Stamp, Verdict
from extractor.knowledge import Knowledge
from extractor.knowledge.models import Corpus, Phrase
from extractor.labels import GoldClaim

CELLS = (
    Candidate("applications.received", "收到申请数", Decimal(24), "件"),
    Candidate("applications.answered", "申请答复数", Decimal(23), "件"),
    Candidate("reconsideration.total", "行政复议数量", None, "件"),
    Candidate("funds.total", "政府信息公开专项经费", Decimal("1.5"), "万元"),
)


def claim(name: str, indicator: str, value: str, figures: tuple[str, ...], unit: str = "件") -> GoldClaim:
    number = Decimal(value)
    return GoldClaim(
        id=name, start=0, end=1, text=value, value=number, interval=Interval(number, number), unit=unit,
        indicator=indicator, scope=(), period=(), relation=("level",), part_of=(), figures=figures,
        verdict=Verdict.MATCH if figures else Verdict.ABSENT,
    )  # fmt: skip


def document(*questions: Question, clean: bool = True) -> Document:
    return Document("a.txt", questions, CELLS, {}, clean, Stamp("v", "k", "m"))


RECEIVED = Question(
    claim("c1", "收到申请数", "24", ("applications.received",)), "全年收到政府信息公开申请", ""
)
ANSWERED = Question(claim("c2", "申请答复数", "20", ("applications.answered",)), "收到申请24件,答复申请", "")
OTHER = Question(claim("c3", "座谈会", "3", (), "次"), "召开座谈会", "")


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_every_method_finds_the_cell_that_bears_the_phrase_whatever_its_value(
    method: object, knowledge: Knowledge
) -> None:
    units = knowledge.language.units
    for value in ("24", "7"):
        asked = replace(RECEIVED, claim=claim("c1", "收到申请数", value, ("applications.received",)))
        (choice,) = choose(method, document(asked), units)  # type: ignore[arg-type]
        assert choice.candidate is not None
        assert choice.candidate.name == "applications.received"


def test_the_seven_patterns_take_the_nearest_word_and_only_cases(knowledge: Knowledge) -> None:
    patterns = next(method for method in METHODS if method.name == "patterns")
    answered, other = choose(patterns, document(ANSWERED, OTHER), knowledge.language.units)
    assert answered.candidate is not None
    assert answered.candidate.name == "applications.answered"
    assert other.candidate is None


def test_a_choice_below_the_threshold_names_no_cell_and_above_it_is_compared(knowledge: Knowledge) -> None:
    units = knowledge.language.units
    fuzzy = next(method for method in METHODS if method.name == "rapidfuzz")
    asked = document(RECEIVED, ANSWERED)
    chosen = choose(fuzzy, asked, units)
    assert answer(asked, chosen, 1.01, units)["c1"] == Answer()
    said = answer(asked, chosen, 0.2, units)
    assert (said["c1"].verdict, said["c2"].verdict) == (Verdict.MATCH, Verdict.MISMATCH)
    assert said["c2"].figures == frozenset({"applications.answered"})


def test_links_verdicts_and_false_mismatches_are_counted(knowledge: Knowledge) -> None:
    given = {
        "c1": Answer(frozenset({"applications.received"}), Verdict.MATCH, 0.9),
        "c2": Answer(frozenset({"applications.received"}), Verdict.MISMATCH, 0.8),
    }
    scores = score([document(RECEIVED, ANSWERED, OTHER)], [given])
    assert (scores.links.counts.hits, scores.links.counts.gold, scores.links.counts.found) == (1, 2, 2)
    assert (scores.whole.over, scores.whole.under) == (1, 2)
    assert (scores.verdicts.over, scores.verdicts.under) == (2, 3)
    assert scores.false_mismatches.value == scores.false_mismatches_clean.value == 1.0
    assert json.dumps(scores.to_dict())


def test_a_share_of_nothing_is_undefined() -> None:
    assert share([]).value is None
    assert share([(1, 2), (1, 2)]).interval == (0.5, 0.5)


def test_calibration_of_a_sure_and_right_model_is_perfect() -> None:
    assert calibration([]) == Calibration(0, None, None, ())
    perfect = calibration([(1.0, True), (0.0, False)])
    assert (perfect.ece, perfect.brier) == (0.0, 0.0)
    half = calibration([(0.9, True), (0.9, False)])
    assert half.ece == pytest.approx(0.4)
    assert half.bins == ((2, 0.9, 0.5),)


def test_the_best_threshold_is_the_lowest_of_equals(knowledge: Knowledge) -> None:
    asked = [document(RECEIVED)]
    right = [{"c1": Answer(frozenset({"applications.received"}))}]
    assert best_threshold(asked, lambda threshold: right if threshold < 0.5 else [{}], [0.3, 0.4, 0.6]) == 0.3


def test_a_template_left_out_takes_its_rows_indicators_and_phrases_with_it(knowledge: Knowledge) -> None:
    phrases = Corpus(
        (
            Phrase("g", "", (), "设立查阅点", "个", "organization.reading_points"),
            Phrase("g", "", (), "收到申请", "件", "applications.received"),
        ),
        {},
    )
    every = knowledge.templates.templates
    less, corpus, removed = without(every, phrases, knowledge)
    assert (less.templates.templates, less.linking.indicators, corpus.phrases) == ((), {}, ())
    assert removed.phrases == 2
    old = next(template for template in every if template.id == "ogi-2014")
    one, _, gone = without([old], phrases, knowledge)
    assert "staff.total" not in one.linking.indicators
    assert "applications.received" in one.linking.indicators
    assert 0 < gone.indicators < removed.indicators
    assert old.id not in {template.id for template in one.templates.templates}
