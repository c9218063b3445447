"""Messages knowledge (being written)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Messages:
    """Messages knowledge."""


def load_messages() -> Messages:
    """Returns the messages knowledge."""
    return Messages()
