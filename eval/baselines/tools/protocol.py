"""The lines that every baseline reads and writes."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Found(NamedTuple):
    """One quantity a tool found: its half-open span, its value as a decimal string, its unit as written.

    `value` is None where the tool gives no single number, `unit` "" where it gives none.
    """

    start: int
    end: int
    value: str | None
    unit: str


def serve(find: Callable[[str], Iterable[Found]]) -> None:
    """Answers each line {"id", "text"} with {"id", "found", "milliseconds"}, in processor time of `find`.

    No text comes twice, so nothing can be remembered; the first is to warm the tool up.
    """
    for line in sys.stdin:
        asked = json.loads(line)
        start = time.process_time()
        found = list(find(asked["text"]))
        spent = time.process_time() - start
        answer = {"id": asked["id"], "found": found, "milliseconds": round(1000 * spent, 3)}
        print(json.dumps(answer, ensure_ascii=False), flush=True)


def pieces(find: Callable[[str], Iterable[Found]], text: str, piece: re.Pattern[str]) -> Iterator[Found]:
    """Yields what `find` finds in each match of `piece`, for tools made for sentences; offsets are the text's."""
    for match in piece.finditer(text):
        for found in find(match[0]):
            yield found._replace(start=match.start() + found.start, end=match.start() + found.end)
