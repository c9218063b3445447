"""One phrase filled from what stands around it: the kinds it lacks, its object, the words that narrow that."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ..knowledge.gazetteer import Gazetteer
from .facets import CHANNEL, EMPTY, SUBJECT, Facets
from .parsing import implied

_STAGE, _OUTCOME, _REASON = "stage", "outcome", "reason"
_BARS = {
    "object": frozenset({"outcome", "reason", "stage"}),
    "action": frozenset({"outcome", "reason"}),
    "outcome": frozenset({"reason"}),
    "reason": frozenset({"outcome"}),
}
"""What a phrase that names a kind takes from no other."""
_OWN_ONLY = frozenset({"mark", "applicant", "measure", "manner", "role", "bare"})


class Merging:
    """A phrase on the way: `values` by kind, what of them is `inherited`, and where its object comes from.

    `residue` and `stretch` are of the phrase its object comes from, or of the nearest one about another (`apart`).
    """

    def __init__(self, own: Facets, gazetteer: Gazetteer) -> None:
        self.own, self._gazetteer = own, gazetteer
        self._yielded = own.values.get("object", EMPTY) if _yields(own, gazetteer) else EMPTY
        self.values = dict(own.values)
        self.values.pop("mark", None)
        if self._yielded:
            del self.values["object"]
        self.object_from = "own" if "object" in self.values else ""
        self.inherited: set[str] = set()
        self.residue, self.stretch, self.apart = "", "", False
        self._settled = False
        self._barred = _barred(frozenset(self.values))

    def take(self, facets: Facets) -> None:
        """Takes what the next phrase around lends: its kinds, and of the first one with an object what narrows it.

        One about another object lends its channel only.
        """
        objects = EMPTY if _yields(facets, self._gazetteer) else facets.values.get("object", EMPTY)
        values = self.values
        known = values.get("object", EMPTY)
        other = SUBJECT in objects or bool(objects and known and not objects & known)
        if objects and not known and self._senseless(objects):
            other = True  # 未经复议直接起诉 is no 行政复议, whatever stands before
        for kind, found in facets.values.items():
            if not found or kind in values or kind in self._barred or (kind == "object" and not objects):
                continue  # said by the phrase itself, or not to be inherited
            if kind == CHANNEL or not other:
                values[kind] = found
                self.inherited.add(kind)
                if kind == CHANNEL and not objects:
                    self.residue += facets.residue
                    self.stretch += facets.stretch
        if objects and not self._settled:
            self._settled = True
            self._narrow(facets, objects, known, other)

    def place(self, sections: Iterable[Facets]) -> None:
        """Gives a phrase without object the one its words imply, the one it had yielded, or that of a section."""
        if "object" in self.values:
            return
        if named := implied(self.values, tuple(self.values), self._gazetteer):
            self.values["object"], self.object_from = named, "implied"
        elif self._yielded:
            self.values["object"], self.object_from = self._yielded, "own"
        elif titled := next(filter(None, (facets.values.get("object") for facets in sections)), None):
            self.values["object"], self.object_from = titled, "section"
            self.inherited.add("object")

    def _narrow(self, facets: Facets, objects: frozenset[str], known: frozenset[str], other: bool) -> None:
        """Takes the words that narrow the object of `facets`, where the phrase is about that one, or about another."""
        if not known and not other:
            self.object_from = "context"
            if facets.get("bare"):
                self.values["bare"] = facets.get("bare")
        if known and known <= self._gazetteer.placed:
            return  # where it is, not what
        if SUBJECT in objects | facets.modifiers:
            self.residue += facets.core
            self.stretch += facets.core
        elif other or not known or facets.get("action") & self.own.get("action"):
            narrowing = facets.lead + ("" if not facets.modifiers else facets.core)
            self.residue += narrowing
            self.stretch += (facets.stretch or facets.core) if narrowing else ""
            self.apart = other and not (objects | known) <= self._gazetteer.nearest

    def _senseless(self, objects: frozenset[str]) -> bool:
        """Says whether the stage or reason the phrase names means nothing of `objects`, but of one it implies."""
        kind = next((kind for kind in (_STAGE, _REASON) if kind in self.own.values), "")
        if not kind or not implied(self.own.values, (kind,), self._gazetteer):
            return False
        meant = self._gazetteer.meant[kind]
        return not any(name in meant for name in objects)


@cache
def _barred(kinds: frozenset[str]) -> frozenset[str]:
    """Returns the kinds that a phrase which names `kinds` takes from no other."""
    barred = _OWN_ONLY.union(*(shut for kind, shut in _BARS.items() if kind in kinds))
    return barred - {_STAGE} if _OUTCOME in kinds else barred  # 败诉 is both and names no lawsuit anew


def _yields(facets: Facets, gazetteer: Gazetteer) -> bool:
    """Says whether a phrase names nothing but objects that give way to what stands before."""
    objects = facets.values.get("object", EMPTY)
    return bool(objects) and not facets.modifiers and objects <= gazetteer.yielding
