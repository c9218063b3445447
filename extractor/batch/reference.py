"""Where a document stands, without its text: what the driver lists and hands to workers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isqrt
from typing import NamedTuple

from ..data import Param
from ..store.shards import key_of

# Documents of a container that stay together, so that whoever reads one of them reads its neighbours too.
BLOCK = 16


def even(position: int) -> int:
    """Returns the block of a document in a container where every document is as easily reached."""
    return position // BLOCK


def growing(position: int) -> int:
    """Returns the block of a document that is reached through all before it: the farther, the more stay together."""
    return isqrt(position // BLOCK)


@dataclass(frozen=True, slots=True)
class Reference:
    """Where one document stands.

    Attributes:
        kind: Who loads it, a key of `inputs.LOADERS`.
        source: Its name in the tables: a path or URL; in a container, with the place inside.
        path: The file to open.
        place: Where in the file: members of archives from the outermost in, offset and length, or group and row.
        hints: What a list says of the report, by the fields of `identity.Hints`.
    """

    kind: str
    source: str
    path: str
    place: tuple[str | int, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """Returns all but the source in one line."""
        return json.dumps([self.kind, self.path, list(self.place), dict(self.hints)])


def parse(source: str, text: str) -> Reference:
    """Returns the reference that `Reference.text` wrote."""
    kind, path, place, hints = json.loads(text)
    return Reference(kind, source, path, tuple(place), hints)


class Listed(NamedTuple):
    """A document with its key; keys of neighbours in a container follow each other."""

    key: str
    reference: Reference


def alone(reference: Reference) -> Listed:
    """Returns a document that is a file of its own."""
    return Listed(key_of(reference.source, 0, 0), reference)


def member(reference: Reference, position: int, block: int | None = None) -> Listed:
    """Returns the document at `position` of a container, in an even block unless told which."""
    return Listed(key_of(reference.path, even(position) if block is None else block, position), reference)


def refused(source: str, code: str, **params: Param) -> Listed:
    """Returns a document, or a container of them, that cannot be listed; loading it raises the error."""
    place = (code, json.dumps({key: str(value) for key, value in params.items()}))
    return alone(Reference("refused", source, source, place))


class Loaded(NamedTuple):
    """A document as it was found: its bytes, how to read them ("" for by their content), what is said of it."""

    data: bytes
    format: str = ""
    hints: Mapping[str, str] = {}
