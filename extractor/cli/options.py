"""What the commands can be told: formats, languages, files and limits."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

LANG_VARIABLE = "EXTRACTOR_LANG"
"""Environment variable of the language, where `--lang` says none."""


class Format(StrEnum):
    """Formats of an audit."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    MARKDOWN = "markdown"
    HTML = "html"


class ListFormat(StrEnum):
    """Formats of a listing."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"


class ScoreFormat(StrEnum):
    """Formats of an evaluation."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class Conversion(StrEnum):
    """Formats of a report as it was read."""

    MARKDOWN = "md"
    JSON = "json"


class Lang(StrEnum):
    """Languages of messages and reports."""

    ZH = "zh"
    EN = "en"


Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        help="Reports, or folders and ZIP files of them; - reads standard input.",
        show_default=False,
    ),
]
File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A report; - reads standard input.", show_default=False)
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write here instead of to standard output.", show_default=False),
]
Language = Annotated[
    Lang, typer.Option("--lang", envvar=LANG_VARIABLE, help="Language of reports and messages.")
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How the result is written.")]
ListOption = Annotated[ListFormat, typer.Option("--format", "-f", help="How the listing is written.")]

LimitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=NUMBER",
        help="Raise a limit of reading, as in pages=2000: file_size, text_length, pages, cells, members, unpacked, "
        "ratio, nesting, seconds or memory.",
        show_default=False,
    ),
]
