"""brat: a text and a stand-off file for each report, and the configuration of the collection beside them.

Words from closed lists are attributes, wholes are relations, everything else is JSON in a note on the label.
What belongs to the whole report is noted on a `document` label at its first character.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from ...errors import KnowledgeError
from ..marks import PLACED, Field, Mark, Sheaf
from ..quotation import Span
from .fields import CHOICES, FIELDS, PART_OF, head_of, parse, read_text, settle, wholes

CONFIG = "annotation.conf"
_DOCUMENT = "document"
_NOTE, _SPAN = "AnnotatorNotes", "span"
_SPANS = re.compile(r"\d+ \d+(?:;\d+ \d+)*")


def write(sheaves: Sequence[Sheaf], folder: Path) -> tuple[Path, ...]:
    """Returns the two files of each report, named after it, and the configuration."""
    written = []
    for sheaf in sheaves:
        stem = Path(sheaf.head.file).stem
        text, notes = folder / f"{stem}.txt", folder / f"{stem}.ann"
        text.write_bytes(sheaf.text.encode())
        notes.write_bytes("".join(f"{line}\n" for line in _lines(sheaf)).encode())
        written += [text, notes]
    config = folder / CONFIG
    config.write_text(_config(), encoding="utf-8")
    return (*written, config)


def read(path: Path) -> tuple[Sheaf, ...]:
    """Returns the labels of each stand-off file of a folder, or of the one file named."""
    files = sorted(path.glob("*.ann")) if path.is_dir() else [path]
    if not files:
        raise KnowledgeError(str(path), "*.ann", "nothing", "stand-off files")
    return tuple(_File(file).sheaf() for file in files)


# ---------------------------------------------------------------- out


def _lines(sheaf: Sheaf) -> Iterator[str]:
    head = sheaf.head
    first = next((place for place, letter in enumerate(sheaf.text) if not letter.isspace()), 0)
    yield _stretch(0, _DOCUMENT, first, first + 1, sheaf.text)
    notes: list[tuple[int, Any]] = [
        (0, {"file": head.file, "sha256": head.sha256, "template": head.template})
    ]
    attributes = 0
    for number, mark in enumerate(sheaf.marks, start=1):
        if mark.span is None:
            notes.append((0, {"kind": mark.kind, **mark.fields}))
            continue
        yield _stretch(number, mark.kind, *mark.span, sheaf.text)
        rest: dict[str, Field] = {}
        if _outer(_fragments(*mark.span, sheaf.text)) != mark.span:
            rest[_SPAN] = list(mark.span)
        for name, value in mark.fields.items():
            if name in CHOICES and isinstance(value, str):
                attributes += 1
                yield f"A{attributes}\t{name} T{number} {value}"
            else:
                rest[name] = value
        notes.append((number, rest))
    for number, (part, total) in enumerate(wholes(sheaf.marks), start=1):
        yield f"R{number}\t{PART_OF} Arg1:T{part + 1} Arg2:T{total + 1}"
    for number, (target, said) in enumerate(notes, start=1):
        yield f"#{number}\t{_NOTE} T{target}\t{json.dumps(said, ensure_ascii=False)}"


def _stretch(number: int, kind: str, start: int, end: int, text: str) -> str:
    """Returns a text-bound line; brat wants no line break in a stretch, so there it is cut in two."""
    spans = _fragments(start, end, text)
    shown = " ".join(text[left:right] for left, right in spans)
    return f"T{number}\t{kind} {';'.join(f'{left} {right}' for left, right in spans)}\t{shown}"


def _fragments(start: int, end: int, text: str) -> list[Span]:
    cuts = [start, *(place + 1 for place in range(start, end) if text[place] == "\n"), end + 1]
    spans = [(left, right - 1) for left, right in pairwise(cuts) if right - 1 > left]
    return spans or [(start, end)]


def _outer(spans: Sequence[Span]) -> Span:
    return spans[0][0], spans[-1][1]


def _config() -> str:
    lines = ["[entities]", _DOCUMENT, *PLACED, "", "[relations]", f"{PART_OF}\tArg1:claim, Arg2:claim", ""]
    lines += ["[events]", "", "[attributes]"]
    for name, values in CHOICES.items():
        kinds = "|".join(kind for kind in PLACED if name in FIELDS[kind])
        lines.append(f"{name}\tArg:{kinds}, Value:{'|'.join(values)}")
    return "\n".join([*lines, ""])


# ---------------------------------------------------------------- in


@dataclass(slots=True)
class _Draft:
    """A label on its way in.

    A note keeps a span whose ends are line breaks; it holds as long as nobody moved the label.
    """

    kind: str
    start: int
    end: int
    fields: dict[str, Field] = field(default_factory=dict)
    attributes: dict[str, Field] = field(default_factory=dict)

    def mark(self, text: str) -> Mark:
        """Returns the label in a report with the text `text`."""
        kept, span = self.fields.pop(_SPAN, None), (self.start, self.end)
        if isinstance(kept, list) and len(kept) == 2 and all(isinstance(end, int) for end in kept):
            left, right = kept
            if 0 <= left < right <= len(text) and _outer(_fragments(left, right, text)) == span:
                span = (left, right)
        return Mark(self.kind, span, self.fields | self.attributes)


class _File:
    """One stand-off file on its way in; knows its name for messages."""

    def __init__(self, path: Path) -> None:
        self.source = str(path)
        self.text = read_text(path.with_suffix(".txt"), "utf-8")
        self.lines = [line.rstrip("\r") for line in read_text(path).split("\n") if line.strip()]
        self.drafts: dict[str, _Draft] = {}
        self.relations: list[tuple[str, str]] = []
        self.apart: list[dict[str, Field]] = []

    def fail(self, line: str, expected: str) -> KnowledgeError:
        return KnowledgeError(self.source, line.split("\t")[0], line, expected)

    def sheaf(self) -> Sheaf:
        for line in sorted(self.lines, key=lambda line: not line.startswith("T")):
            parts = line.split("\t")
            match line[0]:
                case "T" if len(parts) >= 2:
                    self.stretch(line, parts)
                case "A" | "M" if len(parts) == 2:
                    self.attribute(line, parts)
                case "R" if len(parts) >= 2:
                    self.relation(line, parts)
                case "#" if len(parts) == 3:
                    self.note(line, parts)
                case _:
                    raise self.fail(line, "a stretch, an attribute, a relation or a note")
        heads = [row for row in self.apart if "kind" not in row]
        if len(heads) != 1:
            raise KnowledgeError(
                self.source, _DOCUMENT, len(heads), "one note with file, sha256 and template"
            )
        drafts = {name: draft for name, draft in self.drafts.items() if draft.kind != _DOCUMENT}
        places = {name: number for number, name in enumerate(drafts)}
        marks = [draft.mark(self.text) for draft in drafts.values()]
        apart = [
            Mark(str(row["kind"]), None, {key: value for key, value in row.items() if key != "kind"})
            for row in self.apart
            if "kind" in row
        ]
        drawn = [(places[part], places[total]) for part, total in self.relations]
        return Sheaf(head_of(heads[0], self.source, _DOCUMENT), (*settle(marks, drawn), *apart), self.text)

    def stretch(self, line: str, parts: list[str]) -> None:
        kind, _, spans = parts[1].partition(" ")
        if kind not in (*PLACED, _DOCUMENT) or not _SPANS.fullmatch(spans):
            raise self.fail(line, f"{', '.join(PLACED)} and where it stands")
        offsets = [int(offset) for span in spans.split(";") for offset in span.split(" ")]
        self.drafts[parts[0]] = _Draft(kind, min(offsets), max(offsets))

    def attribute(self, line: str, parts: list[str]) -> None:
        said = parts[1].split(" ")
        if len(said) != 3 or said[0] not in CHOICES or said[1] not in self.drafts:
            raise self.fail(line, f"one of {', '.join(CHOICES)}, its label and its word")
        self.drafts[said[1]].attributes[said[0]] = said[2]

    def relation(self, line: str, parts: list[str]) -> None:
        said = parts[1].split(" ")
        ends = [end.partition(":")[2] for end in said[1:]]
        if said[0] != PART_OF or len(ends) != 2 or any(end not in self.drafts for end in ends):
            raise self.fail(line, f"{PART_OF} between two labels")
        self.relations.append((ends[0], ends[1]))

    def note(self, line: str, parts: list[str]) -> None:
        kind, _, target = parts[1].partition(" ")
        if kind != _NOTE or target not in self.drafts:
            raise self.fail(line, f"{_NOTE} on a label")
        said = parse(parts[2], self.source, parts[0])
        if not isinstance(said, dict):
            raise self.fail(line, "a JSON object")
        if self.drafts[target].kind == _DOCUMENT:
            self.apart.append(said)
        else:
            self.drafts[target].fields |= said
