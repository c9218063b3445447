"""Templates knowledge (being written)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Templates:
    """Templates knowledge."""


def load_templates() -> Templates:
    """Returns the templates knowledge."""
    return Templates()
