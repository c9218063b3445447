"""Pieces that the patterns of the grammar are made of."""

from __future__ import annotations

from collections.abc import Iterable

from ..knowledge.source import alternation

BLANKS = " "
DIGIT = "0-9０-９"
DIGITS = frozenset("0123456789０１２３４５６７８９")


def behind(words: Iterable[str]) -> str:
    """Returns a pattern that holds right behind any of `words`."""
    return f"(?:{'|'.join(f'(?<={branch})' for branch in _by_length(words))})"


def not_behind(words: Iterable[str]) -> str:
    """Returns a pattern that holds where none of `words` stands right before."""
    return "".join(f"(?<!{branch})" for branch in _by_length(words))


def _by_length(words: Iterable[str]) -> list[str]:
    """Returns one alternation for each length in `words`: what looks behind has one width."""
    groups: dict[int, list[str]] = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return [alternation(group) for _, group in sorted(groups.items())]
