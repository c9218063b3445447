"""Control characters of a report: shown by every format, obeyed by none, and no text lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text
from typer.testing import CliRunner

from extractor.cli import Format, app
from extractor.writers import BINARY
from extractor.writers.controls import escaped
from extractor.writers.text import draw

_HOSTILE = (
    "青山县2020年政府信息公开工作年度报告\n\n"
    "2020年，本机关主动公开政府信息\x1b[8m120条\x1b[0m，\x9b2J收到申请\u202e21件\u202c，\x1b]0;已核对\x07均已办结。\n"
)
_FORBIDDEN = frozenset("\x1b\x9b\x07\u202e\u202c")


@given(st.text())
def test_json_reads_escaped_text_as_what_it_was(text: str) -> None:
    assert json.loads(escaped(json.dumps(text, ensure_ascii=False))) == text


@given(st.text(alphabet=st.characters(categories=["Cc", "Cf", "L", "N"])))
def test_only_line_ends_and_tabs_are_left_of_what_controls(text: str) -> None:
    left = {char for char in escaped(text) if ord(char) < 32 or 127 <= ord(char) < 160}
    assert left <= set("\t\n\r")
    assert escaped(escaped(text)) == escaped(text)


def test_a_line_end_of_two_characters_stays_and_a_return_within_a_line_does_not() -> None:
    assert escaped("甲\r\n乙\r丙") == "甲\r\n乙\\u000d丙"


def test_colours_are_those_of_the_program() -> None:
    drawn = draw([Text.assemble("\x1b[8m", ("红", "red"))], width=20, colour=True)
    assert drawn == "\\u001b[8m\x1b[31m红\x1b[0m\n"
    assert escaped(drawn, colours=True) == drawn


@pytest.mark.parametrize("format", [format for format in Format if format.value not in BINARY])
def test_no_format_of_an_audit_passes_them_on(format: Format, tmp_path: Path) -> None:
    path = tmp_path / "r\x1b[31m.txt"
    path.write_text(_HOSTILE, encoding="utf-8")
    answer = CliRunner().invoke(app, ["audit", str(path), "--format", format.value])
    assert answer.exit_code in {0, 1}
    assert "u001b" in answer.stdout.replace("\n", "")
    assert _FORBIDDEN.isdisjoint(answer.stdout)


def test_what_is_said_of_a_file_does_not_pass_its_name_on() -> None:
    answer = CliRunner().invoke(app, ["audit", "none\x1b[31m.txt"])
    assert answer.exit_code == 2
    assert "none\\u001b[31m.txt" in answer.stderr
