"""Members of a collection made by hand, for the tests of what is compared between reports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from extractor.data import CellState, Interval, Relation
from extractor.data.collection import KeptClaim, KeptFigure, Member, Series

BODY = "澜溪市"


def figure(
    indicator: str, value: str | None, *, doubt: str = "", sound: bool = True, unit: str = "件"
) -> KeptFigure:
    """Returns a cell of an indicator; blank where `value` is None."""
    number = None if value is None else Decimal(value)
    state = CellState.BLANK if value is None else CellState.VALUE
    return KeptFigure(
        indicator, "T1", f"T1!{indicator}", indicator, "", indicator, number, state, unit, "", doubt, sound
    )


def claim(
    sentence: str,
    text: str,
    value: str,
    *,
    unit: str = "件",
    kind: str = "count",
    relation: Relation = Relation.LEVEL,
    period: str = "unstated",
    period_text: str = "",
    year: int | None = None,
    figures: Sequence[str] = (),
    formula: str = "",
    part_of: str = "",
    at: int = 0,
) -> KeptClaim:
    """Returns the claim `text` of `sentence`, which begins at `at`; a percentage stands for what rounds to it."""
    number = Decimal(value)
    start = at + next(found.start() for found in re.finditer(rf"(?<!\d){re.escape(text)}", sentence))
    half = Decimal(1).scaleb(int(number.as_tuple().exponent)) / 2 if kind == "percent" else Decimal(0)
    return KeptClaim(
        id=f"c{start}",
        start=start,
        end=start + len(text),
        text=text,
        value=number,
        interval=Interval(number - half, number + half, False, bool(half)),
        unit=unit,
        kind=kind,
        hedge="",
        indicator="",
        context=(),
        scope=("unstated", ""),
        period=period,
        period_text=period_text,
        year=year,
        relation=relation,
        part_of=part_of,
        sentence=sentence,
        sentence_start=at,
        formula=formula,
        figures=tuple(figures),
    )


def member(
    year: int,
    cells: Mapping[str, str | None] | Sequence[KeptFigure] = (),
    claims: Sequence[KeptClaim] = (),
    *,
    template: str = "ogi-2021",
    body: str = BODY,
    parent: str = "",
    source: str = "",
    sha256: str = "",
) -> Member:
    """Returns a report of `body`."""
    figures = (
        tuple(figure(name, value) for name, value in cells.items())
        if isinstance(cells, Mapping)
        else tuple(cells)
    )
    return Member(
        report=f"{body}{year}{source}",
        source=source or f"{body}{year}.txt",
        sha256=sha256 or f"{body}{year}{source}",
        title=f"{body}{year}年政府信息公开工作年度报告",
        body=body,
        level="city",
        parent=parent,
        year=year,
        confidence=Decimal("0.95"),
        template=template,
        figures=figures,
        claims=tuple(claims),
    )


def series(*members: Member) -> Series:
    """Returns the series of reports of one body."""
    years = {item.year: item for item in members if item.year is not None}
    return Series(members[0].body, "city", "", years, {})


def told(*values: object) -> str:
    """Returns `values` as text, parted by blanks."""
    return " ".join(map(str, values))
