"""What each kind of slip does to a number: the operations of `kinds.toml`."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from ...data import Interval
from ...labels import Gold, GoldClaim
from ..reports.numbers import WIDE, around, han
from .kinds import Kind
from .targets import ASCII, SCALES, Target


class Skipped(Exception):  # noqa: N818  nobody's error: the number stays, and the reason is counted
    """A number that a kind leaves alone; the argument is the reason, a key of `kinds.toml`."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the text: the half-open span, what takes its place, and the number's new digits, scale and unit."""

    start: int
    end: int
    text: str
    plain: str
    scale: Decimal
    unit: str | None = None

    @property
    def value(self) -> Decimal:
        """Returns the new number, its scale applied."""
        return Decimal(self.plain) * self.scale


@dataclass(frozen=True, slots=True)
class Site:
    """A number to be changed by a kind of slip: where it stands, what stands around it, and the chance to be taken."""

    kind: Kind
    target: Target
    text: str
    gold: Gold
    draw: random.Random


def slip(site: Site) -> Edit:
    """Returns the change that a kind of slip makes to a number.

    Raises:
        Skipped: there is no such change.
    """
    edit = _OPERATIONS[site.kind.op](site)
    if edit.text == site.text[edit.start : edit.end]:
        raise Skipped("same")
    return edit


def interval(target: Target, edit: Edit) -> Interval:
    """Returns what the new number of a claim may stand for, in the way the old one did.

    Raises:
        Skipped: the old one stands for what no rule gives for the new one.
    """
    label = target.label
    if not isinstance(label, GoldClaim) or label.value is None:
        raise Skipped("no_number")
    old, value = label.interval, edit.value
    unit = Decimal(1).scaleb(int(Decimal(edit.plain).as_tuple().exponent)) * edit.scale
    rounded = Interval(value - unit / 2, value + unit / 2)
    below = None if old.low is None else label.value - old.low
    above = None if old.high is None else old.high - label.value
    if edit.scale != target.scale:
        return rounded if edit.scale > 1 else around(value)
    if below == above == 0:
        return Interval(value, value)
    if below is not None and below == above:
        return rounded
    if below == 0 and above is None:
        return replace(old, low=value)
    if above == 0 and not old.low:
        return replace(old, high=value)
    if below == 0 and old.high_open and "." not in edit.plain and value:
        zeros = len(edit.plain) - len(edit.plain.rstrip("0"))
        return replace(old, low=value, high=value + unit * 10**zeros)
    raise Skipped("hedged")


# ---------------------------------------------------------------- digits


def _changed(target: Target, plain: str) -> Edit:
    """Returns the change of the digits to `plain`, written in the manner of the old ones."""
    if Decimal(plain) == target.value:
        raise Skipped("same")
    return Edit(target.start, target.end, _written(plain, target.text), plain, target.scale)


def _written(plain: str, like: str) -> str:
    """Returns the digits as those of `like` are written: thousands apart, full-width, in Chinese numerals."""
    first = like.translate(ASCII)[:1]
    if first.isdigit() or first in ("-", "+"):
        text = f"{Decimal(plain):,}" if "," in like.translate(ASCII) else plain
        return text.translate(WIDE) if like != like.translate(ASCII) else text
    if not plain.isdigit() or int(plain) > 9999:
        raise Skipped("not_plain")
    return "两" if plain == "2" else han(int(plain))


def _whole(target: Target) -> list[int]:
    """Returns the places of the digits before the point."""
    return [at for at, char in enumerate(target.plain.partition(".")[0]) if char.isdigit()]


def _filled(target: Target) -> None:
    if target.value == 0:
        raise Skipped("is_zero")


def _add(site: Site) -> Edit:
    target = site.target
    value = target.value + site.kind.by * Decimal(1).scaleb(int(target.value.as_tuple().exponent))
    if value < 0 <= target.value:
        raise Skipped("is_zero")
    return _changed(target, format(value, "f"))


def _swap(site: Site) -> Edit:
    plain = site.target.plain
    places = [at for at, char in enumerate(plain) if char.isdigit()]
    pairs = [
        (left, right)
        for left, right in pairwise(places)
        if plain[left] != plain[right] and (left != places[0] or plain[right] != "0")
    ]
    if not pairs:
        raise Skipped("no_digits")
    left, right = site.draw.choice(pairs)
    chars = list(plain)
    chars[left], chars[right] = chars[right], chars[left]
    return _changed(site.target, "".join(chars))


def _lose(site: Site) -> Edit:
    plain, places = site.target.plain, _whole(site.target)
    free = [at for at in places if at != places[0] or plain[at + 1 : at + 2] != "0"]
    if len(places) < 2:
        raise Skipped("no_digits")
    at = site.draw.choice(free)
    return _changed(site.target, plain[:at] + plain[at + 1 :])


def _double(site: Site) -> Edit:
    _filled(site.target)
    plain = site.target.plain
    at = site.draw.choice(_whole(site.target))
    return _changed(site.target, plain[: at + 1] + plain[at:])


def _scale(site: Site) -> Edit:
    _filled(site.target)
    return _changed(site.target, format(site.target.value * site.kind.by, "f"))


def _zero(site: Site) -> Edit:
    _filled(site.target)
    return _changed(site.target, "0")


def _fill(site: Site) -> Edit:
    if site.target.value != 0:
        raise Skipped("not_zero")
    return _changed(site.target, str(site.draw.randint(1, 9)))


def _unit(site: Site) -> Edit:
    """Returns a unit of money one step off, or 万 put behind a count or taken from it."""
    kind, target = site.kind, site.target
    _filled(target)
    if not isinstance(target.label, GoldClaim):
        raise Skipped("no_unit")
    unit = target.label.unit or ""
    if target.scale == 1 and unit in kind.units and target.rest.startswith(unit):
        other = kind.units[unit]
        return Edit(target.end, target.end + len(unit), other, target.plain, target.scale, other)
    if target.rest.startswith(kind.mark) and target.scale == SCALES[kind.mark]:
        return Edit(target.end, target.end + len(kind.mark), "", target.plain, Decimal(1))
    if target.scale != 1 or unit in kind.bare or target.rest[:1] != unit[:1]:
        raise Skipped("no_unit")
    return Edit(target.end, target.end, kind.mark, target.plain, SCALES[kind.mark])


# ---------------------------------------------------------------- other numbers of the report


def _last_year(site: Site) -> Edit:
    return _other(_last_years(site), site.target)


def _neighbour(site: Site) -> Edit:
    return _other(_neighbours(site), site.target)


def _other(values: Iterator[Decimal], target: Target) -> Edit:
    for value in values:
        plain = format(value / target.scale, "f")
        if Decimal(plain) != target.value:
            return _changed(target, plain)
    raise Skipped("no_other")


def _last_years(site: Site) -> Iterator[Decimal]:
    """Yields last year's numbers: of a column for it, or of a claim of the same unit in the same sentence."""
    label, text = site.target.label, site.text
    if isinstance(label, GoldClaim):
        start = max(text.rfind(mark, 0, label.start) for mark in "。\n") + 1
        ends = [at for mark in "。\n" if (at := text.find(mark, label.end)) >= 0]
        for claim in site.gold.claims:
            inside = start <= claim.start < min(ends, default=len(text)) and claim.unit == label.unit
            last = claim.period == ("last_year",) and claim.relation != ("change",)
            if inside and last and claim.value is not None:
                yield claim.value
        return
    row, _, column = label.indicator.partition("@")
    wanted = {f"{row}@{name}" for name in site.kind.columns if name != column}
    yield from (
        item.value for item in site.gold.figures if item.indicator in wanted and item.value is not None
    )


def _neighbours(site: Site) -> Iterator[Decimal]:
    """Yields the numbers of the next cells, or those of the claims behind and before where no one cell is meant."""
    label, gold = site.target.label, site.gold
    if isinstance(label, GoldClaim) and len(label.figures) != 1:
        same = [claim for claim in gold.claims if claim.unit == label.unit]
        at = same.index(label)
        near = (*same[at + 1 : at + 2], *same[max(0, at - 1) : at])
        yield from (claim.value for claim in near if claim.value is not None)
        return
    name = label.figures[0] if isinstance(label, GoldClaim) else label.indicator
    column = name.partition("@")[2]
    for figures in (
        gold.figures,
        [figure for figure in gold.figures if column and figure.indicator.endswith(f"@{column}")],
    ):
        names = [figure.indicator for figure in figures]
        if name not in names:
            continue
        at = names.index(name)
        for figure in (*figures[at + 1 : at + 2], *figures[max(0, at - 1) : at]):
            if figure.value is not None and figure.unit == figures[at].unit:
                yield figure.value


_OPERATIONS: Mapping[str, Callable[[Site], Edit]] = {
    "add": _add,
    "swap": _swap,
    "lose": _lose,
    "double": _double,
    "scale": _scale,
    "unit": _unit,
    "last_year": _last_year,
    "neighbour": _neighbour,
    "zero": _zero,
    "fill": _fill,
}
