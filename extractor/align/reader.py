"""Phrases → what they are about together: own words first, then what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial

from ..knowledge.gazetteer import Gazetteer
from .facets import CHANNEL, DETAILS, EMPTY, INFORMATION, SUBJECT, Facets
from .parsing import implied, parse

_RECENT = 2048  # phrases whose facets are kept: the same words come back report after report
_NOTHING = frozenset({""})
_BY_OUTCOME = frozenset({"outcome", "reason", "route"})
_ROLE, _STAGE, _OUTCOME, _REASON = "role", "stage", "outcome", "reason"
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
_ACTION = frozenset({"action"})
_OF_APPLICANTS = frozenset({"action", "applicant", "object"})
_OWN_ONLY = frozenset({"mark", "applicant", "measure", "manner", "role", "bare"})


class Reader:
    """Reads facets with one gazetteer; keeps what it read, since phrases recur within a report."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.read: Callable[[str], Facets] = lru_cache(_RECENT)(partial(parse, gazetteer=gazetteer))
        """Returns the facets of a phrase taken alone."""
        self._named = lru_cache(_RECENT)(self._topics_of)
        self._homes = frozenset(gazetteer.home.values())

    def topics(self, titles: Iterable[str]) -> frozenset[str]:
        """Returns the topics that titles or phrases name."""
        return EMPTY.union(*map(self._named, titles))

    def _topics_of(self, title: str) -> frozenset[str]:
        words = self.gazetteer.topics.items()
        return frozenset(topic for word, topics in words if word in title for topic in topics)

    def astray(self, titles: Iterable[str]) -> bool:
        """Says whether the titles name topics, and none that is the home of any object."""
        topics = self.topics(titles)
        return bool(topics) and topics.isdisjoint(self._homes)

    def at_home(self, titles: Sequence[str], context: Sequence[str]) -> bool:
        """Says whether titles and phrases name topics rows are about, and no topic or object that none is."""
        topics = self.topics((*titles, *context))
        if not topics or not topics <= self._homes:
            return False
        home = self.gazetteer.home
        return all(name in home for words in context for name in self.read(words).get("object"))

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
        yielded = own.values.get("object", EMPTY) if self._yields(own) else EMPTY
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
        if _OUTCOME in own.values:
            barred -= {_STAGE}  # a word that is both (败诉) names no lawsuit anew
        residue, stretch, settled, apart = "", "", False, False
        for facets in context:
            objects = EMPTY if self._yields(facets) else facets.values.get("object", EMPTY)
            known = values.get("object", EMPTY)
            other = SUBJECT in objects or bool(objects and known and not objects & known)
            if objects and not known and self._senseless(own, objects):
                other = True  # 未经复议直接起诉 is no 行政复议, whatever stands before
            for kind, found in facets.values.items():
                if not found or kind in values or kind in barred or (kind == "object" and not objects):
                    continue  # said by the phrase itself, or not to be inherited
                if kind == "channel" or not other:
                    values[kind] = found
                    inherited.add(kind)
                    if kind == CHANNEL and not objects:
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
            if SUBJECT in objects | facets.modifiers:
                residue += facets.core
                stretch += facets.core
            elif other or not known or facets.get("action") & own.get("action"):
                narrowing = facets.lead + ("" if not facets.modifiers else facets.core)
                residue += narrowing
                stretch += (facets.stretch or facets.core) if narrowing else ""
                apart = other and not (objects | known) <= self.gazetteer.nearest
        if "object" not in values:
            named = implied(values, tuple(values), self.gazetteer)
            if named:
                values["object"] = named
                object_from = "implied"
        if "object" not in values and yielded:
            values["object"], object_from = yielded, "own"
        if "object" not in values:
            for facets in sections:
                if titled := facets.values.get("object"):
                    values["object"] = titled
                    object_from = "section"
                    inherited.add("object")
                    break
        if mark := own.values.get("mark"):
            values["mark"] = mark
        self._count(values, unit)
        turned = self._turn(values, own)
        self._complete(values, own)
        for kind in filter(values.__contains__, self.gazetteer.meant):
            _settle(values, kind, self.gazetteer.meant[kind])
        self._ground(values, own)
        self._act(values)
        modifiers = EMPTY if values.get("object", _NOTHING) <= self.gazetteer.placed else own.modifiers
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
            lost=self._lost(values, own, turned, object_from),
        )

    def _lost(
        self, values: Mapping[str, object], own: Facets, turned: frozenset[str], object_from: str
    ) -> bool:
        """Says whether what the phrase names means nothing of the object, one it inherits where it is a channel."""
        if object_from == "context":
            if CHANNEL in own.values and CHANNEL not in values:
                return CHANNEL not in turned
            said = DETAILS.intersection(own.values)
            if said and not turned and said.union(_ACTION.intersection(own.values)).isdisjoint(values):
                return True  # 组织在线访谈9次,当场答复512条
        return "action" not in own.values and not (DETAILS.intersection(own.values) - turned).issubset(values)

    def _senseless(self, own: Facets, objects: frozenset[str]) -> bool:
        """Says whether the stage or reason the phrase names means nothing of `objects`, but of one it implies."""
        kind = next((kind for kind in (_STAGE, _REASON) if kind in own.values), "")
        if not kind or not implied(own.values, (kind,), self.gazetteer):
            return False
        meant = self.gazetteer.meant[kind]
        return not any(name in meant for name in objects)

    def _turn(self, values: dict[str, frozenset[str]], own: Facets) -> frozenset[str]:
        """Puts what the phrase's words say of the object for what means nothing of it; returns the kinds gone."""
        gone: set[str] = set()
        for name in values.get("object", EMPTY):
            for (kind, value), (other, meant) in self.gazetteer.turned.get(name, {}).items():
                if value in own.get(kind) and other not in own.values and values.get(kind) == own.get(kind):
                    values[other] = frozenset({meant})
                    gone.add(kind)
        return frozenset(gone)

    def _complete(self, values: dict[str, frozenset[str]], own: Facets) -> None:
        """Adds the action of a channel that names none, and what an action says that is the whole phrase."""
        objects = values.get("object", EMPTY)
        alone = self.gazetteer.alone
        if objects == {INFORMATION} and "action" not in values and CHANNEL in own.values:
            values["action"] = frozenset({self.gazetteer.of_channel})
        elif (
            objects == {alone.object}
            and own.values.keys() <= _OF_APPLICANTS
            and own.get("action") == {alone.action}
            and not own.residue
            and _BY_OUTCOME.isdisjoint(values)
        ):
            values["outcome"] = frozenset({alone.outcome})

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
            named = bool(context) and bool(objects & context[0].get("object"))
            if not named and all(own.get("outcome") & meant[name] for name in objects):
                return [found, *context]
        kind = next((kind for kind in _TELLING if kind in own.values), "")
        if kind == _ROLE and all(
            own.get(kind) & self.gazetteer.meant[kind].get(name, EMPTY) for name in objects
        ):
            return [found, *context]  # 参加新闻发布会2次,局长出席1次
        if not kind or any(facets.get("object") for facets in context):
            return context
        meant = self.gazetteer.meant.get(kind, {})
        if all(own.get(kind) & meant.get(name, EMPTY) for name in objects):
            return [*context, found]
        return context

    def told_of_both(self, own: Facets, earlier: Facets) -> Facets | None:
        """Returns the action told of the claim before, where its own object is told in one breath with that one's."""
        alike, objects = self.gazetteer.alike, own.get("object")
        if "action" in own.values or not objects or not (objects | earlier.get("object")) <= alike:
            return None
        return Facets({"action": earlier.get("action")}) if earlier.get("object") - objects else None

    def rest_of(self, phrase: str, earlier: Facets) -> Facets | None:
        """Returns what 其他 means at the end of a list of applicants, outcomes or channels; None where of none."""
        others = self.gazetteer.others
        if phrase not in others.words:
            return None
        if not others.after.isdisjoint(earlier.get("applicant")):
            return Facets({"applicant": frozenset({others.applicant})})
        objects = earlier.get("object")
        outcomes = frozenset(others.outcomes[name] for name in objects if name in others.outcomes)
        if "outcome" in earlier.values and "reason" not in earlier.values and outcomes:
            return Facets({"object": objects, "outcome": outcomes})
        if CHANNEL in earlier.values and objects == {INFORMATION}:
            return Facets({"object": objects, CHANNEL: frozenset({others.channel})})
        return None

    def _yields(self, facets: Facets) -> bool:
        """Says whether a phrase names nothing but objects that give way to what stands before."""
        objects = facets.values.get("object", EMPTY)
        return bool(objects) and not facets.modifiers and objects <= self.gazetteer.yielding

    def _count(self, values: dict[str, frozenset[str]], unit: str) -> None:
        objects = values.get("object", EMPTY)
        counted = {self.gazetteer.counted.get((name, unit), name) for name in objects}
        if counted != objects:
            values["object"] = frozenset(counted)

    def _ground(self, values: dict[str, frozenset[str]], own: Facets) -> None:
        """Settles the outcome: the one its reason is given for; several reasons of one outcome mean all of it."""
        if "reason" not in values:
            return
        grounds = frozenset(self.gazetteer.grounds[name] for name in values["reason"])
        if own.get("outcome") == grounds and len(values["reason"]) > 1:
            del values["reason"]
        else:
            values["outcome"] = grounds

    def _act(self, values: dict[str, frozenset[str]]) -> None:
        """Settles the action: none beside something more specific, the dominant one of several."""
        if not _SPECIFIC.isdisjoint(values):
            values.pop("action", None)
        elif "action" in values:
            standing = self.gazetteer.standing
            if standing.beside & values["action"]:
                values["action"] -= {standing.action}  # 废止现行有效规范性文件: of those in force
            values["action"] = values["action"] & self.gazetteer.dominant or values["action"]
            if values["action"].isdisjoint(_PUBLISHING):
                values.pop(CHANNEL, None)
        elif "applicant" in values:
            values["action"] = frozenset({self.gazetteer.of_applicant})


def _settle(values: dict[str, frozenset[str]], kind: str, meant: Mapping[str, frozenset[str]]) -> None:
    """Keeps of `kind` what means something for the object."""
    kept = values.pop(kind)
    for name in values.get("object", _NOTHING):
        kept &= meant.get(name, EMPTY)
    if kept:
        values[kind] = kept
