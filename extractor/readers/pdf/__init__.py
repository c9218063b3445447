"""PDF: letters and rules to lines, tables and paragraphs."""

from __future__ import annotations

from .document import read

__all__ = ["read"]
