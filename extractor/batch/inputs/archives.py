"""ZIP archives, and archives inside them."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from ...errors import InputError
from ...knowledge import Knowledge
from ...readers import Limits
from ...readers.package import Member, Package
from ..reference import Listed, Loaded, Reference, member, refused
from .files import opened

_OPEN = 4


def documents(path: str, knowledge: Knowledge, limits: Limits) -> Iterator[Listed]:
    """Yields the members of an archive, and those of archives in it; the limits of reading hold for each member."""
    try:
        for position, place in enumerate(_members(_outermost(path, limits), (), knowledge, limits)):
            yield member(Reference("zip", "/".join((path, *place)), path, place), position)
    except InputError as error:
        yield refused(error.file, error.code, **error.params)


def load(reference: Reference, _: Knowledge, limits: Limits) -> Loaded:
    """Returns a member."""
    opened_one = _kept(reference.path, limits)
    *above, last = (str(name) for name in reference.place)
    name = reference.path
    for outer in above:
        name = f"{name}/{outer}"
        data = opened_one.package.read(opened_one.find(outer, name))
        opened_one = _Opened(Package(data, name, limits))
    return Loaded(opened_one.package.read(opened_one.find(last, reference.source)))


class _Opened:
    """An archive with its members by name."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._members = {item.name: item for item in package.members}

    def find(self, name: str, source: str) -> Member:
        if name not in self._members:
            raise InputError("not_found", source)
        return self._members[name]


@lru_cache(_OPEN)
def _kept(path: str, limits: Limits) -> _Opened:
    return _Opened(_outermost(path, limits))


def _outermost(path: str, limits: Limits) -> Package:
    """Returns the archive at `path`; however many members it has, each is bounded, but not all of them together."""
    return Package(opened(path, path), path, replace(limits, unpacked=sys.maxsize))


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
