"""Token patterns over verb, quantity and noun, by spaCy. The only spaCy importer."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

with warnings.catch_warnings():
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
    """Finds, for every quantity token, the first shape of `kb/discourse.toml` that fits around it."""

    def __init__(self, shapes: Sequence[Shape], vocab: Vocab | None = None) -> None:
        self.vocab = vocab if vocab is not None else Vocab()
        self._shapes = {shape.id: (rank, shape) for rank, shape in enumerate(shapes)}
        self._matcher = Matcher(self.vocab, validate=False)
        for shape in shapes:
            self._matcher.add(shape.id, [[_step(tags, operator) for tags, operator in shape.pattern]])

    def doc(self, tokens: Tokens) -> Doc:
        """Returns a spaCy `Doc` over `tokens` without blanks between words, tags set."""
        words = [word or "\n" for word in tokens.words]
        return Doc(self.vocab, words=words, spaces=[False] * len(words), tags=_shape_tags(tokens.tags))

    def find(self, tokens: Tokens) -> dict[int, Found]:
        """Returns the shape around each quantity token, by token index; a quantity no shape fits is absent."""
        doc = self.doc(tokens)
        best: dict[int, tuple[int, Found]] = {}
        strings = self.vocab.strings
        for key, start, end in self._matcher(doc):
            rank, shape = self._shapes[strings[key]]
            for index in range(start, end):
                if tokens.quantities[index] >= 0 and _is_core(shape, start, end, index):
                    known = best.get(index)
                    if known is None or rank < known[0]:
                        best[index] = (rank, Found(shape.id, shape.head))
        return {index: found for index, (_, found) in best.items()}


_BOUNDARIES = dict.fromkeys(("COMMA", "SEMI", "COLON", "DUN", "LB", "RB", "STOP"), "END") | {
    "LQ": "N",
    "RQ": "N",
}


def _shape_tags(tags: Sequence[str]) -> list[str]:
    return [_BOUNDARIES.get(tag, tag) for tag in tags]


def _step(tags: tuple[str, ...], operator: str) -> dict[str, object]:
    step: dict[str, object] = {"TAG": tags[0] if len(tags) == 1 else {"IN": list(tags)}}
    if operator:
        step["OP"] = operator
    return step


def _is_core(shape: Shape, start: int, end: int, index: int) -> bool:
    """Says whether token `index` is the pattern's own quantity, not a neighbour it may touch at either edge."""
    position = next(place for place, (tags, _) in enumerate(shape.pattern) if tags == ("Q",))
    fixed_after = len(shape.pattern) - position - 1
    if not any(operator for _, operator in shape.pattern[position + 1 :]):
        return index == end - 1 - fixed_after
    if not any(operator for _, operator in shape.pattern[:position]):
        return index == start + position
    return start < index < end - 1 or (start == index and position == 0)
