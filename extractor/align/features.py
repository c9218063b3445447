"""A claim and a target → the numbers the model weighs. The claim's value is not among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import repeat
from operator import mul
from typing import NamedTuple

from ..units import Units, factor
from .facets import DETAILS, DISTINCT, MEASURES, Facets, distinct_of
from .reference import Reference
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
    "row_own",
    "row_around",
    "row_section",
    "column_said",
    "column_silent",
    "label_covers",
    "label_covers_all",
    "label_told",
    "label_complete",
    "unit_same",
    "unit_none",
    "home",
    "away",
)
_SAID_ELSEWHERE = frozenset({"object"})
"""What a phrase that itself says nothing may have of its section."""
_STRANGE = 4
"""So many characters of unknown words name another notion."""
_FAR = 6
_FARTHER = 0.6
_MONEY = "money"
_BUDGET = "budget"
_NONE: frozenset[str] = frozenset()

Vector = Mapping[str, float]


class Weighed(NamedTuple):
    """A reference with what a comparison with targets looks at; most claims meet no target they could be about.

    `distinct` are its facets of the kinds in which different values mean different things. `vector` is that of its
    core, `full_vector` that of its `full` core, whose characters are `letters`.
    `topics` are what its phrases and titles name; `astray` says that its section is about something no row counts,
    `akin` that all it stands beside is what rows count (主动公开政府信息9条,收到申请3件 of a summary).
    """

    claimed: Reference
    distinct: Mapping[str, frozenset[str]]
    vector: Vector
    full: str
    full_vector: Vector
    letters: frozenset[str]
    around: str
    titles: str
    topics: frozenset[str]
    astray: bool
    akin: bool


def weigh(claimed: Reference, vector: Callable[[str], Vector]) -> Weighed:
    """Returns `claimed` for the comparison with targets; `vector` weighs the n-grams of a text."""
    reader, full = claimed.reader, claimed.full
    return Weighed(
        claimed,
        distinct_of(claimed.facets),
        vector(claimed.facets.core),
        full,
        vector(full),
        frozenset(full),
        claimed.around,
        claimed.titles,
        reader.topics((*claimed.section, claimed.phrase, *claimed.context)),
        reader.astray(claimed.section),
        reader.at_home(claimed.section, claimed.context),
    )


def conflict(claimed: Facets, known: Facets) -> str:
    """Returns a facet kind in which the two cannot mean one thing, "" where they may."""
    values, others = claimed.values, known.values
    for kind, value in values.items():
        other = others.get(kind)
        if other is None:
            if kind in DETAILS:
                return kind
        elif kind in DISTINCT and value.isdisjoint(other):
            return kind
    return next((kind for kind in others if kind in DETAILS and kind not in values), "")


def _distinct(claimed: Facets, target: Target) -> bool:
    """Says whether of what tells the target from others the claim says something else, or leaves a detail out."""
    values = claimed.values
    for kind, known in target.distinct.items():
        value = values.get(kind)
        if kind in DETAILS if value is None else value.isdisjoint(known):
            return True
    return False


def possible(claimed: Reference, target: Target, units: Units) -> bool:
    """Says whether the claim may be about the target at all: no facet, unit or unknown modifier speaks against it."""
    if claimed.details != target.details:
        return False  # the commonest conflict, and the cheapest to see
    facets = claimed.facets
    if not target.formulas and claimed.applicant != target.facets.get("applicant"):
        return False  # of an indicator the column is chosen afterwards
    if _distinct(facets, target) or not comparable(claimed.unit, target, units):
        return False
    if target.hints and _against(facets, target.hints):
        return False
    if not target.formulas and facets.object_from == "own" and _of_another(claimed, target):
        return False
    if target.final and _BUDGET in facets.get("measure") and _BUDGET not in _measures(target):
        return False
    if target.summed and any(name in claimed.said for name in target.summed):
        return False  # 市场监管局1314件处罚决定 is not what all of them made
    if facets.object_from == "implied" and _elsewhere(claimed, target):
        return False  # 调查报告1份涉密不予公布 under 主动公开 is no application
    return _strange(facets.residue, target.letters) < _STRANGE


def _of_another(claimed: Reference, target: Target) -> bool:
    """Says whether a claim names a budget that neither the label nor the caption of its table does."""
    named = claimed.facets.get("object") & claimed.reader.gazetteer.apart
    return bool(named) and named.isdisjoint(target.apart)


def _measures(target: Target) -> frozenset[str]:
    return target.facets.get("measure").union(value for _, value in target.hints)


def _elsewhere(claimed: Reference, target: Target) -> bool:
    """Says whether all that stands around the claim is about other things than the target's."""
    topics = claimed.reader.topics((*claimed.section, claimed.phrase, *claimed.context))
    return bool(topics) and topics.isdisjoint(target.topics)


def _against(facets: Facets, hints: frozenset[tuple[str, str]]) -> bool:
    """Says whether a phrase says something else of what is counted than a label's hints."""
    kinds = {kind for kind, _ in hints}.intersection(facets.values)
    return any(all((kind, value) not in hints for value in facets.get(kind)) for kind in kinds)


def features(weighed: Weighed, target: Target) -> tuple[float, ...]:
    """Returns the features of a possible pair, in the order of `FEATURES`."""
    claimed = weighed.claimed
    facets, known = claimed.facets, target.facets
    values, others = facets.values, known.values
    objects, wanted = values.get("object", _NONE), others.get("object", _NONE)
    same = bool(objects) and objects == wanted
    origin = facets.object_from if not objects.isdisjoint(wanted) else ""
    home = not target.topics.isdisjoint(weighed.topics)
    away = weighed.astray and bool(target.topics) and not home
    akin = weighed.akin
    strange = _strange(facets.residue, target.letters)
    bare = "bare" in values
    context_residue = facets.context_residue if bare or not facets.apart else ""
    strange_context = _strange(context_residue, target.letters)
    agreed = same and weighed.distinct == target.distinct
    named = bool(claimed.applicant) and (not facets.core or (origin != "own" and not facets.residue))
    narrowed = bool(facets.modifiers - wanted)
    similarity = 1.0 if named else _dot(weighed.vector, target.vector)
    silent = origin == "section" and values.keys() <= _SAID_ELSEWHERE
    return (
        origin == "own",
        origin == "context",
        origin == "implied",
        origin == "section",
        bool(origin) and not same,
        not origin,
        *_compare(values.get("action", _NONE), others.get("action", _NONE)),
        *_compare(values.get("channel", _NONE), others.get("channel", _NONE)),
        "channel" in facets.inherited and "channel" in values,
        bool(target.details),
        bool(target.details) and any(values.get(kind) != others[kind] for kind in target.details),
        *_measured(values, others, target.hints),
        strange / _STRANGE,
        strange > 0,
        narrowed or facets.lost,
        min(strange_context, _FAR) / _FAR,
        strange_context > 0,
        bare,
        bare and not akin and (facets.apart or not home),
        (facets.core in target.names or (named and agreed)) and not away,
        weighed.full in target.names and not away,
        similarity,
        similarity
        if named or weighed.full_vector is weighed.vector
        else _dot(weighed.full_vector, target.vector),
        1.0 if named else len(target.letters & weighed.letters) / max(len(target.letters), 1),
        agreed
        and (bool(target.formulas) or not target.row.isdisjoint(weighed.letters) or not target.row)
        and not (
            silent
            or away
            or strange
            or strange_context
            or facets.modifiers
            or facets.lost
            or (bare and facets.apart and not akin)
        ),
        not target.formulas,
        *_labelled(weighed, target),
        claimed.unit == target.unit and bool(claimed.unit),
        not claimed.unit,
        home,
        away,
    )


def _measured(
    values: Mapping[str, frozenset[str]],
    others: Mapping[str, frozenset[str]],
    hints: frozenset[tuple[str, str]],
) -> tuple[bool, bool]:
    """Returns whether only the claim, and whether only the target, says what of the thing is counted.

    What the label itself says besides its telling words, the claim may say or leave out.
    """
    if MEASURES.isdisjoint(values) and MEASURES.isdisjoint(others):
        return False, False
    mine, theirs = MEASURES.intersection(values), MEASURES.intersection(others)
    hinted = {kind for kind, value in hints if value in values.get(kind, _NONE)}
    return bool(mine - theirs - hinted), bool(theirs - mine)


def _labelled(weighed: Weighed, target: Target) -> tuple[float, ...]:
    """Returns how far a claim tells a label's row and column, and the label the claim; zeros for an indicator.

    A row or column whose label says nothing (合计, 统计数) is told by silence.
    """
    if target.formulas:
        return (0.0,) * 9
    facets = weighed.claimed.facets
    own = frozenset(facets.core)
    row, column = target.row, target.column
    row_own = _told_by(row, own)
    row_around = max(row_own, _told_by(row, own.union(weighed.around)))
    row_section = max(row_own, _told_by(row, own.union(weighed.titles)))
    near = _told_by(column, own | weighed.letters)  # what stands nearest says which column
    column_said = max(near, _FARTHER * _told_by(column, own.union(weighed.around, weighed.titles)))
    covers = _told_by(frozenset(facets.gist), row | column | target.letters)
    told = max(row_around, row_section) * column_said * covers
    whole = told == 1.0 and bool(row or column) and not (facets.modifiers or facets.lost)
    return (
        row_own,
        row_around,
        row_section,
        column_said,
        not column,
        covers,
        covers == 1.0,
        told,
        whole,
    )


def _told_by(wanted: frozenset[str], said: frozenset[str]) -> float:
    """Returns the share of `wanted` among `said`; 1 where nothing is wanted."""
    return len(wanted & said) / len(wanted) if wanted else 1.0


def comparable(unit: str, target: Target, units: Units) -> bool:
    """Says whether a quantity in `unit` may be compared with the target's."""
    if target.money and unit and (known := units.by_id.get(unit)) is not None and known.kind != _MONEY:
        return False
    return unit in target.also or factor(unit, target.unit, units) is not None


def _compare(claimed: frozenset[str], known: frozenset[str]) -> tuple[bool, bool, bool, bool]:
    """Returns the flags same, partial, extra (only the claim says it) and missing (only the target does)."""
    if claimed and known:
        return claimed == known, claimed != known, False, False
    return False, False, bool(claimed), bool(known)


def strange(claimed: Reference, target: Target) -> bool:
    """Says whether the claim has words neither a facet nor the target knows."""
    known = target.letters | target.row | target.column
    facets = claimed.facets
    return facets.unknown and (
        "bare" in facets.values or _strange(facets.residue + facets.context_residue, known) > 0
    )


def _strange(residue: str, letters: frozenset[str]) -> int:
    """Returns how many characters of `residue` are not among `letters`."""
    return len(residue) - sum(map(letters.__contains__, residue)) if residue else 0


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Returns the product of two vectors; what `b` lacks counts nothing."""
    return sum(map(mul, a.values(), map(b.get, a, repeat(0.0))), 0.0)
