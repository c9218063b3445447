"""The `extractor` command: data on stdout, talk on stderr.

Exit codes: 0 nothing differs; 1 something differs, that is a finding of severity error or review;
2 something could not be run: a file could not be read, an option is wrong, a knowledge file is broken.
One bad file never stops the others, and their results are written all the same.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ..data import Problem
from ..errors import InputError
from ..version import VERSION
from . import localisation
from .batch import batch
from .collection import collection, query, summary
from .corpus import corpus
from .evaluation import evaluate
from .options import (
    LANG_VARIABLE,
    Conversion,
    File,
    Files,
    Format,
    FormatOption,
    Lang,
    Language,
    LimitOption,
    ListFormat,
    ListOption,
    Output,
)
from .session import (
    DIFFERS,
    FAILED,
    audited,
    emit,
    exit_where_differing,
    limits_of,
    on_terminal,
    open_session,
    read_one,
    talk,
)

__all__ = ["DIFFERS", "FAILED", "Format", "ListFormat", "app", "run"]

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
app.add_typer(corpus, name="corpus")
app.add_typer(kb, name="kb")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(VERSION)
        raise typer.Exit


def _speak(lang: Lang | None) -> None:
    if lang is not None:
        os.environ[LANG_VARIABLE] = lang.value


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop."),
    ] = False,
    lang: Annotated[
        Lang | None,
        typer.Option("--lang", callback=_speak, help="Language of all commands.", show_default=False),
    ] = None,
) -> None:
    """Tie the numbers in a report's prose to the numbers in its tables."""


@app.command()
def audit(
    files: Files,
    format: FormatOption = Format.TEXT,
    limit: LimitOption = None,
    output: Output = None,
    lang: Language = Lang.ZH,
) -> None:
    """Audit reports: text against tables, tables and text against themselves."""
    from ..writers import BINARY, write, write_binary

    with open_session(lang, output) as session:
        binary = format.value in BINARY
        if binary and output is None and on_terminal():
            raise InputError("output.binary", format.value)
        limits = limits_of(limit)
        outcomes = [outcome for path in files for outcome in audited(path, session, limits)]
        results = [outcome for outcome in outcomes if not isinstance(outcome, Problem)]
        refused = [outcome for outcome in outcomes if isinstance(outcome, Problem)]
        if results and binary:
            book = write_binary(results, format.value, lang.value, session.knowledge, refused=refused)
            emit(book, output, session)
        elif results:
            written = write(
                results,
                format.value,
                lang.value,
                session.knowledge,
                width=session.width,
                colour=session.colour,
                many=len(outcomes) > 1 or files[0].is_dir(),
                refused=refused,
            )
            emit(written, output, session)
    if refused or not outcomes:
        raise typer.Exit(FAILED)
    exit_where_differing(finding.severity for result in results for finding in result.findings)


@app.command()
def claims(
    file: File,
    format: ListOption = ListFormat.TEXT,
    limit: LimitOption = None,
    output: Output = None,
    lang: Language = Lang.ZH,
) -> None:
    """List the quantitative claims of a report's prose."""
    from ..claims import find
    from ..text import fold
    from ..writers.listing import write_claims

    with open_session(lang, output) as session:
        report = read_one(file, session, limits_of(limit))
        found = find(report, fold(report), session.knowledge)
        written = write_claims(
            report, found.claims, found.numbers, format.value, session.words, session.width, session.colour
        )
        emit(written, output, session)


@app.command()
def tables(
    file: File,
    format: ListOption = ListFormat.TEXT,
    limit: LimitOption = None,
    output: Output = None,
    lang: Language = Lang.ZH,
) -> None:
    """List the figures of a report's tables."""
    from ..tables import read_figures
    from ..writers.listing import write_figures

    with open_session(lang, output) as session:
        report = read_one(file, session, limits_of(limit))
        reading = read_figures(report, session.knowledge)
        written = write_figures(report, reading, format.value, session.words, session.width, session.colour)
        emit(written, output, session)


@app.command()
def explain(
    file: File,
    at: Annotated[
        int,
        typer.Option(
            "--at", metavar="OFFSET", min=0, help="Character of the text, from 0.", show_default=False
        ),
    ],
    limit: LimitOption = None,
    output: Output = None,
    lang: Language = Lang.ZH,
) -> None:
    """Explain one place of a report: rule, parts, link, arithmetic."""
    from ..audit import audit as audit_report
    from ..writers.explain import write_explanation

    with open_session(lang, output) as session:
        result = audit_report(read_one(file, session, limits_of(limit)), session.knowledge)
        length = len(result.report.text)
        if at >= length:
            raise InputError("explain.outside", str(file), offset=at, length=length)
        emit(write_explanation(result, at, session.words, session.width, session.colour), output, session)


def train(
    corpus: Annotated[Path, typer.Option(help="Folder of the labelled phrases.")] = Path("corpora/phrases"),
    out: Annotated[
        Path | None,
        typer.Option(help="Folder of the model; by default the one audits use.", show_default=False),
    ] = None,
    lang: Language = Lang.ZH,
) -> None:
    """Train the linking model on labelled phrases and print how well it does on held-out ones."""
    from .. import places
    from ..classify import train as train_model

    with open_session(lang, None) as session:
        target = out or places.models() / "linker"
        metrics = train_model(corpus, target)
        emit("".join(f"{name}\t{value}\n" for name, value in metrics.items()), None, session)
        talk(session.words.say("trained", path=str(target)))


@app.command()
def convert(
    file: File,
    to: Annotated[
        Conversion, typer.Option("--to", help="What the report is written as.")
    ] = Conversion.MARKDOWN,
    limit: LimitOption = None,
    output: Output = None,
    lang: Language = Lang.ZH,
) -> None:
    """Show a report as it was read: text, tables, what was left out and why."""
    from ..writers.convert import write_conversion

    with open_session(lang, output) as session:
        report = read_one(file, session, limits_of(limit))
        emit(write_conversion(report, to.value, session.words), output, session)


app.command()(batch)
app.command()(collection)
app.command()(summary)
app.command()(query)
app.command("eval")(evaluate)
app.command()(train)


@kb.command()
def check(lang: Language = Lang.ZH) -> None:
    """Read and cross-check all knowledge files, and count what they hold."""
    from ..writers.counts import write_counts

    with open_session(lang, None) as session:
        session.knowledge.check()
        emit(write_counts(session.knowledge, session.words, session.width, session.colour), None, session)


def run() -> None:
    """Runs the command line."""
    localisation.run(app)
