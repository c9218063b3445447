"""Phrases → what they are about together: own words first, then what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial

from ..knowledge.gazetteer import Gazetteer
from .facets import CHANNEL, DETAILS, EMPTY, INFORMATION, Facets
from .merging import Merging
from .parsing import parse

_RECENT = 2048  # phrases whose facets are kept: the same words come back report after report
_NOTHING = frozenset({""})
_BY_OUTCOME = frozenset({"outcome", "reason", "route"})
_ROLE, _REASON = "role", "reason"
_LEANT = ("object", "stage")
_TELLING = ("role", "stage", "outcome", "action")
"""Kinds of which a phrase must name one to lean on the claim before it, the most telling first."""
_PUBLISHING = frozenset({"disclose", "produce"})
"""The actions that have a channel."""
_SPECIFIC = frozenset({"outcome", "reason", "route"})
_ACTION = frozenset({"action"})
_OF_APPLICANTS = frozenset({"action", "applicant", "object"})


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
        merging = Merging(own, self.gazetteer)
        for facets in context:
            merging.take(facets)
        merging.place(sections)
        values, object_from = merging.values, merging.object_from
        if mark := own.values.get("mark"):
            values["mark"] = mark
        self._count(values, unit)
        turned = self._turn(values, own)
        self._complete(values, own)
        for kind in filter(values.__contains__, self.gazetteer.meant):
            _settle(values, kind, self.gazetteer.meant[kind])
        if _REASON in values:
            self._ground(values, own)
        self._act(values)
        return Facets(
            values,
            EMPTY if values.get("object", _NOTHING) <= self.gazetteer.placed else own.modifiers,
            own.residue,
            object_from,
            frozenset(merging.inherited),
            merging.residue,
            own.core,
            merging.apart,
            own.stretch,
            merging.stretch,
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

    def _count(self, values: dict[str, frozenset[str]], unit: str) -> None:
        objects = values.get("object", EMPTY)
        counted = {self.gazetteer.counted.get((name, unit), name) for name in objects}
        if counted != objects:
            values["object"] = frozenset(counted)

    def _ground(self, values: dict[str, frozenset[str]], own: Facets) -> None:
        """Settles the outcome: the one its reason is given for; several reasons of one outcome mean all of it."""
        grounds = frozenset(self.gazetteer.grounds[name] for name in values[_REASON])
        if own.get("outcome") == grounds and len(values[_REASON]) > 1:
            del values[_REASON]
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
