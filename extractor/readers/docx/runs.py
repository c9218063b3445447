"""What a paragraph says, what it says no more, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from .markup import BOX, DELETIONS, PARAGRAPH, RUN, WRAPPERS, M, W, children, is_deleted, is_on, outermost

_LETTERS = frozenset({f"{W}t", f"{W}delText"})
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-"}
_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_RUBY = f"{W}ruby"
_FORMULAS = frozenset({f"{M}oMath", f"{M}oMathPara"})


class Stretch(NamedTuple):
    """A stretch of a paragraph; `reason` says why it is no text of the report, "" where it is."""

    text: str
    reason: str


class Reference(NamedTuple):
    """A mark that stands for a note: its kind, footnote or endnote, and its id."""

    kind: str
    id: str


@dataclass(slots=True)
class Said:
    """What a paragraph says: its pieces in order, the notes it refers to, the boxes anchored in it."""

    pieces: list[Stretch] = field(default_factory=list)
    notes: list[Reference] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Returns the text of the report."""
        return "".join(piece.text for piece in self.pieces if not piece.reason)

    @property
    def gone(self) -> list[Stretch]:
        """Returns what is no text of the report: neighbours of one reason as one, blanks not at all."""
        runs = [
            Stretch("".join(piece.text for piece in pieces).strip(), reason)
            for reason, pieces in groupby(self.pieces, key=lambda piece: piece.reason)
            if reason
        ]
        return [piece for piece in runs if piece.text]

    def add(self, paragraph: Any, reason: str = "") -> None:
        """Adds what stands in a paragraph, all of it for `reason` where there is one."""
        _read(paragraph, self, reason)


def said_in(cell: Any, reason: str = "") -> Iterator[tuple[Any, Said]]:
    """Yields the paragraphs of a cell with what they say."""
    said = Said()
    for paragraph in children(cell, PARAGRAPH):
        said.add(paragraph, reason)
        if not runs_on(paragraph):
            yield paragraph, said
            said = Said()


def runs_on(paragraph: Any) -> bool:
    """Returns whether the end of a paragraph was deleted, so that the paragraph behind it goes on with its line."""
    following = paragraph.getnext()
    if following is None or following.tag != PARAGRAPH:
        return False
    return is_deleted(paragraph.find(f"{W}pPr/{W}rPr"))


def _read(parent: Any, said: Said, reason: str) -> None:
    for child in parent:
        if child.tag == RUN:
            _read_run(child, said, reason)
        elif child.tag in DELETIONS:
            _read(child, said, "deleted_text")
        elif child.tag in _FORMULAS:
            said.pieces.append(Stretch(" ".join(child.itertext(f"{M}t")), reason or "formula"))
        elif child.tag in WRAPPERS:
            _read(child, said, reason)


def _read_run(run: Any, said: Said, reason: str) -> None:
    if is_on(run, f"{W}rPr/{W}vanish"):
        reason = reason or "hidden_text"
    for piece in run:
        if piece.tag in _LETTERS:
            said.pieces.append(Stretch(piece.text or "", reason))
        elif piece.tag in _BREAKS:
            said.pieces.append(Stretch(_BREAKS[piece.tag], reason))
        elif piece.tag in _REFERENCES:
            if not reason:
                said.notes.append(Reference(_REFERENCES[piece.tag], piece.get(f"{W}id", "")))
            if piece.get(f"{W}customMarkFollows"):  # what follows is the mark: 24 and ² must not become 242
                reason = reason or "note_mark"
        elif piece.tag == _RUBY:
            for base in piece.findall(f"{W}rubyBase"):
                _read(base, said, reason)
        elif piece.tag in WRAPPERS:
            _read_run(piece, said, reason)
        elif reason:
            said.pieces += [
                Stretch("".join(box.itertext(*_LETTERS)), reason) for box in outermost([piece], BOX)
            ]
        else:
            said.boxes += outermost([piece], BOX)
