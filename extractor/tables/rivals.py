"""Cuts that hold within their row and fail against the others: which of their cells are open again?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..formulas import Identity

Weights = Mapping[str, int]


def weights(identity: Identity) -> dict[str, int]:
    """Returns by how much left minus right of the identity grows with each name."""
    found: dict[str, int] = {}
    for side, sign in ((identity.left, 1), (identity.right, -1)):
        for term in side.terms:
            found[term.name] = found.get(term.name, 0) + sign * term.sign
    return found


def gaps(
    identities: Sequence[Sequence[Identity]], values: Mapping[str, Decimal | None]
) -> list[tuple[Weights, Decimal]]:
    """Returns weights and left minus right of each equation that fails, of alternatives the first that can be made."""
    found: list[tuple[Weights, Decimal]] = []
    for group in identities:
        for identity in group:
            left, right = identity.left.evaluate(values), identity.right.evaluate(values)
            if left is None or right is None:
                continue
            if identity.relation == "=" and left != right:
                found.append((weights(identity), left - right))
            break
    return found


def exchanged(
    names: Sequence[str],
    texts: Sequence[str],
    failing: Sequence[tuple[Weights, Decimal]],
) -> frozenset[int]:
    """Returns the cells of a row between which digits may have changed places: one is short of what another has over.

    A row whose cells were cut to fit their own total can still be cut wrongly; then two columns fail, in
    opposite directions, and the cells from the one to the other hold more digits than there are cells.
    """
    lacking: dict[int, Decimal] = {}
    for weight, gap in failing:
        for place, name in enumerate(names):
            if name in weight:
                lacking[place] = -gap / weight[name]
    short = [place for place, gap in lacking.items() if gap > 0]
    over = [place for place, gap in lacking.items() if gap < 0]
    if not short or not over:
        return frozenset()
    cells = range(min(*short, *over), max(*short, *over) + 1)
    return frozenset(cells) if any(len(texts[place]) > 1 for place in cells) else frozenset()
