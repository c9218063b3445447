"""Words: jieba's dictionary and the domain's, numbers and punctuation cut out first. The only jieba importer."""

from __future__ import annotations

import re
import warnings
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from itertools import accumulate, islice
from operator import add
from pathlib import Path
from typing import Protocol

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
# A run of what words are made of, or any other character but a blank: a token of its own.
_PIECE = re.compile(r"(?P<words>[\u4e00-\u9fd5A-Za-z0-9]+)|[^ \t\r\u3000]")
_NOUN = "N"
_VERB = "V"
_NAMING = ("n", "vn", "an", "j", "l", "i")  # the parts of speech of what names a thing
_UNKNOWN = "n"  # the part of speech of a word that the dictionary does not hold


class _Parts(dict[str, str]):
    """The tag for each part of speech of jieba's dictionary: whatever is nothing else is a noun."""

    _FIRST: Mapping[str, str] = {"d": "ADV", "p": "P", "c": "CONJ", "u": "AUX", "r": "AUX", "v": _VERB}

    def __missing__(self, part: str) -> str:
        tag = self[part] = _NOUN if part == "vn" else self._FIRST.get(part[:1], _NOUN)
        return tag


_PARTS = _Parts()
_LEAST = 200  # the frequency of a domain word whose parts are rare
_BREAK = "\n"  # no engine reads a word across it
_RECENT = 4096  # words whose tags are kept
_FILLER = "\0"  # a word of no text: its frequency is that of words counted twice


_Part = tuple[int, str, str, int]
"""Where a token or a run of words starts, its text, its tag ("" of a run), and the index of its quantity."""


class Lexicon(Protocol):
    """What the words of the domain must offer: their list and their tags."""

    @property
    def words(self) -> tuple[str, ...]:
        """Words to keep whole."""

    @property
    def tags(self) -> Mapping[str, str]:
        """Tags that override the dictionary's."""


class Engine(Protocol):
    """What cuts Han text, filled with jieba's dictionary: `rjieba.Jieba`, or `Plain`. Both cut alike."""

    def has_word(self, word: str) -> bool:
        """Says whether the dictionary holds `word`."""

    def suggest_freq(self, segment: str) -> int:
        """Returns the least frequency at which `segment` stays whole, at least the one it has."""

    def add_word(self, word: str, freq: int, tag: str) -> int:
        """Adds a word, or gives a known one another frequency and part of speech; returns the frequency."""

    def cut(self, text: str, hmm: bool) -> Sequence[str]:
        """Returns the words of `text`, and what stands between them, without guesses at new words unless `hmm`."""

    def tag(self, text: str, hmm: bool) -> Sequence[tuple[str, str]]:
        """Returns the same with jieba's parts of speech."""


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

    def __init__(self, lexicon: Lexicon, extra: Mapping[str, str], engine: Engine | None = None) -> None:
        self._engine = engine or _engine()
        self._tags = {**lexicon.tags, **extra}
        self._tagged = lru_cache(_RECENT)(self._tag_of)
        self._fill(dict.fromkeys([*lexicon.words, *(word for word in extra if len(word) > 1)]))

    def _fill(self, words: Iterable[str]) -> None:
        """Gives the engine `words`, each with a frequency at which it stays whole.

        Source: `suggest_freq` and `add_word` of `jieba.Tokenizer`, whose total counts a word again with each frequency
        it is given.
        """
        engine, twice = self._engine, 0
        for word in words:
            count, part = engine.suggest_freq(word), _UNKNOWN
            read = engine.tag(word, False)
            if len(read) == 1 and engine.has_word(word):
                part = read[0][1]
                twice += count - 1
            engine.add_word(word, max(count, _LEAST), part)
        engine.add_word(_FILLER, twice, _UNKNOWN)

    def cut(self, text: str) -> tuple[str, ...]:
        """Returns the words of `text` (Han text without numbers or marks) in order; joined they are `text`."""
        return tuple(self._engine.cut(text, False))

    def tag(self, word: str) -> str:
        """Returns the tag of `word`: V, N, ADV, COP, P, CONJ, AUX, S, M; N for the unknown."""
        found = self.tokens(word, [(0, len(word))], [])
        return found.tags[0] if found.words[0] == word else _NOUN

    def tokens(
        self, text: str, spans: Iterable[tuple[int, int]], cuts: Sequence[tuple[int, int, str, int]]
    ) -> Tokens:
        """Returns the tokens of `text` inside `spans`.

        Args:
            text: folded narrative.
            spans: half-open stretches to tokenise, in order; each ends with an END token.
            cuts: (start, end, tag, quantity index or -1), in order: stretches that are one token.
        """
        parts: list[_Part] = []
        position = 0
        for start, end in spans:
            while position < len(cuts) and cuts[position][0] < start:
                position += 1
            here = start
            while position < len(cuts) and cuts[position][0] < end:
                cut_start, cut_end, tag, index = cuts[position]
                if here < cut_start:
                    parts += self._plain(text, here, cut_start)
                parts.append((cut_start, text[cut_start:cut_end], tag, index))
                here = max(here, cut_end)
                position += 1
            if here < end:
                parts += self._plain(text, here, end)
            parts.append((end, "", "END", -1))
        return self._parted(parts)

    def _plain(self, text: str, start: int, end: int) -> list[_Part]:
        """Returns the marks of a stretch that holds no cut, and the runs of words between them, still without a tag."""
        return [
            (piece.start(), piece[0], "" if piece.lastgroup else self._mark(piece[0]), -1)
            for piece in _PIECE.finditer(text, start, end)
        ]

    def _mark(self, written: str) -> str:
        return _MARKS.get(written) or self._tags.get(written, _NOUN)

    def _parted(self, parts: Sequence[_Part]) -> Tokens:
        """Returns the tokens of `parts`: the engine cuts all runs of words in one call, a break between them."""
        words: list[str] = []
        tags: list[str] = []
        starts: list[int] = []
        quantities: list[int] = []
        read = [
            *self._engine.cut(_BREAK.join([written for _, written, tag, _ in parts if not tag]), False),
            _BREAK,
        ]
        tagged = list(map(self._tagged, read))
        here = 0  # runs are copied as slices: most tokens of a report are words
        for start, written, tag, index in parts:
            if tag:
                words.append(written)
                tags.append(tag)
                starts.append(start)
                quantities.append(index)
                continue
            stop = read.index(_BREAK, here)
            run = read[here:stop]
            words += run
            tags += tagged[here:stop]
            starts += islice(accumulate(map(len, run), initial=start), len(run))
            quantities += [index] * len(run)
            here = stop + 1
        return Tokens(words, tags, starts, list(map(add, starts, map(len, words))), quantities)

    def is_noun(self, word: str) -> bool:
        """Says whether `word` names a thing: the domain says so, or jieba's dictionary, or neither knows it.

        The tag of a word says less: whatever is nothing else has that of a noun (当场, 有效).
        """
        known = self._tags.get(word)
        if known is not None or not self._engine.has_word(word):
            return known in (None, _NOUN)
        return self._engine.tag(word, False)[0][1].startswith(_NAMING)

    def _tag_of(self, word: str) -> str:
        """Returns the tag of one word: the domain's, else that for the part of speech the engine gives it."""
        known = self._tags.get(word)
        if known is not None:
            return known
        # only a single letter may be unknown, and an engine guesses what it is
        return (
            _PARTS[self._engine.tag(word, False)[0][1]]
            if len(word) > 1 or self._engine.has_word(word)
            else _NOUN
        )


class Plain:
    """jieba itself, some ten times slower than rjieba, for machines that have no wheel of that."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # jieba's patterns are no raw strings, and it imports pkg_resources
            warnings.simplefilter("ignore")
            import jieba
        self._jieba = jieba.Tokenizer()
        # As it is, empty: it would fill itself from a file in the shared temporary folder.
        self._jieba.initialized = True
        columns = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").split()
        self._parts: dict[str, str] = {}
        deque(map(self.add_word, columns[::3], map(int, columns[1::3]), columns[2::3]), 0)

    def has_word(self, word: str) -> bool:
        """Says whether the dictionary holds `word`."""
        return bool(self._jieba.FREQ.get(word))

    def suggest_freq(self, segment: str) -> int:
        """Returns the least frequency at which `segment` stays whole, at least the one it has."""
        return int(self._jieba.suggest_freq(segment))

    def add_word(self, word: str, freq: int, tag: str) -> int:
        """Adds a word, or gives a known one another frequency and part of speech; returns the frequency."""
        self._jieba.total -= self._jieba.FREQ.get(word, 0)
        self._jieba.add_word(word, freq)
        self._parts[word] = tag
        return freq

    def cut(self, text: str, hmm: bool) -> list[str]:
        """Returns the words of `text`, and what stands between them, without guesses at new words unless `hmm`."""
        return list(self._jieba.cut(text, HMM=hmm))

    def tag(self, text: str, hmm: bool) -> list[tuple[str, str]]:
        """Returns the same with jieba's parts of speech."""
        return [(word, self._parts.get(word, "")) for word in self.cut(text, hmm)]


def _engine() -> Engine:
    """Returns rjieba with its copy of jieba's dictionary, or jieba where rjieba is not installed.

    The compiled module is loaded by itself: `import rjieba` fills a tokenizer of its own, which takes 0.1 s and 32 MB
    and is of no use here.
    """
    package = find_spec("rjieba")
    found = None if package is None else PathFinder.find_spec("rjieba", package.submodule_search_locations)
    if found is None or found.loader is None:
        return Plain()
    rjieba = module_from_spec(found)
    found.loader.exec_module(rjieba)
    engine: Engine = rjieba.Jieba()
    return engine
