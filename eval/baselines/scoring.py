"""What a tool found against the gold claims of the same text.

A span pairs with a claim, one to one, when it covers a whole numeral of it. What covers the numeral of an
exclusion, or none, is wrong. Of a claim of several numerals (10—15人) one is enough, and spans on its others
count neither way. A claim without a numeral (未收到申请) is counted apart: only words can find it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.labels import Gold, GoldClaim
from extractor.score import Counts, pair
from extractor.units import Unit, Units

Span = tuple[int, int]
METRICS = ("finding", "number", "value", "zero")


@dataclass(frozen=True, slots=True)
class Prediction:
    """One quantity found, in offsets of `Report.text`; `value` is None where the tool gives no single one."""

    start: int
    end: int
    value: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The counts of one document by metric, and the ids of the claims found and of those with the right number.

    `finding`: the claims that hold a numeral. `number`, `value`: those of them that have one value, by number
    alone and by number with unit. `zero`: the claims that hold none; precision is undefined there, since what
    pairs with nothing counts against `finding`.
    """

    counts: Mapping[str, Counts]
    found: frozenset[str]
    right: frozenset[str]


def score(gold: Gold, predictions: Sequence[Prediction], units: Units) -> Outcome:
    """Returns how one document's predictions compare with its labels."""
    numerals: dict[str, list[Span]] = {}
    for number in gold.numbers:
        numerals.setdefault(number.claim, []).append((number.start, number.end))
    marked = [span for spans in numerals.values() for span in spans]
    claims = [claim for claim in gold.claims if claim.id in numerals]
    zeros = [claim for claim in gold.claims if claim.id not in numerals]
    kept = [item for item in predictions if not _ignored(item, gold)]

    wordy = [item for item in kept if not any(_overlap(item, span) for span in marked)]
    zero_pairs = pair(zeros, wordy, lambda claim, item: _overlap(item, (claim.start, claim.end)))
    spent = {id(wordy[j]) for j in zero_pairs.values()}
    rest = [item for item in kept if id(item) not in spent]

    pairs = pair(claims, rest, lambda claim, item: _fit(item, numerals[claim.id]))
    neutral = _second_ends(
        [numerals[claims[i].id] for i in pairs],
        [item for j, item in enumerate(rest) if j not in pairs.values()],
    )
    found = len(rest) - neutral

    valued = [i for i, claim in enumerate(claims) if claim.value is not None]
    valueless = sum(i in pairs for i in range(len(claims)) if claims[i].value is None)
    same = [i for i in valued if i in pairs and _same_number(claims[i], rest[pairs[i]], units)]
    whole = [i for i in same if _same_quantity(claims[i], rest[pairs[i]], units)]
    return Outcome(
        {
            "finding": Counts(len(pairs), len(claims), found),
            "number": Counts(len(same), len(valued), found - valueless),
            "value": Counts(len(whole), len(valued), found - valueless),
            "zero": Counts(len(zero_pairs), len(zeros), None),
        },
        frozenset(claims[i].id for i in pairs) | frozenset(zeros[i].id for i in zero_pairs),
        frozenset(claims[i].id for i in same),
    )


def _ignored(item: Prediction, gold: Gold) -> bool:
    return any(start <= item.start and item.end <= end for start, end, _ in gold.ignored)


def _overlap(item: Prediction, span: Span) -> int:
    return max(0, min(item.end, span[1]) - max(item.start, span[0]))


def _fit(item: Prediction, numerals: Sequence[Span]) -> int:
    """Returns more the more numerals are covered whole, and more for a narrow span; 0 for none."""
    covered = sum(item.start <= start and end <= item.end for start, end in numerals)
    return covered and 1000 * covered + max(0, 999 - (item.end - item.start))


def _second_ends(paired: Sequence[Sequence[Span]], unpaired: Sequence[Prediction]) -> int:
    """Returns how many unpaired predictions cover another numeral of a claim that is paired already."""
    several = [numerals for numerals in paired if len(numerals) > 1]
    return sum(any(_fit(item, numerals) for numerals in several) for item in unpaired)


# ---------------------------------------------------------------- values


def _same_number(claim: GoldClaim, item: Prediction, units: Units) -> bool:
    """Returns whether the numbers agree as written or in units of the base: 136.22万元 is 1362200 too."""
    if claim.value is None or item.value is None:
        return False
    if _is_share(claim, item):
        return True
    wanted = {claim.value, claim.value * _scale(_unit(claim.unit or "", units))}
    return bool(wanted & {item.value, item.value * _scale(_unit(item.unit, units))})


def _same_quantity(claim: GoldClaim, item: Prediction, units: Units) -> bool:
    """Returns whether number and unit agree; scales of one base convert, 期 and 次 stay two units."""
    if claim.unit is None:
        return True
    if claim.value is None or item.value is None:
        return False
    if _is_share(claim, item):
        return True
    wanted, actual = _unit(claim.unit, units), _unit(item.unit, units)
    if wanted is None or actual is None:
        return claim.value == item.value and claim.unit == item.unit
    if wanted.id == actual.id:
        return claim.value == item.value
    return (
        wanted.base != ""
        and wanted.base == actual.base
        and claim.value * wanted.scale == item.value * actual.scale
    )


def _is_share(claim: GoldClaim, item: Prediction) -> bool:
    """Returns whether a fraction without a unit (1/3 as 0.3333…) lies in the bounds of a labelled percentage."""
    if claim.unit != "%" or item.unit or item.value is None or not 0 < item.value < 1:
        return False
    low, high = claim.interval.low, claim.interval.high
    return (low is None or low <= 100 * item.value) and (high is None or 100 * item.value <= high)


def _unit(written: str, units: Units) -> Unit | None:
    return units.by_id.get(written) or units.forms.get(written)


def _scale(unit: Unit | None) -> Decimal:
    return unit.scale if unit and unit.base else Decimal(1)
