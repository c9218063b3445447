"""Typed reading of the files under `kb/`: every wrong key is a `KnowledgeError` naming file and key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import regex
import tomli

from ..errors import KnowledgeError

Toml = Mapping[str, Any]

# Behind what opens groups, a letter that is no class and may not be left out.
_PLAIN_OPENING = re.compile(r"(?:\((?:\?(?:[:=]|P<\w+>))?)*(?:\\[()]|[^\\\[\](){}.^$?*+])(?![?*{])")


def root() -> Traversable:
    """Returns the folder that holds all knowledge files."""
    return files("extractor") / "kb"


def read_toml(name: str) -> Toml:
    """Returns the parsed TOML file `name` (a path below `kb/`), its numbers as `Decimal`.

    Raises:
        KnowledgeError: the file is missing or is no TOML.
    """
    try:
        text = (root() / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KnowledgeError(name, "(file)", "nothing", "a TOML file") from error
    try:
        return tomli.loads(text, parse_float=Decimal)
    except tomli.TOMLDecodeError as error:
        raise KnowledgeError(name, "(file)", str(error), "valid TOML") from error


def read_words(name: str) -> tuple[str, ...]:
    """Returns the words of `kb/words/<name>.txt`, one a line; blank lines and `#` comments do not count.

    Raises:
        KnowledgeError: the file is missing or names a word twice.
    """
    try:
        lines = (root() / "words" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise KnowledgeError(f"words/{name}.txt", "(file)", "nothing", "a word list") from error
    words = [line.split("#", 1)[0].strip() for line in lines]
    words = [word for word in words if word]
    seen: set[str] = set()
    for word in words:
        if word in seen:
            raise KnowledgeError(f"words/{name}.txt", word, "the word twice", "each word once")
        seen.add(word)
    return tuple(words)


def text_of(table: Toml, key: str, file: str, place: str, default: str | None = None) -> str:
    """Returns the string at `key`; `default` where the key is absent and a default is given."""
    value = table.get(key, default)
    if not isinstance(value, str):
        raise KnowledgeError(file, f"{place}.{key}", value, "a string")
    return value


def texts_of(table: Toml, key: str, file: str, place: str) -> tuple[str, ...]:
    """Returns the list of strings at `key`; empty where the key is absent."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise KnowledgeError(file, f"{place}.{key}", value, "a list of strings")
    return tuple(value)


def compiled(pattern: str, file: str, place: str) -> re.Pattern[str]:
    """Returns a pattern of a knowledge file, compiled by `re`.

    Raises:
        KnowledgeError: it is none; the message says where it fails.
    """
    try:
        return re.compile(pattern)
    except re.error as error:
        raise KnowledgeError(file, place, pattern, f"a regular expression ({error})") from error


def pattern_of(table: Toml, key: str, file: str, place: str) -> re.Pattern[str]:
    """Returns the pattern at `key`, compiled by `re`."""
    return compiled(text_of(table, key, file, place), file, f"{place}.{key}")


def known_keys(table: Toml, keys: frozenset[str], file: str, place: str) -> None:
    """Raises `KnowledgeError` where `table` holds a key outside `keys`: a misspelt key is never ignored."""
    for key in table:
        if key not in keys:
            raise KnowledgeError(file, f"{place}.{key}", key, f"one of {', '.join(sorted(keys))}")


class Section:
    """One table of a knowledge file: it knows where it stands, and of which of its keys it was asked.

    What reads it says by asking which keys there are. Used in a `with` statement it raises `KnowledgeError` at the end
    for a key that nobody asked for, in itself or in a table inside it: a misspelt key is never ignored.
    """

    def __init__(self, table: object, file: str, place: str = "") -> None:
        """Takes the `table` that stands at `place` in `file`, "" for the whole of it.

        Raises:
            KnowledgeError: it is no table.
        """
        if not isinstance(table, Mapping):
            raise KnowledgeError(file, place, table, "a table")
        self._table = table
        self._file = file
        self._place = place
        self._asked: set[str] = set()
        self._inner: list[Section] = []

    def __enter__(self) -> Section:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._close()

    def __iter__(self) -> Iterator[str]:
        """Yields its keys, in the order of the file."""
        return iter(self._table)

    def _close(self) -> None:
        for key in self._table:
            if key not in self._asked:
                raise self.wrong(key, f"one of {', '.join(sorted(self._asked))}", found=key)
        for section in self._inner:
            section._close()

    def wrong(self, key: str, expected: str, found: object = None) -> KnowledgeError:
        """Returns the error of a value at `key` that is not `expected`; `found` is the value unless given."""
        return KnowledgeError(
            self._file, self._at(key), self._table.get(key) if found is None else found, expected
        )

    def value(self, key: str) -> object:
        """Returns what stands at `key`, None where nothing does."""
        self._asked.add(key)
        return self._table.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """Returns the string at `key`; `default` where the key is absent and a default is given."""
        value = self.value(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            raise self.wrong(key, "a string")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Returns the list of strings at `key`; empty where the key is absent."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, "a list of strings")
        return tuple(value)

    def words(self, key: str) -> tuple[str, ...]:
        """Returns the list of strings at `key`: at least one, each once."""
        words = self.texts(key)
        if not words or len(set(words)) != len(words):
            raise self.wrong(key, "words, each once", words)
        return words

    def set(self, key: str) -> frozenset[str]:
        """Returns the list of strings at `key` as a set."""
        return frozenset(self.texts(key))

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Returns the list of lists of strings at `key`."""
        value = self.value(key)
        if not isinstance(value, list):
            raise self.wrong(key, "a list of lists")
        rows = Section({str(place): row for place, row in enumerate(value)}, self._file, self._at(key))
        return tuple(rows.texts(place) for place in rows)

    def whole(self, key: str, default: int | None = None) -> int:
        """Returns the whole number at `key`; `default` where the key is absent and a default is given."""
        value = self.value(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(key, "a whole number")
        return value

    def share(self, key: str) -> Decimal:
        """Returns the decimal at `key`, between 0 and 1."""
        value = self.value(key)
        if not isinstance(value, Decimal) or not 0 < value < 1:
            raise self.wrong(key, "a decimal between 0 and 1")
        return value

    def pattern(self, key: str) -> re.Pattern[str]:
        """Returns the pattern at `key`, compiled by `re`: through a few words three times as quick as `regex`."""
        return self.compiled(self.text(key), key)

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        """Returns the list of patterns at `key`, compiled by `re`; empty where the key is absent."""
        return tuple(self.compiled(pattern, key) for pattern in self.texts(key))

    def regex_pattern(self, key: str) -> regex.Pattern[str]:
        """Returns the pattern at `key`, compiled by `regex`: for classes of letters, looks behind of any width."""
        return self.regex_compiled(self.text(key), key)

    def compiled(self, pattern: str, key: str) -> re.Pattern[str]:
        """Returns a pattern made from what stands at `key`, compiled by `re`."""
        try:
            return re.compile(pattern)
        except re.error as error:
            raise self.wrong(key, f"a pattern of Python's re ({error})", pattern) from error

    def regex_compiled(self, pattern: str, key: str) -> regex.Pattern[str]:
        """Returns a pattern made from what stands at `key`, compiled by `regex`."""
        try:
            return regex.compile(pattern)
        except regex.error as error:
            raise self.wrong(key, f"a pattern of regex ({error})", pattern) from error

    def section(self, key: str) -> Section:
        """Returns the table at `key`."""
        inner = Section(self.value(key), self._file, self._at(key))
        self._inner.append(inner)
        return inner

    def sections(self, key: str) -> list[Section]:
        """Returns the tables of the list at `key`; none where the key is absent."""
        value = self.value(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(key, "a list of tables")
        inner = [Section(item, self._file, f"{self._at(key)}[{place}]") for place, item in enumerate(value)]
        self._inner.extend(inner)
        return inner

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key


def alternation(words: Iterable[str]) -> str:
    """Returns a pattern that matches any of `words`, the longest first; like beginnings are written once."""
    tails: dict[str, set[str]] = {}
    for word in words:
        tails.setdefault(word[:1], set()).add(word[1:])
    optional = tails.pop("", None) is not None
    branches = [re.escape(letter) + alternation(rest) for letter, rest in sorted(tails.items())]
    if not branches:
        return ""
    pattern = f"(?:{'|'.join(branches)})" if optional or len(branches) > 1 else branches[0]
    return f"{pattern}?" if optional else pattern


def opens_plainly(pattern: str) -> bool:
    """Says whether each branch of `pattern` opens with a letter that has to stand there.

    `re` looks for the places where such a pattern may match by a table of letters, and is there twice as fast as
    `regex`; for most others it is slower.
    """
    return all(map(_PLAIN_OPENING.match, pattern.split("|")))


@cache
def kb_hash(only: frozenset[str] = frozenset(), without: frozenset[str] = frozenset()) -> str:
    """Returns the sha256 (first 16 hex digits) over names and bytes of all knowledge files.

    Or of those named by `only`, or of all but those named by `without`.
    """
    digest = hashlib.sha256()

    def walk(folder: Traversable, prefix: str) -> None:
        for entry in sorted(folder.iterdir(), key=lambda item: item.name):
            name = f"{prefix}{entry.name}"
            if entry.is_dir():
                walk(entry, f"{name}/")
            elif name.endswith((".toml", ".txt")) and name not in without and (not only or name in only):
                digest.update(name.encode())
                digest.update(b"\0")
                digest.update(entry.read_bytes())

    walk(root(), "")
    return digest.hexdigest()[:16]
