"""Lines as they print: their fields between blanks, and where on the paper these stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from unicodedata import east_asian_width

from ..data import Cell
from .barred import Block
from .lines import Line, width

_WIDE = re.compile(r"[ \u3000\u00a0]{2,}")
_NUMBER = re.compile(r"[-−+]?[\d,.]+%?|/|[—–-]{1,4}")
_PROSE = re.compile(r"[。！？；]")
_PAGE = re.compile(r"[-—–] ?\d{1,4} ?[-—–]|第 ?\d{1,4} ?页")
LEAST_BROKEN = 6
"""Characters of a label at least that is broken at the end of a line: shorter ones have no need."""
_MARK = re.compile(
    r"其中|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．](?!\d)|[①-⑳]"
)


def _narrow(text: str) -> int:
    """Returns how wide `text` prints where quotes and dashes of Chinese print are as narrow as ASCII."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


MEASURES: Sequence[Callable[[str], int]] = (len, _narrow, width)
"""How wide a text prints in columns: programs count a Chinese character for one or for two, and its quotes so or so."""


class Field(NamedTuple):
    """A field of a line: where it stands in the text, from where to where in print, folded and as it was written."""

    start: int
    end: int
    left: int
    right: int
    text: str
    written: str


def is_number(field: Field) -> bool:
    """Says whether a field is a number, or what stands for one in a table."""
    return _NUMBER.fullmatch(field.text) is not None


def is_marked(field: Field) -> bool:
    """Says whether a field begins with the mark of an item: 一、 (二) 3. 其中"""
    return _MARK.match(field.text) is not None


def is_page_mark(text: str) -> bool:
    """Says whether a line holds a page number alone: - 7 -."""
    return _PAGE.fullmatch(text) is not None


def fields(
    line: Line, measure: Callable[[str], int], text: str, blank: re.Pattern[str] = _WIDE
) -> list[Field]:
    """Returns the fields of a line of `text`, parted by what `blank` finds; `measure` says how wide a text prints."""
    spans, start = [], 0
    for gap in blank.finditer(line.text):
        spans.append((start, gap.start()))
        start = gap.end()
    spans.append((start, len(line.text)))
    return [
        Field(
            line.start + left,
            line.start + right,
            measure(text[line.margin : line.start + left]),
            measure(text[line.margin : line.start + right]),
            line.text[left:right],
            text[line.start + left : line.start + right],
        )
        for left, right in spans
    ]


def stretches(lines: Sequence[Line], taken: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yields the runs of lines, half-open, that may be rows: no blank line, no prose, no page number, in no block."""
    busy = {number for block in taken for number in range(block.first, block.last)}
    at = 0
    while at < len(lines):
        last = at
        while last < len(lines) and last not in busy and _may_be_row(lines[last]):
            last += 1
        if last > at and any(_WIDE.search(line.text) for line in lines[at:last]):
            yield at, last
        at = max(last, at + 1)


def _may_be_row(line: Line) -> bool:
    text = line.text
    return bool(text) and "\t" not in text and not (_PROSE.search(text) or is_page_mark(text))


def header(
    head: Sequence[Sequence[Field]],
    over: Callable[[Field], tuple[int, int]],
    goes_on: Callable[[tuple[int, int], str, str], bool],
) -> list[Cell]:
    """Returns the cells of a header, a row a line; a cell broken over lines is one.

    Args:
        head: the fields of its lines, from the top.
        over: the columns, half-open, that a field stands over; fields beside each other over the same ones are joined.
        goes_on: says of columns, the last line of a cell over them and the line below, whether this belongs to it.
    """
    cells: list[Cell] = []
    above: dict[tuple[int, int], int] = {}
    lowest: dict[int, str] = {}  # the last line of each cell
    for line, row in enumerate(head):
        here: dict[tuple[int, int], int] = {}
        for columns, group in groupby(row, key=over):
            parts = list(group)
            text = "".join(part.written for part in parts)
            place = above.get(columns)
            if place is not None and goes_on(columns, lowest[place], text):
                upper = cells[place]
                cells[place] = Cell(upper.row, line + 1, *columns, upper.start, upper.end, upper.text + text)
            else:
                place = len(cells)
                cells.append(Cell(line, line + 1, *columns, parts[0].start, parts[0].end, text))
            lowest[place] = text
            here[columns] = place
        above = here
    return cells
