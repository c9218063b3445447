"""A Dask cluster: the same function, each job a task, under the same supervisor inside each worker of the cluster.

A document that crashes, hangs or eats memory is dealt with where it is met, by the supervisor of that worker, so it
never takes a worker of the cluster along. Workers of the cluster that go for other reasons are the scheduler's affair:
it gives their tasks to others. A task that it gives up because worker after worker died under it is tried again,
slowly: no document is opened before the scheduler has its name. What was held when it died twice so is barred.
"""

from __future__ import annotations

import logging
import multiprocessing
import secrets
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .jobs import CRASHED, Barred, Bounds, Death, Died, Event, Failed, Function, Idle, Job, Said
from .local import Supervisor

_PREFIX = "extractor-batch"
# Jobs under way for each thread of the cluster: one at work, one at hand.
_AHEAD = 2
# Seconds to wait for the scheduler to answer.
_CONNECT = 10.0
# Seconds between two looks at what is finished, and at whether anybody works.
_LOOK = 0.02
_ROLL_CALL = 5.0
# Loggers of Dask that tell a lost connection by a traceback; here it is an exception.
_LOGGERS = ("distributed", "distributed.client")
# A place at which the scheduler gave a task up this often is barred; a task that it gave up so often without that has
# failed.
_SAME = 2
_GIVEN_UP = 6


class Cluster:
    """The cluster behind the scheduler at `address`, for one function."""

    def __init__(self, function: Function, address: str, bounds: Bounds, preload: Sequence[str] = ()) -> None:
        """Connects.

        Raises:
            OSError: there is no scheduler at the address.
        """
        from distributed import Client

        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._client: Any = Client(address, timeout=_CONNECT, set_as_default=False)
        self._address = address
        self._run = secrets.token_hex(4)
        self._setting = _Setting(self._run, function, bounds, tuple(preload))

    def run(self, jobs: Iterable[Job]) -> Iterator[Event]:
        """Yields what happens until all `jobs` are done; they are taken one by one, as the cluster has room.

        Raises:
            ConnectionError: the scheduler is gone.
        """
        try:
            yield from self._run_all(jobs)
        except OSError as error:  # what Dask raises wherever it meets a closed connection
            raise ConnectionError(self._address) from error

    def _run_all(self, jobs: Iterable[Job]) -> Iterator[Event]:
        from distributed import as_completed

        waiting, again = iter(jobs), deque[_Task]()
        running: dict[Any, _Task] = {}
        finished = as_completed(loop=self._client.loop)
        while True:
            room = max(_AHEAD * sum(self._client.nthreads().values()), 1) - len(running)
            while room > 0 and (task := again.popleft() if again else _first(waiting)) is not None:
                running[self._submit(task, finished)] = task
                room -= 1
            if not running:
                return
            yield from self._wait(finished)
            future = next(finished)
            task = running.pop(future)
            for event in self._outcome(future, task):
                if isinstance(event, _Task):
                    again.append(event)
                else:
                    yield event
            future.release()

    def _wait(self, finished: Any) -> Iterator[Idle]:
        """Waits until a task is finished; yields each time that no worker was found instead."""
        looked = time.monotonic()
        while not finished.has_ready():
            time.sleep(_LOOK)
            if time.monotonic() - looked > _ROLL_CALL:
                if not self._client.nthreads():
                    yield Idle()
                looked = time.monotonic()

    def close(self) -> None:
        """Lets go of the cluster; it goes on without this client."""
        self._client.close()

    def _submit(self, task: _Task, finished: Any) -> Any:
        key = (_PREFIX, self._run, task.job.key, task.deaths)
        future = self._client.submit(
            _work, self._setting, task.job, dict(task.barred), task.deaths > 0, key=key, pure=False
        )
        finished.add(future)
        return future

    def _outcome(self, future: Any, task: _Task) -> Iterator[Event | _Task]:
        """Yields what a task came to; the task itself where it must be done again."""
        from distributed import KilledWorker

        if future.status == "finished":
            yield from future.result()
            return
        error = future.exception() if future.status == "error" else None
        if error is None:
            if self._client.status != "running":
                raise ConnectionError(self._address)
            yield task
            return
        if not isinstance(error, KilledWorker):
            yield Failed(task.job.key, f"{type(error).__name__}: {error}")
            return
        place = str(
            self._client.get_metadata([future.key], "")
        )  # the scheduler keeps it as long as the future
        barred = task.note(place)
        yield Died(task.job.key, place, Death(CRASHED, 0), barred)
        if task.in_vain >= _GIVEN_UP:
            yield Failed(task.job.key, f"{type(error).__name__}: {error}")
        else:
            yield task


@dataclass(slots=True)
class _Task:
    """A job on the cluster, and how often the scheduler gave it up: in all, and since a place was barred for it."""

    job: Job
    deaths: int = 0
    in_vain: int = 0
    barred: dict[str, Death] = field(default_factory=dict)
    _held: list[str] = field(default_factory=list)

    def note(self, place: str) -> bool:
        """Notes that the task was given up at a place, "" for none; returns whether that is barred from now on."""
        self.deaths += 1
        self.in_vain += 1
        self._held.append(place)
        if not place or self._held.count(place) < _SAME:
            return False
        self.barred[place] = Death(CRASHED, 0)
        self.in_vain = 0
        return True


def _first(jobs: Iterator[Job]) -> _Task | None:
    job = next(jobs, None)
    return None if job is None else _Task(job)


# ---------------------------------------------------------------- what runs on a worker of the cluster

_LOCK = threading.Lock()
_IDLE: dict[str, list[Supervisor]] = {}


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the supervisors of one run are made from."""

    run: str
    function: Function
    bounds: Bounds
    preload: tuple[str, ...]


def _work(setting: _Setting, job: Job, barred: Barred, suspect: bool) -> list[Event]:
    """Returns what happened to one job on this worker.

    Where the job is `suspect`, the scheduler has the name of a place before the place is touched: whatever dies then,
    the name stays, beside the task.
    """
    from distributed import get_client, get_worker

    supervisor = _supervisor(setting)
    told: list[Event] = []
    try:
        for event in supervisor.run([job], {job.key: barred}, heeded=suspect):
            if not isinstance(event, Said):
                told.append(event)
            elif suspect:
                get_client().set_metadata(get_worker().get_current_task(), event.place)
    except BaseException:  # the scheduler is gone, or the task was cancelled
        supervisor.close()
        raise
    with _LOCK:
        _IDLE.setdefault(setting.run, []).append(supervisor)
    return told


def _supervisor(setting: _Setting) -> Supervisor:
    """Returns a supervisor of one process that nobody else uses, if possible from an earlier job of the run."""
    with _LOCK:
        for run in [run for run in _IDLE if run != setting.run]:
            for supervisor in _IDLE.pop(run):
                supervisor.close()
        idle = _IDLE.setdefault(setting.run, [])
        if idle:
            return idle.pop()
    multiprocessing.current_process().daemon = (
        False  # a nanny's worker is a daemon, which may have no children
    )
    return Supervisor(setting.function, 1, setting.bounds, setting.preload)
