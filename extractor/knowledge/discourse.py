"""How prose is built around its numbers: word classes, shapes, lists, scopes, periods, relations, zeros."""

from __future__ import annotations

import re
from collections.abc import Mapping

import regex

from ..data.records import record
from ..errors import KnowledgeError
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
from .source import Toml, alternation, known_keys, read_toml, read_words, text_of, texts_of
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
    sorts: frozenset[str]
    modals: frozenset[str]
    suffixes: tuple[str, ...]
    sums: frozenset[str]
    announcers: frozenset[str]
    dividing: re.Pattern[str]
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
        KnowledgeError: a word has two tags, a tag or kind is unknown, a pattern does not compile.
    """
    data = read_toml(_FILE)
    known_keys(
        data,
        frozenset(
            {
                "tags",
                "shapes",
                "markers",
                "lists",
                "topics",
                "scopes",
                "scope_names",
                "subjects",
                "authors",
                "periods",
                "dating",
                "report_year",
                "counts",
                "movements",
                "plans",
                "exclusions",
                "headings",
                "relations",
                "zero",
            }
        ),
        _FILE,
        "(top)",
    )
    tags = _tags(data["tags"])
    markers = _by_word(data["markers"], "markers", "kind", LIST_KINDS)
    scopes = _by_word(data["scopes"], "scopes", "kind", frozenset(KINDS))
    lists = data["lists"]
    planned = texts_of(lists, "planned_figures", _FILE, "lists")
    excluded = data["exclusions"]
    known_keys(
        excluded,
        frozenset({"times", "marks", "articles", "ranks", "rank_unit", "rank_among", "rank_standing"}),
        _FILE,
        "exclusions",
    )
    known_keys(data["counts"], frozenset({"word", "standing"}), _FILE, "counts")
    known_keys(data["headings"], frozenset({"tails"}), _FILE, "headings")
    authors = read_authors(data["authors"], _compiled)
    words = tuple(dict.fromkeys([*tags, *markers, *scopes, *read_words("domain")]))
    return Discourse(
        tags=tags,
        words=tuple(word for word in words if len(word) > 1),
        shapes=tuple(_shape(item, index) for index, item in enumerate(data["shapes"])),
        markers=markers,
        respectively=texts_of(lists, "respectively", _FILE, "lists"),
        alternatives=texts_of(lists, "alternatives", _FILE, "lists"),
        each=texts_of(lists, "each", _FILE, "lists"),
        stages=texts_of(lists, "stages", _FILE, "lists"),
        generic=frozenset(texts_of(lists, "generic", _FILE, "lists")),
        comparers=frozenset(texts_of(lists, "comparers", _FILE, "lists")),
        everything=frozenset(texts_of(lists, "everything", _FILE, "lists")),
        comparing=texts_of(lists, "comparing", _FILE, "lists"),
        void=_quick(text_of(lists, "void", _FILE, "lists"), "lists.void"),
        named_kinds=frozenset(texts_of(lists, "named_kinds", _FILE, "lists")),
        more=_quick(text_of(lists, "more", _FILE, "lists"), "lists.more"),
        summed=frozenset(texts_of(lists, "summed", _FILE, "lists")),
        moves=texts_of(lists, "moves", _FILE, "lists"),
        siblings=texts_of(lists, "siblings", _FILE, "lists"),
        each_of=_compiled(text_of(lists, "each_of", _FILE, "lists"), "lists.each_of"),
        averages=frozenset(texts_of(lists, "averages", _FILE, "lists")),
        earlier=frozenset(texts_of(lists, "earlier", _FILE, "lists")),
        manners=frozenset(texts_of(lists, "manners", _FILE, "lists")),
        aspects=frozenset(texts_of(lists, "aspects", _FILE, "lists")),
        figures=frozenset((*texts_of(lists, "figures", _FILE, "lists"), *planned)),
        planned_figures=planned,
        extremes=frozenset(texts_of(lists, "extremes", _FILE, "lists")),
        excepting=texts_of(lists, "excepting", _FILE, "lists"),
        measures=frozenset(texts_of(lists, "measures", _FILE, "lists")),
        leaning=frozenset(texts_of(lists, "leaning", _FILE, "lists")),
        announcers=frozenset(texts_of(lists, "announcers", _FILE, "lists")),
        dividing=_quick(text_of(lists, "dividing", _FILE, "lists"), "lists.dividing"),
        sums=frozenset(texts_of(lists, "sums", _FILE, "lists")),
        suffixes=texts_of(lists, "suffixes", _FILE, "lists"),
        modals=frozenset(texts_of(lists, "modals", _FILE, "lists")),
        frequencies=frozenset(texts_of(lists, "frequencies", _FILE, "lists")),
        sorts=frozenset(texts_of(lists, "sorts", _FILE, "lists")),
        trailing=frozenset(texts_of(lists, "trailing", _FILE, "lists")),
        noun_shapes=frozenset(texts_of(lists, "trailing_shapes", _FILE, "lists")),
        locatives=frozenset(texts_of(lists, "locatives", _FILE, "lists")),
        attributes=frozenset(texts_of(lists, "attributes", _FILE, "lists")),
        insides=frozenset(texts_of(lists, "insides", _FILE, "lists")),
        topic_fillers=re.compile(alternation(texts_of(lists, "topic_fillers", _FILE, "lists"))),
        composed=texts_of(lists, "composed", _FILE, "lists"),
        subsets=texts_of(lists, "subsets", _FILE, "lists"),
        remainders=texts_of(lists, "remainders", _FILE, "lists"),
        rests=frozenset(texts_of(lists, "rests", _FILE, "lists")),
        topics=read_topics(data["topics"]),
        scopes=scopes,
        scope_names=read_scope_names(data["scope_names"], tuple(scopes), _compiled),
        subjects=read_subjects(data["subjects"], data["tags"]["V"], _compiled),
        authors=authors,
        periods=read_periods(data, _compiled, _quick),
        plan=re.compile(alternation(texts_of(data["plans"], "words", _FILE, "plans"))),
        ahead=re.compile(alternation(texts_of(data["plans"], "always", _FILE, "plans"))),
        plan_sections=texts_of(data["plans"], "sections", _FILE, "plans"),
        so_far=text_of(data["counts"], "word", _FILE, "counts"),
        standing=_quick(text_of(data["counts"], "standing", _FILE, "counts"), "counts.standing"),
        origin=_quick(text_of(data["movements"], "origin", _FILE, "movements"), "movements.origin"),
        onward=_quick(text_of(data["movements"], "onward", _FILE, "movements"), "movements.onward"),
        times=_reasons(excluded, "times"),
        marks=_reasons(excluded, "marks"),
        articles=_reasons(excluded, "articles"),
        ranks=_reasons(excluded, "ranks"),
        rank_unit=text_of(excluded, "rank_unit", _FILE, "exclusions"),
        rank_among=texts_of(excluded, "rank_among", _FILE, "exclusions"),
        rank_standing=_compiled(
            text_of(excluded, "rank_standing", _FILE, "exclusions"), "exclusions.rank_standing"
        ),
        heading_tails=texts_of(data["headings"], "tails", _FILE, "headings"),
        relations=read_relations(data["relations"], _compiled),
        zero=read_zero(data["zero"], _compiled, _quick),
    )


def _reasons(table: Toml, key: str) -> frozenset[str]:
    """Returns the reasons at `key`, each one of `kb/exclusions.toml`."""
    reasons = frozenset(texts_of(table, key, _FILE, "exclusions"))
    if unknown := reasons.difference(read_toml("exclusions.toml")):
        raise KnowledgeError(_FILE, f"exclusions.{key}", sorted(unknown), "reasons of exclusions.toml")
    return reasons


def _tags(table: Toml) -> dict[str, str]:
    tags: dict[str, str] = {}
    for tag in table:
        if tag not in TAGS:
            raise KnowledgeError(_FILE, f"tags.{tag}", tag, f"one of {', '.join(sorted(TAGS))}")
        for word in texts_of(table, tag, _FILE, "tags"):
            tags.setdefault(word, tag)
    return tags


def _by_word(items: list[Toml], place: str, key: str, kinds: frozenset[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for index, item in enumerate(items):
        known_keys(item, frozenset({key, "words"}), _FILE, f"{place}[{index}]")
        kind = text_of(item, key, _FILE, f"{place}[{index}]")
        if kind not in kinds:
            raise KnowledgeError(_FILE, f"{place}[{index}].{key}", kind, f"one of {', '.join(sorted(kinds))}")
        for word in texts_of(item, "words", _FILE, f"{place}[{index}]"):
            if found.setdefault(word, kind) != kind:
                raise KnowledgeError(_FILE, f"{place}[{index}]", word, "a word of one kind only")
    return found


def _shape(item: Toml, index: int) -> Shape:
    place = f"shapes[{index}]"
    known_keys(item, frozenset({"id", "head", "pattern"}), _FILE, place)
    head = text_of(item, "head", _FILE, place)
    if head not in {"before", "after"}:
        raise KnowledgeError(_FILE, f"{place}.head", head, "before or after")
    steps: list[tuple[tuple[str, ...], str]] = []
    for step in item["pattern"]:
        operator = step[-1] if step[-1] in {"*", "?", "+"} else ""
        tags = tuple(tag for tag in step if tag not in {"*", "?", "+"})
        unknown = set(tags) - SHAPE_TAGS
        if unknown:
            raise KnowledgeError(_FILE, f"{place}.pattern", sorted(unknown), "known tags")
        steps.append((tags, operator))
    if sum(tags == ("Q",) for tags, _ in steps) != 1:
        raise KnowledgeError(_FILE, f"{place}.pattern", steps, "exactly one step that is Q alone")
    return Shape(text_of(item, "id", _FILE, place), head, tuple(steps))


def _quick(pattern: str, place: str) -> re.Pattern[str]:
    """Returns a pattern of `re`, which looks through a few words in a third of the time `regex` takes."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise KnowledgeError(_FILE, place, str(error), "a pattern of Python's re") from error


def _compiled(pattern: str, place: str) -> regex.Pattern[str]:
    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise KnowledgeError(_FILE, place, str(error), "a valid pattern") from error
