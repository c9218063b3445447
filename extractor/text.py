"""The narrative, folded for matching, with its headings and sentences.

Folding changes widths one character to one, takes blanks out of Chinese text and undoes hard line
wrapping; every folded character knows its place in `Report.text`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from .data import Folded, Region, Report, Section, Sentence
from .knowledge import Knowledge
from .numerals import INNER_MARK, ITEM_MARK, ORDINALS, PART_MARK
from .widths import REMOVED, fold_widths

# A run of blanks, or pinyin written inside a word. (What stands before a match is looked at behind its first
# character, so that the next one is found at the speed of a character table; so below.)
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_BLANK = rf"[ \t\r\n\f\v{REMOVED}]"
_RUN = re.compile(
    rf"[ \t\r\n\f\v{REMOVED}a-z{_TONES}](?:(?<={_BLANK}){_BLANK}*"
    rf"|(?<=[\u4e00-\u9fff].)(?:(?<=[{_TONES}])|[a-z]{{0,4}}[{_TONES}])[a-z{_TONES}]*(?=[\u4e00-\u9fff]))"
)
# 1 129 236: blanks as thousands separators.
_GROUPS = re.compile(r"\d(?<![\d.,]\d)(?<!\d \d)\d{0,2}(?: \d{3})+(?![\d.]\d| ?\d)")
_MARK = re.compile(
    rf"(?:{PART_MARK}|{ITEM_MARK}(?![{ORDINALS}]、)"
    rf"|{INNER_MARK}(?!项|款|目|条)|\d{{1,2}}[.、](?=[\u4e00-\u9fff“《])|\(\d{{1,2}}\)(?=[\u4e00-\u9fff“《]))"
)
# What Markdown adds to its text: heading, quotation and list marks, emphasis.
_MARKUP = re.compile(r"(?m)^[ \t]{0,3}(?:#{1,6}(?=[ \t])|>+|[*+-](?=[ \t]))|\*\*|`")
_ENDS = frozenset("。！？!?;；:”」』)》…")
_STOPS = frozenset("。!?")
# What may stand in the middle of a sentence.
_PASSED = frozenset({"page_mark"})
_SPACED_NUMBER = re.compile(r"\d+ ")
# Hard wrapping: no line is wider than this (half widths), and this share of the lines (of 100) is full.
_WIDEST = 140
_FULL_SHARE = 30
_SLACK = 8
_SHORT = 70
# No heading holds one of these, so that in a wrapped document a line with one goes on where it does not end in a mark.
_CLAUSES = re.compile(r"[,。;]|、.*[、\d]|\d.*、")
# Wrapped at no width: so many such lines go on, and one of so many.
_RAGGED = 3
_RAGGED_SHARE = 4
# A heading stands before its text on one line only where the line is longer than any heading.
_LONG_LINE = 80
_LONGEST_TITLE = 48


class _Wrapping(NamedTuple):
    """How wide the lines of a hard-wrapped document are, in half widths; 0 where it is not wrapped at one width.

    `ragged` says that its lines break in the middle of sentences, at whatever width.
    """

    full: int
    ragged: bool = False


def fold(report: Report) -> Folded:
    """Returns the narrative of `report`, folded.

    Narrative regions are parted by a newline, but for one that a page mark cuts in the middle of a
    wrapped line. Newlines stand at the ends of paragraphs and headings. Traditional characters become
    simplified ones, full-width forms ASCII; 、 。 “ ” stay.
    """
    text = fold_widths(report.text)
    if report.format == "markdown":
        text = _MARKUP.sub(lambda match: REMOVED * len(match[0]), text)
    wrapping = _wrapping(text, [region for region in report.regions if region.kind == "narrative"])
    pieces: list[str] = []
    starts: list[int] = []
    last: tuple[int, int] | None = None
    between: set[str] = set()
    for region in report.regions:
        if region.kind != "narrative":
            between.add(region.reason or region.kind)
            continue
        start, end = _trimmed(text, region.start, region.end)
        if start == end:
            continue
        if last is not None and not (between <= _PASSED and _continues(text, last, start, wrapping)):
            pieces.append("\n")
            starts.append(last[1] - 1)
        _fold_region(text, start, end, wrapping, pieces, starts)
        last, between = (start, end), set()
    starts.append(last[1] if last is not None else 0)
    return Folded("".join(pieces), tuple(starts))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    body = text[start:end]
    blanks = f" \t\r\n\f\v{REMOVED}"
    left = len(body) - len(body.lstrip(blanks))
    return start + left, max(start + left, start + len(body.rstrip(blanks)))


def _width(text: str) -> int:
    return (len(text) + len(text.encode("utf-8", "replace"))) // 2


def _wrapping(text: str, regions: Sequence[Region]) -> _Wrapping:
    """Returns how the narrative is wrapped: many lines of nearly one width, few of them sentence ends."""
    lines = [
        line
        for region in regions
        for raw in text[region.start : region.end].split("\n")
        if (line := raw.strip())
    ]
    if len(lines) < 4:
        return _Wrapping(0)
    clauses = [line for line in lines if _CLAUSES.search(line, _marked(line))]
    going_on = sum(line[-1] not in _ENDS for line in clauses)
    ragged = going_on >= _RAGGED and going_on * _RAGGED_SHARE >= len(clauses)
    measured = sorted(_width(line) for line in lines)
    widest = measured[len(measured) * 95 // 100]
    if not 24 <= widest <= _WIDEST or measured[-1] > _WIDEST * 2:
        return _Wrapping(0, ragged)
    full = [line for line in lines if _width(line) >= widest - _SLACK]
    open_ends = sum(1 for line in full if line[-1] not in _ENDS)
    if len(full) * 100 < len(lines) * _FULL_SHARE or open_ends * 2 < len(full):
        return _Wrapping(0, ragged)
    return _Wrapping(widest, ragged)


def _marked(line: str) -> int:
    """Returns where the mark that opens a line ends, 0 without one."""
    mark = _MARK.match(line)
    return mark.end() if mark is not None else 0


def _continues(text: str, last: tuple[int, int], start: int, wrapping: _Wrapping) -> bool:
    """Returns whether the narrative at `start` goes on in the middle of the line that ends `last`."""
    if not wrapping.full or text[last[1] - 1] in _ENDS or _MARK.match(text, start):
        return False
    return _width(text[text.rfind("\n", *last) + 1 : last[1]].strip()) >= wrapping.full - 2 * _SLACK


def _fold_region(
    text: str, start: int, end: int, wrapping: _Wrapping, pieces: list[str], starts: list[int]
) -> None:
    """Appends one narrative stretch, without blanks at its ends, to `pieces` and `starts`."""
    groups = {
        place
        for match in _GROUPS.finditer(text, start, end)
        for place in range(match.start(), match.end())
        if text[place] == " "
    }
    at = line = start
    for run in _RUN.finditer(text, start, end):
        left, right = run.span()
        if left == start:
            continue
        instead = _instead(text, left, right, line, wrapping, groups, end)
        if left > at:
            pieces.append(text[at:left])
            starts.extend(range(at, left))
        if instead:
            pieces.append(instead)
            starts.append(left)
        if instead == "\n" or "\n" in run.group():
            line = right
        at = right
    pieces.append(text[at:end])
    starts.extend(range(at, end))


def _instead(
    text: str, left: int, right: int, line: int, wrapping: _Wrapping, groups: set[int], end: int
) -> str:
    """Returns what takes the place of the run of blanks [left, right): nothing, a blank or a newline."""
    run = text[left:right]
    before, after = text[left - 1], text[right]
    if "\n" in run:
        return _break(text, left, right, line, wrapping, run.count("\n") > 1)
    if "\t" in run:
        return "\n"
    if left in groups or run[0] > "\x7f" or run[0].isalpha():
        return ""
    if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
        return " "
    if before in ",." and after.isdigit() and text[left - 2].isdigit():
        return " "
    if _MARK.match(text, right) and (before in _ENDS or not _ends_mark(text, line, left)):
        stop = text.find("\n", left, end)
        long = (stop if stop >= 0 else end) - line > _LONG_LINE
        return "\n" if before in _ENDS or (long and not before.isdigit()) else ""
    if (len(run) > 1 or "\u3000" in run) and before in _STOPS:
        return "\n"
    return "\n" if _after_title(text, left, right, line, end) else ""


def _ends_mark(text: str, line: int, left: int) -> bool:
    mark = _MARK.match(text, line)
    return mark is not None and mark.end() == left


def _after_title(text: str, left: int, right: int, line: int, end: int) -> bool:
    """Returns whether the blank at [left, right) parts a heading from the text on the same line."""
    if left - line > _LONGEST_TITLE:
        return False
    mark = _MARK.match(text, line)
    if mark is None or left - mark.end() < 2:
        return False
    title = text[mark.end() : left].lstrip()
    if len(title) < 2 or " " in title or any(char in ",。;!?" for char in title):
        return False
    if not "\u4e00" <= title[-1] <= "\u9fff" or _SPACED_NUMBER.match(text, right):
        return False
    stop = text.find("\n", right, end)
    return (stop if stop >= 0 else end) - line > _LONG_LINE


def _break(text: str, left: int, right: int, line: int, wrapping: _Wrapping, blank: bool) -> str:
    """Returns what takes the place of a line break: nothing inside a wrapped paragraph, else a newline."""
    above = text[line:left]
    if not blank and above.rfind("(") > above.rfind(")") and _closes(text, right):
        return ""
    goes_on = text[left - 1] not in _ENDS and not blank and _CLAUSES.search(above, _marked(above)) is not None
    if not wrapping.full and not (wrapping.ragged and goes_on):
        return "\n"
    reach = _width(above)
    if _MARK.match(text, right) and (
        text[left - 1] in _ENDS or not wrapping.full or reach < wrapping.full - _SLACK
    ):
        return "\n"
    if text[right] == "#" or text[line] == "#":
        return "\n"
    ended = text[left - 1] in _ENDS
    if (reach * 100 < wrapping.full * _SHORT and not goes_on) or (
        blank and (ended or reach < wrapping.full - _SLACK)
    ):
        return "\n"
    if ended and (text[left - 1] in _STOPS or reach < wrapping.full - _SLACK):
        return "\n"
    around = text[left - 1] + text[right]
    return " " if around.isascii() and around.isalpha() else ""


def _closes(text: str, start: int) -> bool:
    """Says whether a bracket closes on the line that begins at `start`, before another opens."""
    stop = text.find("\n", start)
    line = text[start : stop if stop >= 0 else len(text)]
    return 0 <= line.find(")") < (line.find("(") if "(" in line else len(line))


# ---------------------------------------------------------------- sections

_HEADING = re.compile(
    rf"[第(\d{ORDINALS}](?:(?P<one>(?<=第)[{ORDINALS}]{{1,3}}部分|(?<=[{ORDINALS}])[{ORDINALS}]{{0,2}}、(?![{ORDINALS}]、))"
    rf"|(?P<two>(?<=\()[{ORDINALS}]{{1,3}}\)(?!项|款|目|条))"
    rf"|(?P<three>(?<=\d)(?<![\d.]\d)\d?[.、](?=[\u4e00-\u9fff“《]))"
    rf"|(?P<four>(?<=\()\d{{1,2}}\)(?=[\u4e00-\u9fff“《])))"
)
_LEVELS = {"one": 1, "two": 2, "three": 3, "four": 4}
_HASHES = re.compile(r"#{1,6} *")
_TITLE_STOP = re.compile(r"[。,;!?:\n]")
_DIGITS = {numeral: value for value, numeral in enumerate(ORDINALS, 1)}


class _Head(NamedTuple):
    start: int
    level: int
    title: str


def sections(folded: Folded, knowledge: Knowledge) -> tuple[Section, ...]:
    """Returns the headings of the narrative with the text under each, in order.

    A heading stands on a line of its own, at the start of a line before its text, or — in documents that
    lost their line breaks — inside a line, where its number is the next of its kind. A section runs to
    the next heading of its level or above.
    """
    heads = _heads(folded.text, knowledge)
    found: list[Section] = []
    path: list[_Head] = []
    ends = [len(folded.text)] * len(heads)
    for number, head in enumerate(heads):
        for later in range(number + 1, len(heads)):
            if heads[later].level <= head.level:
                ends[number] = heads[later].start
                break
        path = [*(above for above in path if above.level < head.level), head]
        titles = tuple(above.title for above in path)
        found.append(Section(head.start, ends[number], head.level, head.title, titles))
    return tuple(found)


def _heads(text: str, knowledge: Knowledge) -> list[_Head]:
    heads: list[_Head] = []
    counts = {1: 0, 2: 0, 3: 0, 4: 0}
    for match in _HEADING.finditer(text):
        level = _LEVELS[match.lastgroup or ""]
        start = match.start()
        first = start == 0 or text[start - 1] == "\n"
        if not first and _HASHES.fullmatch(text, text.rfind("\n", 0, start) + 1, start):
            first = True
        number = _value(match.group().strip("第部分、.()"))
        if not _heading(text, start, first, level, number, counts):
            continue
        title = _title(text, match.end(), knowledge)
        if not title or title.count(")") > title.count("("):
            continue
        counts[level] = number
        for below in range(level + 1, 5):
            counts[below] = 0
        heads.append(_Head(start, level, text[start : match.end()] + title))
    return heads


def _value(numeral: str) -> int:
    """Returns the number of a heading's numeral: 3, 十二, 二十."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)


def _heading(text: str, start: int, first: bool, level: int, number: int, counts: dict[int, int]) -> bool:
    """Returns whether a mark at `start` opens a section: at a line's start, or the next of its kind inside."""
    following = number == counts[level] + 1 or (level == 1 and counts[1] < number <= counts[1] + 3)
    if first:
        return level < 3 or following or number == 1
    before = text[start - 1]
    if not following or before in "第条《“(、":
        return False
    if before in _ENDS:
        return before != ";" or level == 1
    if level == 2 and number > 1:
        return before != ","
    above = any(counts[upper] for upper in range(max(1, level - 2), level))
    return above and number == 1 and "\u4e00" <= before <= "\u9fff"


def _title(text: str, start: int, knowledge: Knowledge) -> str:
    """Returns the title behind a heading's mark: a known one, else up to the first stop."""
    known = knowledge.layout.title.match(text, start)
    if known is not None and known.end() > start:
        return known.group()
    stop = _TITLE_STOP.search(text, start, start + _LONGEST_TITLE)
    end = stop.start() if stop is not None else min(len(text), start + _LONGEST_TITLE)
    cuts = [inner.start()] if (inner := _HEADING.search(text, start, end)) is not None else []
    if (
        text[end : end + 1] != "\n"
        and (begins := knowledge.layout.begun.search(text, start + 2, end)) is not None
    ):
        cuts.append(begins.start())
    return text[start : min(cuts, default=end)].strip()


# ---------------------------------------------------------------- sentences

# A bracketed or quoted stretch, which no sentence end cuts, or a sentence end with what closes it.
_SENTENCE_END = re.compile(
    r"[《“(。;！？；!?.\n](?:(?<=《)[^《》\n]{0,120}+》|(?<=“)[^“”\n]{0,300}+”"
    r"|(?<=\()(?:[^()\n]|\([^()\n]{0,200}+\)){0,300}+\)"
    r"|(?P<end>(?:(?<=[。;！？；])|(?<=[!?])(?![A-Za-z0-9])"
    # the full stop of Western print, but not behind the number of an item
    rf"|(?<=[\u4e00-\u9fff%)]\.)(?<![{ORDINALS}]\.)(?=[\u4e00-\u9fff“《(\n]|$))[”』」》)]*|(?<=\n)))"
)
_CLOSED = re.compile(r"[。！？!?][”』」)]")


def sentences(folded: Folded, sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """Returns the sentences of the narrative, in order, without the newlines between them.

    Sentences end at 。！？； and at line ends, never inside brackets, quotes or 《》; closing quotes stay with
    their sentence. A heading is a sentence of its own where its end is known.
    """
    text = folded.text
    cuts = {section.start for section in sections}
    for section in sections:
        behind = section.start + len(section.title)
        if len(section.title) < _LONGEST_TITLE and not _TITLE_STOP.match(text, behind):
            cuts.add(behind)
    for match in _SENTENCE_END.finditer(text):
        if match.lastgroup or (
            _CLOSED.match(text, match.end() - 2, match.end())
            and not text.startswith((",", "、", "的", ";", "。"), match.end())
        ):
            cuts.add(match.end())
    cuts.add(len(text))
    found: list[Sentence] = []
    starts = [section.start for section in sections]
    begin = 0
    for cut in sorted(cuts):
        start, end = begin, cut
        begin = cut
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            found.append(Sentence(start, end, bisect_right(starts, start) - 1))
    return tuple(found)
