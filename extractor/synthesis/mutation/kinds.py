"""The kinds of slips mutants are made with: `kinds.toml`, read into frozen records."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from ...errors import KnowledgeError

_FILE = "kinds.toml"
OPERATIONS = ("add", "swap", "lose", "double", "scale", "unit", "last_year", "neighbour", "zero", "fill")
SIDES = ("claim", "cell")


@dataclass(frozen=True, slots=True)
class Kind:
    """A slip: what is done (`op`), to numbers of which side; the other fields are the op's."""

    id: str
    op: str
    on: tuple[str, ...]
    zh: str
    en: str
    by: int = 0
    units: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    bare: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kinds:
    """All kinds in the order of the file, and the words for each reason why a number is left as it is."""

    kinds: tuple[Kind, ...]
    skips: Mapping[str, Mapping[str, str]]

    def named(self, names: tuple[str, ...]) -> tuple[Kind, ...]:
        """Returns the kinds of these ids, all where none is named.

        Raises:
            KnowledgeError: there is no such kind.
        """
        known = {kind.id: kind for kind in self.kinds}
        if unknown := [name for name in names if name not in known]:
            raise KnowledgeError(_FILE, "kinds", unknown[0], f"one of {', '.join(known)}")
        return tuple(known[name] for name in names) or self.kinds


@functools.cache
def load_kinds() -> Kinds:
    """Returns the kinds.

    Raises:
        KnowledgeError: an operation or a side is not known.
    """
    table = tomllib.loads(resources.files(__package__).joinpath(_FILE).read_text(encoding="utf-8"))
    kinds = []
    for entry in table["kinds"]:
        if entry["op"] not in OPERATIONS or not set(entry["on"]) <= set(SIDES):
            raise KnowledgeError(_FILE, entry["id"], (entry["op"], entry["on"]), f"{OPERATIONS}, {SIDES}")
        fields: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
        }
        kinds.append(Kind(**fields))
    return Kinds(tuple(kinds), table["skips"])
