"""DOCX: paragraphs, tables, boxes and notes in the order they are read."""

from __future__ import annotations

from .document import read

__all__ = ["read"]
