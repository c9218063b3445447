"""A claim and a target → the numbers the model weighs. The claim's value is not among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
    "detail_same",
    "detail_partial",
    "measure_extra",
    "measure_missing",
    "residue",
    "has_residue",
    "modified",
    "context_residue",
    "exact",
    "exact_in_context",
    "similarity",
    "context_similarity",
    "covered",
    "label",
    "unit_same",
    "unit_none",
    "home",
    "away",
    "part",
)
# Kinds in which a one-sided value already means another row, and kinds in which only a contradiction does.
_DETAILS = ("outcome", "reason", "route", "role", "stage")
_SOFT = ("action", "channel", "measure", "flow")


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What a claim says it is about: its facets, applicant columns and weighted n-grams."""

    facets: Facets
    applicant: frozenset[str]
    topics: frozenset[str]
    unit: str
    part: bool
    cores: tuple[str, str]
    letters: frozenset[str]


def refer(claim: Claim, reader: Reader) -> Reference:
    """Returns what `claim` refers to, from its phrase, verb, inherited phrases and section titles."""
    own = reader.read(claim.indicator)
    context = [reader.read(phrase) for phrase in claim.context]
    if claim.verb and "action" not in own.values:
        context.insert(0, reader.read(claim.verb))
    sections = [reader.read(title) for title in reversed(claim.section)]
    facets = reader.combine(own, context, sections, claim.unit)
    nearest = "".join(reader.read(phrase).core for phrase in claim.context[:2])
    values = dict(facets.values)
    applicant = values.pop("applicant", frozenset())
    return Reference(
        facets=Facets(
            values,
            facets.modifiers,
            facets.residue,
            facets.object_from,
            facets.inherited,
            facets.context_residue,
            facets.core,
        ),
        applicant=applicant,
        topics=reader.topics(claim.section),
        unit=claim.unit,
        part=claim.part_of is not None,
        cores=(facets.core, facets.core + nearest),
        letters=frozenset(facets.core + nearest),
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
    if conflict(facets, known) or factor(claimed.unit, target.unit, units) is None:
        return None
    objects, wanted = facets.get("object"), known.get("object")
    same = bool(objects) and objects == wanted
    origin = facets.object_from if objects & wanted else ""
    strange = [letter for letter in facets.residue if letter not in target.letters]
    strange_context = [letter for letter in facets.context_residue if letter not in target.letters]
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
        float(bool(details)),
        float(any(facets.get(kind) != known.get(kind) for kind in details)),
        float(any(facets.get(kind) and not known.get(kind) for kind in measures)),
        float(any(known.get(kind) and not facets.get(kind) for kind in measures)),
        min(len(strange), 6) / 6,
        float(bool(strange)),
        float(bool(facets.modifiers - wanted)),
        min(len(strange_context), 6) / 6,
        float(facets.core in target.names),
        float(claimed.cores[1] in target.names),
        _dot(vectors[0], target.vector),
        _dot(vectors[1], target.vector),
        len(target.letters & claimed.letters) / len(target.letters) if target.letters else 0.0,
        float(not target.formulas),
        float(claimed.unit == target.unit and bool(claimed.unit)),
        float(not claimed.unit),
        float(bool(target.topics & claimed.topics)),
        float(bool(claimed.topics) and bool(target.topics) and not target.topics & claimed.topics),
        float(claimed.part),
    )


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
