"""One report's result against its labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..data import Claim, Figure, Finding, Interval, Number, Result, Status
from ..knowledge.scoring import load_scoring
from ..labels import Gold, GoldCheck, GoldClaim, GoldFinding
from .answers import ATTRIBUTES, answers
from .counts import Counts
from .pairing import Spanned, pair, pair_spans
from .scores import DocumentScores, Miss


def compare(gold: Gold, result: Result) -> DocumentScores:
    """Returns the counts and misses of one result against the labels of the same report.

    Numbers and claims are paired one to one, equal spans first, then by overlap; values, links, verdicts
    and attributes are judged on the paired claims, and an unpaired claim counts against them.
    """
    return _Comparison(gold, result).scores()


@dataclass(frozen=True, slots=True)
class _Pair:
    """A labelled claim and the claim it is paired with."""

    gold: GoldClaim
    claim: Claim
    exact: bool


class _Comparison:
    """The pairing of one report's claims, and the metrics that rest on it."""

    def __init__(self, gold: Gold, result: Result) -> None:
        self.gold = gold
        self.result = result
        self.counts: dict[str, Counts] = {}
        self.misses: list[Miss] = []
        exact, loose = pair_spans(gold.claims, result.claims)
        self.pairs = [
            _Pair(gold.claims[i], result.claims[j], i in exact) for i, j in sorted({**exact, **loose}.items())
        ]
        self.gold_id = {pair.claim.id: pair.gold.id for pair in self.pairs}
        self.claim_of = {pair.gold.id: pair.claim for pair in self.pairs}
        self.figure = {figure.id: figure for figure in result.reading.figures}

    def scores(self) -> DocumentScores:
        self.numbers()
        self.claims()
        self.links()
        self.verdicts()
        self.findings()
        self.checks()
        self.figures()
        self.attributes()
        misses = sorted(self.misses, key=lambda miss: (miss.start, miss.end, miss.metric))
        return DocumentScores(self.gold.file, self.counts, tuple(misses))

    def miss(self, metric: str, item: Spanned, expected: str, actual: str) -> None:
        text = self.result.report.text[item.start : item.end]
        self.misses.append(Miss(metric, self.gold.file, item.start, item.end, text, expected, actual))

    # ------------------------------------------------------------ numbers and claims

    def numbers(self) -> None:
        gold = self.gold.numbers
        found = [number for number in self.result.numbers if not self.ignored(number)]
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
        gold, found = self.gold.claims, self.result.claims
        exact = [pair_ for pair_ in self.pairs if pair_.exact]
        right = [pair_ for pair_ in self.pairs if _same_value(pair_)]
        self.counts["claims"] = Counts(len(exact), len(gold), len(found))
        self.counts["claims.overlap"] = Counts(len(self.pairs), len(gold), len(found))
        whole = [pair_ for pair_ in right if pair_.exact]
        self.counts["claims.whole"] = Counts(len(whole), len(gold), len(found))
        self.counts["values"] = Counts(len(right), len(gold), len(found))
        for pair_ in self.pairs:
            if not pair_.exact:
                self.miss("claims", pair_.gold, pair_.gold.text, pair_.claim.text)
            if pair_ not in right:
                self.miss("values", pair_.gold, _value(pair_.gold), _value(pair_.claim))
        for wanted in gold:
            if wanted.id not in self.claim_of:
                self.miss("claims", wanted, wanted.text, "")
        for claim in found:
            if claim.id not in self.gold_id:
                self.miss("claims", claim, "", f"{claim.text} ({claim.indicator})")

    # ------------------------------------------------------------ what the table says of them

    def links(self) -> None:
        found = {
            link.claim: frozenset(self.name(self.figure[figure]) for figure in link.figures)
            for link in self.result.links
        }
        hits = whole = 0
        for pair_ in self.pairs:
            wanted, actual = frozenset(pair_.gold.figures), found.get(pair_.claim.id, frozenset())
            hits += len(wanted & actual)
            whole += wanted == actual
            if wanted != actual:
                self.miss("links", pair_.gold, " ".join(sorted(wanted)), " ".join(sorted(actual)))
        self.counts["links"] = Counts(
            hits, sum(len(claim.figures) for claim in self.gold.claims), sum(map(len, found.values()))
        )
        self.counts["links.whole"] = Counts(whole, len(self.gold.claims), len(self.result.claims))

    def name(self, figure: Figure) -> str:
        """Returns what labels call a figure: its indicator, or its address where no template fits."""
        return figure.indicator or figure.address

    def verdicts(self) -> None:
        hits = 0
        for pair_ in self.pairs:
            verdict = self.result.verdicts[pair_.claim.id]
            hits += verdict == pair_.gold.verdict
            if verdict != pair_.gold.verdict:
                self.miss("verdicts", pair_.gold, pair_.gold.verdict, verdict)
        self.counts["verdicts"] = Counts(hits, len(self.gold.claims), len(self.result.claims))

    def findings(self) -> None:
        gold, found = self.gold.findings, self.result.findings
        pairs = pair(gold, found, self.agreement)
        self.counts["findings"] = Counts(len(pairs), len(gold), len(found))
        for i, wanted in enumerate(gold):
            if i not in pairs:
                self.finding_miss(
                    wanted.claims, f"{wanted.code} {' '.join(wanted.claims + wanted.figures)}", ""
                )
        for j, finding in enumerate(found):
            if j not in pairs.values():
                ids = tuple(self.gold_id.get(claim, claim) for claim in finding.claims)
                names = tuple(self.name(self.figure[figure]) for figure in finding.figures)
                self.finding_miss(ids, "", f"{finding.code} {' '.join(ids + names)}")

    def finding_miss(self, claims: Sequence[str], expected: str, actual: str) -> None:
        claim = self.claim_of.get(claims[0]) if claims else None
        start, end = (claim.start, claim.end) if claim else (0, 0)
        text = self.result.report.text[start:end]
        self.misses.append(Miss("findings", self.gold.file, start, end, text, expected, actual))

    def agreement(self, wanted: GoldFinding | GoldCheck, finding: Finding) -> int:
        """Returns how much evidence two findings share; 0 where code or main claim differ."""
        claims = [self.gold_id.get(claim, "") for claim in finding.claims]
        if wanted.code != finding.code or list(wanted.claims[:1]) != claims[:1]:
            return 0
        names = {self.name(self.figure[figure]) for figure in finding.figures}
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
        if not self.gold.figures:
            self.counts["figures"] = Counts()
            return
        found = {self.name(figure): figure for figure in self.result.reading.figures}
        hits = 0
        for wanted in self.gold.figures:
            figure = found.get(wanted.indicator)
            actual = (figure.value, figure.unit, figure.state) if figure else None
            hits += actual == (wanted.value, wanted.unit, wanted.state)
            if actual != (wanted.value, wanted.unit, wanted.state):
                self.misses.append(
                    Miss(
                        "figures",
                        self.gold.file,
                        wanted.start,
                        wanted.end,
                        wanted.text,
                        f"{wanted.indicator} {wanted.value} {wanted.unit}",
                        f"{actual[0]} {actual[1]} {actual[2]}" if actual else "",
                    )
                )
        self.counts["figures"] = Counts(hits, len(self.gold.figures), len(found))

    # ------------------------------------------------------------ attributes

    def attributes(self) -> None:
        judged = [(pair_, answers(pair_.gold, pair_.claim, self.gold_id)) for pair_ in self.pairs]
        for name in ATTRIBUTES:
            own = [(pair_, answer) for pair_, found in judged for answer in found if answer.name == name]
            self.counts[name] = Counts(sum(answer.right for _, answer in own), len(own), len(own))
            for pair_, answer in own:
                if not answer.right:
                    self.miss(name, pair_.gold, answer.expected, answer.actual)
        right = [
            pair_
            for pair_, found in judged
            if pair_.exact and _same_value(pair_) and all(answer.right for answer in found)
        ]
        self.counts["claims.right"] = Counts(len(right), len(self.gold.claims), len(self.result.claims))


def _same_value(pair_: _Pair) -> bool:
    gold, claim = pair_.gold, pair_.claim
    return (
        gold.value == claim.value
        and gold.interval == claim.interval
        and (gold.unit is None or gold.unit == claim.unit)
    )


def _value(item: GoldClaim | Claim) -> str:
    return f"{item.value} {_interval(item.interval)} {item.unit or ''}".rstrip()


def _interval(interval: Interval) -> str:
    left, right = "(" if interval.low_open else "[", ")" if interval.high_open else "]"
    low = "-∞" if interval.low is None else interval.low
    high = "∞" if interval.high is None else interval.high
    return f"{left}{low}, {high}{right}"
