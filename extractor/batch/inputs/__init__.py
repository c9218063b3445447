"""Inputs: what documents there are, listed without keeping them, and each loaded again from its reference."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from ...errors import InputError, KnowledgeError
from ...knowledge import Knowledge
from ...readers import Limits
from ..reference import Listed, Loaded, Reference, refused
from . import archives, columns, files, lines, lists, warc

__all__ = ["list_inputs", "load"]

Lister = Callable[[str, Knowledge, Limits], Iterator[Listed]]
Loader = Callable[[Reference, Knowledge, Limits], Loaded]

LISTERS: Mapping[str, Lister] = {
    "zip": archives.documents,
    "lines": lines.documents,
    "parquet": columns.documents,
    "warc": warc.documents,
    "list": lists.documents,
}
"""Who lists the documents of a container, by kinds of `kb/inputs.toml`."""


def list_inputs(inputs: Iterable[str], knowledge: Knowledge, limits: Limits) -> Iterator[Listed]:
    """Yields every document of `inputs`: files, folders, globs and containers, local or behind URLs.

    What cannot be listed is a document too: one that is refused when it is loaded, and so ends in the tables.
    """
    for given in inputs:
        for key, reference in _documents(given, knowledge, limits):
            yield Listed(key, replace(reference, path=files.absolute(reference.path)))


def _documents(given: str, knowledge: Knowledge, limits: Limits) -> Iterator[Listed]:
    for found in files.paths(given, knowledge.layout):
        kind = knowledge.inputs.container(found.path)
        if found.refusal:
            yield refused(found.path, found.refusal, **({"cause": found.cause} if found.cause else {}))
        elif not kind or (kind == "list" and not found.named):
            yield from files.document(found.path)
        else:
            yield from _members(kind, found.path, knowledge, limits)


def _members(kind: str, path: str, knowledge: Knowledge, limits: Limits) -> Iterator[Listed]:
    """Yields the documents of a container; one that breaks its library is refused after those before the break."""
    try:
        yield from LISTERS[kind](path, knowledge, limits)
    except (KnowledgeError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  the boundary: libraries raise anything on a broken container
        yield refused(path, "corrupt_file", kind=kind, cause=_cause(error))


def load(reference: Reference, knowledge: Knowledge, limits: Limits) -> Loaded:
    """Returns the document at `reference`.

    Raises:
        InputError: it cannot be loaded; the codes are in `kb/problems.toml`.
    """
    try:
        loaded = LOADERS[reference.kind](reference, knowledge, limits)
    except (InputError, KnowledgeError, MemoryError):
        raise
    except Exception as error:
        raise InputError(
            "corrupt_file", reference.source, kind=reference.kind, cause=_cause(error)
        ) from error
    if len(loaded.data) > limits.file_size:
        raise InputError("file_too_large", reference.source, size=len(loaded.data), limit=limits.file_size)
    return loaded


def _cause(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _refuse(reference: Reference, _: Knowledge, __: Limits) -> Loaded:
    code, params = reference.place
    raise InputError(str(code), reference.source, **json.loads(str(params)))


LOADERS: Mapping[str, Loader] = {
    "file": files.load,
    "zip": archives.load,
    "line": lines.load,
    "row": columns.load,
    "warc": warc.load,
    "refused": _refuse,
}
"""Who loads a document, by `Reference.kind`."""
