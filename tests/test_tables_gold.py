"""The gold tables: every cell and every identity of each report is read as its writer wrote it, or marked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from eval.tables.plan import PLANS, Plan
from eval.tables.reading import load_gold, score, scores
from eval.tables.writing import same, written
from extractor.knowledge import Knowledge

CORPUS = Path(__file__).resolve().parent.parent / "corpora" / "tables"
REPORTS = {path.stem: path for path in (CORPUS / "reports").iterdir()}
# Of a hundred cells that are glued together so many may be left open.
_MOST_DOUBTFUL = 30


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_every_cell_and_every_identity_is_right_or_marked(plan: Plan, knowledge: Knowledge) -> None:
    result = score(CORPUS / "gold" / f"{plan.name}.tsv", REPORTS[plan.name], knowledge)
    assert result.misses == []
    doubtful = sum(number for outcome, number in result.cells.items() if outcome.startswith("doubtful"))
    assert doubtful == 0 or (result.doubt and 100 * doubtful <= _MOST_DOUBTFUL * sum(result.cells.values()))
    assert result.identities["doubtful"] == 0 or doubtful


def test_planted_errors_are_named_more_often_than_others_are(knowledge: Knowledge) -> None:
    culprits = sum((result.culprits for result in scores(CORPUS, knowledge)), Counter[str]())
    assert culprits["named"] >= 20
    assert 10 * culprits["another named"] <= culprits["named"]


def test_the_corpus_is_what_its_writer_writes() -> None:
    reports = list(written())
    assert [report.name for report in reports if not same(report, CORPUS)] == []
    assert {report.name for report in reports} == set(REPORTS)


def test_the_corpus_holds_every_form_layout_and_fault() -> None:
    golds = [load_gold(CORPUS / "gold" / f"{plan.name}.tsv") for plan in PLANS]
    assert len(golds) >= 60
    assert {"2014", "2019", "2021", "local", "mixed"} <= {gold.form for gold in golds}
    for form in ("2014", "2019", "2021"):
        assert len({gold.layout for gold in golds if gold.form == form}) >= 11
    assert len({fault for plan in PLANS for fault in plan.faults}) == 10
    planted = [gold for gold, plan in zip(golds, PLANS, strict=True) if plan.faults]
    assert all(any(outcome == "fails" for outcome, _ in gold.identities.values()) for gold in planted)
