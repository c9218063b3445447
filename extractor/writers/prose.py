"""Chinese text broken into lines as a printer would: never before a closing mark, never inside a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.containers import Lines
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, OverflowMethod

_CLOSING = frozenset("，。、；：！？）】」』”’》〉〕%％,.;:!?)]}…·")
_OPENING = frozenset("（【「『“‘《〈〔([{")
_AFTER = frozenset(",;:!?)]}…")


class Prose(Text):
    """A rich text that wraps by the rules of Chinese typesetting instead of at blanks only."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Returns the lines of this text, each at most `width` columns."""
        lines = Lines()
        for paragraph in self.split("\n", allow_blank=True):
            paragraph.expand_tabs(tab_size)
            pieces = [paragraph] if no_wrap else paragraph.divide(breaks(paragraph.plain, width))
            for piece in pieces:
                piece.rstrip()
                lines.append(piece)
        if justify:
            lines.justify(console, width, justify=justify, overflow=overflow or "fold")
        return lines


def breaks(text: str, width: int) -> list[int]:
    """Returns the offsets at which `text` goes on in a new line of `width` columns, in order.

    Blanks at a line's end may stand beyond the edge.
    """
    offsets: list[int] = []
    start = 0
    while (over := _overflow(text, start, width)) < len(text):
        good = (index for index in range(over, start, -1) if _may_break(text[index - 1], text[index]))
        start = next(good, max(over, start + 1))
        offsets.append(start)
    return offsets


def _overflow(text: str, start: int, width: int) -> int:
    """Returns the offset of the first character of a line begun at `start` that does not fit any more."""
    column = 0
    for index in range(start, len(text)):
        column += cell_len(text[index])
        if column > width and not text[index].isspace():
            return index
    return len(text)


def _may_break(before: str, after: str) -> bool:
    if after in _CLOSING or before in _OPENING or after.isspace():
        return False
    if before in _AFTER:
        return not (after.isascii() and after.isalnum())  # inside T2!R4C5 or 24,318
    return before.isspace() or cell_len(before) > 1 or cell_len(after) > 1
