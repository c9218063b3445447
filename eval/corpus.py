"""What the toolkit says of every report in a folder: `python -m eval.corpus FOLDER`.

For reports that have no labels: claims, verdicts, numbers left unexplained and findings a file, to be read
by a person. A folder that is absent is said to be absent and skipped, so that a suite may name folders
that only some machines have. `--findings` prints each finding in words.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.audit import audit
from extractor.classify import Model, load_model
from extractor.data import Result, Status
from extractor.errors import InputError
from extractor.knowledge import Knowledge, load
from extractor.readers import read
from extractor.writers import write

HIDDEN = (".", "README")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file of the folder: its result, or the code of what kept it from being read."""

    name: str
    result: Result | None
    refused: str = ""


def outcomes(folder: Path, knowledge: Knowledge, model: Model) -> Iterator[Outcome]:
    """Yields the outcome of each file below `folder`, by name; an exception that is no `InputError` is a bug."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.name.startswith(HIDDEN):
            continue
        name = str(path.relative_to(folder))
        try:
            yield Outcome(name, audit(read(path, knowledge), knowledge, model))
        except InputError as error:
            yield Outcome(name, None, error.code)


def line(outcome: Outcome) -> str:
    """Returns one row of the summary table."""
    result = outcome.result
    if result is None:
        return f"| {outcome.name} | — | — | — | — | {outcome.refused} |"
    verdicts = Counter(verdict.value for verdict in result.verdicts.values())
    codes = Counter(finding.code for finding in result.findings)
    unexplained = sum(number.status is Status.UNEXPLAINED for number in result.numbers)
    template = result.reading.template or "no template"
    problems = Counter(problem.code for problem in result.problems)
    return (
        f"| {outcome.name} | {template}, {len(result.reading.figures)} figures | {len(result.claims)}: "
        f"{_counted(verdicts)} | {unexplained}/{len(result.numbers)} | {_counted(codes)} | {_counted(problems)} |"
    )


def details(outcome: Outcome, knowledge: Knowledge) -> list[str]:
    """Returns each finding in words and each number left unexplained with the text around it."""
    result = outcome.result
    if result is None:
        return []
    findings = json.loads(write([result], "jsonl", "zh", knowledge))["findings"]
    lines = [f"- `{finding['code']}` {finding['message']}" for finding in findings]
    text = result.report.text
    for number in result.numbers:
        if number.status is Status.UNEXPLAINED:
            around = text[max(0, number.start - 15) : number.end + 15].replace("\n", "⏎")
            lines.append(f"- unexplained {number.text!r} at {number.start}: …{around}…")
    return [f"\n### {outcome.name}", *lines] if lines else []


def report(folder: Path, with_findings: bool) -> str:
    """Returns the summary of the folder as Markdown, with totals under it."""
    knowledge, model = load(), load_model()
    done = list(outcomes(folder, knowledge, model))
    results = [outcome.result for outcome in done if outcome.result is not None]
    verdicts = Counter(verdict.value for result in results for verdict in result.verdicts.values())
    codes = Counter(finding.code for result in results for finding in result.findings)
    numbers = [number for result in results for number in result.numbers]
    unexplained = sum(number.status is Status.UNEXPLAINED for number in numbers)
    lines = [
        "| file | tables | claims | unexplained | findings | problems |",
        "|---|---|---|---:|---|---|",
        *(line(outcome) for outcome in done),
        "",
        f"{len(done)} files, {len(results)} read; claims {sum(verdicts.values())}: {_counted(verdicts)}; "
        f"numbers unexplained {unexplained}/{len(numbers)}; findings {sum(codes.values())}: {_counted(codes)}",
    ]
    if with_findings:
        lines += [text for outcome in done for text in details(outcome, knowledge)]
    return "\n".join(lines)


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counter.most_common()) or "—"


def main() -> None:
    """Prints the summary of each folder named; an absent one is named and skipped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--findings", action="store_true", help="print each finding in words")
    arguments = parser.parse_args()
    for folder in arguments.folders:
        if folder.is_dir():
            print(f"## {folder.name}\n\n{report(folder, arguments.findings)}\n")
        else:
            print(f"## {folder.name}\n\nabsent: skipped\n")


if __name__ == "__main__":
    main()
