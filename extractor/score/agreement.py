"""Two people's labels of the same reports: how far they agree, and how far beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..knowledge.scoring import load_scoring
from ..labels import Gold, GoldClaim
from .answers import folded
from .counts import Bounds, Counts, Metric, metric, resampled
from .pairing import Spanned, pair_spans

CATEGORIES = frozenset({"status", "reason", "scope", "period", "relation", "verdict"})
"""Attributes whose words come from a closed list: of the others chance agreement means nothing."""

WHOLLY = ("value", "unit", "indicator", "scope", "period", "relation", "part_of")
"""What makes a claim wholly right when a program is scored: two people agree on it wholly where on all of these."""

Labels = tuple[str, ...]
Choice = tuple[str, str]
"""What the first and the second said; the same word where what each accepts has one in common."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where two labellings differ: `first` and `second` are what they say, "" for nothing."""

    attribute: str
    file: str
    start: int
    end: int
    text: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Shared:
    """One report labelled twice: counts of spans, and the choices of both for each thing labelled by both."""

    file: str
    spans: Mapping[str, Counts]
    choices: Mapping[str, tuple[Choice, ...]]
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement on one attribute: how many agree of how many, Cohen's kappa, and its 95% interval over reports.

    Kappa is None where nothing was judged, where both always say one and the same word, and of attributes with
    no closed list of words.
    """

    name: str
    agreed: int
    judged: int
    kappa: float | None
    interval: Bounds | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two labellings compared; the first counts as gold in `spans`, which F1 does not depend on."""

    reports: tuple[Shared, ...]

    @property
    def spans(self) -> tuple[Metric, ...]:
        """Agreement on where numbers and claims stand, pooled over the reports."""
        names = ("numbers", "numbers.overlap", "claims", "claims.overlap")
        return tuple(metric(name, [report.spans[name] for report in self.reports]) for name in names)

    @property
    def attributes(self) -> tuple[Kappa, ...]:
        """Agreement on each attribute of what both found, pooled over the reports."""
        return tuple(self._kappa(name) for name in load_scoring().agreement)

    def _kappa(self, name: str) -> Kappa:
        documents = [report.choices.get(name, ()) for report in self.reports]
        choices = [choice for document in documents for choice in document]
        agreed = sum(first == second for first, second in choices)
        if name not in CATEGORIES:
            return Kappa(name, agreed, len(choices), None, None)
        return Kappa(name, agreed, len(choices), kappa(choices), resampled(documents, _pooled_kappa))

    def to_dict(self, hidden: frozenset[str] = frozenset()) -> dict[str, Any]:
        """Returns everything as plain data, fit for JSON; no disagreements of the files in `hidden`."""
        return {
            "reports": [report.file for report in self.reports],
            "spans": {item.name: item.to_dict() for item in self.spans},
            "attributes": {item.name: asdict(item) for item in self.attributes},
            "disagreements": [
                asdict(item)
                for report in self.reports
                if report.file not in hidden
                for item in report.disagreements
            ],
        }


def share(first: Gold, second: Gold) -> Shared:
    """Returns two labellings of one report, paired: equal spans first, then by overlap."""
    numbers, claims = pair_spans(first.numbers, second.numbers), pair_spans(first.claims, second.claims)
    spans = {}
    for name, (exact, loose), left, right in (
        ("numbers", numbers, first.numbers, second.numbers),
        ("claims", claims, first.claims, second.claims),
    ):
        spans[name] = Counts(len(exact), len(left), len(right))
        spans[f"{name}.overlap"] = Counts(len(exact) + len(loose), len(left), len(right))
    choices: dict[str, list[Choice]] = {}
    found: list[Disagreement] = []

    def judge(name: str, at: Spanned, words: str, one: Labels, other: Labels) -> bool:
        choice = _choice(one, other)
        choices.setdefault(name, []).append(choice)
        agreed = choice[0] == choice[1]
        if not agreed:
            said = " / ".join(one), " / ".join(other)
            found.append(Disagreement(name, first.file, at.start, at.end, words, *said))
        return agreed

    for i, j in sorted({**numbers[0], **numbers[1]}.items()):
        number, other = first.numbers[i], second.numbers[j]
        judge("status", number, number.text, (number.status,), (other.status,))
        if number.reason and other.reason:
            judge("reason", number, number.text, number.reason, other.reason)
    ids = {second.claims[j].id: first.claims[i].id for i, j in {**claims[0], **claims[1]}.items()}
    for i, j in sorted({**claims[0], **claims[1]}.items()):
        claim = first.claims[i]
        said = _attributes(claim, second.claims[j], ids)
        agreed = {name: judge(name, claim, claim.text, one, another) for name, one, another in said}
        wholly = all(agreed.get(name, True) for name in WHOLLY)
        choices.setdefault("wholly", []).append(("yes", "yes" if wholly else "no"))
    found += _alone("claims", first, first.claims, claims, second.claims)
    found += _alone("numbers", first, first.numbers, numbers, second.numbers)
    ordered = sorted(found, key=lambda item: (item.start, item.end, item.attribute))
    return Shared(first.file, spans, {name: tuple(items) for name, items in choices.items()}, tuple(ordered))


def kappa(choices: Sequence[Choice]) -> float | None:
    """Returns Cohen's kappa; None without choices, or where chance alone would always agree.

    Source: J. Cohen, Educational and Psychological Measurement 20 (1960) 37-46.
    """
    total = len(choices)
    if not total:
        return None
    first, second = Counter(one for one, _ in choices), Counter(other for _, other in choices)
    chance = sum(first[word] * second[word] for word in first) / total**2
    if chance == 1:
        return None
    return (sum(one == other for one, other in choices) / total - chance) / (1 - chance)


def _pooled_kappa(documents: Sequence[Sequence[Choice]]) -> float | None:
    return kappa([choice for document in documents for choice in document])


def _choice(first: Labels, second: Labels) -> Choice:
    common = next((word for word in first if word in second), None)
    return (common, common) if common is not None else (first[0], second[0])


def _attributes(
    first: GoldClaim, second: GoldClaim, ids: Mapping[str, str]
) -> Iterator[tuple[str, Labels, Labels]]:
    yield "value", (_value(first),), (_value(second),)
    yield "unit", (first.unit or "",), (second.unit or "",)
    yield "indicator", *_phrases(first.indicator, second.indicator)
    for name in ("scope", "period", "relation"):
        left, right = getattr(first, name), getattr(second, name)
        if left and right:
            yield name, left, right
    if first.part_of and second.part_of:
        wholes = tuple(ids.get(whole, f"+{whole}") if whole else "—" for whole in second.part_of)
        yield "part_of", tuple(whole or "—" for whole in first.part_of), wholes
    yield "figures", (_set(first.figures),), (_set(second.figures),)
    yield "verdict", (first.verdict,), (second.verdict,)


def _value(claim: GoldClaim) -> str:
    interval = claim.interval
    left, right = "(" if interval.low_open else "[", ")" if interval.high_open else "]"
    ends = ("∞" if end is None else f"{end.normalize():f}" for end in (interval.low, interval.high))
    value = "—" if claim.value is None else f"{claim.value.normalize():f}"
    return f"{value} {left}{', '.join(ends)}{right}"


def _phrases(first: str, second: str) -> tuple[Labels, Labels]:
    """Returns two phrases as one word where one is part of the other: where a phrase begins is a matter of taste."""
    one, other = folded(first), folded(second)
    same = one in other or other in one
    return (one,), (one if same else other,)


def _set(figures: Sequence[str]) -> str:
    return " ".join(sorted(figures)) or "—"


def _alone(
    name: str,
    gold: Gold,
    first: Sequence[Any],
    pairs: tuple[Mapping[int, int], Mapping[int, int]],
    second: Sequence[Any],
) -> Iterator[Disagreement]:
    """Yields what only one of the two has labelled."""
    exact, loose = pairs
    for i, j in loose.items():
        item = first[i]
        yield Disagreement(name, gold.file, item.start, item.end, item.text, item.text, second[j].text)
    taken = {*exact.values(), *loose.values()}
    for i, item in enumerate(first):
        if i not in exact and i not in loose:
            yield Disagreement(name, gold.file, item.start, item.end, item.text, item.text, "")
    for j, item in enumerate(second):
        if j not in taken:
            yield Disagreement(name, gold.file, item.start, item.end, item.text, "", item.text)
