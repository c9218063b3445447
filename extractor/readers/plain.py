"""Text: the decoded characters, unchanged."""

from __future__ import annotations

from ..errors import InputError
from .source import Draft, Source


def read(source: Source) -> Draft:
    """Returns the text as it stands.

    Raises:
        InputError: text_too_long.
    """
    decoded = source.decoded
    text, limit = decoded.text, source.limits.text_length
    if len(text) > limit:
        raise InputError("text_too_long", source.name, size=len(text), limit=limit)
    return Draft(text, decoded.encoding, problems=decoded.problems)
