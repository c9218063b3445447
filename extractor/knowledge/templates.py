"""The statistics forms: their rows, columns, identities, and the words a table of no form is read by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from ..data.records import record
from ..errors import KnowledgeError
from ..formulas import Identity, parse_identity
from .source import Toml, known_keys, read_toml, root, text_of, texts_of
from .tablewords import TableWords, load_words

_FOLDER = "templates"
_KINDS = frozenset({"list", "grid", "line"})
_TEMPLATE_KEYS = frozenset({"id", "zh", "en", "borrows", "blocks", "identities"})
_BLOCK_KEYS = frozenset({"id", "kind", "titles", "unit", "columns", "rows"})
_ROW_KEYS = frozenset(
    {"id", "label", "aliases", "unit", "parent", "group", "heading", "merged", "optional", "zh", "en"}
)
_COLUMN_KEYS = frozenset(
    {"id", "label", "aliases", "path", "unit", "group", "period", "optional", "zh", "en"}
)
_IDENTITY_KEYS = frozenset({"id", "block", "formula", "code", "zh", "en"})
_PERIODS = frozenset({"", "cumulative", "last_year"})
_IDENTITY_CODE = "table.identity"


@record
class Row:
    """A row of a form. `heading` rows hold no value; a `merged` row stands for its children where a body

    does not list them; `optional` rows are often left out. `parent` is the id of the row above it, "" at the top.
    """

    id: str
    label: str
    aliases: tuple[str, ...]
    unit: str
    parent: str
    group: str
    heading: bool
    merged: bool
    optional: bool
    zh: str
    en: str

    @property
    def labels(self) -> tuple[str, ...]:
        """Returns the official label and its aliases."""
        return (self.label, *self.aliases)


@record
class Column:
    """A value column of a form; `path` are the labels above it, outermost first, `period` as in `Figure`."""

    id: str
    label: str
    aliases: tuple[str, ...]
    path: tuple[str, ...]
    unit: str
    group: str
    period: str
    optional: bool
    zh: str
    en: str

    @property
    def labels(self) -> tuple[str, ...]:
        """Returns the official label and its aliases."""
        return (self.label, *self.aliases)


@record
class Block:
    """One table of a form: a `list` (rows, one value), a `grid` (rows by columns), a `line` (columns only)."""

    id: str
    kind: str
    titles: tuple[str, ...]
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def indicator(self, row: Row | None, column: Column) -> str:
        """Returns the id of the cell where `row` (None in a `line`) meets `column`."""
        if row is None:
            return column.id
        return f"{row.id}@{column.id}" if column.id else row.id


@record
class TableIdentity:
    """One identity with its placeholders filled in.

    Of several with one `key` the first counts whose cells exist. `code` is the finding that one gives which fails.
    """

    key: str
    formula: Identity
    code: str
    zh: str
    en: str


@record
class Indicator:
    """What a figure of a form means; `label` is the official one, `parent` the id of the row above its row."""

    id: str
    label: str
    path: tuple[str, ...]
    unit: str
    group: str
    period: str
    parent: str
    zh: str
    en: str


@record
class Template:
    """A form: its blocks in the order printed, and its identities; `named` are the indicators these speak of."""

    id: str
    zh: str
    en: str
    blocks: tuple[Block, ...]
    identities: tuple[TableIdentity, ...]
    named: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = frozenset(name for entry in self.identities for name in entry.formula.names)
        object.__setattr__(self, "named", names)


@dataclass(frozen=True, slots=True, eq=False)
class Templates:
    """All forms. `indicators` maps each id to its meaning (the first form that has it decides), `own` by form."""

    templates: tuple[Template, ...]
    indicators: Mapping[str, Indicator]
    own: Mapping[str, Mapping[str, Indicator]]
    words: TableWords


def load_templates() -> Templates:
    """Returns the forms of `kb/templates/` and the words of `kb/tables.toml`.

    Raises:
        KnowledgeError: a key, a reference or a formula is wrong.
    """
    names = sorted(entry.name for entry in (root() / _FOLDER).iterdir() if entry.name.endswith(".toml"))
    tables = {name: read_toml(f"{_FOLDER}/{name}") for name in names}
    own = {name: _template(table, f"{_FOLDER}/{name}") for name, table in tables.items()}
    templates = tuple(_borrow(own, name, tables[name]) for name in names)
    meanings = {
        template.id: {
            indicator.id: indicator for indicator in chain.from_iterable(map(_indicators, template.blocks))
        }
        for template in templates
    }
    indicators: dict[str, Indicator] = {}
    for name, meaning in chain.from_iterable(mine.items() for mine in meanings.values()):
        indicators.setdefault(name, meaning)
    rows = {row.id for template in templates for block in template.blocks for row in block.rows}
    return Templates(templates, indicators, meanings, load_words(rows))


def _template(table: Toml, file: str) -> Template:
    known_keys(table, _TEMPLATE_KEYS, file, "(top)")
    blocks = tuple(_block(entry, file) for entry in table.get("blocks", []))
    by_id = {block.id: block for block in blocks}
    identities: list[TableIdentity] = []
    for entry in table.get("identities", []):
        place = f"identities.{text_of(entry, 'id', file, 'identities')}"
        known_keys(entry, _IDENTITY_KEYS, file, place)
        wanted = text_of(entry, "block", file, place, blocks[0].id if len(blocks) == 1 else None)
        if wanted not in by_id:
            raise KnowledgeError(file, f"{place}.block", wanted, f"one of {', '.join(by_id)}")
        identities.extend(_identities(entry, by_id[wanted], file, place))
    return Template(
        text_of(table, "id", file, "(top)"),
        text_of(table, "zh", file, "(top)"),
        text_of(table, "en", file, "(top)"),
        blocks,
        tuple(identities),
    )


def _borrow(own: Mapping[str, Template], name: str, table: Toml) -> Template:
    """Returns the template of file `name` with the blocks it borrows, and the identities that live in them."""
    borrows = table.get("borrows")
    if borrows is None:
        return own[name]
    file = f"{_FOLDER}/{name}"
    known_keys(borrows, frozenset({"from", "blocks"}), file, "borrows")
    lender = text_of(borrows, "from", file, "borrows")
    source = next((template for template in own.values() if template.id == lender), None)
    if source is None:
        raise KnowledgeError(file, "borrows.from", lender, "the id of a template")
    wanted = texts_of(borrows, "blocks", file, "borrows")
    blocks = tuple(block for block in source.blocks if block.id in wanted)
    if len(blocks) != len(wanted):
        raise KnowledgeError(file, "borrows.blocks", list(wanted), f"blocks of {lender}")
    names = {indicator.id for indicator in chain.from_iterable(map(_indicators, blocks))}
    lent = tuple(entry for entry in source.identities if names.issuperset(entry.formula.names))
    return replace(own[name], blocks=own[name].blocks + blocks, identities=own[name].identities + lent)


def _block(entry: Toml, file: str) -> Block:
    place = f"blocks.{text_of(entry, 'id', file, 'blocks')}"
    known_keys(entry, _BLOCK_KEYS, file, place)
    kind = text_of(entry, "kind", file, place)
    if kind not in _KINDS:
        raise KnowledgeError(file, f"{place}.kind", kind, f"one of {', '.join(sorted(_KINDS))}")
    rows = tuple(_row(row, file, place) for row in entry.get("rows", []))
    ids = {row.id for row in rows}
    if len(ids) != len(rows):
        raise KnowledgeError(file, f"{place}.rows", len(rows), "each id once")
    for row in rows:
        if row.parent and row.parent not in ids:
            raise KnowledgeError(file, f"{place}.rows.{row.id}.parent", row.parent, "the id of a row")
    return Block(
        text_of(entry, "id", file, "blocks"),
        kind,
        texts_of(entry, "titles", file, place),
        text_of(entry, "unit", file, place, ""),
        tuple(_column(column, file, place) for column in entry.get("columns", [])),
        rows,
    )


def _row(entry: Toml, file: str, block: str) -> Row:
    place = f"{block}.rows.{text_of(entry, 'id', file, block)}"
    known_keys(entry, _ROW_KEYS, file, place)
    return Row(
        text_of(entry, "id", file, block),
        text_of(entry, "label", file, place),
        texts_of(entry, "aliases", file, place),
        text_of(entry, "unit", file, place, ""),
        text_of(entry, "parent", file, place, ""),
        text_of(entry, "group", file, place),
        _flag(entry, "heading", file, place),
        _flag(entry, "merged", file, place),
        _flag(entry, "optional", file, place),
        text_of(entry, "zh", file, place),
        text_of(entry, "en", file, place),
    )


def _column(entry: Toml, file: str, block: str) -> Column:
    place = f"{block}.columns.{text_of(entry, 'id', file, block)}"
    known_keys(entry, _COLUMN_KEYS, file, place)
    period = text_of(entry, "period", file, place, "")
    if period not in _PERIODS:
        raise KnowledgeError(file, f"{place}.period", period, f"one of {', '.join(sorted(_PERIODS))}")
    return Column(
        text_of(entry, "id", file, block),
        text_of(entry, "label", file, place),
        texts_of(entry, "aliases", file, place),
        texts_of(entry, "path", file, place),
        text_of(entry, "unit", file, place, ""),
        text_of(entry, "group", file, place, ""),
        period,
        _flag(entry, "optional", file, place),
        text_of(entry, "zh", file, place),
        text_of(entry, "en", file, place),
    )


def _flag(entry: Toml, key: str, file: str, place: str) -> bool:
    value = entry.get(key, False)
    if not isinstance(value, bool):
        raise KnowledgeError(file, f"{place}.{key}", value, "true or false")
    return value


def _identities(entry: Toml, block: Block, file: str, place: str) -> Iterator[TableIdentity]:
    """Yields the identity once for every row and column its placeholders stand for."""
    pattern = text_of(entry, "formula", file, place)
    names = {indicator.id for indicator in _indicators(block)}
    identity = text_of(entry, "id", file, place)
    for key, text in _fill(pattern, identity, block, file, place):
        try:
            formula = parse_identity(text)
        except ValueError as error:
            raise KnowledgeError(file, f"{place}.formula", text, str(error)) from error
        for name in formula.names:
            if name not in names:
                raise KnowledgeError(file, f"{place}.formula", name, f"a cell of block {block.id}")
        yield TableIdentity(
            key,
            formula,
            text_of(entry, "code", file, place, _IDENTITY_CODE),
            text_of(entry, "zh", file, place),
            text_of(entry, "en", file, place),
        )


def _fill(pattern: str, identity: str, block: Block, file: str, place: str) -> Iterator[tuple[str, str]]:
    """Yields (key, formula) with every placeholder of `pattern` filled in; a list's form goes over its columns."""
    values = [row for row in block.rows if not row.heading]
    if "{row}" in pattern:
        for row in values:
            yield f"{identity}:{row.id}", pattern.replace("{row}", row.id)
    elif "{column}" in pattern:
        text = pattern
        for heading in (row.id for row in block.rows):
            mark = f"{{sum:{heading}}}"
            if mark in text:
                children = [row.id for row in block.rows if row.parent == heading]
                text = text.replace(mark, " + ".join(f"{child}@{{column}}" for child in children))
        if "{sum:" in text:
            raise KnowledgeError(file, f"{place}.formula", pattern, "{sum:X} with X the id of a row")
        for column in block.columns:
            yield f"{identity}:{column.id}", text.replace("{column}", column.id)
    else:
        yield identity, pattern
        if block.kind == "list":
            for column in block.columns[1:]:
                formula = parse_identity(pattern)
                yield f"{identity}:{column.id}", _shift(formula, column.id)


def _shift(identity: Identity, column: str) -> str:
    """Returns the formula of a list's first column said of another one."""

    def side(formula: Iterable[tuple[str, int, bool]]) -> str:
        parts = (
            f"{'-' if sign < 0 else '+'} {name}@{column}{'?' if optional else ''}"
            for name, sign, optional in formula
        )
        return " ".join(parts).removeprefix("+ ")

    left = ((term.name, term.sign, term.optional) for term in identity.left.terms)
    right = ((term.name, term.sign, term.optional) for term in identity.right.terms)
    return f"{side(left)} {identity.relation} {side(right)}"


def _indicators(block: Block) -> Iterator[Indicator]:
    """Yields what every cell of the block means."""
    if block.kind == "line":
        for column in block.columns:
            yield Indicator(
                column.id, column.label, column.path, column.unit or block.unit, column.group, column.period, "",
                column.zh, column.en,
            )  # fmt: skip
        return
    for row in block.rows:
        if row.heading:
            continue
        for column in block.columns:
            plain = block.kind == "list" and not column.id
            yield Indicator(
                block.indicator(row, column),
                row.label,
                (*column.path, column.label),
                column.unit or row.unit or block.unit,
                row.group,
                column.period,
                row.parent,
                row.zh if plain else f"{row.zh}·{column.zh}",
                row.en if plain else f"{row.en}, {column.en}",
            )
