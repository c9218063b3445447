"""CSV for a spreadsheet: a label a row, no cell that could run as a formula, and back the same.

A cell that begins like a formula gets an apostrophe in front, as one that begins with an apostrophe does, so
taking one away on the way in loses nothing. An empty cell is a field that is not there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ...errors import KnowledgeError
from ..marks import Field, Head, Mark, Sheaf
from .fields import FIELDS, decode, encode, read_text

FILE = "labels.csv"
_HEAD = ("file", "sha256", "template")
_PLACE = ("kind", "start", "end", "text")
_NAMES = tuple(dict.fromkeys(name for names in FIELDS.values() for name in names))
COLUMNS = (*_HEAD, *_PLACE, *_NAMES)
_REPORT = "report"
_RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'")
_BLANK = "\t\r\n \u3000\ufeff"


def write(sheaves: Sequence[Sheaf], folder: Path) -> tuple[Path, ...]:
    """Returns the sheet with the labels of all reports."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for sheaf in sheaves:
        writer.writerows([_guard(row.get(column, "")) for column in COLUMNS] for row in _rows(sheaf))
    file = folder / FILE
    file.write_bytes(f"\ufeff{buffer.getvalue()}".encode())
    return (file,)


def read(path: Path) -> tuple[Sheaf, ...]:
    """Returns the labels of each report of the sheet; rows may stand in any order."""
    file = path / FILE if path.is_dir() else path
    heads: dict[str, Head] = {}
    marks: dict[str, list[Mark]] = {}
    text = read_text(file)
    before = csv.field_size_limit(len(text) + 1)
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise KnowledgeError(str(file), "(file)", str(error), "a CSV file") from error
    finally:
        csv.field_size_limit(before)
    for number, row in enumerate(rows, start=2):
        place = f"row {number}"
        if set(row) != set(COLUMNS) or None in row.values():
            found = sorted(set(map(str, row)) ^ set(COLUMNS)) or "a short row"
            raise KnowledgeError(str(file), place, found, f"the columns {', '.join(COLUMNS)}")
        cells = {name: _unguard(cell) for name, cell in row.items()}
        head = Head(*(cells[name] for name in _HEAD))
        if heads.setdefault(head.file, head) != head:
            raise KnowledgeError(str(file), place, head, f"the same report as above, {heads[head.file]}")
        own = marks.setdefault(head.file, [])
        if cells["kind"] != _REPORT:
            own.append(_mark(cells, str(file), place))
    return tuple(Sheaf(head, tuple(marks[name])) for name, head in heads.items())


def _rows(sheaf: Sheaf) -> Iterator[Mapping[str, str]]:
    head = dict(zip(_HEAD, (sheaf.head.file, sheaf.head.sha256, sheaf.head.template), strict=True))
    yield {**head, "kind": _REPORT}
    for mark in sheaf.marks:
        row = {**head, "kind": mark.kind}
        if mark.span is not None:
            start, end = mark.span
            row |= {"start": str(start), "end": str(end), "text": sheaf.text[start:end]}
        yield row | {name: encode(field) for name, field in mark.fields.items()}


def _mark(cells: Mapping[str, str], source: str, place: str) -> Mark:
    names = FIELDS.get(cells["kind"])
    if names is None:
        raise KnowledgeError(source, f"{place}.kind", cells["kind"], f"one of {', '.join(FIELDS)}")
    try:
        fields: dict[str, Field] = {name: decode(cells[name]) for name in _NAMES if cells[name]}
        span = (int(cells["start"]), int(cells["end"])) if cells["start"] or cells["end"] else None
    except (ValueError, RecursionError) as error:
        raise KnowledgeError(
            source, place, str(error), "offsets, and fields as they were exported"
        ) from error
    return Mark(cells["kind"], span, fields, cells["text"])


def _guard(cell: str) -> str:
    """Returns the cell as a spreadsheet may hold it; what begins like a formula, blanks apart, is made text."""
    return f"'{cell}" if cell.lstrip(_BLANK).startswith(_RISKY) or cell[:1] in ("\t", "\r") else cell


def _unguard(cell: str) -> str:
    return cell.removeprefix("'")
