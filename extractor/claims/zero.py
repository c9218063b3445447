"""Zero claims: words that say there was none of a thing that can be counted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from ..data import Sentence
from ..knowledge.zeros import Zero
from ..numerals import NUMERAL_LETTERS
from ..tokens import Tokens, Words
from .draft import Draft

_REACH = 4
_LEAST_NAME = 4  # characters of a thing that stands by itself
_LONGEST = 28  # characters from a negation to the end of its object
_MARKS = re.compile(r"[,;。]")
# the words of a clause before its end, as what a phrase without an object (零发生) speaks of
_CLAUSE = re.compile(r"[^,;。:!?、()\n\d]{1,12}$")


def absences(
    text: str, sentences: Iterable[Sentence], zero: Zero, tools: Words, titles: Sequence[Sequence[str]]
) -> list[tuple[Draft, Sentence]]:
    """Returns what each sentence says there was none of; few sentences hold a word that could say so."""
    words = [match.start() for match in zero.any.finditer(text)]
    return [
        (draft, sentence)
        for sentence in sentences
        if bisect_left(words, sentence.start) < bisect_left(words, sentence.end)
        for draft in zeros(text, sentence.start, sentence.end, zero, tools, _weak(titles, sentence, zero))
    ]


def zeros(text: str, start: int, end: int, zero: Zero, tools: Words, weak: bool) -> list[Draft]:
    """Returns a draft for each thing that the sentence [start, end) says there was none of, in order.

    In a `weak` one, of faults or plans, a clause that denies something uncounted is none.

    `未发生行政复议、行政诉讼` gives two: the first spans from the negation to its object, the
    second its own words only, so that no two claims overlap.
    """
    out = [
        *_objects(text, start, end, zero),
        *_phrases(text, start, end, zero),
        *_cases(text, start, end, zero),
        *_open(text, start, end, zero, tools),
        *(() if weak else _bare(text, start, end, zero, tools)),
    ]
    out.sort(
        key=lambda draft: draft.start
    )  # of two that start together the one with a known object comes first
    kept: list[Draft] = []
    for draft in out:
        if not kept or draft.start >= kept[-1].end:
            kept.append(draft)
    return kept


def _objects(text: str, start: int, end: int, zero: Zero) -> Iterator[Draft]:
    position = start
    while match := zero.pattern.search(text, position, end):
        position = match.end()
        if _conditional(text, start, match.start(), zero):
            continue
        begin, last = match.span("object")
        beside = zero.joint.search(text, match.start("between"), begin)
        if beside is not None and beside.end() == begin:
            parts = list(_things(text, match.start(), match.start("between"), last, match["negation"], zero))
            if len(parts) > 1:
                yield from parts  # 没有延期答复、|逾期答复
                continue
        verb, phrase = _parted(
            match["negation"], text[match.start("verb") : match.end()], match["object"], zero
        )
        yield _draft(match.start(), match.end(), verb, phrase, zero.objects[match["object"]])
        while more := zero.more.match(text, position, end):
            position = more.end()
            begin = more.start("between")
            denied = zero.pattern.match(text, begin, end)
            if denied is not None:  # 、未作出行政强制决定 denies by itself
                position = begin
                break
            yield _draft(begin, more.end(), verb, text[begin : more.end()], zero.objects[more["object"]])


def _phrases(text: str, start: int, end: int, zero: Zero) -> Iterator[Draft]:
    for match in zero.phrase.finditer(text, start, end):
        if not _conditional(text, start, match.start(), zero):
            before = _CLAUSE.search(text[start : match.start()])
            subject = before[0] if before is not None else ""
            yield _draft(match.start(), match.end(), match[0], subject + match[0], zero.phrases[match[0]])


def _cases(text: str, start: int, end: int, zero: Zero) -> Iterator[Draft]:
    """Yields what is said not to have happened at all: 未发生…情况."""
    for case in zero.case.finditer(text, start, end):
        match = zero.absent.search(text, max(start, case.start() - _LONGEST), case.start())
        if match is not None and not _conditional(text, start, match.start(), zero):
            begin, end_of = match.span("object")
            parts = list(_things(text, match.start(), begin, end_of, match["negation"], zero))
            if len(parts) > 1:
                yield from parts  # 没有延期答复、逾期答复|情形
                continue
            verb, phrase = _parted(match["negation"], match["object"], "", zero)
            yield _draft(match.start(), end_of, verb, phrase, "件")


def _open(text: str, start: int, end: int, zero: Zero, tools: Words) -> Iterator[Draft]:
    """Yields what a clause ends with and denies, whatever it is: 未发生患者隐私泄露, 无复议后起诉, 没有单位被追责."""
    for pattern in (zero.open, zero.passive):
        for match in pattern.finditer(text, start, end):
            place = match.start()
            if zero.counted.search(text, start, place) or _conditional(text, start, place, zero):
                continue
            begin, last = match.span("object")
            if match["negation"] in zero.verbal and _deed(tools.tokens(text, [(begin, last)], [])):
                continue
            yield from _things(text, place, begin, last, match["negation"], zero)


def _weak(titles: Sequence[Sequence[str]], sentence: Sentence, zero: Zero) -> bool:
    """Says whether a sentence stands under a title of faults or plans."""
    path = titles[sentence.section] if sentence.section >= 0 else ()
    return any(word in title for title in path for word in zero.weak)


def _bare(text: str, start: int, end: int, zero: Zero, tools: Words) -> Iterator[Draft]:
    """Yields what a clause denies that says nothing else: 未造成页面篡改, 没有私下议价销售, 无大班额."""
    for match in zero.bare.finditer(text, start, end):
        place = match.start("whole")
        if zero.faulty.search(text, start, place) or _conditional(text, start, place, zero):
            continue
        begin, last = match.span("object")
        tokens = tools.tokens(text, [(begin, last)], [])
        tags = tokens.tags[:-1]
        object_follows = tags[0] == "V" and "N" in tags
        named = tags[-1] in ("N", "V") and (match["negation"] not in zero.deeds or object_follows)
        if named:
            yield from _things(text, place, begin, last, match["negation"], zero)


def _things(text: str, start: int, begin: int, end: int, verb: str, zero: Zero) -> Iterator[Draft]:
    """Yields the zero that spans [start, end), or one for each of the things joined there: 无基金收入和支出.

    Those are things that can be counted, or long enough to be names: 未发生隐私泄露、数据丢失, no 失密、泄密问题.
    """
    cuts = [joint.span() for joint in zero.joint.finditer(text, begin, end)]
    stops = [*(cut[0] for cut in cuts), end]
    starts = [begin, *(cut[1] for cut in cuts)]
    named = all(stop - first >= _LEAST_NAME for first, stop in zip(starts, stops, strict=True))
    if named or all(text.endswith(zero.things, begin, stop) for stop in stops):
        for stop, resume in cuts:
            yield _thing(text, start, begin, stop, verb, zero)
            start = begin = resume
    yield _thing(text, start, begin, end, verb, zero)


def _deed(tokens: Tokens) -> bool:
    """Says whether words say what was done: a verb first, and no particle that makes a name of it.

    没有|消除的|逐户落实了责任人 says so of those with whom it was not done.
    """
    tags = tokens.tags
    if tags[0] != "V" or "AUX" not in tags:
        return tags[0] == "V"
    return tags[tags.index("AUX") + 1] in ("ADV", "P")


def _thing(text: str, start: int, begin: int, end: int, verb: str, zero: Zero) -> Draft:
    """Returns the zero that spans [start, end) of the thing named from `begin` on."""
    filler = zero.filler.match(text, begin, end)
    place = filler.end() if filler and filler.end() < end else begin
    unit = "元" if text.endswith(zero.money, begin, end) else "件"
    return _draft(start, end, verb, text[place:end], unit)


def _parted(negation: str, rest: str, thing: str, zero: Zero) -> tuple[str, str]:
    """Returns the verb with its negation, and the name of the thing: what follows the last verb before the object."""
    verb, begin = "", 0
    for match in zero.verb.finditer(rest, 0, len(rest) - len(thing)):
        verb, begin = match[0], match.end()
    if thing.startswith(zero.particle):
        opening = zero.verb.match(rest)
        begin = opening.end() if opening else 0  # 没有|转入下年办理的申请
    filler = zero.filler.match(rest, begin, len(rest) - len(thing))
    return negation + verb, rest[filler.end() if filler else begin :]


def _draft(start: int, end: int, verb: str, phrase: str, unit: str) -> Draft:
    return Draft(
        start,
        end,
        clause=-1,
        quantity=None,
        own=phrase,
        verb=verb,
        has_noun=True,
        unit=unit,
        rule="zero.absence",
        numerals=((start, start + 1),) if verb[0] in NUMERAL_LETTERS else (),
    )


def _conditional(text: str, start: int, place: int, zero: Zero) -> bool:
    """Says whether the words just before a negation make it a condition, an aim or a rule."""
    before = _MARKS.split(text[max(start, place - _REACH) : place])[-1]
    return any(word in before for word in zero.conditions) or bool(zero.some.search(text, start, place))
