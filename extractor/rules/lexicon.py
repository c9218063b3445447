"""The language knowledge compiled for matching at a position: words with numeral letters, hedges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ..knowledge.language import Hedge, Language, Word
from ..knowledge.source import alternation
from ..numerals import NUMERAL_LETTERS
from ..units import Units
from .exclusions import Exclusions, compile_exclusions

SCALES = "十百千万亿"
_NUMERALS = frozenset(NUMERAL_LETTERS)


@dataclass(frozen=True, slots=True)
class Letters:
    """Finds the listed word that a numeral character is a letter of.

    Words are indexed by their first numeral and the character after it (`onward`), or before it
    where the numeral comes last (`backward`).
    """

    onward: dict[str, tuple[tuple[int, Word], ...]]
    backward: dict[str, tuple[tuple[int, Word], ...]]

    def find(self, text: str, position: int) -> tuple[int, int] | None:
        """Returns start and end of the longest word around the numeral at `position`, None if there is none."""
        candidates = self.onward.get(text[position : position + 2], ())
        if position and (ending := self.backward.get(text[position - 1 : position + 1])):
            candidates += ending
        best: tuple[int, int] | None = None
        for offset, word in candidates:
            start = position - offset
            end = start + len(word.text)
            if start < 0 or not text.startswith(word.text, start):
                continue
            if text[end : end + 1] in word.before and end < len(text):
                continue
            if start and text[start - 1] in word.after:
                continue
            if best is None or end - start > best[1] - best[0]:
                best = start, end
        return best


def _index(words: Iterable[Word]) -> Letters:
    """Returns the index of `words` by the two characters around their first numeral."""
    onward: dict[str, list[tuple[int, Word]]] = {}
    backward: dict[str, list[tuple[int, Word]]] = {}
    for word in words:
        offset = next(place for place, character in enumerate(word.text) if character in _NUMERALS)
        if offset + 1 < len(word.text):
            onward.setdefault(word.text[offset : offset + 2], []).append((offset, word))
        else:
            backward.setdefault(word.text[offset - 1 : offset + 1], []).append((offset, word))
    return Letters(
        {key: tuple(value) for key, value in onward.items()},
        {key: tuple(value) for key, value in backward.items()},
    )


@dataclass(frozen=True, slots=True)
class Hedges:
    """The hedges by the word that writes them, each position with the pattern that finds its words."""

    before: dict[str, Hedge]
    parted: frozenset[str]
    scale_only: dict[str, Hedge]
    inside: dict[str, Hedge]
    after: dict[str, Hedge]
    longest_before: int
    last_letters: frozenset[str]
    first_letters: frozenset[str]
    after_pattern: re.Pattern[str]

    def find_before(self, text: str, position: int, scale_first: bool) -> tuple[Hedge, int] | None:
        """Returns the hedge that ends at `position` (blanks allowed) and where it starts.

        `scale_first` says that a scale without a digit follows, so that 上 and 过 count (上千家).
        """
        end = position
        while end and text[end - 1] in " \u3000\u00a0":
            end -= 1
        if not end or text[end - 1] not in self.last_letters:
            return None
        for length in range(min(self.longest_before, end), 0, -1):
            word = text[end - length : end]
            hedge = self.before.get(word)
            if hedge is None and scale_first:
                hedge = self.scale_only.get(word)
                if hedge is not None and text[end - length - 1 : end - length] in hedge.scale_not_after:
                    hedge = None
            if hedge is None:
                continue
            if end > length and text[end - length - 1] in hedge.not_after:
                return None
            return hedge, end - length
        return None

    def find_after(self, text: str, position: int, kind: str) -> tuple[Hedge, int] | None:
        """Returns the hedge that starts at `position` (blanks allowed), for a unit of `kind`, and its end."""
        if text[position : position + 1] not in self.first_letters:
            return None
        match = self.after_pattern.match(text, position)
        if match is None:
            return None
        word = match.group(1)
        hedge = self.after[word]
        if word in hedge.only and kind not in hedge.only[word]:
            return None
        if word in hedge.not_before and text[match.end() : match.end() + 1] in hedge.not_before[word]:
            return None  # 比预算12万元|多支3万元
        return hedge, match.end()

    def around(
        self, text: str, start: int, end: int, kind: str, scale_first: bool
    ) -> tuple[Hedge | None, Hedge | None, int, int, str]:
        """Returns the hedges before and after [start, end), the span widened by them, and their words."""
        before = self.find_before(text, start, scale_first)
        after = self.find_after(text, end, kind)
        if before is None and after is None:
            return None, None, start, end, ""
        words = []
        begin = start
        if before is not None:
            words.append(text[before[1] : start].strip())
            begin = start if words[0] in self.parted else before[1]
        if after is not None:
            words.append(text[end : after[1]].strip())
            end = after[1]
        return before and before[0], after and after[0], begin, end, "…".join(words)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All that the grammar looks up while it runs."""

    language: Language
    units: Units
    ordinary: Letters
    idioms: Letters
    hedges: Hedges
    exclusions: Exclusions
    counted: frozenset[str]
    hedge_words: frozenset[str]
    hedge_units: frozenset[str]
    bound_nouns: tuple[str, ...]
    bound_verbs: tuple[str, ...]
    lasting: tuple[str, ...]
    duration_after: tuple[str, ...]


@cache
def compile_lexicon(language: Language) -> Lexicon:
    """Returns the lexicon of `language`, compiled once."""
    before = {word: hedge for hedge in language.hedges for word in hedge.before + hedge.parted}
    after = {word: hedge for hedge in language.hedges for word in hedge.after}
    return Lexicon(
        language=language,
        units=language.units,
        ordinary=_index(language.ordinary),
        idioms=_index(language.idioms),
        hedges=Hedges(
            before=before,
            parted=frozenset(word for hedge in language.hedges for word in hedge.parted),
            scale_only={word: hedge for hedge in language.hedges for word in hedge.scale_only},
            inside={word: hedge for hedge in language.hedges for word in hedge.inside},
            after=after,
            longest_before=max(map(len, before)),
            last_letters=frozenset(
                word[-1]
                for hedge in language.hedges
                for word in (*hedge.before, *hedge.parted, *hedge.scale_only)
            ),
            first_letters=frozenset(word[0] for word in after) | frozenset(" \u3000\u00a0"),
            after_pattern=re.compile(rf"[ \u3000\u00a0]?({alternation(after)})"),
        ),
        exclusions=compile_exclusions(language.contexts, language.hotlines),
        counted=frozenset(language.contexts["counted"]),
        hedge_words=frozenset(language.contexts["hedge_words"]),
        hedge_units=frozenset(language.contexts["hedge_units"]),
        bound_nouns=language.contexts["bound_nouns"],
        bound_verbs=language.contexts["bound_verbs"],
        lasting=language.contexts["measured_behind"],
        duration_after=language.contexts["duration_after"],
    )
