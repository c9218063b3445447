"""Whose numbers a table holds and of which year, as far as the report says so itself.

Source: a district's report is often written by its office (我办), whose own share of a row is no slip of the whole;
the title says of whom and of which year the table is.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..data import Claim
from ..knowledge.checking import Arithmetic, CertaintyRules
from .prose import Prose

_BODY, _WHOLE = "body", "whole"
_AS_OF = "as_of"
_LONGEST = 60  # a line of more characters is no title


class Reporter:
    """Says of claims whether they are of whom, and of when, the tables of one report are.

    `tied` are the names of bodies of which a number agrees with a cell.
    """

    def __init__(self, rules: Arithmetic, tied: Iterable[str], prose: Prose | None) -> None:
        self._rules, self._all, self._prose = rules.certainty, rules.frames.all, prose
        self._tied = frozenset(tied)
        self._title = "" if prose is None else _title(prose.text, self._rules)
        years = [int(found[0]) for found in self._rules.year.finditer(self._title)]
        self._year = years[0] if years else None
        self._name = self._rules.behind_name.split(self._title)[0]
        self._rank = max(self._ranks(self._name), default=0)

    def other_body(self, claim: Claim) -> bool:
        """Says whether the claim names a body that is not said to be the reporting one, nor tied to the table.

        Where the table is tied to one level (市级), what is of all of them is another's too.
        """
        name = claim.scope.text
        if self._is_office(name) and name not in self._tied:
            return True
        if claim.scope.kind == _WHOLE and name not in self._tied:
            return any(self._rules.level.search(tied) for tied in self._tied)
        named = claim.scope.kind == _BODY and bool(name) and self._rules.self.search(name) is None
        return named and name not in self._tied and name not in self._title

    def share(self, claim: Claim) -> bool:
        """Says whether the claim is of an office or one level of whom the title names, and the table not of it."""
        name = claim.scope.text
        if claim.scope.kind != _BODY or name in self._tied:
            return False
        level = self._rules.level.fullmatch(name) is not None and bool(self._title)
        return (level and name not in self._title) or self._is_office(name)

    def greater(self, claim: Claim) -> bool:
        """Says whether the claim is of all of a greater place than the reporting one (全市 in a district)."""
        if not self._rank or self._prose is None or claim.scope.text in self._tied:
            return False
        if claim.scope.kind == _WHOLE:
            name = claim.scope.text
        else:
            found = self._all.search(self._prose.head(claim))
            name = "" if found is None else found[0]
        return max(self._ranks(name), default=self._rank) < self._rank

    def is_author(self, claim: Claim) -> bool:
        """Says whether the claim is of whom the title names by the word it calls itself (我局, 局; …局2022年度报告)."""
        name = claim.scope.text
        own = self._rules.self.match(name)
        word = name if len(name) == 1 else "" if own is None else name[own.end() :]
        return bool(word) and word in self._name

    def is_part(self, claim: Claim) -> bool:
        """Says whether the claim is of bodies that are surely parts of the one that reports (各镇街)."""
        return self._rules.parts.search(claim.scope.text) is not None

    def other_year(self, claim: Claim) -> bool:
        """Says whether the claim's name holds another year than it is of."""
        years = {int(found[0]) for found in self._rules.year.finditer(claim.indicator)}
        return bool(years) and claim.period.year not in years

    def earlier_stock(self, claim: Claim) -> bool:
        """Says whether the claim is of what there was at the end of a year before the report's."""
        year = claim.period.year
        past = year is not None and self._year is not None and year < self._year
        return past and claim.period.kind == _AS_OF

    def _ranks(self, name: str) -> list[int]:
        """Returns the levels of the places a name holds, of greater ones first."""
        return [rank for rank, words in enumerate(self._rules.ranks) if words.search(name)]

    def _is_office(self, name: str) -> bool:
        """Says whether a body that calls itself an office (我办, 我局) reports for others: the title names none."""
        own = self._rules.office.search(name)
        return bool(self._title) and own is not None and own[1] not in self._title


def _title(text: str, rules: CertaintyRules) -> str:
    """Returns the title of a report: the first line that calls it one, where that is no paragraph."""
    found = rules.title.search(text)
    if found is None:
        return ""
    end = text.find("\n", found.end())
    line = text[text.rfind("\n", 0, found.start()) + 1 : len(text) if end < 0 else end]
    return line if len(line) <= _LONGEST else ""
