"""What invented bodies counted: families of one upper body and its lower ones over some years, all sums kept.

A family is drawn from (seed, number) alone. An upper body counts what its lower ones count together; what a year
carries over, the next one takes in; rules in force and items of a list grow by what each year adds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from ..tables import forms
from ..tables.fillings import Sum, article_cells, matrix_rows, parsed, totals
from .lexicon import Bodies, load_bodies

Key = TypeVar("Key")
Values = dict[str, Decimal]
FAMILY = 20
_PEOPLE = tuple(column for column, _ in forms.APPLICANTS if column != "total")
_ZERO = Decimal(0)
_CARRIED_IN = "applications.carried_in"


@dataclass(frozen=True, slots=True)
class Body:
    """A public body; `words` is the key of its words of scope, `parent` the name of the body above it or ""."""

    name: str
    level: str
    words: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A fault between reports: `kind` is years or levels; what the others give, and what this one says."""

    kind: str
    indicator: str
    expected: Decimal
    actual: Decimal


@dataclass(frozen=True, slots=True)
class Book:
    """What one body counted in one year, for one form; `last` holds the year before's in the same form."""

    body: Body
    year: int
    form: str
    values: Mapping[str, Decimal]
    last: Mapping[str, Decimal] = field(default_factory=dict)
    slips: tuple[Slip, ...] = ()


def form_of(kind: str, year: int) -> str:
    """Returns the form in use in a year: local, 2014, 2019, 2021, or the kind itself where it has one form only."""
    if kind != "national":
        return kind
    return [form for form, since in load_bodies().forms.items() if since <= year][-1]


def family(seed: int, number: int, faults: float = 0.0) -> list[Book]:
    """Returns the books of a family, body by body, each in the order of its years.

    Args:
        seed: of the whole run.
        number: of the family.
        faults: share of families with a slip between years and with one between levels.
    """
    draw = random.Random(f"{seed}/{number}")
    names = load_bodies()
    kind = _weighted(draw, names.kinds)
    lower, years = _weighted(draw, {(few, many): weight for few, many, weight in names.shapes})
    upper, bodies = _bodies(draw, names, lower, number)
    first = draw.randint(names.years[0], names.years[1] - years + 1)
    span = range(first - 1, first + years)
    histories = [_history(kind, span, draw) for _ in bodies]
    if draw.random() < faults:
        _slip_years(histories[draw.randrange(len(histories))], kind, span, draw)
    whole: _History = []
    for at in range(len(span)):
        below = [history[at][1] for history in histories]
        total = _added([history[at][0] for history in histories])
        whole.append((total, _inherited(total, whole[-1][0]) if any(below) else ()))
    if draw.random() < faults and lower > 1:
        at = draw.randrange(1, len(span))
        values, slips = whole[at]
        whole[at] = (values, slips + _slip_levels(values, form_of(kind, span[at]), draw))
    histories.insert(0, whole)
    books = []
    for body, history in zip((upper, *bodies), histories, strict=True):
        for at in range(1, len(span)):
            form = form_of(kind, span[at])
            last = history[at - 1][0] if form_of(kind, span[at - 1]) == form else {}
            books.append(Book(body, span[at], form, history[at][0], last, history[at][1]))
    return books


def _bodies(draw: random.Random, names: Bodies, lower: int, number: int) -> tuple[Body, list[Body]]:
    """Returns the bodies of a family; the region its number gives keeps names of two families apart."""
    level = draw.choice(names.levels)
    upper, *rest = draw.sample(names.names, lower + 1)
    again, place = divmod(number, len(names.names))
    outer = f"{names.names[again % len(names.names)]}{level.outer_suffixes[0]}" if again else ""
    region = f"{outer}{names.names[place]}{level.outer_suffixes[-1]}"
    top = Body(region + upper + level.upper_suffix, level.upper, level.upper)
    below = []
    for name in rest:
        suffix = draw.choice(level.lower_suffixes)
        below.append(Body(top.name + name + suffix, level.lower, level.lower_words[suffix], top.name))
    return top, below


def _weighted(draw: random.Random, weights: Mapping[Key, int]) -> Key:
    return draw.choices(list(weights), list(weights.values()))[0]


# ---------------------------------------------------------------- one body over the years

_History = list[tuple[Values, tuple[Slip, ...]]]


def _history(kind: str, span: range, draw: random.Random) -> _History:
    size = draw.choice((0.2, 1.0, 1.0, 5.0))
    profile: dict[str, float] = {}
    history: _History = []
    for at, year in enumerate(span):
        form = form_of(kind, year)
        before = history[at - 1][0] if at else {}
        history.append((_WRITERS[form](_Drawer(draw, profile, size), before), ()))
    return history


class _Drawer:
    """Draws counts that a body keeps up over the years: most near the year before, some new, many none."""

    def __init__(self, draw: random.Random, profile: dict[str, float], size: float) -> None:
        self.draw = draw
        self.profile = profile
        self.size = size

    def count(self, name: str, most: int, often: float = 0.75) -> Decimal:
        usual = self.profile.get(name)
        if usual is None:
            usual = self.draw.random() * most * self.size if self.draw.random() < often else 0.0
            self.profile[name] = usual
        if usual == 0.0 and self.draw.random() < 0.95:
            return _ZERO
        return Decimal(round(usual * self.draw.uniform(0.7, 1.4)) + (self.draw.random() < 0.1))

    def money(self, name: str, most: int, often: float = 0.9) -> Decimal:
        number = self.count(name, most, often)
        return number + Decimal(self.draw.randint(1, 99)) / 100 if number else _ZERO


def _vertical(form: str, sums: str, most: int) -> tuple[tuple[str, ...], tuple[Sum, ...], int]:
    names = tuple(line.split("|")[0] for line in form.strip().splitlines() if line[0] != "|")
    return names, parsed(sums), most


_LISTS = {
    "2014": _vertical(forms.FORM_2014, forms.SUMS_2014, 400),
    "local": _vertical(forms.FORM_LOCAL, forms.SUMS_LOCAL, 600),
}


def _list(form: str, drawer: _Drawer) -> Values:
    names, rules, most = _LISTS[form]
    values = {
        name: drawer.count(
            name, most if name.startswith(("channel", "response", "training.att")) else most // 20
        )
        for name in names
    }
    totals(values, rules)
    answered = values["applications.answered"]
    values["applications.online"] += max(_ZERO, answered - values["applications.received"])
    if "applications.on_time" in values:
        values["applications.extended"] = min(values["applications.extended"], answered)
        values["applications.on_time"] = answered - values["applications.extended"]
    totals(values, rules)
    for rule in rules:
        if rule.relation == "<=" and len(rule.parts) > 1:
            values[rule.total[0]] = sum((values[part] for part in rule.parts), _ZERO)
    for rule in rules:
        if rule.relation == "<=" and len(rule.parts) == 1:
            values[rule.total[0]] = min(values[rule.total[0]], values[rule.parts[0]])
    for name in ("funds.total", "fees.total"):
        if name in values:
            values[name] = drawer.money(name, 60, 0.9 if name == "funds.total" else 0.1)
    return values


def _matrix(drawer: _Drawer, merged: bool, before: Mapping[str, Decimal]) -> Values:
    names = [name for _, _, name, _ in matrix_rows(merged)]
    results = [name for name in names if not name.startswith("applications.") and name != "outcome.total"]
    values: Values = {}
    for column in _PEOPLE:
        most = 30 if column == "natural_person" else 4
        for name in (*results, "applications.carried_out"):
            often = 0.9 if name.startswith("outcome.") else 0.3
            values[f"{name}@{column}"] = drawer.count(
                f"{name}@{column}", most, often if most > 4 else often / 3
            )
        carried = before.get(f"applications.carried_out@{column}", _ZERO)
        out = values[f"applications.carried_out@{column}"]
        done = sum((values[f"{name}@{column}"] for name in results), _ZERO)
        if carried > done + out:
            values[f"outcome.granted@{column}"] += carried - done - out
            done = carried - out
        values[f"outcome.total@{column}"] = done
        values[f"applications.carried_in@{column}"] = carried
        values[f"applications.new@{column}"] = done + out - carried
    for name in names:
        values[f"{name}@total"] = sum((values[f"{name}@{column}"] for column in _PEOPLE), _ZERO)
    return values


def _disputes(drawer: _Drawer) -> Values:
    values: Values = {}
    for group in forms.DISPUTES:
        parts = [f"{group}.{outcome}" for outcome, _ in forms.OUTCOMES[:-1]]
        values.update({part: drawer.count(part, 6, 0.4) for part in parts})
        values[f"{group}.total"] = sum((values[part] for part in parts), _ZERO)
    return values


def _article(drawer: _Drawer, parts: forms.Parts, before: Mapping[str, Decimal]) -> Values:
    values: Values = {}
    for row, column, _ in article_cells(parts):
        name = f"{row}@{column}"
        match column:
            case "in_force":
                added = values.get(f"{row}@disclosed", values[f"{row}@made"]) - values.get(
                    f"{row}@repealed", _ZERO
                )
                values[name] = before[name] + added if name in before else 3 * values[f"{row}@made"] + 5
            case "repealed":
                values[name] = min(drawer.count(name, 4, 0.5), before.get(f"{row}@in_force", _ZERO))
            case "disclosed":
                values[name] = values[f"{row}@made"]
            case "last_year":
                change = before.get(f"{row}@change", _ZERO)
                values[name] = before[name] + change if name in before else drawer.count(name, 200)
            case "change":
                values[name] = max(drawer.count(name, 6) - 3, -values[f"{row}@last_year"])
            case "amount":
                values[name] = drawer.money(name, 300)
            case _:
                values[name] = drawer.count(name, 2000 if column == "decisions" else 20, 0.8)
    return values


def _national(form: str) -> _Writer:
    parts = forms.ARTICLE_2019 if form == "2019" else forms.ARTICLE_2021

    def write(drawer: _Drawer, before: Mapping[str, Decimal]) -> Values:
        return _article(drawer, parts, before) | _matrix(drawer, form == "2019", before) | _disputes(drawer)

    return write


def _accounts(drawer: _Drawer, before: Mapping[str, Decimal]) -> Values:
    del before
    *rows, total = forms.FREE["accounts"][3]
    values: Values = {}
    for column in ("基本支出", "项目支出"):
        for row in rows:
            values[f"{row} × {column}"] = drawer.money(f"{row} × {column}", 900, 1.0)
    for row in rows:
        values[f"{row} × 合计"] = values[f"{row} × 基本支出"] + values[f"{row} × 项目支出"]
    for column in ("基本支出", "项目支出", "合计"):
        values[f"{total} × {column}"] = sum((values[f"{row} × {column}"] for row in rows), _ZERO)
    return values


def _permits(drawer: _Drawer, before: Mapping[str, Decimal]) -> Values:
    *rows, total = forms.FREE["permits"][3]
    values: Values = {}
    for column in ("许可决定", "处罚决定"):
        for row in rows:
            name = f"{row} × {column}/"
            values[f"{name}last"] = before.get(f"{name}now", drawer.count(name, 900, 1.0))
            values[f"{name}now"] = drawer.count(name, 900, 1.0)
        for when in ("last", "now"):
            values[f"{total} × {column}/{when}"] = sum(
                (values[f"{row} × {column}/{when}"] for row in rows), _ZERO
            )
    return values


_Writer = Callable[[_Drawer, Mapping[str, Decimal]], Values]
_WRITERS: Mapping[str, _Writer] = {
    "local": lambda drawer, _: _list("local", drawer),
    "2014": lambda drawer, _: _list("2014", drawer),
    "2019": _national("2019"),
    "2021": _national("2021"),
    "accounts": _accounts,
    "permits": _permits,
}


# ---------------------------------------------------------------- across bodies and years


def _added(books: Sequence[Mapping[str, Decimal]]) -> Values:
    return {name: sum((book[name] for book in books), _ZERO) for name in books[0]}


def _slip_years(history: _History, kind: str, span: range, draw: random.Random) -> None:
    """Plants into one year a carried-over number that is not last year's; the table still adds up."""
    carrying = [
        at
        for at in range(2, len(span))
        if form_of(kind, span[at]) in ("2019", "2021") and form_of(kind, span[at - 1]) in ("2019", "2021")
    ]
    if not carrying:
        return
    at = draw.choice(carrying)
    values, _ = history[at]
    slip = Decimal(draw.randint(1, 9))
    for column in ("natural_person", "total"):
        values[f"{_CARRIED_IN}@{column}"] += slip
        values[f"applications.new@{column}"] += slip
        values[f"outcome.granted@{column}"] += 2 * slip
        values[f"outcome.total@{column}"] += 2 * slip
    history[at] = (values, _inherited(values, history[at - 1][0]))


def _inherited(values: Values, before: Values) -> tuple[Slip, ...]:
    """Returns the slip that a year's carried-over number makes against the year before."""
    expected, actual = before["applications.carried_out@total"], values[f"{_CARRIED_IN}@total"]
    return (Slip("years", f"{_CARRIED_IN}@total", expected, actual),)


_LEVELS = {
    "local": ("complaints.total",),
    "2014": ("meetings.total", "training.sessions", "complaints.total", "organization.reading_points"),
    "2019": ("permits@decisions", "penalties@decisions", "coercion@decisions"),
    "2021": ("permits@decisions", "penalties@decisions", "coercion@decisions"),
}


def _slip_levels(values: Values, form: str, draw: random.Random) -> tuple[Slip, ...]:
    """Plants into the upper body's book a count that its lower bodies do not add up to; nothing sums it."""
    if form not in _LEVELS:
        return ()
    name = draw.choice(_LEVELS[form])
    expected = values[name]
    values[name] += draw.randint(1, 40)
    return (Slip("levels", name, expected, values[name]),)
