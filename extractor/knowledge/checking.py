"""What the numbers of one text must come to among themselves: parts, rates, changes, lists, contradictions."""

from __future__ import annotations

import re
from decimal import Decimal

from ..data.records import record


@record
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
    the words of all families that share one with it. What the second of an `opposed` pair names is no part of
    what the first names.
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
    opposed: tuple[tuple[str, str], ...]
    overlapping: tuple[str, ...]
    shared: re.Pattern[str]
    rest: re.Pattern[str]
    kinds: tuple[str, ...]
    families: tuple[tuple[tuple[str, ...], frozenset[str]], ...]
    any_kind: re.Pattern[str]


@record
class NamedRate:
    """A rate that goes by a name, and the words of the clauses that hold its two terms."""

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]


@record
class RateRules:
    """How a rate is worked out from the counts beside it.

    `name` finds the rate's name (group `name`; without its suffix 率, `stem`) at the end of a clause, `share` a
    share of an unnamed whole, `of_named` of one it names (group `whole`); one of the characters `contrary`
        before a word makes it another; `more` finds that it counts more than its name says; behind `together`
    several shares stand, which `joint` joins; `among` stands behind
    the whole of all shares of a sentence, `leaning` opens a sentence whose whole stands before it; `named` are
    the rates with terms of their own, by name.
    """

    name: re.Pattern[str]
    share: re.Pattern[str]
    of_named: re.Pattern[str]
    contrary: str
    more: re.Pattern[str]
    together: re.Pattern[str]
    joint: re.Pattern[str]
    among: re.Pattern[str]
    leaning: re.Pattern[str]
    due: tuple[str, ...]
    done: tuple[str, ...]
    named: dict[str, NamedRate]


@record
class ChangeRules:
    """How a change is told.

    `start` ends the clause before the first value, `reached` stands between the first and the second
    (由 A 增至 B); `step` stands before a difference in units, `before` before last year's number, `base`
    right behind it, `change` before a rate. Where the group `down` took part the value fell.
    """

    start: re.Pattern[str]
    reached: re.Pattern[str]
    step: re.Pattern[str]
    before: re.Pattern[str]
    base: re.Pattern[str]
    change: re.Pattern[str]


@record
class EnumerationRules:
    """How a counted list ends (`close`), what separates its items, and how long an item may be.

    `named` finds the names told behind a count (group `names`), `behind` how they begin, `joint` what joins two in
    one, `rest` what leaves some out.
    """

    close: re.Pattern[str]
    separator: str
    longest: int
    named: re.Pattern[str]
    behind: re.Pattern[str]
    joint: re.Pattern[str]
    rest: re.Pattern[str]


@record
class ContradictionRules:
    """The words that do not change what a clause counts, and the least length of what remains.

    `long` matches the words by which a paragraph speaks of several years. Of indicators whose ids begin with one of
    `single` a report gives one number; of others a clause does that `total` matches. A sentence with what `denied`
    matches gives none. Numbers whose digits are swapped are one where their names have `letters` characters and the
    share `shared` of the shorter in common.
    """

    filler: re.Pattern[str]
    long: re.Pattern[str]
    shortest: int
    single: tuple[str, ...]
    total: re.Pattern[str]
    denied: re.Pattern[str]
    shared: Decimal
    letters: int


@record
class AllDoneRules:
    """The words of "all finished", of its exceptions and its subject, and where a carry-over stands.

    `in_time` says so only beside a rate of 100%.
    """

    done: re.Pattern[str]
    in_time: re.Pattern[str]
    exceptions: re.Pattern[str]
    about: re.Pattern[str]
    carried: re.Pattern[str]
    figures: frozenset[str]


@record
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


@record
class CertaintyRules:
    """What a difference between text and table needs to be more than a note.

    A number `far` times that of a cell no form knows is about something else.

    A link needs the probability `notion`, one to a label of no form `notion_of_label`, two numbers of the text held
    against each other `notion_told`. A name that `joint` finds something in, without its `examples`, is several, and
    so is one behind `either`, one that `apart` does an average, one with what `quoted` finds that only resembles the
    row's one thing of many; `denial` finds what makes a name count what was not done. A sentence with what `outside`
    finds tells numbers of which the table holds none; a name with what `part` finds is of one part of the row, and so
    is a number before what `behind` matches; `counted` finds what the end of a label says of no thing, `year` the
    year in a name, `self` the words that say that a body is the one that reports, `office` the names of one (its kind
    in a group) that reports for others, `title` the line that names them and `behind_name` what ends the name in it,
    `undone` labels of what was not done, `level` the bodies that are one level of many, `ranks` the levels of places,
    the greatest first, `parts` bodies that are surely parts of the reporting one, `taken` what is taken from the
    number before it, `within` finds what it holds besides, `more` ends a name that is not all that is counted, and
    `spans` those before a number of more than a year or within days.
    """

    far: int
    notion: Decimal
    notion_of_label: Decimal
    notion_told: Decimal
    joint: re.Pattern[str]
    either: re.Pattern[str]
    examples: re.Pattern[str]
    apart: re.Pattern[str]
    quoted: re.Pattern[str]
    denial: re.Pattern[str]
    outside: re.Pattern[str]
    part: re.Pattern[str]
    behind: re.Pattern[str]
    counted: re.Pattern[str]
    year: re.Pattern[str]
    self: re.Pattern[str]
    office: re.Pattern[str]
    title: re.Pattern[str]
    behind_name: re.Pattern[str]
    level: re.Pattern[str]
    ranks: tuple[re.Pattern[str], ...]
    parts: re.Pattern[str]
    undone: re.Pattern[str]
    taken: re.Pattern[str]
    within: re.Pattern[str]
    more: re.Pattern[str]
    spans: re.Pattern[str]


@record
class FrameRules:
    """How a sentence comes to speak of some things only.

    `frame` finds the words that pick them (group `frame`); what `everything` finds picks none out. `own` finds the
    bodies that are who reports, `all` clauses of all of them. A clause that `picked` finds something in, or one of
    `among` behind its number, makes of the number the things it counts. Of `matters` (indicators by the beginning
    of their ids) the one named last is meant; a name with one word of `opposites` is not a label's with the other.
    """

    frame: re.Pattern[str]
    everything: re.Pattern[str]
    own: re.Pattern[str]
    all: re.Pattern[str]
    picked: re.Pattern[str]
    among: str
    matters: tuple[tuple[str, re.Pattern[str]], ...]
    opposites: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


@record
class Arithmetic:
    """All rules for checks of a text against itself."""

    parts: PartRules
    rates: RateRules
    changes: ChangeRules
    enumeration: EnumerationRules
    contradiction: ContradictionRules
    all_done: AllDoneRules
    certainty: CertaintyRules
    frames: FrameRules
    accounts: tuple[Account, ...]
