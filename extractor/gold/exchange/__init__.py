"""Labels to and from the formats of annotation tools and spreadsheets; what goes out comes back the same.

Each format is a module with `write(sheaves, folder)`, which returns the files it made, and `read(path)`.
Offsets are those of the format's tool: code points everywhere but in Label Studio, whose browser counts UTF-16.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from ..marks import Sheaf

_MODULES = {
    "label-studio": "label_studio",
    "doccano": "doccano",
    "brat": "brat",
    "spacy": "docbin",
    "csv": "sheet",
}
FORMATS = tuple(_MODULES)


def write(sheaves: Sequence[Sheaf], format: str, folder: Path) -> tuple[Path, ...]:
    """Returns the files written to `folder`, which is made; one of `FORMATS`.

    Raises:
        ValueError: the format is unknown.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: tuple[Path, ...] = _module(format).write(sheaves, folder)
    return written


def read(path: Path, format: str) -> tuple[Sheaf, ...]:
    """Returns the labels in `path`, the file or folder that `write` or the tool made.

    Raises:
        KnowledgeError: what is there is not in the format, or holds labels no report could have.
        ValueError: the format is unknown.
    """
    read_format = _module(format).read
    sheaves: tuple[Sheaf, ...] = read_format(path)
    return sheaves


def _module(format: str) -> ModuleType:
    if format not in _MODULES:
        raise ValueError(f"format {format!r} is none of {', '.join(FORMATS)}")
    return import_module(f".{_MODULES[format]}", __package__)
