"""This package: the text read, folded and searched for claims; no table is needed, none is linked."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import find as find_claims
from extractor.knowledge import load
from extractor.readers import read_text
from extractor.text import fold

from .protocol import Found, serve

_KNOWLEDGE = load()


def find(text: str) -> Iterator[Found]:
    """Yields each claim."""
    report = read_text(text, "narrative", _KNOWLEDGE)
    for claim in find_claims(report, fold(report), _KNOWLEDGE).claims:
        value = None if claim.value is None else f"{claim.value:f}"
        yield Found(claim.start, claim.end, value, claim.unit)


if __name__ == "__main__":
    serve(find)
