"""Reads `arithmetic.toml`: the rules by which the numbers of one text are held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..errors import KnowledgeError
from .checking import (
    Account,
    AllDoneRules,
    Arithmetic,
    CertaintyRules,
    ChangeRules,
    ContradictionRules,
    EnumerationRules,
    FrameRules,
    NamedRate,
    Office,
    PartRules,
    RateRules,
)
from .source import Toml, alternation, known_keys, pattern_of, read_toml, text_of, texts_of

_FILE = "arithmetic.toml"


def load_arithmetic() -> Arithmetic:
    """Returns the rules of `kb/arithmetic.toml`.

    Raises:
        KnowledgeError: a key is missing or misspelt, a pattern is none, a pair has not two words.
    """
    table = read_toml(_FILE)
    sections = ("parts", "rate", "change", "enumeration", "contradiction", "all_done", "certainty", "frame")
    known_keys(
        table,
        frozenset(sections)
        | {
            "complement",
            "exclusive",
            "exhaustive",
            "overlapping",
            "named_rate",
            "account",
            "matter",
            "opposite",
        },
        _FILE,
        "(file)",
    )
    return Arithmetic(
        parts=_parts(table),
        rates=_rates(table),
        changes=_changes(
            _section(table, "change", "up", "down", "from", "to", "against", "before", "compared", "filler")
        ),
        enumeration=_enumeration(
            _section(
                table, "enumeration", "close", "separator", "longest", "named", "behind", "joint", "rest"
            )
        ),
        contradiction=_contradiction(
            _section(
                table,
                "contradiction",
                "filler",
                "long",
                "shortest",
                "single",
                "total",
                "denied",
                "shared",
                "letters",
            )
        ),
        all_done=_all_done(
            _section(table, "all_done", "done", "in_time", "except", "old", "about", "carried", "figures")
        ),
        certainty=_certainty(
            _section(
                table,
                "certainty",
                "far",
                "notion",
                "notion_of_label",
                "notion_told",
                "joint",
                "examples",
                "apart",
                "quoted",
                "outside",
                "part",
                "behind",
                "counted",
                "year",
                "self",
                "office",
                "title",
                "level",
                "ranks",
                "parts",
                "undone",
                "taken",
                "within",
                "spans",
                "denial",
            )
        ),
        frames=_frames(table),
        accounts=tuple(
            _account(entry, place)
            for place, entry in _entries(table, "account", "total", "also", "parts", "full", "said")
        ),
    )


def _parts(table: Toml) -> PartRules:
    keys = ("open", "open_after", "sum", "joint", "selection", "near", "negation", "rest", "shared")
    section = _section(table, "parts", *keys)
    complements = []
    for place, entry in _entries(table, "complement", "words"):
        words = texts_of(entry, "words", _FILE, place)
        if len(words) != 2:
            raise KnowledgeError(_FILE, f"{place}.words", words, "two words")
        complements.append((words[0], words[1]))
    families = [
        (_longest_first(_words(entry, "words", place)), entry.get("nested", False))
        for place, entry in _entries(table, "exclusive", "id", "words", "nested")
    ]
    exclusives = tuple(family for family, _ in families)
    exhaustives = tuple(
        _longest_first(_words(entry, "words", place))
        for place, entry in _entries(table, "exhaustive", "words")
    )
    overlapping = tuple(
        word
        for place, entry in _entries(table, "overlapping", "words")
        for word in _words(entry, "words", place)
    )
    together = (*complements, *exclusives)
    kinds = _longest_first({word for family in together for word in family})
    return PartRules(
        open=re.compile(_any(_words(section, "open", "parts"))),
        open_after=re.compile(_any(_words(section, "open_after", "parts"))),
        sum=pattern_of(section, "sum", _FILE, "parts"),
        joint=pattern_of(section, "joint", _FILE, "parts"),
        selection=_share(section, "selection"),
        near=_share(section, "near"),
        negation=text_of(section, "negation", _FILE, "parts"),
        complements=tuple(complements),
        exclusives=exclusives,
        siblings=tuple(family for family, nested in families if not nested),
        exhaustives=exhaustives,
        overlapping=overlapping,
        shared=pattern_of(section, "shared", _FILE, "parts"),
        rest=pattern_of(section, "rest", _FILE, "parts"),
        kinds=kinds,
        families=tuple((family, _kin(family, together)) for family in together),
        any_kind=re.compile(alternation(kinds)),
    )


def _kin(family: Sequence[str], families: Iterable[Sequence[str]]) -> frozenset[str]:
    """Returns the words of the families that share one with `family`."""
    return frozenset(word for other in families if not set(other).isdisjoint(family) for word in other)


def _rates(table: Toml) -> RateRules:
    keys = (
        "suffixes",
        "contrary",
        "more",
        "due",
        "done",
        "link",
        "share",
        "of_named",
        "together",
        "joint",
        "among",
        "leaning",
    )
    section = _section(table, "rate", *keys)
    named: dict[str, NamedRate] = {}
    for place, entry in _entries(table, "named_rate", "rate", "numerator", "denominator"):
        rule = NamedRate(_words(entry, "numerator", place), _words(entry, "denominator", place))
        for name in _words(entry, "rate", place):
            if name in named:
                raise KnowledgeError(_FILE, f"{place}.rate", name, "each rate once")
            named[name] = rule
    link = pattern_of(section, "link", _FILE, "rate").pattern
    suffix = _any(_words(section, "suffixes", "rate"))
    return RateRules(
        name=re.compile(rf"(?P<name>(?P<stem>[\u4e00-\u9fff]+){suffix}){link}$"),
        share=pattern_of(section, "share", _FILE, "rate"),
        of_named=pattern_of(section, "of_named", _FILE, "rate"),
        contrary=text_of(section, "contrary", _FILE, "rate"),
        more=pattern_of(section, "more", _FILE, "rate"),
        together=pattern_of(section, "together", _FILE, "rate"),
        joint=pattern_of(section, "joint", _FILE, "rate"),
        among=pattern_of(section, "among", _FILE, "rate"),
        leaning=pattern_of(section, "leaning", _FILE, "rate"),
        due=_words(section, "due", "rate"),
        done=_words(section, "done", "rate"),
        named=named,
    )


def _changes(section: Toml) -> ChangeRules:
    up, down = (_any(_words(section, key, "change")) for key in ("up", "down"))
    to = _any(_words(section, "to", "change"))
    against, filler, compared = (
        pattern_of(section, key, _FILE, "change").pattern for key in ("against", "filler", "compared")
    )
    direction = f"(?:(?P<up>{up})|(?P<down>{down}))"
    return ChangeRules(
        start=pattern_of(section, "from", _FILE, "change"),
        reached=re.compile(rf"^[^,;。]{{0,8}}?{direction}{to}$"),
        step=re.compile(rf"^[,、(]?{against}{direction}{filler}$"),
        before=pattern_of(section, "before", _FILE, "change"),
        change=re.compile(rf"^[,、(]?(?:{against}|{compared})?{direction}{filler}$"),
    )


def _enumeration(section: Toml) -> EnumerationRules:
    return EnumerationRules(
        close=re.compile(f"(?:{_any(_words(section, 'close', 'enumeration'))})$"),
        separator=text_of(section, "separator", _FILE, "enumeration"),
        longest=_whole(section, "longest", "enumeration"),
        named=pattern_of(section, "named", _FILE, "enumeration"),
        behind=pattern_of(section, "behind", _FILE, "enumeration"),
        joint=pattern_of(section, "joint", _FILE, "enumeration"),
        rest=pattern_of(section, "rest", _FILE, "enumeration"),
    )


def _contradiction(section: Toml) -> ContradictionRules:
    return ContradictionRules(
        filler=re.compile(_any(_words(section, "filler", "contradiction"))),
        long=pattern_of(section, "long", _FILE, "contradiction"),
        shortest=_whole(section, "shortest", "contradiction"),
        single=_words(section, "single", "contradiction"),
        total=pattern_of(section, "total", _FILE, "contradiction"),
        denied=pattern_of(section, "denied", _FILE, "contradiction"),
        shared=_share(section, "shared"),
        letters=_whole(section, "letters", "contradiction"),
    )


def _all_done(section: Toml) -> AllDoneRules:
    return AllDoneRules(
        done=pattern_of(section, "done", _FILE, "all_done"),
        in_time=pattern_of(section, "in_time", _FILE, "all_done"),
        exceptions=re.compile(
            f"{_any(_words(section, 'except', 'all_done'))}|{pattern_of(section, 'old', _FILE, 'all_done').pattern}"
        ),
        about=re.compile(_any(_words(section, "about", "all_done"))),
        carried=pattern_of(section, "carried", _FILE, "all_done"),
        figures=frozenset(_words(section, "figures", "all_done")),
    )


def _certainty(section: Toml) -> CertaintyRules:
    return CertaintyRules(
        far=_whole(section, "far", "certainty"),
        notion=_share(section, "notion"),
        notion_of_label=_share(section, "notion_of_label"),
        notion_told=_share(section, "notion_told"),
        joint=pattern_of(section, "joint", _FILE, "certainty"),
        examples=pattern_of(section, "examples", _FILE, "certainty"),
        apart=pattern_of(section, "apart", _FILE, "certainty"),
        quoted=pattern_of(section, "quoted", _FILE, "certainty"),
        denial=pattern_of(section, "denial", _FILE, "certainty"),
        outside=pattern_of(section, "outside", _FILE, "certainty"),
        part=pattern_of(section, "part", _FILE, "certainty"),
        behind=pattern_of(section, "behind", _FILE, "certainty"),
        counted=pattern_of(section, "counted", _FILE, "certainty"),
        year=pattern_of(section, "year", _FILE, "certainty"),
        self=pattern_of(section, "self", _FILE, "certainty"),
        office=_office(section),
        title=pattern_of(section, "title", _FILE, "certainty"),
        level=pattern_of(section, "level", _FILE, "certainty"),
        parts=pattern_of(section, "parts", _FILE, "certainty"),
        ranks=tuple(re.compile(words) for words in _words(section, "ranks", "certainty")),
        undone=pattern_of(section, "undone", _FILE, "certainty"),
        taken=pattern_of(section, "taken", _FILE, "certainty"),
        within=pattern_of(section, "within", _FILE, "certainty"),
        spans=pattern_of(section, "spans", _FILE, "certainty"),
    )


def _office(section: Toml) -> Office:
    office = _section(section, "office", "self", "title")
    return Office(
        self=pattern_of(office, "self", _FILE, "office"),
        title=text_of(office, "title", _FILE, "certainty.office"),
    )


def _frames(table: Toml) -> FrameRules:
    section = _section(table, "frame", "frame", "everything", "own", "all", "picked", "among")
    opposites = []
    for place, entry in _entries(table, "opposite", "words"):
        words = texts_of(entry, "words", _FILE, place)
        if len(words) != 2:
            raise KnowledgeError(_FILE, f"{place}.words", words, "two patterns")
        opposites.append((re.compile(words[0]), re.compile(words[1])))
    return FrameRules(
        frame=pattern_of(section, "frame", _FILE, "frame"),
        everything=pattern_of(section, "everything", _FILE, "frame"),
        own=pattern_of(section, "own", _FILE, "frame"),
        all=pattern_of(section, "all", _FILE, "frame"),
        picked=pattern_of(section, "picked", _FILE, "frame"),
        among=text_of(section, "among", _FILE, "frame"),
        matters=tuple(
            (text_of(entry, "indicator", _FILE, place), pattern_of(entry, "words", _FILE, place))
            for place, entry in _entries(table, "matter", "indicator", "words")
        ),
        opposites=tuple(opposites),
    )


def _account(entry: Toml, place: str) -> Account:
    full = texts_of(entry, "full", _FILE, place)
    return Account(
        total=_words(entry, "total", place),
        also=texts_of(entry, "also", _FILE, place),
        parts=frozenset(_words(entry, "parts", place)),
        full=tuple(frozenset(names.split("|")) for names in full),
        said=pattern_of(entry, "said", _FILE, place) if "said" in entry else re.compile(""),
    )


def _section(table: Toml, name: str, *keys: str) -> Toml:
    section = table.get(name)
    if not isinstance(section, dict):
        raise KnowledgeError(_FILE, name, section, "a table")
    known_keys(section, frozenset(keys), _FILE, name)
    for key in keys:
        if key not in section:
            raise KnowledgeError(_FILE, f"{name}.{key}", "nothing", "a value")
    return section


def _entries(table: Toml, name: str, *keys: str) -> Iterable[tuple[str, Toml]]:
    for index, entry in enumerate(table.get(name, ())):
        place = f"{name}[{index}]"
        known_keys(entry, frozenset(keys), _FILE, place)
        yield place, entry


def _share(section: Toml, key: str) -> Decimal:
    value = section[key]
    if not isinstance(value, Decimal) or not 0 < value < 1:
        raise KnowledgeError(_FILE, f"parts.{key}", value, "a decimal between 0 and 1")
    return value


def _whole(section: Toml, key: str, place: str) -> int:
    value = section[key]
    if not isinstance(value, int):
        raise KnowledgeError(_FILE, f"{place}.{key}", value, "a whole number")
    return value


def _words(table: Toml, key: str, place: str) -> tuple[str, ...]:
    words = texts_of(table, key, _FILE, place)
    if not words or len(set(words)) != len(words):
        raise KnowledgeError(_FILE, f"{place}.{key}", words, "words, each once")
    return words


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _any(words: Iterable[str]) -> str:
    return f"(?:{alternation(words)})"
