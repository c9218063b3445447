"""`python -m extractor`: the same as the `extractor` command."""

from __future__ import annotations

from .cli import run

run()
