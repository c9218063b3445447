"""What the tests of the engines have workers do; a module of its own, so that workers can import it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from extractor.batch.examination import Document, Tools, examine
from extractor.engines.jobs import Barred, Say
from extractor.store.rows import Rows


def square(payload: int, _: Barred, say: Say) -> tuple[int, int]:
    """Returns the square, and who worked it out."""
    say(str(payload), tally={"documents": 1})
    if payload < 0:
        raise ValueError(f"{payload} is negative")
    return payload * payload, os.getpid()


def visit(places: list[str], barred: Barred, say: Say) -> list[str]:
    """Returns the places that were visited; some of them are bad for who visits them."""
    seen = []
    for place in places:
        if place in barred:
            seen.append(f"{place}: {barred[place].code} {barred[place].detail} {barred[place].note}".rstrip())
            continue
        say(place)
        say(place, f"note on {place}")
        _suffer(place)
        seen.append(place)
    say("")
    return seen


def die_at_no_place(_: Any, __: Barred, say: Say) -> None:
    """Dies between two places."""
    say("somewhere")
    say("")
    os.kill(os.getpid(), signal.SIGKILL)


def examine_or_kill_host(document: Document, tools: Tools, bad: Sequence[str]) -> Rows:
    """Returns the rows of a document, unless it is a bad one: then the cluster's worker dies at once."""
    if document.source in bad:
        _suffer("host")
    return examine(document, tools)


def _suffer(place: str) -> None:
    kind, _, argument = place.partition(" ")
    match kind:
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "exit":
            os._exit(3)
        case "hang":
            time.sleep(600)
        case "eat":
            eaten = []
            while True:
                eaten.append(b"\1" * (8 << 20))
                time.sleep(0.005)
        case "starve":
            raise MemoryError
        case "once" if not Path(argument).exists():
            Path(argument).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        case "host":  # a worker of the cluster: it started the server that forked this
            psutil.Process().parents()[1].kill()
            time.sleep(600)
