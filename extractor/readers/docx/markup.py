"""The elements of WordprocessingML that hold text, and how they are walked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PARAGRAPH, TABLE, RUN = f"{W}p", f"{W}tbl", f"{W}r"
BOX = f"{W}txbxContent"
# What holds blocks or text without being any.
WRAPPERS = frozenset(
    f"{W}{tag}"
    for tag in (
        "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "bdo", "dir",
    )
) | {f"{_MC}AlternateContent", f"{_MC}Choice"}  # fmt: skip
# What holds text taken out while changes were tracked.
DELETIONS = frozenset({f"{W}del", f"{W}moveFrom"})
# What an older program shows instead: the same again.
_AGAIN = f"{_MC}Fallback"
_OFF = frozenset({"0", "false", "off"})


def children(parent: Any, tag: str) -> Iterator[Any]:
    """Yields the children of that tag, those in content controls and insertions too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from children(child, tag)


def outermost(parent: Any, tag: str) -> Iterator[Any]:
    """Yields the elements of that tag at any depth, each once, but none that stands in another."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag != _AGAIN:
            yield from outermost(child, tag)


def is_on(element: Any, path: str) -> bool:
    """Returns whether a switch below `element` is set: it is there and not turned off."""
    found = element.find(path)
    return found is not None and found.get(f"{W}val", "") not in _OFF


def is_deleted(properties: Any) -> bool:
    """Returns whether the properties of a paragraph mark or a row say that it was deleted or moved away."""
    return properties is not None and any(child.tag in DELETIONS for child in properties)
