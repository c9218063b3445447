"""Web archives: the pages and files that servers answered with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...errors import InputError
from ...knowledge import Knowledge
from ...knowledge.inputs import Inputs
from ...readers import Limits
from ..reference import Listed, Loaded, Reference, member, refused
from .files import opened


def documents(path: str, knowledge: Knowledge, _: Limits) -> Iterator[Listed]:
    """Yields each answer that is a document; requests, errors, pictures and scripts are none."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    position = 0
    try:
        with opened(path, path) as file:
            records = ArchiveIterator(file)
            for record in records:
                if not _is_document(record, knowledge.inputs):
                    continue
                place = records.get_record_offset()
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                yield member(Reference("warc", f"{path}#{place} {url}".rstrip(), path, (place,)), position)
                position += 1
    except ArchiveLoadFailed as error:
        yield refused(path, "corrupt_file", kind="WARC", cause=_cause(error))
    except InputError as error:
        yield refused(error.file, error.code, **error.params)


def load(reference: Reference, _: Knowledge, limits: Limits) -> Loaded:
    """Returns what a server answered, unpacked as it was sent.

    Raises:
        InputError: corrupt_file, where the file is no longer what was listed.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    (place,) = reference.place
    with opened(reference.path, reference.source) as file:
        file.seek(int(place))
        try:
            record = next(iter(ArchiveIterator(file)))
            return Loaded(record.content_stream().read(limits.file_size + 1))
        except (ArchiveLoadFailed, StopIteration) as error:
            raise InputError("corrupt_file", reference.source, kind="WARC", cause=_cause(error)) from error


def _cause(error: Exception) -> str:
    """Returns what the library says, in one line."""
    return " ".join(str(error).split()) or "WARC"


def _is_document(record: Any, inputs: Inputs) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return record.http_headers.get_statuscode() in inputs.statuses and kind in inputs.types
