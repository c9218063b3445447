"""How far two labellings of the same reports agree: `extractor corpus agreement`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import KnowledgeError
from .options import Lang, Language, Output
from .session import Session, emit, open_session

if TYPE_CHECKING:
    from ..labels import Gold

_TEST = "test"


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
    from ..score import Agreement, share, write_agreement

    with open_session(lang, output) as session:
        corpus = (first if first.is_dir() else first.parent).parent
        folder = reports or corpus / "reports"
        ours, theirs = _files(first), _files(second)
        both = sorted(ours.keys() & theirs.keys())
        if not both:
            raise KnowledgeError(
                str(second), "*.jsonl", sorted(theirs), f"labels of {', '.join(sorted(ours))}"
            )
        found = Agreement(
            tuple(
                share(_read(ours[stem], folder, session), _read(theirs[stem], folder, session))
                for stem in both
            )
        )
        hidden = frozenset() if show_test else _hidden(corpus)
        if format is AgreementFormat.JSON:
            written = json.dumps(found.to_dict(hidden), ensure_ascii=False, indent=2) + "\n"
        else:
            written = write_agreement(found, lang.value, hidden)
        emit(written, output, session)


def _files(path: Path) -> dict[str, Path]:
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path] if path.is_file() else []
    if not files:
        raise KnowledgeError(str(path), "*.jsonl", "nothing", "gold files")
    return {file.stem: file for file in files}


def _read(path: Path, reports: Path, session: Session) -> Gold:
    from .. import gold
    from ..readers import read

    named = sorted(reports.glob(f"{path.stem}.*"))
    if len(named) != 1:
        raise KnowledgeError(str(path), "report", [file.name for file in named], f"one file in {reports}")
    return gold.read(path, read(named[0], session.knowledge))


def _hidden(corpus: Path) -> frozenset[str]:
    """Returns the names of the reports that are test data of the corpus, where it says so."""
    from ..gold.corpus import splits

    path = corpus / "splits.toml"
    return (
        frozenset(name for name, split in splits(path).items() if split == _TEST)
        if path.is_file()
        else frozenset()
    )
