"""One report's result against its labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..data import CellState, Claim, Figure, Finding, Interval, Number, Result, Severity, Status, Verdict
from ..knowledge.scoring import load_scoring
from ..labels import Gold, GoldCheck, GoldClaim, GoldFinding
from .answers import ATTRIBUTES, Answer, answers
from .confidence import Ranked
from .counts import Counts
from .pairing import Spanned, pair, pair_spans
from .scores import Alarms, DocumentScores, Groups, Miss
from .traits import found_traits, labelled_traits, memberships

_LOUD = frozenset({Severity.ERROR, Severity.REVIEW})
GROUPED = ("claims", "values", "claims.right", "links.whole", "verdicts")
"""The metrics that are broken down by groups of claims."""


def compare(gold: Gold, result: Result) -> DocumentScores:
    """Returns the counts and misses of one result against the labels of the same report.

    Numbers and claims are paired one to one, equal spans first, then by overlap; values, links, verdicts
    and attributes are judged on the paired claims, and an unpaired claim counts against them.
    """
    return _Comparison(gold, result).scores()


@dataclass(frozen=True, slots=True)
class _Pair:
    """A labelled claim and the claim it is paired with: what each says, and whether they agree."""

    gold: GoldClaim
    claim: Claim
    exact: bool
    figures: frozenset[str]
    verdict: Verdict
    answers: tuple[Answer, ...]

    @property
    def valued(self) -> bool:
        return (
            self.gold.value == self.claim.value
            and self.gold.interval == self.claim.interval
            and self.gold.unit in (None, self.claim.unit)
        )

    @property
    def right(self) -> bool:
        return self.exact and self.valued and all(answer.right for answer in self.answers)

    @property
    def linked(self) -> bool:
        return frozenset(self.gold.figures) == self.figures

    @property
    def judged(self) -> bool:
        return self.gold.verdict == self.verdict

    @property
    def hits(self) -> tuple[bool, ...]:
        """Whether it is right by each of `GROUPED`."""
        return self.exact, self.valued, self.right, self.linked, self.judged


class _Comparison:
    """The pairing of one report's claims, and the metrics that rest on it."""

    def __init__(self, gold: Gold, result: Result) -> None:
        self.gold = gold
        self.result = result
        self.counts: dict[str, Counts] = {}
        self.misses: list[Miss] = []
        self.codes: dict[str, dict[str, Counts]] = {}
        self.figure = {figure.id: figure for figure in result.reading.figures}
        self.linked = {
            link.claim: frozenset(self.name(self.figure[figure]) for figure in link.figures)
            for link in result.links
        }
        exact, loose = pair_spans(gold.claims, result.claims)
        paired = [
            (gold.claims[i], result.claims[j], i in exact) for i, j in sorted({**exact, **loose}.items())
        ]
        self.gold_id = {claim.id: wanted.id for wanted, claim, _ in paired}
        self.claim_of = {wanted.id: claim for wanted, claim, _ in paired}
        self.pairs = [
            _Pair(
                wanted,
                claim,
                same,
                self.linked.get(claim.id, frozenset()),
                result.verdicts[claim.id],
                answers(wanted, claim, self.gold_id),
            )
            for wanted, claim, same in paired
        ]
        self.places = {
            claim.id: (claim.start, claim.end) for claim in result.claims if claim.id not in self.gold_id
        }
        self.places |= {wanted.id: (wanted.start, wanted.end) for wanted in gold.claims}
        self.cells = {self.name(figure): (figure.start, figure.end) for figure in result.reading.figures}
        self.lost = [wanted for wanted in gold.claims if wanted.id not in self.claim_of]
        self.extra = [claim for claim in result.claims if claim.id not in self.gold_id]

    def scores(self) -> DocumentScores:
        found = [number for number in self.result.numbers if not self.ignored(number)]
        self.numbers(found)
        self.claims()
        self.links()
        self.verdicts()
        alarms = self.findings()
        self.checks()
        self.figures()
        self.attributes()
        return DocumentScores(
            file=self.gold.file,
            counts=self.counts,
            misses=tuple(sorted(self.misses, key=lambda miss: (miss.start, miss.end, miss.metric))),
            template=self.gold.template,
            groups={**self.groups(), "finding": self.codes},
            ranked=self.ranked(),
            found=Counter(number.status for number in found),
            labelled=Counter(number.status for number in self.gold.numbers),
            alarms=alarms,
        )

    def miss(self, metric: str, item: Spanned, expected: str, actual: str) -> None:
        text = self.result.report.text[item.start : item.end]
        self.misses.append(Miss(metric, self.gold.file, item.start, item.end, text, expected, actual))

    # ------------------------------------------------------------ numbers and claims

    def numbers(self, found: Sequence[Number]) -> None:
        gold = self.gold.numbers
        exact, loose = pair_spans(gold, found)
        same = [i for i, j in exact.items() if gold[i].status == found[j].status]
        near = [i for i, j in loose.items() if gold[i].status == found[j].status]
        self.counts["numbers"] = Counts(len(same), len(gold), len(found))
        self.counts["numbers.overlap"] = Counts(len(same) + len(near), len(gold), len(found))
        for i, j in sorted({**exact, **loose}.items()):
            if i not in same:
                self.miss(
                    "numbers", gold[i], gold[i].status, f"{found[j].text} {found[j].status} {found[j].reason}"
                )
        for i in range(len(gold)):
            if i not in exact and i not in loose:
                self.miss("numbers", gold[i], gold[i].status, "")
        for j in sorted(set(range(len(found))) - set(exact.values()) - set(loose.values())):
            self.miss("numbers", found[j], "", f"{found[j].status} {found[j].reason}")
        groups = load_scoring().groups
        excluded = [
            (gold[i], found[j])
            for i, j in sorted({**exact, **loose}.items())
            if gold[i].status == found[j].status == Status.EXCLUDED
        ]
        right = [groups.get(number.reason, number.reason) in wanted.reason for wanted, number in excluded]
        self.counts["numbers.reason"] = Counts(sum(right), len(right), len(right))
        for (wanted, number), ok in zip(excluded, right, strict=True):
            if not ok:
                self.miss("numbers.reason", wanted, " / ".join(wanted.reason), number.reason)

    def ignored(self, number: Number) -> bool:
        return any(start <= number.start and number.end <= end for start, end, _ in self.gold.ignored)

    def claims(self) -> None:
        exact = sum(pair_.exact for pair_ in self.pairs)
        self.counts["claims"] = self.of_claims(exact)
        self.counts["claims.overlap"] = self.of_claims(len(self.pairs))
        self.counts["claims.whole"] = self.of_claims(
            sum(pair_.exact and pair_.valued for pair_ in self.pairs)
        )
        self.counts["claims.right"] = self.of_claims(sum(pair_.right for pair_ in self.pairs))
        self.counts["values"] = self.of_claims(sum(pair_.valued for pair_ in self.pairs))
        for pair_ in self.pairs:
            if not pair_.exact:
                self.miss("claims", pair_.gold, pair_.gold.text, pair_.claim.text)
            if not pair_.valued:
                self.miss("values", pair_.gold, _value(pair_.gold), _value(pair_.claim))
        for wanted in self.lost:
            self.miss("claims", wanted, wanted.text, "")
        for claim in self.extra:
            self.miss("claims", claim, "", f"{claim.text} ({claim.indicator})")

    def of_claims(self, hits: int) -> Counts:
        return Counts(hits, len(self.gold.claims), len(self.result.claims))

    def attributes(self) -> None:
        for name in ATTRIBUTES:
            own = [(pair_, answer) for pair_ in self.pairs for answer in pair_.answers if answer.name == name]
            self.counts[name] = Counts(sum(answer.right for _, answer in own), len(own), len(own))
            for pair_, answer in own:
                if not answer.right:
                    self.miss(name, pair_.gold, answer.expected, answer.actual)

    def groups(self) -> Groups:
        """Returns the counts of each group of claims; a labelled claim decides the group of its pair."""
        groups: dict[str, dict[str, dict[str, Counts]]] = {}

        def count(members: Sequence[tuple[str, str]], hits: Sequence[bool], gold: int, found: int) -> None:
            for dimension, group in members:
                metrics = groups.setdefault(dimension, {}).setdefault(group, {})
                for metric, hit in zip(GROUPED, hits, strict=True):
                    metrics[metric] = metrics.get(metric, Counts()) + Counts(hit, gold, found)

        nothing = (False,) * len(GROUPED)
        for pair_ in self.pairs:
            wanted = pair_.gold
            count(memberships(labelled_traits(wanted), wanted.figures, pair_.claim.rule), pair_.hits, 1, 1)
        for wanted in self.lost:
            count(memberships(labelled_traits(wanted), wanted.figures, ""), nothing, 1, 0)
        for claim in self.extra:
            figures = sorted(self.linked.get(claim.id, ()))
            count(memberships(found_traits(claim, len(figures)), figures, claim.rule), nothing, 0, 1)
        return groups

    # ------------------------------------------------------------ what the table says of them

    def links(self) -> None:
        hits = 0
        for pair_ in self.pairs:
            hits += len(pair_.figures & set(pair_.gold.figures))
            if not pair_.linked:
                wanted, actual = sorted(pair_.gold.figures), sorted(pair_.figures)
                self.miss("links", pair_.gold, " ".join(wanted), " ".join(actual))
        self.counts["links"] = Counts(
            hits, sum(len(claim.figures) for claim in self.gold.claims), sum(map(len, self.linked.values()))
        )
        self.counts["links.whole"] = self.of_claims(sum(pair_.linked for pair_ in self.pairs))

    def ranked(self) -> tuple[Ranked, ...]:
        """Returns each link made with its score, and whether it is wholly right."""
        right = {pair_.claim.id for pair_ in self.pairs if pair_.linked}
        return tuple(Ranked(link.score, link.claim in right) for link in self.result.links if link.figures)

    def name(self, figure: Figure) -> str:
        """Returns what labels call a figure: its indicator, or its address where no template fits."""
        return figure.indicator or figure.address

    def verdicts(self) -> None:
        self.counts["verdicts"] = self.of_claims(sum(pair_.judged for pair_ in self.pairs))
        for pair_ in self.pairs:
            if not pair_.judged:
                self.miss("verdicts", pair_.gold, pair_.gold.verdict, pair_.verdict)

    def findings(self) -> Alarms:
        gold, found = self.gold.findings, self.result.findings
        pairs = pair(gold, found, self.agreement)
        self.counts["findings"] = Counts(len(pairs), len(gold), len(found))
        for i, wanted in enumerate(gold):
            if i not in pairs:
                evidence = " ".join(wanted.claims + wanted.figures)
                self.finding_miss(wanted.claims, wanted.figures, f"{wanted.code} {evidence}", "")
        false = [finding for j, finding in enumerate(found) if j not in pairs.values()]
        for finding in false:
            ids = tuple(self.gold_id.get(claim, claim) for claim in finding.claims)
            names = tuple(self.name(self.figure[figure]) for figure in finding.figures)
            self.finding_miss(ids, names, "", f"{finding.code} {' '.join(ids + names)}")
        found_codes, right = Counter(item.code for item in found), Counter(gold[i].code for i in pairs)
        labelled_codes = Counter(item.code for item in gold)
        for code in sorted(found_codes.keys() | labelled_codes.keys()):
            self.codes[code] = {"findings": Counts(right[code], labelled_codes[code], found_codes[code])}
        loud = sum(finding.severity in _LOUD for finding in false)
        return Alarms(loud, len(false) - loud, clean=not gold)

    def finding_miss(self, claims: Sequence[str], figures: Sequence[str], expected: str, actual: str) -> None:
        """Lists a finding at its main claim, or at its main cell where it has none."""
        start, end = next(
            (places[name] for places, names in ((self.places, claims), (self.cells, figures)) for name in names
             if name in places),
            (0, 0),
        )  # fmt: skip
        text = self.result.report.text[start:end]
        self.misses.append(Miss("findings", self.gold.file, start, end, text, expected, actual))

    def agreement(self, wanted: GoldFinding | GoldCheck, finding: Finding) -> int:
        """Returns how much evidence two findings share; 0 where code or main claim differ.

        A heading has neither claim nor cell: there the code alone is shared.
        """
        claims = [self.gold_id.get(claim, "") for claim in finding.claims]
        if wanted.code != finding.code or list(wanted.claims[:1]) != claims[:1]:
            return 0
        names = {self.name(self.figure[figure]) for figure in finding.figures}
        if not (claims or names or wanted.claims or wanted.figures):
            return 1
        return len(set(wanted.claims) & set(claims)) + len(set(wanted.figures) & names)

    def checks(self) -> None:
        made = {
            (
                check.code,
                frozenset(self.gold_id.get(claim, claim) for claim in check.claims),
                frozenset(self.name(self.figure[figure]) for figure in check.figures),
                check.holds,
            )
            for check in self.result.checks
        }
        hits = 0
        for wanted in self.gold.checks:
            if (wanted.code, frozenset(wanted.claims), frozenset(wanted.figures), wanted.holds) in made:
                hits += 1
            else:
                evidence = " ".join(wanted.claims + wanted.figures)
                self.misses.append(Miss("checks", self.gold.file, 0, 0, "", f"{wanted.code} {evidence}", ""))
        self.counts["checks"] = Counts(hits, len(self.gold.checks), None)

    def figures(self) -> None:
        """Counts the cells read as labelled. A blank cell has nothing to quote: read and unlabelled, it is no error."""
        if not self.gold.figures:
            self.counts["figures"] = Counts()
            return
        found = {self.name(figure): figure for figure in self.result.reading.figures}
        wanted_cells = {wanted.indicator for wanted in self.gold.figures}
        counted = sum(
            figure.state != CellState.BLANK or name in wanted_cells for name, figure in found.items()
        )
        hits = 0
        for wanted in self.gold.figures:
            figure = found.get(wanted.indicator)
            actual = (figure.value, figure.unit, figure.state) if figure else None
            if actual == (wanted.value, wanted.unit, wanted.state):
                hits += 1
                continue
            self.miss(
                "figures",
                wanted,
                f"{wanted.indicator} {wanted.value} {wanted.unit}",
                f"{actual[0]} {actual[1]} {actual[2]}" if actual else "",
            )
        self.counts["figures"] = Counts(hits, len(self.gold.figures), counted)


def _value(item: GoldClaim | Claim) -> str:
    return f"{item.value} {_interval(item.interval)} {item.unit or ''}".rstrip()


def _interval(interval: Interval) -> str:
    left, right = "(" if interval.low_open else "[", ")" if interval.high_open else "]"
    low = "-∞" if interval.low is None else interval.low
    high = "∞" if interval.high is None else interval.high
    return f"{left}{low}, {high}{right}"
