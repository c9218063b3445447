"""The help pages: every text of the code has its Chinese, and the language is the one asked for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping

import pytest
import typer

from extractor.cli import app
from extractor.cli.localisation import key_of, language, localise, shows_help, texts_of, translated, walk
from extractor.cli.options import LANG_VARIABLE, Lang

HEADINGS = {
    "Usage:",
    "Options",
    "Arguments",
    "Commands",
    "[required]",
    "; required]",
    "[default: ",
    "; default: ",
    "[env var: ",
    "Show this message and exit.",
}
COMPLAINTS = {
    english for english in texts_of(Lang.ZH) if "{}" in english or english.startswith("Input should")
} | {"Missing command."}
WRONG = {
    ("audit", "--nope"): "没有选项 --nope",
    ("audit", "report.txt", "--formt", "text"): "没有选项 --formt，是否指：--format",
    ("audit",): "缺少参数 FILE。",
    ("explain", "report.txt"): "缺少选项 --at。",
    ("explain", "report.txt", "--at", "here"): "--at 的取值无效：应为整数。",
    ("explain", "report.txt", "--at", "-4"): "--at 的取值无效：应不小于 0。",
    ("audit", "report.txt", "--format", "foo"): "选项 --format（-f）的取值无效：“foo”不在可选值",
    ("audit", "report.txt", "--lang", "fr"): "选项 --lang（环境变量 EXTRACTOR_LANG）的取值无效：",
    ("audit", "report.txt", "--format"): "选项 --format 后缺少取值。",
    ("--version=3",): "选项 --version 不带取值。",
    ("kb", "check", "a", "b"): "多余的参数：a b",
    ("foo",): "没有命令“foo”。",
}
COMMANDS = [(), ("audit",), ("batch",), ("eval",), ("kb",), ("corpus",), ("corpus", "mutate")]


def _help(*words: str, environment: Mapping[str, str] | None = None) -> str:
    answer = subprocess.run(
        [sys.executable, "-m", "extractor", *words, "--help"],
        capture_output=True,
        check=True,
        env={**os.environ, LANG_VARIABLE: "", **(environment or {})},
    )
    return answer.stdout.decode()


def test_every_text_of_the_commands_has_its_chinese_and_no_text_is_left_over() -> None:
    said = {
        key_of(text)
        for item in walk(typer.main.get_command(app))
        for text in (getattr(item, "help", None), getattr(item, "epilog", None))
        if text
    }
    assert {key for key in texts_of(Lang.ZH) if key not in COMPLAINTS} - HEADINGS == said


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_page_in_chinese_has_no_english_sentence(words: tuple[str, ...]) -> None:
    page = _help(*words)
    assert "用法：" in page
    assert not [english for english in texts_of(Lang.ZH) if english in page]


def test_the_language_is_the_one_asked_for() -> None:
    assert "Usage:" in _help("audit", "--lang", "en")
    assert "Usage:" in _help("--lang=en")
    assert "Usage:" in _help("audit", environment={LANG_VARIABLE: "en"})
    assert "用法：" in _help("audit", "--lang", "zh", environment={LANG_VARIABLE: "en"})


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_what_is_wrong_with_a_command_line_is_said_in_chinese(words: tuple[str, ...]) -> None:
    answer = _wrong(*words)
    assert f"错误：{WRONG[words]}" in answer
    assert not re.search("Usage|Error|Try|Input|Invalid", answer)


def test_what_is_wrong_is_said_in_english_where_that_is_asked_for() -> None:
    assert "Error: No such option: --nope" in _wrong("audit", "--nope", "--lang", "en")


def test_a_complaint_without_a_text_stays_as_it_is() -> None:
    assert translated("Error: none of these", texts_of(Lang.ZH)) == "错误：none of these"
    assert translated("Error: none of these", {}) == "Error: none of these"


def _wrong(*words: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-m", "extractor", *words],
        capture_output=True,
        check=False,
        env={**os.environ, LANG_VARIABLE: ""},
    )
    assert answer.returncode == 2
    assert not answer.stdout
    return answer.stderr.decode()


def test_what_is_said_after_the_file_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LANG_VARIABLE, raising=False)
    assert language(["audit", "report.txt", "--lang", "en"]) is Lang.EN
    assert language(["audit", "report.txt"]) is Lang.ZH
    assert language(["audit", "--lang", "nonsense"]) is Lang.ZH


def test_a_run_without_help_translates_nothing() -> None:
    assert shows_help([])
    assert shows_help(["corpus"])
    assert shows_help(["corpus", "mutate", "--help"])
    assert not shows_help(["audit", "report.txt", "--lang", "en"])


def test_english_is_left_as_it_is() -> None:
    command = typer.main.get_command(app)
    before = [getattr(item, "help", None) for item in walk(command)]
    localise(command, texts_of(Lang.EN))
    assert [getattr(item, "help", None) for item in walk(command)] == before


def test_the_language_before_the_command_holds_for_the_command() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "extractor", "--lang", "en", "audit", "missing.txt"], capture_output=True
    )
    assert answer.returncode == 2
    assert answer.stderr.decode().isascii()
