"""What a claim is about, in facets: its own words, those it inherits, and the titles it stands under."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..data import Claim, Relation
from ..tables.labels import bare_label
from .facets import DETAILS, MEASURES, Facets
from .reader import Reader

_DENIED = "zero"
_OWN = frozenset({"body", "whole"})
_ALL = "全"
_ACCOUNTED = frozenset({"budget", "income", "expense"})
"""What accounts say of every row."""
_DOCUMENTS = frozenset({"normative", "regulation"})
"""Objects of which there is a stock."""
_JOINTS = re.compile("[、和与及]")
_MARKS = "、和与及,的"
_NAME = 3  # a body's name has so many characters at least
_UNDONE = frozenset({"object", "bare"})
"""What a phrase says that tells nothing done."""
_NONE: frozenset[str] = frozenset()


class Reference(NamedTuple):
    """What a claim says it is about: the `facets` of its `phrase`, which inherits the words of `context` and `section`.

    `details` are those of the facets, `subject` is the one body among many it speaks of, "" else.
    """

    reader: Reader
    facets: Facets
    details: frozenset[str]
    phrase: str
    context: Sequence[str]
    section: Sequence[str]
    verb: str
    subject: str
    unit: str

    @property
    def applicant(self) -> frozenset[str]:
        """Whose applications it counts."""
        return self.facets.get("applicant")

    @property
    def full(self) -> str:
        """The core of its phrase behind that of the nearest inherited one."""
        nearest = self.reader.read(self.context[0]).core if self.context else ""
        return nearest + self.facets.core

    @property
    def said(self) -> str:
        """Its own words and those it inherits."""
        return "#".join((self.phrase, *self.context))

    @property
    def around(self) -> str:
        """The cores of its inherited phrases and its verb."""
        read = self.reader.read
        return "".join([read(words).core for words in (*self.context, self.verb)])

    @property
    def titles(self) -> str:
        """The core of the title it stands under."""
        return self.reader.read(self.section[-1]).core if self.section else ""

    def share_of(self, counted: Facets) -> Reference:
        """Returns the reference of a claim that names nothing but a body: its share of what was counted before."""
        if self.facets.get("object") or self.phrase.strip(_MARKS):
            return self
        named = {kind: counted.get(kind) for kind in ("object", "action") if kind in counted.values}
        if not named.get("object", _NONE) <= self.reader.gazetteer.shared:
            return self
        return self._replace(
            facets=_received(Facets(named, object_from="context"), self.reader), details=_NONE
        )

    def of_change(self) -> Reference:
        """Returns the reference of a claim that says how much the thing it names changed."""
        values = {**self.facets.values, "measure": frozenset({"change"})}
        return self._replace(facets=self.facets._replace(values=values))


def refer(claim: Claim, reader: Reader, earlier: Facets | None = None, body: str = "") -> Reference:
    """Returns what `claim` refers to, from its phrase, verb, inherited phrases and section titles.

    `earlier` is what the claim before it in its sentence counts, `body` the one of many that is of.
    """
    scope = reader.read(claim.scope.text)
    own = "" if scope.values or claim.scope.kind not in _OWN else claim.scope.text
    others = _JOINTS.split(f"{claim.scope.text}、{body}") if claim.scope.kind == "subordinate" else ()
    told, context = _told(claim, reader), claim.context
    if own or others:
        told = _without_names(others, _without(own, told))
        context = tuple(_without_names(others, _without(own, words)) for words in context)
        if others:
            context = tuple(words for words in context if words.strip(_MARKS))
    claimed = reference(
        reader,
        told,
        context,
        claim.section,
        claim.unit,
        claim.verb,
        scope.get("mark"),
        scope.core if claim.scope.kind == "subordinate" and scope.narrows else "",
        earlier,
        claim.scope.text,
        claim.relation,
    )
    if claim.kind == _DENIED and claimed.facets.get("object") <= reader.gazetteer.amounts:
        claimed = claimed._replace(unit="")
    if claim.period.kind == "last_year":
        return _turned(claimed, reader.gazetteer.last_year)
    if claim.period.kind == "as_of" and claimed.facets.get("object") <= _DOCUMENTS:
        return _turned(claimed, reader.gazetteer.as_of)
    return claimed


def _without(own: str, words: str) -> str:
    """Returns `words` without the name of whoever reports; before a whole also without a heading (执法公示 全县…)."""
    if not own or own not in words:
        return words
    before, _, after = words.partition(own)
    return after if after and (not before or own.startswith(_ALL)) else words


def _without_names(names: Sequence[str], words: str) -> str:
    """Returns `words` without the names of the bodies the claim is of (申请量居前的是县国土局、县房管局)."""
    for name in names:
        if len(name) >= _NAME:
            words = words.replace(name, "")
    return words


def _told(claim: Claim, reader: Reader) -> str:
    """Returns the claim's phrase; of a denial, with a verb that names what is counted or denies twice."""
    phrase = claim.phrase or claim.indicator
    if claim.kind != _DENIED:
        return phrase
    twice = reader.gazetteer.denied_twice.search(claim.verb)
    if twice is not None:
        return twice.group(1) + phrase
    if reader.read(claim.verb).get("object"):
        return claim.verb + phrase
    return phrase


def _turned(claimed: Reference, actions: Mapping[str, str]) -> Reference:
    """Returns `claimed` with the actions that mean another one at the time it speaks of."""
    told = claimed.facets.get("action")
    others = frozenset(actions.get(action, action) for action in told)
    if others == told:
        return claimed
    return claimed._replace(
        facets=claimed.facets._replace(values={**claimed.facets.values, "action": others})
    )


def reference(
    reader: Reader,
    phrase: str,
    context: Sequence[str],
    section: Sequence[str],
    unit: str,
    verb: str = "",
    marked: frozenset[str] = frozenset(),
    subject: str = "",
    earlier: Facets | None = None,
    body: str = "",
    relation: Relation = Relation.LEVEL,
) -> Reference:
    """Returns what `phrase` refers to.

    Args:
        reader: the gazetteer's reader.
        phrase: the claim's own words.
        context: what it inherits, nearest first.
        section: the titles it stands under, outermost first.
        unit: a canonical unit, "" where none is written.
        verb: its verb, where the phrase names no action.
        marked: marks of its scope (各级), which count where a channel is named.
        subject: the one body among many it speaks of, which no row is about.
        earlier: what the claim before it in its sentence counts.
        body: whose number it is; its name is no part of what is counted.
        relation: what it says of the thing counted.
    """
    own = reader.read(phrase)
    said = _said(own)
    bare = bool(said) and said <= _ACCOUNTED and own.values.keys() <= MEASURES and not own.residue
    if bare and relation is not Relation.TOTAL:  # 收入总计 is more than the year's
        phrase = _whose(own, reader, context, section) + phrase
        own = reader.read(phrase)
    if body and own.residue:
        own = own._replace(residue="".join(letter for letter in own.residue if letter not in body))
    around = [reader.read(words) for words in context]
    if verb and "action" not in own.values and not (context and verb in context[0]):
        around.insert(0, Facets({"action": reader.read(verb).get("action")}))
    if earlier is not None:
        own = reader.rest_of(phrase, earlier) or own
        if told := reader.told_of_both(own, earlier):
            around.insert(0, told)
        around = reader.lean(own, around, earlier, unit)
    if relation is Relation.TOTAL and not own.core:
        around = [_without_details(facets) for facets in around]  # 合计77件 is no part of what it sums up
    facets = reader.combine(own, around, map(reader.read, reversed(section)), unit)
    if subject and "subject" in facets.modifiers:
        facets = facets._replace(modifiers=facets.modifiers - {"subject"})
    if subject:
        facets = _received(facets, reader)
    if marked and facets.get("channel"):
        facets = facets._replace(values={**facets.values, "mark": facets.get("mark") | marked})
    return Reference(reader, facets, facets.details, phrase, context, section, verb, subject, unit)


def _received(facets: Facets, reader: Reader) -> Facets:
    """Returns `facets`; applications of which nothing is done were received (申请量居前的是…,分别为19件、13件)."""
    gazetteer = reader.gazetteer
    if facets.values.keys() <= _UNDONE and facets.get("object") == {gazetteer.alone.object}:
        return facets._replace(values={**facets.values, "action": frozenset({gazetteer.of_applicant})})
    return facets


def _said(facets: Facets) -> frozenset[str]:
    """Returns what a phrase says of what of a thing is counted."""
    if MEASURES.isdisjoint(facets.values):
        return _NONE
    return _NONE.union(*(facets.get(kind) for kind in MEASURES))


def _whose(own: Facets, reader: Reader, context: Sequence[str], section: Sequence[str]) -> str:
    """Returns what 支出 or 年初预算 is said of, which is all a phrase says; "" where nothing tells.

    That is the row a title names, the phrase before, or what the nearest title that names anything is about.
    """
    gazetteer = reader.gazetteer
    if section and (item := gazetteer.item.search(section[-1])) is not None:
        return item["name"]
    for place, words in enumerate((*context[:1], *reversed(section))):
        name = gazetteer.generic.sub("", bare_label(words))
        told = reader.read(name)
        if told.values.keys() <= MEASURES and not told.residue:
            continue  # 收入情况
        title = place >= len(context[:1])
        if told.values.keys() & own.values.keys() or (title and not told.get("object") & gazetteer.apart):
            return ""
        return name
    return ""


def _without_details(facets: Facets) -> Facets:
    """Returns `facets` without what makes them another row."""
    values = {kind: found for kind, found in facets.values.items() if kind not in DETAILS}
    return facets._replace(values=values)
