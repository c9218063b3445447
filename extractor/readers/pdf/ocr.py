"""Scanned pages by OCR, where the extra `ocr` is installed. What it reads is never certain."""

from __future__ import annotations

import io
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from .letters import Letter

_DPI = 200
_POINTS = 72
_LEAST_SCORE = 0.5


def available() -> bool:
    """Returns whether the OCR engine is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def letters(page: Any) -> list[Letter]:
    """Returns the letters that OCR sees on a page of pypdfium2; within a line they are spread by their widths."""
    picture = io.BytesIO()
    page.render(scale=_DPI / _POINTS).to_pil().save(picture, format="PNG")
    seen = _engine()(picture.getvalue())
    found: list[Letter] = []
    if seen.boxes is None:
        return found
    for box, text, score in zip(seen.boxes, seen.txts, seen.scores, strict=True):
        if score >= _LEAST_SCORE and text.strip():
            xs, ys = ([float(point[axis]) * _POINTS / _DPI for point in box] for axis in (0, 1))
            found += _spread(text, min(xs), max(xs), min(ys), max(ys))
    return found


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
