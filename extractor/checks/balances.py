"""Amounts that must come to another, tried: whether they do, and which cell is likeliest to be wrong if not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..data import Check, Figure, Finding, Param, Severity
from ..knowledge.ledgers import Told
from .culprits import slip

_CODE = "table.identity"
_CHANGED = "changed"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Balance:
    """One identity of tables tried: `total` and what `parts` come to, `spread` apart at most by rounding."""

    told: Told
    total: Figure
    parts: tuple[Figure, ...]
    come_to: Decimal
    spread: Decimal

    @property
    def figures(self) -> tuple[str, ...]:
        """Returns the ids of its cells, the total first."""
        return (self.total.id, *(part.id for part in self.parts))

    @property
    def over(self) -> Decimal:
        """Returns what the total has more than its parts come to."""
        return (self.total.value or _ZERO) - self.come_to

    @property
    def holds(self) -> bool:
        """Returns whether rounding may explain what total and parts differ by."""
        return abs(self.over) <= self.spread

    def mended(self, cell: Figure, change: Decimal) -> bool:
        """Returns whether it holds once `cell`, one of its own, is changed by so much."""
        moved = change if cell.id == self.total.id else -change
        return abs(self.over + moved) <= self.spread


def check_of(balance: Balance) -> Check:
    """Returns the tally of one identity."""
    return Check(
        _CODE,
        balance.holds,
        figures=balance.figures,
        formula=_formula(balance),
        expected=balance.come_to,
        actual=balance.total.value,
    )


def finding_of(balance: Balance, tried: Sequence[Balance]) -> Finding:
    """Returns the finding about an identity that fails; `tried` are all identities, which tell a culprit."""
    told = balance.told
    return Finding(
        _CODE,
        None,
        Severity.REVIEW,
        figures=balance.figures,
        formula=_formula(balance),
        expected=balance.come_to,
        actual=balance.total.value,
        difference=balance.over,
        params={"identity": told.id, "zh": told.zh, "en": told.en, **_culprit(balance, tried)},
    )


def _formula(balance: Balance) -> str:
    return f"{balance.total.id} = {' + '.join(part.id for part in balance.parts)}"


def _culprit(balance: Balance, tried: Sequence[Balance]) -> dict[str, Param]:
    """Returns the one cell whose change mends most of the identities it is in, as the message tells it.

    Between equals a recognisable slip of digits decides; nothing is said where that leaves several.
    """
    scored: list[tuple[int, str, Figure, Decimal]] = []
    for cell in (balance.total, *balance.parts):
        change = -balance.over if cell.id == balance.total.id else balance.over
        old = cell.value or _ZERO
        if cell.unit == balance.total.unit and old + change >= _ZERO:
            own = [other for other in tried if cell.id in other.figures]
            gain = sum(other.mended(cell, change) - other.holds for other in own)
            scored.append((gain, slip(old, old + change), cell, old + change))
    best = max((gain for gain, *_ in scored), default=0)
    finalists = [found for found in scored if found[0] == best > 0]
    if len(finalists) > 1:
        finalists = [found for found in finalists if found[1] != _CHANGED]
    if len(finalists) != 1:
        return {}
    _, kind, cell, value = finalists[0]
    return {"culprit": cell.id, "culprit_value": value, "culprit_kind": kind}
