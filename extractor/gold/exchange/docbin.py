"""spaCy: one DocBin, a document a report, its labels in the span group `labels`, its fields in the custom data.

Every character is a token, as spaCy's own Chinese does without a segmenter: a span can begin and end anywhere.
This is the one module of `gold` that knows spaCy.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import KnowledgeError
from ..marks import PLACED, Mark, Sheaf
from .fields import LARGEST, PART_OF, head_of, parse, settle, wholes

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

FILE, GROUP, DATA = "reports.spacy", "labels", "extractor"


def write(sheaves: Sequence[Sheaf], folder: Path) -> tuple[Path, ...]:
    """Returns the file with all reports."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab, bundle = Vocab(), DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    for sheaf in sheaves:
        bundle.add(_doc(sheaf, vocab))
    file = folder / FILE
    file.write_bytes(bundle.to_bytes())
    return (file,)


def read(path: Path) -> tuple[Sheaf, ...]:
    """Returns the labels of each document."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    file = path / FILE if path.is_dir() else path
    source = str(file)
    try:
        packed = file.read_bytes()
        opener = zlib.decompressobj()
        opener.decompress(packed, LARGEST)
        if opener.unconsumed_tail:
            raise KnowledgeError(source, "(file)", "more than 256 MB", "a DocBin of reports")
        docs = list(DocBin(store_user_data=True).from_bytes(packed).get_docs(Vocab()))
    except KnowledgeError:
        raise
    except (OSError, ValueError, KeyError, TypeError, IndexError, zlib.error) as error:
        raise KnowledgeError(source, "(file)", f"{type(error).__name__}: {error}", "a DocBin") from error
    return tuple(_sheaf(doc, source, f"document {number}") for number, doc in enumerate(docs, start=1))


def _doc(sheaf: Sheaf, vocab: Vocab) -> Doc:
    from spacy.tokens import Doc, Span

    letters = list(sheaf.text)
    doc = Doc(vocab, words=letters, spaces=[False] * len(letters))
    placed = [(place, mark, mark.span) for place, mark in enumerate(sheaf.marks) if mark.span is not None]
    doc.spans[GROUP] = [
        Span(doc, span[0], span[1], label=mark.kind, span_id=str(place)) for place, mark, span in placed
    ]
    head = sheaf.head
    doc.user_data[DATA] = json.dumps(
        {
            "file": head.file,
            "sha256": head.sha256,
            "template": head.template,
            "fields": {str(place): dict(mark.fields) for place, mark, _ in placed},
            "relations": [[PART_OF, str(part), str(total)] for part, total in wholes(sheaf.marks)],
            "apart": [{"kind": mark.kind, **mark.fields} for mark in sheaf.marks if mark.span is None],
        },
        ensure_ascii=False,
    )
    return doc


def _sheaf(doc: Doc, source: str, place: str) -> Sheaf:
    data: Any = parse(str(doc.user_data.get(DATA, "")), source, f"{place}.user_data.{DATA}")
    head = head_of(data, source, place)
    if GROUP not in doc.spans:
        raise KnowledgeError(source, f"{place}.spans", sorted(doc.spans), f"a span group {GROUP!r}")
    fields, relations, apart = data.get("fields"), data.get("relations"), data.get("apart")
    if not (
        isinstance(fields, dict)
        and all(isinstance(row, dict) for row in fields.values())
        and isinstance(relations, list)
        and all(isinstance(row, list) and len(row) == 3 for row in relations)
        and isinstance(apart, list)
        and all(isinstance(row, dict) for row in apart)
    ):
        raise KnowledgeError(
            source, place, sorted(data), "fields, relations and apart, as they were exported"
        )
    marks, places = [], {}
    for number, span in enumerate(doc.spans[GROUP]):
        if span.label_ not in PLACED:
            raise KnowledgeError(source, f"{place}.{number}", span.label_, f"one of {', '.join(PLACED)}")
        places[span.id_] = number
        marks.append(Mark(span.label_, (span.start_char, span.end_char), fields.get(span.id_, {})))
    drawn = [(places.get(str(part)), places.get(str(total))) for _, part, total in relations]
    known = [(part, total) for part, total in drawn if part is not None and total is not None]
    if len(known) < len(drawn):
        raise KnowledgeError(source, f"{place}.relations", relations, "ids of spans of this document")
    rest = [
        Mark(str(row.get("kind")), None, {key: value for key, value in row.items() if key != "kind"})
        for row in apart
    ]
    return Sheaf(head, (*settle(marks, known), *rest), doc.text)
