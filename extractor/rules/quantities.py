"""Quantities: hedge, number, scale, unit, read at the place of the number."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ..data import Interval, Quantity
from ..numerals import read
from .bounds import hedged, hedged_interval, rounding
from .lexicon import Lexicon
from .measured import Measured, measure
from .patterns import BLANKS
from .shares import read_shares
from .written import ARABIC, START

_CONNECTOR = re.compile(rf"[{BLANKS}]?(?:至|到|[-—–－~～−‐]{{1,2}})[{BLANKS}]?")
_OPENERS = frozenset(f"至到-—–－~～−‐{BLANKS}")
_CHANGE = re.compile(r"[由从自][^,，。;；]{0,8}$")
_SIGNS = frozenset("-－−负")
_MINUS = re.compile(r"(?:^|[^0-9０-９A-Za-z])([-－−]|(?<![减担肩胜])负)$")
# 零 that states a value, not the 零 of a word (零件) or of a denial (零投诉)
ZERO = re.compile(
    r"(?<=[为是至到])零(?=[,，.。;；、)）\n]|$)|(?<=[从由])零(?=增|提高|提升|上升|升|扩大|发展到)"
)
_TEN_THOUSAND = Decimal(10000)
_COUNTS = frozenset({"person", "event", "item", "case", "body", "thing"})
_RULES = {kind: f"quantity.{kind}" for kind in ("bare", "percent", "point", "multiple", "money")}
_JOINTS = frozenset({"、", "和", "及", "与", "以及"})


def read_quantities(text: str, position: int, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """Returns the quantity whose number starts at `position`, or the members of a ratio; empty if there is none."""
    shares = read_shares(text, position, lexicon)
    if shares:
        return shares
    first = measure(text, position, lexicon)
    if first is None:
        return ()
    ranged = _read_range(text, first, lexicon)
    if ranged is not None:
        return (ranged,)
    return (_finish(text, first, lexicon),)


def zero(text: str, position: int) -> Quantity:
    """Returns the 零 at `position` that states a value: 上年为零, 从零增加到."""
    nothing = Decimal(0)
    return Quantity(
        start=position,
        end=position + 1,
        text=text[position : position + 1],
        numbers=((position, position + 1),),
        value=nothing,
        interval=Interval(nothing, nothing),
        unit="",
        unit_text="",
        kind="bare",
        hedge="",
        rule="quantity.bare",
    )


def share_units(text: str, quantities: list[Quantity], lexicon: Lexicon) -> None:
    """Gives the bare members of a list the unit its last member has: 15、22个百分点, 3.5和2.1万人.

    Works in place. A scale is shared as the unit is, by a member below ten thousand that has none.
    """
    for index in range(len(quantities) - 2, -1, -1):
        member = quantities[index]
        if member.rule != "quantity.bare":
            continue
        following = quantities[index + 1]
        unit = lexicon.units.by_id.get(following.unit)
        if (
            unit is None
            or following.rule == "quantity.range"
            or member.value is None
            or text[member.end : following.start].strip(BLANKS) not in _JOINTS
        ):
            continue
        numeral = read(text[member.numbers[0][0] : member.numbers[0][1]])
        last = ARABIC.match(text, following.numbers[-1][0])
        base = None if last is None else read(last.group())
        if numeral is None or base is None or member.value != numeral.value or member.hedge:
            continue
        if base.value and following.value and following.value != base.value and numeral.value < _TEN_THOUSAND:
            numeral = numeral.times(following.value / base.value)
        quantities[index] = replace(
            member,
            value=numeral.value,
            interval=rounding(numeral, unit.whole),
            unit=following.unit,
            kind=following.kind,
            rule=following.rule,
        )


def _finish(text: str, measured: Measured, lexicon: Lexicon) -> Quantity:
    """Returns the quantity of one measured number with its outer hedges."""
    written, unit = measured.written, measured.unit
    kind = unit.kind if unit is not None else "bare"
    before, after, start, end, words = lexicon.hedges.around(
        text, written.start, measured.end, kind, written.scale_first
    )
    if (
        before is not None
        and before.id == "near"
        and kind == "time"
        and not text.startswith(lexicon.duration_after, measured.end)
    ):
        # 近3年 is the last three years, not almost three years; but 近6个月没有更新 is almost six months
        before, start, words = None, written.start, text[measured.end : end].strip()
    numeral, interval = measured.numeral, measured.interval
    outer = before or after
    if outer is not None and measured.inside is None:
        interval = hedged_interval(interval, outer) if numeral is None else hedged(numeral, outer)
    value = None if numeral is None else numeral.value
    if numeral is not None and before is None:
        sign = _MINUS.search(text, max(0, start - 2), start) if text[start - 1 : start] in _SIGNS else None
        if sign is not None:
            start = sign.start(1)
            value = -numeral.value
            interval = Interval(
                None if interval.high is None else -interval.high,
                None if interval.low is None else -interval.low,
                interval.high_open,
                interval.low_open,
            )
    hedge = (
        f"{words}…{measured.inside_text}" if words and measured.inside_text else words or measured.inside_text
    )
    if written.style == "vague":
        rule = "quantity.vague"
    elif kind in _COUNTS:
        rule = "quantity.count" if written.style == "arabic" else "quantity.chinese"
    else:
        rule = _RULES.get(kind, "quantity.measure")
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        numbers=measured.numbers,
        value=value,
        interval=interval,
        unit=measured.unit_id,
        unit_text=measured.unit_text,
        kind=kind,
        hedge=hedge,
        rule=rule,
    )


def _read_range(text: str, first: Measured, lexicon: Lexicon) -> Quantity | None:
    """Returns the range that `first` opens (3至5件, 10人-15人, 3-5万元); None if it opens none.

    由3件至5件 tells a change and is two quantities.
    """
    if text[first.end : first.end + 1] not in _OPENERS:
        return None
    match = _CONNECTOR.match(text, first.end)
    if match is None or first.numeral is None or START.match(text, match.end()) is None:
        return None
    connector = match.group().strip(BLANKS)
    if connector in "至到" and _CHANGE.search(text, max(0, first.written.start - 9), first.written.start):
        return None
    second = measure(text, match.end(), lexicon)
    if second is None or second.numeral is None:
        return None
    low, high = first.numeral, second.numeral
    interval = first.interval
    if first.unit is None and second.unit is not None:
        scaled = read(re.sub(rf"[{BLANKS}]", "", text[second.written.start : second.written.end]))
        plain = ARABIC.match(text, second.written.start)
        if plain is not None and scaled is not None and low.step <= 1:
            base = read(plain.group())
            if base is not None and base.value and scaled.value != base.value and low.value < base.value:
                low = low.times(scaled.value / base.value)
        interval = rounding(low, second.unit.whole)
    elif first.unit_id != second.unit_id and second.unit is not None:
        return None
    if low.value >= high.value:
        return None
    unit = second.unit or first.unit
    kind = unit.kind if unit is not None else "bare"
    before, after, start, end, words = lexicon.hedges.around(
        text, first.written.start, second.end, kind, False
    )
    if before is not None and before.id == "near":
        before, start = None, first.written.start
    whole = Interval(interval.low, second.interval.high, False, second.interval.high_open)
    outer = before or after
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        numbers=first.numbers + second.numbers,
        value=None,
        interval=whole if outer is None else hedged_interval(whole, outer),
        unit=second.unit_id or first.unit_id,
        unit_text=second.unit_text or first.unit_text,
        kind=kind,
        hedge=words,
        rule="quantity.range",
    )
