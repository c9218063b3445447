"""What self-contained pages share: templates that escape, style and script, the policy that names them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

HTML_LANGUAGE = {"zh": "zh-Hans", "en": "en"}


def asset(name: str) -> str:
    """Returns the text of the file `name` beside the templates."""
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


def page_style(*names: str) -> str:
    """Returns the style of a page: the colours and letters all pages share, and the files `names` in their order."""
    return "".join(map(asset, ("palette.css", *names)))


def policy(styles: Sequence[str], scripts: Sequence[str] = ()) -> str:
    """Returns a content security policy that lets the page's own styles and scripts run, and nothing else.

    They are named by the hashes of their text, so the text between the tags must be exactly this.
    """
    named = {"style-src": styles, "script-src": scripts}
    allowed = "".join(
        f"{kind} {' '.join(map(_hash, sources))}; " for kind, sources in named.items() if sources
    )
    return f"default-src 'none'; {allowed}img-src data:; base-uri 'none'; form-action 'none'"


def template(name: str) -> Template:
    """Returns the template `name`; all that is put into it is escaped."""
    return _environment().get_template(name)


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("extractor.writers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
