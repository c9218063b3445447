"""One report in many layouts: `python -m eval.layouts [REPORT …] [--layout …] [--twist …] [--misread]`.

The tables of development reports are set again in other layouts and each audited; cells, links and findings are held
against those of the report as it stands. A finding it has not is a false alarm; a value under labels that have none
such is misread, unless it is marked as doubtful. Written to `eval/results/layouts.md` and `layouts.json`, by layout.
`REPORT` may be the path of any report the program reads (then nothing is written).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.classify import load_model
from extractor.knowledge import Knowledge, load
from extractor.readers import read

from .measure import LAYOUTS, TWISTED, TWISTS, Score, score
from .pages import page_of
from .plan import REPORTS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "corpora" / "handwritten" / "reports"
RESULTS = ROOT / "eval" / "results"


def scores(
    paths: Sequence[Path], layouts: Sequence[str], twisted: Sequence[str], knowledge: Knowledge
) -> Iterator[Score]:
    """Yields the score of every report in every layout, and in every twist that changes it."""
    model = load_model()
    for path in paths:
        page = page_of(read(path, knowledge))
        for layout in layouts:
            for twist in twisted if layout in TWISTED else [each for each in twisted if not each]:
                made = score(path.stem, page, layout, twist, knowledge, model)
                if made is not None:
                    yield made


def table(done: Sequence[Score]) -> str:
    """Returns the counts by layout and by twist as Markdown."""
    lines = [
        "# One report in many layouts",
        "",
        f"{len({each.report for each in done})} development reports, {len(done)} renderings. An alarm is an error or a"
        " review finding that the report as it stands has not; a value is misread where it stands under labels that"
        " have none such and is not marked as doubtful.",
        "",
        "| layout | renderings | alarms | in renderings | findings lost | values right | doubtful | misread | missing "
        "| links kept | no more | new |",
        f"|---|{'---:|' * 11}",
    ]
    keys = dict.fromkeys((each.layout, each.twist) for each in done)
    for layout, twist in keys:
        own = [each for each in done if (each.layout, each.twist) == (layout, twist)]
        lines.append(_line(f"{layout}; {twist}" if twist else layout, own))
    return "\n".join([*lines, _line("all", done)]) + "\n"


def _line(title: str, own: Sequence[Score]) -> str:
    cells, links = (sum((getattr(each, name) for each in own), Counter[str]()) for name in ("cells", "links"))
    numbers = [
        len(own),
        sum(len(each.alarms) for each in own),
        sum(bool(each.alarms) for each in own),
        sum(len(each.lost) for each in own),
        *(cells[name] for name in ("right", "doubtful", "misread", "missing")),
        *(links[name] for name in ("kept", "no more", "new")),
    ]
    return f"| {title} | {' | '.join(map(str, numbers))} |"


def main() -> None:
    """Prints the counts; keeps them where every report is set in every layout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("reports", nargs="*", help="numbers of development reports, or paths")
    parser.add_argument("--layout", action="append", choices=LAYOUTS, help="this layout only")
    parser.add_argument("--twist", action="append", choices=TWISTS, help="this twist only")
    parser.add_argument("--misread", action="store_true", help="quote the cells that are misread")
    arguments = parser.parse_args()
    named = [
        Path(each) if Path(each).exists() else next(FOLDER.glob(f"{each}_*")) for each in arguments.reports
    ]
    paths = named or [next(FOLDER.glob(f"{each}_*")) for each in REPORTS]
    done = []
    for each in scores(paths, arguments.layout or list(LAYOUTS), arguments.twist or list(TWISTS), load()):
        done.append(each)
        where = f"{each.report}, {each.layout}{'; ' * bool(each.twist)}{each.twist}"
        for alarm in each.alarms:
            print(f"{where}: {alarm}")
        for cell in each.misread if arguments.misread else ():
            print(f"{where}: misread {cell}")
    text = table(done)
    print(text)
    if not (arguments.reports or arguments.layout or arguments.twist):
        RESULTS.mkdir(parents=True, exist_ok=True)
        (RESULTS / "layouts.md").write_text(text, encoding="utf-8")
        counted = [
            {
                "report": each.report,
                "layout": each.layout,
                "twist": each.twist,
                "cells": each.cells,
                "links": each.links,
            }
            | {"alarms": each.alarms, "lost": each.lost}
            for each in done
        ]
        written = json.dumps({"renderings": counted}, ensure_ascii=False, indent=1)
        (RESULTS / "layouts.json").write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
