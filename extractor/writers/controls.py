"""Control characters of a report, shown instead of obeyed.

A report, a file name or a list may hold escape codes, which would colour, hide or rewrite what a terminal shows, and
marks of direction, which would show 12 as 21. Nothing the program prints passes them on.
"""

from __future__ import annotations

import re

# C0 without tab and line feed, carriage returns inside a line, DEL, C1, and what turns the direction of writing.
_CONTROLS = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)"
_ALL = re.compile(_CONTROLS)
_BUT_COLOURS = re.compile(rf"(?!\x1b\[[0-9;]*m)(?:{_CONTROLS})")


def escaped(text: str, *, colours: bool = False) -> str:
    """Returns `text` with its control characters as the escapes of JSON, which reads them as the same text.

    With `colours`, codes of colours stay: for text that was escaped before it was coloured.
    """
    return (_BUT_COLOURS if colours else _ALL).sub(lambda found: f"\\u{ord(found[0]):04x}", text)
