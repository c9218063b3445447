"""The command on many reports: `extractor batch`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from .options import Lang, Language, LimitOption
from .session import DIFFERS, FAILED, Session, emit, limits_of, open_session, talk

if TYPE_CHECKING:
    from ..batch.run import Progress
    from ..batch.summary import Summary

_MEGABYTE = 1 << 20
# Failed documents named on stderr; the summary names a thousand, the table of reports all.
_NAMED = 20
# Seconds between two updates of what is drawn.
_UPDATE = 0.2


class EngineName(StrEnum):
    """Who does the work."""

    LOCAL = "local"
    DASK = "dask"


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Files, folders, globs, ZIP, JSON lines, Parquet, WARC, or a CSV of paths; also URLs.",
            show_default=False,
        ),
    ],
    out: Annotated[str, typer.Option("--out", metavar="RUN", help="The run folder.", show_default=False)],
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", min=1, help="Processes of this machine; by default one a core.", show_default=False
        ),
    ] = None,
    time_limit: Annotated[int, typer.Option("--time-limit", min=1, help="Seconds for one report.")] = 180,
    memory_limit: Annotated[
        int, typer.Option("--memory-limit", min=256, help="Megabytes for one worker.")
    ] = 2048,
    engine: Annotated[EngineName, typer.Option("--engine", help="Who does the work.")] = EngineName.LOCAL,
    scheduler: Annotated[
        str, typer.Option("--scheduler", metavar="ADDRESS", help="The scheduler of a Dask cluster.")
    ] = "",
    limit: LimitOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Draw no progress: for logs.")] = False,
    lang: Language = Lang.ZH,
) -> None:
    """Audit very many reports into a run folder; interrupted, the same command goes on where it stopped."""
    with open_session(lang, None) as session, _resumable(session, out):
        if (engine is EngineName.DASK) != bool(scheduler):
            raise InputError("command.together", "batch", first="--engine dask", second="--scheduler ADDRESS")
        try:
            from ..batch.run import Settings, run
            from ..engines.jobs import Bounds
        except ImportError as error:
            raise InputError("extra_missing", "batch", extra="batch", missing=error.name or "") from error
        settings = Settings(
            inputs=tuple(inputs),
            out=out,
            workers=workers or _cores(),
            bounds=Bounds(time_limit, memory_limit * _MEGABYTE),
            limits=limits_of(limit),
            scheduler=scheduler,
        )
        with _drawn(session, quiet or not sys.stderr.isatty()) as watch:
            summary = run(settings, session.knowledge, watch)
        _complain(summary, session)
        emit(_told(summary, out, session), None, session)
        if summary.quarantined or summary.failed:
            raise typer.Exit(FAILED)
        if summary.counts["errors"] or summary.counts["reviews"]:
            raise typer.Exit(DIFFERS)


@contextmanager
def _resumable(session: Session, out: str) -> Iterator[None]:
    """Turns an interrupt into a message that says how to go on, and exit code 2."""
    try:
        yield
    except KeyboardInterrupt as interrupt:
        session.complain("run_interrupted", out)
        raise typer.Exit(FAILED) from interrupt


def _cores() -> int:
    """Returns how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _complain(summary: Summary, session: Session) -> None:
    """Says on stderr which reports were not audited, and why."""
    from ..writers.view import problem_line

    for item in (*summary.quarantined, *summary.failed[:_NAMED]):
        ended = session.words.word(f"ended.{item.status}")
        problem = replace(item.problem, file="")
        talk(f"{item.problem.file}: {ended}: {problem_line(problem, session.words)}")
    more = summary.documents["failed"] - _NAMED
    if more > 0:
        talk(session.words.say("batch.more", count=more))


def _told(summary: Summary, out: str, session: Session) -> str:
    words, documents, counts = session.words, summary.documents, summary.counts
    lines = [
        words.say("batch.documents", **documents),
        words.say("batch.numbers", **counts),
        words.say("batch.findings", **counts),
        words.say("batch.where", out=out),
    ]
    return "\n".join(lines) + "\n"


@contextmanager
def _drawn(session: Session, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Yields what draws the progress on stderr: how many, how fast, until when, findings and rejects."""
    if quiet:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    words = session.words
    bar = Bar(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[found]}"),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=None, rate="", found="")
    began = last = time.monotonic()
    first: int | None = None

    def draw(progress: Progress) -> None:
        nonlocal last, first
        if not progress.total:
            bar.update(task, found=words.say("batch.listing", count=progress.done))
            return
        first = progress.done if first is None else first
        now = time.monotonic()
        if now - last < _UPDATE and progress.done < progress.total and not progress.idle:
            return
        last = now
        rate = (progress.done - first) / max(now - began, _UPDATE)
        found = words.say("batch.found", findings=progress.findings, rejected=progress.rejected)
        if progress.idle:
            found = words.say("batch.idle")
        shown = words.say("batch.rate", rate=f"{rate:.1f}")
        bar.update(task, total=progress.total, completed=progress.done, rate=shown, found=found)

    with bar:
        yield draw
