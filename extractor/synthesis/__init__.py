"""Reports that nobody wrote: labelled ones with one number changed, and invented ones at any scale."""

from __future__ import annotations

from .generation import Generated, generate

__all__ = ["Generated", "generate"]
