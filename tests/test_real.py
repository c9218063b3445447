"""The stand-off labels of real reports: well formed, without a word of them, and skipped where those are absent."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import eval.real.__main__ as suite
from eval.real.measure import ABSENT, CHANGED, GONE, REREAD, UNJUDGED, measure
from eval.real.standoff import KEEP, Judged, Judgement, Labels, Source, digest, gold_of, judged, labels
from eval.real.table import to_dict, write
from extractor.classify import load_model
from extractor.data import Verdict
from extractor.errors import KnowledgeError
from extractor.knowledge import load
from extractor.readers import read
from extractor.score import Counts

LABELS, JUDGED = labels(suite.HERE / "labels"), judged(suite.HERE / "judged")
STRETCHES = labels(suite.HERE / "stretches")
ALL = [*LABELS, *STRETCHES]
FILES = [item.path for item in ALL] + [item.path for item in JUDGED]
CHINESE = re.compile(r"[\u3400-\u9fff]+")

PROSE = "宁川区2019年政府信息公开工作年度报告\n2019年,全区主动公开政府信息120条,其中网站公开90条。未收到公开申请。\n"


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


# ---------------------------------------------------------------- the files as they are kept


def test_there_are_labels_of_several_forms_and_judgements_of_every_report() -> None:
    own = [item for item in LABELS if not item.source.copy_of]
    assert len(own) >= 6
    assert {item.source.template for item in own} >= {"older-local", "ogi-2019", "ogi-2021"}
    assert {item.source.file for item in LABELS} <= {item.source.file for item in JUDGED}
    assert len({item.source.sha256 for item in JUDGED}) == len(JUDGED)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_word_of_a_report_is_kept(path: Path) -> None:
    """Units are single words; a reason speaks of the finding in English."""
    for row in _rows(path):
        unit = row.pop("unit", "") or ""
        assert len(unit) <= (7 if set("/(每") & set(unit) else 4)
        assert [text for text in _strings(row) if CHINESE.search(text)] == []


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.path.stem)
def test_offsets_ascend_and_do_not_overlap(item: Labels) -> None:
    """What is ignored may stand inside a claim: the number of a name among the words of a zero claim."""
    placed = [(row["start"], row["end"]) for row in item.rows if "start" in row and row["kind"] != "ignore"]
    assert placed
    assert all(0 <= start < end for start, end in placed)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(placed))
    for row in item.rows:
        if row["kind"] == "claim":
            assert row["verdict"] in set(Verdict)
            assert row["indicator"] is None or row["indicator"][0] < row["indicator"][1]


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.path.stem)
def test_findings_and_wholes_name_claims_of_the_file(item: Labels) -> None:
    ids = [row["id"] for row in item.rows if row["kind"] == "claim"]
    assert len(set(ids)) == len(ids)
    for row in item.rows:
        named = row["claims"] if row["kind"] == "finding" else []
        wholes = row.get("part_of") or []
        named = [*named, *(wholes if isinstance(wholes, list) else [wholes])]
        assert {name for name in named if name} <= set(ids)


@pytest.mark.parametrize("item", STRETCHES, ids=lambda item: item.path.stem)
def test_stretches_hold_their_labels_and_do_not_overlap(item: Labels) -> None:
    stretches = item.source.stretches
    assert stretches
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(stretches))
    for row in item.rows:
        assert row["kind"] in ("claim", "exclusion", "ignore")
        assert any(start <= row["start"] and row["end"] <= end for start, end in stretches)


def test_what_is_labelled_whole_is_not_labelled_in_stretches() -> None:
    assert not any(item.source.stretches for item in LABELS)
    assert not {item.source.sha256 for item in LABELS} & {item.source.sha256 for item in STRETCHES}


@pytest.mark.parametrize("item", JUDGED, ids=lambda item: item.source.file)
def test_every_judgement_has_a_reason_and_a_main_item_of_its_own(item: Judged) -> None:
    assert all(one.why and one.keep in KEEP for one in item.judgements)
    assert len({one.main for one in item.judgements}) == len(item.judgements)


# ---------------------------------------------------------------- measured on a report of our own


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "corpora" / "report.txt"
    path.parent.mkdir()
    path.write_text(PROSE, encoding="utf-8")
    return path


def _source(path: Path, file: str = "", sha256: str = "", text: str = "", copy_of: str = "") -> Source:
    return Source(
        file or path.name,
        sha256 or hashlib.sha256(path.read_bytes()).hexdigest(),
        text or digest(read(path, load())),
        copy_of=copy_of,
    )


def _labels(source: Source) -> Labels:
    at = PROSE.index
    rows = (
        {"kind": "exclusion", "start": at("2019"), "end": at("政府信息公开工作"), "reason": "date"},
        {"kind": "exclusion", "start": at("2019年,"), "end": at(",全区"), "reason": "date"},
        _claim("c1", at("120条"), at(",其中"), "120", [at("政府信息1"), at("120条")], None),
        _claim("c2", at("90条"), at("。未"), "90", [at("网站公开"), at("90条")], "c1"),
        _claim("c3", at("未收到"), at("。\n"), "0", [at("公开申请"), at("。\n")], None) | {"unit": None},
    )
    return Labels(Path("labels"), source, rows)


def _claim(
    name: str, start: int, end: int, value: str, indicator: list[int], whole: str | None
) -> dict[str, Any]:
    return {
        "kind": "claim", "id": name, "start": start, "end": end, "value": value, "unit": "条", "indicator": indicator,
        "scope": "whole", "period": "year", "relation": "level", "part_of": whole, "figures": [],
        "verdict": "not_checkable",
    }  # fmt: skip


def test_labels_by_offset_are_labels_by_quotation(report: Path) -> None:
    found = _labels(_source(report))
    gold = gold_of(found, read(report, load()))
    assert [(claim.text, claim.indicator, claim.unit) for claim in gold.claims] == [
        ("120条", "政府信息", "条"),
        ("90条", "网站公开", "条"),
        ("未收到公开申请", "公开申请", None),
    ]
    assert [number.text for number in gold.numbers] == ["2019", "2019", "120", "90"]


def test_outside_the_stretches_nothing_is_scored(report: Path) -> None:
    whole, at = _labels(_source(report)), PROSE.index
    stretch = at("2019年,"), at("其中")
    source = replace(whole.source, template="work-report", stretches=(stretch,))
    rows = [row for row in whole.rows if stretch[0] <= row["start"] < stretch[1]]
    measured = measure(
        report.parent, [replace(whole, source=source, rows=tuple(rows))], [], load(), load_model()
    )
    assert measured.reports is None
    scores = measured.stretches["work-report"]
    assert scores.metric("numbers").counts == Counts(2, 2, 2)
    assert scores.metric("claims").counts == Counts(1, 1, 1)
    assert scores.metric("findings").counts == Counts(0, 0, 0)
    assert f"| {report.name} | 1 | 1 | 1 |" in write(measured)
    assert to_dict(measured)["stretches"]["work-report"]["files"] == [report.name]


def test_a_text_read_otherwise_is_no_text_for_these_labels(report: Path) -> None:
    found = _labels(_source(report, text="0" * 64))
    with pytest.raises(KnowledgeError, match="the text as labelled"):
        gold_of(found, read(report, load()))


def test_what_is_there_is_scored_and_what_is_not_is_named(report: Path) -> None:
    sources = [
        _source(report),
        _source(report, file="copy.txt", copy_of="report.txt"),
        _source(report, file="elsewhere.txt", sha256="1" * 64),
        _source(report, sha256="2" * 64),
        _source(report, file="read.txt", text="3" * 64),
    ]
    gone = Judgement("text.parts", "review", ((0, 4),), (), True, "no such list")
    measured = measure(
        report.parent,
        [_labels(source) for source in sources],
        [Judged(Path("judged"), _source(report), (gone,))],
        load(),
        load_model(),
    )
    assert measured.reports
    assert [document.file for document in measured.reports.documents] == ["report.txt"]
    assert measured.reports.metric("claims").counts.hits == 3
    assert measured.copies
    assert [document.file for document in measured.copies.documents] == ["copy.txt"]
    assert {item.file: item.reason for item in measured.skipped} == {
        "elsewhere.txt": ABSENT,
        "report.txt": CHANGED,
        "read.txt": REREAD,
    }
    assert [(item.word, item.place) for item in measured.opinions] == [(GONE, (0, 4))]
    assert "Development data" in write(measured)
    assert "though an auditor would keep it" in write(measured)
    assert not CHINESE.search(write(measured) + json.dumps(to_dict(measured), ensure_ascii=False))


def test_a_finding_nobody_judged_is_listed(report: Path) -> None:
    report.write_text(PROSE.replace("其中网站公开90条", "其中规范性文件140条"), encoding="utf-8")
    measured = measure(report.parent, [], [Judged(Path("judged"), _source(report), ())], load(), load_model())
    assert [(item.code, item.word) for item in measured.opinions] == [("text.parts_exceed", UNJUDGED)]
    assert measured.tally(loud=True, copies=False) == {"kept": 0, "unsure": 0, "not kept": 0, UNJUDGED: 1}
    assert "## Not judged yet" in write(measured)


# ---------------------------------------------------------------- the command


@pytest.mark.parametrize("folder", ["", "nowhere", "."])
def test_without_the_reports_the_suite_is_skipped(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(suite.VARIABLE, str(tmp_path / folder) if folder else "")
    monkeypatch.setattr("sys.argv", ["eval.real", "--results", str(tmp_path / "results")])
    suite.main()
    assert "skipped" in capsys.readouterr().out
    assert not (tmp_path / "results").exists()
