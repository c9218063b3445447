"""What the toolkit says of the real reports, held against what an annotator says of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.audit import audit
from extractor.classify import Model
from extractor.data import Report, Result, Severity, Stamp
from extractor.knowledge import Knowledge
from extractor.readers import read
from extractor.score import DocumentScores, Scores, compare

from .standoff import KEEP, Judged, Judgement, Labels, Source, Span, digest, gold_of, main_of, within

UNJUDGED = "unjudged"
GONE = "no longer reported"
OF_TABLES = frozenset({"links", "verdicts", "figures", "findings", "checks"})
"""Metrics that labels of a stretch say nothing of."""
ABSENT, CHANGED, REREAD = "absent", "another file of this name", "read otherwise than when it was labelled"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that labels or judgements exist for and that could not be used."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """One finding, by the place of its main item (a span of the text or a cell), what is thought of it, and why.

    `copy` is whether its file is the same report in another layout; `was` is what was thought of one that is gone.
    """

    file: str
    copy: bool
    code: str
    severity: Severity | str
    place: Span | str
    word: str
    why: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """The scores of the labelled files, copies apart, and an opinion of every finding of the judged ones.

    `stretches` are the scores of files labelled in stretches only, by kind of report.
    """

    reports: Scores | None
    copies: Scores | None
    stretches: Mapping[str, Scores]
    opinions: tuple[Opinion, ...]
    judged: int
    skipped: tuple[Skipped, ...]

    def tally(self, *, loud: bool, copies: bool) -> Mapping[str, int]:
        """Returns how many findings are kept, unsure, not kept and unjudged.

        Those of severity error or review (`loud`) or the notes; of one file a report, or of its `copies`.
        """
        words = [
            item.word
            for item in self.opinions
            if (item.severity != Severity.INFO) is loud and item.copy is copies
        ]
        return {word: words.count(word) for word in (*KEEP.values(), UNJUDGED)}


def measure(
    folder: Path, labels: Sequence[Labels], judged: Sequence[Judged], knowledge: Knowledge, model: Model
) -> Measured:
    """Returns what can be measured of the files below `folder`; the others are named with the reason.

    Raises:
        KnowledgeError: a label is wrong.
        InputError: a file cannot be read.
    """
    files = _Files(folder)
    skipped = dict[str, Skipped]()
    results = dict[tuple[str, str], Result]()

    def result_of(source: Source) -> Result | None:
        key = source.sha256, source.text
        if key not in results:
            report = files.read(source, knowledge)
            if isinstance(report, Skipped):
                skipped[source.file] = report
                return None
            results[key] = audit(report, knowledge, model)
        return results[key]

    scored = dict[bool, list[DocumentScores]]({False: [], True: []})
    parts = dict[str, list[DocumentScores]]()
    for found in labels:
        if result := result_of(found.source):
            gold, source = gold_of(found, result.report), found.source
            if source.stretches:
                document = compare(gold, within(result, source.stretches))
                misses = tuple(miss for miss in document.misses if miss.metric not in OF_TABLES)
                parts.setdefault(source.template, []).append(replace(document, misses=misses))
            else:
                scored[bool(source.copy_of)].append(compare(gold, result))
    heard = [(item, result) for item in judged if (result := result_of(item.source))]
    opinions = [opinion for item, result in heard for opinion in _opinions(item, result)]
    stamps = {result.stamp for result in results.values()}
    return Measured(
        _scores(scored[False], stamps),
        _scores(scored[True], stamps),
        {kind: scores for kind, part in sorted(parts.items()) if (scores := _scores(part, stamps))},
        tuple(opinions),
        len(heard),
        tuple(skipped.values()),
    )


class _Files:
    """The files below a folder, by what is in them: their names may be anything."""

    def __init__(self, folder: Path) -> None:
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        self.by_hash = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}
        self.names = {path.name for path in paths}

    def read(self, source: Source, knowledge: Knowledge) -> Report | Skipped:
        """Returns the file as read, or why it cannot be compared with what was said of it."""
        path = self.by_hash.get(source.sha256)
        if path is None:
            return Skipped(source.file, CHANGED if source.file in self.names else ABSENT)
        report = read(path, knowledge)
        return report if digest(report) == source.text else Skipped(source.file, REREAD)


def _scores(documents: Sequence[DocumentScores], stamps: set[Stamp]) -> Scores | None:
    if not documents:
        return None
    (stamp,) = stamps
    return Scores(tuple(documents), stamp)


def _opinions(item: Judged, result: Result) -> Iterator[Opinion]:
    source = item.source
    copy = bool(source.copy_of)
    said: dict[tuple[str, Span | str], Judgement] = {one.main: one for one in item.judgements}
    for finding in result.findings:
        code, place = main_of(finding, result)
        one = said.pop((code, place), None)
        word, why = (KEEP[one.keep], one.why) if one else (UNJUDGED, "")
        yield Opinion(source.file, copy, code, finding.severity, place, word, why)
    for (code, place), one in said.items():
        yield Opinion(source.file, copy, code, one.severity, place, GONE, one.why, KEEP[one.keep])
