"""What a claim may be about: the narrative indicators, and the rows and cells of tables no template knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from ..data import Figure, Reading
from ..formulas import Formula
from ..knowledge.linking import Linking
from ..tables.labels import bare_label
from .facets import MEASURES, Facets, distinct_of
from .model import Model
from .reader import Reader
from .telling import PERCENT, Told, telling

_LAST_YEAR = "last_year"
_NAMES = 2  # so many characters of a label at least name something
_RECENT = 2048  # phrases whose n-grams are kept: the same words come back report after report


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """One thing a claim may be about.

    `distinct` are its facets of the kinds in which different values mean different things.
    `formulas` are its admissible readings over row ids; a label target has none, but the `figures` that bear the
    label, those of last year as `earlier`. `before` answer a claim about last year, `share` one body's number,
    `none` that there was none.
    `details` are the kinds of facets that make it another row than its neighbours. `names` are the cores of its
    known wordings, `vector` their weighted character n-grams, `letters` all their characters; `row` and `column`
    are the characters that a label target's row and column are told by, `hints` the (kind, value) its label says
    besides these; `money` says that it is an amount, in a unit the table does not name, `final` that it is what was
    spent or got in the end; `apart` are the objects of its label and its table's caption that are told apart
    wherever they are named. `summed` are the labels of the rows (or columns) beside its own, where its own is their
    total: a claim that names one of them is not about all of them.
    """

    key: str
    name: str
    facets: Facets
    details: frozenset[str]
    distinct: Mapping[str, frozenset[str]]
    unit: str
    topics: frozenset[str]
    names: frozenset[str]
    vector: Mapping[str, float]
    letters: frozenset[str]
    formulas: tuple[Formula, ...] = ()
    figures: tuple[Figure, ...] = ()
    also: frozenset[str] = frozenset()
    before: tuple[Formula, ...] = ()
    share: tuple[Formula, ...] = ()
    none: tuple[Formula, ...] = ()
    earlier: tuple[Figure, ...] = ()
    row: frozenset[str] = frozenset()
    column: frozenset[str] = frozenset()
    hints: frozenset[tuple[str, str]] = frozenset()
    money: bool = False
    final: bool = False
    apart: frozenset[str] = frozenset()
    summed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Targets by the object they count; `other` are labels, and what names no object, by their character bigrams.

    `alike` holds those of `by_object` by object and details, which must be a claim's own. `percents` are the labels of
    cells that hold a rate.
    """

    by_object: Mapping[str, tuple[Target, ...]]
    other: Mapping[str, tuple[Target, ...]]
    alike: Mapping[tuple[str, frozenset[str]], tuple[Target, ...]]
    percents: frozenset[Target] = frozenset()

    def candidates(self, facets: Facets, around: str = "") -> list[Target]:
        """Returns the targets a phrase may be about: those of its object, and labels that share its words.

        `around` are the words inherited phrases and titles add.
        """
        return self._found((self.by_object.get(name, ()) for name in facets.get("object")), facets, around)

    def possible(self, facets: Facets, around: str = "") -> list[Target]:
        """Returns the candidates with the details of the phrase, as far as its object tells them."""
        details, objects = facets.details, facets.get("object")
        groups = [self.alike.get((name, details), ()) for name in objects]
        if len(groups) == 1 and not self.other:
            return list(groups[0])
        return self._found(groups, facets, around)

    def _found(self, groups: Iterable[tuple[Target, ...]], facets: Facets, around: str) -> list[Target]:
        found = {id(target): target for group in groups for target in group}
        if self.other:
            for gram in _bigrams(facets.core) | _bigrams(around):
                for target in self.other.get(gram, ()):
                    found[id(target)] = target
        return list(found.values())


class Index:
    """The targets of the narrative indicators, built once for a knowledge and a model."""

    def __init__(self, linking: Linking, model: Model) -> None:
        self.reader = Reader(linking.gazetteer)
        self.model = model
        self.vector = lru_cache(_RECENT)(model.vector)
        self.indicators = tuple(self._indicator(linking, key) for key in linking.indicators)
        self._named = _unambiguous(self.indicators)
        self.static = catalogue(self.indicators)

    def cells(self, reading: Reading, rows: Mapping[str, str], period: str = "") -> dict[str, Figure]:
        """Returns the figures of one period by row id (or row@column), "" for the report's own year.

        Those of no form go by their `rows`; a column that only names the period does not count as one; for the
        report's own year, those of other years go by their full names.
        """
        cells: dict[str, Figure] = {}
        for figure in reading.figures:
            if figure.period == period:
                name = (figure.indicator or rows.get(figure.id, "")).removesuffix(f"@{period}")
                if name:
                    cells.setdefault(name, figure)
            elif not period and figure.indicator:
                cells.setdefault(figure.indicator, figure)
        return cells

    def rows(self, reading: Reading) -> dict[str, str]:
        """Returns the row ids of figures of no form whose label is an indicator's name, by figure id.

        Where rows of one table share a row id (投诉 beside 举报) they are different rows, and none is it.
        """
        found: dict[str, str] = {}
        places: dict[tuple[str, str], set[int]] = {}
        loose = [figure for figure in reading.figures if figure.indicator is None]
        for figure in loose:
            row = self._named.get(self.reader.read(bare_label(figure.row_label)).core, "")
            if row:
                found[figure.id] = row
                places.setdefault((figure.table, row), set()).add(figure.row)
        doubled = {row for (_, row), numbers in places.items() if len(numbers) > 1}
        return {name: row for name, row in found.items() if row not in doubled}

    def catalogue(self, reading: Reading, rows: Mapping[str, str]) -> Catalogue:
        """Returns all targets of a reading: the indicators, and the labels that none of `rows` covers."""
        loose: dict[str, list[Figure]] = {}
        earlier: dict[tuple[str, int], list[Figure]] = {}
        for figure in reading.figures:
            if figure.indicator is not None or figure.id in rows:
                continue  # an indicator answers for it
            if not figure.period:
                loose.setdefault(label_text(figure), []).append(figure)
            elif figure.period == _LAST_YEAR:
                earlier.setdefault((figure.table, figure.row), []).append(figure)
        if not loose:
            return self.static
        told = telling((figure for figures in loose.values() for figure in figures), self.reader)
        beside = _beside(figure for figures in loose.values() for figure in figures)
        labels = tuple(
            replace(
                self.label(text, figures, earlier, told[figures[0].id]),
                summed=self._summed(figures[0], beside),
            )
            for text, figures in loose.items()
        )
        return catalogue((*self.indicators, *labels))

    def label(
        self,
        text: str,
        figures: Sequence[Figure],
        earlier: Mapping[tuple[str, int], Sequence[Figure]] = MappingProxyType({}),
        told: Told | None = None,
    ) -> Target:
        """Returns the target for a label path and the figures that bear it.

        `earlier` are last year's figures, by row; `told` are the words that tell it from the others of its table.
        """
        own, *above = text.split("/")
        read, first = self.reader.read, figures[0]
        outer = [read(part) for part in above]
        full = self.reader.combine(read(own), outer, unit=first.unit)
        if told is None or not told.row:
            told = Told(bare_label(first.row_label), bare_label(first.column_label))
            told = told if told.row in own else Told(own, "")
        short = told.row + told.column
        facets = full if short == own else self.reader.combine(read(short), outer, unit=first.unit)
        if told.full:
            full = self.reader.combine(read(told.full + own), outer, unit=first.unit)
        whole = (told.full or own,) if facets is not full else ()
        row = () if told.column or not first.row_label or told.full else (bare_label(first.row_label),)
        names = dict.fromkeys((short, short + "".join(above), *row, *whole))
        before = [cell for figure in figures for cell in earlier.get((figure.table, figure.row), ())]
        unit = first.unit or (PERCENT if PERCENT in first.column_label + first.row_label else "")
        target = self._target(text, own, facets, unit, names, figures=tuple(figures))
        named = (
            full.get("object")
            | full.modifiers
            | read(first.group).get("object")
            | read(first.group).modifiers
        )
        return replace(
            target,
            earlier=tuple(before) if len(before) == len(figures) else (),
            row=frozenset(read(told.row).core),
            column=frozenset(read(told.column).core),
            hints=frozenset(
                (kind, value) for kind in MEASURES for value in full.get(kind) - facets.get(kind)
            ),
            money=not unit and self.reader.gazetteer.money.search(own) is not None,
            apart=named & self.reader.gazetteer.apart,
            final=self.reader.gazetteer.final.search(first.column_label + first.group) is not None,
        )

    def _summed(
        self, figure: Figure, beside: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    ) -> frozenset[str]:
        """Returns the labels beside those of `figure`, as far as its own says that it is their total."""
        totals = self.reader.gazetteer.totals
        rows, columns = beside[figure.table]
        found = rows if bare_label(figure.row_label) in totals else frozenset()
        found = found | columns if bare_label(figure.column_label) in totals else found
        return found - totals

    def _indicator(self, linking: Linking, key: str) -> Target:
        row = linking.indicators[key]
        under = [self.reader.read(row.under)] if row.under else []
        facets = self.reader.combine(self.reader.read(row.zh), under, unit=row.unit)
        names = (row.zh, *row.aliases)
        target = self._target(key, row.zh, facets, row.unit, names, row.formulas, row.before, also=row.also)
        return replace(target, share=row.share, none=row.none)

    def _target(
        self,
        key: str,
        name: str,
        facets: Facets,
        unit: str,
        names: Iterable[str],
        formulas: tuple[Formula, ...] = (),
        before: tuple[Formula, ...] = (),
        figures: tuple[Figure, ...] = (),
        also: Iterable[str] = (),
    ) -> Target:
        cores = [self.reader.read(bare_label(text)).core for text in names]
        home = self.reader.gazetteer.home
        return Target(
            key=key,
            name=name,
            facets=facets,
            details=facets.details,
            distinct=distinct_of(facets),
            unit=unit,
            topics=frozenset(home[found] for found in facets.get("object") if found in home),
            names=frozenset(core for core in cores if core),
            vector=self.model.vector(" ".join(cores)),
            letters=frozenset("".join(cores)),
            formulas=formulas,
            figures=figures,
            also=frozenset(also),
            before=before,
        )


def _beside(figures: Iterable[Figure]) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Returns the labels of the rows and those of the columns of each table, which are long enough to name anything."""
    rows: dict[str, set[str]] = {}
    columns: dict[str, set[str]] = {}
    for figure in figures:
        for known, label in ((rows, figure.row_label), (columns, figure.column_label)):
            name = bare_label(label)
            known.setdefault(figure.table, set()).update((name,) if len(name) >= _NAMES else ())
    return {table: (frozenset(found), frozenset(columns[table])) for table, found in rows.items()}


def label_text(figure: Figure) -> str:
    """Returns the labels of a figure as one path, its own first: row and column, then what stands above them."""
    own = bare_label(figure.row_label) + bare_label(figure.column_label)
    above = [bare_label(part) for part in (*reversed(figure.row_path), *reversed(figure.column_path))]
    return "/".join([own, *(part for part in dict.fromkeys(above) if part and part not in own)])


def catalogue(targets: Collection[Target]) -> Catalogue:
    """Returns the targets, indexed for look-up."""
    by_object: dict[str, list[Target]] = {}
    other: dict[str, list[Target]] = {}
    alike: dict[tuple[str, frozenset[str]], list[Target]] = {}
    for target in targets:
        for name in target.facets.get("object"):
            by_object.setdefault(name, []).append(target)
            alike.setdefault((name, target.details), []).append(target)
        if not target.formulas or not target.facets.get("object"):
            for gram in {gram for name in target.names for gram in _bigrams(name)}:
                other.setdefault(gram, []).append(target)
    return Catalogue(
        {key: tuple(found) for key, found in by_object.items()},
        {key: tuple(found) for key, found in other.items()},
        {pair: tuple(found) for pair, found in alike.items()},
        frozenset(target for target in targets if target.figures and target.unit == PERCENT),
    )


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _unambiguous(targets: Iterable[Target]) -> dict[str, str]:
    """Returns the row id of every name that belongs to one indicator only and is answered by one row."""
    rows: dict[str, set[str]] = {}
    for target in targets:
        first = target.formulas[0]
        for name in target.names:
            rows.setdefault(name, set()).add(first.text if len(first.terms) == 1 else "")
    return {name: next(iter(found)) for name, found in rows.items() if len(found) == 1 and "" not in found}
