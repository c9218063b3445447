"""The text against the table: one verdict a claim, and a finding where an auditor should look.

Source: the order of the verdicts is that of an auditor: is there a cell, does it hold a number, do both sides
speak of one body and one year, and only then, are the numbers the same. Counts have no tolerance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..align.trials import attempt
from ..data import (
    CellState,
    Check,
    Claim,
    Figure,
    Finding,
    Link,
    Param,
    Reading,
    Relation,
    Severity,
    Trial,
    Verdict,
)
from ..intervals import exactly, meet, scaled
from ..knowledge import Knowledge
from ..tables.labels import normal
from ..tables.lines import COLUMNS
from ..units import factor
from .certainty import READING, Certainty
from .prose import Prose
from .table import check_table, doubtful

_UNCHECKABLE = frozenset({"relation", "norm", "no_table"})
_OTHER_TIMES = frozenset({"last_year", "plan"})
_LONGER_TIMES = frozenset({"cumulative", "span"})
_PARTIAL_TIMES = _LONGER_TIMES | {"part"}
_OTHER_STRETCHES = _PARTIAL_TIMES | {"as_of"}
_CARRIED = "carried_in"
_WHOLE = "whole"
_COUNTED = frozenset({Relation.LEVEL, Relation.TOTAL})
_ANY_MATTER = ("reconsideration.", "litigation")
"""Indicators of what there is in other matters than these reports' too."""
_LAST_MONTH = 12
_SLIP = Decimal(10000)
_DIGITS = 3  # so many digits agree by chance in one case of a thousand
_CERTAIN = Decimal("0.9")
_ZERO = Decimal(0)
_YUAN = "元"


def tie_out(
    claims: Sequence[Claim],
    links: Sequence[Link],
    reading: Reading,
    knowledge: Knowledge,
    checks: Sequence[Check] | None = None,
    prose: Prose | None = None,
) -> tuple[dict[str, Verdict], list[Finding]]:
    """Returns the verdict of every claim and the findings, in the order of the claims.

    Args:
        claims: all claims of one report.
        links: one link a claim.
        reading: the figures of its tables.
        knowledge: the loaded knowledge.
        checks: those of `check_table` on `reading`; made here where they are not given.
        prose: the claims in their text; without it the words around a claim tell nothing.

    A mismatch says that text and table differ, not which of them is wrong.
    """
    judge = _Judge(claims, links, reading, knowledge, checks, prose)
    verdicts: dict[str, Verdict] = {}
    findings: list[Finding] = []
    by_claim = {link.claim: link for link in links}
    for claim in claims:
        verdict, finding = judge.verdict(claim, by_claim[claim.id])
        verdicts[claim.id] = verdict
        if finding is not None:
            findings.append(finding)
    return verdicts, findings


class _Judge:
    """Judges the claims of one report."""

    def __init__(
        self,
        claims: Sequence[Claim],
        links: Sequence[Link],
        reading: Reading,
        knowledge: Knowledge,
        checks: Sequence[Check] | None,
        prose: Prose | None,
    ) -> None:
        self._figures: Mapping[str, Figure] = {figure.id: figure for figure in reading.figures}
        self._certainty = Certainty(claims, links, self._figures, knowledge.arithmetic, prose)
        self._reading = reading
        self._knowledge = knowledge
        self._prose = prose
        columns = knowledge.linking.gazetteer.columns.values()
        self._applicants = frozenset(column for names in columns for column in names)
        self._checks = checks
        self._doubtful: frozenset[str] | None = None
        self._for_whole = any(
            claim.scope.kind == "whole" and link.figures for claim, link in zip(claims, links, strict=True)
        )

    def verdict(self, claim: Claim, link: Link) -> tuple[Verdict, Finding | None]:
        """Returns the verdict of one claim, and the finding where there is something to see."""
        if not link.figures:
            apart = link.why in _UNCHECKABLE or claim.period.kind in _OTHER_TIMES
            return (Verdict.UNCHECKED if apart else Verdict.ABSENT), None
        if claim.period.kind in _OTHER_TIMES and not self._last_year(link):
            return Verdict.UNCHECKED, None
        held = next((trial for trial in link.trials if trial.holds), None)
        if link.rivals and not (held and (_telling(claim) or self._all_agree(claim, link))):
            if any(self._figures[rival].value is None for rival in link.rivals):
                return Verdict.AMBIGUOUS, None  # cells of one label, some blank: the table is not understood
            if (
                held
                or self._one_agrees(claim, link)
                or self._any_total(link)
                or self._all_together(claim, link)
            ):
                return Verdict.AMBIGUOUS, None  # one of them is meant, or they are together: nothing differs
            if self._certainty.elsewhere(claim, link) or self._certainty.weakness(claim, link):
                return Verdict.AMBIGUOUS, None
            if self._apart(claim, link) or self._of_open_columns((*link.figures, *link.rivals)):
                return Verdict.AMBIGUOUS, None
            return Verdict.AMBIGUOUS, self._finding(
                "tieout.ambiguous", Verdict.AMBIGUOUS, Severity.REVIEW, claim, link
            )
        if held is not None:
            exact = not claim.hedge and claim.value is not None and held.difference == _ZERO
            return (Verdict.MATCH if exact else Verdict.APPROXIMATE), None
        if claim.period.kind in _OTHER_TIMES and not self._carried(link):
            return Verdict.UNCHECKED, None  # 由上年的12项减至11项: which year is meant is not certain
        return self._differing(claim, link)

    def _all_agree(self, claim: Claim, link: Link) -> bool:
        """Says whether every rival agrees with the claim: one row in two tables, and whichever is meant, it holds."""
        return all(self._agrees(claim, link, rival) for rival in link.rivals)

    def _one_agrees(self, claim: Claim, link: Link) -> bool:
        """Says whether a rival agrees with the claim, which then may be what it speaks of."""
        return any(self._agrees(claim, link, rival) for rival in link.rivals)

    def _all_together(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim is the sum of the cells that may be meant (复议、诉讼未审结3件 of 2 and 1)."""
        values = [self._figures[name].value or _ZERO for name in (*link.figures, *link.rivals)]
        return claim.value == sum(values)

    def _any_total(self, link: Link) -> bool:
        """Says whether the cells that may be meant are different totals, whose rows tell nothing of what they sum."""
        cells = [self._figures[name] for name in (*link.figures, *link.rivals)]
        totals = self._knowledge.templates.words.totals
        bare = all(cell.indicator is None and normal(cell.row_label) in totals for cell in cells)
        return bare and len({cell.value for cell in cells}) > 1

    def _agrees(self, claim: Claim, link: Link, rival: str) -> bool:
        units = self._knowledge.language.units
        return attempt(claim, link.formula, [(1, self._figures[rival])], units).holds

    def _differing(self, claim: Claim, link: Link) -> tuple[Verdict, Finding | None]:
        first = link.trials[0]
        if self._certainty.is_base(claim):
            return Verdict.UNCHECKED, None  # 由226项减至217项: what there was before
        elsewhere = self._certainty.elsewhere(claim, link)
        weak = self._certainty.weakness(claim, link)
        if first.value is None:
            if claim.value == _ZERO and self._blank_for_zero(link):
                return Verdict.EMPTY, None  # the table leaves its zeros blank, and says so of all of them
            if self._heads(link):
                return Verdict.ABSENT, None
            if any(self._figures[name].doubt for name in first.figures):
                return Verdict.DOUBTFUL, None  # what stands there could not be read: it need not be blank
            severity = Severity.INFO if elsewhere or weak or claim.value == _ZERO else Severity.REVIEW
            return Verdict.EMPTY, self._finding("tieout.empty", Verdict.EMPTY, severity, claim, link)
        if self._of_one_level(claim, link):
            if claim.relation not in _COUNTED:
                return Verdict.UNCHECKED, None
            note = self._finding("tieout.scope", Verdict.SCOPE, Severity.INFO, claim, link, _whose(claim))
            return Verdict.SCOPE, note
        if self._apart(claim, link):
            exceeds = _exceeds(claim, first)
            if exceeds and claim.part_of is not None:
                return Verdict.SCOPE, None  # a part above the table is judged with its whole
            # what one other body does may be no part of the table's
            part = claim.period.kind in _PARTIAL_TIMES or self._certainty.reporter.is_part(claim)
            loud = exceeds and part and not (elsewhere or weak or self._of_any_matter(claim, link))
            severity = Severity.REVIEW if loud else Severity.INFO
            return Verdict.SCOPE, self._finding(
                "tieout.scope", Verdict.SCOPE, severity, claim, link, _whose(claim)
            )
        if elsewhere:
            return Verdict.ABSENT, None
        if (
            not weak
            and _exceeds(claim, first)
            and self._of_any_matter(claim, link)
            and not self._on_topic(claim)
        ):
            weak = {READING: claim.indicator}  # 行政机关败诉2件 of all there were
        slip = next((factor for trial in link.trials if (factor := _slip(trial)) is not None), None)
        params: dict[str, Param]
        if (open_scale := self._of_open_scale(claim, link)) is not None:
            params = {"factor": open_scale}
            return Verdict.DOUBTFUL, self._finding(
                "tieout.magnitude", Verdict.DOUBTFUL, Severity.INFO, claim, link, params
            )
        if slip is not None and not weak:
            params = {"factor": slip}
            return Verdict.MISMATCH, self._finding(
                "tieout.magnitude", Verdict.MISMATCH, Severity.ERROR, claim, link, params
            )
        if self._of_open_columns(link.trials[0].figures):
            return Verdict.DOUBTFUL, None
        if self._in_doubt(link):
            open_cut = any(self._figures[name].doubt for name in link.trials[0].figures)
            severity = Severity.INFO if weak or open_cut else Severity.REVIEW
            return Verdict.DOUBTFUL, self._finding(
                "tieout.doubtful", Verdict.DOUBTFUL, severity, claim, link, weak
            )
        if len(link.trials[0].figures) > 1 and self._opened(claim):
            return Verdict.AMBIGUOUS, None
        whole = not any(self._is_part(name) for name in link.trials[0].figures) or link.why == "column"
        certain = whole and link.score >= _CERTAIN and "mark" not in link.params and not claim.hedge
        severity = Severity.INFO if weak else Severity.ERROR if certain else Severity.REVIEW
        return Verdict.MISMATCH, self._finding(
            "tieout.mismatch", Verdict.MISMATCH, severity, claim, link, weak
        )

    def _of_open_scale(self, claim: Claim, link: Link) -> int | None:
        """Returns the factor by which claim and cell are apart where the table does not say what its money is in."""
        units = self._knowledge.language.units
        if not factor(claim.unit, _YUAN, units) or not claim.unit:
            return None
        for trial in link.trials:
            if trial.value is None or any(self._figures[name].unit for name in trial.figures):
                continue
            for scale in (_SLIP, 1 / _SLIP):
                if meet(scaled(claim.interval, scale), exactly(trial.value)):
                    return int(_SLIP)
        return None

    def _opened(self, claim: Claim) -> bool:
        """Says whether words right before the number add more to what it names (企业、律所及其他7件)."""
        head = "" if self._prose is None else self._prose.head(claim)
        return self._knowledge.arithmetic.certainty.more.search(head) is not None

    def _of_open_columns(self, names: Sequence[str]) -> bool:
        """Says whether it is not told in which column one of the cells stands: a problem of its table, told once."""
        return any(self._figures[name].doubt == COLUMNS for name in names)

    def _heads(self, link: Link) -> bool:
        """Says whether no cell of the row holds anything at all: it stands over others (收入 | | 支出 |)."""
        rows = {(self._figures[name].table, self._figures[name].row) for name in link.trials[0].figures}
        cells = [cell for cell in self._reading.figures if (cell.table, cell.row) in rows]
        return all(cell.state is CellState.BLANK and cell.indicator is None for cell in cells)

    def _blank_for_zero(self, link: Link) -> bool:
        """Says whether the cell is blank as every zero of its table is: it prints numbers, and none of them is 0."""
        cells = [self._figures[name] for name in link.trials[0].figures]
        if any(cell.state is not CellState.BLANK for cell in cells):
            return False
        tables = {cell.table for cell in cells}
        values = [figure.value for figure in self._reading.figures if figure.table in tables]
        return any(values) and _ZERO not in values

    def _apart(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim speaks of another body or another stretch of time than the table."""
        period, scope = claim.period, claim.scope.kind
        reporter = self._certainty.reporter
        if scope == "subordinate" or (scope == "body" and self._for_whole and not reporter.is_author(claim)):
            return True
        if reporter.share(claim) or reporter.greater(claim) or self._certainty.account(claim, link):
            return True
        if period.kind == "as_of":
            named = period.year is not None or period.months is not None  # 截至目前 names no day
            return not named or (period.months is not None and period.months[1] != _LAST_MONTH)
        columns = {self._figures[name].period for name in link.figures}
        return period.kind in _PARTIAL_TIMES and columns != {period.kind}

    def _of_one_level(self, claim: Claim, link: Link) -> bool:
        """Says whether the claim is of all there is (全市), its table of one level (市级) only."""
        level = self._knowledge.linking.gazetteer.one_level
        if claim.scope.kind != _WHOLE or not claim.scope.text:
            return False
        groups = {self._figures[name].group for name in link.figures}
        return any(level.search(group) for group in groups) and level.search(claim.indicator) is None

    def _of_any_matter(self, claim: Claim, link: Link) -> bool:
        """Says whether the row counts what bodies do in every matter (行政复议), and the claim names not this one's."""
        gazetteer = self._knowledge.linking.gazetteer
        told = (claim.indicator, *claim.context)
        return str(link.params["indicator"]).startswith(_ANY_MATTER) and not any(
            gazetteer.own_topic.search(words) for words in told
        )

    def _on_topic(self, claim: Claim) -> bool:
        """Says whether the sentence of a claim, its paragraph or its titles name what these reports are about.

        So does a sentence of which another number agrees with a cell.
        """
        prose = self._prose
        if prose is None or self._certainty.agrees(claim.sentence):
            return True
        topic = self._knowledge.linking.gazetteer.own_topic
        told = (*claim.section, prose.sentence(claim), prose.paragraph(claim))
        return any(topic.search(words) for words in told)

    def _last_year(self, link: Link) -> bool:
        """Says whether the row itself is about last year (上年结转)."""
        return self._carried(link) or any(self._figures[name].period for name in link.figures)

    def _carried(self, link: Link) -> bool:
        """Says whether the row is what came over from last year."""
        return any(_CARRIED in (self._figures[name].indicator or "") for name in link.figures)

    def _is_part(self, name: str) -> bool:
        """Says whether a cell is one applicant's, summed because the total of its row is blank."""
        _, _, column = (self._figures[name].indicator or "").partition("@")
        return column in self._applicants

    def _in_doubt(self, link: Link) -> bool:
        if self._doubtful is None:
            made = self._checks
            if made is None:
                made = check_table(self._reading, self._knowledge)[1]
            self._doubtful = doubtful(self._reading, made)
        return any(figure in self._doubtful for figure in link.trials[0].figures)

    def _finding(
        self,
        code: str,
        verdict: Verdict,
        severity: Severity,
        claim: Claim,
        link: Link,
        params: Mapping[str, Param] | None = None,
    ) -> Finding:
        trial = link.trials[0]
        others = [figure for other in link.trials for figure in other.figures]
        figures = tuple(dict.fromkeys((*trial.figures, *link.rivals, *others)))
        return Finding(
            code=code,
            verdict=verdict,
            severity=severity,
            claims=(claim.id,),
            figures=figures if link.rivals else trial.figures,
            formula=trial.formula,
            expected=trial.value,
            actual=claim.value,
            difference=trial.difference,
            params={
                "indicator": link.params.get("indicator", ""),
                "tried": _tried(link.trials),
                **(params or {}),
            },
        )


def _whose(claim: Claim) -> dict[str, Param]:
    """Returns the params of a finding that say whose, and of which time, a number is that is not the table's."""
    params: dict[str, Param] = {}
    if claim.period.text and claim.period.kind in _OTHER_STRETCHES:
        params["when"] = claim.period.text
    if claim.scope.text and (claim.scope.kind != _WHOLE or not params):
        params["of"] = claim.scope.text
    return params


def _telling(claim: Claim) -> bool:
    """Says whether the number itself tells which of several cells is meant: one that equals none by chance."""
    value = claim.value
    return value is not None and not claim.hedge and len(value.normalize().as_tuple().digits) >= _DIGITS


def _exceeds(claim: Claim, trial: Trial) -> bool:
    """Says whether a part of the body or the year is more than the whole, or a running total less than the year."""
    if trial.difference is None:
        return False
    return trial.difference < 0 if claim.period.kind in _LONGER_TIMES else trial.difference > 0


def _slip(trial: Trial) -> int | None:
    """Returns the factor by which claim and cell differ where that is exactly 10,000, the slip of 万."""
    if trial.value is None or trial.difference is None or not trial.value:
        return None
    claimed = trial.value + trial.difference
    return int(_SLIP) if claimed * _SLIP == trial.value or claimed == trial.value * _SLIP else None


def _tried(trials: Sequence[Trial]) -> str:
    """Returns the formulas tried with what each came to."""
    return "; ".join(f"{trial.formula} = {'–' if trial.value is None else trial.value}" for trial in trials)
