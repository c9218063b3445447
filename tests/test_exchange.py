"""Labels that go out to a tool come back the same: every shipped corpus, and labels nobody would think of."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin
from spacy.vocab import Vocab
from typer.testing import CliRunner

from extractor import gold
from extractor.cli import app
from extractor.errors import KnowledgeError
from extractor.gold import Sheaf, exchange, marks_of, read_rows, rows_of
from extractor.gold.exchange import brat, docbin, doccano, label_studio, sheet
from extractor.gold.exchange.fields import CHOICES, FIELDS, decode, encode
from extractor.gold.marks import Head, Mark
from extractor.knowledge import Knowledge
from extractor.readers import read

ROOT = Path(__file__).resolve().parent.parent
CORPORA = sorted({path.parents[1] for path in (ROOT / "corpora").glob("*/gold/*.jsonl")})
HEAD = Head("r.txt", "hash", "ogi-2014")


def there_and_back(sheaves: list[Sheaf], format: str) -> list[Sheaf]:
    with tempfile.TemporaryDirectory() as folder:
        exchange.write(sheaves, format, Path(folder))
        return list(exchange.read(Path(folder), format))


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda path: path.name)
def test_every_shipped_label_comes_back(corpus: Path, knowledge: Knowledge) -> None:
    reports, labels = {}, {}
    for document in gold.documents(corpus):
        report = read(document.report, knowledge)
        own = gold.read(document.gold, report)
        reports[own.file], labels[own.file] = report, own
    sheaves = [marks_of(own, reports[name].text) for name, own in labels.items()]
    step = len(exchange.FORMATS) if len(sheaves) > 30 else 1  # in a large corpus a report takes one format
    for place, format in enumerate(exchange.FORMATS):
        sent = sheaves[place % step :: step]
        back = {
            sheaf.head.file: read_rows(
                rows_of(sheaf, reports[sheaf.head.file].text, format), reports[sheaf.head.file], format
            )
            for sheaf in there_and_back(sent, format)
        }
        names = [sheaf.head.file for sheaf in sent]
        assert [name for name in names if back.get(name) != labels[name]] == [], (
            format
        )  # no labels: test data


# ---------------------------------------------------------------- labels nobody would think of

letters = st.sampled_from("24件,其中=+-@'\"｜\t\r\n\u2028 \ufeff😀𠀀|;<&[]{}null＝－")
words = st.text(letters, min_size=0, max_size=12)
texts = st.text(letters, min_size=1, max_size=60)


@st.composite
def sheaves(draw: st.DrawFn) -> Sheaf:
    text = draw(texts)
    claims = [f"c{number}" for number in range(draw(st.integers(0, 4)))]

    def span() -> tuple[int, int]:
        start = draw(st.integers(0, len(text) - 1))
        return start, draw(st.integers(start + 1, len(text)))

    def field(name: str, own: str) -> Any:
        others = [claim for claim in claims if claim != own]
        if name in CHOICES:
            chosen = draw(st.lists(st.sampled_from(CHOICES[name]), min_size=1, max_size=3, unique=True))
            return chosen[0] if len(chosen) == 1 else chosen
        if name == "part_of":
            wholes = draw(st.lists(st.sampled_from([None, *others]), min_size=1, max_size=3, unique=True))
            return wholes[0] if len(wholes) == 1 else wholes
        return draw(st.one_of(words, st.none(), st.booleans(), st.lists(words, max_size=3)))

    def fields(kind: str, own: str = "") -> dict[str, Any]:
        names = [name for name in FIELDS[kind] if name != "id" and draw(st.booleans())]
        return ({"id": own} if own else {}) | {name: field(name, own) for name in names}

    marks = [Mark("claim", span(), fields("claim", claim)) for claim in claims]
    marks += [
        Mark(kind, span(), fields(kind))
        for kind in draw(st.lists(st.sampled_from(["exclusion", "ignore", "figure"]), max_size=3))
    ]
    marks += [
        Mark(kind, None, fields(kind))
        for kind in draw(st.lists(st.sampled_from(["finding", "check"]), max_size=3))
    ]
    return Sheaf(HEAD, tuple(marks), text)


@pytest.mark.parametrize("format", exchange.FORMATS)
@settings(max_examples=60, deadline=None)
@given(sheaf=sheaves())
def test_whatever_is_labelled_comes_back(format: str, sheaf: Sheaf) -> None:
    (back,) = there_and_back([sheaf], format)
    assert back.head == sheaf.head
    assert back.text in ("", sheaf.text)
    marks = tuple(replace(mark, words="") for mark in back.marks)
    by_kind = [mark for place in (True, False) for mark in sheaf.marks if (mark.span is None) is not place]
    if format == "label-studio":  # it gathers findings before checks
        assert sorted(map(repr, marks)) == sorted(map(repr, by_kind))
    else:
        assert list(marks) == by_kind


@given(st.one_of(words, st.none(), st.booleans(), st.lists(st.one_of(words, st.none()))))
def test_a_field_is_read_as_it_was_written(field: Any) -> None:
    assert decode(encode(field)) == field
    assert encode(field) != ""


# ---------------------------------------------------------------- what each tool sees

TEXT = "😀受理24件,\n其中网上20件。"
CLAIM = {"id": "c1", "value": "24", "indicator": "受理", "figures": [], "verdict": "not_checkable"}
PART = {**CLAIM, "id": "c2", "value": "20", "part_of": "c1", "period": ["year", "unstated"]}
SAMPLE = Sheaf(
    HEAD,
    (
        Mark("claim", (3, 6), CLAIM),
        Mark("claim", (6, 15), PART),
        Mark("finding", None, {"code": "text.parts", "claims": ["c1", "c2"], "figures": []}),
    ),
    TEXT,
)


def test_label_studio_counts_as_a_browser_does(tmp_path: Path) -> None:
    tasks, config = label_studio.write([SAMPLE], tmp_path)
    (task,) = json.loads(tasks.read_text(encoding="utf-8"))
    result = task["annotations"][0]["result"]
    units = task["data"]["text"].encode("utf-16-le")
    for item in result:
        value = item.get("value", {})
        if item["type"] == "labels":
            assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
    assert next(item for item in result if item["type"] == "relation")["labels"] == ["part_of"]
    asked = {item.get("name") for item in fromstring(config.read_text(encoding="utf-8")).iter()}
    assert {item["from_name"] for item in result if "from_name" in item} <= asked
    assert {name for names in FIELDS.values() for name in names} - asked <= {
        "code",
        "claims",
        "expected",
        "actual",
        "holds",
    }


def test_brat_has_stretches_without_line_breaks(tmp_path: Path) -> None:
    text, notes, config = brat.write([SAMPLE], tmp_path)
    assert text.read_text(encoding="utf-8") == TEXT
    lines = notes.read_text(encoding="utf-8").splitlines()
    assert "T1\tclaim 3 6\t24件" in lines
    assert "T2\tclaim 6 7;8 15\t, 其中网上20件" in lines
    assert "R1\tpart_of Arg1:T2 Arg2:T1" in lines
    assert any(line.endswith("verdict T1 not_checkable") for line in lines)
    assert "[relations]\npart_of\tArg1:claim, Arg2:claim" in config.read_text(encoding="utf-8")


def test_doccano_has_entities_and_relations(tmp_path: Path) -> None:
    (file,) = doccano.write([SAMPLE], tmp_path)
    line = json.loads(file.read_text(encoding="utf-8"))
    assert [TEXT[item["start_offset"] : item["end_offset"]] for item in line["entities"]] == [
        "24件",
        ",\n其中网上20件",
    ]
    assert line["relations"] == [{"id": 0, "from_id": 1, "to_id": 0, "type": "part_of"}]


def test_spacy_finds_the_spans_in_its_own_text(tmp_path: Path) -> None:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    (file,) = docbin.write([SAMPLE], tmp_path)
    (doc,) = DocBin().from_disk(file).get_docs(Vocab())
    assert doc.text == TEXT
    assert [(span.text, span.label_) for span in doc.spans["labels"]] == [
        ("24件", "claim"),
        (",\n其中网上20件", "claim"),
    ]


RISKY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    " =1",
    "\t=1",
    "\r=1",
    "'=1",
    "＝1",
    '=HYPERLINK("http://x","y")',
    "-2.5",
]


@pytest.mark.parametrize("text", RISKY)
def test_no_cell_runs_as_a_formula_and_none_is_changed(text: str, tmp_path: Path) -> None:
    sheaf = Sheaf(replace(HEAD, template=text), (Mark("ignore", (0, len(text)), {"why": text}),), text)
    (file,) = sheet.write([sheaf], tmp_path)
    cells = [
        cell
        for row in csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""))
        for cell in row
    ]
    assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@＝＋－＠")]
    (back,) = sheet.read(file)
    assert (back.head, back.marks[0].fields, back.marks[0].words) == (sheaf.head, {"why": text}, text)


# ---------------------------------------------------------------- what people do, and what is refused


def test_a_relation_drawn_by_hand_makes_the_whole(tmp_path: Path) -> None:
    (file,) = doccano.write([SAMPLE], tmp_path)
    line = json.loads(file.read_text(encoding="utf-8"))
    line["relations"] = [{"id": 0, "from_id": 0, "to_id": 1, "type": "part_of"}]
    line["entities"].append({"id": 7, "label": "claim", "start_offset": 0, "end_offset": 1})
    file.write_text(json.dumps(line), encoding="utf-8")
    (back,) = doccano.read(file)
    assert [mark.fields.get("part_of") for mark in back.marks[:2]] == ["c2", None]
    assert back.marks[2].id == "n1"


def test_doccano_may_give_new_ids_and_people_move_labels(tmp_path: Path) -> None:
    (file,) = doccano.write([SAMPLE], tmp_path)
    line = json.loads(file.read_text(encoding="utf-8"))
    first, second = line["entities"]
    line["entities"] = [second | {"id": 901, "start_offset": 8}, first | {"id": 900}]
    line["relations"] = [{"id": 0, "from_id": 901, "to_id": 900, "type": "part_of"}]
    file.write_text(json.dumps(line), encoding="utf-8")
    (back,) = doccano.read(file)
    assert [(mark.span, mark.fields) for mark in back.marks[:2]] == [((8, 15), PART), ((3, 6), CLAIM)]


def test_labels_of_another_text_or_other_words_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="another text"):
        rows_of(SAMPLE, TEXT + "!", "x")
    with pytest.raises(KnowledgeError, match="words that stand there"):
        rows_of(Sheaf(HEAD, (Mark("ignore", (3, 6), {"why": "x"}, "25件"),)), TEXT, "x")
    with pytest.raises(KnowledgeError, match="a span of the report"):
        rows_of(Sheaf(HEAD, (Mark("ignore", (3, 99), {"why": "x"}),)), TEXT, "x")


BROKEN: dict[str, list[str]] = {
    "label-studio": [
        "[", "{}", '[{"data": 1}]', '[{"data": {"file": "a", "sha256": "b", "template": "c", "text": "d"}}]',
        '[{"data": {"file": "a", "sha256": "b", "template": "c", "text": "😀"}, "annotations": [{"result": ['
        '{"id": 1, "type": "labels", "from_name": "label", "value": {"start": 1, "end": 2, "labels": ["claim"]}}]}]}]',
        '[{"data": {"file": "a", "sha256": "b", "template": "c", "text": "d"}, "annotations": 1}]',
        "[" * 100_000,
    ],
    "doccano": ["[]", '{"text": "x"}', '{"text": "x", "file": "a", "sha256": "b", "template": "c", "entities": [{}]}'],
    "brat": ["T1 claim", "T1\tclaim 0 1\tx", "R1\tpart_of Arg1:T1 Arg2:T2", "#1\tAnnotatorNotes T9\t{}", "X"],
    "spacy": ["", "not a bundle"],
    "csv": ["a,b\n1,2\n", "file\n", '"'],
}  # fmt: skip


@pytest.mark.parametrize(("format", "text"), [(name, text) for name, texts in BROKEN.items() for text in texts],
                         ids=lambda value: value[:30])  # fmt: skip
def test_what_is_not_in_the_format_is_refused_with_its_place(format: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / "x.ann"
    file.write_text(text, encoding="utf-8")
    file.with_suffix(".txt").write_text("x", encoding="utf-8")
    if (format, text) == ("csv", "file\n"):
        assert exchange.read(file, format) == ()
        return
    with pytest.raises(KnowledgeError, match=r"x\.ann"):
        exchange.read(file, format)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"relations": [[]]},
        {"relations": [1]},
        {"apart": [1]},
        {"fields": {"0": 1}},
        {"fields": []},
        {"file": 1},
    ],
    ids=str,
)
def test_a_docbin_with_other_data_is_refused(spoilt: dict[str, Any], tmp_path: Path) -> None:
    (file,) = docbin.write([SAMPLE], tmp_path)
    (doc,) = DocBin().from_bytes(file.read_bytes()).get_docs(Vocab())
    doc.user_data[docbin.DATA] = json.dumps(json.loads(doc.user_data[docbin.DATA]) | spoilt)
    DocBin(attrs=["ORTH", "SPACY"], store_user_data=True, docs=[doc]).to_disk(file)
    with pytest.raises(KnowledgeError, match=r"document 1"):
        docbin.read(file)


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(ValueError, match="none of label-studio"):
        exchange.read(Path(), "conll")


def test_export_and_import_are_commands(tmp_path: Path, knowledge: Knowledge) -> None:
    corpus = ROOT / "corpora" / "seed"
    run = CliRunner().invoke
    out = run(
        app, ["corpus", "export", str(corpus), "-f", "csv", "-o", str(tmp_path / "out"), "--lang", "en"]
    )
    assert (out.exit_code, "Written" in out.stderr) == (0, True)
    back = ["corpus", "import", str(tmp_path / "out"), "-f", "csv", "-o", str(tmp_path / "gold")]
    assert run(app, [*back, "--report", str(corpus / "reports")]).exit_code == 0
    assert run(app, [*back, "--report", str(tmp_path)]).exit_code == 2
    (document,) = gold.documents(corpus)
    report = read(document.report, knowledge)
    assert gold.read(tmp_path / "gold" / document.gold.name, report) == gold.read(document.gold, report)
