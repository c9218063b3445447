"""Invented reports, any number of them: report i depends on the seed and on i alone, never on how many there are."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...data import Status
from ...gold import rows
from ...gold.quotation import numerals
from ...knowledge import Knowledge, load
from ...labels import Gold, GoldCheck, GoldClaim, GoldExclusion, GoldFigure, GoldNumber
from ...readers import read_bytes, read_text
from ..mutation.kinds import load_kinds
from ..mutation.making import Mutant, mutant
from ..mutation.source import trace
from ..mutation.targets import Target, targets
from ..tables.layouts import LAYOUTS
from . import pages
from .books import FAMILY, Book, Slip, family
from .lexicon import load_bodies
from .marks import Ignored, Ink, Label, placed, plain
from .numbers import manner
from .prose import write_prose
from .setting import set_paragraphs
from .setting import setting as draw_setting

_TRIES = 30


@dataclass(frozen=True, slots=True)
class Generated:
    """An invented report: its file's name, its text, its row of the manifest, and what it takes to label it.

    `marked` is the text with its labels in it, before any fault; `slips` are the faults it has against other
    reports, `fault` the one planted into it alone.
    """

    name: str
    text: str
    manifest: Mapping[str, str]
    slips: tuple[Slip, ...]
    marked: str
    labels: tuple[Label, ...]
    checks: tuple[GoldCheck, ...]
    template: str
    fault: Mutant | None = None

    def gold(self, knowledge: Knowledge) -> Gold:
        """Returns its labels, located in the text as its format is read."""
        return self._labelled(knowledge)[0]

    def gold_lines(self, knowledge: Knowledge) -> str:
        """Returns its labels as JSON Lines."""
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(*self._labelled(knowledge)))

    def _labelled(self, knowledge: Knowledge) -> tuple[Gold, str]:
        if self.fault is not None:
            return self.fault.gold, self.fault.report.text
        marked = self.marked
        if self.name.endswith(".html"):
            marked = read_text(marked, self.name, knowledge, "html").text
        text, labels = placed(marked, self.labels)
        return _gold(self, text, labels), text


def generate(
    seed: int,
    count: int,
    layouts: Sequence[str] = (),
    faults: float = 0.0,
    first: int = 0,
    knowledge: Knowledge | None = None,
) -> Iterator[Generated]:
    """Yields invented reports `first` .. `first + count`, one family in memory at a time.

    Args:
        seed: of the run; the same seed gives the same report at each place.
        count: how many reports.
        layouts: names of `LAYOUTS` to choose from; all that suit a form by default, and where none of these does.
        faults: share of reports with a planted fault, and of families with one between reports.
        first: the place of the first one, to make a run in pieces.
        knowledge: what faults are planted with; by default the knowledge that ships with the package.
    """
    books: list[Book] = []
    for index in range(first, first + count):
        number, place = divmod(index, FAMILY)
        if not books or place == 0:
            books = family(seed, number, faults)
        report = write(books[place], seed, index, layouts)
        draw = random.Random(f"{seed}/{index}/fault")
        yield planted(report, draw, knowledge or load()) if draw.random() < faults else report


def write(book: Book, seed: int, index: int, layouts: Sequence[str] = ()) -> Generated:
    """Returns the report of a book, the one at place `index` of the run `seed`."""
    draw = random.Random(f"{seed}/{index}/report")
    layout = _layout(book, draw, layouts)
    suffix = LAYOUTS[layout].suffix
    pattern = load_bodies().titles.get(book.form, load_bodies().titles["national"])
    ink = Ink()
    year = ink.mark(f"{book.year}", GoldExclusion(0, 0, "", ("date", "name")))
    sections, checks = _sections(book, layout, draw, ink)
    sections.insert(0, ("h1", pattern.format(body=book.body.name, year=year)))
    marked = pages.page(pattern.format(body=book.body.name, year=book.year), sections, suffix)
    name = f"{index:07d}_{book.form}_{layout}{suffix}"
    manifest = {
        "path": name,
        "body": book.body.name,
        "level": book.body.level,
        "parent": book.body.parent,
        "year": str(book.year),
        "form": book.form,
        "layout": layout,
    }
    template = pages.TEMPLATES.get(book.form, "")
    return Generated(
        name, plain(marked), manifest, book.slips, marked, tuple(ink.labels), tuple(checks), template
    )


def _sections(
    book: Book, layout: str, draw: random.Random, ink: Ink
) -> tuple[pages.Sections, list[GoldCheck]]:
    """Returns the prose with the tables before its last section, and the arithmetic that holds in it."""
    how, setting = manner(draw), draw_setting(draw, LAYOUTS[layout].suffix)
    sheets = pages.sheets(book, how.separated)
    names = pages.addresses(sheets[0], layout) if book.form not in pages.TEMPLATES else {}
    prose, checks = write_prose(book, draw, ink, names, how)
    sections: pages.Sections = []
    numbers = iter(range(len(prose) + len(sheets)))

    def add(title: str, paragraphs: Sequence[str]) -> None:
        if title:
            sections.append(("h2", _heading(next(numbers), title, ink)))
        sections.extend(("p", text) for text in set_paragraphs(paragraphs, setting, ink))

    for title, paragraphs in prose[:-1]:
        add(title, paragraphs)
    for sheet in sheets:
        add(sheet.title, [f"单位：{sheet.cells[0].unit}"] if names else [])
        sections.append(("table", pages.printed(sheet, layout, names, ink)))
    for title, paragraphs in prose[-1:]:
        add(title, paragraphs)
    return sections, checks


def planted(report: Generated, draw: random.Random, knowledge: Knowledge) -> Generated:
    """Returns the report with one number changed that something in it contradicts; as it was where none is found."""
    data = report.text.encode()
    read = read_bytes(data, report.name, knowledge)
    gold = report.gold(knowledge)
    numbers = [item for item in targets(gold, read.text, knowledge) if isinstance(item, Target)]
    kinds, source = load_kinds().kinds, trace(read, data)
    for target in draw.sample(numbers, min(_TRIES, len(numbers))):
        kind = draw.choice([kind for kind in kinds if target.side in kind.on])
        fault = mutant(read, source, gold, knowledge, kind, target, draw.randrange(1 << 30))
        if isinstance(fault, Mutant) and fault.findings:
            return replace(report, text=fault.data.decode(), fault=fault)
    return report


def _layout(book: Book, draw: random.Random, layouts: Sequence[str]) -> str:
    weights = load_bodies().layouts[pages.SHAPES.get(book.form, "open")]
    allowed = {name: weight for name, weight in weights.items() if not layouts or name in layouts} or weights
    return draw.choices(list(allowed), list(allowed.values()))[0]


def _heading(number: int, title: str, ink: Ink) -> str:
    mark, text = pages.numbered(number, title)
    return ink.mark(mark, GoldExclusion(0, 0, "", ("list_marker",))) + text


def _gold(report: Generated, text: str, labels: Sequence[Label]) -> Gold:
    claims = [label for label in labels if isinstance(label, GoldClaim)]
    exclusions = [label for label in labels if isinstance(label, GoldExclusion)]
    numbers = [
        GoldNumber(start, end, text[start:end], Status.CLAIMED, claim=claim.id)
        for claim in claims
        for start, end in numerals(text, claim.start, claim.end)
    ]
    numbers += [
        GoldNumber(start, end, text[start:end], Status.EXCLUDED, reason=item.reason)
        for item in exclusions
        for start, end in numerals(text, item.start, item.end)
    ]
    return Gold(
        file=report.name,
        sha256=hashlib.sha256(report.text.encode()).hexdigest(),
        template=report.template,
        numbers=tuple(sorted(numbers, key=lambda number: number.start)),
        claims=tuple(claims),
        exclusions=tuple(exclusions),
        figures=tuple(label for label in labels if isinstance(label, GoldFigure)),
        findings=(),
        checks=report.checks,
        ignored=tuple((label.start, label.end, label.why) for label in labels if isinstance(label, Ignored)),
    )
