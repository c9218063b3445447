"""A text against itself: parts, rates, changes, lists and contradictions."""

from __future__ import annotations

from collections.abc import Sequence

from ..data import Check, Claim, Finding, Link, Reading
from ..knowledge import Knowledge
from ..tables.ledger import Ledger
from .accounts import check_accounts
from .contradictions import check_all_done, check_contradictions, check_indicators, check_recalled
from .directions import check_directions, check_steps
from .lists import check_enumerations
from .outline import check_outline
from .parts import check_parts
from .prose import Prose, prose_of
from .rates import check_changes, check_rates
from .shares import check_shares
from .since import check_since
from .years import check_years

_CHECKS = (
    check_parts,
    check_rates,
    check_shares,
    check_changes,
    check_steps,
    check_directions,
    check_years,
    check_enumerations,
    check_contradictions,
)


def check_text(
    claims: Sequence[Claim],
    text: str | Prose,
    reading: Reading,
    knowledge: Knowledge,
    links: Sequence[Link] = (),
    ledger: Ledger | None = None,
) -> tuple[list[Finding], list[Check]]:
    """Returns what the text contradicts in itself, and every comparison that could be made.

    Args:
        claims: all claims of one report.
        text: `Report.text`, which the offsets of `claims` refer to; or both together, where they are at hand.
        reading: the figures of its tables, for what the text says of their carry-over.
        knowledge: the rules of `kb/arithmetic.toml`.
        links: what the claims are about, for numbers of one indicator in different words.
        ledger: the tables of the form of accounts, whose titles the text must tell.

    A finding says that two statements of the text do not go together. It does not say which is wrong.
    Nothing is said where it is not certain which numbers belong together.
    """
    prose = prose_of(claims, text) if isinstance(text, str) else text
    outcomes = [outcome for run in _CHECKS for outcome in run(prose, knowledge)]
    outcomes += check_all_done(prose, reading, knowledge)
    judged = {(outcome.code, *outcome.claims[:1]) for outcome in outcomes}
    outcomes += [
        outcome
        for outcome in check_since(prose, knowledge)
        if (outcome.code, *outcome.claims[:1]) not in judged
    ]
    told = {(outcome.code, outcome.claims) for outcome in outcomes}
    for run_linked in (check_indicators, check_recalled, check_accounts):
        linked = list(run_linked(prose, links, knowledge))
        outcomes += [outcome for outcome in linked if (outcome.code, outcome.claims) not in told]
    if ledger is not None:
        outcomes += check_outline(prose, ledger, knowledge)
    findings = [outcome for outcome in outcomes if isinstance(outcome, Finding)]
    checks = [outcome for outcome in outcomes if isinstance(outcome, Check)]
    return findings, checks
