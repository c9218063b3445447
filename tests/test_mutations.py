"""The result moves with the figures: change one and a finding appears, change all and the verdicts stay."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from extractor import gold
from extractor.audit import audit
from extractor.data import Interval, Report, Result, Verdict
from extractor.knowledge import Knowledge
from extractor.labels import Gold, GoldClaim, GoldFigure
from extractor.readers import read_text
from extractor.score import compare

_SEED = Path(__file__).resolve().parent.parent / "corpora" / "seed"
_REPORT = next((_SEED / "reports").iterdir())
_TEXT = _REPORT.read_text(encoding="utf-8")
_GOLD = gold.read(_SEED / "gold" / f"{_REPORT.stem}.jsonl", Report(_REPORT.name, gold.sha256(_REPORT), _TEXT))
_CLAIM = {claim.id: claim for claim in _GOLD.claims}
_FIGURE = {figure.indicator: figure for figure in _GOLD.figures}
_NUMBER = {number.claim: number for number in _GOLD.numbers if number.claim}


@dataclass(frozen=True)
class Edit:
    """New words for a half-open span of the report."""

    start: int
    end: int
    text: str


def rewritten(edits: Iterable[Edit]) -> str:
    text, end = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        text += [_TEXT[end : edit.start], edit.text]
        end = edit.end
    return "".join(text) + _TEXT[end:]


def audited(edits: Iterable[Edit], knowledge: Knowledge) -> Result:
    return audit(read_text(rewritten(edits), "mutated", knowledge), knowledge)


# ---------------------------------------------------------------- one at a time


def _next(written: str) -> str:
    """Returns the number after `written`, with as many decimals."""
    value = Decimal(written)
    return str(value + Decimal(1).scaleb(int(value.as_tuple().exponent)))


def _slip(written: str) -> str:
    """Returns the number with its last two digits swapped, or the next one: a rate would round +1 away."""
    return _next(written) if written[-2:] == written[:-3:-1] else written[:-2] + written[:-3:-1]


def _in_text(claim: GoldClaim) -> Edit:
    number = _NUMBER[claim.id]
    return Edit(number.start, number.end, _next(number.text))


def _in_table(figure: GoldFigure) -> Edit:
    return Edit(figure.start, figure.end, _next(figure.text))


_MATCHED = [claim for claim in _GOLD.claims if claim.verdict is Verdict.MATCH]
_SUMS = [check for check in _GOLD.checks if check.code.startswith("text.")]
_IDENTITIES = [check for check in _GOLD.checks if check.code.startswith("table.")]


def test_the_labels_hold_something_to_change() -> None:
    assert len([claim for claim in _MATCHED if claim.id in _NUMBER]) == 15
    assert len(_MATCHED) == 18
    assert (len(_SUMS), len(_IDENTITIES)) == (4, 7)


@pytest.mark.parametrize("claim", [c for c in _MATCHED if c.id in _NUMBER], ids=lambda c: f"{c.id}-{c.text}")
def test_a_changed_number_of_the_text_is_found(claim: GoldClaim, knowledge: Knowledge) -> None:
    result = audited([_in_text(claim)], knowledge)
    (changed,) = [item for item in result.claims if item.start == claim.start]
    assert result.verdicts[changed.id] is Verdict.MISMATCH
    assert "tieout.mismatch" in {item.code for item in result.findings if changed.id in item.claims}


@pytest.mark.parametrize("claim", _MATCHED, ids=lambda claim: f"{claim.id}-{claim.figures[0]}")
def test_a_changed_cell_of_the_table_is_found(claim: GoldClaim, knowledge: Knowledge) -> None:
    """A cell that breaks its table's own identity may make the table doubtful instead of the text wrong."""
    result = audited([_in_table(_FIGURE[claim.figures[0]])], knowledge)
    (same,) = [item for item in result.claims if item.start == claim.start]
    verdict = result.verdicts[same.id]
    assert verdict in {Verdict.MISMATCH, Verdict.DOUBTFUL}
    codes = {item.code for item in result.findings if same.id in item.claims}
    assert codes & {"tieout.mismatch", "tieout.doubtful"}
    if verdict is Verdict.DOUBTFUL:
        assert "table.identity" in {item.code for item in result.findings}


@pytest.mark.parametrize(
    "claim",
    [_CLAIM[claim] for check in _SUMS for claim in check.claims],
    ids=lambda claim: f"{claim.id}-{claim.text}",
)
def test_a_changed_part_of_the_text_is_found(claim: GoldClaim, knowledge: Knowledge) -> None:
    """Found by the arithmetic of the text, or by the table where the text alone would allow it.

    The text alone allows 答复25件 beside parts of 15 and 9: a list after 其中 need not be complete.
    """
    number = _NUMBER[claim.id]
    result = audited([Edit(number.start, number.end, _slip(number.text))], knowledge)
    (changed,) = [item for item in result.claims if item.start == claim.start]
    codes = {item.code for item in result.findings if changed.id in item.claims}
    assert codes & {"text.parts", "text.parts_exceed", "text.rate", "tieout.mismatch"}


@pytest.mark.parametrize(
    "indicator", [figure for check in _IDENTITIES for figure in check.figures], ids=lambda value: str(value)
)
def test_a_changed_part_of_the_table_is_found(indicator: str, knowledge: Knowledge) -> None:
    figure = _FIGURE[indicator]
    result = audited([_in_table(figure)], knowledge)
    ids = {item.id for item in result.reading.figures if item.indicator == indicator}
    assert ids
    broken = [item for item in result.findings if item.code == "table.identity" and ids & set(item.figures)]
    assert broken


# ---------------------------------------------------------------- all at once


def _parts(chance: random.Random, count: int, low: int = 0, high: int = 400) -> list[int]:
    return [chance.randint(low, high) for _ in range(count)]


def _table(chance: random.Random) -> dict[str, Decimal]:
    """Returns a value for every cell: new ones, with the identities of the old, its zeros and soft findings."""
    value = {figure.indicator: Decimal(chance.randint(20, 90000)) for figure in _GOLD.figures}
    kept_at_zero = ("fees.", "reconsideration.", "litigation.")
    value |= {name: Decimal(0) for name in value if name.startswith(kept_at_zero)}
    value["outcome.refused"] = Decimal(0)  # filled below, as the sum of its reasons
    for check in sorted(_IDENTITIES, key=lambda check: check.figures[0] != "outcome.refused"):
        total, *parts = check.figures
        if not total.startswith(kept_at_zero):
            new = _parts(chance, len(parts))
            value |= {
                name: Decimal(number)
                for name, number in zip(parts, new, strict=True)
                if name != "outcome.refused"
            }
            value[total] = sum((value[name] for name in parts), Decimal(0))
    for whole, parts in (
        ("disclosed.total", [name for name in value if name.startswith("channel.")]),
        (
            "response.total",
            [f"response.{name}" for name in ("press", "interview", "policy", "social", "other")],
        ),
    ):
        value |= {name: Decimal(chance.randint(11, 900)) for name in parts}
        value[whole] = sum((value[name] for name in parts), Decimal(chance.randint(1000, 9000)))
    for whole in ("response.press", "response.interview"):
        value[f"{whole}_chief"] = Decimal(chance.randint(0, int(value[whole])))
    value["documents.issued"] = Decimal(chance.randint(2, int(value["disclosed.total"]) // 3))
    value["disclosed.documents"] = value["documents.issued"] + chance.randint(1, 500)
    value["funds.total"] = Decimal(chance.randint(1000, 99999)) / 100
    # the text says that its two kinds of answers are all there were
    told = ("outcome.granted", "outcome.not_ours")
    value |= {
        name: Decimal(0) for name in value if name.startswith(("outcome.", "refused.")) and name not in told
    }
    value["applications.answered"] = value["outcome.granted"] + value["outcome.not_ours"]
    return value


def _claims(chance: random.Random, table: dict[str, Decimal]) -> dict[str, Decimal]:
    """Returns a value for every claim that is written in digits, its scale left out (30 for 30亿)."""
    value: dict[str, Decimal] = {}
    for claim in _GOLD.claims:
        if claim.verdict is Verdict.MATCH:
            value[claim.id] = table[claim.figures[0]]
        elif claim.verdict is Verdict.MISMATCH:
            value[claim.id] = table[claim.figures[0]] + chance.randint(1, 7)
        elif claim.interval.high_open:  # 80多
            value[claim.id] = Decimal(chance.randint(1, 9)) * 10 ** chance.randint(1, 3)
        elif claim.unit == "%":
            value[claim.id] = Decimal(chance.randint(1, 9999)) / 100
        else:
            value[claim.id] = Decimal(chance.randint(40, 99999))
    value["c02"], value["c03"] = (Decimal(number) for number in _parts(chance, 2, 10, 900))
    value["c01"] = value["c02"] + value["c03"]
    value["c05"] = Decimal(chance.randint(1, int(value["c04"])))
    value["c06"] = (100 * value["c05"] / value["c04"]).quantize(Decimal("0.01"))
    value["c09"] = Decimal(chance.randint(1, int(value["c08"])))
    value["c11"] = Decimal(chance.randint(1, int(value["c10"])))
    value["c20"] = Decimal(chance.randint(1, int(min(value["c18"], value["c19"]))))
    value["c26"] = Decimal(3)  # as many as the accidents it names
    value["c12"] = Decimal(chance.randint(11, 99))
    value["c45"] = Decimal(chance.randint(2, 10))
    return value


_PLACES = {"钦州": "海陵", "灵山": "云台", "浦北": "江口", "钦南": "陵东", "钦政": "海政", "钦市": "海市"}


def _rest(chance: random.Random) -> list[Edit]:
    """Returns new years, file numbers, days and places: what is no claim moves too."""
    year = chance.randint(2014, 2017)
    edits = []
    for number in _GOLD.numbers:
        if number.text in ("2014", "2015"):
            edits.append(Edit(number.start, number.end, str(int(number.text) - 2014 + year)))
        elif number.reason == ("document_number",):
            edits.append(Edit(number.start, number.end, str(chance.randint(1, 99))))
        elif number.reason == ("event",):
            edits.append(Edit(number.start, number.end, str(chance.randint(1, 12))))
    for place, other in _PLACES.items():
        starts = [at for at in range(len(_TEXT)) if _TEXT.startswith(place, at)]
        edits += [Edit(start, start + len(place), other) for start in starts]
    title = _TEXT.index("(2014年度)\n|")
    edits.append(Edit(title + 1, title + 5, str(year)))
    return edits


def _written(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _interval(claim: GoldClaim, written: str) -> Interval:
    value = Decimal(written)
    if claim.interval.high_open:
        step = Decimal(10) ** (len(written) - len(written.rstrip("0")))
        return Interval(value, value + step, high_open=True)
    if claim.unit in ("%", "万元"):
        half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
        return Interval(value - half, value + half)
    if claim.text.endswith("亿"):
        return Interval((value - Decimal("0.5")) * 10**8, (value + Decimal("0.5")) * 10**8)
    return Interval(value, value)


def _moved(edits: Sequence[Edit], values: dict[str, Decimal], table: dict[str, Decimal]) -> Gold:
    """Returns the labels of the rewritten report: spans shifted, values new, verdicts the same."""
    ordered = sorted(edits, key=lambda edit: edit.start)
    text = rewritten(ordered)

    def at(offset: int) -> int:
        return offset + sum(
            len(edit.text) - (edit.end - edit.start) for edit in ordered if edit.end <= offset
        )

    def claim(item: GoldClaim) -> GoldClaim:
        start, end = at(item.start), at(item.end)
        moved = replace(item, start=start, end=end, text=text[start:end])
        if item.id not in _NUMBER:
            return moved
        written = _written(values[item.id])
        value = Decimal(written) * (10**8 if item.text.endswith("亿") else 1)
        return replace(moved, value=value, interval=_interval(item, written))

    return replace(
        _GOLD,
        numbers=tuple(replace(n, start=at(n.start), end=at(n.end)) for n in _GOLD.numbers),
        claims=tuple(claim(item) for item in _GOLD.claims),
        figures=tuple(
            replace(figure, start=at(figure.start), end=at(figure.end), value=table[figure.indicator])
            for figure in _GOLD.figures
        ),
        ignored=tuple((at(start), at(end), why) for start, end, why in _GOLD.ignored),
    )


@functools.cache
def _other_report(seed: int) -> tuple[str, Gold]:
    chance = random.Random(seed)
    table = _table(chance)
    values = _claims(chance, table)
    edits = [
        Edit(n.start, n.end, _written(values[n.claim]) + n.text.lstrip("0123456789."))
        for n in _NUMBER.values()
    ]
    edits += [Edit(f.start, f.end, _written(table[f.indicator])) for f in _GOLD.figures]
    edits += _rest(chance)
    return rewritten(edits), _moved(edits, values, table)


@pytest.mark.parametrize("seed", range(8))
def test_other_figures_in_the_same_words_give_the_same_verdicts(seed: int, knowledge: Knowledge) -> None:
    text, labels = _other_report(seed)
    assert sum(old != new for old, new in zip(_TEXT, text, strict=False)) > 100
    scores = compare(labels, audit(read_text(text, "other figures", knowledge), knowledge))
    for name in ("numbers", "claims.whole", "links", "links.whole", "verdicts", "findings", "figures"):
        assert scores.counts[name].f1 == 1.0, [miss for miss in scores.misses if name.startswith(miss.metric)]
    assert scores.counts["checks"].recall == 1.0, scores.misses
