"""A claim and a target → the numbers the model weighs. The claim's value is not among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..data import Claim
from ..units import Units, factor
from .facets import Facets, Reader
from .targets import Target

FEATURES = (
    "object_own",
    "object_context",
    "object_implied",
    "object_section",
    "object_partial",
    "object_none",
    "action_same",
    "action_partial",
    "action_extra",
    "action_missing",
    "channel_same",
    "channel_partial",
    "channel_extra",
    "channel_missing",
    "channel_inherited",
    "detail_same",
    "detail_partial",
    "measure_extra",
    "measure_missing",
    "residue",
    "has_residue",
    "modified",
    "context_residue",
    "has_context_residue",
    "bare",
    "bare_apart",
    "exact",
    "exact_in_context",
    "similarity",
    "context_similarity",
    "covered",
    "complete",
    "label",
    "unit_same",
    "unit_none",
    "home",
    "away",
)
# Kinds in which a one-sided value already means another row, and kinds in which only a contradiction does.
_DETAILS = ("outcome", "reason", "route", "role", "stage")
_SOFT = ("action", "channel", "measure", "flow")


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What a claim says it is about.

    `topics` are those its phrases and section titles name; `astray` says that its section is about
    something no row counts. `subject` is the one body among many it speaks of, "" else.
    """

    facets: Facets
    applicant: frozenset[str]
    topics: frozenset[str]
    astray: bool
    subject: str
    unit: str
    cores: tuple[str, str]
    letters: frozenset[str]


def refer(claim: Claim, reader: Reader) -> Reference:
    """Returns what `claim` refers to, from its phrase, verb, inherited phrases and section titles."""
    scope = reader.read(claim.scope.text)
    return reference(
        reader,
        claim.indicator,
        claim.context,
        claim.section,
        claim.unit,
        claim.verb,
        scope.get("mark"),
        scope.core if claim.scope.kind == "subordinate" and scope.narrows else "",
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
    """
    own = reader.read(phrase)
    around = [reader.read(words) for words in context]
    nearest = around[0].core if around else ""
    if verb and "action" not in own.values:
        around.insert(0, reader.read(verb))
    facets = reader.combine(own, around, [reader.read(title) for title in reversed(section)], unit)
    values = dict(facets.values)
    applicant = values.pop("applicant", frozenset())
    if marked and "channel" in values:
        values["mark"] = values.get("mark", frozenset()) | marked
    return Reference(
        facets=replace(facets, values=values),
        applicant=applicant,
        topics=reader.topics((*section, phrase, *context)),
        astray=reader.astray(section),
        subject=subject,
        unit=unit,
        cores=(facets.core, nearest + facets.core),
        letters=frozenset(nearest + facets.core),
    )


def conflict(claimed: Facets, known: Facets) -> str:
    """Returns the first facet kind in which the two cannot mean one thing, "" where they may."""
    for kind in _DETAILS:
        a, b = claimed.get(kind), known.get(kind)
        if a != b and not (a and b and a & b):
            return kind
    for kind in _SOFT:
        a, b = claimed.get(kind), known.get(kind)
        if a and b and not a & b:
            return kind
    return ""


def features(
    claimed: Reference,
    target: Target,
    vectors: tuple[Mapping[str, float], Mapping[str, float]],
    units: Units,
) -> tuple[float, ...] | None:
    """Returns the features of the pair in the order of `FEATURES`; None where the two cannot mean one thing."""
    facets, known = claimed.facets, target.facets
    if conflict(facets, known) or not comparable(claimed.unit, target, units):
        return None
    objects, wanted = facets.get("object"), known.get("object")
    same = bool(objects) and objects == wanted
    origin = facets.object_from if objects & wanted else ""
    home = bool(target.topics & claimed.topics)
    away = claimed.astray and bool(target.topics) and not home
    strange = [letter for letter in facets.residue if letter not in target.letters]
    bare = bool(facets.get("bare"))
    context_residue = facets.context_residue if bare or not facets.apart else ""
    strange_context = [letter for letter in context_residue if letter not in target.letters]
    details = [kind for kind in _DETAILS if known.get(kind)]
    measures = ("measure", "flow")
    return (
        float(origin == "own"),
        float(origin == "context"),
        float(origin == "implied"),
        float(origin == "section"),
        float(bool(origin) and not same),
        float(not origin),
        *_compare(facets, known, "action"),
        *_compare(facets, known, "channel"),
        float("channel" in facets.inherited and bool(facets.get("channel"))),
        float(bool(details)),
        float(any(facets.get(kind) != known.get(kind) for kind in details)),
        float(any(facets.get(kind) and not known.get(kind) for kind in measures)),
        float(any(known.get(kind) and not facets.get(kind) for kind in measures)),
        min(len(strange), 6) / 6,
        float(bool(strange)),
        float(bool(facets.modifiers - wanted)),
        min(len(strange_context), 6) / 6,
        float(bool(strange_context)),
        float(bare),
        float(bare and (facets.apart or not home)),
        float(facets.core in target.names and not away),
        float(claimed.cores[1] in target.names and not away),
        _dot(vectors[0], target.vector),
        _dot(vectors[1], target.vector),
        len(target.letters & claimed.letters) / len(target.letters) if target.letters else 0.0,
        float(same and not (away or strange or strange_context or facets.modifiers or (bare and facets.apart)) and _agree(facets, known)),
        float(not target.formulas),
        float(claimed.unit == target.unit and bool(claimed.unit)),
        float(not claimed.unit),
        float(home),
        float(away),
    )


def comparable(unit: str, target: Target, units: Units) -> bool:
    """Says whether a quantity in `unit` may be compared with the target's."""
    return unit in target.also or factor(unit, target.unit, units) is not None


def _agree(claimed: Facets, known: Facets) -> bool:
    """Says whether both say the same in every kind."""
    return all(claimed.get(kind) == known.get(kind) for kind in (*_DETAILS, *_SOFT))


def _compare(claimed: Facets, known: Facets, kind: str) -> tuple[float, float, float, float]:
    """Returns the flags same, partial, extra (only the claim says it) and missing (only the target does)."""
    a, b = claimed.get(kind), known.get(kind)
    return (
        float(bool(a) and a == b),
        float(bool(a & b) and a != b),
        float(bool(a) and not b),
        float(bool(b) and not a),
    )


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    if len(b) < len(a):
        a, b = b, a
    get = b.get
    return sum(weight * get(gram, 0.0) for gram, weight in a.items())
