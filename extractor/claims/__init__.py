"""Claims: every quantity of the narrative with its indicator phrase, verb, scope, period, relation and whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..data import (
    Folded,
    Interval,
    Quantity,
    Report,
    Section,
    Sentence,
)
from ..knowledge import Knowledge
from ..numerals import parse
from ..periods import Timeline, report_year
from ..phrases import Phrases
from ..rules import Scan, scan
from ..text import sections, sentences
from ..tokens import Words
from ..units import factor
from .clauses import Clause, clauses
from .draft import Draft
from .extraction import Extraction, claims_of, numbers_of
from .heads import drafts
from .inheritance import inherit, opening
from .kinds import akin, link_firsts, link_kinds, link_predicates, link_relatives, link_subsets
from .lists import PartLinker, announces
from .scopes import Scopes
from .senses import set_period, set_relation, share_relation
from .series import Series
from .subjects import Subjects
from .sums import link_opened, link_rated, link_remainders, link_runs, link_sums
from .topics import Names, Topics
from .wholes import COUNTED, Wholes
from .zero import absences

__all__ = ["Extraction", "find", "words"]

_TOOLS: dict[str, tuple[Words, Phrases, Names]] = {}
# how far before 前三 a word may stand that makes it a place: 居全国同类城市|前三
_STANDING = 16
_TOLD = 8  # claims of the sentences before that what is told of parts may be the rest of
_OPEN_ENDS = ";:,、"  # a line that ends so goes on in the next, whatever number that begins with


def words(knowledge: Knowledge) -> tuple[Words, Phrases, Names]:
    """Returns the tokenizer, the phrase matcher and the names of `knowledge`, built once a process."""
    tools = _TOOLS.get(knowledge.hash)
    if tools is None:
        discourse = knowledge.discourse
        markers = [word for word in discourse.markers if word not in discourse.tags]
        extra = dict.fromkeys(discourse.scopes, "S") | dict.fromkeys(markers, "M")
        tokenizer = Words(discourse, extra)
        tools = tokenizer, Phrases(discourse.shapes), Names(tokenizer, discourse)
        _TOOLS[knowledge.hash] = tools
    return tools


def find(report: Report, folded: Folded, knowledge: Knowledge) -> Extraction:
    """Returns the claims of a report's narrative and the fate of each of its numbers.

    Args:
        report: what was read; all offsets of the result lie in its `text`.
        folded: `text.fold(report)`.
        knowledge: the loaded knowledge.
    """
    text = folded.text
    found = _with_ranks(scan(text, knowledge), text, knowledge)
    parts = sections(folded, knowledge)
    stretches = _joined(sentences(folded, parts), text)
    signs = knowledge.discourse.periods.report
    year = report_year(text, signs) or report_year(report.text, signs)
    rows = _Reader(text, found, parts, stretches, year, knowledge).rows()
    rows.sort(key=lambda row: (row[0].start, row[0].end))
    claims = claims_of(rows, report, folded, parts, knowledge.discourse.heading_tails)
    return Extraction(claims, numbers_of(report, folded, found, rows, claims), year)


def _with_ranks(found: Scan, text: str, knowledge: Knowledge) -> Scan:
    """Returns the scan with its ranks (居全省第3位) as quantities: they name no count, yet they claim something."""
    reasons, unit = knowledge.discourse.ranks, knowledge.discourse.rank_unit
    among, standing = knowledge.discourse.rank_among, knowledge.discourse.rank_standing
    ranks: list[Quantity] = []
    for item in found.exclusions:
        first = text.endswith(among, max(0, item.start - 1), item.start)
        # 列前|三 and 对前3名通报, but 进入全国|前8位 and 位居全省|前三
        place_among = (
            first
            and (not item.text.endswith(unit) or text[item.start - 1] == among[-1])  # 后三位的单位
            and standing.search(text, max(0, item.start - _STANDING), item.start - 1) is None
        )
        start = item.start - first
        if item.reason in reasons and len(item.numbers) == 1 and not place_among:
            value = parse(text[slice(*item.numbers[0])])
            if value is not None:
                place = Interval(Decimal(1) if first else value, value)
                ranks.append(
                    Quantity(
                        start,
                        item.end,
                        text[start : item.end],
                        item.numbers,
                        value,
                        place,
                        unit,
                        "",
                        "rank",
                        "",
                        item.rule,
                    )
                )
    if not ranks:
        return found
    ends = {rank.end for rank in ranks}
    return Scan(
        tuple(sorted((*found.quantities, *ranks), key=lambda quantity: quantity.start)),
        tuple(item for item in found.exclusions if item.end not in ends),
        found.unexplained,
    )


def _joined(stretches: Sequence[Sentence], text: str) -> list[Sentence]:
    """Returns the sentences with those put together that no full stop parts: a list runs on behind a semicolon."""
    out: list[Sentence] = []
    for sentence in stretches:
        if out and text[out[-1].end - 1] in _OPEN_ENDS:
            out[-1] = Sentence(out[-1].start, sentence.end, out[-1].section)
        else:
            out.append(sentence)
    return out


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns sorted spans with those put together that touch but for a blank."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start - out[-1][1] <= 1:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


class _Reader:
    """Reads the sentences of one narrative into drafts."""

    def __init__(
        self,
        text: str,
        found: Scan,
        parts: Sequence[Section],
        stretches: Sequence[Sentence],
        year: int | None,
        knowledge: Knowledge,
    ) -> None:
        self._text = text
        self._scan = found
        self._parts = parts
        self._discourse = knowledge.discourse
        self._kinds = knowledge.arithmetic.parts
        self._units = knowledge.language.units
        self._words, self._phrases, self._names = words(knowledge)
        names = [(x.start, x.end) for x in found.exclusions if x.reason not in self._discourse.times]
        items = [x.start for x in found.exclusions if x.reason in self._discourse.marks]
        self._timeline = Timeline(text, self._discourse.periods, year, names, items)
        self._counted = self._with_quantity(stretches)
        self._absences = absences(
            text, stretches, self._discourse.zero, self._words, [part.path for part in parts]
        )
        spoken = {sentence.start: sentence for sentence in (*self._counted, *(s for _, s in self._absences))}
        places = _merged((spoken[start].start, spoken[start].end) for start in sorted(spoken))
        self._scopes = Scopes(text, self._discourse, {q.end for q in found.quantities}, places)
        self._spoken = [spoken[start] for start in sorted(spoken)]

    def rows(self) -> list[tuple[Draft, Sentence]]:
        """Returns the drafts, each with its sentence: those with a quantity, then what is said to be none."""
        rows = [(draft, sentence) for sentence, members in self._read() for draft in members]
        rows.extend(self._zeros([(draft.start, draft.end) for draft, _ in rows]))
        return rows

    def _alike(self, one: str, other: str) -> bool:
        """Says whether a part in one unit can belong to a whole in another."""
        generic = self._discourse.generic
        if one == other or one in generic or other in generic:
            return one == other
        return factor(one, other, self._units) is not None

    def _akin(self, one: Draft, other: Draft) -> bool:
        """Says whether two claims are named by kinds of which none is part of another."""
        return akin(one, other, self._kinds)

    def _with_quantity(self, stretches: Sequence[Sentence]) -> list[Sentence]:
        """Returns the sentences that hold a quantity, in order."""
        out: list[Sentence] = []
        quantities = self._scan.quantities
        position = 0
        for sentence in stretches:
            while position < len(quantities) and quantities[position].start < sentence.start:
                position += 1
            if position < len(quantities) and quantities[position].start < sentence.end:
                out.append(sentence)
        return out

    def _read(self) -> list[tuple[Sentence, list[Draft]]]:
        """Returns the drafts of each sentence that holds a quantity: one token pass and one match over all."""
        tokens = self._words.tokens(self._text, [(s.start, s.end) for s in self._spoken], self._cuts())
        shapes = self._phrases.find(tokens)
        read: list[list[Clause]] = []
        start = 0
        for _ in self._spoken:
            end = tokens.tags.index("END", start)
            read.append(clauses(tokens, start, end))
            start = end + 1
        subjects = Subjects(
            self._discourse.subjects,
            self._scopes.author,
            self._discourse.authors,
            self._discourse.respectively,
        )
        self._scopes.add(mention for clause_list in read for mention in subjects.of(tokens, clause_list))
        counted = {sentence.start for sentence in self._counted}
        out: list[tuple[Sentence, list[Draft]]] = []
        before: list[Draft] = []
        earlier: list[Draft] = []
        series = Series(tokens)
        wholes = Wholes(self._discourse, self._alike)
        topics = Topics(tokens, self._names)
        section, told_of = -1, None
        for sentence, clause_list in zip(self._spoken, read, strict=True):
            if sentence.start not in counted:
                continue
            members = drafts(self._text, tokens, clause_list, self._scan.quantities, shapes, self._discourse)
            for draft in members:
                set_relation(tokens, clause_list[draft.clause], draft, self._text, self._discourse)
            share_relation(clause_list, members, self._discourse.relations)
            PartLinker(tokens, self._discourse, wholes, self._akin).link(
                clause_list, members, before, earlier
            )
            link_runs(clause_list, members, self._kinds)
            link_firsts(clause_list, members, self._discourse.generic)
            link_kinds(clause_list, members, self._kinds, self._discourse.siblings)
            link_subsets(members, self._discourse, self._alike)
            link_predicates(clause_list, members, earlier[-_TOLD:], self._alike)
            link_relatives(clause_list, members)
            link_remainders(members, self._discourse.remainders)
            link_sums(clause_list, members, self._kinds, self._units)
            link_rated(clause_list, members)
            link_opened(members, before, announced=announces(tokens, clause_list, self._discourse))
            told = [
                draft
                for draft in members
                if draft.relation in COUNTED and not (draft.base or clause_list[draft.clause].depth)
            ]
            series.link(clause_list, members)
            earlier.extend(members)
            lead = opening(self._text, tokens, clause_list, self._discourse)
            told_of = told_of if sentence.section == section else None
            section = sentence.section
            topics.open(self._parts[sentence.section].path if sentence.section >= 0 else ())
            told_of = inherit(clause_list, members, lead, self._discourse, told_of, topics)
            for draft in members:
                self._place(draft, sentence)
            out.append((sentence, members))
            before = told
        return out

    def _place(self, draft: Draft, sentence: Sentence) -> None:
        path = self._parts[sentence.section].path if sentence.section >= 0 else ()
        set_period(self._timeline, sentence.start, draft, self._text, path, self._discourse)
        draft.scope = self._scopes.at(sentence.start, draft.start, draft.end)

    def _zeros(self, taken: Sequence[tuple[int, int]]) -> list[tuple[Draft, Sentence]]:
        """Returns the zero claims that overlap no claim in `taken`."""
        busy = bytearray(len(self._text))
        for start, end in taken:
            busy[start:end] = b"\1" * (end - start)
        out: list[tuple[Draft, Sentence]] = []
        for draft, sentence in self._absences:
            if not any(busy[draft.start : draft.end]):
                draft.numerals = draft.numerals or self._articles(draft)
                self._place(draft, sentence)
                out.append((draft, sentence))
        return out

    def _articles(self, draft: Draft) -> tuple[tuple[int, int], ...]:
        """Returns the numerals that count nothing inside a zero claim: 没有|一|处干堤决口."""
        articles = self._discourse.articles
        return tuple(
            span
            for item in self._scan.exclusions
            if draft.start < item.start < draft.end and item.reason in articles
            for span in item.numbers
        )

    def _cuts(self) -> list[tuple[int, int, str, int]]:
        """Returns the stretches that are one token: quantities (Q), dates (T), scopes (S), other exclusions (N)."""
        times, marks = self._discourse.times, self._discourse.marks
        cuts = [(q.start, q.end, "Q", index) for index, q in enumerate(self._scan.quantities)]
        for exclusion in self._scan.exclusions:
            tag = "T" if exclusion.reason in times else "COMMA" if exclusion.reason in marks else "N"
            cuts.append((exclusion.start, exclusion.end, tag, -1))
        cuts.extend((start, end, "S", -1) for start, end in self._scopes.spans)
        cuts.extend((start, end, "T", -1) for start, end in self._timeline.spans)
        cuts.sort(key=lambda cut: (cut[0], -cut[1]))
        kept: list[tuple[int, int, str, int]] = []
        for cut in cuts:
            if not kept or cut[0] >= kept[-1][1]:
                kept.append(cut)
            elif cut[2] == "Q":
                while kept and kept[-1][1] > cut[0]:
                    kept.pop()
                kept.append(cut)
        return kept
