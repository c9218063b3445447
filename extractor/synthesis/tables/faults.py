"""Errors planted into a filled form, as real reports hold them; each says which cell and what it should be."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .fillings import Filling

_GAPS = (1, 8, 21, 52, 66, 98, 188)


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted error: the cell (or, where `kind` is row, the row), what should stand there, and its kind.

    `kind` is swapped, lost, added, unfilled, row or changed.
    """

    name: str
    should: str
    kind: str


def plant(filling: Filling, kind: str, seed: int) -> Fault:
    """Returns the fault planted into `filling`, whose values change."""
    return _FAULTS[kind](filling, random.Random(seed))


def _change(values: dict[str, str], name: str, text: str, kind: str) -> Fault:
    fault = Fault(name, values[name], kind)
    values[name] = text
    return fault


def _total(filling: Filling, draw: random.Random) -> Fault:
    values = filling.values
    totals = [entry.total[0] for entry in filling.sums if entry.relation == "=" and len(entry.total) == 1]
    name = draw.choice([name for name in totals if Decimal(values[name].replace(",", "")) > 1])
    number = Decimal(values[name].replace(",", "")) + draw.choice(_GAPS)
    return _change(values, name, str(number), "changed")


def _part(filling: Filling, draw: random.Random, fit: Callable[[str], bool]) -> str:
    parts = [name for entry in filling.sums if entry.relation == "=" for name in entry.parts]
    fitting = [name for name in parts if fit(filling.values[name])]
    if not fitting:
        raise ValueError("no cell for this fault: take another seed or larger numbers")
    return draw.choice(fitting)


def _swapped(filling: Filling, draw: random.Random) -> Fault:
    values = filling.values
    name = _part(filling, draw, lambda text: len(text) > 1 and text[-1] != text[-2] and text[-1] != "0")
    text = values[name]
    return _change(values, name, text[:-2] + text[-1] + text[-2], "swapped")


def _lost(filling: Filling, draw: random.Random) -> Fault:
    values = filling.values
    name = _part(filling, draw, lambda text: len(text) > 1)
    return _change(values, name, values[name][:-1], "lost")


def _added(filling: Filling, draw: random.Random) -> Fault:
    values = filling.values
    name = _part(filling, draw, lambda text: len(text) > 1)
    return _change(values, name, values[name] + values[name][-1], "added")


def _unfilled(filling: Filling, draw: random.Random) -> Fault:
    values = filling.values
    totals = [entry.total[0] for entry in filling.sums if entry.relation == "=" and len(entry.total) == 1]
    name = draw.choice([name for name in totals if int(values[name]) > 0])
    return _change(values, name, "0", "unfilled")


def _carried(filling: Filling, draw: random.Random) -> Fault:
    """New where new and carried over is meant."""
    values = filling.values
    columns = [name.partition("@")[2] for name in values if name.startswith("applications.new@")]
    column = draw.choice([column for column in columns if int(values[f"applications.carried_in@{column}"])])
    whole = int(values[f"applications.new@{column}"]) + int(values[f"applications.carried_in@{column}"])
    return _change(values, f"applications.new@{column}", str(whole), "changed")


def _row(filling: Filling, draw: random.Random) -> Fault:
    """A row printed again in the next one, which should be empty."""
    values = filling.values
    rows = list(dict.fromkeys(name.partition("@")[0] for name in values))
    columns = [name.partition("@")[2] for name in values if name.startswith(f"{rows[0]}@")]
    leaves = [row for row in rows if not row.startswith("applications.") and row != "outcome.total"]
    pairs = [
        (row, after)
        for row, after in pairwise(leaves)
        if sum(1 for column in columns if int(values[f"{row}@{column}"])) > 1
        and all(values[f"{after}@{column}"] == "0" for column in columns)
    ]
    row, after = draw.choice(pairs)
    for column in columns:
        values[f"{after}@{column}"] = values[f"{row}@{column}"]
    return Fault(after, "0", "row")


def _exceeds(filling: Filling, draw: random.Random) -> Fault:
    """A part above its whole."""
    values = filling.values
    pairs = [entry for entry in filling.sums if entry.relation == "<=" and len(entry.parts) == 1]
    pair = draw.choice(pairs)
    return _change(values, pair.total[0], str(int(values[pair.parts[0]]) + draw.choice(_GAPS)), "")


def _channels(filling: Filling, draw: random.Random) -> Fault:
    """A total above the sum of its channels."""
    values = filling.values
    wide = [entry for entry in filling.sums if entry.relation == "<=" and len(entry.parts) > 1]
    entry = draw.choice(wide)
    whole = sum(int(values[part]) for part in entry.parts)
    return _change(values, entry.total[0], str(whole + draw.choice(_GAPS)), "")


def _shrinks(filling: Filling, draw: random.Random) -> Fault:
    """A cumulative number below the year's."""
    values = filling.values
    names = [name for name in values if name.endswith("@cumulative")]
    alone = [name for name in names if "other" not in name and int(values[name.partition("@")[0]]) > 1]
    free = [name for name in alone if name.startswith(("complaints", "reconsideration", "litigation"))]
    name = draw.choice(free or alone)
    return _change(values, name, str(int(values[name.partition("@")[0]]) - 1), "")


_FAULTS: dict[str, Callable[[Filling, random.Random], Fault]] = {
    "total": _total,
    "swapped": _swapped,
    "lost": _lost,
    "added": _added,
    "unfilled": _unfilled,
    "carried": _carried,
    "row": _row,
    "exceeds": _exceeds,
    "channels": _channels,
    "shrinks": _shrinks,
}
