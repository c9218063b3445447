"""One result as a reader meets it: findings first, then the tie-out, the checks, and what was left over.

The text, Markdown, CSV, Excel and HTML writers all print this view; none of them decides anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from ..data import (
    Check,
    Claim,
    Figure,
    Finding,
    Link,
    Number,
    Problem,
    Result,
    Severity,
    Status,
    Trial,
    Verdict,
)
from .arithmetic import arithmetic
from .evidence import Evidence, Passage, Quote, evidence_of, topic, with_unit
from .messages import Message, message
from .related import alike, causes
from .words import Words, number, squeeze

K = TypeVar("K", bound=StrEnum)

APART = frozenset({Verdict.ABSENT, Verdict.UNCHECKED})
"""Verdicts of claims that no cell was compared with."""

_EXAMPLES = 3
_AROUND = 6
_CELLS = 6


@dataclass(frozen=True, slots=True)
class TrialLine:
    """A formula tried, in words and in figures."""

    trial: Trial
    words: str
    figures: str
    difference: str


@dataclass(frozen=True, slots=True)
class Row:
    """One claim of the tie-out table: both sides, the verdict and how it was reached."""

    claim: Claim
    verdict: Verdict
    topic: str
    stated: str
    quote: Quote
    link: Link | None
    figures: tuple[Figure, ...]
    table_value: str
    formula: str
    why: str
    trials: tuple[TrialLine, ...]

    @property
    def chosen(self) -> TrialLine | None:
        """Returns what was tried of the formula the link stands on."""
        return next(
            (line for line in self.trials if self.link and line.trial.formula == self.link.formula), None
        )


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding, numbered from 1 in the order shown.

    `follows` is the number of an earlier one that may have caused it, `alike` that of the first with the same code,
    whose explanation holds here too.
    """

    position: int
    finding: Finding
    message: Message
    rows: tuple[Row, ...]
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    trials: tuple[TrialLine, ...]
    follows: int | None = None
    alike: int | None = None

    @property
    def refers(self) -> int | None:
        """Returns the number of the finding that explains this one, None where it explains itself."""
        return self.alike if self.follows is None else self.follows

    @property
    def telling(self) -> tuple[Figure, ...]:
        """Returns the figures worth showing: of a long list, the first and those that are not zero."""
        if len(self.figures) <= _CELLS:
            return self.figures
        return (self.figures[0], *(figure for figure in self.figures[1:] if figure.value != 0))


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check in words and in figures."""

    check: Check
    words: str
    figures: str


@dataclass(frozen=True, slots=True)
class Left:
    """Excluded numbers with one reason: how many, and a few as they stand."""

    reason: str
    code: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything a report shows, in the order it shows it."""

    result: Result
    words: Words
    evidence: Evidence
    verdicts: Mapping[Verdict, int]
    statuses: Mapping[Status, int]
    severities: Mapping[Severity, int]
    findings: tuple[FindingView, ...]
    rows: tuple[Row, ...]
    held: tuple[CheckLine, ...]
    excluded: tuple[Left, ...]
    unexplained: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def compared(self) -> tuple[Row, ...]:
        """Returns the claims that were compared with a cell."""
        return tuple(row for row in self.rows if row.verdict not in APART)

    @property
    def apart(self) -> tuple[Row, ...]:
        """Returns the claims that were not."""
        return tuple(row for row in self.rows if row.verdict in APART)

    @property
    def idle(self) -> bool:
        """Returns whether nothing was checked at all, so that silence says nothing."""
        return not (self.compared or self.result.checks or self.findings)

    @property
    def set_apart(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """Returns the claims that were not compared by the reason why not, the commonest reason first."""
        groups: dict[str, list[Row]] = {}
        for row in self.apart:
            groups.setdefault(row.why, []).append(row)
        return tuple(
            (why, tuple(rows)) for why, rows in sorted(groups.items(), key=lambda group: -len(group[1]))
        )


def view_of(result: Result, words: Words) -> View:
    """Returns the view of `result`."""
    evidence = evidence_of(result, words)
    rows = {
        claim.id: _row(claim, evidence, words)
        for claim in sorted(result.claims, key=lambda claim: claim.start)
    }
    order = list(Severity)
    findings = sorted(result.findings, key=lambda finding: order.index(finding.severity))
    excluded = [number for number in result.numbers if number.status is Status.EXCLUDED]
    unexplained = [number for number in result.numbers if number.status is Status.UNEXPLAINED]
    text = result.report.text
    return View(
        result=result,
        words=words,
        evidence=evidence,
        verdicts=_tally(Verdict, (row.verdict for row in rows.values())),
        statuses=_tally(Status, (number.status for number in result.numbers)),
        severities=_tally(Severity, (finding.severity for finding in findings)),
        findings=tuple(_findings(findings, rows, evidence, words)),
        rows=tuple(rows.values()),
        held=tuple(check_line(check, evidence) for check in result.checks if check.holds),
        excluded=_excluded(excluded, text, words),
        unexplained=tuple(_around(number, text) for number in unexplained),
        problems=tuple(problem_line(problem, words) for problem in (*result.problems,)),
    )


def check_line(check: Check, evidence: Evidence) -> CheckLine:
    """Returns `check` in words and in figures."""
    spoken = arithmetic(check.formula, check.figures, evidence)
    common = spoken.common()
    colon = evidence.words.word("label.colon")
    words = common + colon + spoken.in_words() if common else spoken.in_words()
    return CheckLine(check, words, spoken.in_figures(check.expected, check.holds))


def trial_line(trial: Trial, unit: str, evidence: Evidence) -> TrialLine:
    """Returns `trial` in words and in figures, its difference in `unit`."""
    difference = with_unit(abs(trial.difference), unit) if trial.difference is not None else ""
    spoken = arithmetic(trial.formula, trial.figures, evidence)
    return TrialLine(trial, spoken.in_words(), spoken.in_figures(trial.value), difference)


def outcome(line: TrialLine, words: Words) -> str:
    """Returns what came of `line` in words: it holds, by how much it does not, or that a value is missing."""
    if line.trial.holds:
        return words.word("label.holds")
    if line.difference:
        return f"{words.word('label.difference')} {line.difference}"
    return words.word("label.no_value")


def trial_words(line: TrialLine, words: Words) -> str:
    """Returns a formula tried in one line: its words, its arithmetic, and what came of it."""
    return line.words + words.word("label.colon") + line.figures + words.at(outcome(line, words))


def problem_line(problem: Problem, words: Words) -> str:
    """Returns `problem` with its file and place in front."""
    return ": ".join(part for part in (problem.file, problem.place, words.problem(problem)) if part)


def explained(view: FindingView, words: Words) -> list[tuple[str, str]]:
    """Returns labels and words of what a finding means and what to do, told once for findings that are alike."""
    if view.follows is not None:
        return [(words.word("label.related"), words.say("follows", position=view.follows))]
    if view.alike is not None:
        return [(words.word("label.meaning"), words.say("alike", position=view.alike))]
    said = view.message
    return [
        (words.word("label.meaning"), said.meaning),
        (words.word("label.not_meaning"), said.not_meaning),
        (words.word("label.advice"), said.advice),
    ]


def listed(rows: Iterable[Row], words: Words) -> str:
    """Returns what `rows` claim, in one line."""
    return words.word("label.items").join(f"{row.topic} {row.stated}".strip() for row in rows)


def why_of(link: Link, words: Words) -> str:
    """Returns the reason of `link` in words."""
    return words.why(link.why, link.params)


def _tally(kinds: Iterable[K], seen: Iterable[K]) -> dict[K, int]:
    counted = Counter(seen)
    return {kind: counted[kind] for kind in kinds if counted[kind]}


def _row(claim: Claim, evidence: Evidence, words: Words) -> Row:
    verdict = evidence.result.verdicts[claim.id]
    link = evidence.links.get(claim.id)
    figures = tuple(evidence.figures[key] for key in (link.figures if link else ()))
    unit = claim.unit_text or claim.unit
    return Row(
        claim=claim,
        verdict=verdict,
        topic=topic(claim),
        stated=with_unit(claim.value, unit) if not claim.numbers else evidence.quote(claim).text,
        quote=evidence.quote(claim),
        link=link,
        figures=figures,
        table_value=_table_value(link, figures, words),
        formula=arithmetic(link.formula, link.figures, evidence).in_words() if link else "",
        why=why_of(link, words) if link else "",
        trials=tuple(trial_line(trial, unit, evidence) for trial in (link.trials if link else ())),
    )


def _table_value(link: Link | None, figures: tuple[Figure, ...], words: Words) -> str:
    if link is None or not figures:
        return ""
    chosen = next((trial for trial in link.trials if trial.formula == link.formula), None)
    if chosen is not None and chosen.value is not None:
        return number(chosen.value)
    figure = figures[0]
    return number(figure.value) if figure.value is not None else words.word(f"state.{figure.state}")


def _findings(
    findings: Sequence[Finding], rows: Mapping[str, Row], evidence: Evidence, words: Words
) -> Iterator[FindingView]:
    for place, (finding, cause, twin) in enumerate(
        zip(findings, causes(findings), alike(findings), strict=True)
    ):
        shown = _finding(place + 1, finding, rows, evidence, words)
        yield replace(
            shown,
            follows=None if cause is None else cause + 1,
            alike=None if twin is None else twin + 1,
        )


def _finding(
    position: int, finding: Finding, rows: Mapping[str, Row], evidence: Evidence, words: Words
) -> FindingView:
    main = rows.get(finding.claims[0]) if finding.claims else None
    trials = main.trials if main and finding.figures else ()
    told = len(trials) == 1 and len(trials[0].trial.figures) == 1  # the message itself says it all
    return FindingView(
        position=position,
        finding=finding,
        message=message(finding, evidence, words),
        rows=tuple(rows[key] for key in finding.claims if key in rows),
        passages=evidence.passages(
            [rows[key].claim for key in finding.claims if key in rows], finding.places
        ),
        figures=tuple(evidence.figures[key] for key in finding.figures if key in evidence.figures),
        trials=() if told else trials,
    )


def _excluded(numbers: list[Number], text: str, words: Words) -> tuple[Left, ...]:
    groups: dict[str, list[Number]] = {}
    for item in numbers:
        groups.setdefault(item.reason, []).append(item)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return tuple(
        Left(words.reason(code), code, len(group), tuple(_around(item, text) for item in _spread(group)))
        for code, group in ordered
    )


def _spread(group: list[Number]) -> list[Number]:
    """Returns a few numbers of `group`, no two written alike."""
    unlike = list({item.text: item for item in reversed(group)}.values())
    return sorted(unlike, key=lambda item: item.start)[:_EXAMPLES]


def _around(item: Number, text: str) -> str:
    before = squeeze(text[max(0, item.start - _AROUND) : item.start].rpartition("\n")[2])
    after = squeeze(text[item.end : item.end + _AROUND].partition("\n")[0])
    return f"{before}[{squeeze(item.text)}]{after}"
