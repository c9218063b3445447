"""Many reports as one body of evidence: what must agree over the years and between bodies, and does not."""

from __future__ import annotations

from collections.abc import Iterator

from ..data.collection import CollectionCheck, CollectionFinding, Exhibit, Member, Outcome, Series
from ..knowledge import Knowledge
from .chains import check_chains
from .changes import check_changes
from .copies import check_copies
from .levels import check_levels
from .running import check_running
from .series import duplicates, families, series_of

__all__ = [
    "CollectionCheck",
    "CollectionFinding",
    "Exhibit",
    "Member",
    "Outcome",
    "Series",
    "check_levels",
    "check_years",
    "duplicates",
    "families",
    "series_of",
]

_CHECKS = (check_chains, check_changes, check_running, check_copies)


def check_years(series: Series, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields what comes of comparing the reports of one body over the years."""
    for check in _CHECKS:
        yield from check(series, knowledge)
