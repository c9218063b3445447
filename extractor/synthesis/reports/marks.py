"""Labels that travel inside a text while it is written, as pairs of characters no report holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ...labels import GoldClaim, GoldExclusion, GoldFigure

# An opening mark says by its code point which label it opens; the planes are private use.
_FIRST = 0xF0000
_CLOSE = "\U0010fffd"
_MARK = re.compile(f"[{chr(_FIRST)}-{_CLOSE}]")
_LABELLED = re.compile(f"([{chr(_FIRST)}-{chr(ord(_CLOSE) - 1)}][^{_CLOSE}]*{_CLOSE})")


@dataclass(frozen=True, slots=True)
class Ignored:
    """A stretch whose numbers are not scored."""

    start: int
    end: int
    text: str
    why: str


Label = GoldClaim | GoldExclusion | GoldFigure | Ignored


@dataclass(slots=True)
class Ink:
    """The labels of a report being written; where a label stands is known when the marks are taken out."""

    labels: list[Label] = field(default_factory=list)
    claims: int = 0

    def mark(self, text: str, label: Label) -> str:
        """Returns `text` between the marks of `label`."""
        self.labels.append(label)
        return f"{chr(_FIRST + len(self.labels) - 1)}{text}{_CLOSE}"

    def name(self) -> str:
        """Returns the id of the next claim."""
        self.claims += 1
        return f"c{self.claims:02d}"

    def back(self, to: tuple[int, int]) -> None:
        """Forgets the labels made since the `place`."""
        del self.labels[to[0] :]
        self.claims = to[1]

    @property
    def place(self) -> tuple[int, int]:
        """Returns how far it has come."""
        return len(self.labels), self.claims


def plain(marked: str) -> str:
    """Returns the text without its marks."""
    return _MARK.sub("", marked)


def stretches(marked: str) -> list[tuple[str, bool]]:
    """Returns the text in pieces, each with whether it is a label with its marks."""
    return [(piece, bool(number % 2)) for number, piece in enumerate(_LABELLED.split(marked))]


def placed(marked: str, labels: Sequence[Label]) -> tuple[str, list[Label]]:
    """Returns the text without its marks, and each label that stands there with its span, in the order of the text."""
    text = plain(marked)
    found: list[Label] = []
    opened = start = 0
    for taken, match in enumerate(_MARK.finditer(marked)):
        at = match.start() - taken
        if match.group() == _CLOSE:
            found.append(replace(labels[opened], start=start, end=at, text=text[start:at]))
        else:
            opened, start = ord(match.group()) - _FIRST, at
    return text, found
