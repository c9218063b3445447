"""Charts as inline SVG: lines with several series, and lying bars, whole or in parts.

A chart carries its own title and description, every text in it is escaped, and its colours are those of
`chart_style()`, which the page puts into its style sheet; they follow the reader's light or dark scheme.
`standalone` makes a file of one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .pages import asset, template
from .scales import Amount, Axis, Scale, scale, write

__all__ = ["TONES", "Axis", "Bar", "Part", "Series", "bar_chart", "chart_style", "line_chart", "standalone"]

TONES = ("blue", "amber", "green", "violet", "red", "grey")
"""Names of the colours, in the order charts take them."""

_SIZE, _SMALL = 12.0, 11.0
_TOP, _RIGHT, _BOTTOM = 30.0, 18.0, 30.0
_LEGEND = 22.0
_LABELS = 0.38
_ROW, _BAR = 26.0, 15.0
_HAN = 0x2E80


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: its name, its points from left to right, its colour (one of `TONES`, "" for the next)."""

    name: str
    points: tuple[tuple[Amount, Amount], ...]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one colour of a bar chart stands for."""

    name: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, the amount of each part, what is written behind it ("" for the sum), an interval or none."""

    label: str
    amounts: tuple[Amount, ...]
    note: str = ""
    interval: tuple[Amount, Amount] | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    """A value of an axis: where it is written, and what."""

    position: float
    text: str


@dataclass(frozen=True, slots=True)
class _Key:
    """An entry of the legend: `left` in pixels."""

    name: str
    tone: str
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class _Line:
    tone: str
    path: str
    dots: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True)
class _Rectangle:
    left: float
    width: float
    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A bar as it is drawn; `whisker` are the ends of its interval in pixels."""

    top: float
    label: str
    full: str
    rectangles: tuple[_Rectangle, ...]
    note: str
    note_left: float
    whisker: tuple[float, float] | None


def line_chart(
    title: str,
    about: str,
    series: Sequence[Series],
    x: Axis,
    y: Axis,
    *,
    diagonal: bool = False,
    width: int = 640,
    height: int = 360,
) -> Markup:
    """Returns an SVG with one line a series; `diagonal` draws from corner to corner what would be perfect.

    Raises:
        ValueError: a series is empty, a tone is unknown, or a logarithmic axis holds 0.
    """
    tones = _tones([item.tone for item in series])
    keys, legend = _legend([item.name for item in series], tones, width) if len(series) > 1 else ([], 0.0)
    top = _TOP + legend + (_SIZE + 6 if y.label else 4)
    inner_height = height - top - _BOTTOM - (_SIZE + 4 if x.label else 0)
    upright = scale(y, (point[1] for item in series for point in item.points), inner_height)
    left = max(_width(upright.write(mark), _SMALL) for mark in upright.marks) + 14
    inner_width = width - left - _RIGHT
    level = scale(x, (point[0] for item in series for point in item.points), inner_width, 6)
    return _draw(
        "line.svg",
        title,
        about,
        width,
        height,
        keys=keys,
        left=left,
        top=top,
        inner_width=inner_width,
        inner_height=inner_height,
        x=x,
        y=y,
        across=_marks(level),
        up=[_Mark(inner_height - mark.position, mark.text) for mark in _marks(upright)],
        diagonal=diagonal,
        lines=[
            _line(item, tone, level, upright, inner_height) for item, tone in zip(series, tones, strict=True)
        ],
    )


def bar_chart(
    title: str, about: str, parts: Sequence[Part], bars: Sequence[Bar], axis: Axis, *, width: int = 640
) -> Markup:
    """Returns an SVG with one lying bar a row, its parts end to end; its height grows with the bars.

    Raises:
        ValueError: a bar has not one amount a part, an amount is below 0, a tone is unknown, or the axis is
            logarithmic.
    """
    if axis.log:
        raise ValueError("a logarithmic axis under bars, whose lengths would mean nothing")
    for bar in bars:
        if len(bar.amounts) != len(parts) or any(amount < 0 for amount in bar.amounts):
            raise ValueError(f"{bar.label}: {bar.amounts} for {len(parts)} parts, each at least 0")
    tones = _tones([part.tone for part in parts])
    keys, legend = _legend([part.name for part in parts], tones, width) if len(parts) > 1 else ([], 0.0)
    top = _TOP + legend
    notes = {bar: bar.note or write(_sum(bar), percent=axis.percent) for bar in bars}
    left = min(max((_width(bar.label, _SIZE) for bar in bars), default=0.0) + 12, width * _LABELS)
    right = max((_width(note, _SMALL) for note in notes.values()), default=0.0) + 14
    ends = [float(end) for bar in bars if bar.interval for end in bar.interval]
    level = scale(axis, [*(_sum(bar) for bar in bars), *ends], width - left - right)
    inner_height = _ROW * len(bars)
    return _draw(
        "bar.svg",
        title,
        about,
        width,
        top + inner_height + _BOTTOM + (_SIZE + 4 if axis.label else 0),
        keys=keys,
        left=left,
        top=top,
        inner_width=level.length,
        inner_height=inner_height,
        axis=axis,
        across=_marks(level),
        row=_ROW,
        bar=_BAR,
        rows=[_row(bar, index, parts, tones, level, notes[bar], left - 12) for index, bar in enumerate(bars)],
    )


def chart_style() -> str:
    """Returns the style sheet of all charts, for the page they stand on."""
    return asset("chart.css")


def standalone(chart: Markup) -> str:
    """Returns a chart as an SVG file of its own, with its style in it."""
    head, tail = str(chart).split(">", 1)
    return f'{head} xmlns="http://www.w3.org/2000/svg">\n<style>{chart_style()}</style>{tail}\n'


# ---------------------------------------------------------------- geometry


def _line(series: Series, tone: str, level: Scale, upright: Scale, height: float) -> _Line:
    if not series.points:
        raise ValueError(f"{series.name}: no points")
    spots = [
        (
            level.at(x),
            round(height - upright.at(y), 2),
            f"{series.name}: {level.write(x)}, {upright.write(y)}",
        )
        for x, y in series.points
    ]
    return _Line(tone, "M" + " L".join(f"{x} {y}" for x, y, _ in spots), tuple(spots))


def _row(
    bar: Bar, index: int, parts: Sequence[Part], tones: Sequence[str], level: Scale, note: str, room: float
) -> _Row:
    rectangles, total = [], 0.0
    for part, amount, tone in zip(parts, bar.amounts, tones, strict=True):
        left, right = level.at(total), level.at(total + float(amount))
        name = f"{part.name} " if part.name else ""
        if right > left:
            rectangles.append(
                _Rectangle(left, round(right - left, 2), tone, f"{bar.label}: {name}{level.write(amount)}")
            )
        total += float(amount)
    whisker = (level.at(bar.interval[0]), level.at(bar.interval[1])) if bar.interval else None
    return _Row(
        top=_ROW * index,
        label=_shorten(bar.label, room),
        full=bar.label,
        rectangles=tuple(rectangles),
        note=note,
        note_left=max(level.at(total), whisker[1] if whisker else 0) + 7,
        whisker=whisker,
    )


def _sum(bar: Bar) -> float:
    return sum(float(amount) for amount in bar.amounts)


def _marks(axis: Scale) -> list[_Mark]:
    return [_Mark(axis.at(mark), axis.write(mark)) for mark in axis.marks]


def _tones(wanted: Sequence[str]) -> list[str]:
    """Returns a colour an item: its own, or the next in order that nobody asked for."""
    if unknown := [tone for tone in wanted if tone and tone not in TONES]:
        raise ValueError(f"{unknown[0]!r} is no tone: {', '.join(TONES)}")
    free = [tone for tone in TONES if tone not in wanted] or list(TONES)
    return [
        tone or free[sum(not item for item in wanted[:index]) % len(free)]
        for index, tone in enumerate(wanted)
    ]


def _legend(names: Sequence[str], tones: Sequence[str], width: float) -> tuple[list[_Key], float]:
    """Returns the entries of a legend and its height in pixels; it wraps where the chart ends."""
    keys, left, top = [], 0.0, 0.0
    for name, tone in zip(names, tones, strict=True):
        size = _width(name, _SMALL) + 30
        if left and left + size > width - _RIGHT:
            left, top = 0.0, top + _LEGEND
        keys.append(_Key(name, tone, round(left, 2), top))
        left += size
    return keys, top + _LEGEND


def _width(text: str, size: float) -> float:
    """Returns about how many pixels wide `text` stands: Han letters are square, others half as wide."""
    return sum(size if ord(letter) >= _HAN else size * 0.64 for letter in text)


def _shorten(text: str, room: float) -> str:
    if _width(text, _SIZE) <= room + 1:
        return text
    while text and _width(text, _SIZE) + _SIZE > room:
        text = text[:-1]
    return f"{text}…"


def _draw(name: str, title: str, about: str, width: float, height: float, **values: object) -> Markup:
    key = hashlib.sha256(repr((title, about, width, height, values)).encode()).hexdigest()[:8]
    drawn = template(f"charts/{name}").render(
        key=f"chart-{key}", title=title, about=about, width=width, height=height, **values
    )
    return Markup(drawn)
