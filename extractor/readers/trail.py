"""The path of an element in a page, followed while the page is walked."""

from __future__ import annotations

from collections.abc import Collection

from ..data import Place

# What stands deeper in a page than this is left without a place: no hand made such a page.
_DEEPEST = 200


class Trail:
    """Where a walk through a page stands, and what was written on the way: places name the nearest block."""

    def __init__(self, blocks: Collection[str]) -> None:
        self._blocks = blocks
        self._steps: list[str] = []
        self._counts: list[dict[str, int]] = [{}]
        self._lengths: list[int] = [0]
        self._places: list[Place] = []

    def enter(self, tag: str) -> None:
        """Goes into an element."""
        counts = self._counts[-1]
        counts[tag] = counts.get(tag, 0) + 1
        self._steps.append(tag if tag in ("html", "body") else f"{tag}[{counts[tag]}]")
        self._counts.append({})
        self._lengths.append(len(self._steps) if tag in self._blocks else self._lengths[-1])

    def leave(self) -> None:
        """Goes back to the element around."""
        self._steps.pop()
        self._counts.pop()
        self._lengths.pop()

    def mark(self, start: int, end: int) -> None:
        """Says that what stands in the text from `start` to `end` stands here in the page."""
        if start == end or len(self._steps) > _DEEPEST:
            return
        where = "/" + "/".join(self._steps[: self._lengths[-1]])
        if self._places and self._places[-1].where == where:
            start = self._places.pop().start
        self._places.append(Place(start, end, where))

    def places(self) -> tuple[Place, ...]:
        """Returns what was marked, in order."""
        return tuple(self._places)
