"""Final accounts and budgets: what the explanation names by the words of the national form, tied to its very cell.

Source: the form fixes titles of tables, summary rows and columns, and the words by which the explanation names them;
where these are so told, no likelihood is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ..claims.prose import Prose
from ..data import Claim, Figure, Link, Params, Relation
from ..knowledge import Knowledge
from ..knowledge.statements import Items, Named, Place
from ..tables.ledger import Ledger, LedgerRow, folded_label
from ..units import factor
from .trials import attempt

_COUNTED = frozenset({Relation.LEVEL, Relation.TOTAL})
_OTHER_TIMES = frozenset({"last_year", "plan", "part", "span", "cumulative", "as_of"})
_SUBORDINATE = "subordinate"
_GENERAL = "general"
_SURE = Decimal(1)
_WHY = "form"
_NO_CELL = "missing"
_CLAUSE_END = re.compile(r"[,;:。!?、()]")
_ASIDE = re.compile(r"\([^()]*\)")


class Statement:
    """The explanation of one report of the form, beside its tables."""

    def __init__(self, prose: Prose, ledger: Ledger, knowledge: Knowledge) -> None:
        self._prose = prose
        self._ledger = ledger
        self._rules = knowledge.statements
        self._units = knowledge.language.units
        self._echoes = knowledge.identities.echoes
        self._sums = knowledge.identities.sums_of
        self._three = knowledge.identities.three.table
        self._told: dict[str, str] = {}

    def link(self, claim: Claim, link: Link) -> Link:
        """Returns the link of one claim; to be asked in the order of the text."""
        return self._echoed(claim, self._likely(claim, self._of_form(claim, link)))

    def _likely(self, claim: Claim, link: Link) -> Link:
        """Returns a link by likeness alone that does not hold tied to another cell of its label that does.

        Several tables hold rows of one label, each of other funds. Where none of them holds the number, a row of sums
        is no cell of it: these are named by the words of the form.
        """
        if link.why == _WHY or not link.figures or any(trial.holds for trial in link.trials):
            return link
        cell = self._ledger.figures[link.figures[0]]
        label = folded_label(cell.row_label)
        slipped = cell.value == claim.value  # the same digits in another unit
        if self._sums.search(label) and not slipped and self._ledger.kind(cell.table) != self._three:
            return Link(claim.id, (), "", link.score, _NO_CELL, _named(link))
        rows = (row for rows in self._ledger.rows.values() for row in rows if row.label == label)
        found = next(
            (other for row in rows for other in self._ledger.cells(row) if self._says(claim, other)), None
        )
        return link if found is None else self._tied(claim, found)

    def _echoed(self, claim: Claim, link: Link) -> Link:
        """Returns a link that holds with all cells in which the form prints that amount again."""
        held = next((trial for trial in link.trials if trial.holds), None)
        cells = [] if held is None else [self._ledger.figures[name] for name in held.figures]
        if held is None or not cells or not all(self._says(claim, cell) for cell in cells):
            return link  # nothing holds, or a sum of cells does
        cell = cells[0]
        kind, label = self._ledger.kind(cell.table), folded_label(cell.row_label)
        for spots in self._echoes:
            if kind not in {spot.table for spot in spots}:
                continue
            found = [found for spot in spots for row in self._ledger.at(spot, label) for found in row]
            if cell in found:
                same = [other for other in found if self._says(claim, other)]
                figures = tuple(dict.fromkeys(other.id for other in (*cells, *same)))
                held = replace(held, figures=figures)
                trials = (held, *(trial for trial in link.trials if trial.formula != held.formula))
                return replace(link, figures=figures, trials=trials, rivals=())
        return link

    def _says(self, claim: Claim, cell: Figure) -> bool:
        """Says whether a cell holds the number of a claim."""
        return cell.value is not None and attempt(claim, "", [(1, cell)], self._units).holds

    def _of_form(self, claim: Claim, link: Link) -> Link:
        """Returns the link of one claim to the cell that the form gives it."""
        if claim.relation not in _COUNTED or claim.value is None:
            return link
        head = self._head(claim)
        if self._ledger.accounts and self._rules.planned.search(head):
            return self._planned(claim, link)
        if claim.period.kind in _OTHER_TIMES or claim.scope.kind == _SUBORDINATE:
            return link
        before = self._prose.words(claim.sentence[0], claim.start)
        if self._rules.others.search(head) or self._rules.system.search(before):
            return link  # of one of the bodies only, or of more than the tables count
        cells = self._named_cells(claim, head) or self._item_cells(claim)
        chosen = self._chosen(claim, cells)
        return link if chosen is None else self._tied(claim, chosen)

    def _head(self, claim: Claim) -> str:
        """Returns the words of the clause before the number of `claim`; 收、支 is one word of it."""
        previous = self._prose.before(claim)
        start = claim.sentence[0] if previous is None else previous.end
        words = self._rules.pair.sub("", self._prose.words(start, claim.start))
        return _CLAUSE_END.split(_ASIDE.sub("", words))[-1]

    def _planned(self, claim: Claim, link: Link) -> Link:
        """Returns no cell for the budget a year began with, but a column of budgets."""
        cells = [self._ledger.figures[name] for name in link.figures]
        labels = ["".join((*cell.column_path, cell.row_label)) for cell in cells]
        around = "".join((*claim.section, self._prose.sentence(claim)))
        rules = self._rules
        apart = any(self._ledger.kind(cell.table) == rules.planned_table for cell in cells)
        meant = not apart or rules.planned_about.search(around)
        if not cells or (meant and any(rules.planned_column.search(label) for label in labels)):
            return link
        return Link(claim.id, (), "", link.score, _NO_CELL, _named(link))

    def _tied(self, claim: Claim, figure: Figure) -> Link:
        name = folded_label(figure.row_label) + folded_label(figure.column_label)
        trial = attempt(claim, name, [(1, figure)], self._units)
        params = {"indicator": f"{figure.table}/{name}"}
        return Link(claim.id, (figure.id,), name, _SURE, _WHY, params, (trial,))

    def _chosen(self, claim: Claim, cells: Sequence[Figure]) -> Figure | None:
        """Returns the cell meant: one that agrees, or any where all say the same; None where they leave it open."""
        fitting = [cell for cell in cells if factor(claim.unit, cell.unit, self._units) is not None]
        filled = [cell for cell in fitting if cell.value is not None]
        if not filled:
            blank = fitting[0] if fitting and not claim.value else None
            return blank if blank is not None and self._prints(blank.table) else None
        agreeing = [cell for cell in filled if self._says(claim, cell)]
        alike = len({cell.value for cell in filled}) == 1
        return agreeing[0] if agreeing else filled[0] if alike else None

    def _prints(self, table: str) -> bool:
        """Says whether a table holds any number, so that its blanks say something."""
        return any(cell.table == table and cell.value is not None for cell in self._ledger.figures.values())

    def _named_cells(self, claim: Claim, head: str) -> list[Figure]:
        """Returns the cells of the quantity that the words before a number name."""
        for named in self._rules.quantities:
            if named.said.search(head) and self._fits(claim, named):
                self._told[claim.id] = named.id
                return [figure for place in named.places for figure in self._at(place)]
        return []

    def _fits(self, claim: Claim, named: Named) -> bool:
        """Says whether a claim is part of what a quantity must be, and stands behind what must be before it."""
        if named.whole and self._told.get(claim.part_of or "") != named.whole:
            return False
        before = self._prose.before(claim)
        told = "" if before is None else self._head(before)
        return named.after is None or named.after.search(told) is not None

    def _at(self, place: Place) -> Iterator[Figure]:
        """Yields for each row the first cell of the columns wanted, a filled one where there is any.

        In accounts none of a column of budgets (年初预算数 beside 决算数), unless there is no other or it is wanted.
        """
        planned = self._rules.planned_column if self._ledger.accounts and not place.columns else None
        for row in self._ledger.rows.get(place.table, ()):
            if place.row.search(row.label):
                cells = _cells(row, place.columns)
                if planned is not None:
                    cells = [cell for cell in cells if not planned.search(cell.column_label)] or cells
                filled = [figure for figure in cells if figure.value is not None]
                yield from (filled or cells)[:1]

    def _item_cells(self, claim: Claim) -> list[Figure]:
        """Returns the cells of the item whose path of codes stands before a number."""
        steps = self._path(claim)
        if not steps:
            return []
        rules = self._rules.items
        around = "".join((*claim.section[-2:], self._prose.sentence(claim)))
        kind = next((kind for kind, pattern in rules.kinds if pattern.search(around)), _GENERAL)
        rows = self._ledger.rows.get(kind, ())
        found = [row for row in rows if row.label == steps[-1]]
        found = found or [row for row in rows if _bare(row.label, rules) == _bare(steps[-1], rules)]
        if len(found) > 1:
            above = {_bare(step, rules) for step in steps[-2:-1]}
            inside = [row for row in found if above <= {_bare(label, rules) for label in row.above}]
            found = inside if len(steps) > 1 else found[:1]
        cells = [_cells(row, (rules.column,)) for row in found]
        return [figures[0] for figures in cells if figures]

    def _path(self, claim: Claim) -> tuple[str, ...]:
        """Returns the steps of the path a number belongs to, the outermost first; none where it is not certain."""
        rules = self._rules.items
        before = self._before(claim, rules.longest)
        text = "".join(letter for letter, _ in before)
        found = [*rules.path.finditer(text), *rules.quoted.finditer(text)]
        if not found:
            return ()
        last = max(found, key=lambda match: match.end())
        tail = text[last.end() :]
        fits = rules.accounts if self._ledger.accounts else rules.budget
        if rules.next.search(tail) or not fits.search(_ASIDE.sub("", tail)):
            return ()
        if tail and not self._alone(claim, before[last.end()][1]):
            return ()
        steps = rules.step.split(last["steps"]) if "steps" in last.groupdict() else last.groups()
        return tuple(folded_label(step) for step in steps if step)

    def _before(self, claim: Claim, longest: int) -> list[tuple[str, int]]:
        """Returns the letters before a claim, without blanks, each with its place in the text."""
        start = max(0, claim.start - longest)
        text = self._prose.text
        return [(text[place], place) for place in range(start, claim.start) if not text[place].isspace()]

    def _alone(self, claim: Claim, start: int) -> bool:
        """Says whether nothing is counted from `start` on before a claim, but one budget that the year began with."""
        place = self._prose.places[claim.id]
        between = [other for other in self._prose.claims[max(0, place - 2) : place] if other.start >= start]
        planned = self._rules.planned
        return len(between) < 2 and all(planned.search(self._prose.head(other)) for other in between)


def _cells(row: LedgerRow, wanted: Sequence[re.Pattern[str]]) -> list[Figure]:
    """Returns the cells of the report's own year in the columns in whose path each of `wanted` matches a label."""
    return [
        figure
        for path, figure in row.cells
        if not figure.period and all(any(pattern.search(label) for label in path) for pattern in wanted)
    ]


def _named(link: Link) -> Params:
    """Returns what a link that is given up was about."""
    return {key: value for key, value in link.params.items() if key == "indicator"}


def _bare(label: str, rules: Items) -> str:
    return rules.tail.sub("", label)
