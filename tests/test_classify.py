from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from linking import claim, figure

from extractor import places
from extractor.align.features import FEATURES, features, possible, weigh
from extractor.align.model import GRAMS, grams, load_model, make_model
from extractor.align.reference import refer
from extractor.align.targets import Index
from extractor.classify import train
from extractor.errors import KnowledgeError
from extractor.knowledge import Knowledge
from extractor.knowledge.models import read_parameters, read_phrases, write_model

CORPUS = Path(__file__).parent.parent / "corpora" / "phrases"
HEADER = "table\tgroup\tsection\tcontext\tphrase\tunit\ttarget\n"


def test_training_reproduces_the_shipped_model_bit_for_bit(tmp_path: Path) -> None:
    metrics = train(CORPUS, tmp_path)
    for name in ("parameters.json", "card.md", "manifest.json"):
        assert (tmp_path / name).read_bytes() == (places.models() / "linker" / name).read_bytes()
    assert metrics["precision"] >= 0.99
    assert metrics["recall"] >= 0.88
    assert metrics["phrases"] >= 500


def test_vectors_equal_those_of_scikit_learn() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = ["收到政府信息公开申请", "主动公开政府信息", "行政复议 行政诉讼", "公开公开"]
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=GRAMS, lowercase=False).fit(texts)
    idf = {gram: float(vectorizer.idf_[place]) for gram, place in vectorizer.vocabulary_.items()}
    parameters = {**read_parameters()[0], "idf": idf}
    model = make_model(parameters, "", FEATURES)
    rows = vectorizer.transform(texts).toarray()
    for text, row in zip(texts, rows, strict=True):
        ours = model.vector(text)
        assert sorted(ours) == sorted(gram for gram, place in vectorizer.vocabulary_.items() if row[place])
        for gram, weight in ours.items():
            assert weight == pytest.approx(row[vectorizer.vocabulary_[gram]])


def test_scores_equal_those_of_scikit_learn() -> None:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    model = load_model()
    regression = LogisticRegression()
    regression.coef_ = np.asarray([model.weights]) * model.slope
    regression.intercept_ = np.asarray([model.bias * model.slope + model.offset])
    regression.classes_ = np.asarray([0, 1])
    rows = np.random.default_rng(7).random((50, len(FEATURES)))
    expected = regression.predict_proba(rows)[:, 1]
    for row, probability in zip(rows, expected, strict=True):
        assert model.probability(row.tolist()) == pytest.approx(probability)


def test_features_have_their_names_and_lie_in_the_unit_interval(knowledge: Knowledge) -> None:
    model = load_model()
    index = Index(knowledge.linking, model)
    claimed = refer(claim("收到政府信息公开申请", section=("政府信息依申请公开情况",)), index.reader)
    weighed = weigh(claimed, model.vector)
    targets = [
        target
        for target in index.static.candidates(claimed.facets)
        if possible(claimed, target, knowledge.language.units)
    ]
    assert targets
    for target in targets:
        found = features(weighed, target)
        assert len(found) == len(FEATURES)
        assert all(0 <= value <= 1 + 1e-9 for value in found)


def test_the_value_of_a_claim_is_no_feature(knowledge: Knowledge) -> None:
    index = Index(knowledge.linking, load_model())
    one, many = (refer(claim("受理政府信息公开申请", value), index.reader) for value in ("1", "99999"))
    assert weigh(one, index.vector) == weigh(many, index.vector)


def test_label_targets_are_built_from_their_path(knowledge: Knowledge) -> None:
    index = Index(knowledge.linking, load_model())
    target = index.label("教育支出/本年支出合计", [figure(None, "1", "万元", label="教育支出")])
    assert target.unit == "万元"
    assert "教育支出" in target.names


@pytest.mark.parametrize(("text", "count"), [("", 0), ("申", 1), ("申请", 3), ("申请数", 6)])
def test_grams(text: str, count: int) -> None:
    assert len(grams(text)) == count


def test_a_vector_has_length_one() -> None:
    weights = load_model().vector("本年新收政府信息公开申请数量").values()
    assert math.isclose(sum(weight * weight for weight in weights), 1)


def test_a_tampered_model_is_refused(tmp_path: Path) -> None:
    parameters, _ = read_parameters()
    write_model(tmp_path, parameters, "card")
    path = tmp_path / "parameters.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"bias"', '"bias "'), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="sha256"):
        read_parameters(tmp_path)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"parameters\.json and manifest\.json"):
        read_parameters(tmp_path)


def test_a_model_of_other_features_asks_to_be_trained_anew() -> None:
    parameters, digest = read_parameters()
    with pytest.raises(KnowledgeError, match="train the model anew"):
        make_model({**parameters, "features": ["one"]}, digest, FEATURES)


def test_a_written_model_reads_back(tmp_path: Path) -> None:
    parameters, digest = read_parameters()
    assert write_model(tmp_path, parameters, "card") == digest
    assert read_parameters(tmp_path) == (parameters, digest)
    assert set(json.loads((tmp_path / "manifest.json").read_text())["files"]) == {
        "parameters.json",
        "card.md",
    }


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("\tg\ts\tc\tp\t件\n", "7 cells"),
        ("nowhere\tg\ts\tc\tp\t件\tx\n", r"a table of tables\.tsv"),
        ("older\tg\ts\tc\tp\t件\tx\n", "a label of older"),
    ],
)
def test_a_wrong_phrase_is_named_with_its_line(row: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "tables.tsv").write_text("table\tlabel\tunit\nolder\t申诉\t件\n", encoding="utf-8")
    (tmp_path / "phrases.tsv").write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message):
        read_phrases(tmp_path)


def test_every_target_of_the_corpus_is_known(knowledge: Knowledge) -> None:
    corpus = read_phrases(CORPUS)
    for phrase in corpus.phrases:
        if phrase.target and not phrase.table:
            assert phrase.target in knowledge.linking.indicators
