"""The whole line for one report: text, claims, figures, links, checks."""

from __future__ import annotations

from .align import align
from .checks import check_table, check_text, tie_out
from .claims import find
from .claims.prose import prose_of
from .classify import Model, load_model
from .data import Finding, Report, Result, Severity, Stamp
from .knowledge import Knowledge, load
from .tables import read_figures
from .tables.ledger import ledger_of
from .text import fold
from .version import VERSION

_RANK = {Severity.ERROR: 0, Severity.REVIEW: 1, Severity.INFO: 2}


def audit(report: Report, knowledge: Knowledge | None = None, model: Model | None = None) -> Result:
    """Returns everything the toolkit can say about one report.

    Args:
        report: what a reader made of the document.
        knowledge: defaults to the knowledge that ships with the package.
        model: the linker; defaults to the one under `models/`.

    The result says where prose and table differ. It does not say which of the two is right.
    """
    knowledge = knowledge or load()
    model = model or load_model()
    folded = fold(report)
    extraction = find(report, folded, knowledge)
    reading = read_figures(report, knowledge)
    prose = prose_of(extraction.claims, report.text)
    ledger = ledger_of(prose.text, report.tables, reading, knowledge)
    links = align(extraction.claims, reading, knowledge, model, prose, ledger)
    table_findings, table_checks = check_table(reading, knowledge, ledger)
    verdicts, tied = tie_out(extraction.claims, links, reading, knowledge, table_checks, prose)
    text_findings, text_checks = check_text(extraction.claims, prose, reading, knowledge, links, ledger)
    return Result(
        report=report,
        reading=reading,
        numbers=extraction.numbers,
        claims=extraction.claims,
        links=links,
        verdicts=verdicts,
        findings=_ordered([*tied, *text_findings, *table_findings]),
        checks=(*table_checks, *text_checks),
        problems=(*report.problems, *reading.problems),
        stamp=Stamp(version=VERSION, kb=knowledge.hash, model=model.id),
    )


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """Returns the findings by severity, each severity in the order of the checks."""
    return tuple(sorted(findings, key=lambda finding: _RANK[finding.severity]))
