"""Tables written with "|": one cell a line (linear), Markdown, and rows of "a | b |" (pipes)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..data import Cell
from ..knowledge import Layout
from ..numerals import INNER_MARK, ITEM_MARK, PART_MARK
from .lines import Line, width

_RULE = re.compile(r"\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?")
_BAR = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(rf"#{{1,6}}\s|{PART_MARK}|{ITEM_MARK}|{INNER_MARK}")
_SENTENCE = re.compile(r"[。！？；!?;]")
_TITLE = re.compile(r"表 ?(?:[(\uff08][^()\uff08\uff09]{0,30}[)\uff09])?$")
"""How the title of a table ends."""
_PAGE_NUMBER = re.compile(r"\d{1,3}")
_NUMBER_LAST = re.compile(r"\d[\d,.%]*$")
# Lines between two pieces of one broken table: this many at most, none wider than this (half widths).
_GAP = 16
_TORN = 44
_WORDS = re.compile(r"[(\[（“《\d.、]*[\u3400-\u9fff]")
# More rows than these that open without words are rows cut in the wrong places.
_WORDLESS = 2
# So many labels in a row without a number are column labels.
_HEADED = 3
# In a table of one cell a line: lines without a bar between two with one; a longer line may be prose.
_LINEAR_GAP = 3
_LINEAR_CELL = 60


class Block(NamedTuple):
    """A table found among lines: it takes lines `first` to `last` (half-open); `short` where it breaks off.

    `captions` and `marks` are the spans of captions and of page numbers that stand inside it.
    """

    first: int
    last: int
    layout: str
    cells: tuple[Cell, ...]
    rows: int
    columns: int
    short: bool = False
    captions: tuple[tuple[int, int], ...] = ()
    marks: tuple[tuple[int, int], ...] = ()


def find_barred(lines: Sequence[Line], layout: Layout) -> list[Block]:
    """Returns the tables with bars, in order."""
    if not any("|" in line.text for line in lines):
        return []
    blocks: list[Block] = []
    at = tried = rejected = 0
    while at < len(lines):
        block = None
        if at >= tried and lines[at].text.endswith("|") and lines[at].text.count("|") == 1:
            tried = _linear_end(lines, at)
            block = _linear(lines, at, tried)
        if block is None and at >= rejected and "|" in lines[at].text:
            block = _rows(lines, at, layout)
            rejected = _run(lines, at) if block is None else rejected
        if block is not None:
            if blocks and blocks[-1].last > block.first:
                block = block._replace(first=blocks[-1].last)
            blocks.append(block)
            at = block.last
        else:
            at += 1
    return blocks


# ---------------------------------------------------------------- one cell a line


def _linear_end(lines: Sequence[Line], first: int) -> int:
    """Returns the line after the last bar that closes a line, with three lines without one at most between."""
    last, gap, end = first, 0, first
    while last < len(lines) and gap <= _LINEAR_GAP:
        text = lines[last].text
        if text.endswith("|"):
            if text.count("|") > 1:
                break
            gap, end = 0, last + 1
        elif _ends_linear(text, last > end and not lines[last - 1].text):
            break
        else:
            gap += 1
        last += 1
    return end


def _ends_linear(text: str, apart: bool) -> bool:
    """Returns whether a line is prose or, set apart by a blank line, a heading."""
    if len(text) > _LINEAR_CELL and _SENTENCE.search(text):
        return True
    return apart and _HEADING.match(text.translate(_PLAIN)) is not None


def _linear(lines: Sequence[Line], first: int, end: int) -> Block | None:
    """Returns the table of one cell a line in lines `first` to `end`, None where they are none.

    A lone bar opens each row; a lone bar inside a row is a blank cell. How many cells a row has is what
    most stretches between lone bars hold.
    """
    body = lines[first:end]
    bare = [number for number, line in enumerate(body) if line.text == "|"]
    if len(bare) < 2:
        return None
    filled = [line.text for line in body if line.text and line.text != "|"]
    closed = sum(1 for text in filled if text.endswith("|")) * 2 >= len(filled)
    if not closed and len(bare) < 3:
        return None
    items = _items(body, closed)
    marks = [number for number, item in enumerate(items) if item[2] == "|"]
    sizes = Counter(right - left - 1 for left, right in pairwise(marks) if right - left > 1)
    if not sizes or max(sizes) < 2:
        return None
    columns = max(sizes, key=lambda size: (sizes[size], size))
    cells, rows, short = _linear_rows(items, columns, bool(body) and body[0].text != "|")
    texts = {line.start: line.text for line in body}
    wordless = sum(1 for cell in cells if cell.column == 0 and not _WORDS.match(texts.get(cell.start, "")))
    if wordless > _WORDLESS and any(right - left == 1 for left, right in pairwise(marks)):
        cells, rows, columns = _labelled_rows(items, texts)
    return Block(first, end, "linear", tuple(cells), rows, columns, short)


def _items(body: Sequence[Line], closed: bool) -> list[tuple[int, int, str]]:
    """Returns the cells and lone bars of a linear table as (start, end, text).

    Where cells end with a bar, a line without one goes on in the next line.
    """
    items: list[tuple[int, int, str]] = []
    start = -1
    for line in body:
        if not line.text:
            continue
        if line.text == "|" and start < 0:
            items.append((line.start, line.start, "|"))
            continue
        opened = line.start if start < 0 else start
        if closed and not line.text.endswith("|"):
            start = opened
            continue
        text = line.text.removesuffix("|").rstrip()
        items.append((opened, line.start + len(text), "cell"))
        start = -1
    return items


def _linear_rows(
    items: Sequence[tuple[int, int, str]], columns: int, headless: bool
) -> tuple[list[Cell], int, bool]:
    """Returns cells, the number of rows, and whether the last row breaks off."""
    cells: list[Cell] = []
    row = 0
    at = 0 if headless else 1
    short = False
    while at < len(items):
        taken = list(items[at : at + columns])
        blanks = sum(1 for item in taken if item[2] == "|")
        ahead = at + columns
        whole = len(taken) == columns and (ahead >= len(items) or items[ahead][2] == "|")
        whole = whole and not (blanks and _several(taken))
        if blanks and not whole:
            # A row of fewer cells: it ends at its first lone bar.
            stop = next(number for number, item in enumerate(taken) if item[2] == "|")
            taken, ahead = taken[:stop], at + stop
        elif not whole and len(taken) == columns:
            # More cells than the others have: up to the next lone bar.
            ahead = next((n for n in range(at, len(items)) if items[n][2] == "|"), len(items))
            taken = list(items[at:ahead])
        if any(item[2] != "|" for item in taken):
            for column, (start, end, _) in enumerate(taken):
                cells.append(Cell(row, row + 1, column, column + 1, start, end, ""))
            row += 1
            short = len(taken) < columns
        at = ahead + 1
    return cells, row, short


def _labelled_rows(
    items: Sequence[tuple[int, int, str]], texts: Mapping[int, str]
) -> tuple[list[Cell], int, int]:
    """Returns cells, rows and columns of a table with blank cells: what follows a lone bar says what the bar is.

    Words open a row; numbers go on with it, behind a blank cell, but where it holds nothing than column labels.
    """
    rows: list[list[tuple[int, int]]] = [[]]
    labels = 0
    for number, (start, end, kind) in enumerate(items):
        if kind != "|":
            rows[-1].append((start, end))
            labels = labels + 1 if _WORDS.match(texts[start]) else -len(items)
            continue
        following = items[number + 1] if number + 1 < len(items) else None
        words = following is None or (following[2] != "|" and _WORDS.match(texts[following[0]]))
        if words or labels >= _HEADED:
            rows.append([])
            labels = 0
        elif rows[-1]:
            rows[-1].append((start, start))
    filled = [row for row in rows if any(end > start for start, end in row)]
    cells = [
        Cell(row, row + 1, column, column + 1, start, end, "")
        for row, places in enumerate(filled)
        for column, (start, end) in enumerate(places)
    ]
    return cells, len(filled), max((len(row) for row in filled), default=0)


def _several(taken: Sequence[tuple[int, int, str]]) -> bool:
    """Returns whether what stands between lone bars are rows of their own: each a label and more."""
    sizes = [0]
    for item in taken:
        if item[2] == "|":
            sizes.append(0)
        else:
            sizes[-1] += 1
    return min(sizes) > 1


# ---------------------------------------------------------------- rows on one line


def _rows(lines: Sequence[Line], first: int, layout: Layout) -> Block | None:
    """Returns the table of barred rows that begins at line `first`, its torn pieces put together."""
    last = _run(lines, first)
    markdown = any(_ruled(line.text) for line in lines[first:last])
    if not markdown and not _worth(lines[first:last]):
        return None
    start = first
    while True:
        ahead = last
        while ahead < len(lines) and ahead - last <= _GAP and _torn(lines[ahead]):
            ahead += 1
        if ahead >= len(lines) or ahead - last > _GAP or "|" not in lines[ahead].text:
            break
        following = _run(lines, ahead)
        piece = lines[ahead:following]
        if not any(_ruled(line.text) for line in piece) and not _worth(piece):
            break
        between = [line.text for line in lines[last:ahead] if line.text]
        headed = len(piece) > 1 and _ruled(piece[1].text)
        named = not any(cell.strip()[:1].isdigit() for cell in piece[0].text.split("|"))
        other = named and bool(between) and piece[0].text.count("|") != lines[first].text.count("|")
        titled = named and any(_TITLE.search(text) and layout.caption.fullmatch(text) for text in between)
        if titled or (headed and (other or any(map(layout.caption.fullmatch, between)))):
            break  # a title and a header, or a caption or words and other columns, a header and a rule: another table
        last = following
    if markdown:
        start = _above(lines, first, layout)
    cells: list[Cell] = []
    captions: list[tuple[int, int]] = []
    marks: list[tuple[int, int]] = []
    row = 0
    framed = markdown or all(line.text.startswith("|") for line in lines[start:last] if "|" in line.text)
    for line in lines[start:last]:
        if not line.text or _ruled(line.text):
            continue
        if line.text[0] == "#" or _PAGE_NUMBER.fullmatch(line.text):
            (captions if line.text[0] == "#" else marks).append((line.start, line.end))
            continue
        parts = _split(line, framed) if "|" in line.text else [(line.start, line.end)]
        for column, (left, right) in enumerate(parts):
            cells.append(Cell(row, row + 1, column, column + 1, left, right, ""))
        row += 1
    columns = max((cell.column_end for cell in cells), default=0)
    kind = "markdown" if markdown else "pipes"
    return Block(start, last, kind, tuple(cells), row, columns, False, tuple(captions), tuple(marks))


def _run(lines: Sequence[Line], first: int) -> int:
    """Returns the line after the barred rows that begin at `first`; single blank lines may part them."""
    last = at = first
    while at < len(lines) and at - last <= 1:
        if "|" in lines[at].text:
            last = at + 1
        elif lines[at].text:
            break
        at += 1
    return last


def _ruled(text: str) -> bool:
    return "|" in text and "-" in text and _RULE.fullmatch(text) is not None


def _worth(rows: Sequence[Line]) -> bool:
    """Returns whether barred rows without a rule line are a table: two of them, most of one shape."""
    filled = [line.text for line in rows if line.text]
    if len(filled) < 2:
        return False
    prose = sum(1 for text in filled if len(text) > 60 and _SENTENCE.search(text))
    return prose * 4 <= len(filled) and sum(len(_BAR.findall(text)) for text in filled) >= len(filled) + 1


def _torn(line: Line) -> bool:
    """Returns whether a line can be a piece of a label torn from its row."""
    if not line.text:
        return True
    if "|" in line.text or width(line.text) > _TORN or _SENTENCE.search(line.text):
        return False
    return line.text[0] != "#" and (_HEADING.match(line.text) is None or line.text[0] in "(（")


def _above(lines: Sequence[Line], first: int, layout: Layout) -> int:
    """Returns the first of the header lines torn off above a Markdown table: `first` where there are none."""
    at = start = first
    while at > 0:
        line = lines[at - 1]
        text = line.text
        caption = text.startswith("#")
        if "|" in text:
            break
        if text and not caption:
            plain = text.translate(_PLAIN)
            numbered = _NUMBER_LAST.search(text) is not None
            if width(text) > 56 or _SENTENCE.search(text) or numbered or _HEADING.match(plain):
                break
            known = layout.label.search("".join(plain.split())) or layout.head.search("".join(plain.split()))
            if known is None and len(text) > 18:
                break
            start = at - 1
        at -= 1
    head = "".join("".join(line.text.translate(_PLAIN).split()) for line in lines[start:first])
    return start if layout.head.search(head) else first


_PLAIN = str.maketrans("（）：，", "():,")


def _split(line: Line, framed: bool) -> list[tuple[int, int]]:
    """Returns the spans of the cells of a barred row; a bar at the end opens no cell.

    Nor does one at the beginning where the rows of the table are `framed`; else the first cell is blank.
    """
    text, base = line.text, line.start
    bars = [mark.start() for mark in _BAR.finditer(text)]
    edges = [-1, *bars, len(text)]
    if framed and bars and not text[: bars[0]].strip():
        edges = edges[1:]
    if bars and not text[bars[-1] + 1 :].strip() and len(edges) > 2:
        edges = edges[:-1]
    spans = []
    for left, right in pairwise(edges):
        body = text[left + 1 : right]
        inner = body.strip()
        start = base + left + 1 + (len(body) - len(body.lstrip()) if inner else 0)
        spans.append((start, start + len(inner)))
    return spans
