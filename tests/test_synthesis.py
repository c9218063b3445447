"""Invented reports: labels that are read back and leave nothing out; each report depends on seed and place alone."""

from __future__ import annotations

import csv
import json
import random
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor import gold
from extractor.audit import audit
from extractor.cli import app
from extractor.data import Report, Severity, Status
from extractor.knowledge import Knowledge
from extractor.labels import Gold
from extractor.readers import read_bytes
from extractor.score import compare
from extractor.synthesis import Generated, generate
from extractor.synthesis.output import Shape, write
from extractor.synthesis.reports.books import FAMILY, family
from extractor.synthesis.reports.lexicon import load_bodies, load_prose
from extractor.synthesis.reports.numbers import exact, han, manner, myriads, rough
from extractor.synthesis.tables.layouts import LAYOUTS

_COUNT = 80
_FORMS, _EACH = 6, 10
_REPORTS = list(generate(7, _COUNT, faults=0.2))


def _labelled(item: Generated, knowledge: Knowledge, folder: Path) -> tuple[Report, Gold]:
    report = read_bytes(item.text.encode(), item.name, knowledge)
    path = folder / "labels.jsonl"
    path.write_text(item.gold_lines(knowledge), encoding="utf-8")
    return report, gold.read(path, report)


# ---------------------------------------------------------------- labels


@pytest.mark.parametrize("item", _REPORTS[::3], ids=lambda item: item.name)
def test_labels_are_read_back_and_leave_no_number_out(
    item: Generated, knowledge: Knowledge, tmp_path: Path
) -> None:
    report, labels = _labelled(item, knowledge, tmp_path)
    assert labels == item.gold(knowledge)
    assert gold.uncovered(labels, report) == ()
    assert labels.claims
    assert labels.figures


def test_every_form_and_many_layouts_are_written() -> None:
    assert {item.manifest["form"] for item in generate(1, 400)} == {
        "local", "2014", "2019", "2021", "accounts", "permits",
    }  # fmt: skip
    assert len({item.manifest["layout"] for item in generate(1, 400)}) == len(LAYOUTS)


def test_only_the_layouts_asked_for_are_written() -> None:
    assert {item.manifest["layout"] for item in generate(2, 60, ["html", "tabs"])} == {"html", "tabs"}


def test_an_audit_finds_the_numbers_where_the_labels_say(knowledge: Knowledge, tmp_path: Path) -> None:
    found = wanted = 0
    for item in generate(5, 20, ["html", "linear", "markdown"]):
        report, labels = _labelled(item, knowledge, tmp_path)
        counts = compare(labels, audit(report, knowledge)).counts["claims"]
        found, wanted = found + counts.hits, wanted + counts.gold
    assert found >= 0.95 * wanted


def test_a_planted_fault_is_in_the_labels(knowledge: Knowledge, tmp_path: Path) -> None:
    faulty = [item for item in _REPORTS if item.fault is not None]
    assert len(faulty) >= _COUNT // 10
    for item in faulty[:6]:
        assert item.fault is not None
        _, labels = _labelled(item, knowledge, tmp_path)
        assert set(item.fault.findings) <= set(labels.findings)
        assert item.fault.after in item.text
    assert all(not item.gold(knowledge).findings for item in _REPORTS[:9] if item.fault is None)


# ---------------------------------------------------------------- one seed, one report


def test_a_report_depends_on_seed_and_place_alone() -> None:
    assert [item.text for item in generate(7, 5, faults=0.2)] == [item.text for item in _REPORTS[:5]]
    assert [item.text for item in generate(7, 3, faults=0.2, first=33)] == [
        item.text for item in _REPORTS[33:36]
    ]
    assert next(iter(generate(8, 1))).text != _REPORTS[0].text


def test_a_family_is_held_at_a_time() -> None:
    endless = generate(1, 10**9)
    assert [next(endless).manifest["path"][:7] for _ in range(3)] == ["0000000", "0000001", "0000002"]


# ---------------------------------------------------------------- series and levels


def _books(number: int, faults: float = 0.0) -> dict[tuple[str, int], dict[str, Decimal]]:
    return {(book.body.name, book.year): dict(book.values) for book in family(3, number, faults)}


@pytest.mark.parametrize("number", range(12))
def test_years_and_levels_of_a_family_agree(number: int) -> None:
    books = family(3, number)
    assert len(books) == FAMILY
    values = _books(number)
    below: dict[int, list[dict[str, Decimal]]] = defaultdict(list)
    for book in books:
        before = values.get((book.body.name, book.year - 1), {})
        carried = before.get("applications.carried_out@total")
        if carried is not None and "applications.carried_in@total" in book.values:
            assert book.values["applications.carried_in@total"] == carried
        if book.body.parent:
            below[book.year].append(dict(book.values))
    for book in books:
        if not book.body.parent:
            for name, value in book.values.items():
                assert value == sum(town[name] for town in below[book.year])


def test_slips_between_reports_are_named_and_real() -> None:
    slips = [(book, slip) for number in range(40) for book in family(4, number, 1.0) for slip in book.slips]
    assert {slip.kind for _, slip in slips} == {"years", "levels"}
    for book, slip in slips:
        assert slip.expected != slip.actual
        assert book.values[slip.indicator] == slip.actual


def test_a_table_with_a_slip_between_years_still_adds_up(knowledge: Knowledge) -> None:
    slipped = [
        item for item in generate(4, 300, ["html"], faults=0.0) if item.manifest["form"] in ("2019", "2021")
    ][:2]
    for item in slipped:
        result = audit(read_bytes(item.text.encode(), item.name, knowledge), knowledge)
        assert not [finding for finding in result.findings if finding.code == "table.identity"]


def test_invented_reports_without_faults_call_no_auditor(knowledge: Knowledge) -> None:
    audited: Counter[str] = Counter()
    for item in generate(1, 400, faults=0.0):
        form = item.manifest["form"]
        if audited[form] == _EACH:
            continue
        audited[form] += 1
        result = audit(read_bytes(item.text.encode(), item.name, knowledge), knowledge)
        assert not [found for found in result.findings if found.severity is not Severity.INFO], item.name
    assert len(audited) == _FORMS
    assert set(audited.values()) == {_EACH}


# ---------------------------------------------------------------- written numbers


def test_numbers_in_chinese_numerals() -> None:
    assert [han(number) for number in (0, 3, 10, 12, 20, 105, 110, 2019, 3004)] == [
        "零", "三", "十", "十二", "二十", "一百零五", "一百一十", "二千零一十九", "三千零四",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="10000"):
        han(10000)


def test_rounded_numbers_stand_for_what_they_were_rounded_from() -> None:
    for value in (Decimal(26812), Decimal(200001), Decimal(1299), Decimal(87)):
        for written in filter(None, (myriads(value), rough(value), exact(value, manner(random.Random(1))))):
            low, high = written.interval.low, written.interval.high
            assert low is not None
            assert high is not None
            assert low <= value <= high
    assert myriads(Decimal(19999)) is None
    assert rough(Decimal(1200)) is None


def test_the_words_are_read_and_every_sentence_is_used() -> None:
    prose, bodies = load_prose(), load_bodies()
    assert len(prose.counts) > 70
    assert sum(len(topic.sentences) for topic in prose.topics) > 60
    assert len(bodies.names) > 300


# ---------------------------------------------------------------- files


def test_a_folder_is_a_labelled_corpus_with_a_manifest(knowledge: Knowledge, tmp_path: Path) -> None:
    assert write(iter(_REPORTS[:12]), tmp_path, Shape.FOLDER, knowledge) == 12
    documents = gold.documents(tmp_path)
    assert [document.report.read_text(encoding="utf-8") for document in documents] == [
        item.text for item in _REPORTS[:12]
    ]
    with (tmp_path / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(tmp_path / row["path"]).is_file() for row in rows] == [True] * 12
    assert {row["body"] for row in rows} == {item.manifest["body"] for item in _REPORTS[:12]}
    faults = [
        json.loads(line) for line in (tmp_path / "faults.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [row["path"] for row in rows if row["faults"]] == list(
        dict.fromkeys(row["path"] for row in faults)
    )


def test_one_file_of_lines_and_one_parquet_file_hold_the_same(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write(iter(_REPORTS[:5]), tmp_path / "a.jsonl", Shape.JSONL)
    write(iter(_REPORTS[:5]), tmp_path / "b.parquet", Shape.PARQUET)
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines == parquet.read_table(tmp_path / "b.parquet").to_pylist()
    assert [line["text"] for line in lines] == [item.text for item in _REPORTS[:5]]
    assert (tmp_path / "a.manifest.csv").read_text(encoding="utf-8").count("\n") == 6


def test_the_command_writes_a_corpus_that_can_be_scored(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["corpus", "generate", "--seed", "7", "--count", "3", "--out", str(tmp_path), "--faults", "0.2"]
    )
    assert (done.exit_code, done.stdout) == (0, "")
    assert "3" in done.stderr
    assert [document.report.read_text(encoding="utf-8") for document in gold.documents(tmp_path)] == [
        item.text for item in _REPORTS[:3]
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--out", "new", "--layouts", "round"], "“round”"),
        (["--out", "."], "不是空的"),
        (["--out", "old.txt/new"], "无法写入"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is(
    options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.txt").write_text("旧", encoding="utf-8")
    wrong = CliRunner().invoke(app, ["corpus", "generate", "--count", "2", *options])
    assert (wrong.exit_code, said in wrong.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]


def test_numbers_are_claimed_or_excluded(knowledge: Knowledge) -> None:
    for item in _REPORTS[:10]:
        numbers = item.gold(knowledge).numbers
        assert {number.status for number in numbers} == {Status.CLAIMED, Status.EXCLUDED}


def test_paragraphs_are_set_without_breaking_a_label(knowledge: Knowledge) -> None:
    wrapped = [
        item for item in generate(30, 200, ["linear", "lines", "tabs", "pipes"]) if "\n（一）" in item.text
    ]
    assert wrapped
    for item in wrapped[:5]:
        assert all("\n" not in claim.text for claim in item.gold(knowledge).claims)
    lines = [line for item in wrapped for line in item.text.splitlines()]
    assert any(30 <= len(line) <= 50 for line in lines)
    assert any("," in item.text and "，" not in _prose(item) for item in generate(30, 200, ["tabs"]))


def _prose(item: Generated) -> str:
    return item.text.partition("统计表")[0].partition("第二十条第")[0]
