"""Language knowledge: units, hedges, reasons, rule cards and the words whose numerals count nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..data.records import record
from ..errors import KnowledgeError
from ..numerals import NUMERAL_LETTERS
from ..units import Unit, Units
from .contexts import load_contexts
from .source import Toml, known_keys, read_toml, read_words, text_of, texts_of

SHAPES = frozenset({"around", "below_near", "more", "above", "below"})
_UNIT_KEYS = frozenset({"forms", "base", "scale", "not_before", "latin", "bound", "whole"})
_CLASS_KEYS = frozenset({"kind", "name", "whole", "units", "spellings"})
_PAIRED = frozenset({"item", "event", "case", "body", "thing"})
_SAME_KEYS = frozenset({"hub", "units", "why", "source"})
_HEDGE_KEYS = frozenset(
    {
        "id",
        "parted",
        "shape",
        "open",
        "relative",
        "places",
        "before",
        "not_after",
        "after",
        "inside",
        "scale_only",
        "scale_not_after",
        "only",
        "not_before",
    }
)


@record
class Hedge:
    """A hedge of `kb/hedges.toml`: what it makes of a number, and how it is written."""

    id: str
    shape: str
    open: bool
    relative: Decimal
    places: Decimal
    before: tuple[str, ...]
    parted: tuple[str, ...]
    not_after: frozenset[str]
    after: tuple[str, ...]
    inside: tuple[str, ...]
    scale_only: tuple[str, ...]
    scale_not_after: frozenset[str]
    only: Mapping[str, frozenset[str]]
    not_before: Mapping[str, frozenset[str]]


@record
class Card:
    """Name and meaning of a rule or reason, in both languages."""

    zh: str
    en: str


@record
class Rule:
    """A rule card of `kb/rules.toml`; `reason` is the code an exclusion rule gives, "" for a quantity rule."""

    id: str
    reason: str
    title: Card
    description: Card


@record
class Word:
    """A word with a numeral letter; it does not count `before` or `after` one of these characters."""

    text: str
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """What the quantity grammar knows. Compared by identity: grammars compiled from it are cached."""

    units: Units
    hedges: tuple[Hedge, ...]
    vague: tuple[Decimal, Decimal]
    fraction: Decimal
    reasons: Mapping[str, Card]
    rules: Mapping[str, Rule]
    ordinary: tuple[Word, ...]
    idioms: tuple[Word, ...]
    hotlines: frozenset[str]
    latin: frozenset[str]
    contexts: Mapping[str, tuple[str, ...]]


def load_language() -> Language:
    """Returns the language knowledge, cross-checked.

    Raises:
        KnowledgeError: a file names an unknown key, shape, unit, reason or word twice.
    """
    hedges = read_toml("hedges.toml")
    known_keys(hedges, frozenset({"hedge", "vague", "fraction"}), "hedges.toml", "")
    known_keys(hedges["vague"], frozenset({"low", "high"}), "hedges.toml", "vague")
    known_keys(hedges["fraction"], frozenset({"relative"}), "hedges.toml", "fraction")
    reasons = _load_reasons()
    ordinary, idioms = _load_words("ordinary"), _load_words("idioms")
    for word in {word.text for word in ordinary} & {word.text for word in idioms}:
        raise KnowledgeError("words/idioms.txt", word, "the word also in ordinary.txt", "one list a word")
    return Language(
        units=_load_units(),
        hedges=_load_hedges(hedges),
        vague=(Decimal(hedges["vague"]["low"]), Decimal(hedges["vague"]["high"])),
        fraction=Decimal(hedges["fraction"]["relative"]),
        reasons=reasons,
        rules=_load_rules(reasons),
        ordinary=ordinary,
        idioms=idioms,
        hotlines=frozenset(read_words("hotlines")),
        latin=frozenset(read_words("latin")),
        contexts=load_contexts(),
    )


def _load_units() -> Units:
    """Returns the units of `kb/units.toml` with their interchangeable partners."""
    file = "units.toml"
    toml = read_toml(file)
    known_keys(toml, frozenset({"same", "class", "per"}), file, "")
    known_keys(toml["per"], frozenset({"units"}), file, "per")
    like: dict[str, set[str]] = {}
    for index, group in enumerate(toml["same"]):
        place = f"same[{index}]"
        known_keys(group, _SAME_KEYS, file, place)
        for key in ("why", "source"):
            text_of(group, key, file, place)
        units, hub = texts_of(group, "units", file, place), text_of(group, "hub", file, place, "")
        for unit in units:
            like.setdefault(unit, set()).update((hub,) if hub else units)
        if hub:
            like.setdefault(hub, set()).update(units)
    by_id: dict[str, Unit] = {}
    forms: dict[str, Unit] = {}
    for table in toml["class"]:
        kind = text_of(table, "kind", file, "class")
        known_keys(table, _CLASS_KEYS, file, kind)
        for entry in table["units"]:
            for own, form in _read_unit(entry, table, like, kind):
                if form in forms:
                    raise KnowledgeError(file, f"{kind}.{form}", "the form twice", "each form in one unit")
                forms[form] = own
                by_id[own.id] = own
    for name in like:
        if name not in forms:
            raise KnowledgeError(file, "same", name, "a unit of a [[class]]")
    lengths: dict[str, set[int]] = {}
    for form in forms:
        lengths.setdefault(form[0], set()).add(len(form))
    return Units(
        by_id,
        forms,
        frozenset(texts_of(toml["per"], "units", file, "per")),
        {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        _by_first(read_words("counted")),
    )


def _by_first(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Returns the words by the character each begins with."""
    out: dict[str, tuple[str, ...]] = {}
    for word in words:
        out[word[0]] = (*out.get(word[0], ()), word)
    return out


def _read_unit(entry: Toml, group: Toml, like: Mapping[str, set[str]], kind: str) -> list[tuple[Unit, str]]:
    """Returns the unit of one entry with each of its forms.

    Every form is a unit of its own that compares with its neighbours (工作日, 个工作日; 立方, 立方米), so that the
    report's own word is kept; of a group with `spellings` the forms are ways of writing the first one (%, ％).
    """
    file = "units.toml"
    known_keys(entry, _UNIT_KEYS, file, kind)
    written = texts_of(entry, "forms", file, kind)
    if not written:
        raise KnowledgeError(file, kind, entry, "at least one form")
    base = text_of(entry, "base", file, kind, "")
    head = written[0]
    return [
        (
            Unit(
                id=head if group.get("spellings", False) else form,
                kind=kind,
                whole=bool(entry.get("whole", group.get("whole", True))),
                base=base,
                scale=Decimal(entry.get("scale", 1)),
                like=frozenset(
                    like.get(form, set()) | like.get(head, set()) | set(written) | set(_parts(form, kind))
                ),
                not_before=frozenset(text_of(entry, "not_before", file, head, "")),
                latin=bool(entry.get("latin", False)),
                bound=bool(entry.get("bound", False)),
            ),
            form,
        )
        for form in written
    ]


def _parts(form: str, kind: str) -> tuple[str, ...]:
    """Returns the measure words of a compound counting unit A(B) or A/B; empty for any other unit."""
    pair = form.removesuffix(")").replace("(", "/").split("/")
    return tuple(pair) if len(pair) == 2 and kind in _PAIRED else ()


def _load_hedges(toml: Toml) -> tuple[Hedge, ...]:
    """Returns the hedges; a word stands for one hedge in one position only."""
    file = "hedges.toml"
    hedges: list[Hedge] = []
    seen: set[tuple[str, str]] = set()
    for entry in toml["hedge"]:
        name = text_of(entry, "id", file, "hedge")
        known_keys(entry, _HEDGE_KEYS, file, name)
        if text_of(entry, "shape", file, name) not in SHAPES:
            raise KnowledgeError(file, f"{name}.shape", entry["shape"], f"one of {sorted(SHAPES)}")
        words = {
            key: texts_of(entry, key, file, name)
            for key in ("before", "parted", "after", "inside", "scale_only")
        }
        for key, items in words.items():
            for word in items:
                if (key, word) in seen:
                    raise KnowledgeError(file, f"{name}.{key}", word, "each word in one hedge")
                seen.add((key, word))
        hedges.append(
            Hedge(
                id=name,
                shape=entry["shape"],
                open=bool(entry.get("open", False)),
                relative=Decimal(entry.get("relative", 0)),
                places=Decimal(entry.get("places", 0)),
                not_after=frozenset(text_of(entry, "not_after", file, name, "")),
                scale_not_after=frozenset(text_of(entry, "scale_not_after", file, name, "")),
                only=_guards(entry, "only", name, words.values()),
                not_before=_guards(entry, "not_before", name, words.values()),
                **words,
            )
        )
    return tuple(hedges)


def _guards(entry: Toml, key: str, name: str, words: Iterable[tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Returns what guards words of a hedge, by word: kinds of units, or letters that may not follow."""
    guards = entry.get(key, {})
    known_keys(guards, frozenset().union(*words), "hedges.toml", f"{name}.{key}")
    return {word: frozenset(guard) for word, guard in guards.items()}


def _load_reasons() -> dict[str, Card]:
    """Returns the reason codes of `kb/exclusions.toml`."""
    file = "exclusions.toml"
    cards = {}
    for code, entry in read_toml(file).items():
        known_keys(entry, frozenset({"zh", "en"}), file, code)
        cards[code] = Card(text_of(entry, "zh", file, code), text_of(entry, "en", file, code))
    return cards


def _load_rules(reasons: Mapping[str, Card]) -> dict[str, Rule]:
    """Returns the rule cards of `kb/rules.toml`; an exclusion rule names its reason."""
    file = "rules.toml"
    rules = {}
    keys = frozenset({"id", "reason", "title", "title_en", "description", "description_en"})
    toml = read_toml(file)
    known_keys(toml, frozenset({"rule"}), file, "")
    for entry in toml["rule"]:
        name = text_of(entry, "id", file, "rule")
        known_keys(entry, keys, file, name)
        reason = text_of(entry, "reason", file, name, "")
        if name in rules:
            raise KnowledgeError(file, name, "the rule twice", "each id once")
        if reason and reason not in reasons:
            raise KnowledgeError(file, f"{name}.reason", reason, "a code of exclusions.toml")
        title = Card(text_of(entry, "title", file, name), text_of(entry, "title_en", file, name))
        description = Card(
            text_of(entry, "description", file, name), text_of(entry, "description_en", file, name)
        )
        rules[name] = Rule(name, reason, title, description)
    return rules


def _load_words(name: str) -> tuple[Word, ...]:
    """Returns the words of a list with their `>` (not before) and `<` (not after) characters."""
    words: dict[str, Word] = {}
    for line in read_words(name):
        text, *guards = line.split()
        if not any(character in NUMERAL_LETTERS for character in text):
            raise KnowledgeError(
                f"words/{name}.txt", text, "no numeral in it", "a word with a numeral letter"
            )
        if text in words:
            raise KnowledgeError(f"words/{name}.txt", text, "the word twice", "each word once")
        before = after = frozenset[str]()
        for guard in guards:
            if guard[0] == ">":
                before = frozenset(guard[1:])
            elif guard[0] == "<":
                after = frozenset(guard[1:])
            else:
                raise KnowledgeError(f"words/{name}.txt", text, guard, "> or < and characters")
        words[text] = Word(text, before, after)
    return tuple(words.values())
