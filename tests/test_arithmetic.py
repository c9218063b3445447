"""The rules of `kb/arithmetic.toml`: read whole, and refused where they are wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from extractor.errors import KnowledgeError
from extractor.knowledge.arithmetic import load_arithmetic
from extractor.knowledge.source import read_toml

Spoil = Callable[[dict[str, Any]], object]

WRONG: list[tuple[str, Spoil]] = [
    ("parts.selecton", lambda table: table["parts"].update(selecton=1)),
    ("parts.selection", lambda table: table["parts"].update(selection=2)),
    ("parts.negation", lambda table: table["parts"].pop("negation")),
    ("complement[0].words", lambda table: table["complement"][0].update(words=["专职"])),
    ("exclusive[0].word", lambda table: table["exclusive"][0].update(word=["当面"])),
    ("named_rate[0].numerator", lambda table: table["named_rate"][0].update(numerator=[])),
    ("named_rate[1].rate", lambda table: table["named_rate"][1].update(rate=table["named_rate"][0]["rate"])),
    ("rate.share", lambda table: table["rate"].update(share="(")),
    ("enumeration.longest", lambda table: table["enumeration"].update(longest="40")),
    ("change", lambda table: table.pop("change")),
    ("rates", lambda table: table.update(rates={})),
]


@pytest.mark.parametrize(("key", "spoil"), WRONG, ids=[key for key, _ in WRONG])
def test_a_wrong_rule_names_file_and_key(key: str, spoil: Spoil, monkeypatch: pytest.MonkeyPatch) -> None:
    table = copy.deepcopy(dict(read_toml("arithmetic.toml")))
    spoil(table)
    monkeypatch.setattr("extractor.knowledge.arithmetic.read_toml", lambda name: table)
    with pytest.raises(KnowledgeError) as error:
        load_arithmetic()
    assert (error.value.file, error.value.key) == ("arithmetic.toml", key)


def test_kinds_are_tried_longest_first() -> None:
    kinds = load_arithmetic().parts.kinds
    assert [len(kind) for kind in kinds] == sorted((len(kind) for kind in kinds), reverse=True)
    assert {"专职", "信函", "不予公开"} <= set(kinds)
