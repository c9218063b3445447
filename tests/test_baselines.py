"""The comparison with other tools: pairing on numerals, fair values, offsets that lead back, failures that are said."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eval.baselines import environments, run, table
from eval.baselines.scoring import METRICS, Outcome, Prediction, score
from eval.baselines.tools import plain
from extractor import gold
from extractor.data import Region, Report
from extractor.knowledge import Knowledge
from extractor.labels import Gold
from extractor.score import Counts
from extractor.score.counts import metric

TEXT = "2014年收到申请24件,经费136.22万元,占三成,配备10—15人。第3页。未发生行政诉讼。"
HEAD = {"kind": "report", "file": "r.txt", "sha256": "s", "template": ""}


def claim(number: str, at: str, value: str | None, unit: str | None, **more: str) -> dict[str, Any]:
    label: dict[str, Any] = {"kind": "claim", "id": number, "at": at, "value": value, "indicator": "甲", "figures": [],
             "verdict": "not_in_table", **more}  # fmt: skip
    return label if unit is None else label | {"unit": unit}


LABELS = (
    HEAD,
    {"kind": "exclusion", "at": "⟦2014年⟧", "reason": "date"},
    claim("c1", "⟦24件⟧", "24", "件"),
    claim("c2", "⟦136.22万元⟧", "136.22", "万元"),
    claim("c3", "⟦三成⟧", "30", "%", low="25", high="35"),
    claim("c4", "⟦10—15人⟧", None, "人", low="10", high="15"),
    {"kind": "ignore", "at": "⟦第3页⟧", "why": "page mark"},
    claim("c5", "⟦未发生行政诉讼⟧", "0", None),
)


@pytest.fixture
def labels(tmp_path: Path) -> Gold:
    report = Report("r.txt", "s", TEXT, regions=(Region(0, len(TEXT), "narrative"),))
    path = tmp_path / "r.jsonl"
    path.write_text("\n".join(json.dumps(label, ensure_ascii=False) for label in LABELS), encoding="utf-8")
    return gold.read(path, report)


def found(words: str, value: str | None, unit: str = "") -> Prediction:
    start = TEXT.index(words)
    return Prediction(start, start + len(words), None if value is None else Decimal(value), unit)


def counts(outcome: Outcome) -> dict[str, tuple[int, int, int | None]]:
    return {name: (item.hits, item.gold, item.found) for name, item in outcome.counts.items()}


# ---------------------------------------------------------------- pairing


def test_all_found_is_all_right(labels: Gold, knowledge: Knowledge) -> None:
    predictions = [
        found("24件", "24", "件"),
        found("136.22万元", "136.22", "万元"),
        found("三成", "30", "%"),
        found("10—15人", None, "人"),
        found("未发生行政诉讼", "0"),
    ]
    for order in (predictions, predictions[::-1]):
        outcome = score(labels, order, knowledge.language.units)
        assert counts(outcome) == {
            "finding": (4, 4, 4), "number": (3, 3, 3), "value": (3, 3, 3), "zero": (1, 1, None)
        }  # fmt: skip
        assert outcome.found == {"c1", "c2", "c3", "c4", "c5"}
    assert set(outcome.counts) == set(METRICS)


def test_a_number_that_is_no_claim_and_words_without_a_number_count_against_finding(
    labels: Gold, knowledge: Knowledge
) -> None:
    wrong = [found("2014年", "2014", "年"), found("收到", "0")]
    outcome = score(labels, [found("24", "24"), *wrong], knowledge.language.units)
    assert counts(outcome)["finding"] == (1, 4, 3)
    assert counts(outcome)["zero"] == (0, 1, None)


@pytest.mark.parametrize(
    ("words", "hits"), [("24", 1), ("收到申请24件", 1), ("4件", 0), ("36.22万元", 0), ("136.22", 0)]
)
def test_the_whole_numeral_must_be_covered(words: str, hits: int, labels: Gold, knowledge: Knowledge) -> None:
    # the 万 of 万元 belongs to the unit, and 24 may stand alone
    outcome = score(labels, [found(words, "1")], knowledge.language.units)
    assert counts(outcome)["finding"] == (hits or int(words == "136.22"), 4, 1)


def test_one_prediction_pairs_once_and_a_claim_pairs_once(labels: Gold, knowledge: Knowledge) -> None:
    wide = found("24件,经费136.22万元", "24", "件")
    assert counts(score(labels, [wide], knowledge.language.units))["finding"] == (1, 4, 1)
    twice = [found("24", "24"), found("24件", "24", "件")]
    assert counts(score(labels, twice, knowledge.language.units))["finding"] == (1, 4, 2)


def test_the_ends_of_a_range_are_one_find(labels: Gold, knowledge: Knowledge) -> None:
    outcome = score(labels, [found("10", "10"), found("15人", "15", "人")], knowledge.language.units)
    assert counts(outcome)["finding"] == (1, 4, 1)
    assert counts(outcome)["number"] == (0, 3, 0)  # it has no one value, so none is asked for


def test_what_labels_ignore_counts_neither_way(labels: Gold, knowledge: Knowledge) -> None:
    assert counts(score(labels, [found("第3页", "3", "页")], knowledge.language.units))["finding"] == (
        0,
        4,
        0,
    )


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("words", "value", "unit", "number", "whole"),
    [
        ("24件", "24", "件", 1, 1),
        ("24件", "24.0", "件", 1, 1),
        ("24件", "24", "", 1, 0),
        ("24件", "24", "项", 1, 0),
        ("24件", "42", "件", 0, 0),
        ("24件", None, "件", 0, 0),
        ("136.22万元", "1362200", "元", 1, 1),
        ("136.22万元", "1362200", "", 1, 0),
        ("136.22万元", "136.22", "元", 1, 0),
        ("136.22万元", "1362200", "美元", 1, 0),
        ("三成", "0.3", "", 1, 1),
        ("三成", "3", "成", 0, 0),
        ("三成", "0.4", "", 0, 0),
    ],
)
def test_numbers_and_units_agree_by_scale_and_by_name(
    words: str, value: str | None, unit: str, number: int, whole: int, labels: Gold, knowledge: Knowledge
) -> None:
    outcome = score(labels, [found(words, value, unit)], knowledge.language.units)
    assert (outcome.counts["number"].hits, outcome.counts["value"].hits) == (number, whole)


# ---------------------------------------------------------------- running


def test_the_narrative_leads_back_to_the_report() -> None:
    text = "甲3件\n数 | 1 |\n乙4件"
    regions = (Region(0, 4, "narrative"), Region(4, 12, "table"), Region(12, len(text), "narrative"))
    fed = run.narrative(Report("r", "s", text, regions=regions))
    assert fed.text == "甲3件\n\n乙4件"
    start = fed.text.index("4件")
    left, right = fed.span(start, start + 2)
    assert text[left:right] == "4件"
    assert len(fed.starts) == len(fed.text) + 1


def test_a_tool_answers_each_text_in_turn() -> None:
    first, second = run.ask(
        Path(sys.executable), "plain", ["收到申请1,203件。", "第3条,增长4.5％,26.8万人次"]
    )
    assert first["found"] == [[4, 10, "1203", "件"]]
    assert [item[2:] for item in second["found"]] == [["4.5", "％"], ["268000.0", "人次"]]
    assert first["milliseconds"] >= 0


def test_a_tool_that_fails_is_an_error_with_its_words() -> None:
    with pytest.raises(RuntimeError, match="No module named"):
        run.ask(Path(sys.executable), "no_such_tool", ["甲"])


def test_our_own_tool_gives_what_the_claims_say() -> None:
    (answer,) = run.ask(Path(sys.executable), "ours", ["全年收到申请24件，经费136.22万元。"])
    assert [item[2:] for item in answer["found"]] == [["24", "件"], ["136.22", "万元"]]


def test_the_plain_pattern_reads_widths_scales_and_hedges() -> None:
    values = {item.value for item in plain.find("１，２００条，7700余条，1.2亿元，3余万次，2024年")}
    assert values == {"1200", "7700", "1.2", "30000"}


def test_an_environment_is_made_once_and_its_failure_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def pretend(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        (tmp_path / "cn2an").mkdir(exist_ok=True)
        return subprocess.CompletedProcess(command, code, "", "first\nno such version\n")

    monkeypatch.setattr(subprocess, "run", pretend)
    code = 1
    assert environments.prepare("cn2an", tmp_path) == environments.Environment(None, "no such version")
    code = 0
    assert environments.prepare("cn2an", tmp_path).python == tmp_path / "cn2an" / "bin" / "python"
    made = len(commands)
    assert environments.prepare("cn2an", tmp_path).failure == ""
    assert len(commands) == made == 3
    assert environments.prepare("").python == Path(sys.executable)


@pytest.mark.parametrize("name", sorted({tool.pins for tool in run.TOOLS if tool.pins}))
def test_every_pin_is_exact_and_names_no_address(name: str) -> None:
    assert environments.versions(name)
    assert "://" not in (environments.PINS / f"{name}.txt").read_text(encoding="utf-8")


# ---------------------------------------------------------------- the table


def test_the_table_shows_denominators_and_says_what_could_not_be_installed() -> None:
    half = metric("finding", [Counts(1, 2, 4), Counts(1, 2, 0)]).to_dict()
    zero = metric("zero", [Counts(0, 3, None)]).to_dict()
    measured = {
        "name": "a", "title": "tool a", "note": "a pattern", "versions": {"a": "1.0"}, "failure": "",
        "metrics": {"finding": half, "number": half, "value": half, "zero": zero},
        "folded": {"metrics": {"finding": half, "number": half, "value": half, "zero": zero}},
        "milliseconds": {"median": 1.25, "least": 1.0, "most": 2.0},
    }  # fmt: skip
    lost = {"name": "b", "title": "tool b", "note": "", "versions": {}, "failure": "no such version"}
    ran = {
        "stamp": {"version": "1", "kb": "k", "model": "m"},
        "machine": {"python": "3.11", "architecture": "x", "cores": 2},
        "gold": {"corpus": "corpora/a",
            "split": "test",
            "labels": "l", "documents": 2, "characters": 9, "claims": 4, "valued": 4, "zeros": 3,
                 "excluded": 0},
        "tools": [measured, lost],
    }  # fmt: skip
    text = table.as_markdown(ran)
    lines = text.splitlines()
    row = next(line for line in lines if line.startswith("| tool a | 0"))
    assert row.startswith("| tool a | 0.500 (2/4) [")
    assert row.endswith(" | 0/3 | 1.2 |")
    assert "could not be installed: no such version" in text
    (failed,) = (line for line in lines if line.startswith("| tool b | could"))
    assert failed.count("|") == row.count("|") == lines[2].count("|")
    assert "tool a | a pattern (a 1.0)" in text


def test_what_others_found_and_the_first_did_not_is_listed(labels: Gold) -> None:
    report = Report("r.txt", "s", TEXT, regions=(Region(0, len(TEXT), "narrative"),))
    fed = run.narrative(report)
    sample = run.Sample(labels, report, fed, fed)

    def tool(name: str, *ids: str) -> dict[str, Any]:
        return {"name": name, "failure": "", "claims": {"r.txt": {"found": list(ids), "right": list(ids)}}}

    ran = {"tools": [tool("ours", "c2"), tool("a", "c1", "c2"), tool("b", "c1")]}
    lines = run.misses(ran, [sample])
    assert [line.split("\t")[::2] for line in lines] == [
        ["found", "c1", "2014年收到申请⟦24件⟧,经费136.22万元,占三成"],
        ["right", "c1", "2014年收到申请⟦24件⟧,经费136.22万元,占三成"],
    ]
