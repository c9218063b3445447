"""What a spreadsheet library does not tell of an XLSX: formulas never computed, percent formats, how large it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from xml.etree import ElementTree

from ..errors import InputError
from .limits import Limits
from .package import Package

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]{1,6})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*>[^<]")
# Built-in formats 0% and 0.00%.
_PERCENT = frozenset({9, 10})
# A sheet is held as a rectangle: blank cells between far ones count a little, too.
_SPARSE = 50


@dataclass(frozen=True, slots=True)
class Peek:
    """A sheet as its XML has it: the cells, as A1, whose formula has no value, and those shown in percent."""

    uncomputed: tuple[str, ...]
    percents: frozenset[str]


def peek(data: bytes, name: str, limits: Limits) -> Mapping[str, Peek]:
    """Returns a peek at each sheet of an XLSX, by its name.

    Raises:
        InputError: too_many_cells, or a limit of packages.
    """
    parts = {member.name: part for member, part in Package(data, name, limits).checked()}
    if "xl/workbook.xml" not in parts:
        return {}
    styles = _percent_styles(parts.get("xl/styles.xml", b""))
    found: dict[str, Peek] = {}
    total = 0
    for sheet, path in _sheets(parts).items():
        uncomputed: list[str] = []
        percents: set[str] = set()
        rows = columns = 0
        for cell in _CELL.finditer(parts.get(path, b"")):
            total += 1
            if total > limits.cells:
                raise InputError("too_many_cells", name, sheet, size=total, limit=limits.cells)
            reference = _REFERENCE.search(cell.group(1))
            if reference is None:
                continue
            address = (reference.group(1) + reference.group(2)).decode()
            rows, columns = max(rows, int(reference.group(2))), max(columns, _column(reference.group(1)))
            style = _STYLE.search(cell.group(1))
            if style is not None and int(style.group(1)) in styles:
                percents.add(address)
            body = cell.group(2) or b""
            if _FORMULA.search(body) and not _VALUE.search(body):
                uncomputed.append(address)
        if rows * columns > limits.cells * _SPARSE:
            raise InputError("too_many_cells", name, sheet, size=rows * columns, limit=limits.cells)
        found[sheet] = Peek(tuple(uncomputed), frozenset(percents))
    return found


def _column(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - 64
    return value


def _sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Returns the part of each sheet, by the sheet's name."""
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in ElementTree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<r/>"))
    }
    sheets = ElementTree.fromstring(parts["xl/workbook.xml"]).iter(f"{_MAIN}sheet")
    return {
        sheet.get("name", ""): normpath(join("/xl", targets.get(sheet.get(_RELATION, ""), ""))).lstrip("/")
        for sheet in sheets
    }


def _percent_styles(styles: bytes) -> frozenset[int]:
    """Returns the numbers of the cell styles that show percent."""
    if not styles:
        return frozenset()
    root = ElementTree.fromstring(styles)
    own = {
        int(item.get("numFmtId", "0"))
        for item in root.iter(f"{_MAIN}numFmt")
        if "%" in item.get("formatCode", "")
    }
    formats = root.find(f"{_MAIN}cellXfs")
    return frozenset(
        number
        for number, item in enumerate(formats if formats is not None else ())
        if int(item.get("numFmtId", "0")) in own | _PERCENT
    )
