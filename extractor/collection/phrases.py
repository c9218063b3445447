"""What a claim counts, in its own words: the same words in two reports are the same notion."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from ..data.collection import KeptClaim
from ..knowledge.collection import ChangeRules
from ..widths import REMOVED, fold_widths

_BLANKS = regex.compile(rf"[\s{REMOVED}]+")
_CLAUSE_START = regex.compile(r"^.*[,;:。!?()]", regex.DOTALL)


def head_of(claim: KeptClaim) -> str:
    """Returns the words of the sentence before `claim`."""
    return words_of(claim.sentence[: max(claim.start - claim.sentence_start, 0)])


def clause_of(claim: KeptClaim) -> str:
    """Returns the words of the clause before `claim`."""
    return _CLAUSE_START.sub("", head_of(claim))


def phrase_of(claim: KeptClaim, rules: ChangeRules) -> tuple[str, ...] | None:
    """Returns what tells a claim's notion from others: clause, what it leans on, scope; None where too loose."""
    clause = rules.filler.sub("", clause_of(claim))
    if len(clause) < rules.shortest:
        return None
    return clause, claim.part_of and "part", rules.filler.sub("", _first(claim.context)), *claim.scope


def _first(context: Sequence[str]) -> str:
    return words_of(context[0]) if context else ""


def words_of(text: str) -> str:
    """Returns `text` in usual widths and without blanks."""
    return _BLANKS.sub("", fold_widths(text))
