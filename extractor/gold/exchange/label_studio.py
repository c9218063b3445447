"""Label Studio: one JSON file of tasks with their annotations, and the labelling configuration beside it.

Offsets are UTF-16 units, as a browser counts. Fields with a closed list are choices, all others text, both of
their region; findings and checks, which stand nowhere in the text, are JSON in two text areas of the task.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from ...errors import KnowledgeError
from ..marks import PLACED, Field, Mark, Sheaf
from .fields import CHOICES, FIELDS, PART_OF, decode, encode, head_of, parse, read_text, settle, whole, wholes

TASKS, CONFIG = "tasks.json", "label_config.xml"
_AREAS = {"finding": "findings", "check": "checks"}
Row = dict[str, Any]


def write(sheaves: Sequence[Sheaf], folder: Path) -> tuple[Path, ...]:
    """Returns the files with the tasks and with the configuration of the project they belong to."""
    tasks, config = folder / TASKS, folder / CONFIG
    tasks.write_text(
        json.dumps([_task(sheaf) for sheaf in sheaves], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    config.write_text(_config(), encoding="utf-8")
    return tasks, config


def read(path: Path) -> tuple[Sheaf, ...]:
    """Returns the labels of each task, from the first annotation that was not cancelled."""
    file = path / TASKS if path.is_dir() else path
    tasks = parse(read_text(file), str(file), "(file)")
    if not isinstance(tasks, list):
        raise KnowledgeError(str(file), "(file)", type(tasks).__name__, "a list of tasks")
    return tuple(
        _Task(task, str(file), f"task {number}").sheaf() for number, task in enumerate(tasks, start=1)
    )


def _units(text: str) -> list[int]:
    """Returns for each code point, and for the end, how many UTF-16 units stand before it."""
    return [0, *accumulate(2 if ord(letter) > 0xFFFF else 1 for letter in text)]


# ---------------------------------------------------------------- out


def _task(sheaf: Sheaf) -> Row:
    head = sheaf.head
    units = _units(sheaf.text)
    result: list[Row] = []
    for number, mark in enumerate(sheaf.marks):
        if mark.span is None:
            continue
        start, end = mark.span
        place = {"start": units[start], "end": units[end], "text": sheaf.text[start:end]}
        region = {"id": f"m{number}", "to_name": "text"}
        result.append(
            region | {"from_name": "label", "type": "labels", "value": place | {"labels": [mark.kind]}}
        )
        result += [region | _field(name, field, place) for name, field in mark.fields.items()]
    result += [
        {
            "type": "relation",
            "from_id": f"m{part}",
            "to_id": f"m{total}",
            "direction": "right",
            "labels": [PART_OF],
        }
        for part, total in wholes(sheaf.marks)
    ]
    for kind, area in _AREAS.items():
        texts = [
            json.dumps(dict(mark.fields), ensure_ascii=False) for mark in sheaf.marks if mark.kind == kind
        ]
        if texts:
            result.append(
                {
                    "id": area,
                    "from_name": area,
                    "to_name": "text",
                    "type": "textarea",
                    "value": {"text": texts},
                }
            )
    data = {"text": sheaf.text, "file": head.file, "sha256": head.sha256, "template": head.template}
    return {"data": data, "annotations": [{"result": result}]}


def _field(name: str, field: Field, place: Row) -> Row:
    if name in CHOICES:
        chosen = field if isinstance(field, list) else [field]
        return {"from_name": name, "type": "choices", "value": place | {"choices": chosen}}
    return {"from_name": name, "type": "textarea", "value": place | {"text": [encode(field)]}}


def _config() -> str:
    """Returns the labelling configuration: which labels there are, and what is asked of each."""
    lines = ["<View>", '  <Labels name="label" toName="text">']
    lines += [f"    <Label value={quoteattr(kind)}/>" for kind in PLACED]
    lines += ["  </Labels>", "  <Relations>", f"    <Relation value={quoteattr(PART_OF)}/>", "  </Relations>"]
    lines.append('  <Text name="text" value="$text" granularity="symbol"/>')
    kinds: dict[str, list[str]] = {}
    for kind in PLACED:
        for name in FIELDS[kind]:
            kinds.setdefault(name, []).append(kind)
    for name, asked in kinds.items():
        shown = f'name="{name}" toName="text" perRegion="true" whenTagName="label" whenLabelValue="{",".join(asked)}"'
        if name in CHOICES:
            several = "single" if name in ("verdict", "state") else "multiple"
            lines.append(f'  <Choices {shown} choice="{several}" showInline="true">')
            lines += [f"    <Choice value={quoteattr(value)}/>" for value in CHOICES[name]]
            lines.append("  </Choices>")
        else:
            lines.append(f'  <TextArea {shown} placeholder="{name}" editable="true" maxSubmissions="1"/>')
    lines += [f'  <TextArea name="{area}" toName="text" editable="true"/>' for area in _AREAS.values()]
    return "\n".join([*lines, "</View>", ""])


# ---------------------------------------------------------------- in


class _Task:
    """One task on its way in; knows where it stands for messages."""

    def __init__(self, task: object, source: str, place: str) -> None:
        if not isinstance(task, dict) or not isinstance(data := task.get("data"), dict):
            raise KnowledgeError(source, place, type(task).__name__, "a task with its data")
        self.task: Mapping[str, Any] = task
        self.data: Mapping[str, Any] = data
        self.source = source
        self.place = place

    def fail(self, key: str, found: object, expected: str) -> KnowledgeError:
        return KnowledgeError(self.source, f"{self.place}.{key}", found, expected)

    def sheaf(self) -> Sheaf:
        head = head_of(self.data, self.source, f"{self.place}.data")
        text = self.data.get("text")
        if not isinstance(text, str):
            raise self.fail("data.text", text, "the text of the report")
        units = _units(text)
        regions: dict[str, Row] = {}
        relations: list[tuple[str, str]] = []
        apart: list[Mark] = []
        for number, item in enumerate(self.results(), start=1):
            key = f"result {number}"
            if not isinstance(item, dict):
                raise self.fail(key, item, "a region, a field or a relation")
            if item.get("type") == "relation":
                relations.append((str(item.get("from_id")), str(item.get("to_id"))))
            elif item.get("from_name") in _AREAS.values():
                kind = next(kind for kind, area in _AREAS.items() if area == item["from_name"])
                apart += [Mark(kind, None, self.table(text, key)) for text in self.values(item, "text", key)]
            else:
                self.gather(item, key, regions.setdefault(str(item.get("id")), {}), units)
        places = {name: number for number, name in enumerate(regions)}
        for name in (end for pair in relations for end in pair):
            if name not in places:
                raise self.fail("relation", name, "the id of a region")
        marks = [self.mark(name, region) for name, region in regions.items()]
        drawn = [(places[part], places[total]) for part, total in relations]
        return Sheaf(head, (*settle(marks, drawn), *apart), text)

    def results(self) -> list[Any]:
        annotations = self.task.get("annotations")
        if not isinstance(annotations, list):
            raise self.fail("annotations", annotations, "a list")
        done = [item for item in annotations if isinstance(item, dict)]
        kept = [item.get("result") for item in done if not item.get("was_cancelled")]
        if not kept or not isinstance(kept[0], list):
            raise self.fail("annotations", len(kept), "an annotation with its result")
        return list(kept[0])

    def gather(self, item: Row, key: str, region: Row, units: list[int]) -> None:
        """Adds what one entry says to the region it belongs to."""
        name = item.get("from_name")
        if item.get("type") == "labels":
            value = item.get("value") or {}
            region["kind"] = next(iter(self.values(item, "labels", key)), "")
            region["span"] = tuple(
                self.offset(value.get(end), f"{key}.{end}", units) for end in ("start", "end")
            )
        elif item.get("type") == "choices":
            chosen = self.values(item, "choices", key)
            region[f"={name}"] = chosen[0] if len(chosen) == 1 else chosen
        elif item.get("type") == "textarea":
            try:
                region[f"={name}"] = decode("\n".join(self.values(item, "text", key)))
            except ValueError as error:
                raise self.fail(key, str(error), "text, or JSON") from error
        else:
            raise self.fail(key, item.get("type"), "labels, choices, textarea or relation")

    def values(self, item: Row, name: str, key: str) -> list[str]:
        value = item.get("value")
        found = value.get(name) if isinstance(value, dict) else None
        values = [found] if isinstance(found, str) else found
        if not isinstance(values, list) or not all(isinstance(entry, str) for entry in values):
            raise self.fail(f"{key}.{name}", found, "a list of strings")
        return values

    def offset(self, value: object, key: str, units: list[int]) -> int:
        unit = whole(value, self.source, f"{self.place}.{key}")
        place = bisect_left(units, unit)
        if place == len(units) or units[place] != unit:
            raise self.fail(key, value, "an offset in the text, in UTF-16 units")
        return place

    def table(self, text: str, key: str) -> Mapping[str, Field]:
        table = parse(text, self.source, f"{self.place}.{key}")
        if not isinstance(table, dict):
            raise self.fail(key, text, "a JSON object")
        return table

    def mark(self, name: str, region: Row) -> Mark:
        if region.get("kind") not in PLACED:
            raise self.fail(f"region {name}", region.get("kind"), f"one of {', '.join(PLACED)}")
        fields = {key[1:]: field for key, field in region.items() if key.startswith("=")}
        return Mark(region["kind"], region["span"], fields)
