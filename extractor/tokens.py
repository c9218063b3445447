"""Words: jieba with a dictionary of its own, numbers and punctuation cut out first. The only jieba importer."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba's patterns are no raw strings, and it imports pkg_resources
    import jieba

_MARKS: Mapping[str, str] = {
    mark: tag
    for tag, marks in {
        "COMMA": ",",
        "SEMI": ";",
        "COLON": ":",
        "DUN": "、",
        "LB": "([〔",
        "RB": ")]〕",
        "STOP": "。!?\n",
        "LQ": "“《<",
        "RQ": "”》>",
    }.items()
    for mark in marks
}
_SPACES = " \t\r\u3000"


class Lexicon(Protocol):
    """What the words of the domain must offer: their list and their tags."""

    @property
    def words(self) -> tuple[str, ...]:
        """Words to keep whole."""

    @property
    def tags(self) -> Mapping[str, str]:
        """Tags that override the dictionary's."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel columns: word, tag, half-open folded offsets, and the index of its quantity (-1 for none)."""

    words: list[str]
    tags: list[str]
    starts: list[int]
    ends: list[int]
    quantities: list[int]


class Words:
    """Cuts Han text into words and tags each from the domain's lists, else from jieba's dictionary."""

    def __init__(self, lexicon: Lexicon, extra: Mapping[str, str]) -> None:
        logging.getLogger("jieba").setLevel(logging.ERROR)
        self._jieba = jieba.Tokenizer()
        self._jieba.tmp_dir = None
        self._jieba.initialize()
        self._tags: dict[str, str] = dict(_dictionary_tags(self._jieba))
        self._tags.update(lexicon.tags)
        self._tags.update(extra)
        for word in dict.fromkeys([*lexicon.words, *(word for word in extra if len(word) > 1)]):
            self._jieba.add_word(word, max(self._jieba.suggest_freq(word), 200))
        self._cut = cache(self._cut_uncached)

    def _cut_uncached(self, text: str) -> tuple[str, ...]:
        return tuple(self._jieba.cut(text, HMM=False))

    def cut(self, text: str) -> tuple[str, ...]:
        """Returns the words of `text` (Han text without numbers or marks) in order; joined they are `text`."""
        return self._cut(text) if len(text) <= 12 else self._cut_uncached(text)

    def tag(self, word: str) -> str:
        """Returns the tag of `word`: V, N, ADV, COP, P, CONJ, AUX, S, M; N for the unknown."""
        return self._tags.get(word, "N")

    def tokens(
        self, text: str, spans: Iterable[tuple[int, int]], cuts: Sequence[tuple[int, int, str, int]]
    ) -> Tokens:
        """Returns the tokens of `text` inside `spans`.

        Args:
            text: folded narrative.
            spans: half-open stretches to tokenise, in order; each ends with an END token.
            cuts: (start, end, tag, quantity index or -1), in order: stretches that are one token.
        """
        out = Tokens([], [], [], [], [])
        position = 0
        for start, end in spans:
            while position < len(cuts) and cuts[position][0] < start:
                position += 1
            here = start
            while position < len(cuts) and cuts[position][0] < end:
                cut_start, cut_end, tag, index = cuts[position]
                self._plain(text, here, cut_start, out)
                _add(out, text[cut_start:cut_end], tag, cut_start, cut_end, index)
                here = max(here, cut_end)
                position += 1
            self._plain(text, here, end, out)
            _add(out, "", "END", end, end, -1)
        return out

    def _plain(self, text: str, start: int, end: int, out: Tokens) -> None:
        """Adds the words and marks of a stretch that holds no cut."""
        here = start
        for place in range(start, end):
            mark = _MARKS.get(text[place])
            if mark is None and text[place] not in _SPACES:
                continue
            self._han(text, here, place, out)
            if mark is not None:
                _add(out, text[place], mark, place, place + 1, -1)
            here = place + 1
        self._han(text, here, end, out)

    def _han(self, text: str, start: int, end: int, out: Tokens) -> None:
        if start >= end:
            return
        here = start
        for word in self.cut(text[start:end]):
            _add(out, word, self._tags.get(word, "N"), here, here + len(word), -1)
            here += len(word)


def _add(out: Tokens, word: str, tag: str, start: int, end: int, quantity: int) -> None:
    out.words.append(word)
    out.tags.append(tag)
    out.starts.append(start)
    out.ends.append(end)
    out.quantities.append(quantity)


_PARTS = {"d": "ADV", "p": "P", "c": "CONJ", "u": "AUX", "r": "AUX"}


def _dictionary_tags(tokenizer: jieba.Tokenizer) -> dict[str, str]:
    """Returns tags from the part of speech in jieba's own dictionary, for every word that is no noun there."""
    tags: dict[str, str] = {}
    with tokenizer.get_dict_file() as lines:
        for line in lines:
            word, _, part = line.decode("utf-8").rstrip().split(" ")
            if part[0] == "v" and part != "vn":
                tags[word] = "V"
            elif part[0] in _PARTS:
                tags[word] = _PARTS[part[0]]
    return tags
