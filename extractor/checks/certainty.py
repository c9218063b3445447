"""Which leg of a comparison is weak: the reading of the prose, or what is counted.

Source: an auditor is called only where every leg is sure; what leans on a weak one is worth a note, no more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..data import Claim, Figure, Link
from ..knowledge.checking import Arithmetic
from ..tables.labels import normal
from .frames import frames_of
from .prose import Prose
from .reporter import Reporter

READING, NOTION, TOLD = "weak_reading", "weak_notion", "weak_told"
"""Params of a finding that say which leg of it is weak, with what makes it so."""

_LABEL = "label"
_RESPECTIVELY = "respectively"
_ZERO = "zero"
_COLUMN = "column"
_NARROWER = "narrower"
_CHANNEL, _SITE = "channel.", "channel.website"
_AT_THE_END = frozenset({"as_of", "cumulative"})
_FORM = "form"
_NAMED = frozenset({"alias", "column", _FORM})

_NEXT = re.compile("[,、]")
_HAN = re.compile("[\u4e00-\u9fff]")
_ONE = Decimal(1)
_NUMBERS = re.compile(r"\d[\d,.]*")
_NAMING = 4  # a name of so many characters says all
_DIGITS = 2  # a number of one digit is any other's but for one digit
_RUN = 3  # so many numbers are looked at together

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
        self._frame_rules = rules.frames
        self._frames = None if prose is None else frames_of(prose, links, rules.frames)
        self._figures = figures
        by_id = {claim.id: claim for claim in claims}
        tied = (
            by_id[link.claim].scope.text
            for link in links
            if by_id[link.claim].value and any(trial.holds for trial in link.trials)
        )
        self.reporter = Reporter(rules, tied, prose)
        self._links = {link.claim: link for link in links}
        linked = {link.claim for link in links if link.figures}
        self._free: dict[tuple[int, int], list[Claim]] = {}
        for claim in claims:
            if claim.id not in linked:
                self._free.setdefault(claim.sentence, []).append(claim)
        self._held = {link.claim for link in links if any(trial.holds for trial in link.trials)}
        self._holding_sentences = {by_id[name].sentence for name in self._held}
        self._linked = Counter(by_id[link.claim].sentence for link in links if link.figures)
        self._holding: dict[tuple[str, ...], list[tuple[Claim, Link]]] = {}
        for link in links:
            cells = next((trial.figures for trial in link.trials if trial.holds), ())
            if cells:
                self._holding.setdefault(cells, []).append((by_id[link.claim], link))

    def elsewhere(self, claim: Claim, link: Link) -> bool:
        """Says whether the words tell that the claim counts something else than its cells, or some of it only.

        Then nothing is said of it; what is merely open is worth a note (`weakness`).
        """
        if link.why == _FORM:
            return False
        if self.reporter.earlier_stock(claim) or self._part(claim, link) or self._said_apart(claim, link):
            return True
        if self._narrowed(claim, link) or self._other_matter(claim, link) or self._opposed(claim, link):
            return True
        told = self._told(claim, link)
        if told is not None and told.sentence == claim.sentence and not _may_slip(claim, link):
            return True
        return self._beside_other(claim) or self._in_parts(claim, link)

    def weakness(self, claim: Claim, link: Link) -> Weakness:
        """Returns the param that names the weak leg of a comparison, empty where it stands on sound ones."""
        rules = self._rules
        if link.why == _FORM and not self.reporter.other_body(claim):
            return {}
        named = link.why in _NAMED
        if not any(cell.indicator for cell in self._cells(link)) and self._all_differ(claim):
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
            self._other_unit(claim, link) or self._uncovered(claim, link) or self._far(claim, link)
        ):
            return {NOTION: str(link.score)}
        if not named and link.score < (rules.notion_of_label if link.why == _LABEL else rules.notion):
            return {NOTION: str(link.score)}
        told = self._told(claim, link)
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

    def agrees(self, sentence: tuple[int, int]) -> bool:
        """Says whether a number of a sentence agrees with a cell."""
        return sentence in self._holding_sentences

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

    def _said_apart(self, claim: Claim, link: Link) -> bool:
        """Says whether the words around the claim tell that it is not what a table counts, or only some of it.

        What its own name holds picks nothing out (3件经批准延期), and a cell of many years is of many years.
        """
        rules, prose = self._rules, self._prose
        if prose is None:
            return False
        behind = rules.behind.search(prose.words(claim.end, claim.sentence[1]))
        if behind is not None and (not behind[0] or behind[0] not in claim.indicator):
            return True
        if rules.outside.search(prose.sentence(claim)) is not None:
            return True
        before = rules.year.sub("", prose.words(claim.sentence[0], claim.start))
        return rules.spans.search(before) is not None and not any(cell.period for cell in self._cells(link))

    def _in_parts(self, claim: Claim, link: Link) -> bool:
        """Says whether numbers of the sentence that follow one another, the claim's among them, come to the cell.

        Those of other units may stand between them (2次、210人次;各单位19次、160人次).
        """
        if self._prose is None or not link.trials:
            return False
        claims = [other for other in self._prose.beside(claim) if other is claim or self._loose(other, claim)]
        place, wanted = claims.index(claim), link.trials[0].value
        held = self._held_within(claim)
        if held and wanted is not None and claim.value == wanted + held:
            return True
        for first in range(max(0, place - _RUN + 1), place + 1):
            for last in range(max(place, first + 1), min(first + _RUN, len(claims))):
                run = claims[first : last + 1]
                if sum(other.value or 0 for other in run) == wanted or self._leaves(claim, run, wanted):
                    return True
        return False

    def _held_within(self, claim: Claim) -> Decimal:
        """Returns what a bracket behind the claim says it holds besides (767.40万元(含政府性基金60.00万元))."""
        prose = self._prose
        after = () if prose is None else prose.claims[prose.places[claim.id] + 1 :][:1]
        if prose is None or not after or not _beside(after[0], claim):
            return Decimal(0)
        within = self._rules.within.match(prose.gap(claim, after[0]))
        return after[0].value or Decimal(0) if within is not None else Decimal(0)

    def _loose(self, other: Claim, claim: Claim) -> bool:
        """Says whether another claim counts beside `claim`, and agrees with no cell of its own."""
        return _beside(other, claim) and other.id not in self._held

    def _leaves(self, claim: Claim, run: Sequence[Claim], value: Decimal | None) -> bool:
        """Says whether the claim comes to the cell when what the next numbers take away is taken (98件, 撤回2件)."""
        if value is None or run[0] is not claim:
            return False
        less = run[1:]
        heads = [self._prose.head(other) for other in less] if self._prose else []
        taken = all(self._rules.taken.search(head) for head in heads)
        return taken and claim.value == value + sum(other.value or 0 for other in less)

    def _narrowed(self, claim: Claim, link: Link) -> bool:
        """Says whether the sentence has come to speak of fewer things than the row counts."""
        row = link.trials[0].value if link.trials else None
        labels = "".join(word for cell in self._cells(link) for word in _labels(cell))
        return self._frames is not None and self._frames.narrowed(claim, row, labels)

    def _other_matter(self, claim: Claim, link: Link) -> bool:
        """Says whether the matter named last before the claim (复议, 诉讼) is not the one of its row.

        Of two that were told in one breath (复议13件、诉讼6件,维持14件) either may be meant, or both.
        """
        indicator = str(link.params.get("indicator", ""))
        own = next((name for name, _ in self._frame_rules.matters if indicator.startswith(name)), None)
        if self._prose is None or own is None:
            return False
        before = self._prose.words(claim.sentence[0], claim.end)
        last = {name: _last(words, before) for name, words in self._frame_rules.matters}
        *others, nearest = sorted(last, key=last.__getitem__)
        if last[nearest] < 0:
            return False
        apart = before[max(last[name] for name in others) : last[nearest]]
        head = self._prose.head(claim)
        told = any(words.search(head) for _, words in self._frame_rules.matters)
        told = told or claim.kind == _ZERO  # 未发生行政复议、行政诉讼: neither
        together = len(apart) < len(before) and last[others[-1]] >= 0 and not told
        return own != nearest or (together and len(_NUMBERS.findall(apart)) <= 1)

    def _opposed(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim's name says the contrary of its cells' labels (年初, 年末)."""
        labels = "".join(cell.row_label + cell.column_label for cell in self._cells(link))
        whole = None if self._prose is None or claim.part_of is None else self._prose.named(claim.part_of)
        told = claim.indicator if whole is None else claim.indicator + whole.indicator
        return any(
            one.search(told) and other.search(labels) and not (one.search(labels) or other.search(told))
            for pair in self._frame_rules.opposites
            for one, other in (pair, pair[::-1])
        )

    def _beside_other(self, claim: Claim) -> bool:
        """Says whether the claim goes with one right before it that no row counts (公务员培训班4次,培训320人次)."""
        before = None if self._prose is None else self._prose.before(claim)
        if self._prose is None or before is None or not _NEXT.fullmatch(self._prose.gap(before, claim)[:1]):
            return False
        link = self._links[before.id]
        if link.figures or link.why != _NARROWER or before.unit == claim.unit or before.part_of is not None:
            return False
        return self._frame_rules.own.search(claim.scope.text) is None and claim.scope == before.scope

    def _other_whole(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim is an applicant's part of a number of another row (结转下年7件,其中自然人5件)."""
        if link.why != _COLUMN or claim.part_of is None:
            return False
        whole = self._links[claim.part_of].params.get("indicator")
        return whole is not None and whole != link.params.get("indicator")

    def _uncovered(self, claim: Claim, link: Link) -> bool:
        """Says whether what tells of the claim has no more than half of the characters of its cell's label."""
        told = claim.indicator + claim.verb
        if len(claim.indicator) < _NAMING:
            told += "".join(claim.context)
        return any(
            not any(_covers(told, label, self._rules.counted) for label in _labels(cell))
            for cell in self._cells(link)
            if cell.indicator is None
        )

    def _far(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim and a cell that no form knows are so far apart that no slip makes one of the other."""
        cells, value = self._cells(link), link.trials[0].value if link.trials else None
        difference = link.trials[0].difference if link.trials else None
        if not value or difference is None or not claim.value or any(cell.indicator for cell in cells):
            return False
        ratio = abs((value + difference) / value)
        ratio = max(ratio, 1 / ratio) if ratio else _ONE
        return ratio >= self._rules.far and ratio.normalize().as_tuple().digits != (1,)

    def _all_differ(self, claim: Claim) -> bool:
        """Says whether no number of the sentence agrees with a cell, though several have one.

        A slip is one number; a sentence of which none fits is about something else.
        """
        return self._linked[claim.sentence] > 1 and claim.sentence not in self._holding_sentences

    def _part(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim's name is of one part of what the row counts, and no label of its cells is."""
        found = self._rules.part.search(claim.indicator)
        labels = "".join(word for cell in self._cells(link) for word in _labels(cell))
        return found is not None and found[0] not in labels

    def _other_unit(self, claim: Claim, link: Link) -> bool:
        """Says whether what is counted has another unit in the table, none of them a multiple of the other."""
        return any(
            cell.unit and claim.unit and cell.unit[-1:] != claim.unit[-1:] for cell in self._cells(link)
        )

    def _cells(self, link: Link) -> list[Figure]:
        """Returns the cells a claim is held against."""
        return [self._figures[name] for name in (link.trials[0].figures if link.trials else ())]

    def _denies(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim counts what was not done (没审结), and no label of its cells speaks of that.

        So does a claim that only resembles labels of what was not done (补正后受理, 补正后仍不明确).
        """
        denial, undone = self._rules.denial, self._rules.undone
        labels = [cell.row_label + cell.column_label for cell in self._cells(link)]
        if denial.search(claim.indicator) is not None:
            return claim.kind != _ZERO and not any(map(denial.search, labels))
        near = link.why not in _NAMED and undone.search(claim.indicator) is None
        return near and bool(labels) and all(map(undone.search, labels))

    def _stock(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim is of what there was at the end (截至), as another cell of the row has it."""
        if claim.period.kind not in _AT_THE_END or claim.value is None:
            return False
        rows = {(cell.table, cell.row) for cell in self._cells(link)}
        return any(
            (cell.table, cell.row) in rows and cell.value == claim.value for cell in self._figures.values()
        )

    def _several(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim names several things, and the row it is linked to one of them.

        So does a name of a 分别 list that was not told from its neighbours. What stands before 等 are examples
        (婚姻登记档案查询、慈善信托备案等其他对外管理服务).
        """
        joint, cells = self._rules.joint, self._cells(link)
        labels = "".join(word for cell in cells for word in _labels(cell))
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
        return link.why not in _NAMED and len(cells) == 1 and not named

    def _told(self, claim: Claim, link: Link) -> Claim | None:
        """Returns a claim that agrees with the very cells, so that this one, which does not, may mean others.

        It stands in the same sentence, where it may have no cells of its own, or names the row where this one only
        resembles it.
        """
        trial = link.trials[0] if link.trials else None
        for other, held in self._holding.get(trial.figures if trial else (), ()):
            if other.id == claim.id:
                continue  # a claim is no witness against itself
            if other.sentence == claim.sentence or (held.why in _NAMED and link.why not in _NAMED):
                return other
        free = self._free.get(claim.sentence, [])
        alike = (other for other in free if other.unit == claim.unit and other.kind != _ZERO)
        return next((other for other in alike if trial and trial.value and other.value == trial.value), None)


def _may_slip(claim: Claim, link: Link) -> bool:
    """Says whether the claim is its cell's number but for one digit (收到25件,受理24件)."""
    written, meant = str(claim.value), str(link.trials[0].value)
    if len(written) != len(meant) or len(written) < _DIGITS:
        return False
    return sum(one != other for one, other in zip(written, meant, strict=True)) == 1


def _kinds_in(words: str, kinds: Sequence[str]) -> int:
    """Returns how many kinds of a family some words hold, none of them inside another."""
    found = [kind for kind in kinds if kind in words]
    return sum(not any(kind != other and kind in other for other in found) for kind in found)


def _beside(other: Claim, claim: Claim) -> bool:
    """Says whether two claims of one sentence count in one unit, and neither nothing."""
    return other.sentence == claim.sentence and other.unit == claim.unit and bool(other.value)


def _last(words: re.Pattern[str], text: str) -> int:
    """Returns where `words` stand last in `text`, -1 where nowhere."""
    return max((found.start() for found in words.finditer(text)), default=-1)


def _labels(cell: Figure) -> tuple[str, ...]:
    return (cell.row_label, cell.column_label, *cell.row_path, *cell.column_path)


def _covers(told: str, label: str, counted: re.Pattern[str]) -> bool:
    """Says whether more than half of the characters of `label` are `told`."""
    bare = normal(label)
    core = _HAN.findall(counted.sub("", bare) or bare)
    return bool(core) and 2 * sum(character in told for character in core) > len(core)
