"""Tables without rules: lines whose parts stand apart, in columns that numbers share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .letters import Letter, Line, filled, line_of, segments
from .ruled import Grid, Slot

# Parts of a line this many letter sizes apart are cells of a row.
_GAP = 1.1
_LEAST_ROWS = 3
# A row stands no further below the one before it than this many letter sizes.
_PITCH = 3.2
_NUMBER = re.compile(r"[-−+]?[\d,，.]*\d%?|/|[—–-]{1,4}|[—–-]{1,2}")
_PROSE = re.compile(r"[。！？；]|[，,：:]$")
_LEADER = re.compile(r"[.…·]{4,}")


def find_aligned(lines: Sequence[Line], number: int) -> tuple[list[Grid], list[Line]]:
    """Returns the tables among the lines between ruled tables, and the lines that are in none."""
    grids: list[Grid] = []
    free: list[Line] = []
    parted = [_cells(line) for line in lines]
    at = 0
    while at < len(lines):
        last = _run(lines, parted, at)
        rows = [cells for cells in parted[at:last] if len(cells) > 1]
        numeric = sum(1 for cells in rows if any(_NUMBER.fullmatch(cell.text) for cell in cells[1:]))
        if len(rows) < _LEAST_ROWS or numeric * 2 < len(rows):
            free.append(lines[at])
            at += 1
            continue
        grids.append(_grid(parted[at:last], number))
        at = last
    return grids, free


def _cells(line: Line) -> list[Line]:
    """Returns the parts of a line that may be cells: the line itself where it is prose or a line of a contents."""
    text = line.text
    if _LEADER.search(text) or (_PROSE.search(text) and "。" in text):
        return [line]
    return segments(line, _GAP)


def _run(lines: Sequence[Line], parted: Sequence[list[Line]], at: int) -> int:
    """Returns the end of the rows that begin at `at`; single parts between rows belong to them."""
    if len(parted[at]) < 2:
        return at + 1
    end = at + 1
    last = parted[at]
    pending = 0
    for place in range(at + 1, len(lines)):
        if lines[place].top - lines[place - 1].bottom > _PITCH * lines[place].size:
            break
        if len(parted[place]) > 1 or _under(lines[place], last):
            end, pending = place + 1, 0
            last = parted[place] if len(parted[place]) > 1 else last
            continue
        pending += 1
        wide = lines[place].x1 > last[1].x0
        if pending > 2 or wide or _PROSE.search(lines[place].text):
            break
    return end


def _under(line: Line, row: Sequence[Line]) -> bool:
    """Returns whether a line is a number alone, under a cell of `row` that is not its label."""
    if not _NUMBER.fullmatch(line.text):
        return False
    return any(min(line.x1, cell.x1) > max(line.x0, cell.x0) for cell in row[1:])


def _grid(rows: Sequence[list[Line]], number: int) -> Grid:
    """Returns the grid of rows: their columns are those of the rows that have the most parts."""
    columns = _columns(rows)
    slots: list[Slot] = []
    letters: list[Letter] = []
    row = 0
    carried: list[Line] = []
    for cells in rows:
        letters += [letter for cell in cells for letter in cell.letters]
        if len(cells) == 1 and _inside(cells[0], columns, 0):
            carried.append(cells[0])
            continue
        for label in carried[:-1] if not _wraps(carried, cells, columns) else []:
            slots.append(Slot(row, row + 1, 0, 1, label.text))
            row += 1
        prefix = "".join(label.text for label in carried) if _wraps(carried, cells, columns) else ""
        if carried and not prefix:
            slots.append(Slot(row, row + 1, 0, 1, carried[-1].text))
            row += 1
        carried = []
        row = _row(slots, cells, columns, row, prefix)
    edges = [column[0] for column in columns] + [columns[-1][1]]
    return Grid(
        edges,
        min(cell.top for cells in rows for cell in cells),
        max(cell.bottom for cells in rows for cell in cells),
        row,
        slots,
        "aligned",
        number,
        letters=letters,
    )


def _row(
    slots: list[Slot], cells: Sequence[Line], columns: Sequence[tuple[float, float]], row: int, prefix: str
) -> int:
    """Adds one row, its cells in the columns they stand over; returns the number of the next."""
    texts: dict[tuple[int, int], str] = {}
    taken = -1
    for cell in cells:
        first, last = _span(cell, columns)
        first = max(first, taken + 1) if taken + 1 < len(columns) else len(columns) - 1
        last = max(first, last)
        spot = (first, last)
        texts[spot] = f"{texts[spot]} {cell.text}" if spot in texts else cell.text
        taken = last
    covered = {column for first, last in texts for column in range(first, last + 1)}
    for (first, last), text in sorted(texts.items()):
        slots.append(Slot(row, row + 1, first, last + 1, (prefix if first == 0 else "") + text))
    if prefix and 0 not in covered:
        slots.append(Slot(row, row + 1, 0, 1, prefix))
        covered.add(0)
    slots += [
        Slot(row, row + 1, column, column + 1, "") for column in range(len(columns)) if column not in covered
    ]
    return row + 1


def _columns(rows: Sequence[list[Line]]) -> list[tuple[float, float]]:
    """Returns the columns, as spans in points: of the parts of all full rows, those that overlap are one."""
    most = max(len(cells) for cells in rows)
    full = [cells for cells in rows if len(cells) == most]
    spans = [(min(cells[n].x0 for cells in full), max(cells[n].x1 for cells in full)) for n in range(most)]
    for number in range(most - 1):
        if spans[number][1] > spans[number + 1][0]:  # one long cell must not swallow its neighbour
            middle = min(cells[number + 1].x0 for cells in full)
            spans[number] = (spans[number][0], middle)
    return spans


def _span(cell: Line, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Returns the first and the last column that a part stands over; the nearest where it stands over none."""
    over = [
        number
        for number, (left, right) in enumerate(columns)
        if min(cell.x1, right) - max(cell.x0, left) > 0.3 * min(right - left, cell.x1 - cell.x0)
    ]
    if over:
        return over[0], over[-1]
    middle = (cell.x0 + cell.x1) / 2
    near = min(
        range(len(columns)), key=lambda n: min(abs(columns[n][0] - middle), abs(columns[n][1] - middle))
    )
    return near, near


def _inside(cell: Line, columns: Sequence[tuple[float, float]], column: int) -> bool:
    return _span(cell, columns) == (column, column)


def _wraps(carried: Sequence[Line], cells: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    """Returns whether labels alone on their lines are the beginning of the label of the row that follows."""
    if not carried:
        return False
    first = cells[0]
    if _span(first, columns)[0] != 0:
        return True
    room = columns[0][1] - carried[-1].x1
    return filled(carried[-1], line_of(first.letters), room)
