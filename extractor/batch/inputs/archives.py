"""ZIP archives, and archives inside them."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from ...errors import InputError
from ...knowledge import Knowledge
from ...readers import Limits
from ...readers.package import Package
from ..reference import Listed, Loaded, Reference, member, refused
from .files import opened
from .kept import Kept

_OPEN = 4


def documents(path: str, knowledge: Knowledge, limits: Limits) -> Iterator[Listed]:
    """Yields the members of an archive, and those of archives in it; the limits of reading hold for each member."""
    try:
        with opened(path, path) as file:
            members = _members(Package(file, path, limits), (), knowledge, limits)
            for position, place in enumerate(members):
                yield member(Reference("zip", "/".join((path, *place)), path, place), position)
    except InputError as error:
        yield refused(error.file, error.code, **error.params)


def load(reference: Reference, _: Knowledge, limits: Limits) -> Loaded:
    """Returns a member."""
    archive, name = _KEPT.get(reference.path, limits), reference.path
    *above, last = (str(part) for part in reference.place)
    for outer in above:
        data, name = archive.read(outer), f"{name}/{outer}"
        archive = _Archive(io.BytesIO(data), name, limits)
    return Loaded(archive.read(last))


class _Archive:
    """An archive with its members by name; however many there are, each is bounded, but not all of them together."""

    def __init__(self, file: IO[bytes], name: str, limits: Limits) -> None:
        self._package = Package(file, name, replace(limits, unpacked=sys.maxsize))
        self._members = {item.name: item for item in self._package.members}

    def read(self, name: str) -> bytes:
        """Returns the bytes of a member."""
        if name not in self._members:
            raise InputError("not_found", f"{self._package.name}/{name}")
        return self._package.read(self._members[name])


_KEPT = Kept(_Archive, _OPEN)


def _members(
    package: Package, above: tuple[str, ...], knowledge: Knowledge, limits: Limits
) -> Iterator[tuple[str, ...]]:
    for item in package.members:
        place = (*above, item.name)
        if knowledge.layout.litter.search(item.name):
            continue
        if knowledge.inputs.container(item.name) != "zip":
            yield place
            continue
        name = f"{package.name}/{item.name}"
        if len(place) > limits.nesting:
            raise InputError("nesting_too_deep", name, limit=limits.nesting)
        inner = Package(io.BytesIO(package.read(item)), name, limits)
        inner.check()
        yield from _members(inner, place, knowledge, limits)
