"""What claims that name no thing of their own speak of: the thing counted last in their unit, a sentence before too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..knowledge.discourse import Discourse
from ..tokens import Tokens, Words
from .clauses import Clause
from .draft import Draft
from .wholes import COUNTED

_LEAST = 2  # letters of a name
_KEPT = 4096  # words of which it is remembered what they are


class _Known(dict[str, bool]):
    """What is so of words, worked out once for each."""

    def __init__(self, told: Callable[[str], bool]) -> None:
        self._told = told

    def __missing__(self, word: str) -> bool:
        if len(self) >= _KEPT:
            self.clear()
        known = self[word] = self._told(word)
        return known


class Names:
    """Which words name a thing: `things` where bodies are not counted, `counted` where they are.

    Those in `toward` lead elsewhere; those in `aside` say whose or how it was, where what stands behind a number opens
    with them.
    """

    def __init__(self, words: Words, discourse: Discourse) -> None:
        subjects, cues = discourse.subjects, discourse.topics
        bodies = (*subjects.heads, *subjects.generic, *subjects.channels)

        def names(word: str) -> bool:
            return word not in cues.others and not word.endswith(cues.bounds) and words.is_noun(word)

        def names_thing(word: str) -> bool:
            body = word.endswith(bodies) and not word.endswith(subjects.things)
            return not body and names(word)

        self.counted = _Known(names)
        self.things = _Known(names_thing)
        self.aside = _Known(lambda word: word in cues.others or word.endswith(bodies))
        self.toward = _Known(lambda word: cues.toward.search(word) is not None)
        self.counters = subjects.counters
        self.deeds = cues.deeds


class Topics:
    """The things that the sentences of one part of a report have counted, by unit.

    A phrase that holds only what was done, when, how, or by which body (转派承办单位|3.1万件) names none: a body is
    counted in a unit of its own.
    """

    def __init__(self, tokens: Tokens, names: Names) -> None:
        self._tokens = tokens
        self._names = names
        self._part = ""
        self._last: dict[str, str] = {}

    def open(self, path: Sequence[str]) -> None:
        """Goes on to a sentence below these headings; under another first one nothing has been counted yet."""
        part = path[0] if path else ""
        if part != self._part:
            self._part, self._last = part, {}

    def of(self, unit: str) -> str:
        """Returns the thing that sentences before counted last in `unit`, "" without one."""
        return self._last.get(unit, "")

    def unnamed(self, draft: Draft) -> bool:
        """Says whether the phrase of a draft names nothing that its unit could count: 充实到|128名, 17项|列入清单."""
        start, end = draft.tokens
        if draft.relative:
            return True
        if start == end:
            return not draft.own
        tags, words, known = self._tokens.tags, self._tokens.words, self._names
        things = known.counted if draft.unit.endswith(known.counters) else known.things
        if draft.predicate or draft.became:
            return not draft.lead and not (tags[start] == "N" and things[words[start]])
        if draft.clausal:
            return tags[start] == "N" and not things[words[start]] and known.aside[words[start]]
        toward = False
        for place in range(start, end):
            tag = tags[place]
            if tag == "N":
                if not toward and things[words[place]]:
                    return False
            elif tag == "AUX":
                toward = False  # 因公开引起的|投诉
            elif tag == "V" or tag == "P" or tag == "COP":
                toward = tag == "P" or known.toward[words[place]]
        return True

    def elliptic(self, draft: Draft) -> bool:
        """Says whether a draft that names nothing leaves out what it counts: 走访|12次, 约谈|4人 do not."""
        known = self._names
        if draft.unit_kind not in known.deeds or draft.relative or draft.predicate or draft.became:
            return True
        tags, words = self._tokens.tags, self._tokens.words
        verbs = [words[place] for place in range(*draft.tokens) if tags[place] == "V"]
        return not verbs or any(map(known.toward.__getitem__, verbs))  # 总数|316名

    def keep(self, sentence: Sequence[Clause], named: Sequence[Draft]) -> None:
        """Remembers what drafts that name it count; parts, brackets and what others are compared with do not tell."""
        for draft in named:
            if draft.relation in COUNTED and not (
                draft.whole or draft.base or draft.average or draft.list_kind or sentence[draft.clause].depth
            ):
                thing = draft.thing or draft.own
                if len(thing) >= _LEAST:
                    self._last[draft.unit] = thing
