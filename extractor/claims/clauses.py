"""Sentences cut into clauses: at commas, colons, brackets, and between the members of a list of quantities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..tokens import Tokens

_PAIRS = {"LB": "RB", "LQ": "RQ"}
_BREAKS = frozenset({"COMMA", "SEMI", "COLON", "STOP"})
_JOINTS = frozenset({"DUN", "CONJ"})
_MARKS = frozenset({*_BREAKS, *_JOINTS, *_PAIRS, *_PAIRS.values(), "Q", "END"})
"""Tags that say where clauses begin and end; most tokens have none of them."""


class Clause(NamedTuple):
    """Tokens [start, end) of one clause; `mark` is the tag that opened it, `depth` its bracket depth.

    `counted` are those of its tokens that are quantities.
    """

    start: int
    end: int
    mark: str
    depth: int
    counted: Sequence[int] = ()


def clauses(tokens: Tokens, start: int, end: int) -> list[Clause]:
    """Returns the clauses of the sentence whose tokens are [start, end), in order; none is empty.

    A bracket or quotation without a quantity inside stays part of its clause, with the commas in it.
    """
    tags = tokens.tags
    marks = [index for index in range(start, end) if tags[index] in _MARKS]
    inline = _inline(tags, marks)
    out: list[Clause] = []
    counted: list[int] = []
    here, mark, depth = start, "START", 0

    def close(stop: int, next_mark: str, next_start: int) -> None:
        nonlocal here, mark, counted
        if stop > here:
            out.append(Clause(here, stop, mark, depth, counted))
        elif mark == "SEMI" or (mark == "COLON" and next_mark in ("STOP", "COMMA")):
            next_mark = (
                mark  # ;二是…: the mark of the list word hides no semicolon, nor does a line end the colon
            )
        here, mark, counted = next_start, next_mark, []

    for index in marks:
        if index in inline:
            continue
        tag = tags[index]
        if tag == "Q":
            counted.append(index)
        elif tag in _BREAKS or tag == "END":
            close(index, tag, index + 1)
        elif tag == "LB":
            close(index, tag, index + 1)
            depth += 1
        elif tag == "RB":
            close(index, tag, index + 1)
            depth = max(0, depth - 1)
        elif tag in _JOINTS and counted and _quantity_ahead(tokens, index + 1, end):
            close(index, tag, index + 1)
    if here < end:
        close(end, "END", end)
    return out


def _inline(tags: Sequence[str], marks: Sequence[int]) -> set[int]:
    """Returns which of `marks` are inside brackets or quotation marks that hold no quantity, these included."""
    inline: set[int] = set()
    stack: list[tuple[int, str, bool]] = []
    for index in marks:
        tag = tags[index]
        if tag in _PAIRS:
            stack.append((index, _PAIRS[tag], False))
        elif tag == "Q":
            stack = [(place, closing, True) for place, closing, _ in stack]
        elif stack and tag in ("RB", "RQ"):
            while stack:
                place, closing, counted = stack.pop()
                if closing == tag:
                    if not counted or tag == "RQ":
                        inline.update(i for i in marks if place <= i <= index and tags[i] != "Q")
                    break
    return inline


def _quantity_ahead(tokens: Tokens, start: int, end: int) -> bool:
    """Says whether a quantity comes before the next break."""
    for index in range(start, end):
        tag = tokens.tags[index]
        if tag == "Q":
            return True
        if tag in _BREAKS or tag in ("LB", "RB", "END"):
            return False
    return False
