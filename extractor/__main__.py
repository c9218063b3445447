"""The `extractor` command, which is also `python -m extractor`."""

from __future__ import annotations

import gc

_COLLECT_AFTER = 100_000


def run() -> None:
    """Runs the command line.

    What is imported and read for it stays: nothing is gained by looking for garbage among it before.
    """
    gc.set_threshold(_COLLECT_AFTER)
    from .cli import run as run_command

    run_command()


if __name__ == "__main__":
    run()
