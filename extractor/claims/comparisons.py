"""What a number is compared with: numbers that restate another one, and the words that say so."""

from __future__ import annotations

from ..knowledge.discourse import Discourse
from ..tokens import Tokens

_ENDS = frozenset({"COMMA", "SEMI", "COLON", "STOP", "END", "Q", "LB", "RB"})


def compares(tokens: Tokens, left: int, index: int, discourse: Discourse) -> bool:
    """Says whether the words before a quantity open with a comparison (较, 较2020年), so that it restates another."""
    while left < index and tokens.tags[left] == "ADV" and tokens.words[left] not in discourse.comparers:
        left += 1
    if left >= index:
        return False
    word = tokens.words[left]
    return word in discourse.comparers or (
        tokens.tags[left] == "T" and word.startswith((*discourse.comparers, *discourse.comparing))
    )


def compared(tokens: Tokens, index: int, discourse: Discourse) -> bool:
    """Says whether the quantity at `index` is what the one behind it is compared with: 比预算|12万元|节约2万元."""
    first = index
    while first > 0 and tokens.tags[first - 1] not in _ENDS:
        first -= 1
    return compares(tokens, first, index, discourse)


def against(tokens: Tokens, start: int, index: int, discourse: Discourse) -> int:
    """Returns where, behind what is compared, the words open that name what it is compared with, 0 without any."""
    if tokens.tags[index + 1] != "COP":
        return 0
    for place in range(start + 1, index):
        word, tag = tokens.words[place], tokens.tags[place]
        timed = tag == "T" and word.startswith(tuple(discourse.comparers))  # 比2020年|的7万元
        if timed or (tag == "P" and word in discourse.comparers and "T" in tokens.tags[place:index]):
            return place
    return 0
