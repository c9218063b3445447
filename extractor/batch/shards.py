"""What a worker does to a shard: every document examined, or taken over from an earlier run, and all of it written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..data import Problem
from ..engines.jobs import Barred, Death, Say
from ..errors import InputError, KnowledgeError
from ..readers import Limits
from ..store.folder import RunFolder
from ..store.journal import Journal
from ..store.manifest import Finished, Make, Rejected
from ..store.rows import (
    FAILED,
    OK,
    QUARANTINED,
    Rows,
    problem_of,
    report_id,
    restamped,
    rows_without,
    stamp_text,
)
from ..store.schema import TABLES
from ..store.shards import Shard, ShardReader, ShardWriter, Standing, is_whole
from .examination import Document, Examine, Tools, examine, hints_text, tools
from .inputs import load
from .reference import Reference, parse

_REPORT = {column: place for place, column in enumerate(TABLES["reports"].names)}
_COUNTS = ("numbers", "claims", "unexplained", "figures", "findings", "errors", "reviews", "problems")
_CODES = (("reports", "template"), ("claims", "verdict"), ("findings", "code"), ("problems", "code"))


@dataclass(frozen=True, slots=True)
class ShardJob:
    """The documents of a shard, and what is there of it already.

    Attributes:
        folder: Where it goes.
        shard: Which it is.
        documents: Source and reference of each document, in the order of their keys.
        finished: The shard as an earlier run finished it, or those that share keys with it.
        make: What the rows are to be made with.
        limits: Of reading.
    """

    folder: RunFolder
    shard: Shard
    documents: list[tuple[str, str]]
    finished: list[Finished]
    make: Make
    limits: Limits


@dataclass(frozen=True, slots=True)
class ShardDone:
    """A finished shard.

    Attributes:
        finished: What the manifest is to say of it.
        rejected: The documents that were not audited, None where the shard stands as it was.
        examined: How many documents the worker that finished it examined.
        damaged: The names of earlier shards whose files were not as they had been left.
    """

    finished: Finished
    rejected: list[Rejected] | None
    examined: int
    damaged: list[str]


def audit_shard(job: ShardJob, barred: Barred, say: Say, examine: Examine = examine) -> ShardDone:
    """Returns the shard, finished: its files are in place when this returns.

    Documents are taken one by one, each said before it is touched. What was finished before, by an earlier run or by
    a worker that died over this shard, is taken over where neither the document nor what makes the rows has changed.
    `barred` documents are not touched but quarantined.

    Raises:
        KnowledgeError: the code, knowledge or model here is not the one of the run.
    """
    here = stamp_text(_tools(job.limits).stamp)
    if here != job.make.stamp:
        raise KnowledgeError("stamp", job.shard.name, here, f"the driver's, {job.make.stamp}")
    references = [parse(source, text) for source, text in job.documents]
    past = _Past(job)
    with Journal(job.folder.journal, job.shard, job.make.text()) as journal:
        work = _Work(job, past, journal, barred, say, examine)
        standing = [work.standing(reference) for reference in references] if past else []
        unchanged = past.unchanged(standing)
        if unchanged is not None:
            return ShardDone(unchanged, None, 0, past.damaged)
        with ShardWriter(job.folder, job.shard) as writer:
            for place, reference in enumerate(references):
                writer.add(work.rows(reference, standing[place] if standing else ""))
            say("")
    made = Finished(job.shard, job.make, writer.hashes, work.tally)
    return ShardDone(made, work.rejected, work.examined, past.damaged)


class _Past:
    """Finished shards whose rows can be taken over, all or some of them."""

    def __init__(self, job: ShardJob) -> None:
        self._job = job
        self.damaged: list[str] = []
        self._shards: list[tuple[Finished, ShardReader]] = []
        for finished in job.finished:
            if not self._same_judgement(finished.make):
                continue
            if is_whole(job.folder, finished.shard, finished.hashes):
                self._shards.append((finished, ShardReader(job.folder, finished.shard)))
            else:
                self.damaged.append(finished.shard.name)

    def __bool__(self) -> bool:
        return bool(self._shards)

    def holds(self, report: str, hints: str, reason: str = "") -> bool:
        """Says whether the rows of a report are there, and would be made again as they are.

        `reason` is the code of why the document cannot be loaded, "" where it can.
        """
        return any(
            report in reader.reports and self._lasts(reader.reports[report], finished.make, hints, reason)
            for finished, reader in self._shards
        )

    def rows(self, report: str) -> Rows:
        """Returns the rows of a report that is there."""
        return next(reader.rows(report) for _, reader in self._shards if report in reader.reports)

    def unchanged(self, standing: Sequence[str]) -> Finished | None:
        """Returns the shard as it was finished where it holds these reports, none else, and made as now; else None."""
        for finished, reader in self._shards:
            if (finished.shard, finished.make) == (self._job.shard, self._job.make) and (
                set(standing) == set(reader.reports)
            ):
                return finished
        return None

    def _same_judgement(self, made: Make) -> bool:
        make = self._job.make
        return (made.version, made.model, made.judgement) == (make.version, make.model, make.judgement)

    def _lasts(self, standing: Standing, made: Make, hints: str, reason: str) -> bool:
        make = self._job.make
        return (
            standing.hints == hints
            and (not reason or standing.reason == reason)
            and (standing.silent or made.wording == make.wording)
            and (standing.status == OK or made.settings == make.settings)
        )


class _Work:
    """The examination of a shard's documents, one after the other."""

    def __init__(
        self, job: ShardJob, past: _Past, journal: Journal, barred: Barred, say: Say, examine: Examine
    ) -> None:
        self._tools = _tools(job.limits)
        self._past, self._journal = past, journal
        self._barred, self._say, self._examine = barred, say, examine
        self.tally: Counter[str] = Counter()
        self.rejected: list[Rejected] = []
        self.examined = 0

    def standing(self, reference: Reference) -> str:
        """Returns the id of the report in a document where its rows can be taken over from the past, "" else."""
        if reference.source in self._barred:
            return ""
        self._say(reference.source)
        try:
            document = Document(reference.source, load(reference, self._tools.knowledge, self._tools.limits))
        except InputError as error:
            report, reason = report_id(reference.source, ""), error.code
            hints = hints_text(reference.hints)
        else:
            report, hints, reason = document.report, document.hints, ""
        return report if self._past.holds(report, hints, reason) else ""

    def rows(self, reference: Reference, standing: str) -> Rows:
        """Returns the rows of a document; they are in the journal by then, unless they are cheap to make again."""
        self._say(reference.source, "", {**self.tally, "examined": self.examined})
        if standing:
            rows = restamped(self._past.rows(standing), self._tools.stamp)
        elif reference.source in self._barred:
            rows = self._quarantined(reference, self._barred[reference.source])
        else:
            rows = self._fresh(reference)
        self._count(rows)
        return rows

    def _fresh(self, reference: Reference) -> Rows:
        tools = self._tools
        try:
            document = Document(reference.source, load(reference, tools.knowledge, tools.limits))
        except InputError as error:
            problem = Problem(error.code, reference.source, error.place, error.params)
            hints = hints_text(reference.hints)
            return rows_without("", FAILED, problem, hints, tools.stamp, tools.words)
        report, hints = document.report, document.hints
        self._say(reference.source, f"{document.sha256} {hints}")
        if report in self._journal:
            rows = self._journal.rows(report)
            if rows["reports"][0][_REPORT["hints"]] == hints:
                return rows
        rows = self._examine(document, tools)
        self.examined += 1
        self._journal.add(report, rows)
        return rows

    def _quarantined(self, reference: Reference, death: Death) -> Rows:
        tools = self._tools
        problem = Problem(death.code, reference.source, params={"detail": death.detail})
        sha256, _, hints = death.note.partition(" ")
        rows = rows_without(sha256, QUARANTINED, problem, hints, tools.stamp, tools.words)
        self._journal.add(report_id(reference.source, sha256), rows)
        return rows

    def _count(self, rows: Rows) -> None:
        (head,) = rows["reports"]
        status, reason = head[_REPORT["status"]], head[_REPORT["reason"]]
        self.tally["documents"] += 1
        self.tally[status] += 1
        for name in _COUNTS:
            self.tally[name] += head[_REPORT[name]]
        for table, column in _CODES:
            place = TABLES[table].names.index(column)
            self.tally.update(f"{table}.{column}.{row[place]}" for row in rows[table] if row[place])
        if status != OK:
            self.tally[f"{status}.{reason}"] += 1
            self.rejected.append(Rejected(status, problem_of(rows)))


@cache
def _tools(limits: Limits) -> Tools:
    return tools(limits)
