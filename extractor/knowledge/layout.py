"""Layout knowledge: what is no text of a report, where tables without marks begin, what stands around tables."""

from __future__ import annotations

import re
from functools import cache

from ..data.records import record
from ..errors import KnowledgeError
from .source import Section, alternation, read_toml, read_words

_FILE = "layout.toml"

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
    `title` matches the longest known section title; a heading of an unknown one that runs on into its text is cut
    before what `begun` finds. `litter` finds the names, as paths in a folder or
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
    begun: re.Pattern[str]
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


def load_layout() -> Layout:
    """Returns the layout knowledge.

    Raises:
        KnowledgeError: `kb/layout.toml` or a word list is wrong.
    """
    with Section(read_toml(_FILE), _FILE) as data:
        return _layout(data)


def _layout(data: Section) -> Layout:
    dropped, html, tables = (data.section(key) for key in ("dropped", "html", "tables"))
    labels = alternation(read_words("table_labels"))
    units = alternation(tables.texts("units"))
    label = f"{_ENUMERATOR}{{0,2}}(?:{labels})|(?:19|20)\\d\\d年度"
    return Layout(
        drops=tuple(_drop(code, dropped.section(code)) for code in dropped),
        html=HtmlNoise(
            html.set("skipped"),
            html.set("navigation"),
            html.set("navigation_short"),
            html.set("navigation_classes"),
            _count(html, "navigation_limit"),
        ),
        cover_labels=tables.set("cover_labels"),
        cover_minimum=_count(tables, "cover_minimum"),
        head=_either(tables, "heads"),
        token=re.compile(f"(?P<label>{label})|(?P<number>{_NUMBER})|(?P<fill>{units}|[ |:、,;.()·_]|其中)"),
        label=re.compile(label),
        caption=_either(tables, "captions"),
        note=_either(tables, "notes"),
        title=re.compile(alternation(read_words("section_titles"))),
        begun=data.section("headings").pattern("begun"),
        common=frozenset(data.section("decoding").text("common")),
        litter=_either(data.section("archives"), "litter"),
    )


def _drop(code: str, table: Section) -> Drop:
    head = table.value("head")
    if head not in (None, True, False):
        raise table.wrong("head", "true or false")
    return Drop(
        code,
        table.text("zh"),
        table.text("en"),
        _either(table, "lines") if table.texts("lines") else None,
        _either(table, "inline") if table.texts("inline") else None,
        head is True,
    )


def _either(table: Section, key: str) -> re.Pattern[str]:
    """Returns one pattern of the list of patterns at `key`."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in table.patterns(key)))


def _count(table: Section, key: str) -> int:
    count = table.whole(key)
    if count < 1:
        raise table.wrong(key, "a whole number above 0")
    return count


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
