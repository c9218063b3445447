"""Quantities: hedge, number, scale, unit, read at the place of the number."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ..data import Interval, Quantity
from ..knowledge.language import Hedge
from ..numerals import Numeral, read
from ..units import Unit
from .bounds import hedged, hedged_interval, rounding
from .lexicon import SCALES, Lexicon
from .patterns import BLANKS
from .shares import read_shares
from .written import ARABIC, CHINESE, START, Written, read_arabic, read_chinese

_CONNECTOR = re.compile(rf"[{BLANKS}]?(?:至|到|[-—–－~～−‐]{{1,2}})[{BLANKS}]?")
_CHANGE = re.compile(r"[由从自][^,，。;；]{0,8}$")
_MINUS = re.compile(r"(?:^|[^0-9０-９A-Za-z])([-－−]|负)$")
_PER = frozenset("/／每")
# the scale of a denominator belongs to the unit: 件/10万人, 人/百亿元
_PER_SCALE = re.compile(r"(?:10*)?[十百千万亿]*")
_DIGIT_LETTERS = frozenset("一二三四五六七八九两")
# a unit whose number may be followed by 多/余 and the rest of the unit: 3个多月
_SPLIT = re.compile("个([多余半])(?=[月小工星])")
_TEN_THOUSAND = Decimal(10000)
# a one-character number opens a range: 五至七名
_SPAN_AHEAD = re.compile("[至到—-][一二两三四五六七八九十]")
_JOINTS = frozenset({"、", "和", "及", "与", "以及"})


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number with its unit: `interval` before any outer hedge; `end` after the unit."""

    written: Written
    numeral: Numeral | None
    interval: Interval
    inside: Hedge | None
    inside_text: str
    unit: Unit | None
    unit_id: str
    unit_text: str
    end: int
    numbers: tuple[tuple[int, int], ...]


def read_quantities(text: str, position: int, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """Returns the quantity whose number starts at `position`, or the members of a ratio; empty if there is none."""
    shares = read_shares(text, position, lexicon)
    if shares:
        return shares
    first = _measure(text, position, lexicon)
    if first is None:
        return ()
    ranged = _read_range(text, first, lexicon)
    if ranged is not None:
        return (ranged,)
    return (_finish(text, first, lexicon),)


def share_units(text: str, quantities: list[Quantity], lexicon: Lexicon) -> None:
    """Gives the bare members of a list the unit its last member has: 15、22个百分点, 3.5和2.1万人.

    Works in place. A scale is shared as the unit is, by a member below ten thousand that has none.
    """
    for index in range(len(quantities) - 2, -1, -1):
        member, following = quantities[index], quantities[index + 1]
        unit = lexicon.units.by_id.get(following.unit)
        if (
            member.rule != "quantity.bare"
            or unit is None
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


def _measure(text: str, position: int, lexicon: Lexicon) -> _Measured | None:
    """Returns number, inner hedge, scale and unit at `position`; None if no number or no likely quantity."""
    arabic = CHINESE.match(text, position) is None
    written = read_arabic(text, position, lexicon) if arabic else read_chinese(text, position, lexicon)
    if written is None:
        return None
    end = written.end
    numbers: tuple[tuple[int, int], ...] = ((written.start, end),)
    numeral = written.numeral
    inside: Hedge | None = None
    inside_text = ""
    cursor = _skip(text, end)
    hedge = lexicon.hedges.inside.get(text[cursor : cursor + 1])
    if hedge is not None and _may_hedge(text, cursor, lexicon):
        inside, inside_text, end = hedge, text[cursor], cursor + 1
        scale = Decimal(1)
        cursor = _skip(text, end)
        while text[cursor : cursor + 1] and text[cursor] in SCALES and not lexicon.units.find(text, cursor):
            scale *= read(text[cursor]).value  # type: ignore[union-attr]
            cursor = end = cursor + 1
        if numeral is not None:
            numeral = numeral.times(scale)
    cursor = _skip(text, end)
    split = _SPLIT.match(text, cursor)
    extra = Decimal(0)
    unit_start = cursor
    if split is not None and inside is None:
        found = lexicon.units.find("个" + text[split.end() : split.end() + 4], 0)
        if found is not None:
            found = found[0], split.end() + found[1] - 1
            if split.group(1) == "半":
                extra = Decimal("0.5")
            else:
                inside, inside_text = lexicon.hedges.inside[split.group(1)], split.group(1)
    else:
        found = lexicon.units.find(text, cursor)
        if found is not None and found[0].kind == "time" and text[found[1] : found[1] + 1] == "半":
            extra, found = Decimal("0.5"), (found[0], found[1] + 1)
    unit, unit_id, unit_text = None, "", ""
    if found is not None and not (not arabic and _is_set_phrase(written, found[0], inside)):
        unit, end = found
        unit_id, unit_text = unit.id, text[unit_start:end]
        compound = _per(text, end, lexicon)
        if compound is not None:
            counted = ARABIC.match(text, end + 1)
            if counted is not None:  # 件/10万人: the digits are part of the unit
                numbers += (counted.span(),)
            unit_id, end = f"{unit.id}/{compound}", end + 1 + len(compound)
            unit_text = text[unit_start:end]
    if unit is None and not arabic and not _stands_alone(text, written, end, inside, lexicon):
        return None
    if numeral is None:
        interval = written.interval
        assert interval is not None
    else:
        if extra:
            numeral = Numeral(numeral.value + extra, Decimal("0.1"), Decimal(1))
            interval = Interval(numeral.value, numeral.value)
        else:
            if written.scale_first:  # 千万条: ten million or so; 近千: as near to it as 近1000
                interval = rounding(Numeral(numeral.value, numeral.value, numeral.value), whole=False)
                numeral = Numeral(numeral.value, Decimal(1), numeral.value)
            else:
                interval = rounding(numeral, unit is None or (unit.whole and unit_id == unit.id))
        if inside is not None:
            interval = hedged(numeral, inside)
    return _Measured(written, numeral, interval, inside, inside_text, unit, unit_id, unit_text, end, numbers)


def _may_hedge(text: str, position: int, lexicon: Lexicon) -> bool:
    """Says whether the 余/多/来 at `position` is a hedge: what follows is scale, unit, blank, mark or noun."""
    following = text[position + 1 : position + 2]
    if text[position] == "来":
        return lexicon.units.find(text, position + 1) is not None or following in SCALES
    return following not in lexicon.hedge_words or (
        following in lexicon.hedge_units and lexicon.units.find(text, position + 1) is not None
    )


def _is_set_phrase(written: Written, unit: Unit, inside: Hedge | None) -> bool:
    """Says whether a one-character Chinese numeral and `unit` make a set phrase (四方, 三省) and no count."""
    return (
        unit.bound
        and written.end - written.start == 1
        and inside is None
        and written.numeral is not None
        and not written.scale_first
    )


def _stands_alone(text: str, written: Written, end: int, inside: Hedge | None, lexicon: Lexicon) -> bool:
    """Says whether a Chinese number without unit is one: hedged, vague, of several characters, or before 至五名."""
    if inside is not None or written.numeral is None:
        return True
    if lexicon.hedges.find_before(text, written.start, written.scale_first) is not None:
        return True
    if lexicon.hedges.find_after(text, end, "") is not None:
        return True
    if end - written.start == 1:
        return _SPAN_AHEAD.match(text, end) is not None
    return any(character in _DIGIT_LETTERS for character in text[written.start : end])


def _per(text: str, position: int, lexicon: Lexicon) -> str | None:
    """Returns what a unit that ends at `position` is counted by, with its scale: 立方米, 10万人, 百亿元."""
    if text[position : position + 1] not in _PER:
        return None
    start = position + 1
    scale = _PER_SCALE.match(text, start)
    assert scale is not None
    for begin in (start, scale.end()):
        for length in range(6, 0, -1):
            word = text[begin : begin + length]
            if word in lexicon.units.per and len(word) == length:
                return text[start : begin + length]
    return None


def _skip(text: str, position: int) -> int:
    """Returns the place after at most one blank at `position`."""
    return position + 1 if text[position : position + 1] and text[position] in BLANKS else position


def _finish(text: str, measured: _Measured, lexicon: Lexicon) -> Quantity:
    """Returns the quantity of one measured number with its outer hedges."""
    written, unit = measured.written, measured.unit
    kind = unit.kind if unit is not None else "bare"
    before, after, start, end, words = lexicon.hedges.around(
        text, written.start, measured.end, kind, written.scale_first
    )
    if before is not None and before.id == "near" and kind == "time":
        # 近3年 is the last three years, not almost three years
        before, start, words = None, written.start, text[measured.end : end].strip()
    numeral, interval = measured.numeral, measured.interval
    outer = before or after
    if outer is not None and measured.inside is None:
        interval = hedged_interval(interval, outer) if numeral is None else hedged(numeral, outer)
    value = None if numeral is None else numeral.value
    if numeral is not None and before is None:
        sign = _MINUS.search(text, max(0, start - 2), start)
        if sign is not None:
            start = sign.start(1)
            value = -numeral.value
            interval = Interval(
                None if interval.high is None else -interval.high,
                None if interval.low is None else -interval.low,
                interval.high_open,
                interval.low_open,
            )
    hedge = "…".join(filter(None, (words, measured.inside_text)))
    if written.style == "vague":
        rule = "quantity.vague"
    elif kind == "bare":
        rule = "quantity.bare"
    elif kind in ("percent", "point", "multiple", "money"):
        rule = f"quantity.{kind}"
    elif kind in _COUNTS:
        rule = "quantity.count" if written.style == "arabic" else "quantity.chinese"
    else:
        rule = "quantity.measure"
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


_COUNTS = frozenset({"person", "event", "item", "case", "body", "thing"})


def _read_range(text: str, first: _Measured, lexicon: Lexicon) -> Quantity | None:
    """Returns the range that `first` opens (3至5件, 10人-15人, 3-5万元); None if it opens none.

    由3件至5件 tells a change and is two quantities.
    """
    match = _CONNECTOR.match(text, first.end)
    if match is None or first.numeral is None or START.match(text, match.end()) is None:
        return None
    connector = match.group().strip(BLANKS)
    if connector in "至到" and _CHANGE.search(text, max(0, first.written.start - 9), first.written.start):
        return None
    second = _measure(text, match.end(), lexicon)
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
