"""Whose report a document is, of which level and for which year, with the evidence.

Source: a report says so in its title, in a sentence about who wrote it, in its file name, or not at all; a manifest
of the collection knows best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import PurePosixPath
from typing import NamedTuple

import regex

from .data import Report
from .knowledge import Knowledge
from .knowledge.bodies import Bodies
from .knowledge.periods import YearSigns
from .numerals import parse
from .periods import report_year
from .widths import REMOVED, fold_widths

_HEAD = 4000
_TITLES = 1600  # characters of the text in which a title stands
_LONGEST = 70  # characters of a title up to its noun, and behind it
_BEHIND = 12
_NOUNS = 60  # words that could end one, before a text is taken to have none
_NO_BLANK = regex.compile(rf"[^\s{REMOVED}]")
_ZERO = Decimal(0)
_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_FILE_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FILE_BODY = regex.compile(r"\p{Han}{2,30}")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Hints:
    """What a manifest says of a report; "" or None where it says nothing."""

    title: str = ""
    body: str = ""
    level: str = ""
    parent: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing a source says: `field` is title, body, level, parent or year, `source` a key of `kb/bodies.toml`.

    `start`/`end` lie in `Report.text`, both 0 where the source is not the text; `place` is where they stand.
    """

    field: str
    source: str
    value: str
    confidence: Decimal
    start: int = 0
    end: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report it is; "" or None for what is not known.

    `body` is the name in full, without the words of the government (人民政府); `level` is an id of
    `kb/bodies.toml`, `parent` the region the body belongs to. `confidence` in [0, 1] is that of the less certain of
    body and year, 0 where one of them is not known.
    """

    title: str = ""
    body: str = ""
    level: str = ""
    parent: str = ""
    year: int | None = None
    confidence: Decimal = _ZERO
    evidence: tuple[Evidence, ...] = ()


class Name(NamedTuple):
    """A name taken apart: in full, its regions, largest first, with their levels, and whether an organ follows."""

    body: str
    regions: tuple[tuple[str, str], ...]
    organ: bool

    @property
    def parent(self) -> str:
        """Returns the region the body belongs to, "" where the name does not say."""
        above = self.regions if self.organ else self.regions[:-1]
        return "".join(region for region, _ in above)

    @property
    def level(self) -> str:
        """Returns the level of the last region, "organ" for an organ."""
        return "organ" if self.organ else self.regions[-1][1]


class _Text(NamedTuple):
    """Text without blanks; character i stands at `starts[i]` of the original."""

    text: str
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.starts[start], self.starts[end - 1] + 1

    def parted(self, place: int) -> bool:
        """Says whether blanks stood before the character at `place`."""
        return place > 0 and self.starts[place] > self.starts[place - 1] + 1


def identify(report: Report, hints: Hints | None, knowledge: Knowledge) -> Identity:
    """Returns whose report it is, from manifest, title, first sentences, file name and text, in this order.

    Of sources that disagree the first counts, and all are in the evidence; their disagreement lowers the
    confidence. It is no proof: a title may carry last year's number.
    """
    bodies = knowledge.bodies
    found: list[Evidence] = []
    if hints is not None:
        found.extend(_of_manifest(hints, bodies))
    text = fold_widths(report.text[:_HEAD])
    found.extend(_of_title(_squeezed(text[:_TITLES]), report, bodies))
    found.extend(_of_sentences(text, report, bodies))
    found.extend(_of_file(report.source, bodies))
    if "body" not in {item.field for item in found}:
        found.extend(_of_heads(text, report, bodies))
    if not {"body", "year"} <= {item.field for item in found}:
        found.extend(_of_text(text, report.text, knowledge.discourse.periods.report, bodies))
    return _decide(found, text, bodies)


def name_of(written: str, bodies: Bodies) -> Name | None:
    """Returns the body's name `written` taken apart; None where it is no name of one body."""
    name = bodies.tails.sub("", written)
    for lead in bodies.leads:
        name = name.removeprefix(lead)
    if not name or bodies.generic.search(name):
        return None
    state = next((prefix for prefix in bodies.prefixes if name.startswith(prefix)), "")
    regions, rest = _regions(name.removeprefix(state), bodies)
    government = next((word for word in bodies.government if rest.startswith(word)), "") if regions else ""
    if regions and not state and rest.removeprefix(government) in ("", *bodies.cut):
        return Name("".join(region for region, _ in regions), tuple(regions), organ=False)
    if name == state or name.endswith(bodies.organs):
        return Name(name, tuple(regions), organ=True)
    return None


def _regions(name: str, bodies: Bodies) -> tuple[list[tuple[str, str]], str]:
    """Returns the regions that `name` begins with, level by level downward, and the rest of it."""
    regions: list[tuple[str, str]] = []
    place = 0
    while (match := bodies.region.match(name, place)) is not None:
        if any(match[0].endswith(word) and len(match[0]) != len(word) + 1 for word in bodies.common):
            break
        level = bodies.suffixes[match["suffix"]]
        if regions and regions[-1][1] == level == bodies.levels[1].id:
            level = bodies.levels[2].id  # a city below a city is one of a county's rank
        if regions and bodies.rank(level) <= bodies.rank(regions[-1][1]):
            break
        regions.append((match[0], level))
        place = match.end()
    return regions, name[place:]


def _of_manifest(hints: Hints, bodies: Bodies) -> Iterator[Evidence]:
    """Yields what the manifest says, in its own words."""
    name = name_of(hints.body, bodies) if hints.body else None
    said = {
        "title": hints.title,
        "body": name.body if name is not None else hints.body,
        "level": hints.level or (name.level if name is not None else ""),
        "parent": hints.parent or (name.parent if name is not None else ""),
        "year": "" if hints.year is None else str(hints.year),
    }
    for field, value in said.items():
        if value:
            yield Evidence(field, "manifest", value, bodies.confidence["manifest"])


def _of_title(text: _Text, report: Report, bodies: Bodies) -> Iterator[Evidence]:
    """Yields what the first title of the text says; one that names body and year goes before one that does not."""
    best: tuple[regex.Match[str], str, int] | None = None
    for match in _titles(text.text, bodies):
        body, start = _named(text, match, bodies)
        if match["body"] and not body and not match["year"]:
            continue  # no title: words that end like one
        if best is None or (body and match["year"] and not (best[1] and best[0]["year"])):
            best = match, body, start
        if body and match["year"]:
            break
    if best is None:
        return
    match, body, start = best
    first = start if body or not match["body"] else match.end("body")

    def evidence(field: str, value: str, begin: int, end: int) -> Evidence:
        left, right = text.span(begin, end)
        return Evidence(field, "title", value, bodies.confidence["title"], left, right, report.place_of(left))

    yield evidence("title", text.text[first : match.end()], first, match.end())
    if body:
        yield evidence("body", body, start, match.end("body"))
    year = _year(match["year"])
    if year is not None:
        yield evidence("year", str(year), *match.span("year"))


def _titles(text: str, bodies: Bodies) -> Iterator[regex.Match[str]]:
    """Yields what may be titles, from wherever one could begin before each word that ends one."""
    start = 0
    for noun in islice(bodies.noun.finditer(text), _NOUNS):
        start = max(start, noun.start() - _LONGEST)
        end = min(noun.end() + _BEHIND, len(text))
        for match in bodies.title.finditer(text, start, end, overlapped=True):
            yield match
            start = match.start() + 1


def _named(text: _Text, match: regex.Match[str], bodies: Bodies) -> tuple[str, int]:
    """Returns the body a title names and where its name begins.

    What stands before a blank belongs to the name only where it is a region: 潮州市 商务局, not 首页 潮州市.
    """
    if not match["body"]:
        return "", match.start()
    start, end = match.span("body")
    edges = [place for place in range(start + 1, end) if text.parted(place)]
    best: tuple[str, int] = ("", start)
    for edge in (*reversed(edges), start):
        name = name_of(text.text[edge:end], bodies)
        if name is None:
            continue  # a piece of a name, or words that are none
        if best[0] and not best[0].startswith(name.body) and not name.body.endswith(best[0]):
            break
        if best[0] and not name_of(name.body.removesuffix(best[0]), bodies):
            break
        best = name.body, edge
    return best


def _of_sentences(text: str, report: Report, bodies: Bodies) -> Iterator[Evidence]:
    """Yields the bodies that sentences about the report name; an office of a government means the government."""
    for pattern in (*bodies.sentences, bodies.line):
        for match in pattern.finditer(text):
            name = name_of(match["body"], bodies)
            if name is None or (pattern is bodies.line and not name.regions):
                continue  # 我局, or no name at all
            region = "".join(region for region, _ in name.regions)
            body = region if region and _writes(name, region, bodies) else name.body
            start, end = match.span("body")
            yield Evidence(
                "body", "sentence", body, bodies.confidence["sentence"], start, end, report.place_of(start)
            )


def _of_heads(text: str, report: Report, bodies: Bodies) -> Iterator[Evidence]:
    """Yields the body that begins a line, before the year: a title of no form that is known, or a first sentence."""
    for match in sorted(
        (match for pattern in bodies.heads for match in pattern.finditer(text)),
        key=lambda match: match.start(),
    ):
        name = name_of(match["body"], bodies)
        if name is not None:
            start, end = match.span("body")
            yield Evidence(
                "body",
                "sentence",
                name.body,
                bodies.confidence["sentence"],
                start,
                end,
                report.place_of(start),
            )


def _writes(name: Name, region: str, bodies: Bodies) -> bool:
    """Says whether a body is an office of its region's government, which writes the report for it."""
    rest = name.body.removeprefix(region)
    return rest.startswith((*bodies.government, *bodies.offices))


def _of_file(source: str, bodies: Bodies) -> Iterator[Evidence]:
    """Yields what the name of the file says."""
    stem = PurePosixPath(source.replace("\\", "/").rpartition("!")[2]).stem
    text = fold_widths(stem)
    weight = bodies.confidence["file"]
    match = bodies.title.search("".join(text.split()))
    names = [match["body"]] if match is not None and match["body"] else _FILE_BODY.findall(text)
    name = next((name for written in names if (name := name_of(written, bodies)) is not None), None)
    if match is not None:
        yield Evidence("title", "file", match[0], weight)
    if name is not None:
        yield Evidence("body", "file", name.body, weight)
    year = _FILE_YEAR.search(text)
    if year is not None:
        yield Evidence("year", "file", year[0], weight)


def _of_text(head: str, text: str, signs: YearSigns, bodies: Bodies) -> Iterator[Evidence]:
    """Yields the year the text speaks of most, and the region its first page names most."""
    weight = bodies.confidence["text"]
    year = report_year(fold_widths(text), signs)
    if year is not None:
        yield Evidence("year", "text", str(year), weight)
    counts = Counter(
        name.body
        for match in bodies.mention.finditer(head)
        if (name := name_of(match["body"], bodies)) is not None
    )
    for body, count in counts.most_common(1):
        if count > 1:
            yield Evidence("body", "text", body, weight)


def _decide(found: Sequence[Evidence], text: str, bodies: Bodies) -> Identity:
    title = next((item.value for item in found if item.field == "title"), "")
    body, sure_body = _best("body", found, bodies)
    year, sure_year = _best("year", found, bodies)
    level, _ = _best("level", found, bodies)
    parent, _ = _best("parent", found, bodies)
    evidence = list(found)
    name = name_of(body, bodies) if body else None
    if name is not None:
        level = level or name.level
        parent = parent or name.parent
        if not parent and name.regions:
            above = _above(name, text, bodies)
            if above is not None:
                evidence.append(above)
                parent = above.value
    if parent and name is not None and not name.organ and not body.startswith(parent):
        body = parent + body
    return Identity(
        title, body, level, parent, int(year) if year else None, min(sure_body, sure_year), tuple(evidence)
    )


def _best(field: str, found: Sequence[Evidence], bodies: Bodies) -> tuple[str, Decimal]:
    """Returns what the first source says of `field`, and how sure it is.

    A title or file name that contradicts it takes off a share; one that writes more or fewer regions does not.
    """
    said = [item for item in found if item.field == field]
    if not said:
        return "", _ZERO
    first = said[0]
    rivals = [
        item
        for item in said[1:]
        if item.source in ("title", "file")
        and not item.value.endswith(first.value)
        and not first.value.endswith(item.value)
    ]
    return first.value, first.confidence - (bodies.conflict if rivals else _ZERO)


def _above(name: Name, text: str, bodies: Bodies) -> Evidence | None:
    """Returns the region that the text writes most often before the body's name (淮安市 before 洪泽区)."""
    counts: Counter[str] = Counter()
    spans: dict[str, tuple[int, int]] = {}
    start = 0
    while (place := text.find(name.body, start)) >= 0:
        start = place + 1
        run = _last_run(text, place, bodies)
        regions, rest = _regions(run, bodies)
        if regions and not rest and bodies.rank(regions[-1][1]) < bodies.rank(name.regions[0][1]):
            counts[run] += 1
            spans.setdefault(run, (place - len(run), place))
    for parent, _ in counts.most_common(1):
        return Evidence("parent", "sentence", parent, bodies.confidence["sentence"], *spans[parent])
    return None


def _last_run(text: str, end: int, bodies: Bodies) -> str:
    """Returns the Han characters right before `end`, back to what may stand before a name."""
    start = end
    while start > 0 and end - start < 20 and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
        if text[start] in bodies.before and start + 1 < end:
            return text[start + 1 : end]
    return text[start:end]


def _year(written: str | None) -> int | None:
    if not written:
        return None
    year = parse(written.translate(_DIGITS))
    return None if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR else int(year)


def _squeezed(text: str) -> _Text:
    kept = [match.start() for match in _NO_BLANK.finditer(text)]
    return _Text("".join(text[place] for place in kept), tuple(kept))
