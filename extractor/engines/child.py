"""The worker's side of `local`: one job after another, in a process that may be killed at any moment."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from .jobs import Barred, Bounds, Function

NO_MEMORY = 77
"""Exit status of a worker for which the system had no more memory."""


@dataclass(frozen=True, slots=True)
class Place:
    """Message: the worker is about to touch `place`."""

    place: str
    note: str
    tally: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Output:
    """Message: the job is done."""

    output: Any


@dataclass(frozen=True, slots=True)
class Fault:
    """Message: the function raised; the worker itself is well."""

    cause: str


Message = Place | Output | Fault


@dataclass(frozen=True, slots=True)
class Order:
    """To the worker: a job; where it is `heeded`, each place is touched only after a `HEARD`."""

    payload: Any
    barred: Barred
    heeded: bool


HEARD = "heard"
"""To the worker: its place is kept where it outlives the worker."""


def main(pipe: Connection, function: Function, bounds: Bounds) -> None:
    """Does the jobs that come through `pipe` until it is closed."""
    _stand_alone()
    _bound(bounds.memory)
    told: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, told), daemon=True).start()
    while True:
        order: Order = told.get()

        def say(
            place: str, note: str = "", tally: Mapping[str, int] | None = None, *, heeded: bool = order.heeded
        ) -> None:
            pipe.send(Place(place, note, tally))
            if heeded:
                told.get()  # HEARD: nothing else comes during a job

        try:
            answer: Message = Output(function(order.payload, order.barred, say))
        except MemoryError:
            os._exit(NO_MEMORY)
        except Exception as error:  # noqa: BLE001  the boundary: what a job raises is told, not thrown
            answer = Fault(f"{type(error).__name__}: {error}")
        try:
            pipe.send(answer)
        except OSError:  # the supervisor is gone, which is noticed in `_listen` too
            os._exit(0)


def _listen(pipe: Connection, told: queue.SimpleQueue[Any]) -> None:
    """Hands on what the supervisor says; ends the process, and those it started, when the supervisor is gone."""
    try:
        while True:
            told.put(pipe.recv())
    except (EOFError, OSError):
        end_group(os.getpid())
        os._exit(0)


def _stand_alone() -> None:
    """Puts the process into a group of its own, which is killed as one; an interrupt is the supervisor's affair."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def end_group(process: int) -> None:
    """Kills a worker and every process it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGKILL)


def _bound(memory: int) -> None:
    """Keeps the process from growing by more than `memory`, where the system can: a supervisor only looks at times."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    import psutil

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    bound = psutil.Process().memory_info().vms + memory
    if most != resource.RLIM_INFINITY:
        bound = min(bound, most)
    resource.setrlimit(resource.RLIMIT_AS, (bound, most))
