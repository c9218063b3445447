"""Which leg of a comparison is weak: the reading of the prose, or what is counted.

Source: an auditor is called only where every leg is sure; what leans on a weak one is worth a note, no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..data import Claim, Figure, Link
from ..knowledge.checking import Arithmetic
from ..tables.labels import normal
from .agreement import FORM, NAMED, Agreement, labels_of
from .elsewhere import Elsewhere
from .prose import Prose
from .reporter import Reporter

READING, NOTION, TOLD = "weak_reading", "weak_notion", "weak_told"
"""Params of a finding that say which leg of it is weak, with what makes it so."""

_LABEL = "label"
_RESPECTIVELY = "respectively"
_ZERO = "zero"
_COLUMN = "column"
_CHANNEL, _SITE = "channel.", "channel.website"
_AT_THE_END = frozenset({"as_of", "cumulative"})

_HAN = re.compile("[\u4e00-\u9fff]")
_ONE = Decimal(1)
_NEXT = frozenset({",", "、"})
_NAMING = 4  # a name of so many characters says all

Weakness = dict[str, str]


class Certainty:
    """Weighs the links of one report."""

    def __init__(
        self,
        claims: Sequence[Claim],
        links: Sequence[Link],
        figures: Mapping[str, Figure],
        rules: Arithmetic,
        prose: Prose | None = None,
    ) -> None:
        self._rules = rules.certainty
        self._changes = rules.changes
        self._kinds = rules.parts.exclusives
        self._prose = prose
        self._agreement = Agreement(claims, links, figures)
        self.reporter = Reporter(rules, self._agreement.tied(), prose)
        self._elsewhere = Elsewhere(self._agreement, self.reporter, rules, prose)

    def elsewhere(self, claim: Claim, link: Link) -> bool:
        """Says whether the words tell that the claim counts something else than its cells, or some of it only.

        Then nothing is said of it; what is merely open is worth a note (`weakness`).
        """
        return self._elsewhere.says(claim, link)

    def agrees(self, sentence: tuple[int, int]) -> bool:
        """Says whether a number of a sentence agrees with a cell."""
        return self._agreement.agrees(sentence)

    def weakness(self, claim: Claim, link: Link) -> Weakness:
        """Returns the param that names the weak leg of a comparison, empty where it stands on sound ones."""
        rules = self._rules
        if link.why == FORM and not self.reporter.other_body(claim):
            return {}
        named = link.why in NAMED
        if not any(cell.indicator for cell in self._agreement.cells(link)) and self._agreement.all_differ(
            claim
        ):
            return {READING: claim.indicator}
        odd = rules.apart.search(claim.indicator) or rules.quoted.search(claim.indicator)
        if odd or self._several(claim, link) or self._denies(claim, link) or self._stock(claim, link):
            return {READING: claim.indicator}
        if (
            self.reporter.other_body(claim)
            or self.reporter.other_year(claim)
            or self._other_whole(claim, link)
        ):
            return {READING: claim.indicator}
        if not named and (
            self._other_unit(claim, link)
            or self._uncovered(claim, link)
            or self._far(claim, link)
            or self._leaning(claim)
        ):
            return {NOTION: str(link.score)}
        if not named and link.score < (rules.notion_of_label if link.why == _LABEL else rules.notion):
            return {NOTION: str(link.score)}
        told = self._agreement.told(claim, link)
        return {} if told is None else {TOLD: told.text}

    def account(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim is of one account by its name (“砚坪发布”微信), its row of all of the kind."""
        indicator = str(link.params.get("indicator", ""))
        if (
            not indicator.startswith(_CHANNEL)
            or indicator == _SITE
            or self._rules.self.search(claim.scope.text)
        ):
            return False  # a site by its name is the one there is, and so is what a bureau calls its own
        return self._rules.quoted.search(claim.indicator) is not None

    def is_base(self, claim: Claim) -> bool:
        """Says whether the claim is what a number was before (由226项减至217项)."""
        prose = self._prose
        if prose is None:
            return False
        place = prose.places[claim.id] + 1
        after = prose.claims[place] if place < len(prose.claims) else None
        if after is None or after.sentence != claim.sentence or after.start < claim.end:
            return False
        return (
            self._changes.reached.search(prose.gap(claim, after)) is not None
            and self._changes.start.search(prose.words(claim.sentence[0], claim.start)) is not None
        )

    def _other_whole(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim is an applicant's part of a number of another row (结转下年7件,其中自然人5件)."""
        if link.why != _COLUMN or claim.part_of is None:
            return False
        whole = self._agreement.links[claim.part_of].params.get("indicator")
        return whole is not None and whole != link.params.get("indicator")

    def _uncovered(self, claim: Claim, link: Link) -> bool:
        """Says whether what tells of the claim has no more than half of the characters of its cell's label."""
        told = claim.indicator + claim.verb
        if len(claim.indicator) < _NAMING:
            told += "".join(claim.context)
        return any(
            not any(_covers(told, label, self._rules.counted) for label in labels_of(cell))
            for cell in self._agreement.cells(link)
            if cell.indicator is None
        )

    def _far(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim and a cell that no form knows are so far apart that no slip makes one of the other."""
        cells, value = self._agreement.cells(link), link.trials[0].value if link.trials else None
        difference = link.trials[0].difference if link.trials else None
        if not value or difference is None or not claim.value or any(cell.indicator for cell in cells):
            return False
        ratio = abs((value + difference) / value)
        ratio = max(ratio, 1 / ratio) if ratio else _ONE
        return ratio >= self._rules.far and ratio.normalize().as_tuple().digits != (1,)

    def _other_unit(self, claim: Claim, link: Link) -> bool:
        """Says whether what is counted has another unit in the table, none of them a multiple of the other."""
        return any(
            cell.unit and claim.unit and cell.unit[-1:] != claim.unit[-1:]
            for cell in self._agreement.cells(link)
        )

    def _leaning(self, claim: Claim) -> bool:
        """Says whether the claim goes with one right before it of no certain row (接受业务培训6次,派员31人次)."""
        before = None if self._prose is None else self._prose.before(claim)
        if self._prose is None or before is None or before.unit == claim.unit:
            return False
        link = self._agreement.links[before.id]
        unsure = bool(link.figures) and link.why not in NAMED and link.score < self._rules.notion
        return unsure and self._prose.gap(before, claim)[:1] in _NEXT and not self._agreement.holds(before)

    def _denies(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim counts what was not done (没审结), and no label of its cells speaks of that.

        So does a claim that only resembles labels of what was not done (补正后受理, 补正后仍不明确).
        """
        denial, undone = self._rules.denial, self._rules.undone
        labels = [cell.row_label + cell.column_label for cell in self._agreement.cells(link)]
        if denial.search(claim.indicator) is not None:
            return claim.kind != _ZERO and not any(map(denial.search, labels))
        near = link.why not in NAMED and undone.search(claim.indicator) is None
        return near and bool(labels) and all(map(undone.search, labels))

    def _stock(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim is of what there was at the end (截至), as another cell of the row has it."""
        if claim.period.kind not in _AT_THE_END or claim.value is None:
            return False
        rows = {(cell.table, cell.row) for cell in self._agreement.cells(link)}
        return any(
            (cell.table, cell.row) in rows and cell.value == claim.value
            for cell in self._agreement.figures.values()
        )

    def _several(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim names several things, and the row it is linked to one of them.

        So does a name of a 分别 list that was not told from its neighbours. What stands before 等 are examples
        (婚姻登记档案查询、慈善信托备案等其他对外管理服务).
        """
        joint, cells = self._rules.joint, self._agreement.cells(link)
        labels = self._agreement.labels(link)
        if self._either(claim) and not any(joint.search(cell.row_label) for cell in cells):
            return True
        if len(cells) == 1 and any(
            _kinds_in(claim.indicator, kinds) > 1 and _kinds_in(labels, kinds) == 1 for kinds in self._kinds
        ):
            return True
        name = self._rules.examples.sub("", claim.indicator)
        if not any(_covers(name, cell.row_label, self._rules.counted) for cell in cells):
            name = claim.indicator  # the row is one of the examples
        if joint.search(name) is None:
            return False
        if claim.list_kind == _RESPECTIVELY:
            return True
        named = any(joint.search(cell.row_label + cell.column_label) for cell in cells)
        return link.why not in NAMED and len(cells) == 1 and not named

    def _either(self, claim: Claim) -> bool:
        """Says whether the words right before the claim's name join another to it (全部或部分公开)."""
        head = "" if self._prose is None else self._prose.head(claim)
        before, name, _ = head.rpartition(claim.indicator)
        return bool(name) and self._rules.either.search(before) is not None


def _kinds_in(words: str, kinds: Sequence[str]) -> int:
    """Returns how many kinds of a family some words hold, none of them inside another."""
    found = [kind for kind in kinds if kind in words]
    return sum(not any(kind != other and kind in other for other in found) for kind in found)


def _covers(told: str, label: str, counted: re.Pattern[str]) -> bool:
    """Says whether more than half of the characters of `label` are `told`."""
    bare = normal(label)
    core = _HAN.findall(counted.sub("", bare) or bare)
    return bool(core) and 2 * sum(character in told for character in core) > len(core)
