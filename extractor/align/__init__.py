"""Alignment: claim → the figures or formulas it may be compared with, and why.

Words decide what a claim is about, and its value tells which of the admissible formulas holds. Where words leave it
open, a number that agrees with a cell they make likely is evidence for it (decision 21); one that agrees with none is
none. In the national form of accounts the form itself says which cell some words mean (decision 22), and then nothing
else is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..claims.prose import Prose
from ..data import Claim, Link, Reading
from ..knowledge import Knowledge
from ..tables.ledger import Ledger
from .choices import Choice
from .linker import Linker
from .model import Model, load_model
from .several import together
from .statements import Statement

__all__ = ["Model", "align", "load_model"]

_PARTS = frozenset({"body", "subordinate"})
_PART = "part"  # of the year: 上半年40件,12月份11件 of one row


def align(
    claims: Sequence[Claim],
    reading: Reading,
    knowledge: Knowledge,
    model: Model,
    prose: Prose | None = None,
    ledger: Ledger | None = None,
) -> tuple[Link, ...]:
    """Returns one link a claim, in their order.

    Candidates are ranked by wording, unit and section; the formulas of the chosen one are then tried
    against the claim's value. A link without figures says why there is none.

    Args:
        claims: all claims of one report.
        reading: the figures of its tables.
        knowledge: the facets and forms known.
        model: the weights of the ranking.
        prose: the claims with the words between them, which the form of a `ledger` is told by.
        ledger: the tables of the national form of accounts, where the report is of that form.
    """
    linker = Linker(reading, knowledge, model)
    choices = linker.confirm([linker.choose(claim) for claim in claims])
    taken = _joint(choices, linker)
    links = [linker.link(choice, taken.get(choice.claim.id, "")) for choice in choices]
    links = together(choices, links, linker)
    if ledger is not None and prose is not None:
        statement = Statement(prose, ledger, knowledge)
        links = [statement.link(claim, link) for claim, link in zip(claims, links, strict=True)]
    return tuple(links)


def _joint(choices: Sequence[Choice], linker: Linker) -> dict[str, str]:
    """Returns for claims that must give way the claim that has their cells.

    Members of one list share no cells, and a part does not have its whole's.
    """
    by_claim = {choice.claim.id: choice for choice in choices}
    holders: dict[tuple[str, tuple[str, ...]], Choice] = {}
    taken: dict[str, str] = {}
    listed = [
        choice
        for choice in choices
        if choice.ranked and choice.claim.part_of is not None and choice.claim.period.kind != _PART
    ]
    for choice in sorted(listed, key=lambda choice: -choice.ranked[0][0]):
        whole = choice.claim.part_of or ""
        cells = linker.cells(choice)
        if not cells:
            continue
        if whole in by_claim and linker.cells(by_claim[whole]) == cells:
            if linker.holds(choice) and not linker.holds(by_claim[whole]):
                taken[whole] = choice.claim.id  # 收入总计264.7亿元,包括当年收入86.42亿元
                continue
            if choice.claim.scope.kind in _PARTS and by_claim[whole].claim.scope.kind not in _PARTS:
                continue  # one body's share of the number before, of the same row
            if linker.is_own_part(choice.claim, by_claim[whole].claim):
                taken[whole] = choice.claim.id
            else:
                taken[choice.claim.id] = whole
            continue
        holder = holders.setdefault((whole, cells), choice)
        if holder is not choice:
            taken[choice.claim.id] = holder.claim.id
    return taken
