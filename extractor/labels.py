"""Frozen records of gold labels: what an annotator says a report's numbers, claims and tables are.

They mirror the records of the result without its machinery, so that `gold` can read them and `score`
can compare them with a `Result`. Offsets are half-open and lie in `Report.text`. Where the codebook
lets two answers stand, the field is a tuple that holds both.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .data import CellState, Interval, Status, Verdict


@dataclass(frozen=True, slots=True)
class GoldNumber:
    """One number of the narrative: claimed by the claim `claim`, or excluded for a `reason`, a coarse group."""

    start: int
    end: int
    text: str
    status: Status
    reason: tuple[str, ...] = ()
    claim: str = ""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One claim: its span with hedge and unit, what it says, and what the table says of it.

    `unit` is None where none is written and none is to be scored (zero claims). `figures` are
    indicator ids, or cell addresses where no template fits. `part_of` holds every acceptable whole.
    """

    id: str
    start: int
    end: int
    text: str
    value: Decimal | None
    interval: Interval
    unit: str | None
    indicator: str
    scope: tuple[str, ...]
    period: tuple[str, ...]
    relation: tuple[str, ...]
    part_of: tuple[str | None, ...]
    figures: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class GoldExclusion:
    """A stretch whose numbers are no claims; `reason` holds every acceptable coarse group."""

    start: int
    end: int
    text: str
    reason: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """One value cell of a table: indicator id or address, and what stands there."""

    indicator: str
    start: int
    end: int
    text: str
    value: Decimal | None
    unit: str
    state: CellState


@dataclass(frozen=True, slots=True)
class GoldFinding:
    """A finding the audit must report: its code and its evidence, the main item first."""

    code: str
    claims: tuple[str, ...]
    figures: tuple[str, ...]
    expected: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GoldCheck:
    """A piece of arithmetic that can be checked, the total (or rate) first, and whether it holds."""

    code: str
    claims: tuple[str, ...]
    figures: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class Gold:
    """All labels of one report. `ignored` are spans whose numbers are not scored either way."""

    file: str
    sha256: str
    template: str
    numbers: tuple[GoldNumber, ...]
    claims: tuple[GoldClaim, ...]
    exclusions: tuple[GoldExclusion, ...]
    figures: tuple[GoldFigure, ...]
    findings: tuple[GoldFinding, ...]
    checks: tuple[GoldCheck, ...]
    ignored: tuple[tuple[int, int, str], ...]
