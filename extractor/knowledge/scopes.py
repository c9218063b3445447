"""How prose says whose a number is: words, names by their make, and the author of a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

import regex

from ..data.records import record
from ..errors import KnowledgeError
from .source import Toml, alternation, known_keys, text_of, texts_of

_FILE = "discourse.toml"
_CERTAIN = 3  # letters of a kind of body that there is one of
_FULL = 5  # letters from which a name in full is nobody else's
KINDS = ("body", "subordinate", "whole")

Compile = Callable[[str, str], regex.Pattern[str]]


@record
class Authors:
    """How a report says whose it is.

    `titles` find the name (group name), the surest first. A name of a place ends with one of `governments` or
    `committees` where its government or party is meant, with one of `offices` where its own office is. `ranks` are the
    endings of places, the highest rank first, made of `letters`; `region` matches the places a name begins with (group
    last). What ends with one of `beside` is a power beside the government. What a branch of a body is called begins
    with `branch`; `selves` are groups of words that schools, hospitals and the like call themselves and end with,
    `kinds` all of these. What ends with one of `rooms` is the own house of the body that its name begins with.
    """

    titles: tuple[regex.Pattern[str], ...]
    governments: tuple[str, ...]
    committees: tuple[str, ...]
    offices: tuple[str, ...]
    ranks: tuple[tuple[str, ...], ...]
    letters: frozenset[str]
    region: regex.Pattern[str]
    beside: tuple[str, ...]
    branch: str
    selves: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]
    rooms: tuple[str, ...]


@record
class SubjectWords:
    """The words that make the subject of a clause.

    Names: a word that ends with one of `heads`, and not with one of `things`, names a body, and so do those in
    `alone`; of a kind in `certain` there is one; `generic` ones and `trades` name a kind, `offices` one body; those in
    `towns` all of a kind below whoever reports. `inner` are verbs that stand in names, and `joints` join their words;
    with another verb that is not `transitive` only one of `units` may open (立案|庭). What belongs to a body ends
    with one of `channels` or `people`, and what ends with one of `organs` is part of a body that was named. What
    ends with `governing` is the government of a place, or nobody. `tier` matches a level of administration (group
    level), which ends with one of `tiers`. A word that begins with one of `vague` names nobody, one in `above` a power
    above all; `letters` are the first ones of those.

    All of a kind: a body is one below where its first letter is `each` or a word in `every` stands before it (in its
    own clause only where that is `one_by_one`), but those in `all_of` are the whole, and so are `lands`, and `levels`
    behind the names of some; kinds that begin with one of `below` are always below, and so are those behind one of
    `others`. `counters` end a count of bodies.

    Clauses: `leads` stand before a subject, `agent` before whoever does what was told. `acts` open a predicate, and
    `deeds` before a number, as verbs do. Behind a body a word in `apart` makes it no subject, behind a kind one in
    `accounts` does, or a verb with one of `rates`, and behind a place `account`.
    """

    heads: tuple[str, ...]
    certain: tuple[str, ...]
    alone: frozenset[str]
    things: tuple[str, ...]
    generic: tuple[str, ...]
    trades: frozenset[str]
    offices: tuple[str, ...]
    towns: frozenset[str]
    all_of: tuple[str, ...]
    inner: frozenset[str]
    channels: tuple[str, ...]
    people: tuple[str, ...]
    vague: tuple[str, ...]
    above: tuple[str, ...]
    letters: frozenset[str]
    organs: tuple[str, ...]
    counters: tuple[str, ...]
    acts: tuple[str, ...]
    deeds: frozenset[str]
    inside: frozenset[str]
    each: str
    agent: str
    account: str
    governing: str
    tiers: tuple[str, ...]
    tier: regex.Pattern[str]
    every: frozenset[str]
    one_by_one: frozenset[str]
    lands: frozenset[str]
    levels: frozenset[str]
    below: tuple[str, ...]
    leads: frozenset[str]
    apart: frozenset[str]
    others: frozenset[str]
    accounts: frozenset[str]
    joints: frozenset[str]
    rates: frozenset[str]
    units: frozenset[str]
    ends: tuple[str, ...]
    transitive: frozenset[str]


@record
class ScopeNames:
    """The patterns of scopes.

    `words` matches the scope words, in a named group where one is no scope (居全市第3位); `kinds` are patterns whose
    kind is certain; of `portal` and `level` (group level) the author of the report decides, `site` is its own, and so
    is `kind_site`, behind its kind for KIND. Behind what `lists` matches a semicolon parts items. An account without an
    owner is nobody's (`kinds`). Two subordinate scopes that hold `all` are a whole; behind what `objects` matches
    bodies below do nothing, nor does a body behind `purposes`, and between the two patterns of one of `makers` a body
    only made one thing. A body speaks of itself with one of `ours`.
    """

    words: re.Pattern[str]
    kinds: tuple[tuple[str, re.Pattern[str] | regex.Pattern[str]], ...]
    portal: regex.Pattern[str]
    site: regex.Pattern[str]
    level: regex.Pattern[str]
    lists: regex.Pattern[str]
    all: str
    objects: regex.Pattern[str]
    purposes: regex.Pattern[str]
    ours: tuple[str, ...]
    makers: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    kind_site: str

    def own_of(self, name: str, *, sure: bool) -> re.Pattern[str]:
        """Returns what a body of this name calls itself: 我场, 全林场, or, where it is `sure`, its full name."""
        letters = "".join(self.ours)
        short = "|".join(name[place:] for place in (-3, -2, -1))
        full = f"|{re.escape(name)}" if sure and len(name) >= _FULL else ""
        return re.compile(rf"[{letters}](?:{short})(?![年期科性景]){full}")

    def sites_of(self, name: str, selves: Iterable[Collection[str]]) -> list[regex.Pattern[str]]:
        """Returns the pattern of a body's own channels by its kind (学院|网站); none of an unknown kind."""
        kinds = tuple(
            word for words in selves if name.endswith(tuple(words)) for word in words if len(word) > 1
        )
        return [regex.compile(self.kind_site.replace("KIND", alternation(kinds)))] if kinds else []


def read_authors(table: Toml, compiled: Compile) -> Authors:
    """Returns the table `authors`."""
    lists = ("governments", "committees", "offices", "beside", "rooms")
    known_keys(table, frozenset({*lists, "titles", "region", "branch", "ranks", "selves"}), _FILE, "authors")
    return Authors(
        titles=tuple(
            compiled(pattern, "authors.titles") for pattern in texts_of(table, "titles", _FILE, "authors")
        ),
        ranks=tuple(tuple(words) for words in table["ranks"]),
        letters=frozenset("".join(word for words in table["ranks"] for word in words)),
        selves=tuple(tuple(words) for words in table["selves"]),
        kinds=tuple(word for words in table["selves"] for word in words),
        region=compiled(text_of(table, "region", _FILE, "authors"), "authors.region"),
        branch=text_of(table, "branch", _FILE, "authors"),
        **{key: texts_of(table, key, _FILE, "authors") for key in lists},
    )


def read_subjects(table: Toml, verbs: Collection[str], compiled: Compile) -> SubjectWords:
    """Returns the table `subjects`; `verbs` are those that take what is counted as object."""
    lists = (
        "heads",
        "things",
        "all_of",
        "channels",
        "people",
        "vague",
        "above",
        "organs",
        "counters",
        "below",
        "acts",
        "generic",
        "offices",
    )
    sets = (
        "alone",
        "leads",
        "apart",
        "trades",
        "towns",
        "inner",
        "every",
        "one_by_one",
        "lands",
        "levels",
        "inside",
        "deeds",
        "others",
        "pivots",
        "units",
        "tiers",
        "accounts",
        "joints",
        "rates",
    )
    known_keys(
        table, frozenset({*lists, *sets, "each", "tier", "agent", "account", "governing"}), _FILE, "subjects"
    )
    words = {key: texts_of(table, key, _FILE, "subjects") for key in (*lists, *sets)}
    return SubjectWords(
        heads=words["heads"],
        certain=tuple(head for head in words["heads"] if len(head) >= _CERTAIN),
        things=words["things"],
        alone=frozenset(words["alone"]),
        generic=words["generic"],
        trades=frozenset(words["trades"]),
        offices=words["offices"],
        towns=frozenset(words["towns"]),
        all_of=words["all_of"],
        inner=frozenset(words["inner"]),
        channels=words["channels"],
        people=words["people"],
        vague=words["vague"],
        above=words["above"],
        letters=frozenset(word[0] for word in words["above"]),
        organs=words["organs"],
        counters=words["counters"],
        acts=words["acts"],
        deeds=frozenset(words["deeds"]),
        each=text_of(table, "each", _FILE, "subjects"),
        agent=text_of(table, "agent", _FILE, "subjects"),
        governing=text_of(table, "governing", _FILE, "subjects"),
        account=text_of(table, "account", _FILE, "subjects"),
        tiers=words["tiers"],
        tier=compiled(text_of(table, "tier", _FILE, "subjects"), "subjects.tier"),
        inside=frozenset(words["inside"]),
        every=frozenset(words["every"]),
        one_by_one=frozenset(words["one_by_one"]),
        lands=frozenset(words["lands"]),
        levels=frozenset(words["levels"]),
        below=words["below"],
        leads=frozenset(words["leads"]),
        apart=frozenset(words["apart"]),
        others=frozenset(words["others"]),
        accounts=frozenset(words["accounts"]),
        joints=frozenset(words["joints"]),
        rates=frozenset(words["rates"]),
        units=frozenset(words["units"]),
        ends=words["units"],
        transitive=frozenset({*verbs, *words["pivots"]}) - frozenset(words["inner"]),
    )


def read_scope_names(table: Toml, words: tuple[str, ...], compiled: Compile) -> ScopeNames:
    """Returns the table `scope_names`, with the pattern of the scope words `words`."""
    keys = {
        *KINDS,
        "apart",
        "apart_before",
        "longer",
        "shorter",
        "contests",
        "all",
        "objects",
        "ours",
        "kind_site",
        "makers",
        "purposes",
        "portal",
        "site",
        "level",
        "lists",
        "nobody",
    }
    known_keys(table, frozenset(keys), _FILE, "scope_names")
    apart = texts_of(table, "apart", _FILE, "scope_names")
    contests = texts_of(table, "contests", _FILE, "scope_names")
    # a look at the first letter spares most places more
    letters = regex.escape("".join(sorted({word[0] for word in (*words, *apart, "在", "“", "‘")})))
    behind = alternation(texts_of(table, "apart_before", _FILE, "scope_names"))
    longer = {last: f"(?![{regex.escape(letters)}])" for last, letters in table["longer"].items()}
    free = tuple(word for word in words if word[-1] not in longer)
    named = "|".join(
        rf"(?:{alternation(tuple(word for word in words if word[-1] == last))}){ahead}"
        for last, ahead in longer.items()
    )
    behind_others = "".join(
        rf"(?<![{regex.escape(letters)}](?={first}))" for first, letters in table["shorter"].items()
    )
    named = f"(?:{behind_others}(?:{named}|{alternation(free)}))"

    def pattern(key: str) -> regex.Pattern[str]:
        return compiled(text_of(table, key, _FILE, "scope_names"), f"scope_names.{key}")

    kinds = {kind: text_of(table, kind, _FILE, "scope_names") for kind in ("subordinate", "whole")}
    nobody = ("unstated", _quick(text_of(table, "nobody", _FILE, "scope_names"), "nobody"))
    return ScopeNames(
        words=_quick(
            rf"(?=[{letters}])(?:(?P<apart>(?:{alternation(apart)}){named}+"
            rf"|[“‘]{named}[^”’]{{1,6}}[”’]|在{named}+(?=[^,;。]{{0,12}}(?:{alternation(contests)}))|{named}(?={behind}))|{named})",
            "scopes",
        ),
        kinds=(("body", pattern("body")), *((kind, _quick(kinds[kind], kind)) for kind in kinds), nobody),
        portal=pattern("portal"),
        site=pattern("site"),
        lists=pattern("lists"),
        level=pattern("level"),
        all=text_of(table, "all", _FILE, "scope_names"),
        objects=pattern("objects"),
        purposes=pattern("purposes"),
        ours=texts_of(table, "ours", _FILE, "scope_names"),
        makers=tuple(
            (_quick(item["before"], "makers"), _quick(item["behind"], "makers")) for item in table["makers"]
        ),
        kind_site=text_of(table, "kind_site", _FILE, "scope_names"),
    )


def _quick(pattern: str, place: str) -> re.Pattern[str]:
    """Returns a pattern of `re`, which reads these in a third of the time `regex` takes."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise KnowledgeError(_FILE, f"scope_names.{place}", str(error), "a pattern of Python's re") from error
