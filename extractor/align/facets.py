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
_OPENING = frozenset('“"《')
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
    numbers and punctuation. `stretch` and `context_stretch` are the words the residues stand in, to be shown; `lead` is
    the part of the residue before the head, which alone narrows a phrase that others inherit. `lost` says that it
    names a detail which means nothing of what is counted (撤销 of 行政处罚). `gist` is the core without actions.
    """

    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    modifiers: frozenset[str] = _EMPTY
    residue: str = ""
    object_from: str = ""
    inherited: frozenset[str] = _EMPTY
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
        return bool(self.residue) or _SUBJECT in self.get("object")

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
        yielded = own.get("object") if self._yields(own) else _EMPTY
        values = {
            kind: found
            for kind, found in own.values.items()
            if kind != "mark" and not (kind == "object" and yielded)
        }
        object_from = "own" if "object" in values else ""
        inherited: set[str] = set()
        barred = _OWN_ONLY
        for kind, shut in _BARS.items():
            if kind in values:
                barred |= shut
        residue, stretch, settled, apart = "", "", False, False
        for facets in context:
            objects = _EMPTY if self._yields(facets) else facets.get("object")
            known = values.get("object", _EMPTY)
            other = _SUBJECT in objects or bool(objects and known and not objects & known)
            for kind, found in facets.values.items():
                if not found or kind in values or kind in barred or (kind == "object" and not objects):
                    continue  # said by the phrase itself, or not to be inherited
                if kind == "channel" or not other:
                    values[kind] = found
                    inherited.add(kind)
                    if kind == _CHANNEL and not objects:
                        residue += facets.residue
                        stretch += facets.stretch
            if settled or not objects:
                continue
            settled = True
            if not known and not other:
                object_from = "context"
                if facets.get("bare"):
                    values["bare"] = facets.get("bare")
            if known and known <= self.gazetteer.placed:
                continue  # where it is, not what
            if _SUBJECT in objects | facets.modifiers:
                residue += facets.core
                stretch += facets.core
            elif other or not known or facets.get("action") & own.get("action"):
                narrowing = facets.lead + ("" if not facets.modifiers else facets.core)
                residue += narrowing
                stretch += (facets.stretch or facets.core) if narrowing else ""
                apart = other
        if "object" not in values:
            implied = self._implied(values, tuple(values))
            if implied:
                values["object"] = frozenset(implied)
                object_from = "implied"
        if "object" not in values and yielded:
            values["object"], object_from = yielded, "own"
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
        self._complete(values, own)
        for kind, meant in self.gazetteer.meant.items():
            if kind in values:
                _settle(values, kind, meant)
        self._ground(values)
        self._act(values)
        modifiers = _EMPTY if values.get("object", _NOTHING) <= self.gazetteer.placed else own.modifiers
        return Facets(
            values,
            modifiers,
            own.residue,
            object_from,
            frozenset(inherited),
            residue,
            own.core,
            apart,
            own.stretch,
            stretch,
            gist=own.gist,
            lost=not DETAILS.intersection(own.values).issubset(values),
        )

    def _complete(self, values: dict[str, frozenset[str]], own: Facets) -> None:
        """Adds the action of a channel that names none, and what an action says that is the whole phrase."""
        objects = values.get("object", _EMPTY)
        alone = self.gazetteer.alone
        if objects == {_INFORMATION} and "action" not in values and _CHANNEL in own.values:
            values["action"] = frozenset({self.gazetteer.of_channel})
        elif (
            objects == {alone.object}
            and own.values == {"action": {alone.action}}
            and not own.residue
            and _BY_OUTCOME.isdisjoint(values)
        ):
            values["outcome"] = frozenset({alone.outcome})

    def _implied(self, values: Mapping[str, Iterable[str]], kinds: Iterable[str]) -> set[str]:
        """Returns the objects that the first telling one of `kinds` speaks of, empty where none tells."""
        implied = self.gazetteer.implied
        for kind in kinds:
            named = {implied[kind, value] for value in values.get(kind, ()) if (kind, value) in implied}
            if named:
                return named
        return set()

    def lean(self, own: Facets, context: list[Facets], earlier: Facets, unit: str) -> list[Facets]:
        """Returns `context` with what the claim before counts, where a phrase without object may mean it.

        An outcome that two objects share goes with the one named last; other phrases take the object
        of the claim before only where their context names none and the most telling of their kinds
        means something of it.
        """
        objects = earlier.get("object")
        if own.get("object") or not objects:
            return context
        found = Facets({"object": objects})
        if any((name, unit) in self.gazetteer.counted for name in objects) and not own.residue:
            return [found, *context]  # 举办培训1期,47人次参加
        found = Facets({kind: earlier.get(kind) for kind in _LEANT if kind in earlier.values})
        if "outcome" in own.values and objects <= self.gazetteer.nearest:
            meant = self.gazetteer.meant["outcome"]
            if all(own.get("outcome") & meant[name] for name in objects):
                return [found, *context]
        kind = next((kind for kind in _TELLING if kind in own.values), "")
        if not kind or any(facets.get("object") for facets in context):
            return context
        meant = self.gazetteer.meant.get(kind, {})
        if all(own.get(kind) & meant.get(name, _EMPTY) for name in objects):
            return [*context, found]
        return context

    def rest_of(self, phrase: str, earlier: Facets) -> Facets | None:
        """Returns the applicants that 其他 means at the end of a list of them; None where it means no such thing."""
        others = self.gazetteer.others
        if phrase not in others.words or others.after.isdisjoint(earlier.get("applicant")):
            return None
        return Facets({"applicant": frozenset({others.applicant})})

    def _yields(self, facets: Facets) -> bool:
        """Says whether a phrase names nothing but objects that give way to what stands before."""
        objects = facets.get("object")
        return bool(objects) and objects <= self.gazetteer.yielding and not facets.modifiers

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
            if values["action"].isdisjoint(_PUBLISHING):
                values.pop(_CHANNEL, None)
        elif "applicant" in values:
            values["action"] = frozenset({self.gazetteer.of_applicant})

    def _parse(self, phrase: str) -> Facets:
        words, longest = self.gazetteer.words, self.gazetteer.longest
        values: dict[str, set[str]] = {}
        objects: list[tuple[int, int, tuple[str, ...]]] = []
        residue: list[str] = []
        stretch = _Stretch()
        core: list[str] = []
        gist: list[str] = []
        place, end, lead = 0, len(phrase), 0
        examples = False
        while place < end:
            name = self._name(phrase, place, values)
            if name:
                place += name
                continue
            if self._rests(phrase, place):
                examples = True
                residue.clear()
                lead = 0
                objects.clear()
                stretch = _Stretch()
            for length in range(min(longest.get(phrase[place], 0), end - place), 0, -1):
                facets = words.get(phrase[place : place + length])
                if facets is None:
                    continue
                named = tuple(value for kind, value in facets if kind == "object")
                if named:
                    objects.append((place, place + length, named))
                    lead = len(residue)
                if facets or length > 1:
                    stretch.end(core, gist)
                if facets and facets[0][0] != "applicant":
                    core.append(phrase[place : place + length])
                    if facets[0][0] != "action":
                        gist.append(phrase[place : place + length])
                if examples and facets:
                    examples = False
                    for kind, _ in facets:
                        values.pop(kind, None)
                for kind, value in facets:
                    if kind != "object":
                        values.setdefault(kind, set()).add(value)
                if not facets and length == 1:
                    stretch.add(phrase[place])
                place += length
                break
            else:
                if _HAN.match(phrase[place]):
                    residue.append(phrase[place])
                    stretch.add(phrase[place], strange=True)
                else:
                    stretch.end(core, gist)
                place += 1
        stretch.end(core, gist)
        head, modifiers = self._head(phrase, objects)
        if head == {_SUBJECT} and "action" in values:
            head, modifiers = (
                set(),
                modifiers | head,
            )  # a body does something: what it does it to is said elsewhere
        if head and not head & values.get("bare", head):
            del values["bare"]  # a bare word before the head is no bare head
        if head == {_INFORMATION}:
            head = self._implied(values, _ANSWERS) or head  # 不予公开信息: an application is answered so
        if head:
            values["object"] = head
        return Facets(
            {kind: frozenset(found) for kind, found in values.items()},
            frozenset(modifiers),
            "".join(residue),
            "own" if head else "",
            core="".join(core),
            gist="".join(gist),
            stretch="…".join(stretch.found),
            lead="".join(residue[:lead] if objects else residue),
        )

    def _rests(self, phrase: str, place: int) -> bool:
        """Says whether the word at `place` calls what stands before it examples (等其他, 等解读稿件)."""
        rest = self.gazetteer.rest
        if not phrase.startswith(rest, place):
            return False
        others = tuple(self.gazetteer.others.words)
        return phrase.startswith(others, place + len(rest)) or bool(self._word(phrase, place))

    def _word(self, phrase: str, place: int) -> tuple[tuple[str, str], ...] | None:
        """Returns the facets of the longest known word at `place`; None where none begins there."""
        words = self.gazetteer.words
        for length in range(self.gazetteer.longest.get(phrase[place : place + 1], 0), 0, -1):
            if (facets := words.get(phrase[place : place + length])) is not None:
                return facets
        return None

    def _name(self, phrase: str, place: int, values: Mapping[str, set[str]]) -> int:
        """Returns how many characters at `place` are the mere name of a law, a gazette or an account."""
        if phrase[place] not in _OPENING or self._word(phrase, place) is not None:
            return 0
        gazetteer = self.gazetteer
        match = gazetteer.gazette_name.match(phrase, place) or gazetteer.law_name.match(phrase, place)
        if match is None and (match := gazetteer.account_name.match(phrase, place)) is not None:
            behind = self._word(phrase, match.end())
            if _CHANNEL not in values and not (behind and behind[0][0] == _CHANNEL):
                return 0
        return 0 if match is None else match.end() - place

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


class _Stretch:
    """The stretches of words that hold unknown characters, up to the known words around them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._run = ""
        self._strange = False

    def add(self, character: str, strange: bool = False) -> None:
        """Takes one character: a `strange` one, or a neutral one that may be part of a strange word (报到)."""
        self._run += character
        self._strange |= strange

    def end(self, *cores: list[str]) -> None:
        """Ends the stretch before a word; a strange one is found, and part of the `cores`."""
        run = self._run.strip(_PARTICLES)
        if self._strange:
            self.found.append(run)
            for core in cores:
                core.append(run)
        self._run, self._strange = "", False


_PARTICLES = "的了在有为是共等各及和与或由对以从于中"
_NOTHING = frozenset({""})
_BY_OUTCOME = frozenset({"outcome", "reason", "route"})
_SUBJECT = "subject"
_CHANNEL = "channel"
_INFORMATION = "information"
_ANSWERS = ("outcome", "reason")
_LEANT = ("object", "stage")
_TELLING = ("role", "stage", "outcome", "action")
"""Kinds of which a phrase must name one to lean on the claim before it, the most telling first."""
_PUBLISHING = frozenset({"disclose", "produce"})
"""The actions that have a channel."""
_SPECIFIC = frozenset({"outcome", "reason", "route"})
_BARS = {
    "object": frozenset({"outcome", "reason", "stage"}),
    "action": frozenset({"outcome", "reason"}),
    "outcome": frozenset({"reason"}),
    "reason": frozenset({"outcome"}),
}
_OWN_ONLY = frozenset({"mark", "applicant", "measure", "role", "bare"})
