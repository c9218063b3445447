"""The corpora are what they say: nothing of the test data stands anywhere else, and each has its papers.

Failures name files and lengths only, since test data must not be read by whoever mends rules.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from extractor import gold
from extractor.gold.corpus import SPLITS, splits
from extractor.identity import identify
from extractor.knowledge import Knowledge, load
from extractor.readers import read
from extractor.widths import fold_widths

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = sorted(path for path in (ROOT / "corpora").iterdir() if path.is_dir())
LABELLED = [folder for folder in FOLDERS if list((folder / "gold").glob("*.jsonl"))]
_LONG = 20
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")


@dataclass(frozen=True, slots=True)
class Source:
    """A report of a corpus: its sentences of at least 20 letters, without blanks and marks, and whose it is."""

    name: str
    split: str
    content: str
    sentences: frozenset[str]
    body: str


def squeezed(text: str) -> str:
    return "".join(letter for letter in fold_widths(text).casefold() if letter.isalnum())


def sentences_of(text: str) -> frozenset[str]:
    found = (squeezed(part) for part in _SENTENCE_END.split(text))
    return frozenset(sentence for sentence in found if len(sentence) >= _LONG)


@cache
def sources() -> tuple[Source, ...]:
    knowledge = load()
    return tuple(
        _source(folder, document, knowledge) for folder in LABELLED for document in gold.documents(folder)
    )


def _source(folder: Path, document: gold.Document, knowledge: Knowledge) -> Source:
    report = read(document.report, knowledge)
    prose = "\n".join(
        report.text[region.start : region.end] for region in report.regions if region.kind == "narrative"
    )
    body = identify(report, None, knowledge).body
    name = f"{folder.name}/{document.report.name}"
    return Source(name, document.split, squeezed(report.text), sentences_of(prose), body)


def held_out() -> list[Source]:
    return [source for source in sources() if source.split == "test"]


def known_data() -> list[Source]:
    return [source for source in sources() if source.split != "test"]


# ---------------------------------------------------------------- nothing leaks


def test_a_leak_is_seen_through_blanks_marks_and_widths() -> None:
    wanted = sentences_of("概况。全年公开各类信息４８条，其中 网站公开40条，公报公开8条！")
    known = sentences_of("一、全年公开各类信息48条,其中网站公开40条、公报公开8条;\n") | sentences_of("短句。")
    assert [len(sentence) for sentence in wanted] == [26]
    assert shared(wanted, {"other": known | wanted}) == [("other", [26])]
    assert next(iter(wanted)) in squeezed("⟦一、全年公开各类信息48条⟧,其中网站公开40条、公报公开8条;\n")


def test_no_document_is_there_twice() -> None:
    seen: dict[str, list[str]] = {}
    for source in sources():
        seen.setdefault(hashlib.sha256(source.content.encode()).hexdigest(), []).append(source.name)
    assert [names for names in seen.values() if len(names) > 1] == []


def test_no_body_is_in_two_splits() -> None:
    """By the name its report gives, and by the one its file has: `07_jiangzhou_hospital_2019` is jiangzhou_hospital."""
    found: dict[str, set[str]] = {}
    files: dict[str, list[str]] = {}
    for source in sources():
        slug = re.sub(r"^\d+_|_(?:19|20)\d\d(?:_\w+)?$", "", Path(source.name).stem)
        for key in {slug, source.body} - {""}:
            found.setdefault(key, set()).add(source.split)
            files.setdefault(key, []).append(source.name)
    assert [files[key] for key, named in found.items() if len(named) > 1] == []


def test_every_test_report_says_whose_it_is() -> None:
    assert [source.name for source in held_out() if not source.body] == []


def shared(wanted: frozenset[str], others: dict[str, frozenset[str]]) -> list[tuple[str, list[int]]]:
    return [
        (name, sorted(map(len, wanted & sentences)))
        for name, sentences in others.items()
        if wanted & sentences
    ]


def test_no_sentence_of_the_test_data_is_in_the_development_data() -> None:
    known = {source.name: source.sentences for source in known_data()}
    leaks = {source.name: found for source in held_out() if (found := shared(source.sentences, known))}
    assert leaks == {}, "files, with the lengths of the sentences they share"


def texts_of_the_project() -> Iterator[tuple[str, str]]:
    for pattern in ("tests/**/*.toml", "tests/**/*.py", "extractor/kb/**/*.toml", "extractor/kb/**/*.txt",
                    "corpora/phrases/*.tsv", "corpora/tables/reports/*", "docs/**/*.md", "*.md"):  # fmt: skip
        for path in sorted(ROOT.glob(pattern)):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_no_sentence_of_the_test_data_is_in_cases_phrases_knowledge_or_documents() -> None:
    wanted = {source.name: source.sentences for source in held_out()}
    leaks = [
        (name, file, sorted(len(sentence) for sentence in sentences if sentence in text))
        for file, raw in texts_of_the_project()
        for text in [squeezed(raw)]
        for name, sentences in wanted.items()
        if any(sentence in text for sentence in sentences)
    ]
    assert leaks == [], "test report, file, and the lengths of the sentences they share"


def test_nothing_of_the_test_data_is_kept_in_the_results() -> None:
    """Scores of test data hold totals only: no errors, and no counts a report."""
    leaks = [
        path.name
        for path in sorted((ROOT / "eval" / "results").glob("*-test.json"))
        for kept in [json.loads(path.read_text(encoding="utf-8"))]
        if kept.get("misses") or any(isinstance(item, dict) for item in kept.get("documents", []))
    ]
    assert leaks == []


# ---------------------------------------------------------------- papers


@pytest.mark.parametrize("folder", LABELLED, ids=lambda path: path.name)
def test_every_report_has_labels_a_split_and_its_own_hash(folder: Path) -> None:
    named = splits(folder / "splits.toml")
    assert sorted(named) == sorted(path.name for path in (folder / "reports").iterdir())
    wrong = []
    for document in gold.documents(folder):
        head = json.loads(document.gold.read_text(encoding="utf-8").splitlines()[0])
        if (head["file"], head["sha256"]) != (document.report.name, gold.sha256(document.report)):
            wrong.append(document.gold.name)
    assert wrong == []


@pytest.mark.parametrize("folder", LABELLED, ids=lambda path: path.name)
def test_second_labels_are_of_the_same_reports(folder: Path) -> None:
    hashes = {path.stem: gold.sha256(path) for path in (folder / "reports").iterdir()}
    wrong = [
        path.name
        for path in sorted((folder / "second").glob("*.jsonl"))
        for head in [json.loads(path.read_text(encoding="utf-8").splitlines()[0])]
        if head["sha256"] != hashes.get(path.stem)
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_corpus_has_its_papers(folder: Path) -> None:
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert (folder / "CODEBOOK.md").is_file()
    assert re.search(r"Apache-2\.0|CC BY 4\.0|licence of this project|licence of the project", readme)
    assert re.search("licence", readme, re.IGNORECASE)
    assert (folder / "splits.toml").is_file() or "development" in readme


@pytest.mark.parametrize("folder", LABELLED, ids=lambda path: path.name)
def test_splits_hold_nothing_but_splits(folder: Path) -> None:
    table = tomllib.loads((folder / "splits.toml").read_text(encoding="utf-8"))
    assert set(table) <= set(SPLITS)
