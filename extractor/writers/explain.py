"""Everything the toolkit knows about one place of the text: the answer to "why does it say that?"."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from ..data import Claim, Figure, Number, Result, Status
from .evidence import stated, topic
from .listing import interval_text
from .prose import Prose
from .text import draw, fields, heading, marked, trial_texts, verdict_text
from .view import Row, View, check_line, view_of
from .words import Words, number, squeeze

Pairs = list[tuple[str, str | Text]]

_AROUND = 20


def write_explanation(
    result: Result, offset: int, words: Words, width: int = 100, colour: bool = False
) -> str:
    """Returns what stands at character `offset` of `result.report.text`.

    Covers the number and its fate, every claim around it with its link and arithmetic, the table
    cell, and the findings and checks they are in.
    """
    return explain(view_of(result, words), offset, width, colour)


def explain(view: View, offset: int, width: int = 100, colour: bool = False) -> str:
    """Returns what `write_explanation` does, of a view that is there already."""
    words = view.words
    parts = [_place(view, offset), *_numbers(view, offset), *_claims(view, offset), *_figures(view, offset)]
    if len(parts) == 1:
        parts.append(Prose(words.say("nothing_here")))
    return draw(parts, width, colour)


def _place(view: View, offset: int) -> RenderableType:
    words, report = view.words, view.result.report
    region = next((item for item in report.regions if item.start <= offset < item.end), None)
    spans = [(item.start, item.end) for item in view.result.numbers if item.start <= offset < item.end]
    start, end = spans[0] if spans else (offset, offset + 1)
    pairs: Pairs = [(words.word("label.file"), report.source), (words.word("label.place"), str(offset))]
    if region is not None:
        kind = words.word(f"text.{region.kind}")
        reason = words.drop(region.reason) if region.reason else ""
        pairs.append((words.word("label.region"), f"{kind} ({reason})" if reason else kind))
    before = squeeze(report.text[max(0, start - _AROUND) : start])
    after = squeeze(report.text[end : end + _AROUND])
    pairs.append((words.word("label.sentence"), f"{before}【{report.text[start:end]}】{after}"))
    return Group(heading(words.word("title.explain")), fields(pairs))


def _numbers(view: View, offset: int) -> Iterator[RenderableType]:
    for item in view.result.numbers:
        if item.start <= offset < item.end:
            yield _number(item, view.words)


def _number(item: Number, words: Words) -> RenderableType:
    pairs: Pairs = [
        (words.word("label.place"), f"{item.start}–{item.end}"),
        (words.word("label.status"), words.word(f"status.{item.status}")),
    ]
    if item.status is not Status.CLAIMED:
        pairs.append((words.word("label.reason"), f"{words.reason(item.reason)} ({item.reason})"))
    return Group(heading(f"{words.word('label.numbers')} {squeeze(item.text)}"), fields(pairs))


def _claims(view: View, offset: int) -> Iterator[RenderableType]:
    for row in view.rows:
        if row.claim.start <= offset < row.claim.end:
            yield heading(f"{view.words.word('title.claims')} {row.claim.id}")
            yield fields(_claim(row, view))
            yield from _involved(view, claim=row.claim.id)


def _claim(row: Row, view: View) -> Pairs:
    words, claim = view.words, row.claim
    title, description = words.rule(claim.rule)
    pairs: Pairs = [
        (words.word("label.sentence"), marked(row.quote)),
        (words.word("label.value"), f"{number(claim.value)} {interval_text(claim.interval)}".strip()),
        (words.word("label.unit"), claim.unit),
        (words.word("label.hedge"), claim.hedge),
        (words.word("label.indicator"), topic(claim)),
        (words.word("label.context"), " ← ".join(claim.context)),
        (words.word("label.verb"), claim.verb),
        (words.word("label.scope"), _with_text(words.word(f"scope.{claim.scope.kind}"), claim.scope.text)),
        (
            words.word("label.period"),
            _with_text(words.word(f"period.{claim.period.kind}"), claim.period.text),
        ),
        (words.word("label.relation"), words.word(f"relation.{claim.relation}")),
        (words.word("label.part_of"), _named(claim.part_of, view)),
        (words.word("label.parts"), _parts(claim, view)),
        (words.word("label.section"), " / ".join(claim.section)),
        (words.word("label.rule"), f"{title} ({claim.rule})" if title != claim.rule else title),
        ("", description),
        (words.word("label.verdict"), verdict_text(row.verdict, words)),
    ]
    return [(label, value) for label, value in pairs if value] + _link(row, view)


def _link(row: Row, view: View) -> Pairs:
    words, link = view.words, row.link
    if link is None:
        return []
    pairs: Pairs = [(words.word("label.reason"), f"{row.why} ({link.why})")]
    if row.figures:
        cells = "\n".join(_cell(figure, view) for figure in row.figures)
        pairs.append((words.word("label.cell"), cells))
        pairs.append((words.word("label.evidence"), number(link.score)))
    if row.trials:
        pairs.append((words.word("label.tried"), trial_texts(row.trials, words)))
    if link.rivals:
        rivals = [view.evidence.figures[key] for key in link.rivals]
        pairs.append((words.word("label.rivals"), "\n".join(_cell(figure, view) for figure in rivals)))
    return pairs


def _figures(view: View, offset: int) -> Iterator[RenderableType]:
    words = view.words
    for figure in view.result.reading.figures:
        if figure.start <= offset < figure.end:
            pairs: Pairs = [
                (words.word("label.row_label"), " / ".join(figure.row_path) or figure.row_label),
                (words.word("label.column_label"), " / ".join(figure.column_path) or figure.column_label),
                (words.word("label.row_id"), figure.indicator or ""),
                (words.word("label.value"), number(figure.value) or words.word(f"state.{figure.state}")),
                (words.word("label.unit"), figure.unit),
            ]
            yield heading(f"{words.word('label.cell')} {figure.address}")
            yield fields([(label, value) for label, value in pairs if value])
            yield from _involved(view, figure=figure.id)


def _involved(view: View, claim: str = "", figure: str = "") -> Iterator[RenderableType]:
    """Yields the findings and checks that `claim` or `figure` is in."""
    words = view.words
    colon = words.word("label.colon")
    for item in view.findings:
        if claim in item.finding.claims or figure in item.finding.figures:
            text = f"{words.icon(item.finding.severity)} {item.message.title}{colon}{item.message.text}"
            yield Padding(Prose(text), (0, 0, 0, 2))
    for check in view.result.checks:
        if check.holds and (claim in check.claims or figure in check.figures):
            line = check_line(check, view.evidence)
            yield Padding(Prose(f"{words.icon('match')} {line.figures}{colon}{line.words}"), (0, 0, 0, 2))


def _cell(figure: Figure, view: View) -> str:
    value = number(figure.value) or view.words.word(f"state.{figure.state}")
    return f"{figure.address} {view.evidence.label(figure)} = {value}{figure.unit if figure.value is not None else ''}"


def _with_text(word: str, text: str) -> str:
    return f"{word} (“{squeeze(text)}”)" if text else word


def _named(claim_id: str | None, view: View) -> str:
    if claim_id is None:
        return ""
    claim = view.evidence.claims[claim_id]
    return f"{claim_id} {topic(claim)} {stated(claim)}"


def _parts(claim: Claim, view: View) -> str:
    parts = [_named(item.id, view) for item in view.result.claims if item.part_of == claim.id]
    return "\n".join(parts)
