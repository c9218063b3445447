"""doccano: JSON lines, a report each, with entities and relations; fields ride in columns doccano leaves alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...errors import KnowledgeError
from ..marks import PLACED, Mark, Sheaf
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
            {"id": place, "label": mark.kind, "start_offset": mark.span[0], "end_offset": mark.span[1]}
            for place, mark in enumerate(marks)
            if mark.span is not None
        ],
        "relations": [
            {"id": place, "from_id": part, "to_id": total, "type": PART_OF}
            for place, (part, total) in enumerate(wholes(marks))
        ],
        "fields": {
            str(place): dict(mark.fields) for place, mark in enumerate(marks) if mark.span is not None
        },
        "apart": [{"kind": mark.kind, **mark.fields} for mark in marks if mark.span is None],
    }


def _sheaf(line: object, source: str, place: str) -> Sheaf:
    if not isinstance(line, dict) or not isinstance(line.get("text"), str):
        raise KnowledgeError(source, place, type(line).__name__, "an object with its text")
    head = head_of(line, source, place)
    fields = _tables(line.get("fields", {}), source, f"{place}.fields")
    entities = _rows(line.get("entities"), source, f"{place}.entities")
    marks, places = [], {}
    for number, entity in enumerate(entities):
        at = f"{place}.entities.{number}"
        if entity.get("label") not in PLACED:
            raise KnowledgeError(source, f"{at}.label", entity.get("label"), f"one of {', '.join(PLACED)}")
        start, end = (whole(entity.get(key), source, f"{at}.{key}") for key in ("start_offset", "end_offset"))
        places[entity.get("id")] = number
        marks.append(Mark(entity["label"], (start, end), fields.get(str(entity.get("id")), {})))
    relations = []
    for number, relation in enumerate(_rows(line.get("relations", []), source, f"{place}.relations")):
        ends = relation.get("from_id"), relation.get("to_id")
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


def _tables(value: object, source: str, place: str) -> dict[str, Row]:
    if not isinstance(value, dict) or not all(isinstance(item, dict) for item in value.values()):
        raise KnowledgeError(source, place, type(value).__name__, "an object of objects")
    return value
