"""How prose says that there was none: negations, the things that can be absent, and what makes them no zero."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import regex

from ..data.records import record
from .source import Section, alternation

_INNER = r"\(\p{Han}{1,4}\)"  # a bracket inside a name: 因公出国(境)支出
_LISTS = (
    "negations", "verbs", "blocks", "conditions", "some", "outcomes", "absences", "cases", "joints", "tails", "fillers",
    "events", "acts", "bare", "unsaid", "heads", "money", "verbal", "particle", "names", "adverbs", "leads", "closings",
    "denials", "deeds", "faults", "weak", "faulty", "zeroed",
    "verbless", "unfinished", "inside",
)  # fmt: skip


@record
class Zero:
    """The zero claims: `pattern` finds `<negation> … <object>`, `objects` maps an object to its unit.

    `case` finds the end of what is said not to have happened at all (未发生…|情况), `absent` what stands right before
    it; `any` finds a word that can open a zero claim; `some` matches the end of words that make a negation speak of
    some and not of all.
    """

    any: regex.Pattern[str]
    pattern: re.Pattern[str]
    more: re.Pattern[str]
    objects: Mapping[str, str]
    phrases: Mapping[str, str]
    phrase: regex.Pattern[str]
    conditions: tuple[str, ...]
    some: regex.Pattern[str]
    case: regex.Pattern[str]
    absent: regex.Pattern[str]
    open: regex.Pattern[str]
    passive: regex.Pattern[str]
    joint: regex.Pattern[str]
    things: tuple[str, ...]
    counted: regex.Pattern[str]
    bare: regex.Pattern[str]
    deeds: tuple[str, ...]
    weak: tuple[str, ...]
    faulty: regex.Pattern[str]
    money: tuple[str, ...]
    verbal: tuple[str, ...]
    particle: tuple[str, ...]
    verb: regex.Pattern[str]
    filler: regex.Pattern[str]


def read_zero(table: Section) -> Zero:
    """Returns the table `zero`; what needs no property of letters is compiled by the quicker engine."""
    lists = {key: table.texts(key) for key in _LISTS}
    phrases, units = _by_unit(table, "phrases"), _by_unit(table, "objects")
    any_of = {key: alternation(words) for key, words in lists.items()}
    blocks, joints, tails = any_of["blocks"], any_of["joints"], any_of["tails"]
    # a look at the first letter spares most places the look for each word
    objects = rf"(?=[{_first(units)}])(?:{alternation(tuple(units))})"
    case = rf"(?=[{_first(lists['cases'])}])(?:{any_of['cases']})"
    # the object must close its phrase: only tail words may follow before a mark, a joint or the end
    denies = r"[零无没]|未(?![^,;。:!?\n]{1,10}的[^,;。:!?\n])"
    close = rf"(?=(?:{tails})*(?:[,;。\n)、:!]|{joints}|{denies}|{any_of['verbless']}|$))"
    # a negation, its verbs at once, then up to 40 characters without a mark, a number or a second
    # negation, then the first object that closes its phrase
    pattern = (
        rf"(?=[{_first(lists['negations'])}])(?!{blocks})(?P<negation>{any_of['negations']})(?P<verb>(?:{any_of['verbs']})*)"
        rf"(?P<between>[^,;。:!?\d\n未无没]{{0,40}}?)(?P<object>{objects}){close}"
    )
    outcomes = "".join(f"(?<!{word})" for word in lists["outcomes"])
    absent = (
        rf"(?=[{_first(lists['absences'])}]){outcomes}(?!{blocks})(?P<negation>{any_of['absences']})"
        rf"(?P<object>[^,;。:!?\d\n]{{2,24}})$"
    )
    more = rf"(?:{tails})*(?:{joints})(?P<between>[^,;。:!?\d\n、]{{0,16}}?)(?P<object>{objects}){close}"
    led = rf"(?:{any_of['adverbs']})?(?:(?:{any_of['leads']})[^,;。:!?\d\n]{{1,16}}?)?"
    denied = rf"(?!{blocks})(?:{any_of['negations']}){led}"
    things = alternation((*lists["heads"], *lists["money"]))
    shut = rf"(?:{any_of['closings']})?(?=[,;。\n)!:]|$)"
    named = rf"(?:{_INNER}|[^,;。:!?\d\n零无()]){{1,26}}?(?:{things})"
    thing = rf"(?P<object>(?![^,;。:!?\n]*?(?:{any_of['unsaid']})){named})"
    opened = (
        rf"(?=[{_first((*lists['negations'], *lists['bare']))}])(?<![{''.join(lists['inside'])}])(?:"
        rf"(?P<negation>{denied}(?:{any_of['events']}))(?P<object>(?:{_INNER}|[^,;。:!?\d\n()]){{2,40}}?)(?<!的){shut}"
        rf"|(?P<negation>(?!{blocks})(?:{any_of['bare']})|{denied}(?:{any_of['acts']})){thing}{shut})"
    )
    passive = (
        rf"(?=[{_first(lists['bare'])}])(?P<negation>(?!{blocks})(?:{any_of['bare']}))"
        rf"(?P<object>[^,;。:!?\d\n被]{{0,16}}?被[^,;。:!?\d\n]{{2,16}}?){shut}"
    )
    clear = rf"(?!{any_of['faults']}|[^,;。:!?\n]*?(?:{any_of['unsaid']}))"
    bare = (
        rf"(?:(?<![^,;。:!?)\n])|(?<=\d\p{{Han}}{{1,2}}、))(?:{table.text('openers')})"
        rf"(?P<whole>(?!{blocks})(?P<negation>{any_of['denials']}){clear}(?P<object>(?:{_INNER}|[^,;。:!?\d\n无零()]){{2,18}}?))(?<![{''.join(lists['unfinished'])}])"
        rf"(?:的(?=[;。\n]|$))?{shut}"
        rf"|(?P<whole>(?!{blocks})(?P<negation>零)(?P<object>\p{{Han}}{{2}}))(?=[,;。\n]|$)"
        rf"|(?P<whole>(?P<negation>零)(?P<object>{any_of['zeroed']}))(?=[”\"'’」]|[,;。\n、)]|$)"
    )
    words = (*lists["negations"], *lists["absences"], *lists["bare"], *lists["denials"], *phrases)
    return Zero(
        any=table.regex_compiled(alternation(words), "negations"),
        pattern=table.compiled(pattern, "negations"),
        more=table.compiled(more, "negations"),
        objects=units,
        phrases=phrases,
        phrase=table.regex_compiled(
            rf"(?:{alternation(tuple(phrases))})(?=[,;。\n)、:!]|的?情况|的(?=[,;。\n]|$)|$)", "phrases"
        ),
        conditions=lists["conditions"],
        some=table.regex_compiled(rf"(?:{any_of['some']})[^,;。:!?\n]*$", "some"),
        case=table.regex_compiled(rf"{case}(?=[,;。\n)、!]|$)", "cases"),
        absent=table.regex_compiled(absent, "absences"),
        open=table.regex_compiled(opened, "events"),
        joint=table.regex_compiled(rf"(?!{any_of['names']})(?:{any_of['joints']})", "joints"),
        things=(*lists["heads"], *lists["money"]),
        passive=table.regex_compiled(passive, "bare"),
        counted=table.regex_pattern("counted"),
        bare=table.regex_compiled(bare, "denials"),
        deeds=lists["deeds"],
        weak=lists["weak"],
        faulty=table.regex_compiled(any_of["faulty"], "faulty"),
        money=lists["money"],
        verbal=lists["verbal"],
        particle=lists["particle"],
        verb=table.regex_compiled(rf"(?!{any_of['names']})(?:{any_of['verbs']})", "verbs"),
        filler=table.regex_compiled(rf"(?:(?!{any_of['names']})(?:{any_of['fillers']})|、)+", "fillers"),
    )


def _first(words: Iterable[str]) -> str:
    """Returns the first letters of `words`, for a class of characters."""
    return regex.escape("".join(sorted({word[0] for word in words})))


def _by_unit(table: Section, key: str) -> dict[str, str]:
    """Returns word → unit of the tables at `key`."""
    units: dict[str, str] = {}
    for item in table.sections(key):
        unit = item.text("unit")
        for word in item.texts("words"):
            if units.setdefault(word, unit) != unit:
                raise item.wrong("words", "words with one unit only", word)
    return units
