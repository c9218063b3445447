"""Which one cell is the likeliest to be wrong where identities fail, and what became of its digits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..knowledge.templates import TableIdentity

_ZERO = Decimal(0)
_LEAST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """An identity tried on one form: the values of its two sides, and whether it holds."""

    entry: TableIdentity
    left: Decimal
    right: Decimal
    holds: bool


@dataclass(frozen=True, slots=True)
class Culprit:
    """A cell, the value that would repair its identities, and the kind of slip that would explain it.

    `kind` is swapped (two digits), lost (a digit), added (a digit), unfilled (0 for a sum) or changed.
    """

    name: str
    value: Decimal
    kind: str


def likeliest(trial: Trial, trials: Sequence[Trial], values: Mapping[str, Decimal | None]) -> Culprit | None:
    """Returns the one cell of a failed identity whose change repairs most; None where several do as well.

    A change counts the identities it repairs less those it breaks. Between equals a recognisable slip
    of digits decides, if only one cell shows one.
    """
    if trial.entry.formula.relation != "=":
        return None
    scored: list[tuple[int, bool, Culprit]] = []
    for name in dict.fromkeys(trial.entry.formula.names):
        old = values.get(name)
        new = None if old is None else _needed(trial, name, old)
        if old is None or new is None or new < _ZERO:
            continue
        gain = sum(_gain(other, name, new - old) for other in trials if name in other.entry.formula.names)
        kind = slip(old, new)
        scored.append((gain, kind != "changed", Culprit(name, new, kind)))
    if not scored:
        return None
    best = max(gain for gain, _, _ in scored)
    finalists = [entry for entry in scored if entry[0] == best and best > 0]
    if len(finalists) > 1:
        finalists = [entry for entry in finalists if entry[1]]
    return finalists[0][2] if len(finalists) == 1 else None


def superfluous_row(
    trial: Trial, trials: Sequence[Trial], values: Mapping[str, Decimal | None]
) -> str | None:
    """Returns the row that is counted once too often in every column of one identity: a row shifted or repeated.

    Its cells equal the difference in each column of the form, at least two of them not 0. Of rows that are
    all alike it is the last, as the one printed again; None where no row does.
    """
    kind = trial.entry.key.partition(":")[0]
    same = [other for other in trials if other.entry.key.partition(":")[0] == kind]
    if sum(1 for other in same if not other.holds) < _LEAST_COLUMNS:
        return None
    rows: list[str] | None = None
    for other in same:
        gap = other.right - other.left
        fitting = [
            name.partition("@")[0] for name in other.entry.formula.right.names if values.get(name) == gap
        ]
        rows = fitting if rows is None else [row for row in rows if row in fitting]
    return rows[-1] if rows else None


def _sign(trial: Trial, name: str) -> int:
    """Returns by how much left minus right grows with the cell."""
    left = sum(term.sign for term in trial.entry.formula.left.terms if term.name == name)
    return left - sum(term.sign for term in trial.entry.formula.right.terms if term.name == name)


def _needed(trial: Trial, name: str, old: Decimal) -> Decimal | None:
    sign = _sign(trial, name)
    return None if sign == 0 else old - (trial.left - trial.right) / sign


def _gain(trial: Trial, name: str, change: Decimal) -> int:
    """Returns 1 where the change repairs the identity, -1 where it breaks it, else 0."""
    difference = trial.left - trial.right + _sign(trial, name) * change
    holds = difference <= _ZERO if trial.entry.formula.relation == "<=" else difference == _ZERO
    return int(holds) - int(trial.holds)


def slip(old: Decimal, new: Decimal) -> str:
    """Returns the kind of slip that makes `old` of `new`."""
    written, meant = str(old), str(new)
    if old == _ZERO:
        return "unfilled" if new > _ZERO else "changed"
    if len(written) == len(meant) and sorted(written) == sorted(meant):
        apart = [place for place in range(len(written)) if written[place] != meant[place]]
        if len(apart) == 2 and apart[1] - apart[0] == 1:
            return "swapped"
    if len(meant) == len(written) + 1 and _shortened(meant, written):
        return "lost"
    if len(written) == len(meant) + 1 and _shortened(written, meant):
        return "added"
    return "changed"


def _shortened(long: str, short: str) -> bool:
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
