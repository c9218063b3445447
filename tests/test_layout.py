"""The layout knowledge: what its patterns match, and that a wrong file is refused by name."""

from __future__ import annotations

import re

import pytest

from extractor.errors import KnowledgeError
from extractor.knowledge import Knowledge
from extractor.knowledge.layout import load_layout, traditional
from extractor.knowledge.source import alternation, opens_plainly, read_toml


def test_an_alternation_matches_the_longest_word() -> None:
    words = ["规章", "规范性文件", "规", "总计(一)"]
    pattern = re.compile(alternation(words))
    for word in words:
        assert pattern.fullmatch(word)
        assert pattern.match(word + "数").group() == word  # type: ignore[union-attr]
    assert pattern.match("范性文件") is None


@pytest.mark.parametrize(
    ("pattern", "plain"),
    [
        (r"(?:去年|上年度?)同期", True),
        (r"(?P<year>20\d\d)年", True),
        (r"\(约\)|“约”", True),
        (r"自?今年", False),
        (r"[去今]年", False),
        (r"\d年|今年", False),
        (r"今年|(?<=于)去年", False),
        (r"(?:本年)?累计", True),  # the group may be left out, which costs time and no match
    ],
)
def test_a_pattern_opens_plainly_where_each_branch_begins_with_a_letter(pattern: str, plain: bool) -> None:
    assert opens_plainly(pattern) is plain


def test_every_reason_has_its_names(knowledge: Knowledge) -> None:
    codes = [drop.code for drop in knowledge.layout.drops]
    assert len(codes) == len(set(codes))
    assert {"page_mark", "navigation", "metadata", "cover_table"} <= set(codes)
    assert all(drop.zh and drop.en for drop in knowledge.layout.drops)
    with pytest.raises(KeyError):
        knowledge.layout.reason("nothing")


def test_traditional_characters_change_one_to_one() -> None:
    table = traditional()
    assert table[ord("議")] == "议"
    assert all(len(plain) == 1 and ord(plain) not in table for plain in table.values())


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"tabels": {}}, "tabels"),
        ({"dropped": {"x": {"zh": "甲", "en": "a", "line": []}}}, "dropped.x.line"),
        ({"dropped": {"x": {"zh": "甲", "en": "a", "lines": ["("]}}}, "dropped.x.lines"),
        ({"dropped": {"x": {"zh": "甲", "en": "a", "head": "yes"}}}, "dropped.x.head"),
        ({"html": None}, "html"),
    ],
)
def test_a_wrong_file_is_refused_by_key(
    change: dict[str, object], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_toml("layout.toml")
    monkeypatch.setattr("extractor.knowledge.layout.read_toml", lambda name: {**whole, **change})
    with pytest.raises(KnowledgeError) as caught:
        load_layout()
    assert (caught.value.file, caught.value.key) == ("layout.toml", key)
