"""A phrase taken alone → its facets: known words by longest match, what is left between them, the head among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..knowledge.gazetteer import Gazetteer
from .facets import CHANNEL, DETAILS, INFORMATION, SUBJECT, Facets

_HAN = re.compile(r"[㐀-鿿]")
_OPENING = frozenset('“"《')
_ASIDES = frozenset("(以含包对就向")
_TELLING = DETAILS | {CHANNEL, "applicant", "measure", "action"}
"""Kinds that mean something where they stand in brackets behind an object."""
_ANSWERS = ("outcome", "reason")
_PARTICLES = "的了在有为是共等各及和与或由对以从于中"
"""Characters that are no part of the strange word they stand beside."""
_QUOTES = str.maketrans("", "", '“”"')
_LETTER = 2  # a bracket and one character, which is part of the name
_COUNTED = "数类"
"""Characters at its end that only say that the thing is counted, or one of several (录取数, 普通类)."""

_OUTCOME, _REASON = _ANSWERS

Meanings = tuple[tuple[str, str], ...]


def parse(phrase: str, gazetteer: Gazetteer) -> Facets:
    """Returns the facets of `phrase`, as far as it says them itself."""
    found = _Found()
    words, lengths, rest = gazetteer.words, gazetteer.longest, gazetteer.rest
    place, end = 0, len(phrase)
    while place < end:
        character = phrase[place]
        if character in _OPENING and (name := _name(phrase, place, found.values, gazetteer)):
            place += name
            continue
        if character in _ASIDES and (aside := _aside(phrase, place, found, gazetteer)):
            place += aside
            continue
        if character == rest and _rests(phrase, place, gazetteer):
            found.forget()
        for length in range(min(lengths.get(character, 0), end - place), 0, -1):
            word = phrase[place : place + length]
            if word in words:
                found.known(word, words[word], place)
                place += length
                break
        else:
            found.strange(character)
            place += 1
    found.close()
    return _facets(phrase, found, gazetteer)


def longest(phrase: str, place: int, gazetteer: Gazetteer) -> tuple[int, Meanings | None]:
    """Returns length and meanings of the longest known word at `place`; 1 and None where none begins there."""
    words = gazetteer.words
    for length in range(min(gazetteer.longest.get(phrase[place : place + 1], 0), len(phrase) - place), 0, -1):
        meanings = words.get(phrase[place : place + length])
        if meanings is not None:
            return length, meanings
    return 1, None


def implied(
    values: Mapping[str, Iterable[str]], kinds: Iterable[str], gazetteer: Gazetteer
) -> frozenset[str]:
    """Returns the objects that the first telling one of `kinds` speaks of, empty where none tells."""
    known = gazetteer.implied
    for kind in kinds:
        named = frozenset(known[kind, value] for value in values.get(kind, ()) if (kind, value) in known)
        if named:
            return named
    return frozenset()


@dataclass(slots=True)
class _Found:
    """What was found in a phrase so far.

    `core` and `gist` are its telling words and strange stretches, all and without actions; `lead` is how much of
    the residue stands before the last object. `run` is the stretch at hand.
    """

    values: dict[str, set[str]] = field(default_factory=dict)
    objects: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    residue: list[str] = field(default_factory=list)
    lead: int = 0
    core: list[str] = field(default_factory=list)
    gist: list[str] = field(default_factory=list)
    stretches: list[str] = field(default_factory=list)
    run: str = ""
    unknown: bool = False
    examples: bool = False

    def forget(self) -> None:
        """Takes what was found for examples of what follows."""
        self.examples = True
        self.residue.clear()
        self.objects.clear()
        self.stretches.clear()
        self.lead, self.run, self.unknown = 0, "", False

    def strange(self, character: str) -> None:
        """Takes a character that begins no known word."""
        if _HAN.match(character):
            self.residue.append(character)
            self.run += character
            self.unknown = True
        else:
            self.close()

    def known(self, word: str, meanings: Meanings, place: int) -> None:
        """Takes a known word; a neutral one of one character may be part of a strange word (报到)."""
        if not meanings and len(word) == 1:
            self.run += word
            return
        self.close()
        if not meanings:
            return
        objects = tuple(value for kind, value in meanings if kind == "object")
        if objects:
            self.objects.append((place, place + len(word), objects))
            self.lead = len(self.residue)
        if meanings[0][0] != "applicant":
            said = word.translate(_QUOTES)
            self.core.append(said)
            if meanings[0][0] != "action":
                self.gist.append(said)
        if self.examples:
            self.examples = False
            for kind, _ in meanings:
                self.values.pop(kind, None)
                if kind == _OUTCOME:
                    self.values.pop(_REASON, None)  # 信访类、重复申请等不予处理: all that is so answered
        for kind, value in meanings:
            if kind != "object":
                self.values.setdefault(kind, set()).add(value)

    def close(self) -> None:
        """Ends the stretch at hand; one with unknown characters counts."""
        if self.unknown:
            run = self.run.strip(_PARTICLES).rstrip(_COUNTED) or self.run
            for pieces in (self.stretches, self.core, self.gist):
                pieces.append(run)
        self.run, self.unknown = "", False


def _facets(phrase: str, found: _Found, gazetteer: Gazetteer) -> Facets:
    values = found.values
    head, modifiers = _head(phrase, found.objects, gazetteer)
    if head == {SUBJECT} and "action" in values:
        head, modifiers = frozenset(), modifiers | head  # what a body does something to is said elsewhere
    if head and not head & values.get("bare", head):
        del values["bare"]  # a bare word before the head is no bare head
    if head == {INFORMATION}:
        head = implied(values, _ANSWERS, gazetteer) or head  # 不予公开信息: an application is answered so
    known = {kind: frozenset(named) for kind, named in values.items()}
    return Facets(
        {**known, "object": head} if head else known,
        modifiers,
        "".join(found.residue),
        "own" if head else "",
        core="".join(found.core),
        gist="".join(found.gist),
        stretch="…".join(found.stretches),
        lead="".join(found.residue[: found.lead] if found.objects else found.residue),
    )


def _head(
    phrase: str, objects: list[tuple[int, int, tuple[str, ...]]], gazetteer: Gazetteer
) -> tuple[frozenset[str], frozenset[str]]:
    """Returns the head objects (the last, and those joined to it) and the modifiers that narrow them."""
    if not objects:
        return frozenset(), frozenset()
    head = frozenset(objects[-1][2])
    place = len(objects) - 1
    while place and phrase[objects[place - 1][1] : objects[place][0]] in gazetteer.connectors:
        place -= 1
        head = head.union(objects[place][2])
    earlier = frozenset(name for _, _, named in objects[:place] for name in named) - head
    if head <= gazetteer.light and earlier & gazetteer.light:
        head = (earlier | head) & gazetteer.light - {INFORMATION} or head
    return head, earlier - gazetteer.light - head


def _rests(phrase: str, place: int, gazetteer: Gazetteer) -> bool:
    """Says whether the word at `place` calls what stands before it examples (等其他, 等解读稿件, 等原因不予公开)."""
    others = tuple(gazetteer.others.words)
    if phrase.startswith(others, place + 1):
        return True
    length, meanings = longest(phrase, place + 1, gazetteer)
    if meanings is not None and not meanings and length > 1:
        length, meanings = longest(phrase, place + 1 + length, gazetteer)
    return bool(meanings)


def _aside(phrase: str, place: int, found: _Found, gazetteer: Gazetteer) -> int:
    """Returns how many characters at `place` say nothing of what is counted: a remark behind its name, or a main kind.

    What stands in brackets behind information or applications may narrow them.
    """
    if (match := gazetteer.aside.match(phrase, place)) is not None:
        return match.end() - place
    end = phrase.find(")", place)
    if phrase[place] != "(" or end - place <= _LETTER or not found.objects:
        return 0
    if not gazetteer.light.isdisjoint(found.objects[-1][2]):
        return 0
    inner = parse(phrase[place + 1 : end], gazetteer)
    return 0 if not _TELLING.isdisjoint(inner.values) else end + 1 - place


def _name(phrase: str, place: int, values: Mapping[str, set[str]], gazetteer: Gazetteer) -> int:
    """Returns how many characters at `place` are the mere name of a law, a gazette or an account."""
    if longest(phrase, place, gazetteer)[1] is not None:
        return 0
    match = gazetteer.gazette_name.match(phrase, place) or gazetteer.law_name.match(phrase, place)
    if match is None and (match := gazetteer.account_name.match(phrase, place)) is not None:
        behind = longest(phrase, match.end(), gazetteer)[1]
        if CHANNEL not in values and not (behind and behind[0][0] == CHANNEL):
            return 0
    return 0 if match is None else match.end() - place
