"""One self-contained HTML page: no request leaves it, nothing in it runs but its own two hashed snippets."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from ..data import Result, Verdict
from .document import document_of
from .summary import meta_lines
from .view import APART, View, view_of
from .words import Words, number

_HTML_LANGUAGE = {"zh": "zh-Hans", "en": "en"}


def write_html(results: Sequence[Result], words: Words) -> str:
    """Returns the page of all `results`.

    Report text reaches the page through autoescaping only; style and script are named to the
    browser by their hashes in a content security policy that forbids everything else.
    """
    style, script = _asset("style.css"), _asset("script.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    views = [view_of(result, words) for result in results]
    return _template().render(
        language=_HTML_LANGUAGE[words.lang],
        policy=policy,
        style=Markup(style),
        script=Markup(script),
        words=words,
        word=words.word,
        icon=words.icon,
        number=number,
        apart=APART,
        verdicts=[verdict for verdict in Verdict if any(verdict in view.verdicts for view in views)],
        totals={verdict: sum(view.verdicts.get(verdict, 0) for view in views) for verdict in Verdict},
        reports=[
            {
                "key": f"r{index}",
                "view": view,
                "meta": meta_lines(view)[1:],
                "document": document_of(view, f"r{index}"),
                "bars": _bars(view),
            }
            for index, view in enumerate(views, 1)
        ],
    )


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


def _asset(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("extractor.writers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
