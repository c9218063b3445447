"""Help pages and wrong command lines in the user's language: the English is the key, `help.toml` holds the rest.

The command tree is translated when it is about to be shown and only then, so that no other run pays for it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from io import StringIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import tomli
import typer
from typer.exceptions import TyperException

from .options import LANG_VARIABLE, Lang

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

Texts = Mapping[str, str]

_SPACES = re.compile(r"\s+")
_FORM_FEED = "\f"
"""What follows it in a docstring is not shown."""
_BLANK = "{}"
"""Stands in a key for what differs from one message to the next."""


def run(app: typer.Typer) -> None:
    """Runs `app` on the command line; its help, and what is wrong with the line, in the language that is asked for.

    Raises:
        SystemExit: always; with 2 where the command line is wrong.
    """
    command, words = typer.main.get_command(app), sys.argv[1:]
    if shows_help(words):
        localise(command, texts_of(language(words)))
    try:
        status = command.main(standalone_mode=False)
    except TyperException as error:
        sys.stderr.write(complaint(error, texts_of(language(words))))
        status = error.exit_code
    sys.exit(status)


def complaint(error: Any, texts: Texts) -> str:
    """Returns what is to be said of a command line that `error` refuses, a line for each of its parts."""
    page = StringIO()
    error.show(file=page)
    return "".join(f"{translated(line, texts)}\n" for line in page.getvalue().splitlines())


def translated(english: str, texts: Texts) -> str:
    """Returns `english` by the texts it is, or is put together from; what has no text stays English."""
    if english in texts:
        return texts[english]
    for key in texts:
        if _BLANK in key and (
            filled := re.fullmatch(re.escape(key).replace(re.escape(_BLANK), "(.+?)"), english)
        ):
            return texts[key].format(*(translated(part, texts) for part in filled.groups()))
    return english


def shows_help(words: Sequence[str]) -> bool:
    """Tells whether a command line may end in a page of help: it asks for one, or names no more than commands."""
    return "--help" in words or len(words) <= 2


def language(words: Sequence[str]) -> Lang:
    """Returns the language that a command line asks for, else that of the environment, else Chinese."""
    told = [after for word, after in pairwise(words) if word == "--lang"]
    told += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    told.append(os.environ.get(LANG_VARIABLE, ""))
    return next((lang for word in told for lang in Lang if lang.value == word), Lang.ZH)


def texts_of(lang: Lang) -> Texts:
    """Returns the texts of `lang` by their English; none for English itself."""
    texts: dict[str, Texts] = tomli.loads((files(__package__) / "help.toml").read_text("utf-8"))
    return texts.get(lang.value, {})


def localise(command: Any, texts: Texts) -> None:
    """Puts `texts` in the place of the English of `command`, of its options and of the commands below it."""
    if not texts:
        return
    for item in walk(command):
        for attribute in ("help", "epilog"):
            if english := getattr(item, attribute, None):
                setattr(item, attribute, texts.get(key_of(english), english))
        if hasattr(item, "context_class"):
            item.short_help = (
                item.help
            )  # cut to length it would lose its end: Chinese has no blanks to cut at
            item.context_class = _context_class(item.context_class, texts)


def walk(command: Any) -> Iterator[Any]:
    """Yields `command`, its parameters, and all that is below it."""
    yield command
    yield from command.params
    for below in getattr(command, "commands", {}).values():
        yield from walk(below)


def key_of(english: str) -> str:
    """Returns the key of a text of the code: in one line, without what is not shown."""
    return _SPACES.sub(" ", english.partition(_FORM_FEED)[0]).strip()


def _context_class(base: type[Any], texts: Texts) -> type[Any]:
    class Formatter(base.formatter_class):  # type: ignore[misc,name-defined]
        """A help page whose headings and marks are translated."""

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, prefix=texts.get("Usage:", prefix))

        def section(self, name: str) -> AbstractContextManager[None]:
            section: AbstractContextManager[None] = super().section(texts.get(name, name))
            return section

        def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **more: Any) -> None:
            super().write_dl([(name, _marked(said, texts)) for name, said in rows], *args, **more)

    class Context(base):  # type: ignore[misc]
        """A context whose help pages are translated."""

        formatter_class = Formatter

    return Context


def _marked(said: str, texts: Texts) -> str:
    said = texts.get(said, said)
    for mark in ("[required]", "[default: ", "; required]", "[env var: ", "; default: "):
        said = said.replace(mark, texts.get(mark, mark))
    return said
