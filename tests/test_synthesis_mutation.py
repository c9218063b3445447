"""Mutants: one change and no other, labels that hold, and findings where the truth says that there must be some."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.mutations import Outcome, Trial, clean, found, keep, measured
from extractor import gold
from extractor.audit import audit
from extractor.cli import app
from extractor.data import Interval, Verdict
from extractor.errors import KnowledgeError
from extractor.knowledge import Knowledge
from extractor.labels import Gold
from extractor.readers import read, read_bytes
from extractor.synthesis import Mutant, Skip, generate, load_kinds, mutants
from extractor.synthesis.mutation.source import Unmapped, trace
from extractor.synthesis.mutation.targets import PLACES, Target, targets

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "corpora" / "seed"
CORPORA = (SEED, ROOT / "corpora" / "handwritten")
DOCUMENTS = [document for corpus in CORPORA for document in gold.documents(corpus, "development")]
KINDS = load_kinds()
_MARKUP = re.compile(rb"<[^>]*>")


def _mutants(document: gold.Document, knowledge: Knowledge, most: int, seed: int = 1) -> list[Mutant | Skip]:
    report = read(document.report, knowledge)
    labels = gold.read(document.gold, report)
    return list(mutants(report, document.report.read_bytes(), labels, knowledge, KINDS.kinds, seed, most))


def _made(document: gold.Document, knowledge: Knowledge, most: int = 1) -> list[Mutant]:
    return [item for item in _mutants(document, knowledge, most) if isinstance(item, Mutant)]


# ---------------------------------------------------------------- one change


@pytest.mark.parametrize("document", DOCUMENTS[:8], ids=lambda document: document.report.stem)
def test_a_mutant_differs_in_one_place_and_its_labels_are_read_back(
    document: gold.Document, knowledge: Knowledge, tmp_path: Path
) -> None:
    text, data = read(document.report, knowledge).text, document.report.read_bytes()
    for item in _made(document, knowledge)[::2]:
        edit = item.edit
        assert item.report.text == text[: edit.start] + edit.text + text[edit.end :]
        assert item.report == read_bytes(item.data, item.report.source, knowledge)
        assert _MARKUP.findall(item.data) == _MARKUP.findall(data)
        if item.report.format != "html":
            assert item.data.decode() == text[: edit.start] + edit.text + text[edit.end :]
        path = tmp_path / "labels.jsonl"
        gold.write(item.gold, item.report, path)
        assert gold.read(path, item.report) == item.gold


def test_the_same_seed_makes_the_same_mutants(knowledge: Knowledge) -> None:
    first, again, other = (
        [item.data for item in _mutants(DOCUMENTS[0], knowledge, 1, seed) if isinstance(item, Mutant)]
        for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_every_kind_and_place_occurs_and_every_reason_has_words(knowledge: Knowledge) -> None:
    items = [item for document in DOCUMENTS[:6] for item in _mutants(document, knowledge, 1)]
    made = [item for item in items if isinstance(item, Mutant)]
    assert {item.kind for item in made} == {kind.id for kind in KINDS.kinds}
    assert {item.target.place for item in made} == set(PLACES)
    assert {item.reason for item in items if isinstance(item, Skip)} <= set(KINDS.skips)
    assert len({(item.kind, item.target.place) for item in made}) > 30


def test_a_kind_that_does_not_exist_is_named() -> None:
    assert [kind.id for kind in KINDS.named(("lost", "unit"))] == ["lost", "unit"]
    with pytest.raises(KnowledgeError, match="squared"):
        KINDS.named(("squared",))


# ---------------------------------------------------------------- what must be found


@pytest.fixture(scope="module")
def seed(knowledge: Knowledge) -> tuple[Gold, list[Mutant]]:
    (document,) = gold.documents(SEED)
    return gold.read(document.gold, read(document.report, knowledge)), _made(document, knowledge, most=0)


def _one(items: list[Mutant], kind: str, name: str) -> Mutant:
    (item,) = [item for item in items if (item.kind, item.target.name) == (kind, name)]
    return item


def test_a_claim_and_its_cell_part(seed: tuple[Gold, list[Mutant]]) -> None:
    labels, items = seed
    claim = next(
        c for c in labels.claims if c.figures == ("organization.units",) or c.figures == ("meetings.total",)
    )
    item = _one(items, "one_more", claim.id)
    (finding,) = [finding for finding in item.findings if finding.code == "tieout.mismatch"]
    assert finding.claims == (claim.id,)
    assert claim.value is not None
    assert (finding.expected, finding.actual) == (claim.value, claim.value + 1)
    changed = next(other for other in item.gold.claims if other.id == claim.id)
    assert changed.verdict is Verdict.MISMATCH
    assert changed.interval == Interval(claim.value + 1, claim.value + 1)


def test_a_cell_in_a_sum_breaks_it_and_puts_its_claims_in_doubt(seed: tuple[Gold, list[Mutant]]) -> None:
    _, items = seed
    item = _one(items, "one_more", "staff.full_time")
    codes = {finding.code for finding in item.findings}
    assert codes == {"table.identity", "tieout.doubtful"}
    identity = next(finding for finding in item.findings if finding.code == "table.identity")
    assert identity.figures == ("staff.total", "staff.full_time", "staff.part_time")


def test_ten_thousand_times_is_a_slip_of_magnitude(seed: tuple[Gold, list[Mutant]]) -> None:
    labels, items = seed
    claim = next(claim for claim in labels.claims if claim.figures == ("funds.total",))
    item = _one(items, "unit", claim.id)
    assert item.edit.text == "元"
    assert [finding.code for finding in item.findings] == ["tieout.magnitude"]


def test_what_nothing_speaks_of_tells_nothing(seed: tuple[Gold, list[Mutant]]) -> None:
    _, items = seed
    assert {bool(item.findings) for item in items if item.target.place == "text.unchecked"} == {False}
    assert all(
        item.findings for item in items if item.kind == "tenfold" and item.target.place == "text.linked"
    )


def test_arithmetic_of_the_text_breaks_with_its_numbers(seed: tuple[Gold, list[Mutant]]) -> None:
    labels, items = seed
    check = next(check for check in labels.checks if check.code == "text.parts")
    item = _one(items, "tenfold", check.claims[0])
    assert "text.parts" in {finding.code for finding in item.findings}
    assert (
        next(c for c in item.gold.checks if c.claims == check.claims and c.code == check.code).holds is False
    )


def test_most_of_what_must_be_found_in_the_seed_is(
    seed: tuple[Gold, list[Mutant]], knowledge: Knowledge
) -> None:
    (document,) = gold.documents(SEED)
    before = audit(read(document.report, knowledge), knowledge)
    due = [item for item in seed[1] if item.findings and item.kind in ("swapped", "tenfold")][::4]
    hits = [bool(found(before, audit(item.report, knowledge), item)) for item in due]
    assert len(hits) >= 20
    assert sum(hits) >= 0.9 * len(hits)


def test_nothing_is_found_where_nothing_changed(
    knowledge: Knowledge, seed: tuple[Gold, list[Mutant]]
) -> None:
    (document,) = gold.documents(SEED)
    before = audit(read(document.report, knowledge), knowledge)
    quiet = next(
        item for item in seed[1] if item.target.place == "text.unchecked" and item.kind == "one_more"
    )
    assert found(before, before, quiet) == ()


# ---------------------------------------------------------------- the way back to the file


@pytest.mark.parametrize(
    ("page", "old", "new"),
    [
        ("<p>收到24,<b>318</b>件</p>", "24,318", "24,381"),
        ("<p>收到&#50;4件</p>", "24", "42"),
        ("<style>p{width:24px}</style><p>收到24件</p>", "24", "25"),
        ("<!-- 24 --><p title='24'>收到24件</p>", "24", "25"),
    ],
)
def test_only_the_visible_number_is_changed(page: str, old: str, new: str, knowledge: Knowledge) -> None:
    data = f"<html><body><p>甲县公开办</p>{page}</body></html>".encode()
    report = read_bytes(data, "a.html", knowledge)
    start = report.text.index(old)
    changed = trace(report, data).changed(start, start + len(old), new)
    assert read_bytes(changed, "a.html", knowledge).text == report.text.replace(old, new)
    assert b"width:24px" in changed or b"<style>" not in data
    assert b"<!-- 24 -->" in changed or b"<!--" not in data


def test_a_file_in_another_encoding_stays_in_it(knowledge: Knowledge) -> None:
    data = "甲县二〇二〇年收到政府信息公开申请24件,办结24件。".encode("gb18030")
    report = read_bytes(data, "a.txt", knowledge)
    start = report.text.index("24")
    changed = trace(report, data).changed(start, start + 2, "25")
    assert changed == data.replace(b"24", b"25", 1)
    with pytest.raises(Unmapped, match="unmapped"):
        trace(report, "别的文字".encode("gb18030"))


def test_targets_of_an_invented_report_are_its_numbers(knowledge: Knowledge) -> None:
    (item,) = generate(5, 1, ["html"])
    report = read_bytes(item.text.encode(), item.name, knowledge)
    labels = item.gold(knowledge)
    for target in targets(labels, report.text, knowledge):
        if isinstance(target, Target):
            assert report.text[target.start : target.end] == target.text
            assert target.label.value is not None
            assert abs(target.label.value) == Decimal(target.plain) * target.scale


# ---------------------------------------------------------------- the measurement


def test_reports_with_findings_of_their_own_are_not_measured() -> None:
    assert measured([SEED], "development", seed=1, most=1, workers=1) == []


def _outcome() -> Outcome:
    """Returns a report of which three slips should be found, two are, and a fourth need not be."""
    trial = Trial("青山县.txt", "lost", "text.linked", "c1", "24", "2", True, True, ("tieout.mismatch",))
    trials = (
        trial,
        replace(trial, kind="swapped", new="42"),
        replace(trial, number="c2", found=False, codes=()),
        replace(trial, place="text.unchecked", due=False, found=False, codes=()),
    )
    return Outcome("青山县.txt", trials, {"range": 5}, ("text.parts",), {"version": "1"})


def test_the_share_found_is_kept_with_what_was_missed(tmp_path: Path) -> None:
    page = keep([_outcome()], "development", "python -m eval.mutations", tmp_path)
    assert "| all that should be found | 2 | 3 | 66.7% | 20.8%–93.9% |" in page
    assert "False alarms on the reports as they stand: 1 in 1 reports." in page
    assert (tmp_path / "mutations-development.md").read_text(encoding="utf-8") == page
    record = json.loads((tmp_path / "mutations-development.json").read_text(encoding="utf-8"))
    assert record["detected"]["all that should be found"] == {
        "found": 2,
        "of": 3,
        "interval": [0.2077, 0.9385],
    }
    assert record["detected"]["nothing should tell"] == {"found": 0, "of": 1, "interval": [0.0, 0.7935]}
    assert [(item["number"], item["kind"]) for item in record["missed"]] == [("c2", "lost")]
    assert record["alarms"] == {"青山县.txt": ["text.parts"]}


def test_of_test_data_nothing_of_any_one_report_is_kept(tmp_path: Path) -> None:
    page = keep([_outcome()], "test", "python -m eval.mutations", tmp_path)
    kept = (tmp_path / "mutations-test.json").read_text(encoding="utf-8")
    assert "| all that should be found | 2 | 3 |" in page
    assert not [word for word in ("青山县", "c2", "tieout", "text.parts") if word in page + kept]


def test_a_clean_report_owes_nothing_but_differences_of_scope(knowledge: Knowledge) -> None:
    labels = [gold.read(item.gold, read(item.report, knowledge)) for item in DOCUMENTS[:6]]
    codes = [{finding.code for finding in label.findings} for label in labels]
    assert [clean(label, knowledge) for label in labels] == [not code - {"tieout.scope"} for code in codes]


def test_the_command_writes_a_corpus_of_mutants(tmp_path: Path) -> None:
    arguments = [
        "corpus",
        "mutate",
        str(SEED),
        "--out",
        str(tmp_path),
        "--kinds",
        "unit,last_year",
        "--most",
        "1",
    ]
    done = CliRunner().invoke(app, [*arguments, "--lang", "en"])
    assert (done.exit_code, done.stdout) == (0, "")
    rows = [
        json.loads(line) for line in (tmp_path / "mutations.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    documents = gold.documents(tmp_path)
    assert {row["file"] for row in rows} == {document.report.name for document in documents}
    assert all(row["old"] != row["new"] and row["detectable"] == bool(row["findings"]) for row in rows)
    skipped = json.loads((tmp_path / "skipped.json").read_text(encoding="utf-8"))
    assert Counter(skipped["last_year"]) == {"no_other": skipped["last_year"]["no_other"]}
    assert "numbers left" in done.stderr
