"""What the checks of a text yield: findings about claims, and the tally of each comparison."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..claims.prose import Prose, counts, prose_of
from ..data import Check, Claim, Finding, Severity
from ..knowledge import Knowledge

__all__ = ["Outcome", "Prose", "check", "counts", "finding", "prose_of"]

Outcome = Finding | Check


def finding(
    knowledge: Knowledge,
    code: str,
    claims: Sequence[Claim],
    formula: str,
    expected: Decimal | None,
    severity: Severity | None = None,
) -> Finding:
    """Returns a finding about the first of `claims`, whose value is the actual one."""
    actual = claims[0].value
    return Finding(
        code=code,
        verdict=None,
        severity=severity or knowledge.messages.severity(code),
        claims=tuple(claim.id for claim in claims),
        formula=formula,
        expected=expected,
        actual=actual,
        difference=None if expected is None or actual is None else actual - expected,
    )


def check(code: str, holds: bool, claims: Sequence[Claim], formula: str, expected: Decimal | None) -> Check:
    """Returns the tally of one comparison about the first of `claims`."""
    return Check(
        code=code,
        holds=holds,
        claims=tuple(claim.id for claim in claims),
        formula=formula,
        expected=expected,
        actual=claims[0].value,
    )
