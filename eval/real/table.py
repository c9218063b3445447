"""The measures of the real reports as Markdown and as plain data; places stand as offsets, no words of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from extractor.knowledge.scoring import load_scoring
from extractor.score import Scores
from extractor.score.text import bounds, ratio, row, share

from .measure import GONE, UNJUDGED, Measured, Opinion
from .standoff import KEEP

METRICS = ("numbers", "claims", "values", "claims.right", "links", "links.whole", "verdicts", "findings")
OF_CLAIMS = (
    "numbers",
    "numbers.reason",
    "claims.overlap",
    "claims",
    "values",
    "indicator",
    "scope",
    "period",
    "relation",
    "part_of",
    "claims.right",
)
"""What is measured where stretches are labelled: numbers and claims, nothing of tables and findings."""
WORDS = (*KEEP.values(), UNJUDGED)
TALLIES = (
    ("error or review", True, False),
    ("error or review, in copies", True, True),
    ("notes", False, False),
    ("notes, in copies", False, True),
)
"""The rows of the tally: title, whether of severity error or review, whether of copies."""

INTRODUCTION = """\
# Real reports

**Development data**: rules were written with these reports in view; how well an unseen one is read they do not say.
The reports are not in the repository; their labels are, by offset ([how](../real/README.md)).
"""


def write(measured: Measured) -> str:
    """Returns the page of the measures."""
    lines = [INTRODUCTION]
    for title, scores in (
        ("Labelled reports, one file each", measured.reports),
        ("The same reports in another layout", measured.copies),
    ):
        if scores:
            lines += [
                f"## {title} ({len(scores.documents)})",
                "",
                *_metrics(scores, METRICS),
                "",
                *_alarms(scores),
                "",
                *_documents(scores),
                "",
            ]
    for kind, scores in measured.stretches.items():
        lines += [
            f"## Stretches of reports: {kind} ({len(scores.documents)})",
            "",
            *_metrics(scores, OF_CLAIMS),
            "",
            *_parts(scores),
            "",
        ]
    lines += [*_judged(measured), "", *_left(measured)]
    return "\n".join(lines).rstrip() + "\n"


def to_dict(measured: Measured) -> dict[str, Any]:
    """Returns the measures as plain data, fit for JSON."""
    return {
        "data": "development",
        "reports": _plain(measured.reports, METRICS),
        "copies": _plain(measured.copies, METRICS),
        "stretches": {kind: _plain(scores, OF_CLAIMS) for kind, scores in measured.stretches.items()},
        "judged": {
            "files": measured.judged,
            **{title: measured.tally(loud=loud, copies=copies) for title, loud, copies in TALLIES},
            "findings": [
                {
                    "file": item.file,
                    "code": item.code,
                    "severity": str(item.severity),
                    "place": item.place,
                    "word": item.word,
                    "was": item.was,
                    "why": item.why,
                }
                for item in measured.opinions
            ],
        },
        "skipped": {item.file: item.reason for item in measured.skipped},
    }


def _metrics(scores: Scores, metrics: Sequence[str]) -> Iterator[str]:
    names = load_scoring().metrics
    stamp = scores.stamp
    yield from (f"{stamp.version} · kb {stamp.kb} · {stamp.model}", "")
    yield from ("| metric | precision | recall | F1 |", "|---|---:|---:|---:|")
    for name in metrics:
        item = scores.metric(name)
        counts = item.counts
        yield row(
            names[name]["en"],
            ratio(counts.precision, counts.hits, counts.found),
            ratio(counts.recall, counts.hits, counts.gold),
            share(counts.f1) + bounds(item.f1_interval),
        )


def _alarms(scores: Scores) -> Iterator[str]:
    alarms = scores.alarm_rate()
    yield (
        f"False alarms (error or review): {alarms.alarms} in {alarms.reports} reports, "
        f"{share(alarms.mean)} a report; notes the labels do not hold: {alarms.notes}."
    )


def _documents(scores: Scores) -> Iterator[str]:
    yield "| report | claims wholly right | links | verdicts | findings right / labelled / made |"
    yield "|---|---:|---:|---:|---:|"
    for document in scores.documents:
        counts = document.counts
        right, links, verdicts, findings = (
            counts[name] for name in ("claims.right", "links", "verdicts", "findings")
        )
        yield row(
            document.file,
            f"{right.hits}/{right.gold}",
            f"{links.hits}/{links.gold}",
            f"{verdicts.hits}/{verdicts.gold}",
            f"{findings.hits} / {findings.gold} / {findings.found}",
        )


def _parts(scores: Scores) -> Iterator[str]:
    yield "| report | claims labelled | found | exact | wholly right | superfluous |"
    yield "|---|---:|---:|---:|---:|---:|"
    for document in scores.documents:
        found, exact, right = (document.counts[name] for name in ("claims.overlap", "claims", "claims.right"))
        counts = (found.gold, found.hits, exact.hits, right.hits, (found.found or 0) - found.hits)
        yield row(document.file, *map(str, counts))


def _judged(measured: Measured) -> Iterator[str]:
    yield from (f"## Every finding, judged ({measured.judged} files)", "")
    yield "Read with its sentence and its cells: would an auditor keep it? The reasons are in `eval/real/judged`."
    yield from ("", *_head("severity"))
    for title, loud, copies in TALLIES:
        tally = measured.tally(loud=loud, copies=copies)
        yield row(title, *(str(tally[word]) for word in WORDS))
    for title, key in (("finding", "code"), ("file", "file")):
        found = Counter((getattr(item, key), item.word) for item in measured.opinions if item.word != GONE)
        yield from ("", *_head(title))
        for name in sorted({name for name, _ in found}):
            yield row(name, *(str(found[name, word]) for word in WORDS))
    gone = Counter(item.was for item in measured.opinions if item.word == GONE)
    told = ", ".join(f"{gone[word]} {word}" for word in KEEP.values())
    yield from ("", f"Judged before and no longer reported: {told}.")


def _head(title: str) -> Iterator[str]:
    yield row(title, *WORDS)
    yield f"|---|{'---:|' * len(WORDS)}"


def _left(measured: Measured) -> Iterator[str]:
    lost = [item for item in measured.opinions if item.was == KEEP[True]]
    lists = [("No longer reported, though an auditor would keep it", lost)]
    for title, word in (("Not judged yet", UNJUDGED), ("Not kept", KEEP[False]), ("Unsure", KEEP["unsure"])):
        lists.append((title, [item for item in measured.opinions if item.word == word]))
    for title, items in lists:
        if items:
            yield from (f"## {title}", "")
            yield from (
                f"- {item.file} {_place(item)}: `{item.code}`, {item.severity}. {item.why}" for item in items
            )
            yield ""
    if measured.skipped:
        yield from (f"## Skipped ({len(measured.skipped)})", "")
        yield from (f"- {item.file}: {item.reason}" for item in measured.skipped)


def _place(item: Opinion) -> str:
    return item.place if isinstance(item.place, str) else f"{item.place[0]}..{item.place[1]}"


def _plain(scores: Scores | None, metrics: Sequence[str]) -> dict[str, Any] | None:
    if scores is None:
        return None
    alarms = scores.alarm_rate()
    return {
        "files": [document.file for document in scores.documents],
        "metrics": {name: scores.metric(name).to_dict() for name in metrics},
        "false_alarms": {"count": alarms.alarms, "a_report": alarms.mean, "notes": alarms.notes},
        "misses": [[miss.file, miss.metric, miss.start, miss.end, miss.kind] for miss in scores.misses],
    }
