"""Token patterns over verb, quantity and noun, by spaCy. The only spaCy importer."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .startup import no_spacy_commands

with warnings.catch_warnings(), no_spacy_commands():
    warnings.simplefilter("ignore", DeprecationWarning)  # click and weasel's, inside spaCy
    from spacy.matcher import Matcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

from .knowledge.discourse import Shape
from .tokens import Tokens


@dataclass(frozen=True, slots=True)
class Found:
    """The shape that fits a quantity token: its id, and whether the thing counted stands before or after it."""

    shape: str
    head: str


class Phrases:
    """Finds, for every quantity token, the first shape of `kb/discourse.toml` that fits around it.

    The matcher sees the classes of the tokens in place of their words. So every step of a pattern is a flag of a
    lexeme, computed once a class, and the vocabulary does not grow with what is read.
    """

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self._vocab = Vocab()
        self._shapes = {
            self._vocab.strings.add(shape.id): (rank, _core(shape), Found(shape.id, shape.head))
            for rank, shape in enumerate(shapes)
        }
        classes = dict.fromkeys(tags for shape in shapes for tags, _ in shape.pattern)
        flags = {tags: self._vocab.add_flag(frozenset(tags).__contains__) for tags in classes}
        self._matcher = Matcher(self._vocab, validate=False)
        for shape in shapes:
            steps = [_step(flags[tags], operator) for tags, operator in shape.pattern]
            self._matcher.add(shape.id, [steps])

    def find(self, tokens: Tokens) -> dict[int, Found]:
        """Returns the shape around each quantity token, by token index; a quantity no shape fits is absent."""
        classes = [_CLASSES.get(tag, tag) for tag in tokens.tags]
        doc = Doc(self._vocab, words=classes, spaces=[False] * len(classes))
        best: dict[int, tuple[int, Found]] = {}
        for key, start, end in self._matcher(doc):
            rank, core, found = self._shapes[key]
            for index in core(start, end):
                if tokens.quantities[index] >= 0 and (index not in best or rank < best[index][0]):
                    best[index] = (rank, found)
        return {index: found for index, (_, found) in best.items()}


_CLASSES = dict.fromkeys(("COMMA", "SEMI", "COLON", "DUN", "LB", "RB", "STOP"), "END") | {
    "LQ": "N",
    "RQ": "N",
}


def _step(flag: int, operator: str) -> dict[Any, Any]:
    return {flag: True, "OP": operator} if operator else {flag: True}


def _core(shape: Shape) -> Callable[[int, int], range]:
    """Returns which tokens of a match [start, end) may be the pattern's own quantity, and no neighbour it touches."""
    place = next(place for place, (tags, _) in enumerate(shape.pattern) if tags == ("Q",))
    behind = len(shape.pattern) - place
    if not any(operator for _, operator in shape.pattern[place + 1 :]):
        return lambda _, end: range(end - behind, end - behind + 1)
    if not any(operator for _, operator in shape.pattern[:place]):
        return lambda start, _: range(start + place, start + place + 1)
    return lambda start, end: range(start + 1, end - 1)
