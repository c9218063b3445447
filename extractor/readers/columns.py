"""Tables whose columns are parted by tabs or blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from ..data import Cell
from .barred import Block
from .lines import Line, width

_TAB = re.compile(r" *\t *")
_WIDE = re.compile(r"[ \u3000\u00a0]{2,}")
_BLANK = re.compile(r"[ \u3000\u00a0]+")
_NUMBER = re.compile(r"[-−+]?[\d,.]+%?|/|[—–-]{1,4}")
_PROSE = re.compile(r"[。！？；]")
_PAGE = re.compile(r"[-—–] ?\d{1,4} ?[-—–]|第 ?\d{1,4} ?页")
_ROWS = 3
_GAP = 4  # lines at the end of a page, a page mark among them, that may part the rows of one table
_FULL = 3  # rows with a field in every column that tell where the columns stand, at least
_FLUSH = 0.6  # of their fields stand flush below one another (a heading may be centred)
_Fields = Callable[[Line], list[tuple[int, int]]]
# A line of one field is a row where so many tabulators stand around it.
_MANY_TABS = 3


def find_columns(lines: Sequence[Line], taken: Sequence[Block], text: str) -> list[Block]:
    """Returns the tables of tabbed or blank-parted rows among the lines of `text` that no block of `taken` holds."""
    busy = {number for block in taken for number in range(block.first, block.last)}
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        for layout, least, fields in (("tabs", 2, _tabbed), ("blanks", _ROWS, _spaced)):
            last = _run(lines, at, busy, fields)
            marks: list[tuple[int, int]] = []
            while last > at and (ahead := _over(lines, last, busy, fields)):
                marks += [(line.start, line.end) for line in lines[last:ahead] if line.text]
                last = _run(lines, ahead, busy, fields)
            own = [line for line in lines[at:last] if line.text and (line.start, line.end) not in marks]
            if len(own) < least:
                continue
            rows = [fields(line) for line in own]
            if layout == "blanks" and not _numeric(own, rows):
                continue
            first = at
            if layout == "blanks":
                if at and at - 1 not in busy and (head := _header(lines[at - 1], rows)):
                    first, own, rows = at - 1, [lines[at - 1], *own], [head, *rows]
                rows = _aligned(own, rows, text)
            blocks.append(_block(first, last, layout, rows)._replace(marks=tuple(marks)))
            at = last
            break
        else:
            at += 1
    return blocks


def _run(lines: Sequence[Line], at: int, busy: AbstractSet[int], fields: _Fields) -> int:
    """Returns the line after the rows that begin at `at`."""
    while at < len(lines) and at not in busy and fields(lines[at]):
        at += 1
    return at


def _over(lines: Sequence[Line], last: int, busy: AbstractSet[int], fields: _Fields) -> int:
    """Returns the row with a number that goes on with a table behind the page mark at its end; 0 where none does."""
    ahead, marked = last, False
    while ahead < len(lines) and ahead - last < _GAP and ahead not in busy:
        text = lines[ahead].text
        if text and _PAGE.fullmatch(text) is None:
            break
        marked = marked or bool(text)
        ahead += 1
    if not marked or ahead >= len(lines) or ahead in busy:
        return 0
    row = fields(lines[ahead])
    return ahead if row and _is_number(lines[ahead], row[-1]) else 0


def _tabbed(line: Line) -> list[tuple[int, int]]:
    before, behind = line.tabs
    if ("\t" not in line.text and before + behind < _MANY_TABS) or not line.text or _PROSE.search(line.text):
        return []
    fields = _fields(line, _TAB) or [(line.start, line.end)]
    return [(line.start, line.start)] * before + fields + [(line.end, line.end)] * behind


def _spaced(line: Line) -> list[tuple[int, int]]:
    """Returns the fields of a row parted by blanks: two at least, the last a number unless blanks are wide."""
    if not _BLANK.search(line.text) or _PROSE.search(line.text) or _PAGE.fullmatch(line.text):
        return []
    wide = _fields(line, _WIDE)
    if len(wide) >= 3:
        return wide
    fields = _fields(line, _BLANK)
    trailing = len(fields) > 2 and all(_is_number(line, field) for field in fields[-2:])
    return (
        fields
        if trailing or (len(wide) == 2 and any(_is_number(line, field) for field in fields[1:]))
        else []
    )


def _header(line: Line, rows: Sequence[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Returns the fields of a header row above rows of just as many fields; [] where the line is none."""
    fields = [] if _PROSE.search(line.text) else _fields(line, _BLANK)
    usual = max(len(row) for row in rows)
    alike = sum(1 for row in rows if len(row) == usual) * 2 > len(rows)
    return fields if len(fields) == usual > 2 and alike else []


def _aligned(
    lines: Sequence[Line], rows: Sequence[list[tuple[int, int]]], text: str
) -> list[list[tuple[int, int]]]:
    """Returns the rows with blank fields where columns that are set below one another have none.

    The rows with a field in every column tell where each begins or ends in print; a shorter row is filled up only where
    all its fields stand so, else it stays as it is.
    """
    usual = max(len(row) for row in rows)
    if all(len(row) == usual for row in rows):
        return list(rows)
    places = [_printed(line, row, text) for line, row in zip(lines, rows, strict=True)]
    full = [row for row in places if len(row) == usual]
    if len(full) < _FULL:
        return list(rows)
    columns = [_edge(column) for column in zip(*full, strict=True)]
    return [
        _filled(row, place, columns) if len(row) < usual else row
        for row, place in zip(rows, places, strict=True)
    ]


def _printed(line: Line, row: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Returns where the fields of a row begin and end in print, in half widths from the margin."""
    return [(width(text[line.margin : start]), width(text[line.margin : end])) for start, end in row]


def _edge(column: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Returns the side on which the fields of a column are flush (0 left, 1 right) and where; None on neither."""
    flush = [(*Counter(field[side] for field in column).most_common(1)[0], side) for side in (0, 1)]
    place, count, side = max(flush, key=lambda item: item[1])
    return (side, place) if count >= _FLUSH * len(column) else None


def _filled(
    row: list[tuple[int, int]], places: Sequence[tuple[int, int]], columns: Sequence[tuple[int, int] | None]
) -> list[tuple[int, int]]:
    """Returns a row with a blank field where a column holds none of its own, as it is where one stands in no column."""
    filled: list[tuple[int, int]] = []
    taken = 0
    for edge in columns:
        if taken < len(row) and edge is not None and places[taken][edge[0]] == edge[1]:
            filled.append(row[taken])
            taken += 1
        else:
            blank = row[taken - 1][1] if taken else row[0][0]
            filled.append((blank, blank))
    return filled if taken == len(row) else row


def _is_number(line: Line, field: tuple[int, int]) -> bool:
    return _NUMBER.fullmatch(line.text, field[0] - line.start, field[1] - line.start) is not None


def _numeric(lines: Sequence[Line], rows: Sequence[list[tuple[int, int]]]) -> bool:
    """Returns whether enough of the rows end in a number to be a table, not aligned prose."""
    ends = sum(1 for line, row in zip(lines, rows, strict=True) if _is_number(line, row[-1]))
    return ends * 2 >= len(rows)


def _fields(line: Line, blank: re.Pattern[str]) -> list[tuple[int, int]]:
    spans, start = [], 0
    for gap in blank.finditer(line.text):
        spans.append((line.start + start, line.start + gap.start()))
        start = gap.end()
    spans.append((line.start + start, line.end))
    return spans if len(spans) > 1 else []


def _block(first: int, last: int, layout: str, rows: Sequence[Sequence[tuple[int, int]]]) -> Block:
    cells = tuple(
        Cell(number, number + 1, column, column + 1, start, end, "")
        for number, row in enumerate(rows)
        for column, (start, end) in enumerate(row)
    )
    return Block(first, last, layout, cells, len(rows), max(len(row) for row in rows))
