"""What a run came to: totals over all its documents, and which of them were not audited."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ..store.manifest import Manifest, Rejected
from ..store.rows import FAILED, OK, QUARANTINED

# Failed documents that the summary names; the manifest and the table of reports have all.
_NAMED = 1000
_STATUSES = ("documents", OK, FAILED, QUARANTINED)
_COUNTS = ("numbers", "claims", "unexplained", "figures", "findings", "errors", "reviews", "problems")
_CODES = {
    "templates": "reports.template.",
    "verdicts": "claims.verdict.",
    "findings_by_code": "findings.code.",
    "problems_by_code": "problems.code.",
    "failed_by_reason": f"{FAILED}.",
    "quarantined_by_reason": f"{QUARANTINED}.",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """The totals of a run.

    Attributes:
        stamp: What made the results.
        documents: How many there are, and how many of each status.
        counts: What the audited ones hold, and how many findings of severity error and review.
        codes: By kind of code, how often each stands.
        quarantined: Documents that killed their workers.
        failed: Documents that could not be read, the first thousand by name.
    """

    stamp: str
    documents: Mapping[str, int]
    counts: Mapping[str, int]
    codes: Mapping[str, Mapping[str, int]]
    quarantined: tuple[Rejected, ...]
    failed: tuple[Rejected, ...]


def summarise(manifest: Manifest, stamp: str) -> Summary:
    """Returns the totals of all finished shards."""
    totals = manifest.totals()
    failed = (item for _, item in zip(range(_NAMED), manifest.rejected(FAILED), strict=False))
    return Summary(
        stamp=stamp,
        documents={name: totals[name] for name in _STATUSES},
        counts={name: totals[name] for name in _COUNTS},
        codes={kind: _named(totals, prefix) for kind, prefix in _CODES.items()},
        quarantined=tuple(manifest.rejected(QUARANTINED)),
        failed=tuple(failed),
    )


def summary_text(summary: Summary) -> str:
    """Returns a summary as JSON; no times stand in it, so the same reports give the same text."""
    plain = {
        "stamp": summary.stamp,
        "documents": dict(summary.documents),
        "counts": dict(summary.counts),
        **{kind: dict(counts) for kind, counts in summary.codes.items()},
        QUARANTINED: [_plain(item) for item in summary.quarantined],
        FAILED: [_plain(item) for item in summary.failed],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _named(totals: Mapping[str, int], prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): totals[name] for name in sorted(totals) if name.startswith(prefix)}


def _plain(item: Rejected) -> dict[str, object]:
    problem = item.problem
    return {
        "source": problem.file,
        "reason": problem.code,
        "place": problem.place,
        "params": dict(problem.params),
    }
