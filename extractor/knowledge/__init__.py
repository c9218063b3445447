"""What the toolkit knows, read from the TOML and word files under `kb/` and cross-checked.

The only package that knows the layout of `kb/`; everything else sees frozen records.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .arithmetic import Arithmetic, load_arithmetic
from .bodies import Bodies, load_bodies
from .collection import Comparison, load_comparison
from .discourse import Discourse, load_discourse
from .inputs import Inputs, load_inputs
from .language import Language, load_language
from .layout import Layout, load_layout
from .linking import Linking, load_linking
from .messages import Messages, load_messages
from .source import kb_hash
from .templates import Templates, load_templates

__all__ = [
    "Arithmetic",
    "Bodies",
    "Comparison",
    "Discourse",
    "Inputs",
    "Knowledge",
    "Language",
    "Layout",
    "Linking",
    "Messages",
    "Templates",
    "load",
]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All knowledge, by the room that uses it; `hash` identifies the data files it was read from."""

    language: Language
    layout: Layout
    templates: Templates
    discourse: Discourse
    linking: Linking
    arithmetic: Arithmetic
    bodies: Bodies
    comparison: Comparison
    inputs: Inputs
    messages: Messages
    hash: str


@cache
def load() -> Knowledge:
    """Returns the knowledge, read once a process.

    Raises:
        KnowledgeError: a data file is wrong; the message names file, key, found and expected.
    """
    templates, messages = load_templates(), load_messages()
    return Knowledge(
        language=load_language(),
        layout=load_layout(),
        templates=templates,
        discourse=load_discourse(),
        linking=load_linking(),
        arithmetic=load_arithmetic(),
        bodies=load_bodies(),
        comparison=load_comparison(templates, messages),
        inputs=load_inputs(),
        messages=messages,
        hash=kb_hash(),
    )
