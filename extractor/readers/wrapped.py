"""Tables set by blanks whose labels run over several lines, as a page prints them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from math import inf
from typing import NamedTuple

from ..data import Cell
from .barred import Block
from .lines import Line
from .printed import LEAST_BROKEN, MEASURES, Field, fields, header, is_marked, is_number, stretches

_GAP = re.compile(r"[ \u3000\u00a0]+")
_LEAST_ROWS = 3
_HEADER, _MANY = 2, 8  # lines of a header over one line of so many numbers
_AWAY = 1.5  # from what stands over them the numbers stand no further than this
_FLUSH = 0.5  # of the rows have their numbers flush below one another, whatever counts as a column of print
_SLACK = 2  # a broken line of a label leaves at most so many characters of its room
_NEAR = 3  # and so many before the next field
_SAME = 2  # starts of fields nearer than this are of one column


class _Label(NamedTuple):
    """A label that may run over several lines: its fields, the first line it rules and the one behind its last."""

    column: int
    first: int
    last: int
    fields: tuple[Field, ...]

    @property
    def text(self) -> str:
        """Its fields as one text."""
        return "".join(field.written for field in self.fields)


class _Row(NamedTuple):
    """A line of the stretch: its fields before the numbers at its end, and these."""

    labels: list[Field]
    numbers: list[Field]


def find_wrapped(lines: Sequence[Line], taken: Sequence[Block], text: str) -> list[Block]:
    """Returns the tables with broken labels among the lines of `text` that no block of `taken` holds, in order.

    Print counts a Chinese character for one column or for two; what sets the numbers flush is taken.
    """
    found = (_best(lines[first:last], first, text) for first, last in stretches(lines, taken))
    return [block for block in found if block is not None]


def _best(lines: Sequence[Line], at: int, text: str) -> Block | None:
    if len(lines) <= _LEAST_ROWS:
        return None
    measured = [[_row(line, measure, text) for line in lines] for measure in MEASURES]
    for rows in measured:
        if _flush(rows):
            return _block(rows, at)
    rows = min(measured, key=_off)
    return _below_header(rows, at) if _off(rows) <= _AWAY else None


def _off(rows: Sequence[_Row]) -> float:
    """Returns how far, on average, the last line's numbers stand from being flush with the header's fields over them.

    Infinity for rows that are no header of several lines over one of numbers.
    """
    *head, last = rows
    over = [field for row in head for field in row.labels]
    few = len(head) < _HEADER or len(last.numbers) < _MANY
    if few or not over or last.labels or any(row.numbers for row in head):
        return inf
    return sum(min(_apart(number, field) for field in over) for number in last.numbers) / len(last.numbers)


def _apart(number: Field, field: Field) -> float:
    """Returns how far a number stands from being flush with a field, on either side or in the middle."""
    left, right = number.left - field.left, number.right - field.right
    return min(abs(left), abs(right), abs(left + right) / 2)


def _below_header(rows: Sequence[_Row], at: int) -> Block | None:
    *head, last = rows
    while head and len(head[0].labels) < 2:
        head, at = head[1:], at + 1
    if len(head) < _HEADER:
        return None
    cells = _head_cells(head, [last], 0, -_NEAR)
    above = max(cell.row_end for cell in cells)
    cells += [_cell(above, column, field) for column, field in enumerate(last.numbers)]
    return Block(at, at + len(head) + 1, "blanks", tuple(cells), above + 1, len(last.numbers))


def _row(line: Line, measure: Callable[[str], int], text: str) -> _Row:
    """Returns the fields of a line; a number alone behind its label stands apart from it by two blanks."""
    own = fields(line, measure, text, _GAP)
    tail = len(own)
    while tail and is_number(own[tail - 1]):
        tail -= 1
    if tail == len(own):
        return _Row(fields(line, measure, text), [])
    numbers = own[tail:]
    labels = [field for field in fields(line, measure, text) if field.start < numbers[0].start]
    if labels and labels[-1].end > numbers[0].start:  # one blank before the number
        if len(numbers) < 2:
            return _Row(labels, [])
        cut = own[tail - 1].end
        labels[-1] = labels[-1]._replace(
            end=cut,
            right=own[tail - 1].right,
            text=line.text[labels[-1].start - line.start : cut - line.start],
            written=text[labels[-1].start : cut],
        )
    return _Row(labels, numbers)


def _flush(rows: Sequence[_Row]) -> bool:
    """Returns whether most rows have as many numbers as each other, flush on one side in every column."""
    counts = Counter(len(row.numbers) for row in rows if row.numbers)
    if not counts:
        return False
    usual, often = counts.most_common(1)[0]
    if often < _LEAST_ROWS or often < _FLUSH * counts.total():
        return False
    for column in range(usual):
        sides = [
            (row.numbers[column].left, row.numbers[column].right) for row in rows if len(row.numbers) == usual
        ]
        middles = [(left + right) // 2 for left, right in sides]
        for places in ([left for left, _ in sides], [right for _, right in sides], middles):
            if sum(abs(place - _usual(places)) <= 1 for place in places) >= _FLUSH * often:
                break
        else:
            return False
    return True


def _usual(places: Sequence[int]) -> int:
    return Counter(places).most_common(1)[0][0]


def _block(rows: Sequence[_Row], at: int) -> Block | None:
    """Returns the table of the rows; None where no label of it is broken or a line fits in nowhere."""
    numeric = [place for place, row in enumerate(rows) if row.numbers]
    first, end = numeric[0], numeric[-1] + 1
    usual = Counter(len(rows[place].numbers) for place in numeric).most_common(1)[0][0]
    if any(len(rows[place].numbers) != usual for place in numeric):
        return None
    zone = max(rows[place].numbers[0].left for place in numeric)
    columns = _starts(rows[first:])
    while end < len(rows) and _goes_on(rows[first:end], rows[end], zone):
        end += 1
    body = rows[first:end]
    if len(body) == len(numeric) or any(field.right > zone for row in body for field in row.labels):
        return None
    labels = _labels(body, columns)
    if labels is None:
        return None
    depth = max(label.column for label in labels) + 1
    head = first
    begin = min(rows[place].numbers[0].left for place in numeric)
    while head and any(field.right > begin for field in rows[head - 1].labels) and not rows[head - 1].numbers:
        head -= 1
    cells = _head_cells(rows[head:first], body, depth, zone)
    above = max((cell.row_end for cell in cells), default=0)
    count = 0
    for place, row in enumerate(body):
        if not row.numbers:
            continue
        cells += _label_cells(labels, body, place, above + count, depth)
        cells += [_cell(above + count, depth + column, field) for column, field in enumerate(row.numbers)]
        count += 1
    return Block(at + head, at + end, "blanks", tuple(cells), above + count, depth + usual)


def _goes_on(body: Sequence[_Row], row: _Row, zone: int) -> bool:
    """Returns whether a line below the last row can be no more than the rest of its label."""
    if len(row.labels) != 1 or is_marked(row.labels[0]):
        return False
    own = row.labels[0]
    above = [field for field in (body[-1].labels or ()) if abs(field.left - own.left) < _SAME]
    room = max((field.right for line in body for field in line.labels), default=0)
    return (
        bool(above) and own.right <= zone and above[-1].right >= room - _SLACK and own.right < above[-1].right
    )


def _starts(rows: Sequence[_Row]) -> list[int]:
    """Returns where the columns of labels begin."""
    found: list[int] = []
    for place in sorted({field.left for row in rows for field in row.labels}):
        if not found or place - found[-1] >= _SAME:
            found.append(place)
    return found


def _column(field: Field, columns: Sequence[int]) -> int:
    return max(place for place, start in enumerate(columns) if start <= field.left)


def _labels(body: Sequence[_Row], columns: Sequence[int]) -> list[_Label] | None:
    """Returns the labels in order; None where one cannot be told from the next."""
    told: list[tuple[int, int, Field, bool]] = []
    for line, row in enumerate(body):
        for place, field in enumerate(row.labels):
            behind = row.labels[place + 1].left if place + 1 < len(row.labels) else None
            told.append(
                (line, _column(field, columns), field, behind is not None and behind - field.right <= _NEAR)
            )
    used = sorted({column for _, column, _, _ in told})
    labels: list[_Label] = []
    for column in used:
        own = [item for item in told if item[1] == column]
        marked = [item for item in own if is_marked(item[2])]
        marks = _marked(own) if len(marked) >= 2 or len(marked) == len(own) else None
        groups = marks if marks is not None else _plain(own, body)
        if groups is None:
            return None
        room = max(item[2].right for item in own)
        for group in groups:
            if any(
                (not near and field.right < room - _SLACK and not _narrow(field, own))
                or (marks is None and not near and len(field.text) < LEAST_BROKEN)
                for _, _, field, near in group[:-1]
            ):
                return None  # a line that ends in the middle of its room is not broken
            labels.append(
                _Label(used.index(column), group[0][0], len(body), tuple(item[2] for item in group))
            )
    labels.sort(key=lambda label: (label.first, label.column))
    return [_ruling(label, labels) for label in labels]


_Told = tuple[int, int, Field, bool]


def _narrow(field: Field, own: Sequence[_Told]) -> bool:
    """Returns whether a field stands in a column that is narrow here: others of it begin and end where it does."""
    return sum(abs(item[2].right - field.right) <= 1 for item in own) > 1


def _marked(own: Sequence[_Told]) -> list[list[_Told]] | None:
    """Returns the fields of a column in groups, each from a mark (一、 (二) 3.) to the next."""
    groups: list[list[_Told]] = []
    for item in own:
        if is_marked(item[2]):
            groups.append([item])
        elif groups:
            groups[-1].append(item)
        else:
            return None
    return groups


def _plain(own: Sequence[_Told], body: Sequence[_Row]) -> list[list[_Told]] | None:
    """Returns the fields of a column without marks in groups, one a row of numbers.

    Where every row has a field of its own, what stands below goes on with it; else the numbers stand in the middle of
    their labels, with as many lines above as below.
    """
    lines = {item[0]: item for item in own}
    rows = [line for line, row in enumerate(body) if row.numbers]
    if all(line in lines for line in rows):
        groups: list[list[_Told]] = []
        for item in own:
            if body[item[0]].numbers:
                groups.append([item])
            else:
                groups[-1].append(item)
        return groups
    below = len(body) - 1 - rows[-1]
    spans: list[tuple[int, int]] = []
    for before, row in zip([-1, *rows[:-1]][::-1], rows[::-1], strict=True):
        above = below if row in lines or below else 0
        if above > row - before - 1:
            return None
        spans.append((row - above, row + below + 1))
        below = row - before - 1 - above
    if below:
        return None
    parted = [[lines[line] for line in range(*span) if line in lines] for span in spans[::-1]]
    return parted if all(parted) else None


def _ruling(label: _Label, labels: Sequence[_Label]) -> _Label:
    """Returns a label with the line where the next of its column, or of one before it, begins."""
    after = [other.first for other in labels if other.column <= label.column and other.first > label.first]
    return label._replace(last=min(after, default=label.last))


def _label_cells(
    labels: Sequence[_Label], body: Sequence[_Row], place: int, row: int, depth: int
) -> list[Cell]:
    """Returns the labels whose first row of numbers is the line at `place`; the last fills the columns left."""
    ruling = [label for label in labels if label.first <= place < label.last]
    deepest = max((label.column for label in ruling), default=-1)
    told = {label.column for label in ruling}
    at = body[place].numbers[0].start
    cells = [
        Cell(row, row + 1, column, column + 1, at, at, "") for column in range(deepest) if column not in told
    ]  # what a label on the page before rules
    for label in ruling:
        own = [line for line in range(label.first, label.last) if body[line].numbers]
        if own[0] != place:
            continue
        column_end = depth if label.column == deepest else label.column + 1
        rows = len(own) if label.column < deepest else 1
        field = label.fields[0]
        cells.append(Cell(row, row + rows, label.column, column_end, field.start, field.end, label.text))
    return cells


def _head_cells(head: Sequence[_Row], body: Sequence[_Row], depth: int, zone: int) -> list[Cell]:
    """Returns the header over the numbers: what stands on lines one below the other over one column is one cell."""
    numbers = [row.numbers for row in body if row.numbers]
    sides = [
        (min(row[column].left for row in numbers), max(row[column].right for row in numbers))
        for column in range(len(numbers[0]))
    ]
    return header([row.labels for row in head], lambda field: _over(field, sides, depth, zone), _broken)


def _broken(_over: tuple[int, int], above: str, below: str) -> bool:
    """Says whether what is set over the same columns as wide as what stands above it goes on with it."""
    return abs(len(above) - len(below)) <= 1


def _over(field: Field, sides: Sequence[tuple[int, int]], depth: int, zone: int) -> tuple[int, int]:
    """Returns the columns a field of the header stands over."""
    if field.right <= zone and field.left < zone - _NEAR:
        return (0, depth)
    under = [n for n, (left, right) in enumerate(sides) if field.left <= (left + right) // 2 <= field.right]
    if not under:
        middle = (field.left + field.right) / 2
        under = [min(range(len(sides)), key=lambda n: abs(sum(sides[n]) / 2 - middle))]
    return (depth + under[0], depth + under[-1] + 1)


def _cell(row: int, column: int, field: Field) -> Cell:
    return Cell(row, row + 1, column, column + 1, field.start, field.end, field.written)
