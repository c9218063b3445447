"""Labels in: one JSON object a line, checked key by key, located in the report, and checked together."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ..data import CellState, Interval, Relation, Report, Status, Verdict
from ..errors import KnowledgeError
from ..labels import Gold, GoldCheck, GoldClaim, GoldExclusion, GoldFigure, GoldFinding, GoldNumber
from .quotation import Span, locate, numerals

Label = Mapping[str, Any]

REASONS = frozenset(
    {"date", "document_number", "ordinal", "list_marker", "name", "event", "address", "other"}
)
SCOPES = frozenset({"whole", "body", "subordinate", "unstated"})
PERIODS = frozenset({"year", "last_year", "part", "as_of", "cumulative", "span", "plan", "unstated"})

_KEYS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {  # kind → required, optional
    "report": (frozenset({"file", "sha256", "template"}), frozenset({"note"})),
    "claim": (
        frozenset({"id", "at", "value", "indicator", "figures", "verdict"}),
        frozenset({"low", "high", "low_open", "high_open", "unit", "scope", "period", "relation", "part_of",
                   "numbers", "note"}),
    ),
    "exclusion": (frozenset({"at", "reason"}), frozenset({"numbers", "note"})),
    "ignore": (frozenset({"at", "why"}), frozenset()),
    "figure": (frozenset({"indicator", "at", "value", "unit"}), frozenset({"state", "note"})),
    "finding": (frozenset({"code", "claims", "figures"}), frozenset({"expected", "actual", "note"})),
    "check": (frozenset({"code", "claims", "figures", "holds"}), frozenset({"note"})),
}  # fmt: skip
_NEED_FIGURES = frozenset(
    {Verdict.MATCH, Verdict.APPROXIMATE, Verdict.MISMATCH, Verdict.SCOPE, Verdict.EMPTY, Verdict.DOUBTFUL}
)
_NO_FIGURES = frozenset({Verdict.ABSENT, Verdict.UNCHECKED})
_DIGITS = re.compile(r"[0-9\uff10-\uff19]+")


def read(path: Path, report: Report) -> Gold:
    """Returns the labels of `path`, located in `report.text` and checked.

    Raises:
        KnowledgeError: a line is wrong; the message names file, line, key, what was found and expected.
    """
    lines = [
        (f"line {number}", _object(line, str(path), f"line {number}"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip()
    ]
    return _Reader(str(path), report).read(lines)


def read_rows(rows: Sequence[Label], report: Report, source: str) -> Gold:
    """Returns the labels of lines that are read already, checked as `read` checks those of a file."""
    lines = [(f"label {number}", _checked(row, source, f"label {number}")) for number, row in enumerate(rows)]
    return _Reader(source, report).read(lines)


def uncovered(gold: Gold, report: Report) -> tuple[Span, ...]:
    """Returns the spans of narrative digits that no label speaks of; an annotator has to look at each."""
    spans = sorted(
        [(claim.start, claim.end) for claim in gold.claims]
        + [(item.start, item.end) for item in gold.exclusions]
        + [(start, end) for start, end, _ in gold.ignored]
    )
    return tuple(
        match.span()
        for region in report.regions
        if region.kind == "narrative"
        for match in _DIGITS.finditer(report.text, region.start, region.end)
        if not any(start <= match.start() and match.end() <= end for start, end in spans)
    )


def _object(line: str, file: str, place: str) -> Label:
    try:
        label = json.loads(line)
    except json.JSONDecodeError as error:
        raise KnowledgeError(file, place, str(error), "one JSON object a line") from error
    return _checked(label, file, place)


def _checked(label: object, file: str, place: str) -> Label:
    if not isinstance(label, dict) or label.get("kind") not in _KEYS:
        found = label.get("kind") if isinstance(label, dict) else label
        raise KnowledgeError(file, f"{place}.kind", found, f"one of {', '.join(_KEYS)}")
    required, optional = _KEYS[label["kind"]]
    for key in sorted(required - label.keys()):
        raise KnowledgeError(file, f"{place}.{key}", "nothing", f"the key, in a {label['kind']}")
    for key in sorted(label.keys() - required - optional - {"kind"}):
        raise KnowledgeError(file, f"{place}.{key}", key, f"one of {', '.join(sorted(required | optional))}")
    return label


class _Reader:
    """Turns the labels of one file into records; knows the file's name for messages, and the text."""

    def __init__(self, file: str, report: Report) -> None:
        self.file = file
        self.report = report

    def fail(self, place: str, found: object, expected: str) -> KnowledgeError:
        return KnowledgeError(self.file, place, found, expected)

    def read(self, lines: Sequence[tuple[str, Label]]) -> Gold:
        def of(kind: str) -> list[tuple[str, Label]]:
            return [(place, label) for place, label in lines if label["kind"] == kind]

        heads = of("report")
        if len(heads) != 1 or lines[0][1] is not heads[0][1]:
            raise self.fail("report", len(heads), "one report line, the first of the file")
        head = heads[0][1]
        if head["sha256"] != self.report.sha256:
            raise self.fail("report.sha256", head["sha256"], f"the report's, {self.report.sha256}")
        numbers: list[GoldNumber] = []
        claims = [self.claim(place, label, numbers) for place, label in of("claim")]
        exclusions = [self.exclusion(place, label, numbers) for place, label in of("exclusion")]
        figures = [self.figure(place, label) for place, label in of("figure")]
        ignored = [
            (*self.span(place, label), self.word(place, label, "why")) for place, label in of("ignore")
        ]
        self.check_claims(claims, {figure.indicator for figure in figures})
        self.check_spans([*claims, *exclusions])
        ids = {claim.id for claim in claims}
        return Gold(
            file=self.word("report", head, "file"),
            sha256=head["sha256"],
            template=self.word("report", head, "template"),
            numbers=tuple(sorted(numbers, key=lambda number: number.start)),
            claims=tuple(sorted(claims, key=lambda claim: (claim.start, claim.end))),
            exclusions=tuple(sorted(exclusions, key=lambda exclusion: exclusion.start)),
            figures=tuple(sorted(figures, key=lambda figure: figure.start)),
            findings=tuple(self.finding(place, label, ids) for place, label in of("finding")),
            checks=tuple(self.check(place, label, ids) for place, label in of("check")),
            ignored=tuple(sorted(ignored)),
        )

    def claim(self, place: str, label: Label, numbers: list[GoldNumber]) -> GoldClaim:
        start, end = self.span(place, label)
        identity = self.word(place, label, "id")
        value = self.decimal(place, label, "value")
        low, high = (self.decimal(place, label, key, value) for key in ("low", "high"))
        if (low is not None and high is not None and low > high) or (
            value is not None and ((low is not None and value < low) or (high is not None and value > high))
        ):
            raise self.fail(f"{place}.low", f"{low} .. {value} .. {high}", "low ≤ value ≤ high")
        verdict = self.word(place, label, "verdict")
        if verdict not in set(Verdict):
            raise self.fail(f"{place}.verdict", verdict, f"one of {', '.join(Verdict)}")
        numbers += [
            GoldNumber(left, right, self.report.text[left:right], Status.CLAIMED, claim=identity)
            for left, right in self.numerals(place, label, start, end)
        ]
        unit = label.get("unit")
        if unit is not None and not isinstance(unit, str):
            raise self.fail(f"{place}.unit", unit, "a string, or no such key where no unit is written")
        return GoldClaim(
            id=identity,
            start=start,
            end=end,
            text=self.report.text[start:end],
            value=value,
            interval=Interval(low, high, label.get("low_open", False), label.get("high_open", False)),
            unit=unit,
            indicator=self.word(place, label, "indicator"),
            scope=self.choices(place, label, "scope", SCOPES),
            period=self.choices(place, label, "period", PERIODS),
            relation=self.choices(place, label, "relation", frozenset(Relation)),
            part_of=self.wholes(place, label),
            figures=self.words(place, label, "figures"),
            verdict=Verdict(verdict),
        )

    def exclusion(self, place: str, label: Label, numbers: list[GoldNumber]) -> GoldExclusion:
        start, end = self.span(place, label)
        reason = self.choices(place, label, "reason", REASONS)
        spans = self.numerals(place, label, start, end)
        if not spans:
            raise self.fail(f"{place}.at", label["at"], "a number between the brackets of an exclusion")
        numbers += [
            GoldNumber(left, right, self.report.text[left:right], Status.EXCLUDED, reason=reason)
            for left, right in spans
        ]
        return GoldExclusion(start, end, self.report.text[start:end], reason)

    def figure(self, place: str, label: Label) -> GoldFigure:
        start, end = self.span(place, label)
        value = self.decimal(place, label, "value")
        state = label.get("state", "value")
        if state not in set(CellState) or (state == "value") != (value is not None):
            raise self.fail(f"{place}.state", state, "value beside a value, else blank, slash, dash or text")
        text = self.report.text[start:end]
        return GoldFigure(
            self.word(place, label, "indicator"), start, end, text, value, label["unit"], CellState(state)
        )

    def finding(self, place: str, label: Label, ids: set[str]) -> GoldFinding:
        return GoldFinding(
            self.word(place, label, "code"),
            self.known(place, label, ids),
            self.words(place, label, "figures"),
            self.decimal(place, label, "expected"),
            self.decimal(place, label, "actual"),
        )

    def check(self, place: str, label: Label, ids: set[str]) -> GoldCheck:
        if not isinstance(label["holds"], bool):
            raise self.fail(f"{place}.holds", label["holds"], "true or false")
        claims = self.known(place, label, ids)
        return GoldCheck(
            self.word(place, label, "code"), claims, self.words(place, label, "figures"), label["holds"]
        )

    # ------------------------------------------------------------ fields

    def span(self, place: str, label: Label) -> Span:
        at = self.word(place, label, "at")
        try:
            return locate(self.report.text, at)
        except ValueError as error:
            raise self.fail(f"{place}.at", at, str(error)) from error

    def numerals(self, place: str, label: Label, start: int, end: int) -> list[Span]:
        if "numbers" not in label:
            return numerals(self.report.text, start, end)
        spans, position = [], start
        for text in self.words(place, label, "numbers"):
            left = self.report.text.find(text, position, end)
            if left < 0 or not text:
                raise self.fail(f"{place}.numbers", text, "numbers between the brackets, in order")
            position = left + len(text)
            spans.append((left, position))
        return spans

    def word(self, place: str, label: Label, key: str) -> str:
        value = label[key]
        if not isinstance(value, str):
            raise self.fail(f"{place}.{key}", value, "a string")
        return value

    def words(self, place: str, label: Label, key: str) -> tuple[str, ...]:
        values = label[key]
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.fail(f"{place}.{key}", values, "a list of strings")
        return tuple(values)

    def known(self, place: str, label: Label, ids: set[str]) -> tuple[str, ...]:
        claims = self.words(place, label, "claims")
        if unknown := [claim for claim in claims if claim not in ids]:
            raise self.fail(f"{place}.claims", unknown[0], "ids of claims in this file")
        return claims

    def decimal(self, place: str, label: Label, key: str, default: Decimal | None = None) -> Decimal | None:
        value = label.get(key)
        if value is None:
            return default if key not in label else None
        try:
            if not isinstance(value, str):
                raise InvalidOperation
            return Decimal(value)
        except InvalidOperation as error:
            raise self.fail(f"{place}.{key}", value, "a number as a string") from error

    def choices(self, place: str, label: Label, key: str, known: frozenset[str]) -> tuple[str, ...]:
        value = label.get(key, [])
        values = value if isinstance(value, list) else [value]
        if wrong := [item for item in values if item not in known]:
            raise self.fail(f"{place}.{key}", wrong[0], f"one of {', '.join(sorted(known))}")
        return tuple(values)

    def wholes(self, place: str, label: Label) -> tuple[str | None, ...]:
        if "part_of" not in label:
            return ()
        value = label["part_of"]
        values = value if isinstance(value, list) else [value]
        if not all(item is None or isinstance(item, str) for item in values):
            raise self.fail(f"{place}.part_of", value, "null, a claim id, or a list of these")
        return tuple(values)

    # ------------------------------------------------------------ across labels

    def check_claims(self, claims: Sequence[GoldClaim], indicators: set[str]) -> None:
        """Raises `KnowledgeError` where claims contradict each other, the figures, or their own verdict."""
        ids = [claim.id for claim in claims]
        for claim in claims:
            place = f"claim {claim.id}"
            if ids.count(claim.id) > 1:
                raise self.fail(f"{place}.id", claim.id, "an id of its own")
            if unknown := [
                whole for whole in claim.part_of if whole and (whole not in ids or whole == claim.id)
            ]:
                raise self.fail(f"{place}.part_of", unknown[0], "the id of another claim")
            if unknown := [figure for figure in claim.figures if indicators and figure not in indicators]:
                raise self.fail(f"{place}.figures", unknown[0], "indicators of figures labelled in this file")
            if claim.verdict in _NEED_FIGURES and not claim.figures:
                raise self.fail(f"{place}.figures", [], f"what the claim is compared with: {claim.verdict}")
            if claim.verdict in _NO_FIGURES and claim.figures:
                raise self.fail(f"{place}.figures", list(claim.figures), f"no figures beside {claim.verdict}")

    def check_spans(self, labels: Sequence[GoldClaim | GoldExclusion]) -> None:
        """Raises `KnowledgeError` where two labels overlap."""
        ordered = sorted(labels, key=lambda label: (label.start, label.end))
        for label, following in itertools.pairwise(ordered):
            if following.start < label.end:
                raise self.fail(
                    f"{label.start}..{label.end}",
                    f"{label.text} and {following.text}",
                    "labels that do not overlap",
                )
