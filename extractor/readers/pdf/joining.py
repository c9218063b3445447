"""Tables cut by page ends made whole: columns matched, repeated headers set apart, cut cells rejoined."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from .ruled import Grid, Slot

# Edges of two pages nearer than this, in points, are one column's edge.
_NEAR = 5.0
_MOST_HEADER_ROWS = 6


def join(upper: Grid, lower: Grid) -> list[str] | None:
    """Appends `lower` to `upper` where it continues it; returns its repeated header rows, None where it does not.

    Tables continue each other when their outer edges agree and the inner edges of one are among those of the
    other.
    """
    edges = _common(upper.columns, lower.columns)
    if edges is None or upper.layout != lower.layout:
        return None
    _widen(upper, edges)
    _widen(lower, edges)
    repeated = _repeated(upper, lower)
    headers = [" ".join(slot.text for slot in _row(lower, row)) for row in range(repeated)]
    body = _rejoined(upper, [slot for slot in lower.slots if slot.row >= repeated], repeated)
    first = repeated
    if _complementary(upper, body, first):
        _merge_rows(upper, body, first)
        body = [slot for slot in body if slot.row != first]
        first += 1
    for slot in body:
        slot.row, slot.row_end = slot.row + upper.rows - first, slot.row_end + upper.rows - first
    upper.slots += body
    upper.breaks.append((upper.rows, lower.page))
    upper.rows += lower.rows - first
    return headers


def _common(upper: Sequence[float], lower: Sequence[float]) -> list[float] | None:
    """Returns the column edges of a table over two pages, None where the two are different tables."""
    if abs(upper[0] - lower[0]) > _NEAR or abs(upper[-1] - lower[-1]) > _NEAR:
        return None
    more, fewer = (upper, lower) if len(upper) >= len(lower) else (lower, upper)
    if all(abs(more[_at(more, edge)] - edge) <= _NEAR for edge in fewer):
        return list(more)
    return None


def _at(edges: Sequence[float], value: float) -> int:
    place = bisect_left(edges, value)
    near = [number for number in (place - 1, place) if 0 <= number < len(edges)]
    return min(near, key=lambda number: abs(edges[number] - value))


def _widen(grid: Grid, edges: list[float]) -> None:
    if len(grid.columns) != len(edges):
        for slot in grid.slots:
            slot.column, slot.column_end = (
                _at(edges, grid.columns[slot.column]),
                _at(edges, grid.columns[slot.column_end]),
            )
    grid.columns = edges


def _row(grid: Grid, row: int) -> list[Slot]:
    return sorted((slot for slot in grid.slots if slot.row == row), key=lambda slot: slot.column)


def _repeated(upper: Grid, lower: Grid) -> int:
    """Returns how many rows at the head of `lower` say what the rows at the head of `upper` say."""
    for rows in range(min(_MOST_HEADER_ROWS, upper.rows - 1, lower.rows - 1), 0, -1):
        head = [_words(grid, rows) for grid in (upper, lower)]
        if head[0] == head[1] and any(head[0]) and _ends_at(lower, rows):
            return rows
    return 0


def _words(grid: Grid, rows: int) -> list[tuple[int, str]]:
    return sorted(
        (slot.column, "".join(slot.text.split()))
        for slot in grid.slots
        if slot.row < rows and slot.text.strip()
    )


def _ends_at(grid: Grid, row: int) -> bool:
    return not any(slot.row < row < slot.row_end for slot in grid.slots)


def _rejoined(upper: Grid, body: list[Slot], first: int) -> list[Slot]:
    """Returns the rows below the break without the cells that are the rest of a merged cell above it."""
    kept: list[Slot] = []
    above = {(slot.column, slot.column_end): slot for slot in upper.slots if slot.row_end == upper.rows}
    for slot in body:
        other = above.get((slot.column, slot.column_end)) if slot.row == first else None
        if other is None or not (other.row_end - other.row > 1 or slot.row_end - slot.row > 1):
            kept.append(slot)
        elif not slot.text.strip() or slot.text == other.text:
            other.row_end += slot.row_end - slot.row
        else:
            kept.append(slot)
    return kept


def _complementary(upper: Grid, body: Sequence[Slot], first: int) -> bool:
    """Returns whether the first row below the break and the last above it are one row cut in two."""
    last = [slot for slot in upper.slots if slot.row == upper.rows - 1 and slot.row_end == upper.rows]
    following = [slot for slot in body if slot.row == first and slot.row_end == first + 1]
    above = {slot.column for slot in last if slot.text.strip()}
    below = {slot.column for slot in following if slot.text.strip()}
    same = [(slot.column, slot.column_end) for slot in sorted(last, key=lambda slot: slot.column)] == [
        (slot.column, slot.column_end) for slot in sorted(following, key=lambda slot: slot.column)
    ]
    return bool(same and above and below and not above & below and min(above) < min(below))


def _merge_rows(upper: Grid, body: Sequence[Slot], first: int) -> None:
    last = {slot.column: slot for slot in upper.slots if slot.row == upper.rows - 1}
    for slot in body:
        if slot.row == first and slot.text.strip():
            last[slot.column].text = slot.text
