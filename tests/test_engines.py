"""Engines: what becomes of jobs whose workers crash, hang or eat memory."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest
from working import die_at_no_place, square, visit

from extractor.engines import cluster
from extractor.engines.cluster import Cluster
from extractor.engines.jobs import (
    CRASHED,
    OUT_OF_MEMORY,
    TIMED_OUT,
    Bounds,
    Death,
    Died,
    Done,
    Event,
    Failed,
    Idle,
    Job,
)
from extractor.engines.local import Supervisor

_HERE = Path(__file__).resolve().parent
# Long enough that nothing but what hangs takes so long, however busy the machine.
_BOUNDS = Bounds(seconds=120, memory=384 << 20)
_SHORT = Bounds(seconds=5, memory=384 << 20)
_PATIENCE = 60.0


def _run(function: Any, payloads: Sequence[Any], workers: int = 1, bounds: Bounds = _BOUNDS) -> list[Event]:
    supervisor = Supervisor(function, workers, bounds)
    try:
        return list(supervisor.run(Job(str(place), payload) for place, payload in enumerate(payloads)))
    finally:
        supervisor.close()


def _outputs(events: Sequence[Event]) -> dict[str, Any]:
    return {event.key: event.output for event in events if isinstance(event, Done)}


@pytest.mark.parametrize("workers", [1, 3])
def test_every_job_is_done_once_by_however_many(workers: int) -> None:
    done = [event for event in _run(square, range(20), workers) if isinstance(event, Done)]
    assert sorted((int(event.key), event.output[0]) for event in done) == [(n, n * n) for n in range(20)]
    assert 1 <= len({event.output[1] for event in done}) <= workers
    assert all(event.memory > 0 for event in done)


def test_what_a_job_raises_stops_no_other() -> None:
    events = _run(square, [2, -1, 3])
    assert [event for event in events if isinstance(event, Failed)] == [
        Failed("1", "ValueError: -1 is negative")
    ]
    assert {key: output[0] for key, output in _outputs(events).items()} == {"0": 4, "2": 9}


@pytest.mark.parametrize(
    ("bad", "code", "detail"),
    [
        ("crash", CRASHED, int(signal.SIGSEGV)),
        ("exit", CRASHED, 3),
        ("hang", TIMED_OUT, 5),
        ("eat", OUT_OF_MEMORY, 384),
        ("starve", OUT_OF_MEMORY, 384),
    ],
)
def test_a_place_that_kills_twice_is_barred_and_the_job_goes_round_it(
    bad: str, code: str, detail: int
) -> None:
    bounds = _SHORT if bad == "hang" else _BOUNDS
    events = _run(visit, [["before", bad, "behind"], ["elsewhere"]], bounds=bounds)
    death = Death(code, detail, f"note on {bad}")
    assert [event for event in events if isinstance(event, Died)] == [
        Died("0", bad, death, barred=False),
        Died("0", bad, death, barred=True),
    ]
    assert _outputs(events) == {
        "0": ["before", f"{bad}: {code} {detail} note on {bad}", "behind"],
        "1": ["elsewhere"],
    }


def test_a_place_that_kills_once_is_visited_again(tmp_path: Path) -> None:
    place = f"once {tmp_path / 'mark'}"
    events = _run(visit, [["before", place]])
    assert [event.barred for event in events if isinstance(event, Died)] == [False]
    assert _outputs(events) == {"0": ["before", place]}


def test_a_job_that_dies_at_no_place_fails_in_the_end() -> None:
    events = _run(die_at_no_place, [None])
    assert [type(event) for event in events if not isinstance(event, Died)][-1] is Failed
    assert not any(event.barred for event in events if isinstance(event, Died))


def test_an_interrupt_is_the_supervisors_affair_from_the_first_moment(tmp_path: Path) -> None:
    (tmp_path / "slow_to_load.py").write_text(
        "import time\nprint('loading', flush=True)\ntime.sleep(2)\n", encoding="utf-8"
    )
    code = (
        "import signal\n"
        "from extractor.engines.jobs import Bounds, Job\n"
        "from extractor.engines.local import Supervisor\n"
        "from working import square\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # what a background job inherits ignores it
        "supervisor = Supervisor(square, 1, Bounds(600, 1 << 30), ['slow_to_load'])\n"
        "try:\n"
        "    list(supervisor.run([Job('a', 1)]))\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', flush=True)\n"
    )
    paths = os.pathsep.join(map(str, (tmp_path, _HERE, _HERE.parent)))
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths}, start_new_session=True,
    ) as parent:  # fmt: skip
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"loading\n"
        os.killpg(parent.pid, signal.SIGINT)  # as a terminal does: to all of them
        assert parent.communicate(timeout=_PATIENCE) == (b"interrupted\n", b"")


def test_jobs_are_taken_as_workers_come_free() -> None:
    taken = 0

    def jobs() -> Iterator[Job]:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield Job(str(number), number)

    supervisor = Supervisor(square, 2, _BOUNDS)
    done = 0
    try:
        for event in supervisor.run(jobs()):
            done += isinstance(event, Done)
            assert taken <= done + 2
    finally:
        supervisor.close()
    assert done == 50


def test_no_worker_outlives_its_supervisor() -> None:
    code = (
        "from extractor.engines.jobs import Bounds, Job\n"
        "from extractor.engines.local import Supervisor\n"
        "from working import visit\n"
        "for event in Supervisor(visit, 2, Bounds(600, 1 << 30)).run([Job('a', ['hang']), Job('b', ['hang'])]):\n"
        "    print(event.place, flush=True)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(_HERE), str(_HERE.parent)))}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        places = [parent.stdout.readline() for _ in range(4)]
        below = psutil.Process(parent.pid).children(recursive=True)
        parent.kill()
    assert places.count(b"hang\n") == 4
    _, alive = psutil.wait_procs(below, _PATIENCE)
    assert len(below) >= 3
    assert not alive


# ---------------------------------------------------------------- a cluster


class _Hosts:
    """A scheduler on this machine and its workers; it gives up a task when one worker died of it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        self._log = (folder / "log").open("wb")
        self._common = ["--no-dashboard", "--host", "127.0.0.1", "--scheduler-file", str(self._file)]
        self._own = ["--nthreads", "1", "--local-directory", str(folder)]
        self._processes: list[subprocess.Popen[bytes]] = []
        self._start("dask_scheduler", "--port", "0")

    def worker(self) -> None:
        """Starts a worker."""
        self._start("dask_worker", *self._own)

    def address(self) -> str:
        """Returns the address of the scheduler, once it has one."""
        began = time.monotonic()
        while not self._file.exists() or not self._file.read_bytes().rstrip().endswith(b"}"):
            assert time.monotonic() - began < _PATIENCE
            time.sleep(0.05)
        return str(json.loads(self._file.read_text(encoding="utf-8"))["address"])

    def close(self) -> None:
        """Ends all of it."""
        for process in self._processes:
            below = psutil.Process(process.pid).children(recursive=True)
            process.kill()
            for child in below:
                child.kill()
            process.wait()
        self._log.close()

    def _start(self, program: str, *options: str) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(_HERE), str(_HERE.parent))),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
        }
        command = [sys.executable, "-m", f"distributed.cli.{program}", *options, *self._common]
        self._processes.append(subprocess.Popen(command, stdout=self._log, stderr=self._log, env=environment))


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers."""
    with closing(_Hosts(tmp_path_factory.mktemp("cluster"))) as hosts:
        hosts.worker()
        hosts.worker()
        yield hosts.address()


def _on_cluster(
    address: str, function: Any, payloads: Sequence[Any], bounds: Bounds = _BOUNDS
) -> list[Event]:
    engine = Cluster(function, address, bounds)
    try:
        return list(engine.run(Job(str(place), payload) for place, payload in enumerate(payloads)))
    finally:
        engine.close()


def test_a_cluster_does_every_job_once(scheduler: str) -> None:
    events = _on_cluster(scheduler, square, range(20))
    assert {int(key): output[0] for key, output in _outputs(events).items()} == {n: n * n for n in range(20)}
    assert len(events) == 20


def test_a_cluster_goes_round_what_kills_and_keeps_its_workers(scheduler: str) -> None:
    events = _on_cluster(scheduler, visit, [["a", "crash", "b"], ["hang"], ["c"]], _SHORT)
    assert _outputs(events) == {
        "0": ["a", f"crash: {CRASHED} {int(signal.SIGSEGV)} note on crash", "b"],
        "1": [f"hang: {TIMED_OUT} 5 note on hang"],
        "2": ["c"],
    }


def test_what_kills_workers_of_the_cluster_is_found_by_its_lease(scheduler: str) -> None:
    bad = ["host", "host too", "host again"]
    events = _on_cluster(scheduler, visit, [["a", *bad, "b"], ["c"]])
    assert _outputs(events) == {"0": ["a", *(f"{place}: {CRASHED} 0" for place in bad), "b"], "1": ["c"]}
    died = [(event.place, event.barred) for event in events if isinstance(event, Died)]
    assert died == [("", False), *((place, barred) for place in bad for barred in (False, True))]


def test_a_cluster_without_workers_is_said_and_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_ROLL_CALL", 0.1)
    with closing(_Hosts(tmp_path)) as hosts, closing(Cluster(square, hosts.address(), _BOUNDS)) as engine:
        events = engine.run([Job("0", 3)])
        assert next(events) == Idle()
        hosts.worker()
        assert [event.output[0] for event in events if isinstance(event, Done)] == [9]


def test_a_scheduler_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 0.5)
    with pytest.raises(OSError, match=re.escape("127.0.0.1:1")):
        Cluster(square, "tcp://127.0.0.1:1", _BOUNDS)
