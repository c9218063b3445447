"""Lines to the rows of a form: by label, by likeness, and by order where the gap leaves one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ..data import CellState
from ..knowledge.templates import Block, Row
from .crossing import crossed
from .labels import LabelIndex, normal
from .lines import Line

# Likeness in percent: inside a gap between two known rows, and anywhere in the form.
_LIKE_IN_GAP = 70.0
_LIKE_ANYWHERE = 86.0
_MARGIN = 6.0
# A block of a form is there if this share of its labels is; a form, if this many labels are.
_BLOCK_SHARE = 0.5
LEAST_LABELS = 3
_LINE_LABELS = 3
# Words before a short label in a stream must be known, or the label may be the tail of another.
_SHORT = 8
# Rows without any label are placed at a block's end only where they have this many cells.
_LEAST_WIDTH = 3


class Place(NamedTuple):
    """Where a line belongs in a form: `row` is None in a `line` block; `how` is label, like, order or cross.

    `columns` are those of the line's items where its labels, not its order, say so.
    """

    block: int
    row: int | None
    how: str
    columns: tuple[int, ...] = ()


@dataclass(slots=True)
class Fit:
    """How well one form explains the lines; `places` maps the number of a line to its place.

    `evidence` counts the lines and column labels it explains, `matched` those of `expected` labels it found.
    """

    index: LabelIndex
    places: dict[int, Place] = field(default_factory=dict)
    evidence: int = 0
    matched: int = 0
    expected: int = 0

    @property
    def score(self) -> Decimal:
        """Returns the share of the form's labels that were found, in [0, 1]."""
        if not self.expected:
            return Decimal(0)
        return (Decimal(min(self.matched, self.expected)) / self.expected).quantize(Decimal("0.001"))


# ---------------------------------------------------------------- by label


def fit_labels(lines: Sequence[Line], words: frozenset[str], index: LabelIndex, left: set[int]) -> Fit:
    """Returns what the exact labels say for one form; `words` are the labels of all grids, normalised."""
    fit = Fit(index)
    used: set[tuple[int, int]] = set()
    pointer = (0, -1)
    found: dict[int, set[str]] = {}
    above = ""
    streams = any(line.stream for line in lines)
    crossing = {} if not streams and index.groups.isdisjoint(words) else crossed(lines, index)
    for number, line in enumerate(lines):
        above = (above if line.stream else "") + (normal(line.above) if line.stream else "")
        if number not in left:
            continue
        block = _line_block(line, index)
        if block is not None:
            fit.places[number] = Place(block, None, "label")
            found[block] = set(index.columns[block])
            above = ""
            continue
        if number in crossing:
            block, columns = crossing[number]
            fit.places[number] = Place(block, None, "cross", columns)
            found[block] = set(index.columns[block])
            continue
        place = _by_label(line, index, used, pointer)
        if place is None:
            continue
        if place in used:
            used = {entry for entry in used if entry[0] != place[0]}
        used.add(place)
        pointer = place
        fit.places[number] = Place(place[0], place[1], "label")
        found.setdefault(place[0], set()).update(_heads(line, index.columns[place[0]], above))
        above = ""
    _weigh(fit, found)
    return fit


def _by_label(
    line: Line, index: LabelIndex, used: set[tuple[int, int]], pointer: tuple[int, int]
) -> tuple[int, int] | None:
    for key in _keys(line, index):
        places = index.rows.get(key)
        if places is None:
            continue
        free = [place for place in places if place not in used]
        ahead = [place for place in free if place > pointer]
        if ahead or free:
            return _in_context(line, index, ahead) or (ahead or free)[0]
        if places[0] <= pointer and places[0][1] <= 1:
            return places[0]
    return None


def _in_context(line: Line, index: LabelIndex, places: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Returns the first place whose parent is among the line's own labels, if there is a choice at all."""
    if len(places) < 2 or len(line.labels) < 2:
        return None
    own = {normal(label) for label in line.labels[:-1]}
    for block, row in places:
        parent = index.template.blocks[block].rows[row].parent
        spelled = _spellings(index, block, parent)
        if own.intersection(spelled):
            return block, row
    return None


def _spellings(index: LabelIndex, block: int, row_id: str) -> tuple[str, ...]:
    for place, row in enumerate(index.template.blocks[block].rows):
        if row.id == row_id:
            return index.variants[block][place]
    return ()


def grid_keys(line: Line) -> Sequence[str]:
    """Returns the labels a line of a grid may carry, best first: its own, and that with the one before it."""
    if not line.labels:
        return ()
    own = normal(line.labels[-1])
    return (own,) if len(line.labels) == 1 else (own, normal("".join(line.labels[-2:])))


def _keys(line: Line, index: LabelIndex) -> Sequence[str]:
    """Returns the labels the line may carry, best first: for a stream, the longest known tail of its run."""
    if not line.labels:
        return ()
    if not line.stream:
        return grid_keys(line)
    whole = run_label(line)
    for run in (whole, *(whole[: -len(unit)] for unit in index.units if whole.endswith(unit))):
        for length in range(min(len(run), index.longest), 1, -1):
            key = run[-length:]
            if key in index.rows and (
                length >= _SHORT
                or _known_before(run[:-length], line.above, len(whole) - len(run) + length, index)
            ):
                return (key,)
    return ()


def run_label(line: Line) -> str:
    """Returns the words before the values of a stream line, normalised."""
    return normal(line.labels[-1])


def _known_before(before: str, raw: str, letters: int, index: LabelIndex) -> bool:
    """Returns whether a short label, the last `letters` of `raw`, stands by itself.

    It does where nothing, a break or a known label is before it.
    """
    if not before:
        return True
    for place in range(len(raw) - 1, -1, -1):
        if letters == 0:
            return not raw[place].isalpha() or any(before.endswith(label) for label in index.context)
        letters -= raw[place].isalnum()
    return True


def _row(index: LabelIndex, place: tuple[int, int]) -> Row:
    return index.template.blocks[place[0]].rows[place[1]]


def _heads(line: Line, columns: Mapping[str, tuple[int, ...]], above: str) -> set[str]:
    """Returns the column labels of a block that stand above the line."""
    if line.stream:
        return {label for label in columns if label and label in above}
    return {head for item in line.items for label in item.header if (head := normal(label)) in columns}


def _line_block(line: Line, index: LabelIndex) -> int | None:
    """Returns the block without row labels that the line is the values of: its cells fit, its labels are above."""
    for number in index.unlabelled:
        width = len(index.template.blocks[number].columns)
        cells = sum(len(item.cell.text) for item in line.items) if line.stream else len(line.items)
        if cells < width if line.stream else cells != width:
            continue
        above = normal(line.above + line.table.caption)
        if sum(1 for label in index.marks[number] if label in above) >= _LINE_LABELS:
            return number
    return None


def _weigh(fit: Fit, found: Mapping[int, set[str]]) -> None:
    """Counts labels found against labels expected, and drops the places in blocks with too few."""
    kept: set[int] = set()
    matched = expected = headed = 0
    for number, block in enumerate(fit.index.template.blocks):
        rows = {
            place.row
            for place in fit.places.values()
            if place.block == number and place.row is not None and not block.rows[place.row].heading
        }
        wanted_rows = fit.index.required[number]
        columns = {where for label in found.get(number, ()) for where in fit.index.columns[number][label]}
        wanted_columns = 0 if block.kind == "list" else len(block.columns)
        got = min(len(rows), wanted_rows) + (0 if block.kind == "list" else len(columns))
        wanted = wanted_rows + wanted_columns
        expected += wanted
        share = got / wanted if wanted else 0.0
        enough = bool(rows or columns) and share >= _BLOCK_SHARE
        many = len(rows) > LEAST_LABELS
        if (enough or many) and (
            block.kind == "list" or 2 * len(columns) >= wanted_columns or 2 * len(rows) >= wanted_rows > 2
        ):
            kept.add(number)
            matched += got
            headed += 0 if block.kind == "list" else len(columns)
    fit.places = {number: place for number, place in fit.places.items() if place.block in kept}
    fit.matched, fit.expected = matched, expected
    fit.evidence = len(fit.places) + headed


# ---------------------------------------------------------------- by likeness and order


def complete(lines: Sequence[Line], fit: Fit, left: set[int]) -> None:
    """Places the lines between known ones: first by likeness to the rows of the gap, then by order."""
    for first, last in _gaps(lines, fit, left):
        _by_likeness(lines, fit, [number for number in range(first + 1, last) if number in left], first, last)
    for first, last in _gaps(lines, fit, left):
        _by_order(lines, fit, [number for number in range(first + 1, last) if number in left], first, last)


def _gaps(lines: Sequence[Line], fit: Fit, left: set[int]) -> list[tuple[int, int]]:
    """Returns the pairs of placed lines (or the ends: -1, len) with unplaced lines between them."""
    placed = sorted(number for number, place in fit.places.items() if place.row is not None)
    edges = [-1, *placed, len(lines)]
    return [
        (first, last)
        for first, last in pairwise(edges)
        if last - first > 1
        and any(number in left and number not in fit.places for number in range(first + 1, last))
    ]


def _gap_rows(fit: Fit, first: int, last: int) -> tuple[int, list[int]]:
    """Returns the block and the value rows of the form between the lines `first` and `last`."""
    above, below = fit.places.get(first), fit.places.get(last)
    if above is not None and below is not None and above.block != below.block:
        below = None
    anchor = above or below
    if anchor is None:
        return -1, []
    rows = fit.index.template.blocks[anchor.block].rows
    start = -1 if above is None or above.row is None else above.row
    stop = len(rows) if below is None or below.row is None else below.row
    taken = {place.row for place in fit.places.values() if place.block == anchor.block}
    return anchor.block, [row for row in range(start + 1, stop) if row not in taken and not rows[row].heading]


def _by_likeness(lines: Sequence[Line], fit: Fit, numbers: Sequence[int], first: int, last: int) -> None:
    block, rows = _gap_rows(fit, first, last)
    least = _LIKE_IN_GAP if first in fit.places and last in fit.places else _LIKE_ANYWHERE
    for number in numbers:
        line = lines[number]
        if number in fit.places or not line.labels or not rows:
            continue
        own = _bare(line, fit.index) if line.stream else normal(line.labels[-1])
        scores = sorted(
            ((_likeness(own, fit.index.variants[block][row], line.stream), -row) for row in rows),
            reverse=True,
        )
        best = scores[0]
        clear = len(scores) == 1 or best[0] - scores[1][0] >= _MARGIN
        if best[0] >= least and clear:
            row = -best[1]
            fit.places[number] = Place(block, row, "like")
            rows = [entry for entry in rows if entry > row]


def _bare(line: Line, index: LabelIndex) -> str:
    """Returns a stream line's run without the unit at its end."""
    whole = run_label(line)
    return next((whole[: -len(unit)] for unit in index.units if whole.endswith(unit)), whole)


def _likeness(own: str, labels: Sequence[str], stream: bool) -> float:
    """Returns how like a label is to one of `labels`, in percent; of a stream's run its tail is compared."""
    from rapidfuzz import fuzz  # most forms are placed by their labels alone

    best = 0.0
    for label in labels:
        tails = (
            [own[-length:] for length in range(max(2, len(label) - 3), len(label) + 2)] if stream else [own]
        )
        best = max(best, max(fuzz.ratio(tail, label) for tail in tails))
    return best


def _by_order(lines: Sequence[Line], fit: Fit, numbers: Sequence[int], first: int, last: int) -> None:
    """Places lines without a known label where exactly as many rows of the form are missing.

    Between two rows of one block; else before its first known row or behind its last, there only lines that
    stand next to it and fill its width.
    """
    above, below = fit.places.get(first), fit.places.get(last)
    if above is not None and below is not None and above.block == below.block:
        _fill_gap(lines, fit, numbers, above.block, above.row, below.row)
        return
    width = {
        anchor.block: len(fit.index.template.blocks[anchor.block].columns)
        for anchor in (above, below)
        if anchor
    }
    for anchor, ahead in ((below, True), (above, False)):
        if anchor is None or width[anchor.block] < _LEAST_WIDTH:
            continue
        beside = [
            number
            for number in numbers
            if not lines[number].labels and filled(lines[number]) == width[anchor.block]
        ]
        if beside and (last - beside[-1] if ahead else beside[0] - first) == 1:
            rows = (None, anchor.row) if ahead else (anchor.row, None)
            _fill_gap(lines, fit, beside, anchor.block, *rows)


def _fill_gap(
    lines: Sequence[Line], fit: Fit, numbers: Sequence[int], number: int, above: int | None, below: int | None
) -> None:
    """Places the lines without labels in the rows between `above` and `below` (None: the block's end)."""
    block = fit.index.template.blocks[number]
    taken = {place.row for place in fit.places.values() if place.block == number}
    span = range(-1 if above is None else above, len(block.rows) if below is None else below)[1:]
    rows = [row for row in span if row not in taken and not block.rows[row].heading]
    open_lines = [
        place
        for place in numbers
        if place not in fit.places
        and not lines[place].labels
        and filled(lines[place]) >= min(len(block.columns), 2)
    ]
    for wanted in _row_choices(block, rows, below):
        if open_lines and len(wanted) == len(open_lines):
            for place, row in zip(open_lines, wanted, strict=True):
                fit.places[place] = Place(number, row, "order")
            return


def _row_choices(block: Block, rows: Sequence[int], below: int | None) -> list[list[int]]:
    """Returns the rows a body may have printed: a merged row stands alone, or its children do."""
    merged = {block.rows[row].id: row for row in rows if block.rows[row].merged}
    if below is not None and block.rows[below].parent:
        merged_parents = {entry.id for entry in block.rows if entry.merged}
        if block.rows[below].parent in merged_parents:
            return [[row for row in rows if not block.rows[row].merged]]
    if not merged:
        return [list(rows)]
    children = [row for row in rows if not block.rows[row].merged]
    alone = [row for row in rows if block.rows[row].parent not in merged]
    return [children, alone]


def filled(line: Line) -> int:
    """Returns how many cells of the line are not blank."""
    return sum(1 for item in line.items if item.content.state is not CellState.BLANK)
