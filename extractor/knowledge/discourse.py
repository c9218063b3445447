"""Discourse knowledge (being written)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Discourse:
    """Discourse knowledge."""


def load_discourse() -> Discourse:
    """Returns the discourse knowledge."""
    return Discourse()
