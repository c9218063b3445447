"""Which numbers of a text agree with which cells, so that the others of a sentence or a row can be told by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ..data import Claim, Figure, Link

FORM = "form"
NAMED = frozenset({"alias", "column", FORM})
"""Why a link was made where a name says it: by the words of the row, of an applicant's column, or by the form."""

_ZERO = "zero"
_DIGITS = 2  # a number of so many digits agrees by chance in one case of ten
_ROUND = 10
_ENOUGH = 2  # so many small ones that agree do not by chance


class Agreement:
    """Knows the claims and links of one report, and the cells that they agree with."""

    def __init__(self, claims: Sequence[Claim], links: Sequence[Link], figures: Mapping[str, Figure]) -> None:
        self.figures = figures
        self.links = {link.claim: link for link in links}
        self._claims = {claim.id: claim for claim in claims}
        self._holding: dict[tuple[str, ...], list[tuple[Claim, Link]]] = {}
        for link in links:
            cells = next((trial.figures for trial in link.trials if trial.holds), ())
            if cells:
                self._holding.setdefault(cells, []).append((self._claims[link.claim], link))
        self._held = {link.claim for link in links if any(trial.holds for trial in link.trials)}
        self._holding_sentences = {self._claims[name].sentence for name in self._held}
        self._linked = Counter(self._claims[link.claim].sentence for link in links if link.figures)
        self._free: dict[tuple[int, int], list[Claim]] = {}
        for claim in claims:
            if claim.id not in self.links or not self.links[claim.id].figures:
                self._free.setdefault(claim.sentence, []).append(claim)

    def tied(self) -> Iterator[str]:
        """Yields the names of the scopes of which numbers agree with cells, more than chance has it."""
        values: dict[str, list[Decimal]] = {}
        for name in self._held:
            claim = self._claims[name]
            if claim.value:
                values.setdefault(claim.scope.text, []).append(claim.value)
        for scope, agreeing in values.items():
            if beyond_chance(agreeing):
                yield scope

    def cells(self, link: Link) -> list[Figure]:
        """Returns the cells that a claim is held against first."""
        return [self.figures[name] for name in (link.trials[0].figures if link.trials else ())]

    def labels(self, link: Link) -> str:
        """Returns all words over and beside these cells, the caption of their table among them."""
        return "".join(word for cell in self.cells(link) for word in (cell.group, *labels_of(cell)))

    def holds(self, claim: Claim) -> bool:
        """Says whether a claim agrees with a cell."""
        return claim.id in self._held

    def agrees(self, sentence: tuple[int, int]) -> bool:
        """Says whether a number of a sentence agrees with a cell."""
        return sentence in self._holding_sentences

    def all_differ(self, claim: Claim) -> bool:
        """Says whether no number of the sentence agrees with a cell, though several have one.

        A slip is one number; a sentence of which none fits is about something else.
        """
        return self._linked[claim.sentence] > 1 and claim.sentence not in self._holding_sentences

    def told(self, claim: Claim, link: Link) -> Claim | None:
        """Returns a claim that agrees with the very cells, so that this one, which does not, may mean others.

        It stands in the same sentence, where it may have no cells of its own, or names the row where this one only
        resembles it.
        """
        trial = link.trials[0] if link.trials else None
        for other, held in self._holding.get(trial.figures if trial else (), ()):
            if other.id == claim.id:
                continue  # a claim is no witness against itself
            if other.sentence == claim.sentence or (held.why in NAMED and link.why not in NAMED):
                return other
        free = self._free.get(claim.sentence, [])
        alike = (other for other in free if other.unit == claim.unit and other.kind != _ZERO)
        return next((other for other in alike if trial and trial.value and other.value == trial.value), None)


def beyond_chance(values: Sequence[Decimal]) -> bool:
    """Says whether so many numbers, or one of them that is not so short, do not agree with others by chance."""
    return len(values) >= _ENOUGH or any(
        value >= _ROUND or len(value.normalize().as_tuple().digits) >= _DIGITS for value in values
    )


def labels_of(cell: Figure) -> tuple[str, ...]:
    """Returns the words over and beside a cell."""
    return (cell.row_label, cell.column_label, *cell.row_path, *cell.column_path)
