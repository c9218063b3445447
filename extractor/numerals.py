"""Written numbers, in any script, to `Decimal`: 1,924,252, 26.8万, 3万4000, 一万零一十二, 二〇一二."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
NUMERAL_LETTERS = "〇零○一二三四五六七八九十百千万亿两廿卅"
# how headings are numbered, from the outermost in: 第一部分, 一、, (一)
ORDINALS = "一二三四五六七八九十"
PART_MARK = rf"第[{ORDINALS}]{{1,3}}部分"
ITEM_MARK = rf"[{ORDINALS}]{{1,3}}、"
INNER_MARK = rf"\([{ORDINALS}]{{1,3}}\)"
# the numerals of cheques and contracts; several are letters of common words (队伍, 收拾, 大陆)
FORMAL_LETTERS = "壹贰叁肆伍陆柒捌玖拾佰仟"
# a longer run is no number that a report states; it also keeps values inside the precision of Decimal
LONGEST = 24
_QUANTIZED = Decimal(10) ** 27
_ZEROS = frozenset("零〇○")
_BIG = {"亿": 10**8, "万": 10**4}
_TENS = {"廿": "二十", "卅": "三十"}
# widths and formal letters to plain ones, separators and blanks away, in one pass
_PLAIN = str.maketrans(
    f"０１２３４５６７８９．·•・{FORMAL_LETTERS}",
    "0123456789....一二三四五六七八九十百千",
    ",， \u00a0\u2009\u202f\u3000",
)
_ARABIC = frozenset("0123456789.")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written.

    `step` is the value of the last written digit's place (0.1 for 12.5, 10000 for 3万), `round_step`
    that of the last digit that is not zero (100 for 4900); both are 1 for a plain 0.
    """

    value: Decimal
    step: Decimal
    round_step: Decimal

    def times(self, factor: int | Decimal) -> Numeral:
        """Returns the numeral scaled by `factor`, value and steps alike."""
        scale = Decimal(factor)
        return Numeral(plain(self.value * scale), plain(self.step * scale), plain(self.round_step * scale))


def plain(value: Decimal) -> Decimal:
    """Returns `value` without a written exponent or zeros after the point where it is whole: 268000, not 268000.0."""
    return value.quantize(Decimal(1)) if value < _QUANTIZED and value == value.to_integral_value() else value


def parse(text: str) -> Decimal | None:
    """Returns the value of one written number; None if `text` is no well-formed number.

    Thousands separators (comma, blank), full-width digits, a middle dot as decimal point, Chinese
    numerals with 〇/零/○/两 and the scales 十 … 亿 after either script are read. Signs are not.
    """
    numeral = read(text)
    return None if numeral is None else numeral.value


@lru_cache(maxsize=4096)
def read(text: str) -> Numeral | None:
    """Returns the number `text` writes, with the place of its last digits; None if it writes none."""
    text = text.translate(_PLAIN)
    if not 0 < len(text) <= LONGEST:
        return None
    if all(character in _ARABIC for character in text):
        return _read_arabic(text)
    if text[0] in _ARABIC:
        return _read_mixed(text)
    for short, full in _TENS.items():
        text = text.replace(short, full)
    if "点" in text:
        return _read_chinese_decimal(text)
    if len(text) > 2 and all(character in DIGITS for character in text):
        return _read_arabic("".join(str(DIGITS[character]) for character in text))
    return _read_chinese(text)


def _read_arabic(text: str) -> Numeral | None:
    """Returns the plain decimal number `text`."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(int(exponent))
    if not value:
        return Numeral(value, step, step)
    significant = text.replace(".", "").rstrip("0")
    trailing = len(text.replace(".", "")) - len(significant)
    return Numeral(value, step, step.scaleb(trailing))


def _read_mixed(text: str) -> Numeral | None:
    """Returns the sum of Arabic parts with their scales: 3万4000, 1亿2000万, 2千."""
    total: Numeral | None = None
    limit = Decimal("Infinity")
    position = 0
    while position < len(text):
        begin = position
        while position < len(text) and text[position] in _ARABIC:
            position += 1
        part = _read_arabic(text[begin:position])
        if part is None:
            return None
        scale = Decimal(1)
        while position < len(text) and text[position] in SCALES:
            scale *= SCALES[text[position]]
            position += 1
        part = part.times(scale)
        if (position < len(text) and text[position] not in _ARABIC) or part.value >= limit:
            return None
        if total is None:
            total = part
        else:
            total = Numeral(
                total.value + part.value, part.step, part.round_step if part.value else total.round_step
            )
        limit = scale
    return total


def _read_chinese_decimal(text: str) -> Numeral | None:
    """Returns a spoken decimal: 三点五, 十二点零六."""
    whole, _, digits = text.partition("点")
    left = _read_chinese(whole)
    if left is None or not digits or any(character not in DIGITS for character in digits):
        return None
    return _read_arabic(f"{left.value}.{''.join(str(DIGITS[character]) for character in digits)}")


def _read_chinese(text: str) -> Numeral | None:
    """Returns a Chinese cardinal in strict form: scales fall, no two digits meet (十四五 is none)."""
    if text in _ZEROS:
        return Numeral(Decimal(0), Decimal(1), Decimal(1))
    found = _cardinal(text)
    if found is None:
        return None
    value, place = found
    # 一百二十 is a full count; 三十万 is rounded to 万, as 30万 is
    step = 1
    for character in reversed(text):
        if character not in _BIG:
            break
        step *= _BIG[character]
    return Numeral(Decimal(value), Decimal(step), Decimal(place))


def _cardinal(text: str) -> tuple[int, int] | None:
    """Returns value and place of the last non-zero digit of a cardinal without decimals."""
    for character, scale in _BIG.items():
        if character not in text:
            continue
        left, _, right = text.rpartition(character)
        head = _cardinal(left) if left else (1, 1)
        if head is None or character in left or (not left and right):
            return None
        value, place = head[0] * scale, head[1] * scale
        if not right:
            return value, place
        if len(right) == 1 and right in DIGITS:  # 三万四: the scale below is left out
            tail: tuple[int, int] | None = (DIGITS[right] * scale // 10, scale // 10)
        else:
            tail = _cardinal(right[1:] if right[0] in _ZEROS else right)
        if tail is None or not 0 < tail[0] < scale:
            return None
        return value + tail[0], tail[1]
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> tuple[int, int] | None:
    """Returns value and last place of a cardinal made of digits, 十, 百, 千 and inner zeros."""
    value, place, limit = 0, 1, 10**4
    digit: int | None = None
    zero = False
    for position, character in enumerate(text):
        if character in _ZEROS:
            if digit is not None or zero or position == 0:
                return None
            zero = True
        elif character in DIGITS:
            if digit is not None:
                return None
            digit = DIGITS[character]
        else:
            scale = SCALES.get(character, limit)
            if scale >= limit or (digit is None and position > 0 and not (zero and scale == 10)):
                return None
            value += (1 if digit is None else digit) * scale
            digit, limit, place, zero = None, scale, scale, False
    if digit is not None:
        place = limit // 10 if 10 < limit < 10**4 and not zero else 1  # 一百五 means 150, 一百零五 means 105
        value += digit * place
    elif zero:
        return None
    return (value, place) if value else None
