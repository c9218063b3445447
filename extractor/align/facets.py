"""A phrase or label → its facets: what is counted, what was done with it, how, by whom, and what is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ..knowledge.linking import Gazetteer

_HAN = re.compile(r"[㐀-鿿]")
_NUMBERING = re.compile(
    r"^(?:[(\uff08]?[一二三四五六七八九十]+[)\uff09、.\uff0e]|[(\uff08]?\d+[)\uff09、.\uff0e]|其中[:\uff1a]?)+"
)
_REMARK = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]")
_COLONS = ":\uff1a"
_BLANKS = re.compile(r"\s+")
_EMPTY: frozenset[str] = frozenset()
DETAILS = frozenset({"outcome", "reason", "route", "role", "stage"})
"""Kinds in which a value on one side only already means another row."""
_RECENT = 16384  # phrases whose facets are kept: the same words come back report after report


@dataclass(frozen=True, slots=True)
class Facets:
    """What a phrase says. `values` holds the values by kind, `residue` the Han text no word covers.

    `modifiers` are objects named before the head that narrow it. `object_from` says where the object
    comes from: own, context, implied, section, or "" where there is none; `inherited` are the kinds the phrase
    itself does not say. `context_residue` is the residue of the phrase its object comes from, or of the
    nearest one about another object (`apart`). `core` is the phrase without neutral words, applicants,
    numbers and punctuation.
    """

    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    modifiers: frozenset[str] = _EMPTY
    residue: str = ""
    object_from: str = ""
    inherited: frozenset[str] = _EMPTY
    context_residue: str = ""
    core: str = ""
    apart: bool = False

    @property
    def narrows(self) -> bool:
        """Says whether, as the scope of a claim, it names one body among many and not just a level."""
        return bool(self.residue) or _SUBJECT in self.get("object")

    @property
    def details(self) -> frozenset[str]:
        """Returns the kinds it has in which a value on one side only already means another row."""
        return DETAILS.intersection(self.values)

    def get(self, kind: str) -> frozenset[str]:
        """Returns the values of `kind`, empty where the phrase says nothing of it."""
        return self.values.get(kind, _EMPTY)


def bare_label(label: str) -> str:
    """Returns a table label without blanks, leading numbering and bracketed remarks."""
    text = _BLANKS.sub("", label)
    stripped = _REMARK.sub("", _NUMBERING.sub("", text)).rstrip(_COLONS)
    return stripped or text


class Reader:
    """Reads facets with one gazetteer; keeps what it read, since phrases recur within a report."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._parsed = lru_cache(_RECENT)(self._parse)
        self._named = lru_cache(_RECENT)(self._topics_of)
        self._homes = frozenset(gazetteer.home.values())

    def read(self, phrase: str) -> Facets:
        """Returns the facets of `phrase` taken alone."""
        return self._parsed(phrase)

    def topics(self, titles: Iterable[str]) -> frozenset[str]:
        """Returns the topics that titles or phrases name."""
        return _EMPTY.union(*map(self._named, titles))

    def _topics_of(self, title: str) -> frozenset[str]:
        words = self.gazetteer.topics.items()
        return frozenset(topic for word, topics in words if word in title for topic in topics)

    def astray(self, titles: Iterable[str]) -> bool:
        """Says whether the titles name topics, and none that is the home of any object."""
        topics = self.topics(titles)
        return bool(topics) and topics.isdisjoint(self._homes)

    def combine(
        self,
        own: Facets,
        context: Iterable[Facets],
        sections: Iterable[Facets] = (),
        unit: str = "",
    ) -> Facets:
        """Returns `own` with the kinds it lacks filled from `context`, nearest first, then the object from `sections`.

        A context about another object gives its channel only. Values that mean nothing for the object
        are dropped, and all actions where an outcome, reason or route says more. `unit` may change what an
        object counts.
        """
        values = {kind: found for kind, found in own.values.items() if kind != "mark"}
        object_from = "own" if own.get("object") else ""
        inherited: set[str] = set()
        barred = _OWN_ONLY
        for kind, shut in _BARS.items():
            if kind in own.values:
                barred |= shut
        residue, settled, apart = "", False, False
        for facets in context:
            objects = facets.get("object")
            known = values.get("object", _EMPTY)
            other = _SUBJECT in objects or bool(objects and known and not objects & known)
            for kind, found in facets.values.items():
                if not found or kind in values or kind in barred:
                    continue
                if kind == "channel" or not other:
                    values[kind] = found
                    inherited.add(kind)
            if settled or not objects:
                continue
            settled = True
            if not known and not other:
                object_from = "context"
                if facets.get("bare"):
                    values["bare"] = facets.get("bare")
            if _SUBJECT in objects | facets.modifiers:
                residue = facets.core
            elif other or not known or facets.get("action") & own.get("action"):
                residue = facets.residue + ("" if not facets.modifiers else facets.core)
                apart = other
        if "object" not in values:
            self._imply(values)
            object_from = "implied" if "object" in values else ""
        if "object" not in values:
            for facets in sections:
                if facets.get("object"):
                    values["object"] = facets.get("object")
                    object_from = "section"
                    inherited.add("object")
                    break
        if own.get("mark"):
            values["mark"] = own.get("mark")
        self._count(values, unit)
        for kind, meant in self.gazetteer.meant.items():
            if kind in values:
                _settle(values, kind, meant)
        self._ground(values)
        self._act(values)
        return Facets(
            values, own.modifiers, own.residue, object_from, frozenset(inherited), residue, own.core, apart
        )

    def _imply(self, values: dict[str, frozenset[str]]) -> None:
        for kind, found in tuple(values.items()):
            named = {
                self.gazetteer.implied[kind, value]
                for value in found
                if (kind, value) in self.gazetteer.implied
            }
            if named:
                values["object"] = frozenset(named)
                return

    def _count(self, values: dict[str, frozenset[str]], unit: str) -> None:
        objects = values.get("object", _EMPTY)
        counted = {self.gazetteer.counted.get((name, unit), name) for name in objects}
        if counted != objects:
            values["object"] = frozenset(counted)

    def _ground(self, values: dict[str, frozenset[str]]) -> None:
        if "reason" in values and "outcome" not in values:
            values["outcome"] = frozenset(self.gazetteer.grounds[name] for name in values["reason"])

    def _act(self, values: dict[str, frozenset[str]]) -> None:
        """Settles the action: none beside something more specific, the dominant one of several."""
        if not _SPECIFIC.isdisjoint(values):
            values.pop("action", None)
        elif "action" in values:
            values["action"] = values["action"] & self.gazetteer.dominant or values["action"]
        elif "applicant" in values:
            values["action"] = frozenset({self.gazetteer.of_applicant})

    def _parse(self, phrase: str) -> Facets:
        words, longest = self.gazetteer.words, self.gazetteer.longest
        values: dict[str, set[str]] = {}
        objects: list[tuple[int, int, tuple[str, ...]]] = []
        residue: list[str] = []
        core: list[str] = []
        place, end = 0, len(phrase)
        while place < end:
            for length in range(min(longest.get(phrase[place], 0), end - place), 0, -1):
                facets = words.get(phrase[place : place + length])
                if facets is None:
                    continue
                named = tuple(value for kind, value in facets if kind == "object")
                if named:
                    objects.append((place, place + length, named))
                if facets and facets[0][0] != "applicant":
                    core.append(phrase[place : place + length])
                for kind, value in facets:
                    if kind != "object":
                        values.setdefault(kind, set()).add(value)
                place += length
                break
            else:
                if _HAN.match(phrase[place]):
                    residue.append(phrase[place])
                    core.append(phrase[place])
                place += 1
        head, modifiers = self._head(phrase, objects)
        if head:
            values["object"] = head
        return Facets(
            {kind: frozenset(found) for kind, found in values.items()},
            frozenset(modifiers),
            "".join(residue),
            "own" if head else "",
            core="".join(core),
        )

    def _head(
        self, phrase: str, objects: list[tuple[int, int, tuple[str, ...]]]
    ) -> tuple[set[str], set[str]]:
        """Returns the head objects (the last, and those joined to it) and the modifiers that narrow them."""
        if not objects:
            return set(), set()
        head = set(objects[-1][2])
        place = len(objects) - 1
        while place and phrase[objects[place - 1][1] : objects[place][0]] in self.gazetteer.connectors:
            place -= 1
            head.update(objects[place][2])
        earlier = {name for _, _, named in objects[:place] for name in named} - head
        if head <= self.gazetteer.light and earlier & self.gazetteer.light:
            head = (earlier | head) & self.gazetteer.light - {"information"} or head
        return head, earlier - self.gazetteer.light - head


def _settle(values: dict[str, frozenset[str]], kind: str, meant: Mapping[str, frozenset[str]]) -> None:
    """Keeps of `kind` what means something for the object."""
    found = values.pop(kind)
    kept = found.intersection(*(meant.get(name, _EMPTY) for name in values.get("object", ("",))))
    if kept:
        values[kind] = kept


_SUBJECT = "subject"
_SPECIFIC = frozenset({"outcome", "reason", "route"})
_BARS = {
    "object": frozenset({"outcome", "reason", "stage"}),
    "action": frozenset({"outcome", "reason"}),
    "outcome": frozenset({"reason"}),
}
_OWN_ONLY = frozenset({"mark", "applicant", "measure", "role", "bare"})
