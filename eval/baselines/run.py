"""Each tool run on the narrative of each labelled document, and scored."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from statistics import median
from typing import Any

from extractor import gold
from extractor.audit import audit
from extractor.data import Folded, Report, Status
from extractor.knowledge import Knowledge
from extractor.labels import Gold
from extractor.readers import read
from extractor.score.counts import metric
from extractor.text import fold

from . import environments
from .scoring import METRICS, Outcome, Prediction, score

_WARM_UP = "2024年，全市共受理申请1203件，答复九十六件，同比增长4.5%，投入经费12.3万元。"


@dataclass(frozen=True, slots=True)
class Tool:
    """A baseline: its script `tools/<name>.py`, the pins it needs ("" for the project's own Python)."""

    name: str
    pins: str
    title: str
    note: str


TOOLS = (
    Tool("ours", "", "this package", "read, folded, claims found; no table is read and nothing linked"),
    Tool("plain", "", "plain pattern", "Arabic digits, 万 or 亿, a measure word"),
    Tool("cn2an_regex", "cn2an", "cn2an + pattern", "Arabic and Chinese numbers with a measure word; values by cn2an"),
    Tool("recognizers", "recognizers", "Recognizers-Text", "zh-cn: number, percentage, number with unit; "
         "without what it takes for ordinals, dates, phones and addresses"),
    Tool("wetext_itn", "wetext", "WeTextProcessing", "its runtime: normalization and inverse normalization, "
         "with the mapping to offsets; without dates, times, arithmetic"),
    Tool("jionlp_money", "jionlp", "JioNLP, money", "its only extractor of quantities"),
    Tool("jionlp_words", "jionlp", "JioNLP + pattern", "its money, its measure words in a pattern, its times left out"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled document and what the tools are fed; the texts' `starts` lead back to `Report.text`.

    `written` is the narrative as it stands in the report, `folded` the narrative as this package folds it:
    widths and traditional letters evened out, wrapped lines and numbers split by blanks joined.
    """

    gold: Gold
    report: Report
    written: Folded
    folded: Folded


def samples(corpus: Path, split: str, knowledge: Knowledge) -> tuple[Sample, ...]:
    """Returns the labelled documents of one split of a corpus."""
    found = []
    for document in gold.documents(corpus, split):
        report = read(document.report, knowledge)
        found.append(Sample(gold.read(document.gold, report), report, narrative(report), fold(report)))
    return tuple(found)


def narrative(report: Report) -> Folded:
    """Returns the narrative as it stands in the report, its regions joined by line ends; nothing is folded."""
    text: list[str] = []
    starts: list[int] = []
    for region in report.regions:
        if region.kind == "narrative":
            if text:
                text.append("\n")
                starts.append(region.start)
            text += report.text[region.start : region.end]
            starts += range(region.start, region.end)
    return Folded("".join(text), (*starts, starts[-1] + 1 if starts else 0))


def run(corpus: Path, split: str, knowledge: Knowledge, tools: Sequence[Tool] = TOOLS) -> dict[str, Any]:
    """Returns the scores of every tool on the labelled documents of one split of `corpus`, as plain data."""
    documents = samples(corpus, split, knowledge)
    stamp = audit(documents[0].report, knowledge).stamp
    claims = [claim for item in documents for claim in item.gold.claims]
    with_numeral = {(item.gold.file, number.claim) for item in documents for number in item.gold.numbers}
    valued = [
        claim
        for item in documents
        for claim in item.gold.claims
        if claim.value is not None and (item.gold.file, claim.id) in with_numeral
    ]
    excluded = [n for item in documents for n in item.gold.numbers if n.status is Status.EXCLUDED]
    holding = sum(1 for item in documents for claim in item.gold.claims
                  if (item.gold.file, claim.id) in with_numeral)  # fmt: skip
    return {
        "stamp": {"version": stamp.version, "kb": stamp.kb, "model": stamp.model},
        "machine": {
            "python": platform.python_version(),
            "architecture": platform.machine(),
            "cores": os.cpu_count(),
        },
        "gold": {
            "corpus": f"corpora/{corpus.name}",
            "split": split,
            "labels": _hash(corpus, split),
            "documents": len(documents),
            "characters": sum(len(item.written.text) for item in documents),
            "claims": holding,
            "valued": len(valued),
            "zeros": len(claims) - holding,
            "excluded": len(excluded),
        },
        "tools": [_tool(tool, documents, knowledge) for tool in tools],
    }


def _hash(corpus: Path, split: str) -> str:
    """Returns what tells one state of the labels from another."""
    digest = hashlib.sha256()
    for document in gold.documents(corpus, split):
        digest.update(document.gold.read_bytes())
    return digest.hexdigest()[:16]


def misses(ran: Mapping[str, Any], documents: Sequence[Sample]) -> list[str]:
    """Returns a line for each claim that some other tool found, or read rightly, where the first did not."""
    ours, *others = (tool for tool in ran["tools"] if not tool["failure"])
    lines = []
    for document in documents:
        file = document.gold.file
        for claim in document.gold.claims:
            for key in ("found", "right"):
                by = [tool["name"] for tool in others if claim.id in tool["claims"][file][key]]
                if by and claim.id not in ours["claims"][file][key]:
                    text = document.report.text
                    around = text[max(0, claim.start - 20) : claim.start] + "⟦" + claim.text + "⟧"
                    around += text[claim.end : claim.end + 15]
                    lines.append(f"{key}\t{file}\t{claim.id}\t{claim.value} {claim.unit}\t"
                                 f"{around.replace(chr(10), '⏎')}\t{', '.join(by)}")  # fmt: skip
    return lines


# ---------------------------------------------------------------- one tool


def _tool(tool: Tool, documents: Sequence[Sample], knowledge: Knowledge) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "name": tool.name,
        "title": tool.title,
        "note": tool.note,
        "versions": environments.versions(tool.pins),
        "failure": "",
    }
    environment = environments.prepare(tool.pins)
    if environment.python is None:
        return {**plain, "failure": environment.failure}
    written = _fed(tool, environment.python, documents, [item.written for item in documents], knowledge)
    folded = _fed(tool, environment.python, documents, [item.folded for item in documents], knowledge)
    return {**plain, **written, "folded": {"metrics": folded["metrics"]}}


def _fed(
    tool: Tool, python: Path, documents: Sequence[Sample], texts: Sequence[Folded], knowledge: Knowledge
) -> dict[str, Any]:
    answers = ask(python, tool.name, [text.text for text in texts])
    outcomes: dict[str, Outcome] = {}
    for item, text, answer in zip(documents, texts, answers, strict=True):
        predictions = [_prediction(found, text) for found in answer["found"]]
        outcomes[item.gold.file] = score(item.gold, predictions, knowledge.language.units)
    spent = [answer["milliseconds"] for answer in answers]
    return {
        "metrics": {
            name: metric(name, [outcome.counts[name] for outcome in outcomes.values()]).to_dict()
            for name in METRICS
        },
        "milliseconds": {"median": median(spent), "least": min(spent), "most": max(spent)},
        "claims": {
            file: {"found": sorted(outcome.found), "right": sorted(outcome.right)}
            for file, outcome in outcomes.items()
        },
    }


def ask(python: Path, name: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Returns a tool's answers to `texts`, in their order, after a short text to warm it up.

    Raises:
        RuntimeError: the script failed, or left a text without an answer; the message holds what it said.
    """
    lines = [json.dumps({"id": number, "text": text}) for number, text in enumerate([_WARM_UP, *texts])]
    done = subprocess.run(
        [str(python), "-m", f"eval.baselines.tools.{name}"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=environments.ROOT,
        check=False,
    )
    # some tools greet on standard output
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or [answer["id"] for answer in answers] != list(range(len(lines))):
        raise RuntimeError(f"{name}: exit {done.returncode}, {len(answers)} answers\n{done.stderr[-2000:]}")
    return answers[1:]


def _prediction(found: Sequence[Any], text: Folded) -> Prediction:
    start, end, value, unit = found
    if not 0 <= start < end <= len(text.text):
        raise RuntimeError(f"{start}..{end} is no span of a text of {len(text.text)} characters")
    return Prediction(*text.span(start, end), _decimal(value), unit)


def _decimal(value: str | None) -> Decimal | None:
    if value is None:
        return None
    try:
        return Decimal(value)
    except InvalidOperation:  # a tool's value need not be a number: Recognizers writes a range as words
        return None
