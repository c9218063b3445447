"""Jobs, what becomes of them, and the bounds they are held to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

CRASHED, TIMED_OUT, OUT_OF_MEMORY = "worker_crashed", "worker_timed_out", "worker_out_of_memory"
"""Ways in which a worker dies; codes of `kb/problems.toml`."""


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work; `payload` is small and can be pickled: references to texts, not texts."""

    key: str
    payload: Any


@dataclass(frozen=True, slots=True)
class Death:
    """How a worker died: a code and what it was about to do.

    `detail` is the signal or exit status of a crash, or the limit that was exceeded, in its unit.
    `note` is what the worker had noted beside its place.
    """

    code: str
    detail: int
    note: str = ""


class Say(Protocol):
    """How a worker says where it is: the lease that tells the supervisor what a dead worker held.

    `place` is the document it is about to touch, "" for none. `note` is kept with it. `tally` is for the eyes of who
    watches.
    """

    def __call__(self, place: str, note: str = "", tally: Mapping[str, int] | None = None) -> None:
        """Says it; what was said before no longer holds."""


Barred = Mapping[str, Death]
"""Places that killed their workers, and how: a job goes round them."""

Function = Callable[[Any, Barred, Say], Any]
"""What is done to the payload of a job. It can be pickled, and so can what it returns."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a worker may use.

    Attributes:
        seconds: For one place.
        memory: Bytes of the worker's process.
    """

    seconds: float
    memory: int


# ---- what an engine yields


@dataclass(frozen=True, slots=True)
class Said:
    """A worker went on to its next place, "" for none; `tally` is of the whole job so far."""

    key: str
    place: str
    tally: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Died:
    """A worker died at `place` and is replaced; `barred` says whether the job now goes round the place."""

    key: str
    place: str
    death: Death
    barred: bool


@dataclass(frozen=True, slots=True)
class Done:
    """A job is done; `seconds` it took, and bytes the worker's process held at its end."""

    key: str
    output: Any
    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A job cannot be done; `cause` says why."""

    key: str
    cause: str


@dataclass(frozen=True, slots=True)
class Idle:
    """Jobs wait, and there is no worker to do them."""


Event = Said | Died | Done | Failed | Idle
