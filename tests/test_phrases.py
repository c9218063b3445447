"""The shapes of `kb/discourse.toml` against spaCy's `Matcher`, which says what such a pattern means."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.knowledge import load
from extractor.knowledge.discourse import Shape
from extractor.phrases import Phrases
from extractor.tokens import Tokens

TAGS = ("V", "N", "ADV", "COP", "P", "CONJ", "AUX", "NEG", "HAVE", "Q", "T", "S", "M", "COMMA", "LQ", "END")
AS_CLASS = {"COMMA": "END", "LQ": "N"}


@cache
def tools() -> tuple[tuple[Shape, ...], Phrases]:
    shapes = load().discourse.shapes
    return shapes, Phrases(shapes)


def tokens_of(tags: Sequence[str]) -> Tokens:
    places = list(range(len(tags)))
    return Tokens(
        list(tags),
        list(tags),
        places,
        [place + 1 for place in places],
        [0 if tag == "Q" else -1 for tag in tags],
    )


@cache
def matchers() -> tuple[Vocab, list[tuple[str, list[Matcher]]]]:
    """Returns for each shape the matchers of its two halves, which meet in the quantity."""
    vocab = Vocab()
    found: list[tuple[str, list[Matcher]]] = []
    for shape in tools()[0]:
        place = next(place for place, (step, _) in enumerate(shape.pattern) if step == ("Q",))
        halves = []
        for half in (shape.pattern[: place + 1], shape.pattern[place:]):
            matcher = Matcher(vocab)
            steps = [{"ORTH": {"IN": list(step)}, **({"OP": sign} if sign else {})} for step, sign in half]
            matcher.add("half", [steps])
            halves.append(matcher)
        found.append((shape.id, halves))
    return vocab, found


def by_spacy(tags: Sequence[str]) -> dict[int, str]:
    """Returns the first shape around each quantity."""
    vocab, shapes = matchers()
    words = [AS_CLASS.get(tag, tag) for tag in tags]
    doc = Doc(vocab, words=words, spaces=[False] * len(words))
    best: dict[int, str] = {}
    for name, (before, behind) in shapes:
        ends = {end - 1 for _, _, end in before(doc)}
        for index in ends & {start for _, start, _ in behind(doc)}:
            best.setdefault(index, name)
    return best


@settings(deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=40))
def test_shapes_fit_where_spacys_matcher_says_they_do(tags: list[str]) -> None:
    found = {index: found.shape for index, found in tools()[1].find(tokens_of(tags)).items()}
    assert found == by_spacy(tags)


def test_the_first_shape_decides() -> None:
    found = tools()[1].find(tokens_of(["V", "Q", "N", "END"]))
    assert [(index, item.shape, item.head) for index, item in found.items()] == [
        (1, "verb_quantity_noun", "after")
    ]


def test_a_mark_parts_a_quantity_from_the_words_behind_it() -> None:
    assert tools()[1].find(tokens_of(["N", "Q", "COMMA", "N"]))[1].head == "before"


def test_an_audit_needs_no_spacy() -> None:
    code = "import sys, extractor.audit; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
