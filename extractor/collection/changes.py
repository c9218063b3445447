"""What a report says of last year, against last year's report: changes (同比) and numbers given for last year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .. import intervals
from ..data import Interval, Relation, Severity, Verdict
from ..data.collection import (
    FAILED,
    HELD,
    UNKNOWN,
    CollectionCheck,
    CollectionFinding,
    Exhibit,
    KeptClaim,
    Member,
    Outcome,
    Series,
)
from ..formulas import Formula, Term
from ..knowledge import Knowledge
from ..knowledge.collection import ChangeRules
from ..units import Units, factor
from ..widths import fold_widths
from .cells import Cells, cells_of, evaluate
from .exhibits import exhibit_of_claim, exhibit_of_figure
from .phrases import clause_of, phrase_of, words_of

_CHANGE, _QUOTED = "years.change", "years.last_year"
_LEVELS = frozenset({Relation.LEVEL, Relation.TOTAL})
_RATES = frozenset({"percent", "point"})
_THIS_YEAR = frozenset({"year", "unstated"})
_ONE, _HUNDRED = Decimal(1), Decimal(100)
_SHOWN = Decimal("0.01")
_CARRIED = "carried_in"


@dataclass(frozen=True, slots=True)
class _Base:
    """A number of last year's report: what it may be, in its unit, and where it stands."""

    interval: Interval
    value: Decimal | None
    unit: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """One report, its cells by indicator and its claims by what they count."""

    member: Member
    cells: Cells
    phrases: dict[tuple[str, ...], list[KeptClaim]]


def check_changes(series: Series, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields, for each change against last year and each number quoted for it, whether last year's report agrees.

    Last year's number is the cell the claim of this year was tied to, or the claim of last year in the same
    words; where several stand there, one that agrees is enough. Where there is none, it is unknown.
    """
    rules = knowledge.comparison.changes
    sides = {year: _side(member, rules) for year, member in series.years.items()}
    for year, now in sides.items():
        claims = sorted(now.member.claims, key=lambda claim: (claim.start, claim.end))
        last = sides.get(year - 1)
        for before, claim, behind in zip([None, *claims], claims, [*claims[1:], None], strict=False):
            if before is not None and before.sentence_start != claim.sentence_start:
                before = None
            if behind is not None and behind.sentence_start != claim.sentence_start:
                behind = None
            if before is not None:
                yield from _change(before, claim, now, last, series.body, rules, knowledge)
            if _dated(claim, before):
                yield from _quoted(claim, before, behind, now, last, series.body, rules, knowledge)


# ---------------------------------------------------------------- changes


def _change(
    level: KeptClaim,
    change: KeptClaim,
    now: _Side,
    last: _Side | None,
    body: str,
    rules: ChangeRules,
    knowledge: Knowledge,
) -> Iterator[Outcome]:
    """Yields whether `change`, told right after `level`, is that from last year's number.

    Behind a part it may be that of its whole: one of the two must agree.
    """
    year = now.member.year or 0
    told = rules.gap.search(_between(level, change))
    if told is None or change.relation is not Relation.CHANGE or not _is_level(level):
        return
    named = told.groupdict().get("year")
    if (named is not None and int(named) != year - 1) or change.kind == "point":
        return
    if (told.groupdict().get("noun") or "") not in clause_of(level):
        return
    formula = (
        f"{change.id} = {level.id} / last - 1"
        if change.kind == "percent"
        else f"{change.id} = {level.id} - last"
    )
    if last is None:
        yield CollectionCheck(_CHANGE, UNKNOWN, body, year, "year_missing", formula)
        return
    units = knowledge.language.units
    falls = told.groupdict().get("down") is not None
    wholes = [whole for whole in now.member.claims if whole.id == level.part_of and _is_level(whole)]
    tried = [
        (base, expected)
        for subject in (level, *wholes)
        for base in _bases(subject, now, last, rules, knowledge)
        if (expected := _expected(subject, change, base, falls, units)) is not None
    ]
    if not tried:
        yield CollectionCheck(_CHANGE, UNKNOWN, body, year, "no_base", formula)
        return
    held = any(intervals.meet(expected, change.interval) for _, expected in tried)
    yield CollectionCheck(_CHANGE, HELD if held else FAILED, body, year, "", formula)
    if held:
        return
    base, expected = tried[0]
    shown = _middle(expected)
    yield CollectionFinding(
        code=_CHANGE,
        verdict=Verdict.MISMATCH,
        severity=Severity.INFO if _last_digit(change, shown) else knowledge.messages.severity(_CHANGE),
        body=body,
        year=year,
        exhibits=(exhibit_of_claim(now.member, change), exhibit_of_claim(now.member, level), *base.exhibits),
        formula=formula,
        expected=shown,
        actual=change.value,
        difference=None if shown is None or change.value is None else change.value - shown,
        params={
            "body": body,
            "year": year,
            "last_year": year - 1,
            "level": level.text,
        },
    )


def _expected(level: KeptClaim, change: KeptClaim, base: _Base, falls: bool, units: Units) -> Interval | None:
    """Returns what the change from `base` to `level` may be, in the direction told; None where it cannot be had."""
    by = factor(level.unit, base.unit, units)
    if by is None:
        return None
    mine = intervals.scaled(level.interval, by)
    if change.kind == "percent":
        ratio = intervals.quotient(mine, base.interval)
        if ratio is None:
            return None
        grown = intervals.scaled(
            intervals.total((ratio, intervals.negative(intervals.exactly(_ONE)))), _HUNDRED
        )
    else:
        back = factor(base.unit, change.unit, units)
        if back is None:
            return None
        grown = intervals.scaled(intervals.total((mine, intervals.negative(base.interval))), back)
    return intervals.negative(grown) if falls else grown


def _last_digit(change: KeptClaim, shown: Decimal | None) -> bool:
    """Says whether a rate is off by no more than one in its last digit, as where digits were cut off."""
    if shown is None or change.value is None or change.kind != "percent":
        return False
    exponent = change.value.as_tuple().exponent
    return isinstance(exponent, int) and abs(change.value - shown) <= _ONE.scaleb(exponent)


# ---------------------------------------------------------------- numbers given for last year


def _dated(claim: KeptClaim, before: KeptClaim | None) -> bool:
    """Says whether the words that place `claim` in time stand right before it, with no other claim between."""
    if before is None:
        return True
    between = claim.sentence[max(before.end - claim.sentence_start, 0) : claim.start - claim.sentence_start]
    return claim.period_text in fold_widths(between)


def _quoted(
    claim: KeptClaim,
    before: KeptClaim | None,
    behind: KeptClaim | None,
    now: _Side,
    last: _Side | None,
    body: str,
    rules: ChangeRules,
    knowledge: Knowledge,
) -> Iterator[Outcome]:
    """Yields whether a number that this report gives for last year is the one last year's report gives.

    Right behind a level it counts the same thing, and right before what it has become: 45件,上年为60件; 由60件减至45件.
    """
    year = now.member.year or 0
    if claim.period != "last_year" or claim.relation not in _LEVELS or claim.kind in _RATES:
        return
    if claim.year not in (None, year - 1) or any(_CARRIED in name for name in _indicators(claim, now)):
        return
    subject = claim
    if before is not None and _is_level(before) and rules.quoted.search(_between(before, claim)):
        subject = before
    elif behind is not None and _is_level(behind) and rules.moved.search(_between(claim, behind)):
        subject = behind
    formula = f"{claim.id} = last"
    if last is None:
        yield CollectionCheck(_QUOTED, UNKNOWN, body, year, "year_missing", formula)
        return
    units = knowledge.language.units
    tried = [
        (base, by)
        for base in _bases(subject, now, last, rules, knowledge)
        if (by := factor(claim.unit, base.unit, units)) is not None
    ]
    if not tried:
        yield CollectionCheck(_QUOTED, UNKNOWN, body, year, "no_base", formula)
        return
    held = any(intervals.meet(intervals.scaled(claim.interval, by), base.interval) for base, by in tried)
    yield CollectionCheck(_QUOTED, HELD if held else FAILED, body, year, "", formula)
    if held:
        return
    base, by = tried[0]
    yield CollectionFinding(
        code=_QUOTED,
        verdict=Verdict.MISMATCH,
        severity=knowledge.messages.severity(_QUOTED),
        body=body,
        year=year,
        exhibits=(exhibit_of_claim(now.member, claim), *base.exhibits),
        formula=formula,
        expected=base.value,
        actual=claim.value,
        difference=None if base.value is None or claim.value is None else claim.value * by - base.value,
        params={
            "body": body,
            "year": year,
            "last_year": year - 1,
        },
    )


# ---------------------------------------------------------------- last year's number


def _side(member: Member, rules: ChangeRules) -> _Side:
    phrases: dict[tuple[str, ...], list[KeptClaim]] = {}
    for claim in member.claims:
        key = phrase_of(claim, rules) if _is_level(claim) else None
        if key is not None:
            phrases.setdefault(key, []).append(claim)
    return _Side(member, cells_of(member), phrases)


def _bases(
    claim: KeptClaim, now: _Side, last: _Side, rules: ChangeRules, knowledge: Knowledge
) -> Iterator[_Base]:
    """Yields last year's numbers of what `claim` counts: the cell it was tied to, then the claim in the same words."""
    names = _indicators(claim, now)
    if names:
        formula = Formula(" + ".join(names), tuple(Term(name) for name in names))
        found = evaluate(formula, last.cells, knowledge.comparison)
        if not isinstance(found, str) and len({figure.unit for figure in found.figures}) == 1:
            exhibits = tuple(exhibit_of_figure(last.member, figure) for figure in found.figures)
            yield _Base(intervals.exactly(found.value), found.value, found.figures[0].unit, exhibits)
    key = phrase_of(claim, rules)
    twins = last.phrases.get(key, []) if key is not None else []
    if twins and len({(twin.value, twin.unit) for twin in twins}) == 1:
        twin = twins[0]
        yield _Base(twin.interval, twin.value, twin.unit, (exhibit_of_claim(last.member, twin),))


def _indicators(claim: KeptClaim, side: _Side) -> tuple[str, ...]:
    """Returns the indicators of the cells `claim` was tied to; none where one has no indicator, or is subtracted."""
    if not claim.figures or "-" in claim.formula:
        return ()
    figures = {figure.id: figure for figure in side.member.figures}
    found = [figures[name] for name in claim.figures if name in figures]
    if len(found) < len(claim.figures) or any(not figure.indicator or figure.period for figure in found):
        return ()
    return tuple(figure.indicator for figure in found)


def _is_level(claim: KeptClaim) -> bool:
    return (
        claim.relation in _LEVELS
        and claim.kind not in _RATES
        and claim.period in _THIS_YEAR
        and claim.interval.low is not None
    )


def _between(left: KeptClaim, right: KeptClaim) -> str:
    """Returns the words between two claims of one sentence, folded and without blanks."""
    start, end = left.end - left.sentence_start, right.start - right.sentence_start
    return words_of(left.sentence[max(start, 0) : max(end, 0)])


def _middle(interval: Interval) -> Decimal | None:
    """Returns the middle of `interval` to two places; None where it has an open end."""
    if interval.low is None or interval.high is None:
        return None
    value = ((interval.low + interval.high) / 2).quantize(_SHOWN, ROUND_HALF_UP)
    return value.quantize(_ONE) if value == value.to_integral_value() else value.normalize()
