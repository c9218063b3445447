"""The commands on labelled corpora: `extractor corpus …`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .options import Lang, Language
from .session import open_session, talk


class Shape(StrEnum):
    """What invented reports are kept as."""

    FOLDER = "folder"
    JSONL = "jsonl"
    PARQUET = "parquet"


corpus = typer.Typer(help="Work on labelled corpora.", no_args_is_help=True, rich_markup_mode=None)


@corpus.command()
def generate(
    out: Annotated[Path, typer.Option(help="Folder, or file, that the reports go to.", show_default=False)],
    seed: Annotated[int, typer.Option(help="The same seed gives the same reports.")] = 1,
    count: Annotated[int, typer.Option(min=1, help="How many reports.")] = 100,
    first: Annotated[int, typer.Option(min=0, help="Place of the first one, to make a run in pieces.")] = 0,
    layouts: Annotated[
        str, typer.Option(help="Layouts of the tables, parted by commas; all by default.", show_default=False)
    ] = "",
    faults: Annotated[float, typer.Option(min=0, max=1, help="Share of reports with a planted fault.")] = 0.0,
    format: Annotated[Shape, typer.Option("--format", "-f", help="How the reports are kept.")] = Shape.FOLDER,
    labels: Annotated[bool, typer.Option(help="Write labels beside the reports of a folder.")] = True,
    lang: Language = Lang.ZH,
) -> None:
    """Invent reports with their labels, for scale and regression: no measure of accuracy."""
    from ..errors import InputError
    from ..synthesis import generate as invent
    from ..synthesis import output
    from ..synthesis.layouts import LAYOUTS

    with open_session(lang, None) as session:
        wanted = [name for name in layouts.split(",") if name]
        if unknown := [name for name in wanted if name not in LAYOUTS]:
            detail = f"{unknown[0]!r}, {' '.join(LAYOUTS)}"
            raise InputError("command.usage", "--layouts", detail=detail)
        reports = invent(seed, count, wanted, faults, first)
        knowledge = session.knowledge if labels else None
        written = output.write(reports, out, output.Shape(format.value), knowledge, first)
        talk(session.words.say("generated", count=str(written), path=str(out)))
