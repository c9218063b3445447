"""doccano: JSON lines, a report each, with entities and relations; fields ride in columns doccano leaves alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...errors import KnowledgeError
from ..marks import PLACED, Mark, Sheaf
from ..quotation import Span
from .fields import PART_OF, head_of, parse, read_text, settle, whole, wholes

FILE = "reports.jsonl"
Row = dict[str, Any]


def write(sheaves: Sequence[Sheaf], folder: Path) -> tuple[Path, ...]:
    """Returns the file with one report a line."""
    file = folder / FILE
    lines = [json.dumps(_line(number, sheaf), ensure_ascii=False) for number, sheaf in enumerate(sheaves, 1)]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return (file,)


def read(path: Path) -> tuple[Sheaf, ...]:
    """Returns the labels of each line."""
    file = path / FILE if path.is_dir() else path
    return tuple(
        _sheaf(parse(line, str(file), f"line {number}"), str(file), f"line {number}")
        for number, line in enumerate(read_text(file).split("\n"), start=1)
        if line.strip()
    )


def _line(number: int, sheaf: Sheaf) -> Row:
    head, marks = sheaf.head, sheaf.marks
    return {
        "id": number,
        "text": sheaf.text,
        "file": head.file,
        "sha256": head.sha256,
        "template": head.template,
        "entities": [
            {"id": place} | _placed(mark, mark.span) for place, mark in enumerate(marks) if mark.span
        ],
        "relations": [
            {"id": place, "from_id": part, "to_id": total, "type": PART_OF}
            for place, (part, total) in enumerate(wholes(marks))
        ],
        "fields": [_placed(mark, mark.span) | {"fields": dict(mark.fields)} for mark in marks if mark.span],
        "apart": [{"kind": mark.kind, **mark.fields} for mark in marks if mark.span is None],
    }


def _placed(mark: Mark, span: Span) -> Row:
    return {"label": mark.kind, "start_offset": span[0], "end_offset": span[1]}


def _sheaf(line: object, source: str, place: str) -> Sheaf:
    if not isinstance(line, dict) or not isinstance(line.get("text"), str):
        raise KnowledgeError(source, place, type(line).__name__, "an object with its text")
    head = head_of(line, source, place)
    stock = [_entry(row, source, f"{place}.fields") for row in _rows(line.get("fields", []), source, place)]
    entities = _rows(line.get("entities"), source, f"{place}.entities")
    marks, places = [], {}
    for number, entity in enumerate(entities):
        at = f"{place}.entities.{number}"
        places[str(entity.get("id"))] = number
        marks.append(_bare(entity, source, at))
    marks = _filled(marks, stock)
    relations = []
    for number, relation in enumerate(_rows(line.get("relations", []), source, f"{place}.relations")):
        ends = str(relation.get("from_id")), str(relation.get("to_id"))
        if not all(end in places for end in ends):
            raise KnowledgeError(source, f"{place}.relations.{number}", ends, "ids of entities of this line")
        relations.append((places[ends[0]], places[ends[1]]))
    apart = [
        Mark(str(row.get("kind")), None, {key: value for key, value in row.items() if key != "kind"})
        for row in _rows(line.get("apart", []), source, f"{place}.apart")
    ]
    return Sheaf(head, (*settle(marks, relations), *apart), line["text"])


def _rows(value: object, source: str, place: str) -> list[Row]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise KnowledgeError(source, place, type(value).__name__, "a list of objects")
    return value


def _bare(row: Row, source: str, place: str) -> Mark:
    if row.get("label") not in PLACED:
        raise KnowledgeError(source, f"{place}.label", row.get("label"), f"one of {', '.join(PLACED)}")
    start, end = (whole(row.get(key), source, f"{place}.{key}") for key in ("start_offset", "end_offset"))
    return Mark(row["label"], (start, end), {})


def _entry(row: Row, source: str, place: str) -> Mark:
    fields = row.get("fields")
    if not isinstance(fields, dict):
        raise KnowledgeError(source, place, type(fields).__name__, "an object of fields")
    return replace(_bare(row, source, place), fields=fields)


def _filled(marks: list[Mark], stock: list[Mark]) -> list[Mark]:
    """Returns the labels with their fields: doccano gives new ids, so the place tells which are whose.

    A label that was moved takes the fields of the one it overlaps most, of those that nobody has taken.
    """
    filled = dict(enumerate(marks))
    waiting = list(filled)
    for fits in (_exactly, _shared):
        for number in list(waiting):
            fit, place = max(
                ((fits(entry, filled[number]), -place) for place, entry in enumerate(stock)), default=(0, 0)
            )
            if fit > 0:
                filled[number] = replace(filled[number], fields=stock.pop(-place).fields)
                waiting.remove(number)
    return list(filled.values())


def _exactly(entry: Mark, mark: Mark) -> int:
    return int((entry.kind, entry.span) == (mark.kind, mark.span))


def _shared(entry: Mark, mark: Mark) -> int:
    """Returns how many characters two labels of one kind have in common."""
    (left, right), (start, end) = entry.span or (0, 0), mark.span or (0, 0)
    return min(right, end) - max(left, start) if entry.kind == mark.kind else 0
