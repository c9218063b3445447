"""The dashboard of a run, and the page of the findings between its reports: one file, nothing fetched, nothing run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from markupsafe import Markup

from ...data import Severity, Status, Verdict
from ...data.collection import CollectionFinding, RunTotals
from ..charts import Axis, Bar, Part, bar_chart, chart_style
from ..messages import Message
from ..pages import HTML_LANGUAGE, page_style, policy, template
from ..words import Words
from .listing import Compared, severity_counts, tally
from .messages import label_of, place_of, quote_of, said_of, stated_at

_SEVERITIES = (Severity.ERROR, Severity.REVIEW, Severity.INFO)
_TONES = ("red", "amber", "blue")
_MOST = 12
_WIDTH = 620
_NARROW = 540
_CHECKED = frozenset(
    {Verdict.MATCH, Verdict.APPROXIMATE, Verdict.MISMATCH, Verdict.SCOPE, Verdict.EMPTY, Verdict.DOUBTFUL}
)


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole: its colour, sign, name and count, where it begins and how wide it is, in percent."""

    tone: str
    icon: str
    name: str
    count: int
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Tile:
    """A number at the top of the page, with what it is and what stands below it."""

    value: str
    name: str
    note: str
    tone: str = ""


def write_dashboard(totals: RunTotals, name: str, words: Words) -> str:
    """Returns the dashboard of the run `name`."""
    return _page(
        words,
        title=words.word("title.dashboard"),
        name=name,
        totals=totals,
        tiles=_tiles(totals, words),
        charts=_charts(totals, words),
        numbers=_shares(
            totals.statuses_of_numbers,
            [(f"n-{status}", "", f"status.{status}", status) for status in Status],
            words,
        ),
        verdicts=_shares(
            totals.verdicts,
            [(f"v-{item}", words.icon(item), f"verdict.{item}", item) for item in Verdict],
            words,
        ),
        findings=totals.findings,
        compared=totals.compared,
    )


def write_collection_page(findings: Sequence[CollectionFinding], compared: Compared, words: Words) -> str:
    """Returns the page of the findings between the reports of a run."""
    return _page(
        words,
        title=words.word("title.collection"),
        name="",
        totals=None,
        tiles=(),
        charts={},
        numbers=(),
        verdicts=(),
        findings=findings,
        compared=compared,
    )


def _page(
    words: Words,
    *,
    findings: Sequence[CollectionFinding],
    compared: Compared | None,
    **values: object,
) -> str:
    style = page_style("dashboard.css") + chart_style()
    counts = severity_counts(findings)
    return template("dashboard.html").render(
        language=HTML_LANGUAGE[words.lang],
        policy=policy([style]),
        style=Markup(style),
        words=words,
        word=words.word,
        severities=[(item, counts[item]) for item in _SEVERITIES if counts[item]],
        findings=[_finding(place, finding, words) for place, finding in _gravest_first(findings)],
        compared=None if compared is None else tally(compared, words),
        base=lambda source: PurePath(source).name or source,
        **values,
    )


def _gravest_first(findings: Sequence[CollectionFinding]) -> list[tuple[int, CollectionFinding]]:
    """Returns `findings` with their numbers, which tell the order of bodies and years, the gravest first."""
    order = list(Severity)
    return sorted(enumerate(findings, 1), key=lambda item: order.index(item[1].severity))


def _finding(place: int, finding: CollectionFinding, words: Words) -> dict[str, object]:
    said: Message = said_of(finding, words)
    return {
        "id": f"C{place}",
        "finding": finding,
        "said": said,
        "exhibits": [
            {
                "year": exhibit.year,
                "body": exhibit.body,
                "place": place_of(exhibit, words),
                "label": label_of(exhibit, words),
                "value": stated_at(exhibit),
                "quote": quote_of(exhibit) if exhibit.kind == "claim" else "",
                "source": exhibit.source,
            }
            for exhibit in finding.exhibits
        ],
    }


def _tiles(totals: RunTotals, words: Words) -> tuple[Tile, ...]:
    documents = sum(totals.statuses.values())
    failed = documents - totals.statuses.get("ok", 0)
    numbers = sum(totals.statuses_of_numbers.values())
    unexplained = totals.statuses_of_numbers.get(Status.UNEXPLAINED, 0)
    claims = sum(totals.verdicts.values())
    checked = sum(count for verdict, count in totals.verdicts.items() if verdict in _CHECKED)
    errors, reviews, infos = totals.severities
    between = severity_counts(totals.findings)
    years = [year for year, *_ in totals.years]
    span = f"{min(years)}–{max(years)}" if years else "–"
    tiles = [
        Tile(
            f"{documents:,}",
            words.word("dashboard.reports"),
            words.say("dashboard.reports", bodies=totals.body_count, years=span),
        ),
        Tile(
            f"{claims:,}",
            words.word("dashboard.claims"),
            words.say("dashboard.claims", checked=_percent(checked, claims)),
        ),
        Tile(
            _percent(numbers - unexplained, numbers),
            words.word("dashboard.coverage"),
            words.say("dashboard.coverage", unexplained=f"{unexplained:,}", numbers=f"{numbers:,}"),
        ),
        Tile(
            f"{errors + reviews + infos:,}",
            words.word("dashboard.findings"),
            words.say("dashboard.findings", errors=f"{errors:,}", reviews=f"{reviews:,}"),
            "s-error" if errors else "",
        ),
        Tile(
            f"{len(totals.findings):,}" if totals.compared is not None else "–",
            words.word("dashboard.between"),
            words.say("dashboard.between", errors=between[Severity.ERROR], reviews=between[Severity.REVIEW])
            if totals.compared is not None
            else words.say("dashboard.not_compared"),
            "s-error" if between[Severity.ERROR] else "",
        ),
        Tile(
            f"{failed:,}",
            words.word("dashboard.rejected"),
            words.say("dashboard.rejected", share=_percent(failed, documents)),
            "s-review" if failed else "",
        ),
    ]
    return tuple(tiles)


def _charts(totals: RunTotals, words: Words) -> dict[str, Markup]:
    """Returns the charts by name; those with nothing to show are left out."""
    titles = words.knowledge.messages.findings
    codes = [
        (titles[code].title[words.lang] if code in titles else code, counts)
        for code, counts in totals.codes[:_MOST]
    ]
    bodies = [(body, counts) for body, _, counts in totals.bodies[:_MOST] if sum(counts)]
    years = [(f"{year} ({reports})", counts) for year, reports, counts in totals.years]
    charts = {
        "codes": _severity_chart("dashboard.by_code", codes, words, _WIDTH),
        "years": _severity_chart("dashboard.by_year", years, words, _NARROW),
        "bodies": _severity_chart("dashboard.by_body", bodies, words, _WIDTH),
        "templates": _plain_chart(
            "dashboard.templates", [(words.form(name), count) for name, count in totals.templates], words
        ),
        "formats": _plain_chart("dashboard.formats", totals.formats, words),
    }
    return {name: chart for name, chart in charts.items() if chart is not None}


def _severity_chart(
    key: str, rows: Iterable[tuple[str, tuple[int, int, int]]], words: Words, width: int
) -> Markup | None:
    bars = [Bar(label, counts) for label, counts in rows]
    if not bars:
        return None
    parts = [
        Part(words.word(f"severity.{severity}"), tone)
        for severity, tone in zip(_SEVERITIES, _TONES, strict=True)
    ]
    return bar_chart(words.word(key), words.say(key), parts, bars, Axis(""), width=width)


def _plain_chart(key: str, rows: Iterable[tuple[str, int]], words: Words) -> Markup | None:
    bars = [Bar(label or "–", (count,)) for label, count in rows]
    return (
        bar_chart(words.word(key), words.say(key), [Part("", "blue")], bars, Axis(""), width=_NARROW)
        if bars
        else None
    )


def _shares(
    counts: Mapping[str, int], kinds: Iterable[tuple[str, str, str, str]], words: Words
) -> tuple[Share, ...]:
    """Returns the parts of a whole in the order of `kinds`: (class, icon, word, key)."""
    total = sum(counts.values())
    shares, left = [], 0.0
    for tone, icon, word, key in kinds:
        count = counts.get(key, 0)
        if count:
            width = 100 * count / total
            shares.append(Share(tone, icon, words.word(word), count, round(left, 3), round(width, 3)))
            left += width
    return tuple(shares)


def _percent(part: int, whole: int) -> str:
    """Returns `part` of `whole` in percent, never rounded up to all or down to none; "–" of nothing."""
    if not whole:
        return "–"
    share = 1000 * part // whole / 10
    return f"{share:.1f}%" if part not in (0, whole) else f"{100 * part // whole}%"
