"""What the measurements share: how a measurement is written, the seed of the reports, the names of the engines."""

from __future__ import annotations

from typing import Any

Measured = dict[str, Any]
SEED = 11
ONE, TWO = "1 worker", "2 workers"
