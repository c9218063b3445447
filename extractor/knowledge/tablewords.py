"""The words by which tables are read whatever their form, and the remarks that change what a row counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from ..data.records import record
from .source import Section, read_toml

_WORDS = "tables.toml"
_PERIODS = ("cumulative", "last_year")


@record
class Remark:
    """A remark with any of `words` says that the figures of `rows` also count what `includes` does."""

    words: tuple[str, ...]
    rows: tuple[str, ...]
    includes: str


@record
class TableWords:
    """The words by which a table of no form is read; `compared` matches the words of a header that date nothing."""

    nothing: frozenset[str]
    hedges: tuple[str, ...]
    cover: frozenset[str]
    unit_headers: frozenset[str]
    serial_headers: frozenset[str]
    number_headers: frozenset[str]
    note_headers: frozenset[str]
    totals: frozenset[str]
    part_marks: tuple[str, ...]
    rates: tuple[str, ...]
    compared: re.Pattern[str]
    units: frozenset[str]
    periods: Mapping[str, tuple[str, ...]]
    remarks: tuple[Remark, ...]


def load_words(rows: Set[str]) -> TableWords:
    """Returns the words of `kb/tables.toml`; `rows` are the ids of all rows of the forms.

    Raises:
        KnowledgeError: a key is wrong, or a remark speaks of a row no form has.
    """
    with Section(read_toml(_WORDS), _WORDS) as table:
        periods = table.section("periods")
        return TableWords(
            nothing=table.set("nothing"),
            hedges=table.texts("hedges"),
            cover=table.set("cover"),
            unit_headers=table.set("unit_headers"),
            serial_headers=table.set("serial_headers"),
            number_headers=table.set("number_headers"),
            note_headers=table.set("note_headers"),
            totals=table.set("totals"),
            part_marks=table.texts("part_marks"),
            rates=table.texts("rates"),
            compared=table.pattern("compared"),
            units=table.section("units").set("words"),
            periods={key: periods.texts(key) for key in _PERIODS},
            remarks=tuple(_remark(entry, rows) for entry in table.sections("remarks")),
        )


def _remark(entry: Section, rows: Set[str]) -> Remark:
    entry.text("id")
    remark = Remark(entry.texts("words"), entry.texts("rows"), entry.text("includes"))
    for row in (*remark.rows, remark.includes):
        if row not in rows:
            raise entry.wrong("rows", "ids of rows of a template", row)
    return remark
