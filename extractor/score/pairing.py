"""One-to-one pairing of gold items with found ones, independent of their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

G = TypeVar("G")
F = TypeVar("F")


class Spanned(Protocol):
    """Anything with a half-open span."""

    @property
    def start(self) -> int:
        """Where it starts."""

    @property
    def end(self) -> int:
        """Where it has ended."""


def pair(gold: Sequence[G], found: Sequence[F], weight: Callable[[G, F], int]) -> dict[int, int]:
    """Returns gold index → found index, each used once, as many pairs as can be made.

    `weight` says how well two items fit: 0 never pairs, and among several the heavier is tried first.
    The result does not depend on chance, and on order only between equally heavy candidates.

    Source: augmenting paths for maximum bipartite matching (Kuhn 1955, Berge 1957).
    """
    candidates: dict[int, list[int]] = {}
    for i, wanted in enumerate(gold):
        weights = [(weight(wanted, item), j) for j, item in enumerate(found)]
        candidates[i] = [j for fit, j in sorted(weights, key=lambda fit: (-fit[0], fit[1])) if fit > 0]
    owner: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in candidates[i]:
            if j in tried:
                continue
            tried.add(j)
            if j not in owner or place(owner[j], tried):
                owner[j] = i
                return True
        return False

    best = {i: weight(gold[i], found[items[0]]) if items else 0 for i, items in candidates.items()}
    for i in sorted(candidates, key=lambda i: -best[i]):
        place(i, set())
    return {i: j for j, i in sorted(owner.items(), key=lambda item: item[1])}


def pair_spans(
    gold: Sequence[Spanned], found: Sequence[Spanned]
) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """Returns the pairs with one and the same span, and the pairs that merely overlap among what is left."""
    at: dict[tuple[int, int], list[int]] = {}
    for j, item in enumerate(found):
        at.setdefault((item.start, item.end), []).append(j)
    exact: dict[int, int] = {}
    for i, wanted in enumerate(gold):
        if at.get((wanted.start, wanted.end)):
            exact[i] = at[(wanted.start, wanted.end)].pop(0)
    taken = set(exact.values())
    rest = [i for i in range(len(gold)) if i not in exact]
    free = [j for j in range(len(found)) if j not in taken]
    loose = pair([gold[i] for i in rest], [found[j] for j in free], _overlap)
    return exact, {rest[i]: free[j] for i, j in loose.items()}


def _overlap(wanted: Spanned, item: Spanned) -> int:
    return max(0, min(wanted.end, item.end) - max(wanted.start, item.start))
