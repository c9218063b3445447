"""An agreement as Markdown."""

from __future__ import annotations

from ..knowledge.scoring import load_scoring
from .agreement import Agreement
from .text import bounds, ratio, row, share, triple

_SPANS = frozenset({"numbers", "claims"})


def write_agreement(agreement: Agreement, lang: str = "zh", hidden: frozenset[str] = frozenset()) -> str:
    """Returns how far two labellings agree, and where not, but for the files in `hidden`, in `zh` or `en`."""
    knowledge = load_scoring()

    def say(key: str, **values: object) -> str:
        return knowledge.word(key, lang).format(**values)

    lines = [say("agreement", documents=len(agreement.reports)), ""]
    lines += [f"| {say('where')} | {say('both')} | {say('f1')} |", "|---|---:|---:|"]
    for item in agreement.spans:
        f1 = share(item.counts.f1) + bounds(item.f1_interval)
        lines.append(row(say(f"span.{item.name}"), triple(item.counts), f1))
    lines += ["", f"| {say('attribute')} | {say('agreed')} | {say('kappa')} |", "|---|---:|---:|"]
    for found in agreement.attributes:
        agreed = found.agreed / found.judged if found.judged else None
        cells = ratio(agreed, found.agreed, found.judged), share(found.kappa) + bounds(found.interval)
        lines.append(row(knowledge.agreement[found.name][lang], *cells))
    told = [item for report in agreement.reports for item in report.disagreements]
    shown = [item for item in told if item.file not in hidden]
    lines += ["", say("disagreements", count=len(told)), ""]
    if len(shown) < len(told):
        lines += [say("withheld", count=len(told) - len(shown)), ""]
    for one in shown:
        spans = one.attribute in _SPANS
        name = say(f"span.{one.attribute}") if spans else knowledge.agreement[one.attribute][lang]
        said = say("two_say", first=one.first or "—", second=one.second or "—")
        lines.append(f"- {name} · {one.file} {one.start}–{one.end} {one.text!r}: {said}")
    return "".join(f"{line}\n" for line in lines)
