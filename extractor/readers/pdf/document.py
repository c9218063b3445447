"""A PDF to a draft: page by page its letters, its tables, its lines."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import InputError
from ..building import Builder
from ..source import Draft, Source
from . import ocr
from .aligned import find_aligned
from .flow import Flow, Mark, Page
from .letters import Letter, Line, letters_of, lines_of
from .ocr import Scan
from .ruled import Grid, find_ruled
from .running import running_lines
from .strips import Strip, decile, gutter_of, gutters_of, spans, strips_of

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

# Lines shorter than this share of the page say nothing about where lines end.
_LONG = 0.5
_PASSWORD = "password"
# A page with fewer letters is a scan where a picture covers so much of it.
_STAMP = 15
_COVERED = 0.5
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE


def read(source: Source) -> Draft:
    """Returns the text of a PDF with its tables.

    Pages without a text layer are read by OCR where the extra is installed, else they are a problem.

    Raises:
        InputError: encrypted, corrupt_file, too_many_pages, too_many_cells, text_too_long, or scanned where
            no page has a text layer and there is no OCR.
    """
    import pdfplumber

    out = Builder(source.name, source.limits)
    blank = _without_text(source)
    scans: dict[int, Scan] = _scanned(source, blank, out) if blank else {}
    rows: list[tuple[list[Line], list[Grid], float, float]] = []
    total = cells = 0
    with pdfplumber.open(io.BytesIO(source.data)) as document:
        for number, page in enumerate(document.pages, 1):
            seen = scans.get(number)
            letters = seen.letters if seen is not None else letters_of(page)
            total += len(letters)
            if total > source.limits.text_length:
                raise InputError("text_too_long", source.name, size=total, limit=source.limits.text_length)
            lines, grids = _laid_out(page, letters, number, seen)
            cells += sum(len(grid.slots) for grid in grids)
            if cells > source.limits.cells:
                raise InputError("too_many_cells", source.name, size=cells, limit=source.limits.cells)
            rows.append((lines, grids, float(page.width), float(page.height)))
            page.close()
    flow = Flow(out)
    for item in _pages(rows, source):
        flow.add(item)
    flow.close()
    return out.draft("pdf")


def _laid_out(
    page: Any, letters: Sequence[Letter], number: int, seen: Scan | None
) -> tuple[list[Line], list[Grid]]:
    """Returns the ruled tables of a page, and the lines that are in none."""
    rules = seen.rules if seen is not None else None
    grids = find_ruled(page, letters, number, rules)
    lines = _free(letters, grids)
    gutter = gutter_of(lines, number) if grids else None
    if gutter is not None and any(spans(grid, gutter) for grid in grids):
        grids = find_ruled(page, letters, number, rules, gutter)
        lines = _free(letters, grids)
    return lines, grids


def _free(letters: Sequence[Letter], grids: Sequence[Grid]) -> list[Line]:
    held = {id(letter) for grid in grids for letter in grid.letters}
    return lines_of(letter for letter in letters if id(letter) not in held)


def _without_text(source: Source) -> list[int]:
    """Returns the numbers of the pages that show something but no text.

    Raises:
        InputError: encrypted, corrupt_file or too_many_pages.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if _PASSWORD in str(error).lower():
            raise InputError("encrypted", source.name, kind="PDF") from error
        raise InputError("corrupt_file", source.name, kind="PDF", cause=str(error)) from error
    try:
        if len(document) > source.limits.pages:
            raise InputError("too_many_pages", source.name, size=len(document), limit=source.limits.pages)
        found = [number for number in range(1, len(document) + 1) if _is_scan(document, number - 1)]
    finally:
        document.close()
    return found


def _is_scan(document: PdfDocument, index: int) -> bool:
    """Returns whether a page is a picture: one covers it, and of text there is no more than a page mark or a stamp."""
    page = document[index]
    letters = page.get_textpage()
    try:
        if letters.count_chars() >= _STAMP:
            return False
        area = page.get_width() * page.get_height()
        for item in page.get_objects(filter=[_IMAGE], max_depth=3):
            left, bottom, right, top = item.get_bounds()
            if (right - left) * (top - bottom) > _COVERED * area:
                return True
        return False
    finally:
        letters.close()
        page.close()


def _scanned(source: Source, pages: Sequence[int], out: Builder) -> dict[int, Scan]:
    """Returns what OCR sees on scanned pages, nothing where it is not installed."""
    import pypdfium2

    document = pypdfium2.PdfDocument(source.data)
    try:
        if not ocr.available():
            if len(pages) == len(document):
                raise InputError("scanned", source.name, pages=len(pages))
            out.problem("scanned_pages", f"p.{pages[0]}", count=len(pages))
            return {}
        read = {number: ocr.scan(document[number - 1]) for number in pages}
    finally:
        document.close()
    out.problem("ocr_text", f"p.{pages[0]}", count=len(pages))
    return read


def _pages(rows: Sequence[tuple[list[Line], list[Grid], float, float]], source: Source) -> list[Page]:
    marks = running_lines([lines for lines, *_ in rows], [height for *_, height in rows], source.layout)
    margins = _margins([(lines, width) for lines, _, width, _ in rows])
    kept = [
        [line for at, line in enumerate(lines) if at not in own]
        for (lines, *_), own in zip(rows, marks, strict=True)
    ]
    gutters = gutters_of(kept)
    pages = []
    for number, ((lines, grids, width, height), own) in enumerate(zip(rows, marks, strict=True), 1):
        strips = strips_of(kept[number - 1], grids, number, gutters[number - 1])
        blocks = [_blocks(strip, number) for strip in strips]
        for at, reason in own.items():
            foot = lines[at].top > height / 2
            blocks[-1 if foot else 0].append((lines[at].top, Mark(lines[at], reason)))
        for strip, held in zip(strips, blocks, strict=True):
            left, right = strip.margins or margins[round(width)]
            pages.append(Page(number, [block for _, block in sorted(held, key=_height)], left, right))
    return pages


def _blocks(strip: Strip, number: int) -> list[tuple[float, Line | Grid | Mark]]:
    """Returns the lines and tables of a part of a page, each with the height it stands at."""
    aligned, free = find_aligned(strip.lines, number)
    return [*((line.top, line) for line in free), *((grid.top, grid) for grid in (*strip.grids, *aligned))]


def _height(item: tuple[float, Any]) -> float:
    return item[0]


def _margins(pages: Sequence[tuple[list[Line], float]]) -> dict[int, tuple[float, float]]:
    """Returns where lines begin and end on pages of each width, in points."""
    edges: dict[int, tuple[list[float], list[float]]] = {}
    for lines, width in pages:
        left, right = edges.setdefault(round(width), ([], []))
        long = [line for line in lines if line.x1 - line.x0 > _LONG * width]
        left += [line.x0 for line in long]
        right += [line.x1 for line in long]
    return {width: (decile(left, 0, 0.0), decile(right, -1, width)) for width, (left, right) in edges.items()}
