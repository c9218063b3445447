"""What the formats share: fields as text, closed lists of words, wholes as relations, JSON read with care."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...data import CellState, Relation, Verdict
from ...errors import KnowledgeError
from ..marks import Field, Head, Mark
from ..reading import PERIODS, REASONS, SCOPES

CHOICES: Mapping[str, tuple[str, ...]] = {
    "verdict": tuple(item.value for item in Verdict),
    "relation": tuple(item.value for item in Relation),
    "scope": tuple(sorted(SCOPES)),
    "period": tuple(sorted(PERIODS)),
    "reason": tuple(sorted(REASONS)),
    "state": tuple(item.value for item in CellState),
}
"""Fields whose words come from a closed list."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "claim": (
        "id", "value", "low", "high", "low_open", "high_open", "unit", "indicator", "scope", "period", "relation",
        "part_of", "figures", "verdict", "numbers",
    ),
    "exclusion": ("reason", "numbers"),
    "ignore": ("why",),
    "figure": ("indicator", "value", "unit", "state"),
    "finding": ("code", "claims", "figures", "expected", "actual"),
    "check": ("code", "claims", "figures", "holds"),
}  # fmt: skip
"""The fields of each kind of label."""

PART_OF = "part_of"
LARGEST = 1 << 28
"""How many bytes of labels are read at most: more than any corpus of reports has."""

_WORDS = frozenset({"null", "true", "false"})
_OPENING = ("[", "{", '"')


def encode(field: Field) -> str:
    """Returns a field as text that `decode` reads back: a plain string as it stands, all else as JSON."""
    if isinstance(field, str) and field and field not in _WORDS and not field.startswith(_OPENING):
        return field
    return json.dumps(field, ensure_ascii=False)


def decode(text: str) -> Field:
    """Returns the field that `encode` wrote.

    Raises:
        ValueError: the text begins like JSON and is none.
    """
    if text in _WORDS or text.startswith(_OPENING):
        return json.loads(text)
    return text


def parse(text: str, source: str, place: str) -> Any:
    """Returns the JSON of `text`.

    Raises:
        KnowledgeError: it is none.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise KnowledgeError(source, place, f"{type(error).__name__}: {error}", "JSON") from error


def read_text(path: Path, encoding: str = "utf-8-sig") -> str:
    """Returns the file's text, its line ends as they stand, without a byte order mark.

    Raises:
        KnowledgeError: it is no UTF-8 text, larger than `LARGEST`, or cannot be read.
    """
    try:
        if (size := path.stat().st_size) > LARGEST:
            raise KnowledgeError(str(path), "(file)", f"{size} bytes", f"at most {LARGEST}")
        return path.read_bytes().decode(encoding)
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(str(path), "(file)", f"{type(error).__name__}: {error}", "UTF-8 text") from error


def head_of(table: object, source: str, place: str) -> Head:
    """Returns file, hash and template from a table that holds them.

    Raises:
        KnowledgeError: one of them is not there, or no string.
    """
    found = table if isinstance(table, dict) else {}
    for key in ("file", "sha256", "template"):
        if not isinstance(found.get(key), str):
            raise KnowledgeError(source, f"{place}.{key}", found.get(key), "a string, as it was exported")
    return Head(found["file"], found["sha256"], found["template"])


def whole(value: object, source: str, place: str) -> int:
    """Returns a whole number from 0 up.

    Raises:
        KnowledgeError: it is none.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise KnowledgeError(source, place, value, "a whole number from 0 up")
    return value


def wholes(marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Returns the relations part → whole between claims, as places in `marks`."""
    place = {mark.id: number for number, mark in enumerate(marks) if mark.kind == "claim"}
    return [
        (number, place[name])
        for number, mark in enumerate(marks)
        for name in _named(mark.fields.get(PART_OF))
        if name in place
    ]


def settle(marks: Iterable[Mark], relations: Iterable[tuple[int, int]]) -> tuple[Mark, ...]:
    """Returns the marks, each claim with an id, its wholes those that the relations name.

    A person draws and deletes relations; the field beside them only keeps their order, and whether having no
    whole is right too.
    """
    named = _with_ids(list(marks))
    wanted: dict[int, list[str]] = {}
    for part, whole_place in relations:
        wanted.setdefault(part, []).append(named[whole_place].id)
    return tuple(
        _with_wholes(mark, wanted.get(number, [])) if mark.kind == "claim" else mark
        for number, mark in enumerate(named)
    )


def _with_ids(marks: list[Mark]) -> list[Mark]:
    taken = {mark.id for mark in marks}
    free = (name for number in range(1, len(marks) + 2 + len(taken)) if (name := f"n{number}") not in taken)
    return [
        replace(mark, fields={"id": next(free), **mark.fields})
        if mark.kind == "claim" and not mark.id
        else mark
        for mark in marks
    ]


def _with_wholes(mark: Mark, wanted: list[str]) -> Mark:
    kept = mark.fields.get(PART_OF)
    if sorted(_named(kept)) == sorted(wanted):
        return mark
    none = [None] if isinstance(kept, list) and None in kept else []
    values: list[str | None] = [*wanted, *none]
    field = (values[0] if len(values) == 1 else values) if values else None
    return replace(mark, fields={**mark.fields, PART_OF: field})


def _named(field: Field) -> list[str]:
    values = field if isinstance(field, list) else [field]
    return [value for value in values if isinstance(value, str)]
