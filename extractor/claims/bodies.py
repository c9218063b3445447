"""Names of bodies: the runs of words that make them, read from tokens (县|不动产|登记|中心, 各|乡镇|和|县直|部门)."""

from __future__ import annotations

from typing import NamedTuple

from ..knowledge.scopes import Authors, SubjectWords
from ..tokens import Tokens
from .authors import Author, below, governs, is_place, placed

ACTS = frozenset({"V", "ADV", "P", "NEG"})
JOINTS = frozenset({"DUN", "CONJ"})
AND_OTHERS = "等"
_PAIRS = {"LB": "RB", "LQ": "RQ"}
_MARKS = frozenset({"Q", "S", "T", "DUN", "ADV", "M", "NEG", "LQ", "LB"})
_SHORTEST = 2  # letters of a name
_LONGEST = 4  # words of a name that opens with a verb
_TOWNS = 3  # the rank of towns among those of places


class Member(NamedTuple):
    """Tokens [start, end) of one member of a subject, `each` where it speaks of all of a kind."""

    start: int
    end: int
    each: bool
    counted: bool


class Bodies:
    """Reads the names of bodies in the report of one author."""

    def __init__(self, words: SubjectWords, author: Author, authors: Authors) -> None:
        self._words = words
        self._author = author
        self._authors = authors
        self._heads = (*words.heads, *words.generic, *(authors.audited if author.auditing else ()))
        self._known: dict[str, bool] = {}

    def phrase(self, tokens: Tokens, place: int, end: int) -> tuple[list[Member], int]:
        """Returns the members of the run of nouns that starts at `place`, and where it has ended."""
        tags, words, known = tokens.tags, tokens.words, self._words
        members: list[Member] = []
        start, each, counted = place, False, False
        while place < end:
            tag, word = tags[place], words[place]
            first = place == start
            if not first and (word.startswith(known.acts) or word in known.vague) and not self.named(word):
                break
            later = first and (members or each)
            if tag == "S" and later and self.office(word):
                place += 1
                continue
            if first and word in self._authors.letters and (stop := self._sited(tokens, place, end)):
                place = stop  # 县|食|安|办
                continue
            if first and counted and tag == "V" and (stop := self._trade(tokens, place, end)):
                place = stop  # 3家|监理|单位
                continue
            if tag == "V" and not first and self._spells(tokens, place, end):
                place += 1  # 白石|渡|镇
                continue
            if word not in known.every and (
                self._begins(tokens, place, end, each)
                if first
                else tag == "N" or (tag not in _MARKS and self._ends(tokens, place, end))
            ):
                place += 1
            elif first and word in known.every:
                each, start, place = True, place + 1, place + 1
            elif words[place - 1] in known.below and (word in known.every or word.startswith(known.each)):
                each, place = True, place + 1  # 下属|各|分局, 下设|各局
            elif first and word.startswith(known.each):
                each, place = True, place + 1
            elif tag == "Q" and first and word.endswith(known.counters):
                counted, start, place = True, place + 1, place + 1
            elif tag in ("V", "CONJ") and not first and (stop := self._inside(tokens, start, place, end)):
                place = stop
            elif (
                tag == "Q" and not first and word.endswith(known.counters) and self.counts(tokens, place, end)
            ):
                members.append(Member(start, place, each, counted))  # 城北、城南三个分局
                start, place, each, counted = place + 1, place + 1, False, True
            elif tag in _PAIRS and not first and (close := _closing(tokens, place, end)):
                place = close
            elif (
                not first
                and place + 1 < end
                and self._joins(tokens, place)
                and self._opens(tokens, place + 1)
            ):
                members.append(Member(start, place, each, counted))
                place += 1
                start, each, counted = place, False, False
            elif word == AND_OTHERS and not first:
                if place + 1 < end and tags[place + 1] == "N":
                    members.append(Member(start, place, each, counted))
                    start, each, counted = place + 1, False, False
                place += 1
                continue
            else:
                break
        while place > start + 1 and words[place - 1] in known.deeds and tags[place : place + 1] == ["Q"]:
            place -= 1  # 委员会|调研|31次
        if place > start:
            members.append(Member(start, place, each, counted))
            return members, place
        return [], place

    def _joins(self, tokens: Tokens, place: int) -> bool:
        """Says whether the token at `place` joins members, or words of one name: 区|环境|与|国土资源局."""
        inner = tokens.tags[place] == "P" and not self.named(tokens.words[place - 1])
        return tokens.tags[place] in JOINTS or (inner and tokens.words[place] in self._words.joints)

    def _begins(self, tokens: Tokens, place: int, end: int, each: bool) -> bool:
        """Says whether a name may begin with the word at `place`, behind 各 also with what such bodies do."""
        tag, word = tokens.tags[place], tokens.words[place]
        if tag == "N":
            return not (word in self._words.transitive or word.startswith(self._words.vague))
        if tag == "V" and len(word) == 1 and self._spelt(tokens, place, end):
            return True
        stop = place
        while stop < end and tokens.words[stop] in self._words.inner:
            stop += 1
        head = tokens.words[stop] if place < stop < end else ""
        # 住|建|局, 开发|建设局
        named = head != "" and (head in self._words.alone or head.endswith(self._words.offices))
        done = each and tag == "V" and place + 1 < end and self.named(tokens.words[place + 1])  # 各|执法|大队
        told = named or done or word in self._words.below
        return told or (
            tag == "V" and word not in self._words.transitive and self._by_deeds(tokens, place, end)
        )

    def _sited(self, tokens: Tokens, place: int, end: int) -> int:
        """Returns the index behind the name of an office that the rank of a place opens, whatever words it is cut into.

        0 where none acts there: 县|食|安|办|组织, but 县|办理.
        """
        for stop in range(place + 1, min(end - 1, place + _LONGEST + 1)):
            word, tag = tokens.words[stop], tokens.tags[stop]
            if tag not in ("N", "V") or word in self._words.transitive:
                return 0
            if stop > place + 1 and tokens.tags[stop + 1] in ACTS and self.named(word):
                return stop + 1
        return 0

    def _ends(self, tokens: Tokens, place: int, end: int) -> bool:
        """Says whether a word that may be another one ends the name of a body that acts: 教育|所|制作, 县|招办|受理."""
        word = tokens.words[place]
        if place + 1 == end or tokens.tags[place + 1] not in ACTS:
            return False
        if len(word) > 1:
            return word in self._words.units or (tokens.tags[place] == "V" and self.named(word))
        named = tokens.tags[place - 1] == "N" and min(map(len, tokens.words[place - 1 : place + 2 : 2])) > 1
        return named and word in self._words.units  # but 清单|所|列, 新|办|专栏

    def _by_deeds(self, tokens: Tokens, place: int, end: int) -> bool:
        """Says whether verbs open the name of a unit, by what it does: 招生|就业|处, 立案|庭, 继续|教育|学院."""
        known = self._words
        for stop in range(place, min(end - 1, place + _LONGEST)):
            word, tag = tokens.words[stop], tokens.tags[stop]
            unit = word in known.units or (word.endswith(known.ends) and self.named(word))
            if stop > place and unit:
                return tokens.tags[stop + 1] in ACTS
            if tag not in ("V", "N") or (tag == "V" and (len(word) < _SHORTEST or word in known.transitive)):
                return False
        return False

    def _trade(self, tokens: Tokens, place: int, end: int) -> int:
        """Returns the index behind bodies that were counted and are told by what they do, 0 where none are."""
        for index in range(place, min(end, place + _LONGEST)):
            if tokens.tags[index] == "N" and self.named(tokens.words[index]):
                return index + 1
            if tokens.tags[index] not in ("N", "V"):
                return 0
        return 0

    def _inside(self, tokens: Tokens, start: int, place: int, end: int) -> int:
        """Returns the index behind the verbs at `place` that are in a name (不动产|登记|中心), 0 where they act."""
        words, known = tokens.words, self._words
        before = "".join(words[start:place])
        if self.named(words[place - 1]) and not (
            is_place(before, self._authors) or governs(before, self._authors)
        ):
            return 0
        stop = place
        while stop < end and words[stop] in known.inner:
            stop += 1
        head = words[place + 1] if place + 1 < end else ""
        if tokens.tags[place] == "V" and not is_place(before, self._authors):
            if len(head) == _SHORTEST and head in known.alone:
                return place + 2  # 水旱灾害|防御|中心
            if words[place] not in known.transitive and self._by_deeds(tokens, place, end):
                return place + 1  # 招生|就业|处
        if stop < end and placed(words[stop], self._authors):
            return 0  # 审计|县医院
        if stop < end and self.named(words[stop]) and (stop > place or words[stop] in known.alone):
            return stop + 1
        return 0

    def _spelt(self, tokens: Tokens, place: int, end: int) -> bool:
        """Says whether the letter at `place` begins the name of a place or branch: 安|岗|县."""
        ranks = {word for words in self._authors.ranks for word in words}
        return any(
            word in ranks or below(word, self._author, self._authors)
            for word in tokens.words[place + 1 : min(place + 3, end)]
        )

    def _spells(self, tokens: Tokens, place: int, end: int) -> bool:
        """Says whether the letter at `place` is one of a name of a place that the next word ends."""
        towns = self._authors.ranks[_TOWNS]
        return len(tokens.words[place]) == 1 and place + 1 < end and tokens.words[place + 1] in towns

    def office(self, word: str) -> bool:
        """Says whether a scope word is the office of a place: 县政府办公室, but 各部门."""
        return self._words.each not in word and placed(word, self._authors)

    def counts(self, tokens: Tokens, place: int, end: int) -> bool:
        """Says whether the count at `place` is one of bodies: 三个|贫困|乡镇."""
        for index in range(place + 1, min(end, place + _LONGEST)):
            if tokens.tags[index] != "N":
                break
            if self.named(tokens.words[index]):
                return True
        return False

    def _opens(self, tokens: Tokens, place: int) -> bool:
        """Says whether a member of a subject may begin at `place`."""
        word = tokens.words[place]
        return (
            tokens.tags[place] == "N"
            or (tokens.tags[place] == "S" and self.office(word))
            or (tokens.tags[place] == "V" and len(word) == 1 and self._spelt(tokens, place, len(tokens.tags)))
            or word.startswith(self._words.each)
            or (tokens.tags[place] == "Q" and word.endswith(self._words.counters))
        )

    def holds(self, tokens: Tokens, member: Member, channels: tuple[str, ...]) -> bool:
        """Says whether some word of the last member of a list names a body or a channel: then the list does."""
        words = tokens.words[member.start : member.end]
        return any(self.named(word) or word.endswith(channels) for word in words)

    def named(self, word: str) -> bool:
        """Says whether a word names a body, by how it ends."""
        found = self._known.get(word)
        if found is None:
            known = self._words
            named = word.endswith(self._heads) and not word.endswith(known.things)
            own = len(word) >= _SHORTEST and self._author.name.endswith(word)
            found = named or own or word in known.alone or below(word, self._author, self._authors)
            self._known[word] = found
        return found


def words_of(tokens: Tokens, member: Member) -> list[str]:
    """Returns the words of a member, without what stands in brackets or quotation marks."""
    out: list[str] = []
    place = member.start
    while place < member.end:
        close = _closing(tokens, place, member.end) if tokens.tags[place] in _PAIRS else 0
        if not close:
            out.append(tokens.words[place])
        place = close or place + 1
    return out


def _closing(tokens: Tokens, place: int, end: int) -> int:
    """Returns the index behind the mark that closes the one at `place`, 0 where none does."""
    closing = _PAIRS[tokens.tags[place]]
    for index in range(place + 1, end):
        if tokens.tags[index] == closing:
            return index + 1
    return 0
