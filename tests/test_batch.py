"""Runs over many reports: shards, what is taken over and what is done anew, the command, and being killed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner
from working import examine_or_kill_host

from eval.bench import kills, scale
from eval.bench.kills import PLANTED, RESULTS, cluster, fingerprint, torment
from extractor import cli
from extractor.audit import audit
from extractor.batch import examination
from extractor.batch.examination import Document, Tools, examine, tools
from extractor.batch.reference import Reference
from extractor.batch.run import Progress, Settings, run
from extractor.batch.shards import ShardDone, ShardJob, audit_shard
from extractor.data import Problem, Report, Result
from extractor.engines.jobs import Barred, Bounds, Death
from extractor.errors import InputError, KnowledgeError
from extractor.knowledge import Knowledge
from extractor.knowledge.inputs import judgement_hash, wording_hash
from extractor.readers import Limits
from extractor.store.folder import LOG, MARK, RunFolder
from extractor.store.manifest import Make, Rejected
from extractor.store.query import connect
from extractor.store.rows import Rows, stamp_text
from extractor.store.shards import Shard, is_whole

_HERE = Path(__file__).resolve().parent
_ONLY = Shard(1, 0)
_BOUNDS = Bounds(seconds=60, memory=1 << 30)
_TEXT = """某某局2022年政府信息公开工作年度报告

一、总体情况
2022年，某某局认真贯彻落实《条例》，及时、准确公开政府信息，全年主动公开政府信息{public}条，收到依申请公开3件，答复3件，
均在规定时间内办结，没有发生行政复议和行政诉讼。

| 指标 | 单位 | 数量 |
|---|---|---|
| 主动公开政府信息数 | 条 | 12 |
| 收到申请数 | 件 | 3 |
| 申请办结数 | 件 | 3 |
"""
_CLEAN, _WRONG = _TEXT.format(public=12), _TEXT.format(public=15)


def _shard_job(folder: Path, texts: Mapping[str, str], shard: Shard = _ONLY) -> ShardJob:
    """Returns the job of a shard that holds all of `texts`, which are written as files."""
    references = []
    for name, text in texts.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        references.append((name, Reference("file", name, str(path)).text()))
    limits = Limits()
    stamp = stamp_text(tools(limits).stamp)
    make = Make(stamp, "model", "judgement", "wording", "settings", stamp)
    return ShardJob(RunFolder(str(folder / "run")), shard, references, [], make, limits)


class Counting:
    """An examination that remembers what it examined."""

    def __init__(self) -> None:
        self.examined: list[str] = []

    def __call__(self, document: Document, tools: Tools) -> Rows:
        self.examined.append(document.source)
        return examine(document, tools)


def _audit(job: ShardJob, barred: Barred | None = None) -> tuple[ShardDone, list[str]]:
    counting = Counting()
    done = audit_shard(job, barred or {}, lambda *_: None, counting)
    return done, counting.examined


def _statuses(job: ShardJob) -> dict[str, tuple[str, str]]:
    rows = pq.read_table(Path(job.folder.url, job.shard.file("reports"))).to_pylist()
    return {row["source"]: (row["status"], row["reason"]) for row in rows}


# ---------------------------------------------------------------- a shard


def test_a_shard_holds_every_document_whatever_became_of_it(tmp_path: Path) -> None:
    job = _shard_job(tmp_path, {"a.txt": _CLEAN, "b.txt": "", "c.txt": _WRONG, "d.txt": _CLEAN})
    (tmp_path / "d.txt").unlink()
    done, examined = _audit(job)
    assert examined == ["a.txt", "b.txt", "c.txt"]
    assert _statuses(job) == {
        "a.txt": ("ok", ""),
        "b.txt": ("failed", "empty_file"),
        "c.txt": ("ok", ""),
        "d.txt": ("failed", "not_found"),
    }
    assert done.rejected == [
        Rejected("failed", Problem("empty_file", "b.txt")),
        Rejected("failed", Problem("not_found", "d.txt")),
    ]
    tally = done.finished.tally
    assert (tally["documents"], tally["ok"], tally["failed"]) == (4, 2, 2)
    assert tally["findings"] == sum(
        count for code, count in tally.items() if code.startswith("findings.code.")
    )


def test_what_killed_its_workers_is_quarantined_and_not_touched(tmp_path: Path) -> None:
    job = _shard_job(tmp_path, {"a.txt": _CLEAN, "b.txt": _CLEAN})
    done, examined = _audit(job, {"b.txt": Death("worker_crashed", 11, "ab12 ")})
    assert examined == ["a.txt"]
    assert _statuses(job)["b.txt"] == ("quarantined", "worker_crashed")
    assert done.rejected == [Rejected("quarantined", Problem("worker_crashed", "b.txt", "", {"detail": 11}))]


def test_a_fault_of_the_program_costs_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(report: Report, *others: Any) -> Result:
        if report.source == "a.txt":
            raise ZeroDivisionError
        return audit(report, *others)

    monkeypatch.setattr(examination, "audit", faulty)
    job = _shard_job(tmp_path, {"a.txt": _CLEAN, "b.txt": _CLEAN})
    _audit(job)
    assert _statuses(job) == {"a.txt": ("failed", "internal.error"), "b.txt": ("ok", "")}


def _again(job: ShardJob, done: ShardDone, **changes: str) -> ShardJob:
    """Returns the job after its shard was finished, to be made otherwise."""
    return replace(job, finished=[done.finished], make=replace(job.make, **changes))


def test_a_finished_shard_stays_as_it_is(tmp_path: Path) -> None:
    job = _shard_job(tmp_path, {"a.txt": _CLEAN, "b.txt": ""})
    done, _ = _audit(job)
    again, examined = _audit(_again(job, done))
    assert examined == []
    assert again.rejected is None
    assert again.finished == done.finished


@pytest.mark.parametrize(
    ("changed", "touched"),
    [
        ("judgement", ["bad.txt", "clean.txt", "wrong.txt"]),
        ("model", ["bad.txt", "clean.txt", "wrong.txt"]),
        ("version", ["bad.txt", "clean.txt", "wrong.txt"]),
        ("wording", ["bad.txt", "wrong.txt"]),
        ("settings", ["bad.txt"]),
    ],
)
def test_a_change_touches_what_it_can_change(tmp_path: Path, changed: str, touched: list[str]) -> None:
    job = _shard_job(tmp_path, {"bad.txt": "", "clean.txt": _CLEAN, "wrong.txt": _WRONG})
    done, _ = _audit(job)
    again, examined = _audit(_again(job, done, **{changed: "new"}))
    assert examined == touched
    assert again.finished.hashes == done.finished.hashes


def test_only_changed_documents_are_examined_again(tmp_path: Path) -> None:
    texts = {"a.txt": _CLEAN, "b.txt": _CLEAN, "c.txt": _WRONG}
    done, _ = _audit(_shard_job(tmp_path, texts))
    changed = _shard_job(tmp_path, {"b.txt": _WRONG, "c.txt": _WRONG, "d.txt": _CLEAN})
    _, examined = _audit(_again(changed, done))
    assert examined == ["b.txt", "d.txt"]
    assert list(_statuses(changed)) == ["b.txt", "c.txt", "d.txt"]


def test_a_changed_hint_touches_its_document(tmp_path: Path) -> None:
    job = _shard_job(tmp_path, {"a.txt": _CLEAN, "b.txt": _CLEAN})
    done, _ = _audit(job)
    source, _ = job.documents[0]
    hinted = Reference("file", source, str(tmp_path / source), (), {"body": "另一局"})
    _, examined = _audit(replace(_again(job, done), documents=[(source, hinted.text()), job.documents[1]]))
    assert examined == ["a.txt"]


def test_a_damaged_shard_is_made_again(tmp_path: Path) -> None:
    job = _shard_job(tmp_path, {"a.txt": _CLEAN})
    done, _ = _audit(job)
    Path(job.folder.url, job.shard.file("claims")).unlink()
    for path in job.folder.journal.iterdir():
        path.unlink()
    again, examined = _audit(_again(job, done))
    assert (again.damaged, examined) == ([job.shard.name], ["a.txt"])
    assert again.finished.hashes == done.finished.hashes
    assert is_whole(job.folder, job.shard, done.finished.hashes)


def test_documents_dealt_otherwise_are_taken_over(tmp_path: Path) -> None:
    halves = [
        _shard_job(tmp_path, {name: _CLEAN}, shard=Shard(2, place))
        for place, name in enumerate(("a.txt", "b.txt"))
    ]
    finished = [_audit(half)[0].finished for half in halves]
    whole = replace(_shard_job(tmp_path, {"a.txt": _CLEAN, "b.txt": _CLEAN}), finished=finished)
    _, examined = _audit(whole)
    assert examined == []
    assert list(_statuses(whole)) == ["a.txt", "b.txt"]


def test_a_worker_that_takes_over_finds_what_was_done(tmp_path: Path) -> None:
    job = _shard_job(tmp_path, {"a.txt": _CLEAN, "b.txt": _WRONG, "c.txt": _CLEAN})

    def dying(document: Document, tools: Tools) -> Rows:
        if document.source == "c.txt":
            raise MemoryError
        return examine(document, tools)

    with pytest.raises(MemoryError):
        audit_shard(job, {}, lambda *_: None, dying)
    done, examined = _audit(job)
    assert examined == ["c.txt"]
    fresh, _ = _audit(replace(job, folder=RunFolder(str(tmp_path / "fresh"))))
    assert done.finished == fresh.finished


def test_a_worker_of_another_version_refuses(tmp_path: Path) -> None:
    job = _shard_job(tmp_path, {"a.txt": _CLEAN})
    with pytest.raises(KnowledgeError, match="stamp"):
        _audit(replace(job, make=replace(job.make, stamp="another")))


def test_knowledge_is_told_apart_by_what_it_decides() -> None:
    assert judgement_hash() != wording_hash()


# ---------------------------------------------------------------- a run


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of reports, enough for two shards, one of them empty."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(70):
        text = _WRONG if number % 2 else _CLEAN
        (folder / f"{number:03d}.txt").write_text(
            text.replace("收到申请数 | 件 | 3", f"收到申请数 | 件 | {number}"), encoding="utf-8"
        )
    (folder / "empty.txt").touch()
    return folder


def _run(inputs: Sequence[Path], out: Path, knowledge: Knowledge, workers: int = 2) -> list[Progress]:
    seen: list[Progress] = []
    run(Settings(tuple(map(str, inputs)), str(out), workers, _BOUNDS, Limits()), knowledge, seen.append)
    return seen


def _events(out: Path, kind: str) -> list[dict[str, object]]:
    events = [json.loads(line) for line in (out / LOG).read_text(encoding="utf-8").splitlines()]
    return [event for event in events if event["event"] == kind]


def test_a_run_is_the_same_with_any_number_of_workers_and_is_not_done_twice(
    reports: Path, tmp_path: Path, knowledge: Knowledge
) -> None:
    one, three = tmp_path / "one", tmp_path / "three"
    seen = _run([reports], one, knowledge, workers=1)
    assert (seen[-1].done, seen[-1].total, seen[-1].rejected) == (71, 71, 1)
    _run([reports], three, knowledge, workers=3)
    assert fingerprint(one) == fingerprint(three)
    _run([reports], three, knowledge)
    assert fingerprint(one) == fingerprint(three)
    examined = [event["examined"] for event in _events(three, "shard")]
    assert sum(map(int, map(str, examined))) == 71
    (three / MARK).touch()
    with pytest.raises(InputError, match="run_unfinished"):
        connect(RunFolder(str(three)))
    with connect(RunFolder(str(one))) as connection:
        assert connection.execute(
            "SELECT status, count(*) FROM reports GROUP BY ALL ORDER BY 1"
        ).fetchall() == [
            ("failed", 1),
            ("ok", 70),
        ]

    derived = three / "tables" / "collection_findings" / "collection.parquet"
    derived.parent.mkdir()
    derived.touch()
    for number in range(70, 140):  # more shards now: the old ones' rows are taken over, their files go
        (reports / f"{number:03d}.txt").write_text(_CLEAN, encoding="utf-8")
    _run([reports], three, knowledge)
    _run([reports], tmp_path / "afresh", knowledge)
    assert fingerprint(three) == fingerprint(tmp_path / "afresh")  # what was worked out before is gone too
    assert sum(int(str(event["examined"])) for event in _events(three, "shard")) == 141


def test_a_run_behind_a_url_goes_on_from_another_machine(
    reports: Path, tmp_path: Path, knowledge: Knowledge
) -> None:
    _run([reports], tmp_path / "here", knowledge)
    url = f"file://{tmp_path / 'there'}"
    settings = Settings((str(reports),), url, 2, _BOUNDS, Limits())
    scratch = RunFolder(url).scratch
    try:
        run(settings, knowledge, lambda _: None)
        shutil.rmtree(scratch)  # another machine has none of what lay beside the run folder
        run(settings, knowledge, lambda _: None)
    finally:
        shutil.rmtree(scratch)
    assert fingerprint(tmp_path / "here") == fingerprint(tmp_path / "there")
    assert sum(int(str(event["examined"])) for event in _events(tmp_path / "there", "shard")) == 71


def test_a_run_has_one_driver(reports: Path, tmp_path: Path, knowledge: Knowledge) -> None:
    with RunFolder(str(tmp_path / "run")).alone(), pytest.raises(InputError, match="run_in_use"):
        _run([reports], tmp_path / "run", knowledge)


def test_no_documents_are_a_mistake(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(InputError, match="no_documents"):
        _run([tmp_path / "none"], tmp_path / "run", knowledge)


def test_a_shard_that_cannot_be_finished_is_said(
    reports: Path, tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.batch.run.stamp_text", lambda _: "of another version")
    with pytest.raises(InputError, match="shards_failed"):
        _run([reports], tmp_path / "run", knowledge)
    assert len(_events(tmp_path / "run", "failed")) == 2


# ---------------------------------------------------------------- the command


def _command(*arguments: str | Path) -> tuple[int, str, str]:
    answer = CliRunner().invoke(cli.app, ["batch", *map(str, arguments)])
    return answer.exit_code, answer.stdout, answer.stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [(_CLEAN, 0), (_WRONG, cli.DIFFERS), ("", cli.FAILED)],
    ids=["clean", "wrong", "empty"],
)
def test_the_command_tells_by_its_exit_code(tmp_path: Path, text: str, code: int) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    exit_code, said, complaints = _command(tmp_path / "a.txt", "--out", tmp_path / "run", "--workers", "1")
    assert exit_code == code
    assert said.startswith("1 份文件")
    assert complaints == ("" if text else f"{tmp_path / 'a.txt'}: 未能读取: 文件是空的，或只有空白。\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("a.txt",),
        ("a.txt", "--out", "run", "--engine", "dask"),
        ("a.txt", "--out", "run", "--scheduler", "tcp://127.0.0.1:1"),
        ("a.txt", "--out", "run", "--limit", "nothing=1"),
        ("a.txt", "--out", "run", "--workers", "0"),
    ],
)
def test_a_wrong_command_line_is_exit_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: Sequence[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    exit_code, said, complaints = _command(*arguments)
    assert (exit_code, said) == (cli.FAILED, "")
    assert complaints
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("out", ["file", "file/run"])
def test_a_run_folder_that_cannot_be_written_is_said(tmp_path: Path, out: str) -> None:
    (tmp_path / "a.txt").write_text(_CLEAN, encoding="utf-8")
    (tmp_path / "file").touch()
    exit_code, said, complaints = _command(tmp_path / "a.txt", "--out", tmp_path / out)
    assert (exit_code, said) == (cli.FAILED, "")
    assert complaints.startswith(f"{tmp_path / out}: 无法写入输出文件：")


def test_an_interrupt_is_exit_2_and_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("extractor.batch.run.run", interrupted)
    exit_code, _, complaints = _command("a.txt", "--out", tmp_path / "run", "--lang", "en")
    assert exit_code == cli.FAILED
    assert "same command goes on" in complaints


# ---------------------------------------------------------------- a cluster


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of a cluster find the module `working`; its scheduler gives up a task when one worker died of it."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, (_HERE, _HERE.parent))))
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")


@pytest.mark.usefixtures("careless")
def test_what_kills_whole_workers_of_a_cluster_is_quarantined_by_name(
    reports: Path, tmp_path: Path, knowledge: Knowledge
) -> None:
    names = [str(reports / f"{number:03d}.txt") for number in (7, 8, 50)]
    with cluster("dask", tmp_path) as (address, _):
        settings = Settings((str(reports),), str(tmp_path / "run"), 2, _BOUNDS, Limits(), address)
        summary = run(settings, knowledge, lambda _: None, partial(examine_or_kill_host, bad=names))
    problems = [Problem("worker_crashed", name, "", {"detail": 0}) for name in names]
    assert summary.quarantined == tuple(Rejected("quarantined", problem) for problem in problems)
    assert summary.documents == {"documents": 71, "ok": 67, "failed": 1, "quarantined": 3}


def test_a_lost_scheduler_ends_the_run_which_goes_on_with_another(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    command = ["-m", "extractor", "batch", str(reports), "--out", str(out), "--engine", "dask"]

    def start(address: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *command, "--scheduler", address],
            cwd=_HERE.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    (tmp_path / "first").mkdir()
    with cluster("dask", tmp_path / "first") as (address, processes):
        driver = start(address)
        while not (out / LOG).exists() or not _events(out, "working"):
            time.sleep(0.05)
        processes[0].kill()
        _, complaint = driver.communicate(timeout=120)
    assert driver.returncode == cli.FAILED
    assert complaint == (
        f"{out}: Dask 调度器（{address}）已失去联系，本次批处理到此中止。已完成的部分都已保存："
        "重新启动调度器和工作进程，再运行同一命令，即从中断处继续。\n"
    )
    (tmp_path / "second").mkdir()
    with cluster("dask", tmp_path / "second") as (address, _):
        driver = start(address)
        told, _ = driver.communicate(timeout=120)
    assert driver.returncode == cli.FAILED  # for the empty file
    assert told.startswith("71 份文件")


def test_a_lost_scheduler_is_said_in_english_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise InputError("scheduler_lost", "run", cause="tcp://here:8786")

    monkeypatch.setattr("extractor.batch.run.run", lost)
    exit_code, _, complaints = _command("a.txt", "--out", tmp_path / "run", "--lang", "en")
    assert exit_code == cli.FAILED
    assert complaints.startswith("run: The Dask scheduler (tcp://here:8786) is gone, and the run stops here.")


# ---------------------------------------------------------------- being killed

_SIZE = os.environ.get("EXTRACTOR_KILLS", "")
"""Reports and kills, as in 2000/30; by default few, so that the suite stays short."""


@pytest.mark.parametrize(("engine", "size"), [("local", "150/5"), ("dask", "80/3")])
def test_a_run_survives_being_killed(tmp_path: Path, engine: str, size: str) -> None:
    reports, times = map(int, (_SIZE or size).split("/"))
    outcome = torment(tmp_path, engine, reports, times, seed=7)
    assert outcome.same
    assert outcome.quarantined == PLANTED
    assert sum(outcome.kills.values()) == times
    assert outcome.again <= times * 4


def test_what_is_told_of_scale_was_measured() -> None:
    kept = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(RESULTS.glob("kills-*.json"), reverse=True)
    ]
    assert [(outcome["engine"], outcome["same"], outcome["quarantined"]) for outcome in kept] == [
        ("local", True, PLANTED),
        ("dask", True, PLANTED),
    ]
    assert (RESULTS / "kills.md").read_text(encoding="utf-8") == kills.as_markdown(kept)
    measured = json.loads((RESULTS / "scale.json").read_text(encoding="utf-8"))
    assert (RESULTS / "scale.md").read_text(encoding="utf-8") == scale.as_markdown(measured)
