"""What the documents of each format look like, by content; the module that reads a format is loaded when one is met.

To add a format: one module with `read`, one function that recognises it and one row in `FORMATS` here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from . import package
from .source import Draft, Source

# An OLE file, and the streams of one that is a workbook, a text or encrypted. Source: [MS-CFB] 2.2, [MS-XLS] 2.1.2,
# [MS-DOC] 2.1.1, [MS-OFFCRYPTO] 2.3.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "WordDocument".encode("utf-16-le")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
RTF = b"{\\rtf"
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_FIRST = 256
_PDF = b"%PDF-"
_SHIFTED = 1024
_DOCUMENT = "word/document.xml"
_WORKBOOKS = frozenset({"xl/workbook.xml", "xl/workbook.bin"})
_HEAD = 4096
_HEADERS = re.compile(rb"\A\s*(?:[A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+", re.ASCII)
_MULTIPART = re.compile(
    rb"^content-type:\s*multipart/(?:related|mixed|alternative)", re.IGNORECASE | re.MULTILINE
)
_VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"<(?:!doctype|html|head|body|table|tr|td|div|p|span|meta|br)\b[^<>]*>", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:html|body|table|tr|td|div|p|span)\s*>", re.IGNORECASE)
_MARKUP = re.compile(r"^(?:#{1,6} +\S|\|? *:?-{3,}:? *\|)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, whether a document is in it, and the module that reads it.

    An `isolated` format is read in a process of its own, with limits of time and memory.
    """

    name: str
    recognises: Callable[[Source], bool]
    module: str
    isolated: bool = False

    def read(self, source: Source) -> Draft:
        """Returns what the format's module makes of a document.

        Raises:
            InputError: as the module's `read`.
        """
        draft: Draft = import_module(f".{self.module}", __package__).read(source)
        return draft


def _is_pdf(source: Source) -> bool:
    """Some begin with a few bytes of something else."""
    return _PDF in source.data[:_SHIFTED]


def _is_docx(source: Source) -> bool:
    return _DOCUMENT in package.names(source.data)


def _is_sheet(source: Source) -> bool:
    """XLSX, XLS, ET or ODS."""
    data = source.data
    if data.startswith(OLE):
        return any(stream in data for stream in _BOOKS) and WORD not in data
    return _ODS in data[:_FIRST] or bool(_WORKBOOKS & package.names(data))


def _is_legacy(source: Source) -> bool:
    """What Word, WPS or Writer kept before there was DOCX, or encrypted."""
    data = source.data
    if data.startswith(OLE):
        return WORD in data or ENCRYPTED in data
    return data.startswith(RTF) or _ODT in data[:_FIRST]


def _is_zip(source: Source) -> bool:
    return source.data.startswith(package.MAGIC)


def _is_mhtml(source: Source) -> bool:
    """It begins with the headers of MIME and has parts."""
    head = _HEADERS.match(source.data[:_HEAD])
    return head is not None and all(pattern.search(head.group()) for pattern in (_MULTIPART, _VERSION))


def _is_html(source: Source) -> bool:
    """It has tags, wherever they begin."""
    text = source.decoded.text
    tags = len(_TAG.findall(text, 0, _HEAD))
    return tags >= 3 or (tags >= 1 and _CLOSING.search(text) is not None)


def _is_markdown(source: Source) -> bool:
    """It has a Markdown heading or the rule line of a Markdown table; the text stays as it is."""
    return _MARKUP.search(source.decoded.text) is not None


def _is_text(source: Source) -> bool:
    """What decodes is text."""
    return bool(source.decoded.text)


# The formats that are text as it stands.
TEXT_FORMATS: tuple[Format, ...] = (
    Format("html", _is_html, "html"),
    Format("markdown", _is_markdown, "plain"),
    Format("text", _is_text, "plain"),
)
# Tried in order; the last takes all text.
FORMATS: tuple[Format, ...] = (
    Format("pdf", _is_pdf, "pdf", isolated=True),
    Format("docx", _is_docx, "docx", isolated=True),
    Format("sheet", _is_sheet, "sheets", isolated=True),
    Format("doc", _is_legacy, "office"),
    Format("zip", _is_zip, "archive"),
    Format("mhtml", _is_mhtml, "mhtml"),
    *TEXT_FORMATS,
)
