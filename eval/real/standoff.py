"""Stand-off labels and judgements: JSON lines with offsets into `Report.text` where gold files quote.

`labels/<file>.jsonl` holds what an annotator read: the lines of a gold file, with `start` and `end` for a quotation
and the span of the indicator, or null, for its words. `judged/<file>.jsonl` holds for each finding of an
audit whether an auditor would keep it, and why. The first line of both names the file: its hash, and the hash of its
text as read, since offsets into another text mean nothing. `copy_of` marks the same report in another layout.

`stretches/<file>.jsonl` holds the claims and exclusions of some stretches of a report, which its first line names;
`within` cuts a result to them, so that nothing outside them is scored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from extractor.data import Claim, Finding, Number, Report, Result
from extractor.errors import KnowledgeError
from extractor.gold import Sheaf, read_rows, rows_of
from extractor.gold.marks import Head, Mark
from extractor.labels import Gold

Row = Mapping[str, Any]
Span = tuple[int, int]

PLACE = ("kind", "start", "end")
HEADINGS = frozenset({"text.heading_year", "text.table_missing", "text.table_unlisted", "text.unfilled"})
"""Findings that have neither claim nor cell for evidence; one of a kind is judged for a report."""
KEEP: Mapping[bool | str, str] = {True: "kept", "unsure": "unsure", False: "not kept"}
"""What may be said of a finding, and what the tally calls it."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file some labels or judgements belong to; `text` is the hash of its text as it was read.

    `stretches` are the half-open spans of the text that are labelled; none where all of it is.
    """

    file: str
    sha256: str
    text: str
    template: str = ""
    copy_of: str = ""
    stretches: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """The stand-off labels of one report."""

    path: Path
    source: Source
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one finding: `keep` is a key of `KEEP`, `claims` are spans, `figures` cell addresses."""

    code: str
    severity: str
    claims: tuple[Span, ...]
    figures: tuple[str, ...]
    keep: bool | str
    why: str

    @property
    def main(self) -> tuple[str, Span | str]:
        """What makes it one and the same finding in the next run: its code and the first item of its evidence."""
        figure = self.figures[0] if self.figures else ""
        return self.code, self.claims[0] if self.claims else figure


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of one report."""

    path: Path
    source: Source
    judgements: tuple[Judgement, ...]


def labels(folder: Path) -> tuple[Labels, ...]:
    """Returns the labels of every file in `folder`, by name."""
    return tuple(Labels(path, *_lines(path)) for path in sorted(folder.glob("*.jsonl")))


def judged(folder: Path) -> tuple[Judged, ...]:
    """Returns the judgements of every file in `folder`, by name.

    Raises:
        KnowledgeError: a judgement is none of `KEEP`, or names no evidence where its finding is not about a heading.
    """
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        source, rows = _lines(path)
        for row in rows:
            shown = row["claims"] or row["figures"] or row["code"] in HEADINGS
            if row["keep"] not in KEEP or not shown:
                raise KnowledgeError(str(path), "keep", row, "true, false or unsure, and evidence")
        found.append(Judged(path, source, tuple(_judgement(row) for row in rows)))
    return tuple(found)


def gold_of(found: Labels, report: Report) -> Gold:
    """Returns the labels as records, checked as those of a gold file are.

    Raises:
        KnowledgeError: the labels are wrong, or the report is read otherwise than when they were made.
    """
    source = found.source
    if digest(report) != source.text:
        raise KnowledgeError(str(found.path), "text", digest(report), f"the text as labelled, {source.text}")
    marks = tuple(_mark(row, report.text) for row in found.rows)
    sheaf = Sheaf(Head(source.file, source.sha256, source.template), marks, report.text)
    return read_rows(rows_of(sheaf, report.text, str(found.path)), report, str(found.path))


def within(result: Result, stretches: Sequence[Span]) -> Result:
    """Returns what `result` says of the numbers and claims inside `stretches`, without findings and checks.

    A finding may rest on what stands outside, so that labels of a stretch can neither ask for it nor rule it out.
    """

    def inside(item: Number | Claim) -> bool:
        return any(start <= item.start and item.end <= end for start, end in stretches)

    claims = tuple(filter(inside, result.claims))
    ids = {claim.id for claim in claims}
    return replace(
        result,
        numbers=tuple(filter(inside, result.numbers)),
        claims=claims,
        links=tuple(link for link in result.links if link.claim in ids),
        findings=(),
        checks=(),
    )


def digest(report: Report) -> str:
    """Returns the hash of the report's text as it is read."""
    return hashlib.sha256(report.text.encode()).hexdigest()


def main_of(finding: Finding, result: Result) -> tuple[str, Span | str]:
    """Returns what `Judgement.main` is for a finding of `result`."""
    if finding.claims:
        claim = next(claim for claim in result.claims if claim.id == finding.claims[0])
        return finding.code, (claim.start, claim.end)
    cells = (cell.address for cell in result.reading.figures if cell.id in finding.figures[:1])
    return finding.code, next(cells, "")  # of a table that is not there no cell tells


def _lines(path: Path) -> tuple[Source, tuple[Row, ...]]:
    head, *rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    known = {field.name for field in fields(Source)}
    if head.pop("kind", "") != "report" or not known.issuperset(head):
        raise KnowledgeError(
            str(path), "report", sorted(head), f"a first line with {', '.join(sorted(known))}"
        )
    stretches = tuple(_spans(head.pop("stretches", ())))
    return Source(**head, stretches=stretches), tuple(rows)


def _judgement(row: Row) -> Judgement:
    spans = tuple((start, end) for start, end in row["claims"])
    return Judgement(row["code"], row["severity"], spans, tuple(row["figures"]), row["keep"], row["why"])


def _mark(row: Row, text: str) -> Mark:
    own = {key: value for key, value in row.items() if key not in PLACE}
    if row["kind"] == "claim":
        own["indicator"] = text[slice(*row["indicator"])] if row["indicator"] else ""
    if "numbers" in row:
        own["numbers"] = [text[start:end] for start, end in _spans(row["numbers"])]
    return Mark(row["kind"], (row["start"], row["end"]) if "start" in row else None, own)


def _spans(pairs: Sequence[Sequence[int]]) -> list[Span]:
    return [(start, end) for start, end in pairs]
