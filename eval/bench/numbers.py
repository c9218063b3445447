"""The numbers of Recognizers-Text, culture zh-cn, and nothing else of it; run in its own environment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ms_recognizers_number import recognize_number  # type: ignore[import-not-found]

from eval.baselines.tools.protocol import Found, pieces, serve

_SENTENCE = re.compile(r"[^。｡；！？\n]+")


def find(text: str) -> Iterator[Found]:
    """Yields the numbers of each sentence of `text`: the suite is made for utterances."""
    return pieces(_find, text, _SENTENCE)


def _find(text: str) -> Iterator[Found]:
    for item in recognize_number(text, "zh-cn"):
        yield Found(item.start, item.end + 1, item.resolution["value"], "")


if __name__ == "__main__":
    serve(find)
