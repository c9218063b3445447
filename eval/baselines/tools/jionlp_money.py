"""JioNLP as it stands: its only extractor of quantities is that of money, in 元 and other currencies."""

from __future__ import annotations

from collections.abc import Iterator

import jionlp  # type: ignore[import-not-found]

from .protocol import Found, serve


def find(text: str) -> Iterator[Found]:
    """Yields each sum of money; a span of two sums has no single value."""
    for item in jionlp.ner.extract_money(text, with_parsing=True):
        (start, end), detail = item["offset"], item["detail"]
        number, unit = detail["num"], detail["case"]
        yield Found(start, end, number if isinstance(number, str) else None, unit)


if __name__ == "__main__":
    serve(find)
