"""What a run comes to, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from ...data.collection import RunTotals
from ..text import draw, fields, grid, heading
from ..words import Words
from .listing import severity_counts, tally
from .messages import said_of

_MOST = 12


def write_summary(totals: RunTotals, words: Words, width: int = 100, colour: bool = False) -> str:
    """Returns the totals of a run laid out for `width` columns."""
    return draw(_parts(totals, words), width, colour)


def _parts(totals: RunTotals, words: Words) -> Iterator[RenderableType]:
    yield fields(_heads(totals, words))
    severities = tuple(words.word(f"severity.{name}") for name in ("error", "review", "info"))
    numbers = frozenset({1, 2, 3, 4})
    if totals.codes:
        titles = words.knowledge.messages.findings
        yield heading(words.word("dashboard.by_code"))
        rows = ((titles[code].title[words.lang], *map(str, counts), code) for code, counts in totals.codes)
        yield grid(
            (words.word("label.findings"), *severities, words.word("label.code")),
            rows,
            right=frozenset({1, 2, 3}),
        )
    if totals.years:
        yield heading(words.word("dashboard.by_year"))
        rows_of_years = (
            (str(year), str(reports), *map(str, counts)) for year, reports, counts in totals.years
        )
        yield grid(
            (words.word("label.year"), words.word("label.reports"), *severities), rows_of_years, right=numbers
        )
    if totals.bodies:
        yield heading(words.word("dashboard.by_body"), totals.body_count)
        rows_of_bodies = (
            (body, str(reports), *map(str, counts)) for body, reports, counts in totals.bodies[:_MOST]
        )
        yield grid(
            (words.word("label.body"), words.word("label.reports"), *severities),
            rows_of_bodies,
            right=numbers,
        )
    yield from _between(totals, words)
    if totals.worst:
        yield heading(words.word("title.worst"))
        columns = [words.word(f"label.{name}") for name in ("source", "body", "year")]
        rows_of_worst = (
            (
                item.source,
                item.body,
                "" if item.year is None else str(item.year),
                str(item.errors),
                str(item.reviews),
                str(item.unexplained),
            )
            for item in totals.worst[:_MOST]
        )
        columns[0] = words.word("label.file")
        yield grid(
            (*columns, *severities[:2], words.word("status.unexplained")),
            rows_of_worst,
            right=frozenset({2, 3, 4, 5}),
        )
    if totals.rejected:
        yield heading(words.word("title.rejected"))
        rows_of_rejected = (
            (
                words.word(f"ended.{item.status}"),
                str(item.count),
                words.problem(item.problem),
                item.examples[0],
                item.problem.code,
            )
            for item in totals.rejected
        )
        columns = [
            words.word(f"label.{name}") for name in ("status", "count", "first_reason", "examples", "code")
        ]
        yield grid(columns, rows_of_rejected, right=frozenset({1}))


def _heads(totals: RunTotals, words: Words) -> Iterator[tuple[str, str]]:
    joint = words.word("label.joint")
    reports = joint.join(
        f"{words.word(f'ended.{status}')} {count}" for status, count in totals.statuses.items()
    )
    yield words.word("dashboard.reports"), reports
    counted = sum(totals.statuses_of_numbers.values())
    shares = joint.join(
        f"{words.word(f'status.{name}')} {count}" for name, count in totals.statuses_of_numbers.items()
    )
    yield words.word("label.numbers"), f"{counted}{words.word('label.colon')}{shares}"
    claims = sum(totals.verdicts.values())
    verdicts = joint.join(
        f"{words.word(f'verdict.{name}')} {count}" for name, count in totals.verdicts.items()
    )
    yield words.word("label.claims"), f"{claims}{words.word('label.colon')}{verdicts}"
    if totals.unplaced:
        yield words.word("label.unplaced"), words.say("collection.unplaced", count=totals.unplaced)
    yield words.word("label.stamp"), joint.join(totals.stamps)


def _between(totals: RunTotals, words: Words) -> Iterator[RenderableType]:
    yield heading(
        words.word("title.collection"), len(totals.findings) if totals.compared is not None else None
    )
    if totals.compared is None:
        yield Text(words.say("dashboard.not_compared"))
        return
    counts = severity_counts(totals.findings)
    if totals.findings:
        yield Text(
            words.word("label.joint").join(
                f"{words.word(f'severity.{severity}')} {count}" for severity, count in sorted(counts.items())
            )
        )
        rows = ((item.body, str(item.year), said_of(item, words).text) for item in totals.findings[:_MOST])
        yield grid([words.word(f"label.{name}") for name in ("body", "year", "message")], rows)
    columns = [words.word(f"label.{name}") for name in ("compared", "holds", "fails", "unknown")]
    lines = (
        (title, str(held), str(failed), str(unknown))
        for title, held, failed, unknown, _ in tally(totals.compared, words)
    )
    yield grid(columns, lines, right=frozenset({1, 2, 3}))
