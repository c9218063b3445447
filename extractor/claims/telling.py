"""What the claims of a sentence have told so far, for those behind them to take over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from ..data import Relation
from .clauses import Clause
from .draft import Draft
from .wholes import COUNTED

LEAST_NAME = 5
"""A phrase below this many characters leans on the claim before it."""
LEAST_THING = 2
"""Characters of what may be taken over as the thing that was counted."""


class Telling:
    """The claims of one sentence before a place, by what they may lend to the one that stands there.

    `last` is the one right before, `previous` the last with a full phrase, `main` the last that is no part of another,
    `count` the last with words of its own, `funds` the last sum of money that is one, `chain` what the change right
    before is one of. `by_unit` holds the last of each unit that names a thing, `things` what was counted in it last,
    `verb` the last verb and the unit of what it governs. `named` are all that name something.
    """

    def __init__(self, sentence: Sequence[Clause], drafts: Sequence[Draft]) -> None:
        self.sentence = sentence
        self.drafts = drafts
        self.last: Draft | None = None
        self.previous: Draft | None = None
        self.main: Draft | None = None
        self.count: Draft | None = None
        self.funds: Draft | None = None
        self.chain: Draft | None = None
        self.by_unit: dict[str, Draft] = {}
        self.things: dict[str, str] = {}
        self.verb = ("", "")
        self.named: list[Draft] = []

    def speak(self, draft: Draft) -> None:
        """Lends a draft without a verb the one before it, where both are of a unit, and keeps its own."""
        verb, unit = self.verb
        if not draft.verb and unit == draft.unit:
            draft.verb = verb
        self.verb = (draft.verb, draft.unit)

    def name(self, draft: Draft) -> None:
        """Keeps a draft that names something: the thing it counts, for its unit."""
        if draft.own and not draft.nameless:
            self.by_unit[draft.unit] = draft
        self.named.append(draft)
        if len(draft.thing) >= LEAST_THING:
            self.things[draft.unit] = draft.thing
        elif not (draft.thing or draft.unsaid):
            self.things.setdefault(draft.unit, draft.own)  # 企业净增28家,总数|316家

    def keep(self, draft: Draft, said: bool) -> None:
        """Keeps a draft for those behind it; `said` tells that it has words of its own and is not of another year."""
        self.last = self.last if (draft.average or draft.lasting) and self.last is not None else draft
        aside = draft.opens or draft.average or draft.reckoned or draft.lasting
        tells = draft.whole is None and not aside
        clause = self.sentence[draft.clause]
        inner = self.main is not None and clause.depth > self.sentence[self.main.clause].depth
        if tells and said and not inner and draft.unit_kind == "money":
            self.funds = draft
        if tells and not inner and (said or self.main is None):
            self.main = draft
        self.count = draft if said else self.count
        if draft.has_noun and draft.whole is None and not draft.mean:
            self.previous = draft if self.previous is None or len(draft.own) >= LEAST_NAME else self.previous

    # ---------------------------------------------------------------- asked by who takes over

    def parted(self, one: Draft, other: Draft) -> bool:
        """Says whether a semicolon stands between two claims."""
        return any(clause.mark == "SEMI" for clause in self.sentence[one.clause + 1 : other.clause + 1])

    def untold(self, place: int) -> bool:
        """Says whether no claim before `place` is of the unit of the one there."""
        unit = self.drafts[place].unit
        return all(item.unit != unit for item in self.drafts[:place])

    def first_alike(self, place: int) -> Draft | None:
        """Returns the first claim of the same unit behind the last semicolon before `place`, None without one."""
        draft = self.drafts[place]
        near = (item for item in self.drafts[:place] if not self.parted(item, draft))
        return next((item for item in near if item.unit == draft.unit and item.own), None)

    def repeated(self, place: int) -> str:
        """Returns the phrase of an earlier claim of the number and unit of that at `place`, "" without one."""
        quantity = self.drafts[place].quantity
        if quantity is None:
            return ""
        number = quantity.value, self.drafts[place].unit
        same = (item for item in reversed(self.drafts[:place]) if item.quantity is not None and item.own)
        return next(
            (item.own for item in same if item.quantity and (item.quantity.value, item.unit) == number), ""
        )

    def item(self, place: int, figures: Collection[str]) -> str:
        """Returns the name of the item whose figure was told last in the segment of `place`, without words of that."""
        draft = self.drafts[place]
        near = (item for item in reversed(self.drafts[:place]) if not self.parted(item, draft))
        told = next((item.name for item in near if item.relation in COUNTED and not item.base), "")
        return told.removesuffix(max(filter(told.endswith, figures), key=len, default=""))

    def by_itself(self, place: int) -> bool:
        """Says whether a change right behind a part is that of the part: 其中企业16万户、增长|5%,个体户52万户、增长|3%.

        One behind parts that have none of their own is that of their whole, and so is one behind a bracket.
        """
        part, clause = self.last, self.sentence[self.drafts[place].clause]
        if part is None or part.whole is None or not part.has_noun:
            return False
        if self.sentence[part.clause].depth != clause.depth:
            return False
        listed = [item.relation in COUNTED and item.whole is part.whole for item in self.drafts[:place]]
        return not any(one and other for one, other in pairwise(listed))


def held(part: Draft | None) -> Draft | None:
    """Returns the whole of a part in its unit, else the claim itself: of what the part is of, others are too."""
    whole = part.whole if part is not None else None
    return whole if part is not None and whole is not None and whole.unit == part.unit else part


def changed(draft: Draft) -> bool:
    """Says whether a draft tells a change, or what others are compared with."""
    return draft.base or draft.relation is Relation.CHANGE
