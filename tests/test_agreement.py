"""Two labellings of one report: what counts as agreement, and how much of it chance explains."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from extractor.cli import app
from extractor.data import Interval, Status, Verdict
from extractor.gold import sha256
from extractor.knowledge.scoring import load_scoring
from extractor.labels import Gold, GoldClaim, GoldNumber
from extractor.score import Agreement, Counts, share, write_agreement
from extractor.score.agreement import kappa


def claim(identity: str, start: int, end: int, **changed: Any) -> GoldClaim:
    fields: dict[str, Any] = {
        "text": "24件", "value": Decimal(24), "interval": Interval(Decimal(24), Decimal(24)), "unit": "件",
        "indicator": "收到申请", "scope": ("body",), "period": ("year", "unstated"), "relation": ("level",),
        "part_of": (None,), "figures": ("applications.received",), "verdict": Verdict.MATCH,
    }  # fmt: skip
    return GoldClaim(id=identity, start=start, end=end, **(fields | changed))


def gold(*claims: GoldClaim, numbers: tuple[GoldNumber, ...] = ()) -> Gold:
    return Gold("r.txt", "", "", numbers, claims, (), (), (), (), ())


def number(start: int, status: Status, *reason: str) -> GoldNumber:
    return GoldNumber(start, start + 2, "24", status, reason)


def test_kappa_of_the_textbook() -> None:
    # Cohen's example in words: 20 both yes, 15 both no, 5 yes-no, 10 no-yes: 0.7 against 0.5 by chance
    choices = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(choices) == pytest.approx(0.4)
    assert kappa([("y", "y")] * 3) is None
    assert kappa([]) is None


words = st.sampled_from(["a", "b", "c"])


@given(st.lists(st.tuples(words, words), min_size=1))
def test_kappa_does_not_depend_on_who_is_first_and_is_one_at_most(choices: list[tuple[str, str]]) -> None:
    value, turned = kappa(choices), kappa([(second, first) for first, second in choices])
    assert (value is None) == (turned is None)
    if value is not None:
        assert turned == pytest.approx(value)
        assert -1 <= value <= 1
        assert (value == pytest.approx(1)) == all(first == second for first, second in choices)


def test_a_labelling_agrees_with_itself() -> None:
    labels = gold(claim("a", 0, 3), claim("b", 4, 7, part_of=("a",)), numbers=(number(0, Status.CLAIMED),))
    found = share(labels, labels)
    assert found.disagreements == ()
    assert found.spans["claims"] == Counts(2, 2, 2)
    assert all(first == second for choices in found.choices.values() for first, second in choices)


def test_either_of_several_answers_will_do_and_wholes_are_paired_first() -> None:
    first = gold(claim("a", 0, 3), claim("b", 4, 7, part_of=("a", None), indicator="申请"))
    second = gold(claim("x", 0, 3, period=("unstated",)), claim("y", 4, 7, part_of=("x",), scope=()))
    found = share(first, second)
    assert found.disagreements == ()
    assert len(found.choices["scope"]) == 1


def test_a_claim_is_agreed_on_wholly_where_all_of_its_attributes_are() -> None:
    first = gold(claim("a", 0, 3), claim("b", 4, 7), claim("c", 8, 11))
    second = gold(claim("a", 0, 3), claim("b", 4, 7, scope=("locality",)), claim("c", 8, 11, figures=()))
    wholly = next(item for item in Agreement((share(first, second),)).attributes if item.name == "wholly")
    assert (wholly.agreed, wholly.judged, wholly.kappa) == (2, 3, None)  # the cells are not the claim's own


def test_every_difference_is_named_with_both_sides() -> None:
    first = gold(
        claim("a", 0, 3),
        claim("b", 10, 12),
        numbers=(number(0, Status.CLAIMED), number(5, Status.EXCLUDED, "date")),
    )
    second = gold(
        claim("x", 0, 4, value=Decimal(25), unit="条", verdict=Verdict.ABSENT, figures=(), part_of=("z",)),
        claim("z", 20, 22),
        numbers=(number(0, Status.EXCLUDED, "name"), number(5, Status.EXCLUDED, "ordinal")),
    )
    found = share(first, second)
    assert {item.attribute for item in found.disagreements} == {
        "claims", "status", "reason", "value", "unit", "part_of", "figures", "verdict",
    }  # fmt: skip
    said = [(item.first, item.second) for item in found.disagreements if item.attribute == "claims"]
    assert said == [("24件", "24件"), ("24件", ""), ("", "24件")]
    assert found.spans["claims"] == Counts(0, 2, 2)
    assert found.spans["claims.overlap"] == Counts(1, 2, 2)


def test_an_agreement_has_its_denominators_in_both_languages() -> None:
    agreement = Agreement((share(gold(claim("a", 0, 3)), gold(claim("b", 0, 3, verdict=Verdict.ABSENT))),))
    by_name = {item.name: item for item in agreement.attributes}
    assert list(by_name) == list(load_scoring().agreement)
    assert (by_name["verdict"].agreed, by_name["verdict"].judged, by_name["verdict"].kappa) == (0, 1, 0.0)
    assert by_name["value"].kappa is None
    english, chinese = write_agreement(agreement, "en"), write_agreement(agreement)
    assert "| Verdict | 0.000 (0/1) | 0.000 |" in english
    assert "第一人 match，第二人 not_in_table" in chinese
    assert "not_in_table" not in write_agreement(agreement, hidden=frozenset({"r.txt"}))
    assert agreement.to_dict(frozenset({"r.txt"}))["disagreements"] == []


def test_the_command_finds_the_reports_and_keeps_test_data_to_itself(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    report = tmp_path / "reports" / "r.txt"
    report.write_text("关山县2021年度报告\n一、概述\n全年收到申请24件。\n", encoding="utf-8")
    for folder, verdict in (("gold", "not_checkable"), ("second", "not_in_table")):
        (tmp_path / folder).mkdir()
        rows = [
            {"kind": "report", "file": "r.txt", "sha256": sha256(report), "template": ""},
            {"kind": "claim", "id": "c", "at": "⟦24件⟧", "value": "24", "unit": "件", "indicator": "申请",
             "figures": [], "verdict": verdict},
        ]  # fmt: skip
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (tmp_path / folder / "r.jsonl").write_text(text, encoding="utf-8")
    command = ["corpus", "agreement", str(tmp_path / "gold"), str(tmp_path / "second"), "--lang", "en"]
    run = CliRunner().invoke
    assert "first not_checkable, second not_in_table" in run(app, command).stdout
    (tmp_path / "splits.toml").write_text('test = ["r.txt"]\n', encoding="utf-8")
    assert "first not_checkable" not in run(app, command).stdout
    assert "0.000 (0/1)" in run(app, command).stdout
    assert "first not_checkable" in run(app, [*command, "--show-test"]).stdout
    kept = json.loads(run(app, [*command, "--format", "json"]).stdout)
    assert kept["attributes"]["verdict"]["judged"] == 1
    assert run(app, [*command[:3], str(tmp_path / "none")]).exit_code == 2
