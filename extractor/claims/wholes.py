"""Which claim is the whole that a list takes apart: by its words, its unit and what the parts come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import dropwhile

from ..data import Relation
from ..knowledge.discourse import Discourse
from .draft import Draft

Comparable = Callable[[str, str], bool]
COUNTED = frozenset({Relation.LEVEL, Relation.TOTAL})
_LEAST_NOUN = 2
_LEAST_SUM = 20  # two counts may come to less by chance
_LEAST_NAME = 3  # characters of a claim's name that is only part of the words of `X中`


class Wholes:
    """Finds the whole of a list among the claims of its sentence and the one before.

    `own` are those of the sentence up to here, `out` all of it, `told` the counts of the sentence before.
    """

    def __init__(self, discourse: Discourse, comparable: Comparable) -> None:
        self._discourse = discourse
        self._comparable = comparable
        self._figures = tuple(discourse.figures)
        self.own: list[Draft] = []
        self.out: Sequence[Draft] = ()
        self.told: Sequence[Draft] = ()

    def fits(self, part: Draft, whole: Draft) -> bool:
        """Says whether `part` is a count in a unit that parts of `whole` can have, and planned or spent as it is."""
        if part is whole or part.relation not in COUNTED or not self._comparable(part.unit, whole.unit):
            return False
        told = part.own.endswith(self._figures) and whole.own.endswith(self._figures)
        return not (told and self._of_other_figures(part, whole))

    def _of_other_figures(self, one: Draft, other: Draft) -> bool:
        """Says whether of two figures one was planned and one was spent: 年初预算数|4万元, 决算数|18万元."""
        planned = self._discourse.planned_figures
        return one.unit_kind == "money" and one.own.endswith(planned) != other.own.endswith(planned)

    def named(self, words: str, told: Sequence[Draft]) -> Draft | None:
        """Returns the claim of those `told` that the words of `X中` name, the last with the fewest words besides."""
        here = self._topical(words)
        hosts = [
            host
            for host in reversed([*told, *self.own])
            if host.relation in COUNTED and not (host.base or host.rest) and self._same(here, host)
        ]
        spare = (max(0, len(self._topical(host.own)) - len(here)) for host in hosts)
        return min(zip(spare, hosts, strict=True), key=lambda pair: pair[0], default=(0, None))[1]

    def _same(self, here: str, host: Draft) -> bool:
        """Says whether the words of `X中` and the name of a claim speak of one thing; a part must be named in full."""
        there = self._topical(host.own)
        part = host.whole is not None or host.list_kind
        return bool(there) and ((here in there and not part) or (len(there) >= _LEAST_NAME and there in here))

    def _topical(self, words: str) -> str:
        """Returns words without those by which no claim is known."""
        return self._discourse.topic_fillers.sub("", words) or words

    def of(self, part: Draft, last: Draft) -> Draft:
        """Returns the whole of a list that opens with `part` after `last`: the nearest with its unit, else `last`.

        One before it that is more and what the parts come to: 收到|110件|,办结98件,其中网络60件,信函50件.
        """
        host: Draft | None = last
        while host is not None and not self.fits(part, host):
            host = host.whole
        if host is None and part.relation in COUNTED:
            host = next(self._alike(part), None)
        elif host is last and len(self.own) > 1 and amount(last) not in (sums := self.sums(part)):
            more = (
                item
                for item in reversed(self.own)
                if alone(item, part) and item.unit == last.unit and below(last, item)
            )
            host = next((item for item in more if amount(item) in sums), last)
        if host is None or not below(host, part):
            return host or last
        larger = (item for item in reversed(self.own) if alone(item, part) and not below(item, part))
        return next(larger, None) or self.come_to(part) or host

    def come_to(self, first: Draft) -> Draft | None:
        """Returns the claim before that `first` and the counts behind it come to, None without one.

        Two come to twenty or more, three to any.
        """
        sums = [each for place, each in enumerate(self.sums(first)) if place or each >= _LEAST_SUM]
        before = (draft for draft in reversed([*self.told, *self.own]) if draft.unit == first.unit)
        counts = (draft for draft in before if draft.relation in COUNTED and not draft.base)
        return next((d for d in counts if amount(d) in sums and d.period.kind != "last_year"), None)

    def _alike(self, part: Draft) -> Iterator[Draft]:
        """Yields the counts before `part` in its unit, the last first; any noun may follow a generic unit.

        Of those it must be the same noun, or what the parts come to: 28个项目自评,涉及5600万元,其中优|20个|,良8个.
        """
        generic = part.unit in self._discourse.generic
        sums = self.sums(part) if generic else ()
        for item in reversed(self.own):
            counted = (
                item.relation in COUNTED and not item.base and item is not part and item.unit == part.unit
            )
            if counted and (not generic or _of_one_thing(item, part) or amount(item) in sums):
                yield item

    def sums(self, first: Draft) -> list[Decimal]:
        """Returns what `first` and the counts right behind it come to, of one unit, two and more of them."""
        sums: list[Decimal] = []
        total = Decimal(0)
        for draft in dropwhile(lambda draft: draft is not first, self.out):
            if draft.relation not in COUNTED:
                continue
            value = amount(draft)
            if value is None or draft.unit != first.unit:
                break
            total += value
            if draft is not first:
                sums.append(total)
        return sums

    def opened(self) -> Draft | None:
        """Returns which claim of the sentence before 其中 takes apart, None where that is open.

        The only one; else one in a unit of the first part and no smaller: the one that the parts come to, whatever
        it is part of itself, else the last named as they are (预算|支出, 教育|支出), the last total, the last; what
        was planned only where nothing was spent.
        """
        told = [draft for draft in self.told if draft.period.kind != "last_year"] or self.told
        free = [draft for draft in told if draft.whole is None or draft.whole not in told]
        first = next((draft for draft in self.out if draft.relation in COUNTED), None)
        if first is None or len(told) < 2:
            return free[-1] if free else None
        fitting = [
            draft for draft in told if self._comparable(first.unit, draft.unit) and not below(draft, first)
        ]
        sums = self.sums(first)
        exact = [draft for draft in fitting if draft.unit == first.unit and amount(draft) in sums]
        fitting = [draft for draft in fitting if draft in free]
        spent = [draft for draft in fitting if not draft.own.endswith(self._discourse.planned_figures)]
        fitting = spent or fitting
        named = [draft for draft in fitting if _end(draft) and _end(draft) == _end(first)]
        totals = [draft for draft in fitting or free if draft.relation is Relation.TOTAL]
        only = free if len(free) == 1 else []
        return next((found[-1] for found in (exact, only, named, totals, fitting) if found), None)


def amount(draft: Draft) -> Decimal | None:
    """Returns the number of a claim, None of one without."""
    return draft.quantity.value if draft.quantity is not None else None


def alone(whole: Draft, part: Draft) -> bool:
    """Says whether `whole` is a count of its own in the unit of `part`: 班12期,参训500人次,其中直办3期、80人次."""
    counted = whole.relation in COUNTED and not whole.base and whole.whole is None
    return counted and bool(part.unit) and whole.unit == part.unit and not below(whole, part)


def below(whole: Draft, part: Draft) -> bool:
    """Says whether `whole` is too small to hold `part`: 收到5件,上年结转0件,其中|2件予以公开."""
    here, there = amount(whole), amount(part)
    return here is not None and there is not None and whole.unit == part.unit and here < there


def _end(draft: Draft) -> str:
    """Returns the noun that the name of a claim ends with, "" of one without."""
    return draft.thing[-_LEAST_NOUN:] if len(draft.thing) >= _LEAST_NOUN else ""


def _of_one_thing(one: Draft, other: Draft) -> bool:
    """Says whether two claims count things of one name: 自评|项目|4个, 评级为优的|项目|3个."""
    if not (one.thing and other.thing):
        return False
    # 22个|项目全部编报目标,其中3个|项目列入市级目标
    return (
        one.thing.endswith(other.thing[-_LEAST_NOUN:]) or one.thing[:_LEAST_NOUN] == other.thing[:_LEAST_NOUN]
    )


def plain_amount(draft: Draft) -> Decimal | None:
    """Returns the number of a count or a sum without a hedge, None of anything else."""
    plain = draft.quantity is not None and draft.relation in COUNTED and not draft.quantity.hedge
    return draft.quantity.value if plain and draft.quantity is not None else None


def exact_count(draft: Draft) -> Decimal | None:
    """Returns the number of a count written in full, None of anything else."""
    quantity = draft.quantity
    if quantity is None or draft.relation not in COUNTED or quantity.hedge or quantity.value is None:
        return None
    return quantity.value if quantity.interval.low == quantity.interval.high else None


def completes(whole: Draft, rest: Draft, out: Sequence[Draft]) -> bool:
    """Says whether what is left over and the parts before it come to the whole: 复议3件,2件维持,另|1件|被撤回."""
    parts = [plain_amount(draft) or Decimal(0) for draft in out if draft.whole is whole]
    return bool(parts) and sum(parts, plain_amount(rest) or Decimal(0)) == plain_amount(whole)
