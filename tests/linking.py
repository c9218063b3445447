"""Claims, figures and readings written by hand, for the tests of alignment and tie-out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.data import CellState, Claim, Figure, Interval, Period, Reading, Relation, Scope


def claim(
    indicator: str,
    value: str | None = "1",
    unit: str = "件",
    *,
    name: str = "c1",
    context: Sequence[str] = (),
    section: Sequence[str] = (),
    verb: str = "",
    scope: str = "unstated",
    scope_text: str = "",
    period: Period | None = None,
    relation: Relation = Relation.LEVEL,
    part_of: str | None = None,
    interval: tuple[str, str] | None = None,
    hedge: str = "",
) -> Claim:
    """Returns a claim of one sentence; its interval is its value unless given."""
    exact = Decimal(value or 0)
    bounds = Interval(Decimal(interval[0]), Decimal(interval[1])) if interval else Interval(exact, exact)
    return Claim(
        id=name,
        start=0,
        end=1,
        text=f"{value}{unit}",
        numbers=((0, 1),),
        value=None if value is None else exact,
        interval=bounds,
        unit=unit,
        unit_text=unit,
        kind="count",
        hedge=hedge,
        indicator=indicator,
        context=tuple(context),
        verb=verb,
        scope=Scope(scope, scope_text),
        period=period or Period(),
        relation=relation,
        part_of=part_of,
        list_kind="",
        section=tuple(section),
        sentence=(0, 1),
        rule="test",
    )


def figure(
    indicator: str | None,
    value: str | None,
    unit: str = "件",
    *,
    name: str = "",
    label: str = "",
    column: str = "",
    path: Sequence[str] = (),
    state: CellState | None = None,
    doubt: str = "",
    period: str = "",
) -> Figure:
    """Returns a figure; without a value it is blank unless a state is given."""
    known = name or indicator or label
    return Figure(
        id=known,
        table="T1",
        row=0,
        column=1,
        address=f"T1!{known}",
        row_label=label or known,
        column_label=column,
        row_path=tuple(path),
        column_path=(),
        indicator=indicator,
        group="",
        value=None if value is None else Decimal(value),
        state=state or (CellState.BLANK if value is None else CellState.VALUE),
        text=value or "",
        unit=unit,
        start=0,
        end=1,
        doubt=doubt,
        period=period,
    )


def reading(*figures: Figure, template: str = "") -> Reading:
    """Returns a reading that holds `figures`."""
    return Reading(figures=figures, template=template)
