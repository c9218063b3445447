"""How prose says whose a number is: words, names by their make, and the author of a report."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import regex

from ..data.records import record
from .source import Section, alternation

_CERTAIN = 3  # letters of a kind of body that there is one of
_FULL = 5  # letters from which a name in full is nobody else's
KINDS = ("body", "subordinate", "whole")


@record
class Authors:
    """How a report says whose it is.

    `titles` find the name (group name), the surest first. A name of a place ends with one of `governments` or
    `committees` where its government or party is meant, with one of `offices` where its own office is. `ranks` are the
    endings of places, the highest rank first, made of `letters`; `region` matches the places a name begins with (group
    last). What ends with one of `beside` is a power beside the government. What a branch of a body is called begins
    with `branch`; `selves` are groups of words that schools, hospitals and the like call themselves and end with,
    `kinds` all of these. What ends with one of `rooms` is the own house of the body that its name begins with. The
    report of a place whose title `audits` matches is that of one of its `auditors`, and of `audited` kinds besides
    bodies.
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
    audits: regex.Pattern[str]
    auditors: tuple[str, ...]
    audited: tuple[str, ...]


@record
class SubjectWords:
    """The words that make the subject of a clause.

    Names: a word that ends with one of `heads`, and not with one of `things`, names a body, and so do those in
    `alone`; of a kind in `certain` there is one; `generic` ones and `trades` name a kind, `offices` one body, and so do
    `powers` in the report of a place; what begins with one of `sorts` is a kind of places; those in `towns` stand for
    all of a kind below whoever reports. `inner` are verbs that stand in names, and `joints` join their words;
    with another verb that is not `transitive` only one of `units` may open (立案|庭). What belongs to a body ends
    with one of `channels` or `people`, and what ends with one of `organs` is part of a body that was named. What
    ends with `governing` is the government of a place, or nobody. `tier` matches a level of administration (group
    level), which ends with one of `tiers`. A word that begins with one of `vague` names nobody, one in `above` a power
    above all; `letters` are the first ones of those.

    All of a kind: a body is one below where its first letter is `each` or a word in `every` stands before it (in its
    own clause only where that is `one_by_one`), but those in `all_of` are the whole, and so are `lands`,
    `line` behind the government that reports, and `levels` behind the names of some; kinds that begin with one of
    `below` are always below, and so are those behind one of `others`. `counters` end a count of bodies.

    Clauses: `leads` stand before a subject, `finding` before bodies of which something was found, `agent` before
    whoever does what was told. `acts` open a predicate, and `deeds` before a number, as verbs do. Behind a body a
    word in `apart` makes it no subject, behind a kind one in `accounts` does, or a verb with one of `rates`, and
    behind a place `account`.
    """

    heads: tuple[str, ...]
    certain: tuple[str, ...]
    alone: frozenset[str]
    things: tuple[str, ...]
    generic: tuple[str, ...]
    trades: frozenset[str]
    offices: tuple[str, ...]
    powers: frozenset[str]
    sorts: tuple[str, ...]
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
    line: frozenset[str]
    lands: frozenset[str]
    levels: frozenset[str]
    below: tuple[str, ...]
    leads: frozenset[str]
    finding: frozenset[str]
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
    is `kind_site`, behind its kind for KIND. Behind what `lists` matches a semicolon parts items, and where `other`
    does not match it only parts the budgets of one level. An account without an
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
    other: regex.Pattern[str]
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


def read_authors(table: Section) -> Authors:
    """Returns the table `authors`."""
    ranks, selves = table.lists("ranks"), table.lists("selves")
    return Authors(
        titles=tuple(table.regex_compiled(title, "titles") for title in table.texts("titles")),
        governments=table.texts("governments"),
        committees=table.texts("committees"),
        offices=table.texts("offices"),
        ranks=ranks,
        letters=frozenset("".join(word for words in ranks for word in words)),
        region=table.regex_pattern("region"),
        beside=table.texts("beside"),
        branch=table.text("branch"),
        selves=selves,
        kinds=tuple(word for words in selves for word in words),
        rooms=table.texts("rooms"),
        audits=table.regex_pattern("audits"),
        auditors=table.texts("auditors"),
        audited=table.texts("audited"),
    )


def read_subjects(table: Section, verbs: Collection[str]) -> SubjectWords:
    """Returns the table `subjects`; `verbs` are those that take what is counted as object."""
    heads, above, inner = table.texts("heads"), table.texts("above"), table.set("inner")
    return SubjectWords(
        heads=heads,
        certain=tuple(head for head in heads if len(head) >= _CERTAIN),
        alone=table.set("alone"),
        things=table.texts("things"),
        generic=table.texts("generic"),
        trades=table.set("trades"),
        offices=table.texts("offices"),
        powers=table.set("powers"),
        sorts=table.texts("sorts"),
        towns=table.set("towns"),
        all_of=table.texts("all_of"),
        inner=inner,
        channels=table.texts("channels"),
        people=table.texts("people"),
        vague=table.texts("vague"),
        above=above,
        letters=frozenset(word[0] for word in above),
        organs=table.texts("organs"),
        counters=table.texts("counters"),
        acts=table.texts("acts"),
        deeds=table.set("deeds"),
        inside=table.set("inside"),
        each=table.text("each"),
        agent=table.text("agent"),
        account=table.text("account"),
        governing=table.text("governing"),
        tiers=table.texts("tiers"),
        tier=table.regex_pattern("tier"),
        every=table.set("every"),
        one_by_one=table.set("one_by_one"),
        line=table.set("line"),
        lands=table.set("lands"),
        levels=table.set("levels"),
        below=table.texts("below"),
        leads=table.set("leads"),
        finding=table.set("finding"),
        apart=table.set("apart"),
        others=table.set("others"),
        accounts=table.set("accounts"),
        joints=table.set("joints"),
        rates=table.set("rates"),
        units=table.set("units"),
        ends=table.texts("units"),
        transitive=frozenset({*verbs, *table.texts("pivots")}) - inner,
    )


def read_scope_names(table: Section, words: tuple[str, ...]) -> ScopeNames:
    """Returns the table `scope_names`, with the pattern of the scope words `words`."""
    return ScopeNames(
        words=_scope_words(table, words),
        kinds=(
            ("body", table.regex_pattern("body")),
            ("subordinate", table.pattern("subordinate")),
            ("whole", table.pattern("whole")),
            ("unstated", table.pattern("nobody")),
        ),
        portal=table.regex_pattern("portal"),
        site=table.regex_pattern("site"),
        level=table.regex_pattern("level"),
        lists=table.regex_pattern("lists"),
        other=table.regex_pattern("other"),
        all=table.text("all"),
        objects=table.regex_pattern("objects"),
        purposes=table.regex_pattern("purposes"),
        ours=table.texts("ours"),
        makers=tuple((item.pattern("before"), item.pattern("behind")) for item in table.sections("makers")),
        kind_site=table.text("kind_site"),
    )


def _scope_words(table: Section, words: tuple[str, ...]) -> re.Pattern[str]:
    """Returns the pattern of the scope words, in the group `apart` where one is no scope."""
    apart, contests = table.texts("apart"), table.texts("contests")
    # a look at the first letter spares most places more
    letters = regex.escape("".join(sorted({word[0] for word in (*words, *apart, "在", "“", "‘")})))
    behind = alternation(table.texts("apart_before"))
    longer, shorter = table.section("longer"), table.section("shorter")
    for section in (longer, shorter):
        for letter in section:
            if len(letter) != 1:
                raise section.wrong(letter, "one letter", letter)
    free = tuple(word for word in words if word[-1] not in longer)
    named = "|".join(
        rf"(?:{alternation(word for word in words if word[-1] == last)})(?![{regex.escape(longer.text(last))}])"
        for last in longer
    )
    behind_others = "".join(rf"(?<![{regex.escape(shorter.text(first))}](?={first}))" for first in shorter)
    named = f"(?:{behind_others}(?:{named}|{alternation(free)}))"
    return table.compiled(
        rf"(?=[{letters}])(?:(?P<apart>(?:{alternation(apart)}){named}+"
        rf"|[“‘]{named}[^”’]{{1,6}}[”’]|在{named}+(?=[^,;。]{{0,12}}(?:{alternation(contests)}))|{named}(?={behind}))|{named})",
        "apart",
    )
