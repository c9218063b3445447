"""Linking knowledge (being written)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Linking:
    """Linking knowledge."""


def load_linking() -> Linking:
    """Returns the linking knowledge."""
    return Linking()
