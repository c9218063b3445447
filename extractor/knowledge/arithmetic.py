"""Reads `arithmetic.toml`: the rules by which the numbers of one text are held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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
    PartRules,
    RateRules,
)
from .source import Section, alternation, read_toml

_FILE = "arithmetic.toml"


def load_arithmetic() -> Arithmetic:
    """Returns the rules of `kb/arithmetic.toml`.

    Raises:
        KnowledgeError: a key is missing or misspelt, a pattern is none, a pair has not two words.
    """
    with Section(read_toml(_FILE), _FILE) as table:
        return Arithmetic(
            parts=_parts(table),
            rates=_rates(table),
            changes=_changes(table.section("change")),
            enumeration=_enumeration(table.section("enumeration")),
            contradiction=_contradiction(table.section("contradiction")),
            all_done=_all_done(table.section("all_done")),
            certainty=_certainty(table.section("certainty")),
            frames=_frames(table),
            accounts=tuple(map(_account, table.sections("account"))),
        )


def _parts(table: Section) -> PartRules:
    section = table.section("parts")
    complements = tuple(_pair(entry, "two words") for entry in table.sections("complement"))
    families = [
        (_longest_first(entry.words("words")), entry.value("nested") is True, entry.text("id"))
        for entry in table.sections("exclusive")
    ]
    exclusives = tuple(family for family, _, _ in families)
    exhaustives = tuple(_longest_first(entry.words("words")) for entry in table.sections("exhaustive"))
    opposed = tuple(_pair(entry, "two words") for entry in table.sections("opposed"))
    overlapping = tuple(word for entry in table.sections("overlapping") for word in entry.words("words"))
    together = (*complements, *exclusives)
    kinds = _longest_first({word for family in together for word in family})
    return PartRules(
        open=re.compile(_any(section.words("open"))),
        open_after=re.compile(_any(section.words("open_after"))),
        sum=section.pattern("sum"),
        joint=section.pattern("joint"),
        selection=section.share("selection"),
        near=section.share("near"),
        negation=section.text("negation"),
        complements=complements,
        exclusives=exclusives,
        siblings=tuple(family for family, nested, _ in families if not nested),
        exhaustives=exhaustives,
        opposed=opposed,
        overlapping=overlapping,
        shared=section.pattern("shared"),
        rest=section.pattern("rest"),
        kinds=kinds,
        families=tuple((family, _kin(family, together)) for family in together),
        any_kind=re.compile(alternation(kinds)),
    )


def _kin(family: Sequence[str], families: Iterable[Sequence[str]]) -> frozenset[str]:
    """Returns the words of the families that share one with `family`."""
    return frozenset(word for other in families if not set(other).isdisjoint(family) for word in other)


def _rates(table: Section) -> RateRules:
    section = table.section("rate")
    named: dict[str, NamedRate] = {}
    for entry in table.sections("named_rate"):
        rule = NamedRate(entry.words("numerator"), entry.words("denominator"))
        for name in entry.words("rate"):
            if name in named:
                raise entry.wrong("rate", "each rate once", name)
            named[name] = rule
    link = section.pattern("link").pattern
    suffix = _any(section.words("suffixes"))
    return RateRules(
        name=re.compile(rf"(?P<name>(?P<stem>[\u4e00-\u9fff]+){suffix}){link}$"),
        share=section.pattern("share"),
        of_named=section.pattern("of_named"),
        contrary=section.text("contrary"),
        more=section.pattern("more"),
        together=section.pattern("together"),
        joint=section.pattern("joint"),
        among=section.pattern("among"),
        leaning=section.pattern("leaning"),
        due=section.words("due"),
        done=section.words("done"),
        named=named,
    )


def _changes(section: Section) -> ChangeRules:
    up, down = (_any(section.words(key)) for key in ("up", "down"))
    to = _any(section.words("to"))
    against, filler, compared = (section.pattern(key).pattern for key in ("against", "filler", "compared"))
    direction = f"(?:(?P<up>{up})|(?P<down>{down}))"
    return ChangeRules(
        start=section.pattern("from"),
        reached=re.compile(rf"^[^,;。]{{0,8}}?{direction}{to}$"),
        step=re.compile(rf"^[,、(]?{against}{direction}{filler}$"),
        before=section.pattern("before"),
        base=section.pattern("base"),
        change=re.compile(rf"^[,、(]?(?:{against}|{compared})?{direction}{filler}$"),
    )


def _enumeration(section: Section) -> EnumerationRules:
    return EnumerationRules(
        close=re.compile(f"(?:{_any(section.words('close'))})$"),
        separator=section.text("separator"),
        longest=section.whole("longest"),
        named=section.pattern("named"),
        behind=section.pattern("behind"),
        joint=section.pattern("joint"),
        rest=section.pattern("rest"),
    )


def _contradiction(section: Section) -> ContradictionRules:
    return ContradictionRules(
        filler=re.compile(_any(section.words("filler"))),
        long=section.pattern("long"),
        shortest=section.whole("shortest"),
        single=section.words("single"),
        total=section.pattern("total"),
        denied=section.pattern("denied"),
        shared=section.share("shared"),
        letters=section.whole("letters"),
    )


def _all_done(section: Section) -> AllDoneRules:
    return AllDoneRules(
        done=section.pattern("done"),
        in_time=section.pattern("in_time"),
        exceptions=re.compile(f"{_any(section.words('except'))}|{section.pattern('old').pattern}"),
        about=re.compile(_any(section.words("about"))),
        carried=section.pattern("carried"),
        figures=frozenset(section.words("figures")),
    )


def _certainty(section: Section) -> CertaintyRules:
    return CertaintyRules(
        far=section.whole("far"),
        notion=section.share("notion"),
        notion_of_label=section.share("notion_of_label"),
        notion_told=section.share("notion_told"),
        joint=section.pattern("joint"),
        either=section.pattern("either"),
        examples=section.pattern("examples"),
        apart=section.pattern("apart"),
        quoted=section.pattern("quoted"),
        denial=section.pattern("denial"),
        outside=section.pattern("outside"),
        part=section.pattern("part"),
        behind=section.pattern("behind"),
        counted=section.pattern("counted"),
        year=section.pattern("year"),
        self=section.pattern("self"),
        office=section.pattern("office"),
        title=section.pattern("title"),
        behind_name=section.pattern("behind_name"),
        level=section.pattern("level"),
        parts=section.pattern("parts"),
        ranks=tuple(re.compile(words) for words in section.words("ranks")),
        undone=section.pattern("undone"),
        taken=section.pattern("taken"),
        within=section.pattern("within"),
        more=section.pattern("more"),
        spans=section.pattern("spans"),
    )


def _frames(table: Section) -> FrameRules:
    section = table.section("frame")
    opposites = (_pair(entry, "two patterns") for entry in table.sections("opposite"))
    return FrameRules(
        frame=section.pattern("frame"),
        everything=section.pattern("everything"),
        own=section.pattern("own"),
        all=section.pattern("all"),
        picked=section.pattern("picked"),
        among=section.text("among"),
        matters=tuple(
            (entry.text("indicator"), entry.pattern("words")) for entry in table.sections("matter")
        ),
        opposites=tuple((re.compile(one), re.compile(other)) for one, other in opposites),
    )


def _account(entry: Section) -> Account:
    full = entry.texts("full")
    return Account(
        total=entry.words("total"),
        also=entry.texts("also"),
        parts=frozenset(entry.words("parts")),
        full=tuple(frozenset(names.split("|")) for names in full),
        said=entry.compiled(entry.text("said", ""), "said"),
    )


def _pair(entry: Section, expected: str) -> tuple[str, str]:
    words = entry.texts("words")
    if len(words) != 2:
        raise entry.wrong("words", expected)
    return words[0], words[1]


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _any(words: Iterable[str]) -> str:
    return f"(?:{alternation(words)})"
