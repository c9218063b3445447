"""What the numbers of one text must come to among themselves: parts, rates, changes, lists, contradictions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..errors import KnowledgeError
from .source import Toml, alternation, known_keys, read_toml, text_of, texts_of

_FILE = "arithmetic.toml"


@dataclass(frozen=True, slots=True)
class PartRules:
    """When a list of parts is complete.

    `open` matches the words that make a list a selection, `open_after` those right behind it; `sum` is a clause
    that sums up an enumeration, whose items `joint` joins. A sum short of its whole by more than the share
    `selection` is a selection too. A 其中 list whose sum is above its whole by no more than the share `near` was
    meant to be complete. `complements` are pairs of kinds that exhaust their whole, as are X and `negation` +
    X; `exclusives` are families of kinds that never overlap, `siblings` those of which no kind is part of
    another, `exhaustives` families of which a list that names every kind names all there is; parts that each
    name one of the `overlapping` kinds may come to more than their whole, as may those of a sentence that
    `shared` finds something in; one that `rest` matches ends a complete list. `kinds` are the words of the
    complements and the exclusives, longest first; `any_kind` finds one of them. `families` are both, each with
    the words of all families that share one with it.
    """

    open: re.Pattern[str]
    open_after: re.Pattern[str]
    sum: re.Pattern[str]
    joint: re.Pattern[str]
    selection: Decimal
    near: Decimal
    negation: str
    complements: tuple[tuple[str, str], ...]
    exclusives: tuple[tuple[str, ...], ...]
    siblings: tuple[tuple[str, ...], ...]
    exhaustives: tuple[tuple[str, ...], ...]
    overlapping: tuple[str, ...]
    shared: re.Pattern[str]
    rest: re.Pattern[str]
    kinds: tuple[str, ...]
    families: tuple[tuple[tuple[str, ...], frozenset[str]], ...]
    any_kind: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class NamedRate:
    """A rate that goes by a name, and the words of the clauses that hold its two terms."""

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RateRules:
    """How a rate is worked out from the counts beside it.

    `name` finds the rate's name (group `name`; without its suffix 率, `stem`) at the end of a clause, `share` a
    share of an unnamed whole, `of_named` of one it names (group `whole`); one of the characters `contrary`
    before a word makes it another; `more` finds that it counts more than its name says; `among` stands behind
    the whole of all shares of a sentence, `leaning` opens a sentence whose whole stands before it; `named` are
    the rates with terms of their own, by name.
    """

    name: re.Pattern[str]
    share: re.Pattern[str]
    of_named: re.Pattern[str]
    contrary: str
    more: re.Pattern[str]
    among: re.Pattern[str]
    leaning: re.Pattern[str]
    due: tuple[str, ...]
    done: tuple[str, ...]
    named: dict[str, NamedRate]


@dataclass(frozen=True, slots=True)
class ChangeRules:
    """How a change is told.

    `start` ends the clause before the first value, `reached` stands between the first and the second
    (由 A 增至 B); `step` stands before a difference in units, `before` before last year's number, `change` before a
    rate. Where the group `down` took part the value fell.
    """

    start: re.Pattern[str]
    reached: re.Pattern[str]
    step: re.Pattern[str]
    before: re.Pattern[str]
    change: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class EnumerationRules:
    """How a counted list ends (`close`), what separates its items, and how long an item may be."""

    close: re.Pattern[str]
    separator: str
    longest: int


@dataclass(frozen=True, slots=True)
class ContradictionRules:
    """The words that do not change what a clause counts, and the least length of what remains.

    `long` matches the words by which a paragraph speaks of several years. Of indicators whose ids begin with one of
    `single` a report gives one number; of others a clause does that `total` matches. A sentence with what `denied`
    matches gives none.
    """

    filler: re.Pattern[str]
    long: re.Pattern[str]
    shortest: int
    single: tuple[str, ...]
    total: re.Pattern[str]
    denied: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class AllDoneRules:
    """The words of "all finished", of its exceptions and its subject, and where a carry-over stands."""

    done: re.Pattern[str]
    exceptions: re.Pattern[str]
    about: re.Pattern[str]
    carried: re.Pattern[str]
    figures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Account:
    """Indicators whose numbers add up in one section: one of `total` is the sum of the `parts` told, `also` may be.

    Where one of each alternative in `full` is told, it must be; where `full` is empty, or the clause of the total
    has none of the words `said`, it need not.
    """

    total: tuple[str, ...]
    also: tuple[str, ...]
    parts: frozenset[str]
    full: tuple[frozenset[str], ...]
    said: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class CertaintyRules:
    """What a difference between text and table needs to be more than a note.

    A link needs the probability `notion`, one to a label of no form `notion_of_label`, two numbers of the text held
    against each other `notion_told`. A name that `joint` finds something in is several, one that `apart` does an
    average, one with what `quoted` finds that only resembles the row's one thing of many; `denial` finds what makes a
    name count what was not done. A sentence with what `outside` finds tells numbers of which the table holds none; a
    name with what `part` finds is of one part of the row, and so is a number before what `behind` matches; `year`
    finds the year in a name, and `self` the words that say that a body is the one that reports.
    """

    notion: Decimal
    notion_of_label: Decimal
    notion_told: Decimal
    joint: re.Pattern[str]
    apart: re.Pattern[str]
    quoted: re.Pattern[str]
    denial: re.Pattern[str]
    outside: re.Pattern[str]
    part: re.Pattern[str]
    behind: re.Pattern[str]
    year: re.Pattern[str]
    self: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """All rules for checks of a text against itself."""

    parts: PartRules
    rates: RateRules
    changes: ChangeRules
    enumeration: EnumerationRules
    contradiction: ContradictionRules
    all_done: AllDoneRules
    certainty: CertaintyRules
    accounts: tuple[Account, ...]


def load_arithmetic() -> Arithmetic:
    """Returns the rules of `kb/arithmetic.toml`.

    Raises:
        KnowledgeError: a key is missing or misspelt, a pattern is none, a pair has not two words.
    """
    table = read_toml(_FILE)
    sections = ("parts", "rate", "change", "enumeration", "contradiction", "all_done", "certainty")
    known_keys(
        table,
        frozenset(sections)
        | {"complement", "exclusive", "exhaustive", "overlapping", "named_rate", "account"},
        _FILE,
        "(file)",
    )
    return Arithmetic(
        parts=_parts(table),
        rates=_rates(table),
        changes=_changes(
            _section(table, "change", "up", "down", "from", "to", "against", "before", "compared", "filler")
        ),
        enumeration=_enumeration(_section(table, "enumeration", "close", "separator", "longest")),
        contradiction=_contradiction(
            _section(table, "contradiction", "filler", "long", "shortest", "single", "total", "denied")
        ),
        all_done=_all_done(_section(table, "all_done", "done", "except", "about", "carried", "figures")),
        certainty=_certainty(
            _section(
                table,
                "certainty",
                "notion",
                "notion_of_label",
                "notion_told",
                "joint",
                "apart",
                "quoted",
                "outside",
                "part",
                "behind",
                "year",
                "self",
                "denial",
            )
        ),
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
    keys = ("suffixes", "contrary", "more", "due", "done", "link", "share", "of_named", "among", "leaning")
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
    longest = section["longest"]
    if not isinstance(longest, int):
        raise KnowledgeError(_FILE, "enumeration.longest", longest, "a whole number")
    return EnumerationRules(
        close=re.compile(f"(?:{_any(_words(section, 'close', 'enumeration'))})$"),
        separator=text_of(section, "separator", _FILE, "enumeration"),
        longest=longest,
    )


def _contradiction(section: Toml) -> ContradictionRules:
    shortest = section["shortest"]
    if not isinstance(shortest, int):
        raise KnowledgeError(_FILE, "contradiction.shortest", shortest, "a whole number")
    return ContradictionRules(
        filler=re.compile(_any(_words(section, "filler", "contradiction"))),
        long=_pattern(section, "long", "contradiction"),
        shortest=shortest,
        single=_words(section, "single", "contradiction"),
        total=_pattern(section, "total", "contradiction"),
        denied=_pattern(section, "denied", "contradiction"),
    )


def _all_done(section: Toml) -> AllDoneRules:
    return AllDoneRules(
        done=_pattern(section, "done", "all_done"),
        exceptions=re.compile(_any(_words(section, "except", "all_done"))),
        about=re.compile(_any(_words(section, "about", "all_done"))),
        carried=_pattern(section, "carried", "all_done"),
        figures=frozenset(_words(section, "figures", "all_done")),
    )


def _certainty(section: Toml) -> CertaintyRules:
    return CertaintyRules(
        notion=_share(section, "notion"),
        notion_of_label=_share(section, "notion_of_label"),
        notion_told=_share(section, "notion_told"),
        joint=_pattern(section, "joint", "certainty"),
        apart=_pattern(section, "apart", "certainty"),
        quoted=_pattern(section, "quoted", "certainty"),
        denial=_pattern(section, "denial", "certainty"),
        outside=_pattern(section, "outside", "certainty"),
        part=_pattern(section, "part", "certainty"),
        behind=_pattern(section, "behind", "certainty"),
        year=_pattern(section, "year", "certainty"),
        self=_pattern(section, "self", "certainty"),
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
