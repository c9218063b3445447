"""Text: the decoded characters, unchanged."""

from __future__ import annotations

from .source import Draft, Source


def recognises(source: Source) -> bool:
    """Returns True: what decodes is text."""
    return bool(source.decoded.text)


def read(source: Source) -> Draft:
    """Returns the text as it stands."""
    decoded = source.decoded
    return Draft(decoded.text, decoded.encoding, problems=decoded.problems)
