"""How far two labellings of the same reports agree: `extractor corpus agreement`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .options import Lang, Language, Output
from .session import emit, open_session


class AgreementFormat(StrEnum):
    """Formats of an agreement."""

    MARKDOWN = "markdown"
    JSON = "json"


def agreement(
    first: Annotated[
        Path, typer.Argument(metavar="GOLD_A", help="Gold files, or one of them.", show_default=False)
    ],
    second: Annotated[
        Path,
        typer.Argument(metavar="GOLD_B", help="Somebody else's of the same reports.", show_default=False),
    ],
    reports: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the reports; by default reports/ beside GOLD_A's folder.", show_default=False
        ),
    ] = None,
    format: Annotated[
        AgreementFormat, typer.Option("--format", "-f", help="How the agreement is written.")
    ] = AgreementFormat.MARKDOWN,
    show_test: Annotated[
        bool, typer.Option("--show-test", help="Show the disagreements on test data, which then are none.")
    ] = False,
    output: Output = None,
    lang: Language = Lang.ZH,
) -> None:
    """Measure how far two people's labels of the same reports agree."""
    from ..evaluation.agreement import agree, corpus_of, hidden
    from ..score import write_agreement

    with open_session(lang, output) as session:
        corpus = corpus_of(first)
        found = agree(first, second, reports or corpus / "reports", session.knowledge)
        closed = frozenset() if show_test else hidden(corpus)
        if format is AgreementFormat.JSON:
            written = json.dumps(found.to_dict(closed), ensure_ascii=False, indent=2) + "\n"
        else:
            written = write_agreement(found, lang.value, closed)
        emit(written, output, session)
