"""The commands on a finished run: `extractor collection`, `extractor query`, `extractor summary`."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..errors import InputError
from .options import Lang, Language, Output
from .session import emit, exit_where_differing, open_session, writing

# What sorting the claims of all reports by body may hold in memory; the rest goes to the disk.
_MEMORY = "400MB"


class FindingFormat(StrEnum):
    """Formats of the findings between reports."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"


class AnswerFormat(StrEnum):
    """Formats of the answer to a query."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


Run = Annotated[
    str, typer.Argument(metavar="RUN", help="The folder of a finished run, or its URL.", show_default=False)
]


def collection(
    run: Run,
    format: Annotated[
        FindingFormat, typer.Option("--format", "-f", help="How the findings are written.")
    ] = FindingFormat.TEXT,
    output: Output = None,
    lang: Language = Lang.ZH,
) -> None:
    """Compare the reports of a run: over the years, and bodies with those below them."""
    from ..collection.examination import examine
    from ..writers.collection.listing import write_findings
    from ..writers.collection.messages import said_of
    from ..writers.words import Words

    with open_session(lang, output) as session:
        with _extra("collection"):
            from ..store.collected import write_collection
            from ..store.folder import RunFolder
            from ..store.query import connect, reading
        folder = RunFolder(run)
        with reading(folder):
            found = examine(connect(folder, memory=_MEMORY), session.knowledge)
        kept = Words(session.knowledge, Lang.ZH.value)
        said = [(finding, said_of(finding, kept).text) for finding in found.findings]
        write_collection(folder, said, found.checks)
        emit(
            write_findings(
                found.findings,
                found.compared,
                format.value,
                session.words,
                session.width,
                session.colour,
            ),
            output,
            session,
        )
    exit_where_differing(finding.severity for finding in found.findings)


def query(
    run: Run,
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help="One SELECT over the tables of the run.", show_default=False)
    ],
    format: Annotated[
        AnswerFormat, typer.Option("--format", "-f", help="How the answer is written.")
    ] = AnswerFormat.TABLE,
    output: Output = None,
    lang: Language = Lang.ZH,
) -> None:
    """Ask the tables of a run in SQL; nothing else can be read, and nothing written."""
    from ..writers.collection.answer import write_answer

    with open_session(lang, output) as session:
        with _extra("query"):
            from ..store.asking import ask, ask_parquet
            from ..store.folder import RunFolder
        folder = RunFolder(run)
        if format is AnswerFormat.PARQUET:
            if output is None:
                raise InputError("query.output", run)
            with writing(output):
                ask_parquet(folder, sql, output)
        else:
            answer = ask(folder, sql)
            written = write_answer(answer.columns, answer.rows, format.value, session.width, session.colour)
            emit(written, output, session)


def summary(
    run: Run,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write the dashboard here.", show_default=False),
    ] = None,
    lang: Language = Lang.ZH,
) -> None:
    """Sum a run up: findings, coverage, the worst reports, what was not audited."""
    from ..writers.collection.page import write_dashboard
    from ..writers.collection.summary import write_summary

    with open_session(lang, None) as session:
        with _extra("summary"):
            from ..store.folder import RunFolder
            from ..store.query import connect, reading
            from ..store.totals import read_totals
        folder = RunFolder(run)
        with reading(folder):
            totals = read_totals(connect(folder))
        if html is not None:
            emit(write_dashboard(totals, folder.title, session.words), html, session)
        emit(write_summary(totals, session.words, session.width, session.colour), None, session)


@contextmanager
def _extra(command: str) -> Iterator[None]:
    """Turns a library that is not installed into a message that says how to install it.

    What DuckDB holds is collected at exit after all: left alone, its bindings complain on stderr.
    """
    atexit.unregister(gc.freeze)
    try:
        yield
    except ImportError as error:
        raise InputError("extra_missing", command, extra="batch", missing=error.name or "") from error
