"""Columns and rows that name a year: which of them speak of the report's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..data import Figure
from ..knowledge.periods import YearSigns
from ..periods import report_year
from ..widths import fold_widths

_EARLIER = "last_year"
_YEAR = re.compile(r"((?:19|20)\d{2})(?:[—–~-]+(?:19|20)\d{2})?(?=学?年|$)")  # a school year by its first
_YEAR_ROW = re.compile(r"((?:19|20)\d{2})(?:年度?)?")
_BLANKS = re.compile(r"\s+")
_LEAST = 2  # a table that names one year only says no more than its title


def dated(figures: Sequence[Figure], text: str, signs: YearSigns) -> list[Figure]:
    """Returns the figures of no form with the period that the year over or beside them says they are of.

    Of several years in a table the report's own counts as such, where `signs` find it in `text` and the table has it,
    else the latest; a figure of a year before it is `last_year`'s.
    """
    years = {figure.id: named for figure in figures if figure.indicator is None and (named := _year(figure))}
    tables: dict[str, set[int]] = {}
    for figure in figures:
        if figure.id in years:
            tables.setdefault(figure.table, set()).add(years[figure.id])
    several = {table: found for table, found in tables.items() if len(found) >= _LEAST}
    if not several:
        return list(figures)
    year = report_year(fold_widths(text), signs)
    own = {table: year if year in found else max(found) for table, found in several.items()}
    return [
        replace(figure, period=_EARLIER)
        if not figure.period and figure.id in years and years[figure.id] < own.get(figure.table, 0)
        else figure
        for figure in figures
    ]


def _year(figure: Figure) -> int:
    """Returns the year that the labels over a figure name, or the label beside it is; 0 for none."""
    labels = [_BLANKS.sub("", label) for label in figure.column_path]
    over = max((int(year) for label in labels for year in _YEAR.findall(label)), default=0)
    beside = _YEAR_ROW.fullmatch(_BLANKS.sub("", figure.row_label))
    return over or (int(beside[1]) if beside is not None else 0)
