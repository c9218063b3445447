"""Language knowledge (being written)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """Language knowledge."""


def load_language() -> Language:
    """Returns the language knowledge."""
    return Language()
