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
    """Returns the offsets at which `text` goes on in a new line of `width` columns, in order."""
    offsets: list[int] = []
    start = column = 0
    allowed = 0
    for index, char in enumerate(text):
        if index > start and _may_break(text[index - 1], char):
            allowed = index
        column += cell_len(char)
        if column > width and not char.isspace():
            start = allowed if allowed > start else max(index, start + 1)
            offsets.append(start)
            column = cell_len(text[start : index + 1])
    return offsets


def _may_break(before: str, after: str) -> bool:
    if after in _CLOSING or before in _OPENING or after.isspace():
        return False
    return before.isspace() or before in _AFTER or cell_len(before) > 1 or cell_len(after) > 1
