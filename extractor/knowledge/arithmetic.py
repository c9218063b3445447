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
from .source import Toml, alternation, known_keys, read_toml, text_of, texts_of

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
        sum=_pattern(section, "sum", "parts"),
        joint=_pattern(section, "joint", "parts"),
        selection=_share(section, "selection"),
        near=_share(section, "near"),
        negation=text_of(section, "negation", _FILE, "parts"),
        complements=tuple(complements),
        exclusives=exclusives,
        siblings=tuple(family for family, nested in families if not nested),
        exhaustives=exhaustives,
        overlapping=overlapping,
        shared=_pattern(section, "shared", "parts"),
        rest=_pattern(section, "rest", "parts"),
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
    link = _pattern(section, "link", "rate").pattern
    suffix = _any(_words(section, "suffixes", "rate"))
    return RateRules(
        name=re.compile(rf"(?P<name>(?P<stem>[\u4e00-\u9fff]+){suffix}){link}$"),
        share=_pattern(section, "share", "rate"),
        of_named=_pattern(section, "of_named", "rate"),
        contrary=text_of(section, "contrary", _FILE, "rate"),
        more=_pattern(section, "more", "rate"),
        together=_pattern(section, "together", "rate"),
        joint=_pattern(section, "joint", "rate"),
        among=_pattern(section, "among", "rate"),
        leaning=_pattern(section, "leaning", "rate"),
        due=_words(section, "due", "rate"),
        done=_words(section, "done", "rate"),
        named=named,
    )


def _changes(section: Toml) -> ChangeRules:
    up, down = (_any(_words(section, key, "change")) for key in ("up", "down"))
    to = _any(_words(section, "to", "change"))
    against, filler, compared = (
        _pattern(section, key, "change").pattern for key in ("against", "filler", "compared")
    )
    direction = f"(?:(?P<up>{up})|(?P<down>{down}))"
    return ChangeRules(
        start=_pattern(section, "from", "change"),
        reached=re.compile(rf"^[^,;。]{{0,8}}?{direction}{to}$"),
        step=re.compile(rf"^[,、(]?{against}{direction}{filler}$"),
        before=_pattern(section, "before", "change"),
        change=re.compile(rf"^[,、(]?(?:{against}|{compared})?{direction}{filler}$"),
    )


def _enumeration(section: Toml) -> EnumerationRules:
    return EnumerationRules(
        close=re.compile(f"(?:{_any(_words(section, 'close', 'enumeration'))})$"),
        separator=text_of(section, "separator", _FILE, "enumeration"),
        longest=_whole(section, "longest", "enumeration"),
        named=_pattern(section, "named", "enumeration"),
        behind=_pattern(section, "behind", "enumeration"),
        joint=_pattern(section, "joint", "enumeration"),
        rest=_pattern(section, "rest", "enumeration"),
    )


def _contradiction(section: Toml) -> ContradictionRules:
    return ContradictionRules(
        filler=re.compile(_any(_words(section, "filler", "contradiction"))),
        long=_pattern(section, "long", "contradiction"),
        shortest=_whole(section, "shortest", "contradiction"),
        single=_words(section, "single", "contradiction"),
        total=_pattern(section, "total", "contradiction"),
        denied=_pattern(section, "denied", "contradiction"),
        shared=_share(section, "shared"),
        letters=_whole(section, "letters", "contradiction"),
    )


def _all_done(section: Toml) -> AllDoneRules:
    return AllDoneRules(
        done=_pattern(section, "done", "all_done"),
        in_time=_pattern(section, "in_time", "all_done"),
        exceptions=re.compile(
            f"{_any(_words(section, 'except', 'all_done'))}|{_pattern(section, 'old', 'all_done').pattern}"
        ),
        about=re.compile(_any(_words(section, "about", "all_done"))),
        carried=_pattern(section, "carried", "all_done"),
        figures=frozenset(_words(section, "figures", "all_done")),
    )


def _certainty(section: Toml) -> CertaintyRules:
    return CertaintyRules(
        far=_whole(section, "far", "certainty"),
        notion=_share(section, "notion"),
        notion_of_label=_share(section, "notion_of_label"),
        notion_told=_share(section, "notion_told"),
        joint=_pattern(section, "joint", "certainty"),
        examples=_pattern(section, "examples", "certainty"),
        apart=_pattern(section, "apart", "certainty"),
        quoted=_pattern(section, "quoted", "certainty"),
        denial=_pattern(section, "denial", "certainty"),
        outside=_pattern(section, "outside", "certainty"),
        part=_pattern(section, "part", "certainty"),
        behind=_pattern(section, "behind", "certainty"),
        counted=_pattern(section, "counted", "certainty"),
        year=_pattern(section, "year", "certainty"),
        self=_pattern(section, "self", "certainty"),
        office=_office(section),
        title=_pattern(section, "title", "certainty"),
        level=_pattern(section, "level", "certainty"),
        parts=_pattern(section, "parts", "certainty"),
        ranks=tuple(re.compile(words) for words in _words(section, "ranks", "certainty")),
        undone=_pattern(section, "undone", "certainty"),
        taken=_pattern(section, "taken", "certainty"),
        within=_pattern(section, "within", "certainty"),
        spans=_pattern(section, "spans", "certainty"),
    )


def _office(section: Toml) -> Office:
    office = _section(section, "office", "self", "title")
    return Office(
        self=_pattern(office, "self", "office"), title=text_of(office, "title", _FILE, "certainty.office")
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
        frame=_pattern(section, "frame", "frame"),
        everything=_pattern(section, "everything", "frame"),
        own=_pattern(section, "own", "frame"),
        all=_pattern(section, "all", "frame"),
        picked=_pattern(section, "picked", "frame"),
        among=text_of(section, "among", _FILE, "frame"),
        matters=tuple(
            (text_of(entry, "indicator", _FILE, place), _pattern(entry, "words", place))
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
        said=_pattern(entry, "said", place) if "said" in entry else re.compile(""),
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


def _pattern(table: Toml, key: str, place: str) -> re.Pattern[str]:
    text = text_of(table, key, _FILE, place)
    try:
        return re.compile(text)
    except re.error as error:
        raise KnowledgeError(_FILE, f"{place}.{key}", text, f"a regular expression ({error})") from error


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _any(words: Iterable[str]) -> str:
    return f"(?:{alternation(words)})"
