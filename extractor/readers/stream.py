"""Tables without any mark: where they begin and end. What their cells are, only a template can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..knowledge import Layout
from ..numerals import ITEM_MARK, PART_MARK
from .lines import Line, width

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\s\u200b]+")
# A label that is not known, before the cells of its row.
_LABEL = re.compile(r"[^\d。！？；!?;]{1,32}(?=\d)")
_STOP = re.compile(r"[。！？；!?;“《]")
_PROSE = re.compile(r"[,:]")
# A label, known or not, before three cells at least, apart or glued: no heading has that.
_ROW = re.compile(r"[^\d。！？；!?;,:]{1,32}(?=\d[\d.]*(?: \d[\d.]*){2}|\d{5})")
_HEADING = re.compile(rf"{PART_MARK}|{ITEM_MARK}")
_NUMBER_LINE = re.compile(r"[-−+]?\d[\d,.]*%?|/|[—–-]{1,4}")
_SENTENCE_LINE = re.compile(r".*[。！？；：,，、]$|.*[。！？；]")
# The longest stretch between two known labels that may be a label nobody knows.
_UNKNOWN = 36
_LEAST_NUMBERS = 3
_LEAST_LABELS = 6
# A table of one cell a line that no template knows: this many number lines, this share of all.
_NUMBER_LINES = 6
_SHARE = 3
_CELL_WIDTH = 60


class Squeezed(NamedTuple):
    """Text without blanks, and where each of its characters stands."""

    text: str
    places: list[int]


def squeeze(folded: str, spans: Sequence[tuple[int, int]]) -> Squeezed:
    """Returns the text of `spans` without blanks and with the way back.

    One blank stays between two digits: what it parts are two numbers.
    """
    pieces: list[str] = []
    places: list[int] = []
    for start, end in spans:
        for word in _WORD.finditer(folded, start, end):
            if pieces and pieces[-1][-1].isdigit() and word.group()[0].isdigit():
                pieces.append(" ")
                places.append(word.start() - 1)
            pieces.append(word.group())
            places.extend(range(word.start(), word.end()))
    return Squeezed("".join(pieces), places)


def find_streams(folded: str, spans: Sequence[tuple[int, int]], layout: Layout) -> list[tuple[int, int]]:
    """Returns the spans of the tables without marks in `spans` of `folded`, in order.

    A table begins at a known head and goes on over labels, numbers and single unknown labels; it ends at
    the last of them before a section heading or a stretch of prose.
    """
    if layout.head.search("".join("".join(folded[start:end].split()) for start, end in spans)) is None:
        return []
    text, places = squeeze(folded, spans)
    found: list[tuple[int, int]] = []
    at = 0
    while True:
        head = layout.head.search(text, at)
        if head is None:
            return found
        end, numbers, labels = _walk(text, head.start(), layout)
        if end > head.start() and (numbers >= _LEAST_NUMBERS or labels >= _LEAST_LABELS):
            found.append((places[head.start()], places[end - 1] + 1))
            at = end
        else:
            at = head.end()


def _walk(text: str, at: int, layout: Layout) -> tuple[int, int, int]:
    """Returns the end of the table that begins at `at`, and how many numbers and labels it holds."""
    numbers = labels = 0
    last_number = last_label = at
    since = 0
    while at < len(text):
        token = layout.token.match(text, at)
        if token is not None and token.end() > at:
            at = token.end()
            if token.lastgroup == "number":
                numbers, last_number, since = numbers + 1, at, 0
            elif token.lastgroup == "label":
                labels, last_label, since = labels + 1, at, since + 1
            elif last_number == token.start():
                last_number = _unit_end(text, token.start(), at)
            continue
        row = _ROW.match(text, at) if numbers else None
        if row is None and numbers and since == 0 and _HEADING.match(text, at):
            break
        ahead = _beyond(text, at, layout) if row is None else row.end()
        if ahead is None:
            break
        numbers += len(_DIGITS.findall(text, at, ahead))
        at = ahead
    return (last_number if numbers else last_label), numbers, labels


def _unit_end(text: str, start: int, end: int) -> int:
    """Returns `end` where a unit follows a number (895.90元), `start` where it is punctuation."""
    return end if text[start:end].isalpha() else start


def _beyond(text: str, at: int, layout: Layout) -> int | None:
    """Returns where the table goes on behind an unknown stretch at `at`, None where prose begins."""
    for label in layout.label.finditer(text, at, at + _UNKNOWN + 40):
        between = text[at : label.start()]
        if len(between) > _UNKNOWN or _STOP.search(between) or _HEADING.search(between):
            break
        if layout.token.match(text, label.end()) is not None:
            return label.start()
        if _PROSE.search(between):
            break
    unknown = _LABEL.match(text, at)
    if unknown is None or _HEADING.match(text, at) or "," in unknown.group():
        return None
    number = layout.token.match(text, unknown.end())
    if number is None or number.lastgroup != "number":
        return None
    after = number.end()
    if after < len(text) and not (layout.label.match(text, after) or _HEADING.match(text, after)):
        return None
    return unknown.end()


def find_cell_lines(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Returns the line ranges that read as a table of one cell a line, by their numbers alone."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        last = at
        while last < len(lines) and _cell(lines[last]):
            last += 1
        run = [number for number in range(at, last) if is_number(lines[number].text)]
        filled = sum(1 for number in range(at, last) if lines[number].text)
        if len(run) >= _NUMBER_LINES and len(run) * _SHARE >= filled:
            first = run[0]
            while first > at and lines[first - 1].text and not _HEADING.match(lines[first - 1].text):
                first -= 1
            found.append((first, run[-1] + 1))
        at = max(last, at + 1)
    return found


def is_number(line: str) -> bool:
    """Says whether a line holds a number, or the mark of a cell without one, and nothing else."""
    return _NUMBER_LINE.fullmatch(line) is not None


def _cell(line: Line) -> bool:
    return width(line.text) <= _CELL_WIDTH and _SENTENCE_LINE.match(line.text) is None
