"""Remarks under a table or in a label, brought to the figures they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..data import Figure, Table
from ..knowledge.templates import Templates
from .labels import normal

# A label of fewer characters is met in remarks by chance.
_LEAST_LABEL = 4


def remarked(figures: Sequence[Figure], tables: Sequence[Table], templates: Templates) -> list[Figure]:
    """Returns the figures with the remarks that name their row, and what these say a figure includes."""
    notes = {table.id: [(note, normal(note)) for note in table.notes] for table in tables}
    return [_remarked(figure, notes.get(figure.table, []), templates) for figure in figures]


def _remarked(figure: Figure, notes: Sequence[tuple[str, str]], templates: Templates) -> Figure:
    row, _, column = (figure.indicator or "").partition("@")
    remarks = [remark for remark in templates.words.remarks if row in remark.rows]
    if not notes and not remarks:
        return figure
    label = normal(figure.row_label)
    own = [note for note, text in notes if len(label) >= _LEAST_LABEL and label in text]
    includes: list[str] = []
    for remark in remarks:
        said = [note for note, _ in notes if any(word in "".join(note.split()) for word in remark.words)]
        here = any(word in "".join((figure.row_label + figure.note).split()) for word in remark.words)
        if here or said:
            own += [note for note in said if note not in own]
            includes.append(f"{remark.includes}@{column}" if column else remark.includes)
    if not own and not includes:
        return figure
    return replace(figure, note=";".join(filter(None, (figure.note, *own))), includes=tuple(includes))
