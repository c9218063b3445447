"""`python -m eval.bench`: the same as running `speed.py`."""

from __future__ import annotations

from eval.bench.speed import main

main()
