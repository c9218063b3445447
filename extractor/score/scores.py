"""What an evaluation says: counts a document, metrics over all of them, and each miss with its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..data import Stamp
from ..knowledge.scoring import load_scoring
from .counts import Bounds, Counts, Metric, metric


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


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """The counts of one report by metric, and its misses in text order."""

    file: str
    counts: Mapping[str, Counts]
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a corpus, with the stamp of the code, knowledge and model they were made with."""

    documents: tuple[DocumentScores, ...]
    stamp: Stamp

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Every metric, pooled over the documents, in the order of `kb/scoring.toml`."""
        return tuple(self.metric(name) for name in load_scoring().metrics)

    def metric(self, name: str) -> Metric:
        """Returns one metric, pooled over the documents."""
        return metric(name, [document.counts[name] for document in self.documents])

    @property
    def misses(self) -> tuple[Miss, ...]:
        """All disagreements, document by document."""
        return tuple(miss for document in self.documents for miss in document.misses)

    def to_dict(self, *, misses: bool = True) -> dict[str, Any]:
        """Returns everything as plain data, fit for JSON; an undefined ratio is None.

        Without `misses` it only counts: what is kept of test data must not show a reader its errors.
        """
        return {
            "stamp": {"version": self.stamp.version, "kb": self.stamp.kb, "model": self.stamp.model},
            "documents": [document.file for document in self.documents],
            "metrics": {item.name: item.to_dict() for item in self.metrics},
            "misses": [
                {field: getattr(miss, field) for field in Miss.__dataclass_fields__}
                for miss in (self.misses if misses else ())
            ],
        }

    def to_text(self, lang: str = "zh", *, misses: bool = True) -> str:
        """Returns the metrics as a Markdown table and the misses as a list (or their number), in `zh` or `en`."""
        words = load_scoring()
        say = words.word
        head = [say(key, lang) for key in ("metric", "precision", "recall", "f1")]
        lines = [
            say("title", lang).format(documents=len(self.documents)),
            "",
            f"| {' | '.join(head)} |",
            "|---|---:|---:|---:|",
        ]
        for item in self.metrics:
            counts = item.counts
            cells = [
                words.metrics[item.name][lang],
                _ratio(counts.precision, counts.hits, counts.found, item.precision_interval),
                _ratio(counts.recall, counts.hits, counts.gold, item.recall_interval),
                _share(counts.f1) + _bounds(item.f1_interval),
            ]
            lines.append(f"| {' | '.join(cells)} |")
        lines += ["", say("misses", lang).format(count=len(self.misses))]
        lines += [
            f"- {words.metrics[miss.metric][lang]} · {miss.file} {miss.start}–{miss.end} {miss.text!r}: "
            + say("miss", lang).format(expected=miss.expected or "—", actual=miss.actual or "—")
            for miss in (self.misses if misses else ())
        ]
        stamp = self.stamp
        lines += ["", f"{say('stamp', lang)} {stamp.version} · kb {stamp.kb} · {stamp.model}"]
        return "\n".join(lines) + "\n"


def _ratio(value: float | None, hits: int, total: int | None, interval: Bounds | None) -> str:
    if total is None:
        return "—"
    return f"{_share(value)} ({hits}/{total}){_bounds(interval)}"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _bounds(interval: Bounds | None) -> str:
    return "" if interval is None else f" [{interval[0]:.3f}, {interval[1]:.3f}]"
