"""Inputs of a run: what documents are listed, and that each is loaded again from its reference."""

from __future__ import annotations

import bz2
import gzip
import json
import random
import tracemalloc
import zipfile
from collections import deque
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractor.batch import inputs
from extractor.batch.inputs import archives, columns, lines, list_inputs, load
from extractor.batch.reference import BLOCK, Listed, Loaded, Reference, parse
from extractor.errors import InputError
from extractor.knowledge import Knowledge
from extractor.readers import Limits

Documents = dict[str, Loaded | str]
_HINTS = {"body": "某局", "level": "county", "parent": "某县", "year": "2022"}


def _documents(knowledge: Knowledge, *given: str | Path, limits: Limits | None = None) -> Documents:
    """Returns each document by its source: what is loaded, or the code of why it is not."""
    limits = limits or Limits()
    found: Documents = {}
    for listed in list_inputs([str(item) for item in given], knowledge, limits):
        reference = parse(listed.reference.source, listed.reference.text())
        assert reference == listed.reference
        try:
            found[reference.source] = load(reference, knowledge, limits)
        except InputError as error:
            found[reference.source] = error.code
    return found


def _texts(documents: Documents) -> dict[str, str]:
    return {
        source: loaded if isinstance(loaded, str) else loaded.data.decode()
        for source, loaded in documents.items()
    }


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Lets go of the containers that loading keeps open."""
    yield
    for kept in (archives._KEPT, columns._KEPT, lines._KEPT):
        kept.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a folder, litter, a list that is no list here, and a link that leads out of it."""
    root = tmp_path / "reports"
    (root / "a").mkdir(parents=True)
    (root / "one.txt").write_text("一", encoding="utf-8")
    (root / "a" / "two.html").write_text("<p>二", encoding="utf-8")
    (root / "list.csv").write_text("path\none.txt\n", encoding="utf-8")
    (root / ".DS_Store").write_bytes(b"\0")
    (tmp_path / "outside.txt").write_text("外", encoding="utf-8")
    (root / "link.txt").symlink_to(tmp_path / "outside.txt")
    return root


# ---------------------------------------------------------------- files


def test_a_folder_is_its_files_without_litter(folder: Path, knowledge: Knowledge) -> None:
    assert _texts(_documents(knowledge, folder)) == {
        f"{folder}/one.txt": "一",
        f"{folder}/a/two.html": "<p>二",
        f"{folder}/list.csv": "path\none.txt\n",
        f"{folder}/link.txt": "outside_input",
    }


def test_a_glob_is_what_it_matches(folder: Path, knowledge: Knowledge) -> None:
    assert list(_documents(knowledge, f"{folder}/**/*.html")) == [f"{folder}/a/two.html"]
    assert list(_documents(knowledge, f"{folder}/[on]*.txt")) == [f"{folder}/one.txt"]
    assert not _documents(knowledge, f"{folder}/*.pdf")


def test_what_is_not_there_is_a_document_that_fails(tmp_path: Path, knowledge: Knowledge) -> None:
    assert _documents(knowledge, tmp_path / "none.txt") == {str(tmp_path / "none.txt"): "not_found"}


def test_a_name_keeps_its_key_wherever_it_is_listed(
    folder: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    limits = Limits()
    in_folder = {item.reference.source: item.key for item in list_inputs(["reports"], knowledge, limits)}
    (alone,) = list_inputs(["reports/one.txt"], knowledge, limits)
    assert in_folder["reports/one.txt"] == alone.key
    assert Path(alone.reference.path).is_absolute()


def test_too_large_a_document_is_refused(folder: Path, knowledge: Knowledge) -> None:
    assert _documents(knowledge, folder / "one.txt", limits=Limits(file_size=2)) == {
        f"{folder}/one.txt": "file_too_large"
    }


def test_urls_are_read_like_files(knowledge: Knowledge) -> None:
    files = fsspec.filesystem("memory")
    files.pipe({"/in/a/one.txt": "一".encode(), "/in/.DS_Store": b"\0", "/in/rows.jsonl": b'{"text": "x"}\n'})
    try:
        assert _texts(_documents(knowledge, "memory://in")) == {
            "memory:///in/a/one.txt": "一",
            "memory:///in/rows.jsonl#1": "x",
        }
        assert list(_documents(knowledge, "memory://in/a/*.txt")) == ["memory:///in/a/one.txt"]
        assert _documents(knowledge, "memory://in/none.txt") == {"memory:///in/none.txt": "not_found"}
    finally:
        files.rm("/in", recursive=True)


def test_a_url_that_cannot_be_listed_is_a_document_that_fails(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("not yours")

    assert _documents(knowledge, "nowhere://in") == {"nowhere://in": "unreadable"}
    monkeypatch.setattr("fsspec.core.url_to_fs", refuse)
    (listed,) = list_inputs(["memory://in"], knowledge, Limits())
    with pytest.raises(InputError, match="not yours"):
        load(listed.reference, knowledge, Limits())


# ---------------------------------------------------------------- ZIP


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_an_archive_is_its_members_and_those_of_archives_in_it(tmp_path: Path, knowledge: Knowledge) -> None:
    inner = _zip({"三.txt": "三".encode(), "__MACOSX/x": b""})
    path = tmp_path / "all.zip"
    path.write_bytes(_zip({"一.txt": "一".encode(), "in/二.zip": inner}))
    assert _texts(_documents(knowledge, path)) == {f"{path}/一.txt": "一", f"{path}/in/二.zip/三.txt": "三"}


def test_a_broken_archive_is_one_document_that_fails(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    assert _documents(knowledge, path) == {str(path): "corrupt_file"}


def test_archives_nest_as_deep_as_they_may(tmp_path: Path, knowledge: Knowledge) -> None:
    data = _zip({"a.txt": b"a"})
    for _ in range(5):
        data = _zip({"in.zip": data})
    (tmp_path / "all.zip").write_bytes(data)
    assert list(_documents(knowledge, tmp_path / "all.zip").values()) == ["nesting_too_deep"]


# ---------------------------------------------------------------- JSON lines


def _lines(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_line_is_a_document_with_its_hints(tmp_path: Path, knowledge: Knowledge) -> None:
    row = {"text": "正文", "机构": "某局", "level": "county", "parent": "某县", "年度": 2022, "id": 7}
    path = _lines(tmp_path / "rows.jsonl", [row, {"html": "<p>页"}, {"正文": "又"}])
    assert _documents(knowledge, path) == {
        f"{path}#1": Loaded("正文".encode(), "", _HINTS),
        f"{path}#2": Loaded("<p>页".encode(), "html"),
        f"{path}#3": Loaded("又".encode()),
    }


def test_a_bad_line_fails_alone(tmp_path: Path, knowledge: Knowledge) -> None:
    path = _lines(tmp_path / "rows.jsonl", [{"text": "a"}, {"text": None}, {"other": 1}, [1], {"text": "b"}])
    with path.open("ab") as file:
        file.write(b'\n{"text": \n')
    assert _texts(_documents(knowledge, path)) == {
        f"{path}#1": "a",
        f"{path}#2": "row_without_text",
        f"{path}#3": "row_without_text",
        f"{path}#4": "row_unreadable",
        f"{path}#5": "b",
        f"{path}#7": "row_unreadable",
    }


def test_what_no_table_holds_is_no_hint(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "甲\\ud800", "body": "县\\ud800", "title": {"a": 1}}', encoding="utf-8")
    (loaded,) = _documents(knowledge, path).values()
    assert loaded == Loaded("甲?".encode(), "", {"body": "县?", "title": "{'a': 1}"})


def test_a_bad_first_line_or_one_nested_without_end_fails_alone(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{\n{"text": "甲"}\n' + "[" * 200_000 + '\n{"text": "乙"}\n', encoding="utf-8")
    assert _texts(_documents(knowledge, path)) == {
        f"{path}#1": "row_unreadable",
        f"{path}#2": "甲",
        f"{path}#3": "row_unreadable",
        f"{path}#4": "乙",
    }


@pytest.mark.parametrize("name", ["a.zip", "a.parquet", "a.warc.gz", "a.jsonl"])
def test_a_container_that_breaks_its_library_stops_no_other(
    name: str, tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> Iterator[Listed]:
        yield from ()
        raise AttributeError("no headers")

    (tmp_path / name).write_bytes(b"")
    (tmp_path / "b.txt").write_text("乙", encoding="utf-8")
    kind = knowledge.inputs.container(name)
    monkeypatch.setattr(inputs, "LISTERS", {kind: break_down})
    found = _documents(knowledge, tmp_path)
    assert _texts(found) == {str(tmp_path / name): "corrupt_file", str(tmp_path / "b.txt"): "乙"}


def test_a_document_that_breaks_its_library_is_refused(
    folder: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> Loaded:
        raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")

    monkeypatch.setattr(inputs, "LOADERS", {"file": break_down})
    assert set(_documents(knowledge, folder / "a").values()) == {"corrupt_file"}


def test_lines_may_lead_to_files(folder: Path, knowledge: Knowledge) -> None:
    path = _lines(folder / "rows.jsonl", [{"path": "one.txt", "body": "某局"}, {"body": "无"}])
    assert _documents(knowledge, path) == {
        f"{folder}/one.txt": Loaded("一".encode(), "", {"body": "某局"}),
        f"{path}#2": "row_without_text",
    }


# ---------------------------------------------------------------- JSON lines, packed

_PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "zst": pa.Codec("zstd").compress}


def _packed(kind: str, data: bytes) -> bytes:
    packed = _PACKERS[kind](data)
    return packed if isinstance(packed, bytes) else bytes(memoryview(packed))


def _rows(count: int, length: int = 1000) -> bytes:
    draw = random.Random(count)
    texts = (
        f"第{n}份" + "".join(draw.choices("一二三四五六七八九十", k=length)) for n in range(1, count + 1)
    )
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)


@pytest.mark.parametrize("kind", _PACKERS)
def test_packed_lines_are_read_in_any_order(kind: str, tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "in" / f"rows.jsonl.{kind}"
    path.parent.mkdir()
    path.write_bytes(_packed(kind, _rows(200)))
    limits = Limits()
    listed = list(list_inputs([str(path.parent)], knowledge, limits))
    assert [item.reference.source for item in listed] == [f"{path}#{n}" for n in range(1, 201)]
    for number in (200, 3, 4, 80, 1, 199):
        loaded = load(listed[number - 1].reference, knowledge, limits)
        assert loaded.data.decode().startswith(f"第{number}份")
    assert len({item.key[:16] for item in listed}) == 4  # blocks that grow: 15, 48, 80 and the rest
    assert list(_documents(knowledge, f"{path.parent}/*.{kind}")) == [
        item.reference.source for item in listed
    ]


def test_packed_lines_are_told_by_their_content(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "plain.jsonl.gz").write_bytes(b'{"text": "a"}\n')
    two = gzip.compress(b'{"text": "b"}\n') + gzip.compress(b'{"text": "c"}\n')
    (tmp_path / "rows.jsonl").write_bytes(two)
    (tmp_path / "empty.jsonl.gz").write_bytes(gzip.compress(b""))
    assert list(_texts(_documents(knowledge, tmp_path)).values()) == ["a", "b", "c"]


def test_packed_lines_behind_a_url_are_read(knowledge: Knowledge) -> None:
    files = fsspec.filesystem("memory")
    files.pipe("/in/rows.jsonl.gz", gzip.compress(b'{"text": "x"}\n'))
    try:
        assert _texts(_documents(knowledge, "memory://in")) == {"memory:///in/rows.jsonl.gz#1": "x"}
    finally:
        files.rm("/in", recursive=True)


@pytest.mark.parametrize("kind", _PACKERS)
@pytest.mark.parametrize("bad", ["cut", "flipped"])
def test_packed_lines_that_break_off_are_said(
    kind: str, bad: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    path = tmp_path / f"rows.jsonl.{kind}"
    data = _packed(kind, _rows(400))
    half = len(data) // 2
    middle = bytes(255 - byte for byte in data[half : half + 64])
    path.write_bytes(data[:half] if bad == "cut" else data[:half] + middle + data[half + 64 :])
    found = _documents(knowledge, path)
    assert found.pop(str(path)) == "corrupt_file"
    assert len(found) < 400
    assert {loaded for loaded in found.values() if isinstance(loaded, str)} <= {
        "corrupt_file",
        "row_unreadable",
    }


@pytest.mark.parametrize("kind", _PACKERS)
@pytest.mark.parametrize("filling", ["\0", "\n", '{"text": "a"}\n'])
def test_packed_lines_that_swell_are_refused(
    kind: str, filling: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    path = tmp_path / f"rows.jsonl.{kind}"
    path.write_bytes(_packed(kind, filling.encode() * ((4 << 20) // len(filling))))
    limits = Limits(ratio=50, file_size=1 << 20)
    listed = list_inputs([str(path)], knowledge, limits)
    tracemalloc.start()
    last = deque(listed, maxlen=1)[0].reference
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 << 20
    assert (last.kind, last.place[0]) == ("refused", "ratio_too_high")


# ---------------------------------------------------------------- Parquet


def test_a_row_is_a_document_with_its_hints(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "rows.parquet"
    columns = {"text": [f"第{n}份" for n in range(200)], "year": [2000 + n for n in range(200)]}
    pq.write_table(pa.table(columns), path, row_group_size=70)
    documents = _documents(knowledge, path)
    assert len(documents) == 200
    assert documents[f"{path}#150"] == Loaded("第149份".encode(), "", {"year": "2149"})
    limits = Limits()
    references = [listed.reference for listed in list_inputs([str(path)], knowledge, limits)]
    for reference in (references[199], references[3], references[4], references[80]):
        number = int(reference.source.rpartition("#")[2]) - 1
        assert load(reference, knowledge, limits).data.decode() == f"第{number}份"


def test_rows_may_lead_to_files_or_hold_nothing(folder: Path, knowledge: Knowledge) -> None:
    path = folder / "rows.parquet"
    pq.write_table(pa.table({"path": ["one.txt", None], "body": ["某局", "x"]}), path)
    assert _documents(knowledge, path) == {
        f"{folder}/one.txt": Loaded("一".encode(), "", {"body": "某局"}),
        f"{path}#2": "row_without_text",
    }
    pq.write_table(pa.table({"name": ["x"]}), path)
    assert _documents(knowledge, path) == {str(path): "list_without_path"}
    path.write_bytes(b"PAR1 and no more")
    assert _documents(knowledge, path) == {str(path): "corrupt_file"}


# ---------------------------------------------------------------- WARC


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_is_the_documents_servers_answered_with(
    tmp_path: Path, knowledge: Knowledge, packed: bool
) -> None:
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    records = [record for answer in _ANSWERS for record in _records(*answer)]
    path.write_bytes(b"".join(gzip.compress(record) if packed else record for record in records))
    documents = _texts(_documents(knowledge, path))
    assert [source.partition(" ")[2] for source in documents] == [
        "http://example.invalid/a",
        "http://example.invalid/e",
    ]
    assert list(documents.values()) == ["<p>甲", "戊"]


def _records(name: str, status: str, kind: str, body: bytes) -> list[bytes]:
    """Returns an answer of a server as a web archive has it, and a record of another kind."""
    answer = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )
    contents = {"response": ("application/http; msgtype=response", answer), "metadata": ("text/plain", b"x")}
    return [
        (
            f"WARC/1.0\r\nWARC-Type: {record}\r\nWARC-Target-URI: http://example.invalid/{name}\r\n"
            f"Content-Type: {of}\r\nContent-Length: {len(content)}\r\n\r\n"
        ).encode()
        + content
        + b"\r\n\r\n"
        for record, (of, content) in contents.items()
    ]


_ANSWERS = (
    ("a", "200 OK", "text/html; charset=utf-8", "<p>甲".encode()),
    ("b", "404 Not Found", "text/html", "<p>乙".encode()),
    ("c", "200 OK", "image/png", b"\x89PNG"),
    ("e", "200 OK", "text/plain", "戊".encode()),
)


def test_no_web_archive_is_one_document_that_fails(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "a.warc").write_bytes("不是".encode() * 100)
    assert list(_documents(knowledge, tmp_path / "a.warc").values()) == ["corrupt_file"]


# ---------------------------------------------------------------- lists


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_gives_paths_and_what_is_known_of_them(
    folder: Path, knowledge: Knowledge, encoding: str
) -> None:
    path = folder / "list.csv"
    rows = ["one.txt,某局,county,某县,2022", f"{folder}/a/two.html,,,,", ",某局,,,", "gone.txt,,,,"]
    text = "\n".join(["path,body,level,parent,year", *rows, ""])
    path.write_text(text, encoding=encoding)
    assert _documents(knowledge, path) == {
        f"{folder}/one.txt": Loaded("一".encode(), "", _HINTS),
        f"{folder}/a/two.html": Loaded("<p>二".encode()),
        f"{path}#4": "row_without_text",
        f"{folder}/gone.txt": "not_found",
    }


def test_a_list_without_paths_is_refused(folder: Path, knowledge: Knowledge) -> None:
    (folder / "list.csv").write_text("name\nx\n", encoding="utf-8")
    assert _documents(knowledge, folder / "list.csv") == {f"{folder}/list.csv": "list_without_path"}


# ---------------------------------------------------------------- keys


def test_neighbours_in_a_container_share_a_block(tmp_path: Path, knowledge: Knowledge) -> None:
    path = _lines(tmp_path / "rows.jsonl", [{"text": str(number)} for number in range(1, 3 * BLOCK)])
    keys = [listed.key for listed in list_inputs([str(path)], knowledge, Limits())]
    assert len(set(keys)) == len(keys)
    assert len({key[:16] for key in keys}) == 3
    assert keys[BLOCK : 2 * BLOCK - 1] == sorted(keys[BLOCK : 2 * BLOCK - 1])


def test_listing_keeps_no_texts(tmp_path: Path, knowledge: Knowledge) -> None:
    path = _lines(tmp_path / "rows.jsonl", [{"text": "长" * 100_000}])
    (listed,) = list_inputs([str(path)], knowledge, Limits())
    assert isinstance(listed.reference, Reference)
    assert len(listed.reference.text()) < 500


def test_listing_goes_on_step_by_step(knowledge: Knowledge, tmp_path: Path) -> None:
    def endless() -> Iterator[str]:
        while True:
            yield str(tmp_path / "one.txt")

    listing = list_inputs(endless(), knowledge, Limits())
    assert [next(listing).reference.kind for _ in range(3)] == ["file"] * 3
