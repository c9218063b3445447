"""Titles of final accounts and budgets: the year they name, the tables the contents promise, what was not filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..data import Finding, Params
from ..knowledge import Knowledge
from ..knowledge.outlines import Outline
from ..knowledge.statements import Statements
from ..tables.ledger import Ledger
from ..units import factor
from .prose import Prose, counts, finding

_EMPTY, _OTHER_YEAR, _YUAN = "text.empty_table", "last_year", "元"
_SHOWN = 3
_STOP, _MARK = "。", "#"
_YEAR, _MISSING, _UNLISTED, _BLANK = (
    "text.heading_year",
    "text.table_missing",
    "text.table_unlisted",
    "text.unfilled",
)


def check_outline(prose: Prose, ledger: Ledger, knowledge: Knowledge) -> Iterator[Finding]:
    """Yields headings of another year than the title's, tables that only the contents or only the body has, and gaps.

    These have no number for evidence, so the heading stands in their words, and they point to the lines that hold it.
    A table without any amount of which the text tells amounts is told with them.
    """
    rules = knowledge.outline
    told = list(_lines(prose.text))
    lines = [line.words for line in told]
    for words, params in _years(lines, rules):
        yield _finding(_YEAR, words, told, knowledge, **params)
    for words in dict.fromkeys(words for words in lines if rules.blank.search(words)):
        if len(words) <= rules.heading_longest:
            yield _finding(_BLANK, words, told, knowledge)
    listed, body = _split(lines, rules)
    for code, words in _tables(listed, body, ledger, rules, knowledge.statements):
        yield _finding(code, words, told, knowledge)
    yield from _empty(prose, ledger, knowledge)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that holds more than blanks: its words without them, and its half-open span."""

    words: str
    start: int
    end: int


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        words = "".join(line.split()).lstrip(_MARK)
        if words:
            at = start + len(line) - len(line.lstrip())
            yield _Line(words, at, start + len(line.rstrip()))
        start += len(line) + 1


def _places(said: str, lines: Sequence[_Line], rules: Outline) -> tuple[tuple[int, int], ...]:
    """Returns the spans of the lines that are `said`, numbered or not; else of the first that holds it."""
    own = [line for line in lines if said in (line.words, _entry(line.words, rules))]
    found = own or [line for line in lines if said in line.words][:1]
    return tuple((line.start, line.end) for line in found)


def _empty(prose: Prose, ledger: Ledger, knowledge: Knowledge) -> Iterator[Finding]:
    """Yields the tables without any amount of which the text tells amounts above zero, with these."""
    units = knowledge.language.units
    patterns = knowledge.outline.amounts
    for kind in sorted(patterns.keys() & ledger.empty.keys()):
        told = [
            claim
            for claim in prose.claims
            if counts(claim)
            and claim.value
            and claim.period.kind != _OTHER_YEAR
            and claim.unit
            and factor(claim.unit, _YUAN, units) is not None
            and patterns[kind].search(prose.head(claim))
        ]
        if told:
            made = finding(knowledge, _EMPTY, told[:_SHOWN], "", None)
            yield replace(made, params={"said": ledger.empty[kind]})


def _finding(code: str, said: str, lines: Sequence[_Line], knowledge: Knowledge, **params: int) -> Finding:
    told: Params = {"said": said, **params}
    severity = knowledge.messages.severity(code)
    return Finding(code, None, severity, params=told, places=_places(said, lines, knowledge.outline))


def _years(lines: Sequence[str], rules: Outline) -> Iterator[tuple[str, dict[str, int]]]:
    """Yields each heading that names another year than the title, with both."""
    title = next((match for line in lines[: rules.first] if (match := rules.title.search(line))), None)
    if title is None:
        return
    year = int(title["year"])
    for line in dict.fromkeys(lines):
        heading = rules.heading.search(line) if len(line) <= rules.heading_longest else None
        if heading is None or rules.back.search(rules.before.sub("", line)):
            continue
        told = int(heading["year"])
        if told != year and abs(told - year) <= rules.apart:
            yield line, {"year": year, "told": told}


def _split(lines: Sequence[str], rules: Outline) -> tuple[list[str], list[str]]:
    """Returns the entries of the contents, without numbers and pages, and the lines of the body.

    The contents end where one of their entries comes again, or a line is no entry.
    """
    start = next((place for place, line in enumerate(lines) if rules.contents.search(line)), None)
    if start is None:
        return [], list(lines)
    entries: list[str] = []
    seen: list[str] = []
    for line in lines[start + 1 : start + 1 + rules.most]:
        parts = [_entry(part, rules) for part in rules.between.split(line)]
        entry = _entry(line, rules)
        longest = max(map(len, parts))
        if longest > rules.longest or not entry or entry in seen or _STOP in line:
            break
        seen.append(entry)
        entries += parts if len(parts) > rules.least else [entry]
    return entries, [*lines[:start], *lines[start + 1 + len(seen) :]]


def _entry(line: str, rules: Outline) -> str:
    return rules.behind.sub("", rules.before.sub("", line))


def _tables(
    listed: Sequence[str], body: Sequence[str], ledger: Ledger, rules: Outline, statements: Statements
) -> Iterator[tuple[str, str]]:
    """Yields the titles of tables that the contents name and the body lacks, and the other way."""
    promised = {
        kind: entry
        for entry in reversed(listed)
        if rules.table.search(entry) and (kind := _kind(entry, statements))
    }
    if len(promised) < rules.least:
        return
    there = {kind for kind, _ in ledger.titles.values()} | set(_told(body, rules, statements))
    missing = [kind for kind in promised if kind not in there]
    if len(missing) > (1 - rules.found) * len(promised):
        return  # the tables are elsewhere
    for kind in missing:
        yield _MISSING, promised[kind]
    for kind, title in ledger.titles.values():
        name = _entry(title, rules)
        if kind not in promised and rules.table.search(name):
            promised[kind] = name
            yield _UNLISTED, name


def _told(body: Sequence[str], rules: Outline, statements: Statements) -> Iterator[str]:
    """Yields the kinds of tables that lines of the body name: a title one, a paragraph any."""
    for line in body:
        if len(line) <= rules.longest:
            kind = _kind(line, statements)
            if kind:
                yield kind
        else:
            yield from (kind for kind, pattern in statements.titles if pattern.search(line))


def _kind(title: str, statements: Statements) -> str:
    return next((kind for kind, pattern in statements.titles if pattern.search(title)), "")
