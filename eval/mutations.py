"""How much of what is planted is found: `python -m eval.mutations [CORPUS …] [--split …] [--all]`.

One number at a time is changed in the labelled reports that agree with themselves, and each mutant audited. A change
is found where a finding to be looked at (error or review) stands in the audit of the mutant that is not in the audit
of the report, and touches the changed number: its claim or its cell. By default some mutants of each kind and place a
report, drawn by a seed; `--all` makes every one. Written to `eval/results/mutations-<split>.json` and `.md`; of test
data the shares by kind and place, and nothing of any one report.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from extractor import gold as labels
from extractor.audit import audit
from extractor.data import Finding, Result, Severity
from extractor.gold.corpus import SPLITS, Document
from extractor.knowledge import Knowledge, load
from extractor.labels import Gold
from extractor.readers import read
from extractor.score import wilson
from extractor.synthesis.mutation.kinds import load_kinds
from extractor.synthesis.mutation.making import Mutant, Skip, mutants
from extractor.synthesis.mutation.slips import Edit
from extractor.synthesis.mutation.targets import PLACES

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "eval" / "results"
CORPORA = tuple(ROOT / "corpora" / name for name in ("seed", "handwritten"))
_DIFFERING = frozenset({Severity.ERROR, Severity.REVIEW})
# Another body or another stretch of time beside the table is worth a word, and no difference.
_NO_FAULT = frozenset({"tieout.scope"})
_PLACES = {
    "text.linked": "a claim with a cell",
    "text.internal": "a claim other claims speak of",
    "text.unchecked": "a claim nothing else speaks of",
    "table.linked": "a cell claims speak of",
    "table.sums": "a cell in sums only",
    "table.unchecked": "a cell nothing else speaks of",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One mutant: what was changed, whether anything should tell, whether it was found, and by which codes."""

    report: str
    kind: str
    place: str
    number: str
    old: str
    new: str
    due: bool
    found: bool
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One report: its mutants, what was left and why, and the false alarms on it as it stands."""

    report: str
    trials: tuple[Trial, ...]
    skips: Mapping[str, int]
    alarms: tuple[str, ...]
    stamp: Mapping[str, str]


def outcome(document: Document, seed: int, most: int) -> Outcome | None:
    """Returns what became of the mutants of a report, None for one that does not agree with itself."""
    knowledge = load()
    report = read(document.report, knowledge)
    gold = labels.read(document.gold, report)
    if not clean(gold, knowledge):
        return None
    result = audit(report, knowledge)
    trials: list[Trial] = []
    skips: Counter[str] = Counter()
    data = document.report.read_bytes()
    for item in mutants(report, data, gold, knowledge, load_kinds().kinds, seed, most):
        if isinstance(item, Skip):
            skips[item.reason] += 1
        else:
            codes = found(result, audit(item.report, knowledge), item)
            trials.append(_trial(gold, item, codes))
    expected = {finding.code for finding in gold.findings}
    alarms = (
        finding.code
        for finding in result.findings
        if finding.severity in _DIFFERING and finding.code not in expected
    )
    stamp = asdict(result.stamp)
    return Outcome(gold.file, tuple(trials), skips, tuple(alarms), stamp)


def clean(gold: Gold, knowledge: Knowledge) -> bool:
    """Returns whether a report agrees with its tables and with itself: no finding but differences of scope is due."""
    severities = {code: words.severity for code, words in knowledge.messages.findings.items()}
    return all(
        finding.code in _NO_FAULT or severities[finding.code] not in _DIFFERING for finding in gold.findings
    )


def found(before: Result, after: Result, mutant: Mutant) -> tuple[str, ...]:
    """Returns the codes of the findings that are new in the mutant and touch its changed number."""
    old = {key for finding in before.findings for key in _keys(before, finding)}
    edit = mutant.edit
    codes = []
    for finding in after.findings:
        touched = finding.severity in _DIFFERING and any(
            span[0] <= edit.start and edit.start <= span[1] for span in _spans(after, finding) if span[1] > 0
        )
        if touched and not old.intersection(_keys(after, finding, edit)):
            codes.append(finding.code)
    return tuple(dict.fromkeys(codes))


def _spans(result: Result, finding: Finding) -> list[tuple[int, int]]:
    claims = {claim.id: claim for claim in result.claims}
    figures = {figure.id: figure for figure in result.reading.figures}
    return [(claims[name].start, claims[name].end) for name in finding.claims] + [
        (figures[name].start, figures[name].end) for name in finding.figures
    ]


def _keys(result: Result, finding: Finding, edit: Edit | None = None) -> Iterator[tuple[Any, ...]]:
    """Yields what a finding is known by: its code and where its evidence stood before the change."""
    shift = len(edit.text) - (edit.end - edit.start) if edit else 0
    starts = [start for start, _ in _spans(result, finding)]
    yield finding.code, tuple(start - shift if edit and start > edit.start else start for start in starts)


def _trial(gold: Gold, mutant: Mutant, codes: tuple[str, ...]) -> Trial:
    target, due = mutant.target, bool(mutant.findings)
    return Trial(
        gold.file,
        mutant.kind,
        target.place,
        target.name,
        mutant.before,
        mutant.after,
        due,
        bool(codes),
        codes,
    )


# ---------------------------------------------------------------- totals


def measured(corpora: Sequence[Path], split: str, seed: int, most: int, workers: int = 2) -> list[Outcome]:
    """Returns the outcome of every clean report of a split."""
    documents = [document for corpus in corpora for document in labels.documents(corpus, split)]
    work = partial(outcome, seed=seed, most=most)
    if workers == 1:
        return [item for item in map(work, documents) if item]
    with ProcessPoolExecutor(workers, get_context("forkserver")) as pool:
        return [item for item in pool.map(work, documents) if item]


def written(outcomes: Sequence[Outcome], split: str, command: str, shown: bool) -> tuple[dict[str, Any], str]:
    """Returns what is kept of the outcomes: the record, and the same as Markdown; mutant by mutant where `shown`."""
    trials = [trial for item in outcomes for trial in item.trials]
    alarms = [code for item in outcomes for code in item.alarms]
    skips: Counter[str] = sum((Counter(item.skips) for item in outcomes), Counter())
    stamp = outcomes[0].stamp if outcomes else {}
    record: dict[str, Any] = {
        "split": split,
        "command": command,
        "stamp": stamp,
        "reports": len(outcomes),
        "detected": {group: _share(part) for group, part in _groups(trials).items()},
        "false_alarms": len(alarms),
    }
    if shown:
        record["left"] = skips
        record["missed"] = [asdict(trial) for trial in trials if trial.due and not trial.found]
        record["alarms"] = {item.report: item.alarms for item in outcomes if item.alarms}
    return record, _markdown(record, trials, outcomes, shown)


def _groups(trials: Sequence[Trial]) -> dict[str, list[Trial]]:
    """Returns the mutants in groups: what should be found, by place too, and what should not."""
    due = [trial for trial in trials if trial.due]
    places = {place: [trial for trial in due if trial.place == place] for place in PLACES}
    return {
        "all that should be found": due,
        **{f"{place}: {_PLACES[place]}": own for place, own in places.items() if own},
        "nothing should tell": [trial for trial in trials if not trial.due],
    }


def _share(trials: Sequence[Trial]) -> dict[str, Any]:
    hits = sum(trial.found for trial in trials)
    interval = wilson(hits, len(trials))
    return {"found": hits, "of": len(trials), "interval": interval and [round(end, 4) for end in interval]}


def _markdown(
    record: Mapping[str, Any], trials: Sequence[Trial], outcomes: Sequence[Outcome], shown: bool
) -> str:
    stamp = record["stamp"]
    alarms = record["false_alarms"]
    lines = [
        f"# Planted slips: {record['split']}",
        "",
        f"One number changed at a time in {len(outcomes)} reports that agree with themselves; found where a new "
        f"finding touches the changed number. `{record['command']}`; version {stamp.get('version')}, "
        f"kb {stamp.get('kb')}, model {stamp.get('model')}.",
        "",
        f"False alarms on the reports as they stand: {alarms} in {len(outcomes)} reports.",
        "",
        "| | found | of | share | 95% |",
        "|---|---:|---:|---:|---|",
        *(_row(name, part) for name, part in _groups(trials).items()),
        "",
        "*Should be found*: labels and identities say that the change breaks a tie-out, a sum of the table or "
        "arithmetic of the text. *Nothing should tell*: no other number speaks of it; what is found there are the "
        "program's own inferences.",
    ]
    kinds = {kind.id: kind for kind in load_kinds().kinds}
    lines += ["", "## By kind and place (found/should be found)", ""]
    places = [place for place in PLACES if any(trial.due and trial.place == place for trial in trials)]
    lines += [f"| kind | {' | '.join(places)} | all | 95% |", f"|---|{'---:|' * (len(places) + 1)}---|"]
    for kind in (*kinds, ""):
        own = [trial for trial in trials if trial.due and kind in ("", trial.kind)]
        counted = [_ratio([trial for trial in own if trial.place == place]) for place in places]
        title = f"{kinds[kind].en} (`{kind}`)" if kind else "all"
        lines.append(f"| {title} | {' | '.join(counted)} | {_ratio(own)} | {_interval(own)} |")
    if not shown:
        return "\n".join(lines) + "\n"
    codes: dict[str, Counter[str]] = defaultdict(Counter)
    for trial in trials:
        codes[trial.place].update(trial.codes)
    lines += ["", "## Found by", ""]
    lines += [f"- {place}: {_counted(codes[place])}" for place in PLACES if codes[place]]
    lines += ["", "## Left as they were", "", _counted(record["left"]) + "."]
    return "\n".join(lines) + "\n"


def _row(name: str, trials: Sequence[Trial]) -> str:
    hits = sum(trial.found for trial in trials)
    share = f"{hits / len(trials):.1%}" if trials else "–"
    return f"| {name} | {hits} | {len(trials)} | {share} | {_interval(trials)} |"


def _ratio(trials: Sequence[Trial]) -> str:
    return f"{sum(trial.found for trial in trials)}/{len(trials)}" if trials else "–"


def _interval(trials: Sequence[Trial]) -> str:
    ends = wilson(sum(trial.found for trial in trials), len(trials))
    return f"{ends[0]:.1%}–{ends[1]:.1%}" if ends else "–"


def _counted(counter: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in Counter(counter).most_common()) or "nothing"


def keep(outcomes: Sequence[Outcome], split: str, command: str, results: Path) -> str:
    """Writes the outcomes of a split into the folder `results`; returns them as text."""
    record, text = written(outcomes, split, command, shown=split != "test")
    results.mkdir(parents=True, exist_ok=True)
    body = json.dumps(record, ensure_ascii=False, indent=1)
    (results / f"mutations-{split}.json").write_text(body + "\n", encoding="utf-8")
    (results / f"mutations-{split}.md").write_text(text, encoding="utf-8")
    return text


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints and keeps what was found of each split."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpora", nargs="*", type=Path, default=CORPORA, metavar="CORPUS")
    parser.add_argument("--split", choices=SPLITS, action="append", help="this split only")
    parser.add_argument("--all", action="store_true", help="every mutant")
    parser.add_argument("--most", type=int, default=2, help="mutants of each kind and place a report")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder to write to")
    options = parser.parse_args(arguments)
    most = 0 if options.all else options.most
    for split in options.split or SPLITS:
        drawn = "--all" if options.all else f"--most {most} --seed {options.seed}"
        command = f"python -m eval.mutations --split {split} {drawn}"
        print(
            keep(
                measured(options.corpora, split, options.seed, most, options.workers),
                split,
                command,
                options.results,
            )
        )


if __name__ == "__main__":
    main()
