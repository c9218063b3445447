"""One document: read, audited, told whose it is, and made into rows. Whatever is wrong with it becomes rows too."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from ..audit import audit
from ..classify import Model, load_model
from ..data import Problem, Report, Stamp
from ..errors import InputError, KnowledgeError
from ..identity import Hints, identify
from ..knowledge import Knowledge
from ..knowledge import load as load_knowledge
from ..readers import Limits, read_bytes, read_text
from ..store.rows import FAILED, Rows, report_id, rows_of, rows_without
from ..version import VERSION
from ..writers.words import Words
from .reference import Loaded

# The language of the messages in the tables.
_LANGUAGE = "zh"
# A year as lists hold it: 2019, 2019年度, 2019.0.
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年度?|\.0)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tools:
    """What an examination needs, loaded once a process."""

    knowledge: Knowledge
    model: Model
    words: Words
    limits: Limits
    stamp: Stamp


def tools(limits: Limits) -> Tools:
    """Returns the tools; documents are read within `limits`."""
    knowledge, model = load_knowledge(), load_model()
    stamp = Stamp(VERSION, knowledge.hash, model.id)
    return Tools(knowledge, model, Words(knowledge, _LANGUAGE), limits, stamp)


@dataclass(frozen=True, slots=True)
class Document:
    """A document in hand."""

    source: str
    loaded: Loaded

    @property
    def sha256(self) -> str:
        """Returns the hash of its content."""
        return hashlib.sha256(self.loaded.data).hexdigest()

    @property
    def report(self) -> str:
        """Returns the id of the report in it."""
        return report_id(self.source, self.sha256)

    @property
    def hints(self) -> str:
        """Returns what a list said of it, as the tables hold it."""
        return hints_text(self.loaded.hints)


def hints_text(hints: Mapping[str, str]) -> str:
    """Returns hints as the tables hold them."""
    return json.dumps(dict(sorted(hints.items())), ensure_ascii=False) if hints else ""


Examine = Callable[[Document, Tools], Rows]


def examine(document: Document, tools: Tools) -> Rows:
    """Returns the rows of a document.

    Raises:
        KnowledgeError: the knowledge is broken: no document can be examined.
        MemoryError: there is no more memory: whoever supervises decides whose fault that is.
    """
    try:
        report = _read(document, tools)
        result = audit(report, tools.knowledge, tools.model)
        identity = identify(report, _hints(document), tools.knowledge)
        return rows_of(result, identity, document.hints, tools.words)
    except (KnowledgeError, MemoryError):
        raise
    except InputError as error:
        problem = Problem(error.code, document.source, error.place, error.params)
    except Exception as error:  # noqa: BLE001  the one boundary: a fault on one document stops no other
        params = {"kind": type(error).__name__, "detail": str(error)}
        problem = Problem("internal.error", document.source, params=params)
    return rows_without(document.sha256, FAILED, problem, document.hints, tools.stamp, tools.words)


def _read(document: Document, tools: Tools) -> Report:
    source, loaded = document.source, document.loaded
    if loaded.format:
        return read_text(loaded.data.decode(), source, tools.knowledge, loaded.format)
    return read_bytes(loaded.data, source, tools.knowledge, tools.limits)


def _hints(document: Document) -> Hints | None:
    """Returns what a list said of the document; a year that is none is not taken."""
    said = document.loaded.hints
    if not said:
        return None
    year = _YEAR.fullmatch(said.get("year", "").strip())
    texts = {item.name: said.get(item.name, "") for item in fields(Hints) if item.name != "year"}
    return Hints(**texts, year=int(year[1]) if year else None)
