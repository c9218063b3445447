"""The quantity grammar: case books, conservation, and what fires on what."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.data import Exclusion, Quantity
from extractor.knowledge import Knowledge
from extractor.rules import Scan, scan

BOOKS = Path(__file__).parent / "cases" / "rules"
_MARK = re.compile("[⟦⟧]")
Book = dict[str, Any]


def _books() -> dict[str, Book]:
    """Returns the case books by rule id.

    yields: the whole text is one result of the rule (with value, bounds and unit where given; a
    bound with a bracket is open). within: the ⟦marked⟧ spans are results, at least one of them of the
    rule, and no result of the rule is unmarked. silent: the rule does not fire, and why. gap: should
    yield and does not yet.
    """
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(BOOKS.glob("*.toml"))}


_BOOKS = _books()


def _cases(kind: str) -> list[Any]:
    """Returns (rule, case) of one kind for every book, named by rule and number."""
    return [
        pytest.param(rule, case, id=f"{rule}-{number}")
        for rule, book in _BOOKS.items()
        for number, case in enumerate(book.get(kind, []), 1)
    ]


def _results(found: Scan) -> list[Quantity | Exclusion]:
    """Returns quantities and exclusions in the order of the text."""
    return sorted([*found.quantities, *found.exclusions], key=lambda item: item.start)


def _bound(written: str) -> tuple[Decimal | None, bool]:
    """Returns the bound a case writes and whether a bracket opens it."""
    digits = written.strip("()")
    return (Decimal(digits) if digits else None), digits != written


def _check_yields(rule: str, case: Book, knowledge: Knowledge) -> None:
    """Asserts that the whole text is one result of `rule` with the values of the case."""
    results = _results(scan(case["text"], knowledge))
    assert [(item.rule, item.text) for item in results] == [(rule, case["text"])]
    item = results[0]
    if isinstance(item, Quantity):
        low, low_open = _bound(case["low"])
        high, high_open = _bound(case["high"])
        interval = item.interval
        assert item.value == (Decimal(case["value"]) if "value" in case else None)
        assert (interval.low, interval.high) == (low, high)
        assert (interval.low_open, interval.high_open) == (low_open, high_open)
        assert item.unit == case["unit"]


@pytest.mark.parametrize(("rule", "case"), _cases("yields"))
def test_book_yields(rule: str, case: Book, knowledge: Knowledge) -> None:
    _check_yields(rule, case, knowledge)


@pytest.mark.parametrize(("rule", "case"), _cases("within"))
def test_book_within(rule: str, case: Book, knowledge: Knowledge) -> None:
    plain = _MARK.sub("", case["text"])
    marked = set()
    offset = 0
    for match in re.finditer("⟦([^⟧]*)⟧", case["text"]):
        start = match.start() - offset
        marked.add((start, start + len(match.group(1))))
        offset += 2
    results = _results(scan(plain, knowledge))
    spans = {(item.start, item.end) for item in results}
    fired = {(item.start, item.end) for item in results if item.rule == rule}
    assert marked <= spans, [item.text for item in results]
    assert fired, [(item.rule, item.text) for item in results]
    assert fired <= marked, [item.text for item in results]


@pytest.mark.parametrize(("rule", "case"), _cases("silent"))
def test_book_silent(rule: str, case: Book, knowledge: Knowledge) -> None:
    assert case["why"]
    fired = [item.text for item in _results(scan(case["text"], knowledge)) if item.rule == rule]
    assert fired == [], case["why"]


@pytest.mark.parametrize(("rule", "case"), _cases("gap"))
@pytest.mark.xfail(strict=True, reason="declared gap")
def test_book_gap(rule: str, case: Book, knowledge: Knowledge) -> None:
    _check_yields(rule, case, knowledge)


def test_every_rule_has_a_book_and_every_book_a_rule(knowledge: Knowledge) -> None:
    assert set(_BOOKS) == set(knowledge.language.rules)


@pytest.mark.parametrize("rule", sorted(_BOOKS))
def test_every_book_has_cases_for_and_against(rule: str) -> None:
    book = _BOOKS[rule]
    assert set(book) <= {"yields", "within", "silent", "gap"}
    assert len(book.get("yields", [])) + len(book.get("within", [])) >= 3
    assert book.get("silent")


def test_what_fires_on_every_case(knowledge: Knowledge, golden: Callable[[str, str], None]) -> None:
    table = {}
    for book in _BOOKS.values():
        for cases in book.values():
            for case in cases:
                text = _MARK.sub("", case["text"])
                found = scan(text, knowledge)
                fired = [f"{item.rule}: {item.text}" for item in _results(found)]
                table[text] = fired + [f"unexplained: {text[a:b]}" for a, b in found.unexplained]
    golden("rules.json", json.dumps(dict(sorted(table.items())), ensure_ascii=False, indent=1) + "\n")
