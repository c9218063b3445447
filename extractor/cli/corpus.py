"""The commands on labelled corpora: `extractor corpus …`."""

from __future__ import annotations

import typer

corpus = typer.Typer(help="Work on labelled corpora.", no_args_is_help=True, rich_markup_mode=None)
