"""Units of measure: what they are, how they are written, and which an auditor takes as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

_ONE = Decimal(1)
_SCALES = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000), "亿": Decimal(100000000)}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of `kb/units.toml`.

    `kind` is its class. `whole` says that it counts things: a number written in full is then exact,
    while a measured number (money, area, percent) stands for all that round to it. `scale` is its
    size in units of `base`; both are empty where the unit converts to no other. `like` are the ids
    an auditor takes as the same unit; the relation is not transitive. `not_before` are characters that
    make its written form the head of another word (条 before 例). `bound` units make a set phrase of a
    one-character Chinese numeral (三省, 四面), not a count; no letter or digit may stand behind a `latin` one.
    """

    id: str
    kind: str
    whole: bool = True
    base: str = ""
    scale: Decimal = Decimal(1)
    like: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    latin: bool = False
    bound: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """All units: `by_id`, `forms` (written form → unit), and what may stand after a slash (`per`).

    `lengths` are the lengths of the forms that start with a character, the longest first. `counted` are words, by
    their first character, that stand behind a unit even where that may not stand before the character (12名|医生).
    """

    by_id: Mapping[str, Unit] = field(default_factory=dict)
    forms: Mapping[str, Unit] = field(default_factory=dict)
    per: frozenset[str] = frozenset()
    lengths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    counted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, text: str, position: int) -> tuple[Unit, int] | None:
        """Returns the unit written at `position` and where it ends: the longest form that stands free."""
        for length in self.lengths.get(text[position : position + 1], ()):
            end = position + length
            unit = self.forms.get(text[position:end])
            if unit is None or end > len(text):
                continue
            following = text[end : end + 1]
            if not following:
                return unit, end
            if following in unit.not_before and not text.startswith(self.counted.get(following, ()), end):
                continue
            if unit.latin and following.isascii() and following.isalnum():
                continue
            return unit, end
        return None


def factor(unit_a: str, unit_b: str, units: Units) -> Decimal | None:
    """Returns f such that a value in `unit_a` times f is the value in `unit_b`; None: not comparable.

    1 for one and the same unit, for units an auditor takes as one (期 and 次), and where either side
    has no unit: a missing unit contradicts nothing. By scale within a base (万元 to 元: 10000).
    A unit outside `kb/units.toml` compares with itself only.
    """
    if unit_a == unit_b or not unit_a or not unit_b:
        return _ONE
    a, b = units.by_id.get(unit_a), units.by_id.get(unit_b)
    if a is None or b is None:
        return _unscaled(unit_a, unit_b, units)
    if a.base and a.base == b.base:
        return a.scale / b.scale
    if unit_b in a.like or unit_a in b.like:
        return _ONE
    return None


def _unscaled(unit_a: str, unit_b: str, units: Units) -> Decimal | None:
    """Returns the factor where a unit in no list is a known one with its scale before it (万人次 in a table)."""
    if unit_a.replace("每", "/") == unit_b.replace("每", "/"):  # 微克每立方米, 微克/立方米
        return _ONE
    scale = Decimal(1)
    known = [unit_a, unit_b]
    for place, turn in enumerate((1, -1)):
        size = _SCALES.get(known[place][0])
        if size is not None and known[place] not in units.by_id:
            known[place], scale = known[place][1:], scale * size**turn
    if scale == 1 or not all(name in units.by_id for name in known):
        return None
    plain = factor(known[0], known[1], units)
    return None if plain is None else plain * scale
