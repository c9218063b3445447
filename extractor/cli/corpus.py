"""The commands on labelled corpora: `extractor corpus …`."""

from __future__ import annotations

import typer

from . import agreement, exchange, synthesis

corpus = typer.Typer(help="Work on labelled corpora.", no_args_is_help=True, rich_markup_mode=None)
corpus.command("export")(exchange.export)
corpus.command("import")(exchange.import_)
corpus.command("agreement")(agreement.agreement)
corpus.command("generate")(synthesis.generate)
corpus.command("mutate")(synthesis.mutate)
