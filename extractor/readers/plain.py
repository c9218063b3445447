"""Text: the decoded characters, unchanged."""

from __future__ import annotations

from ..data import Place
from ..errors import InputError
from .lines import lines_of
from .source import Draft, Source


def recognises(source: Source) -> bool:
    """Returns True: what decodes is text."""
    return bool(source.decoded.text)


def read(source: Source) -> Draft:
    """Returns the text as it stands, its lines numbered from 1.

    Raises:
        InputError: text_too_long.
    """
    decoded = source.decoded
    text, limit = decoded.text, source.limits.text_length
    if len(text) > limit:
        raise InputError("text_too_long", source.name, size=len(text), limit=limit)
    places = tuple(
        Place(line.start, line.end, f"L{number}")
        for number, line in enumerate(lines_of(text, 0, len(text)), 1)
        if line.text
    )
    return Draft(text, decoded.encoding, problems=decoded.problems, places=places)
