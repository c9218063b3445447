"""Lines of a text, with their places."""

from __future__ import annotations

from typing import NamedTuple

_BLANK = " \t\r\f\v\u00a0\u3000\ufeff\u200b"


class Line(NamedTuple):
    """A line without its blanks: `start`/`end` in the text of the report, `text` what stands there.

    `tabs` counts the tabulators before and behind it: each is a blank cell where the line is a table's row. `margin` is
    where the line begins, with the blanks before it.
    """

    start: int
    end: int
    text: str
    tabs: tuple[int, int] = (0, 0)
    margin: int = 0


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """Returns the lines of `text[start:end]`; blank lines stand as lines of no text."""
    found = []
    for raw in text[start:end].split("\n"):
        body = raw.strip(_BLANK)
        if len(body) == len(raw):
            found.append(Line(start, start + len(raw), raw, margin=start))
            start += len(raw) + 1
            continue
        before = len(raw) - len(raw.lstrip(_BLANK)) if body else 0
        left, behind = start + before, before + len(body)
        tabs = (raw.count("\t", 0, before), raw.count("\t", behind)) if "\t" in raw else (0, 0)
        found.append(Line(left, left + len(body), body, tabs, start))
        start += len(raw) + 1
    return found


def width(text: str) -> int:
    """Returns how wide `text` prints, in half widths: 1 for ASCII, 2 for a Chinese character."""
    return (len(text) + len(text.encode("utf-8", "replace"))) // 2
