"""Numbers of one section that add up by what they count, whatever sentences they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from .. import intervals
from ..data import Claim, Link
from ..knowledge import Knowledge
from ..knowledge.checking import Account
from .prose import Outcome, Prose, check, counts, finding

_CODE = "text.parts"
_OTHER_BODIES = frozenset({"body", "subordinate"})
_WHOLE_TIME = frozenset({"year", "unstated"})
_OLD = "last_year"
_CARRIED = "carried_in"
_NARROWED = frozenset({"column", "ambiguous"})

_ZERO = Decimal(0)

_Told = dict[str, Claim]


def check_accounts(prose: Prose, links: Sequence[Link], knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields the sums that what claims are about lets one make (新收 and 上年结转 are all there is to handle).

    Each indicator counts once a section, as first told of the year and of no single body. A sum that holds is
    tallied; one that fails is a finding only where every part it needs is told.
    """
    sections = _sections(prose, links)
    for told in sections.values():
        for account in knowledge.arithmetic.accounts:
            yield from _outcomes(account, told, prose, knowledge)


def _sections(prose: Prose, links: Sequence[Link]) -> dict[tuple[str, ...], _Told]:
    """Returns the first whole number of every indicator, by section."""
    by_claim = {link.claim: link for link in links}
    sections: dict[tuple[str, ...], _Told] = {}
    for claim in prose.claims:
        link = by_claim.get(claim.id)
        if link is None or not link.score or link.why in _NARROWED or "indicator" not in link.params:
            continue  # nothing says what it counts, or it counts less
        if not counts(claim) or claim.value is None or claim.hedge or claim.scope.kind in _OTHER_BODIES:
            continue  # no exact number of all bodies
        old = claim.period.kind == _OLD and _CARRIED in str(link.params["indicator"])
        if claim.period.kind not in _WHOLE_TIME and not old:
            continue  # of another time; what was carried in is of last year and this one
        sections.setdefault(claim.section, {}).setdefault(str(link.params["indicator"]), claim)
    return sections


def _outcomes(account: Account, told: _Told, prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    parts = _parts(account, told)
    totals = [told[name] for name in account.total if name in told and told[name] not in parts]
    others = [told[name] for name in account.also if name in told and told[name] not in parts]
    if len(parts) < 2 or not (totals or others):
        return
    summed = intervals.total([part.interval for part in parts])
    expected = sum((part.value for part in parts if part.value is not None), _ZERO)
    fitting = next((total for total in (*totals, *others) if intervals.meet(total.interval, summed)), None)
    total = fitting or (totals or others)[0]
    claims = (total, *parts)
    formula = f"{total.id} = {' + '.join(part.id for part in parts)}"
    if fitting is not None:
        yield check(_CODE, True, claims, formula, expected)
    elif totals and _must_hold(account, total, told, prose):
        yield check(_CODE, False, claims, formula, expected)
        yield finding(knowledge, _CODE, claims, formula, expected)


def _parts(account: Account, told: _Told) -> list[Claim]:
    """Returns the parts told, in the order of the text; of alternatives the first, of a sum and its terms the terms."""
    names = [name for name in told if name in account.parts]
    doubled = {name for name in names if _twice(name, names, account)}
    chosen: dict[frozenset[str], str] = {}
    for name in names:
        group = next((group for group in account.full if name in group), frozenset({name}))
        if name not in doubled:
            chosen.setdefault(group, name)
    claims = {told[name].id: told[name] for name in chosen.values()}
    inside = {claim.id for claim in claims.values() if claim.part_of in claims}
    return sorted(
        (claim for claim in claims.values() if claim.id not in inside), key=lambda claim: claim.start
    )


def _twice(name: str, names: Sequence[str], account: Account) -> bool:
    """Says whether an indicator is counted in others: a sum all of whose terms are told, or a term of a sum that is."""
    own = [group for group in account.full if name in group]
    others = [other for group in own for other in group if other != name and other in names]
    if len(own) > 1:
        return all(any(other in group for other in others) for group in own)
    sums = [other for other in others if sum(other in group for group in account.full) > 1]
    return any(not _twice(other, names, account) for other in sums)


def _must_hold(account: Account, total: Claim, told: _Told, prose: Prose) -> bool:
    """Says whether all parts are told in one sentence with the total, which is no other number told of the section.

    Over sentences, what each counts and of which time is only inferred; then a sum that holds is worth a tally,
    one that fails nothing.
    """
    return (
        bool(account.full)
        and all(claim.sentence == total.sentence for claim in _parts(account, told))
        and all(names & told.keys() for names in account.full)
        and account.said.search(prose.head(total)) is not None
        and not any(
            claim is not total and claim.value == total.value and name not in account.parts
            for name, claim in told.items()
        )
    )
