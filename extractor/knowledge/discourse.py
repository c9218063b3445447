"""How prose is built around its numbers: word classes, shapes, lists, scopes, periods, relations, zeros."""

from __future__ import annotations

import re
from collections.abc import Mapping

import regex

from ..data.records import record
from .periods import PeriodWords, read_periods
from .relations import Relations, read_relations
from .scopes import (
    KINDS,
    Authors,
    ScopeNames,
    SubjectWords,
    read_authors,
    read_scope_names,
    read_subjects,
)
from .source import Section, alternation, read_toml, read_words
from .topics import TopicWords, read_topics
from .zeros import Zero, read_zero

_FILE = "discourse.toml"
TAGS = frozenset({"V", "N", "ADV", "COP", "P", "CONJ", "AUX", "NEG", "HAVE"})
SHAPE_TAGS = TAGS | {"Q", "T", "S", "M", "END"}
LIST_KINDS = frozenset({"qizhong", "include", "about"})


@record
class Shape:
    """One pattern over tags; `head` says whether the thing counted stands before or after the quantity."""

    id: str
    head: str
    pattern: tuple[tuple[tuple[str, ...], str], ...]


@record
class Discourse:
    """Everything the claim stage knows about prose.

    `times`, `marks`, `articles` and `ranks` are reasons of exclusions that say when, that part clauses, that count
    nothing, and that claim a place in a ranking, counted in `rank_unit`, but behind one of `rank_among` with no
    `rank_standing` before it; `heading_tails` are the words of a heading that name nothing; a clause
    between the two of `excepting` leaves out some of what was named before.
    """

    tags: Mapping[str, str]
    words: tuple[str, ...]
    shapes: tuple[Shape, ...]
    markers: Mapping[str, str]
    respectively: tuple[str, ...]
    alternatives: tuple[str, ...]
    each: tuple[str, ...]
    stages: tuple[str, ...]
    generic: frozenset[str]
    comparers: frozenset[str]
    everything: frozenset[str]
    comparing: tuple[str, ...]
    void: re.Pattern[str]
    named_kinds: frozenset[str]
    more: re.Pattern[str]
    summed: frozenset[str]
    frequencies: frozenset[str]
    rounds: frozenset[str]
    sorts: frozenset[str]
    modals: frozenset[str]
    suffixes: tuple[str, ...]
    sums: frozenset[str]
    announcers: frozenset[str]
    dividing: re.Pattern[str]
    divided: re.Pattern[str]
    measures: frozenset[str]
    leaning: frozenset[str]
    siblings: tuple[str, ...]
    averages: frozenset[str]
    earlier: frozenset[str]
    manners: frozenset[str]
    figures: frozenset[str]
    planned_figures: tuple[str, ...]
    aspects: frozenset[str]
    extremes: frozenset[str]
    excepting: tuple[str, ...]
    each_of: regex.Pattern[str]
    moves: tuple[str, ...]
    trailing: frozenset[str]
    noun_shapes: frozenset[str]
    locatives: frozenset[str]
    attributes: frozenset[str]
    insides: frozenset[str]
    dealing: frozenset[str]
    topic_fillers: re.Pattern[str]
    composed: tuple[str, ...]
    subsets: tuple[str, ...]
    rests: frozenset[str]
    remainders: tuple[str, ...]
    topics: TopicWords
    scopes: Mapping[str, str]
    scope_names: ScopeNames
    subjects: SubjectWords
    authors: Authors
    periods: PeriodWords
    plan: re.Pattern[str]
    ahead: re.Pattern[str]
    plan_sections: tuple[str, ...]
    so_far: str
    standing: re.Pattern[str]
    origin: re.Pattern[str]
    onward: re.Pattern[str]
    times: frozenset[str]
    marks: frozenset[str]
    articles: frozenset[str]
    ranks: frozenset[str]
    rank_unit: str
    rank_among: tuple[str, ...]
    rank_standing: regex.Pattern[str]
    heading_tails: tuple[str, ...]
    relations: Relations
    zero: Zero


def load_discourse() -> Discourse:
    """Returns the discourse knowledge of `kb/discourse.toml` and `kb/words/domain.txt`.

    Raises:
        KnowledgeError: a key is misspelt, a word has two tags, a tag or kind is unknown, a pattern does not compile.
    """
    with Section(read_toml(_FILE), _FILE) as data:
        return _discourse(data)


def _discourse(data: Section) -> Discourse:
    tagged = data.section("tags")
    tags = _tags(tagged)
    markers = _by_word(data, "markers", LIST_KINDS)
    scopes = _by_word(data, "scopes", frozenset(KINDS))
    lists, plans, excluded = data.section("lists"), data.section("plans"), data.section("exclusions")
    counts, movements = data.section("counts"), data.section("movements")
    planned = lists.texts("planned_figures")
    words = tuple(dict.fromkeys([*tags, *markers, *scopes, *read_words("domain")]))
    return Discourse(
        tags=tags,
        words=tuple(word for word in words if len(word) > 1),
        shapes=tuple(map(_shape, data.sections("shapes"))),
        markers=markers,
        respectively=lists.texts("respectively"),
        alternatives=lists.texts("alternatives"),
        each=lists.texts("each"),
        stages=lists.texts("stages"),
        generic=lists.set("generic"),
        comparers=lists.set("comparers"),
        everything=lists.set("everything"),
        comparing=lists.texts("comparing"),
        void=lists.pattern("void"),
        named_kinds=lists.set("named_kinds"),
        more=lists.pattern("more"),
        summed=lists.set("summed"),
        moves=lists.texts("moves"),
        siblings=lists.texts("siblings"),
        each_of=lists.regex_pattern("each_of"),
        averages=lists.set("averages"),
        earlier=lists.set("earlier"),
        manners=lists.set("manners"),
        aspects=lists.set("aspects"),
        figures=frozenset((*lists.texts("figures"), *planned)),
        planned_figures=planned,
        extremes=lists.set("extremes"),
        excepting=lists.texts("excepting"),
        measures=lists.set("measures"),
        leaning=lists.set("leaning"),
        announcers=lists.set("announcers"),
        dividing=lists.pattern("dividing"),
        divided=lists.pattern("divided"),
        sums=lists.set("sums"),
        suffixes=lists.texts("suffixes"),
        modals=lists.set("modals"),
        frequencies=lists.set("frequencies"),
        rounds=lists.set("rounds"),
        sorts=lists.set("sorts"),
        trailing=lists.set("trailing"),
        noun_shapes=lists.set("trailing_shapes"),
        locatives=lists.set("locatives"),
        attributes=lists.set("attributes"),
        insides=lists.set("insides"),
        dealing=lists.set("dealing"),
        topic_fillers=re.compile(alternation(lists.texts("topic_fillers"))),
        composed=lists.texts("composed"),
        subsets=lists.texts("subsets"),
        remainders=lists.texts("remainders"),
        rests=lists.set("rests"),
        topics=read_topics(data.section("topics")),
        scopes=scopes,
        scope_names=read_scope_names(data.section("scope_names"), tuple(scopes)),
        subjects=read_subjects(data.section("subjects"), tagged.texts("V")),
        authors=read_authors(data.section("authors")),
        periods=read_periods(data),
        plan=re.compile(alternation(plans.texts("words"))),
        ahead=re.compile(alternation(plans.texts("always"))),
        plan_sections=plans.texts("sections"),
        so_far=counts.text("word"),
        standing=counts.pattern("standing"),
        origin=movements.pattern("origin"),
        onward=movements.pattern("onward"),
        times=_reasons(excluded, "times"),
        marks=_reasons(excluded, "marks"),
        articles=_reasons(excluded, "articles"),
        ranks=_reasons(excluded, "ranks"),
        rank_unit=excluded.text("rank_unit"),
        rank_among=excluded.texts("rank_among"),
        rank_standing=excluded.regex_pattern("rank_standing"),
        heading_tails=data.section("headings").texts("tails"),
        relations=read_relations(data.section("relations")),
        zero=read_zero(data.section("zero")),
    )


def _reasons(table: Section, key: str) -> frozenset[str]:
    """Returns the reasons at `key`, each one of `kb/exclusions.toml`."""
    reasons = table.set(key)
    if unknown := reasons.difference(read_toml("exclusions.toml")):
        raise table.wrong(key, "reasons of exclusions.toml", sorted(unknown))
    return reasons


def _tags(table: Section) -> dict[str, str]:
    tags: dict[str, str] = {}
    for tag in table:
        if tag not in TAGS:
            raise table.wrong(tag, f"one of {', '.join(sorted(TAGS))}", tag)
        for word in table.texts(tag):
            tags.setdefault(word, tag)
    return tags


def _by_word(data: Section, key: str, kinds: frozenset[str]) -> dict[str, str]:
    """Returns word → kind of the tables at `key`."""
    found: dict[str, str] = {}
    for item in data.sections(key):
        kind = item.text("kind")
        if kind not in kinds:
            raise item.wrong("kind", f"one of {', '.join(sorted(kinds))}")
        for word in item.texts("words"):
            if found.setdefault(word, kind) != kind:
                raise item.wrong("words", "words of one kind only", word)
    return found


def _shape(item: Section) -> Shape:
    head = item.text("head")
    if head not in {"before", "after"}:
        raise item.wrong("head", "before or after")
    steps: list[tuple[tuple[str, ...], str]] = []
    for step in item.lists("pattern"):
        operator = step[-1] if step[-1] in {"*", "?", "+"} else ""
        tags = tuple(tag for tag in step if tag not in {"*", "?", "+"})
        if unknown := set(tags) - SHAPE_TAGS:
            raise item.wrong("pattern", "known tags", sorted(unknown))
        steps.append((tags, operator))
    if sum(tags == ("Q",) for tags, _ in steps) != 1:
        raise item.wrong("pattern", "exactly one step that is Q alone", steps)
    return Shape(item.text("id"), head, tuple(steps))
