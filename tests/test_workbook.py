"""The workbook, read back as a spreadsheet reads it."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sample import result
from typer.testing import CliRunner

from extractor import cli
from extractor.data import Problem, Result, Status
from extractor.errors import InputError
from extractor.knowledge import Knowledge
from extractor.writers import BINARY, workbook, write_binary
from extractor.writers.words import Words
from extractor.writers.workbook import write_workbook


def _book(knowledge: Knowledge, *results: Result, lang: str = "zh") -> Any:
    return openpyxl.load_workbook(
        io.BytesIO(write_workbook(results, Words(knowledge, lang))), rich_text=False
    )


def _rows(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_every_finding_claim_number_and_figure_has_its_row(knowledge: Knowledge) -> None:
    audited = result()
    book = _book(knowledge, audited)
    assert len(_rows(book["发现"])) == len(audited.findings)
    assert [row["原文"].count(claim.text) > 0 for row, claim in zip(
        _rows(book["逐项核对"]), sorted(audited.claims, key=lambda claim: claim.start), strict=True
    )] == [True] * len(audited.claims)  # fmt: skip
    left = [number for number in audited.numbers if number.status is not Status.CLAIMED]
    assert len(_rows(book["不作陈述的数字"])) == len(left)
    assert {row["单元格"] for row in _rows(book["表格数字"])} == {
        figure.address for figure in audited.reading.figures
    }
    assert len(_rows(book["成立的勾稽关系"])) == sum(check.holds for check in audited.checks)


def test_a_finding_leads_to_its_claim_and_leaves_room_for_an_answer(knowledge: Knowledge) -> None:
    audited = result()
    book = _book(knowledge, audited)
    ties = _rows(book["逐项核对"])
    for row in _rows(book["发现"]):
        assert row["复核意见"] is None
        if row["核对行"] is not None:
            tied = ties[int(row["核对行"]) - 2]  # rows count from 1, and the first is the header
            assert str(row["序号"]) in tied["发现"].split(", ")
    offered = book["发现"].data_validations.dataValidation
    assert [item.formula1 for item in offered] == ['"属实,口径不同,误报,已更正"']


def test_numbers_are_numbers_only_where_no_digit_is_lost(knowledge: Knowledge) -> None:
    audited = result()
    first, second = audited.claims[:2]
    changed = (
        replace(first, value=Decimal("12345.678")),
        replace(second, value=Decimal("1234567890123456.7")),
        *audited.claims[2:],
    )
    values = {row["数值"] for row in _rows(_book(knowledge, replace(audited, claims=changed))["逐项核对"])}
    assert 12345.678 in values
    assert "1234567890123456.7" in values


def test_nothing_of_a_report_runs(knowledge: Knowledge) -> None:
    audited = result()
    evil = '=HYPERLINK("x")'
    claims = tuple(replace(claim, indicator=evil, unit="=1+1") for claim in audited.claims)
    report = replace(audited.report, source="=cmd|' /C calc'!A0\u202e\x1b[31m.txt")
    book = _book(knowledge, replace(audited, claims=claims, report=report), replace(audited, report=report))
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds
    assert any(cell.value == evil for line in book["逐项核对"].iter_rows() for cell in line)
    told = "".join(str(cell.value) for line in book["概况"].iter_rows() for cell in line)
    assert "\\u202e\\u001b[31m" in told
    assert not {"\u202e", "\x1b"} & set(told)


def test_several_reports_stand_in_one_table_with_their_files(knowledge: Knowledge) -> None:
    audited = result()
    other = replace(audited, report=replace(audited.report, source="other.txt"))
    book = _book(knowledge, audited, other, lang="en")
    overview = _rows(book["Overview"])
    assert [row["File"] for row in overview] == [audited.report.source, "other.txt"]
    assert [row["Claims"] for row in overview] == [len(audited.claims)] * 2
    assert {row["File"] for row in _rows(book["Tie-out"])} == {audited.report.source, "other.txt"}
    assert "文件" not in _rows(_book(knowledge, audited)["逐项核对"])[0]


def test_a_report_without_findings_says_so(knowledge: Knowledge) -> None:
    book = _book(knowledge, replace(result(), findings=()))
    assert next(cell.value for cell in book["发现"][2]) == "未发现差异。"


def test_more_rows_than_a_sheet_holds_are_refused(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS", 3)
    with pytest.raises(InputError) as caught:
        _book(knowledge, result())
    assert caught.value.code == "output.rows"


def test_only_what_is_no_text_is_written_so(knowledge: Knowledge) -> None:
    assert write_binary([result()], BINARY[0], "zh", knowledge).startswith(b"PK")
    with pytest.raises(ValueError, match="none of"):
        write_binary([], "csv", "zh", knowledge)


def test_the_command_writes_a_workbook_and_never_to_a_terminal(
    seed_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "audit.xlsx"
    answer = CliRunner().invoke(
        cli.app, ["audit", str(seed_path), "--format", "xlsx", "--output", str(target)]
    )
    assert answer.exit_code == cli.DIFFERS
    assert openpyxl.load_workbook(target).sheetnames[:3] == ["概况", "发现", "逐项核对"]
    monkeypatch.setattr("extractor.cli.on_terminal", lambda: True)
    answer = CliRunner().invoke(cli.app, ["audit", str(seed_path), "--format", "xlsx"])
    assert answer.exit_code == cli.FAILED
    assert "--output" in answer.stderr


def test_a_document_that_was_refused_stands_among_the_problems(knowledge: Knowledge) -> None:
    written = write_workbook([result()], Words(knowledge, "zh"), [Problem("empty_file", "空白.pdf")])
    sheet = openpyxl.load_workbook(io.BytesIO(written))["读取问题"]
    assert sheet["A2"].value == "空白.pdf: 文件是空的，或只有空白。"
