"""Scanned pages by OCR, where the extra `ocr` is installed. What it reads is never certain."""

from __future__ import annotations

import io
import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from .letters import Letter

_DPI = 200
_POINTS = 72
_LEAST_SCORE = 0.5
# A run of dark pixels this long, 29 points, is part of a rule: no stroke of a letter is.
_RUN = re.compile(rb"\x00{80,}")
_DARK = 140
_TRANSPOSE = 5  # of PIL.Image: rows become columns


def available() -> bool:
    """Returns whether the OCR engine is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


class Scan(NamedTuple):
    """What a scanned page shows, in points: its letters, and its rules as lines of pdfplumber."""

    letters: list[Letter]
    rules: list[dict[str, Any]]


def scan(page: Any) -> Scan:
    """Returns what OCR sees on a page of pypdfium2; within a line, letters are spread by their widths."""
    image = page.render(scale=_DPI / _POINTS).to_pil()
    picture = io.BytesIO()
    image.save(picture, format="PNG")
    seen = _engine()(picture.getvalue())
    found: list[Letter] = []
    for box, text, score in zip(seen.boxes, seen.txts, seen.scores, strict=True) if seen.txts else ():
        if score >= _LEAST_SCORE and text.strip():
            xs, ys = ([float(point[axis]) * _POINTS / _DPI for point in box] for axis in (0, 1))
            found += _spread(text, min(xs), max(xs), min(ys), max(ys))
    return Scan(found, rules(image))


def rules(image: Any) -> list[dict[str, Any]]:
    """Returns the rules of a picture of PIL as lines of pdfplumber: its long runs of dark pixels."""
    dark = image.convert("L").point([0 if level < _DARK else 255 for level in range(256)])
    found = []
    for turned in (False, True):
        pixels = dark.transpose(_TRANSPOSE) if turned else dark
        width, data = pixels.width, pixels.tobytes()
        for row in range(pixels.height):
            for run in _RUN.finditer(data, row * width, (row + 1) * width):
                start, end = (place - row * width for place in run.span())
                found.append(_rule(start, end, row, turned))
    return found


def _rule(start: int, end: int, at: int, upright: bool) -> dict[str, Any]:
    """Returns a rule from `start` to `end` at `at`, in pixels, as a line in points."""
    first, last, place = (value * _POINTS / _DPI for value in (start, end, at))
    left, right, top, bottom = (place, place, first, last) if upright else (first, last, place, place)
    return {
        "object_type": "line", "x0": left, "x1": right, "top": top, "bottom": bottom,
        "width": right - left, "height": bottom - top, "orientation": "v" if upright else "h",
    }  # fmt: skip


def _spread(text: str, x0: float, x1: float, top: float, bottom: float) -> list[Letter]:
    """Returns the letters of a line between `x0` and `x1`, a Chinese one as wide as two others."""
    widths = [1 if char.isascii() else 2 for char in text]
    unit = (x1 - x0) / sum(widths)
    found = []
    at = x0
    for char, width in zip(text, widths, strict=True):
        if char.strip():
            found.append(Letter(char, at, at + width * unit, top, bottom))
        at += width * unit
    return found


@cache
def _engine() -> Any:
    return import_module("rapidocr").RapidOCR()
