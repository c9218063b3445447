"""What the toolkit knows, read from the TOML and word files under `kb/` and cross-checked.

The only package that knows the layout of `kb/`; everything else sees frozen records.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from .arithmetic import load_arithmetic
from .checking import Arithmetic
from .discourse import Discourse, load_discourse
from .language import Language, load_language
from .layout import Layout, load_layout
from .linking import Linking, load_linking
from .messages import Messages, load_messages
from .source import kb_hash
from .templates import Templates, load_templates

if TYPE_CHECKING:
    from .bodies import Bodies
    from .collection import Comparison
    from .directions import Directions
    from .inputs import Inputs
    from .ledgers import Identities
    from .outlines import Outline
    from .statements import Statements

__all__ = [
    "Arithmetic",
    "Discourse",
    "Knowledge",
    "Language",
    "Layout",
    "Linking",
    "Messages",
    "Templates",
    "load",
]


@dataclass(frozen=True)
class Knowledge:
    """All knowledge, by the room that uses it; `hash` identifies the data files it was read from.

    What only collections of reports or one kind of them need is read when it is first asked for; what only evaluations
    need is `scoring.load_scoring`.
    """

    language: Language
    layout: Layout
    templates: Templates
    discourse: Discourse
    linking: Linking
    arithmetic: Arithmetic
    messages: Messages
    hash: str

    @cached_property
    def bodies(self) -> Bodies:
        """Whose report a document is."""
        from .bodies import load_bodies

        return load_bodies()

    @cached_property
    def comparison(self) -> Comparison:
        """What must agree between reports."""
        from .collection import load_comparison

        return load_comparison(self.templates, self.messages)

    @cached_property
    def inputs(self) -> Inputs:
        """The containers and lists that reports come in."""
        from .inputs import load_inputs

        return load_inputs()

    @cached_property
    def directions(self) -> Directions:
        """How a text says which of two numbers is the greater."""
        from .directions import load_directions

        return load_directions()

    @cached_property
    def statements(self) -> Statements:
        """The form of final accounts and budgets."""
        from .statements import load_statements

        return load_statements()

    @cached_property
    def identities(self) -> Identities:
        """What must agree in the tables of that form."""
        from .ledgers import load_identities

        return load_identities(self.statements.kinds)

    @cached_property
    def outline(self) -> Outline:
        """The titles of that form."""
        from .outlines import load_outline

        return load_outline(self.statements.kinds)

    def check(self) -> None:
        """Reads what is read only when asked for.

        Raises:
            KnowledgeError: as `load`.
        """
        from .scoring import load_scoring

        _ = self.bodies, self.comparison, self.inputs, self.directions, self.statements
        _ = self.identities, self.outline, load_scoring()


@cache
def load() -> Knowledge:
    """Returns the knowledge, read once a process.

    Raises:
        KnowledgeError: a data file is wrong; the message names file, key, found and expected.
    """
    return Knowledge(
        language=load_language(),
        layout=load_layout(),
        templates=load_templates(),
        discourse=load_discourse(),
        linking=load_linking(),
        arithmetic=load_arithmetic(),
        messages=load_messages(),
        hash=kb_hash(),
    )
