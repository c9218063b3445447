"""The words of a stretch of tokens: without openers and closers, its nouns, its verb."""

from __future__ import annotations

from ..tokens import Tokens

_OPENERS = frozenset({"T", "S", "ADV", "CONJ", "COP", "HAVE", "M", "AUX", "DUN", "COMMA", "COLON"})
_CLOSERS = frozenset({"ADV", "COP", "HAVE", "AUX", "CONJ", "DUN", "M", "P", "T"})


def strip(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Returns [start, end) without openers (time, scope, adverbs) before and closers (copulas) behind."""
    while start < end and tokens.tags[start] in _OPENERS:
        start += 1
    while end > start and tokens.tags[end - 1] in _CLOSERS:
        end -= 1
    return start, end


def words_of(text: str, tokens: Tokens, start: int, end: int) -> str:
    """Returns the text of tokens [start, end), "" of none."""
    return text[tokens.starts[start] : tokens.ends[end - 1]] if start < end else ""


def names(tokens: Tokens, start: int, end: int) -> bool:
    """Says whether a noun stands among tokens [start, end)."""
    return "N" in tokens.tags[start:end]


def verb_of(tokens: Tokens, start: int, end: int) -> str:
    """Returns the last verb in tokens [start, end), "" without one."""
    tags = tokens.tags[start:end]
    return tokens.words[end - 1 - tags[::-1].index("V")] if "V" in tags else ""


def thing_of(text: str, tokens: Tokens, start: int, end: int) -> str:
    """Returns the last run of nouns in tokens [start, end), "" without one."""
    first = end
    while first > start and tokens.tags[first - 1] == "N":
        first -= 1
    return words_of(text, tokens, first, end)


def quoted(tokens: Tokens, place: int) -> bool:
    """Says whether a word opens or closes a quotation: “中”."""
    return tokens.tags[place - 1] == "LQ" or tokens.tags[place + 1] == "RQ"
