"""Worker processes of this machine, watched: one that crashes, hangs or eats memory costs its document only.

Workers are forked from a server that has loaded what they need, so they share its memory. Each says which document
it is about to touch; when it dies there, a fresh worker tries the document once more, and a document that kills twice
in the same way is barred: the job is told to go round it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from . import child
from .jobs import (
    CRASHED,
    OUT_OF_MEMORY,
    TIMED_OUT,
    Barred,
    Bounds,
    Death,
    Died,
    Done,
    Event,
    Failed,
    Function,
    Job,
    Said,
)

# A place that killed this often in the same way is barred; so is one that killed this often in whatever ways.
_SAME, _ANY = 2, 4
# A job whose workers die this often at no place at all has failed.
_NOWHERE = 5
# How often a process is tried to be started.
_STARTS = 5
# Seconds between two looks at the workers' time and memory.
_LOOK = 0.1
# A worker at no place (starting, or writing a shard) may take this many times the seconds of a document.
_PATIENCE = 10
# A worker that holds this share of its memory after a job is replaced by a fresh one.
_GROWN = 0.5
_FORK = ("forkserver", "spawn")


class Supervisor:
    """Some workers for one function; `preload` are modules that the server imports before it forks any."""

    def __init__(self, function: Function, workers: int, bounds: Bounds, preload: Sequence[str] = ()) -> None:
        methods = multiprocessing.get_all_start_methods()
        method = next(method for method in _FORK if method in methods)
        self._context: Any = multiprocessing.get_context(method)
        if method == "forkserver":
            self._context.set_forkserver_preload(list(preload))
        self._function, self._bounds = function, bounds
        self._workers = [_Worker() for _ in range(workers)]
        self._trials: dict[str, _Trials] = {}
        self._heeded = False

    def run(
        self, jobs: Iterable[Job], barred: Mapping[str, Barred] | None = None, *, heeded: bool = False
    ) -> Iterator[Event]:
        """Yields what happens until all `jobs` are done; they are taken one by one, as workers come free.

        `barred` are places known to kill, by the key of their job. Where places are `heeded`, a worker touches none
        before what said so has been yielded and dealt with.
        """
        self._heeded = heeded
        self._trials = {key: _Trials(dict(places)) for key, places in (barred or {}).items()}
        waiting, again = iter(jobs), deque[Job]()
        more = True
        looked = time.monotonic()
        while True:
            for worker in self._workers:
                if worker.job is None and (again or more):
                    job = again.popleft() if again else next(waiting, None)
                    more = more and job is not None
                    if job is not None:
                        self._give(worker, job)
            busy = {worker.pipe: worker for worker in self._workers if worker.job is not None}
            if not busy:
                return
            ready = wait(list(busy), _LOOK)
            for worker in [worker for pipe, worker in busy.items() if pipe in ready]:
                for event in self._hear(worker):
                    if isinstance(event, Job):
                        again.append(event)
                    else:
                        yield event
            if time.monotonic() - looked >= _LOOK:
                self._look()
                looked = time.monotonic()

    def close(self) -> None:
        """Ends all workers."""
        for worker in self._workers:
            worker.end()

    # ---- one worker

    def _give(self, worker: _Worker, job: Job) -> None:
        """Gives a job to a worker; one that is no longer there is replaced first."""
        trials = self._trials.setdefault(job.key, _Trials())
        while True:
            if worker.process is None:
                self._start(worker)
            worker.take(job)
            try:
                worker.pipe.send(child.Order(job.payload, trials.barred, self._heeded))
            except OSError:
                worker.end()
                continue
            return

    def _start(self, worker: _Worker) -> None:
        """Starts a process for a worker; where the server that forks them was killed, another comes in its place."""
        for left in reversed(range(_STARTS)):
            ours, theirs = self._context.Pipe()
            arguments = (theirs, self._function, self._bounds)
            process = self._context.Process(target=child.main, args=arguments, daemon=True)
            try:
                with _uninterrupted():
                    process.start()
            except (EOFError, OSError):
                ours.close()
                if not left:
                    raise
            else:
                worker.begin(process, ours)
                return
            finally:
                theirs.close()

    def _hear(self, worker: _Worker) -> Iterator[Event | Job]:
        """Yields what a worker has to say, or what its death means; the job itself where it must be done again."""
        job = worker.job
        if job is None:
            return
        try:
            message: child.Message = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._bury(worker, job)
            return
        match message:
            case child.Place():
                worker.reach(message)
                yield Said(job.key, message.place, message.tally)
                if self._heeded:
                    with contextlib.suppress(OSError):  # a worker that died meanwhile is heard to be dead
                        worker.pipe.send(child.HEARD)
            case child.Output():
                memory = worker.memory()
                yield Done(job.key, message.output, time.monotonic() - worker.since_job, memory)
                self._free(worker, job)
                if memory > _GROWN * self._bounds.memory:
                    worker.end()
            case child.Fault():
                yield Failed(job.key, message.cause)
                self._free(worker, job)

    def _free(self, worker: _Worker, job: Job) -> None:
        worker.job = None
        self._trials.pop(job.key, None)

    def _bury(self, worker: _Worker, job: Job) -> Iterator[Event | Job]:
        place, death = worker.place, worker.cause_of_death(self._bounds)
        worker.end()
        trials = self._trials[job.key]
        barred = trials.note(place, death)
        yield Died(job.key, place, death, barred)
        if not place and trials.nowhere >= _NOWHERE:
            self._trials.pop(job.key)
            yield Failed(job.key, f"{death.code} {death.detail}")
        else:
            yield job

    def _look(self) -> None:
        """Kills workers that take too long or too much; they are heard to be dead in the next round."""
        now = time.monotonic()
        for worker in self._workers:
            if worker.job is None or worker.verdict:
                continue
            seconds = self._bounds.seconds * (1 if worker.place else _PATIENCE)
            if now - worker.since_place > seconds:
                worker.kill(TIMED_OUT)
            elif worker.memory() > self._bounds.memory:
                worker.kill(OUT_OF_MEMORY)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Has processes that are started inside never hear of an interrupt, not even while they load what they need."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which lets interrupts through once it has started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(slots=True)
class _Trials:
    """What one job has cost so far."""

    barred: dict[str, Death] = field(default_factory=dict)
    nowhere: int = 0
    _deaths: dict[str, Counter[tuple[str, int]]] = field(default_factory=dict)

    def note(self, place: str, death: Death) -> bool:
        """Notes a death; returns whether its place is barred from now on."""
        if not place:
            self.nowhere += 1
            return False
        deaths = self._deaths.setdefault(place, Counter())
        deaths[death.code, death.detail] += 1
        if deaths[death.code, death.detail] < _SAME and deaths.total() < _ANY:
            return False
        self.barred[place] = death
        return True


class _Worker:
    """A place for a worker process, and what is known of the one that fills it."""

    def __init__(self) -> None:
        self.process: BaseProcess | None = None
        self.pipe: Connection
        self.job: Job | None = None
        self.place = self.note = self.verdict = ""
        self.since_job = self.since_place = 0.0

    def begin(self, process: BaseProcess, pipe: Connection) -> None:
        self.process, self.pipe = process, pipe

    def take(self, job: Job) -> None:
        self.job = job
        self.place = self.note = self.verdict = ""
        self.since_job = self.since_place = time.monotonic()

    def reach(self, message: child.Place) -> None:
        self.place, self.note = message.place, message.note
        self.since_place = time.monotonic()

    def memory(self) -> int:
        """Returns how many bytes the process holds, 0 where it is no longer there."""
        import psutil

        if self.process is None:
            return 0
        try:
            return int(psutil.Process(self.process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def kill(self, verdict: str) -> None:
        self.verdict = verdict
        self._kill()

    def cause_of_death(self, bounds: Bounds) -> Death:
        """Returns how the process, whose pipe is broken, came to die."""
        status = None
        if self.process is not None:
            self.process.join(_LOOK * _PATIENCE)
            status = self.process.exitcode
        if self.verdict == TIMED_OUT:
            return Death(TIMED_OUT, round(bounds.seconds), self.note)
        if self.verdict == OUT_OF_MEMORY or status == child.NO_MEMORY:
            return Death(OUT_OF_MEMORY, bounds.memory >> 20, self.note)
        signal_number = -status if status is not None and status < 0 else 0
        return Death(CRASHED, signal_number or status or 0, self.note)

    def end(self) -> None:
        """Ends the process, if there is one, and all that it started."""
        self._kill()
        process, self.process, self.job = self.process, None, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            self.pipe.close()
        process.join()

    def _kill(self) -> None:
        if self.process is None:
            return
        if self.process.pid is not None:
            child.end_group(self.process.pid)
        self.process.kill()
