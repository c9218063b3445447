"""The command: what comes out, where, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sample import NARRATIVE, result
from typer.testing import CliRunner, Result

from extractor import audit as line
from extractor import cli
from extractor.data import Report
from extractor.data import Result as Audit
from extractor.knowledge import source
from extractor.version import VERSION

_COMMANDS = (
    ("audit",), ("claims",), ("tables",), ("explain",), ("train",), ("eval",), ("convert",), ("kb",), ("kb", "check"),
)  # fmt: skip


def _run(*arguments: str | int | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def report_path(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(NARRATIVE, encoding="utf-8")
    return path


@pytest.fixture
def audited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes every audit come to the sample's result, whatever the file."""

    def audit(report: Report, *_: object) -> Audit:
        return replace(result(), report=replace(result().report, source=report.source))

    monkeypatch.setattr(line, "audit", audit)


def test_the_version_is_printed() -> None:
    answer = _run("--version")
    assert (answer.exit_code, answer.stdout) == (0, f"{VERSION}\n")


@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_explains_itself(command: Sequence[str]) -> None:
    answer = _run(*command, "--help")
    assert answer.exit_code == 0
    assert "Usage:" in answer.stdout


@pytest.mark.parametrize(
    "arguments",
    [("audit", "--colour"), ("audit",), ("audit", "x", "--format", "pdf"), ("explain", "x"), ("sing",)],
)
def test_a_wrong_command_line_is_exit_2_with_nothing_on_stdout(arguments: Sequence[str]) -> None:
    answer = _run(*arguments)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr


@pytest.mark.usefixtures("audited")
def test_a_difference_is_exit_1(report_path: Path) -> None:
    answer = _run("audit", report_path)
    assert answer.exit_code == cli.DIFFERS
    assert answer.stderr == ""
    assert "政府网站在线访谈次数" in answer.stdout
    assert "\x1b" not in answer.stdout


def test_no_difference_is_exit_0(report_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "audit", lambda *_: replace(result(), findings=result().findings[-1:]))
    assert _run("audit", report_path).exit_code == 0


@pytest.mark.usefixtures("audited")
def test_one_bad_file_stops_no_other_and_makes_exit_2(report_path: Path, tmp_path: Path) -> None:
    missing, empty = tmp_path / "没有.txt", tmp_path / "空.txt"
    empty.write_bytes(b"")
    answer = _run("audit", missing, report_path, empty, "--format", "jsonl")
    assert answer.exit_code == cli.FAILED
    assert [json.loads(item)["report"]["source"] for item in answer.stdout.splitlines()] == [str(report_path)]
    assert answer.stderr.splitlines() == [
        f"{missing}: 文件不存在。",
        f"{empty}: 文件是空的，或只有空白。",
    ]


@pytest.mark.usefixtures("audited")
def test_json_keeps_its_shape_though_a_file_fails(report_path: Path, tmp_path: Path) -> None:
    answer = _run("audit", tmp_path / "x", report_path, "--format", "json")
    assert [item["report"]["source"] for item in json.loads(answer.stdout)] == [str(report_path)]


def test_messages_follow_the_language(tmp_path: Path) -> None:
    assert (
        _run("explain", tmp_path, "--at", "0", "--lang", "en").stderr
        == f"{tmp_path}: This is a folder; name the files in it.\n"
    )


def test_a_folder_and_an_archive_are_audited_whole(seed_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_bytes(seed_path.read_bytes())
    (folder / "b.txt").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "reports.zip", "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    for given in (folder, tmp_path / "reports.zip"):
        answer = _run("audit", given, "--format", "json")
        assert answer.exit_code == cli.FAILED, "one of the two is empty"
        (result,) = json.loads(answer.stdout)
        assert result["report"]["source"].endswith("a.txt")
        assert len(result["findings"]) == 6
        assert "b.txt" in answer.stderr


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    answer = _run("audit", tmp_path)
    assert answer.exit_code == cli.FAILED
    assert answer.stderr == f"{tmp_path}: 文件夹或压缩包里没有可读的文件。\n"


def test_a_limit_can_be_raised_and_a_wrong_one_is_named(seed_path: Path) -> None:
    assert _run("audit", seed_path, "--limit", "pages=9000").exit_code == cli.DIFFERS
    answer = _run("audit", seed_path, "--limit", "pags=9000")
    assert answer.exit_code == cli.FAILED
    assert "pags=9000" in answer.stderr


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \n\t", id="blanks"),
        pytest.param(b"\x00\x01\x02" * 500, id="binary"),
        pytest.param(b"%PDF-1.7 \xff\xfe", id="pdf"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 100, id="zip"),
    ],
)
@pytest.mark.parametrize(
    "command",
    [("audit",), ("claims",), ("tables",), ("explain", "--at", "0")],
    ids=lambda command: str(command[0]),
)
def test_bad_input_is_a_message_and_exit_2(command: Sequence[str], data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    answer = _run(command[0], path, *command[1:])
    assert (answer.exit_code, answer.stdout) == (cli.FAILED, "")
    assert answer.stderr.startswith(f"{path}: ")
    assert "Traceback" not in answer.stderr


def test_a_fault_of_ours_on_one_file_is_a_message_and_exit_2(
    report_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Audit:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(line, "audit", fail)
    answer = _run("audit", report_path)
    assert answer.exit_code == cli.FAILED
    assert "ZeroDivisionError" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.usefixtures("audited")
def test_standard_input_is_a_file_named_dash() -> None:
    answer = _run("audit", "-", "--format", "json", stdin=NARRATIVE.encode())
    assert json.loads(answer.stdout)["report"]["source"] == "-"


@pytest.mark.usefixtures("audited")
def test_output_goes_to_the_file_named(report_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    answer = _run("audit", report_path, "--format", "html", "--output", target)
    assert (answer.exit_code, answer.stdout) == (cli.DIFFERS, "")
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.usefixtures("audited")
def test_an_output_that_cannot_be_written_is_exit_2(report_path: Path, tmp_path: Path) -> None:
    answer = _run("audit", report_path, "--output", tmp_path / "no" / "where.txt")
    assert answer.exit_code == cli.FAILED
    assert "无法写入" in answer.stderr


@pytest.mark.usefixtures("audited")
def test_a_csv_reaches_the_file_byte_for_byte(report_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    _run("audit", report_path, "--format", "csv", "--output", target)
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbffile,claim,")
    alone = [finding for finding in result().findings if not finding.claims]
    assert data.count(b"\r\n") == len(result().claims) + len(alone) + 1


@pytest.mark.usefixtures("audited")
def test_an_offset_outside_the_text_is_exit_2(report_path: Path) -> None:
    answer = _run("explain", report_path, "--at", 10**9)
    assert answer.exit_code == cli.FAILED
    assert str(len(result().report.text)) in answer.stderr


@pytest.mark.usefixtures("audited")
def test_a_place_is_explained(report_path: Path) -> None:
    answer = _run("explain", report_path, "--at", result().claims[3].start)
    assert answer.exit_code == 0
    assert "T1!R4C3" in answer.stdout


def test_a_broken_knowledge_file_is_named(report_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor import knowledge

    def fail() -> knowledge.Knowledge:
        source.read_toml("nowhere.toml")
        raise AssertionError

    monkeypatch.setattr(knowledge, "load", fail)
    answer = _run("audit", report_path)
    assert (answer.exit_code, answer.stdout) == (cli.FAILED, "")
    assert "nowhere.toml" in answer.stderr


def test_the_knowledge_is_counted() -> None:
    answer = _run("kb", "check")
    assert answer.exit_code == 0
    assert "messages.findings" in answer.stdout


def test_a_reader_who_hangs_up_is_no_error(report_path: Path) -> None:
    code = "import sys; from extractor.cli import app; app()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "tables", str(report_path), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_the_formats_of_the_command_are_those_of_the_writers() -> None:
    from extractor.writers import BINARY, FORMATS
    from extractor.writers.listing import LISTING_FORMATS

    assert sorted(cli.Format) == sorted([*FORMATS, *BINARY])
    assert tuple(cli.ListFormat) == LISTING_FORMATS


def test_heavy_libraries_load_with_their_commands_only() -> None:
    code = (
        "import sys, extractor.cli\n"
        "print([name for name in ('spacy', 'sklearn', 'jieba', 'jinja2') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"
