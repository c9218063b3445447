"""Sizes that belong to a name and count nothing: 30万千瓦级机组, 60万吨乙烯项目, 20年一遇, 12英寸晶圆."""

from __future__ import annotations

from collections.abc import Mapping

from ..knowledge.source import alternation
from .patterns import behind, not_behind
from .pieces import HAN, TO, B, D, N

_SIZE = rf"{D}{{1,6}}(?:[.．]{D}{{1,3}})?{B}[十百千]?[万亿]?{B}"
_WRITTEN = rf"(?:[一二两三四五六七八九]{N}{{0,4}}|[十百千])[万亿]?"
# what a name goes on with
_NAME = "(?:[\u4e00-\u9fff](?<![的了和及与]))"
# once in so many years
RETURN_PERIOD = rf"年{B}[一1]{B}遇"


def _gate(
    contexts: Mapping[str, tuple[str, ...]], names: tuple[str, ...], *, arabic: bool, more: str = ""
) -> str:
    """Returns a pattern that holds ahead of a number and the first letter of a unit of these lists, or of `more`."""
    letters = "".join(sorted({word[0] for name in names for word in contexts[name]} | set(more)))
    return rf"(?={_SIZE if arabic else _WRITTEN}[{letters}])"


def graded(contexts: Mapping[str, tuple[str, ...]], *, arabic: bool) -> str:
    """Returns the pattern of a size with the word for grade (30万千瓦级), or of a return period (20年一遇)."""
    size = _SIZE if arabic else _WRITTEN
    number = rf"{D}{{1,5}}(?:{TO}{D}{{1,5}})?{B}" if arabic else rf"{N}{{1,5}}(?:{TO}{N}{{1,5}})?"
    gate = _gate(contexts, ("size_units",), arabic=arabic, more="级")
    units = alternation(contexts["size_units"])
    return rf"{gate}{size}(?:(?:{units}){B}|(?<=[万亿]))级(?!联|配|差)|{number}{RETURN_PERIOD}"


def _counted(contexts: Mapping[str, tuple[str, ...]]) -> str:
    """Returns a pattern that holds behind a count, where a size says which kind is counted: 2台|66万千瓦机组."""
    counters = "".join(contexts["size_counters"])
    return rf"(?:(?<=[0-9一二两三四五六七八九十首][{counters}])|{behind(contexts['size_counted'])})"


def sized(contexts: Mapping[str, tuple[str, ...]], *, arabic: bool) -> str:
    """Returns the pattern of a size written ahead of the works it names, up to its unit.

    What a plant makes or holds in a year is a name (60万吨乙烯项目); power may be the sum of many
    (并网300万千瓦风电项目), and is a name only where no verb of making stands before it, or a count does.
    """
    words = {name: alternation(items) for name, items in contexts.items() if name.startswith("size_")}
    works = rf"(?={_NAME}{{1,14}}?(?:{words['size_works']}))"
    plants = rf"(?={_NAME}{{0,12}}?(?:{words['size_plants']}))"
    free = not_behind(contexts["size_totals"])
    named = rf"(?:{_counted(contexts)}|{not_behind(contexts['size_makers'])}(?<={HAN}))"
    size = _SIZE if arabic else _WRITTEN
    patterns = [
        rf"{free}{size}(?:{words['size_goods']}){works}",
        rf"{free}{named}{size}(?:{words['size_powers']}){plants}",
        rf"{free}{size}(?:{words['size_fine']})(?={HAN}{{0,6}}(?:{words['size_made']}))",
    ]
    if arabic:
        return f"{_gate(contexts, ('size_goods', 'size_powers', 'size_fine'), arabic=True)}(?:{'|'.join(patterns)})"
    # a round size with no digit is a name: 百万亩造林工程 (but 超千万亩)
    patterns.append(rf"{free}(?<![上过])[百千][万亿](?:{words['size_goods']}|{words['size_round']}){works}")
    gate = _gate(contexts, ("size_goods", "size_powers", "size_fine", "size_round"), arabic=False)
    passed = (
        rf"[十百千]?[百千万亿]{{1,2}}(?:{words['size_units']})(?={words['size_marks']})"  # 突破|千万美元大关
    )
    return f"{gate}(?:{'|'.join(patterns)})|{passed}"
