"""Labels: what is read, what is refused and with which words, and that writing reads back."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import gold
from extractor.data import Interval, Region, Report, Status, Verdict
from extractor.errors import InputError, KnowledgeError
from extractor.gold.quotation import locate, numerals

TEXT = (
    "一、情况\n2014年收到申请１２件,答复约10件,其中同意9件。未发生行政复议、行政诉讼。"
    "投入1.5万元,点击26.8万次。\n数 |\n12 |\n"
)
NARRATIVE = TEXT.index("数 |")

HEAD = {"kind": "report", "file": "r.txt", "sha256": "s", "template": "ogi-2014"}
CLAIM: dict[str, Any] = {
    "kind": "claim", "id": "c1", "at": "申请⟦１２件⟧", "value": "12", "unit": "件", "indicator": "申请",
    "scope": "unstated", "period": ["year", "unstated"], "relation": "level", "part_of": None,
    "figures": ["applications.received"], "verdict": "match",
}  # fmt: skip
FIGURE = {
    "kind": "figure",
    "indicator": "applications.received",
    "at": "\n⟦12⟧ |",
    "value": "12",
    "unit": "件",
}
ABOUT = CLAIM | {
    "id": "c2", "at": "⟦约10件⟧", "value": "10", "low": "9.5", "high": "10.5", "high_open": True,
    "figures": [], "verdict": "not_in_table", "part_of": ["c1", None],
}  # fmt: skip
FINDING = {"kind": "finding", "code": "x", "claims": ["c2"], "figures": []}
CHECK = {"kind": "check", "code": "x", "claims": [], "figures": [], "holds": 1}
DATE = {"kind": "exclusion", "at": "⟦2014年⟧", "reason": "date"}


@pytest.fixture
def report() -> Report:
    regions = (Region(0, NARRATIVE, "narrative"), Region(NARRATIVE, len(TEXT), "table"))
    return Report("r.txt", "s", TEXT, regions=regions)


def write(folder: Path, *labels: dict[str, Any]) -> Path:
    path = folder / "r.jsonl"
    path.write_text("\n".join(json.dumps(label, ensure_ascii=False) for label in labels), encoding="utf-8")
    return path


def test_labels_become_records_with_offsets(tmp_path: Path, report: Report) -> None:
    labels = gold.read(write(tmp_path, HEAD, DATE, ABOUT, CLAIM, FIGURE), report)
    first, second = labels.claims
    assert (first.text, TEXT[first.start : first.end]) == ("１２件", "１２件")
    assert first.interval == Interval(Decimal(12), Decimal(12))
    assert first.verdict is Verdict.MATCH
    assert first.period == ("year", "unstated")
    assert second.interval == Interval(Decimal("9.5"), Decimal("10.5"), high_open=True)
    assert second.part_of == ("c1", None)
    assert [(number.text, number.status, number.reason, number.claim) for number in labels.numbers] == [
        ("2014", Status.EXCLUDED, ("date",), ""),
        ("１２", Status.CLAIMED, (), "c1"),
        ("10", Status.CLAIMED, (), "c2"),
    ]
    assert labels.figures[0].value == Decimal(12)


def test_what_is_written_reads_back(tmp_path: Path, report: Report) -> None:
    finding = {
        "kind": "finding",
        "code": "x",
        "claims": ["c1"],
        "figures": [],
        "expected": "2",
        "actual": "3",
    }
    check = {
        "kind": "check",
        "code": "y",
        "claims": ["c1"],
        "figures": ["applications.received"],
        "holds": True,
    }
    zero = CLAIM | {"id": "c3", "at": "⟦未发生行政复议⟧", "value": "0", "numbers": []}
    zero.pop("unit")
    ignore = {"kind": "ignore", "at": "⟦一、⟧", "why": "heading"}
    labels = gold.read(
        write(tmp_path, HEAD, DATE, ABOUT, CLAIM, zero, FIGURE, ignore, finding, check), report
    )
    gold.write(labels, report, tmp_path / "again.jsonl")
    assert gold.read(tmp_path / "again.jsonl", report) == labels


def test_digits_nobody_labelled_are_listed(tmp_path: Path, report: Report) -> None:
    labels = gold.read(write(tmp_path, HEAD, DATE, CLAIM), report)
    assert [TEXT[start:end] for start, end in gold.uncovered(labels, report)] == [
        "10",
        "9",
        "1",
        "5",
        "26",
        "8",
    ]


@pytest.mark.parametrize(
    ("labels", "place", "expected"),
    [
        ([CLAIM], "report", "one report line"),
        ([HEAD | {"sha256": "t"}], "report.sha256", "the report's"),
        ([HEAD, {"kind": "clam"}], "line 2.kind", "one of report, claim"),
        ([HEAD, CLAIM | {"vlaue": "1"}], "line 2.vlaue", "one of"),
        ([HEAD, {k: v for k, v in CLAIM.items() if k != "verdict"}], "line 2.verdict", "the key"),
        ([HEAD, CLAIM | {"value": 12}], "line 2.value", "a number as a string"),
        ([HEAD, CLAIM | {"value": "zwölf"}], "line 2.value", "a number as a string"),
        ([HEAD, CLAIM | {"low": "13"}], "line 2.low", "low ≤ value ≤ high"),
        ([HEAD, CLAIM | {"unit": 3}], "line 2.unit", "a string"),
        ([HEAD, CLAIM | {"verdict": "fine"}], "line 2.verdict", "one of match"),
        ([HEAD, CLAIM | {"scope": "galaxy"}], "line 2.scope", "one of body"),
        ([HEAD, CLAIM | {"at": "申请１２件"}], "line 2.at", "one pair of brackets"),
        ([HEAD, CLAIM | {"at": "申请⟦⟧１２件"}], "line 2.at", "words between the brackets"),
        ([HEAD, CLAIM | {"at": "申请⟦13件⟧"}], "line 2.at", "words that stand in the report"),
        ([HEAD, CLAIM | {"at": "⟦件⟧"}], "line 2.at", "once: quote more"),
        ([HEAD, CLAIM | {"numbers": ["7"]}], "line 2.numbers", "numbers between the brackets"),
        ([HEAD, CLAIM, CLAIM | {"at": "⟦约10件⟧"}], "claim c1.id", "an id of its own"),
        ([HEAD, CLAIM | {"part_of": "c9"}], "claim c1.part_of", "the id of another claim"),
        ([HEAD, CLAIM | {"part_of": 9}], "line 2.part_of", "null, a claim id"),
        ([HEAD, CLAIM | {"figures": []}], "claim c1.figures", "what the claim is compared with"),
        ([HEAD, CLAIM | {"verdict": "not_in_table"}], "claim c1.figures", "no figures beside"),
        ([HEAD, CLAIM | {"figures": ["fees.total"]}, FIGURE], "claim c1.figures", "indicators of figures"),
        ([HEAD, CLAIM, ABOUT | {"at": "⟦１２件,答复⟧"}], "claim|[0-9]", "labels that do not overlap"),
        ([HEAD, DATE | {"at": "⟦情况⟧"}], "line 2.at", "a number between the brackets"),
        ([HEAD, DATE | {"reason": "because"}], "line 2.reason", "one of address"),
        ([HEAD, FIGURE | {"value": None}], "line 2.state", "value beside a value"),
        ([HEAD, CLAIM, FINDING], "claims", "ids of claims"),
        ([HEAD, CHECK], "holds", "true or false"),
    ],
)  # fmt: skip
def test_a_wrong_label_is_named_with_file_and_line(
    tmp_path: Path, report: Report, labels: list[dict[str, Any]], place: str, expected: str
) -> None:
    path = write(tmp_path, *labels)
    with pytest.raises(KnowledgeError, match=expected) as caught:
        gold.read(path, report)
    assert str(path) in str(caught.value)
    assert any(part in caught.value.key for part in place.split("|")) or caught.value.key[0].isdigit()


def test_a_broken_line_is_named(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps(HEAD) + "\n{'kind'}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"line 2: .* expected one JSON object a line"):
        gold.read(path, report)


def test_numerals_take_their_scale_unless_the_unit_has_it() -> None:
    text = "投入1.5万元,点击26.8万次,一百二十件,1,924,252条,3·24,１２３"
    spans = numerals(text, 0, len(text))
    assert [text[a:b] for a, b in spans] == ["1.5", "26.8万", "一百二十", "1,924,252", "3·24", "１２３"]


@given(st.text(alphabet="甲乙12,。", min_size=1, max_size=40), st.data())
def test_a_quotation_is_found_where_it_was_taken(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert locate(text, gold.quote(text, start, end)) == (start, end)


def test_no_span_no_quotation() -> None:
    with pytest.raises(ValueError, match="is no span"):
        gold.quote("甲乙", 1, 1)


# ---------------------------------------------------------------- corpora


def corpus(folder: Path, splits: str, reports: tuple[str, ...] = ("r.txt",)) -> Path:
    (folder / "reports").mkdir(parents=True)
    (folder / "gold").mkdir()
    for name in reports:
        (folder / "reports" / name).write_text(TEXT, encoding="utf-8")
    write(folder / "gold", HEAD)
    (folder / "splits.toml").write_text(splits, encoding="utf-8")
    return folder


def test_documents_know_their_split(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "a", 'development = ["r.txt"]\ntest = []')
    (document,) = gold.documents(folder)
    assert (document.report.name, document.gold.name, document.split) == ("r.txt", "r.jsonl", "development")
    assert gold.documents(folder, "test") == ()
    assert gold.documents(tmp_path) == (document,)


@pytest.mark.parametrize(
    ("splits", "reports", "expected"),
    [
        ("development = []", ("r.txt",), "each report in one"),
        ('development = ["r.txt"]\ntest = ["r.txt"]', ("r.txt",), "each report in one split"),
        ('training = ["r.txt"]', ("r.txt",), "lists named development, test"),
        ('test = ["r.txt", "q.txt"]', ("r.txt",), "its gold"),
        ('test = ["r.txt"]', ("r.txt", "r.html"), "one file in reports/"),
    ],
)
def test_a_report_is_in_one_split(
    tmp_path: Path, splits: str, reports: tuple[str, ...], expected: str
) -> None:
    with pytest.raises(KnowledgeError, match=expected):
        gold.documents(corpus(tmp_path / "a", splits, reports))


def test_a_folder_without_labels_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"corpus\.none"):
        gold.documents(tmp_path)
