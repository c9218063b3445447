"""What an audit must say once one number is changed: worked out from labels and identities, never from an audit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ...data import Interval, Verdict
from ...formulas import Identity
from ...intervals import exactly, meet, reaches, total
from ...knowledge import Knowledge
from ...labels import Gold, GoldCheck, GoldClaim, GoldFinding
from ...units import factor

_AGREES = frozenset({Verdict.MATCH, Verdict.APPROXIMATE})
_HARD = frozenset({"table.identity", "table.part_exceeds"})
_SLIP = Decimal(10000)
_ZERO = Decimal(0)
_ADDRESS = re.compile(r"(T\d+)!R(\d+)C(\d+)")
_LEAST_PARTS = 2

Values = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Truth:
    """The labels after the change, and the findings that were not due before it; none where nothing can tell."""

    gold: Gold
    findings: tuple[GoldFinding, ...]


def truth(before: Gold, after: Gold, changed: str, knowledge: Knowledge) -> Truth:
    """Returns the labels `after` a change with verdicts, findings and checks put right.

    Args:
        before: the labels of the clean report.
        after: the same with one value changed, verdicts as they were.
        changed: id of the claim, or indicator of the figure, whose value that is.
        knowledge: its identities and units are used.
    """
    broken = [check for check in after.checks if check.holds and not _stands(check, after)]
    found = [GoldFinding(check.code, check.claims, check.figures) for check in broken]
    for code, names in _identities(before, after, changed, knowledge):
        found.append(GoldFinding(code, (), names))
    failed = {name for finding in found if finding.code in _HARD for name in finding.figures}
    claims = []
    for claim in after.claims:
        touched = claim.id == changed or changed in claim.figures
        judged = claim
        if touched and claim.verdict in _AGREES and not _fits(claim, after, knowledge):
            judged, finding = _differing(claim, after, failed, knowledge)
            found.append(finding)
        claims.append(judged)
    found += _parts(before, after, changed)
    checks = [replace(check, holds=False) if check in broken else check for check in after.checks]
    gold = replace(
        after, claims=tuple(claims), checks=tuple(checks), findings=(*after.findings, *dict.fromkeys(found))
    )
    return Truth(gold, tuple(dict.fromkeys(found)))


# ---------------------------------------------------------------- text against table


def cells(claim: GoldClaim, gold: Gold, knowledge: Knowledge) -> list[Decimal]:
    """Returns the values of a claim's cells in the unit of the claim, none where one of them holds no number."""
    found = []
    figures = {figure.indicator: figure for figure in gold.figures}
    for name in claim.figures:
        figure = figures.get(name)
        if figure is None or figure.value is None:
            return []
        scale = factor(figure.unit, claim.unit or "", knowledge.language.units)
        found.append(figure.value * (scale or 1))
    return found


def _fits(claim: GoldClaim, gold: Gold, knowledge: Knowledge) -> bool:
    """Says whether a claim agrees with the sum of its cells, or with each where it speaks of each (各2件)."""
    values = cells(claim, gold, knowledge)
    if not values:
        return True
    return _within(sum(values, _ZERO), claim.interval) or all(
        _within(value, claim.interval) for value in values
    )


def _differing(
    claim: GoldClaim, gold: Gold, failed: set[str], knowledge: Knowledge
) -> tuple[GoldClaim, GoldFinding]:
    whole = sum(cells(claim, gold, knowledge), _ZERO)
    if claim.value and claim.value in (whole * _SLIP, whole / _SLIP):
        verdict, code = Verdict.MISMATCH, "tieout.magnitude"
    elif failed.intersection(claim.figures):
        verdict, code = Verdict.DOUBTFUL, "tieout.doubtful"
    else:
        verdict, code = Verdict.MISMATCH, "tieout.mismatch"
    finding = GoldFinding(code, (claim.id,), claim.figures, whole, claim.value)
    return replace(claim, verdict=verdict), finding


# ---------------------------------------------------------------- the table against itself


def _identities(
    before: Gold, after: Gold, changed: str, knowledge: Knowledge
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields code and cells of each identity that the change breaks."""
    old, new = _values(before), _values(after)
    seen: set[str] = set()
    identities = (
        entry
        for template in knowledge.templates.templates
        if template.id == before.template
        for entry in template.identities
    )
    for entry in identities:
        left, right = entry.formula.left, entry.formula.right
        was, now = ((left.evaluate(values), right.evaluate(values)) for values in (old, new))
        if entry.key not in seen and _holds(entry.formula, was) is not None:
            seen.add(entry.key)
            if _holds(entry.formula, was) and _holds(entry.formula, now) is False:
                yield entry.code, entry.formula.names
    yield from _footings(old, new, changed)


def _holds(identity: Identity, sides: tuple[Decimal | None, Decimal | None]) -> bool | None:
    """Says whether an identity holds, None where a cell is missing."""
    left, right = sides
    return None if left is None or right is None else identity.holds(left, right)


def _footings(old: Values, new: Values, changed: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields each row and column of a table of no form whose last number was the sum of the others, and is not now."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in old:
        if match := _ADDRESS.fullmatch(name):
            lines[match[1], f"R{match[2]}"].append(name)
            lines[match[1], f"C{match[3]}"].append(name)
    for names in lines.values():
        *parts, last = names
        many = sum(1 for name in parts if old[name]) >= _LEAST_PARTS
        held, holds = (sum(values[name] for name in parts) == values[last] for values in (old, new))
        if changed in names and many and held and not holds:
            yield "table.identity", (last, *parts)


def _values(gold: Gold) -> dict[str, Decimal]:
    return {figure.indicator: figure.value for figure in gold.figures if figure.value is not None}


# ---------------------------------------------------------------- the text against itself


def _stands(check: GoldCheck, gold: Gold) -> bool:
    """Says whether arithmetic of the text still holds; of a kind that is not worked out here, that it does."""
    claims = {claim.id: claim for claim in gold.claims}
    parts = [claims[name] for name in check.claims]
    if check.code == "text.parts" and not check.figures:
        whole, *rest = parts
        return meet(whole.interval, total(part.interval for part in rest))
    if check.code == "text.rate" and len(parts) == 3:
        rate, top, bottom = parts
        if top.value is None or not bottom.value:
            return False
        return _within(100 * top.value / bottom.value, rate.interval)
    return True


def _parts(before: Gold, after: Gold, changed: str) -> Iterator[GoldFinding]:
    """Yields each part of one kind that the change puts above its whole."""
    old = {claim.id: claim for claim in before.claims}
    new = {claim.id: claim for claim in after.claims}
    for part in after.claims:
        if len(part.part_of) != 1 or part.part_of[0] is None or changed not in (part.id, part.part_of[0]):
            continue
        whole = part.part_of[0]
        if part.unit == new[whole].unit and not _above(old[part.id], old[whole]) and _above(part, new[whole]):
            yield GoldFinding("text.parts_exceed", (whole, part.id), ())


def _above(part: GoldClaim, whole: GoldClaim) -> bool:
    return not reaches(part.interval, whole.interval)


def _within(value: Decimal, interval: Interval) -> bool:
    return meet(exactly(value), interval)
