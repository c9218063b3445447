"""A day at the end of another year than the accounts are of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ..knowledge import Knowledge
from .prose import Outcome, Prose, finding

_CODE = "text.year"
_AS_OF = "as_of"
_LAST_MONTH = (12, 12)


def check_years(prose: Prose, knowledge: Knowledge) -> Iterator[Outcome]:
    """Yields a note where accounts of a year tell what there was at the end of the year before (截至…12月31日).

    Nothing is said unless nearly all the text's own titles name one year, nor where what there was is compared.
    """
    ends = [
        claim for claim in prose.claims if claim.period.kind == _AS_OF and claim.period.months == _LAST_MONTH
    ]
    if not ends:
        return
    rules = knowledge.directions
    years = Counter(int(match["year"]) for match in rules.accounts.finditer(prose.text))
    if not years:
        return
    year, times = years.most_common(1)[0]
    if times < rules.often or times < rules.nearly * years.total():
        return
    told: set[tuple[int, int]] = set()
    for claim in ends:
        if claim.period.year == year - 1 and claim.sentence not in told:
            told.add(claim.sentence)
            if rules.former.search(prose.sentence(claim)) is None:
                yield replace(
                    finding(knowledge, _CODE, (claim,), "", None), params={"year": year, "told": year - 1}
                )
