"""One self-contained HTML page: no request leaves it, nothing in it runs but its own two hashed snippets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from markupsafe import Markup

from ..data import Problem, Result, Verdict
from .document import document_of
from .pages import HTML_LANGUAGE, asset, page_style, policy, template
from .summary import meta_lines, silence
from .view import APART, View, explained, view_of
from .words import Words, number


def write_html(results: Sequence[Result], words: Words, refused: Sequence[Problem] = ()) -> str:
    """Returns the page of all `results`, and of the documents that were `refused`.

    Report text reaches the page through autoescaping only; style and script are named to the
    browser by their hashes in a content security policy that forbids everything else.
    """
    style, script = page_style("style.css"), asset("script.js")
    views = [view_of(result, words) for result in results]
    return template("page.html").render(
        language=HTML_LANGUAGE[words.lang],
        policy=policy([style], [script]),
        style=Markup(style),
        script=Markup(script),
        words=words,
        word=words.word,
        icon=words.icon,
        number=number,
        explained=explained,
        silence=silence,
        apart=APART,
        refused=list(zip(_names([problem.file for problem in refused]), refused, strict=True)),
        verdicts=[verdict for verdict in Verdict if any(verdict in view.verdicts for view in views)],
        totals={verdict: sum(view.verdicts.get(verdict, 0) for view in views) for verdict in Verdict},
        reports=[
            {
                "key": f"r{index}",
                "name": name,
                "view": view,
                "meta": meta_lines(view)[1:],
                "document": document_of(view, f"r{index}"),
                "bars": _bars(view),
            }
            for index, (name, view) in enumerate(
                zip(_names([result.report.source for result in results]), views, strict=True), 1
            )
        ],
    )


def _names(sources: Sequence[str]) -> list[str]:
    """Returns what documents are called on the page: their files, with the folders where files are alike."""
    names = [PurePath(source).name or source for source in sources]
    return [source if names.count(name) > 1 else name for source, name in zip(sources, names, strict=True)]


def _bars(view: View) -> list[tuple[str, list[tuple[str, float, float]]]]:
    """Returns the two proportion bars: for each part its class, its left edge and its width in percent."""
    bars = []
    for name, counts in (("verdicts", view.verdicts), ("statuses", view.statuses)):
        total = sum(counts.values())
        parts, left = [], 0.0
        for kind, count in counts.items():
            width = 100 * count / total
            parts.append((kind.value, round(left, 3), round(width, 3)))
            left += width
        bars.append((name, parts))
    return bars
