"""A run: inputs listed, shards handed to an engine, what comes back noted; interrupted anywhere, it goes on there."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from ..classify import load_model
from ..data import Stamp
from ..engines.jobs import Bounds, Died, Done, Event, Failed, Idle, Job, Said
from ..errors import InputError
from ..knowledge import Knowledge
from ..knowledge.inputs import judgement_hash, wording_hash
from ..readers import Limits
from ..store.folder import LOG, MANIFEST, MARK, SUMMARY, TABLES_FOLDER, RunFolder
from ..store.journal import forget
from ..store.manifest import Make, Manifest
from ..store.rows import stamp_text
from ..store.schema import COLLECTION_TABLES, LAYOUT, TABLES
from ..store.shards import Shard, shards_of
from ..version import VERSION
from .checkpoints import fetch, save
from .examination import Examine, examine
from .inputs import list_inputs
from .inputs.files import absolute
from .reference import Listed
from .shards import ShardDone, ShardJob, audit_shard
from .summary import Summary, summarise, summary_text

_PRELOAD = (f"{__package__}.preload",)
# A document that its own reader should give up on is given up before the supervisor kills the worker.
_READING = 0.8
# Documents listed between two words to who watches.
_LISTED = 100
# Seconds between two copies of the manifest to a run folder that is remote.
_CHECKPOINT = 60.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is told.

    Attributes:
        inputs: Files, folders, globs, containers; paths or URLs.
        out: The run folder, a path or URL.
        workers: Processes of this machine; a cluster has its own.
        bounds: What one document may use.
        limits: Of reading.
        scheduler: Address of a Dask scheduler, "" for this machine alone.
    """

    inputs: tuple[str, ...]
    out: str
    workers: int
    bounds: Bounds
    limits: Limits
    scheduler: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, in documents; `findings` are of all severities, `rejected` failed or were quarantined.

    While the inputs are listed, `total` is 0 and `done` says how many there are so far. `idle` says that the cluster
    has no worker.
    """

    total: int
    done: int
    findings: int
    rejected: int
    idle: bool = False


Watch = Callable[[Progress], None]


class Engine(Protocol):
    """Who does jobs: `local.Supervisor` or `cluster.Cluster`."""

    def run(self, jobs: Iterator[Job]) -> Iterator[Event]:
        """Yields what happens until all jobs are done."""

    def close(self) -> None:
        """Lets go of the workers."""


def run(settings: Settings, knowledge: Knowledge, watch: Watch, examine: Examine = examine) -> Summary:
    """Returns what was found in all documents of the inputs; the tables of it are in the run folder.

    What an earlier run finished is taken over. `watch` is told how far it is, `examine` is done to each document.

    Raises:
        InputError: run_in_use, no_documents, scheduler_unreachable, scheduler_lost, shards_failed or
            output.unwritable; after the last three the same command goes on where this one stopped.
    """
    folder = RunFolder(absolute(settings.out))
    try:
        return _run(folder, settings, knowledge, watch, examine)
    except OSError as error:
        raise InputError("output.unwritable", settings.out, cause=error.strerror or str(error)) from error


def _run(
    folder: RunFolder, settings: Settings, knowledge: Knowledge, watch: Watch, examine: Examine
) -> Summary:
    limits = settings.limits
    limits = replace(limits, seconds=min(limits.seconds, max(int(_READING * settings.bounds.seconds), 1)))
    with folder.alone() as alone:
        if not alone:
            raise InputError("run_in_use", settings.out)
        folder = folder.claimed()
        folder.tidy()
        fetch(folder)
        with Manifest(folder.scratch / MANIFEST) as manifest, _Log(folder.scratch / LOG) as log:
            log.write("started", inputs=" ".join(settings.inputs), scheduler=settings.scheduler)
            listing = list_inputs(settings.inputs, knowledge, limits)
            total = manifest.list_documents(map(_row, _counted(listing, watch)))
            log.write("listed", documents=total)
            if not total:
                raise InputError("no_documents", " ".join(settings.inputs))
            with folder.written(MARK) as path:
                path.touch()
            make = _make(knowledge, settings, limits)
            watch(Progress(total, 0, 0, 0))
            driver = _Driver(folder, manifest, log, make, limits, total, watch)
            with closing(_engine(settings, partial(audit_shard, examine=examine))) as engine:
                log.write("working", documents=total)
                driver.work(engine)
            driver.settle()
            summary = summarise(manifest, make.stamp)
            with folder.written(SUMMARY) as path:
                path.write_text(summary_text(summary), encoding="utf-8")
            folder.remove(MARK)
            log.write("finished", **summary.documents)
            save(folder, manifest)
    return summary


def _counted(listing: Iterator[Listed], watch: Watch) -> Iterator[Listed]:
    """Yields what is listed and tells `watch` how much that is."""
    for count, listed in enumerate(listing):
        if count % _LISTED == 0:
            watch(Progress(0, count, 0, 0))
        yield listed


class _Driver:
    """Hands out the shards of a run and notes what becomes of them."""

    def __init__(
        self,
        folder: RunFolder,
        manifest: Manifest,
        log: _Log,
        make: Make,
        limits: Limits,
        total: int,
        watch: Watch,
    ) -> None:
        self._folder, self._manifest, self._log = folder, manifest, log
        self._make, self._limits = make, limits
        self._watch, self._total = watch, total
        self._shards = shards_of(total)
        self._filled: list[Shard] = []
        self._tallies: dict[str, Mapping[str, int]] = {}
        self._sum: Counter[str] = Counter()
        self._failed: list[Failed] = []
        self._copied = time.monotonic()

    def work(self, engine: Engine) -> None:
        """Has all shards done.

        Raises:
            InputError: scheduler_lost or shards_failed.
        """
        try:
            for event in engine.run(self._jobs()):
                self._note(event)
        except ConnectionError as error:
            raise InputError("scheduler_lost", self._folder.url, cause=str(error)) from error
        if self._failed:
            raise InputError(
                "shards_failed", self._folder.url, count=len(self._failed), cause=self._failed[0].cause
            )

    def settle(self) -> None:
        """Removes what is left of runs over other documents; then the tables hold this run and nothing else."""
        for table in TABLES:
            mine = {Path(shard.file(table)).name for shard in self._filled}
            others = set(self._folder.names(f"{TABLES_FOLDER}/{table}")) - mine
            if others:
                self._outdate()
            for name in others:
                self._folder.remove(f"{TABLES_FOLDER}/{table}/{name}")
        self._manifest.keep(self._filled)
        for path in self._folder.journal.glob("*.jsonl"):
            path.unlink(missing_ok=True)

    def _jobs(self) -> Iterator[Job]:
        """Yields a job for each shard that has documents; they are looked up as the engine asks for them."""
        for shard in self._shards:
            documents = self._manifest.references(shard)
            if not documents:
                continue
            self._filled.append(shard)
            finished = self._manifest.finished(shard)
            yield Job(
                shard.name, ShardJob(self._folder, shard, documents, finished, self._make, self._limits)
            )

    def _note(self, event: Event) -> None:
        match event:
            case Said():
                if event.tally is not None:
                    self._progress(event.key, event.tally)
            case Died():
                death = event.death
                self._log.write(
                    "died", shard=event.key, place=event.place, reason=death.code, detail=death.detail,
                    barred=event.barred,
                )  # fmt: skip
            case Failed():
                self._log.write("failed", shard=event.key, cause=event.cause)
                self._failed.append(event)
            case Idle():
                self._log.write("idle")
                self._show(idle=True)
            case Done():
                self._finish(event, event.output)

    def _finish(self, event: Done, done: ShardDone) -> None:
        finished = done.finished
        if done.rejected is not None:
            self._outdate()
            self._manifest.finish(finished, done.rejected)
        forget(self._folder.journal, finished.shard)
        self._log.write(
            "shard", shard=event.key, documents=finished.tally["documents"], examined=done.examined,
            seconds=round(event.seconds, 3), memory=event.memory, damaged=" ".join(done.damaged),
        )  # fmt: skip
        self._progress(event.key, finished.tally)
        if self._folder.remote and time.monotonic() - self._copied > _CHECKPOINT:
            save(self._folder, self._manifest)
            self._copied = time.monotonic()

    def _outdate(self) -> None:
        """Removes what was worked out from the tables before they changed."""
        self._folder.remove(SUMMARY)
        for table in COLLECTION_TABLES:
            for name in self._folder.names(f"{TABLES_FOLDER}/{table}"):
                self._folder.remove(f"{TABLES_FOLDER}/{table}/{name}")

    def _progress(self, key: str, tally: Mapping[str, int]) -> None:
        self._sum.subtract(self._tallies.get(key, {}))
        self._tallies[key] = {name: tally.get(name, 0) for name in _SHOWN}
        self._sum.update(self._tallies[key])
        self._show()

    def _show(self, idle: bool = False) -> None:
        counts = self._sum
        rejected = counts["failed"] + counts["quarantined"]
        self._watch(Progress(self._total, counts["documents"], counts["findings"], rejected, idle))


_SHOWN = ("documents", "findings", "failed", "quarantined")


def _row(listed: Listed) -> tuple[str, str, str]:
    return listed.key, listed.reference.source, listed.reference.text()


def _make(knowledge: Knowledge, settings: Settings, limits: Limits) -> Make:
    model = load_model().id
    bounds = {**asdict(limits), **asdict(settings.bounds), "reading": limits.seconds}
    return Make(
        version=f"{VERSION} {LAYOUT}",
        model=model,
        judgement=judgement_hash(),
        wording=wording_hash(),
        settings=json.dumps(bounds, sort_keys=True),
        stamp=stamp_text(Stamp(VERSION, knowledge.hash, model)),
    )


def _engine(settings: Settings, function: partial[ShardDone]) -> Engine:
    if not settings.scheduler:
        from ..engines.local import Supervisor

        return Supervisor(function, settings.workers, settings.bounds, _PRELOAD)
    from ..engines.cluster import Cluster

    try:
        return Cluster(function, settings.scheduler, settings.bounds, _PRELOAD)
    except (OSError, ValueError) as error:
        raise InputError("scheduler_unreachable", settings.scheduler, cause=str(error)) from error


class _Log:
    """The log of a run folder: a JSON object a line, each with its time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> _Log:
        self._file = self._path.open("a", encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, event: str, **values: str | int | float) -> None:
        """Adds a line."""
        now = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        self._file.write(json.dumps({"time": now, "event": event, **values}, ensure_ascii=False) + "\n")
        self._file.flush()
