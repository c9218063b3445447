"""The command that scores the toolkit against labels: `extractor eval`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from .options import Lang, Language, Output, ScoreFormat
from .session import Session, emit, open_session, talk

if TYPE_CHECKING:
    from ..score import Scores

BELOW = 1
"""The exit code where a metric lies below what it must reach."""


def evaluate(
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="A labelled corpus, or a folder of some.", show_default=False),
    ],
    split: Annotated[str, typer.Option(help="Score this split only: development or test.")] = "",
    format: Annotated[
        ScoreFormat, typer.Option("--format", "-f", help="How the scores are written.")
    ] = ScoreFormat.TEXT,
    compare: Annotated[
        Path | None,
        typer.Option(
            "--compare",
            metavar="OTHER.json",
            help="Say what changed since a run kept with --format json.",
            show_default=False,
        ),
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-under",
            metavar="METRIC=VALUE",
            help="Exit with 1 where a metric is lower, as in claims=0.95 or findings.precision=1.",
            show_default=False,
        ),
    ] = None,
    show_test: Annotated[
        bool, typer.Option("--show-test", help="Show the errors of test data, which then are none any more.")
    ] = False,
    output: Output = None,
    lang: Language = Lang.ZH,
) -> None:
    """Score the toolkit against labels made by hand."""
    from .. import evaluation
    from ..score import read_kept, to_dict, write_text

    with open_session(lang, output) as session:
        least = [_least(setting) for setting in fail_under or ()]
        kept = None if compare is None else read_kept(compare)
        judged = evaluation.judge(path, session.knowledge, split=split, show_test=show_test)
        scores = judged.scores
        if kept is not None and not scores.shown:
            raise InputError("scores.test_only", str(path))
        contrast = None if kept is None else evaluation.contrast(kept, scores)
        if format is ScoreFormat.JSON:
            written = json.dumps(to_dict(scores, contrast), ensure_ascii=False, indent=2) + "\n"
        elif format is ScoreFormat.HTML:
            from ..evaluation.page import write_page

            written = write_page(judged, session.words, contrast)
        else:
            written = write_text(scores, lang.value, contrast)
        emit(written, output, session)
        below = [line for name, part, value in least for line in _below(scores, name, part, value, session)]
        for line in below:
            talk(line)
    if below:
        raise typer.Exit(BELOW)


_PARTS = ("f1", "precision", "recall")


def _least(setting: str) -> tuple[str, str, float]:
    """Returns metric, part of it ("" for F1, or recall where that is all there is) and the least it may be."""
    from ..knowledge.scoring import load_scoring

    name, _, value = setting.partition("=")
    metric, _, part = name.rpartition(".")
    if part not in _PARTS:
        metric, part = name, ""
    known = ", ".join(load_scoring().metrics)
    try:
        least = float(value)
    except ValueError as error:
        raise InputError("command.setting", setting, known=known) from error
    if metric not in load_scoring().metrics:
        raise InputError("command.choice", setting, value=metric, known=known)
    return metric, part, least


def _below(scores: Scores, name: str, part: str, least: float, session: Session) -> list[str]:
    """Returns what to say where the metric is lower than `least`, or not defined at all."""
    from ..knowledge.scoring import load_scoring

    counts = scores.metric(name).counts
    part = part or ("recall" if counts.found is None else "f1")
    value: float | None = getattr(counts, part)
    if value is not None and value >= least:
        return []
    shown = "—" if value is None else f"{value:.4f}"
    said = load_scoring().word("below", session.words.lang)
    return [said.format(metric=f"{name}.{part}", value=shown, least=least)]
