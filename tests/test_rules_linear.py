"""Adversarial texts: every rule, and the scan as a whole, takes time in proportion to the text."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from extractor.knowledge import Knowledge, load
from extractor.rules import scan
from extractor.rules.exclusions import exclusion_patterns

_SHORT, _LONG = 2500, 10_000
# four times the text: four times the time is linear, sixteen times quadratic; in between is the noise of a busy machine
_GROWTH = 9
_PIECES = (
    "1万", "（", "、", "一", "1:", "2014年", "《", "“", '"', "1,", "1.", "1-", "1 ", "第", "〔2014",
    "万", "十几", "几千", "1号", "路1号", "第1、", "电话", "1+", "一+", "A1", "a/", "1@", "1月", "1日",
    "至1", "近1", "1多", "1个多", "三三", "百分之", "1/", "①", "(1)", "(", "约", "每1", "<", "<!--",
    "&#1", "半", "壹", "1个、", "111 ", "1·", "2 0 1 4 ", "13900000000", "一查二", "1年来", "12345",
    "一是", "1</b>", "1,111<b>", "[1]", "0571 ", "12345、", "1亿1", "1·1:",
)  # fmt: skip
_LANGUAGE = load().language
_RULES = sorted({name for name, _ in exclusion_patterns(_LANGUAGE.contexts, _LANGUAGE.hotlines)})


def _seconds(run: Callable[[], object]) -> float:
    """Returns the processor time of the faster of two runs."""
    best = []
    for _ in range(2):
        start = time.process_time()
        run()
        best.append(time.process_time() - start)
    return min(best)


def _repeated(piece: str, length: int) -> str:
    return (piece * length)[:length]


@pytest.mark.parametrize("rule", _RULES)
def test_a_rule_is_linear(rule: str) -> None:
    patterns = exclusion_patterns(_LANGUAGE.contexts, _LANGUAGE.hotlines)
    compiled = [re.compile(pattern, re.M) for name, pattern in patterns if name == rule]

    def everywhere(length: int) -> None:
        for piece in _PIECES:
            text = _repeated(piece, length)
            for pattern in compiled:
                for position in range(0, length, 5):
                    pattern.match(text, position)

    short, long = _seconds(lambda: everywhere(_SHORT)), _seconds(lambda: everywhere(_LONG))
    assert long < _GROWTH * short


@pytest.mark.parametrize("piece", _PIECES)
def test_the_scan_is_linear(piece: str, knowledge: Knowledge) -> None:
    short, long = _repeated(piece, _SHORT), _repeated(piece, _LONG)
    scan(short, knowledge)
    brief, full = _seconds(lambda: scan(short, knowledge)), _seconds(lambda: scan(long, knowledge))
    assert full < _GROWTH * max(brief, 0.001)
