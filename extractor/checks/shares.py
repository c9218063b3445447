"""Shares (占 x%) worked out again from a part and its whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from .. import intervals
from ..data import Claim
from ..knowledge import Knowledge
from ..knowledge.checking import RateRules
from ..units import Units
from .bases import percentage
from .prose import Outcome, Prose, counts
from .rates import judge_ratio

_ALL = Decimal(100)


@dataclass(slots=True)
class _Shares:
    """The shares of one supposed whole, each with its part; `certain` where the grammar names the whole."""

    whole: Claim
    certain: bool
    members: list[tuple[Claim, Claim]] = field(default_factory=list)


def check_shares(prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the shares that name no whole of their own, each of the claim just before it.

    The whole is the one that claim is part of, or the 100条 of 在100条信息中. Where a sentence of 其中 or the
    next share leans on what stands before, the whole is a supposition: it counts only where the parts
    sum to it or one of their shares fits.
    """
    units = knowledge.language.units
    for group in _groups(prose, knowledge.arithmetic.rates):
        if group.certain or _confirmed(group, units):
            for share, part in group.members:
                yield from judge_ratio(share, part, group.whole, prose, knowledge)
    yield from _of_named(prose, knowledge)


def _of_named(prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the shares that name their whole (占办结数的46.4%), where one earlier number of the section is that."""
    rules, units = knowledge.arithmetic.rates, knowledge.language.units
    for place, share in enumerate(prose.claims):
        part = prose.before(share)
        if share.kind != "percent" or share.value is None or part is None or not counts(part):
            continue  # no share of a count
        gap = prose.gap(part, share)
        if rules.share.match(gap):
            yield from _fitting(share, part, prose, knowledge)
            continue  # it names no whole
        named = rules.of_named.match(gap)
        if named is None:
            continue  # a rate of something else
        wholes = [
            claim
            for claim in reversed(prose.claims[:place])
            if claim.section == share.section
            and claim is not part
            and counts(claim)
            and claim.part_of is None
            and named["whole"] in prose.head(claim)
        ]
        if len({claim.value for claim in wholes}) == 1 and percentage(part, wholes[0], units) is not None:
            yield from judge_ratio(share, part, wholes[0], prose, knowledge)


def _fitting(share: Claim, part: Claim, prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields that a share holds of an earlier number of its sentence, where nothing says which one it is of."""
    if part.part_of is not None:
        return
    units = knowledge.language.units
    for claim in prose.earlier(part):
        expected = percentage(part, claim, units) if counts(claim) and claim.unit == part.unit else None
        if expected is not None and share.value != _ALL and intervals.meet(expected, share.interval):
            yield from judge_ratio(share, part, claim, prose, knowledge)
            return


def _groups(prose: Prose, rules: RateRules) -> Iterator[_Shares]:
    """Yields the shares of the text by their wholes."""
    group: _Shares | None = None
    for share in prose.claims:
        if share.kind != "percent" or share.value is None:
            continue  # no share
        part = _part(share, prose, rules)
        if part is None or not counts(part):
            continue  # no share of a count
        whole, certain = _whole(part, prose, rules)
        if whole is None and group is not None and _follows(part, group, prose):
            group.members.append((share, part))
            continue  # one more share of the whole before
        if group is not None and (whole is None or whole.id != group.whole.id):
            yield group
            group = None
        if whole is not None:
            group = group or _Shares(whole, certain)
            group.members.append((share, part))
    if group is not None:
        yield group


def _part(share: Claim, prose: Prose, rules: RateRules) -> Claim | None:
    """Returns what `share` is the share of: the number before it; of shares told together the one as far before.

    None where nothing says that it is one, or where there are fewer numbers than shares.
    """
    first = place = prose.places[share.id]
    while first and _joined(first, prose, rules):
        first -= 1
    opening = prose.claims[first]
    part = prose.before(opening)
    if part is None or rules.share.match(prose.gap(part, opening)) is None:
        return None
    if rules.together.search(prose.gap(part, opening)) is None:
        return part if first == place else None
    end = place + 1
    while end < len(prose.claims) and _joined(end, prose, rules):
        end += 1
    parts = prose.claims[max(0, 2 * first - end) : first]
    alike = len(parts) == end - first and all(other.sentence == share.sentence for other in parts)
    return parts[place - first] if alike else None


def _joined(place: int, prose: Prose, rules: RateRules) -> bool:
    """Returns whether the percentage at `place` is joined to the one before it."""
    claim, previous = prose.claims[place], prose.claims[place - 1]
    alike = claim.kind == previous.kind and claim.sentence == previous.sentence
    return alike and rules.joint.fullmatch(prose.gap(previous, claim)) is not None


def _whole(part: Claim, prose: Prose, rules: RateRules) -> tuple[Claim | None, bool]:
    """Returns what `part` is a share of, and whether the grammar says so; None where nothing does."""
    if part.part_of is not None:
        return prose.named(part.part_of), True
    for claim in prose.earlier(part):
        following = prose.words(claim.end, claim.sentence[1])
        if counts(claim) and claim.unit == part.unit and rules.among.match(following):
            return claim, True
    place = prose.places[part.id] - 1
    if place >= 0 and prose.before(part) is None and rules.leaning.match(prose.sentence(part)):
        claim = prose.claims[place]
        if counts(claim) and claim.unit == part.unit and claim.section == part.section:
            return claim, False
    return None, False


def _follows(part: Claim, group: _Shares, prose: Prose) -> bool:
    """Returns whether `part` stands right behind the last share of `group`, in the same unit."""
    last = group.members[-1][0]
    return (
        prose.places[part.id] == prose.places[last.id] + 1
        and part.unit == group.whole.unit
        and part.section == last.section
    )


def _confirmed(group: _Shares, units: Units) -> bool:
    """Returns whether the parts sum to the supposed whole, or one of their shares fits it."""
    if len(group.members) < 2:
        return False
    if intervals.meet(intervals.total(part.interval for _, part in group.members), group.whole.interval):
        return True
    expected = [(share, percentage(part, group.whole, units)) for share, part in group.members]
    return any(
        value is not None and intervals.meet(value, share.interval) and share.value != _ALL
        for share, value in expected
    )
