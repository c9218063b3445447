"""The words of findings, problems and pages: complete, and never with a hole in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.data import Severity, Verdict
from extractor.errors import KnowledgeError
from extractor.knowledge import messages as room
from extractor.knowledge import source
from extractor.knowledge.messages import LANGUAGES, Messages, fill, load_messages, placeholders

_PACKAGE = Path(extractor.__file__).parent
_SOURCES = {path: path.read_text(encoding="utf-8") for path in _PACKAGE.rglob("*.py")}


@pytest.fixture(scope="module")
def words() -> Messages:
    return load_messages()


def _with(monkeypatch: pytest.MonkeyPatch, name: str, change: Mapping[str, Any]) -> None:
    """Lets the loader find `change` merged over the entries of the file `name`."""
    read = source.read_toml
    monkeypatch.setattr(
        room, "read_toml", lambda file: {**read(file), **change} if file == name else read(file)
    )


def _finding(**changes: object) -> dict[str, object]:
    text = {"zh": "甲", "en": "a"}
    same = dict.fromkeys(("title", "text", "meaning", "not_meaning", "advice"), text)
    return {"severity": "error", **same, **changes}


def test_every_code_a_check_can_give_has_words(words: Messages) -> None:
    quoted = re.compile(r'"((?:tieout|table|text)\.[a-z_.]+)"')
    used = {
        code
        for path, source in _SOURCES.items()
        if path.parent.name in {"checks", "align"}
        for code in quoted.findall(source)
    }
    assert used
    assert used <= set(words.findings)


def test_every_problem_a_reader_can_raise_has_words_and_its_params_are_declared(words: Messages) -> None:
    raised = re.compile(r'(?:InputError|Problem|complain)\(\s*"([a-z_.]+)"')
    used = {code for source in _SOURCES.values() for code in raised.findall(source)}
    assert {"empty_file", "not_found"} <= used
    assert used <= set(words.problems)


def test_every_interface_word_asked_for_exists(words: Messages) -> None:
    asked = re.compile(r'\bword\(\s*[\'"]([a-z_.]+)[\'"]')
    said = re.compile(r'\bsay\(\s*"([a-z_]+)"')
    templates = [path.read_text(encoding="utf-8") for path in (_PACKAGE / "writers/templates").glob("*.html")]
    keys = {key for source in (*_SOURCES.values(), *templates) for key in asked.findall(source) if "." in key}
    writers = [source for path, source in _SOURCES.items() if path.parent.name == "writers"]
    keys |= {f"text.{key}" for source in (*writers, *templates) for key in said.findall(source)}
    assert {"label.verdict", "title.findings", "text.coverage"} <= keys
    assert {key for key in keys if not key.endswith(".")} <= set(words.interface)


def test_every_verdict_and_severity_has_a_sign_of_its_own(words: Messages) -> None:
    for kinds in (Verdict, Severity):
        signs = [words.word(f"icon.{kind}", "zh") for kind in kinds]
        assert len(set(signs)) == len(signs)
        assert all(len(sign) == 1 for sign in signs)


def test_every_text_is_written_in_both_languages(words: Messages) -> None:
    for entry in words.findings.values():
        for text in (entry.title, entry.text, entry.meaning, entry.not_meaning, entry.advice):
            assert set(text) == set(LANGUAGES)
            assert all(text.values())
        assert placeholders(entry.text["zh"]) == placeholders(entry.text["en"]), entry.code
    for problem in words.problems.values():
        assert set(problem.text) == set(LANGUAGES)


def test_a_filled_template_keeps_no_hole() -> None:
    assert fill("正文称{claim},表中{cell}。", {"claim": "6次"}) == "正文称6次,表中—。"
    assert fill("{{原样}}", {}) == "{原样}"


def test_quotation_marks_within_such_are_single() -> None:
    values = {"claim": "“三公”经费5万元", "label": "“三公”经费"}
    assert fill("正文有“{claim}”,表中为{label}。", values) == "正文有“‘三公’经费5万元”,表中为“三公”经费。"


def test_a_count_has_its_noun_in_the_right_number() -> None:
    template = "{count:claim is|claims are} left"
    assert placeholders(template) == {"count"}
    said = [fill(template, {"count": count}) for count in ("0", "1", "2", "11")]
    assert said == ["0 claims are left", "1 claim is left", "2 claims are left", "11 claims are left"]
    assert fill(template, {}) == "— claims are left"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ("12", "0.1 KB"),
        ("3072", "3 KB"),
        ("41943040", "40 MB"),
        ("41943041", "40.1 MB"),
        ("2147483648", "2 GB"),
    ],
)
def test_a_size_is_told_in_a_unit_that_suits_it_and_never_below(size: str, said: str) -> None:
    assert fill("{size:size}", {"size": size}) == said
    assert fill("{size:size}", {}) == "—"


@pytest.mark.parametrize("template", ["{a.b}", "{a!r}", "{a:3}", "{a:x|y|z}", "{0}", "{}"])
def test_a_template_may_ask_for_plain_names_only(template: str) -> None:
    with pytest.raises(ValueError, match="plain name"):
        placeholders(template)


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (_finding(text={"zh": "{clame}", "en": "a"}), "x.text.zh"),
        (_finding(text={"zh": "{claim!r}", "en": "a"}), "x.text.zh"),
        (_finding(text={"zh": "甲"}), "x.text.en"),
        (_finding(text={"zh": "甲", "en": "a", "fr": "a"}), "x.text.fr"),
        (_finding(severity="grave"), "x.severity"),
        (_finding(sevrity="error"), "x.sevrity"),
        (_finding(advice="甲"), "x.advice"),
    ],
)
def test_a_mistake_in_the_findings_is_named(
    entry: Mapping[str, object], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with(monkeypatch, "findings.toml", {"x": entry})
    with pytest.raises(KnowledgeError) as caught:
        load_messages()
    assert (caught.value.file, caught.value.key) == ("findings.toml", key)


def test_a_param_must_be_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    _with(monkeypatch, "problems.toml", {"x": {"zh": "{size}", "en": "{size}"}})
    with pytest.raises(KnowledgeError, match="size"):
        load_messages()
    monkeypatch.undo()
    _with(monkeypatch, "problems.toml", {"x": {"zh": "{size}", "en": "{size}", "params": ["size"]}})
    assert load_messages().problems["x"].params == {"size"}


def test_an_enumeration_without_its_word_is_found_on_load(monkeypatch: pytest.MonkeyPatch) -> None:
    _with(monkeypatch, "interface.toml", {"verdict": {"match": {"zh": "一致", "en": "match"}}})
    with pytest.raises(KnowledgeError, match=r"verdict\.approximate_match"):
        load_messages()
