"""The way back from the text of a report to the file it was read from, to change a few characters and no other."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from ...data import Report

_TEXTS = frozenset({"text", "markdown", "html"})
_MARKUP = re.compile(
    r"<!--.*?-->|<(script|style|head)\b.*?</\1\s*>|<[^>]*>|(?P<entity>&#?\w+;)", re.DOTALL | re.IGNORECASE
)
_BOM = "\ufeff"


class Unmapped(Exception):  # noqa: N818  not an error of anybody: the caller leaves the report out
    """The text cannot be traced back; the argument is the reason, a key of `kinds.toml`."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as characters, and for each visible character of the report's text where it stands there (half-open)."""

    content: str
    encoding: str
    spans: dict[int, tuple[int, int]]

    def changed(self, start: int, end: int, text: str) -> bytes:
        """Returns the file with the characters `start`..`end` of the report's text replaced by `text`.

        Where they are scattered over markup the first place takes all of the new text, and the markup stays.

        Raises:
            Unmapped: a character has no place of its own in the file.
        """
        places = [self.spans[at] for at in range(start, end) if at in self.spans]
        if start == end and start - 1 in self.spans:
            places = [(self.spans[start - 1][1],) * 2]
        elif not places or len(places) < end - start:
            raise Unmapped("unmapped")
        pieces: list[str] = []
        last = 0
        for number, (left, right) in enumerate(places):
            pieces += [self.content[last:left], text if number == 0 else ""]
            last = right
        return ("".join(pieces) + self.content[last:]).encode(self.encoding)


def trace(report: Report, data: bytes) -> Source:
    """Returns the way back from `report.text` to the file's bytes `data`.

    Raises:
        Unmapped: the file is no text, or text and file do not run together.
    """
    if report.format not in _TEXTS:
        raise Unmapped("format")
    try:
        content = data.decode(report.encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise Unmapped("unmapped") from error
    if content.encode(report.encoding) != data:
        raise Unmapped("unmapped")
    visible = _visible(content) if report.format == "html" else _plain(content, 0, len(content))
    spans: dict[int, tuple[int, int]] = {}
    position = 0
    for at, char in enumerate(report.text):
        if char.isspace():
            continue
        while position < len(visible) and visible[position][0] != char:
            position += 1
        if position == len(visible):
            raise Unmapped("unmapped")
        spans[at] = visible[position][1:]
        position += 1
    return Source(content, report.encoding, spans)


def _visible(content: str) -> list[tuple[str, int, int]]:
    """Returns the characters a reader sees, blanks left out, each with its span; an entity is one character."""
    found: list[tuple[str, int, int]] = []
    last = 0
    for match in _MARKUP.finditer(content):
        found += _plain(content, last, match.start())
        last = match.end()
        if match["entity"]:
            char = html.unescape(match["entity"])
            if len(char) == 1 and not char.isspace():
                found.append((char, *match.span()))
    return found + _plain(content, last, len(content))


def _plain(content: str, start: int, end: int) -> list[tuple[str, int, int]]:
    return [
        (content[at], at, at + 1)
        for at in range(start, end)
        if not content[at].isspace() and content[at] != _BOM
    ]
