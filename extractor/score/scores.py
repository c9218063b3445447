"""What an evaluation says: counts a document, metrics over all of them, and each miss with its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..data import Stamp, Status
from ..knowledge.scoring import load_scoring
from .confidence import Bin, Ranked, area, brier, calibration_error, reliability, risk_curve, tenths
from .counts import Bounds, Counts, Metric, metric, resampled

Groups = Mapping[str, Mapping[str, Mapping[str, Counts]]]
"""Counts by dimension, group and metric."""

TEST = "test"
"""The split of which nothing but totals may be shown: who sees its errors will mend them."""


@dataclass(frozen=True, slots=True)
class Miss:
    """One disagreement: `expected` is the labels' side, `actual` the result's, "" for nothing.

    Either side may be the one that is wrong; a label is changed only with a reason in the codebook's log.
    """

    metric: str
    file: str
    start: int
    end: int
    text: str
    expected: str
    actual: str

    @property
    def kind(self) -> str:
        """Whether something is missed, superfluous or different: a key of `Scoring.kinds`."""
        if not self.actual:
            return "missed"
        return "different" if self.expected else "superfluous"


@dataclass(frozen=True, slots=True)
class Alarms:
    """Findings the labels do not hold: of severity error or review, and mere notes; `clean` where they hold none."""

    alarms: int = 0
    notes: int = 0
    clean: bool = True


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """One report's counts by metric and by groups of claims, its misses in text order, and what else is counted.

    `found` and `labelled` are how many numbers ended with each fate, `labels` is the hash of the gold file.
    """

    file: str
    counts: Mapping[str, Counts]
    misses: tuple[Miss, ...]
    split: str = ""
    template: str = ""
    labels: str = ""
    groups: Groups = field(default_factory=dict)
    ranked: tuple[Ranked, ...] = ()
    found: Mapping[Status, int] = field(default_factory=dict)
    labelled: Mapping[Status, int] = field(default_factory=dict)
    alarms: Alarms = Alarms()


@dataclass(frozen=True, slots=True)
class AlarmRate:
    """False alarms over some reports; `interval` is the 95% one of alarms a report."""

    reports: int
    alarms: int
    notes: int
    alarmed: int
    interval: Bounds | None

    @property
    def mean(self) -> float | None:
        """Alarms a report; None without reports."""
        return self.alarms / self.reports if self.reports else None


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far the scores of links can be trusted, with 95% intervals over documents."""

    links: int
    brier: float | None
    brier_interval: Bounds | None
    error: float | None
    error_interval: Bounds | None
    area: float | None
    bins: tuple[Bin, ...]
    curve: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a corpus, with the stamp of the code, knowledge and model they were made with.

    With `show_test` false, as it is unless somebody insists, test data appear in totals only.
    """

    documents: tuple[DocumentScores, ...]
    stamp: Stamp
    show_test: bool = False

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Every metric, pooled over the documents, in the order of `kb/scoring.toml`."""
        return tuple(self.metric(name) for name in load_scoring().metrics)

    def metric(self, name: str) -> Metric:
        """Returns one metric, pooled over the documents."""
        return metric(name, [document.counts[name] for document in self.documents])

    @property
    def shown(self) -> tuple[DocumentScores, ...]:
        """The documents of which more than totals may be shown."""
        return tuple(document for document in self.documents if self.show_test or document.split != TEST)

    @property
    def misses(self) -> tuple[Miss, ...]:
        """The disagreements that may be shown, document by document."""
        return tuple(miss for document in self.shown for miss in document.misses)

    @property
    def withheld(self) -> int:
        """How many disagreements are not shown."""
        return sum(len(document.misses) for document in self.documents) - len(self.misses)

    @property
    def groups(self) -> Groups:
        """The counts of the documents that may be shown, by template and by the groups of claims."""
        pooled: dict[str, dict[str, dict[str, Counts]]] = {name: {} for name in load_scoring().dimensions}
        for document in self.shown:
            for dimension, groups in {
                "template": {document.template: document.counts},
                **document.groups,
            }.items():
                for group, counts in groups.items():
                    sums = pooled[dimension].setdefault(group, {})
                    for name, item in counts.items():
                        sums[name] = sums[name] + item if name in sums else item
        order = {flag.id: place for place, flag in enumerate(load_scoring().flags)}
        return {
            dimension: dict(sorted(groups.items(), key=lambda item: (order.get(item[0], 0), item[0])))
            for dimension, groups in pooled.items()
        }

    def numbers(self, *, labelled: bool = False) -> Mapping[Status, int]:
        """Returns how many numbers of the prose ended with each fate, by the program or by the labels."""
        fates = [document.labelled if labelled else document.found for document in self.documents]
        return {status: sum(fate.get(status, 0) for fate in fates) for status in Status}

    def alarm_rate(self, *, clean: bool = False) -> AlarmRate:
        """Returns the false alarms of all reports, or of those (`clean`) whose labels hold no finding."""
        found = [document.alarms for document in self.documents if document.alarms.clean or not clean]
        counts = [item.alarms for item in found]
        return AlarmRate(
            len(found),
            sum(counts),
            sum(item.notes for item in found),
            sum(count > 0 for count in counts),
            resampled(counts, lambda drawn: sum(drawn) / len(drawn)),
        )

    @property
    def confidence(self) -> Confidence:
        """How far the scores of links can be trusted."""
        documents = [document.ranked for document in self.documents]
        ranked = [link for links in documents for link in links]
        sums = [tenths(links) for links in documents]
        several = sum(map(bool, documents)) > 1
        curve = risk_curve(ranked)
        return Confidence(
            len(ranked),
            brier(ranked),
            resampled([_squares(links) for links in documents], _mean_square) if several else None,
            calibration_error(sums),
            resampled(sums, calibration_error) if several else None,
            area(curve),
            reliability(ranked),
            curve,
        )


def _squares(links: Sequence[Ranked]) -> tuple[float, int]:
    return (brier(links) or 0.0) * len(links), len(links)


def _mean_square(drawn: Sequence[tuple[float, int]]) -> float | None:
    total = sum(count for _, count in drawn)
    return sum(square for square, _ in drawn) / total if total else None
