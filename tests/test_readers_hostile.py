"""Bad files: each is refused or remarked on by name, within limits, and stops none of the others."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import rendering

from extractor.data import Report
from extractor.errors import InputError
from extractor.knowledge import Knowledge
from extractor.readers import Limits, read, read_all, read_bytes, sandbox
from extractor.readers.source import Source

PROSE = "一、概述\n2014年,全县收到政府信息公开申请24件,均已答复,其中同意公开15件,不属于本机关9件,未发生行政复议。\n"
SMALL = Limits(seconds=20)
GRID = (rendering.Block(rows=((("1", 1, 1),) * 9,) * 9),)
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")


def zipped(members: Mapping[str, bytes | str], level: int = 9) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """A package with some members replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | changes)


def refusal(data: bytes, knowledge: Knowledge, limits: Limits = SMALL) -> InputError:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "r.bin", knowledge, limits)
    assert caught.value.code in knowledge.messages.problems
    assert caught.value.file == "r.bin"
    return caught.value


def pdf(pages: int = 1, password: str | None = None, text: str = "Report 24") -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, encrypt=StandardEncryption(password) if password else None)
    for _ in range(pages):
        if text:
            canvas.drawString(100, 500, text)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def scan(pages: int = 1, with_text: bool = False) -> bytes:
    """A PDF of pictures, as scanners make them."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made)
    picture = ImageReader(Image.new("L", (60, 80), 200))
    for _ in range(pages):
        canvas.drawImage(picture, 0, 0, 595, 842)
        canvas.drawString(280, 30, "- 1 -")  # a page mark is no text layer
        canvas.showPage()
    if with_text:
        canvas.drawString(100, 500, "Report 24")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def sheet(*cells: tuple[str, str]) -> bytes:
    """An XLSX whose sheet says what `cells` say, as XML."""
    rows = "".join(f'<row><c r="{place}">{body}</c></row>' for place, body in cells)
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    from openpyxl import Workbook

    book = Workbook()
    made = io.BytesIO()
    book.save(made)
    return repacked(made.getvalue(), {"xl/worksheets/sheet1.xml": xml.encode()})


def word(text: str = PROSE) -> bytes:
    return rendering.as_docx((rendering.Block(text),))


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b"<w:t>&c;&d;</w:t></w:r></w:p></w:body></w:document>"
)


def outcome_of(data: bytes, knowledge: Knowledge) -> str:
    """Returns why `data` is refused, "" where it is read."""
    try:
        read_bytes(data, "r", knowledge, SMALL)
    except InputError as error:
        return error.code
    return ""


# ---------------------------------------------------------------- one bad file


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: pdf()[:400], "corrupt_file"),
        (lambda: word()[:2000], "corrupt_file"),
        (lambda: rendering.as_xlsx((rendering.Block(PROSE),))[:2000], "corrupt_file"),
        (lambda: rendering.as_xls((rendering.Block(PROSE),))[:1500], "binary_file"),
        (lambda: repacked(word(), {"word/document.xml": b"<w:document"}), "corrupt_file"),
        (lambda: pdf(password="secret"), "encrypted"),
        (lambda: LOCKED, "encrypted"),
        (lambda: scan(3), "scanned"),
        (lambda: zipped({"a.txt": PROSE}), "is_archive"),
        (lambda: zipped({"OFD.xml": "<ofd/>"}), "binary_file"),
        (lambda: repacked(word(), {"word/document.xml": LAUGHS}), "entities_refused"),
        (lambda: repacked(word(), {"word/media/a.bmp": bytes(30_000_000)}), "ratio_too_high"),
        (lambda: sheet(("A1", "<v>1</v>"), ("XFD1048576", "<v>2</v>")), "too_many_cells"),
        (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--\r\n", "corrupt_file"),
        (lambda: b"", "empty_file"),
        (lambda: bytes(4096), "unknown_binary"),
    ],
    ids=[
        "cut-pdf", "cut-docx", "cut-xlsx", "cut-xls", "broken-xml", "locked-pdf", "locked-office", "scan", "zip", "ofd",
        "laughs", "bomb", "far-cell", "mhtml", "empty", "zeros",
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_by_name(make: Callable[[], bytes], code: str, knowledge: Knowledge) -> None:
    assert refusal(make(), knowledge).code == code


@pytest.mark.parametrize(
    ("make", "limits", "code"),
    [
        (lambda: pdf(12), Limits(pages=11), "too_many_pages"),
        (lambda: pdf(1), Limits(text_length=5), "text_too_long"),
        (lambda: rendering.as_docx(GRID), Limits(cells=80), "too_many_cells"),
        (lambda: rendering.as_xlsx(GRID), Limits(cells=80), "too_many_cells"),
        (lambda: rendering.as_html(GRID), Limits(cells=80), "too_many_cells"),
        (lambda: rendering.as_pdf(GRID), Limits(cells=80), "too_many_cells"),
        (lambda: PROSE.encode(), Limits(text_length=20), "text_too_long"),
        (lambda: f"<p>{PROSE}</p><br><br>".encode(), Limits(text_length=20), "text_too_long"),
        (word, Limits(text_length=20), "text_too_long"),
        (word, Limits(members=3), "too_many_members"),
        (word, Limits(unpacked=4000), "unpacked_too_large"),
        (word, Limits(file_size=900), "file_too_large"),
        (lambda: word("".join(map(str, range(300_000)))), Limits(memory=1 << 20), "memory_limit"),
    ],
    ids=[
        "pages", "pdf-text", "docx-cells", "xlsx-cells", "html-cells", "pdf-cells", "text", "html", "docx-text",
        "members", "unpacked", "size", "memory",
    ],
)  # fmt: skip
def test_every_limit_refuses_by_its_name(
    make: Callable[[], bytes], limits: Limits, code: str, knowledge: Knowledge
) -> None:
    if code == "memory_limit" and sys.platform != "linux":
        pytest.skip("address space is bounded on Linux only")
    sandbox._READER.close()  # what a reader still holds from documents before would not count
    caught = refusal(make(), knowledge, limits)
    died = {"reader_died"} if code == "memory_limit" else set()
    assert caught.code in {code} | died
    assert "limit" in caught.params


def test_a_pdf_of_ten_thousand_pages_is_refused_unread(knowledge: Knowledge) -> None:
    caught = refusal(pdf(10_000, text=""), knowledge)
    assert (caught.code, caught.params) == ("too_many_pages", {"size": 10_000, "limit": 500})


def test_a_table_of_a_million_cells_is_refused_unread(knowledge: Knowledge) -> None:
    row = "".join(f"<td>{number}" for number in range(1000))
    caught = refusal(f"<table>{('<tr>' + row) * 1000}</table>".encode(), knowledge)
    assert (caught.code, caught.params["limit"]) == ("too_many_cells", 200_000)


def test_a_reader_that_hangs_is_stopped_and_the_next_goes_on(knowledge: Knowledge) -> None:
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made)
    for number in range(25_000):  # a drawing of rules that all cross
        canvas.line(10, 10 + number / 40, 500, 10 + number / 40)
        canvas.line(10 + number / 60, 10, 10 + number / 60, 800)
    canvas.drawString(100, 500, "Report 24")
    canvas.save()
    caught = refusal(made.getvalue(), knowledge, Limits(seconds=2))
    assert (caught.code, caught.params) == ("time_limit", {"limit": 2})
    assert "24" in read_bytes(word(), "next", knowledge).text


def test_the_reading_process_is_kept_and_replaced_when_it_dies(knowledge: Knowledge) -> None:
    source = Source("r", word(), knowledge.layout)
    first = sandbox.read(source, "docx")
    process = sandbox._READER._process
    assert process is not None
    assert sandbox.read(source, "docx") == first
    assert sandbox._READER._process is process
    process.kill()
    process.wait()
    assert sandbox.read(source, "docx") == first
    assert sandbox._READER._process is not process


def test_some_scanned_pages_are_said(knowledge: Knowledge) -> None:
    report = read_bytes(scan(2, with_text=True), "r", knowledge)
    assert {problem.code: problem.params for problem in report.problems}["scanned_pages"] == {"count": 2}
    assert "Report 24" in report.text


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xls", "txt", "zip", ""])
@pytest.mark.parametrize(
    "write", [rendering.as_pdf, rendering.as_docx, rendering.as_xlsx], ids=["pdf", "docx", "xlsx"]
)
def test_a_wrong_suffix_changes_nothing(
    write: Callable[[rendering.Document], bytes], suffix: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    path = tmp_path / f"report.{suffix}"
    path.write_bytes(write((rendering.Block(PROSE),)))
    assert "收到政府信息公开申请24件" in read(path, knowledge).text


def test_surrogates_nul_and_controls_in_office_files_are_said(knowledge: Knowledge) -> None:
    data = sheet(("A1", "<v>1</v>"), ("A2", "<is><t>a_xD800_b_x0001_c</t></is>"))
    data = repacked(data, {"xl/worksheets/sheet1.xml": zipfile.ZipFile(io.BytesIO(data)).read(
        "xl/worksheets/sheet1.xml").replace(b'<c r="A2">', b'<c r="A2" t="inlineStr">')})  # fmt: skip
    report = read_bytes(data, "r", knowledge)
    report.text.encode()
    assert "\ud800" not in report.text


@pytest.mark.parametrize("write", [rendering.as_pdf, rendering.as_docx, rendering.as_xlsx, rendering.as_xls])
def test_any_truncation_is_read_or_refused_by_name(
    write: Callable[[rendering.Document], bytes], knowledge: Knowledge
) -> None:
    whole = write(rendering.report_2014(knowledge.templates))
    codes = {outcome_of(whole[: len(whole) * part // 12], knowledge) for part in range(1, 12)}
    assert codes <= set(knowledge.messages.problems) | {""}
    assert "internal.error" not in codes


# ---------------------------------------------------------------- folders and archives


def outcomes(path: Path, knowledge: Knowledge, limits: Limits = SMALL) -> dict[str, str]:
    """Returns, for each document under `path`, its format or why it was refused."""
    found = {}
    for outcome in read_all(path, knowledge, limits):
        name = outcome.source if isinstance(outcome, Report) else outcome.file
        place = "" if isinstance(outcome, Report) or not outcome.place else f" {outcome.place}"
        found[name.removeprefix(str(path)).lstrip("/") + place] = (
            outcome.format if isinstance(outcome, Report) else outcome.code
        )
    return found


def test_a_folder_of_bad_files_is_read_to_its_end(tmp_path: Path, knowledge: Knowledge) -> None:
    files: dict[str, bytes] = {
        "a.txt": PROSE.encode(),
        "b.docx": word(),
        "c.pdf": pdf()[:300],
        "d/e.htm": f"<html><body><p>{PROSE}</p></body></html>".encode("gb18030"),
        "d/f.zip": zipped(
            {"年报.txt": PROSE, "内/g.docx": word(), "__MACOSX/._x": "x", "../../up.txt": PROSE}
        ),
        "h.pdf": pdf(password="secret"),
        "i.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "~$b.docx": b"lock",
        ".DS_Store": bytes(100),
        "Thumbs.db": bytes(100),
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert outcomes(tmp_path, knowledge) == {
        "a.txt": "text",
        "b.docx": "docx",
        "c.pdf": "corrupt_file",
        "d/e.htm": "html",
        "d/f.zip/年报.txt": "text",
        "d/f.zip/内/g.docx": "docx",
        "d/f.zip/../../up.txt": "text",
        "h.pdf": "encrypted",
        "i.png": "binary_file",
    }


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path, knowledge: Knowledge) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.txt").write_text(PROSE, encoding="utf-8")
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    found = outcomes(inside, knowledge)
    assert found["link.txt"] == "outside_input"
    assert set(found.values()) == {"outside_input"}


def test_archives_within_archives_and_bombs(tmp_path: Path, knowledge: Knowledge) -> None:
    nested = zipped({"r.txt": PROSE})
    for number in range(5):
        nested = zipped({f"{number}.zip": nested})
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"deep.zip": nested, "bomb.txt": bytes(20_000_000), "ok.txt": PROSE}))
    found = outcomes(path, knowledge)
    assert found == {
        "deep.zip/4.zip/3.zip": "nesting_too_deep",
        " bomb.txt": "ratio_too_high",
        "ok.txt": "text",
    }
    many = tmp_path / "many.zip"
    many.write_bytes(zipped({f"{number}.txt": PROSE for number in range(30)}))
    assert outcomes(many, knowledge, Limits(members=29)) == {"": "too_many_members"}
    assert set(outcomes(many, knowledge, Limits(unpacked=2000)).values()) == {"text", "unpacked_too_large"}


def test_names_of_chinese_windows_are_read(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "a.zip"
    data = zipped({"XXXXXXXX.txt": PROSE})
    path.write_bytes(data.replace(b"XXXXXXXX", "年度报告".encode("gb18030")))
    assert outcomes(path, knowledge) == {"年度报告.txt": "text"}


def test_one_file_is_a_folder_of_one(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "r.txt"
    path.write_text(PROSE, encoding="utf-8")
    assert list(read_all(path, knowledge)) == [read(path, knowledge)]
    assert outcomes(tmp_path / "none", knowledge) == {"": "not_found"}


def test_limits_are_raised_by_name() -> None:
    assert Limits().raised("pages=2000") == Limits(pages=2000)
    for setting in ("page=1", "pages", "pages=0", "pages=-1", "pages=many"):
        with pytest.raises(ValueError, match="NAME=NUMBER"):
            Limits().raised(setting)


def test_nothing_is_read_that_a_document_points_to(tmp_path: Path, knowledge: Knowledge) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("泄露", encoding="utf-8")
    frames = f'<iframe src="{secret.as_uri()}"></iframe><object data="{secret}"></object>'
    page = f"<html><body><p>{PROSE}</p>{frames}</body></html>"
    assert "泄露" not in read_bytes(page.encode(), "r", knowledge).text
