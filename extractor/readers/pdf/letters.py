"""Letters of a page to lines of text, by where they stand: fonts differ in height, so middles decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

# Letters whose middles differ by less than this share of their size stand on one line.
_SAME_LINE = 0.5
# A gap wider than this share of the letters' size is a blank: between two ASCII letters, and elsewhere.
_ASCII_GAP = 0.2
_GAP = 0.8
# Two equal letters that cover each other by this share are one, printed twice to look bold.
_PRINTED_TWICE = 0.6
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_TOKEN = re.compile(r"[A-Za-z0-9.,%+\-]+|.", re.DOTALL)
# A line is full where less room is left than what follows needs, and so many points and letter sizes more.
_FILLED = 2.0
_SLACK = 0.6
# What office programs leave blank at the sides of a cell, in points.
_PADDING = 8.0


class Letter(NamedTuple):
    """One letter and its box, in points from the top left corner of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """Returns the height of the letter."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Returns the height at which the letter's middle stands."""
        return (self.top + self.bottom) / 2


class Line(NamedTuple):
    """Letters on one line, from left to right."""

    letters: tuple[Letter, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def text(self) -> str:
        """Returns what the line says, with blanks where its letters stand apart."""
        pieces = [self.letters[0].text]
        for left, right in pairwise(self.letters):
            ascii_pair = left.text.isascii() and right.text.isascii()
            if right.x0 - left.x1 > (_ASCII_GAP if ascii_pair else _GAP) * min(left.size, right.size):
                pieces.append(" ")
            pieces.append(right.text)
        return "".join(pieces)


def letters_of(page: Any) -> list[Letter]:
    """Returns the upright letters on a page of pdfplumber, without blanks; a glyph of no known letter is U+FFFD."""
    left, top, right, bottom = page.bbox
    found = []
    for char in page.chars:
        text = _UNMAPPED.sub("\ufffd", char["text"])
        if not char["upright"] or not text.strip() or char["bottom"] <= char["top"]:
            continue
        letter = Letter(text, float(char["x0"]), float(char["x1"]), float(char["top"]), float(char["bottom"]))
        if left <= (letter.x0 + letter.x1) / 2 <= right and top <= letter.middle <= bottom:
            found.append(letter)
    return found


def lines_of(letters: Iterable[Letter]) -> list[Line]:
    """Returns the lines that the letters stand on, from top to bottom."""
    groups: list[list[Letter]] = []
    middle = 0.0
    for letter in sorted(letters, key=lambda item: item.middle):
        if groups and letter.middle - middle < _SAME_LINE * max(letter.size, groups[-1][0].size):
            groups[-1].append(letter)
            middle += (letter.middle - middle) / len(groups[-1])
        else:
            groups.append([letter])
            middle = letter.middle
    return [line_of(group) for group in groups]


def line_of(letters: Iterable[Letter]) -> Line:
    """Returns the line of some letters, each once."""
    kept: list[Letter] = []
    for letter in sorted(letters, key=lambda item: (item.x0, item.x1)):
        if kept and kept[-1].text == letter.text:
            overlap = kept[-1].x1 - letter.x0
            if overlap > _PRINTED_TWICE * (letter.x1 - letter.x0):
                continue
        kept.append(letter)
    return Line(
        tuple(kept),
        kept[0].x0,
        max(letter.x1 for letter in kept),
        min(letter.top for letter in kept),
        max(letter.bottom for letter in kept),
        median(letter.size for letter in kept),
    )


def segments(line: Line, gap: float) -> list[Line]:
    """Returns the parts of a line that stand more than `gap` letter sizes apart."""
    parts: list[list[Letter]] = [[line.letters[0]]]
    for left, right in pairwise(line.letters):
        if right.x0 - left.x1 > gap * line.size:
            parts.append([])
        parts[-1].append(right)
    return [line_of(part) for part in parts] if len(parts) > 1 else [line]


def filled(line: Line, following: Line, room: float, padding: float = 0.0) -> bool:
    """Returns whether `line` ends for want of room: what follows would not fit into the `room` that is left.

    Of the room, `padding` stays blank. A word goes on the next line as a whole; a number cut in two does not.
    """
    token = _TOKEN.match(following.text)
    length = len(token.group()) if token is not None else 1
    if line.text[-1].isdigit() and following.text[0].isdigit():
        length = 1
    needed = following.letters[min(length, len(following.letters)) - 1].x1 - following.x0
    return room < needed + padding + _FILLED + _SLACK * line.size


def cell_text(letters: Sequence[Letter], x0: float, x1: float) -> str:
    """Returns the text of a cell from `x0` to `x1`: lines that end for want of room run on."""
    if not letters:
        return ""
    lines = lines_of(letters)
    pieces = [lines[0].text]
    for line, following in pairwise(lines):
        if not filled(line, following, x1 - x0 - (line.x1 - line.x0), _PADDING):
            pieces.append("\n")
        else:
            pieces.append(blank_between(line, following))
        pieces.append(following.text)
    return "".join(pieces)


def blank_between(line: Line, following: Line) -> str:
    """Returns what stands between two lines that run on: a blank between Latin words, else nothing."""
    around = line.text[-1] + following.text[0]
    return " " if around.isascii() and around.isalpha() else ""
