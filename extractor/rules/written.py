"""Numbers as written: where one starts and ends, and what it says, before any unit is looked at."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ..data import Interval
from ..numerals import FORMAL_LETTERS, LONGEST, NUMERAL_LETTERS, Numeral, read
from .lexicon import SCALES, Lexicon
from .patterns import BLANKS, DIGIT

MARKS = "①-⑳⑴-⒇⒈-⒛㈠-㈩㊀-㊉"
# ahead of these a formal numeral (壹, 伍, 拾) is one; elsewhere it is a letter of a word (队伍)
_FORMAL_AHEAD = (
    rf"(?=[{FORMAL_LETTERS}零万亿元圆角份件套张户次个名项条本])(?<![队收大着登内水沉][{FORMAL_LETTERS}])"
)
# inline tags left in the text, which part no number: <b>3</b>86
TAGS = r"(?:</?(?:b|i|u|em|strong|span|font)(?: [^<>\n]{0,80})?>)+"
_TAGS = re.compile(TAGS)
# digits with tags between them; a year starts anew behind a bold list number
_GROUPS = rf"(?:[,，][{DIGIT}]{{3}}(?![{DIGIT}]))"
_TAGGED = (
    rf"(?=[{DIGIT},，]{{1,13}}+<)[{DIGIT}]{{1,9}}{_GROUPS}*+(?:{TAGS}(?:[{DIGIT}]{{1,9}}|{_GROUPS}){_GROUPS}*+)++"
    rf"(?:[.．][{DIGIT}]+)?(?![{BLANKS}]?年)"
)
CLOSING = re.compile(r"(?:</(?:b|i|u|em|strong|span|font)>){1,4}")
# where a number may start: one class of characters first, so that the search runs at the speed of a character table
START = re.compile(
    rf"[{DIGIT}{NUMERAL_LETTERS}{MARKS}几数半{FORMAL_LETTERS}]"
    rf"(?:(?<![几数半{FORMAL_LETTERS}])|(?<=[几数])(?=[{SCALES}])|(?<=半)(?:(?=数)|(?<=[过逾超]半)(?![年月日天小个程场边径岛]))"
    rf"|(?<=[{FORMAL_LETTERS}]){_FORMAL_AHEAD})"
)
ARABIC = re.compile(
    rf"{_TAGGED}|[{DIGIT}]{{1,3}}(?:[,，][{DIGIT}]{{3}})+(?![{DIGIT}])(?:[.．][{DIGIT}]+)?"
    rf"|[1-9１-９][{DIGIT}]{{0,2}}(?:[{BLANKS}][{DIGIT}]{{3}}){{2,}}(?![{DIGIT}])(?:[.．][{DIGIT}]+)?"
    rf"|[1-9１-９][{DIGIT}]{{0,2}}[{BLANKS}][{DIGIT}]{{3}}(?:[.．][{DIGIT}]+)?(?=[{BLANKS}]?[余多]?[{BLANKS}]?[万亿元条件次人份篇个项户家])"
    rf"|[1-9１-９][{DIGIT}]{{0,2}}[,，][{DIGIT}]{{4}}(?=[{BLANKS}]?[余多]?[万亿元条件次人份篇个项户家])"
    # a middle dot is a decimal point ahead of a unit, in a ratio, and where no date can be meant (0·33, 106·4)
    rf"|[{DIGIT}]+[·•・][{DIGIT}]+(?=[{BLANKS}]?[%％‰万亿元个倍人吨公平亩千立:：∶])|(?:[0０]|[{DIGIT}]{{3,}})[·•・][{DIGIT}]+"
    rf"|[{DIGIT}](?:[{BLANKS}][{DIGIT}]){{1,7}}(?=[{BLANKS}]?(?:[余多%万亿元条件次人份篇项户家]|个))"
    rf"|[{DIGIT}]+(?:[.．][{DIGIT}]+)?"
)
CHINESE = re.compile(rf"[{NUMERAL_LETTERS}几数佰仟]+|[{FORMAL_LETTERS}零万亿]+")
MARK = re.compile(rf"[{MARKS}]")
_PAIR = re.compile(r"(十?)([一二两三四五六七八])([二三四五六七八九])([十百千万亿]*)$")
_TEENS = re.compile(r"(.*十)几([万亿]*)$")
_VAGUE = re.compile(r"[几数]([十百千万亿]+)$")
_ORDER = "一二三四五六七八九"


class Written(NamedTuple):
    """One number as written; `value` is None where it is vague (几十, 两三次), then `interval` says what it covers.

    `numeral` is None for a vague number. `scale_first` says that it starts with a scale (千余家).
    """

    start: int
    end: int
    numeral: Numeral | None
    interval: Interval | None
    style: str
    scale_first: bool = False


def read_arabic(text: str, position: int, lexicon: Lexicon) -> Written | None:
    """Returns the Arabic number at `position` with its scales, up to its unit: 万 stays in 万元."""
    match = ARABIC.match(text, position)
    if match is None:
        return None
    end = match.end()
    limit = min(len(text), position + LONGEST)
    while end < limit:
        cursor = end + 1 if text[end] in BLANKS else end
        if cursor >= len(text) or text[cursor] not in SCALES or lexicon.units.find(text, cursor) is not None:
            break
        end = cursor + 1
        more = ARABIC.match(text, end)
        if more is not None and text[cursor] in "千万亿" and read(text[position : more.end()]) is not None:
            end = more.end()
    written = text[position:end]
    numeral = read(_TAGS.sub("", written) if "<" in written else written)
    return None if numeral is None else Written(position, end, numeral, None, "arabic")


def read_chinese(text: str, position: int, lexicon: Lexicon) -> Written | None:
    """Returns the Chinese number at `position`, exact or vague; its unit may start inside the run (十二万元)."""
    match = CHINESE.match(text, position)
    if match is None:
        return None
    end = match.end()
    for length in (2, 1):
        cut = end - length
        if cut > position and text[cut] in "百千万亿" and text[cut - 1] not in "几数":
            found = lexicon.units.find(text, cut)
            if found is not None and found[1] > end:
                end = cut
                break
    while end - position > 1 and text[end - 1] in "数几" and text[end - 2] != "十":
        end -= 1
    written = text[position:end]
    if len(written) > LONGEST:
        return None
    first = written[0] in "百千万亿"
    vague = _vague(written, lexicon)
    if vague is not None:
        return Written(position, end, None, vague, "vague", first)
    numeral = read(written)
    return None if numeral is None else Written(position, end, numeral, None, "chinese", first)


def _vague(written: str, lexicon: Lexicon) -> Interval | None:
    """Returns what 几十, 数百, 十几, 两三, 三五十 cover; None for an exact number."""
    low, high = lexicon.language.vague
    match = _VAGUE.match(written)
    if match is not None:
        base = _value(match.group(1))
        return None if base is None else Interval(low * base, (high + 1) * base, high_open=True)
    match = _TEENS.match(written)
    if match is not None:
        scale = _value(match.group(2)) if match.group(2) else Decimal(1)
        floor = _value(match.group(1))
        if scale is None or floor is None:
            return None
        return Interval((floor + 1) * scale, (floor + high) * scale)
    match = _PAIR.match(written)
    if match is not None:
        tens, small, large, scales = match.groups()
        first, second = _ORDER.index(small.replace("两", "二")), _ORDER.index(large)
        if second - first != 1 and (small, large) != ("三", "五"):
            return None
        bottom, top = _value(tens + small + scales), _value(tens + large + scales)
        return None if bottom is None or top is None else Interval(bottom, top)
    return None


def _value(written: str) -> Decimal | None:
    """Returns the value of a cardinal, None if it is none."""
    numeral = read(written)
    return None if numeral is None else numeral.value
