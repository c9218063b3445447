"""A Dask cluster: the same function, each job a task, under the same supervisor inside each worker of the cluster.

A document that crashes, hangs or eats memory is dealt with where it is met, by the supervisor of that worker, so it
never takes a worker of the cluster along. Workers of the cluster that go for other reasons are the scheduler's affair:
it gives their tasks to others. A task that it gives up because worker after worker died under it is tried again,
with leases kept at the scheduler; what was held when it died twice more is barred.
"""

from __future__ import annotations

import multiprocessing
import secrets
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .jobs import CRASHED, Barred, Bounds, Death, Died, Event, Failed, Function, Job, Said
from .local import Supervisor

_PREFIX = "extractor-batch"
# Jobs under way for each thread of the cluster: one at work, one at hand.
_AHEAD = 2
# Seconds to wait for the scheduler to answer.
_CONNECT = 10.0
# A task that the scheduler gave up this often has failed, and a place at which it was given up twice is barred.
_GIVEN_UP = 6
_SAME = 2


class Cluster:
    """The cluster behind the scheduler at `address`, for one function."""

    def __init__(self, function: Function, address: str, bounds: Bounds, preload: Sequence[str] = ()) -> None:
        """Connects.

        Raises:
            OSError: there is no scheduler at the address.
        """
        from distributed import Client

        self._client: Any = Client(address, timeout=_CONNECT, set_as_default=False)
        self._run = secrets.token_hex(4)
        self._setting = _Setting(self._run, function, bounds, tuple(preload))

    def run(self, jobs: Iterable[Job]) -> Iterator[Event]:
        """Yields what happens until all `jobs` are done; they are taken one by one, as the cluster has room.

        Raises:
            ConnectionError: the scheduler is gone.
        """
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
            future = next(finished)
            task = running.pop(future)
            for event in self._outcome(future, task):
                if isinstance(event, _Task):
                    again.append(event)
                else:
                    yield event
            future.release()

    def close(self) -> None:
        """Lets go of the cluster; it goes on without this client."""
        self._client.close()

    def _submit(self, task: _Task, finished: Any) -> Any:
        key = (_PREFIX, self._run, task.job.key, task.given_up)
        topic = task.topic(self._run) if task.given_up else ""
        future = self._client.submit(
            _work, self._setting, task.job, dict(task.barred), topic, key=key, pure=False
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
                raise ConnectionError(f"{self._client.scheduler_info().get('address', '')}: {future.status}")
            yield task
            return
        if not isinstance(error, KilledWorker):
            yield Failed(task.job.key, f"{type(error).__name__}: {error}")
            return
        place = self._held(task)
        task.given_up += 1
        barred = task.note(place)
        yield Died(task.job.key, place, Death(CRASHED, 0), barred)
        if task.given_up >= _GIVEN_UP:
            yield Failed(task.job.key, f"{type(error).__name__}: {error}")
        else:
            yield task

    def _held(self, task: _Task) -> str:
        """Returns the place that a task held when its worker died, "" where that was not kept."""
        events = self._client.get_events(task.topic(self._run)) if task.given_up else ()
        return str(events[-1][1]) if events else ""


@dataclass(slots=True)
class _Task:
    """A job on the cluster, and how often the scheduler gave it up."""

    job: Job
    given_up: int = 0
    barred: dict[str, Death] = field(default_factory=dict)
    _held: list[str] = field(default_factory=list)

    def topic(self, run: str) -> str:
        """Returns under what name its leases are kept at the scheduler."""
        return f"{_PREFIX}-{run}-{self.job.key}-{self.given_up}"

    def note(self, place: str) -> bool:
        """Notes that the task was given up at a place; returns whether that is barred from now on."""
        self._held.append(place)
        if not place or self._held.count(place) < _SAME:
            return False
        self.barred[place] = Death(CRASHED, 0)
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


def _work(setting: _Setting, job: Job, barred: Barred, topic: str) -> list[Event]:
    """Returns what happened to one job on this worker; with a `topic`, leases are kept under it at the scheduler."""
    from distributed import get_worker

    supervisor = _supervisor(setting)
    told: list[Event] = []
    for event in supervisor.run([job], {job.key: barred}):
        if not isinstance(event, Said):
            told.append(event)
        elif topic:
            get_worker().log_event(topic, event.place)
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
