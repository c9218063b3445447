"""The members of a collection in order: the reports of one body by year, and the bodies below each body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..data import Severity
from ..data.collection import CollectionFinding, Member, Series
from ..knowledge import Knowledge
from .exhibits import exhibit_of_report

_DUPLICATE = "collection.duplicate"


def series_of(members: Iterable[Member]) -> tuple[Series, ...]:
    """Returns the members whose body and year are known, by body; bodies in the order of their names.

    A name written without the region above it (鹭汀区) is the one body of that name that is written with it
    (澜溪市鹭汀区); where there are two such bodies, it stays on its own.
    """
    placed = [member for member in members if member.body and member.year is not None]
    full: dict[str, set[str]] = defaultdict(set)
    for member in placed:
        if member.parent and member.body.startswith(member.parent):
            full[member.body.removeprefix(member.parent)].add(member.body)
    bodies: dict[str, list[Member]] = defaultdict(list)
    for member in placed:
        longer = full.get(member.body, set())
        bodies[next(iter(longer)) if len(longer) == 1 else member.body].append(member)
    return tuple(_series(body, bodies[body]) for body in sorted(bodies))


def _series(body: str, members: Sequence[Member]) -> Series:
    years: dict[int, list[Member]] = defaultdict(list)
    for member in members:
        if member.year is not None:
            years[member.year].append(replace(member, body=body))
    for rivals in years.values():
        rivals.sort(key=_standing)
    return Series(
        body=body,
        level=next((member.level for member in members if member.level), ""),
        parent=next((member.parent for member in members if member.parent), ""),
        years={year: years[year][0] for year in sorted(years)},
        more={year: tuple(years[year][1:]) for year in sorted(years) if len(years[year]) > 1},
    )


def _standing(member: Member) -> tuple[object, ...]:
    """Returns the order of reports of one year: those whose tables could be read come first."""
    return not member.template, member.doubts, -member.confidence, member.source, member.report


def duplicates(series: Series, knowledge: Knowledge) -> Iterator[CollectionFinding]:
    """Yields a finding for each year of which the body has more than one report."""
    for year, more in series.more.items():
        reports = (series.years[year], *more)
        contents = {member.sha256 for member in reports}
        yield CollectionFinding(
            code=_DUPLICATE,
            verdict=None,
            severity=Severity.INFO if len(contents) == 1 else knowledge.messages.severity(_DUPLICATE),
            body=series.body,
            year=year,
            exhibits=tuple(exhibit_of_report(member) for member in reports),
            params={
                "body": series.body,
                "year": year,
                "count": len(reports),
                "same": "identical" if len(contents) == 1 else "different",
            },
        )


def families(series: Sequence[Series]) -> Mapping[str, tuple[Series, ...]]:
    """Returns the bodies below each body that has a report itself, by the upper body's name.

    A region written with more of the regions above it (云岭省澜溪市) is the one body whose name ends it.
    """
    bodies = {item.body for item in series}
    below: dict[str, list[Series]] = defaultdict(list)
    for item in series:
        upper = _body_named(item.parent, bodies)
        if upper and upper != item.body:
            below[upper].append(item)
    return {body: tuple(below[body]) for body in sorted(below)}


def _body_named(region: str, bodies: Collection[str]) -> str:
    """Returns the body that `region` names, "" where there is none or more than one."""
    if not region or region in bodies:
        return region
    ends = [region[start:] for start in range(1, len(region) - 1) if region[start:] in bodies]
    return ends[0] if len(ends) == 1 else ""
