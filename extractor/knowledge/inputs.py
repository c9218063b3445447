"""Inputs of many reports: the suffixes of containers, the columns of documents, the types of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..data.records import record
from ..errors import KnowledgeError
from .source import Toml, kb_hash, known_keys, read_toml, texts_of

_FILE = "inputs.toml"
_CONTAINERS = ("zip", "lines", "parquet", "warc", "list")
_CONTENT = ("text", "html", "path")
_HINTS = ("title", "body", "level", "parent", "year")
_WEB = ("status", "types")

_WORDING = frozenset({"findings.toml", "problems.toml", "interface.toml"})
_ELSEWHERE = frozenset({_FILE, "collection.toml"})


@record
class Inputs:
    """How inputs are read: `containers` by suffix, `content` and `hints` by the name of a column."""

    containers: Mapping[str, str]
    content: Mapping[str, str]
    hints: Mapping[str, str]
    statuses: frozenset[str]
    types: frozenset[str]

    def container(self, name: str) -> str:
        """Returns the kind of container that a file of this name is, "" for none; the longest suffix counts."""
        lower = name.lower()
        fitting = [suffix for suffix in self.containers if lower.endswith(suffix)]
        return self.containers[max(fitting, key=len)] if fitting else ""

    def column(self, columns: Iterable[str]) -> tuple[str, str] | None:
        """Returns the column that holds the documents, and whether it is text, html or path; None for none."""
        there = set(columns)
        return next(((name, kind) for name, kind in self.content.items() if name in there), None)


def load_inputs() -> Inputs:
    """Returns how inputs are read.

    Raises:
        KnowledgeError: the file is wrong.
    """
    table = read_toml(_FILE)
    known_keys(table, frozenset({"containers", "content", "hints", "web"}), _FILE, "")
    web = _texts(table, "web", _WEB)
    return Inputs(
        containers=_turned(table, "containers", _CONTAINERS),
        content=_turned(table, "content", _CONTENT),
        hints=_turned(table, "hints", _HINTS),
        statuses=frozenset(web["status"]),
        types=frozenset(web["types"]),
    )


def judgement_hash() -> str:
    """Returns the hash of the files that decide what is found in a report, its words left aside."""
    return kb_hash(without=_WORDING | _ELSEWHERE)


def wording_hash() -> str:
    """Returns the hash of the files that decide only in what words a finding or problem is told."""
    return kb_hash(only=_WORDING)


def _texts(table: Toml, section: str, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    part = table.get(section)
    if not isinstance(part, dict):
        raise KnowledgeError(_FILE, section, part, f"a table of {', '.join(keys)}")
    known_keys(part, frozenset(keys), _FILE, section)
    return {key: texts_of(part, key, _FILE, section) for key in keys}


def _turned(table: Toml, section: str, keys: tuple[str, ...]) -> dict[str, str]:
    """Returns the key of each text of a section.

    Raises:
        KnowledgeError: a text stands at two keys.
    """
    turned: dict[str, str] = {}
    for key, texts in _texts(table, section, keys).items():
        for text in texts:
            if text in turned:
                raise KnowledgeError(_FILE, f"{section}.{key}", text, f"a text not yet at {turned[text]}")
            turned[text] = key
    return turned
