"""Results out: text, JSON, JSON lines, CSV, Markdown, one self-contained HTML page, and an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence

from ..data import Problem, Result
from ..knowledge import Knowledge
from .words import Words

__all__ = ["BINARY", "FORMATS", "write", "write_binary"]

FORMATS = ("text", "json", "jsonl", "csv", "markdown", "html")
"""The formats that are text."""
BINARY = ("xlsx",)
"""The formats that are not."""


def write(
    results: Sequence[Result],
    format: str,
    lang: str,
    knowledge: Knowledge,
    *,
    width: int = 100,
    colour: bool = False,
    many: bool | None = None,
    refused: Sequence[Problem] = (),
) -> str:
    """Returns `results` in `format`, one of `FORMATS`, in the language `lang`.

    `width` is that of the text format in columns, and only there `colour` allows terminal escape
    codes. JSON is an array where `many`; by default, unless there is exactly one result. `refused` are the
    documents that could not be audited: the formats that are passed on to others name them.

    Raises:
        ValueError: the format is none of `FORMATS`.
    """
    words = Words(knowledge, lang)
    match format:
        case "text":
            from .text import write_text

            return write_text(results, words, width, colour)
        case "json":
            from .contract import write_json

            return write_json(results, words, len(results) != 1 if many is None else many)
        case "jsonl":
            from .contract import write_jsonl

            return write_jsonl(results, words)
        case "csv":
            from .sheet import write_csv

            return write_csv(results, words)
        case "markdown":
            from .markdown import write_markdown

            return write_markdown(results, words, refused)
        case "html":
            from .page import write_html

            return write_html(results, words, refused)
        case _:
            raise ValueError(f"format {format!r} is none of {', '.join(FORMATS)}")


def write_binary(
    results: Sequence[Result],
    format: str,
    lang: str,
    knowledge: Knowledge,
    *,
    refused: Sequence[Problem] = (),
) -> bytes:
    """Returns `results` in `format`, one of `BINARY`, in the language `lang`; `refused` as in `write`.

    Raises:
        InputError: the format cannot hold that much
        ValueError: the format is none of `BINARY`.
    """
    if format not in BINARY:
        raise ValueError(f"format {format!r} is none of {', '.join(BINARY)}")
    from .workbook import write_workbook

    return write_workbook(results, Words(knowledge, lang), refused)
