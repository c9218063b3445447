"""The page of an evaluation: metrics, charts, groups, and each error in its sentence with the program's account.

One self-contained file, as the audit's page is; of test data it holds totals only, unless the scores show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ..data import Result, Status
from ..knowledge.scoring import Scoring, load_scoring
from ..score import Contrast, Miss
from ..score.text import TELLING, bounds, ratio, share
from ..writers.charts import Axis, Bar, Part, Series, bar_chart, chart_style, line_chart
from ..writers.explain import explain
from ..writers.pages import HTML_LANGUAGE, asset, page_style, policy, template
from ..writers.view import View, view_of
from ..writers.words import Words
from . import Evaluation

_STOPS = "。！？!?；;\n"
_AROUND = 90
_WIDTH = 92


@dataclass(frozen=True, slots=True)
class Case:
    """One disagreement as the page shows it: `report` counts from 0; no words where it has no place in the text."""

    metric: str
    kind: str
    report: int
    miss: Miss
    before: str
    text: str
    after: str
    account: str


def write_page(evaluation: Evaluation, words: Words, contrast: Contrast | None = None) -> str:
    """Returns the page of an evaluation in the language of `words`; report text reaches it escaped only."""
    scores, knowledge = evaluation.scores, load_scoring()
    cases = list(_cases(evaluation, words))
    style = page_style("style.css") + chart_style() + asset("scorecard.css")
    script = asset("scorecard.js")

    def say(key: str, **values: object) -> str:
        return knowledge.word(key, words.lang).format(**values)

    return template("scorecard.html").render(
        language=HTML_LANGUAGE[words.lang],
        policy=policy([style], [script]),
        style=Markup(style),
        script=Markup(script),
        lang=words.lang,
        tell=say,
        knowledge=knowledge,
        scores=scores,
        metrics=scores.metrics,
        contrast=contrast,
        charts=_charts(evaluation, knowledge, words.lang),
        rates=[("alarms_all", scores.alarm_rate()), ("alarms_clean", scores.alarm_rate(clean=True))],
        confidence=scores.confidence,
        groups=scores.groups,
        telling=TELLING,
        cases=cases,
        counts=_counts(cases),
        reports=[document.file for document in scores.shown],
        share=share,
        ratio=ratio,
        bounds=bounds,
    )


def _counts(cases: list[Case]) -> Mapping[str, Mapping[str | int, int]]:
    """Returns how many cases each choice of a filter leaves."""
    return {
        "metric": Counter(case.metric for case in cases),
        "kind": Counter(case.kind for case in cases),
        "report": Counter(case.report for case in cases),
    }


# ---------------------------------------------------------------- errors


def _cases(evaluation: Evaluation, words: Words) -> Iterator[Case]:
    scores = evaluation.scores
    shown = set(map(id, scores.shown))
    open_ones = [
        (document, result)
        for document, result in zip(scores.documents, evaluation.results, strict=True)
        if id(document) in shown
    ]
    for index, (document, result) in enumerate(open_ones):
        view = view_of(result, words) if document.misses else None
        accounts: dict[int, str] = {}
        for miss in document.misses:
            before, text, after = _place(result, miss)
            if text and view is not None and miss.start not in accounts:
                accounts[miss.start] = _account(view, miss.start)
            account = accounts.get(miss.start, "") if text else ""
            yield Case(miss.metric, miss.kind, index, miss, before, text, after, account)


def _place(result: Result, miss: Miss) -> tuple[str, str, str]:
    """Returns the sentence of a miss in three parts, the labelled words in the middle."""
    text = result.report.text
    if miss.start >= miss.end:
        return "", "", ""
    left = max(text.rfind(stop, 0, miss.start) + 1 for stop in _STOPS)
    ends = [place for stop in _STOPS if (place := text.find(stop, miss.end)) >= 0]
    right = min([*(place + 1 for place in ends), len(text)])
    before, after = text[left : miss.start].lstrip(), text[miss.end : right].rstrip()
    if len(before) > _AROUND:
        before = f"…{before[-_AROUND:]}"
    if len(after) > _AROUND:
        after = f"{after[:_AROUND]}…"
    return before, text[miss.start : miss.end], after


def _account(view: View, offset: int) -> str:
    return "\n".join(line.rstrip() for line in explain(view, offset, _WIDTH).splitlines()).strip("\n")


# ---------------------------------------------------------------- charts


def _charts(evaluation: Evaluation, knowledge: Scoring, lang: str) -> Mapping[str, Markup]:
    scores = evaluation.scores

    def say(key: str) -> str:
        return knowledge.word(key, lang)

    found, whole = scores.confidence, Axis(low=0, high=1, percent=True)
    charts = {"metrics": _metrics_chart(evaluation, knowledge, lang)}
    fates = [(say(key), scores.numbers(labelled=labelled)) for key, labelled in _SIDES]
    parts = [
        Part(say(status.value), tone) for status, tone in zip(Status, ("blue", "grey", "amber"), strict=True)
    ]
    bars = [Bar(side, tuple(fate[status] for status in Status)) for side, fate in fates]
    charts["coverage"] = bar_chart(say("coverage"), _told(parts, bars), parts, bars, Axis())
    if found.bins:
        points = tuple((item.score, item.right) for item in found.bins)
        charts["reliability"] = line_chart(
            say("reliability"),
            "; ".join(f"{x:.2f} → {y:.2f}" for x, y in points),
            [Series(say("links"), points)],
            Axis(say("given"), 0, 1, percent=True),
            Axis(say("came_true"), 0, 1, percent=True),
            diagonal=True,
            width=400,
            height=340,
        )
        charts["risk"] = line_chart(
            say("risk"),
            f"{say('area')}: {share(found.area)}",
            [Series(say("links"), found.curve, "amber")],
            Axis(say("coverage_axis"), whole.low, whole.high, percent=True),
            Axis(say("risk_axis"), 0, percent=True),
            width=400,
            height=340,
        )
    return charts


_SIDES = (("by_program", False), ("by_labels", True))


def _metrics_chart(evaluation: Evaluation, knowledge: Scoring, lang: str) -> Markup:
    bars = []
    for item in evaluation.scores.metrics:
        counts = item.counts
        value, interval = (
            (counts.recall, item.recall_interval) if counts.found is None else (counts.f1, item.f1_interval)
        )
        if value is not None:
            bars.append(Bar(knowledge.metrics[item.name][lang], (value,), share(value), interval))
    about = "; ".join(f"{bar.label} {bar.note}" for bar in bars)
    title = knowledge.word("f1", lang)
    return bar_chart(title, about, [Part("")], bars, Axis(low=0, high=1, percent=True), width=760)


def _told(parts: list[Part], bars: list[Bar]) -> str:
    return "; ".join(
        f"{bar.label}: {', '.join(f'{part.name} {amount}' for part, amount in zip(parts, bar.amounts, strict=True))}"
        for bar in bars
    )
