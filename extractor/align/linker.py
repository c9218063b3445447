"""The linker of one report: for each claim its ranked candidates, and the link of the one chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import lru_cache

from ..data import Claim, Link, Params, Reading, Relation, Trial
from ..knowledge import Knowledge
from ..knowledge.linking import Linking
from ..units import Units
from .agreeing import agreement, confirmed, digits
from .attempts import Attempts
from .choices import Choice, Counted
from .facets import MEASURES, Facets
from .features import comparable, conflict, features, possible, strange, weigh
from .model import Model
from .reader import Reader
from .reference import Reference, refer
from .targets import Catalogue, Index, Target
from .telling import PERCENT

_LEVELS = frozenset({Relation.LEVEL, Relation.TOTAL})
_QUOTIENTS = frozenset({Relation.RATE, Relation.SHARE})
_DIGITS = Decimal("0.001")
_ZERO = Decimal(0)
_TELLING = 100.0  # a number of so much weight may speak for a name against which something speaks
_ALIKE = 2  # probabilities that differ in no more than later digits do not differ

_CHANGE = "change"
_BARE = "bare"
_NEVER = 2.0

_STAGE, _OUTCOME = "stage", "outcome"
_LAST_YEAR = "last_year"


@lru_cache(maxsize=4)
def _index(linking: Linking, model: Model) -> Index:
    return Index(linking, model)


class Linker:
    """Links the claims of one report."""

    def __init__(self, reading: Reading, knowledge: Knowledge, model: Model) -> None:
        self._model = model
        self._gazetteer = knowledge.linking.gazetteer
        self._units: Units = knowledge.language.units
        self._index = _index(knowledge.linking, model)
        rows = self._index.rows(reading)
        self._catalogue: Catalogue = self._index.catalogue(reading, rows)
        self._attempts = Attempts(reading, rows, self._index, knowledge)
        self._empty = not reading.figures
        self._earlier: Counted | None = None
        self._values = {figure.id: figure.value for figure in reading.figures}

    def choose(self, claim: Claim) -> Choice:
        """Returns what `claim` is about."""
        if self._empty:
            return Choice(claim, None, (), "no_table", {})
        changed = claim.relation is Relation.CHANGE
        printed = claim.relation in _QUOTIENTS and self._catalogue.percents
        if printed and self._says_no_more_than_measures(claim):
            printed = frozenset()  # 为预算的90.0%: of what, only the sentence before tells
        if claim.relation not in _LEVELS and not changed and not printed:
            why = "norm" if claim.relation is Relation.NORM else "relation"
            return Choice(claim, None, (), why, {})
        if claim.period.kind == "plan":
            return Choice(claim, None, (), "norm", {})
        claimed = self._refer(claim)
        if claimed.subject and not self._of_bodies(claimed):
            return Choice(claim, claimed, (), "narrower", {"modifier": claimed.subject})
        around = claimed.around + claimed.titles if self._catalogue.other else ""
        candidates = self._catalogue.possible(claimed.facets, around)
        if changed:
            claimed = claimed.of_change()
            candidates = [target for target in candidates if _of_change(target)]
            if not candidates:
                return Choice(claim, claimed, (), "relation", {})
        elif printed:  # a rate that a cell itself holds
            percents = self._catalogue.percents
            wanted = claim.relation.value
            candidates = [target for target in candidates if target in percents and _sort(target) == wanted]
        ranked = self._answerable(self._rank(claimed, candidates))
        if not ranked or ranked[0][0] < self._needed(claim, claimed, ranked[0][1]):
            if printed or (changed and claim.unit == PERCENT):
                return Choice(claim, claimed, (), "relation", {})
            nearest = self._catalogue.candidates(claimed.facets, around)
            return Choice(claim, claimed, (), *self._refuse(claimed, nearest))
        return Choice(claim, claimed, tuple(ranked), *self._reason(claim, claimed, ranked[0][1]))

    def _says_no_more_than_measures(self, claim: Claim) -> bool:
        told = self._index.reader.read(claim.phrase or claim.indicator)
        return told.values.keys() <= MEASURES and not told.residue

    def confirm(self, choices: list[Choice]) -> list[Choice]:
        """Returns `choices`, those that were refused by their words decided by the cells their numbers agree with."""
        held: dict[tuple[int, int], set[str]] = {}
        for choice in choices:
            if choice.ranked:
                held.setdefault(choice.claim.sentence, set()).update(self.cells(choice))
        return [
            self._confirm(choice, held.get(choice.claim.sentence, set())) if self._open(choice) else choice
            for choice in choices
        ]

    def _open(self, choice: Choice) -> bool:
        """Says whether the words of a claim led to no cell, and its number may."""
        led = choice.ranked and self.cells(choice)
        weight = agreement(choice.claim)
        told = weight > 1 or (weight > 0 and choice.claim.kind == _BARE)  # 传真为零
        return not led and choice.claimed is not None and told

    def _confirm(self, choice: Choice, held: AbstractSet[str]) -> Choice:
        """Returns the choice of the likeliest target that agrees with the claim, where that is likely enough.

        A number told twice in one sentence (处罚427件,公开427份) is about the same things, but not their count.
        """
        claim, claimed = choice.claim, choice.claimed
        if claimed is None:
            return choice
        around = claimed.around + claimed.titles if self._catalogue.other else ""
        candidates = self._catalogue.candidates(claimed.facets, around)
        weight, own = agreement(claim), digits(claim.value or _ZERO)
        telling = weight >= _TELLING
        elsewhere = self._attempts.elsewhere(claim, claimed)
        agreeing = [
            target
            for target in candidates
            if (elsewhere or own in self._attempts.digits(target))
            and self._agrees(claim, claimed, target, held, telling)
        ]
        if not agreeing:
            return choice
        weighed = weigh(claimed, self._index.vector)
        ranked = [
            (confirmed(self._model.probability(features(weighed, target)), weight), target)
            for target in agreeing
        ]
        ranked.sort(key=lambda pair: (-round(pair[0], _ALIKE), _place(pair[1]), pair[1].key))
        if ranked[0][0] < self._gazetteer.agreed:
            return choice
        return Choice(claim, claimed, tuple(ranked[:1]), "value", {})

    def _agrees(
        self, claim: Claim, claimed: Reference, target: Target, held: AbstractSet[str], telling: bool
    ) -> bool:
        """Says whether a target of the claim's sort and unit holds its number, in cells that are not `held`.

        Where the number is `telling`, it may speak for a target that something in the words speaks against.
        """
        if claim.relation is Relation.CHANGE and not _of_change(target):
            return False
        if claim.relation in _QUOTIENTS and target not in self._catalogue.percents:
            return False
        if not comparable(claimed.unit, target, self._units):
            return False
        named = telling or _named(claimed.facets.core, target)
        if not named and not possible(claimed, target, self._units):
            return False
        trials = self._attempts.of(claim, claimed, target)
        found = next((trial for trial in trials if trial.holds), None)
        return found is not None and held.isdisjoint(found.figures)

    def _needed(self, claim: Claim, claimed: Reference, target: Target) -> float:
        """Returns the probability a link needs: more where words are unknown, or a number has no unit.

        A bare number behind words that merely resemble a name is as likely a heading's, so it needs the name.
        """
        model = self._model
        if _named(claimed.facets.core, target):
            return model.label
        if not target.formulas:
            return max(model.certain, model.label) if strange(claimed, target) else model.label
        if claim.kind == _BARE and claimed.facets.core not in target.names:
            return _NEVER
        return model.certain if claimed.facets.unknown else model.accept

    def _refer(self, claim: Claim) -> Reference:
        """Returns what `claim` refers to; where it names no object, the claim before it may.

        That is one of its own sentence, or of the sentence before where nothing else names any.
        """
        last = self._earlier
        near = last is not None and last.sentence == claim.sentence
        body = last.body if near and last is not None else ""
        claimed = refer(claim, self._index.reader, last.facets if near and last is not None else None, body)
        if last is not None and not near and not claimed.facets.get("object") and last.precedes(claim):
            claimed = refer(claim, self._index.reader, last.facets)
        if claimed.subject and last is not None and last.precedes(claim):
            claimed = claimed.share_of(last.facets)
        stages = last.stages if near and last is not None else frozenset()
        of_which = len(stages) > 1 and {_STAGE, _OUTCOME} <= claimed.facets.values.keys()
        if of_which and claim.part_of is None and _STAGE in claimed.facets.inherited:
            # 直接起诉4件,复议后起诉2件,维持5件: of both, or of the last
            return claimed._replace(facets=Facets())
        body = claim.scope.text if claimed.subject else ""
        if claimed.facets.get("object") and claimed.facets.object_from != "section":
            stages = frozenset() if _OUTCOME in claimed.facets.values else stages | claimed.facets.get(_STAGE)
            self._earlier = Counted(claim.sentence, claim.section, claimed.facets, stages, body)
        elif last is not None and last.precedes(claim):
            self._earlier = last._replace(sentence=claim.sentence, body=body)
        return claimed

    def _of_bodies(self, claimed: Reference) -> bool:
        """Says whether the thing counted is one that each body has a share of, as far as it is named at all."""
        facets, gazetteer = claimed.facets, self._gazetteer
        objects = facets.get("object")
        told = facets.object_from != "section" or bool(facets.get("action"))
        known = told and objects <= gazetteer.shared
        if objects <= gazetteer.placed and facets.object_from != "own":
            return False  # 查阅点31个(县档案馆1个): where it is, not whose
        return known and gazetteer.topical.search(claimed.subject) is None

    def _rank(self, claimed: Reference, candidates: Iterable[Target]) -> list[tuple[float, Target]]:
        details = claimed.details  # most candidates differ in these, and that is seen without a call
        possibles = [
            target
            for target in candidates
            if target.details == details and possible(claimed, target, self._units)
        ]
        if not possibles:
            return []
        weighed, probability = weigh(claimed, self._index.vector), self._model.probability
        ranked = [(probability(features(weighed, target)), target) for target in possibles]
        own = claimed.facets.core
        ranked.sort(
            key=lambda pair: (not _named(own, pair[1]), -pair[0], -len(pair[1].formulas), pair[1].key)
        )
        return ranked

    @property
    def reader(self) -> Reader:
        """The reader of facets."""
        return self._index.reader

    @property
    def joints(self) -> tuple[str, ...]:
        """What stands between the names of several rows."""
        return self._gazetteer.joints

    def value(self, figure: str) -> Decimal | None:
        """Returns what a figure holds."""
        return self._values[figure]

    def counts_numbers(self, text: str) -> bool:
        """Says whether a claim may count other numbers (两项)."""
        return self._gazetteer.of_numbers.fullmatch(text) is not None

    def best(self, claim: Claim, claimed: Reference) -> tuple[float, Trial | None]:
        """Returns the likeliest cells of a name that is told well enough, with its probability; None where none is."""
        around = claimed.around + claimed.titles if self._catalogue.other else ""
        ranked = self._answerable(self._rank(claimed, self._catalogue.possible(claimed.facets, around)))
        if not ranked or ranked[0][0] < self._needed(claim, claimed, ranked[0][1]):
            return 0.0, None
        trials = self._attempts.fresh(claim, claimed, ranked[0][1])
        found = next((trial for trial in trials if trial.holds), trials[0] if trials else None)
        return ranked[0][0], found

    def link(self, choice: Choice, taken_by: str) -> Link:
        """Returns the link of a choice; `taken_by` is the claim that took the same cells before it."""
        claim = choice.claim
        if not choice.ranked or choice.claimed is None:
            return Link(claim.id, (), "", _ZERO, choice.why, choice.params)
        score, target = choice.ranked[0]
        likely = Decimal(score).quantize(_DIGITS)
        params: dict[str, str | int | Decimal] = {"indicator": target.key, **choice.params}
        if taken_by:
            return Link(claim.id, (), "", likely, "taken", params | {"claim": taken_by})
        trials = self._attempts.of(claim, choice.claimed, target)
        if not trials:
            why = _LAST_YEAR if claim.period.kind == _LAST_YEAR else "missing"
            return Link(claim.id, (), "", likely, why, params)
        near = self._near(choice, choice.claimed)
        tried = [trials, *near]
        trials = next((found for found in tried if any(trial.holds for trial in found)), trials)
        best = next((trial for trial in trials if trial.holds), trials[0])
        rivals = _rivals(target, tried, best)
        why = "ambiguous" if rivals else choice.why
        mark = choice.claimed.facets.get("mark")
        if mark:
            params["mark"] = self._gazetteer.names["mark", min(mark)]
        return Link(claim.id, best.figures, best.formula, likely, why, params, trials, rivals)

    def cells(self, choice: Choice) -> tuple[str, ...]:
        """Returns the figure ids the likeliest reading of a choice stands on."""
        if not choice.ranked or choice.claimed is None:
            return ()
        trials = self._attempts.of(choice.claim, choice.claimed, choice.ranked[0][1])
        return trials[0].figures if trials else ()

    def holds(self, choice: Choice) -> bool:
        """Says whether the likeliest reading of a choice agrees with a number that tells."""
        if not choice.ranked or choice.claimed is None or agreement(choice.claim) < _TELLING:
            return False
        return any(
            trial.holds for trial in self._attempts.of(choice.claim, choice.claimed, choice.ranked[0][1])
        )

    def is_own_part(self, part: Claim, whole: Claim) -> bool:
        """Says whether only the part is what these reports count (行政复议86件,其中涉及政府信息公开14件)."""
        own = self._gazetteer.own_topic
        return own.search(part.indicator) is not None and not any(
            own.search(words) for words in (whole.indicator, *whole.context, *whole.section[-1:])
        )

    def _answerable(self, ranked: list[tuple[float, Target]]) -> list[tuple[float, Target]]:
        """Returns `ranked` without indicators no table answers, where a label is likely enough to be meant."""
        if any(target.figures and score >= self._model.label for score, target in ranked):
            return [
                (score, target)
                for score, target in ranked
                if target.figures or self._attempts.answers(target)
            ]
        return ranked

    def _near(self, choice: Choice, claimed: Reference) -> list[tuple[Trial, ...]]:
        """Returns the trials of the best candidate's near ties that say something else than it does."""
        score, best = choice.ranked[0]
        near: list[tuple[Trial, ...]] = []
        known = {formula.text for formula in best.formulas}
        named = _named(claimed.facets.core, best)
        for other_score, other in choice.ranked[1:]:
            if score - other_score >= self._model.margin or named > _named(claimed.facets.core, other):
                break
            if other.formulas and other.formulas[0].text in known:
                continue
            if trials := self._attempts.of(choice.claim, claimed, other):
                near.append(trials)
        return near

    def _reason(self, claim: Claim, claimed: Reference, target: Target) -> tuple[str, Params]:
        if claimed.applicant:
            return "column", {}
        if not target.formulas:
            return "label", {}
        if claimed.facets.core in target.names or claimed.full in target.names:
            return "alias", {}
        return ("part" if claim.part_of is not None else "facets"), {}

    def _refuse(self, claimed: Reference, candidates: Iterable[Target]) -> tuple[str, Params]:
        """Returns why no candidate was accepted: what the nearest one and the claim differ in."""
        facets = claimed.facets
        names = self._gazetteer.names
        for name in sorted(facets.get("object")):
            near = self._gazetteer.namesakes.get(name)
            if near is not None:
                return "namesake", {"claimed": names["object", name], "near": names["object", near]}
        nearest = sorted(candidates, key=lambda target: target.key)  # sets have no order to rely on
        if not nearest:
            return "none", {}
        if not any(comparable(claimed.unit, target, self._units) for target in nearest):
            return "unit", {"indicator": nearest[0].key}
        kind = conflict(facets, nearest[0].facets)
        if kind and all(conflict(facets, target.facets) for target in nearest):
            return "conflict", {"kind": kind, "indicator": nearest[0].key}
        if facets.residue or facets.context_residue:
            words = facets.stretch if facets.residue else facets.context_stretch
            return "narrower", {"modifier": words or facets.residue or facets.context_residue}
        modifier = _modifier(facets, names)
        return ("narrower", {"modifier": modifier}) if modifier else ("weak", {})


def _rivals(target: Target, tried: Sequence[Sequence[Trial]], best: Trial) -> tuple[str, ...]:
    """Returns the figures that might have been meant instead of those of `best`."""
    rivals = [figure for trials in tried if best not in trials for figure in trials[0].figures]
    if len({(figure.value, figure.state) for figure in target.figures}) > 1:
        rivals.extend(figure.id for figure in target.figures)
    return tuple(figure for figure in dict.fromkeys(rivals) if figure not in best.figures)


def _place(target: Target) -> tuple[int, int]:
    """Returns the row and the column of the first cell of a label; of labels alike the first in its table is meant."""
    return next(((figure.row, figure.column) for figure in target.figures), (0, 0))


def _of_change(target: Target) -> bool:
    """Says whether a target is how much something changed."""
    return _sort(target) == _CHANGE


def _sort(target: Target) -> str:
    """Returns what a target says of a thing: change, share, or a rate where it says neither."""
    said = target.facets.get("measure").union(value for _, value in target.hints)
    return next((sort for sort in (_CHANGE, Relation.SHARE.value) if sort in said), Relation.RATE.value)


def _named(words: str, target: Target) -> bool:
    """Says whether a claim's own words are the very label of a row no form has."""
    return bool(target.figures) and words in target.names


def _modifier(facets: Facets, names: Mapping[tuple[str, str], str]) -> str:
    return "".join(names["object", name] for name in sorted(facets.modifiers))
