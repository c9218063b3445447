"""Token patterns over verb, quantity and noun: one letter a token, and all shapes as one pattern over the letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import regex

from .knowledge.discourse import Shape
from .tokens import Tokens

_QUANTITY = ("Q",)


@dataclass(frozen=True, slots=True)
class Found:
    """The shape that fits a quantity token: its id, and whether the thing counted stands before or after it."""

    shape: str
    head: str


class Phrases:
    """Finds, for every quantity token, the first shape of `kb/discourse.toml` that fits around it.

    The classes of a text's tokens are written as a string, a letter each. A shape is what must stand right before a
    quantity's letter and what must stand behind it, so that a text is searched once, whatever the number of shapes.
    """

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self._found = [Found(shape.id, shape.head) for shape in shapes]
        tags = dict.fromkeys(tag for shape in shapes for step, _ in shape.pattern for tag in step)
        letters = {tag: chr(_FIRST + place) for place, tag in enumerate(tags)}
        self._letters = _Letters(
            letters | {tag: letters[as_tag] for tag, as_tag in _CLASSES.items() if as_tag in letters}
        )
        self._pattern = regex.compile("|".join(f"({_around(shape, letters)})" for shape in shapes))

    def find(self, tokens: Tokens) -> dict[int, Found]:
        """Returns the shape around each quantity token, by token index; a quantity no shape fits is absent."""
        written = "".join(map(self._letters.__getitem__, tokens.tags))
        return {
            match.start(): self._found[match.lastindex - 1]
            for match in self._pattern.finditer(written)
            if match.lastindex is not None
        }


_FIRST, _OTHER = ord("A"), "?"


class _Letters(dict[str, str]):
    """The letter of each class that shapes name, and one for all others."""

    def __missing__(self, tag: str) -> str:
        letter = self[tag] = _OTHER
        return letter


# What ends a stretch of words, and what stands for a name.
_CLASSES = dict.fromkeys(("COMMA", "SEMI", "COLON", "DUN", "LB", "RB", "STOP"), "END") | {
    "LQ": "N",
    "RQ": "N",
}


def _around(shape: Shape, letters: Mapping[str, str]) -> str:
    """Returns the pattern of the letter of a quantity with what `shape` wants before and behind it."""
    place = next(place for place, (tags, _) in enumerate(shape.pattern) if tags == _QUANTITY)
    before, behind = shape.pattern[:place], shape.pattern[place + 1 :]
    return f"(?<={_steps(before, letters)}){letters['Q']}(?={_steps(behind, letters)})"


def _steps(steps: Iterable[tuple[tuple[str, ...], str]], letters: Mapping[str, str]) -> str:
    return "".join(f"[{''.join(letters[tag] for tag in tags)}]{operator}" for tags, operator in steps)
