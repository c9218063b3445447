"""Tables drawn with rules: the rules make the grid, the letters fall into its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .letters import Letter, cell_text

# Edges nearer than this, in points, are one edge drawn twice.
_SNAP = 3.0
# A filled rectangle thicker than this is a background, not a rule.
_RULE = 3.0


@dataclass(slots=True)
class Slot:
    """A cell of a grid: half-open rows and columns, and its text."""

    row: int
    row_end: int
    column: int
    column_end: int
    text: str


@dataclass(slots=True)
class Grid:
    """A table on a page: its edges in points, its cells, and how it was told to be a table.

    `breaks` are the rows at which a further page begins, each with the number of that page.
    """

    columns: list[float]
    top: float
    bottom: float
    rows: int
    slots: list[Slot]
    layout: str
    page: int
    breaks: list[tuple[int, int]] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)


def find_ruled(
    page: Any,
    letters: Sequence[Letter],
    number: int,
    seen: Sequence[dict[str, Any]] | None = None,
    gutter: float | None = None,
) -> list[Grid]:
    """Returns the ruled tables of a page of pdfplumber, from top to bottom, with the letters they hold.

    `seen` are the rules of a scanned page, which draws none itself. A table in one of two columns, which stand left
    and right of `gutter`, holds no letters of the other.
    """
    drawn = page.filter(_is_rule)
    edges = drawn.edges if seen is None else seen
    if not edges:
        return []
    rules = _Rules(edges)
    settings: dict[str, Any] = {"explicit_horizontal_lines": _open_ends(rules)}
    if seen is not None:
        upright = [rule for rule in seen if rule["orientation"] == "v"]
        across = [rule for rule in seen if rule["orientation"] == "h"]
        settings = {"vertical_strategy": "explicit", "horizontal_strategy": "explicit"}
        settings |= {
            "explicit_vertical_lines": upright,
            "explicit_horizontal_lines": [*across, *_open_ends(rules)],
        }
        if len(upright) < 2 or len(across) < 2:
            return []
    grids: list[Grid] = []
    for table in drawn.find_tables(settings):
        boxes = [box for box in table.cells if box[2] - box[0] > _SNAP and box[3] - box[1] > _SNAP]
        columns = _edges(edge for box in boxes for edge in (box[0], box[2]))
        rows = _edges(edge for box in boxes for edge in (box[1], box[3]))
        if len(columns) > 2 and len(rows) > 1:
            own = letters if gutter is None else _beside(letters, columns, gutter)
            grids.append(_grid(boxes, columns, rows, own, number, rules))
    return sorted(grids, key=lambda grid: grid.top)


def _beside(letters: Sequence[Letter], columns: Sequence[float], gutter: float) -> Sequence[Letter]:
    """Returns the letters on the same side of the gutter as the columns of a table; all where it spans both."""
    if columns[0] < gutter < columns[-1]:
        return letters
    return [letter for letter in letters if (letter.x1 <= gutter) == (columns[-1] <= gutter)]


def _is_rule(item: dict[str, Any]) -> bool:
    """Returns whether a drawn thing may be a rule: no letter, picture or background."""
    kind = item["object_type"]
    if kind == "rect":
        thin = float(item["width"]) <= _RULE or float(item["height"]) <= _RULE
        return thin or bool(item.get("stroke"))
    return kind in ("line", "curve")


class _Rules:
    """The rules drawn on a page: `heights` are those of the rules across, `columns` the parts of the upright ones."""

    def __init__(self, edges: Iterable[dict[str, Any]]) -> None:
        self.columns: dict[float, list[tuple[float, float]]] = {}
        self._across: list[tuple[float, float, float]] = []
        for edge in edges:
            if edge["orientation"] == "v":
                at = round(float(edge["x0"]) / _SNAP) * _SNAP
                self.columns.setdefault(at, []).append((float(edge["top"]), float(edge["bottom"])))
            else:
                self._across.append((float(edge["top"]), float(edge["x0"]), float(edge["x1"])))

    @property
    def heights(self) -> list[float]:
        """Returns the heights of the rules across, in order."""
        return _edges(top for top, _, _ in self._across)

    def across(self, height: float, left: float, right: float) -> bool:
        """Returns whether a rule runs across at `height` over the middle of `left` to `right`."""
        middle = (left + right) / 2
        return any(abs(top - height) <= _SNAP and x0 <= middle <= x1 for top, x0, x1 in self._across)

    def upright(self, place: float, top: float, bottom: float) -> bool:
        """Returns whether a rule stands at `place` beside the middle of `top` to `bottom`."""
        middle = (top + bottom) / 2
        return any(
            start <= middle <= end
            for at, parts in self.columns.items()
            if abs(at - place) <= 2 * _SNAP
            for start, end in parts
        )


def _open_ends(rules: _Rules) -> list[float]:
    """Returns the heights at which two upright rules or more end and no rule runs across.

    There the end of a page cuts a table.
    """
    ends: list[float] = []
    for parts in rules.columns.values():
        reach: list[list[float]] = []
        for top, bottom in sorted(parts):
            if reach and top - reach[-1][1] <= _SNAP:
                reach[-1][1] = max(reach[-1][1], bottom)
            else:
                reach.append([top, bottom])
        ends += [end for part in reach for end in part]
    across = rules.heights
    return [
        sum(group) / len(group)
        for group in _groups(ends)
        if len(group) > 1 and not any(group[0] - _SNAP <= height <= group[-1] + _SNAP for height in across)
    ]


def _edges(values: Iterable[float]) -> list[float]:
    """Returns the edges in order, those that nearly touch as one."""
    return [sum(group) / len(group) for group in _groups(values)]


def _groups(values: Iterable[float]) -> list[list[float]]:
    """Returns the values in order, in groups that nearly touch."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def _nearest(edges: Sequence[float], value: float) -> int:
    place = bisect_right(edges, value)
    near = [number for number in (place - 1, place) if 0 <= number < len(edges)]
    return min(near, key=lambda number: abs(edges[number] - value))


def _grid(
    boxes: Sequence[tuple[float, float, float, float]],
    columns: list[float],
    rows: list[float],
    letters: Sequence[Letter],
    number: int,
    rules: _Rules,
) -> Grid:
    slots: list[Slot] = []
    owner: dict[tuple[int, int], int] = {}
    for x0, top, x1, bottom in sorted(boxes, key=lambda box: (box[1], box[0])):
        slot = Slot(
            _nearest(rows, top), _nearest(rows, bottom), _nearest(columns, x0), _nearest(columns, x1), ""
        )
        spots = [(r, c) for r in range(slot.row, slot.row_end) for c in range(slot.column, slot.column_end)]
        if spots and not any(spot in owner for spot in spots):
            owner.update(dict.fromkeys(spots, len(slots)))
            slots.append(slot)
    _fill_holes(slots, owner, rows, columns, rules)
    held: list[list[Letter]] = [[] for _ in slots]
    taken: list[Letter] = []
    beside: list[Letter] = []
    for letter in letters:
        if not rows[0] <= letter.middle <= rows[-1]:
            continue
        middle = (letter.x0 + letter.x1) / 2
        taken.append(letter)
        if columns[0] <= middle <= columns[-1]:
            spot = (
                min(bisect_right(rows, letter.middle), len(rows) - 1) - 1,
                min(bisect_right(columns, middle), len(columns) - 1) - 1,
            )
            held[owner[spot]].append(letter)
        else:
            beside.append(letter)
    for slot, own in zip(slots, held, strict=True):
        slot.text = cell_text(own, columns[slot.column], columns[slot.column_end])
    grid = Grid(columns, rows[0], rows[-1], len(rows) - 1, slots, "pdf", number, letters=taken)
    _open_sides(grid, rows, beside)
    grid.slots.sort(key=lambda slot: (slot.row, slot.column))
    return grid


def _fill_holes(
    slots: list[Slot],
    owner: dict[tuple[int, int], int],
    rows: Sequence[float],
    columns: Sequence[float],
    rules: _Rules,
) -> None:
    """Adds the cells that a rule is missing to at the rim of a page, so that no letter is lost.

    Such a cell reaches as far right, and then as far down, as no rule parts it.
    """
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            if (row, column) in owner:
                continue
            right, below = column + 1, row + 1
            while (
                right < len(columns) - 1
                and (row, right) not in owner
                and not rules.upright(columns[right], rows[row], rows[row + 1])
            ):
                right += 1
            while below < len(rows) - 1 and all(
                (below, spot) not in owner and not rules.across(rows[below], columns[spot], columns[spot + 1])
                for spot in range(column, right)
            ):
                below += 1
            owner.update({(r, c): len(slots) for r in range(row, below) for c in range(column, right)})
            slots.append(Slot(row, below, column, right, ""))


def _open_sides(grid: Grid, rows: Sequence[float], beside: Sequence[Letter]) -> None:
    """Adds the columns left and right of a table whose outer rules are not drawn."""
    for left in (True, False):
        edge = grid.columns[0] if left else grid.columns[-1]
        own = [letter for letter in beside if (letter.x1 <= edge + _SNAP) == left]
        if not own:
            continue
        reach = min(letter.x0 for letter in own) if left else max(letter.x1 for letter in own)
        if left:
            grid.columns.insert(0, reach)
            for slot in grid.slots:
                slot.column, slot.column_end = slot.column + 1, slot.column_end + 1
        else:
            grid.columns.append(reach)
        column = 0 if left else len(grid.columns) - 2
        for row in range(grid.rows):
            inside = [letter for letter in own if rows[row] < letter.middle <= rows[row + 1]]
            text = cell_text(inside, grid.columns[column], grid.columns[column + 1])
            grid.slots.append(Slot(row, row + 1, column, column + 1, text))
