"""Commands on reports nobody wrote: `extractor corpus generate` and `extractor corpus mutate`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from .options import Lang, Language
from .session import open_session, talk, writing

if TYPE_CHECKING:
    from .. import gold
    from ..synthesis import Mutant, Skip


class Shape(StrEnum):
    """What invented reports are kept as."""

    FOLDER = "folder"
    JSONL = "jsonl"
    PARQUET = "parquet"


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
    unlabelled: Annotated[
        bool, typer.Option("--unlabelled", help="Leave the labels of a folder out.")
    ] = False,
    lang: Language = Lang.ZH,
) -> None:
    """Invent reports with their labels, for scale and regression: no measure of accuracy."""
    from ..synthesis import generate as invent
    from ..synthesis import output
    from ..synthesis.tables.layouts import LAYOUTS

    with open_session(lang, None) as session:
        wanted = [name for name in layouts.split(",") if name]
        _known(wanted, LAYOUTS, "--layouts")
        reports = invent(seed, count, wanted, faults, first, session.knowledge)
        knowledge = None if unlabelled else session.knowledge
        if format is Shape.FOLDER:
            _unused(out)
        with writing(out):
            written = output.write(reports, out, output.Shape(format.value), knowledge, first)
        talk(session.words.say("generated", count=str(written), path=str(out)))


def mutate(
    path: Annotated[Path, typer.Argument(metavar="CORPUS", help="A labelled corpus.", show_default=False)],
    out: Annotated[Path, typer.Option(help="Folder of the corpus that is written.", show_default=False)],
    split: Annotated[str, typer.Option(help="Change reports of this split only.")] = "",
    kinds: Annotated[
        str, typer.Option(help="Kinds of slips, parted by commas; all by default.", show_default=False)
    ] = "",
    seed: Annotated[int, typer.Option(help="The same seed makes the same changes.")] = 1,
    most: Annotated[
        int, typer.Option(min=0, help="Mutants of one kind in one place of a report; 0 for all.")
    ] = 0,
    lang: Language = Lang.ZH,
) -> None:
    """Change one number at a time in labelled reports, and say what must then be found."""
    from .. import gold
    from ..readers import read
    from ..synthesis import load_kinds, mutants, output

    with open_session(lang, None) as session:
        known = load_kinds()
        named = [name for name in kinds.split(",") if name]
        _known(named, [kind.id for kind in known.kinds], "--kinds")
        wanted = known.named(tuple(named))
        _unused(out)

        def items() -> Iterator[tuple[gold.Document, Mutant | Skip]]:
            for document in gold.documents(path, split):
                report = read(document.report, session.knowledge)
                labels = gold.read(document.gold, report)
                data = document.report.read_bytes()
                for item in mutants(report, data, labels, session.knowledge, wanted, seed, most):
                    yield document, item

        with writing(out):
            count, skipped = output.write_mutants(items(), out)
        talk(session.words.say("mutated", count=str(count), path=str(out)))
        for reason, times in skipped.most_common():
            talk(f"  {known.skips[reason][lang.value]}: {times}")


def _known(names: Collection[str], known: Collection[str], option: str) -> None:
    """Raises InputError (command.choice) where one of `names` is not among those `option` knows."""
    if unknown := [name for name in names if name not in known]:
        raise InputError("command.choice", option, value=unknown[0], known=", ".join(known))


def _unused(folder: Path) -> None:
    """Raises InputError (output.occupied) where `folder` holds something already."""
    if folder.is_dir() and any(folder.iterdir()):
        raise InputError("output.occupied", str(folder))
