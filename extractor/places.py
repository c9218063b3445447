"""Where the folders lie that ship beside the code: at a checkout's root, in a wheel inside the package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _find(name: str) -> Path:
    """Returns the folder `name` inside the package where a wheel put it, else the one beside the package."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def models() -> Path:
    """Returns the folder of the trained models, one sub-folder a model."""
    return _find("models")
