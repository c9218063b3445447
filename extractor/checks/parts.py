"""Parts against the whole the text gives for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .. import intervals
from ..data import Claim, Interval, Relation, Severity
from ..knowledge import Knowledge
from ..knowledge.checking import PartRules, RateRules
from ..units import factor
from .prose import Outcome, Prose, check, counts, finding

_SUMMED = "summed"
_CLOSED_KINDS = frozenset({"include", "respectively", "bracket", _SUMMED})
_SAME_TIME = frozenset({"unstated", "year"})
_ASIDE = re.compile(r"\([^()]*\)")
_OF_WHICH = "qizhong"
_CERTAIN_KINDS = _CLOSED_KINDS | {_OF_WHICH}
_JOINT = "、"
_MANY = 3
_PERCENT, _ALL = "percent", Decimal(100)
# Characters a part may have beside its kind (同意公开 + 答复) and still lean on the whole before it.
_SUFFIX = 4


@dataclass(frozen=True, slots=True)
class _Parts:
    """A whole and its parts of one list; a part's value times its factor is the value in the whole's unit."""

    whole: Claim
    parts: tuple[Claim, ...]
    factors: tuple[Decimal, ...]
    list_kind: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (self.whole, *self.parts)

    @property
    def formula(self) -> str:
        return f"{self.whole.id} = {' + '.join(part.id for part in self.parts)}"

    @property
    def values(self) -> list[Interval]:
        return [
            intervals.scaled(part.interval, by) for part, by in zip(self.parts, self.factors, strict=True)
        ]

    @property
    def total(self) -> Decimal | None:
        """The sum as printed; None where a part is a range."""
        values = [part.value for part in self.parts if part.value is not None]
        if len(values) < len(self.parts):
            return None
        return sum((value * by for value, by in zip(values, self.factors, strict=True)), Decimal(0))


def check_parts(prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields what the lists of the text come to.

    A complete list (包括, 分别, brackets, or kinds that exhaust the whole) must sum to its whole. A
    其中 list may leave parts unnamed and may overlap: only a single part above the whole is an error.
    Lists whose units do not compare are not checked.
    """
    for listed in _lists(prose, knowledge):
        oversized = [
            (part, value.low)
            for part, value in zip(listed.parts, listed.values, strict=True)
            if not intervals.reaches(value, listed.whole.interval)
        ]
        for part, low in oversized:
            if _of_another(part, listed, prose):
                continue  # which number it is a part of is not certain
            claims = (listed.whole, part)
            formula = f"{part.id} <= {listed.whole.id}"
            yield finding(knowledge, "text.parts_exceed", claims, formula, low)
            yield check("text.parts_exceed", False, claims, formula, low)
        if not oversized:
            yield from _sum(listed, prose, knowledge)


def _sum(listed: _Parts, prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    rules = knowledge.arithmetic.parts
    whole = listed.whole.interval
    summed = intervals.total(listed.values)
    expected = listed.total
    exhaustive = _complementary(listed.parts, prose, rules) or _exhausted(listed.parts, prose, rules)
    exhaustive = exhaustive or _all_shared(listed.parts, prose, knowledge.arithmetic.rates)
    above = not intervals.reaches(summed, whole)
    if not above and not intervals.meet(summed, whole) and not _accounted(listed, prose):
        return  # what the sum lacks may be the number between the parts that is none of them
    if above and rules.shared.search(prose.sentence(listed.parts[-1])):
        return  # the text says why
    if len(listed.parts) > 1 and intervals.meet(summed, whole):
        yield check("text.parts", True, listed.claims, listed.formula, expected)
    elif (exhaustive and not (above and listed.list_kind == _OF_WHICH)) or (
        _complete(listed, prose, rules) and (above or not _selected(summed, whole, rules))
    ):
        yield finding(knowledge, "text.parts", listed.claims, listed.formula, expected)
        yield check("text.parts", False, listed.claims, listed.formula, expected)
    elif not above or not _overlapping(listed.parts, prose, rules):
        formula = listed.formula.replace(" = ", " >= ", 1)
        yield check("text.parts_exceed", not above, listed.claims, formula, expected)
        if above and (exhaustive or _apart(listed.parts, prose, rules) or _near(listed, summed, rules)):
            yield finding(
                knowledge, "text.parts_exceed", listed.claims, formula, expected, Severity.REVIEW
            )  # others may overlap


def _accounted(listed: _Parts, prose: Prose) -> bool:
    """Returns whether every count from the whole to the end of the list is one of the parts, or a part of one.

    What a colon parts from them counts the kinds (分为五类:); what 、 joins to the last is one more part.
    """
    members = {part.id for part in listed.parts}
    places = [prose.places[claim.id] for claim in listed.claims]
    last = listed.parts[-1]
    between = prose.claims[min(places) : prose.places[last.id] + 1]
    joined = [claim for claim in prose.claims[max(places) + 1 :][:1] if prose.gap(last, claim)[:1] == _JOINT]
    for claim in (*between, *joined):
        if claim is listed.whole or not counts(claim) or _introduces(claim, listed, prose):
            continue  # none that could be a part
        held = claim
        while held.id not in members and held.part_of is not None:
            held = prose.named(held.part_of)
        if held.id not in members:
            return False
    return True


def _introduces(claim: Claim, listed: _Parts, prose: Prose) -> bool:
    """Returns whether `claim` stands between the whole and a colon that opens the list."""
    first = listed.parts[0]
    return claim.end <= first.start and ":" in prose.gap(claim, first)


def _of_another(part: Claim, listed: _Parts, prose: Prose) -> bool:
    """Returns whether a part above its whole may be a part of another number before it, which could hold it.

    No other is looked for where the list stands in brackets, or opens with a list word right behind its whole.
    """
    whole = listed.whole
    first = listed.parts[0]
    if whole.unit != part.unit and listed.factors[listed.parts.index(part)] == 1 and whole.unit:
        return True  # 20件(20/229), 办好三件事:解读12篇
    joined = prose.before(whole)
    if joined is not None and joined.unit == whole.unit and prose.gap(joined, whole)[:1] == _JOINT:
        both = intervals.total((joined.interval, whole.interval))
        if intervals.reaches(part.interval, both):
            return True  # 复议13件、诉讼6件,共维持14件
    between = prose.places[first.id] - prose.places[whole.id] == 1 and first.sentence == whole.sentence
    if listed.list_kind == "bracket" or (
        listed.list_kind in _CERTAIN_KINDS and between and whole.part_of is None
    ):
        return False
    return any(
        other is not whole
        and counts(other)
        and other.unit == part.unit
        and other not in listed.parts
        and intervals.reaches(part.interval, other.interval)
        for other in _before(part, whole, prose)
    )


def _before(part: Claim, whole: Claim, prose: Prose) -> list[Claim]:
    """Returns the claims before `part` in its sentence, and those from its whole on."""
    place = prose.places[part.id]
    start = min(prose.places[whole.id], place)
    while start > 0 and prose.claims[start - 1].sentence in (part.sentence, whole.sentence):
        start -= 1
    return list(prose.claims[start:place])


def _lists(prose: Prose, knowledge: Knowledge) -> Iterator[_Parts]:
    """Yields the lists of the text whose parts compare with their whole."""
    rules = knowledge.arithmetic.parts
    groups: dict[tuple[str, str, tuple[int, int]], list[Claim]] = {}
    for claim in prose.claims:
        if claim.part_of is not None and counts(claim):
            groups.setdefault((claim.part_of, claim.list_kind, claim.sentence), []).append(claim)
    for (key, list_kind, _), listed in groups.items():
        whole = prose.named(key)
        for division in _divisions(whole, listed):
            parts = _own(whole, _unbroken(whole, division, prose), prose, rules)
            if parts:
                yield from _comparable(whole, parts, list_kind, knowledge)
    for whole, parts, list_kind in (*_leaning(prose, rules), *_totals(prose, rules)):
        yield from _comparable(whole, parts, list_kind, knowledge)


def _divisions(whole: Claim, parts: Sequence[Claim]) -> list[list[Claim]]:
    """Returns the parts by the divisions they tell where each comes to the whole, else all as one.

    `收支总计1930万元。收入由本年收入1899万元和年初结转31万元组成,支出由…组成`.
    """
    out: list[list[Claim]] = [[]]
    total = Decimal(0)
    for part in parts:
        if total == whole.value:
            out.append([])
            total = Decimal(0)
        out[-1].append(part)
        total += part.value or 0
    return out if len(out) > 1 and total == whole.value else [list(parts)]


def _unbroken(whole: Claim, parts: Sequence[Claim], prose: Prose) -> Sequence[Claim]:
    """Returns the parts up to the first semicolon, unless semicolons tell all of them apart, three or more.

    Behind a colon (其中:基本支出…;项目支出…) two are enough.
    """
    parted = [";" in prose.gap(parts[place - 1], parts[place]) for place in range(1, len(parts))]
    if (
        parted
        and all(parted)
        and (len(parts) >= _MANY or prose.gap(whole, parts[0]).endswith(":" + prose.head(parts[0])))
    ):
        return parts
    return parts[: parted.index(True) + 1] if True in parted else parts


def _own(whole: Claim, parts: Sequence[Claim], prose: Prose, rules: PartRules) -> list[Claim]:
    """Returns the parts without those of another time, totals above the whole (76人(共206人)), and its siblings.

    Siblings are kinds of one family: 国家秘密 and 商业秘密.
    """
    kinds = [_kind(whole, family, prose) for family in rules.siblings]
    return [
        part
        for part in parts
        if part.period.kind in (whole.period.kind, *_SAME_TIME)
        and (part.relation is not Relation.TOTAL or intervals.reaches(part.interval, whole.interval))
        and not any(
            kind and (other := _kind(part, family, prose)) and other != kind
            for kind, family in zip(kinds, rules.siblings, strict=True)
        )
    ]


def _kind(claim: Claim, family: Sequence[str], prose: Prose) -> str:
    """Returns the kind of `family` the clause of `claim` names, "" where none."""
    return next(filter(prose.head(claim).__contains__, family), "")


def _comparable(
    whole: Claim, parts: Sequence[Claim], list_kind: str, knowledge: Knowledge
) -> Iterator[_Parts]:
    units = knowledge.language.units
    factors = [factor(part.unit, whole.unit, units) for part in parts]
    known = tuple(by for by in factors if by is not None)
    if counts(whole) and len(known) == len(parts):
        yield _Parts(whole, tuple(parts), known, list_kind)


def _leaning(prose: Prose, rules: PartRules) -> Iterator[tuple[Claim, list[Claim], str]]:
    """Yields the lists without a list word: neighbours that name nothing but kinds of what stands before them."""
    place = 0
    while place < len(prose.claims):
        whole, parts = prose.claims[place], _leaners(place, prose, rules)
        if len(parts) > 1 and (_complementary(parts, prose, rules) or _apart(parts, prose, rules)):
            yield whole, parts, ""
            place += len(parts)
        place += 1


def _leaners(place: int, prose: Prose, rules: PartRules) -> list[Claim]:
    """Returns the claims right behind the one at `place` that name a kind and hardly anything else.

    One that names a kind itself is no whole but the first of the list, and so is the first in a bracket.
    """
    whole, parts = prose.claims[place], list[Claim]()
    if rules.any_kind.search(prose.head(whole)):
        return parts
    for claim in prose.claims[place + 1 :]:
        if claim.sentence != whole.sentence or claim.part_of is not None or claim.unit != whole.unit:
            break
        if ";" in prose.gap(whole, claim):
            break
        head = prose.head(claim)
        if rules.any_kind.search(head) is None:
            break
        kind = next(filter(head.__contains__, rules.kinds))
        if len(head) > len(kind) + _SUFFIX or not counts(claim):
            break
        parts.append(claim)
    return [] if parts and _in_brackets(whole, prose) else parts


def _in_brackets(claim: Claim, prose: Prose) -> bool:
    """Returns whether a bracket closes behind `claim` that opened before it, be it in a sentence before."""
    after = prose.words(claim.end, claim.sentence[1])
    return 0 <= after.find(")") < (after.find("(") if "(" in after else len(after))


def _totals(prose: Prose, rules: PartRules) -> Iterator[tuple[Claim, list[Claim], str]]:
    """Yields the enumerations that end in their sum (甲50件、乙30件,共计80件)."""
    for whole in prose.claims:
        if rules.sum.fullmatch(prose.head(whole)) is None:
            continue  # it names something of its own
        parts = prose.earlier(whole)
        for place in range(len(parts) - 1):
            if rules.joint.match(prose.gap(parts[place + 1], parts[place])) is None:
                parts = parts[: place + 1]
                break
        if len(parts) > 1 and all(counts(part) for part in parts):
            yield whole, parts[::-1], _SUMMED


def _complementary(parts: Sequence[Claim], prose: Prose, rules: PartRules) -> bool:
    return len(parts) == 2 and _complement(parts[0], parts[1], prose, rules) is not None


def _exhausted(parts: Sequence[Claim], prose: Prose, rules: PartRules) -> bool:
    """Returns whether the parts are all kinds of one family, one each."""
    heads = [prose.head(part) for part in parts]
    for family in rules.exhaustives:
        if len(family) == len(heads):
            named = {next((word for word in family if word in head), "") for head in heads}
            if named == set(family):
                return True
    return False


def _all_shared(parts: Sequence[Claim], prose: Prose, rules: RateRules) -> bool:
    """Returns whether each part is told with its share, and the shares come to the whole (占58.4%…占41.6%)."""
    shares = []
    for part in parts:
        after = prose.claims[prose.places[part.id] + 1 :][:1]
        if not after or after[0].kind != _PERCENT or rules.share.match(prose.gap(part, after[0])) is None:
            return False
        shares.append(after[0].interval)
    return len(shares) > 1 and intervals.meet(intervals.total(shares), intervals.exactly(_ALL))


def _overlapping(parts: Sequence[Claim], prose: Prose, rules: PartRules) -> bool:
    """Returns whether every part is a way of publishing, of which one item may take several."""
    return all(any(word in prose.head(part) for word in rules.overlapping) for part in parts)


def _complement(first: Claim, second: Claim, prose: Prose, rules: PartRules) -> tuple[str, str] | None:
    """Returns the kinds of two parts that exhaust their whole; None where they need not."""
    heads = prose.head(first), prose.head(second)
    for one, other in rules.complements:
        for pair in ((one, other), (other, one)):
            if all(word in head for word, head in zip(pair, heads, strict=True)) and not (
                pair[0] in heads[1] or pair[1] in heads[0]
            ):
                return pair
    names = first.indicator, second.indicator
    if all(names) and (names[0] == rules.negation + names[1] or names[1] == rules.negation + names[0]):
        return names
    return None


def _complete(listed: _Parts, prose: Prose, rules: PartRules) -> bool:
    """Returns whether the list names all parts: it says so by its form, and no word opens it again."""
    parts = listed.parts
    if len(parts) < 2 or any(part.sentence != listed.whole.sentence for part in parts):
        return False
    if rules.rest.fullmatch(prose.head(parts[-1])) is not None and len(parts) >= _MANY:
        return True  # the last part is all that is left
    if listed.list_kind not in _CLOSED_KINDS:
        return False
    between = _ASIDE.sub("", prose.words(listed.whole.end, parts[-1].start))
    after = prose.words(parts[-1].end, parts[-1].sentence[1])
    return rules.open.search(between) is None and rules.open_after.match(after) is None


def _selected(summed: Interval, whole: Interval, rules: PartRules) -> bool:
    """Returns whether the parts fall so far short of the whole that they can only be a selection of it."""
    if summed.high is None or whole.low is None:
        return True
    return summed.high < whole.low * (1 - rules.selection)


def _near(listed: _Parts, summed: Interval, rules: PartRules) -> bool:
    """Returns whether many parts come out just above the whole, as those of a complete list with a slip do."""
    high = listed.whole.interval.high
    if len({part.period.kind for part in listed.parts}) > 1:
        return False  # what there is and what the year brought are no list
    if len(listed.parts) < _MANY or summed.low is None or high is None:
        return False
    return summed.low <= high * (1 + rules.near)


def _apart(parts: Sequence[Claim], prose: Prose, rules: PartRules) -> bool:
    """Returns whether all parts are different kinds of one family, which never overlap."""
    heads = [prose.head(part) for part in parts]
    for family in rules.exclusives:
        kinds = [next((word for word in family if word in head), "") for head in heads]
        if all(kinds) and len(set(kinds)) == len(kinds):
            return True
    return False
