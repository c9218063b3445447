"""What tells a phrase that names a thing from one that says only what was done with a thing named before."""

from __future__ import annotations

import re

from ..data.records import record
from .source import Section


@record
class TopicWords:
    """The words by which a phrase is known to name nothing.

    `others` are nouns that name no thing by themselves, nor does what ends with one of `bounds`. A noun behind a
    preposition, or a verb whose end `toward` matches, says where to or by whom. Units of the classes `deeds` count
    what was done or whom it was done to, so that a verb alone names it (走访|12次, 约谈|4人).
    """

    others: frozenset[str]
    bounds: tuple[str, ...]
    toward: re.Pattern[str]
    deeds: frozenset[str]


def read_topics(table: Section) -> TopicWords:
    """Returns the table `topics`."""
    return TopicWords(
        others=table.set("others"),
        bounds=table.texts("bounds"),
        toward=table.compiled(f"(?:{table.text('toward')})$", "toward"),
        deeds=table.set("deeds"),
    )
