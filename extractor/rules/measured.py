"""A number with its unit, as measured before any outer hedge: 3个多月, 18万余条, 12.5件/万人."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ..data import Interval
from ..knowledge.language import Hedge
from ..numerals import Numeral, plain, read
from ..units import Unit
from .bounds import hedged, rounding
from .lexicon import SCALES, Lexicon
from .patterns import BLANKS, DIGITS
from .written import ARABIC, CLOSING, Written, read_arabic, read_chinese

# what may stand between a number and 个月, 个小时: 3个多月, 一个半小时
_SPLIT = re.compile("个([多余半])(?=[月小工星])")
# the second half of a compound unit on the next line: 件↵(组)
_JOINT = re.compile(rf"[{BLANKS}]?\n?[{BLANKS}]?[(（]([\u4e00-\u9fff]{{1,2}})[)）]")
_BREAKS = frozenset(f"\n(（{BLANKS}")
_SLASHES = frozenset("/／每")
_PER = {"／": "/"}
# the scale of a denominator belongs to the unit: 件/10万人, 人/百亿元
_PER_SCALE = re.compile("(?:10*)?[十百千万亿]*")
_LONGEST_PER = 6
# the scales that a unit of money may start with
_SCALED = ("万", "亿")
_DIGIT_LETTERS = frozenset("一二三四五六七八九两")
# a one-character number opens a range: 五至七名
_SPAN_AHEAD = re.compile("[至到—-][一二两三四五六七八九十]")
_PHRASE_END = re.compile(r"[,，.。;；:：、)）\n]|$")
_HALF, _ONE, _TENTH = Decimal("0.5"), Decimal(1), Decimal("0.1")


class Measured(NamedTuple):
    """A number with its unit: `interval` before any outer hedge; `end` after the unit.

    `numeral` is None for a vague number. `inside` is the hedge between number and unit (80多条), `numbers`
    the spans of the bare numbers: two where the unit holds one (件/10万人).
    """

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


class _Inside(NamedTuple):
    """A hedge inside a quantity, with the scale behind it, and where both end: 多万 of 20多万条."""

    hedge: Hedge
    word: str
    scale: Decimal
    end: int


class _Held(NamedTuple):
    """The unit of a number; `half` for 两年半, `word` for the 多 of 3个多月."""

    unit: Unit
    end: int
    half: bool = False
    word: str = ""


def measure(text: str, position: int, lexicon: Lexicon) -> Measured | None:
    """Returns the number at `position` with its unit; None if there is none, or likely no quantity."""
    arabic = text[position] in DIGITS
    written = read_arabic(text, position, lexicon) if arabic else read_chinese(text, position, lexicon)
    if written is None:
        return None
    end, numeral = written.end, written.numeral
    numbers: tuple[tuple[int, int], ...] = ((written.start, end),)
    cursor = _skip(text, end)
    inside = _read_inside(text, cursor, lexicon)
    hedge, word = None, ""
    if inside is not None:
        hedge, word, end = inside.hedge, inside.word, inside.end
        cursor = _skip(text, end)
        if numeral is not None and inside.scale != _ONE:
            numeral = numeral.times(inside.scale)
    held = _read_unit(text, cursor, lexicon, split=inside is None)
    if held is not None and held.unit.bound and not arabic and hedge is None and _is_set_phrase(written):
        held = held if _is_counted(text, written, held, lexicon) else None
    unit, unit_id, unit_text = None, "", ""
    if held is not None:
        unit, end, unit_id = held.unit, held.end, held.unit.id
        larger = lexicon.units.by_id.get(text[written.end - 1] + unit.id) if hedge is not None else None
        shorter = (
            None if larger is None or larger.kind != "money" else read(text[written.start : written.end - 1])
        )
        if larger is not None and shorter is not None:  # 57万余元 is 57 and more 万元
            unit, unit_id, numeral = larger, larger.id, shorter
            numbers = ((written.start, written.end - 1),)
        elif unit.kind == "money" and numeral is not None:
            numeral = _in_unit(text[written.start : written.end], numeral, text[cursor : cursor + 1])
        if held.word:
            hedge, word = lexicon.hedges.inside[held.word], held.word
        if text[end : end + 1] in _SLASHES and (per := _read_per(text, end + 1, lexicon)):
            counted = ARABIC.match(text, end + 1)
            if counted is not None:
                numbers += (counted.span(),)
            unit_id, end = f"{unit_id}{_PER.get(text[end], text[end])}{per}", end + 1 + len(per)
        unit_text = text[cursor:end]
    elif not arabic and not _stands_alone(text, written, end, hedge, lexicon):
        return None
    whole = unit is None or (unit.whole and unit_id == unit.id)
    if numeral is None:
        assert written.interval is not None
        interval = written.interval
    elif held is not None and held.half:
        numeral = Numeral(numeral.value + _HALF, _TENTH, _ONE)
        interval = Interval(numeral.value, numeral.value)
    elif written.scale_first:  # 千万条: ten million or so; 近千: as near to it as 近1000
        interval = rounding(Numeral(numeral.value, numeral.value, numeral.value), whole=False)
        numeral = Numeral(numeral.value, _ONE, numeral.value)
    else:
        interval = rounding(numeral, whole)
    if hedge is not None and numeral is not None:
        interval = hedged(numeral, hedge)
    return Measured(written, numeral, interval, hedge, word, unit, unit_id, unit_text, end, numbers)


def _read_inside(text: str, position: int, lexicon: Lexicon) -> _Inside | None:
    """Returns the hedge at `position`, between a number and its scale or unit; None if there is none."""
    word = text[position : position + 1]
    hedge = lexicon.hedges.inside.get(word)
    if hedge is None or not _may_hedge(text, position, lexicon):
        return None
    end = position + 1
    scale = _ONE
    cursor = _skip(text, end)
    while (letter := text[cursor : cursor + 1]) and letter in SCALES:
        factor = read(letter)
        if factor is None or lexicon.units.find(text, cursor) is not None:
            break
        scale *= factor.value
        cursor = end = cursor + 1
    return _Inside(hedge, word, scale, end)


def _may_hedge(text: str, position: int, lexicon: Lexicon) -> bool:
    """Says whether the 余/多/来 at `position` is a hedge: what follows is scale, unit, blank, mark or noun."""
    following = text[position + 1 : position + 2]
    if text[position] == "来":
        return lexicon.units.find(text, position + 1) is not None or following in SCALES
    return following not in lexicon.hedge_words or (
        following in lexicon.hedge_units and lexicon.units.find(text, position + 1) is not None
    )


def _read_unit(text: str, position: int, lexicon: Lexicon, split: bool) -> _Held | None:
    """Returns the unit at `position`, None if there is none; `split` allows 多 and 半 inside it."""
    units = lexicon.units
    if split and text[position : position + 1] == "个" and (match := _SPLIT.match(text, position)):
        word, start = match.group(1), match.end()
        joined = units.find(f"个{text[start : start + 4]}", 0)
        if joined is None:
            return None
        return _Held(joined[0], start + joined[1] - 1, word == "半", "" if word == "半" else word)
    found = units.find(text, position)
    if found is None:
        return None
    unit, end = found
    if text[end : end + 1] in _BREAKS and (joint := _JOINT.match(text, end)):
        compound = units.forms.get(f"{unit.id}({joint.group(1)})")
        if compound is not None:
            return _Held(compound, joint.end())
    if unit.kind == "time" and text[end : end + 1] == "半":
        return _Held(unit, end + 1, half=True)
    return _Held(unit, end)


def _read_per(text: str, position: int, lexicon: Lexicon) -> str:
    """Returns what a unit is counted by, with its scale (立方米, 10万人, 百亿元); "" if nothing like it follows."""
    scale = _PER_SCALE.match(text, position)
    assert scale is not None
    for start in (position, scale.end()):
        for end in range(min(len(text), start + _LONGEST_PER), start, -1):
            if text[start:end] in lexicon.units.per:
                return text[position:end]
    return ""


def _is_set_phrase(written: Written) -> bool:
    """Says whether a one-character Chinese numeral makes a set phrase with a bound unit (四方, 三省)."""
    return written.end - written.start == 1 and written.numeral is not None and not written.scale_first


def _is_counted(text: str, written: Written, held: _Held, lexicon: Lexicon) -> bool:
    """Says whether a bound unit counts all the same: 五道|程序, 问题有三点|。, 超过两周."""
    if text.startswith(lexicon.bound_nouns, held.end):
        return True
    if held.unit.kind == "time":
        bounded = lexicon.hedges.find_before(text, written.start, written.scale_first) is not None
        return bounded or text.endswith(lexicon.lasting, 0, written.start)
    return (
        text.endswith(lexicon.bound_verbs, 0, written.start) and _PHRASE_END.match(text, held.end) is not None
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


def _in_unit(written: str, numeral: Numeral, scale: str) -> Numeral:
    """Returns `numeral` in a unit of money that starts with `scale`: 1亿2000 万元 is 12000 of them, not 1亿2000."""
    if scale in _SCALED and "亿" in written and not written.endswith(_SCALED):
        joined, size = read(written + scale), read(scale)
        if joined is not None and size is not None:
            parts = (joined.value, joined.step, joined.round_step)
            return Numeral(*(plain(part / size.value) for part in parts))
    return numeral


def _skip(text: str, position: int) -> int:
    """Returns the place after at most one blank at `position`, or after the tag that closes a number."""
    if text[position : position + 2] == "</" and (tags := CLOSING.match(text, position)):
        return tags.end()
    return position + 1 if text[position : position + 1] in BLANKS and position < len(text) else position
