"""One number of a labelled report changed at a time: the slip, the new file, its labels, and what must be found."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ...data import Report
from ...gold.quotation import numerals
from ...knowledge import Knowledge
from ...labels import Gold, GoldClaim, GoldExclusion, GoldFigure, GoldFinding, GoldNumber
from ...readers import read_bytes
from .kinds import Kind
from .slips import Edit, Site, Skipped, interval, slip
from .source import Source, Unmapped, trace
from .targets import Target, targets
from .truth import truth

_Label = TypeVar("_Label", GoldClaim, GoldExclusion, GoldFigure, GoldNumber)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A report with one number changed.

    `gold` are its labels, `findings` what must appear that was not due before; where there are none, nothing in the
    document tells.
    """

    kind: str
    target: Target
    edit: Edit
    data: bytes
    report: Report
    gold: Gold
    findings: tuple[GoldFinding, ...]

    @property
    def before(self) -> str:
        """Returns the number as it was written, with its unit where a claim has one."""
        label = self.target.label
        return label.text if isinstance(label, GoldClaim) else self.target.text

    @property
    def after(self) -> str:
        """Returns the same as it is written now."""
        shift = len(self.edit.text) - (self.edit.end - self.edit.start)
        if isinstance(self.target.label, GoldClaim):
            return self.report.text[self.target.label.start : self.target.label.end + shift]
        return self.report.text[self.target.start : self.target.end + shift]


@dataclass(frozen=True, slots=True)
class Skip:
    """A number left as it is by a kind ("" for every kind); `reason` is a key of `kinds.toml`."""

    kind: str
    reason: str


def mutants(
    report: Report,
    data: bytes,
    gold: Gold,
    knowledge: Knowledge,
    kinds: Sequence[Kind],
    seed: int = 1,
    most: int = 0,
) -> Iterator[Mutant | Skip]:
    """Yields the report with one number changed, for each kind and number, or why it was not.

    Args:
        report: as read.
        data: the bytes it was read from.
        gold: its labels.
        knowledge: what mutants are read with; its identities say what a change breaks.
        kinds: in this order.
        seed: of the choices a kind leaves open. A choice depends on the report's name, the kind and the number.
        most: how many mutants of one kind in one place (`targets.PLACES`), drawn by the seed; 0 for all.
    """
    try:
        source = trace(report, data)
    except Unmapped as reason:
        yield Skip("", str(reason))
        return
    found = list(targets(gold, report.text, knowledge))
    yield from (Skip("", item) for item in found if isinstance(item, str))
    numbers = [item for item in found if isinstance(item, Target)]
    for kind in kinds:
        draw = random.Random(f"{seed}/{gold.file}/{kind.id}")
        made: Counter[str] = Counter()
        for target in draw.sample(numbers, len(numbers)) if most else numbers:
            if target.side not in kind.on or (most and made[target.place] == most):
                continue
            item = mutant(report, source, gold, knowledge, kind, target, seed)
            made[target.place] += isinstance(item, Mutant)
            yield item


def mutant(
    report: Report,
    source: Source,
    gold: Gold,
    knowledge: Knowledge,
    kind: Kind,
    target: Target,
    seed: int = 1,
) -> Mutant | Skip:
    """Returns the report with one number changed by one kind of slip, or why it was left.

    `source` is the way back to the report's file; the rest as in `mutants`.
    """
    draw = random.Random(f"{seed}/{gold.file}/{kind.id}/{target.start}")
    try:
        edit = slip(Site(kind, target, report.text, gold, draw))
        labels = _changed(gold, target, edit)
        changed = source.changed(edit.start, edit.end, edit.text)
    except (Skipped, Unmapped) as reason:
        return Skip(kind.id, str(reason))
    reread = read_bytes(changed, report.source, knowledge)
    if reread.text != report.text[: edit.start] + edit.text + report.text[edit.end :]:
        return Skip(kind.id, "reread")
    told = truth(gold, _moved(labels, edit, reread), target.name, knowledge)
    return Mutant(kind.id, target, edit, changed, reread, told.gold, told.findings)


def _changed(gold: Gold, target: Target, edit: Edit) -> Gold:
    """Returns the labels with the one value changed, all of them where they were."""
    if isinstance(target.label, GoldFigure):
        new = replace(target.label, value=edit.value)
        return replace(gold, figures=tuple(new if item is target.label else item for item in gold.figures))
    unit = edit.unit or target.label.unit
    claim = replace(target.label, value=edit.value, interval=interval(target, edit), unit=unit)
    return replace(gold, claims=tuple(claim if item is target.label else item for item in gold.claims))


def _moved(gold: Gold, edit: Edit, report: Report) -> Gold:
    """Returns the labels where they stand after the change, with the text of `report`."""
    shift = len(edit.text) - (edit.end - edit.start)

    def at(offset: int, end: bool) -> int:
        behind = offset >= edit.end if end else offset >= edit.end and offset > edit.start
        return offset + shift if behind else offset

    def moved(label: _Label) -> _Label:
        start, end = at(label.start, False), at(label.end, True)
        return replace(label, start=start, end=end, text=report.text[start:end])

    claims = tuple(map(moved, gold.claims))
    numbers: list[GoldNumber] = []
    for number in gold.numbers:
        if number.start <= edit.start <= edit.end <= number.end or number.end == edit.start:
            spans = numerals(report.text, at(number.start, False), at(number.end, True))
            numbers += [replace(number, start=a, end=b, text=report.text[a:b]) for a, b in spans]
        else:
            numbers.append(moved(number))
    return replace(
        gold,
        sha256=report.sha256,
        numbers=tuple(numbers),
        claims=claims,
        exclusions=tuple(map(moved, gold.exclusions)),
        figures=tuple(map(moved, gold.figures)),
        ignored=tuple((at(start, False), at(end, True), why) for start, end, why in gold.ignored),
    )
