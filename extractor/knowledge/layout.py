"""Layout knowledge (being written)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """Layout knowledge."""


def load_layout() -> Layout:
    """Returns the layout knowledge."""
    return Layout()
