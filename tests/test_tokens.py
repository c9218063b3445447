from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.claims import words
from extractor.knowledge import Knowledge, load
from extractor.knowledge.source import read_words
from extractor.tokens import Plain, Words


@pytest.fixture(scope="module")
def tokenizer(knowledge: Knowledge) -> Words:
    return words(knowledge)[0]


@pytest.mark.parametrize("word", read_words("domain"))
def test_every_domain_word_stays_whole(tokenizer: Words, word: str) -> None:
    assert word in tokenizer.cut(f"关于{word}情况")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各级各部门从事政府信息公开工作", ["各级各部门", "从事", "政府信息公开工作"]),
        ("组织举办重大项目协调会", ["组织举办", "重大项目", "协调会"]),
        ("依申请公开", ["依申请公开"]),
    ],
)
def test_cut(tokenizer: Words, text: str, expected: list[str]) -> None:
    assert list(tokenizer.cut(text)) == expected


def test_quantities_are_single_tokens_and_marks_stand_alone(tokenizer: Words) -> None:
    text = "举办5次协调会,共38家。"
    tokens = tokenizer.tokens(text, [(0, len(text))], [(2, 4, "Q", 0), (9, 12, "Q", 1)])
    assert [word for word, tag in zip(tokens.words, tokens.tags, strict=True) if tag == "Q"] == [
        "5次",
        "38家",
    ]
    assert tokens.tags[-1] == "END"
    assert "COMMA" in tokens.tags
    assert "STOP" in tokens.tags


def test_tags_come_from_the_domain_first_then_from_the_dictionary(tokenizer: Words) -> None:
    assert tokenizer.tag("申请") == "N"  # a verb to jieba
    assert tokenizer.tag("举办") == "V"
    assert tokenizer.tag("从事") == "V"  # in no list of ours
    assert tokenizer.tag("向") == "P"
    assert tokenizer.tag("某个没有的词") == "N"


@pytest.fixture(scope="module")
def plain(knowledge: Knowledge) -> Words:
    """The tokenizer on a machine without rjieba."""
    discourse = knowledge.discourse
    markers = [word for word in discourse.markers if word not in discourse.tags]
    extra = dict.fromkeys(discourse.scopes, "S") | dict.fromkeys(markers, "M")
    return Words(discourse, extra, Plain())


@given(st.data())
def test_jieba_and_rjieba_cut_and_tag_alike(tokenizer: Words, plain: Words, data: st.DataObject) -> None:
    known = st.sampled_from((*read_words("domain"), *load().discourse.tags))
    loose = st.text(alphabet="全体居民人均可支配收入数量大型活动的技术成果發廣㐀AbZ09", max_size=6)
    text = "".join(data.draw(st.lists(st.one_of(known, loose), max_size=8)))
    assert tokenizer.tokens(text, [(0, len(text))], []) == plain.tokens(text, [(0, len(text))], [])


@given(st.text(alphabet="主动公开政府信息收到申请在和,。、()“”《》 \nAB", max_size=60))
def test_tokens_tile_the_text(text: str) -> None:
    tokens = words(load())[0].tokens(text, [(0, len(text))], [])
    end = 0
    for word, start, stop in zip(tokens.words[:-1], tokens.starts, tokens.ends, strict=False):
        assert text[start:stop] == word
        assert text[end:start].strip() == "", "only blanks lie between tokens"
        end = stop
    assert text[end:].strip() == ""
