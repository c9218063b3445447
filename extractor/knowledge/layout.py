"""Layout knowledge: what is no text of a report, where tables without marks begin, what stands around tables."""

from __future__ import annotations

import re
from functools import cache

from ..data.records import record
from ..errors import KnowledgeError
from .source import Toml, alternation, known_keys, read_toml, read_words, text_of, texts_of

_FILE = "layout.toml"
_TOP = frozenset({"dropped", "html", "tables", "decoding", "archives"})
_DROPPED = frozenset({"zh", "en", "lines", "inline", "head"})
_HTML = frozenset({"skipped", "navigation", "navigation_short", "navigation_classes", "navigation_limit"})
_TABLES = frozenset({"cover_labels", "cover_minimum", "heads", "units", "captions", "notes"})
_DECODING = frozenset({"common"})
_ARCHIVES = frozenset({"litter"})

_ENUMERATOR = r"(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\)|\d{1,2}[.、]|其中:?)"
# An ordinary number, a dash or slash cell. A year before 年 is prose: "2015年,我区".
_NUMBER = r"[-−+]?\d[\d,]*+(?:\.\d++)?%?(?!年(?!度))|/|[—–-]{1,4}(?=\D|$)"


@record
class Drop:
    """One reason for dropping text: `lines` match whole lines, `inline` anywhere; either may be None."""

    code: str
    zh: str
    en: str
    lines: re.Pattern[str] | None
    inline: re.Pattern[str] | None
    head: bool


@record
class HtmlNoise:
    """Which elements are no text at all (`skipped`) and which are navigation, by tag or class word.

    Elements of `short` and of a navigation class count only up to `limit` characters.
    """

    skipped: frozenset[str]
    navigation: frozenset[str]
    short: frozenset[str]
    classes: frozenset[str]
    limit: int


@record
class Layout:
    """Layout knowledge. All patterns expect text whose widths are folded to ASCII.

    `head` finds where a table without marks begins, `token` matches one cell of it (group `label`,
    `number` or `fill`), `label` finds the next label; these three expect text without blanks but for those
    between two numbers.
    `title` matches the longest known section title. `litter` finds the names, as paths in a folder or
    archive, of files that are no documents.
    """

    drops: tuple[Drop, ...]
    html: HtmlNoise
    cover_labels: frozenset[str]
    cover_minimum: int
    head: re.Pattern[str]
    token: re.Pattern[str]
    label: re.Pattern[str]
    caption: re.Pattern[str]
    note: re.Pattern[str]
    title: re.Pattern[str]
    common: frozenset[str]
    litter: re.Pattern[str]

    def reason(self, code: str) -> Drop:
        """Returns the reason `code`, with its names.

        Raises:
            KeyError: there is no such reason.
        """
        for drop in self.drops:
            if drop.code == code:
                return drop
        raise KeyError(code)


def _pattern(sources: tuple[str, ...], place: str) -> re.Pattern[str]:
    for source in sources:
        try:
            re.compile(source)
        except re.error as error:
            raise KnowledgeError(_FILE, place, source, f"a regular expression ({error})") from error
    return re.compile("|".join(f"(?:{source})" for source in sources))


def _room(data: Toml, key: str) -> Toml:
    room = data.get(key)
    if not isinstance(room, dict):
        raise KnowledgeError(_FILE, key, room, "a table")
    return room


def _count(table: Toml, key: str, place: str) -> int:
    value = table.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise KnowledgeError(_FILE, f"{place}.{key}", value, "a whole number above 0")
    return value


def _drop(code: str, table: Toml) -> Drop:
    place = f"dropped.{code}"
    if not isinstance(table, dict):
        raise KnowledgeError(_FILE, place, table, "a table")
    known_keys(table, _DROPPED, _FILE, place)
    lines, inline = texts_of(table, "lines", _FILE, place), texts_of(table, "inline", _FILE, place)
    head = table.get("head", False)
    if not isinstance(head, bool):
        raise KnowledgeError(_FILE, f"{place}.head", head, "true or false")
    return Drop(
        code,
        text_of(table, "zh", _FILE, place),
        text_of(table, "en", _FILE, place),
        _pattern(lines, f"{place}.lines") if lines else None,
        _pattern(inline, f"{place}.inline") if inline else None,
        head,
    )


def load_layout() -> Layout:
    """Returns the layout knowledge.

    Raises:
        KnowledgeError: `kb/layout.toml` or a word list is wrong.
    """
    data = read_toml(_FILE)
    known_keys(data, _TOP, _FILE, "(top)")
    dropped, html, tables, decoding, archives = (
        _room(data, key) for key in ("dropped", "html", "tables", "decoding", "archives")
    )
    known_keys(html, _HTML, _FILE, "html")
    known_keys(tables, _TABLES, _FILE, "tables")
    known_keys(decoding, _DECODING, _FILE, "decoding")
    known_keys(archives, _ARCHIVES, _FILE, "archives")
    labels = alternation(read_words("table_labels"))
    units = alternation(texts_of(tables, "units", _FILE, "tables"))
    label = f"{_ENUMERATOR}{{0,2}}(?:{labels})|(?:19|20)\\d\\d年度"
    return Layout(
        drops=tuple(_drop(code, table) for code, table in dropped.items()),
        html=HtmlNoise(
            frozenset(texts_of(html, "skipped", _FILE, "html")),
            frozenset(texts_of(html, "navigation", _FILE, "html")),
            frozenset(texts_of(html, "navigation_short", _FILE, "html")),
            frozenset(texts_of(html, "navigation_classes", _FILE, "html")),
            _count(html, "navigation_limit", "html"),
        ),
        cover_labels=frozenset(texts_of(tables, "cover_labels", _FILE, "tables")),
        cover_minimum=_count(tables, "cover_minimum", "tables"),
        head=_pattern(texts_of(tables, "heads", _FILE, "tables"), "tables.heads"),
        token=re.compile(f"(?P<label>{label})|(?P<number>{_NUMBER})|(?P<fill>{units}|[ |:、,;.()·_]|其中)"),
        label=re.compile(label),
        caption=_pattern(texts_of(tables, "captions", _FILE, "tables"), "tables.captions"),
        note=_pattern(texts_of(tables, "notes", _FILE, "tables"), "tables.notes"),
        title=re.compile(alternation(read_words("section_titles"))),
        common=frozenset(text_of(decoding, "common", _FILE, "decoding")),
        litter=_pattern(texts_of(archives, "litter", _FILE, "archives"), "archives.litter"),
    )


@cache
def traditional() -> dict[int, str]:
    """Returns the one-to-one map from traditional characters to simplified ones, for `str.translate`.

    Raises:
        KnowledgeError: a line of the word list is no pair of characters.
    """
    pairs = read_words("traditional")
    for pair in pairs:
        if len(pair) != 2:
            raise KnowledgeError("words/traditional.txt", pair, pair, "two characters")
    return {ord(pair[0]): pair[1] for pair in pairs}
