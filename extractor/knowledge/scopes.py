"""How prose says whose a number is: words, names by their make, and the author of a report."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import regex

from ..errors import KnowledgeError
from .source import Toml, alternation, known_keys, text_of, texts_of

_FILE = "discourse.toml"
KINDS = ("body", "subordinate", "whole")
_SUBJECT = ("opens", "names", "letters", "acts")
_LONGEST = 9  # characters before the word that makes a name that of a body

Compile = Callable[[str, str], regex.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Authors:
    """How a report says whose it is.

    `title` finds the name (groups before, after, alone), `governments` are the words a name of a place ends with
    where its government is meant, `ranks` the endings of places, the highest rank first, `towns` what towns call
    themselves, `selves` what schools, hospitals and the like do.
    """

    title: regex.Pattern[str]
    governments: tuple[str, ...]
    ranks: tuple[tuple[str, ...], ...]
    towns: tuple[str, ...]
    selves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScopeNames:
    """The patterns of scopes.

    `words` matches the scope words, in a named group where one is no scope (居全市第3位); `kinds` are patterns whose
    kind is certain; of `portal` and `level` (group level) and `subject` (group name) the author of the report decides.
    An account without an owner is nobody's (`kinds`); `counted` matches bodies counted as a subject.
    `acting` matches the end of any subject: the beginning is looked for only there. Two subordinate scopes that
    hold `all` are a whole, and so is a list that opens with `every`; what holds one of `never` is no name of one body;
    `offices` are a government's own.
    """

    words: re.Pattern[str]
    kinds: tuple[tuple[str, re.Pattern[str] | regex.Pattern[str]], ...]
    portal: regex.Pattern[str]
    counted: re.Pattern[str]
    subject: regex.Pattern[str]
    acting: regex.Pattern[str]
    level: regex.Pattern[str]
    never: tuple[str, ...]
    every: str
    all: str
    offices: tuple[str, ...]


def read_authors(table: Toml, compiled: Compile) -> Authors:
    """Returns the table `authors`."""
    known_keys(table, frozenset({"title", "governments", "ranks", "towns", "selves"}), _FILE, "authors")
    return Authors(
        title=compiled(text_of(table, "title", _FILE, "authors"), "authors.title"),
        governments=texts_of(table, "governments", _FILE, "authors"),
        ranks=tuple(tuple(words) for words in table["ranks"]),
        towns=texts_of(table, "towns", _FILE, "authors"),
        selves=texts_of(table, "selves", _FILE, "authors"),
    )


def read_scope_names(table: Toml, words: tuple[str, ...], compiled: Compile) -> ScopeNames:
    """Returns the table `scope_names`, with the pattern of the scope words `words`."""
    keys = {
        *KINDS,
        "apart",
        "apart_before",
        "longer",
        "contests",
        "all",
        "offices",
        "portal",
        "subject",
        "level",
        "never",
        "every",
        "counted",
        "nobody",
    }
    known_keys(table, frozenset(keys), _FILE, "scope_names")
    apart = texts_of(table, "apart", _FILE, "scope_names")
    contests = texts_of(table, "contests", _FILE, "scope_names")
    # a look at the first letter spares most places more
    letters = regex.escape("".join(sorted({word[0] for word in (*words, *apart, "在")})))
    behind = alternation(texts_of(table, "apart_before", _FILE, "scope_names"))
    longer = {last: f"(?![{regex.escape(letters)}])" for last, letters in table["longer"].items()}
    free = tuple(word for word in words if word[-1] not in longer)
    named = "|".join(
        rf"(?:{alternation(tuple(word for word in words if word[-1] == last))}){ahead}"
        for last, ahead in longer.items()
    )
    named = f"(?:{named}|{alternation(free)})"

    def pattern(key: str) -> regex.Pattern[str]:
        return compiled(text_of(table, key, _FILE, "scope_names"), f"scope_names.{key}")

    kinds = {kind: text_of(table, kind, _FILE, "scope_names") for kind in ("subordinate", "whole")}
    nobody = ("unstated", _quick(text_of(table, "nobody", _FILE, "scope_names"), "nobody"))
    subject = {key: text_of(table["subject"], key, _FILE, "scope_names.subject") for key in _SUBJECT}
    known_keys(table["subject"], frozenset(_SUBJECT), _FILE, "scope_names.subject")
    name, acts = rf"(?:{subject['names']})", rf"(?={subject['acts']})"
    return ScopeNames(
        words=_quick(
            rf"(?=[{letters}])(?:(?P<apart>(?:{alternation(apart)}){named}+"
            rf"|在{named}+(?=[^,;。]{{0,12}}(?:{alternation(contests)}))|{named}(?={behind}))|{named})",
            "scopes",
        ),
        kinds=(("body", pattern("body")), *((kind, _quick(kinds[kind], kind)) for kind in kinds), nobody),
        portal=pattern("portal"),
        subject=compiled(
            rf"{subject['opens']}(?P<name>\p{{Han}}{{0,{_LONGEST}}}?{name}){acts}", "scope_names.subject"
        ),
        counted=_quick(text_of(table, "counted", _FILE, "scope_names"), "counted"),
        acting=compiled(rf"(?=[{subject['letters']}]){name}{acts}", "scope_names.subject"),
        level=pattern("level"),
        never=texts_of(table, "never", _FILE, "scope_names"),
        every=text_of(table, "every", _FILE, "scope_names"),
        all=text_of(table, "all", _FILE, "scope_names"),
        offices=texts_of(table, "offices", _FILE, "scope_names"),
    )


def _quick(pattern: str, place: str) -> re.Pattern[str]:
    """Returns a pattern of `re`, which reads these in a third of the time `regex` takes."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise KnowledgeError(_FILE, f"scope_names.{place}", str(error), "a pattern of Python's re") from error
