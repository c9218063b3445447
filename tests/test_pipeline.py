from __future__ import annotations

import spacy

from extractor.data import Claim


def test_component_is_found_by_name_and_sets_spans_and_records() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("quantitative_claims")
    doc = nlp("2021年召开新闻发布会40次,培训1,200人次。")
    assert [span.text for span in doc.spans["claims"]] == ["40次", "1,200人次"]
    claims = doc.user_data["claims"]
    assert all(isinstance(claim, Claim) for claim in claims)
    assert [claim.indicator for claim in claims] == ["召开新闻发布会", "培训"]


def test_component_takes_another_key_and_an_empty_text() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("quantitative_claims", config={"spans_key": "numbers"})
    assert list(nlp("").spans["numbers"]) == []
    assert len(nlp("受理申请3件。").spans["numbers"]) == 1
