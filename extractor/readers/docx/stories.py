"""What a DOCX holds beside its body: notes are text of the report, headers, footers and comments are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .markup import PARAGRAPH, A, C, W, outermost
from .runs import Reference, Said, Stretch

# Parts that are no text of the report, each with the reason.
_ASIDE = {"header": "running_header", "footer": "running_header", "comments": "comment"}
# Parts that draw: what is written in them has no order to be read in.
_DRAWN = ("chart", "diagramData")
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


class Aside(NamedTuple):
    """A line beside the body that is no text of the report: where it stands, and why."""

    stretch: Stretch
    where: str


def root(part: Any, kind: str) -> Any:
    """Returns the root of a part the document refers to, None where it has none."""
    return next(_roots(part, kind), None)


def notes_of(part: Any) -> Mapping[Reference, Any]:
    """Returns the notes of a document; the rules that part them from the page are none."""
    return {
        Reference(kind, note.get(f"{W}id", "")): note
        for name, kind in _NOTES.items()
        for found in _roots(part, name)
        for note in found.findall(f"{W}{kind}")
        if note.get(f"{W}type", "normal") == "normal"
    }


def asides_of(part: Any) -> Iterator[Aside]:
    """Yields what stands in the headers, footers, comments, charts and diagrams of a document, part by part."""
    for kind, reason in _ASIDE.items():
        for number, found in enumerate(_roots(part, kind), 1):
            for stretch in all_of(found, reason):
                yield Aside(stretch, f"{kind} {number}")
    for kind in _DRAWN:
        for number, found in enumerate(_roots(part, kind), 1):
            text = " ".join(" ".join(found.itertext(f"{A}t", f"{C}v")).split())
            if text:
                yield Aside(Stretch(text, "drawing"), f"{kind} {number}")


def all_of(parent: Any, reason: str) -> Iterator[Stretch]:
    """Yields all that is said in an element, boxes and tables too, as dropped for `reason`."""
    for paragraph in outermost(parent, PARAGRAPH):
        said = Said()
        said.add(paragraph, reason)
        yield from said.gone


def _roots(part: Any, kind: str) -> Iterator[Any]:
    """Yields the roots of the parts of a kind that the document refers to, in the order of their names."""
    from docx.oxml import parse_xml

    targets = [
        relation.target_part
        for relation in part.rels.values()
        if not relation.is_external and relation.reltype.endswith(f"/{kind}")
    ]
    for target in sorted(targets, key=lambda target: (len(target.partname), target.partname)):
        yield target.element if hasattr(target, "element") else parse_xml(target.blob)
