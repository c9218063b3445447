"""Labels to and from other tools: `extractor corpus export` and `extractor corpus import`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import KnowledgeError
from .options import Lang, Language
from .session import Session, open_session, talk, writing

if TYPE_CHECKING:
    from ..data import Report
    from ..gold import Sheaf
    from ..labels import Gold


class Exchange(StrEnum):
    """Formats of labels."""

    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    BRAT = "brat"
    SPACY = "spacy"
    CSV = "csv"


ExchangeOption = Annotated[
    Exchange, typer.Option("--format", "-f", help="The tool the labels go to, or come from.")
]


def export(
    path: Annotated[Path, typer.Argument(metavar="CORPUS", help="A labelled corpus.", show_default=False)],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder the files are written to.", show_default=False)
    ],
    format: ExchangeOption = Exchange.LABEL_STUDIO,
    split: Annotated[str, typer.Option(help="This split only: development or test.")] = "",
    lang: Language = Lang.ZH,
) -> None:
    """Write the labels of a corpus for an annotation tool or a spreadsheet."""
    from .. import gold
    from ..gold import exchange
    from ..readers import read

    with open_session(lang, None) as session:
        sheaves = []
        for document in gold.documents(path, split):
            report = read(document.report, session.knowledge)
            sheaves.append(gold.marks_of(gold.read(document.gold, report), report.text))
        if len({sheaf.head.file for sheaf in sheaves}) < len(sheaves):
            raise KnowledgeError(
                str(path), "reports/", "one name twice", "a corpus whose reports differ in name"
            )
        with writing(output):
            files = exchange.write(sheaves, format.value, output)
        for file in files:
            talk(session.words.say("written", path=str(file)))


def import_(
    path: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="What was exported: a file, or its folder.", show_default=False),
    ],
    report: Annotated[
        Path,
        typer.Option(help="The report the labels are of, or the folder of the reports.", show_default=False),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder the gold files are written to.", show_default=False)
    ],
    format: ExchangeOption = Exchange.LABEL_STUDIO,
    lang: Language = Lang.ZH,
) -> None:
    """Read labels back from an annotation tool or a spreadsheet, check them, and write gold files."""
    from .. import gold
    from ..gold import exchange

    with open_session(lang, None) as session:
        sheaves = exchange.read(path, format.value)
        read_back = [(sheaf, *_labels(sheaf, report, str(path), session)) for sheaf in sheaves]
        with writing(output):
            output.mkdir(parents=True, exist_ok=True)
            for sheaf, labels, source in read_back:
                target = output / f"{Path(sheaf.head.file).stem}.jsonl"
                gold.write(labels, source, target)
                talk(session.words.say("written", path=str(target)))


def _labels(sheaf: Sheaf, folder: Path, source: str, session: Session) -> tuple[Gold, Report]:
    """Returns the labels, checked against their report."""
    from .. import gold
    from ..readers import read

    files = [folder] if folder.is_file() else sorted(folder.iterdir()) if folder.is_dir() else []
    named = [file for file in files if file.name == sheaf.head.file]
    if len(named) != 1:
        raise KnowledgeError(
            source, sheaf.head.file, [file.name for file in named], f"the report in {folder}"
        )
    report = read(named[0], session.knowledge)
    return gold.read_rows(gold.rows_of(sheaf, report.text, source), report, source), report
