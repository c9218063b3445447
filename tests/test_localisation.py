"""The help pages: every text of the code has its Chinese, and the language is the one asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

import pytest
import typer

from extractor.cli import app
from extractor.cli.localisation import key_of, language, localise, shows_help, texts_of, walk
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
    assert set(texts_of(Lang.ZH)) - HEADINGS == said


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
