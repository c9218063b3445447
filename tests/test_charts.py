"""Charts: well-formed SVG with its title, every text escaped, values where the axes say they are."""

from __future__ import annotations

from decimal import Decimal
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.writers.charts import Axis, Bar, Part, Series, bar_chart, chart_style, line_chart, standalone
from extractor.writers.scales import scale, write

HOSTILE = "</svg><script>alert(1)</script>&\"'"
SVG = "{http://www.w3.org/2000/svg}"


def lines(title: str = "速度", name: str = "本机", **options: bool) -> str:
    points = ((1, Decimal("10.5")), (4, 38), (16, 120))
    series = [Series(name, points), Series("集群", ((1, 9), (16, 100)))]
    return str(line_chart(title, "随进程数", series, Axis("进程", log=True), Axis("份/秒"), **options))


def bars(label: str = "一号报告", part: str = "一致") -> str:
    parts = [Part(part, "green"), Part("不一致", "red")]
    rows = [Bar(label, (30, 10)), Bar("二号报告", (4, 0), "4!", (2, 6))]
    return str(bar_chart("结论", "每份报告", parts, rows, Axis("陈述")))


def named(drawn: str, name: str) -> list[Element]:
    return [item for item in fromstring(drawn).iter() if item.get("class", "").split(" ")[0] == name]


@pytest.mark.parametrize("drawn", [lines(), lines(diagonal=True), bars()])
def test_a_chart_says_what_it_shows(drawn: str) -> None:
    chart = fromstring(drawn)
    title, about = chart[0], chart[1]
    assert (chart.get("role"), title.tag, about.tag) == ("img", "title", "desc")
    assert chart.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
    assert title.text
    assert about.text


@pytest.mark.parametrize("drawn", [lines(HOSTILE), lines(name=HOSTILE), bars(HOSTILE), bars(part=HOSTILE)])
def test_every_text_is_escaped(drawn: str) -> None:
    assert "<script" not in drawn
    assert HOSTILE in {text for item in fromstring(drawn).iter() for text in [item.text] if text} | {
        (item.text or "").split(": ")[0] for item in fromstring(drawn).iter("title")
    } | {(item.text or "").split(": ")[-1].rsplit(" ", 1)[0] for item in fromstring(drawn).iter("title")}


def test_each_point_has_a_dot_that_says_its_values() -> None:
    dots = named(lines(), "dot")
    assert [dot[0].text for dot in dots[:2]] == ["本机: 1, 10.5", "本机: 4, 38"]
    assert len(dots) == 5
    heights = [float(dot.get("cy", "")) for dot in dots[:3]]
    assert heights == sorted(heights, reverse=True)


def test_the_parts_of_a_bar_stand_end_to_end() -> None:
    first, second, third = named(bars(), "part")
    assert float(second.get("x", "")) == pytest.approx(
        float(first.get("x", "")) + float(first.get("width", "")), abs=0.02
    )
    assert float(first.get("width", "")) == pytest.approx(3 * float(second.get("width", "")), abs=0.1)
    assert third[0].text == "二号报告: 一致 4"
    assert len(named(bars(), "whisker")) == 1


def test_a_chart_alone_is_a_file_with_its_style() -> None:
    alone = standalone(bar_chart("结论", "", [Part("")], [Bar("一", (1,))], Axis()))
    assert fromstring(alone).tag == f"{SVG}svg"
    assert chart_style() in alone


def test_a_diagonal_is_drawn_where_it_is_asked_for() -> None:
    assert len(named(lines(diagonal=True), "diagonal")) == 1
    assert named(lines(), "diagonal") == []


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="starts above 0"):
        line_chart("", "", [Series("a", ((0, 1),))], Axis(log=True), Axis())
    with pytest.raises(ValueError, match="no points"):
        line_chart("", "", [Series("a", ())], Axis(), Axis())
    with pytest.raises(ValueError, match="is no tone"):
        line_chart("", "", [Series("a", ((1, 1),), "pink")], Axis(), Axis())
    with pytest.raises(ValueError, match="each at least 0"):
        bar_chart("", "", [Part("")], [Bar("a", (-1,))], Axis())
    with pytest.raises(ValueError, match="would mean nothing"):
        bar_chart("", "", [Part("")], [Bar("a", (1,))], Axis(log=True))


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=9), st.floats(10, 1000))
def test_all_values_stand_on_a_linear_axis(values: list[float], length: float) -> None:
    axis = scale(Axis(), values, length)
    assert axis.low <= min(values)
    assert max(values) <= axis.high + abs(axis.high) * 1e-3 + 1e-6
    assert all(-0.01 <= axis.at(value) <= length + 0.01 for value in values)
    assert 2 <= len(axis.marks) <= 12
    assert list(axis.marks) == sorted(set(axis.marks))


@given(st.lists(st.floats(1e-6, 1e9), min_size=1, max_size=9))
def test_all_values_stand_on_a_logarithmic_axis(values: list[float]) -> None:
    axis = scale(Axis(log=True), values, 300)
    assert axis.low <= min(values) * 1.001
    assert max(values) <= axis.high * 1.001
    assert axis.marks
    assert all(0 <= axis.at(mark) <= 300 for mark in axis.marks)


def test_values_are_written_for_a_reader() -> None:
    assert [write(value) for value in (0, 12, Decimal("1234567"), 0.25, 2.5)] == [
        "0", "12", "1,234,567", "0.25", "2.5",
    ]  # fmt: skip
    assert [write(value, percent=True) for value in (0, 0.125, 1)] == ["0%", "12.5%", "100%"]
