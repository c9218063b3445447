"""How long each rule takes: a sentence of ordinary prose, and one hostile sentence of 10,000 characters.

A rule is one pattern: of an exclusion, of a period, of a scope, of a zero. It is tried where the program tries it (an
exclusion at the first character of a number or of a lead, for a run of digits or numerals is one number; a region
where a name begins, a comparison right before a quantity), by the search of the engine that runs it, alone. The
program runs the exclusions as one alternation, so that the sum over the rules is more than a scan takes. Hostile
sentences repeat what a rule begins with, without what would end it; the worst of them counts.
Processor time, the least of several runs.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from extractor import readers
from extractor.claims.senses import COMPARED
from extractor.knowledge import Knowledge, load
from extractor.numerals import NUMERAL_LETTERS
from extractor.rules.exclusions import exclusion_patterns
from extractor.rules.leads import LEAD_START
from extractor.rules.patterns import DIGIT
from extractor.text import fold, sections, sentences

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "language" / "reports"
LENGTH = 10_000
LIMIT = 1.0
PIECES = (
    "1万", "(", "、", "一", "1:", "2014年", "《", "“", '"', "1,", "1.", "1-", "第", "〔2014",
    "万", "十几", "几千", "1号", "路1号", "第1、", "电话", "1+", "一+", "A1", "a/", "1@", "1月",
    "1日", "至1", "近1", "1多", "1个多", "三三", "百分之", "1/", "①", "(1)", "约", "每1", "<",
    "<!--", "&#1", "半", "壹", "1个、", "1·", "13900000000", "一查二", "1年来", "12345", "一是",
    "1</b>", "[1]", "12345、", "1亿1", "未收到", "全市", "县", "县教育局", "没有", "各级",
    "比上年", "截至", "申请件", "信息公开工作", "其中", "没有情况", "1 ", "111 ", "0571 ",
    "2 0 1 4 ",
)  # fmt: skip
Search = Callable[[str], object]


def rules(knowledge: Knowledge) -> Iterator[tuple[str, Search]]:
    """Yields each rule's name with the search that tries it everywhere in a text."""
    language, discourse = knowledge.language, knowledge.discourse
    number = rf"(?=[{DIGIT}])(?<![{DIGIT}])"
    numeral = rf"(?<![{NUMERAL_LETTERS}])(?=[{NUMERAL_LETTERS}])"
    counts: dict[str, int] = {}
    for name, pattern in exclusion_patterns(language.contexts, language.hotlines):
        counts[name] = counts.get(name, 0) + 1
        start = (LEAD_START.pattern, number, numeral)[_table(name, pattern, knowledge)]
        label = name if counts[name] == 1 else f"{name} ({counts[name]})"
        yield label, _search(re.compile(rf"(?={start})(?:{pattern})", re.M))
    for place, rule in enumerate(discourse.periods.rules):
        yield f"period {place} ({rule.kind})", _search(rule.pattern)
    for place, sign in enumerate(discourse.periods.report.patterns):
        yield f"report year {place}", _search(sign)
    names = discourse.scope_names
    for name, found in (
        ("scope words", names.words), *((f"scope {kind}", pattern) for kind, pattern in names.kinds),
        ("scope portal", names.portal), ("scope level", names.level),
        ("plan", discourse.plan), ("zero object", discourse.zero.pattern),
        ("zero phrase", discourse.zero.phrase), ("zero case", discourse.zero.case),
        ("relation moved", discourse.relations.moved),
    ):  # fmt: skip
        yield name, _search(found)
    compared = discourse.relations.compared
    yield "relation compared", lambda text: compared.search(text, max(0, len(text) - COMPARED))
    for place, title in enumerate(discourse.authors.titles):
        yield f"author {place}", title.search  # the first is all that is looked for
    yield "region", discourse.authors.region.match  # a name begins with one


def _table(name: str, pattern: str, knowledge: Knowledge) -> int:
    """Returns which table an exclusion stands in: 0 leads, 1 Arabic, 2 Chinese."""
    order = exclusion_patterns(knowledge.language.contexts, knowledge.language.hotlines)
    place = order.index((name, pattern))
    arabic = next(i for i, (rule, _) in enumerate(order) if rule == "exclude.period")
    chinese = next(i for i, (rule, _) in enumerate(order) if rule == "exclude.date" and i > arabic + 5)
    return 0 if place < arabic else 1 if place < chinese else 2


def _search(pattern: Any) -> Search:
    return lambda text: sum(1 for _ in pattern.finditer(text))


def seconds(search: Search, text: str, runs: int) -> float:
    """Returns the least processor seconds of `runs` searches of `text`."""
    best = []
    for _ in range(runs):
        start = time.process_time()
        search(text)
        best.append(time.process_time() - start)
    return min(best)


def ordinary(knowledge: Knowledge) -> tuple[str, int]:
    """Returns 10,000 characters of prose and the number of sentences in it."""
    texts: list[str] = []
    for path in sorted(CORPUS.iterdir()):
        texts.append(fold(readers.read(path, knowledge)).text)
        if sum(map(len, texts)) >= LENGTH:
            break
    text = "\n".join(texts)[:LENGTH]
    report = readers.read_bytes(text.encode(), "prose.txt", knowledge)
    folded = fold(report)
    return text, len(sentences(folded, sections(folded, knowledge)))


def measure(knowledge: Knowledge, runs: int) -> list[tuple[str, float, float, str]]:
    """Returns each rule with its ms a sentence, those of its worst hostile sentence, and what that repeats."""
    prose, count = ordinary(knowledge)
    out = []
    for name, search in rules(knowledge):
        usual = 1000 * seconds(search, prose, runs) / count
        worst = max((1000 * seconds(search, (piece * LENGTH)[:LENGTH], 1), piece) for piece in PIECES)
        again = 1000 * seconds(search, (worst[1] * LENGTH)[:LENGTH], runs)
        out.append((name, usual, min(worst[0], again), worst[1]))
    return out


def main() -> None:
    """Measures and prints the slowest rules."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="runs a measurement (default 5)")
    parser.add_argument("--show", type=int, default=12, help="rules to show (default 12)")
    arguments = parser.parse_args()
    found = measure(load(), arguments.runs)
    over = sum(worst > LIMIT for _, _, worst, _ in found)
    print(f"{len(found)} rules; above {LIMIT:g} ms on a hostile sentence of {LENGTH} characters: {over}")
    print("\n| slowest on ordinary prose | ms a sentence |\n|---|---:|")
    for name, usual, _, _ in sorted(found, key=lambda row: -row[1])[: arguments.show]:
        print(f"| {name} | {usual:.4f} |")
    print("\n| slowest on a hostile sentence | ms | repeats |\n|---|---:|---|")
    for name, _, worst, piece in sorted(found, key=lambda row: -row[2])[: arguments.show]:
        print(f"| {name} | {worst:.2f} | {piece} |")


if __name__ == "__main__":
    main()
