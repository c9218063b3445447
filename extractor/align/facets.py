"""What a phrase or a label says: what is counted, what was done with it, how, by whom, and what is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

EMPTY: frozenset[str] = frozenset()
NOTHING: Mapping[str, frozenset[str]] = MappingProxyType({})
SUBJECT = "subject"
CHANNEL = "channel"
INFORMATION = "information"
DETAILS = frozenset({"outcome", "reason", "route", "role", "stage"})
"""Kinds in which a value on one side only already means another row."""
MEASURES = frozenset({"measure", "flow"})
"""Kinds that say what of a thing is counted."""
DISTINCT = DETAILS | {"action", "channel"} | MEASURES
"""Kinds in which different values mean different things."""


class Facets(NamedTuple):
    """What a phrase says. `values` holds the values by kind, `residue` the Han text no word covers.

    `modifiers` are objects named before the head that narrow it. `object_from` says where the object
    comes from: own, context, implied, section, or "" where there is none; `inherited` are the kinds the phrase
    itself does not say. `context_residue` is the residue of the phrase its object comes from, or of the
    nearest one about another object (`apart`). `core` is the phrase without neutral words, applicants,
    numbers and punctuation. `stretch` and `context_stretch` are the words the residues stand in, to be shown; `lead` is
    the part of the residue before the head, which alone narrows a phrase that others inherit. `lost` says that it
    names a detail which means nothing of what is counted (撤销 of 行政处罚). `gist` is the core without actions.
    """

    values: Mapping[str, frozenset[str]] = NOTHING
    modifiers: frozenset[str] = EMPTY
    residue: str = ""
    object_from: str = ""
    inherited: frozenset[str] = EMPTY
    context_residue: str = ""
    core: str = ""
    apart: bool = False
    stretch: str = ""
    context_stretch: str = ""
    lead: str = ""
    lost: bool = False
    gist: str = ""

    @property
    def narrows(self) -> bool:
        """Says whether, as the scope of a claim, it names one body among many and not just a level."""
        return bool(self.residue) or SUBJECT in self.get("object")

    @property
    def details(self) -> frozenset[str]:
        """Returns the kinds it has in which a value on one side only already means another row."""
        return DETAILS.intersection(self.values)

    @property
    def unknown(self) -> bool:
        """Says whether it has words that no facet knows, or names nothing but a bare object itself."""
        if "bare" in self.values and "action" in self.inherited:
            return True
        return bool(self.residue) or (bool(self.context_residue) and not self.apart)

    def get(self, kind: str) -> frozenset[str]:
        """Returns the values of `kind`, empty where the phrase says nothing of it."""
        return self.values.get(kind, EMPTY)


def distinct_of(facets: Facets) -> dict[str, frozenset[str]]:
    """Returns the values of those kinds in which different ones mean different things."""
    return {kind: found for kind, found in facets.values.items() if kind in DISTINCT}
