"""What many reports cost: reports a second by workers and engine, memory over a long run, cost by length and by tables.

Reports are invented by `extractor.synthesis` in all its layouts and lie in one JSON Lines file; every run is a process
of its own that starts with nothing. `python -m eval.bench.scale` measures all of it and keeps it in eval/results,
with charts for docs/scale.md.
"""

from __future__ import annotations

from .results import as_markdown

__all__ = ["as_markdown"]
