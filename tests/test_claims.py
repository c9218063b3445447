"""The claim case books: `tests/cases/claims/*.toml`, every claim of a text with what it must say."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor.claims import Extraction, find
from extractor.data import Claim, Region, Report, Status
from extractor.knowledge import Knowledge
from extractor.text import fold

BOOKS = Path(__file__).parent / "cases" / "claims"


def _cases() -> list[Any]:
    out = []
    for book in sorted(BOOKS.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(book.read_text(encoding="utf-8"))["case"], 1):
            out.append(pytest.param(case, id=f"{book.stem}-{number}"))
    return out


def extract(text: str, knowledge: Knowledge) -> Extraction:
    report = Report(source="case", sha256="", text=text, regions=(Region(0, len(text), "narrative"),))
    return find(report, fold(report), knowledge)


def _view(claim: Claim, claims: dict[str, Claim], wanted: dict[str, str]) -> dict[str, str]:
    """Returns the fields of `claim` that a case names, as the case writes them."""
    view: dict[str, str] = {}
    for key in wanted:
        if key == "part_of":
            view[key] = claims[claim.part_of].text if claim.part_of else ""
        elif key in ("scope", "period"):
            view[key] = getattr(claim, key).kind
        elif key == "context":
            view[key] = wanted[key] if wanted[key] in claim.context else "|".join(claim.context)
        else:
            view[key] = str(getattr(claim, key))
    return view


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any], knowledge: Knowledge) -> None:
    text = case.get("text") or case["silent"]
    extraction = extract(text, knowledge)
    claims = {claim.id: claim for claim in extraction.claims}
    assert [claim.text for claim in extraction.claims] == [wanted["text"] for wanted in case["claims"]]
    for claim, wanted in zip(extraction.claims, case["claims"], strict=True):
        assert _view(claim, claims, wanted) == wanted


@pytest.mark.parametrize("case", _cases())
def test_offsets_and_conservation(case: dict[str, Any], knowledge: Knowledge) -> None:
    text = case.get("text") or case["silent"]
    extraction = extract(text, knowledge)
    ends = [0]
    for claim in extraction.claims:
        assert text[claim.start : claim.end] == claim.text
        assert claim.start >= ends[-1], "no two claims overlap"
        ends.append(claim.end)
        for start, end in claim.numbers:
            assert claim.start <= start < end <= claim.end
    claimed = {(n.start, n.end) for n in extraction.numbers if n.status is Status.CLAIMED}
    assert claimed == {span for claim in extraction.claims for span in claim.numbers}
