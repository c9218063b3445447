"""What was found, as records: drafts become claims, and every number of the narrative gets its fate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

import regex

from ..data import Claim, Exclusion, Folded, Interval, Number, Quantity, Report, Section, Sentence, Status
from ..rules import Scan
from .draft import Draft

_DIGITS = regex.compile(r"[0-9\uff10-\uff19]+")
_ZERO = Interval(Decimal(0), Decimal(0))
_PLACE = attrgetter("start", "end")


@dataclass(frozen=True, slots=True)
class Extraction:
    """All claims of a narrative in order, the fate of every number in it, and the year it reports on."""

    claims: tuple[Claim, ...]
    numbers: tuple[Number, ...]
    year: int | None


def claims_of(
    rows: Sequence[tuple[Draft, Sentence]],
    report: Report,
    folded: Folded,
    parts: Sequence[Section],
    tails: tuple[str, ...],
) -> tuple[Claim, ...]:
    """Returns the drafts as claims, numbered in order; `tails` are the words of a heading that name nothing."""
    ids = {id(draft): f"c{number}" for number, (draft, _) in enumerate(rows, 1)}
    return tuple(
        _claim(
            draft,
            sentence,
            ids,
            report,
            folded,
            parts[sentence.section].path if sentence.section >= 0 else (),
            tails,
        )
        for draft, sentence in rows
    )


def _claim(
    draft: Draft,
    sentence: Sentence,
    ids: dict[int, str],
    report: Report,
    folded: Folded,
    path: tuple[str, ...],
    tails: tuple[str, ...],
) -> Claim:
    start, end = folded.span(draft.start, draft.end)
    quantity: Quantity | None = draft.quantity
    phrase = draft.own or _topic(path, tails)
    return Claim(
        id=ids[id(draft)],
        start=start,
        end=end,
        text=report.text[start:end],
        numbers=tuple(folded.span(*span) for span in draft.numbers),
        value=quantity.value if quantity else Decimal(0),
        interval=draft.bounds or (quantity.interval if quantity else _ZERO),
        unit=draft.unit,
        unit_text=quantity.unit_text if quantity else "",
        kind=quantity.kind if quantity else "zero",
        hedge=quantity.hedge if quantity else "",
        indicator=draft.full or phrase,
        phrase=phrase,
        context=tuple(draft.context),
        verb=draft.verb,
        scope=draft.scope,
        period=draft.period,
        relation=draft.relation,
        part_of=ids.get(id(draft.whole)) if draft.whole is not None else None,
        list_kind=draft.list_kind,
        section=path,
        sentence=folded.span(sentence.start, sentence.end),
        rule=draft.rule,
    )


def _topic(path: tuple[str, ...], tails: tuple[str, ...]) -> str:
    """Returns what the heading above a claim without words of its own says it is about."""
    if not path:
        return ""
    tail = next((tail for tail in tails if path[-1].endswith(tail)), "")
    return path[-1].removesuffix(tail)


def numbers_of(
    report: Report,
    folded: Folded,
    found: Scan,
    rows: Sequence[tuple[Draft, Sentence]],
    claims: Sequence[Claim],
) -> tuple[Number, ...]:
    """Returns every number of the narrative and of what was dropped beside it, in order, with its fate.

    A number of a dropped region (navigation, page marks) is excluded with the region's reason; one that a zero claim
    holds (没有|一|处干堤决口) is claimed.
    """
    out: list[Number] = []

    def add(span: tuple[int, int], status: Status, reason: str = "", claim: str | None = None) -> None:
        start, end = folded.span(*span)
        out.append(Number(start, end, report.text[start:end], status, reason, claim))

    claimed: set[tuple[int, int]] = set()
    for (draft, _), claim in zip(rows, claims, strict=True):
        for span in draft.numbers:
            add(span, Status.CLAIMED, claim=claim.id)
        if draft.numerals:
            claimed.update(draft.numerals)
    exclusion: Exclusion
    for exclusion in found.exclusions:
        for span in exclusion.numbers:
            if span not in claimed:
                add(span, Status.EXCLUDED, exclusion.reason)
    for span in found.unexplained:
        add(span, Status.UNEXPLAINED, "no_rule")
    for region in report.regions:
        if region.kind == "dropped":
            out.extend(
                Number(match.start(), match.end(), match[0], Status.EXCLUDED, region.reason)
                for match in _DIGITS.finditer(report.text, region.start, region.end)
            )
    out.sort(key=_PLACE)
    return tuple(out)
