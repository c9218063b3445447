"""Reading: encodings, formats, what cannot be read, and regions that cover the text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractor.data import Report
from extractor.errors import InputError
from extractor.knowledge import Knowledge
from extractor.readers import TEXT_FORMATS, Limits, read, read_bytes, read_text

PROSE = "全年共收到政府信息公开申请24件,答复24件,其中同意公开15件,不属于本行政机关公开9件,均已按时办结。"
PATIENT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def kinds(report: Report) -> list[tuple[str, str, str]]:
    """Kind, reason and text (blanks stripped) of every region that is not blank."""
    found = [(r.kind, r.reason, report.text[r.start : r.end].strip()) for r in report.regions]
    return [item for item in found if item[2]]


def codes(report: Report) -> set[str]:
    return {problem.code for problem in report.problems}


def covered(report: Report) -> bool:
    return "".join(report.text[r.start : r.end] for r in report.regions) == report.text and all(
        r.start < r.end for r in report.regions
    )


def attempt(reading: Callable[[], Report], allowed: set[str]) -> Report | None:
    """The report, or None where it is refused for one of the `allowed` reasons."""
    try:
        return reading()
    except InputError as error:
        if error.code not in allowed:
            raise
        return None


# ---------------------------------------------------------------- bytes to text


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_encodings_are_found_by_content(encoding: str, expected: str, knowledge: Knowledge) -> None:
    report = read_bytes((PROSE * 3).encode(encoding), "r.txt", knowledge)
    assert report.text == PROSE * 3
    assert report.encoding == expected
    assert codes(report) == {"no_table"}


def test_big5_is_told_from_gb18030(knowledge: Knowledge) -> None:
    text = "全市共收到政府資訊公開申請24件,答覆24件,其中同意公開15件,不屬於本行政機關公開9件。"
    report = read_bytes(text.encode("big5"), "r.txt", knowledge)
    assert (report.text, report.encoding) == (text, "big5")


def test_mixed_encodings_are_read_line_by_line_and_said(knowledge: Knowledge) -> None:
    data = f"{PROSE}\n".encode() * 2 + f"{PROSE}\n".encode("gb18030")
    report = read_bytes(data, "r.txt", knowledge)
    assert report.text == f"{PROSE}\n" * 3
    (problem,) = [item for item in report.problems if item.code == "mixed_encoding"]
    assert problem.params["lines"] == 1


def test_lost_characters_are_counted(knowledge: Knowledge) -> None:
    report = read_bytes((PROSE * 2).encode()[:-1], "r.txt", knowledge)
    (problem,) = [item for item in report.problems if item.code == "replaced_characters"]
    assert problem.params["count"] == 1
    assert report.text.startswith(PROSE)


def test_lone_surrogates_never_reach_the_report(knowledge: Knowledge) -> None:
    report = read_text(PROSE + "\ud800", "r.txt", knowledge)
    assert report.text == PROSE + "\ufffd"
    assert "replaced_characters" in codes(report)


def test_a_nul_inside_digits_is_kept_and_said(knowledge: Knowledge) -> None:
    report = read_bytes((PROSE * 20 + "共2\x004条。").encode(), "r.txt", knowledge)
    assert "2\x004" in report.text
    assert "control_characters" in codes(report)


# ---------------------------------------------------------------- nothing to audit


@pytest.mark.parametrize(
    ("data", "code", "looks_like"),
    [
        (b"", "empty_file", None),
        (b" \n\t\n", "empty_file", None),
        (b"<html><body><script>var a = 1;</script></body></html>", "empty_file", None),
        (b"%PDF-1.7\n...", "corrupt_file", None),
        (b"PK\x03\x04....word/document.xml", "corrupt_file", None),
        (b"PK\x03\x04....xl/workbook.xml", "corrupt_file", None),
        (b"PK\x03\x04....", "corrupt_file", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "binary_file", "OLE (DOC, XLS, WPS)"),
        (b"\x89PNG\r\n\x1a\n....", "binary_file", "PNG"),
        (bytes(range(32)) * 20, "unknown_binary", None),
    ],
    ids=["empty", "blank", "script", "pdf", "docx", "xlsx", "zip", "ole", "png", "controls"],
)
def test_what_cannot_be_read_says_why(
    data: bytes, code: str, looks_like: str | None, knowledge: Knowledge
) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "r.txt", knowledge)
    assert (caught.value.code, caught.value.file) == (code, "r.txt")
    assert caught.value.params.get("looks_like") == looks_like


def test_paths_that_cannot_be_read_say_why(tmp_path: Path, knowledge: Knowledge) -> None:
    large = tmp_path / "large.txt"
    large.write_text(PROSE * 10, encoding="utf-8")
    found = {}
    for path, limit in ((tmp_path / "none.txt", 100), (tmp_path, 100), (large, 100)):
        with pytest.raises(InputError) as caught:
            read(path, knowledge, Limits(file_size=limit))
        found[caught.value.code] = caught.value.params
    assert set(found) == {"not_found", "is_directory", "file_too_large"}
    assert found["file_too_large"] == {"size": len((PROSE * 10).encode()), "limit": 100}


# ---------------------------------------------------------------- formats and regions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PROSE, "text"),
        (f"<p>{PROSE}</p><table><tr><td>1</td></tr></table>", "html"),
        (f"<!DOCTYPE html>\n<html><body>{PROSE}</body></html>", "html"),
        (f"根据《关于印发<格式>的通知》,{PROSE}", "text"),
        (f"# 年度报告\n\n{PROSE}", "markdown"),
        (f"{PROSE}\n\n| 项目 | 数 |\n|---|---|\n| 收到 | 3 |\n", "markdown"),
    ],
)
def test_content_decides_the_format(text: str, expected: str, tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "report.bin"
    path.write_text(text, encoding="utf-8")
    assert read(path, knowledge).format == expected


def test_read_text_takes_each_format_by_name(knowledge: Knowledge) -> None:
    for item in TEXT_FORMATS:
        assert read_text(f"<p>{PROSE}</p>", "r", knowledge, item.name).format == item.name
    with pytest.raises(KeyError):
        read_text(PROSE, "r", knowledge, "docx")


def test_what_is_no_text_of_the_report_is_dropped_with_its_reason(knowledge: Knowledge) -> None:
    text = (
        "标题: 某县2014年政府信息公开工作年度报告\n发布时间: 2015-03-02 00:00\n"
        "您现在的位置:首页 > 政务公开 > 年报\n分享到:\n"
        f"一、概述\n{PROSE}\n- 12 -\n{PROSE}\n文件下载:\n年报附表.xls\n打印 关闭\n主办单位:某县人民政府办公室"
    )
    report = read_text(text, "r", knowledge)
    dropped = {(reason, body) for kind, reason, body in kinds(report) if kind == "dropped"}
    assert dropped == {
        ("metadata", "标题: 某县2014年政府信息公开工作年度报告\n发布时间: 2015-03-02 00:00"),
        ("navigation", "您现在的位置:首页 > 政务公开 > 年报"),
        ("share", "分享到:"),
        ("page_mark", "- 12 -"),
        ("download", "文件下载:\n年报附表.xls"),
        ("share", "打印 关闭"),
        ("navigation", "主办单位:某县人民政府办公室"),
    }
    assert covered(report)
    for reason, _ in dropped:
        assert knowledge.layout.reason(reason).zh


def test_prose_that_only_looks_like_metadata_stays(knowledge: Knowledge) -> None:
    text = f"一、概述\n{PROSE}\n来源:群众来信占三成,共收到来信12件,比上年多2件。\n文号:无"
    bodies = " ".join(body for kind, _, body in kinds(read_text(text, "r", knowledge)) if kind == "narrative")
    assert "共收到来信12件" in bodies
    assert "文号:无" in bodies


def test_missing_halves_are_problems(knowledge: Knowledge) -> None:
    table = "| 项目 | 数 |\n|---|---|\n| 收到申请数 | 3 |\n"
    assert codes(read_text(table, "r", knowledge)) == {"no_narrative"}
    assert codes(read_text(PROSE, "r", knowledge)) == {"no_table"}
    assert codes(read_text(f"{PROSE}\n{table}", "r", knowledge)) == set()


FRAGMENTS = st.sampled_from(
    [PROSE, "|", "\n", "\t", " ", "0", "24", "收到申请数 |", "| a | b |", "|---|---|", "第二十条第（一）项", "信息内容",
     "规章", "申请人情况", "一、", "（一）", "- 3 -", "<table>", "<tr><td rowspan=3>", "</table>", "标题:", "附件下载",
     "“", "（", "《", "\u200b", "\u3000", "\x00", "\ufffd", "条", "2014年度", "1 129 236"]
)  # fmt: skip


@PATIENT
@given(st.lists(FRAGMENTS | st.text(max_size=8), max_size=40).map("".join))
def test_any_text_comes_apart_without_a_gap(knowledge: Knowledge, text: str) -> None:
    for item in TEXT_FORMATS:
        report = attempt(partial(read_text, text, "r", knowledge, item.name), {"empty_file"})
        if report is None:
            continue
        assert covered(report)
        for table in report.tables:
            assert 0 <= table.start < table.end <= len(report.text)
            assert all(report.text[cell.start : cell.end] == cell.text for cell in table.cells)


# What begins like an old DOC goes to its converter.
LEGACY = {"encrypted", "no_converter", "conversion_failed"}


@PATIENT
@example(b"{\\rtf")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("gb18030", "ignore")))
def test_any_bytes_give_a_report_or_a_reason(knowledge: Knowledge, data: bytes) -> None:
    report = attempt(
        partial(read_bytes, data, "r", knowledge),
        {"empty_file", "binary_file", "unknown_binary", "corrupt_file", *LEGACY},
    )
    assert report is None or covered(report)
