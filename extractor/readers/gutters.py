"""Tables set by blanks with blank or broken cells: strips on which no line prints part their columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..data import Cell
from .barred import Block
from .lines import Line
from .printed import (
    LEAST_BROKEN,
    MEASURES,
    Field,
    fields,
    header,
    is_marked,
    is_number,
    is_page_mark,
    stretches,
)

_LEAST_ROWS = 3
_SLACK = 3  # a broken line of a cell leaves less than this of its column free
_CUT = re.compile(r"[-−]?\d[\d,]*[.,]")
_WHOLE = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?[.,]?")
_TITLE = 40  # characters of a running title at most
_HEAD = 6  # lines of a header at most


class _Row(NamedTuple):
    """One row: the fields of each column, from the top down."""

    cells: dict[int, list[Field]]


class _Columns(NamedTuple):
    """Columns of print: where each begins and ends, and which hold numbers."""

    sides: Sequence[tuple[int, int]]
    numeric: frozenset[int]

    def of(self, field: Field) -> int:
        """Returns the column that a field of the body stands in."""
        return next(n for n, (left, right) in enumerate(self.sides) if left <= field.left < right)

    def over(self, field: Field) -> tuple[int, int]:
        """Returns the columns, half-open, that a field of the header stands over; the nearest where over none."""
        under = [n for n, (left, right) in enumerate(self.sides) if field.left < right and left < field.right]
        if not under:
            middle = field.left + field.right
            under = [min(range(len(self.sides)), key=lambda n: abs(sum(self.sides[n]) - middle))]
        return under[0], under[-1] + 1

    def off(self, field: Field) -> float:
        """Returns how far a field stands from being flush with the nearest column, on either side or in the middle."""
        apart = ((field.left - left, field.right - right) for left, right in self.sides)
        return min(min(abs(left), abs(right), abs(left + right) / 2) for left, right in apart)


def find_gutters(lines: Sequence[Line], taken: Sequence[Block], text: str) -> list[Block]:
    """Returns the tables among the lines of `text` that no block of `taken` holds, where a cell is blank or broken.

    Full rows of one line each need no strips: `columns` reads them.
    """
    blocks: list[Block] = []
    waiting = list(stretches(lines, taken))
    while waiting:
        own = list(range(*waiting.pop(0)))
        block = _best(lines, own, text)
        while waiting and _page_ends(lines, own[-1] + 1, waiting[0][0]):
            longer = [*own, *_behind_header(lines, own, range(*waiting[0]))]
            joined = _best(lines, longer, text, joined=True)
            if joined is None or (block is not None and joined.columns < block.columns):
                break
            own, block = longer, joined
            waiting.pop(0)
        if block is not None:
            blocks.append(block)
    return blocks


def _page_ends(lines: Sequence[Line], first: int, last: int) -> bool:
    """Returns whether between two lines nothing stands but a page number, and a running title perhaps."""
    between = [line.text for line in lines[first:last] if line.text]
    titles = [text for text in between if not is_page_mark(text)]
    return len(titles) < len(between) and len(titles) <= 1 and all(len(text) <= _TITLE for text in titles)


def _behind_header(lines: Sequence[Line], above: Sequence[int], below: Sequence[int]) -> Sequence[int]:
    """Returns the lines `below` without those that repeat the header of the lines `above`."""
    same = 0
    for here, there in zip(above, below, strict=False):
        if lines[here].text.split() != lines[there].text.split():
            break
        same += 1
    return below[same:]


def _best(lines: Sequence[Line], own: Sequence[int], text: str, *, joined: bool = False) -> Block | None:
    """Returns the table of the lines `own`, measured so that its columns are few and its header stands over them."""
    tried = [_block(lines, own, measure, text, joined) for measure in MEASURES]
    fits = [fit for fit in tried if fit is not None]
    return min(fits, key=lambda fit: (fit[0].columns, fit[1]))[0] if fits else None


def _block(
    lines: Sequence[Line], own: Sequence[int], measure: Callable[[str], int], text: str, joined: bool
) -> tuple[Block, float] | None:
    """Returns a table, and how far its header stands from being flush with its columns; None where it is none."""
    parted = [fields(lines[number], measure, text) for number in own]
    told = [n for n, row in enumerate(parted) if len(row) > 1 and any(map(is_number, row))]
    if len(told) < _LEAST_ROWS:
        return None
    first, end = told[0], told[-1] + 1
    columns = _columns(parted[first:end], [parted[n] for n in told])
    if columns is None:
        return None
    while end < len(parted) and _is_rest(parted[end], parted[end - 1], columns):
        end += 1
    rows = _rows(parted[first:end], columns)
    if rows is None:
        return None
    full = len(rows) == end - first and all(len(row.cells) == len(columns.sides) for row in rows)
    if full and not joined:
        return None
    head = _head(parted, first)
    if len(columns.sides) > max(map(len, parted[head:end])):
        return None  # no line has a field in each: they stand in no columns
    cells = header(parted[head:first], columns.over, _goes_on)
    above = max((cell.row_end for cell in cells), default=0)
    cells += [
        _cell(above + number, column, held)
        for number, row in enumerate(rows)
        for column, held in sorted(_filled(row, len(columns.sides)))
    ]
    at, last = own[head], own[end - 1] + 1
    apart = [lines[number] for number in range(at, last) if number not in own and lines[number].text]
    marks = tuple((line.start, line.end) for line in apart)
    block = Block(at, last, "blanks", tuple(cells), above + len(rows), len(columns.sides), marks=marks)
    return block, sum(columns.off(field) for row in parted[head:first] for field in row)


def _columns(body: Sequence[Sequence[Field]], told: Sequence[Sequence[Field]]) -> _Columns | None:
    """Returns the columns between the strips that no line of `body` prints on; None where they are none of a table."""
    sides: list[tuple[int, int]] = []
    for left, right in sorted((field.left, field.right) for row in body for field in row):
        if sides and left < sides[-1][1]:
            sides[-1] = (sides[-1][0], max(sides[-1][1], right))
        else:
            sides.append((left, right))
    if len(sides) < 2:
        return None
    columns = _Columns(sides, frozenset())
    numbers: set[int] = set()
    words: set[int] = set()
    for row in told:
        own = [columns.of(field) for field in row]
        if any(one == other for one, other in pairwise(own)):
            return None
        for column, field in zip(own, row, strict=True):
            (numbers if is_number(field) else words).add(column)
    if not numbers or not words or numbers & words:
        return None
    return columns._replace(numeric=frozenset(numbers))


def _is_rest(row: Sequence[Field], above: Sequence[Field], columns: _Columns) -> bool:
    """Returns whether a line holds nothing but the rest of cells that fill their columns on the line above.

    Of numbers at least one must have been cut where none ends: 158,814,353.
    """
    upper = {columns.over(field)[0]: field for field in above}
    cut = any(_CUT.fullmatch(field.text) for field in above)
    for field in row:
        first, last = columns.over(field)
        before = upper.get(first)
        full = before is not None and before.right > columns.sides[first][1] - _SLACK
        if before is None or not full or last - first > 1 or field.right > columns.sides[first][1]:
            return False
        if first in columns.numeric:
            if not cut or _WHOLE.fullmatch(before.text + field.text) is None:
                return False
        elif is_marked(field) or is_number(field) or len(before.text) < LEAST_BROKEN:
            return False
    return bool(row)


def _rows(body: Sequence[Sequence[Field]], columns: _Columns) -> list[_Row] | None:
    """Returns the rows of the body; None where numbers stand beside no word and the words above them alone."""
    rows: list[_Row] = []
    above: Sequence[Field] = ()
    for line in body:
        if rows and _is_rest(line, above, columns):
            for field in line:
                rows[-1].cells[columns.of(field)].append(field)
        else:
            row = _Row({columns.of(field): [field] for field in line})
            stray = any(
                column in columns.numeric and not is_number(own[0]) for column, own in row.cells.items()
            )
            if stray or len(row.cells) < len(line):
                return None
            nameless = row.cells.keys() <= columns.numeric
            if nameless and (not rows or not rows[-1].cells.keys() & columns.numeric):
                return None
            rows.append(row)
        above = line
    return rows


def _filled(row: _Row, count: int) -> Iterator[tuple[int, list[Field]]]:
    """Yields the columns of a row with what they hold; a blank one with a field of no width behind the one before."""
    at = min(own[0].start for own in row.cells.values())
    for column in range(count):
        own = row.cells.get(column)
        if own is None:
            own = [Field(at, at, 0, 0, "", "")]
        at = own[0].end
        yield column, own


def _head(parted: Sequence[Sequence[Field]], first: int) -> int:
    """Returns the line on which the header above the line `first` begins: no line of one field opens it."""
    head = first
    while head and first - head < _HEAD and not any(map(is_number, parted[head - 1])):
        head -= 1
    while head < first and len(parted[head]) < 2:
        head += 1
    return head


def _goes_on(over: tuple[int, int], above: str, below: str) -> bool:
    """Says whether what stands over the same one column, no wider than what stands above it, goes on with it."""
    return over[1] - over[0] == 1 and len(below) <= len(above)


def _cell(row: int, column: int, own: Sequence[Field]) -> Cell:
    written = "".join(field.written for field in own)
    return Cell(row, row + 1, column, column + 1, own[0].start, own[0].end, written)
