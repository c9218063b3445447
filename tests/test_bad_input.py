"""Bad input at the command line: a clear message with file and cause, exit 2 or a problem; no traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from extractor.cli import app
from extractor.readers import MAX_BYTES

PROSE = (
    "一、主动公开情况\n2014年,各级各部门认真做好政府信息公开工作,全年主动公开政府信息120条,召开新闻发布会4次。\n"
    "二、依申请公开情况\n收到政府信息公开申请24件,均为当面申请,全部在规定的期限内答复。\n"
)
TABLE = (
    "政府信息公开情况统计表\n(2014年度)\n|\n统 计 指 标 |\n单位 |\n统计数 |\n|\n"
    "一、主动公开情况 |\n—— |\n|\n|\n(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条) |\n条 |\n120 |\n|\n"
    "二、回应解读情况 |\n—— |\n|\n|\n1.参加或举办新闻发布会总次数 |\n次 |\n4 |\n|\n"
    "三、依申请公开情况 |\n—— |\n|\n|\n(一)收到申请数 |\n件 |\n24 |\n|\n1.当面申请数 |\n件 |\n24 |\n|\n"
)


def run(path: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["audit", *options, str(path)], catch_exceptions=True)


def refused(path: Path) -> str:
    """Runs an audit that must refuse its input; returns what it says on stderr, in English."""
    done = run(path, "--lang", "en")
    assert done.exit_code == 2, done.output
    assert isinstance(done.exception, SystemExit)
    assert done.stdout == ""
    assert path.name in done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def problems(path: Path) -> set[str]:
    """Runs an audit that must go through; returns the codes of the problems it reports."""
    done = run(path, "--format", "json")
    assert done.exit_code in (0, 1), (done.output, done.exception)
    return {problem["code"] for problem in json.loads(done.stdout)["problems"]}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blanks.txt", b" \n\t\n"),
        ("bom.txt", b"\xef\xbb\xbf"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
        ("archive.zip", b"PK\x03\x04" + bytes(range(256)) * 40),
        ("nothing.txt", bytes(4096)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_to_audit_is_refused_with_file_and_cause(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert len(refused(path).split(name, 1)[1].strip()) > 10


def test_an_absent_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "absent.txt") != refused(tmp_path)


def test_a_file_of_50_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.write(PROSE.encode())
        file.truncate(50_000_000)  # sparse: costs no disk
    assert path.stat().st_size > MAX_BYTES
    assert "50" in refused(path)


def test_a_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(PROSE + TABLE, encoding="utf-8")
    bad.write_bytes(b"")
    done = CliRunner().invoke(app, ["audit", "--format", "jsonl", str(bad), str(good)])
    assert done.exit_code == 2
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["report"]["source"].endswith("good.txt")
    assert "bad.txt" in done.stderr


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("prose.txt", PROSE.encode(), "no_table"),
        ("table.txt", TABLE.encode(), "no_narrative"),
        ("cut.txt", (PROSE + TABLE)[: -len("24 |\n|\n")].encode(), "table_truncated"),
        ("mixed.txt", PROSE.encode() + PROSE.encode("gb18030") + TABLE.encode(), "mixed_encoding"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_lame_report_is_audited_with_a_problem(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert code in problems(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_sound_report_has_no_problem_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "sound.txt"
    path.write_bytes((PROSE + TABLE).encode(encoding))
    assert problems(path) == set()


def test_every_truncation_of_a_report_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cut.txt"
    whole = PROSE + TABLE
    for end in range(10, len(whole), 23):
        path.write_text(whole[:end], encoding="utf-8")
        problems(path)
