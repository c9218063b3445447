"""The language room: what is loaded, and that a wrong data file is named."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from extractor.errors import KnowledgeError
from extractor.knowledge import Knowledge, contexts, language, source
from extractor.knowledge.language import load_language


def test_no_word_in_two_lists(knowledge: Knowledge) -> None:
    ordinary = {word.text for word in knowledge.language.ordinary}
    idioms = {word.text for word in knowledge.language.idioms}
    assert not ordinary & idioms


def test_no_unit_is_a_word_with_a_numeral(knowledge: Knowledge) -> None:
    words = {word.text for word in (*knowledge.language.ordinary, *knowledge.language.idioms)}
    assert not words & {
        f"一{form}" for form in ("件", "条", "份", "次", "名", "人", "项", "个", "家", "户", "篇")
    }


def test_every_reason_is_used_and_every_rule_described(knowledge: Knowledge) -> None:
    cards = knowledge.language
    assert {rule.reason for rule in cards.rules.values() if rule.reason} == set(cards.reasons)
    for rule in cards.rules.values():
        assert all((rule.title.zh, rule.title.en, rule.description.zh, rule.description.en))
        assert rule.id.startswith("exclude." if rule.reason else "quantity.")


def test_hedges(knowledge: Knowledge) -> None:
    hedges = {hedge.id: hedge for hedge in knowledge.language.hedges}
    assert hedges["near"].relative == Decimal("0.1")
    assert "以上" in hedges["at_least"].after
    assert "累计" not in {word for hedge in hedges.values() for word in hedge.before}


def _swap(monkeypatch: pytest.MonkeyPatch, file: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Makes `read_toml` return `file` with `change` applied."""
    original = source.read_toml

    def read(name: str) -> Any:
        toml = dict(original(name))
        if name == file:
            change(toml)
        return toml

    for room in (language, contexts):
        monkeypatch.setattr(room, "read_toml", read)


@pytest.mark.parametrize(
    ("file", "change", "key"),
    [
        ("hedges.toml", lambda toml: toml.update(hedges=[]), "hedges"),
        ("hedges.toml", lambda toml: toml["hedge"][0].update(shape="odd"), "shape"),
        ("hedges.toml", lambda toml: toml["hedge"][0].update(befor=["约"]), "befor"),
        ("units.toml", lambda toml: toml["same"][0]["units"].append("没有"), "same"),
        ("units.toml", lambda toml: toml["class"][0]["units"].append({"forms": ["元"]}), "元"),
        ("units.toml", lambda toml: toml["class"][0]["units"].append({"forms": []}), "percent"),
        ("rules.toml", lambda toml: toml["rule"].append(toml["rule"][0]), "quantity.count"),
        ("rules.toml", lambda toml: toml["rule"][-1].update(reason="none"), "reason"),
        ("contexts.toml", lambda toml: toml.pop("counted"), "counted"),
        ("contexts.toml", lambda toml: toml.update(odd={"why": "x", "words": ["x"]}), "odd"),
        ("contexts.toml", lambda toml: toml.update(each={"why": "x", "letters": "每每"}), "each"),
        ("contexts.toml", lambda toml: toml.update(each={"letters": "每"}), "each.why"),
        ("exclusions.toml", lambda toml: toml.update(odd={"zh": "x", "en": "x", "fr": "x"}), "odd"),
    ],
)
def test_a_wrong_file_is_named(
    file: str, change: Callable[[dict[str, Any]], None], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _swap(monkeypatch, file, change)
    with pytest.raises(KnowledgeError) as caught:
        load_language()
    assert caught.value.file == file
    assert key in caught.value.key


def test_a_word_without_numeral_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "read_words", lambda name: ("公开",))
    with pytest.raises(KnowledgeError, match="公开"):
        load_language()


def test_a_word_guard_is_read(knowledge: Knowledge) -> None:
    words = {word.text: word for word in knowledge.language.ordinary}
    assert "钟" in words["十分"].before
    assert "系" in words["统一"].after
