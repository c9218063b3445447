"""Every word the facets of phrases and labels know, with what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..data.records import record

KINDS = (
    "object",
    "action",
    "outcome",
    "reason",
    "channel",
    "route",
    "applicant",
    "role",
    "stage",
    "measure",
    "manner",
    "flow",
    "mark",
    "bare",
    "topic",
)


@record
class Others:
    """The words for what is left of a list: of applicants, behind one of `after`, they mean `applicant`.

    Of the outcomes of an object they mean its `outcomes`, of channels `channel`.
    """

    words: frozenset[str]
    after: frozenset[str]
    applicant: str
    outcomes: Mapping[str, str]
    channel: str


@record
class Alone:
    """What a phrase means of `object` that is no more than an `action`: the `outcome`."""

    object: str
    action: str
    outcome: str


@record
class Standing:
    """An `action` that gives way to those of `beside` in the same phrase."""

    action: str
    beside: frozenset[str]


@record
class Gazetteer:
    """Every word the facets know, with what it says.

    `words` maps a word to its (kind, value) pairs, neutral words to none; `longest` gives for a first character the
    length of the longest word that begins with it. `topics` is the like for section titles, `home` the topic an
    object belongs to. `meant` gives by kind the values that mean something for an object; kinds it lacks mean
    something for all. `turned` gives by object what a (kind, value) that means nothing for it says of it instead.
    `columns` are the table columns an applicant stands for, `implied` the object a (kind, value) speaks of where
    none is named, `grounds` the outcome a reason is given for, `counted` what an (object, unit) really counts,
    `namesakes` the object it must not be taken for, `names` the first word of every (kind, value). `connectors`
    join two heads, `joints` the names of rows, `of_numbers` matches what counts numbers; `light` objects before a
    head narrow nothing. `dominant` actions say more than others beside them, `of_applicant` is the one meant where
    only an applicant is named. `yielding` objects give way to one named before, `nearest` ones share outcomes,
    which go with the one named last, `apart` ones are no row of another, of `amounts` none is none in any unit,
    `alike` ones the action told of the first, of `shared` ones every body has its part; `others` end a list, and
    behind `rest` say that what stands before are examples; `aside` matches words before a name that say nothing of
    what is counted, the action of `standing` gives way to others; a row's label may begin with one of `leads` and
    end in one of `tails`, which tell no row by themselves; `totals` are the labels of a row of totals, `caption`
    matches what of a table's caption says nothing of what it counts, `money` a label of amounts; `item` finds the
    `name` of a row in a title, `generic` what of a title names nothing, `final` tells accounts from a budget;
    `last_year` gives the action another one is in a claim about last year, `as_of` in one about a day. Before
    `placed` objects stands where they are. `of_channel` is the action of a channel that names none, `alone` what an
    action by itself means. `one_level` matches what says in a table's caption that it is of one level only,
    `topical` those of one field of work, `denied_twice` a denial before which another stands, the inner one as its
    group, `own_topic` what these reports are about; `agreed` is how likely a name must be made by a number that
    agrees; `gazette_name`, `account_name` and `law_name` are names that say nothing of what is counted.
    """

    words: Mapping[str, tuple[tuple[str, str], ...]]
    longest: Mapping[str, int]
    topics: Mapping[str, tuple[str, ...]]
    home: Mapping[str, str]
    meant: Mapping[str, Mapping[str, frozenset[str]]]
    turned: Mapping[str, Mapping[tuple[str, str], tuple[str, str]]]
    columns: Mapping[str, tuple[str, ...]]
    implied: Mapping[tuple[str, str], str]
    grounds: Mapping[str, str]
    counted: Mapping[tuple[str, str], str]
    namesakes: Mapping[str, str]
    names: Mapping[tuple[str, str], str]
    connectors: frozenset[str]
    joints: tuple[str, ...]
    of_numbers: re.Pattern[str]
    light: frozenset[str]
    dominant: frozenset[str]
    of_applicant: str
    yielding: frozenset[str]
    nearest: frozenset[str]
    shared: frozenset[str]
    others: Others
    rest: str
    apart: frozenset[str]
    amounts: frozenset[str]
    aside: re.Pattern[str]
    standing: Standing
    tails: tuple[str, ...]
    leads: tuple[str, ...]
    totals: frozenset[str]
    caption: re.Pattern[str]
    money: re.Pattern[str]
    item: re.Pattern[str]
    generic: re.Pattern[str]
    final: re.Pattern[str]
    last_year: Mapping[str, str]
    as_of: Mapping[str, str]
    own_topic: re.Pattern[str]
    gazette_name: re.Pattern[str]
    account_name: re.Pattern[str]
    law_name: re.Pattern[str]
    placed: frozenset[str]
    of_channel: str
    alone: Alone
    denied_twice: re.Pattern[str]
    alike: frozenset[str]
    agreed: float
    topical: re.Pattern[str]
    one_level: re.Pattern[str]
