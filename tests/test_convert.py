"""`convert`: what was read can be seen, and read again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import rendering
from typer.testing import CliRunner

from extractor.cli import app
from extractor.data import Report
from extractor.knowledge import Knowledge
from extractor.readers import read_bytes, read_text
from extractor.tables import read_figures
from extractor.writers.convert import CONVERSIONS, write_conversion
from extractor.writers.words import Words

Writer = Callable[[rendering.Document], bytes]


@pytest.fixture
def words(knowledge: Knowledge) -> Words:
    return Words(knowledge, "en")


def values(report: Report, knowledge: Knowledge) -> list[tuple[object, ...]]:
    return [(figure.indicator, figure.value) for figure in read_figures(report, knowledge).figures]


@pytest.mark.parametrize(
    "write", [rendering.as_docx, rendering.as_pdf, rendering.as_html], ids=["docx", "pdf", "html"]
)
@pytest.mark.parametrize("make", [rendering.report_2014, rendering.report_2021], ids=["2014", "2021"])
def test_the_markdown_of_a_report_reads_back_with_the_same_figures(
    write: Writer, make: Callable[..., rendering.Document], knowledge: Knowledge, words: Words
) -> None:
    report = read_bytes(write(make(knowledge.templates)), "r", knowledge)
    again = read_text(write_conversion(report, "md", words), "r.md", knowledge, "markdown")
    assert values(again, knowledge) == values(report, knowledge)


def test_what_was_left_out_stands_with_its_reason_and_page(knowledge: Knowledge, words: Words) -> None:
    report = read_bytes(rendering.as_pdf(rendering.report_2014(knowledge.templates)), "r.pdf", knowledge)
    text = write_conversion(report, "md", words)
    assert "> - 2 - *(page mark)*" in text
    assert [line for line in text.splitlines() if line.startswith("<!-- p.")] == [
        "<!-- p.1 -->", "<!-- p.2 -->", "<!-- p.3 -->",
    ]  # fmt: skip
    assert text.count("| 统计指标 | 单位 | 统计数 |") == 1


def test_every_character_that_was_read_is_in_the_markdown(knowledge: Knowledge, words: Words) -> None:
    text = (
        "一、概述\n收到申请24件,其中<网上>8件。\n\n主动公开文件数条2949\n"
        "| 项目 | 数 |\n|---|---|\n| 收到 | 24 |\n- 3 -\n"
    )
    report = read_text(text, "r", knowledge, "markdown")
    shown = write_conversion(report, "md", words).replace("\\", "")
    assert [word for word in text.split() if word not in shown and word != "|---|---|"] == []


def test_the_json_of_a_report_holds_places_and_cells(knowledge: Knowledge, words: Words) -> None:
    report = read_bytes(rendering.as_xlsx(rendering.report_2014(knowledge.templates)), "r", knowledge)
    plain = json.loads(write_conversion(report, "json", words))
    assert plain["text"] == report.text
    assert len(plain["tables"][0]["cells"]) == len(report.tables[0].cells)
    assert plain["places"][0] == {"start": 0, "end": 20, "where": "Sheet!A1"}


def test_the_command_writes_both_formats_and_names_a_wrong_limit(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text("收到申请24件。", encoding="utf-8")
    for name in CONVERSIONS:
        answer = CliRunner().invoke(app, ["convert", str(path), "--to", name])
        assert (answer.exit_code, "收到申请24件。" in answer.stdout) == (0, True)
    answer = CliRunner().invoke(app, ["convert", str(path), "--limit", "file_size=3", "--lang", "en"])
    assert (answer.exit_code, "limit file_size" in answer.stderr) == (2, True)
    answer = CliRunner().invoke(app, ["convert", str(path), "--limit", "speed=3", "--lang", "en"])
    assert (answer.exit_code, "NAME=NUMBER" in answer.stderr) == (2, True)
