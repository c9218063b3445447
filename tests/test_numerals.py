"""Written numbers to Decimal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.numerals import parse, read

_ONES = "零一二三四五六七八九"


def _spell(value: int) -> str:
    """Returns the plain Chinese cardinal of 1 to 99,999,999, an independent writer for the round trip."""
    if value >= 10**4:
        head, tail = divmod(value, 10**4)
        gap = "零" if 0 < tail < 1000 else ""
        return _spell(head) + "万" + (gap + _spell(tail) if tail else "")
    text, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            text += ("零" if zero and text else "") + _ONES[digit] + name
            zero = False
        else:
            zero = True
    return text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("1,924,252", "1924252"),
        ("1，100", "1100"),
        ("1 129 236", "1129236"),
        ("１２３", "123"),
        ("1·8", "1.8"),
        ("26.8万", "268000"),
        ("1.21万亿", "1210000000000"),
        ("3万4000", "34000"),
        ("1亿2000万", "120000000"),
        ("2千5百", "2500"),
        ("十", "10"),
        ("二十三", "23"),
        ("一百零五", "105"),
        ("一百五", "150"),
        ("三万四", "34000"),
        ("三万零四", "30004"),
        ("一万零一十二", "10012"),
        ("两千三百亿", "230000000000"),
        ("五万亿", "5000000000000"),
        ("二〇一二", "2012"),
        ("二○三五", "2035"),
        ("三点五", "3.5"),
        ("千亿", "100000000000"),
        ("廿一", "21"),
    ],
)
def test_parse(text: str, value: str) -> None:
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "条",
        "十四五",
        "三五百",
        "二十二十",
        "1..2",
        ".",
        "万三",
        "十几",
        "一二",
        "零零",
        "9" * 25,
        "万" * 5000,
        "1万2万",
        "3x",
    ],
)
def test_no_number(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "step", "round_step"),
    [
        ("4900", "1", "100"),
        ("12.5", "0.1", "0.1"),
        ("3万", "10000", "10000"),
        ("26.8万", "1000", "1000"),
        ("180万", "10000", "100000"),
        ("一百二十", "1", "10"),
        ("二十万", "10000", "100000"),
        ("0", "1", "1"),
    ],
)
def test_places(text: str, step: str, round_step: str) -> None:
    numeral = read(text)
    assert numeral is not None
    assert (numeral.step, numeral.round_step) == (Decimal(step), Decimal(round_step))


def test_scaled_value_has_no_needless_zeros() -> None:
    assert str(parse("26.8万")) == "268000"
    assert str(parse("136.20")) == "136.20"


@given(st.integers(1, 99_999_999))
def test_chinese_cardinals_round_trip(value: int) -> None:
    assert parse(_spell(value)) == value


@given(st.integers(0, 10**12))
def test_separators_change_nothing(value: int) -> None:
    assert parse(str(value)) == parse(f"{value:,}") == parse(f"{value:,}".replace(",", " ")) == value


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    value = parse(text)
    assert value is None or value >= 0
