"""Markdown: text whose headings and tables carry marks; the text stays as it is."""

from __future__ import annotations

import re

from .plain import read
from .source import Source

__all__ = ["read", "recognises"]

_MARK = re.compile(r"^(?:#{1,6} +\S|\|? *:?-{3,}:? *\|)", re.MULTILINE)


def recognises(source: Source) -> bool:
    """Returns whether the text has a Markdown heading or the rule line of a Markdown table."""
    return _MARK.search(source.decoded.text) is not None
