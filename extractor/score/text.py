"""Scores as Markdown, which a terminal shows as well."""

from __future__ import annotations

from collections.abc import Iterator

from ..data import Status
from ..knowledge.scoring import Scoring, load_scoring
from .contrast import Contrast
from .counts import Bounds, Counts
from .scores import Scores

TELLING = ("numbers", "claims", "values", "claims.right", "links.whole", "verdicts", "findings", "figures")
"""The metrics a table of groups has room for."""


def write_text(scores: Scores, lang: str = "zh", contrast: Contrast | None = None) -> str:
    """Returns everything that may be shown, the disagreements last, in `zh` or `en`."""
    writer = _Writer(scores, load_scoring(), lang)
    parts = [
        writer.metrics(),
        writer.contrast(contrast) if contrast else (),
        writer.coverage(),
        writer.alarms(),
        writer.confidence(),
        writer.groups(),
        writer.misses(),
    ]
    return "".join(f"{line}\n" for part in parts for line in part)


class _Writer:
    """Writes the parts of one evaluation in one language."""

    def __init__(self, scores: Scores, knowledge: Scoring, lang: str) -> None:
        self.scores = scores
        self.knowledge = knowledge
        self.lang = lang

    def say(self, key: str, **values: object) -> str:
        return self.knowledge.word(key, self.lang).format(**values)

    def heading(self, key: str, **values: object) -> Iterator[str]:
        yield from ("", f"## {self.say(key, **values)}", "")

    def head(self, *keys: str) -> Iterator[str]:
        yield f"| {' | '.join(self.say(key) for key in keys)} |"
        yield "|---|" + "---:|" * (len(keys) - 1)

    def name(self, metric: str) -> str:
        return self.knowledge.metrics[metric][self.lang]

    def metrics(self) -> Iterator[str]:
        yield from (self.say("title", documents=len(self.scores.documents)), "")
        stamp = self.scores.stamp
        yield from (f"{self.say('stamp')} {stamp.version} · kb {stamp.kb} · {stamp.model}", "")
        yield from self.head("metric", "precision", "recall", "f1")
        for item in self.scores.metrics:
            counts = item.counts
            yield row(
                self.name(item.name),
                ratio(counts.precision, counts.hits, counts.found) + bounds(item.precision_interval),
                ratio(counts.recall, counts.hits, counts.gold) + bounds(item.recall_interval),
                share(counts.f1) + bounds(item.f1_interval),
            )

    def contrast(self, contrast: Contrast) -> Iterator[str]:
        yield from self.heading("contrast", documents=len(contrast.documents))
        stamp = contrast.stamp
        yield from (f"{self.say('before')}: {stamp.version} · kb {stamp.kb} · {stamp.model}", "")
        yield from self.head("metric", "before", "after", "difference")
        for change in contrast.metrics:
            difference = "—" if change.difference is None else f"{change.difference:+.3f}"
            cells = share(change.before), share(change.after), difference + bounds(change.interval, "+.3f")
            yield row(self.name(change.name), *cells)
        for key in ("relabelled", "only_before", "only_after"):
            if files := getattr(contrast, key):
                yield from ("", f"{self.say(key)}: {', '.join(files)}")
        yield ""
        if not contrast.changed:
            yield self.say("unchanged")
            return
        yield f"{self.say('changed')}:"
        yield ""
        yield from self.head("report", "metric", "before", "after")
        for item in contrast.changed:
            yield row(item.file, self.name(item.metric), triple(item.before), triple(item.after))

    def coverage(self) -> Iterator[str]:
        yield from self.heading("coverage")
        yield from self.head("numbers", *(status.value for status in Status))
        for key, labelled in (("by_program", False), ("by_labels", True)):
            fates = self.scores.numbers(labelled=labelled)
            total = sum(fates.values())
            cells = [_part(fates[status], total) for status in Status]
            yield row(self.say(key), *cells)

    def alarms(self) -> Iterator[str]:
        yield from self.heading("alarms")
        yield from self.head("reports", "alarm_count", "alarm_mean", "alarmed", "note_count")
        for key, clean in (("alarms_all", False), ("alarms_clean", True)):
            rate = self.scores.alarm_rate(clean=clean)
            mean = "—" if rate.mean is None else f"{rate.mean:.2f}{bounds(rate.interval, '.2f')}"
            alarmed = f"{rate.alarmed}/{rate.reports}"
            yield row(f"{self.say(key)} ({rate.reports})", str(rate.alarms), mean, alarmed, str(rate.notes))

    def confidence(self) -> Iterator[str]:
        yield from self.heading("confidence")
        found = self.scores.confidence
        yield from self.head("links", "brier", "ece", "area")
        yield row(
            str(found.links),
            share(found.brier) + bounds(found.brier_interval),
            share(found.error) + bounds(found.error_interval),
            share(found.area),
        )
        if found.bins:
            yield ""
            yield from self.head("reliability", "links", "given", "came_true")
        for item in found.bins:
            yield row(
                f"{item.low:.1f}–{item.high:.1f}", str(item.count), share(item.score), share(item.right)
            )

    def groups(self) -> Iterator[str]:
        for dimension, groups in self.scores.groups.items():
            if not groups:
                continue
            names = [name for name in TELLING if name in next(iter(groups.values()))]
            yield from ("", f"## {self.knowledge.dimensions[dimension][self.lang]}", "")
            yield f"| {self.say('group')} | {' | '.join(f'{self.name(name)} F1' for name in names)} |"
            yield "|---|" + "---:|" * len(names)
            for group, counts in groups.items():
                title = self.knowledge.group_name(dimension, group, self.lang)
                yield row(title, *(_f1(counts[name]) for name in names))

    def misses(self) -> Iterator[str]:
        withheld = self.scores.withheld
        yield from self.heading("misses", count=len(self.scores.misses) + withheld)
        if withheld:
            yield from (self.say("withheld", count=withheld), "")
        for miss in self.scores.misses:
            kind = self.knowledge.kinds[miss.kind][self.lang]
            place = f"{miss.file} {miss.start}–{miss.end} {miss.text!r}"
            said = self.say("miss", expected=miss.expected or "—", actual=miss.actual or "—")
            yield f"- {self.name(miss.metric)} · {kind} · {place}: {said}"


def ratio(value: float | None, hits: int, total: int | None) -> str:
    """Returns a share with its numbers, "—" where it cannot be."""
    return "—" if total is None else f"{share(value)} ({hits}/{total})"


def share(value: float | None) -> str:
    """Returns a share to three places, "—" where it is undefined."""
    return "—" if value is None else f"{value:.3f}"


def bounds(interval: Bounds | None, form: str = ".3f") -> str:
    """Returns an interval behind a blank; nothing where there is none."""
    return "" if interval is None else f" [{interval[0]:{form}}, {interval[1]:{form}}]"


def _f1(counts: Counts) -> str:
    if counts.found is None:
        return ratio(counts.recall, counts.hits, counts.gold)
    return f"{share(counts.f1)} ({counts.hits}/{counts.gold}·{counts.found})"


def triple(counts: Counts) -> str:
    """Returns hits, labelled and found."""
    found = "—" if counts.found is None else counts.found
    return f"{counts.hits}/{counts.gold}·{found}"


def _part(count: int, total: int) -> str:
    return f"{count} ({share(count / total)})" if total else "0"


def row(*cells: str) -> str:
    """Returns a row of a Markdown table."""
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "｜").split())
