"""The `extractor` command: data on stdout, talk on stderr.

Exit codes: 0 nothing differs; 1 something differs, that is a finding of severity error or review;
2 something could not be run: a file could not be read, an option is wrong, a knowledge file is broken.
One bad file never stops the others, and their results are written all the same.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .data import Param, Problem, Severity
from .errors import InputError, KnowledgeError
from .version import VERSION

if TYPE_CHECKING:
    from .data import Report, Result
    from .knowledge import Knowledge
    from .readers import Limits
    from .writers.words import Words

DIFFERS = 1
FAILED = 2

# New objects between two collections. What a command imports and reads at its start stays, and collecting at
# Python's default of 700 takes a fifth of a run on one report.
_COLLECT_AFTER = 100_000
_STDIN = "-"
_PIPED_WIDTH = 100
_WIDTHS = (60, 120)
_DIFFERING = frozenset({Severity.ERROR, Severity.REVIEW})


class Format(StrEnum):
    """Formats of an audit."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"


class ListFormat(StrEnum):
    """Formats of a listing."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"


class ScoreFormat(StrEnum):
    """Formats of an evaluation."""

    TEXT = "text"
    JSON = "json"


class Conversion(StrEnum):
    """Formats of a report as it was read."""

    MARKDOWN = "md"
    JSON = "json"


class Lang(StrEnum):
    """Languages of messages and reports."""

    ZH = "zh"
    EN = "en"


Files = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="Reports; - reads standard input.", show_default=False)
]
File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A report; - reads standard input.", show_default=False)
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write here instead of to standard output.", show_default=False),
]
Language = Annotated[Lang, typer.Option("--lang", help="Language of reports and messages.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How the result is written.")]
ListOption = Annotated[ListFormat, typer.Option("--format", "-f", help="How the listing is written.")]

app = typer.Typer(
    name="extractor",
    help="Tie the numbers in a report's prose to the numbers in its tables.",
    epilog="Exit codes: 0 nothing differs, 1 something differs, 2 something could not be run.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
kb = typer.Typer(help="Look after the knowledge files.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(kb, name="kb")


@dataclass(frozen=True, slots=True)
class _Session:
    """One run of a command: what it knows, in which language it talks, how wide it writes."""

    knowledge: Knowledge
    words: Words
    width: int
    colour: bool

    def complain(
        self, code: str, file: str, place: str = "", params: Mapping[str, Param] | None = None
    ) -> None:
        """Says on stderr what is wrong with `file`, and where."""
        from .writers.view import problem_line

        _talk(problem_line(Problem(code, file, place, params or {}), self.words))


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(VERSION)
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Tie the numbers in a report's prose to the numbers in its tables."""


@app.command()
def audit(
    files: Files, format: FormatOption = Format.TEXT, output: Output = None, lang: Language = Lang.ZH
) -> None:
    """Audit reports: text against tables, tables and text against themselves."""
    from .writers import write

    with _session(lang, output) as session:
        results: list[Result] = []
        for path in files:
            results.extend(_audited(path, session))
        if results:
            written = write(
                results,
                format.value,
                lang.value,
                session.knowledge,
                width=session.width,
                colour=session.colour,
                many=len(files) > 1,
            )
            _emit(written, output, session)
    if len(results) < len(files):
        raise typer.Exit(FAILED)
    if any(finding.severity in _DIFFERING for result in results for finding in result.findings):
        raise typer.Exit(DIFFERS)


@app.command()
def claims(
    file: File, format: ListOption = ListFormat.TEXT, output: Output = None, lang: Language = Lang.ZH
) -> None:
    """List the quantitative claims of a report's prose."""
    from .claims import find
    from .text import fold
    from .writers.listing import write_claims

    with _session(lang, output) as session:
        report = _read(file, session)
        found = find(report, fold(report), session.knowledge)
        written = write_claims(
            report, found.claims, found.numbers, format.value, session.words, session.width, session.colour
        )
        _emit(written, output, session)


@app.command()
def tables(
    file: File, format: ListOption = ListFormat.TEXT, output: Output = None, lang: Language = Lang.ZH
) -> None:
    """List the figures of a report's tables."""
    from .tables import read_figures
    from .writers.listing import write_figures

    with _session(lang, output) as session:
        report = _read(file, session)
        reading = read_figures(report, session.knowledge)
        written = write_figures(report, reading, format.value, session.words, session.width, session.colour)
        _emit(written, output, session)


@app.command()
def explain(
    file: File,
    at: Annotated[
        int,
        typer.Option(
            "--at", metavar="OFFSET", min=0, help="Character of the text, from 0.", show_default=False
        ),
    ],
    output: Output = None,
    lang: Language = Lang.ZH,
) -> None:
    """Explain one place of a report: rule, parts, link, arithmetic."""
    from .writers.explain import write_explanation

    with _session(lang, output) as session:
        results = list(_audited(file, session))
        if not results:
            raise typer.Exit(FAILED)
        (result,) = results
        length = len(result.report.text)
        if at >= length:
            raise InputError("explain.outside", str(file), offset=at, length=length)
        _emit(write_explanation(result, at, session.words, session.width, session.colour), output, session)


@app.command()
def train(
    corpus: Annotated[Path, typer.Option(help="Folder of the labelled phrases.")] = Path("corpora/phrases"),
    out: Annotated[
        Path | None,
        typer.Option(help="Folder of the model; by default the one audits use.", show_default=False),
    ] = None,
    lang: Language = Lang.ZH,
) -> None:
    """Train the linking model on labelled phrases and print how well it does on held-out ones."""
    from . import places
    from .classify import train as train_model

    with _session(lang, None) as session:
        target = out or places.models() / "linker"
        metrics = train_model(corpus, target)
        _emit("".join(f"{name}\t{value}\n" for name, value in metrics.items()), None, session)
        _talk(session.words.say("trained", path=str(target)))


@app.command("eval")
def evaluate(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A labelled corpus.", show_default=False)],
    split: Annotated[str, typer.Option(help="Score this split only.")] = "",
    format: Annotated[
        ScoreFormat, typer.Option("--format", "-f", help="How the scores are written.")
    ] = ScoreFormat.TEXT,
    output: Output = None,
    lang: Language = Lang.ZH,
) -> None:
    """Score the toolkit against labels made by hand."""
    import json

    from .evaluation import evaluate as score_corpus

    with _session(lang, output) as session:
        scores = score_corpus(path, session.knowledge, split=split)
        if format is ScoreFormat.JSON:
            written = json.dumps(scores.to_dict(), ensure_ascii=False, indent=2) + "\n"
        else:
            written = scores.to_text(lang.value)
        _emit(written, output, session)


@app.command()
def convert(
    file: File,
    to: Annotated[
        Conversion, typer.Option("--to", help="What the report is written as.")
    ] = Conversion.MARKDOWN,
    limit: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=NUMBER", help="Raise a limit of reading, as in pages=2000.", show_default=False
        ),
    ] = None,
    output: Output = None,
    lang: Language = Lang.ZH,
) -> None:
    """Show a report as it was read: text, tables, what was left out and why."""
    from .readers import Limits
    from .writers.convert import write_conversion

    with _session(lang, output) as session:
        limits = Limits()
        for setting in limit or ():
            try:
                limits = limits.raised(setting)
            except ValueError as error:
                raise InputError("command.usage", str(file), detail=str(error)) from error
        report = _read(file, session, limits)
        _emit(write_conversion(report, to.value, session.words), output, session)


@kb.command()
def check(lang: Language = Lang.ZH) -> None:
    """Read and cross-check all knowledge files, and count what they hold."""
    from .writers.counts import write_counts

    with _session(lang, None) as session:
        _emit(write_counts(session.knowledge, session.words, session.width, session.colour), None, session)


def _audited(path: Path, session: _Session) -> Iterator[Result]:
    """Yields the audit of `path`, or nothing where it cannot be made; then stderr says why."""
    from .audit import audit as audit_report

    try:
        yield audit_report(_read(path, session), session.knowledge)
    except InputError as error:
        session.complain(error.code, error.file, error.place, error.params)
    except KnowledgeError:
        raise
    except Exception as error:  # noqa: BLE001  the one boundary: a fault on one document stops no other
        params = {"kind": type(error).__name__, "detail": str(error)}
        session.complain("internal.error", str(path), params=params)


def _read(path: Path, session: _Session, limits: Limits | None = None) -> Report:
    from .readers import Limits, read, read_bytes

    if str(path) == _STDIN:
        return read_bytes(sys.stdin.buffer.read(), _STDIN, session.knowledge, limits or Limits())
    return read(path, session.knowledge, limits or Limits())


@contextmanager
def _session(lang: Lang, output: Path | None) -> Iterator[_Session]:
    """Yields the session of a command; trouble inside becomes a message and exit code 2."""
    from .knowledge import load
    from .writers.words import Words

    gc.set_threshold(_COLLECT_AFTER)
    try:
        knowledge = load()
    except KnowledgeError as error:
        _talk(str(error))
        raise typer.Exit(FAILED) from error
    terminal = output is None and sys.stdout.isatty()
    session = _Session(
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
        session.complain("knowledge.error", "", params={"detail": str(error)})
        raise typer.Exit(FAILED) from error


def _width(terminal: bool) -> int:
    if terminal or "COLUMNS" in os.environ:
        least, most = _WIDTHS
        return min(max(shutil.get_terminal_size().columns, least), most)
    return _PIPED_WIDTH


def _emit(text: str, output: Path | None, session: _Session) -> None:
    """Writes `text` as UTF-8 to `output` or stdout; a reader who hangs up early is no error."""
    if output is not None:
        try:
            output.write_bytes(text.encode())
        except OSError as error:
            session.complain(
                "output.unwritable", str(output), params={"detail": error.strerror or str(error)}
            )
            raise typer.Exit(FAILED) from error
        return
    try:
        sys.stdout.buffer.write(text.encode(errors="replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # so that the interpreter's own flush is quiet


def _talk(text: str) -> None:
    typer.echo(text, err=True)
