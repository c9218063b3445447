"""Which findings a reader may take as one: those that an earlier one may have caused, and those told alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..data import Finding


def causes(findings: Sequence[Finding]) -> Iterator[int | None]:
    """Yields for each finding the place of the first before it that may have caused it, None where there is none.

    That is one whose own number is part of this one's evidence: mended, this one may be gone with it. Of findings
    about tables the number is the cell that is told as the likely slip. A finding with a cause of its own is none.
    """
    first: dict[str, int] = {}
    for place, finding in enumerate(findings):
        suspect = str(finding.params.get("culprit", ""))
        evidence = (*finding.claims, suspect) if suspect else finding.claims
        found = min((first[key] for key in evidence if key in first), default=None)
        yield found
        own = finding.claims[0] if finding.claims else suspect
        if found is None and own:
            first.setdefault(own, place)


def alike(findings: Sequence[Finding]) -> Iterator[int | None]:
    """Yields for each finding the place of the first before it with the same code, None where it is the first."""
    first: dict[str, int] = {}
    for place, finding in enumerate(findings):
        earlier = first.setdefault(finding.code, place)
        yield earlier if earlier != place else None
