"""The words by which tables are read whatever their form, and the remarks that change what a row counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from ..data.records import record
from ..errors import KnowledgeError
from .source import Toml, known_keys, read_toml, text_of, texts_of

_WORDS = "tables.toml"
_PERIODS = frozenset({"cumulative", "last_year"})


@record
class Remark:
    """A remark with any of `words` says that the figures of `rows` also count what `includes` does."""

    words: tuple[str, ...]
    rows: tuple[str, ...]
    includes: str


@record
class TableWords:
    """The words by which a table of no form is read."""

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
    units: frozenset[str]
    periods: Mapping[str, tuple[str, ...]]
    remarks: tuple[Remark, ...]


def _remarks(table: Toml, rows: Set[str]) -> Iterator[Remark]:
    for entry in table.get("remarks", []):
        place = f"remarks.{text_of(entry, 'id', _WORDS, 'remarks')}"
        known_keys(entry, frozenset({"id", "words", "rows", "includes"}), _WORDS, place)
        remark = Remark(
            texts_of(entry, "words", _WORDS, place),
            texts_of(entry, "rows", _WORDS, place),
            text_of(entry, "includes", _WORDS, place),
        )
        for row in (*remark.rows, remark.includes):
            if row not in rows:
                raise KnowledgeError(_WORDS, place, row, "the id of a row of a template")
        yield remark


def load_words(rows: Set[str]) -> TableWords:
    """Returns the words of `kb/tables.toml`; `rows` are the ids of all rows of the forms.

    Raises:
        KnowledgeError: a key is wrong, or a remark speaks of a row no form has.
    """
    table = read_toml(_WORDS)
    lists = (
        "nothing",
        "hedges",
        "cover",
        "unit_headers",
        "serial_headers",
        "number_headers",
        "note_headers",
        "totals",
        "part_marks",
        "rates",
    )
    known_keys(table, frozenset({*lists, "periods", "units", "remarks"}), _WORDS, "(top)")
    read = {key: texts_of(table, key, _WORDS, "(top)") for key in lists}
    periods = table.get("periods", {})
    known_keys(periods, _PERIODS, _WORDS, "periods")
    units = table.get("units", {})
    known_keys(units, frozenset({"words"}), _WORDS, "units")
    return TableWords(
        nothing=frozenset(read["nothing"]),
        hedges=read["hedges"],
        cover=frozenset(read["cover"]),
        unit_headers=frozenset(read["unit_headers"]),
        serial_headers=frozenset(read["serial_headers"]),
        number_headers=frozenset(read["number_headers"]),
        note_headers=frozenset(read["note_headers"]),
        totals=frozenset(read["totals"]),
        part_marks=read["part_marks"],
        rates=read["rates"],
        units=frozenset(texts_of(units, "words", _WORDS, "units")),
        periods={key: texts_of(periods, key, _WORDS, "periods") for key in periods},
        remarks=tuple(_remarks(table, rows)),
    )
