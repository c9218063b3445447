"""Tables of no form: totals and parts that the labels name, tested where the table itself bears them out.

A row or column called 合计 is taken for the sum of the others only where that holds for most of the table;
then, and only then, the place where it fails is worth a look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..data import CellState, Check, Figure, Finding, Severity
from ..knowledge import Knowledge
from ..tables.labels import normal

_SUM = "table.identity"
_PART = "table.part_exceeds"
_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_PERCENT = "%"
# A sum is believed where it holds this often, and at least this many times as often as not.
_LEAST_HOLDING = 2
_TIMES = 2

Grid = dict[tuple[int, int], Figure]


def check_footing(figures: Sequence[Figure], knowledge: Knowledge) -> tuple[list[Finding], list[Check]]:
    """Returns findings and checks on the tables without indicators among `figures`, which are those of one report."""
    checks: list[Check] = []
    words = knowledge.templates.words
    for grid in _grids(figures, words.totals):
        _drop_labels(grid, words.serial_headers)
        _drop_rates(grid, words.totals, words.rates)
        checks.extend(_rows(grid, knowledge.templates.words.totals))
        checks.extend(_tree(grid, knowledge.templates.words.totals))
        checks.extend(_columns(grid, knowledge.templates.words.totals))
        checks.extend(_parts(grid, knowledge.templates.words.part_marks))
    return [_finding(check) for check in checks if not check.holds], checks


def _grids(figures: Sequence[Figure], totals: frozenset[str]) -> list[Grid]:
    """Returns the tables without indicators, by row and column.

    A table with the columns of the one before, where that has no total yet, goes on with it.
    """
    tables: dict[str, Grid] = {}
    for figure in figures:
        if figure.indicator is None and not figure.doubt:
            tables.setdefault(figure.table, {})[figure.row, figure.column] = figure
    grids: list[Grid] = []
    for grid in tables.values():
        before = grids[-1] if grids else {}
        if before and _heads(before) == _heads(grid) and not any(_totals(before, totals)):
            offset = 1 + max(row for row, _ in before)
            before.update({(row + offset, column): figure for (row, column), figure in grid.items()})
        else:
            grids.append(grid)
    return grids


def _drop_labels(grid: Grid, serial: frozenset[str]) -> None:
    """Takes the rows and columns out of a table that only number its columns and rows (栏次, 行次)."""
    for place, figure in list(grid.items()):
        if any(normal(label) in serial for label in (figure.row_label, *figure.column_path)):
            del grid[place]


def _drop_rates(grid: Grid, totals: frozenset[str], rates: Sequence[str]) -> None:
    """Takes the rates out of a table, but for the shares that come to the hundred of their total."""
    whole = {
        column
        for (_, column), figure in grid.items()
        if figure.value == _HUNDRED and normal(figure.row_label) in totals
    }
    for place, figure in list(grid.items()):
        label = figure.row_label if place[1] in whole else figure.row_label + figure.column_label
        if (figure.unit == _PERCENT and place[1] not in whole) or any(word in label for word in rates):
            del grid[place]


def _heads(grid: Grid) -> set[tuple[int, tuple[str, ...]]]:
    return {(column, figure.column_path) for (_, column), figure in grid.items()}


def _totals(grid: Grid, totals: frozenset[str]) -> Iterator[bool]:
    return (normal(figure.row_label) in totals for figure in grid.values())


def _finding(check: Check) -> Finding:
    expected, actual = check.expected or _ZERO, check.actual or _ZERO
    return Finding(
        check.code, None, Severity.REVIEW, figures=check.figures, formula=check.formula,
        expected=expected, actual=actual, difference=actual - expected,
    )  # fmt: skip


def _rows(grid: Grid, totals: frozenset[str]) -> list[Check]:
    """Returns the checks of total rows: the sum of the rows since the total before, in every column.

    Where the total before is their sum in more columns, it stands above its rows.
    """
    rows = sorted({row for row, _ in grid})
    columns = sorted({column for _, column in grid})
    labels = {
        row: normal(next(grid[row, column].row_label for column in columns if (row, column) in grid))
        for row in rows
    }
    found: list[Check] = []
    parts: list[int] = []
    above: int | None = None
    below = {child for children in _children(grid, totals).values() for child in children}
    for row in rows:
        if row in below:
            continue
        if labels[row] not in totals:
            parts.append(row)
            continue
        if len(parts) > 1:
            own, before = (
                _sums(total, parts, columns, grid) if total is not None else [] for total in (row, above)
            )
            found.extend(_believed(before if _holding(before) > _holding(own) else own))
        parts, above = [], row
    if len(parts) > 1 and labels[rows[0]] in totals and not any(labels[row] in totals for row in rows[1:]):
        found.extend(_believed(_sums(rows[0], parts, columns, grid)))
    return found


def _sums(total: int, parts: Sequence[int], columns: Sequence[int], grid: Grid) -> list[Check | None]:
    """Returns the checks of the row `total` as the sum of the rows `parts`, column by column."""
    return [
        _sum(grid.get((total, column)), [grid.get((part, column)) for part in parts]) for column in columns
    ]


def _holding(checks: Sequence[Check | None]) -> int:
    return sum(check is not None and check.holds for check in checks)


def _children(grid: Grid, totals: frozenset[str]) -> dict[int, list[int]]:
    """Returns, by row, the rows that stand right under it by their paths."""
    paths = {row: figure.row_path for (row, _), figure in sorted(grid.items(), reverse=True)}
    open_rows: dict[tuple[str, ...], int] = {}
    found: dict[int, list[int]] = {}
    for row, path in sorted(paths.items()):
        if path and normal(path[-1]) in totals:
            continue
        if path[:-1] in open_rows:
            found.setdefault(open_rows[path[:-1]], []).append(row)
        open_rows[path] = row
    return found


def _tree(grid: Grid, totals: frozenset[str]) -> list[Check]:
    """Returns the checks of rows with rows under them: the sum of these, in every column."""
    columns = sorted({column for _, column in grid})
    return _believed(
        [
            _sum(grid.get((row, column)), [grid.get((child, column)) for child in children])
            for row, children in _children(grid, totals).items()
            for column in columns
        ]
    )


def _columns(grid: Grid, totals: frozenset[str]) -> list[Check]:
    """Returns the checks of a single total column: the sum of all the others, in every row."""
    columns = sorted({column for _, column in grid})
    labels = {
        column: {normal(figure.column_label) for (_, at), figure in grid.items() if at == column}
        for column in columns
    }
    sums = [column for column in columns if labels[column] and labels[column] <= totals]
    parts = [column for column in columns if column not in sums]
    if len(sums) != 1 or len(parts) < 2:
        return []
    rows = sorted({row for row, _ in grid})
    return _believed(
        [_sum(grid.get((row, sums[0])), [grid.get((row, part)) for part in parts]) for row in rows]
    )


def _sum(total: Figure | None, parts: Sequence[Figure | None]) -> Check | None:
    """Returns the check of one sum; None where a cell is missing, crossed out, or of another unit."""
    if total is None or total.value is None:
        return None
    cells = [part for part in parts if part is not None]
    if any(cell.state not in (CellState.VALUE, CellState.BLANK) or cell.unit != total.unit for cell in cells):
        return None
    filled = [cell for cell in cells if cell.value is not None]
    if sum(1 for cell in filled if cell.value) < 2:
        return None
    value = sum((cell.value or _ZERO for cell in filled), _ZERO)
    formula = f"{total.id} = {' + '.join(cell.id for cell in filled)}"
    return Check(
        _SUM, total.value == value, figures=(total.id, *(cell.id for cell in filled)), formula=formula,
        expected=value, actual=total.value,
    )  # fmt: skip


def _believed(checks: Sequence[Check | None]) -> list[Check]:
    """Returns the checks of one relation where it holds often enough to be one."""
    made = [check for check in checks if check is not None]
    holding = sum(1 for check in made if check.holds)
    failing = len(made) - holding
    return made if holding >= _LEAST_HOLDING and holding >= _TIMES * failing else []


def _parts(grid: Grid, marks: tuple[str, ...]) -> Iterator[Check]:
    """Yields, for every row that begins with 其中, whether it is within the row it is a part of.

    That is the last row without the mark; where no cell of it holds its part, one further up that holds them all.
    """
    rows = sorted({row for row, _ in grid})
    wholes: list[int] = []
    for row in rows:
        cells = [(column, figure) for (at, column), figure in grid.items() if at == row]
        if not cells[0][1].row_label.strip().startswith(marks):
            wholes.append(row)
            continue
        checks = [_within(cells, whole, grid) for whole in reversed(wholes)]
        if any(checks) and not any(check.holds for check in checks[0]):
            checks = [tried for tried in checks if all(check.holds for check in tried)] or checks
        yield from checks[0] if checks else ()


def _within(cells: Sequence[tuple[int, Figure]], whole: int, grid: Grid) -> list[Check]:
    """Returns whether the cells of a row are within those of the row `whole`, where they compare."""
    checks = []
    for column, part in cells:
        total = grid.get((whole, column))
        if total is None or total.value is None or part.value is None or total.unit != part.unit:
            continue
        if total.value < _ZERO or part.unit == _PERCENT:
            continue
        checks.append(
            Check(
                _PART, part.value <= total.value, figures=(part.id, total.id), formula=f"{part.id} <= {total.id}",
                expected=total.value, actual=part.value,
            )
        )  # fmt: skip
    return checks
