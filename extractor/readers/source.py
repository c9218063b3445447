"""What the readers pass on: the bytes of a document, and what a format made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from ..data import Place, Problem, Region, Table
from ..knowledge import Layout
from .decoding import Decoded, decode
from .limits import DEFAULT, Limits


@dataclass(frozen=True)
class Source:
    """A document as found: its name for messages, its bytes, how to decode them, how much to read."""

    name: str
    data: bytes
    layout: Layout
    limits: Limits = DEFAULT

    @cached_property
    def decoded(self) -> Decoded:
        """Returns the bytes as text, decoded once.

        Raises:
            InputError: the bytes are no text.
        """
        return decode(self.data, self.name, self.layout)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format made of a document: its text, the tables it is sure of, the stretches it drops.

    Everything outside `tables` and `dropped` is still to be told apart by content. `places` are disjoint
    and in order.
    """

    text: str
    encoding: str
    tables: tuple[Table, ...] = ()
    dropped: tuple[Region, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    places: tuple[Place, ...] = field(default=())
