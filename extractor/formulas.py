"""Formulas over named values: `a + b - c`, and identities `a = b + c` or `a <= b`; pure, `Decimal` only.

A name is a run of letters, digits, `_`, `.` and `@`. A `?` after a name makes the term optional: it counts
as nothing where the value does not exist at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

_TERM = re.compile(r"\s*(?P<sign>[+-])?\s*(?P<name>[A-Za-z][\w.@]*)(?P<optional>\?)?\s*", re.ASCII)
_RELATION = re.compile(r"<=|=")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Term:
    """One signed name of a formula; `sign` is 1 or -1."""

    name: str
    sign: int = 1
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A sum of signed terms, with the text it was written as and the names in the order written."""

    text: str
    terms: tuple[Term, ...]
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(term.name for term in self.terms))

    def evaluate(self, values: Mapping[str, Decimal | None]) -> Decimal | None:
        """Returns the value; None where a term has none.

        An optional name that `values` does not hold adds nothing; one that is held as None makes the
        result unknown. A formula none of whose names is held is unknown too.
        """
        total = _ZERO
        found = False
        for term in self.terms:
            if term.name not in values:
                if term.optional:
                    continue
                return None
            value = values[term.name]
            if value is None:
                return None
            found = True
            total += value if term.sign > 0 else -value
        return total if found else None


@dataclass(frozen=True, slots=True)
class Identity:
    """Two formulas that should be equal (`=`), or the left not above the right (`<=`), and the names of both.

    `needed` are the names of the terms that are not optional.
    """

    text: str
    left: Formula
    relation: str
    right: Formula
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)
    needed: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", self.left.names + self.right.names)
        terms = (*self.left.terms, *self.right.terms)
        object.__setattr__(self, "needed", frozenset(term.name for term in terms if not term.optional))

    def holds(self, left: Decimal, right: Decimal) -> bool:
        """Returns whether the relation holds between the values of the two sides."""
        return left <= right if self.relation == "<=" else left == right


def parse(text: str) -> Formula:
    """Returns the formula written as `text`.

    Raises:
        ValueError: `text` is no sum of names; the message shows the rest that could not be read.
    """
    terms: list[Term] = []
    place = 0
    while place < len(text):
        match = _TERM.match(text, place)
        if match is None or (terms and match["sign"] is None):
            raise ValueError(f"no formula: {text!r} from {text[place:]!r}")
        terms.append(Term(match["name"], -1 if match["sign"] == "-" else 1, match["optional"] is not None))
        place = match.end()
    if not terms:
        raise ValueError("no formula: the text is empty")
    return Formula(text.strip(), tuple(terms))


def parse_identity(text: str) -> Identity:
    """Returns the identity written as `text`.

    Raises:
        ValueError: `text` has no single `=` or `<=`, or a side is no formula.
    """
    relations = _RELATION.findall(text)
    if len(relations) != 1:
        raise ValueError(f"no identity: {text!r} needs one '=' or '<='")
    left, right = _RELATION.split(text)
    return Identity(text.strip(), parse(left), relations[0], parse(right))
