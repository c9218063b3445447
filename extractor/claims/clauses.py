"""Sentences cut into clauses: at commas, colons, brackets, and between the members of a list of quantities."""

from __future__ import annotations

from typing import NamedTuple

from ..tokens import Tokens

_PAIRS = {"LB": "RB", "LQ": "RQ"}
_BREAKS = frozenset({"COMMA", "SEMI", "COLON", "STOP"})
_JOINTS = frozenset({"DUN", "CONJ"})


class Clause(NamedTuple):
    """Tokens [start, end) of one clause; `mark` is the tag that opened it, `depth` its bracket depth."""

    start: int
    end: int
    mark: str
    depth: int


def clauses(tokens: Tokens, start: int, end: int) -> list[Clause]:
    """Returns the clauses of the sentence whose tokens are [start, end), in order; none is empty.

    A bracket or quotation without a quantity inside stays part of its clause, with the commas in it.
    """
    inline = _inline(tokens, start, end)
    out: list[Clause] = []
    here, mark, depth, seen = start, "START", 0, False

    def close(stop: int, next_mark: str, next_start: int) -> None:
        nonlocal here, mark, seen
        if stop > here:
            out.append(Clause(here, stop, mark, depth))
        elif mark == "SEMI" or (mark == "COLON" and next_mark in ("STOP", "COMMA")):
            next_mark = (
                mark  # ;二是…: the mark of the list word hides no semicolon, nor does a line end the colon
            )
        here, mark, seen = next_start, next_mark, False

    for index in range(start, end):
        tag = tokens.tags[index]
        if index in inline:
            continue
        if tag == "Q":
            seen = True
        elif tag in _BREAKS or tag == "END":
            close(index, tag, index + 1)
        elif tag == "LB":
            close(index, tag, index + 1)
            depth += 1
        elif tag == "RB":
            close(index, tag, index + 1)
            depth = max(0, depth - 1)
        elif tag in _JOINTS and seen and _quantity_ahead(tokens, index + 1, end):
            close(index, tag, index + 1)
    if here < end:
        close(end, "END", end)
    return out


def _inline(tokens: Tokens, start: int, end: int) -> set[int]:
    """Returns the token indexes inside brackets or quotation marks that hold no quantity, marks included."""
    inline: set[int] = set()
    stack: list[tuple[int, str, bool]] = []
    for index in range(start, end):
        tag = tokens.tags[index]
        if tag in _PAIRS:
            stack.append((index, _PAIRS[tag], False))
        elif tag == "Q":
            stack = [(place, closing, True) for place, closing, _ in stack]
        elif stack and tag in ("RB", "RQ"):
            while stack:
                place, closing, counted = stack.pop()
                if closing == tag:
                    if not counted or tag == "RQ":
                        inline.update(i for i in range(place, index + 1) if tokens.tags[i] != "Q")
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
