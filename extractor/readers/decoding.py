"""Bytes to text: a ladder of encodings, each rung strict, and every loss counted."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ..data import Problem
from ..errors import InputError
from ..knowledge import Layout

# What a file that is no text begins with. Source: the formats' own specifications.
_MAGICS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE (DOC, XLS, WPS)"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"RIFF", "RIFF"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf'\x1c", "7Z"),
    (b"\x1f\x8b\x08", "GZIP"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"{\\rtf", "RTF"),
)
# Members that tell the Office formats from any other ZIP.
_ZIP_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "DOCX"),
    (b"xl/", "XLSX"),
    (b"ppt/", "PPTX"),
    (b"OFD.xml", "OFD"),
)
# Longest mark first: UTF-32's begins with UTF-16's.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHORT_MAGIC = 3
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
_CONTROL_SHARE = 500
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HAN = re.compile("[\u3400-\u9fff]")
_SAMPLE = 20_000
_LOST = "\ufffd"
# A wrong decoding scatters over rare characters; a right one beats it by more than this.
_MARGIN = 1.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and what was lost on the way."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def magic(data: bytes) -> str:
    """Returns the name of the binary format `data` begins like, "" where it is none that is known."""
    for mark, kind in _MAGICS:
        if not data.startswith(mark):
            continue
        if len(mark) < _SHORT_MAGIC and data[:512].translate(None, _CONTROLS) == data[:512]:
            return ""
        if kind == "ZIP":
            return next((name for member, name in _ZIP_KINDS if member in data), kind)
        return kind
    return ""


def decode(data: bytes, name: str, layout: Layout) -> Decoded:
    """Returns the text of `data`.

    The ladder: byte order mark, strict UTF-8, strict GB18030 against strict Big5, then the lines one by
    one (files glued from two encodings), then the encoding that loses least, its losses counted. What a
    page says of its own encoding does not count: gb2312 and gbk are GB18030 here, and pages often lie.

    Raises:
        InputError: empty_file, binary_file with the format it looks like, or unknown_binary.
    """
    if not data.strip():
        raise InputError("empty_file", name)
    kind = magic(data)
    if kind:
        raise InputError("binary_file", name, looks_like=kind)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _cleaned(data[len(mark) :].decode(encoding, "replace"), encoding, name)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls * _CONTROL_SHARE > len(data) + _CONTROL_SHARE * 4:
        wide = _wide(data, layout)
        if wide is None:
            raise InputError("unknown_binary", name, controls=controls)
        return _cleaned(*wide, name)
    text = _strict(data, "utf-8")
    if text is not None:
        return _cleaned(text, "utf-8", name)
    return _legacy(data, name, layout)


def _legacy(data: bytes, name: str, layout: Layout) -> Decoded:
    """Returns the text of bytes that are no UTF-8."""
    gb, big5 = _strict(data, "gb18030"), _strict(data, "big5hkscs")
    utf8 = data.decode("utf-8", "replace")
    candidates = [
        (text, encoding) for text, encoding in ((gb, "gb18030"), (big5, "big5")) if text is not None
    ]
    if candidates:
        text, encoding = max(candidates, key=lambda item: _commonness(item[0], layout))
        if (
            gb is not None
            and encoding == "big5"
            and _commonness(text, layout) < _MARGIN * _commonness(gb, layout)
        ):
            text, encoding = gb, "gb18030"
        if _commonness(text, layout) * _MARGIN >= _commonness(utf8, layout):
            return _cleaned(text, encoding, name)
    lines = _by_line(data, layout)
    if lines.count(_LOST) <= utf8.count(_LOST):
        legacy = sum(1 for line in data.split(b"\n") if _strict(line, "utf-8") is None)
        mixed = Problem(
            "mixed_encoding", name, params={"lines": legacy, "first": "utf-8", "second": "gb18030"}
        )
        if legacy < data.count(b"\n") + 1 and _HAN.search(utf8):
            found = _cleaned(lines, "utf-8+gb18030", name)
            return Decoded(found.text, found.encoding, (mixed, *found.problems))
    replaced = [
        (data.decode(encoding, "replace"), encoding) for encoding in ("gb18030", "utf-8", "big5hkscs")
    ]
    text, encoding = max(replaced, key=lambda item: (_commonness(item[0], layout), -item[0].count(_LOST)))
    return _cleaned(text, encoding, name)


def _by_line(data: bytes, layout: Layout) -> str:
    """Returns the text of `data` with each line decoded for itself."""
    return "\n".join(_line(line, layout) for line in data.split(b"\n"))


def _line(line: bytes, layout: Layout) -> str:
    text = _strict(line, "utf-8")
    if text is not None:
        return text
    legacy, utf8 = line.decode("gb18030", "replace"), line.decode("utf-8", "replace")
    return legacy if _commonness(legacy, layout) >= _commonness(utf8, layout) else utf8


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes, layout: Layout) -> tuple[str, str] | None:
    """Returns text and encoding of UTF-16 without its mark, None where `data` is no such thing."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strict(data, encoding)
        if text is not None and _commonness(text, layout) > 0.2:
            return text, encoding
    return None


def _commonness(text: str, layout: Layout) -> float:
    """Returns the share, in [0, 1], of common characters among all that are not ASCII (sampled)."""
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + text[-_SAMPLE // 2 :]
    foreign = [char for char in sample if char > "\x7f"]
    return sum(char in layout.common for char in foreign) / len(foreign) if foreign else 0.0


def cleaned(text: str, name: str) -> Decoded:
    """Returns text given as text: lone surrogates become U+FFFD, one for one, and are counted."""
    return _cleaned(_SURROGATE.sub(_LOST, text), "utf-8", name)


def _cleaned(text: str, encoding: str, name: str) -> Decoded:
    """Returns `text` with its losses and control characters counted; one character stays one character."""
    problems: list[Problem] = []
    lost = text.count(_LOST)
    if lost:
        place = str(text.count("\n", 0, text.index(_LOST)) + 1)
        problems.append(
            Problem("replaced_characters", name, place, params={"count": lost, "encoding": encoding})
        )
    controls = len(_CONTROL.findall(text))
    if controls:
        problems.append(Problem("control_characters", name, params={"count": controls}))
    return Decoded(text, encoding, tuple(problems))
