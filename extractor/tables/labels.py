"""Labels as printed to the form they are compared in, and the labels of a form to its rows and columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ..knowledge.templates import Block, Row, Template, Templates
from ..widths import fold_widths

_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.,:]|\d{1,2}[、.,:)](?!\d)|[①-⑳]|其中(?:[:,]|(?=.))|[-—·*#:、.,]+)+"
)
_BARE_NUMBER = re.compile(r"^\d{1,2}(?=[^\d年月日%.,])")
_DROPPED = re.compile(r"[\W_]+")

_LEADING = re.compile(
    r"^(?:[(\uff08]?[一二三四五六七八九十]+[)\uff09、.\uff0e]|[(\uff08]?\d+[)\uff09、.\uff0e]|其中[:\uff1a]?)+"
)
_ASIDE = re.compile(r"[(\uff08](?:[^()\uff08\uff09]{2,}|[\W\d一二三四五六七八九十])[)\uff09]")
"""What stands in brackets; one character there is part of the name (因公出国(境)费)."""
_COLONS = ":\uff1a"
_BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=2048)
def normal(label: str) -> str:
    """Returns the label without blanks, numbering, 其中, bracketed remarks and punctuation; widths folded."""
    text = "".join(fold_widths(label).split())
    bare = _REMARK.sub("", text)
    bare = bare.split("(", 1)[0] or bare
    stripped = _NUMBERING.sub("", bare) or bare
    return _DROPPED.sub("", _BARE_NUMBER.sub("", stripped))


def bare_label(label: str) -> str:
    """Returns a table label without blanks, leading numbering and bracketed remarks."""
    text = _BLANKS.sub("", label)
    stripped = _ASIDE.sub("", _LEADING.sub("", text)).rstrip(_COLONS)
    return stripped or text


@dataclass(frozen=True, slots=True)
class LabelIndex:
    """The labels of one form, normalised.

    `rows` maps a label to the places (block, row) that may carry it. Block by block, `columns` maps the
    labels of its columns to their places, `variants` holds each row's spellings, `marks` all labels over
    its columns, `paths` each row's labels from the outermost to its own. `context` are the labels that
    hold no value themselves; `longest` is the length of the longest row label; `units` are longest first.
    `required` counts, block by block, the rows that no body may leave out; `unlabelled` are the blocks without rows,
    `groups` the labels right above the columns of those.
    """

    template: Template
    rows: Mapping[str, tuple[tuple[int, int], ...]]
    columns: tuple[Mapping[str, tuple[int, ...]], ...]
    variants: tuple[tuple[tuple[str, ...], ...], ...]
    marks: tuple[frozenset[str], ...]
    paths: tuple[tuple[tuple[str, ...], ...], ...]
    context: frozenset[str]
    longest: int
    units: tuple[str, ...]
    required: tuple[int, ...]
    unlabelled: tuple[int, ...]
    groups: frozenset[str]


@cache
def indexes(templates: Templates) -> tuple[LabelIndex, ...]:
    """Returns the label index of every form, in order."""
    return tuple(_index(template, templates) for template in templates.templates)


def _index(template: Template, templates: Templates) -> LabelIndex:
    rows: dict[str, list[tuple[int, int]]] = {}
    columns: list[Mapping[str, tuple[int, ...]]] = []
    marks: list[frozenset[str]] = []
    variants: list[tuple[tuple[str, ...], ...]] = []
    context: set[str] = set()
    for number, block in enumerate(template.blocks):
        spelled = tuple(tuple(dict.fromkeys(map(normal, row.labels))) for row in block.rows)
        for place, labels in enumerate(spelled):
            for label in labels:
                rows.setdefault(label, []).append((number, place))
            if block.rows[place].heading or block.rows[place].merged:
                context.update(labels)
        variants.append(spelled)
        columns.append(_columns(block))
        marks.append(
            frozenset({*columns[-1], *(normal(label) for column in block.columns for label in column.path)})
        )
        context.update(marks[-1])
        context.update(map(normal, block.titles))
    return LabelIndex(
        template,
        {label: tuple(places) for label, places in rows.items()},
        tuple(columns),
        tuple(variants),
        tuple(marks),
        tuple(tuple(_path(row, block) for row in block.rows) for block in template.blocks),
        frozenset(context - {""}),
        max(map(len, rows), default=0),
        tuple(sorted(templates.words.units, key=len, reverse=True)),
        tuple(map(_required, template.blocks)),
        tuple(number for number, block in enumerate(template.blocks) if block.kind == "line"),
        frozenset(
            normal(column.path[-1])
            for block in template.blocks
            if block.kind == "line"
            for column in block.columns
            if column.path
        ),
    )


def _required(block: Block) -> int:
    merged = {row.id for row in block.rows if row.merged}
    return sum(not (row.heading or row.optional or row.merged or row.parent in merged) for row in block.rows)


def _path(row: Row, block: Block) -> tuple[str, ...]:
    by_id = {entry.id: entry for entry in block.rows}
    labels = [row.label]
    while row.parent:
        row = by_id[row.parent]
        labels.append(row.label)
    return tuple(reversed(labels))


def _columns(block: Block) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for place, column in enumerate(block.columns):
        for label in dict.fromkeys(map(normal, column.labels)):
            found.setdefault(label, []).append(place)
    return {label: tuple(places) for label, places in found.items()}
