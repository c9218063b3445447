"""One run of a command: what it knows, how it reads, talks and writes, and how trouble becomes a message."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..data import Param, Problem, Severity
from ..errors import InputError, KnowledgeError
from .options import Lang

if TYPE_CHECKING:
    from ..data import Report, Result
    from ..knowledge import Knowledge
    from ..readers import Limits
    from ..writers.words import Words

DIFFERS = 1
FAILED = 2
_DIFFERING = frozenset({Severity.ERROR, Severity.REVIEW})

# New objects between two collections. What a command imports and reads at its start stays, and collecting at
# Python's default of 700 takes a fifth of a run on one report.
_COLLECT_AFTER = 100_000
_STDIN = "-"
_PIPED_WIDTH = 100
_WIDTHS = (60, 120)


@dataclass(frozen=True, slots=True)
class Session:
    """One run of a command: what it knows, in which language it talks, how wide it writes."""

    knowledge: Knowledge
    words: Words
    width: int
    colour: bool

    def complain(
        self, code: str, file: str, place: str = "", params: Mapping[str, Param] | None = None
    ) -> Problem:
        """Says on stderr what is wrong with `file`, and where; returns what it said."""
        from ..writers.view import problem_line

        problem = Problem(code, file, place, params or {})
        talk(problem_line(problem, self.words))
        return problem


def audited(path: Path, session: Session, limits: Limits) -> Iterator[Result | Problem]:
    """Yields the audit of each report in `path`, or why one cannot be made, which stderr says too."""
    from ..audit import audit as audit_report
    from ..readers import read_all

    if str(path) == _STDIN:
        reports: Iterable[Report | InputError] = [_read_or_error(path, session, limits)]
    else:
        reports = read_all(path, session.knowledge, limits)
    report = None
    for report in reports:
        if isinstance(report, InputError):
            yield session.complain(report.code, report.file, report.place, report.params)
            continue
        try:
            yield audit_report(report, session.knowledge)
        except KnowledgeError:
            raise
        except Exception as error:  # noqa: BLE001  the one boundary: a fault on one document stops no other
            yield session.complain("internal.error", report.source, params=_fault(error))
    if report is None:
        yield session.complain("no_documents", str(path))


def _fault(error: Exception) -> dict[str, Param]:
    return {"kind": type(error).__name__, "detail": str(error)}


def _read_or_error(path: Path, session: Session, limits: Limits) -> Report | InputError:
    try:
        return read_one(path, session, limits)
    except InputError as error:
        return error


def read_one(path: Path, session: Session, limits: Limits) -> Report:
    """Returns the one report in `path`, or on standard input."""
    from ..readers import read, read_bytes

    if str(path) == _STDIN:
        return read_bytes(sys.stdin.buffer.read(), _STDIN, session.knowledge, limits)
    return read(path, session.knowledge, limits)


def limits_of(settings: list[str] | None) -> Limits:
    """Returns the limits of reading with those the user raised (NAME=NUMBER)."""
    from ..readers import Limits

    limits = Limits()
    for setting in settings or ():
        try:
            limits = limits.raised(setting)
        except ValueError as error:
            known = ", ".join(field.name for field in fields(Limits))
            raise InputError("command.setting", setting, known=known) from error
    return limits


@contextmanager
def open_session(lang: Lang, output: Path | None) -> Iterator[Session]:
    """Yields the session of a command; trouble inside becomes a message and exit code 2, never a traceback."""
    from ..knowledge import load
    from ..writers.words import Words

    try:
        knowledge = load()
    except KnowledgeError as error:
        talk(str(error))
        raise typer.Exit(FAILED) from error
    _spare_collections()
    terminal = output is None and on_terminal()
    session = Session(
        knowledge=knowledge,
        words=Words(knowledge, lang.value),
        width=_width(terminal),
        colour=terminal and "NO_COLOR" not in os.environ,
    )
    try:
        yield session
    except InputError as error:
        session.complain(error.code, error.file, error.place, error.params)
        raise typer.Exit(FAILED) from error
    except KnowledgeError as error:
        session.complain(
            "knowledge.error", error.file, error.key, {"found": repr(error.found), "expected": error.expected}
        )
        raise typer.Exit(FAILED) from error
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        session.complain("internal.error", "extractor", params=_fault(error))
        raise typer.Exit(FAILED) from error


def on_terminal() -> bool:
    """Says whether what is written to standard output is seen on a terminal."""
    return sys.stdout.isatty()


@cache
def _spare_collections() -> None:
    """Puts off the collection of garbage: little of what a command makes is any before it ends, and then all is.

    What has been loaded stays, and is set aside.
    """
    gc.set_threshold(_COLLECT_AFTER)
    gc.freeze()
    atexit.register(gc.freeze)


def _width(terminal: bool) -> int:
    if terminal or "COLUMNS" in os.environ:
        least, most = _WIDTHS
        return min(max(shutil.get_terminal_size().columns, least), most)
    return _PIPED_WIDTH


def exit_where_differing(severities: Iterable[Severity]) -> None:
    """Ends the command with `DIFFERS` where one of `severities` says that something differs."""
    if not _DIFFERING.isdisjoint(severities):
        raise typer.Exit(DIFFERS)


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """Turns what keeps `output` from being written into a message.

    Raises:
        InputError: output.unwritable
    """
    try:
        yield
    except OSError as error:
        raise InputError("output.unwritable", str(output), cause=error.strerror or str(error)) from error


def emit(content: str | bytes, output: Path | None, session: Session) -> None:
    """Writes `content` to `output` or stdout, text as UTF-8; a reader who hangs up early is no error.

    Control characters of a text are written as escapes; colours are let through to a terminal.
    """
    from ..writers.controls import escaped

    if isinstance(content, str):
        content = escaped(content, colours=session.colour).encode(errors="replace")
    if output is not None:
        with writing(output):
            output.write_bytes(content)
        return
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # so that the interpreter's own flush is quiet


def talk(text: str) -> None:
    """Says `text` on stderr, its control characters as escapes."""
    from ..writers.controls import escaped

    typer.echo(escaped(text), err=True)
