"""Whose a number is must not hang on its verb nor on its frame: a book of subjects, deeds and frames."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor.claims import find
from extractor.data import Region, Report
from extractor.knowledge import Knowledge
from extractor.text import fold

BOOK: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "cases" / "frames" / "subjects.toml").read_text(encoding="utf-8")
)


def _scopes(title: str, sentences: list[str], knowledge: Knowledge) -> list[str]:
    """Returns the kind of scope of the number that each sentence of a report holds, "" where none is claimed."""
    text, ends = title + "\n\n", []
    for sentence in sentences:
        text += sentence + "\n"
        ends.append(len(text))
    report = Report(source="frames", sha256="", text=text, regions=(Region(0, len(text), "narrative"),))
    kinds = [""] * len(sentences)
    place = 0
    for claim in find(report, fold(report), knowledge).claims:
        if not claim.text.startswith("36"):
            continue
        while claim.start >= ends[place]:
            place += 1
        kinds[place] = claim.scope.kind
    return kinds


@pytest.mark.parametrize(
    "group", BOOK["subjects"], ids=lambda group: f"{group['title'][:6]}-{group['scope']}"
)
def test_a_frame_does_not_change_whose_a_number_is(group: dict[str, Any], knowledge: Knowledge) -> None:
    sentences = [frame.format(s=name) for name in group["names"] for frame in BOOK["frames"]]
    kinds = _scopes(group["title"], sentences, knowledge)
    other = [pair for pair in zip(sentences, kinds, strict=True) if pair[1] != group["scope"]]
    assert other == []


@pytest.mark.parametrize("group", BOOK["actors"], ids=lambda group: group["title"][:6])
def test_a_deed_does_not_change_whose_a_number_is(group: dict[str, Any], knowledge: Knowledge) -> None:
    sentences = [f"{name}{deed}。" for name in group["names"] for deed in BOOK["deeds"]]
    kinds = _scopes(group["title"], sentences, knowledge)
    other = [pair for pair in zip(sentences, kinds, strict=True) if pair[1] != group["scope"]]
    assert other == []
