"""How much the knowledge files hold, for `kb check`."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from dataclasses import fields

from ..knowledge import Knowledge
from .text import draw, grid
from .words import Words


def write_counts(knowledge: Knowledge, words: Words, width: int = 100, colour: bool = False) -> str:
    """Returns the number of entries of every collection in `knowledge`, room by room."""
    columns = [words.word("label.knowledge"), words.word("label.count")]
    table = grid(columns, _rows(knowledge), right=frozenset({1}))
    return draw([f"{words.say('kb_ok')}: {knowledge.hash}", "", table], width, colour)


def _rows(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for room in fields(knowledge):
        record = getattr(knowledge, room.name)
        if isinstance(record, str):
            continue  # the hash, said above
        for item in fields(record):
            value = getattr(record, item.name)
            if isinstance(value, Sized) and not isinstance(value, str):
                yield f"{room.name}.{item.name}", str(len(value))
